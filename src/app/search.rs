//! The search in the list: starts, edits and ends it.

use tui_input::InputRequest;

use super::browser::Browser;
use super::model::{Model, Search};
use crate::layout::Pane;
use crate::query::Filter;
use crate::text::plural;

impl Model {
    /// Starts typing a search.
    pub fn open_search(&mut self) {
        if !self.is_search_shown() {
            self.search.came_from = self.selected_id();
            self.search.was_opened = self.is_opened;
        }
        self.search.is_typing = true;
        self.focus = Pane::List;
        (self.is_opened, self.is_zoomed) = (false, false);
    }

    /// Edits the search text.
    pub fn edit_search(&mut self, request: InputRequest) {
        if self.search.input.edit(request) {
            self.find();
        }
    }

    /// Lists what matches the search text, and selects the best match; for an empty text, selects what was selected
    /// before the search.
    pub fn find(&mut self) {
        let text = self.search.input.text().to_owned();
        let came_from = self.search.came_from;
        self.relist(None, |listing| listing.set_query(&text));
        self.note_search(!self.listing.query().is_empty());
        if let Some(name) = self.listing.region_meant().map(str::to_owned) {
            let filter = Filter { regions: vec![name.clone()], ..self.listing.filter().clone() };
            let count = self.listing.filtered(self.view().as_at(), filter).len();
            self.say(format!("{name}, {}: Enter lists them", plural(count, "council", "councils")));
        }
        if self.listing.query().is_empty() {
            self.list.selected = came_from.and_then(|id| self.listing.position(id)).unwrap_or(0);
        }
    }

    /// Ends the search. While it is typed, selects what was selected before it; one that was kept leaves the council selected.
    pub fn drop_search(&mut self) {
        let current = self.selected_id();
        let Search { came_from, is_typing, was_opened, .. } = std::mem::take(&mut self.search);
        let selected = if is_typing { came_from } else { current };
        self.note_search(false);
        self.relist(selected, |listing| listing.set_query(""));
        if is_typing && was_opened {
            self.open_page();
        }
    }
}

impl Browser {
    /// Pastes text into the top layer, or else into the search, which it starts if necessary.
    pub fn paste(&mut self, text: &str) {
        match self.layers.last_mut() {
            Some(top) => top.layer.paste(text, &self.model),
            None => {
                self.open_search();
                self.search.input.paste(text);
                self.find();
            }
        }
    }

    /// Stops typing, and keeps the search; if it lists nothing, opens what is offered.
    pub fn keep_search(&mut self) {
        self.search.is_typing = false;
        if let Some(id) = self.offered() {
            return self.go_to(id, self.view().as_at());
        }
        // Whoever moves the selection means that council, and not the region.
        let region = self.listing.region_meant().map(str::to_owned).filter(|_| self.list.selected == 0);
        if let Some(region) = region {
            self.drop_search();
            let filter = self.listing.filter().clone();
            self.set_filter(Filter { regions: vec![region], ..filter });
        } else if self.listing.query().is_empty() {
            self.drop_search();
        } else {
            // What is opened now comes from the list.
            self.behind.clear();
        }
    }
}
