//! The search: what is typed, what it finds, and what is said where it finds nothing.

use tui_input::{Input, InputRequest};

use super::App;
use crate::dataset::{Dataset, Target, Value};
use crate::query::{Query, Ranking, reorder, search};
use crate::text::clean;

/// The longest query taken, in characters.
const LONGEST: usize = 200;

/// The state of the search.
#[derive(Default)]
pub struct Search {
    pub(crate) input: Input,
    pub(crate) is_typing: bool,
    pub(crate) query: Option<Query>,
    /// Whether `s` was pressed since the query stands, so that a column orders what was found.
    pub(crate) is_sorted: bool,
    /// The authority one came from, by its rank by name.
    came_from: Option<u32>,
}

impl Search {
    /// Whether the list has a search line.
    pub fn is_shown(&self) -> bool {
        self.is_typing || self.query.is_some()
    }
}

impl App {
    pub(super) fn open_search(&mut self) {
        if !self.search.is_shown() {
            self.search.came_from = self.list.selected_rank();
        }
        self.search.is_typing = true;
        self.focus = crate::layout::Pane::List;
    }

    pub(super) fn edit_search(&mut self, request: InputRequest) {
        let before = self.search.input.value().to_owned();
        if matches!(request, InputRequest::InsertChar(_)) && before.chars().count() >= LONGEST {
            return;
        }
        self.search.input.handle(request);
        if self.search.input.value() != before {
            self.find();
        }
    }

    /// Pasted text goes into the search line and nowhere else.
    pub(super) fn paste(&mut self, text: &str) {
        if self.search.is_typing || self.layers.is_empty() {
            self.open_search();
            let left = LONGEST.saturating_sub(self.search.input.value().chars().count());
            for c in clean(text.trim()).chars().take(left) {
                self.search.input.handle(InputRequest::InsertChar(c));
            }
            self.find();
        }
    }

    /// Looks for what stands in the line, and selects the best match.
    fn find(&mut self) {
        self.search.query = Query::new(self.search.input.value());
        self.search.is_sorted = false;
        match self.search.query.is_some() {
            true => self.relist(None),
            false => self.relist(self.search.came_from),
        }
        self.count_listed();
    }

    pub(super) fn keep_search(&mut self) {
        self.search.is_typing = false;
        if self.search.query.is_none() {
            self.drop_search();
        }
    }

    pub(super) fn drop_search(&mut self) {
        let came_from = self.search.came_from;
        self.search = Search::default();
        self.relist(came_from);
        self.count_listed();
    }

    /// Makes the list anew for query and order, and selects an authority, or the first row.
    pub(super) fn relist(&mut self, selected: Option<u32>) {
        let rows = match &self.search.query {
            Some(query) => {
                let found = search(&self.index, query);
                let ranks = found.iter().map(|row| row.rank());
                if self.search.is_sorted { reorder(&self.index, &self.view, self.sort, ranks) } else { found }
            }
            None => reorder(&self.index, &self.view, self.sort, self.index.ranks()),
        };
        let rows = self.filter.apply(&self.loaded.dataset, &self.index, &self.view, rows);
        self.list.ranking = Ranking::new(rows);
        let position = selected.and_then(|rank| self.list.ranking.position(rank));
        self.list.selected = position.unwrap_or(0);
        self.list.offset = 0;
        self.settle();
    }
}

/// What is known about why a name is not found.
pub fn not_found(dataset: &Dataset) -> String {
    let named = dataset.authorities.len();
    let assessed = dataset.claims.iter().find(|c| c.target == Target::Assessed);
    let Some((Value::Count(count), of)) = assessed.map(|c| (c.value, c.of)) else {
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
