//! The overview: the first sheet of a workbook that has the heads.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::builder::Builder;
use crate::dataset::{Place, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// The most that a workbook may hold unpacked, in bytes. An overview has half a megabyte; a small file
/// that unpacks to gigabytes is no workbook.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;

/// The most columns looked at.
const MOST_COLUMNS: u32 = 1024;

/// Reads a workbook of inspections.
///
/// # Errors
/// Where it is no workbook, is protected, holds too much, or no sheet has the columns that are needed.
pub fn from_xlsx(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    let refuse = |found: String, allowed: &str| Unusable {
        name: name.to_owned(),
        problems: vec![Problem { place: Place::Path(String::new()), found, allowed: allowed.to_owned() }],
    };
    match is_within_bounds(bytes) {
        Ok(true) => {}
        Ok(false) => {
            let most = MOST_UNPACKED / (1024 * 1024);
            let found = format!("a workbook that unpacks to more than {most} megabytes");
            return Err(refuse(found, "an overview of inspections; save the sheet as CSV to open more"));
        }
        Err(error) => {
            let found = format!("a workbook that is cut off or damaged ({})", clean(&error.to_string()));
            return Err(refuse(found, "a whole XLSX file; download it again"));
        }
    }
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

/// Whether all parts together stay below [`MOST_UNPACKED`], whatever their heads claim.
fn is_within_bounds(bytes: &[u8]) -> io::Result<bool> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::from)?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(io::Error::from)?;
        left = left.saturating_sub(io::copy(&mut part.take(left), &mut io::sink())?);
        if left == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads cell by cell: a sheet that claims a million columns costs no more than it holds.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    sheet: &str,
    name: &str,
) -> Result<Result<Loaded, Unusable>, calamine::XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let mut builder: Option<Builder> = None;
    let mut row: Vec<Cow<'static, str>> = Vec::new();
    let mut number = 0;
    loop {
        let cell = cells.next_cell()?;
        let at = cell.as_ref().map(calamine::Cell::get_position);
        if at.is_none_or(|(line, _)| line != number) {
            if row.iter().any(|text| !text.is_empty()) {
                match &mut builder {
                    Some(builder) => take(builder, number, &mut row),
                    None => match Builder::new(name, row.iter().map(AsRef::as_ref)) {
                        Ok(begun) => builder = Some(begun),
                        Err(refusal) => return Ok(Err(refusal)),
                    },
                }
            }
            row.clear();
        }
        let (Some(cell), Some((line, column))) = (cell, at) else { break };
        number = line;
        if column < MOST_COLUMNS {
            put(&mut row, column, text(cell.get_value()));
        }
    }
    Ok(builder
        .map_or_else(|| Err(Unusable { name: name.to_owned(), problems: vec![empty_sheet(sheet)] }), Builder::end))
}

/// A row as the builder takes it: a spreadsheet leaves trailing blanks out, which is no fault.
fn take(builder: &mut Builder, number: u32, row: &mut Vec<Cow<'static, str>>) {
    let wanted = builder.width().max(row.len());
    row.resize(wanted, Cow::Borrowed(""));
    builder.row(number.saturating_add(1), row as &Vec<Cow<'static, str>>);
}

fn put(row: &mut Vec<Cow<'static, str>>, column: u32, text: String) {
    let Ok(place) = usize::try_from(column) else { return };
    if row.len() <= place {
        row.resize(place + 1, Cow::Borrowed(""));
    }
    if let Some(cell) = row.get_mut(place) {
        *cell = Cow::Owned(text);
    }
}

/// A cell as text; a date in the form that begins with its year.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(error) => format!("{error:?}"),
        _ => String::new(),
    }
}

fn empty_sheet(sheet: &str) -> Problem {
    Problem {
        place: Place::Path(format!("sheet {:?}", clean(sheet))),
        found: "nothing".to_owned(),
        allowed: "a row of heads, then a row for each inspection".to_owned(),
    }
}
