//! The search in the list: starts, edits and ends it, and explains why nothing was found.

use tui_input::InputRequest;

use super::state::{Search, State};
use crate::dataset::{Dataset, Target, Value};
use crate::layout::Pane;

impl State {
    /// Starts typing a search.
    pub fn open_search(&mut self) {
        if !self.is_search_shown() {
            self.search.came_from = self.selected_id();
        }
        self.search.is_typing = true;
        self.focus = Pane::List;
    }

    /// Edits the search text.
    pub fn edit_search(&mut self, request: InputRequest) {
        if self.search.input.edit(request) {
            self.find();
        }
    }

    /// Pastes text into the top layer, or else into the search, which it starts if necessary.
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

    /// Lists what matches the search text, and selects the best match; for an empty text, selects what was selected
    /// before the search.
    fn find(&mut self) {
        let text = self.search.input.text().to_owned();
        let came_from = self.search.came_from;
        self.relist(None, |listing| listing.set_query(&text));
        if self.listing.query().is_empty() {
            self.list.selected = came_from.and_then(|id| self.listing.position(id)).unwrap_or(0);
        }
    }

    /// Stops typing, and keeps the search.
    pub fn keep_search(&mut self) {
        self.search.is_typing = false;
        if self.listing.query().is_empty() {
            self.drop_search();
        }
    }

    /// Ends the search, and selects what was selected before it.
    pub fn drop_search(&mut self) {
        let Search { came_from, .. } = std::mem::take(&mut self.search);
        self.relist(came_from, |listing| listing.set_query(""));
    }
}

/// Explains why no authority matches, as far as the data tell.
pub fn not_found(dataset: &Dataset) -> String {
    let all = dataset.authorities.len();
    let assessed = dataset.claims.iter().find(|claim| claim.target == Target::Assessed);
    let Some((Value::Count(count), of)) = assessed.map(|claim| (claim.value, claim.of)) else {
        return format!("Not among the {all} authorities of this dataset.");
    };
    let is_assessed = |authority: &&crate::dataset::Authority| {
        assessed.is_some_and(|claim| authority.assessments.iter().any(|a| a.framework.is(&claim.framework)))
    };
    let named = dataset.authorities.iter().filter(is_assessed).count();
    if named < all {
        return format!("Not among the {all} authorities of this dataset, those of today and those that ended.");
    }
    let more = usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(named);
    let mut words =
        format!("Not among the {named} authorities whose grades our sources name; {more} more were assessed");
    if let Some(of) = of {
        words.push_str(&format!(", {} were not", of.saturating_sub(count)));
    }
    words + "."
}
