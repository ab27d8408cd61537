//! The layer that compares the marked authorities.

use super::Content;
use super::table::Table;
use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::page::{Line, Page, Role, paragraph};
use crate::app::state::State;
use crate::query::AuthorityId;

/// The marked authorities side by side, in the order they were marked.
#[derive(Debug, Clone, Copy)]
pub struct Compare;

impl Content for Compare {
    fn open(_: &State) -> Option<Self> {
        Some(Self)
    }

    fn title(&self) -> &'static str {
        "Side by side"
    }

    fn context(&self) -> Context {
        Context::Table
    }

    fn authorities(&self, state: &State) -> Vec<AuthorityId> {
        state.marks.clone()
    }

    fn page(&self, state: &State, width: usize) -> Page {
        if state.marks.is_empty() {
            let words =
                format!("No authorities are marked. Press {} in the list to mark one.", state.key(Action::Mark));
            return paragraph(&words, width, 0, Role::Plain).into();
        }
        let table = Table { state, width };
        let mut lines = table.lines(&state.marks);
        lines.push(Line::new());
        lines.extend(table.footer());
        lines.into()
    }
}
