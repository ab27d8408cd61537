//! Splits CSV text into rows such that one malformed row cannot swallow the rest.
//!
//! To an ordinary CSV reader, an unclosed quotation mark turns everything after it into one cell. Here such a row is
//! left out and reported, and reading continues on the next line.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2, memrchr};

use super::columns::Columns;
use super::row::MAX_CELL;

/// The maximum length of a quoted cell in bytes; a character has up to four.
const MAX_QUOTED: usize = MAX_CELL * 4;

/// The maximum number of lines in a row; far more than any row of inspections has.
const MAX_LINES: usize = 200;

/// The maximum length of a row in bytes; far longer than any row of inspections.
const MAX_ROW: usize = 1024 * 1024;

/// The minimum number of bytes requested from the reader at once.
const BLOCK: usize = 1 << 16;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The next item of the text.
#[derive(Debug, PartialEq, Eq)]
pub enum Next<'b> {
    /// A row: its number, counted from 1 as in a spreadsheet, and its text without the line end.
    Row(u32, &'b [u8]),
    /// Lines that are left out.
    LeftOut(LeftOut),
    /// The end of the text.
    End,
}

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

/// Reads rows one by one; memory use is bounded, proportional to [`MAX_ROW`].
pub struct CsvRows<R> {
    reader: R,
    buffer: Vec<u8>,
    /// The position in the buffer of the next unread byte.
    start: usize,
    is_at_end: bool,
    line_end: u8,
    /// The numbers of the next line and the next row, from 1.
    line: usize,
    row: u32,
    columns: Option<Columns>,
}

impl<R: Read> CsvRows<R> {
    /// Creates a splitter. Lines end with `\n` or `\r\n`, or with `\r` if the first line does.
    ///
    /// # Errors
    /// Returns an error if reading fails before the first line end.
    pub fn new(reader: R) -> io::Result<Self> {
        let (buffer, line_end) = (Vec::new(), b'\n');
        let mut rows = Self { reader, buffer, start: 0, is_at_end: false, line_end, line: 1, row: 1, columns: None };
        rows.find_line_end()?;
        Ok(rows)
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

    /// Returns the next row.
    ///
    /// # Errors
    /// Returns an error if reading fails.
    pub fn next(&mut self) -> io::Result<Next<'_>> {
        loop {
            match self.found() {
                Found::Row(length) if length <= MAX_ROW => return Ok(self.take_row(length)),
                Found::Unclosed(mark) => return self.leave_out(mark, Reason::Unclosed),
                Found::Endless(end) => return self.leave_out(end, |_| Reason::TooLong),
                Found::End => return Ok(Next::End),
                Found::Unfinished if self.rest().len() <= MAX_ROW => self.read_block()?,
                Found::Row(_) | Found::Unfinished => {
                    let left_out = LeftOut { first: self.line, line: self.line, reason: Reason::TooLong };
                    self.skip_line()?;
                    return Ok(Next::LeftOut(left_out));
                }
            }
        }
    }

    /// Determines how lines end from the first line end.
    fn find_line_end(&mut self) -> io::Result<()> {
        while !self.is_at_end && self.buffer.len() <= MAX_ROW {
            self.read_block()?;
            match memchr2(b'\n', b'\r', &self.buffer).map(|at| (self.buffer.get(at), self.buffer.get(at + 1))) {
                Some((Some(b'\r'), Some(next))) if *next != b'\n' => {
                    self.line_end = b'\r';
                    return Ok(());
                }
                Some((Some(b'\n'), _) | (_, Some(_))) => return Ok(()),
                _ => {}
            }
        }
        if memchr(b'\r', &self.buffer).is_some() {
            self.line_end = b'\r';
        }
        Ok(())
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Doubles the buffer, at least by [`BLOCK`], so that rescanning an unfinished row takes linear time in total.
    fn read_block(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + held.max(BLOCK), 0);
        let read = loop {
            match self.reader.read(self.buffer.get_mut(held..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.buffer.truncate(held + read.as_ref().map_or(0, |count| *count));
        self.is_at_end = matches!(read, Ok(0));
        read.map(drop)
    }

    fn take_row(&mut self, length: usize) -> Next<'_> {
        let (start, row) = (self.start, self.row);
        let text = self.buffer.get(start..start + length).unwrap_or_default();
        self.line += memchr_iter(self.line_end, text).count() + 1;
        self.row = self.row.saturating_add(1);
        self.start = (start + length + 1).min(self.buffer.len());
        Next::Row(row, text.strip_suffix(b"\r").unwrap_or(text))
    }

    /// Leaves out all lines up to the one with the position `at`; `reason` receives the position within that line,
    /// from 1.
    fn leave_out(&mut self, at: usize, reason: impl Fn(usize) -> Reason) -> io::Result<Next<'_>> {
        let first = self.line;
        let before = self.rest().get(..at).unwrap_or_default();
        let position = at - self.line_start(before, at) + 1;
        for _ in 0..=memchr_iter(self.line_end, before).count() {
            self.skip_line()?;
        }
        Ok(Next::LeftOut(LeftOut { first, line: self.line - 1, reason: reason(position) }))
    }

    /// Skips to the next line, however long this one is.
    fn skip_line(&mut self) -> io::Result<()> {
        self.line += 1;
        self.row = self.row.saturating_add(1);
        loop {
            if let Some(length) = memchr(self.line_end, self.rest()) {
                self.start += length + 1;
                return Ok(());
            }
            self.start = self.buffer.len();
            if self.is_at_end {
                return Ok(());
            }
            self.read_block()?;
        }
    }

    /// Determines what the unread text begins with.
    fn found(&self) -> Found {
        let text = self.rest();
        if text.is_empty() && self.is_at_end {
            return Found::End;
        }
        let mut at = if self.row == 1 && text.starts_with(BOM) { BOM.len() } else { 0 };
        for _ in 0..MAX_LINES {
            let Some(end) = self.line_stop(text, at) else { return Found::Unfinished };
            let mark = match marks(text.get(at..end).unwrap_or_default()) {
                Marks::Closed => return Found::Row(end),
                Marks::Misplaced(mark) => return Found::Unclosed(at + mark),
                Marks::Open(mark) => at + mark,
            };
            match self.close(text, mark) {
                // The rest of that line belongs to the row, and may open another multi-line cell.
                Close::At(close) => at = close + 1,
                Close::Never => return Found::Unclosed(mark),
                Close::Unfinished => return Found::Unfinished,
            }
        }
        Found::Endless(at)
    }

    /// Returns the end of the line that contains a position; `None` if it has not been read yet.
    fn line_stop(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..).unwrap_or_default();
        memchr(self.line_end, rest).or(self.is_at_end.then_some(rest.len())).map(|length| at + length)
    }

    /// Returns the start of the line that contains a position.
    fn line_start(&self, text: &[u8], at: usize) -> usize {
        memrchr(self.line_end, text.get(..at).unwrap_or(text)).map_or(0, |end| end + 1)
    }

    /// Finds where the multi-line cell opened by the quotation mark at a position is closed.
    fn close(&self, text: &[u8], mark: usize) -> Close {
        let limit = mark + MAX_QUOTED;
        let within = text.get(..limit).unwrap_or(text);
        let mut at = mark + 1;
        loop {
            let Some(close) = within.get(at..).and_then(|rest| memchr(b'"', rest)).map(|found| at + found) else {
                return if self.is_at_end || text.len() >= limit { Close::Never } else { Close::Unfinished };
            };
            match text.get(close + 1) {
                Some(b'"') => at = close + 2,
                Some(b',' | b'\n' | b'\r') => return self.accept(text, mark, close),
                None if self.is_at_end => return self.accept(text, mark, close),
                None => return Close::Unfinished,
                // A closing mark must be followed by a comma or line end, so this mark opens another cell.
                Some(_) => return Close::Never,
            }
        }
    }

    /// Accepts a multi-line cell unless it contains a complete row. In that case its opening mark was never closed,
    /// and the mark that seemed to close it is a mistake as well.
    fn accept(&self, text: &[u8], mark: usize, close: usize) -> Close {
        let Some(columns) = &self.columns else { return Close::At(close) };
        let Some(end) = self.line_stop(text, close) else { return Close::Unfinished };
        let lines = text.get(self.line_start(text, mark)..end).unwrap_or_default();
        let mut lines = lines.split(|byte| *byte == self.line_end);
        let is_row = |line: &[u8]| columns.is_row(&String::from_utf8_lossy(line));
        // The cells before this one can make its first line look like a row, and those after it its last line, but
        // not both.
        let is_first_row = lines.next().is_some_and(is_row);
        let is_last_row = lines.next_back().is_some_and(is_row);
        if (is_first_row && is_last_row) || lines.any(is_row) { Close::Never } else { Close::At(close) }
    }
}

/// What the unread text begins with.
enum Found {
    /// A row of this many bytes, without its line end.
    Row(usize),
    /// An unclosed quotation mark at this position.
    Unclosed(usize),
    /// A row with more than [`MAX_LINES`] lines; holds the position reached.
    Endless(usize),
    /// Undecided until more has been read.
    Unfinished,
    End,
}

/// Where a multi-line cell ends.
enum Close {
    /// At the quotation mark with this position.
    At(usize),
    Never,
    /// Undecided until more has been read.
    Unfinished,
}

/// The state of the quotation marks in (the rest of) a line.
enum Marks {
    /// Every cell that is opened is closed.
    Closed,
    /// The mark at this position is not closed on this line.
    Open(usize),
    /// The mark at this position is closed, but followed by more text in the same cell.
    Misplaced(usize),
}

fn marks(line: &[u8]) -> Marks {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let next_mark = |from: usize| line.get(from..).and_then(|rest| memchr(b'"', rest)).map(|found| from + found);
    let mut from = 0;
    while let Some(mark) = next_mark(from) {
        from = mark + 1;
        let is_opening = mark == 0 || line.get(mark - 1) == Some(&b',');
        if !is_opening {
            continue;
        }
        loop {
            let Some(close) = next_mark(from) else { return Marks::Open(mark) };
            from = close + 1;
            match line.get(from) {
                // A doubled mark inside a cell means a single one.
                Some(b'"') => from += 1,
                Some(b',') | None => break,
                Some(_) => return Marks::Misplaced(mark),
            }
        }
    }
    Marks::Closed
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
        let (mut rows, mut left_out) = (Vec::new(), Vec::new());
        let mut reader = CsvRows::new(Slow(text.as_bytes(), step)).unwrap();
        reader.set_columns(columns());
        loop {
            match reader.next().unwrap() {
                Next::Row(number, text) => rows.push((number, String::from_utf8(text.to_vec()).unwrap())),
                Next::LeftOut(lines) => left_out.push(lines),
                Next::End => return (rows, left_out),
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
        assert_eq!(rows("a,b\n\nc,d").0[2], (3, "c,d".to_owned()));
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
        let long = "x".repeat(MAX_ROW + 2 * BLOCK);
        let (found, left_out) = rows_at(&format!("a,b\n{long}\nc,d\n\"{}\ne,f\n", "y".repeat(MAX_QUOTED)), usize::MAX);
        assert_eq!(left_out, [LeftOut { first: 2, line: 2, reason: Reason::TooLong }, unclosed_at(4, 1)]);
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 5]);
    }
}
