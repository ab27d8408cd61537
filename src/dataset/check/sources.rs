//! Checks sources, and the evidence that refers to them.

use std::sync::Arc;

use thin_vec::ThinVec;

use super::Checker;
use super::fields::one_of;
use crate::dataset::format::{EvidenceFile, Field, List, NoteFile, SourceFile, shown};
use crate::dataset::path::Path;
use crate::dataset::{Evidence, Note, Rank, Source, Text};

impl Checker {
    pub(super) fn source(&mut self, file: SourceFile, at: &Path) -> Option<Arc<Source>> {
        self.unknown_fields(&file.unknown_fields, at);
        let id = self.text(file.id, &at.key("id"));
        let publisher = self.text(file.publisher, &at.key("publisher"));
        let title = self.text(file.title, &at.key("title"));
        let rank = self.rank(file.rank, &at.key("rank"));
        let date = self.date(file.date, &at.key("date"));
        let link = self.link(file.link, &at.key("link"));
        let copy = self.optional_text(file.file, &at.key("file"));
        let note = self.optional_text(file.note, &at.key("note"));
        let id = id?;
        let (publisher, title) = (publisher?, title?);
        let source = Arc::new(Source { id: id.clone(), publisher, title, rank, date, link, file: copy, note });
        if self.sources.insert(id.clone(), Arc::clone(&source)).is_some() {
            self.problem(&at.key("id"), format!("{} twice", shown(&id)), "each id once");
        }
        Some(source)
    }

    fn rank(&mut self, field: Field<String>, at: &Path) -> Rank {
        let Some(name) = self.optional_text(field, at) else { return Rank::default() };
        let rank = Rank::from_name(&name);
        if rank.is_none() {
            self.problem(at, shown(&name), one_of(Rank::ALL.map(Rank::name)));
        }
        rank.unwrap_or_default()
    }

    /// Parses a link that a browser can open: only http and https.
    pub(super) fn link(&mut self, field: Field<String>, at: &Path) -> Option<Text> {
        let link = self.optional_text(field, at)?;
        let is_web = link.starts_with("https://") || link.starts_with("http://");
        if !is_web || link.contains(' ') {
            self.problem(at, shown(&link), "a link that begins with https:// or http://, without spaces");
            return None;
        }
        Some(link)
    }

    pub(super) fn source_by_id(&mut self, field: Field<String>, at: &Path) -> Option<Arc<Source>> {
        let id = self.text(field, at)?;
        if let Some(source) = self.sources.get(&id) {
            return Some(Arc::clone(source));
        }
        let mut known: Vec<&str> = self.sources.keys().map(Text::as_str).collect();
        known.sort_unstable();
        let expected = format!("the id of a source: {}", one_of(known));
        self.problem(at, shown(&id), expected);
        None
    }

    pub(super) fn evidence(&mut self, field: Field<List<EvidenceFile>>, at: &Path) -> Vec<Evidence> {
        self.each(field, at, Self::one_evidence)
    }

    /// Parses evidence that must not be empty.
    pub(super) fn needed_evidence(&mut self, field: Field<List<EvidenceFile>>, at: &Path) -> Vec<Evidence> {
        self.must_have_evidence(&field, at);
        self.evidence(field, at)
    }

    /// Parses the evidence of a judgement, as a `ThinVec` because there may be millions.
    pub(super) fn thin_evidence(&mut self, field: Field<List<EvidenceFile>>, at: &Path) -> ThinVec<Evidence> {
        self.each_into(ThinVec::with_capacity, field, at, Self::one_evidence)
    }

    pub(super) fn must_have_evidence(&mut self, field: &Field<List<EvidenceFile>>, at: &Path) {
        let is_empty = match field {
            Field::Absent => true,
            Field::Is(items) => items.is_empty(),
            Field::Wrong(_) => false,
        };
        if is_empty {
            self.problem(at, "no evidence", "at least one source that says so");
        }
    }

    fn one_evidence(&mut self, file: EvidenceFile, at: &Path) -> Option<Evidence> {
        self.unknown_fields(&file.unknown_fields, at);
        if file.passage.is_absent() && file.note.is_absent() && file.place.is_absent() {
            self.problem(at, "neither passage nor note nor place", "at least one of them");
        }
        let source = self.source_by_id(file.source, &at.key("source"));
        let passage = self.optional_text(file.passage, &at.key("passage"));
        let note = self.optional_text(file.note, &at.key("note"));
        let step = self.optional_text(file.step, &at.key("step"));
        let place = self.optional_text(file.place, &at.key("place"));
        let link = self.link(file.link, &at.key("link"));
        Some(Evidence { source: source?, passage, note, step, place, link })
    }

    pub(super) fn notes(&mut self, field: Field<List<NoteFile>>, at: &Path) -> Vec<Note> {
        self.each(field, at, Self::note)
    }

    fn note(&mut self, file: NoteFile, at: &Path) -> Option<Note> {
        self.unknown_fields(&file.unknown_fields, at);
        let text = self.text(file.text, &at.key("text"));
        let evidence = self.needed_evidence(file.evidence, &at.key("evidence"));
        Some(Note { text: text?, evidence })
    }
}
