//! The layer that compares the selected authority with its statistical neighbours and its region.

use super::Content;
use super::compare::Table;
use crate::app::page::{Line, Lines, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::{Authority, Neighbours as Model};

/// The selected authority, then its statistical neighbours, then its region.
#[derive(Debug, Clone, Copy)]
pub struct Neighbours;

impl Content for Neighbours {
    fn open(_: &State) -> Option<Self> {
        Some(Self)
    }

    fn title(&self) -> &'static str {
        "Statistical neighbours"
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let Some(authority) = state.selected() else {
            return paragraph("No authority is selected.", width, 0, Role::Plain).into();
        };
        let table = Table { state, width };
        let mut lines = vec![table.headers(), table.row(authority, Role::Strong), Line::new()];
        match &authority.neighbours {
            Some(neighbours) => lines.extend(rows(&table, neighbours)),
            None => {
                let words = "These data name no statistical neighbours; an ILACS overview (XLSX) does.";
                lines.extend(paragraph(words, width, 0, Role::Faint));
            }
        }
        lines.extend(table.region(authority));
        lines.push(Line::new());
        lines.extend(table.footer());
        lines.into()
    }
}

/// Returns a line that names the model behind the neighbours, and a row for each neighbour.
fn rows(table: &Table<'_>, neighbours: &Model) -> Lines {
    let source = &neighbours.source;
    let date = source.date.map(|date| format!(", {date}")).unwrap_or_default();
    let note = source.note.iter().map(|note| format!(" ({note})")).collect::<String>();
    let count = neighbours.la_codes.len();
    let model = format!("{count} authorities most like it: {}{date}{note}", source.title);
    let mut lines = paragraph(&model, table.width, 0, Role::Heading);
    for (position, la) in neighbours.la_codes.iter().enumerate() {
        let closeness = neighbours.closeness.get(position).map(|words| words.to_lowercase()).unwrap_or_default();
        lines.push(match with_la(table.state, la) {
            Some(neighbour) => table.row(neighbour, Role::Plain).with(format!(" {closeness}"), Role::Faint),
            None => Line::new().with(format!("number {la}: not in these data"), Role::Faint),
        });
    }
    lines
}

fn with_la<'s>(state: &'s State, la: &str) -> Option<&'s Authority> {
    state.dataset().authorities.iter().find(|authority| authority.codes.la.as_deref() == Some(la))
}
