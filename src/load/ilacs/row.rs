//! A row of a table.

use super::grid::GridRow;
use crate::text::without_markers;

/// The maximum length of a cell in characters, as in spreadsheets.
pub const MAX_CELL: usize = 32_767;

/// The error returned if columns with the same meaning have different texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreeing;

/// A row of a table, whose cells are read as trimmed texts.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r>(pub &'r GridRow);

impl<'r> Row<'r> {
    /// Returns its number, from 1; the headers are row 1.
    pub fn number(self) -> u32 {
        self.0.number
    }

    /// Returns the number of its cells.
    pub fn count(self) -> usize {
        self.0.cells.len()
    }

    /// Returns the trimmed text of a column (given by its positions); empty beyond the last cell, or if there is no
    /// such column.
    ///
    /// # Errors
    /// Returns an error if the column occurs several times with different texts.
    pub fn at(self, positions: &[usize]) -> Result<&'r str, Disagreeing> {
        match positions {
            [] => Ok(""),
            [position] => Ok(self.cell(*position)),
            positions => {
                let mut texts = positions.iter().map(|at| self.cell(*at)).filter(|text| !is_blank(text));
                let first = texts.next().unwrap_or_default();
                if texts.all(|text| text == first) { Ok(first) } else { Err(Disagreeing) }
            }
        }
    }

    /// Returns the text of a column like [`Self::at`]; `None` if it is blank or ambiguous.
    pub fn text(self, positions: &[usize]) -> Option<&'r str> {
        self.at(positions).ok().filter(|text| !is_blank(text))
    }

    /// Returns the trimmed text of a cell, at most [`MAX_CELL`] characters.
    pub fn cell(self, position: usize) -> &'r str {
        let text = self.0.cell(position);
        trimmed(bounded(text).unwrap_or(text))
    }

    /// Returns the address of a web page that a column gives: that which a cell links to, or its text.
    pub fn link(self, positions: &[usize]) -> Option<&'r str> {
        let linked = self.0.links.iter().find(|(position, _)| positions.contains(position));
        let text = self.text(positions);
        linked.map(|(_, address)| address.as_str()).or_else(|| text.map(|text| formula_link(text).unwrap_or(text)))
    }

    /// Returns the positions of the cells that are longer than [`MAX_CELL`].
    pub fn too_long(self) -> impl Iterator<Item = usize> {
        (0..self.count()).filter(move |at| bounded(self.0.cell(*at)).is_some())
    }

    /// Returns its texts in short, for a message: "Source: Ofsted".
    pub fn texts(self) -> String {
        let texts = (0..self.count()).map(|at| self.cell(at)).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(", ")
    }
}

/// Trims white space and invisible characters from both ends of a text.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
}

/// Whether a trimmed cell is empty, or contains what a spreadsheet or a program writes for a missing value.
pub fn is_blank(text: &str) -> bool {
    text.is_empty() || ["nan", "none", "null", "n/a"].iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

/// Returns the text of a name or a number without markers of notes.
pub fn unmarked(text: &str) -> &str {
    trimmed(without_markers(text))
}

/// Returns the address of a formula that shows a link: `=HYPERLINK("https://…";"…")`.
pub fn formula_link(formula: &str) -> Option<&str> {
    let (_, arguments) = formula.split_once("HYPERLINK(\"")?;
    arguments.split_once('"').map(|(address, _)| address)
}

/// Returns the first [`MAX_CELL`] characters of a text; `None` if it is no longer than that.
fn bounded(text: &str) -> Option<&str> {
    if text.len() <= MAX_CELL {
        return None;
    }
    let (end, _) = text.char_indices().nth(MAX_CELL)?;
    text.get(..end)
}

/// Truncates a text to one character more than [`MAX_CELL`], so that the row reports the cell as too long.
pub fn cut(text: &str) -> String {
    let end = text.char_indices().nth(MAX_CELL + 1).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text).to_owned()
}
