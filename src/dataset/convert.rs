//! Turns the objects of a file into the model and back: resolves every reference, applies every rule of meaning, and
//! reports all that is wrong in one pass.
//!
//! An authority with a problem is left out; a problem anywhere else means that no dataset is returned.

mod areas;
mod authorities;
mod claims;
mod frameworks;
mod sources;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::format::{self, Raw, Reference, VERSION, Word};
use super::path::Path;
use super::{
    Authority, Code, Codes, Council, Dataset, Evidence, Framework, Grade, Location, MAX_AUTHORITIES, Neighbours, Note,
    OriginTable, Problem, Redefinition, Source, Step, Text, TimelineEntry, Visit,
};
use crate::text::{clean, truncate};

/// The maximum number of published figures of a file, of each kind. Those of two files are compared, each with each.
const MAX_FIGURES: usize = 10_000;

/// The maximum number of subjects and practices.
const MAX_CODES: usize = 1_000;

/// The maximum number of events of one authority; real ones have a dozen.
const MAX_EVENTS: usize = 1_000;

/// The maximum number of problems that are listed, and of what was left out because of them.
const MAX_LISTED: usize = 2000;

/// The maximum number of names that one message lists.
const MAX_NAMES: usize = 12;

/// The maximum length, in columns, of a text repeated in a message.
const SHOWN: usize = 60;

/// The result of checking a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// The part of the file that can be used; `None` if a problem affects the whole file.
    pub dataset: Option<Dataset>,
    /// The problems, in file order, as far as they are listed.
    pub problems: Vec<Problem>,
    /// How many problems there are besides those.
    pub other_problems: usize,
    /// The authorities left out because of a problem in them: by name, or by location if they have none.
    pub left_out: Vec<String>,
    /// How many authorities were left out besides those.
    pub others: usize,
}

/// Reads fields of an object into variables of the same names.
macro_rules! read {
    ($file:expr, $checker:expr, $at:expr => $($field:ident),*) => {
        $(let $field = $crate::dataset::convert::File::read($file.$field, $checker, &$at.key(stringify!($field)));)*
    };
}
use read;

impl From<format::Dataset> for Checked {
    fn from(file: format::Dataset) -> Self {
        let (mut checker, top) = (Checker::default(), &Path::Top);
        format::wrong_version(file.format).into_iter().for_each(|problem| checker.add(problem));
        read!(file, &mut checker, top => title, publisher, collector, date, sources);
        checker.tables(file.tables, &top.key("tables"));
        checker.publisher = publisher.unwrap_or_default();
        checker.at_most(MAX_FIGURES, file.claims.len(), &top.key("claims"));
        checker.at_most(MAX_FIGURES, file.published.len(), &top.key("published"));
        checker.at_most(MAX_CODES, file.codes.len(), &top.key("codes"));
        read!(file, &mut checker, top => frameworks, claims, published, codes);
        let is_usable = checker.problem_count == 0;
        let authorities = checker.authorities(file.authorities, &top.key("authorities"));
        let dataset = is_usable.then(|| Dataset {
            title: title.unwrap_or_default(),
            publisher: checker.publisher,
            collector: collector.flatten(),
            date: date.flatten(),
            frameworks: frameworks.unwrap_or_default(),
            sources: sources.unwrap_or_default(),
            authorities,
            claims: claims.unwrap_or_default(),
            published: published.unwrap_or_default(),
            codes: codes.unwrap_or_default(),
        });
        Self { dataset, ..checker.checked }
    }
}

impl From<&Dataset> for format::Dataset {
    fn from(dataset: &Dataset) -> Self {
        let mut writer = Writer::default();
        let authorities: Vec<format::Authority> = File::write(&dataset.authorities, &mut writer);
        Self {
            format: VERSION,
            title: File::write(&dataset.title, &mut writer),
            publisher: File::write(&dataset.publisher, &mut writer),
            collector: File::write(&dataset.collector, &mut writer),
            date: File::write(&dataset.date, &mut writer),
            frameworks: File::write(&dataset.frameworks, &mut writer),
            sources: File::write(&dataset.sources, &mut writer),
            claims: File::write(&dataset.claims, &mut writer),
            published: File::write(&dataset.published, &mut writer),
            codes: File::write(&dataset.codes, &mut writer),
            tables: writer.tables,
            authorities: format::Authorities { kept: authorities, more: 0 },
        }
    }
}

/// A value of the format, and what it is in the model.
trait File<M>: Sized {
    /// Returns the value; `None` if there is a problem in it, which is reported.
    fn read(self, checker: &mut Checker, at: &Path) -> Option<M>;

    /// Returns the value as it is written.
    fn write(model: &M, writer: &mut Writer) -> Self;
}

/// Implements [`File`] for objects with the fields of the model. A rule is a function that is called first.
macro_rules! mirrored {
    ($($name:ident $(: $rule:ident)? { $($field:ident),* })*) => {$(
        impl File<$name> for format::$name {
            fn read(self, checker: &mut Checker, at: &Path) -> Option<$name> {
                $(checker.$rule(&self, at);)?
                read!(self, checker, at => $($field),*);
                Some($name { $($field: $field?),* })
            }

            fn write(model: &$name, writer: &mut Writer) -> Self {
                Self { $($field: File::write(&model.$field, writer)),* }
            }
        }
    )*};
}

mirrored! {
    Source { id, publisher, title, rank, date, link, file, note }
    Evidence: says_something { source, passage, note, step, place, link }
    Note: has_evidence { text, evidence }
    Step { grade, letter, word, also, meaning, meaning_of, evidence }
    Redefinition { on, was }
    Authority {
        name, aliases, codes, council_at_assessment, current_council, region, from, until, replaced_by, evidence,
        assessments, notes, events, neighbours, is_unknown
    }
    Codes { gss, former_gss, urn, la }
    Council { name, kind, since }
    Neighbours: has_as_many_words { source, la_codes, closeness }
    Visit { kind, from, until, lead, details }
    Code { id, kind, label, meaning }
    TimelineEntry: happened_somewhere {
        kind, service, date, dated, published, until, ended, person, role, theme, priority_action, certainty, note, evidence
    }
}

impl<T: Word> File<T::Model> for Raw<T> {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<T::Model> {
        if self.0.trim().is_empty() {
            checker.problem(at, "an empty text", T::allowed());
            return None;
        }
        T::parse(self.0).map_err(|text| checker.problem(at, shown(&text), T::allowed())).ok()
    }

    fn write(model: &T::Model, _: &mut Writer) -> Self {
        Self::of(model)
    }
}

/// Values that are the same in the model.
macro_rules! same {
    ($($name:ty),*) => {$(
        impl File<$name> for $name {
            fn read(self, _: &mut Checker, _: &Path) -> Option<$name> {
                Some(self)
            }

            fn write(model: &$name, _: &mut Writer) -> Self {
                *model
            }
        }
    )*};
}
same!(Grade, u32, bool);

impl<M, T: File<M>> File<Option<M>> for Option<T> {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Option<M>> {
        match self {
            Some(value) => value.read(checker, at).map(Some),
            None => Some(None),
        }
    }

    fn write(model: &Option<M>, writer: &mut Writer) -> Self {
        model.as_ref().map(|value| T::write(value, writer))
    }
}

impl<M, T: File<M>> File<Box<M>> for Box<T> {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Box<M>> {
        (*self).read(checker, at).map(Box::new)
    }

    fn write(model: &Box<M>, writer: &mut Writer) -> Self {
        Self::new(T::write(model, writer))
    }
}

impl<M, T: File<M>> File<Vec<M>> for Vec<T> {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Vec<M>> {
        let count = self.len();
        let mut items = Vec::with_capacity(count);
        for (position, item) in self.into_iter().enumerate() {
            items.extend(item.read(checker, &at.item(position)));
        }
        (items.len() == count).then_some(items)
    }

    fn write(model: &Vec<M>, writer: &mut Writer) -> Self {
        model.iter().map(|item| T::write(item, writer)).collect()
    }
}

impl<M, T: File<M>> File<Arc<[M]>> for Vec<T> {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Arc<[M]>> {
        File::<Vec<M>>::read(self, checker, at).map(Arc::from)
    }

    fn write(model: &Arc<[M]>, writer: &mut Writer) -> Self {
        model.iter().map(|item| T::write(item, writer)).collect()
    }
}

/// What the ids of a file refer to; `None` for something that has a problem itself.
type Defined<T> = HashMap<Text, Option<Arc<T>>>;

/// Something that has an id in the file.
trait Identified: Sized {
    /// What it is called in messages.
    const NAME: &'static str;

    fn defined(checker: &mut Checker) -> &mut Defined<Self>;

    /// Returns the id by which it is referred to.
    fn id(self: &Arc<Self>, writer: &mut Writer) -> Text;
}

impl<T: Identified> File<Arc<T>> for Reference<T> {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Arc<T>> {
        let id: Text = self.0.read(checker, at)?;
        if let Some(found) = T::defined(checker).get(&id) {
            return found.clone();
        }
        let mut expected = format!("the id of a {}", T::NAME);
        // Only problems that are listed name the ids: there may be as many of either as a file holds.
        if checker.checked.problems.len() < MAX_LISTED {
            let mut known: Vec<&str> = T::defined(checker).keys().map(Text::as_str).collect();
            known.sort_unstable();
            expected = format!("{expected}: {}", one_of(known));
        }
        checker.problem(at, shown(&id), expected);
        None
    }

    fn write(model: &Arc<T>, writer: &mut Writer) -> Self {
        Self::to(&model.id(writer))
    }
}

impl Checker {
    /// Reads something that has an id, and keeps it for those who refer to it.
    fn define<T: Identified>(
        &mut self,
        id: Text,
        at: &Path,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Arc<T>> {
        let read = read(self).map(Arc::new);
        if T::defined(self).insert(id.clone(), read.clone()).is_some() {
            self.problem(&at.key("id"), format!("{} twice", shown(&id)), "each id once");
        }
        read
    }
}

/// What has been read so far, and what was wrong with it.
#[derive(Default)]
struct Checker {
    checked: Checked,
    problem_count: usize,
    /// The publisher of the dataset.
    publisher: Text,
    sources: Defined<Source>,
    tables: Defined<OriginTable>,
    frameworks: Defined<Framework>,
    codes: Defined<Code>,
    last_table: Option<Arc<OriginTable>>,
}

impl Checker {
    fn authorities(&mut self, file: format::Authorities, at: &Path) -> Vec<Authority> {
        let mut authorities = Vec::with_capacity(file.kept.len());
        let mut names = HashSet::new();
        let count = file.kept.len();
        for (position, item) in file.kept.into_iter().enumerate() {
            let (at, before) = (&at.item(position), self.problem_count);
            let name = item.name.0.clone();
            self.at_most(MAX_EVENTS, item.events.len(), &at.key("events"));
            let authority = item.read(self, at);
            if names.contains(&name) {
                self.problem(&at.key("name"), format!("{name} twice"), "each authority once");
            }
            if self.problem_count == before {
                names.insert(name);
                authorities.extend(authority);
            } else {
                self.leave_out(if name.trim().is_empty() { at.to_string() } else { name });
            }
        }
        for position in count..count.saturating_add(file.more) {
            let at = &at.item(position);
            self.problem(at, "one council more", format!("at most {MAX_AUTHORITIES}"));
            self.leave_out(at.to_string());
        }
        authorities
    }

    fn leave_out(&mut self, name: String) {
        if self.checked.left_out.len() < MAX_LISTED {
            self.checked.left_out.push(name);
        } else {
            self.checked.others = self.checked.others.saturating_add(1);
        }
    }

    fn at_most(&mut self, most: usize, count: usize, at: &Path) {
        if count > most {
            self.problem(at, count.to_string(), format!("at most {most}"));
        }
    }

    fn problem(&mut self, at: &Path, found: impl Into<String>, expected: impl Into<String>) {
        let (found, expected) = (found.into(), expected.into());
        self.add(Problem { location: Location::Path(at.to_string()), found, expected });
    }

    fn add(&mut self, problem: Problem) {
        self.problem_count = self.problem_count.saturating_add(1);
        if self.checked.problems.len() < MAX_LISTED {
            self.checked.problems.push(problem);
        } else {
            self.checked.other_problems = self.checked.other_problems.saturating_add(1);
        }
    }

    fn says_something(&mut self, file: &format::Evidence, at: &Path) {
        if file.passage.is_none() && file.note.is_none() && file.place.is_none() {
            self.problem(at, "neither passage nor note nor place", "at least one of them");
        }
    }

    fn has_evidence(&mut self, file: &format::Note, at: &Path) {
        self.must_have_evidence(&file.evidence, at);
    }

    fn happened_somewhere(&mut self, file: &format::TimelineEntry, at: &Path) {
        self.must_have_evidence(&file.evidence, at);
    }

    /// Reports an object without evidence.
    fn must_have_evidence(&mut self, evidence: &[format::Evidence], at: &Path) {
        if evidence.is_empty() {
            self.problem(&at.key("evidence"), "no evidence", "at least one source that says so");
        }
    }

    fn has_as_many_words(&mut self, file: &format::Neighbours, at: &Path) {
        let (words, neighbours) = (file.closeness.len(), file.la_codes.len());
        if words > 0 && words != neighbours {
            let found = format!("{words} words for {neighbours} neighbours");
            self.problem(&at.key("closeness"), found, "one for each neighbour");
        }
    }
}

/// What is written once for all who refer to it.
#[derive(Default)]
struct Writer {
    tables: Vec<format::Table>,
    /// The ids of the tables written, by what they consist of.
    ids: HashMap<(Text, Vec<Text>, Option<Text>), Text>,
    taken: HashSet<Text>,
    /// How many tables of a source have an id.
    counts: HashMap<Text, u32>,
    last: Option<(Arc<OriginTable>, Text)>,
}

/// Formats a text for a message: cleaned, quoted, and truncated to [`SHOWN`].
fn shown(text: &str) -> String {
    format!("\"{}\"", truncate(&clean(text), SHOWN))
}

/// Formats "one of a, b, c"; lists at most [`MAX_NAMES`] names.
fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return "nothing: the file defines none".to_owned();
    }
    let listed = names.iter().take(MAX_NAMES).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MAX_NAMES) {
        0 => format!("one of {listed}"),
        more => format!("one of {listed} and {more} more"),
    }
}
