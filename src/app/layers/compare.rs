//! The layer that compares the marked authorities, and the table that it shares with the neighbours layer.

use super::Content;
use crate::app::action::Action;
use crate::app::page::{Line, Lines, Page, Role, degree, paragraph};
use crate::app::state::State;
use crate::dataset::{Authority, Outcome};
use crate::query::AuthorityId;
use crate::statistics::tallies;
use crate::text::{display_width, truncate};
use crate::wording;

/// The maximum width of a name.
const NAME: usize = 36;

/// The width of a date such as `2025-05-09`, with two spaces.
const DATE: usize = 12;

/// The marked authorities side by side, in the order they were marked.
#[derive(Debug, Clone, Copy)]
pub struct Compare;

impl Content for Compare {
    fn open(_: &State) -> Option<Self> {
        Some(Self)
    }

    fn title(&self) -> &'static str {
        "Side by side"
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let marked: Vec<&Authority> = state.marks.iter().filter_map(|id| state.listing.authority(*id)).collect();
        if marked.is_empty() {
            let words =
                format!("No authorities are marked. Press {} in the list to mark one.", state.key(Action::Mark));
            return paragraph(&words, width, 0, Role::Plain).into();
        }
        let table = Table { state, width };
        let mut lines = vec![table.headers()];
        lines.extend(marked.into_iter().map(|authority| table.row(authority, Role::Plain)));
        lines.push(Line::new());
        lines.extend(table.footer());
        lines.into()
    }
}

/// A table of authorities, with the date and the judgements of their latest assessments.
pub(super) struct Table<'a> {
    pub state: &'a State,
    pub width: usize,
}

impl<'a> Table<'a> {
    fn cell(&self) -> usize {
        let longest = self.state.view().categories().iter().map(|c| display_width(&c.short)).max().unwrap_or(0) + 2;
        let count = self.state.view().categories().len().max(1);
        longest.min(self.width.saturating_sub(DATE + 12) / count).max(3)
    }

    fn name(&self) -> usize {
        let others = DATE + self.cell() * self.state.view().categories().len();
        self.width.saturating_sub(others).clamp(8, NAME)
    }

    /// Returns the line of column headers.
    pub fn headers(&self) -> Line {
        let mut line = Line::new().with("authority", Role::Faint).padded(self.name());
        line = line.with("published", Role::Faint).padded(self.name() + DATE);
        for (column, category) in self.state.view().categories().iter().enumerate() {
            line = line.with(truncate(&category.short, self.cell() - 1).into_owned(), Role::Faint);
            line = line.padded(self.name() + DATE + self.cell() * (column + 1));
        }
        line
    }

    /// Returns the row of an authority.
    pub fn row(&self, authority: &Authority, role: Role) -> Line {
        let view = &self.state.view();
        let mut line =
            Line::new().with(truncate(&authority.name, self.name() - 1).into_owned(), role).padded(self.name());
        let Some(assessment) = view.assessment(authority) else {
            let framework = view.framework().map_or("any framework", |f| f.short.as_str());
            return line.with(format!("no assessment under {framework}"), Role::Faint);
        };
        let date = assessment.date.map(|d| d.iso()).unwrap_or_default();
        line = line.with(date, Role::Plain).padded(self.name() + DATE);
        let Some(id) = self.state.listing.dataset().authorities.iter().position(|held| std::ptr::eq(held, authority))
        else {
            return line;
        };
        for (column, judgement) in assessment.judgements.iter().enumerate() {
            let sign = assessment.framework.sign(judgement);
            let movement = view.movement(column, AuthorityId(id)).map_or("", |movement| movement.sign());
            let role = match judgement.outcome {
                Outcome::Grade(grade) => Role::Grade(degree(&assessment.framework.scale, grade)),
                Outcome::Absent(_) => Role::Faint,
            };
            line = line.with(sign, role).with(movement, Role::Plain);
            line = line.padded(self.name() + DATE + self.cell() * (column + 1));
        }
        line
    }

    /// Returns how many authorities of the same region are good or better, of those whose grade is known; empty if the
    /// authority has no region.
    pub fn region(&self, authority: &Authority) -> Lines {
        let Some(region) = &authority.region else { return Lines::new() };
        let view = &self.state.view();
        let all = self.state.dataset().authorities.iter().enumerate();
        let in_region = all.filter(|(_, other)| other.region.as_ref() == Some(region));
        let in_region = in_region.map(|(position, _)| AuthorityId(position)).filter(|id| view.is_listed(*id));
        let (tallies, _) = tallies(view, in_region);
        let mut page =
            vec![Line::new(), Line::new().with(format!("{region}: good or better, of those known"), Role::Heading)];
        for (category, tally) in view.categories().iter().zip(tallies) {
            let share = wording::percent(tally.matching, tally.known).unwrap_or_default();
            let line = Line::new().with(truncate(&category.label, NAME - 1).into_owned(), Role::Plain).padded(NAME);
            page.push(line.with(format!("{} of {}  {share}", tally.matching, tally.known), Role::Plain));
        }
        page
    }

    /// Returns the framework and the date of the table, and an explanation of its signs.
    pub fn footer(&self) -> Lines {
        let view = &self.state.view();
        let framework = view.framework().map(|f| f.title.clone()).unwrap_or_default();
        let as_at = view.as_at().map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
        let movement = match view.holds_only_latest() {
            true => wording::only_latest("changes"),
            false => wording::movement_legend(view.framework().map(AsRef::as_ref)),
        };
        let data = wording::data(self.state.dataset());
        let words = format!("{framework}{as_at}. {data}. {movement}");
        paragraph(&words, self.width, 0, Role::Faint)
    }
}
