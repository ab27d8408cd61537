//! A sheet as aligned text, with nothing in it that steers a terminal.

use std::io::{self, Write};

use super::Screen;
use super::screen::linked;
use super::sheet::{Cell, Sheet};
use crate::text::{fit, width, wrap};

/// The widest a column gets in a pipe; a longer text is written whole and moves its row.
const WIDEST: usize = 40;

/// The least that is left of a column when a terminal is narrow.
const LEAST: usize = 6;

/// Writes a sheet. With the width of a terminal, rows are cut and notes wrapped to fit it; without
/// one, in a pipe, every row is whole.
///
/// # Errors
/// Where nothing more can be written.
pub fn table(out: &mut dyn Write, sheet: &Sheet<'_>, terminal: Option<Screen>) -> io::Result<()> {
    let widths = widths(sheet, terminal);
    let heads: Vec<Cell> = sheet.heads.iter().map(|h| Cell::Text(h.name.clone())).collect();
    write_row(out, sheet, &heads, &widths, terminal.is_some())?;
    for row in sheet.rows() {
        write_row(out, sheet, &row, &widths, terminal.is_some())?;
    }
    if !sheet.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &sheet.notes {
        write_note(out, note, terminal)?;
    }
    Ok(())
}

/// The widths of the columns. Where the terminal is narrow, the widest give way first: names and heads are
/// cut, numbers never.
fn widths(sheet: &Sheet<'_>, terminal: Option<Screen>) -> Vec<usize> {
    let mut widths: Vec<usize> = sheet.heads.iter().map(|h| width(&h.name)).collect();
    let mut least: Vec<usize> = sheet.heads.iter().map(|h| if h.is_number { 1 } else { LEAST }).collect();
    for row in sheet.rows() {
        for (((room, least), cell), head) in widths.iter_mut().zip(&mut least).zip(&row).zip(&sheet.heads) {
            let wide = width(cell.as_str());
            *room = (*room).max(wide.min(WIDEST));
            if head.is_number {
                *least = (*least).max(wide);
            }
        }
    }
    let Some(screen) = terminal else { return widths };
    let mut excess = (widths.iter().map(|w| w + 2).sum::<usize>().saturating_sub(2)).saturating_sub(screen.columns);
    while excess > 0 {
        let mut giving: Vec<(&mut usize, usize)> = widths.iter_mut().zip(least.iter().copied()).collect();
        giving.retain(|(room, least)| **room > *least);
        let Some((room, _)) = giving.into_iter().max_by_key(|(room, _)| **room) else { break };
        *room -= 1;
        excess -= 1;
    }
    widths
}

fn write_row(out: &mut dyn Write, sheet: &Sheet<'_>, row: &[Cell], widths: &[usize], is_cut: bool) -> io::Result<()> {
    let mut line = String::new();
    for ((cell, room), head) in row.iter().zip(widths).zip(&sheet.heads) {
        if !line.is_empty() {
            line.push_str("  ");
        }
        let text = if is_cut { fit(cell.as_str(), *room) } else { cell.as_str().into() };
        let gap = " ".repeat(room.saturating_sub(width(&text)));
        let (before, after) = if head.is_number { (gap.as_str(), "") } else { ("", gap.as_str()) };
        line.push_str(before);
        line.push_str(&text);
        line.push_str(after);
    }
    writeln!(out, "{}", line.trim_end())
}

/// A note, wrapped to the terminal; its links can be clicked where the terminal can do that.
///
/// # Errors
/// Where nothing more can be written.
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
    use crate::report::Head;

    fn lines(columns: usize) -> Vec<String> {
        let heads =
            vec![Head::text("authority"), Head::number("requires improvement to be good"), Head::number("known")];
        let row =
            |_| vec![Cell::Text("Bournemouth, Christchurch and Poole".into()), Cell::count(12_345), Cell::count(7)];
        let sheet = Sheet { heads, count: 1, row: Box::new(row), notes: Vec::new(), about: Vec::new() };
        let mut out = Vec::new();
        table(&mut out, &sheet, Some(Screen { columns, has_links: false })).unwrap();
        String::from_utf8(out).unwrap().lines().map(String::from).collect()
    }

    #[test]
    fn a_table_fits_the_terminal_and_cuts_no_number() {
        for columns in [20, 24, 40, 60, 80, 120] {
            let lines = lines(columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:?}");
            assert!(lines[1].ends_with('7') && lines[1].contains("12345"), "{columns}: {lines:?}");
        }
        assert!(lines(120)[0].contains("requires improvement to be good"));
    }
}
