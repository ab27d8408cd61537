//! Describes a table for programs as a Frictionless data package: its fields, what it is about, its notes and its sources.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::json;
use crate::tables::{Cell, Table};
use crate::wording;

/// Writes the package of a table, whose file is named by whoever writes that.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    let fields = table.columns.iter().map(|column| {
        let kind = if column.is_number() { "number" } else { "string" };
        json!({ "name": column.name(), "type": kind })
    });
    let about = table.about.iter().filter(|(_, cell)| *cell != Cell::Empty);
    let about: Map<String, Value> =
        about.map(|(column, cell)| (column.name().to_owned(), Value::from(cell.text().into_owned()))).collect();
    let source = |source| {
        let mut about = json!({ "title": wording::source(source) });
        if let (Some(link), Some(fields)) = (&source.link, about.as_object_mut()) {
            fields.insert("path".to_owned(), Value::from(link.as_str()));
        }
        about
    };
    let package = json!({
        "profile": "tabular-data-package",
        "name": "scrutineer",
        "title": table.title,
        "description": table.notes.join("\n"),
        "about": about,
        "licenses": [{ "name": "OGL-UK-3.0", "title": "Open Government Licence v3.0, for what Ofsted published" }],
        "sources": table.sources.iter().map(source).collect::<Vec<_>>(),
        "resources": [{
            "profile": "tabular-data-resource",
            "name": "answer",
            "path": "answer.csv",
            "encoding": "utf-8",
            "format": "csv",
            "mediatype": "text/csv",
            "schema": { "fields": fields.collect::<Vec<_>>(), "missingValues": [""] },
        }],
    });
    json::write(out, &package)
}
