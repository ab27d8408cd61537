//! Loads tables of inspections from Excel workbooks (XLSX).

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::sheets::{Sheet, SheetReader, choose, cut, refuse};
use super::workbook;
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// Loads a workbook of inspections.
///
/// # Errors
/// Returns an error if it is not a workbook, is protected or too large, or if no sheet has the required columns.
pub fn from_xlsx(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    workbook::check(bytes).map_err(|fault| refuse(name, fault.found, fault.expected))?;
    let broken = |error: XlsxError| {
        let found = format!("a workbook that cannot be read ({})", clean(&error.to_string()));
        refuse(name, found, "an XLSX file without a password; save it again in a spreadsheet")
    };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut taken = 0;
    let mut sheets = Vec::new();
    for about in workbook.sheets_metadata().to_vec() {
        if about.typ != SheetType::WorkSheet {
            continue;
        }
        let reader = SheetReader::new(name, &about.name, &mut taken);
        let loaded = read_sheet(&mut workbook, &about.name, reader).unwrap_or_else(|error| Err(broken(error)));
        sheets.push(Sheet { is_hidden: about.visible != SheetVisible::Visible, name: about.name, loaded });
    }
    choose(name, sheets)
}

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads a sheet cell by cell, so that a sheet that claims a million columns costs no more than its actual cells.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    mut reader: SheetReader<'_>,
) -> Result<Result<Loaded, Unusable>, XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        if let Err(refusal) = reader.cell(row, column, text(cell.get_value())) {
            return Ok(Err(refusal));
        }
    }
    Ok(reader.end())
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
