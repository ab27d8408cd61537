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

/// The widths of the columns; the first, of names, gives way where the terminal is narrow.
fn widths(sheet: &Sheet<'_>, terminal: Option<Screen>) -> Vec<usize> {
    let mut widths: Vec<usize> = sheet.heads.iter().map(|h| width(&h.name)).collect();
    for row in sheet.rows() {
        for (room, cell) in widths.iter_mut().zip(&row) {
            *room = (*room).max(width(cell.as_str()).min(WIDEST));
        }
    }
    let all: usize = widths.iter().map(|w| w + 2).sum::<usize>().saturating_sub(2);
    if let (Some(terminal), Some(first)) = (terminal, widths.first_mut()) {
        *first = first.saturating_sub(all.saturating_sub(terminal.columns)).max(LEAST.min(*first));
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
