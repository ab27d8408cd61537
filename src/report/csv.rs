//! Writes tables as comma-separated values (RFC 4180), protected against formula injection in spreadsheets.

use std::io::{self, Write};

use super::table::{Cell, TableData};
use crate::text::harmless;

/// Writes headers and rows, with the context of the table in columns at the end. Notes are left out, because
/// programs would read them as rows.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &TableData<'_>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let headers = table.headers.iter().chain(table.about.iter().map(|(header, _)| header));
    writer.write_record(headers.map(|header| harmless(&header.name))).map_err(io_error)?;
    for row in table.rows() {
        let about = table.about.iter().map(|(_, cell)| cell);
        let cells = row.iter().chain(about).map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Number(text) | Cell::Date(text) => text.clone(),
            Cell::Empty => String::new(),
        });
        writer.write_record(cells).map_err(io_error)?;
    }
    writer.flush()
}

/// Keeps the kind of an I/O error, so that a closed pipe can still be recognised.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
