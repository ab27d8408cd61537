//! `scrutineer list`: a row an authority.

use super::arguments::Data;
use super::input::Files;
use super::output::{Selection, print};
use crate::query::{Query, Sort, reorder, resolve, search};
use crate::report::List;

/// Prints the authorities that match, or all, as the browser lists them.
///
/// # Errors
/// Where the data cannot be used, an option names what is not in them, or nothing can be written.
pub fn list(words: &[String], data: &Data, files: &Files, sort: Option<&str>) -> anyhow::Result<()> {
    let selection = Selection::open(data, files)?;
    let framework = selection.view.framework().map(|f| f.as_ref());
    let order = sort.map(|word| resolve::sort(framework, word)).transpose()?;
    let query = Query::new(&words.join(" "));
    let found = match &query {
        Some(query) => search(&selection.index, query),
        None => reorder(&selection.index, &selection.view, Sort::default(), selection.index.ranks()),
    };
    let found = match order {
        Some(sort) => reorder(&selection.index, &selection.view, sort, found.iter().map(|row| row.rank())),
        None => found,
    };
    let rows = selection.ranked(selection.wanted(found));
    let query = words.join(" ");
    let list = List { about: selection.about(&query), index: &selection.index, rows: &rows };
    Ok(print(|out, terminal| list.write(out, data.format, terminal))?)
}
