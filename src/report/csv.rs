//! Writes tables as comma-separated values (RFC 4180), protected against formula injection in spreadsheets.

use std::io::{self, Write};

use crate::tables::{Cell, Table};
use crate::text::harmless;

/// Writes headers and rows. Notes and the context of the table are left out, because programs would read them as rows, and a
/// cell repeated in every row says nothing of it: the data package has them.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(table.columns.iter().map(|header| harmless(header.name()))).map_err(io_error)?;
    for row in table.rows() {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            other => other.text().into_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Column;

    #[test]
    fn headers_are_guarded_like_cells_and_numbers_are_not() {
        for sign in ["=", "+", "-", "@", "＝"] {
            let headers = vec![Column::text(format!("{sign}header")), Column::number("number")];
            let row = |_| vec![Cell::Text(format!("{sign}cell")), Cell::Number("-1".into())];
            let mut out = Vec::new();
            write(&mut out, &Table::new("", headers, 1, row)).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), format!("'{sign}header,number\r\n'{sign}cell,-1\r\n"));
        }
    }
}
