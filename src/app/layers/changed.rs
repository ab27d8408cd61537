//! The layer that lists what was published since a day, or is new since the file before, newest first.

use super::table::{Options, Table, sorted};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, paragraph};
use crate::dataset::{Assessment, Authority, Date, Framework, TimelineEntry};
use crate::query::{AuthorityId, Filter, Sort};
use crate::text::plural;
use crate::wording;

/// The action that chooses the file before.
const SINCE_FILE_BEFORE: Action = Action::Number(4);

/// What is new; at first, since the beginning of the quarter of the newest report.
#[derive(Debug, Clone, Copy)]
pub struct Changed {
    since: Since,
    order: Option<Sort>,
}

/// What counts as new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Since {
    /// What was published since the beginning of the quarter of the newest report, whichever framework is shown.
    Newest,
    /// What was published on this day or later.
    Day(Date),
    /// What the fetched files have and those before them do not.
    FileBefore,
}

impl Since {
    /// Returns the first day of what counts; `None` for what the file before lacks.
    fn day(self, state: &Model) -> Option<Date> {
        match self {
            Self::Newest => state.view().day().and_then(quarter_of),
            Self::Day(day) => Some(day),
            Self::FileBefore => None,
        }
    }
}

impl Content for Changed {
    fn open(state: &Model, _: &Focused) -> Option<Self> {
        quarter_of(state.view().day()?)?;
        Some(Self { since: Since::Newest, order: None })
    }

    fn title(&self) -> &'static str {
        match self.since {
            Since::Newest | Since::Day(_) => "What is new",
            Since::FileBefore => "What is new since the file before",
        }
    }

    fn context(&self) -> Context {
        Context::Dated
    }

    fn command(&self, state: &Model) -> Option<Command> {
        let words = match self.since.day(state) {
            Some(day) => ["changes".to_owned(), "--since".to_owned(), day.iso()].to_vec(),
            None => ["changes", "--fetched"].map(String::from).to_vec(),
        };
        Some(Command::new(words, CommandScope::Data))
    }

    fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        let all = state.listing.newest_first(&self.filter(state));
        let kept = match self.since {
            // Nothing has a date.
            Since::Newest if self.since.day(state).is_none() => Vec::new(),
            Since::Newest | Since::Day(_) => all,
            Since::FileBefore => {
                let framework = state.framework().map_or("", |framework| framework.id.as_str());
                let is_new =
                    |id: &AuthorityId| state.new.as_ref().is_some_and(|new| new.contains(&(*id, framework.to_owned())));
                all.into_iter().filter(is_new).collect()
            }
        };
        sorted(state, kept, self.order)
    }

    fn order(&mut self) -> Option<&mut Option<Sort>> {
        Some(&mut self.order)
    }

    fn filter(&self, state: &Model) -> Filter {
        Filter { since: self.since.day(state), ..state.listing.filter().clone() }
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let all = self.authorities(state);
        let framework = state.framework().map_or("", |framework| framework.title.as_str());
        let filter = state.listing.filter();
        let of = match filter.is_empty() {
            true => state.view().listed_count(),
            false => state.listing.newest_first(filter).len(),
        };
        let count = plural(all.len(), "council", "councils");
        let words = match (self.since, self.since.day(state)) {
            (Since::Newest | Since::Day(_), Some(day)) => {
                format!("{count} of {of} with a report since {day}")
            }
            (Since::Newest | Since::Day(_), None) => format!("Nothing here has a date ({framework})."),
            (Since::FileBefore, _) => format!(
                "{count} of {of} with an inspection or a correction in the fetched files that those before them lack \
                 ({framework})"
            ),
        };
        let mut lines = paragraph(&words, width, 0, Role::Heading);
        let filter = wording::filter(state.listing.filter(), state.view());
        if !filter.is_empty() {
            lines.extend(paragraph(&format!("only: {}", filter.join(", ")), width, 0, Role::Plain));
        }
        if state.new.is_some() && self.since != Since::FileBefore {
            let words = format!("{} shows what is new since the file before.", state.key(SINCE_FILE_BEFORE));
            lines.extend(paragraph(&words, width, 0, Role::Faint));
        }
        let (earlier, later) = (state.key(Action::Earlier), state.key(Action::Later));
        let words =
            format!("1: 30 days, 2: 90 days, 3: a year before the newest report, {earlier} {later}: by quarters");
        lines.extend(paragraph(&words, width, 0, Role::Faint));
        lines.push(Line::new());
        let table = Table::new(state, width, &all, self.order, Options { has_days: true, ..Options::default() });
        lines.extend(table.lines(&all));
        lines.extend(self.areas(state, width));
        lines.extend(self.events(state, width));
        lines.push(Line::new());
        lines.extend(table.footer(&all));
        lines.into()
    }

    /// Goes to the beginning of the previous or next quarter; 1, 2 and 3 choose 30 days, 90 days and a year before the
    /// newest report, and 4 the file before.
    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        let newest = state.view().day();
        let day = self.since.day(state).or_else(|| newest.and_then(quarter_of));
        let since = match action {
            SINCE_FILE_BEFORE => {
                match state.new {
                    Some(_) => self.since = Since::FileBefore,
                    None => {
                        state.say("there is no file before; `scrutineer fetch` keeps it when it brings a newer one")
                    }
                }
                return Handled::Yes(None);
            }
            Action::Earlier => day.and_then(quarter_before),
            Action::Later => day.and_then(next_quarter).filter(|day| Some(*day) <= newest),
            Action::Number(1) => newest.and_then(|day| day.days_before(30)),
            Action::Number(2) => newest.and_then(|day| day.days_before(90)),
            Action::Number(3) => newest.and_then(|day| day.days_before(365)),
            _ => return Handled::No,
        };
        match since {
            Some(since) => self.since = Since::Day(since),
            None => state.say("there is no such day in the data"),
        }
        Handled::Yes(None)
    }
}

impl Changed {
    /// Returns the inspections of area partnerships since the day, in the regions of the filter, where the councils' own are shown.
    fn areas(&self, state: &Model, width: usize) -> Lines {
        let is_shown = state.framework().is_some_and(Framework::is_of_council);
        let Some(since) = self.since.day(state).filter(|_| is_shown) else { return Lines::new() };
        let as_at = state.view().as_at();
        let mut found: Vec<(&Authority, &Assessment)> = Vec::new();
        for authority in in_regions(state) {
            let is_new = |one: &&Assessment| {
                !one.framework.is_of_council() && one.is_published_since(since) && one.counts_as_at(as_at)
            };
            found.extend(authority.assessments.iter().filter(is_new).map(|one| (authority, one)));
        }
        found.sort_by_key(|(_, assessment)| std::cmp::Reverse(assessment.order_day()));
        let Some((_, newest)) = found.first() else { return Lines::new() };
        let body = newest.framework.body.as_deref().unwrap_or_default();
        let count = plural(found.len(), "inspection", "inspections");
        let heading = format!("{count} of special educational needs since then: the {body}, not the council alone");
        let mut lines = vec![Line::new()];
        lines.extend(paragraph(&heading, width, 0, Role::Heading));
        for (authority, assessment) in found {
            let date = assessment.date.map_or(String::new(), |date| format!("{date}, "));
            let outcomes = assessment.judgements.iter().map(|one| wording::outcome(&assessment.framework, one.outcome));
            let words = format!("{}: {date}{}", authority.name, outcomes.collect::<Vec<_>>().join(", "));
            lines.extend(paragraph(&words, width, 0, Role::Plain));
        }
        lines
    }

    /// Returns the visits and joint inspections since the day, in the regions of the filter: they grade nothing.
    fn events(&self, state: &Model, width: usize) -> Lines {
        let Some(since) = self.since.day(state) else { return Lines::new() };
        let as_at = state.view().as_at();
        let mut found: Vec<(&Authority, &TimelineEntry)> = Vec::new();
        for authority in in_regions(state) {
            let by = wording::events_by(authority, as_at);
            found.extend(by.into_iter().filter_map(|at| Some((authority, authority.events.get(at)?))));
        }
        found.retain(|(_, event)| !event.kind.is_intervention() && event.is_published_since(since));
        found.sort_by_key(|(_, event)| std::cmp::Reverse(event.order_day()));
        if found.is_empty() {
            return Lines::new();
        }
        let count = plural(found.len(), "visit or joint inspection", "visits or joint inspections");
        let mut lines = vec![Line::new()];
        lines.extend(paragraph(&format!("{count} since then, without grades"), width, 0, Role::Heading));
        for (authority, event) in found {
            let words = format!("{}: {}, {}", authority.name, wording::event_when(event), wording::event(event, as_at));
            lines.extend(paragraph(&words, width, 0, Role::Plain));
        }
        lines
    }
}

/// Returns the authorities in the regions of the filter; all of them without one.
fn in_regions(state: &Model) -> impl Iterator<Item = &Authority> {
    let regions = &state.listing.filter().regions;
    let is_wanted = |authority: &&Authority| {
        regions.is_empty() || authority.region.as_ref().is_some_and(|region| regions.contains(region))
    };
    state.dataset().authorities.iter().filter(is_wanted)
}

/// Returns the first day of the quarter of a day.
fn quarter_of(day: Date) -> Option<Date> {
    day.quarter_before().and_then(|end| end.day_after())
}

fn quarter_before(first: Date) -> Option<Date> {
    quarter_of(first.days_before(1)?)
}

fn next_quarter(first: Date) -> Option<Date> {
    first.quarter_after().and_then(|end| end.day_after())
}
