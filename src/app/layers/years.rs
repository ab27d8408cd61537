//! The layer of the years of a framework.

use super::shares::{Share, Table, columns, ordered, text};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::{AsAt, Date};
use crate::query::{Column, Sort, View};
use crate::statistics::{Tally, Year};
use crate::wording;

/// How many were good or better at the end of each year, newest first; `Enter` shows everything as at that day.
#[derive(Debug, Clone, Copy)]
pub struct Years {
    order: Option<Sort>,
}

impl Content for Years {
    fn open(_: &State) -> Option<Self> {
        Some(Self { order: None })
    }

    fn title(&self) -> &'static str {
        "By year"
    }

    fn context(&self) -> Context {
        Context::Shares
    }

    fn is_wide(&self) -> bool {
        true
    }

    fn order(&mut self) -> Option<&mut Option<Sort>> {
        Some(&mut self.order)
    }

    fn columns(&self, view: &View) -> Vec<Column> {
        columns(Column::Date, view)
    }

    fn text(&self, state: &State) -> Option<String> {
        let rows = ordered(rows(state), self.order);
        (!rows.is_empty()).then(|| text(state, "year", &rows))
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let rows = ordered(rows(state), self.order);
        if rows.is_empty() {
            let words = match &state.counted.years {
                _ if state.view().holds_only_latest() => wording::only_latest("earlier years"),
                None if state.national_counts.is_none() => {
                    "This assessment was made once; its published figures are in the national picture.".to_owned()
                }
                None => "Too many authorities are listed to count them for every year.".to_owned(),
                Some(_) => "Nobody has a grade with a date under this framework.".to_owned(),
            };
            return paragraph(&words, width, 0, Role::Plain).into();
        }
        let shown = || rows.iter().map(|(_, row)| row);
        let table = Table::new(state, width, shown(), Column::Date, self.order);
        let mut lines = table.lines(None, shown());
        lines.push(Line::new());
        let scope = match state.is_narrowed() {
            true => "Only the listed authorities, each with its latest inspection by the end of the year.",
            false => "Each authority counts with its latest inspection by the end of the year.",
        };
        let remarks = remarks(state);
        lines.extend(table.footer(&std::iter::once(scope.to_owned()).chain(remarks).collect::<Vec<_>>().join(" ")));
        lines.into()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut State) -> Handled {
        let (Action::Open, Some(Figure::Choice(number))) = (action, focus) else { return Handled::No };
        let Some((day, _)) = ordered(rows(state), self.order).into_iter().nth(number) else { return Handled::No };
        let framework = state.view().framework().cloned();
        let as_at = state.view().as_at().map_or(AsAt::from(day), |as_at| AsAt { day, ..as_at });
        state.look_at(framework, Some(as_at).filter(|as_at| Some(as_at.day) < state.view().newest()));
        Handled::Close(None)
    }
}

/// Returns the last day of each year of the shown framework with its row, newest first; empty if there are none.
fn rows(state: &State) -> Vec<(Date, Share)> {
    let (Some(framework), Some(years)) = (state.framework(), &state.counted.years) else { return Vec::new() };
    let of_framework = || years.iter().filter(|year| year.framework.id == framework.id);
    let mut numbers: Vec<i16> = of_framework().map(|year| year.year).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    let row = |number: i16| {
        let of = |category| of_framework().find(|year| year.year == number && year.category == category);
        let until = of_framework().find(|year| year.year == number)?.until;
        let categories = 0..framework.categories.len();
        let tallies = categories.map(|category| of(category).map_or_else(Tally::default, |year| year.good)).collect();
        let label = until.map_or(number.to_string(), |day| format!("to {day}"));
        Some((until.or_else(|| Date::of_day(number, 12, 31))?, Share { label, tallies }))
    };
    numbers.into_iter().filter_map(row).collect()
}

/// Returns what a reader must know of some years: "2018: most not inspected yet."
fn remarks(state: &State) -> Vec<String> {
    let shown = |year: &&Year| year.is_leading && state.framework().is_some_and(|f| f.id == year.framework.id);
    let years = state.counted.years.iter().flatten().filter(shown);
    let remarks = years.filter_map(|year| Some(format!("{}: {}.", year.year, wording::year_remark(year)?)));
    let has_series = state.framework().is_some_and(|framework| framework.is_in_series());
    let series =
        "Ofsted counts overall effectiveness under SIF and ILACS together: that series is in the national picture.";
    remarks.chain(has_series.then(|| series.to_owned())).collect()
}
