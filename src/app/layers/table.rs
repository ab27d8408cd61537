//! The table of authorities that several layers show: each row can be selected and opened.

use crate::app::page::{Figure, Line, Lines, Role, outcome_role, paragraph};
use crate::app::state::State;
use crate::query::AuthorityId;
use crate::statistics::tallies;
use crate::text::{display_width, truncate};
use crate::wording;

/// The width of a date such as `2025-05-09`, with two spaces.
const DATE: usize = 12;

/// The space between two columns.
const GAP: usize = 2;

/// The maximum number of rows.
const MOST_ROWS: usize = 2_000;

/// The maximum width of a name.
const NAME: usize = 40;

/// A table of authorities with the date and the judgements of their latest assessments. Row `n` is the figure
/// [`Figure::Choice`]`(n)`.
pub struct Table<'a> {
    /// The state of the browser.
    pub state: &'a State,
    /// The width of the page.
    pub width: usize,
}

impl Table<'_> {
    /// Returns the headers and a row for each authority; of very many, how many more there are.
    pub fn lines(&self, authorities: &[AuthorityId]) -> Lines {
        let name = self.name(authorities);
        let rows = authorities.iter().take(MOST_ROWS).enumerate();
        let rows = rows.map(|(number, id)| self.row(*id, number, name, Role::Plain, ""));
        let left = authorities.len().saturating_sub(MOST_ROWS);
        let words = format!("and {left} more; a filter narrows them");
        let more = (left > 0).then(|| Line::new().with(words, Role::Faint));
        std::iter::once(self.headers(name)).chain(rows).chain(more).collect()
    }

    /// Returns the width of a column of grades.
    fn cell(&self) -> usize {
        let categories = self.state.view().categories();
        let longest = categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0) + GAP;
        longest.min(self.width.saturating_sub(DATE + 14) / categories.len().max(1)).max(4)
    }

    /// Returns the width of the column of names.
    pub fn name(&self, authorities: &[AuthorityId]) -> usize {
        let names = authorities.iter().filter_map(|id| self.state.listing.authority(*id));
        let longest = names.map(|authority| display_width(&authority.name)).max().unwrap_or(0).max(9) + GAP;
        let others = DATE + self.cell() * self.state.view().categories().len();
        longest.min(self.width.saturating_sub(others).clamp(10, NAME))
    }

    /// Returns the line of column headers.
    pub fn headers(&self, name: usize) -> Line {
        let mut line = Line::new().with("authority", Role::Faint).padded(name);
        line = line.with("published", Role::Faint).padded(name + DATE);
        let cell = self.cell();
        for (column, category) in self.state.view().categories().iter().enumerate() {
            let label = if display_width(&category.short) < cell { category.short.clone() } else { category.letters() };
            line = line.with(label, Role::Faint).padded(name + DATE + cell * (column + 1));
        }
        line
    }

    /// Returns the row of an authority, which is choice `number`, with a note after it.
    pub fn row(&self, id: AuthorityId, number: usize, name: usize, role: Role, note: &str) -> Line {
        let view = self.state.view();
        let Some(authority) = self.state.listing.authority(id) else { return Line::new() };
        let mut line = Line::new().with(truncate(&authority.name, name.saturating_sub(1)).into_owned(), role);
        line = line.for_figure(Figure::Choice(number)).padded(name);
        let Some(assessment) = view.assessment(authority) else {
            let framework = view.framework().map_or("any framework", |f| f.short.as_str());
            return line.with(format!("no assessment under {framework}"), Role::Faint);
        };
        let date = assessment.date.map(|d| d.iso()).unwrap_or_default();
        line = line.with(date, Role::Plain).padded(name + DATE);
        let cell = self.cell();
        for (column, judgement) in assessment.judgements.iter().enumerate() {
            let sign = assessment.framework.sign(judgement);
            let movement = view.movement(column, id).map_or("", |movement| movement.sign());
            let role = outcome_role(&assessment.framework.scale, judgement.outcome);
            line = line.with(sign, role).with(movement, Role::Plain);
            line = line.padded(name + DATE + cell * (column + 1));
        }
        let left = self.width.saturating_sub(line.width());
        if note.is_empty() || display_width(note) > left { line } else { line.with(note.to_owned(), Role::Faint) }
    }

    /// Returns how many of some authorities are good or better, one line for each category, under a heading.
    pub fn good_among(&self, heading: String, authorities: &[AuthorityId]) -> Lines {
        let view = self.state.view();
        let (tallies, _) = tallies(view, authorities.iter().copied());
        let longest = view.categories().iter().map(|c| display_width(&c.label)).max().unwrap_or(0) + GAP;
        let label = longest.min(self.width / 2);
        let mut page = vec![Line::new(), Line::new().with(heading, Role::Heading)];
        for (category, tally) in view.categories().iter().zip(tallies) {
            let share = wording::percent(tally.matching, tally.known).unwrap_or_default();
            let name = truncate(&category.label, label.saturating_sub(1)).into_owned();
            let line = Line::new().with(name, Role::Plain).padded(label);
            page.push(line.with(format!("{} of {}  {share}", tally.matching, tally.known), Role::Plain));
        }
        page
    }

    /// Returns the framework and the date of the table, and an explanation of its signs.
    pub fn footer(&self) -> Lines {
        let view = self.state.view();
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
