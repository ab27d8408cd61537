//! Writes documents with headings, lists and numbered notes, as plain text or Markdown.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::dataset::Evidence;
use crate::report::Screen;
use crate::report::markdown::escaped;
use crate::report::text::write_note;
use crate::text::display_width;
use crate::wording;

/// Writes a document with numbered source notes, as plain text or Markdown.
pub struct DocumentWriter<'o> {
    out: &'o mut dyn Write,
    terminal: Option<Screen>,
    is_markdown: bool,
    notes: Vec<String>,
    /// The number of each note.
    numbers: HashMap<String, usize>,
}

impl<'o> DocumentWriter<'o> {
    /// Creates a writer of plain text, wrapped to the terminal if there is one.
    pub fn plain(out: &'o mut dyn Write, terminal: Option<Screen>) -> Self {
        Self { out, terminal, is_markdown: false, notes: Vec::new(), numbers: HashMap::new() }
    }

    /// Creates a writer of Markdown.
    pub fn markdown(out: &'o mut dyn Write) -> Self {
        Self { out, terminal: None, is_markdown: true, notes: Vec::new(), numbers: HashMap::new() }
    }

    /// Writes a heading; level 1 is the highest.
    pub fn heading(&mut self, level: usize, text: &str) -> io::Result<()> {
        if level > 1 {
            writeln!(self.out)?;
        }
        if self.is_markdown {
            return writeln!(self.out, "{} {}\n", "#".repeat(level), escaped(text));
        }
        writeln!(self.out, "{text}")
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, text: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "{}\n", escaped(text));
        }
        write_note(self.out, text, self.terminal)
    }

    /// Writes a list item, with the marks of its notes.
    pub fn item(&mut self, text: &str, marks: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "- {}{marks}", escaped(text));
        }
        write_note(self.out, &format!("- {text}{marks}"), self.terminal)
    }

    /// Writes a label with its judgement; `longest` is the width that labels are padded to.
    pub fn rating(&mut self, label: &str, longest: usize, parts: &[(String, String)]) -> io::Result<()> {
        if self.is_markdown {
            let parts: String = parts.iter().map(|(words, marks)| escaped(words) + marks).collect();
            return writeln!(self.out, "- **{}**: {parts}", escaped(label));
        }
        let gap = " ".repeat(longest.saturating_sub(display_width(label)));
        let parts: String = parts.iter().map(|(words, marks)| format!("{words}{marks}")).collect();
        write_note(self.out, &format!("{label}{gap}  {parts}"), self.terminal)
    }

    /// Writes a quote: the speaker, then the sentences.
    pub fn quote<'t>(&mut self, who: &str, passages: impl Iterator<Item = &'t str>, marks: &str) -> io::Result<()> {
        writeln!(self.out)?;
        if self.is_markdown {
            for passage in passages {
                writeln!(self.out, "> {}\n>", escaped(passage))?;
            }
            return writeln!(self.out, "> {}{marks}", escaped(who));
        }
        write_note(self.out, &format!("{who}{marks}"), self.terminal)?;
        for passage in passages {
            write_note(self.out, passage, self.terminal)?;
        }
        Ok(())
    }

    /// Returns marks for some evidence; equal references share a number.
    pub fn cite(&mut self, evidence: &[Evidence]) -> String {
        let mut marks = String::new();
        for one in evidence {
            let note = reference(one);
            let number = match self.numbers.get(&note) {
                Some(number) => *number,
                None => {
                    self.notes.push(note.clone());
                    self.numbers.insert(note, self.notes.len());
                    self.notes.len()
                }
            };
            marks.push_str(&if self.is_markdown { format!("[^{number}]") } else { format!(" [{number}]") });
        }
        marks
    }

    /// Writes the notes, at the end of the document.
    pub fn write_sources(&mut self) -> io::Result<()> {
        if self.notes.is_empty() {
            return Ok(());
        }
        self.heading(2, "Sources")?;
        for (number, note) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            if self.is_markdown {
                writeln!(self.out, "[^{}]: {}", number + 1, escaped(&note))?;
            } else {
                write_note(self.out, &format!("[{}] {note}", number + 1), self.terminal)?;
            }
        }
        Ok(())
    }
}

/// Describes evidence in a line: publisher, title, date, passage, location, notes, link.
pub fn reference(evidence: &Evidence) -> String {
    let source = &evidence.source;
    let mut parts = vec![format!("{}, {}", source.publisher, source.title)];
    parts.extend(source.date.map(|d| d.to_string()));
    parts.extend(evidence.passage.iter().map(|p| format!("\"{p}\"")));
    parts.extend(evidence.place.as_deref().map(String::from));
    parts.extend(evidence.note.iter().map(|n| format!("our note: {n}")));
    parts.extend(evidence.step.iter().map(|s| format!("step: {s}")));
    parts.extend(source.note.as_deref().map(String::from));
    parts.extend(evidence.link().map(wording::linked));
    parts.join(" · ")
}
