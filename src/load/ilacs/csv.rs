//! The history: comma-separated values, read row by row, whatever their size.

use std::borrow::Cow;
use std::io::Read;

use super::builder::Builder;
use crate::dataset::{Place, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// Reads a file of inspections. Text that is no UTF-8 is taken for Windows-1252.
///
/// # Errors
/// Where it cannot be read, lacks a column that is needed, or has no row.
pub fn from_csv(reader: impl Read, name: &str) -> Result<Loaded, Unusable> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(reader);
    let mut record = csv::ByteRecord::new();
    let refuse = |error: &csv::Error| Unusable { name: name.to_owned(), problems: vec![unreadable(error)] };
    if !rows.read_byte_record(&mut record).map_err(|e| refuse(&e))? {
        return Err(Unusable { name: name.to_owned(), problems: vec![super::super::nothing()] });
    }
    let heads: Vec<String> =
        record.iter().map(|head| clean(text(head).trim_start_matches('\u{feff}')).into_owned()).collect();
    let mut builder = Builder::new(name, heads.iter().map(String::as_str))?;
    let mut number: u32 = 1;
    while rows.read_byte_record(&mut record).map_err(|e| refuse(&e))? {
        number = number.saturating_add(1);
        match csv::StringRecord::from_byte_record(record) {
            Ok(cells) => {
                builder.row(number, &cells);
                record = cells.into_byte_record();
            }
            Err(error) => {
                record = error.into_byte_record();
                builder.row(number, &record.iter().map(text).collect::<Vec<_>>());
            }
        }
    }
    builder.end()
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn unreadable(error: &csv::Error) -> Problem {
    let line = error.position().map(|p| p.line()).and_then(|line| usize::try_from(line).ok());
    Problem {
        place: line.map_or(Place::Path(String::new()), |line| Place::Text { line, column: 1 }),
        found: format!("text that cannot be read further ({error})"),
        allowed: "comma-separated values".to_owned(),
    }
}
