//! Splits CSV text into the rows whose quotation marks are sound, so that one malformed row cannot swallow the rest.
//!
//! To an ordinary CSV reader, an unclosed quotation mark turns everything after it into one cell. Here such a row is
//! left out and reported, and reading continues on the next line.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::str::SplitInclusive;

use super::columns::Columns;
use crate::load::reports::MAX_LISTED;

/// The maximum number of lines in a row; far more than any row of inspections has.
const MAX_LINES: usize = 5_000;

/// The maximum number of rows of a text: as many as a sheet of a spreadsheet has. Each takes memory, however short it is.
pub const MAX_ROWS: usize = 1 << 20;

/// The maximum length of a row in bytes; far longer than any row of inspections.
const MAX_ROW: usize = 1024 * 1024;

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

/// The sound rows of a text, without its malformed rows and blank lines.
#[derive(Debug, Default)]
pub struct CsvRows {
    /// The rows, one after the other.
    pub text: String,
    /// The number of each row, from 1 as in a spreadsheet.
    pub numbers: Vec<u32>,
    /// The lines left out, at most [`MAX_LISTED`] times.
    pub left_out: Vec<LeftOut>,
    /// How many times more there were some.
    pub unlisted: usize,
    /// How many lines come after the last row that is wanted.
    pub unread: usize,
    /// How many lines end with a carriage return alone, in a text whose other lines do not.
    pub odd_ends: usize,
}

/// How the text is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'c> {
    /// What is between two cells.
    pub separator: u8,
    /// What ends a line; see [`line_end`].
    pub line_end: char,
    /// The columns, once the headers are known: they tell a cell of several lines from an unclosed one that has swallowed whole
    /// rows, and a line that ends with a carriage return alone from one within a cell.
    pub columns: Option<&'c Columns>,
}

/// Returns what ends a line: `\n`, perhaps after `\r`, or `\r` if there is one within the first line.
pub fn line_end(text: &str) -> char {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if content(first, '\n').contains('\r') { '\r' } else { '\n' }
}

impl CsvRows {
    /// Returns the first `most` rows of a text.
    pub fn new(text: &str, layout: Layout<'_>, most: usize) -> Self {
        let mut rows = Self::default();
        let mut lines =
            Lines { text: text.split_inclusive(layout.line_end), layout, ahead: VecDeque::new(), odd_ends: 0 };
        let (mut line, mut number) = (0, 0_u32);
        while rows.numbers.len() < most {
            let (count, fault) = lines.find();
            if count == 0 {
                break;
            }
            let first = line + 1;
            line += count;
            let row: Cow<'_, str> = match count {
                1 => Cow::Borrowed(lines.ahead.pop_front().unwrap_or_default()),
                _ => Cow::Owned(lines.ahead.drain(..count).collect()),
            };
            if let Some(reason) = fault {
                number = number.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
                if rows.left_out.len() < MAX_LISTED {
                    rows.left_out.push(LeftOut { first, line, reason });
                } else {
                    rows.unlisted += 1;
                }
                continue;
            }
            number = number.saturating_add(1);
            let row = content(&row, layout.line_end);
            if !row.is_empty() {
                rows.text.push_str(row);
                rows.text.push(layout.line_end);
                rows.numbers.push(number);
            }
        }
        rows.odd_ends = lines.odd_ends;
        rows.unread = lines.ahead.len() + lines.text.filter(|line| !content(line, layout.line_end).is_empty()).count();
        rows
    }
}

/// The lines of a text, of which some have been read in search of a closing mark.
struct Lines<'t, 'c> {
    text: SplitInclusive<'t, char>,
    layout: Layout<'c>,
    /// The lines from the next row on, with their ends.
    ahead: VecDeque<&'t str>,
    odd_ends: usize,
}

impl Lines<'_, '_> {
    /// Returns the number of lines of the next row, or of those that are left out and why; 0 at the end of the text.
    fn find(&mut self) -> (usize, Option<Reason>) {
        let unclosed = |mark: Mark| (mark.line + 1, Some(Reason::Unclosed(mark.position)));
        let (mut first, mut open): (Option<Mark>, Option<Mark>) = (None, None);
        let mut length = 0;
        for index in 0..=MAX_LINES {
            if index == self.ahead.len() && !self.read_line(open.is_some()) {
                return open.map_or((0, None), unclosed);
            }
            let line = self.ahead.get(index).copied().unwrap_or_default();
            length += line.len();
            if length > MAX_ROW {
                break;
            }
            match open_mark(content(line, self.layout.line_end), self.layout.separator, index, open) {
                Err(mark) => return unclosed(mark),
                Ok(Some(mark)) => {
                    first = first.or(Some(mark));
                    open = Some(mark);
                }
                // That a cell holds a whole row means that its opening mark was never closed, and the mark that seemed
                // to close it is a mistake as well.
                Ok(None) => match first.filter(|_| self.holds_a_row(index)) {
                    Some(mark) => return unclosed(mark),
                    None => return (index + 1, None),
                },
            }
        }
        match open {
            Some(mark) if mark.line == 0 => unclosed(mark),
            open => (open.map_or(1, |mark| mark.line + 1), Some(Reason::TooLong)),
        }
    }

    /// Reads a line, or several if carriage returns in it each end a whole row; returns whether there was one.
    fn read_line(&mut self, is_in_cell: bool) -> bool {
        let Some(line) = self.text.next() else { return false };
        let is_odd = self.layout.line_end == '\n' && content(line, '\n').contains('\r');
        let is_whole =
            |part: &str| self.layout.columns.is_some_and(|columns| columns.is_row(part, self.layout.separator));
        if is_odd && !is_in_cell && content(line, '\n').split('\r').all(is_whole) {
            let before = self.ahead.len();
            self.ahead.extend(line.split_inclusive('\r').filter(|part| *part != "\n"));
            self.odd_ends += self.ahead.len() - before - 1;
        } else {
            self.ahead.push_back(line);
        }
        true
    }

    /// Whether one of the lines up to the last one with this index is a complete row.
    fn holds_a_row(&self, last: usize) -> bool {
        let Some(columns) = self.layout.columns else { return false };
        // The cells before a multi-line one can make its first line look like a row, and those after it its last line,
        // but not both.
        let are_rows = |at: usize| self.ahead.get(at).is_some_and(|line| columns.is_row(line, self.layout.separator));
        (are_rows(0) && are_rows(last)) || (1..last).any(are_rows)
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
fn open_mark(line: &str, separator: u8, index: usize, mut open: Option<Mark>) -> Result<Option<Mark>, Mark> {
    let mut bytes = line.bytes().enumerate().peekable();
    let mut is_cell_start = true;
    while let Some((at, byte)) = bytes.next() {
        let is_mark = byte == b'"';
        match open {
            None if is_mark && is_cell_start => open = Some(Mark { line: index, position: at + 1 }),
            Some(mark) if is_mark => match bytes.peek() {
                // A doubled mark inside a cell means a single one.
                Some((_, b'"')) => _ = bytes.next(),
                Some((_, next)) if *next != separator => return Err(mark),
                _ => open = None,
            },
            _ => {}
        }
        is_cell_start = byte == separator;
    }
    Ok(open)
}

/// Returns a line without its end.
fn content(line: &str, line_end: char) -> &str {
    let line = line.strip_suffix(line_end).unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_after_the_last_row_that_is_wanted_are_counted_without_blank_ones() {
        let counted = |text: &str, most| {
            let rows = CsvRows::new(text, Layout { separator: b',', line_end: '\n', columns: None }, most);
            (rows.numbers.len(), rows.unread)
        };
        let text = "a,b\n\n\"c\nd\",e\n\nf\n\n\ng\n";
        assert_eq!(counted(text, 1), (1, 4), "the cell of two lines is two lines");
        assert_eq!(counted(text, 2), (2, 2));
        assert_eq!(counted(text, 4), (4, 0));
        assert_eq!(counted(text, 9), (4, 0));
    }

    type Rows = (Vec<(u32, String)>, Vec<LeftOut>);

    /// Returns the numbered rows of a text and the lines left out.
    fn rows(text: &str) -> Rows {
        let columns = columns();
        let layout = Layout { separator: b',', line_end: line_end(text), columns: Some(&columns) };
        let rows = CsvRows::new(text, layout, usize::MAX);
        let mut lines = rows.text.split_inclusive(layout.line_end);
        let take = |number: &u32| {
            let (mut row, mut open) = (String::new(), None);
            for line in lines.by_ref() {
                row.push_str(line);
                open = open_mark(content(line, layout.line_end), b',', 0, open).unwrap();
                if open.is_none() {
                    break;
                }
            }
            (*number, row.strip_suffix(layout.line_end).unwrap().to_owned())
        };
        (rows.numbers.iter().map(take).collect(), rows.left_out)
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
    fn a_stray_carriage_return_belongs_to_its_cell_unless_it_ends_a_row() {
        assert_eq!(texts("a,b\nx\ry,\"z\"\nc,d"), ["a,b", "x\ry,\"z\"", "c,d"]);
        assert_eq!(texts(&format!("a,b\n{A}\r{B}\n{A}\r\n")), ["a,b", A, B, A]);
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let long = "x".repeat(MAX_ROW + 200_000);
        let (found, left_out) = rows(&format!("a,b\n{long}\nc,d\n\"{}\ne,f\n", "y".repeat(200_000)));
        assert_eq!(left_out, [LeftOut { first: 2, line: 2, reason: Reason::TooLong }, unclosed_at(4, 1)]);
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 5]);
    }
}
