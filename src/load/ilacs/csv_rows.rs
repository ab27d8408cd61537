//! Splits CSV text into rows, so that one bad row cannot swallow the rest.
//!
//! A quotation mark that is never closed makes a CSV reader take everything after it for one cell. Here such a
//! row is left out and reported, and reading goes on with the next line.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2};

use super::row::MAX_CELL;

/// The most bytes of a cell between quotation marks: each character takes up to four.
const MAX_QUOTED: usize = MAX_CELL * 4;

/// The most bytes of a line, far more than any row of inspections has.
const MAX_LINE: usize = 8 * 1024 * 1024;

/// How many bytes are read at once.
const BLOCK: usize = 1 << 16;

/// What comes next in the text.
#[derive(Debug, PartialEq, Eq)]
pub enum Next<'b> {
    /// A row: its number as a spreadsheet counts rows, from 1, and its text without the line end.
    Row(u32, &'b [u8]),
    /// A line that is left out.
    LeftOut(LeftOut),
    /// The end of the text.
    End,
}

/// A line that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number, from 1.
    pub line: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a line is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It opens a quotation mark that is never closed, at this position in bytes, from 1.
    Unclosed(usize),
    /// It is longer than [`MAX_LINE`].
    TooLong,
}

/// Reads rows one by one; memory is bounded by [`MAX_LINE`].
pub struct CsvRows<R> {
    reader: R,
    buffer: Vec<u8>,
    /// The position in the buffer of what comes next.
    start: usize,
    is_at_end: bool,
    line_end: u8,
    /// The numbers of the next line and the next row, from 1.
    line: usize,
    row: u32,
    /// How many cells the first row has.
    cells: Option<usize>,
}

impl<R: Read> CsvRows<R> {
    /// Reads from a reader. Lines end with `\n` or `\r\n`; with `\r` if the text has nothing else.
    pub fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, is_at_end: false, line_end: b'\n', line: 1, row: 1, cells: None }
    }

    /// The next row.
    ///
    /// # Errors
    /// If the reader fails.
    pub fn next(&mut self) -> io::Result<Next<'_>> {
        if self.line == 1 && self.buffer.is_empty() {
            self.find_line_end()?;
        }
        loop {
            match self.found() {
                Found::Row(length) => return Ok(self.take_row(length)),
                Found::Unclosed(position) => {
                    let left_out = LeftOut { line: self.line, reason: Reason::Unclosed(position + 1) };
                    self.skip_line()?;
                    return Ok(Next::LeftOut(left_out));
                }
                Found::End => return Ok(Next::End),
                Found::Unfinished if self.rest().len() > MAX_LINE => {
                    let left_out = LeftOut { line: self.line, reason: Reason::TooLong };
                    self.skip_line()?;
                    return Ok(Next::LeftOut(left_out));
                }
                Found::Unfinished => self.read_block()?,
            }
        }
    }

    /// The first line end says how lines end.
    fn find_line_end(&mut self) -> io::Result<()> {
        while !self.is_at_end && self.buffer.len() <= MAX_LINE {
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

    fn read_block(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + BLOCK, 0);
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
        self.cells = self.cells.or_else(|| Some(cells(text)));
        self.line += memchr_iter(self.line_end, text).count() + 1;
        self.row = self.row.saturating_add(1);
        self.start = (start + length + 1).min(self.buffer.len());
        let text = self.buffer.get(start..start + length).unwrap_or_default();
        Next::Row(row, text.strip_suffix(b"\r").unwrap_or(text))
    }

    /// Goes on with the next line, however far away it is.
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

    /// What the text begins with: a row whose quotation marks are closed, or not.
    fn found(&self) -> Found {
        let text = self.rest();
        if text.is_empty() && self.is_at_end {
            return Found::End;
        }
        let mut at = 0;
        loop {
            let line = text.get(at..).unwrap_or_default();
            let length = memchr(self.line_end, line);
            if length.is_none() && !self.is_at_end {
                return Found::Unfinished;
            }
            let end = at + length.unwrap_or(line.len());
            let Some(mark) = unclosed(text.get(at..end).unwrap_or_default()).map(|mark| at + mark) else {
                return Found::Row(end);
            };
            match self.close(text, mark) {
                // The rest of that line belongs to the row, and may open another cell of several lines.
                Close::At(close) => at = close + 1,
                Close::Never => return Found::Unclosed(mark),
                Close::Unfinished => return Found::Unfinished,
            }
        }
    }

    /// Where a cell of several lines, opened by a mark at a position, is closed.
    fn close(&self, text: &[u8], mark: usize) -> Close {
        let mut at = mark + 1;
        loop {
            let Some(close) = text.get(at..).and_then(|rest| memchr(b'"', rest)).map(|found| at + found) else {
                let is_too_long = text.len() - mark > MAX_QUOTED;
                return if self.is_at_end || is_too_long { Close::Never } else { Close::Unfinished };
            };
            if close - mark > MAX_QUOTED {
                return Close::Never;
            }
            match text.get(close + 1) {
                Some(b'"') => at = close + 2,
                Some(b',' | b'\n' | b'\r') => {
                    let cell = text.get(mark..close).unwrap_or_default();
                    return if self.holds_a_row(cell) { Close::Never } else { Close::At(close) };
                }
                None if self.is_at_end => return Close::At(close),
                None => return Close::Unfinished,
                // A closing mark is followed by the next cell: this one opens another.
                Some(_) => return Close::Never,
            }
        }
    }

    /// Whether a cell of several lines has a line in it that is a whole row itself.
    fn holds_a_row(&self, cell: &[u8]) -> bool {
        let Some(wanted) = self.cells.filter(|count| *count > 1) else { return false };
        let mut lines = cell.split(|byte| *byte == self.line_end).skip(1).peekable();
        // The last line goes on behind the cell, so it does not count.
        std::iter::from_fn(|| lines.next().filter(|_| lines.peek().is_some())).any(|line| cells(line) >= wanted)
    }
}

/// What a text begins with.
enum Found {
    /// A row of so many bytes, without its line end.
    Row(usize),
    /// A quotation mark at this position that is never closed.
    Unclosed(usize),
    /// More has to be read to tell.
    Unfinished,
    End,
}

/// Where a cell ends.
enum Close {
    /// With the mark at this position.
    At(usize),
    Never,
    /// More has to be read to tell.
    Unfinished,
}

/// The position of the quotation mark that a line, or the rest of one, opens and does not close.
fn unclosed(line: &[u8]) -> Option<usize> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let mut at = memchr(b'"', line)?;
    loop {
        let is_opening = at == 0 || line.get(at - 1) == Some(&b',') || line.get(..at) == Some(BOM);
        let mark = at;
        at += 1;
        if is_opening {
            // Two marks within a cell stand for one.
            loop {
                at += memchr(b'"', line.get(at..)?).map_or(line.len(), |found| found + 1);
                match line.get(at) {
                    _ if at > line.len() => return Some(mark),
                    Some(b'"') => at += 1,
                    _ => break,
                }
            }
        }
        at += memchr(b'"', line.get(at..)?)?;
    }
}

/// How many cells a line without quotation marks has.
fn cells(line: &[u8]) -> usize {
    memchr_iter(b',', line).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives a few bytes at a time.
    struct Slow<'t>(&'t [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    /// The rows of a text, each with its number, and the lines left out; however slowly the text arrives.
    fn rows(text: &str) -> (Vec<(u32, String)>, Vec<LeftOut>) {
        let all = |step| {
            let (mut rows, mut left_out) = (Vec::new(), Vec::new());
            let mut reader = CsvRows::new(Slow(text.as_bytes(), step));
            loop {
                match reader.next().unwrap() {
                    Next::Row(number, text) => rows.push((number, String::from_utf8(text.to_vec()).unwrap())),
                    Next::LeftOut(line) => left_out.push(line),
                    Next::End => return (rows, left_out),
                }
            }
        };
        let whole = all(text.len().max(1));
        for step in [1, 2, 7] {
            assert_eq!(all(step), whole, "{text:?} by {step}");
        }
        whole
    }

    fn texts(text: &str) -> Vec<String> {
        let (rows, left_out) = rows(text);
        assert_eq!(left_out, []);
        rows.into_iter().map(|(_, text)| text).collect()
    }

    fn unclosed_at(line: usize, position: usize) -> LeftOut {
        LeftOut { line, reason: Reason::Unclosed(position) }
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
    fn a_cell_that_holds_a_whole_row_is_not_one() {
        let (found, left_out) = rows("a,b,c\n1,\"2,3\n4,5,6\n7,8,9\n0,\",\",0\n");
        assert_eq!(left_out, [unclosed_at(2, 3)]);
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let long = "x".repeat(MAX_LINE + BLOCK + 1);
        let mut reader =
            CsvRows::new(io::Cursor::new(format!("a,b\n{long}\nc,d\n\"{}\ne,f\n", "y\n".repeat(MAX_QUOTED))));
        let mut left_out = Vec::new();
        let mut short = 0;
        loop {
            match reader.next().unwrap() {
                Next::Row(_, text) => short += usize::from(text.len() < 4),
                Next::LeftOut(line) => left_out.push(line),
                Next::End => break,
            }
        }
        assert_eq!(left_out, [LeftOut { line: 2, reason: Reason::TooLong }, unclosed_at(4, 1)]);
        assert_eq!(short, 3 + MAX_QUOTED, "what follows the mark is read line by line");
    }
}
