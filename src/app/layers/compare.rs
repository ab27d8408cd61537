//! The layer that compares the marked authorities.

use super::table::{Table, sorted};
use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::focused::Focused;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::query::{AuthorityId, Sort};

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

    fn page(&self, state: &Model, width: usize) -> Page {
        if state.marks.is_empty() {
            let words = format!("No councils are marked. Press {} in the list to mark one.", state.key(Action::Mark));
            return paragraph(&words, width, 0, Role::Plain).into();
        }
        let marked = self.authorities(state);
        let table = Table::new(state, width, &marked, self.order, 0);
        let mut lines = table.lines(&marked);
        lines.push(Line::new());
        lines.extend(table.footer(&marked));
        lines.into()
    }
}
