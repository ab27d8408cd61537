//! A row of a file, independent of the file format.

use std::borrow::Cow;

use super::cell;

/// The cells of a row, as provided by a file format.
pub trait Cells {
    /// Returns the text of a cell; `None` beyond the last.
    fn cell(&self, position: usize) -> Option<&str>;

    /// Returns the number of cells.
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

/// The maximum length of a cell in characters, as in spreadsheets.
pub const MAX_CELL: usize = 32_767;

/// The error returned if columns with the same meaning have different texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreeing;

/// A row with its number.
pub struct Row<'r> {
    /// Its number, from 1; the headers are row 1.
    pub number: u32,
    /// Its cells.
    pub cells: &'r dyn Cells,
}

impl<'r> Row<'r> {
    /// Returns the trimmed text of a column (given by its positions); empty beyond the last cell, or if there is no
    /// such column.
    ///
    /// # Errors
    /// Returns an error if the column occurs several times with different texts.
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

    /// Returns the text of a column like [`Self::at`]; `None` if it is blank or ambiguous.
    pub fn text(&self, positions: &[usize]) -> Option<&'r str> {
        self.at(positions).ok().filter(|text| !cell::is_blank(text))
    }

    /// Returns the trimmed text of a cell, at most [`MAX_CELL`] characters.
    pub fn cell(&self, position: usize) -> &'r str {
        cell::trimmed(self.cells.cell(position).map_or("", |text| bounded(text).unwrap_or(text)))
    }

    /// Returns the positions of the cells that are longer than [`MAX_CELL`].
    pub fn too_long(&self) -> impl Iterator<Item = usize> {
        (0..self.cells.count()).filter(|at| self.cells.cell(*at).is_some_and(|text| bounded(text).is_some()))
    }

    /// Returns the number of cells with text.
    pub fn text_count(&self) -> usize {
        (0..self.cells.count()).filter(|at| !self.cell(*at).is_empty()).count()
    }

    /// Returns the text of the first cell that has one; empty if none has.
    pub fn first_text(&self) -> &'r str {
        (0..self.cells.count()).map(|at| self.cell(at)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Whether all its cells are empty.
    pub fn is_empty(&self) -> bool {
        !(0..self.cells.count()).any(|position| !self.cell(position).is_empty())
    }
}

/// Returns the first [`MAX_CELL`] characters of a text; `None` if it is no longer than that.
pub fn bounded(text: &str) -> Option<&str> {
    if text.len() <= MAX_CELL {
        return None;
    }
    let (end, _) = text.char_indices().nth(MAX_CELL)?;
    text.get(..end)
}
