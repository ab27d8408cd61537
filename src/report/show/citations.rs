//! The numbered notes of a document: one for each source, with the parts of it that are cited.

use std::collections::HashMap;
use std::sync::Arc;

use crate::dataset::{Evidence, Source};

/// The sources cited so far; the number of each is its position plus 1.
#[derive(Default)]
pub struct Citations {
    cited: Vec<Cited>,
    /// The number of each source, by its id.
    numbers: HashMap<String, usize>,
}

/// A source with what is cited of it.
pub struct Cited {
    /// The source.
    pub source: Arc<Source>,
    /// The parts, in the order in which they are first cited, each once.
    pub parts: Vec<Part>,
}

/// A part of a source.
#[derive(PartialEq, Eq)]
pub struct Part {
    /// Its words, its row and our notes on it; empty if only the link is known.
    pub words: String,
    /// The link to this part, if it has one of its own.
    pub link: Option<String>,
}

impl Citations {
    /// Returns the numbers of some evidence, each once, in order.
    pub fn cite(&mut self, evidence: &[Evidence]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for one in evidence {
            let number = self.number(one);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// Returns the sources cited.
    pub fn cited(&self) -> &[Cited] {
        &self.cited
    }

    fn number(&mut self, evidence: &Evidence) -> usize {
        let next = self.cited.len() + 1;
        let number = *self.numbers.entry(evidence.source.id.to_string()).or_insert(next);
        if number == next {
            self.cited.push(Cited { source: Arc::clone(&evidence.source), parts: Vec::new() });
        }
        let part = part(evidence);
        let is_empty = part.words.is_empty() && part.link.is_none();
        if let Some(cited) = self.cited.get_mut(number - 1).filter(|cited| !is_empty && !cited.parts.contains(&part)) {
            cited.parts.push(part);
        }
        number
    }
}

impl Cited {
    /// Describes the source: publisher, title, date and what is to be known of it.
    pub fn words(&self) -> String {
        let source = &self.source;
        let mut parts = vec![format!("{}, {}", source.publisher, source.title)];
        parts.extend(source.date.map(|date| date.to_string()));
        parts.extend(source.note.as_deref().map(String::from));
        parts.join(" · ")
    }
}

/// Returns the part of a source that is evidence. The cells of a row are one part.
fn part(evidence: &Evidence) -> Part {
    let row = evidence.place.as_deref().map(|place| place.split(", column ").next().unwrap_or(place).to_owned());
    let passage = evidence.passage.iter().map(|passage| format!("\"{passage}\""));
    let note = evidence.note.iter().map(|note| format!("our note: {note}"));
    let step = evidence.step.iter().map(|step| format!("step: {step}"));
    let words: Vec<String> = passage.chain(row).chain(note).chain(step).collect();
    Part { words: words.join(" · "), link: evidence.link.as_ref().map(|link| link.to_string()) }
}
