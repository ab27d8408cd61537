//! Draws a table as a picture.

use std::io::{self, Write};

use maud::html;

use super::{Lettering, Picture, shapes};
use crate::tables::{Cell, Column, Table};
use crate::text::{display_width, plural, truncate};

/// The height of a row.
const ROW: usize = 22;

/// The width of a character.
const CHARACTER: usize = 8;

/// The maximum width of a column, in characters.
const WIDEST: usize = 48;

/// The maximum number of rows that are drawn.
const MOST_ROWS: usize = 2_000;

/// Writes a table as a picture; of a very long one the beginning, which is said.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write_table(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    let rows: Vec<Vec<Cell>> = table.rows().take(MOST_ROWS).collect();
    let width = |(column, header): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| display_width(&cell.text()));
        cells.chain([display_width(header.name())]).max().unwrap_or(0).min(WIDEST)
    };
    let widths: Vec<usize> = table.columns.iter().enumerate().map(width).collect();
    let starts: Vec<usize> =
        widths.iter().scan(0, |at, width| Some(std::mem::replace(at, *at + (width + 2) * CHARACTER))).collect();
    let total = widths.iter().map(|width| (width + 2) * CHARACTER).sum::<usize>().max(60 * CHARACTER);
    let columns = || starts.iter().zip(&widths).zip(&table.columns);
    let drawing = html! {
        @for ((start, width), header) in columns() {
            @if header.is_number() { (Lettering::FAINT.ending().text(start + width * CHARACTER, 14, header.name())) }
            @else { (Lettering::FAINT.text(*start, 14, header.name())) }
        }
        (shapes::line((0, 20), (total, 20)))
        @for (number, row) in rows.iter().enumerate() {
            @for (((start, width), header), cell) in columns().zip(row) {
                @let y = (number + 1) * ROW + 14;
                @let text = truncate(&cell.text(), *width).into_owned();
                @if header.is_number() { (Lettering::CELL.ending().text(start + width * CHARACTER, y, text)) }
                @else { (Lettering::CELL.text(*start, y, text)) }
            }
        }
    };
    let left = table.count.saturating_sub(rows.len());
    let more = (left > 0).then(|| format!("and {left} more rows, which are not drawn"));
    let picture = Picture {
        title: table.title.clone(),
        description: format!(
            "A table of {}. {}",
            plural(table.count, "row", "rows"),
            table.notes.first().cloned().unwrap_or_default()
        ),
        width: total,
        height: (rows.len() + 1) * ROW,
        drawing,
        notes: more.into_iter().chain(table.all_notes()).collect(),
    };
    picture.write(out)
}
