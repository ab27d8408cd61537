//! A row of a file, however a format holds its cells.

use std::borrow::Cow;

use super::cell;

/// The cells of a row, however a format holds them.
pub trait Cells {
    /// The text of a cell; `None` beyond the last.
    fn cell(&self, place: usize) -> Option<&str>;

    /// How many there are.
    fn count(&self) -> usize;
}

impl Cells for csv::StringRecord {
    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

impl Cells for Vec<Cow<'_, str>> {
    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place).map(AsRef::as_ref)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// A row at hand.
pub struct Row<'r> {
    /// Its number, from 1, the heads being row 1.
    pub number: u32,
    /// What stands in it.
    pub cells: &'r dyn Cells,
}

impl Row<'_> {
    /// The text of a cell without space around it; empty beyond the last and where there is no such column.
    pub fn at(&self, place: Option<usize>) -> &str {
        place.and_then(|place| self.cells.cell(place)).map_or("", cell::trimmed)
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        !(0..self.cells.count()).any(|place| !self.at(Some(place)).is_empty())
    }
}
