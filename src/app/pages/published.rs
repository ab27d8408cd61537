//! A table of published figures, each with our own count and what it says of the figure.

use crate::app::page::{Figure, Line, Lines, Role, paragraph, spaces};
use crate::statistics::Verdict;
use crate::text::display_width;
use crate::wording;

/// The space between two columns.
const GAP: usize = 2;

/// A published figure.
pub struct Row {
    /// What it is on the page.
    pub figure: Figure,
    /// What it is as at, what was published, and what we count.
    pub cells: [String; 3],
    /// What our count says of it.
    pub verdict: Verdict,
}

/// The headers of the columns.
const HEADERS: [&str; 4] = ["as at", "they said", "we count", "verdict"];

/// The least width of what was said, beside what we count.
const LEAST: usize = 20;

/// Lays out the table; in a narrower pane, with each day on a line of its own; in a narrow one, each figure as a sentence.
pub fn table(rows: &[Row], width: usize) -> Lines {
    let column = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| display_width(cell));
        cells.chain(HEADERS.get(at).map(|header| header.len())).max().unwrap_or(0)
    };
    let widths = [column(0), column(1), column(2)];
    let verdicts = rows.iter().map(|row| display_width(wording::verdict(row.verdict)));
    let verdict = verdicts.chain([HEADERS[3].len()]).max().unwrap_or(0);
    if widths.iter().sum::<usize>() + 3 * GAP + verdict > width {
        let [_, said, counted] = widths;
        let left = width.saturating_sub(counted + verdict + 2 * GAP);
        return match left < LEAST {
            true => rows.iter().flat_map(|row| sentence(row, width)).collect(),
            false => by_day(rows, [said.min(left), counted]),
        };
    }
    let line = |cells: [&str; 3], role: Role| {
        let mut line = Line::new();
        let mut end = 0;
        for (cell, width) in cells.into_iter().zip(widths) {
            end += width + GAP;
            line = line.with(cell.to_owned(), role).padded(end);
        }
        line
    };
    let [as_at, said, counted, last] = HEADERS;
    let headers = line([as_at, said, counted], Role::Faint).with(last, Role::Faint);
    let rows = rows.iter().map(|row| {
        let [as_at, said, counted] = &row.cells;
        let line = line([as_at, said, counted], Role::Plain);
        line.with(wording::verdict(row.verdict), Role::Verdict(row.verdict)).for_figure(row.figure)
    });
    std::iter::once(headers).chain(rows).collect()
}

/// Lays out the table with a line for each day, and below it what was said and what we count, in columns of these widths.
fn by_day(rows: &[Row], [said, counted]: [usize; 2]) -> Lines {
    let (second, third) = (said + GAP, said + GAP + counted + GAP);
    let header = Line::new().with(HEADERS[1], Role::Faint).padded(second).with(HEADERS[2], Role::Faint).padded(third);
    let mut lines = vec![header.with(HEADERS[3], Role::Faint)];
    let mut shown = None;
    for row in rows {
        let [as_at, words, count] = &row.cells;
        if shown != Some(as_at) {
            lines.push(Line::new().with(as_at.clone(), Role::Faint));
            shown = Some(as_at);
        }
        for (number, line) in paragraph(words, said, 0, Role::Plain).into_iter().enumerate() {
            let verdict = wording::verdict(row.verdict);
            let line = match number {
                0 => line
                    .padded(second)
                    .with(count.clone(), Role::Plain)
                    .padded(third)
                    .with(verdict, Role::Verdict(row.verdict)),
                _ => line,
            };
            lines.push(line.for_figure(row.figure));
        }
    }
    lines
}

fn sentence(row: &Row, width: usize) -> Lines {
    let [as_at, said, counted] = &row.cells;
    let mut lines = paragraph(&format!("{as_at}: {said}; we count {counted}"), width, 0, Role::Plain);
    let verdict = wording::verdict(row.verdict);
    let fits = lines.last().is_some_and(|last| last.width() + 2 + display_width(verdict) <= width);
    let line = if fits { lines.pop().unwrap_or_default() } else { Line::new() };
    let gap = if fits { spaces(GAP) } else { spaces(0) };
    lines.push(line.with(gap, Role::Plain).with(verdict, Role::Verdict(row.verdict)));
    lines.into_iter().map(|line| line.for_figure(row.figure)).collect()
}
