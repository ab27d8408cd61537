//! Loads the ILACS overview from XLSX: the first sheet of a workbook that has the headers.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::builder::Builder;
use super::row::MAX_CELL;
use super::workbook;
use crate::dataset::{Location, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// The maximum number of columns read.
const MAX_COLUMNS: usize = 1024;

/// The maximum amount of text read from a sheet, in bytes. Cells may share one long text, so a small workbook can
/// expand to gigabytes.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Loads a workbook of inspections.
///
/// # Errors
/// Returns an error if it is not a workbook, is protected or too large, or if no sheet has the required columns.
pub fn from_xlsx(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    let refuse = |found: String, expected: &str| Unusable {
        name: name.to_owned(),
        problems: vec![Problem { location: Location::Path(String::new()), found, expected: expected.to_owned() }],
    };
    workbook::check(bytes).map_err(|fault| refuse(fault.found, fault.expected))?;
    let broken = |error: calamine::XlsxError| {
        let found = format!("a workbook that cannot be read ({})", clean(&error.to_string()));
        refuse(found, "an XLSX file without a password; save it again in a spreadsheet")
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut refusals = Vec::new();
    for sheet in workbook.sheet_names() {
        match read_sheet(&mut workbook, &sheet, name).map_err(broken)? {
            Ok(loaded) => return Ok(loaded),
            Err(refusal) => refusals.extend(refusal.problems),
        }
    }
    if refusals.is_empty() {
        return Err(refuse("a workbook without a sheet".to_owned(), "an overview of inspections"));
    }
    Err(Unusable { name: name.to_owned(), problems: refusals })
}

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads a sheet cell by cell, so that a sheet that claims a million columns costs no more than its actual cells.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    name: &str,
) -> Result<Result<Loaded, Unusable>, calamine::XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let refuse = |problem| Ok(Err(Unusable { name: name.to_owned(), problems: vec![problem] }));
    let mut builder: Option<Builder> = None;
    let mut row = SheetRow::default();
    let mut taken = 0;
    loop {
        let cell = cells.next_cell()?;
        let at = cell.as_ref().map(calamine::Cell::get_position);
        if at.is_none_or(|(line, _)| line != row.number) {
            match (&mut builder, row.is_blank()) {
                (_, true) => {}
                (Some(builder), false) => row.give_to(builder),
                (None, false) => match row.headers(name) {
                    Ok(begun) => builder = Some(begun),
                    Err(refusal) => return Ok(Err(refusal)),
                },
            }
            row = SheetRow::default();
        }
        let (Some(cell), Some((line, column))) = (cell, at) else { break };
        row.number = line;
        let text = text(cell.get_value());
        taken += text.len();
        if taken > MAX_TEXT {
            return refuse(too_much_text(sheet));
        }
        row.put(column, text);
    }
    match builder {
        Some(builder) => Ok(builder.end()),
        None => refuse(empty_sheet(sheet)),
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
}

impl SheetRow {
    /// Sets the text of a cell; ignores columns beyond [`MAX_COLUMNS`].
    fn put(&mut self, column: u32, text: String) {
        let Some(position) = usize::try_from(column).ok().filter(|position| *position < MAX_COLUMNS) else { return };
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

    /// Creates a builder with this row as the headers.
    fn headers(&self, name: &str) -> Result<Builder, Unusable> {
        if let Some(position) = self.repeated {
            return Err(Unusable { name: name.to_owned(), problems: vec![self.two_texts(position)] });
        }
        Builder::new(name, self.cells.iter().map(AsRef::as_ref))
    }

    /// Adds the row to a builder, with exactly one cell for each header. Spreadsheets omit trailing blank cells, and
    /// cells in columns without a header have no known meaning.
    fn give_to(&mut self, builder: &mut Builder) {
        let number = self.number.saturating_add(1);
        if let Some(position) = self.repeated {
            return builder.leave_out(format!("row {number}"), self.two_texts(position));
        }
        self.cells.resize(builder.columns().count(), Cow::Borrowed(""));
        builder.row(number, &self.cells);
    }

    fn two_texts(&self, position: usize) -> Problem {
        Problem {
            location: Location::Path(format!("row {}, column {}", self.number.saturating_add(1), position + 1)),
            found: "the same cell twice with different texts".to_owned(),
            expected: "one; open the workbook in a spreadsheet, correct the row and save it".to_owned(),
        }
    }
}

/// Returns a cell as text, with dates in ISO form; longer texts are cut to one character more than allowed.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => cut(text),
        DataRef::SharedString(text) => cut(text),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => day(date),
        DataRef::Error(error) => format!("{error:?}"),
        _ => String::new(),
    }
}

/// Keeps one character more than [`MAX_CELL`], so that the row reports the cell as too long.
fn cut(text: &str) -> String {
    let end = text.char_indices().nth(MAX_CELL + 1).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text).to_owned()
}

/// Formats the day of a date; a number that is not a valid day is returned as a number, so that it is reported.
fn day(date: &ExcelDateTime) -> String {
    // Day 1 is the first in a spreadsheet, day 60 is 29 February 1900, which never existed, and day 2,958,466
    // follows the end of the year 9999.
    let serial = date.as_f64();
    let is_day = (1.0..2_958_466.0).contains(&serial) && serial.floor() != 60.0;
    if !is_day {
        return format!("the number {serial}");
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
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
