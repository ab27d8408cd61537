//! Writes tables as aligned plain text.

use std::io::{self, Write};

use super::Screen;
use super::screen::linked;
use super::table::{Cell, TableData};
use crate::text::{display_width, truncate, wrap};

/// The maximum width of a column, in cells, if the output is not a terminal; longer texts overflow.
const WIDEST: usize = 48;

/// The width, in cells, to which a text column may shrink in a narrow terminal.
const LEAST: usize = 6;

/// Writes a table. For a terminal, rows are truncated and notes wrapped to its width; otherwise, nothing is
/// truncated.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &TableData<'_>, terminal: Option<Screen>) -> io::Result<()> {
    let widths = widths(table, terminal);
    let headers: Vec<Cell> = table.headers.iter().map(|h| Cell::Text(h.name.clone())).collect();
    write_row(out, table, &headers, &widths, terminal.is_some())?;
    for row in table.rows() {
        write_row(out, table, &row, &widths, terminal.is_some())?;
    }
    let notes: Vec<String> = table.all_notes().collect();
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for note in &notes {
        write_note(out, note, terminal)?;
    }
    Ok(())
}

/// Returns the widths of the columns. In a narrow terminal, the widest are reduced first; texts and headers may be
/// truncated, numbers never.
fn widths(table: &TableData<'_>, terminal: Option<Screen>) -> Vec<usize> {
    let mut widths: Vec<usize> = table.headers.iter().map(|h| display_width(&h.name)).collect();
    let mut least: Vec<usize> = table.headers.iter().map(|h| if h.is_number { 1 } else { LEAST }).collect();
    for row in table.rows() {
        for (((width, least), cell), header) in widths.iter_mut().zip(&mut least).zip(&row).zip(&table.headers) {
            let wide = display_width(cell.as_str());
            *width = (*width).max(wide.min(WIDEST));
            if header.is_number {
                *least = (*least).max(wide);
            }
        }
    }
    let Some(screen) = terminal else { return widths };
    let mut excess = (widths.iter().map(|w| w + 2).sum::<usize>().saturating_sub(2)).saturating_sub(screen.columns);
    while excess > 0 {
        let mut giving: Vec<(&mut usize, usize)> = widths.iter_mut().zip(least.iter().copied()).collect();
        giving.retain(|(width, least)| **width > *least);
        let Some((width, _)) = giving.into_iter().max_by_key(|(width, _)| **width) else { break };
        *width -= 1;
        excess -= 1;
    }
    widths
}

fn write_row(
    out: &mut dyn Write,
    table: &TableData<'_>,
    row: &[Cell],
    widths: &[usize],
    is_cut: bool,
) -> io::Result<()> {
    let mut line = String::new();
    for ((cell, width), header) in row.iter().zip(widths).zip(&table.headers) {
        if !line.is_empty() {
            line.push_str("  ");
        }
        let text = if is_cut { truncate(cell.as_str(), *width) } else { cell.as_str().into() };
        let gap = " ".repeat(width.saturating_sub(display_width(&text)));
        let (before, after) = if header.is_number { (gap.as_str(), "") } else { ("", gap.as_str()) };
        line.push_str(before);
        line.push_str(&text);
        line.push_str(after);
    }
    writeln!(out, "{}", line.trim_end())
}

/// Writes a note, wrapped to the terminal, with clickable links if the terminal supports them.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write_note(out: &mut dyn Write, note: &str, terminal: Option<Screen>) -> io::Result<()> {
    let Some(screen) = terminal else { return writeln!(out, "{note}") };
    for range in wrap(note, screen.columns) {
        let line = note.get(range.clone()).unwrap_or_default();
        if screen.has_links { writeln!(out, "{}", linked(note, range))? } else { writeln!(out, "{line}")? }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Header;

    fn lines(columns: usize) -> Vec<String> {
        let headers =
            vec![Header::text("authority"), Header::number("requires improvement to be good"), Header::number("known")];
        let row =
            |_| vec![Cell::Text("Bournemouth, Christchurch and Poole".into()), Cell::count(12_345), Cell::count(7)];
        let table = TableData::new("", headers, 1, row);
        let mut out = Vec::new();
        write(&mut out, &table, Some(Screen { columns, has_links: false })).unwrap();
        String::from_utf8(out).unwrap().lines().map(String::from).collect()
    }

    #[test]
    fn a_table_fits_the_terminal_and_cuts_no_number() {
        for columns in [20, 24, 40, 60, 80, 120] {
            let lines = lines(columns);
            assert!(lines.iter().all(|line| display_width(line) <= columns), "{columns}: {lines:?}");
            assert!(lines[1].ends_with('7') && lines[1].contains("12345"), "{columns}: {lines:?}");
        }
        assert!(lines(120)[0].contains("requires improvement to be good"));
    }
}
