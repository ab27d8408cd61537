//! The parts of a document, as plain text or as Markdown.

use std::io::{self, Write};

use crate::dataset::Evidence;
use crate::report::Screen;
use crate::report::markdown::escaped;
use crate::report::text::write_note;
use crate::text::display_width;

/// A text with numbered notes, written as plain text or as Markdown.
pub struct DocumentWriter<'o> {
    out: &'o mut dyn Write,
    terminal: Option<Screen>,
    is_markdown: bool,
    notes: Vec<String>,
}

impl<'o> DocumentWriter<'o> {
    /// As plain text, fitted to a terminal where it goes to one.
    pub fn plain(out: &'o mut dyn Write, terminal: Option<Screen>) -> Self {
        Self { out, terminal, is_markdown: false, notes: Vec::new() }
    }

    /// As Markdown.
    pub fn markdown(out: &'o mut dyn Write) -> Self {
        Self { out, terminal: None, is_markdown: true, notes: Vec::new() }
    }

    /// A heading; 1 is the highest level.
    pub fn heading(&mut self, level: usize, text: &str) -> io::Result<()> {
        if level > 1 {
            writeln!(self.out)?;
        }
        if self.is_markdown {
            return writeln!(self.out, "{} {}\n", "#".repeat(level), escaped(text));
        }
        writeln!(self.out, "{text}")
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "{}\n", escaped(text));
        }
        write_note(self.out, text, self.terminal)
    }

    /// An item of a list, with the marks of its notes.
    pub fn item(&mut self, text: &str, marks: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "- {}{marks}", escaped(text));
        }
        write_note(self.out, &format!("- {text}{marks}"), self.terminal)
    }

    /// A label with its rating, the labels of a list padded to the longest.
    pub fn rating(&mut self, label: &str, longest: usize, words: &str, marks: &str) -> io::Result<()> {
        if self.is_markdown {
            return writeln!(self.out, "- **{}**: {}{marks}", escaped(label), escaped(words));
        }
        let gap = " ".repeat(longest.saturating_sub(display_width(label)));
        write_note(self.out, &format!("{label}{gap}  {words}{marks}"), self.terminal)
    }

    /// What somebody said: who, and the sentences.
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

    /// Numbers for some evidence, each place in a source once.
    pub fn cite(&mut self, evidence: &[Evidence]) -> String {
        let mut marks = String::new();
        for one in evidence {
            let note = reference(one);
            let number = match self.notes.iter().position(|held| *held == note) {
                Some(position) => position + 1,
                None => {
                    self.notes.push(note);
                    self.notes.len()
                }
            };
            marks.push_str(&if self.is_markdown { format!("[^{number}]") } else { format!(" [{number}]") });
        }
        marks
    }

    /// The notes, at the end.
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

/// A place in a source in one line: who published what and when, what it says, where it is.
fn reference(evidence: &Evidence) -> String {
    let source = &evidence.source;
    let mut parts = vec![format!("{}, {}", source.publisher, source.title)];
    parts.extend(source.date.map(|d| d.to_string()));
    parts.extend(evidence.passage.iter().map(|p| format!("\"{p}\"")));
    parts.extend(evidence.place.clone());
    parts.extend(evidence.note.iter().map(|n| format!("our note: {n}")));
    parts.extend(evidence.step.iter().map(|s| format!("step: {s}")));
    parts.extend(source.note.clone());
    parts.extend(evidence.link().map(String::from));
    parts.join(" · ")
}
