//! The layer of the years of a framework.

use super::shares::{columns, footer, lines, ordered, text};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, paragraph};
use crate::dataset::{AsAt, Date};
use crate::query::{Column, Sort, View};
use crate::statistics::Year;
use crate::tables::{self, Table};
use crate::wording;

/// How many were good or better at the end of each year, newest first; `Enter` shows everything as at that day.
#[derive(Debug, Clone, Copy)]
pub struct Years {
    order: Option<Sort>,
}

impl Content for Years {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
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

    fn command(&self, _: &Model) -> Option<Command> {
        Some(Command::new(["stats", "--by", "year"], CommandScope::Filtered))
    }

    fn sentence(&self, state: &Model) -> Option<String> {
        let data = wording::data(state.dataset(), state.framework());
        let framework = state.framework()?;
        Some(format!("{} {}, {}. {data}.", answer(state)?, scope(state), framework.title))
    }

    fn text(&self, state: &Model) -> Option<String> {
        let (_, table) = table(state)?;
        Some(text(table, self.order))
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let Some((_, table)) = table(state) else {
            let words = match &state.counted.years {
                _ if state.view().holds_only_latest() => wording::only_latest("earlier years"),
                None if state.national_counts.is_none() => {
                    "This assessment was made once; its published figures are in the national picture.".to_owned()
                }
                None => "Too many councils are listed to count them for every year.".to_owned(),
                Some(_) => "There is no year to count: no dated grade, or not by the end of a year.".to_owned(),
            };
            return paragraph(&words, width, 0, Role::Plain).into();
        };
        let mut lines: Lines =
            answer(state).iter().flat_map(|words| paragraph(words, width, 0, Role::Strong)).collect();
        lines.extend(self::lines(&table, width, self.order, state.view()));
        lines.push(Line::new());
        let series = state.framework().filter(|framework| framework.is_in_series()).map_or("", |_| SERIES);
        let what = format!("{}, each with the latest by then. {series}", scope(state));
        lines.extend(footer(state, &table, width, self.order, &what));
        lines.into()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        let (Action::Open, Some(Figure::Choice(number))) = (action, focus) else { return Handled::No };
        let Some((days, table)) = table(state) else { return Handled::No };
        let at = ordered(&table, self.order).get(number).copied();
        let Some(day) = at.and_then(|at| days.get(at)).copied() else { return Handled::No };
        drop(table);
        let framework = state.view().framework().cloned();
        let as_at = state.view().as_at().map_or(AsAt::from(day), |as_at| AsAt { day, ..as_at });
        state.look_at(framework, Some(as_at).filter(|as_at| Some(as_at.day) < state.view().newest()));
        Handled::Close(None)
    }
}

/// Says over which councils the years are counted.
fn scope(state: &Model) -> String {
    match wording::filter(state.listing.filter(), state.view()) {
        _ if state.framework().is_some_and(|framework| framework.is_named_only) => {
            "Those that our sources name".to_owned()
        }
        _ if !state.is_narrowed() => "All councils that existed at the end of the year".to_owned(),
        filter if filter.is_empty() => format!("Only the {} councils found", state.listing.len()),
        filter => format!("Only those listed ({})", filter.join(" · ")),
    }
}

/// How many years the answer looks back.
const BACK: i16 = 5;

/// Says what the share in the first category is now, and what it was some years before: "Leaders, good or better: 118 of 153 (77%)
/// by 20 August 2026, 63 of 109 (58%) at the end of 2021". `None` without a newest year.
fn answer(state: &Model) -> Option<String> {
    let (framework, years) = (state.framework()?, state.counted.years.as_ref()?);
    let category = framework.shown_order().first().copied()?;
    let of_category = || years.iter().filter(|year| year.category == category && year.framework.is(framework));
    let newest = of_category().max_by_key(|year| year.year)?;
    let share = |year: &Year| wording::share_under(Some(framework), year.good.matching, year.good.known);
    let before = of_category().find(|year| year.year == newest.year - BACK);
    let before = before.map(|year| format!(", {} at the end of {}", share(year), year.year)).unwrap_or_default();
    let day = newest.until.map_or_else(|| format!("the end of {}", newest.year), |day| day.to_string());
    let (name, good) = (&framework.categories.get(category)?.short, framework.scale.good_words());
    Some(format!("{name}, {good}: {} by {day}{before}.", share(newest)))
}

/// Returns the last day of each year of the shown framework, newest first, with the table; `None` if there are none.
fn table(state: &Model) -> Option<(Vec<Date>, Table<'_>)> {
    let (framework, years) = (state.framework()?, state.counted.years.as_ref()?);
    Some(tables::by_year(framework, years)).filter(|(days, _)| !days.is_empty())
}

/// What is said below the years of a framework that is part of the series.
const SERIES: &str =
    "Ofsted counts overall effectiveness of 2013–18 and since 2018 together: that series is on the pane of England.";
