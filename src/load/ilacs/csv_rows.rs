//! Passes on the rows of CSV text whose quotation marks are sound, so that one malformed row cannot swallow the rest.
//!
//! To an ordinary CSV reader, an unclosed quotation mark turns everything after it into one cell. Here such a row is
//! left out and reported, and reading continues on the next line.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use super::columns::Columns;
use crate::load::reports::MAX_LISTED;

/// The maximum number of lines in a row; far more than any row of inspections has.
const MAX_LINES: usize = 5_000;

/// The maximum length of a row in bytes; far longer than any row of inspections.
const MAX_ROW: usize = 1024 * 1024;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Lines that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The number of the first line, from 1.
    pub first: usize,
    /// The number of the last line, from 1; the fault is on this line.
    pub line: usize,
    /// Why they are left out.
    pub reason: Reason,
}

/// Why lines are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A quotation mark is not closed at the end of its cell; holds its position in the line in bytes, from 1.
    Unclosed(usize),
    /// The row is longer than [`MAX_ROW`] or [`MAX_LINES`].
    TooLong,
}

/// Reads CSV text without its malformed rows and blank lines. Each read returns no more than one row, so that
/// [`Self::number`] is that of the row parsed last. Memory use is bounded, proportional to [`MAX_ROW`].
pub struct CsvRows<R> {
    text: Chain<Cursor<Vec<u8>>, BufReader<R>>,
    line_end: u8,
    /// The lines from the next row on that were read in search of a closing mark, with their ends.
    ahead: VecDeque<Vec<u8>>,
    row: Cursor<Vec<u8>>,
    /// The numbers of the last line and the last row, from 1.
    line: usize,
    number: u32,
    columns: Option<Columns>,
    left_out: Vec<LeftOut>,
    unlisted: usize,
}

impl<R: Read> CsvRows<R> {
    /// Creates a reader. Lines end with `\n` or `\r\n`, or with `\r` if the first line does.
    ///
    /// # Errors
    /// Returns an error if reading fails before the first line end.
    pub fn new(reader: R) -> io::Result<Self> {
        let mut reader = BufReader::new(reader);
        let mut start = Vec::new();
        reader.by_ref().take(MAX_ROW as u64).read_until(b'\n', &mut start)?;
        let line_end = if content(&start, b'\n').contains(&b'\r') { b'\r' } else { b'\n' };
        if start.starts_with(BOM) {
            start.drain(..BOM.len());
        }
        Ok(Self {
            text: Cursor::new(start).chain(reader),
            line_end,
            ahead: VecDeque::new(),
            row: Cursor::default(),
            line: 0,
            number: 0,
            columns: None,
            left_out: Vec::new(),
            unlisted: 0,
        })
    }

    /// Sets the columns, once the headers are known. They are used to tell a multi-line cell from an unclosed one
    /// that has swallowed whole rows.
    pub fn set_columns(&mut self, columns: Columns) {
        self.columns = Some(columns);
    }

    /// Returns the byte that ends a line.
    pub fn line_end(&self) -> u8 {
        self.line_end
    }

    /// Returns the number of the last row, counted from 1 as in a spreadsheet.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the lines left out so far, at most [`MAX_LISTED`] times, and how many times more there were some.
    pub fn left_out(&self) -> (&[LeftOut], usize) {
        (&self.left_out, self.unlisted)
    }

    /// Moves to the next row; the row is empty at the end of the text.
    fn advance(&mut self) -> io::Result<()> {
        let mut row = Vec::new();
        while row.is_empty() {
            let (count, fault) = self.find()?;
            if count == 0 {
                break;
            }
            let first = self.line + 1;
            self.line += count;
            let lines = self.ahead.drain(..count);
            if let Some(reason) = fault {
                self.number = self.number.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
                if self.left_out.len() < MAX_LISTED {
                    self.left_out.push(LeftOut { first, line: self.line, reason });
                } else {
                    self.unlisted += 1;
                }
                continue;
            }
            self.number = self.number.saturating_add(1);
            row = lines.flatten().collect();
            row.truncate(content(&row, self.line_end).len());
            if !row.is_empty() {
                row.push(self.line_end);
            }
        }
        self.row = Cursor::new(row);
        Ok(())
    }

    /// Returns the number of lines of the next row, or of those that are left out and why; 0 at the end of the text.
    fn find(&mut self) -> io::Result<(usize, Option<Reason>)> {
        let unclosed = |mark: Mark| Ok((mark.line + 1, Some(Reason::Unclosed(mark.position))));
        let (mut first, mut open): (Option<Mark>, Option<Mark>) = (None, None);
        let mut length = 0;
        for index in 0..=MAX_LINES {
            if index == self.ahead.len() && !self.read_line()? {
                return open.map_or(Ok((0, None)), unclosed);
            }
            let line = self.ahead.get(index).map_or(&[][..], Vec::as_slice);
            length += line.len();
            if length > MAX_ROW {
                break;
            }
            match open_mark(content(line, self.line_end), index, open) {
                Err(mark) => return unclosed(mark),
                Ok(Some(mark)) => {
                    first = first.or(Some(mark));
                    open = Some(mark);
                }
                // That a cell holds a whole row means that its opening mark was never closed, and the mark that seemed
                // to close it is a mistake as well.
                Ok(None) => match first.filter(|_| self.holds_a_row(index)) {
                    Some(mark) => return unclosed(mark),
                    None => return Ok((index + 1, None)),
                },
            }
        }
        match open {
            Some(mark) if mark.line == 0 => unclosed(mark),
            open => Ok((open.map_or(1, |mark| mark.line + 1), Some(Reason::TooLong))),
        }
    }

    /// Reads a line, up to one byte more than [`MAX_ROW`] of it; returns whether there was one.
    fn read_line(&mut self) -> io::Result<bool> {
        let mut line = Vec::new();
        self.text.by_ref().take(MAX_ROW as u64 + 1).read_until(self.line_end, &mut line)?;
        if line.len() > MAX_ROW && !line.ends_with(&[self.line_end]) {
            self.text.skip_until(self.line_end)?;
        }
        let is_line = !line.is_empty();
        self.ahead.extend(is_line.then_some(line));
        Ok(is_line)
    }

    /// Whether one of the lines up to the last one with this index is a complete row.
    fn holds_a_row(&self, last: usize) -> bool {
        let Some(columns) = &self.columns else { return false };
        let is_row = |line: &Vec<u8>| columns.is_row(&String::from_utf8_lossy(line));
        // The cells before a multi-line one can make its first line look like a row, and those after it its last line,
        // but not both.
        let are_rows = |at: usize| self.ahead.get(at).is_some_and(is_row);
        (are_rows(0) && are_rows(last)) || (1..last).any(are_rows)
    }
}

impl<R: Read> Read for CsvRows<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.row.fill_buf()?.is_empty() {
            self.advance()?;
        }
        self.row.read(out)
    }
}

/// An opening quotation mark: the index of its line in the row, and its position in the line in bytes, from 1.
#[derive(Debug, Clone, Copy)]
struct Mark {
    line: usize,
    position: usize,
}

/// Returns the quotation mark that is open at the end of a line, given the one that is open at its start.
///
/// # Errors
/// Returns a mark that is closed, but followed by more text in the same cell.
fn open_mark(line: &[u8], index: usize, mut open: Option<Mark>) -> Result<Option<Mark>, Mark> {
    let mut bytes = line.iter().enumerate().peekable();
    let mut is_cell_start = true;
    while let Some((at, byte)) = bytes.next() {
        let is_mark = *byte == b'"';
        match open {
            None if is_mark && is_cell_start => open = Some(Mark { line: index, position: at + 1 }),
            Some(mark) if is_mark => match bytes.peek() {
                // A doubled mark inside a cell means a single one.
                Some((_, b'"')) => _ = bytes.next(),
                Some((_, b',')) | None => open = None,
                Some(_) => return Err(mark),
            },
            _ => {}
        }
        is_cell_start = *byte == b',';
    }
    Ok(open)
}

/// Returns a line without its end.
fn content(line: &[u8], line_end: u8) -> &[u8] {
    let line = line.strip_suffix(&[line_end]).unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that returns a few bytes at a time.
    struct Slow<'t>(&'t [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    type Rows = (Vec<(u32, String)>, Vec<LeftOut>);

    /// Returns the numbered rows of a text and the lines left out; checks that the speed of the reader makes no
    /// difference.
    fn rows(text: &str) -> Rows {
        let whole = rows_at(text, usize::MAX);
        for step in [1, 2, 7].into_iter().filter(|step| text.len() / step < 10_000) {
            assert_eq!(rows_at(text, step), whole, "{text:?} by {step}");
        }
        whole
    }

    fn rows_at(text: &str, step: usize) -> Rows {
        let mut rows = Vec::new();
        let mut reader = CsvRows::new(Slow(text.as_bytes(), step)).unwrap();
        reader.set_columns(columns());
        loop {
            reader.advance().unwrap();
            match content(reader.row.get_ref(), reader.line_end()) {
                [] => return (rows, reader.left_out().0.to_vec()),
                row => rows.push((reader.number(), String::from_utf8(row.to_vec()).unwrap())),
            }
        }
    }

    /// Nine columns: the number first, the day third.
    fn columns() -> Columns {
        let headers = "urn,local_authority,publication_date,note,overall_effectiveness_grade,impact_of_leaders_grade,\
                       help_and_protection_grade,in_care_grade,care_leavers_grade";
        Columns::find_all(headers.split(',')).unwrap().remove(0)
    }

    const A: &str = "80441,Kent,05/09/24,,good,good,good,good,good";
    const B: &str = "80442,Leeds,06/09/24,,good,good,good,good,good";

    fn texts(text: &str) -> Vec<String> {
        let (rows, left_out) = rows(text);
        assert_eq!(left_out, []);
        rows.into_iter().map(|(_, text)| text).collect()
    }

    fn unclosed_at(line: usize, position: usize) -> LeftOut {
        LeftOut { first: line, line, reason: Reason::Unclosed(position) }
    }

    #[test]
    fn rows_end_with_any_line_end() {
        for text in ["a,b\nc,d\n", "a,b\r\nc,d", "a,b\rc,d\r"] {
            assert_eq!(texts(text), ["a,b", "c,d"], "{text:?}");
        }
        assert_eq!(texts(""), [""; 0]);
        assert_eq!(rows("a,b\n\nc,d").0[1], (3, "c,d".to_owned()));
    }

    #[test]
    fn a_cell_may_hold_lines_commas_and_marks() {
        assert_eq!(texts("a,b\n\"x\ny\",\"1, 2\"\n"), ["a,b", "\"x\ny\",\"1, 2\""]);
        assert_eq!(texts("a,b\n\"x \"\"y\"\"\n\nz\"\r\nc,d"), ["a,b", "\"x \"\"y\"\"\n\nz\"", "c,d"]);
        assert_eq!(texts("a,b\nx\"y,5\" long\n"), ["a,b", "x\"y,5\" long"], "a mark within a cell is a character");
        assert_eq!(texts("\"a\",\"b\nc\",\"d\ne\"\nf,g,h"), ["\"a\",\"b\nc\",\"d\ne\"", "f,g,h"]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_its_line_alone() {
        for rest in ["c,d\n", "\"c\",d\n", "c,\"d\"\n", "\"c\",\"d\"\ne,f\n"] {
            let (found, left_out) = rows(&format!("a,b\nx,\"y\n{rest}"));
            assert_eq!(left_out, [unclosed_at(2, 3)], "{rest:?}");
            assert_eq!(found.len(), 1 + rest.lines().count(), "{rest:?}");
            assert_eq!(found[1], (3, rest.lines().next().unwrap().to_owned()));
        }
        assert_eq!(rows("a,b\nx,\"y").1, [unclosed_at(2, 3)]);
        assert_eq!(rows("\"a,b\nc,d\n").1, [unclosed_at(1, 1)]);
        let (found, left_out) = rows(&format!("a,b\n\"x\n{}z\"\nc,d\n", "y\n".repeat(MAX_LINES)));
        assert_eq!(left_out, [unclosed_at(2, 1)], "not closed within the lines of a row");
        assert_eq!((found[1].0, found.len()), (3, MAX_LINES + 3));
    }

    #[test]
    fn a_mark_within_a_cell_costs_its_line_alone() {
        for line in ["\"out\"standing\",x", "\"outstanding,\"inadequate\",\"good\"", "x,\"y\" z"] {
            let (found, left_out) = rows(&format!("a,b\n{line}\nc,d\n"));
            let mark = line.find('"').unwrap() + 1;
            assert_eq!((left_out.as_slice(), found.len()), (&[unclosed_at(2, mark)][..], 2), "{line:?}");
        }
    }

    #[test]
    fn a_cell_that_holds_a_whole_row_is_not_one() {
        // The second mark closes nothing either: its own line is reported.
        let first = A.replace(",,", ",\"x,");
        let last = B.replace(",,", ",y\",");
        for (lines, left) in [(vec![&*first, B, &*last], 3), (vec![&*first, &*last], 2)] {
            let (found, left_out) = rows(&format!("a\n{}\n{A}\n", lines.join("\n")));
            assert_eq!(left_out, [unclosed_at(2, 21)], "{lines:?}");
            assert_eq!(found.len(), left + 1, "{lines:?}");
        }
    }

    #[test]
    fn a_note_of_several_lines_may_hold_commas() {
        let note = "first\n1,2,3,4,5,6,7,8,9\n,,,,,,,,,,,\nlast";
        for cells in [A.replace(",,", &format!(",\"{note}\",")), format!("\"{note}\",{A}"), format!("{A},\"{note}\"")] {
            assert_eq!(texts(&format!("a\n{cells}\n{B}\n")), ["a", &cells, B]);
        }
    }

    #[test]
    fn the_lines_before_a_bad_mark_in_its_row_are_left_out_with_it() {
        let (found, left_out) = rows("a,b\n\"x\ny\",\"z\nc,d\n");
        assert_eq!(left_out, [LeftOut { first: 2, line: 3, reason: Reason::Unclosed(4) }]);
        assert_eq!(found[1], (4, "c,d".to_owned()));
    }

    #[test]
    fn a_row_of_endless_lines_is_left_out() {
        let text = "\"a\nb\",".repeat(2_000);
        let (found, left_out) = rows(&format!("a,b\n{text}\nc,d\n"));
        assert_eq!(found.last().unwrap().1, "c,d");
        assert!(left_out.iter().all(|lines| lines.reason == Reason::TooLong && lines.line - lines.first >= MAX_LINES));
    }

    #[test]
    fn a_stray_carriage_return_belongs_to_its_cell() {
        assert_eq!(texts("a,b\nx\ry,\"z\"\nc,d"), ["a,b", "x\ry,\"z\"", "c,d"]);
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let long = "x".repeat(MAX_ROW + 200_000);
        let (found, left_out) = rows_at(&format!("a,b\n{long}\nc,d\n\"{}\ne,f\n", "y".repeat(200_000)), usize::MAX);
        assert_eq!(left_out, [LeftOut { first: 2, line: 2, reason: Reason::TooLong }, unclosed_at(4, 1)]);
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 5]);
    }
}
