//! Writes tables in Markdown, for pasting into reports.

use std::io::{self, Write};

use super::table::TableData;

/// Writes headers and rows as a table, and the notes as a list below.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &TableData<'_>) -> io::Result<()> {
    let headers: Vec<String> = table.headers.iter().map(|h| escaped(&h.name)).collect();
    writeln!(out, "| {} |", headers.join(" | "))?;
    let rules: Vec<&str> = table.headers.iter().map(|h| if h.is_number { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for row in table.rows() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell.as_str())).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    let notes: Vec<String> = table.all_notes().collect();
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for note in &notes {
        writeln!(out, "- {}", escaped(note))?;
    }
    Ok(())
}

/// Escapes characters with a meaning in Markdown, except in links.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        if word.starts_with("https://") || word.starts_with("http://") {
            escaped.push_str(&word.replace('|', "%7C"));
            continue;
        }
        for c in word.chars() {
            if matches!(c, '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}
