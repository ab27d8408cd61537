//! Loads the ILACS history from CSV, row by row, in bounded memory.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder, StringRecord, Terminator};
use encoding_rs::WINDOWS_1252;

use super::builder::Builder;
use super::csv_rows::{CsvRows, LeftOut, Reason};
use super::header_search::HeaderSearch;
use super::row::Cells;
use crate::dataset::{Location, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// Loads a file of inspections. Text that is not UTF-8 is decoded as Windows-1252.
///
/// # Errors
/// Returns an error if the file cannot be read, lacks a required column, or has no usable row.
pub fn from_csv(reader: impl Read, name: &str) -> Result<Loaded, Unusable> {
    let refuse = |problems| Unusable::new(name, problems);
    let rows = CsvRows::new(reader).map_err(|error| refuse(vec![unreadable(&error)]))?;
    // No other byte may end a row: a stray carriage return must not cut off the cells after it.
    let terminator = Terminator::Any(rows.line_end());
    let mut csv = ReaderBuilder::new().has_headers(false).flexible(true).terminator(terminator).from_reader(rows);
    let mut search = HeaderSearch::new(name);
    let mut builder: Option<Builder> = None;
    let mut record = ByteRecord::new();
    while csv.read_byte_record(&mut record).map_err(|error| refuse(vec![unreadable(&error)]))? {
        let cells = StringRecord::from_byte_record(record).unwrap_or_else(|error| decoded(&error.into_byte_record()));
        match &mut builder {
            Some(builder) => builder.row(csv.get_ref().number(), &cells),
            None if cells.iter().all(|cell| cell.trim().is_empty()) => {}
            None => {
                let texts: Vec<String> = cells.iter().map(|cell| clean(cell.trim()).into_owned()).collect();
                builder = search.try_row(&texts).map_err(|refusal| with(refusal, csv.get_ref().left_out().0))?;
                if let Some(builder) = &builder {
                    csv.get_mut().set_columns(builder.columns().clone());
                }
            }
        }
        record = cells.into_byte_record();
    }
    let (left_out, unlisted) = csv.get_ref().left_out();
    match builder {
        None => {
            let nothing = || refuse(if left_out.is_empty() { vec![super::super::nothing()] } else { Vec::new() });
            Err(with(search.refusal().unwrap_or_else(nothing), left_out))
        }
        Some(mut builder) => {
            for line in left_out {
                builder.leave_out(lines(*line), problem(*line));
            }
            builder.leave_out_unlisted(unlisted);
            builder.end()
        }
    }
}

impl Cells for StringRecord {
    fn cell(&self, position: usize) -> Option<&str> {
        self.get(position)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

fn decoded(record: &ByteRecord) -> StringRecord {
    record.iter().map(|cell| WINDOWS_1252.decode_without_bom_handling(cell).0).collect::<Vec<_>>().into()
}

/// Adds the lines that are left out to a refusal.
fn with(mut refusal: Unusable, left_out: &[LeftOut]) -> Unusable {
    refusal.problems.extend(left_out.iter().map(|line| problem(*line)));
    refusal
}

/// Formats the lines that are left out: "line 3", or "lines 3 to 5".
fn lines(left_out: LeftOut) -> String {
    let LeftOut { first, line, .. } = left_out;
    if first == line { format!("line {line}") } else { format!("lines {first} to {line}") }
}

fn problem(left_out: LeftOut) -> Problem {
    let LeftOut { line, reason, .. } = left_out;
    let (column, found, expected) = match reason {
        Reason::Unclosed(position) => (
            position,
            "an opening quotation mark without a closing one",
            "a second one before the next comma or line end",
        ),
        Reason::TooLong => (1, "a row of more than a megabyte or 5,000 lines", "a row of cells"),
    };
    let expected = format!("{expected}; {} left out, the rows after are read", lines(left_out));
    Problem { location: Location::Text { line, column }, found: found.to_owned(), expected }
}

fn unreadable(error: &impl std::fmt::Display) -> Problem {
    Problem {
        location: Location::Path(String::new()),
        found: format!("text that cannot be read beyond this point ({error})"),
        expected: "comma-separated values".to_owned(),
    }
}
