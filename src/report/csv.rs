//! A table as comma-separated values (RFC 4180) that a spreadsheet opens without harm.

use std::io::{self, Write};

use super::table::{Cell, TableData};

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Writes headers and rows, then in columns of their own what the table is about; the notes are left out, since a
/// reader of data would take them for rows.
///
/// # Errors
/// If nothing more can be written.
pub fn write(out: &mut dyn Write, table: &TableData<'_>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let headers = table.headers.iter().chain(table.about.iter().map(|(header, _)| header));
    writer.write_record(headers.map(|header| harmless(&header.name))).map_err(io_error)?;
    for row in table.rows() {
        let about = table.about.iter().map(|(_, cell)| cell);
        let cells = row.iter().chain(about).map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Number(number) => number.clone(),
            Cell::Empty => String::new(),
        });
        writer.write_record(cells).map_err(io_error)?;
    }
    writer.flush()
}

/// A text that begins like a formula gets an apostrophe before it, as one would type it.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// Keeps the kind of an error, so that a closed pipe is still known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
