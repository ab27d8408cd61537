//! The table of authorities that several layers show: each row can be selected and opened, and the table sorted.

use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Role, degree, outcome_role, paragraph};
use crate::dataset::{Absence, Date, Movement, Outcome, Scale};
use crate::query::{AuthorityId, Column, Sort, View};
use crate::text::{display_width, truncate};
use crate::wording;

/// The width of a month such as "Mar 2023".
const MONTH: usize = 8;

/// The width of a day such as "28 Aug 2026".
const DAY: usize = 11;

/// The space between two columns.
const GAP: usize = 2;

/// The width of a category that has only letters as its header, and its minimum: a grade with its marks, and a space.
const PACKED: (usize, usize) = (4, 3);

/// What follows the name of a marked authority.
const MARK: &str = " •";

/// The maximum number of rows.
const MOST_ROWS: usize = 2_000;

/// The minimum and the maximum width of the names.
const NAME: (usize, usize) = (11, 40);

/// A table of authorities with the date and the judgements of their latest assessments. Row `n` is the figure
/// [`Figure::Choice`]`(n)`.
pub struct Table<'a> {
    state: &'a Model,
    width: usize,
    order: Option<Sort>,
    /// The width of the names, with the space after them.
    name: usize,
    /// The width of the dates, with the space after them.
    date: usize,
    options: Options,
    /// The width of a category, with the space after it.
    cell: usize,
}

/// What a table shows besides names, months and grades.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The width of the longest note after a row.
    pub notes: usize,
    /// Whether dates are told to the day.
    pub has_days: bool,
    /// The council whose grades the others are compared with: better ones are strong.
    pub against: Option<AuthorityId>,
}

/// Returns the columns of the table, in which it can be sorted.
pub fn columns(view: &View) -> Vec<Column> {
    let categories = view.framework().map(|framework| framework.shown_order()).unwrap_or_default();
    [Column::Name, Column::Date].into_iter().chain(categories.into_iter().map(Column::Category)).collect()
}

/// Returns authorities in the order of a table; as they are without one.
pub fn sorted(state: &Model, authorities: Vec<AuthorityId>, order: Option<Sort>) -> Vec<AuthorityId> {
    match order {
        Some(order) => state.listing.sorted(&authorities, order),
        None => authorities,
    }
}

impl<'a> Table<'a> {
    /// Creates a table for a page of `width`, with its headers in words if those and all names fit.
    pub fn new(
        state: &'a Model,
        width: usize,
        authorities: &[AuthorityId],
        order: Option<Sort>,
        options: Options,
    ) -> Self {
        let categories = state.view().categories();
        let name = |id: &AuthorityId| {
            let mark = if state.marks.contains(id) { display_width(MARK) } else { 0 };
            Some(display_width(&state.listing.authority(*id)?.name) + mark)
        };
        let longest = authorities.iter().take(MOST_ROWS).filter_map(name).max().unwrap_or(0);
        let longest = longest.clamp(NAME.0, NAME.1);
        let words = categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0) + GAP;
        let date = if options.has_days { DAY } else { MONTH };
        let others = |gap: usize, cell: usize| gap + date + gap + cell * categories.len() + options.notes;
        // An arrow before the letters of a category would touch those of the one before.
        let is_by_grade = order.is_some_and(|order| matches!(order.column, Column::Category(_)));
        let least = if is_by_grade { PACKED.0 } else { PACKED.1 };
        let widths = [(GAP, words), (GAP, PACKED.0), (1, PACKED.0), (1, least)];
        let fits = |(gap, cell): &(usize, usize)| longest + others(*gap, *cell) <= width;
        let (gap, cell) = widths.into_iter().find(fits).unwrap_or((1, least));
        let name = longest.min(width.saturating_sub(others(gap, cell)).max(NAME.0)) + gap;
        Self { state, width, order, name, date: date + gap, options, cell }
    }

    /// Returns the width of its page.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Returns the state of the browser.
    pub fn state(&self) -> &'a Model {
        self.state
    }

    /// Returns the headers and a row for each authority; of very many, how many more there are.
    pub fn lines(&self, authorities: &[AuthorityId]) -> Lines {
        let rows = authorities.iter().take(MOST_ROWS).enumerate();
        let rows = rows.map(|(number, id)| self.row(*id, number, Role::Plain, ""));
        let left = authorities.len().saturating_sub(MOST_ROWS);
        let words = format!("and {left} more; a filter narrows them");
        let more = (left > 0).then(|| Line::new().with(words, Role::Faint));
        std::iter::once(self.headers()).chain(rows).chain(more).collect()
    }

    /// Returns the line of column headers; that of the order comes after its arrow.
    pub fn headers(&self) -> Line {
        let mut line = Line::new();
        let mut at = 0;
        for column in columns(self.state.view()) {
            let order = self.order.filter(|order| order.column == column);
            let role = if order.is_some() { Role::Key } else { Role::Faint };
            line = line.with(order.map_or("", Sort::sign), role).with(self.label(column), role);
            at += self.width_of(column);
            line = line.padded(at);
        }
        line
    }

    fn has_letters(&self) -> bool {
        self.cell <= PACKED.0
    }

    fn width_of(&self, column: Column) -> usize {
        match column {
            Column::Name => self.name,
            Column::Date => self.date,
            Column::Category(_) | Column::Region | Column::Trend | Column::Strip => self.cell,
        }
    }

    fn label(&self, column: Column) -> String {
        let view = self.state.view();
        match column {
            Column::Category(position) if self.has_letters() => {
                view.categories().get(position).map(|category| category.letters()).unwrap_or_default()
            }
            _ => column.header(view).to_owned(),
        }
    }

    /// Returns the row of an authority, which is choice `number`, with a note after it.
    pub fn row(&self, id: AuthorityId, number: usize, role: Role, note: &str) -> Line {
        let view = self.state.view();
        let Some(authority) = self.state.listing.authority(id) else { return Line::new() };
        let mark = if self.state.marks.contains(&id) { MARK } else { "" };
        let name = truncate(&authority.name, self.name.saturating_sub(1 + display_width(mark))).into_owned();
        let mut line = Line::new().with(name, role).for_figure(Figure::Choice(number));
        line = line.with(mark, Role::Key).padded(self.name);
        let mut at = self.name;
        match view.assessment(authority) {
            None => {
                let framework = view.framework().map_or("any framework", |f| f.short.as_str());
                let end = at + self.date + self.cell * view.categories().len();
                let words = wording::without_assessment(view.framework().map(AsRef::as_ref));
                line = line.with(format!("{words} under {framework}"), Role::Faint).padded(end);
            }
            Some(assessment) => {
                let in_words = if self.options.has_days { Date::day_and_month } else { Date::month_and_whole_year };
                let date = assessment.date.as_ref().map(in_words).unwrap_or_default();
                at += self.date;
                line = line.with(date, Role::Plain).padded(at);
                for column in assessment.framework.shown_order() {
                    let Some(judgement) = assessment.judgements.get(column) else { continue };
                    let sign = assessment.framework.bare_sign(judgement);
                    let marks = view.movement(column, id).map_or("", Movement::sign);
                    let role = self.role(column, &assessment.framework.scale, judgement.outcome);
                    at += self.cell;
                    line = line.with(sign, role).with(marks, role).padded(at);
                }
            }
        }
        let mut left = self.width.saturating_sub(line.width());
        // Two marks fill the narrowest cell.
        let is_full = line.spans.last().is_some_and(|span| !span.text.ends_with(' '));
        if is_full && display_width(note) < left {
            line = line.with(" ", Role::Plain);
            left -= 1;
        }
        if note.is_empty() || display_width(note) > left { line } else { line.with(note.to_owned(), Role::Faint) }
    }

    /// Returns the role of a grade: strong if it is better than that of the council compared with, faint if it is worse.
    fn role(&self, column: usize, scale: &Scale, outcome: Outcome) -> Role {
        let against = self.options.against.and_then(|id| self.state.listing.authority(id));
        let own = against.and_then(|authority| self.state.view().judgement(column, authority)?.grade());
        match (outcome, own) {
            (Outcome::Grade(grade), Some(own)) if grade > own => Role::StrongGrade(degree(scale, grade)),
            (Outcome::Grade(grade), Some(own)) if grade < own => Role::FaintGrade(degree(scale, grade)),
            _ => outcome_role(scale, outcome),
        }
    }

    /// Returns the framework and the date of the table, what its headers stand for if they are letters, and an
    /// explanation of its signs.
    pub fn footer(&self, authorities: &[AuthorityId]) -> Lines {
        let view = self.state.view();
        let framework = view.framework().map(|f| f.title.clone()).unwrap_or_default();
        let as_at = view.as_at().map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
        let movement =
            if view.holds_only_latest() { format!(" {}", wording::only_latest("changes")) } else { String::new() };
        let data = wording::data(self.state.dataset(), self.state.framework());
        let letters = match self.has_letters() && !view.categories().is_empty() {
            true => format!(" {}.", wording::letters(view.categories())),
            false => String::new(),
        };
        let signs = self.signs(authorities);
        let words = format!("{framework}{as_at}.{letters} {data}.{movement}{signs}");
        paragraph(&words, self.width, 0, Role::Faint)
    }

    /// Explains the other signs of the rows: the mark of grades, and the absences; empty if there are none.
    fn signs(&self, authorities: &[AuthorityId]) -> String {
        let view = self.state.view();
        let rows = || authorities.iter().take(MOST_ROWS);
        let is_shown = |absence: &&Absence| {
            rows().any(|id| (0..view.categories().len()).any(|column| view.absence(column, *id) == Some(**absence)))
        };
        let absences: Vec<&str> = Absence::ALL.iter().filter(is_shown).map(|absence| absence.words()).collect();
        let none = (!absences.is_empty()).then(|| format!("{} no grade: {}", Absence::SIGN, absences.join(", ")));
        none.map(|words| format!(" {words}.")).unwrap_or_default()
    }
}
