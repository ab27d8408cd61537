//! Loads tables of inspections from text: comma-separated values, or with another separator, in any usual encoding.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord, Terminator};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::csv_rows::{CsvRows, Layout, LeftOut, MAX_ROWS, Reason, line_end};
use super::grid::{Grid, GridRow};
use super::headers::{self, Headed, NoHeaders};
use super::row::{formula_link, formula_text};
use super::table::read_tables;
use crate::dataset::{Location, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::plural;

/// The separators, with their names; the first is the usual one.
const SEPARATORS: [(u8, &str); 4] = [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "vertical bars")];

/// The number of rows that are read to find the headers.
const HEAD: usize = 60;

/// Loads a table of inspections. The separator is the one under which the headers are found.
///
/// # Errors
/// Returns an error if it lacks a required column, or has no usable row.
pub fn from_csv(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    let (text, encoding) = decoded(bytes);
    // Some programs end a text with this sign.
    let text = text.trim_end_matches('\u{1a}');
    let (separator, text) = without_separator_line(text);
    let skipped = u32::from(separator.is_some());
    let line_end = line_end(text);
    let said = SEPARATORS.into_iter().filter(|(byte, _)| Some(*byte) == separator);
    let mut best: Option<((u8, &str), NoHeaders)> = None;
    for (byte, words) in said.chain(SEPARATORS) {
        let head = rows(text, Layout { separator: byte, line_end, columns: None }, HEAD, skipped);
        match headers::find(&head.0.rows) {
            Ok(Headed { sets, first, .. }) => {
                let columns = sets.first();
                let (mut grid, found) = rows(text, Layout { separator: byte, line_end, columns }, MAX_ROWS, skipped);
                let headers = first.checked_sub(1).and_then(|at| head.0.rows.get(at)).map_or(0, |row| row.cells.len());
                let cut = if text.ends_with(line_end) { None } else { cut_off(&mut grid, headers) };
                let mut loaded = read_tables(name, &[grid], |builder| {
                    found.left_out.iter().for_each(|line| builder.leave_out(lines(*line), problem(*line)));
                    cut.into_iter().for_each(|(what, problem)| builder.leave_out(what, problem));
                    builder.leave_out_unlisted(found.unlisted + found.unread);
                    builder.remarks(beyond(name, found.unread));
                })?;
                loaded.layout.push(format!("text with cells separated by {words}, in {encoding}"));
                if !text.ends_with(line_end) && text.contains(line_end) {
                    loaded.layout.push(
                        "the last line has no end; if it was cut off there, its last cell is not whole".to_owned(),
                    );
                }
                if found.odd_ends > 0 {
                    let rows = plural(found.odd_ends, "row ends", "rows end");
                    loaded.layout.push(format!("{rows} with a carriage return alone, where the others do not"));
                }
                return Ok(loaded);
            }
            Err(refusal) if best.as_ref().is_none_or(|(_, known)| is_nearer(&refusal, known)) => {
                best = Some(((byte, words), refusal));
            }
            Err(_) => {}
        }
    }
    let (byte, refusal) = best.map_or((b',', None), |((byte, _), refusal)| (byte, Some(refusal)));
    let (_, found) = rows(text, Layout { separator: byte, line_end, columns: None }, MAX_ROWS, skipped);
    let known = refusal.and_then(|refusal| refusal.problem);
    let nothing = || if found.left_out.is_empty() { vec![super::super::nothing()] } else { Vec::new() };
    let mut problems = known.map_or_else(nothing, |problem| vec![problem]);
    problems.extend(found.left_out.iter().map(|line| problem(*line)));
    Err(Unusable::new(name, problems))
}

/// Whether a refusal is nearer to a table than another.
fn is_nearer(refusal: &NoHeaders, known: &NoHeaders) -> bool {
    refusal.lacks < known.lacks && refusal.problem.is_some()
}

/// Returns the rows of a text, and what was left out of it. `skipped` lines stand before it in the file.
fn rows(text: &str, layout: Layout<'_>, most: usize, skipped: u32) -> (Grid, CsvRows) {
    let mut found = CsvRows::new(text, layout, most);
    let sound = std::mem::take(&mut found.text);
    // No other byte may end a row: a stray carriage return must not cut off the cells after it.
    let end = Terminator::Any(if layout.line_end == '\r' { b'\r' } else { b'\n' });
    let mut records = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .terminator(end)
        .delimiter(layout.separator)
        .from_reader(sound.as_bytes());
    let numbered = records.records().zip(&found.numbers);
    let row = |(record, number): (csv::Result<StringRecord>, &u32)| {
        let cells = record.ok()?.iter().collect();
        let row = GridRow { number: number.saturating_add(skipped), cells, ..GridRow::default() };
        Some(with_links(row))
    };
    let rows = numbered.filter_map(row).filter(|row| !row.is_blank()).collect();
    for lines in &mut found.left_out {
        lines.first += usize::try_from(skipped).unwrap_or(0);
        lines.line += usize::try_from(skipped).unwrap_or(0);
    }
    (Grid { rows, ..Grid::default() }, found)
}

/// Replaces formulas that show a link by what they show.
fn with_links(mut row: GridRow) -> GridRow {
    if !row.cells.iter().any(|text| text.contains("HYPERLINK(")) {
        return row;
    }
    let links = row.cells.iter().enumerate().filter_map(|(at, text)| Some((at, formula_link(text)?.to_owned())));
    row.links = links.collect();
    row.cells = row.cells.iter().map(|text| formula_text(text).unwrap_or(text)).collect();
    row
}

/// Decodes a text, and returns what it is written in: UTF-8, UTF-16 with or without a mark, else Windows-1252, line by line.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    if let Some(encoding) = wide(bytes) {
        return (encoding.decode_with_bom_removal(bytes).0, "UTF-16");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), "UTF-8");
    }
    let line = |line: &[u8]| match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0.into_owned(),
    };
    (Cow::Owned(bytes.split_inclusive(|byte| *byte == b'\n').map(line).collect()), "Windows-1252")
}

/// Returns the encoding of a text in UTF-16: by its mark or, as nearly every character is one of ASCII, by its zero bytes.
pub fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 1 << 10;
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = || bytes.chunks_exact(2).take(LOOKED_AT);
    let zeros = |at: usize| pairs().filter(|pair| pair.get(at) == Some(&0)).count();
    let (first, second, count) = (zeros(0), zeros(1), pairs().count());
    let is_most = |zeros: usize| count > 0 && zeros * 10 > count * 8;
    match (is_most(first), is_most(second)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Returns the separator that a first line such as "sep=;" names, and the text after that line.
fn without_separator_line(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=");
    match named.map(str::as_bytes) {
        Some([separator]) => (Some(*separator), rest),
        _ => (None, text),
    }
}

/// Takes the last row out of a text that ends within it: without a line end, and with fewer cells than the headers and the row
/// before. A day that is cut would be another day. A single cell has none: it is a name or a line of text.
fn cut_off(grid: &mut Grid, of: usize) -> Option<(String, Problem)> {
    let [.., before, last] = grid.rows.as_slice() else { return None };
    let cells = last.cells.len();
    if cells < 2 || cells >= of || before.cells.len() < of {
        return None;
    }
    let what = format!("row {}", last.number);
    let problem = Problem {
        location: Location::Path(what.clone()),
        found: format!("a last row with {cells} of {of} cells and no line end: the file may be cut off"),
        expected: "a whole row, or an empty line after one that is whole".to_owned(),
    };
    grid.rows.pop();
    Some((what, problem))
}

/// Says that a text has more rows than are read.
fn beyond(name: &str, unread: usize) -> Vec<String> {
    let lines = plural(unread, "line is", "lines are");
    let words = format!("{name}: {lines} not read, after the {MAX_ROWS} rows that a sheet of a spreadsheet can have");
    if unread == 0 { Vec::new() } else { vec![words] }
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
