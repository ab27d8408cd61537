//! The layer that compares the selected authority with its statistical neighbours and its region.

use super::table::{Options, Table, sorted};
use super::{Content, LayerKind};
use crate::app::action::Action;
use crate::app::focused::{Command, CommandScope, Focused};
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Line, Lines, Page, Role, fitted, outcome_role, paragraph};
use crate::dataset::{Absence, Authority, Neighbours as Neighbouring};
use crate::query::{AuthorityId, Sort};
use crate::statistics::{Tally, in_region, ranks, tallies};
use crate::text::display_width;
use crate::wording;

/// The selected authority, then its statistical neighbours, closest first or in another order, then its region.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// The council, with its name.
    council: Option<(AuthorityId, String)>,
    order: Option<Sort>,
}

impl Content for Neighbours {
    fn open(state: &Model, _: &Focused) -> Option<Self> {
        let council = state.selected_id().zip(state.selected()).map(|(id, authority)| (id, authority.name.to_string()));
        Some(Self { council, order: None })
    }

    fn heading(&self) -> String {
        match &self.council {
            Some((_, name)) => format!("Neighbours of {name}"),
            None => self.title().to_owned(),
        }
    }

    fn title(&self) -> &'static str {
        "Statistical neighbours"
    }

    fn context(&self) -> Context {
        Context::Table
    }

    fn command(&self, _: &Model) -> Option<Command> {
        let (_, name) = self.council.as_ref()?;
        Some(Command::new(["neighbours", name.as_str()], CommandScope::View))
    }

    /// Returns the selected authority, then those of its neighbours that are in the data.
    fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        let selected = self.council.as_ref().map(|(id, _)| *id);
        let codes = selected.and_then(|id| state.listing.authority(id)?.neighbours.as_ref());
        let neighbours =
            codes.into_iter().flat_map(|model| model.la_codes.iter()).filter_map(|la| state.listing.with_la_code(la));
        selected.into_iter().chain(sorted(state, neighbours.collect(), self.order)).collect()
    }

    fn order(&mut self) -> Option<&mut Option<Sort>> {
        Some(&mut self.order)
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let Some((id, authority)) =
            self.council.as_ref().and_then(|(id, _)| Some((*id, state.listing.authority(*id)?)))
        else {
            return paragraph("No council is selected.", width, 0, Role::Plain).into();
        };
        let all = self.authorities(state);
        let closeness = authority.neighbours.iter().flat_map(|model| model.closeness.iter());
        let notes = closeness.map(|words| display_width(words)).max().unwrap_or(0);
        let options = Options { notes, against: Some(id), ..Options::default() };
        let table = Table::new(state, width, &all, self.order, options);
        let in_region = in_region(state.dataset(), state.view(), authority.region.as_deref());
        let others = all.get(1..).unwrap_or_default();
        let mut lines = answer(state, id, others, &in_region, width);
        let key = state.key(Action::Show(LayerKind::Sources));
        let bold = format!("Bold: better than the first row; faint: worse. {key}: the model.");
        let bold = if others.is_empty() { Line::new() } else { fitted(&bold, width, Role::Faint) };
        lines.extend([bold, table.headers(), table.row(id, 0, Role::Strong, "")]);
        match &authority.neighbours {
            Some(neighbours) => lines.extend(rows(&table, neighbours, others)),
            None => {
                let words = "These data name no statistical neighbours; an ILACS overview (XLSX) does.";
                lines.extend(paragraph(words, width, 0, Role::Faint));
            }
        }
        lines.push(Line::new());
        lines.extend(rank(&table, id, authority, &in_region));
        lines.into()
    }
}

/// Returns the answer, a line for each judgement: the grade of the council, and how many of its neighbours and of its region are
/// good or better.
fn answer(state: &Model, id: AuthorityId, others: &[AuthorityId], region: &[AuthorityId], width: usize) -> Lines {
    let Some((view, framework)) = state.framework().map(|framework| (state.view(), framework)) else {
        return Lines::new();
    };
    let (among, _) = tallies(view, others.iter().copied());
    let (in_region, _) = tallies(view, region.iter().copied());
    let good = framework.scale.good_words();
    let name = framework.categories.iter().map(|category| display_width(&category.short)).max().unwrap_or(0) + 2;
    let grade = framework.scale.steps.iter().map(|step| display_width(step.short_word())).max().unwrap_or(0) + 2;
    let of = |tally: Option<&Tally>| match tally {
        Some(Tally { matching, known }) if *known > 0 => format!("{matching} of {known}"),
        _ => Absence::SIGN.to_owned(),
    };
    let heading = Line::new().padded(name + grade).with(good, Role::Faint);
    let mut lines = if name + grade + 16 <= width { vec![heading] } else { Lines::new() };
    for (position, category) in
        framework.shown_order().into_iter().filter_map(|at| Some((at, framework.categories.get(at)?)))
    {
        let judgement = state.listing.authority(id).and_then(|authority| view.judgement(position, authority));
        let own = judgement.and_then(|judgement| framework.scale.step(judgement.grade()?));
        let role = judgement.map_or(Role::Faint, |judgement| outcome_role(&framework.scale, judgement.outcome));
        let line = Line::new().with(category.short.to_string(), Role::Plain).padded(name);
        let line = line.with(own.map_or(Absence::SIGN, |step| step.short_word()).to_owned(), role).padded(name + grade);
        let neighbours = (!others.is_empty()).then(|| format!("{} neighbours", of(among.get(position))));
        let of_region = (!region.is_empty()).then(|| format!("{} of the region", of(in_region.get(position))));
        let counts: Vec<String> = neighbours.into_iter().chain(of_region).collect();
        // A number that is cut would be another number.
        let fits = |counts: &String| line.width() + display_width(counts) <= width;
        let first = counts.first().cloned().unwrap_or_default();
        let counts = Some(counts.join(", ")).filter(fits).or(Some(first).filter(fits)).unwrap_or_default();
        lines.push(line.with(counts, Role::Plain));
    }
    lines
}

/// Returns a row for each neighbour.
fn rows(table: &Table<'_>, neighbours: &Neighbouring, found: &[AuthorityId]) -> Lines {
    let state = table.state();
    let mut lines = Lines::new();
    for (number, id) in found.iter().enumerate() {
        let code = state.listing.authority(*id).and_then(|authority| authority.codes.la.as_deref());
        let position = neighbours.la_codes.iter().position(|la| Some(la.as_str()) == code);
        let closeness = position.and_then(|position| neighbours.closeness.get(position));
        let closeness = closeness.map(|words| words.to_lowercase()).unwrap_or_default();
        lines.push(table.row(*id, number + 1, Role::Plain, &closeness));
    }
    let missing = neighbours.la_codes.iter().filter(|la| state.listing.with_la_code(la).is_none());
    lines.extend(missing.map(|la| Line::new().with(format!("number {la}: not in these data"), Role::Faint)));
    lines
}

/// Returns the rank of an authority in its region, in each category; empty if it has none.
fn rank(table: &Table<'_>, id: AuthorityId, authority: &Authority, in_region: &[AuthorityId]) -> Lines {
    let view = table.state().view();
    let order = view.framework().map(|framework| framework.shown_order()).unwrap_or_default();
    let mut ranks = ranks(view, id, in_region);
    ranks.sort_by_key(|rank| order.iter().position(|category| *category == rank.category));
    let ranks: Vec<String> = ranks.iter().map(|rank| wording::rank(rank, view.categories())).collect();
    let region = authority.region.as_deref().filter(|_| !ranks.is_empty());
    let words = region.map(|region| format!("In {region}, best grade first: {}", ranks.join("; ")));
    words.map(|words| paragraph(&words, table.width(), 0, Role::Plain)).unwrap_or_default()
}
