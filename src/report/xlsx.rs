//! Writes tables as workbooks for Excel and LibreOffice: a sheet to read, if there is one, a sheet for programs, one for the
//! sources, one for the notes.

use std::io::{self, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::palette::{GRADES, ON};
use crate::tables::{Cell, Column, Table};
use crate::text::display_width;

/// The maximum number of rows of a sheet, headers included.
const MOST_ROWS: usize = 1_048_576;

/// The minimum and the maximum width of a column, in characters.
const WIDTH: (usize, usize) = (6, 60);

/// The maximum number of characters of a cell.
const MOST_CHARACTERS: usize = 32_767;

/// The maximum number of links of a sheet, and the maximum length of one; others are written as text.
const LINKS: (u32, usize) = (65_000, 2_000);

/// Writes a workbook with the table, its sources and its notes: without formulas, and without links to other files.
///
/// # Errors
/// Returns an error if the table has more rows than a sheet, or if writing fails.
pub fn write(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    write_book(out, None, table)
}

/// Writes a workbook with a table to read as its first sheet, then as [`write()`].
///
/// # Errors
/// As [`write()`].
pub fn write_with(out: &mut dyn Write, (name, readable): (&str, &Table<'_>), table: &Table<'_>) -> io::Result<()> {
    write_book(out, Some((name, readable)), table)
}

fn write_book(out: &mut dyn Write, readable: Option<(&str, &Table<'_>)>, table: &Table<'_>) -> io::Result<()> {
    if table.count >= MOST_ROWS {
        let most = MOST_ROWS - 1;
        let words = format!("a sheet holds {most} rows, and the answer has {}; narrow it, or use csv", table.count);
        return Err(io::Error::other(words));
    }
    let mut workbook = Workbook::new();
    if let Some((name, readable)) = readable {
        Sheet::new(workbook.add_worksheet(), name)?.write_table(&readable.columns, readable.rows())?;
    }
    let name = if readable.is_some() { "Data" } else { "Answer" };
    let mut answer = Sheet::new(workbook.add_worksheet(), name)?;
    answer.write_table(&table.columns, table.rows())?;
    let sources = ["publisher", "title", "date", "note", "link"].map(Column::text);
    let rows = table.sources.iter().map(|source| {
        let text = |text: &str| Cell::Text(text.to_owned());
        let (note, link) = (Cell::maybe(source.note.as_deref()), Cell::maybe(source.link.as_deref()));
        vec![text(&source.publisher), text(&source.title), Cell::date(source.date), note, link]
    });
    Sheet::new(workbook.add_worksheet(), "Sources")?.write_table(&sources, rows)?;
    let about = table.about.iter().filter(|(_, cell)| *cell != Cell::Empty);
    let about = about.map(|(header, cell)| format!("{}: {}", header.name().replace('_', " "), cell.text()));
    let notes = std::iter::once(table.title.clone()).chain(table.notes.iter().cloned()).chain(about);
    let notes = notes.map(|note| vec![Cell::Text(note)]);
    Sheet::new(workbook.add_worksheet(), "Notes")?.write_table(&[Column::text("notes")], notes)?;
    out.write_all(&workbook.save_to_buffer().map_err(io::Error::other)?)
}

/// A sheet that is being filled.
struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    /// The widths of the columns, in characters.
    widths: Vec<usize>,
    links: u32,
}

impl<'w> Sheet<'w> {
    fn new(sheet: &'w mut Worksheet, name: &str) -> io::Result<Self> {
        sheet.set_name(name).map_err(io::Error::other)?;
        Ok(Self { sheet, widths: Vec::new(), links: 0 })
    }

    /// Writes headers, which stay in sight and have a filter, and rows.
    fn write_table(&mut self, headers: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> io::Result<()> {
        let bold = Format::new().set_bold();
        for (column, header) in (0..).zip(headers) {
            self.sheet.write_string_with_format(0, column, header.name(), &bold).map_err(io::Error::other)?;
            self.widths.push(display_width(header.name()) + 3);
        }
        let mut last = 0;
        for (number, cells) in (1..).zip(rows) {
            last = number;
            for (column, cell) in (0..).zip(&cells) {
                self.write_cell(number, column, cell).map_err(io::Error::other)?;
            }
        }
        let columns = u16::try_from(headers.len().max(1) - 1).unwrap_or(u16::MAX);
        self.sheet.set_freeze_panes(1, 0).map_err(io::Error::other)?;
        self.sheet.autofilter(0, 0, last, columns).map_err(io::Error::other)?;
        for (column, width) in (0..).zip(&self.widths) {
            let width = u16::try_from((*width).clamp(WIDTH.0, WIDTH.1)).unwrap_or(u16::MAX);
            self.sheet.set_column_width(column, width).map_err(io::Error::other)?;
        }
        Ok(())
    }

    fn write_cell(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        if let Some(width) = self.widths.get_mut(usize::from(column)) {
            *width = (*width).max(display_width(&cell.text()) + 1);
        }
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Number(text) => match text.parse::<f64>() {
                Ok(number) => self.sheet.write_number(row, column, number)?,
                Err(_) => self.sheet.write_string(row, column, text)?,
            },
            Cell::Date(date) => match ExcelDateTime::parse_from_str(&date.iso()) {
                Ok(excel) if date.is_day() => {
                    let format = Format::new().set_num_format("yyyy-mm-dd");
                    self.sheet.write_datetime_with_format(row, column, &excel, &format)?
                }
                _ => self.sheet.write_string(row, column, date.iso())?,
            },
            Cell::Grade { word, degree, is_stated } => {
                let format = if *is_stated { Format::new() } else { Format::new().set_italic() };
                let format = match GRADES.get(usize::from(*degree)) {
                    Some(colour) => format.set_background_color(colour.light).set_font_color(ON.light),
                    None => format,
                };
                self.sheet.write_string_with_format(row, column, word, &format)?
            }
            Cell::Share { .. } => self.sheet.write_string(row, column, cell.text())?,
            Cell::Text(text) if self.is_link(text) => {
                self.links += 1;
                self.sheet.write_url(row, column, text.as_str())?
            }
            Cell::Text(text) => self.sheet.write_string(row, column, fitted(text))?,
        };
        Ok(())
    }

    fn is_link(&self, text: &str) -> bool {
        let is_address = text.starts_with("https://") || text.starts_with("http://");
        is_address && text.len() <= LINKS.1 && self.links < LINKS.0 && !text.contains(char::is_whitespace)
    }
}

/// Truncates a text to what a cell can hold, with a sign that it is not whole.
fn fitted(text: &str) -> String {
    if text.encode_utf16().count() <= MOST_CHARACTERS {
        return text.to_owned();
    }
    let mut left = MOST_CHARACTERS - 1;
    let kept = text.chars().take_while(|c| match left.checked_sub(c.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_cell_cannot_hold_ends_with_a_sign() {
        assert_eq!(fitted(&"x".repeat(MOST_CHARACTERS)).chars().count(), MOST_CHARACTERS);
        let cut = fitted(&"𝒳".repeat(MOST_CHARACTERS));
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= MOST_CHARACTERS);
        assert!(fitted(&"x".repeat(MOST_CHARACTERS + 1)).ends_with("x…"));
    }
}
