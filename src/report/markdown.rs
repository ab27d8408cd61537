//! Writes tables in Markdown, for pasting into reports.

use std::io::{self, Write};

use crate::tables::Table;

/// Writes headers and rows as a table, and the notes as a list below.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, table: &Table<'_>) -> io::Result<()> {
    let headers: Vec<String> = table.columns.iter().map(|h| escaped(h.name())).collect();
    writeln!(out, "| {} |", headers.join(" | "))?;
    let rules: Vec<&str> = table.columns.iter().map(|h| if h.is_number() { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for row in table.rows() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(&cell.text())).collect();
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

/// The characters of a link that could end it, or that mean something in Markdown.
const IN_LINKS: [char; 9] = ['<', '>', '[', ']', '(', ')', '|', '`', '\\'];

/// Returns an address as a link of Markdown, with everything encoded that could end it.
fn link(address: &str) -> String {
    let mut link = String::from("<");
    for c in address.chars() {
        if IN_LINKS.contains(&c) {
            link.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            link.push(c);
        }
    }
    link + ">"
}

/// Escapes characters with a meaning in Markdown; addresses become links.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        if word.starts_with("https://") || word.starts_with("http://") {
            let address = word.trim_end();
            escaped.push_str(&link(address));
            escaped.push_str(word.get(address.len()..).unwrap_or_default());
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
