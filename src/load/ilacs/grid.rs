//! Tables as they are in files, before their headers are known: rows of texts.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::dataset::{Location, Problem};
use crate::text::clean;

/// A text file, or a sheet of a workbook.
#[derive(Debug, Default)]
pub struct Grid {
    /// The name of the sheet; `None` for a text file.
    pub sheet: Option<String>,
    /// Whether the workbook hides the sheet.
    pub is_hidden: bool,
    /// Whether its workbook counts days from 1904.
    pub is_1904: bool,
    /// The rows that are not blank, in order.
    pub rows: Vec<GridRow>,
    /// The cells that got the text of those that they are merged with.
    pub filled: Filled,
}

/// Cells that got the text of those above that they are merged with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// How many.
    pub count: usize,
    /// The number of the row of the highest, from 1; 0 if there is none.
    pub first: u32,
}

/// A row of texts.
#[derive(Debug, Default, Clone)]
pub struct GridRow {
    /// The sheet that it is in, as messages name it, if the workbook has several: "sheet "ILACS"".
    pub sheet: Option<Arc<str>>,
    /// Its number in the file or the sheet, from 1.
    pub number: u32,
    /// Its cells.
    pub cells: Cells,
    /// The addresses that cells link to, with their positions, from 0.
    pub links: Vec<(usize, String)>,
    /// Why the row cannot be used, if that is so.
    pub fault: Option<Box<Problem>>,
}

/// The texts of a row, in as little memory as a file of millions of rows needs: the texts one after the other, and where each
/// ends, up to the last that is not empty.
#[derive(Debug, Default, Clone)]
pub struct Cells {
    text: Box<str>,
    ends: Box<[u32]>,
    count: u32,
}

impl Cells {
    /// Returns the number of cells, empty ones included.
    pub fn len(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// Returns the text of a cell, from 0; `None` beyond the last.
    pub fn get(&self, position: usize) -> Option<&str> {
        let place = |end: &u32| usize::try_from(*end).unwrap_or(usize::MAX);
        match self.ends.get(position) {
            None => (position < self.len()).then_some(""),
            Some(end) => {
                let start = position.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, place);
                self.text.get(start..place(end))
            }
        }
    }

    /// Returns the texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position).unwrap_or_default())
    }

    /// Returns the size of all texts, in bytes.
    pub fn size(&self) -> usize {
        self.text.len()
    }
}

impl<T: AsRef<str>> FromIterator<T> for Cells {
    /// Collects texts; those beyond 4 GB are empty.
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let (mut text, mut ends, mut count) = (String::new(), Vec::new(), 0_u32);
        for cell in texts {
            let cell = cell.as_ref();
            count = count.saturating_add(1);
            let Ok(end) = u32::try_from(text.len() + cell.len()) else { continue };
            if !cell.is_empty() {
                // The empty cells before it end where it begins.
                let before = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(1);
                let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
                ends.resize(before, start);
                text.push_str(cell);
                ends.push(end);
            }
        }
        Self { text: text.into_boxed_str(), ends: ends.into_boxed_slice(), count }
    }
}

impl GridRow {
    /// Returns the text of a cell, from 0; empty beyond the last.
    pub fn cell(&self, position: usize) -> &str {
        self.cells.get(position).unwrap_or_default()
    }

    /// Returns its texts, cleaned.
    pub fn texts(&self) -> Vec<String> {
        self.cells.iter().map(|text| clean(text.trim()).into_owned()).collect()
    }

    fn set(&mut self, position: usize, text: &str) {
        let count = self.cells.len().max(position + 1);
        self.cells = (0..count).map(|at| if at == position { text } else { self.cell(at) }).collect();
    }

    /// Whether all its cells are blank.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|text| text.trim().is_empty())
    }
}

/// The maximum number of columns read.
pub const MAX_COLUMNS: usize = 1024;

/// The maximum amount of text read from a workbook, in bytes. Cells may share one long text, so a small workbook can
/// expand to gigabytes.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// The maximum number of cells, counted up to the last of each row: one at the far right makes room for a thousand before it.
const MAX_PLACES: usize = 32_000_000;

/// Collects the cells of the sheets of a workbook as rows.
#[derive(Debug, Default)]
pub struct GridBuilder {
    /// The bytes of text so far, of all sheets, and the cells up to the last of each row.
    taken: usize,
    places: usize,
    rows: Vec<GridRow>,
    /// The number of the current row, from 0, and its cells.
    number: u32,
    cells: Vec<String>,
    links: Vec<(usize, String)>,
    fault: Option<Problem>,
}

impl GridBuilder {
    /// Adds a cell; `row` and `column` count from 0. The cells of a row must follow each other. A cell beyond
    /// [`MAX_COLUMNS`] is kept as one cell too many.
    ///
    /// # Errors
    /// Returns an error if the workbook has too much text.
    pub fn cell(&mut self, row: u32, column: u32, text: String) -> Result<(), Problem> {
        self.begin_row(row);
        self.taken = self.taken.saturating_add(text.len());
        if self.taken > MAX_TEXT {
            return Err(too_much(&format!("{} megabytes of text in its cells", MAX_TEXT / (1024 * 1024))));
        }
        if self.places > MAX_PLACES {
            return Err(too_much("32 million cells, counted up to the last of each row"));
        }
        let position = usize::try_from(column).unwrap_or(usize::MAX);
        if position >= MAX_COLUMNS && text.trim().is_empty() {
            return Ok(());
        }
        let position = position.min(MAX_COLUMNS);
        if self.cells.len() <= position {
            self.cells.resize(position + 1, String::new());
        }
        let Some(cell) = self.cells.get_mut(position) else { return Ok(()) };
        if !cell.is_empty() && *cell != text && position < MAX_COLUMNS {
            self.fault = Some(two_texts(row, position));
        }
        *cell = text;
        Ok(())
    }

    /// Adds the address that a cell of the current row links to.
    pub fn link(&mut self, column: u32, address: String) {
        self.links.extend(usize::try_from(column).ok().map(|position| (position, address)));
    }

    /// Ends the row before, if this one, counted from 0, is another.
    pub fn begin_row(&mut self, row: u32) {
        if row != self.number {
            self.end_row();
            self.number = row;
        }
    }

    /// Returns the rows of a sheet, after its last cell; `name` is its name, if messages are to have it.
    pub fn end_sheet(&mut self, name: Option<&str>) -> Vec<GridRow> {
        self.end_row();
        self.number = 0;
        let sheet: Option<Arc<str>> = name.map(|name| format!("sheet {:?}", clean(name)).into());
        let mut rows = std::mem::take(&mut self.rows);
        rows.iter_mut().for_each(|row| row.sheet.clone_from(&sheet));
        rows
    }

    fn end_row(&mut self) {
        self.places = self.places.saturating_add(self.cells.len());
        let cells = std::mem::take(&mut self.cells).into_iter().collect();
        let (links, fault) = (std::mem::take(&mut self.links), self.fault.take().map(Box::new));
        let row = GridRow { sheet: None, number: self.number.saturating_add(1), cells, links, fault };
        if !row.is_blank() {
            self.rows.push(row);
        }
    }
}

/// The maximum number of rows of merged cells, and of bytes that are copied into the rows of a sheet for them.
const MAX_MERGED_ROWS: usize = 1_000;
const MAX_COPIED: usize = 16 * 1024 * 1024;

/// Returns a row and the position of a cell in it, given by row and column from 0.
pub fn cell_at(rows: &mut [GridRow], (row, column): (u32, u32)) -> Option<(&mut GridRow, usize)> {
    let number = row.checked_add(1)?;
    let at = rows.binary_search_by_key(&number, |row| row.number).ok()?;
    Some((rows.get_mut(at)?, usize::try_from(column).ok().filter(|column| *column < MAX_COLUMNS)?))
}

/// Cells of a column that are merged: the column, and the first and the last row, from 0.
#[derive(Debug, Clone, Copy)]
pub struct Merged {
    pub column: u32,
    pub first: u32,
    pub last: u32,
}

/// Copies the text and the link of the first row of merged cells to their other rows, so that the name of a council is in the row
/// of each of its inspections. Returns the cells that got one.
pub fn fill_down(rows: &mut [GridRow], merged: impl Iterator<Item = Merged>) -> Filled {
    let mut filled = Filled::default();
    let mut copied = 0_usize;
    for Merged { column, first, last } in merged {
        let Some((row, position)) = cell_at(rows, (first, column)) else { continue };
        let (text, link) = (row.cell(position).to_owned(), row.links.iter().find(|(at, _)| *at == position).cloned());
        for number in (first.saturating_add(1)..=last).take(MAX_MERGED_ROWS) {
            let Some((row, position)) = cell_at(rows, (number, column)) else { continue };
            copied = copied.saturating_add(text.len()).saturating_add(row.cells.size());
            if copied > MAX_COPIED {
                return filled;
            }
            if row.cell(position).is_empty() && !text.is_empty() {
                row.set(position, &text);
                row.links.extend(link.clone());
                let first = if filled.count == 0 { row.number } else { filled.first.min(row.number) };
                filled = Filled { count: filled.count + 1, first };
            }
        }
    }
    filled
}

/// Gives blank cells, by row and column from 0, a text; rows that have none yet are added.
pub fn fill_blanks(rows: &mut Vec<GridRow>, cells: &[((u32, u32), String)]) {
    let sheet = rows.first().and_then(|row| row.sheet.clone());
    let is_new = |number: &u32| rows.binary_search_by_key(number, |row| row.number).is_err();
    let new: BTreeSet<u32> = cells.iter().map(|((row, _), _)| row.saturating_add(1)).filter(is_new).collect();
    rows.extend(new.into_iter().map(|number| GridRow { sheet: sheet.clone(), number, ..GridRow::default() }));
    rows.sort_by_key(|row| row.number);
    for (at, text) in cells {
        if let Some((row, position)) = cell_at(rows, *at)
            && row.cell(position).is_empty()
        {
            row.set(position, text);
        }
    }
}

fn two_texts(row: u32, position: usize) -> Problem {
    Problem {
        location: Location::Path(format!("row {}, column {}", row.saturating_add(1), position + 1)),
        found: "the same cell twice with different texts".to_owned(),
        expected: "one; open the workbook in a spreadsheet, correct the row and save it".to_owned(),
    }
}

fn too_much(what: &str) -> Problem {
    Problem {
        location: Location::Path(String::new()),
        found: format!("more than {what}"),
        expected: "a table of inspections; save the sheet as CSV to open more".to_owned(),
    }
}
