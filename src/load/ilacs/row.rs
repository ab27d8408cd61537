//! A row of a file, however a format holds its cells.

use std::borrow::Cow;

use super::cell;

/// The cells of a row, however a format holds them.
pub trait Cells {
    /// The text of a cell; `None` beyond the last.
    fn cell(&self, position: usize) -> Option<&str>;

    /// How many there are.
    fn count(&self) -> usize;
}

impl Cells for Vec<Cow<'_, str>> {
    fn cell(&self, position: usize) -> Option<&str> {
        self.get(position).map(AsRef::as_ref)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// The most characters of a cell: the limit of spreadsheets.
pub const MAX_CELL: usize = 32_767;

/// Two columns of one meaning hold different texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreeing;

/// A row at hand.
pub struct Row<'r> {
    /// Its number, from 1, the headers being row 1.
    pub number: u32,
    /// What stands in it.
    pub cells: &'r dyn Cells,
}

impl<'r> Row<'r> {
    /// The text of a column, given by its positions, without space around it: empty beyond the last cell and if
    /// there is no such column.
    ///
    /// # Errors
    /// If the column stands there several times with different texts.
    pub fn at(&self, positions: &[usize]) -> Result<&'r str, Disagreeing> {
        match positions {
            [] => Ok(""),
            [position] => Ok(self.cell(*position)),
            positions => {
                let mut texts = positions.iter().map(|at| self.cell(*at)).filter(|text| !cell::is_blank(text));
                let first = texts.next().unwrap_or_default();
                if texts.all(|text| text == first) { Ok(first) } else { Err(Disagreeing) }
            }
        }
    }

    /// The text of a column as [`Self::at`] has it, if it says something.
    pub fn text(&self, positions: &[usize]) -> Option<&'r str> {
        self.at(positions).ok().filter(|text| !cell::is_blank(text))
    }

    /// The text of a cell, at most [`MAX_CELL`] characters of it.
    pub fn cell(&self, position: usize) -> &'r str {
        cell::trimmed(self.cells.cell(position).map_or("", |text| bounded(text).unwrap_or(text)))
    }

    /// The positions of the cells that are longer than [`MAX_CELL`].
    pub fn too_long(&self) -> impl Iterator<Item = usize> {
        (0..self.cells.count()).filter(|at| self.cells.cell(*at).is_some_and(|text| bounded(text).is_some()))
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        !(0..self.cells.count()).any(|position| !self.cell(position).is_empty())
    }
}

/// The first [`MAX_CELL`] characters of a text; `None` if it has no more than that.
pub fn bounded(text: &str) -> Option<&str> {
    if text.len() <= MAX_CELL {
        return None;
    }
    let (end, _) = text.char_indices().nth(MAX_CELL)?;
    text.get(..end)
}
