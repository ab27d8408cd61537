//! The layer that lists over all councils what officials said, or what happened of one kind: a council a row, with its words.

use std::collections::BTreeSet;

use super::{Content, Handled};
use crate::app::action::{Action, ExportOf};
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, marked_paragraph, paragraph};
use crate::dataset::{Authority, Date, EventKind, Quote, TimelineEntry};
use crate::query::{AuthorityId, Filter};
use crate::text::{capitalized, plural};
use crate::wording;

/// How far the words of a row are indented below the name.
const INDENT: usize = 2;

/// What is listed, over the councils that the search and the filter keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What officials said about their grades.
    Said,
    /// What happened of one kind.
    Happened(EventKind),
}

/// A row: the council, when, and the words, of which some were spoken.
struct Row {
    id: AuthorityId,
    name: String,
    day: Option<Date>,
    heading: String,
    words: Lines,
    /// Whether it is an intervention whose end is not known.
    has_no_end: bool,
}

impl Content for Told {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self::Said)
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Said => "What officials said",
            Self::Happened(_) => "What happened",
        }
    }

    fn heading(&self) -> String {
        match self {
            Self::Said => self.title().to_owned(),
            Self::Happened(kind) => capitalized(wording::event_kind(*kind)),
        }
    }

    fn context(&self) -> Context {
        Context::Asked
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let rows = self.rows(state, width);
        let mut lines = paragraph(&self.answer(&rows), width, 0, Role::Strong);
        for (number, row) in rows.into_iter().enumerate() {
            let name = Line::new().with(row.name, Role::Strong).for_figure(Figure::Choice(number));
            lines.extend([Line::new(), name]);
            lines.extend(paragraph(&row.heading, width, INDENT, Role::Faint));
            lines.extend(row.words);
        }
        if matches!(self, Self::Happened(kind) if kind.is_intervention()) {
            lines.push(Line::new());
            lines.extend(paragraph(&format!("{}.", wording::THOSE_KNOWN), width, 0, Role::Faint));
        }
        lines.into()
    }

    fn command(&self, state: &Model) -> Option<Command> {
        let filter = state.listing.filter();
        Some(match self {
            // The filter says it itself.
            Self::Said if filter.is_quoted => Command::new(["list"], CommandScope::Filtered),
            Self::Said => Command::new(["list", "--said"], CommandScope::Filtered),
            Self::Happened(kind) => {
                let regions = filter.regions.iter().flat_map(|region| ["--region".to_owned(), region.clone()]);
                let words = ["events", "--kind", kind.name()].map(String::from);
                Command::new(words.into_iter().chain(regions), CommandScope::Data)
            }
        })
    }

    fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        self.rows(state, usize::MAX).into_iter().map(|row| row.id).collect()
    }

    fn text(&self, state: &Model) -> Option<String> {
        let words = |lines: Lines| -> String {
            let spans = lines.into_iter().flat_map(|line| line.spans);
            spans.map(|span| span.text.into_owned()).collect::<String>().trim().to_owned()
        };
        let rows = self.rows(state, usize::MAX).into_iter();
        let rows = rows.map(|row| format!("{}\t{}\t{}", row.name, row.heading, words(row.words)));
        Some(rows.collect::<Vec<_>>().join("\n"))
    }

    fn filter(&self, state: &Model) -> Filter {
        Filter { is_quoted: *self == Self::Said, ..state.listing.filter().clone() }
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        let (Action::Open, Some(Figure::Choice(number))) = (action, focus) else { return Handled::No };
        self.authorities(state).get(number).map_or(Handled::No, |id| Handled::GoTo(*id))
    }
}

impl Told {
    /// Returns what an export of it writes.
    pub fn export_of(self, state: &Model) -> ExportOf {
        let mut councils = self.authorities(state);
        councils.sort_unstable();
        councils.dedup();
        match self {
            Self::Happened(kind) => ExportOf::Events(kind, wording::event_kind(kind).to_owned(), councils),
            Self::Said => ExportOf::Table(councils, self.filter(state)),
        }
    }

    /// Says how many there are and, of interventions, of how many no end is known.
    fn answer(self, rows: &[Row]) -> String {
        let councils: BTreeSet<AuthorityId> = rows.iter().map(|row| row.id).collect();
        let councils = plural(councils.len(), "council", "councils");
        let no_end = rows.iter().filter(|row| row.has_no_end).count();
        match self {
            Self::Said => {
                let count = plural(rows.len(), "statement", "statements");
                format!("{count} of officials of {councils} about their grades, as far as known to us.")
            }
            Self::Happened(kind) if kind.is_intervention() => {
                let known = format!("{} in {councils}, known to us", plural(rows.len(), "time", "times"));
                let first = match no_end {
                    0 => "",
                    1 => ", which comes first",
                    _ => ", which come first",
                };
                format!("{}: {known}; no end is known of {no_end}{first}.", capitalized(wording::event_kind(kind)))
            }
            Self::Happened(kind) => {
                let count = plural(rows.len(), "time", "times");
                format!("{}: {count} in {councils}.", capitalized(wording::event_kind(kind)))
            }
        }
    }

    /// Returns the rows by the name of the council, those whose end is not known first, and of each the newest first.
    fn rows(self, state: &Model, width: usize) -> Vec<Row> {
        let filter = Filter { is_quoted: false, happened: Vec::new(), ..state.listing.filter().clone() };
        let listing = state.listing.filtered(state.view().as_at(), filter);
        let all = (0..state.dataset().authorities.len()).map(AuthorityId);
        // Councils that have ended are listed only where nothing narrows the list.
        let is_found = |id: &AuthorityId| state.listing.query().is_empty() || state.listing.position(*id).is_some();
        let is_kept = |id: &AuthorityId| state.listing.filter().is_empty() || listing.position(*id).is_some();
        let listed = all.filter(|id| is_found(id) && is_kept(id));
        let mut rows: Vec<Row> = Vec::new();
        for id in listed {
            let Some(authority) = state.listing.authority(id) else { continue };
            rows.extend(match self {
                Self::Said => said(state, id, authority, width),
                Self::Happened(kind) => happened(state, id, authority, kind, width),
            });
        }
        rows.sort_by(|a, b| (!a.has_no_end, &a.name).cmp(&(!b.has_no_end, &b.name)).then(b.day.cmp(&a.day)));
        rows
    }
}

/// Returns what officials of a council said by the day of the view.
fn said(state: &Model, id: AuthorityId, authority: &Authority, width: usize) -> Vec<Row> {
    let assessments = authority.assessments.iter().filter(|one| one.counts_as_at(state.view().as_at()));
    let quotes = assessments.flat_map(|one| one.quotes.iter().map(move |quote| (one, quote)));
    let row = |(assessment, quote): (&_, &Quote)| {
        let role = quote.role.iter().map(|role| format!(", {role}")).collect::<String>();
        let assessment: &crate::dataset::Assessment = assessment;
        Row {
            id,
            name: authority.name.to_string(),
            day: assessment.date,
            heading: format!("{}. {}{role}", wording::said_of(quote, assessment), quote.speaker),
            words: words_of(quote, width),
            has_no_end: false,
        }
    };
    quotes.map(row).collect()
}

/// Returns the words of a quote, those spoken brighter than the others.
fn words_of(quote: &Quote, width: usize) -> Lines {
    let inside = width.saturating_sub(INDENT);
    let passages = quote.passages.iter();
    let passages = passages.flat_map(|passage| marked_paragraph(&passage.text, inside, &passage.spoken, SPOKEN));
    let summary = wording::summary(quote);
    let summary = summary.iter().flat_map(|summary| paragraph(summary, inside, 0, Role::Plain));
    passages.chain(summary).map(indented).collect()
}

/// The roles of reported and of spoken words.
const SPOKEN: (Role, Role) = (Role::Plain, Role::Strong);

/// Returns what happened of a kind to a council by the day of the view.
fn happened(state: &Model, id: AuthorityId, authority: &Authority, kind: EventKind, width: usize) -> Vec<Row> {
    let as_at = state.view().as_at();
    let events = wording::events_by(authority, as_at).into_iter().filter_map(|at| authority.events.get(at));
    let row = |event: &TimelineEntry| Row {
        id,
        name: authority.name.to_string(),
        day: event.order_day(),
        heading: wording::event_when(event),
        words: paragraph(&wording::event(event, as_at), width.saturating_sub(INDENT), 0, Role::Plain)
            .into_iter()
            .map(indented)
            .collect(),
        has_no_end: wording::has_no_known_end(event),
    };
    events.filter(|event| event.kind == kind).map(row).collect()
}

fn indented(line: Line) -> Line {
    Line { spans: [Line::new().padded(INDENT).spans, line.spans].concat() }
}
