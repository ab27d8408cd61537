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
        let scope = match wording::filter(state.listing.filter(), state.view()) {
            _ if !state.is_narrowed() => "All authorities that existed at the end of the year".to_owned(),
            filter if filter.is_empty() => format!("Only the {} authorities found", state.listing.len()),
            filter => format!("Only those listed ({})", filter.join(" · ")),
        };
        let series = state.framework().filter(|framework| framework.is_in_series()).map_or("", |_| SERIES);
        lines.extend(table.footer(&format!("{scope}, each with its latest inspection by then. {series}")));
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
        let remark = remark(of_framework().filter(|year| year.year == number));
        Some((until.or_else(|| Date::of_day(number, 12, 31))?, Share { label, tallies, remark }))
    };
    numbers.into_iter().filter_map(row).collect()
}

/// Returns what a reader must know of the categories in a year: "Leavers: few graded in it yet: 54 of 153". What is so of
/// all is said once.
fn remark<'y>(categories: impl Iterator<Item = &'y Year>) -> Option<String> {
    let remarks: Vec<(&str, String)> = categories
        .filter_map(|year| {
            let category = year.framework.categories.get(year.category)?;
            Some((category.short.as_str(), wording::year_remark(year)?))
        })
        .collect();
    let (_, first) = remarks.first()?;
    if remarks.iter().all(|(_, remark)| remark == first) && remarks.len() > 1 {
        return Some(first.clone());
    }
    Some(remarks.iter().map(|(category, remark)| format!("{category}: {remark}")).collect::<Vec<_>>().join("; "))
}

/// What is said below the years of a framework that is part of the series.
const SERIES: &str =
    "Ofsted counts overall effectiveness under SIF and ILACS together: that series is in the national picture.";
