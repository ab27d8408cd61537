//! The answer of `scrutineer events`: what was done about councils' services, and inspections that grade nothing.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::json::{self, EvidenceJson, SourceJson};
use super::{Format, Screen};
use crate::dataset::{Authority, Dataset, Date, EventKind, Source, TimelineEntry};
use crate::tables::{self, Cell, Column, Table, distinct};
use crate::text::plural;
use crate::wording;

/// Events to be written in any format.
pub struct Events<'a> {
    /// The dataset that they are from.
    pub dataset: &'a Dataset,
    /// The events, in order, each with its council.
    pub rows: Vec<(&'a Authority, &'a TimelineEntry)>,
    /// Which events are asked for, in words; empty for all.
    pub only: Vec<String>,
    /// Which kinds of events are asked for; empty for all.
    pub kinds: Vec<EventKind>,
}

impl<'a> Events<'a> {
    /// Returns the events of a dataset of these kinds, or of all if there are none, of which a condition holds, the newest first;
    /// those of which no day is known last.
    pub fn new(
        dataset: &'a Dataset,
        only: Vec<String>,
        kinds: &[EventKind],
        is_wanted: impl Fn(&Authority, &TimelineEntry) -> bool,
    ) -> Self {
        let all = dataset
            .authorities
            .iter()
            .flat_map(|authority| authority.events.iter().map(move |event| (authority, event)));
        let of_kinds = all.filter(|(_, event)| kinds.is_empty() || kinds.contains(&event.kind));
        let mut rows: Vec<(&Authority, &TimelineEntry)> =
            of_kinds.filter(|(authority, event)| is_wanted(authority, event)).collect();
        rows.sort_by_key(|(_, event)| std::cmp::Reverse(event.order_day()));
        Self { dataset, rows, only, kinds: kinds.to_vec() }
    }

    /// Writes the events.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Json => self.write_json(out),
            _ => format.write_table(
                out,
                terminal,
                || self.described(tables::events(&self.rows)),
                || self.described(tables::event_data(&self.rows)),
            ),
        }
    }

    fn described<'t>(&self, table: Table<'t>) -> Table<'t> {
        let answers = usize::from(self.asks_for_interventions() && !self.only.is_empty());
        let only = self.only.join(" · ");
        let about = vec![
            (Column::text("data"), Cell::Text(wording::data(self.dataset, []))),
            (Column::text("filter"), Cell::maybe(Some(only.as_str()).filter(|only| !only.is_empty()))),
        ];
        Table { notes: self.notes(), answers, about, sources: self.sources(), ..table }
    }

    /// Counts visits and joint inspections, says from when to when they were looked for, and that interventions are those
    /// known, which are never counted.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.asks_for_interventions() {
            notes.push(format!("{}.", wording::THOSE_KNOWN));
        }
        if !self.only.is_empty() {
            notes.push(format!("Only: {}.", self.only.join(" · ")));
        }
        for (kind, one, several) in [
            (EventKind::FocusedVisit, "focused visit", "focused visits"),
            (EventKind::MonitoringVisit, "monitoring visit", "monitoring visits"),
            (EventKind::JointInspection, "joint inspection", "joint inspections"),
            (EventKind::SendRevisit, "SEND revisit of an area partnership", "SEND revisits of area partnerships"),
        ] {
            let count = self.rows.iter().filter(|(_, event)| event.kind == kind).count();
            if let Some((first, last)) = coverage(self.dataset, kind).filter(|_| self.asks_for(kind)) {
                notes.push(format!("{}; held from {first} to {last}.", plural(count, one, several)));
            }
        }
        notes
    }

    fn asks_for(&self, kind: EventKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether interventions are asked for, of which there may be none that are known.
    fn asks_for_interventions(&self) -> bool {
        EventKind::ALL.into_iter().any(|kind| kind.is_intervention() && self.asks_for(kind))
    }

    /// Returns from when to when events of each kind were looked for, of those asked for of which that is known.
    fn held(&self) -> Vec<HeldJson> {
        let kinds = EventKind::ALL.into_iter().filter(|kind| !kind.is_intervention() && self.asks_for(*kind));
        let held = kinds.filter_map(|kind| Some((kind, coverage(self.dataset, kind)?)));
        held.map(|(kind, (first, last))| HeldJson { kind: kind.name(), first: first.iso(), last: last.iso() }).collect()
    }

    fn sources(&self) -> Vec<Source> {
        distinct(self.rows.iter().flat_map(|(_, event)| &event.evidence).map(|evidence| evidence.source.as_ref()))
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let sources = self.sources();
        let events = self.rows.iter().map(|(authority, event)| OfCouncil::new(authority, event));
        let answer = EventsJson {
            only: &self.only,
            interventions: self.asks_for_interventions().then_some(wording::THOSE_KNOWN),
            held: self.held(),
            events: events.collect(),
            sources: json::sources(&sources),
        };
        json::write(out, &answer)
    }
}

/// Returns the first and the last day of the events of a kind that a dataset holds; the last is that up to which their source
/// looked, if it says. `None` if there are none.
pub(super) fn coverage(dataset: &Dataset, kind: EventKind) -> Option<(Date, Date)> {
    let of_kind = || dataset.authorities.iter().flat_map(|a| &a.events).filter(|event| event.kind == kind);
    let first = of_kind().filter_map(TimelineEntry::order_day).min()?;
    let newest = of_kind().filter_map(TimelineEntry::order_day).max()?;
    let looked = of_kind().flat_map(|event| &event.evidence).filter_map(|evidence| evidence.source.date).max();
    Some((first, looked.map_or(newest, |looked| looked.max(newest))))
}

/// Returns the JSON Schema of the answer.
pub(super) fn events_schema() -> Schema {
    json::schema::<EventsJson<'static>>()
}

/// The answer of `scrutineer events --format json`.
#[derive(Serialize, JsonSchema)]
struct EventsJson<'a> {
    /// Which events were asked for, in words; empty for all.
    only: &'a [String],
    /// What is true of the interventions, if they are asked for: they are those known, and not to be counted.
    interventions: Option<&'static str>,
    /// From when to when visits and joint inspections were looked for.
    held: Vec<HeldJson>,
    /// The events, the newest first.
    events: Vec<OfCouncil<'a>>,
    /// The sources.
    sources: Vec<SourceJson<'a>>,
}

/// From when to when events of a kind were looked for.
#[derive(Serialize, JsonSchema)]
struct HeldJson {
    /// The kind.
    kind: &'static str,
    /// The day of the first.
    first: String,
    /// The last day that was looked at.
    last: String,
}

/// An event with its council.
#[derive(Serialize, JsonSchema)]
pub(super) struct OfCouncil<'a> {
    /// The council.
    authority: &'a str,
    #[serde(flatten)]
    event: EventJson<'a>,
}

impl<'a> OfCouncil<'a> {
    /// Converts an event of a council.
    pub(super) fn new(authority: &'a Authority, event: &'a TimelineEntry) -> Self {
        Self { authority: &authority.name, event: EventJson::new(event) }
    }
}

/// An intervention, a visit or a joint inspection.
#[derive(Serialize, JsonSchema)]
pub(super) struct EventJson<'a> {
    /// What happened.
    kind: &'static str,
    /// Which services it was about.
    service: Option<&'a str>,
    /// When it happened or began, as far as it is known.
    date: Option<String>,
    /// What the date is.
    dated: &'a str,
    /// When a report of it was published.
    published: Option<String>,
    /// When it ended; null if that is not known.
    until: Option<String>,
    /// How it ended.
    ended: Option<&'a str>,
    /// Who was appointed.
    person: Option<&'a str>,
    /// As what.
    role: Option<&'a str>,
    /// What a visit or a joint inspection was about.
    theme: Option<&'a str>,
    /// Whether a joint inspection required priority action.
    priority_action: Option<bool>,
    /// stated, inferred or second-hand.
    certainty: &'static str,
    /// What else is known.
    note: Option<&'a str>,
    /// Where it says so.
    evidence: Vec<EvidenceJson<'a>>,
}

impl<'a> EventJson<'a> {
    /// Converts an event.
    pub(super) fn new(event: &'a TimelineEntry) -> Self {
        let iso = |date: Option<Date>| date.map(|date| date.iso());
        Self {
            kind: event.kind.name(),
            service: event.service.as_deref(),
            date: iso(event.date),
            dated: &event.dated,
            published: iso(event.published),
            until: iso(event.until),
            ended: event.ended.as_deref(),
            person: event.person.as_deref(),
            role: event.role.as_deref(),
            theme: event.theme.as_deref(),
            priority_action: event.priority_action,
            certainty: event.certainty.name(),
            note: event.note.as_deref(),
            evidence: event.evidence.iter().map(EvidenceJson::new).collect(),
        }
    }
}
