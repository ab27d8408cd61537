//! The layer that compares the selected authority with its statistical neighbours and its region.

use super::Content;
use super::table::{Table, sorted};
use crate::app::keys::Context;
use crate::app::page::{Line, Lines, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::{Authority, Neighbours as Model};
use crate::query::{AuthorityId, Sort};
use crate::statistics::{in_region, ranks};
use crate::text::{capitalized, display_width, plural};
use crate::wording;

/// The selected authority, then its statistical neighbours, closest first or in another order, then its region.
#[derive(Debug, Clone, Copy)]
pub struct Neighbours {
    order: Option<Sort>,
}

impl Content for Neighbours {
    fn open(_: &State) -> Option<Self> {
        Some(Self { order: None })
    }

    fn title(&self) -> &'static str {
        "Statistical neighbours"
    }

    fn context(&self) -> Context {
        Context::Table
    }

    /// Returns the selected authority, then those of its neighbours that are in the data.
    fn authorities(&self, state: &State) -> Vec<AuthorityId> {
        let selected = state.selected_id();
        let codes = state.selected().and_then(|authority| authority.neighbours.as_ref());
        let neighbours =
            codes.into_iter().flat_map(|model| model.la_codes.iter()).filter_map(|la| state.listing.with_la_code(la));
        selected.into_iter().chain(sorted(state, neighbours.collect(), self.order)).collect()
    }

    fn order(&mut self) -> Option<&mut Option<Sort>> {
        Some(&mut self.order)
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let (Some(id), Some(authority)) = (state.selected_id(), state.selected()) else {
            return paragraph("No authority is selected.", width, 0, Role::Plain).into();
        };
        let all = self.authorities(state);
        let closeness = authority.neighbours.iter().flat_map(|model| model.closeness.iter());
        let notes = closeness.map(|words| display_width(words)).max().unwrap_or(0);
        let table = Table::new(state, width, &all, self.order, notes);
        let in_region = in_region(state.dataset(), state.view(), authority.region.as_deref());
        let mut lines = vec![table.headers(), table.row(id, 0, Role::Strong, "")];
        lines.extend(rank(&table, id, authority, &in_region));
        lines.push(Line::new());
        match &authority.neighbours {
            Some(neighbours) => lines.extend(rows(&table, neighbours, all.get(1..).unwrap_or_default())),
            None => {
                let words = "These data name no statistical neighbours; an ILACS overview (XLSX) does.";
                lines.extend(paragraph(words, width, 0, Role::Faint));
            }
        }
        if let Some(region) = &authority.region {
            lines.extend(
                table.good_among(format!("{region}: {}, of those known", state.view().good_words()), &in_region),
            );
        }
        lines.push(Line::new());
        lines.extend(table.footer(&all));
        lines.into()
    }
}

/// Returns a line that names the model behind the neighbours, a row for each neighbour, and how many of them are good
/// or better.
fn rows(table: &Table<'_>, neighbours: &Model, found: &[AuthorityId]) -> Lines {
    let state = table.state();
    let count = neighbours.la_codes.len();
    let model = format!("{count} authorities most like it: {}", wording::neighbour_model(neighbours));
    let mut lines = paragraph(&model, table.width(), 0, Role::Heading);
    for (number, id) in found.iter().enumerate() {
        let code = state.listing.authority(*id).and_then(|authority| authority.codes.la.as_deref());
        let position = neighbours.la_codes.iter().position(|la| Some(la.as_str()) == code);
        let closeness = position.and_then(|position| neighbours.closeness.get(position));
        let closeness = closeness.map(|words| words.to_lowercase()).unwrap_or_default();
        lines.push(table.row(*id, number + 1, Role::Plain, &closeness));
    }
    let missing = neighbours.la_codes.iter().filter(|la| state.listing.with_la_code(la).is_none());
    lines.extend(missing.map(|la| Line::new().with(format!("number {la}: not in these data"), Role::Faint)));
    let known = plural(found.len(), "neighbour", "neighbours");
    lines.extend(
        table.good_among(
            format!("{} among the {known}, of those known", capitalized(&state.view().good_words())),
            found,
        ),
    );
    lines
}

/// Returns the rank of an authority in its region, in each category; empty if it has none.
fn rank(table: &Table<'_>, id: AuthorityId, authority: &Authority, in_region: &[AuthorityId]) -> Lines {
    let view = table.state().view();
    let ranks: Vec<String> =
        ranks(view, id, in_region).iter().map(|rank| wording::rank(rank, view.categories())).collect();
    let region = authority.region.as_deref().filter(|_| !ranks.is_empty());
    let words = region.map(|region| format!("In {region}, best grade first: {}", ranks.join("; ")));
    words.map(|words| paragraph(&words, table.width(), 0, Role::Plain)).unwrap_or_default()
}
