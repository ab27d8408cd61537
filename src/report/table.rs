//! Tables of cells with notes and sources, independent of the output format.

use std::collections::HashSet;

use crate::dataset::{Date, Source};
use crate::wording;

/// The header of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it holds numbers; these are aligned right.
    pub is_number: bool,
}

impl Header {
    /// Creates the header of a text column.
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: false }
    }

    /// Creates the header of a number column.
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: true }
    }
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(String),
    /// A day, as YYYY-MM-DD; or a month or year, as far as it is known.
    Date(String),
    /// Nothing.
    Empty,
}

impl Cell {
    /// Creates a text cell; empty if `None`.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |t| Self::Text(t.to_owned()))
    }

    /// Creates a text or number cell; empty if the text is empty.
    pub fn new(text: String, is_number: bool) -> Self {
        match (text.is_empty(), is_number) {
            (true, _) => Self::Empty,
            (false, true) => Self::Number(text),
            (false, false) => Self::Text(text),
        }
    }

    /// Creates a date cell; empty if `None`.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, |date| Self::Date(date.iso()))
    }

    /// Creates a number cell.
    pub fn count(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// Returns the content as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) => text,
            Self::Empty => "",
        }
    }
}

/// A table whose rows are created one by one, so that printing a long one takes no more memory than a short one.
pub struct TableData<'a> {
    /// What it holds, in a few words.
    pub title: String,
    /// The columns.
    pub headers: Vec<Header>,
    /// The column, from 0, whose cells name the rows.
    pub named_by: usize,
    /// The number of rows.
    pub count: usize,
    /// Returns the row at a position.
    pub row: Box<dyn Fn(usize) -> Vec<Cell> + 'a>,
    /// Returns the address that the name of the row at a position leads to on a page, if it has one.
    pub link: Box<dyn Fn(usize) -> Option<String> + 'a>,
    /// Notes for readers: signs, caveats. Left out of CSV.
    pub notes: Vec<String>,
    /// The sources cited, without duplicates. Left out of CSV.
    pub sources: Vec<Source>,
    /// The context of the table, for data formats, which have no notes: columns with the same cell in every row.
    pub about: Vec<(Header, Cell)>,
}

impl<'a> TableData<'a> {
    /// Creates a table without notes, sources and context; `row` returns the row at a position.
    pub fn new(
        title: impl Into<String>,
        headers: Vec<Header>,
        count: usize,
        row: impl Fn(usize) -> Vec<Cell> + 'a,
    ) -> Self {
        let (notes, sources, about) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            title: title.into(),
            headers,
            named_by: 0,
            count,
            row: Box::new(row),
            link: Box::new(|_| None),
            notes,
            sources,
            about,
        }
    }

    /// Returns the rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        (0..self.count).map(|position| (self.row)(position))
    }

    /// Returns the notes, then a line for each source.
    pub fn all_notes(&self) -> impl Iterator<Item = String> + '_ {
        let sources = self.sources.iter().map(|source| format!("Source: {}", wording::source(source)));
        self.notes.iter().cloned().chain(sources)
    }
}

/// Returns sources without duplicates, in the order in which they are first cited.
pub fn distinct<'s>(all: impl Iterator<Item = &'s Source>) -> Vec<Source> {
    let mut cited: HashSet<&str> = HashSet::new();
    all.filter(|source| cited.insert(&source.id)).cloned().collect()
}
