//! The layer that compares the marked authorities.

use super::table::{Options, Table, sorted};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, outcome_role, paragraph};
use crate::app::pages::history;
use crate::dataset::{Absence, Movement};
use crate::query::{AuthorityId, Sort};
use crate::statistics::compared;
use crate::text::{display_width, truncate};
use crate::wording;

/// The space between two columns.
const GAP: usize = 2;

/// The marked authorities side by side, in the order they were marked or in another one.
#[derive(Debug, Clone, Copy)]
pub struct Compare {
    order: Option<Sort>,
}

impl Content for Compare {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self { order: None })
    }

    fn title(&self) -> &'static str {
        "Side by side"
    }

    fn context(&self) -> Context {
        Context::Table
    }

    fn command(&self, state: &Model) -> Option<Command> {
        let names = state.marks.iter().filter_map(|id| Some(state.listing.authority(*id)?.name.to_string()));
        let words: Vec<String> = std::iter::once("compare".to_owned()).chain(names).collect();
        (words.len() > 2).then(|| Command::new(words, CommandScope::View))
    }

    fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        sorted(state, state.marks.clone(), self.order)
    }

    fn order(&mut self) -> Option<&mut Option<Sort>> {
        Some(&mut self.order)
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        match action {
            Action::Clear => {
                state.marks.clear();
                Handled::Yes(None)
            }
            _ => Handled::No,
        }
    }

    /// Returns in what they differ; then a row for each judgement, those that differ first, if the names and the words of the
    /// grades fit as columns, or else a row for each authority; and the history of each.
    fn page(&self, state: &Model, width: usize) -> Page {
        if state.marks.is_empty() {
            let words = format!("No councils are marked. Press {} in the list to mark one.", state.key(Action::Mark));
            return paragraph(&words, width, 0, Role::Plain).into();
        }
        let marked = self.authorities(state);
        let mut lines = match marked.len() {
            1 => paragraph("Only one council is marked; mark another to compare.", width, 0, Role::Plain),
            _ => paragraph(&wording::compared(state.view(), &marked), width, 0, Role::Strong),
        };
        lines.push(Line::new());
        let table = Table::new(state, width, &marked, self.order, Options::default());
        let by_judgement = by_judgement(state, &marked, self.order, width);
        let is_by_judgement = by_judgement.is_some();
        lines.extend(by_judgement.unwrap_or_else(|| table.lines(&marked)));
        // The rows of the table can have the focus; columns cannot.
        for (number, id) in marked.iter().enumerate() {
            let lines_of_one = past(state, *id, number, width);
            lines.extend(
                lines_of_one.into_iter().map(|line| if is_by_judgement { line } else { without_figures(line) }),
            );
        }
        if !is_by_judgement {
            lines.push(Line::new());
            lines.extend(table.footer(&marked));
        }
        lines.into()
    }
}

/// Returns a column for each authority: its name, the month of its report, its grades in words with their arrows, those that
/// differ first; `None` if the width does not suffice. The order of the columns is named before the names.
fn by_judgement(state: &Model, marked: &[AuthorityId], order: Option<Sort>, width: usize) -> Option<Lines> {
    let view = state.view();
    let framework = view.framework()?;
    let longest_label = framework.categories.iter().map(|category| display_width(&category.short)).max()?;
    // The name of a column with the sign of the order, as well.
    let labels = longest_label.max("↑council".chars().count()) + GAP;
    let words = framework.scale.steps.iter().map(|step| display_width(step.short_word())).max()? + " ↑".chars().count();
    let each = width.saturating_sub(labels) / marked.len().max(1);
    let longest = marked.iter().filter_map(|id| Some(display_width(&state.listing.authority(*id)?.name))).max()?;
    let column = (longest + GAP).clamp(words + GAP, words.max(30) + GAP);
    if column > each {
        return None;
    }
    let row = |label: &str, cell: &dyn Fn(AuthorityId) -> (String, Role)| {
        let line = Line::new().with(label.to_owned(), Role::Plain).padded(labels);
        marked.iter().enumerate().fold(line, |line, (number, id)| {
            let (text, role) = cell(*id);
            line.with(truncate(&text, column - GAP).into_owned(), role).padded(labels + (number + 1) * column)
        })
    };
    let name = |id| (state.listing.authority(id).map(|one| one.name.to_string()).unwrap_or_default(), Role::Strong);
    let report = |id| {
        let assessment = state.listing.authority(id).and_then(|authority| view.assessment(authority));
        let date = assessment.and_then(|assessment| assessment.date).map(|date| date.month_and_whole_year());
        (date.unwrap_or_else(|| Absence::SIGN.to_owned()), Role::Faint)
    };
    let order = order.map(|order| format!("{}{}", order.sign(), order.column.header(view))).unwrap_or_default();
    let mut lines = vec![row(&order, &name), row("report", &report)];
    for position in compared(view, marked).order() {
        let Some(category) = framework.categories.get(position) else { continue };
        let grade = |id| {
            let judgement = state.listing.authority(id).and_then(|authority| view.judgement(position, authority));
            let step = judgement.and_then(|judgement| framework.scale.step(judgement.grade()?));
            let arrow = view.movement(position, id).map_or("", Movement::sign);
            let words = step.map_or(Absence::SIGN.to_owned(), |step| format!("{} {arrow}", step.short_word()));
            let role = judgement.map_or(Role::Faint, |judgement| outcome_role(&framework.scale, judgement.outcome));
            (words.trim_end().to_owned(), role)
        };
        lines.push(row(&category.short, &grade));
    }
    Some(lines)
}

/// Returns the name of an authority, which is choice `number`, then its inspections.
fn past(state: &Model, id: AuthorityId, number: usize, width: usize) -> Lines {
    let Some(authority) = state.listing.authority(id) else { return Lines::new() };
    let name = Line::new().with(format!("{}: history", authority.name), Role::Heading);
    let lines = history::every(authority, state.view().as_at(), width).into_iter().map(without_figures);
    [Line::new(), name.for_figure(Figure::Choice(number))].into_iter().chain(lines).collect()
}

/// Returns a line of which nothing can have the focus: its figures would be of the current council.
fn without_figures(mut line: Line) -> Line {
    line.spans.iter_mut().for_each(|span| span.figure = None);
    line
}
