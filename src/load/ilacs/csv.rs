//! Loads the ILACS history from CSV, row by row, in bounded memory.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use csv_core::{ReadRecordResult, ReaderBuilder, Terminator};
use memchr::{memchr, memchr_iter};

use super::builder::Builder;
use super::csv_rows::{CsvRows, LeftOut, Next, Reason};
use super::header_search::HeaderSearch;
use super::row::Cells;
use crate::dataset::{Location, Problem};
use crate::load::reports::MAX_LISTED;
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// Loads a file of inspections. Text that is not UTF-8 is decoded as Windows-1252.
///
/// # Errors
/// Returns an error if the file cannot be read, lacks a required column, or has no usable row.
pub fn from_csv(reader: impl Read, name: &str) -> Result<Loaded, Unusable> {
    let refuse = |problems| Unusable::new(name, problems);
    let unreadable = |error| refuse(vec![unreadable(&error)]);
    let mut rows = CsvRows::new(reader).map_err(unreadable)?;
    let mut parser = Parser::new(rows.line_end());
    let mut search = HeaderSearch::new(name);
    let mut builder: Option<Builder> = None;
    let mut left_out: Vec<LeftOut> = Vec::new();
    let mut others: usize = 0;
    loop {
        match rows.next().map_err(unreadable)? {
            Next::End => break,
            Next::LeftOut(lines) if left_out.len() < MAX_LISTED => left_out.push(lines),
            Next::LeftOut(_) => others += 1,
            Next::Row(number, text) => {
                let cells = parser.cells(text);
                match &mut builder {
                    Some(builder) => builder.row(number, &cells),
                    None if cells.is_blank() => {}
                    None => {
                        let found = search.try_row(&cells.texts()).map_err(|refusal| with(refusal, &left_out))?;
                        if let Some(found) = found {
                            rows.set_columns(found.columns().clone());
                            builder = Some(found);
                        }
                    }
                }
            }
        }
    }
    match builder {
        None => {
            let nothing = || refuse(if left_out.is_empty() { vec![super::super::nothing()] } else { Vec::new() });
            Err(with(search.refusal().unwrap_or_else(nothing), &left_out))
        }
        Some(mut builder) => {
            for line in left_out {
                builder.leave_out(lines(line), problem(line));
            }
            builder.leave_out_unlisted(others);
            builder.end()
        }
    }
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
        Reason::TooLong => (1, "a row of more than a megabyte or 200 lines", "a row of cells"),
    };
    let expected = format!("{expected}; {} left out, the rows after are read", lines(left_out));
    Problem { location: Location::Text { line, column }, found: found.to_owned(), expected }
}

/// Splits rows into cells, reusing its buffers for every row.
struct Parser {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    ranges: Vec<Range<usize>>,
}

impl Parser {
    /// Creates a parser for rows that contain this line end only inside quotation marks.
    fn new(line_end: u8) -> Self {
        // No other byte may end a row: a stray carriage return must not cut off the cells after it.
        let reader = ReaderBuilder::new().terminator(Terminator::Any(line_end)).build();
        Self { reader, text: Vec::new(), ends: Vec::new(), ranges: Vec::new() }
    }

    /// Splits a row into cells.
    fn cells<'r>(&'r mut self, row: &'r [u8]) -> CsvCells<'r> {
        self.ranges.clear();
        if memchr(b'"', row).is_none() {
            let mut start = row.strip_prefix(b"\xef\xbb\xbf").map_or(0, |rest| row.len() - rest.len());
            for comma in memchr_iter(b',', row) {
                self.ranges.push(start..comma);
                start = comma + 1;
            }
            self.ranges.push(start..row.len());
            return CsvCells::new(row, &mut self.ranges);
        }
        let length = self.unquote(row);
        let mut start = 0;
        for end in &self.ends {
            self.ranges.push(start..*end);
            start = *end;
        }
        CsvCells::new(self.text.get(..length).unwrap_or_default(), &mut self.ranges)
    }

    /// Writes the unquoted cells to `text`, one after the other, and the end of each to `ends`; returns the total
    /// length in bytes.
    fn unquote(&mut self, row: &[u8]) -> usize {
        // The unquoted text is never longer than the row, and a row never has more cells than bytes plus one.
        if self.text.len() <= row.len() {
            self.text.resize(row.len() + 1, 0);
        }
        self.ends.resize(row.len() + 1, 0);
        self.reader.reset();
        let (mut read, mut written, mut count) = (0, 0, 0);
        loop {
            let input = row.get(read..).unwrap_or_default();
            let (Some(output), Some(ends)) = (self.text.get_mut(written..), self.ends.get_mut(count..)) else { break };
            let (result, used, filled, ended) = self.reader.read_record(input, output, ends);
            (read, written, count) = (read + used, written + filled, count + ended);
            match result {
                // The parser needs an empty input to know that the row has ended.
                ReadRecordResult::InputEmpty if used > 0 || !input.is_empty() => {}
                _ => break,
            }
        }
        self.ends.truncate(count);
        written
    }
}

/// The cells of a row, as ranges of a text.
struct CsvCells<'r> {
    text: Cow<'r, str>,
    ranges: &'r [Range<usize>],
}

impl<'r> CsvCells<'r> {
    fn new(bytes: &'r [u8], ranges: &'r mut [Range<usize>]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self { text: Cow::Borrowed(text), ranges },
            Err(_) => {
                // Each cell is decoded separately, because decoding may change its length in bytes.
                let mut text = String::with_capacity(bytes.len());
                for range in ranges.iter_mut() {
                    let cell = bytes.get(range.clone()).unwrap_or_default();
                    let start = text.len();
                    text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0);
                    *range = start..text.len();
                }
                Self { text: Cow::Owned(text), ranges }
            }
        }
    }

    /// Returns the cells, cleaned.
    fn texts(&self) -> Vec<String> {
        (0..self.count()).filter_map(|at| self.cell(at)).map(|text| clean(text.trim()).into_owned()).collect()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Cells for CsvCells<'_> {
    fn cell(&self, position: usize) -> Option<&str> {
        self.text.get(self.ranges.get(position)?.clone())
    }

    fn count(&self) -> usize {
        self.ranges.len()
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem {
        location: Location::Path(String::new()),
        found: format!("text that cannot be read beyond this point ({error})"),
        expected: "comma-separated values".to_owned(),
    }
}
