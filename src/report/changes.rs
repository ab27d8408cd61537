//! The answer of `scrutineer changes`: the differences between two states of the data.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::events::OfCouncil;
use super::json::SourceJson;
use super::{Format, Screen, json, list};
use crate::dataset::{Assessment, Authority, Date, Framework, Judgement, Outcome, Source, TimelineEntry};
use crate::query::changes::{Change, Kind, Redated};
use crate::tables::{self, Cell, Column, Table, distinct, groups, moved_from};
use crate::text::plural;
use crate::wording;

/// Changes to be written in any format.
pub struct Changes<'a> {
    /// What is compared, in words: "old.csv with new.csv".
    pub what: String,
    /// Who made and collected the data, in words.
    pub data: String,
    /// Whether the old data contain earlier inspections; `false` if they contain only the latest of each authority.
    pub has_before: bool,
    /// The changes.
    pub changes: &'a [Change<'a>],
    /// Whether only grades that moved are among them.
    pub only_moved: bool,
    /// The inspections whose days differ.
    pub redated: &'a [Redated<'a>],
    /// Visits and joint inspections that are new, each with its council.
    pub events: &'a [(&'a Authority, &'a TimelineEntry)],
}

impl Changes<'_> {
    /// Writes the changes: for people a row for each inspection, for programs one for each judgement.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Json => self.write_json(out),
            _ => format.write_table(out, terminal, || self.table(), || self.data_table()),
        }
    }

    /// Returns the table for people: a row for each inspection or authority, with the grades before and now side by side.
    fn table(&self) -> Table<'_> {
        self.described(tables::changes_by_inspection(self.changes))
    }

    /// Returns the table for data formats: a row for each judgement.
    fn data_table(&self) -> Table<'_> {
        self.described(tables::changes_by_judgement(self.changes))
    }

    fn described<'t>(&self, table: Table<'t>) -> Table<'t> {
        Table { named_by: 1, notes: self.notes(), sources: self.sources(), about: self.about(), ..table }
    }

    /// Returns the sources of the new grades.
    fn sources(&self) -> Vec<Source> {
        distinct(self.changes.iter().filter_map(|change| change.assessment).flat_map(list::cited))
    }

    fn notes(&self) -> Vec<String> {
        let all = Kind::ALL.into_iter().filter(|kind| !self.only_moved || *kind == Kind::Inspection);
        let counts: Vec<String> = all.map(|kind| counted(kind, self.count(kind))).collect();
        let mut notes = vec![format!("{}. {}.", self.what, counts.join(", "))];
        notes.push(format!("{}.", self.data));
        notes.extend(self.redated_note());
        notes.extend(self.event_notes());
        if !self.has_before {
            notes.push(wording::only_latest("changes"));
        }
        let mut frameworks: Vec<&Framework> = Vec::new();
        for assessment in self.changes.iter().filter_map(|change| change.assessment) {
            if !frameworks.iter().any(|framework| framework.is(&assessment.framework)) {
                frameworks.push(&assessment.framework);
            }
        }
        for framework in frameworks {
            notes.push(format!("{}: {}.", framework.short, wording::letters(&framework.categories)));
            notes.push(wording::movement_legend(Some(framework)));
        }
        let has_mark = |change: &Change<'_>| change.old.iter().chain(&change.new).any(|j| !j.mark().is_empty());
        if self.changes.iter().any(has_mark) {
            notes.push(format!("{}.", wording::MARK_LEGEND));
        }
        if self.count(Kind::Reread) > 0 {
            let what = "Read again: the collector's parser has another version; the report itself did not change.";
            notes.push(what.to_owned());
        }
        notes.push("Before: of a new inspection, the inspection before under the same framework.".to_owned());
        notes
    }

    fn about(&self) -> Vec<(Column, Cell)> {
        let about = [("compared", &self.what), ("data", &self.data)];
        about.map(|(name, text)| (Column::text(name), Cell::Text(text.clone()))).into()
    }

    /// Returns the number of inspections, judgements or authorities that changes of a kind are about.
    fn count(&self, kind: Kind) -> usize {
        let of_kind = self.changes.iter().filter(|change| change.kind == kind);
        match kind {
            Kind::Inspection => groups(self.changes).iter().filter(|group| is_of(group, kind)).count(),
            _ => of_kind.count(),
        }
    }

    /// Names the visits and joint inspections that are new, which grade nothing.
    fn event_notes(&self) -> Vec<String> {
        let named = |(authority, event): &(&Authority, &TimelineEntry)| {
            format!("{}: {}, {}.", authority.name, wording::event_when(event), wording::event(event, None))
        };
        let count = plural(self.events.len(), "visit or joint inspection", "visits or joint inspections");
        let heading = (!self.events.is_empty()).then(|| format!("{count}, without grades:"));
        heading.into_iter().chain(self.events.iter().map(named)).collect()
    }

    /// Says which inspections have other days than before; `None` if none has.
    fn redated_note(&self) -> Option<String> {
        /// How many are named.
        const NAMED: usize = 3;
        let days = |one: &Redated<'_>| {
            let published = one.old.date.zip(one.new.date).filter(|(old, new)| old != new);
            let began = one.old.first_day().zip(one.new.first_day()).filter(|(old, new)| old != new);
            let published = published.map(|(old, new)| format!("published {old}, now {new}"));
            let began = began.map(|(old, new)| format!("began {old}, now {new}"));
            format!("{} ({})", one.authority.name, published.into_iter().chain(began).collect::<Vec<_>>().join("; "))
        };
        let named = self.redated.iter().take(NAMED).map(days).collect::<Vec<_>>().join(", ");
        let more = self.redated.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let count = plural(self.redated.len(), "inspection has", "inspections have");
        (!self.redated.is_empty()).then(|| format!("{count} other days than before: {named}{more}."))
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let redated = self.redated.iter().map(RedatedJson::new).collect();
        let changes = self.changes.iter().map(ChangeJson::new).collect();
        let Self { what, data, has_before, .. } = self;
        let sources = self.sources();
        json::write(
            out,
            &ChangesJson {
                what,
                data,
                has_before: *has_before,
                changes,
                redated,
                events: self.events.iter().map(|(authority, event)| OfCouncil::new(authority, event)).collect(),
                sources: json::sources(&sources),
            },
        )
    }
}

/// Formats a count of changes: "1 new inspection", "2 authorities added".
fn counted(kind: Kind, count: usize) -> String {
    let (one, several) = match kind {
        Kind::Inspection => ("new inspection", "new inspections"),
        Kind::Correction => ("correction", "corrections"),
        Kind::Reread => ("judgement read again", "judgements read again"),
        Kind::Withdrawn => ("inspection withdrawn", "inspections withdrawn"),
        Kind::Added => ("council added", "councils added"),
        Kind::Removed => ("council removed", "councils removed"),
    };
    plural(count, one, several)
}

fn is_of(group: &[Change<'_>], kind: Kind) -> bool {
    group.first().is_some_and(|change| change.kind == kind)
}

fn date(assessment: Option<&Assessment>) -> Option<String> {
    assessment?.date.map(|date| date.iso())
}

/// Describes a judgement: the name of the grade, or the reason why there is none.
fn words(framework: Option<&Framework>, judgement: &Judgement) -> Option<String> {
    match judgement.outcome {
        Outcome::Grade(grade) => framework?.scale.step(grade).map(|step| step.word.to_string()),
        Outcome::Absent(absence) => Some(absence.words().to_owned()),
    }
}

/// Returns the JSON Schema of the answer.
pub(super) fn changes_schema() -> Schema {
    json::schema::<ChangesJson<'static>>()
}

/// An inspection with other days than before.
#[derive(Serialize, JsonSchema)]
struct RedatedJson<'a> {
    /// The name of the authority.
    authority: &'a str,
    /// The id of the framework.
    framework: &'a str,
    /// The day of publication before; null if it is not known.
    published_before: Option<String>,
    /// The day of publication now.
    published: Option<String>,
    /// The first day before.
    began_before: Option<String>,
    /// The first day now.
    began: Option<String>,
}

impl<'a> RedatedJson<'a> {
    fn new(Redated { authority, old, new }: &Redated<'a>) -> Self {
        let iso = |date: Option<Date>| date.map(|date| date.iso());
        Self {
            authority: &authority.name,
            framework: &new.framework.id,
            published_before: iso(old.date),
            published: iso(new.date),
            began_before: iso(old.first_day()),
            began: iso(new.first_day()),
        }
    }
}

/// The answer of `scrutineer changes --format json`.
#[derive(Serialize, JsonSchema)]
struct ChangesJson<'a> {
    /// What is compared.
    what: &'a str,
    /// Whose data these are.
    data: &'a str,
    /// Whether the data say what was before; those that hold only the latest inspection of each do not.
    has_before: bool,
    /// A change each; of a new inspection one for each category.
    changes: Vec<ChangeJson<'a>>,
    /// The inspections that both states have with other days.
    redated: Vec<RedatedJson<'a>>,
    /// New visits and joint inspections, which grade nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<OfCouncil<'a>>,
    /// The sources of the new grades.
    sources: Vec<SourceJson<'a>>,
}

/// One difference.
#[derive(Serialize, JsonSchema)]
struct ChangeJson<'a> {
    /// new inspection, correction, read again, withdrawn, authority added, authority removed.
    what: &'static str,
    /// The name of the authority.
    authority: &'a str,
    /// The id of the framework; null if it is about an authority.
    framework: Option<&'a str>,
    /// When the assessment was published; null if that is not known, or there is none.
    date: Option<String>,
    /// The id of the category; null if it is about all.
    category: Option<&'a str>,
    /// The grade before; null if there was none.
    old_grade: Option<u8>,
    /// The judgement before in words.
    old: Option<String>,
    /// stated, inferred or second-hand; null if there was no grade.
    old_certainty: Option<&'static str>,
    /// The grade now; null if there is none.
    new_grade: Option<u8>,
    /// The judgement now in words.
    new: Option<String>,
    /// stated, inferred or second-hand; null if there is no grade.
    new_certainty: Option<&'static str>,
    /// up, same or down; redefined if the two do not mean the same; null if one of the two is no grade, or the framework changed.
    movement: Option<&'static str>,
    /// What the judgement before was of, if the category was redefined since, so that the two grades do not cover the
    /// same; null otherwise.
    movement_from: Option<&'a str>,
}

impl<'a> ChangeJson<'a> {
    fn new(change: &'a Change<'_>) -> Self {
        let framework = change.assessment.map(|a| a.framework.as_ref());
        Self {
            what: change.kind.name(),
            authority: &change.authority.name,
            framework: framework.map(|f| f.id.as_str()),
            date: date(change.assessment),
            category: change.category.and_then(|c| framework?.categories.get(c)).map(|c| c.id.as_str()),
            old_grade: change.old.and_then(Judgement::grade).map(|g| g.0),
            old: change.old.and_then(|j| words(framework, j)),
            old_certainty: change.old.and_then(Judgement::certainty_name),
            new_grade: change.new.and_then(Judgement::grade).map(|g| g.0),
            new: change.new.and_then(|j| words(framework, j)),
            new_certainty: change.new.and_then(Judgement::certainty_name),
            movement: change.movement.map(|m| m.name()),
            movement_from: moved_from(change),
        }
    }
}
