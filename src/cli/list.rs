//! `scrutineer list`: a row an authority.

use super::answer::{Asked, print};
use super::arguments::Data;
use super::input::Files;
use crate::query::{Query, Sort, naming, reorder, search};
use crate::report::List;

/// Prints the authorities that match, or all, as the browser lists them.
///
/// # Errors
/// Where the data cannot be used, an option names what is not in them, or nothing can be written.
pub fn list(words: &[String], data: &Data, files: &Files, sort: Option<&str>) -> anyhow::Result<()> {
    let asked = Asked::open(data, files)?;
    let framework = asked.view.framework().map(|f| f.as_ref());
    let order = sort.map(|word| naming::sort(framework, word)).transpose()?;
    let query = Query::new(&words.join(" "));
    let found = match &query {
        Some(query) => search(&asked.index, query),
        None => reorder(&asked.index, &asked.view, Sort::default(), asked.index.ranks()),
    };
    let found = match order {
        Some(sort) => reorder(&asked.index, &asked.view, sort, found.iter().map(|row| row.rank())),
        None => found,
    };
    let rows = asked.ranked(asked.wanted(found));
    let query = words.join(" ");
    let list = List { about: asked.about(&query), index: &asked.index, rows: &rows };
    Ok(print(|out, terminal| list.write(out, data.format, terminal))?)
}
