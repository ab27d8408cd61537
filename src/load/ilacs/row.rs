//! A row of a table.

use super::grid::GridRow;
use crate::dataset::is_nothing;
use crate::text::{clean, truncate, without_markers};

/// The maximum length of a cell in characters, as in spreadsheets.
pub const MAX_CELL: usize = 32_767;

/// The maximum width of the texts of a row in a message, and their maximum number.
pub const MAX_SHOWN: usize = 60;
const MAX_TEXTS: usize = 20;

/// The start of the text shown for a formula whose value is not in the file.
pub const WITHOUT_VALUE: &str = "a formula without its value";

/// Returns the text of a cell with a formula, given without its `=`, whose value is not in the file. What it would show is not known;
/// a blank cell would say that there is nothing.
pub fn without_value(formula: &str) -> String {
    formula_text(formula).map_or_else(|| cut(&format!("{WITHOUT_VALUE}, ={formula}")), cut)
}

/// The error returned if columns with the same meaning have different texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreeing;

/// A row of a table, whose cells are read as trimmed texts.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r>(pub &'r GridRow);

impl<'r> Row<'r> {
    /// Returns its number in the file or the sheet, from 1.
    pub fn number(self) -> u32 {
        self.0.number
    }

    /// Returns where it is: "row 4", or "sheet "ILACS", row 4".
    pub fn location(self) -> String {
        let sheet = self.0.sheet.iter().map(|sheet| format!("{sheet}, ")).collect::<String>();
        format!("{sheet}row {}", self.number())
    }

    /// Returns its first texts with its location, for a message.
    pub fn shown(self) -> String {
        let texts = (0..self.count()).map(|at| self.cell(at)).filter(|text| !text.is_empty());
        let texts = texts.take(MAX_TEXTS).collect::<Vec<_>>().join(", ");
        format!("{:?} ({})", truncate(&clean(&texts), MAX_SHOWN), self.location())
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
                let mut texts = positions.iter().map(|at| self.cell(*at)).filter(|text| !is_nothing(text));
                let first = texts.next().unwrap_or_default();
                if texts.all(|text| text == first) { Ok(first) } else { Err(Disagreeing) }
            }
        }
    }

    /// Returns the text of a column like [`Self::at`]; `None` if it is blank or ambiguous.
    pub fn text(self, positions: &[usize]) -> Option<&'r str> {
        self.at(positions).ok().filter(|text| !is_nothing(text))
    }

    /// Returns the trimmed text of a cell, at most [`MAX_CELL`] characters.
    pub fn cell(self, position: usize) -> &'r str {
        let text = self.0.cell(position);
        trimmed(bounded(text).unwrap_or(text))
    }

    /// Returns the address of a web page in these columns: the target of the link of a cell, or else its text.
    pub fn link(self, positions: &[usize]) -> Option<&'r str> {
        let linked = self.0.links.iter().find(|(position, _)| positions.contains(position));
        let text = self.text(positions);
        linked.map(|(_, address)| address.as_str()).or_else(|| text.map(|text| formula_link(text).unwrap_or(text)))
    }

    /// Returns the positions of the cells that are longer than [`MAX_CELL`].
    pub fn too_long(self) -> impl Iterator<Item = usize> {
        (0..self.count()).filter(move |at| bounded(self.0.cell(*at)).is_some())
    }
}

/// Trims white space and invisible characters from both ends of a text.
pub fn trimmed(text: &str) -> &str {
    let is_invisible = |c: char| !c.is_ascii() && clean(c.encode_utf8(&mut [0; 4])).is_empty();
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
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

/// Returns the text that a formula with a link shows: `Leeds` of `=HYPERLINK("https://…","Leeds")`.
pub fn formula_text(formula: &str) -> Option<&str> {
    let (_, arguments) = formula.split_once("HYPERLINK(\"")?;
    let (_, shown) = arguments.split_once('"')?;
    shown.trim_start_matches([',', ';', ' ']).strip_prefix('"')?.split_once('"').map(|(text, _)| text)
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
