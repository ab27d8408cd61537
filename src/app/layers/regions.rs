//! The layer that compares the regions.

use std::borrow::Cow;

use super::shares::{columns, footer, lines, ordered, text};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, paragraph};
use crate::dataset::Framework;
use crate::layout::Pane;
use crate::query::{Column, Filter, Sort, View};
use crate::statistics::{Summary, Tally, national_summary};
use crate::tables;
use crate::wording;

/// How many are good or better in each region, whatever is searched for or filtered; `Enter` lists a region.
#[derive(Debug, Clone, Copy)]
pub struct Regions {
    order: Option<Sort>,
}

impl Content for Regions {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
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

    fn command(&self, _: &Model) -> Option<Command> {
        Some(Command::new(["stats", "--by", "region"], CommandScope::View))
    }

    fn sentence(&self, state: &Model) -> Option<String> {
        let framework = state.framework()?;
        let data = wording::data(state.dataset(), [framework]);
        let as_at = state.view().as_at().map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
        Some(format!("{} {}{as_at}. {data}.", answer(framework, &counts(state))?, framework.title))
    }

    fn text(&self, state: &Model) -> Option<String> {
        let (framework, counts) = (state.framework()?, counts(state));
        Some(text(tables::regions(framework, &counts), self.order))
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let Some(framework) = state.framework() else {
            return paragraph("This dataset has no framework, so nothing is graded in it.", width, 0, Role::Plain)
                .into();
        };
        let counts = counts(state);
        let table = tables::regions(framework, &counts);
        let mut page = Lines::new();
        if let Some(warning) = wording::named_only(framework, state.dataset()) {
            page.extend(paragraph(&warning, width, 0, Role::Plain));
        }
        page.extend(answer(framework, &counts).iter().flat_map(|words| paragraph(words, width, 0, Role::Strong)));
        page.extend(lines(&table, width, self.order, state.view()));
        page.push(Line::new());
        let what = match framework.is_named_only {
            true => "All that our sources name, whatever is searched for or filtered.",
            false => "All councils that existed on the day, whatever is searched for or filtered.",
        };
        page.extend(footer(state, &table, width, self.order, what));
        page.into()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        let (Action::Open, Some(Figure::Choice(number))) = (action, focus) else { return Handled::No };
        let Some(framework) = state.framework() else { return Handled::No };
        let counts = counts(state);
        let at = ordered(&tables::regions(framework, &counts), self.order).get(number).copied();
        match at.and_then(|at| counts.regions.get(at)?.name.clone()) {
            Some(region) => {
                state.drop_search();
                state.go_to_pane(Pane::List);
                state.set_filter(Filter { regions: vec![region.clone()], ..Filter::default() });
                state.say(format!("listed: {region}; {} clears that", state.key(Action::Back)));
                Handled::Close(None)
            }
            _ => {
                state.say("these councils have no region that could be listed");
                Handled::Yes(None)
            }
        }
    }
}

/// Names the regions with the largest and the smallest share in the first category: "Leaders, good or better: the largest share in
/// London, 29 of 32; the smallest in ...". `None` for fewer than two regions with grades.
fn answer(framework: &Framework, counts: &Summary) -> Option<String> {
    let category = framework.shown_order().first().copied()?;
    let named = counts.regions.iter().filter_map(|region| Some((region.name.as_ref()?, *region.good.get(category)?)));
    let mut known: Vec<(&String, Tally)> = named.filter(|(_, good)| good.known > 0).collect();
    known.sort_by(|(_, a), (_, b)| {
        (u64::from(b.matching) * u64::from(a.known)).cmp(&(u64::from(a.matching) * u64::from(b.known)))
    });
    let [(_, of_most), .., (_, of_fewest)] = known.as_slice() else { return None };
    let is_alike =
        |a: &Tally, b: &Tally| u64::from(a.matching) * u64::from(b.known) == u64::from(b.matching) * u64::from(a.known);
    if is_alike(of_most, of_fewest) {
        return None;
    }
    // Several can have the same share.
    let with = |share: &Tally| {
        let names = known.iter().filter(|(_, good)| is_alike(good, share)).map(|(name, _)| (*name).clone());
        wording::list(&names.collect::<Vec<_>>())
    };
    let (most, fewest) = (with(of_most), with(of_fewest));
    let share = |tally: &Tally| wording::share_under(Some(framework), tally.matching, tally.known);
    let (name, good) = (&framework.categories.get(category)?.short, framework.scale.good_words());
    Some(format!(
        "{name}, {good}: the largest share in {most}, {}; the smallest in {fewest}, {}.",
        share(of_most),
        share(of_fewest)
    ))
}

/// Returns the counts over all authorities, which are not at hand for a framework with published figures.
fn counts(state: &Model) -> Cow<'_, Summary> {
    let counted = state.national_counts.as_ref().map(Cow::Borrowed);
    counted.unwrap_or_else(|| Cow::Owned(national_summary(&state.listing)))
}
