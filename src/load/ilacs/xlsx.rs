//! Loads tables of inspections from Excel workbooks (XLSX).

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata};

use super::grid::{Filled, Grid, GridBuilder, GridRow, Merged, cell_at, fill_blanks, fill_down};
use super::row::{WITHOUT_VALUE, cut, formula_link, without_value};
use super::table::read_tables;
use super::unread::{self, SheetTexts};
use super::workbook::{self, is_for_programs, refuse};
use crate::dataset::Problem;
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// The maximum number of merged cells and links of a sheet that are taken into account.
const MAX_SPANS: usize = 100_000;

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
    let unread = unread::read(bytes);
    let mut builder = GridBuilder::default();
    let mut grids = Vec::new();
    let sheets = workbook.sheets_metadata().to_vec();
    workbook::few(&sheets, name)?;
    let is_named = sheets.len() > 1;
    for about in
        sheets.iter().filter(|about| about.typ == SheetType::WorkSheet && is_for_programs(about, &sheets)).cloned()
    {
        let texts = unread.sheets.get(&about.name);
        let rows = read_sheet(&mut workbook, &about.name, &mut builder, is_named, texts).map_err(broken)?;
        let (rows, filled) = rows.map_err(|problem| Unusable::new(name, vec![problem]))?;
        let is_hidden = about.visible != SheetVisible::Visible;
        grids.push(Grid { is_hidden, is_1904: unread.is_1904, sheet: Some(about.name), rows, filled });
    }
    let mut loaded = read_tables(name, &grids, |_| {})?;
    loaded.layout.push("an Excel workbook".to_owned());
    Ok(loaded)
}

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads a sheet cell by cell, so that a sheet that claims a million columns costs no more than its actual cells.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    builder: &mut GridBuilder,
    is_named: bool,
    unread: Option<&SheetTexts>,
) -> Result<Result<(Vec<GridRow>, Filled), Problem>, XlsxError> {
    let mut missing = Vec::new();
    let mut links: Vec<((u32, u32), String)> = Vec::new();
    // The links of formulas that other cells share.
    let mut shared: HashMap<usize, String> = HashMap::new();
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    loop {
        let cell = match cells.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            // An error that the library does not know is among the texts that it does not give.
            Err(XlsxError::CellError(_)) if unread.is_some_and(|sheet| sheet.has_places) => continue,
            Err(error) => return Err(error),
        };
        let ((row, column), formula) = (cell.pos, cell.formula.as_ref());
        if let Some(formula) = formula.filter(|_| links.len() < MAX_SPANS && missing.len() < MAX_SPANS) {
            let (text, number) = match formula {
                XlsxFormulaMetadata::Normal { formula } => (Some(formula.as_str()), None),
                XlsxFormulaMetadata::Shared { formula, shared_index, .. } => {
                    (Some(formula.as_str()), Some(*shared_index))
                }
                other => (None, other.shared_index()),
            };
            let link = text.and_then(formula_link).map(cut);
            shared.extend(number.zip(link.clone()));
            let link = link.or_else(|| number.and_then(|number| shared.get(&number).cloned()));
            links.extend(link.map(|link| ((row, column), link)));
            if cell.value == DataRef::Empty {
                missing.push(((row, column), text.map_or_else(|| WITHOUT_VALUE.to_owned(), without_value)));
            }
        }
        if let Err(problem) = builder.cell(row, column, text(&cell.value)) {
            return Ok(Err(problem));
        }
    }
    drop(cells);
    let mut rows = builder.end_sheet(is_named.then_some(sheet));
    fill_blanks(&mut rows, unread.map_or(&[][..], |sheet| &sheet.texts));
    fill_blanks(&mut rows, &missing);
    // What is said of cells beside them may be damaged in a sheet whose cells are sound.
    let beside = workbook.hyperlinks_by_sheet_name(sheet).unwrap_or_default();
    for link in beside.into_iter().take(MAX_SPANS) {
        if let Some((row, position)) = cell_at(&mut rows, link.range.start) {
            row.links.extend(link.target.map(|target| (position, target)));
        }
    }
    for (at, address) in links {
        if let Some((row, position)) = cell_at(&mut rows, at) {
            row.links.push((position, address));
        }
    }
    let merged = workbook.merge_cells_by_sheet_name(sheet).unwrap_or_default();
    // Of cells merged across as well, the text is in the first column.
    let merged = merged.into_iter().take(MAX_SPANS);
    let filled =
        fill_down(&mut rows, merged.map(|at| Merged { column: at.start.1, first: at.start.0, last: at.end.0 }));
    Ok(Ok((rows, filled)))
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
        DataRef::Error(error) => error.to_string(),
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
