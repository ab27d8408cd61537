//! The layer that compares the regions.

use std::borrow::Cow;

use super::shares::{Share, Table, columns, ordered, text};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::page::{Figure, Line, Lines, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::Framework;
use crate::layout::Pane;
use crate::query::{Column, Filter, Sort, View};
use crate::statistics::{RegionCounts, Summary, national_summary};
use crate::wording;

/// How many are good or better in each region, whatever is searched for or filtered; `Enter` lists a region.
#[derive(Debug, Clone, Copy)]
pub struct Regions {
    order: Option<Sort>,
}

impl Content for Regions {
    fn open(_: &State) -> Option<Self> {
        Some(Self { order: None })
    }

    fn title(&self) -> &'static str {
        "By region"
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
        columns(Column::Region, view)
    }

    fn text(&self, state: &State) -> Option<String> {
        let (framework, counts) = (state.framework()?, counts(state));
        let rows = ordered(regions(framework, &counts), self.order);
        let rows: Vec<_> = std::iter::once((None, all(framework, &counts))).chain(rows).collect();
        Some(text(state, "region", &rows))
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let Some(framework) = state.framework() else {
            return paragraph("This dataset has no framework, so nothing is graded in it.", width, 0, Role::Plain)
                .into();
        };
        let counts = counts(state);
        let rows = ordered(regions(framework, &counts), self.order);
        let all = all(framework, &counts);
        let shown = || std::iter::once(&all).chain(rows.iter().map(|(_, row)| row));
        let table = Table::new(state, width, shown(), Column::Region, self.order);
        let mut lines = Lines::new();
        if let Some(warning) = wording::named_only(framework, state.dataset()) {
            lines.extend(paragraph(&warning, width, 0, Role::Plain));
        }
        lines.extend(table.lines(Some(&all), rows.iter().map(|(_, row)| row)));
        lines.push(Line::new());
        lines.extend(table.footer("All authorities that existed on the day, whatever is searched for or filtered."));
        lines.into()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut State) -> Handled {
        let (Action::Open, Some(Figure::Choice(number))) = (action, focus) else { return Handled::No };
        let Some(framework) = state.framework() else { return Handled::No };
        match ordered(regions(framework, &counts(state)), self.order).into_iter().nth(number) {
            Some((Some(region), _)) => {
                state.drop_search();
                state.go_to_pane(Pane::List);
                state.set_filter(Filter { regions: vec![region.clone()], ..Filter::default() });
                state.say(format!("listed: {region}; {} clears that", state.key(Action::Back)));
                Handled::Close(None)
            }
            _ => {
                state.say("these authorities have no region that could be listed");
                Handled::Yes(None)
            }
        }
    }
}

/// Returns the counts over all authorities, which are not at hand for a framework with published figures.
fn counts(state: &State) -> Cow<'_, Summary> {
    let held = state.national_counts.as_ref().map(Cow::Borrowed);
    held.unwrap_or_else(|| Cow::Owned(national_summary(&state.listing)))
}

/// Returns the row of all authorities together.
fn all(framework: &Framework, counts: &Summary) -> Share {
    let label = if framework.is_named_only { "all named" } else { "England" };
    let tallies = counts.categories.iter().map(|category| category.good).collect();
    let ended =
        (0..framework.categories.len()).map(|at| counts.regions.iter().filter_map(|one| one.ended.get(at)).sum());
    let whole = RegionCounts { ended: ended.collect(), ..RegionCounts::default() };
    Share { label: label.to_owned(), tallies, remark: wording::region_remark(&framework.categories, &whole) }
}

/// Returns a row for each region; `None` for the authorities whose region is not known.
fn regions(framework: &Framework, counts: &Summary) -> Vec<(Option<String>, Share)> {
    let row = |region: &RegionCounts| {
        let remark = wording::region_remark(&framework.categories, region);
        (region.name.clone(), Share { label: wording::region(region).to_owned(), tallies: region.good.clone(), remark })
    };
    counts.regions.iter().map(row).collect()
}
