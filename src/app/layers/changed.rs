//! The layer that lists what was published since a day, newest first.

use super::table::{Table, sorted};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::Date;
use crate::query::{AuthorityId, Filter, Sort};
use crate::text::plural;
use crate::wording;

/// What was published since a day; at first, since the beginning of the quarter of the newest report.
#[derive(Debug, Clone, Copy)]
pub struct Changed {
    since: Date,
    order: Option<Sort>,
}

impl Content for Changed {
    fn open(state: &State) -> Option<Self> {
        let newest = state.view().day()?;
        Some(Self { since: quarter_of(newest)?, order: None })
    }

    fn title(&self) -> &'static str {
        "What was published since a day"
    }

    fn context(&self) -> Context {
        Context::Dated
    }

    fn authorities(&self, state: &State) -> Vec<AuthorityId> {
        sorted(state, state.listing.newest_first(&self.filter(state)), self.order)
    }

    fn order(&mut self) -> Option<&mut Option<Sort>> {
        Some(&mut self.order)
    }

    fn filter(&self, state: &State) -> Filter {
        Filter { since: Some(self.since), ..state.listing.filter().clone() }
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let all = self.authorities(state);
        let framework = state.framework().map_or("", |framework| framework.title.as_str());
        let of = state.view().listed_count();
        let words = format!(
            "{} of {of} with a report published on or after {} ({framework})",
            plural(all.len(), "authority", "authorities"),
            self.since
        );
        let mut lines = paragraph(&words, width, 0, Role::Heading);
        let filter = wording::filter(state.listing.filter(), state.view());
        if !filter.is_empty() {
            lines.extend(paragraph(&format!("only: {}", filter.join(", ")), width, 0, Role::Plain));
        }
        lines.push(Line::new());
        let table = Table::new(state, width, &all, self.order, 0);
        lines.extend(table.lines(&all));
        lines.push(Line::new());
        lines.extend(table.footer());
        lines.into()
    }

    /// Goes to the beginning of the previous or next quarter; 1, 2 and 3 choose 30 days, 90 days and a year before the
    /// newest report.
    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut State) -> Handled {
        let newest = state.view().day();
        let since = match action {
            Action::Earlier => quarter_before(self.since),
            Action::Later => next_quarter(self.since).filter(|day| Some(*day) <= newest),
            Action::Category(1) => newest.and_then(|day| day.days_before(30)),
            Action::Category(2) => newest.and_then(|day| day.days_before(90)),
            Action::Category(3) => newest.and_then(|day| day.days_before(365)),
            _ => return Handled::No,
        };
        match since {
            Some(since) => self.since = since,
            None => state.say("there is no such day in the data"),
        }
        Handled::Yes(None)
    }
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
