//! Writes tables as aligned plain text.

use std::io::{self, Write};

use super::Screen;
use super::screen::linked;
use crate::tables::{FittedColumn, Table, fit};
use crate::text::{display_width, plural, truncate, wrap};

/// The width of a column up to which its cells are aligned; longer texts overflow.
const WIDEST: usize = 48;

/// Writes a table to whatever is no terminal: nothing is left out or truncated.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    let mut widths: Vec<usize> = table.columns.iter().map(|column| display_width(column.name())).collect();
    for row in table.rows() {
        for (width, cell) in widths.iter_mut().zip(&row) {
            *width = (*width).max(display_width(&cell.text()).min(WIDEST));
        }
    }
    let headers = table.columns.iter().map(|column| column.name().to_owned());
    let rows = table.rows().map(|row| row.iter().map(|cell| cell.text().into_owned()).collect());
    for texts in std::iter::once(headers.collect::<Vec<String>>()).chain(rows) {
        let cells = texts.iter().zip(&widths).zip(&table.columns);
        let cells = cells.map(|((text, width), column)| aligned(text, *width, column.is_number()));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    write_notes(out, table, None)
}

/// Writes a table to a terminal: with the columns and forms that fit, and remarks below their rows where they do not fit
/// beside them.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write_fitted(out: &mut dyn Write, table: &Table<'_>, screen: Screen) -> io::Result<()> {
    let fitted = fit(table, screen.columns, None);
    let line = |text: &dyn Fn(&FittedColumn) -> String| {
        let cells = fitted.columns.iter().map(|column| {
            let text = text(column);
            let text = truncate(&text, column.width);
            " ".repeat(column.gap) + &aligned(&text, column.width, column.is_number)
        });
        cells.collect::<String>()
    };
    writeln!(out, "{}", line(&|column| column.header.clone()).trim_end())?;
    for row in table.rows() {
        let cell =
            |column: &FittedColumn| row.get(column.position).map(|cell| cell.form(fitted.form)).unwrap_or_default();
        writeln!(out, "{}", line(&cell).trim_end())?;
        let remark = fitted.remark_below.and_then(|at| row.get(at)).map(|cell| cell.text()).unwrap_or_default();
        for range in wrap(&remark, screen.columns.saturating_sub(2)).into_iter().filter(|_| !remark.is_empty()) {
            writeln!(out, "  {}", remark.get(range).unwrap_or_default())?;
        }
    }
    if fitted.left_out > 0 {
        let columns = plural(fitted.left_out, "column does", "columns do");
        write_note(out, &format!("{columns} not fit; a wider terminal or --format csv shows all."), Some(screen))?;
    }
    write_notes(out, table, Some(screen))
}

/// Returns a text with the spaces that align it.
fn aligned(text: &str, width: usize, is_number: bool) -> String {
    let gap = " ".repeat(width.saturating_sub(display_width(text)));
    if is_number { gap + text } else { text.to_owned() + &gap }
}

/// Writes the notes of a table; on a terminal that does not want all, those that the answer is of, and how many more there are.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write_notes(out: &mut dyn Write, table: &Table<'_>, terminal: Option<Screen>) -> io::Result<()> {
    let mut notes: Vec<String> = table.all_notes().collect();
    if !notes.is_empty() {
        writeln!(out)?;
    }
    if terminal.is_some_and(|screen| !screen.has_notes) {
        // What the answer is of; the others are one option away.
        let left = notes.len().saturating_sub(table.answers + 1);
        notes.truncate(table.answers + 1);
        notes.extend(
            (left > 0).then(|| format!("--notes has {}.", plural(left, "more note", "more notes and sources"))),
        );
    }
    notes.iter().try_for_each(|note| write_note(out, note, terminal))
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
