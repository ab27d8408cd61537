//! Writes documents with headings, lists and numbered notes, as plain text or Markdown.

use std::io::{self, Write};

use super::citations::{Citations, Part};
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
    /// Whether the last line was an item of a list, which a paragraph ends with an empty line.
    is_in_list: bool,
    citations: Citations,
}

impl<'o> DocumentWriter<'o> {
    /// Creates a writer of plain text, wrapped to the terminal if there is one.
    pub fn plain(out: &'o mut dyn Write, terminal: Option<Screen>) -> Self {
        Self { out, terminal, is_markdown: false, is_in_list: false, citations: Citations::default() }
    }

    /// Creates a writer of Markdown.
    pub fn markdown(out: &'o mut dyn Write) -> Self {
        Self { out, terminal: None, is_markdown: true, is_in_list: false, citations: Citations::default() }
    }

    /// Writes a heading; level 1 is the highest.
    pub fn heading(&mut self, level: usize, text: &str) -> io::Result<()> {
        self.is_in_list = false;
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
            let gap = if std::mem::take(&mut self.is_in_list) { "\n" } else { "" };
            return writeln!(self.out, "{gap}{}\n", escaped(text));
        }
        write_note(self.out, text, self.terminal)
    }

    /// Writes a list item, with the marks of its notes.
    pub fn item(&mut self, text: &str, marks: &str) -> io::Result<()> {
        self.is_in_list = true;
        if self.is_markdown {
            return writeln!(self.out, "- {}{marks}", escaped(text));
        }
        write_note(self.out, &format!("- {text}{marks}"), self.terminal)
    }

    /// Writes a label with its judgement; `longest` is the width that labels are padded to.
    pub fn rating(&mut self, label: &str, longest: usize, parts: &[(String, String)]) -> io::Result<()> {
        self.is_in_list = true;
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

    /// Returns marks for some evidence; a source has one number.
    pub fn cite(&mut self, evidence: &[Evidence]) -> String {
        let is_markdown = self.is_markdown;
        let mark = |number: usize| if is_markdown { format!("[^{number}]") } else { format!(" [{number}]") };
        self.citations.cite(evidence).into_iter().map(mark).collect()
    }

    /// Writes the notes, at the end of the document.
    pub fn write_sources(&mut self) -> io::Result<()> {
        let citations = std::mem::take(&mut self.citations);
        if citations.cited().is_empty() {
            return Ok(());
        }
        self.heading(2, "Sources")?;
        for (number, cited) in citations.cited().iter().enumerate() {
            let link = cited.source.link.as_deref().map(wording::linked);
            let words: Vec<String> = std::iter::once(cited.words()).chain(link).collect();
            self.source(number + 1, &words.join(" · "), &cited.parts)?;
        }
        Ok(())
    }

    fn source(&mut self, number: usize, words: &str, parts: &[Part]) -> io::Result<()> {
        let part = |part: &Part| {
            let link = part.link.as_deref().map(wording::linked);
            let words = Some(part.words.clone()).filter(|words| !words.is_empty());
            words.into_iter().chain(link).collect::<Vec<_>>().join(" · ")
        };
        if self.is_markdown {
            writeln!(self.out, "[^{number}]: {}", escaped(words))?;
            return parts.iter().try_for_each(|one| writeln!(self.out, "    - {}", escaped(&part(one))));
        }
        write_note(self.out, &format!("[{number}] {words}"), self.terminal)?;
        parts.iter().try_for_each(|one| write_note(self.out, &format!("- {}", part(one)), self.terminal))
    }
}
