//! Reads the sheets of a workbook, whatever its format, and decides which of them is the one to show.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::builder::Builder;
use super::columns::Column;
use super::header_search::{HeaderSearch, MAX_COLUMNS};
use super::row::MAX_CELL;
use crate::dataset::{Location, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// The maximum amount of text read from a workbook, in bytes. Cells may share one long text, so a small workbook can
/// expand to gigabytes.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// The number of required columns that a sheet may lack to be named as one that is nearly a table of inspections.
const NEARLY: usize = 2;

/// A sheet with what was read from it.
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether the workbook hides it.
    pub is_hidden: bool,
    /// The inspections, or why there are none.
    pub loaded: Result<Loaded, Unusable>,
}

impl Sheet {
    fn inspections(&self) -> usize {
        let authorities = self.loaded.iter().flat_map(|loaded| &loaded.dataset.authorities);
        authorities.map(|authority| authority.assessments.len()).sum()
    }
}

/// Returns the inspections of the sheet that has most of them, visible sheets before hidden ones; a remark says which
/// one it is, if others have inspections too.
///
/// # Errors
/// Returns an error if no sheet has the required columns.
pub fn choose(file: &str, mut sheets: Vec<Sheet>) -> Result<Loaded, Unusable> {
    sheets.sort_by_key(|sheet| (sheet.loaded.is_err(), sheet.is_hidden, Reverse(sheet.inspections())));
    let mut sheets = sheets.into_iter();
    let Some(first) = sheets.next() else {
        return Err(refuse(file, "a workbook without a sheet".to_owned(), "a table of inspections"));
    };
    match first.loaded {
        Ok(mut loaded) => {
            let sheets: Vec<Sheet> = sheets.collect();
            let nearly = sheets.iter().filter_map(|sheet| Some((sheet, sheet.loaded.as_ref().err()?)));
            for (sheet, refusal) in nearly.filter(|(_, refusal)| (1..=NEARLY).contains(&refusal.lacks)) {
                let name = clean(&sheet.name);
                let expected = refusal.problems.first().map_or("", |problem| problem.expected.as_str());
                loaded.remarks.push(format!("{file}: sheet {name:?} is not read: expected {expected}"));
            }
            let others = sheets.iter().filter(|sheet| sheet.loaded.is_ok());
            let others: Vec<String> = others.map(|sheet| format!("{:?}", clean(&sheet.name))).collect();
            let name = clean(&first.name);
            if first.is_hidden {
                loaded.remarks.insert(0, format!("{file}: sheet {name:?} is read, though the workbook hides it"));
            }
            if !others.is_empty() {
                let others = crate::text::list(&others);
                loaded.remarks.insert(
                    0,
                    format!("{file}: sheet {name:?} is read; not read, though they have inspections: {others}"),
                );
            }
            Ok(loaded)
        }
        Err(mut refusal) => {
            refusal.problems.extend(sheets.filter_map(|sheet| sheet.loaded.err()).flat_map(|other| other.problems));
            Err(refusal)
        }
    }
}

/// Refuses a workbook as a whole.
pub fn refuse(file: &str, found: String, expected: &str) -> Unusable {
    let location = Location::Path(String::new());
    Unusable::new(file, vec![Problem { location, found, expected: expected.to_owned() }])
}

/// Reads one sheet, cell by cell.
pub struct SheetReader<'t> {
    sheet: String,
    file: String,
    /// The bytes of text read from the workbook so far.
    taken: &'t mut usize,
    search: HeaderSearch,
    builder: Option<Builder>,
    row: SheetRow,
}

impl<'t> SheetReader<'t> {
    /// Starts to read a sheet; `taken` counts the text of all sheets.
    pub fn new(file: &str, sheet: &str, taken: &'t mut usize) -> Self {
        let (sheet, file) = (sheet.to_owned(), file.to_owned());
        let search = HeaderSearch::new(&file);
        Self { sheet, search, file, taken, builder: None, row: SheetRow::default() }
    }

    /// Whether a column, counted from 0, has links, so that the address of a link is wanted and not its text.
    pub fn wants_link(&self, column: u32) -> bool {
        let position = usize::try_from(column).unwrap_or(usize::MAX);
        self.builder.as_ref().is_some_and(|builder| builder.columns().positions(Column::Link).contains(&position))
    }

    /// Ends the row before, if this one, counted from 0, is another.
    ///
    /// # Errors
    /// Returns an error if the sheet has no headers.
    pub fn begin_row(&mut self, row: u32) -> Result<(), Unusable> {
        if row != self.row.number {
            self.end_row()?;
            self.row.number = row;
        }
        Ok(())
    }

    /// Adds a cell; `row` and `column` count from 0. The cells of a row must follow each other.
    ///
    /// # Errors
    /// Returns an error if the sheet has too much text, or no headers.
    pub fn cell(&mut self, row: u32, column: u32, text: String) -> Result<(), Unusable> {
        self.begin_row(row)?;
        *self.taken = self.taken.saturating_add(text.len());
        if *self.taken > MAX_TEXT {
            return Err(Unusable::new(self.file.clone(), vec![too_much_text(&self.sheet)]));
        }
        self.row.put(column, text);
        Ok(())
    }

    /// Returns the inspections, after the last cell.
    ///
    /// # Errors
    /// Returns an error if the sheet has no headers, or no row that can be used.
    pub fn end(mut self) -> Result<Loaded, Unusable> {
        self.end_row()?;
        let empty = || Unusable::new(self.file.clone(), vec![empty_sheet(&self.sheet)]);
        match self.builder {
            Some(builder) => builder.end(),
            None => Err(self.search.refusal().unwrap_or_else(empty)),
        }
    }

    fn end_row(&mut self) -> Result<(), Unusable> {
        let mut row = std::mem::take(&mut self.row);
        if row.is_blank() {
            return Ok(());
        }
        let number = row.number.saturating_add(1);
        match (&mut self.builder, row.repeated.map(|position| row.two_texts(position))) {
            (Some(builder), Some(fault)) => {
                builder.leave_out(format!("row {number}"), fault);
                return Ok(());
            }
            (Some(builder), None) => {
                row.give_to(builder);
                return Ok(());
            }
            (None, Some(fault)) => {
                return Err(Unusable::new(self.file.clone(), vec![fault]));
            }
            (None, None) => {}
        }
        if row.is_too_wide {
            row.cells.resize(MAX_COLUMNS + 1, Cow::Borrowed(""));
        }
        let texts: Vec<String> = row.cells.iter().map(|text| clean(text.trim()).into_owned()).collect();
        self.builder = self.search.try_row(&texts)?;
        Ok(())
    }
}

/// A row of a sheet.
#[derive(Default)]
struct SheetRow {
    /// Its number, from 0.
    number: u32,
    cells: Vec<Cow<'static, str>>,
    /// The position, from 0, of a cell that occurs twice in the row with different texts.
    repeated: Option<usize>,
    /// Whether there is text beyond [`MAX_COLUMNS`].
    is_too_wide: bool,
}

impl SheetRow {
    /// Sets the text of a cell, or notes that there is one beyond [`MAX_COLUMNS`].
    fn put(&mut self, column: u32, text: String) {
        let Some(position) = usize::try_from(column).ok().filter(|position| *position < MAX_COLUMNS) else {
            self.is_too_wide |= !text.trim().is_empty();
            return;
        };
        if self.cells.len() <= position {
            self.cells.resize(position + 1, Cow::Borrowed(""));
        }
        if let Some(cell) = self.cells.get_mut(position) {
            if !cell.is_empty() && *cell != text {
                self.repeated = Some(position);
            }
            *cell = Cow::Owned(text);
        }
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|text| text.is_empty())
    }

    /// Adds the row to a builder, with exactly one cell for each header. Spreadsheets omit trailing blank cells, and
    /// cells in columns without a header have no known meaning.
    fn give_to(&mut self, builder: &mut Builder) {
        // A second table may be wider, so its headers are given whole.
        let count = builder.columns().count();
        if self.cells.len() < count || !builder.has_headers(&self.cells) {
            self.cells.resize(count, Cow::Borrowed(""));
        }
        builder.row(self.number.saturating_add(1), &self.cells);
    }

    fn two_texts(&self, position: usize) -> Problem {
        Problem {
            location: Location::Path(format!("row {}, column {}", self.number.saturating_add(1), position + 1)),
            found: "the same cell twice with different texts".to_owned(),
            expected: "one; open the workbook in a spreadsheet, correct the row and save it".to_owned(),
        }
    }
}

/// Truncates a text to one character more than [`MAX_CELL`], so that the row reports the cell as too long.
pub fn cut(text: &str) -> String {
    let end = text.char_indices().nth(MAX_CELL + 1).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text).to_owned()
}

fn too_much_text(sheet: &str) -> Problem {
    let megabytes = MAX_TEXT / (1024 * 1024);
    Problem {
        location: Location::Path(format!("sheet {:?}", clean(sheet))),
        found: format!("more than {megabytes} megabytes of text in its cells"),
        expected: "an overview of inspections; save the sheet as CSV to open more".to_owned(),
    }
}

fn empty_sheet(sheet: &str) -> Problem {
    Problem {
        location: Location::Path(format!("sheet {:?}", clean(sheet))),
        found: "nothing".to_owned(),
        expected: "a row of headers, then a row for each inspection".to_owned(),
    }
}
