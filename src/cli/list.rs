//! `scrutineer list`: a row an authority.

use super::answer::{Asked, print};
use super::arguments::Data;
use crate::query::{Direction, Query, Sort, naming, reorder, search};
use crate::report::List;

/// Prints the authorities that match, or all, as the browser lists them.
///
/// # Errors
/// Where the data cannot be used, an option names what is not in them, or nothing can be written.
pub fn list(words: &[String], data: &Data, sort: Option<&str>) -> anyhow::Result<()> {
    let asked = Asked::open(data)?;
    let order = sort.map(|word| order(&asked, word)).transpose()?;
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
    let list = List { dataset: asked.dataset(), index: &asked.index, view: &asked.view, rows: &rows };
    Ok(print(|out, terminal| list.write(out, data.format, terminal))?)
}

fn order(asked: &Asked, word: &str) -> anyhow::Result<Sort> {
    let (name, direction) = match word.strip_prefix('-') {
        Some(name) => (name, Direction::Reversed),
        None => (word, Direction::Usual),
    };
    let column = naming::column(asked.view.framework().map(|f| f.as_ref()), name)?;
    Ok(Sort { column, direction })
}
