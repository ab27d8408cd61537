//! The search: opening, typing and leaving it, and what is said if it finds nothing.

use tui_input::InputRequest;

use super::state::{Search, State};
use crate::dataset::{Dataset, Target, Value};
use crate::layout::Pane;

impl State {
    /// Begins to type a search.
    pub fn open_search(&mut self) {
        if !self.is_search_shown() {
            self.search.came_from = self.selected_id();
        }
        self.search.is_typing = true;
        self.focus = Pane::List;
    }

    /// Changes the search line.
    pub fn edit_search(&mut self, request: InputRequest) {
        if self.search.input.edit(request) {
            self.find();
        }
    }

    /// Pasted text goes into the line that is typed, or begins a search.
    pub fn paste(&mut self, text: &str) {
        match self.layers.last_mut() {
            Some(top) => top.layer.paste(text),
            None => {
                self.open_search();
                self.search.input.paste(text);
                self.find();
            }
        }
    }

    /// Searches for what is in the line, and selects the best match; without a query, what was selected before.
    fn find(&mut self) {
        let text = self.search.input.text().to_owned();
        let came_from = self.search.came_from;
        self.relist(None, |listing| listing.set_query(&text));
        if self.listing.query().is_empty() {
            self.list.selected = came_from.and_then(|id| self.listing.position(id)).unwrap_or(0);
        }
    }

    /// Ends typing, and keeps what was found.
    pub fn keep_search(&mut self) {
        self.search.is_typing = false;
        if self.listing.query().is_empty() {
            self.drop_search();
        }
    }

    /// Ends the search, and goes back to what was selected before.
    pub fn drop_search(&mut self) {
        let Search { came_from, .. } = std::mem::take(&mut self.search);
        self.relist(came_from, |listing| listing.set_query(""));
    }
}

/// What is known about why a name is not found.
pub fn not_found(dataset: &Dataset) -> String {
    let named = dataset.authorities.len();
    let assessed = dataset.claims.iter().find(|claim| claim.target == Target::Assessed);
    let Some((Value::Count(count), of)) = assessed.map(|claim| (claim.value, claim.of)) else {
        return format!("Not among the {named} authorities of this dataset.");
    };
    let more = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(named);
    let mut words =
        format!("Not among the {named} authorities whose grades our sources name; {more} more were assessed");
    if let Some(of) = of {
        words.push_str(&format!(", {} were not", of.saturating_sub(count)));
    }
    words + "."
}
