//! The state of the browser, without what is on the screen.

use std::sync::Arc;

use ratatui::layout::Size;

use super::action::Action;
use super::input_line::InputLine;
use super::keys::{Context, Key, KeyTable};
use super::layers::OpenLayer;
use super::list::ListPane;
use super::page::Figure;
use crate::dataset::{Assessment, Authority, Claim, Dataset, Date, Framework};
use crate::layout::Pane;
use crate::load::Loaded;
use crate::query::{AuthorityId, Filter, Listing, ListingOptions, Sort, View};
use crate::statistics::{National, Summary, Tally, Year, national, summary, tallies, years};

/// Of more authorities the years are not counted while the list changes with every letter.
const MAX_FOR_YEARS: usize = 20_000;

/// Whether the mouse is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks select, the wheel scrolls.
    On,
    /// The terminal has the mouse to itself.
    Off,
}

/// How far a pane of text is scrolled, and which of its figures has the focus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextPane {
    /// The first line in view.
    pub scroll: usize,
    /// The figure with the focus.
    pub figure: Option<Figure>,
}

/// The search for an authority.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What is typed.
    pub input: InputLine,
    /// Whether it is being typed.
    pub is_typing: bool,
    /// The authority that was selected before.
    pub came_from: Option<AuthorityId>,
}

/// What is counted of the authorities listed.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Good or better by category, in the framework's order.
    pub categories: Vec<Tally>,
    /// The best grade in every category.
    pub all: Tally,
    /// All that is counted, if nobody published figures for the framework.
    pub summary: Option<Summary>,
    /// Good or better over the years, beside such a summary; `None` if too many are listed, and if the data hold only
    /// the latest inspection of each.
    pub years: Option<Vec<Year>>,
}

/// The state of the browser.
pub struct State {
    /// The data, with what was left out of them.
    pub loaded: Arc<Loaded>,
    /// Which authorities are listed.
    pub listing: Listing,
    /// The published figures.
    pub national: National,
    /// The figures counted among the authorities listed.
    pub counted: Counted,
    /// The keys.
    pub keys: KeyTable,
    /// The size of the window.
    pub size: Size,
    /// The pane with the focus.
    pub focus: Pane,
    /// Whether that pane fills the screen.
    pub is_zoomed: bool,
    /// Whether the mouse is used.
    pub mouse: Mouse,
    /// The authorities marked for a comparison, in the order of their marks.
    pub marks: Vec<AuthorityId>,
    /// Today, if it is known.
    pub today: Option<Date>,
    /// The files that were opened.
    pub files: Vec<String>,
    /// Whether the bundled dataset was opened.
    pub has_bundled: bool,
    /// The search.
    pub search: Search,
    /// The list pane.
    pub list: ListPane,
    /// The detail pane.
    pub detail: TextPane,
    /// The statistics pane.
    pub statistics: TextPane,
    /// What lies over the panes, the top one last.
    pub layers: Vec<OpenLayer>,
    /// The path that an export was last written to.
    pub export_path: String,
    /// What was just said, until the next action.
    pub notice: Option<String>,
    /// The authority that the state of the detail pane belongs to.
    pub detail_of: Option<AuthorityId>,
}

impl State {
    /// The state at the start, in a window of a size.
    pub fn new(loaded: Arc<Loaded>, size: Size) -> Self {
        let listing = Listing::new(Arc::clone(&loaded.dataset), ListingOptions::default());
        let mut state = Self {
            loaded,
            listing,
            national: National::default(),
            counted: Counted::default(),
            keys: KeyTable::default(),
            size,
            focus: Pane::List,
            is_zoomed: false,
            mouse: Mouse::On,
            marks: Vec::new(),
            today: None,
            files: Vec::new(),
            has_bundled: true,
            search: Search::default(),
            list: ListPane::default(),
            detail: TextPane::default(),
            statistics: TextPane::default(),
            layers: Vec::new(),
            export_path: "scrutineer.csv".to_owned(),
            notice: None,
            detail_of: None,
        };
        state.count_published();
        state.count_listed();
        state
    }

    /// The dataset.
    pub fn dataset(&self) -> &Dataset {
        self.listing.dataset()
    }

    /// The latest judgements of every authority.
    pub fn view(&self) -> &View {
        self.listing.view()
    }

    /// The framework shown.
    pub fn framework(&self) -> Option<&Framework> {
        self.view().framework().map(AsRef::as_ref)
    }

    /// A claim by its position in the dataset.
    pub fn claim(&self, position: usize) -> Option<&Claim> {
        self.dataset().claims.get(position)
    }

    /// The selected authority; `None` if none is listed.
    pub fn selected_id(&self) -> Option<AuthorityId> {
        self.listing.id(self.list.selected)
    }

    /// The selected authority; `None` if none is listed.
    pub fn selected(&self) -> Option<&Authority> {
        self.listing.authority(self.selected_id()?)
    }

    /// An assessment of the selected authority, by its position.
    pub fn assessment(&self, position: usize) -> Option<&Assessment> {
        self.selected()?.assessments.get(position)
    }

    /// The figure with the focus, in the pane that has it.
    pub fn figure(&self) -> Option<Figure> {
        match self.focus {
            Pane::List => None,
            Pane::Detail => self.detail.figure,
            Pane::Statistics => self.statistics.figure,
        }
    }

    /// A pane of text.
    pub fn text_pane(&mut self, pane: Pane) -> &mut TextPane {
        if pane == Pane::Statistics { &mut self.statistics } else { &mut self.detail }
    }

    /// What the keys mean at this moment.
    pub fn context(&self) -> Context {
        match (self.layers.last(), self.search.is_typing, self.focus) {
            (Some(top), ..) => top.layer.context(),
            (None, true, _) => Context::Search,
            (None, false, Pane::List) => Context::List,
            (None, false, Pane::Detail | Pane::Statistics) => Context::Text,
        }
    }

    /// The first key for an action, as it is written on the screen; empty if there is none.
    pub fn key(&self, action: Action) -> String {
        self.keys.keys_of(action).first().map(Key::to_string).unwrap_or_default()
    }

    /// Whether the list has a search line.
    pub fn is_search_shown(&self) -> bool {
        self.search.is_typing || !self.listing.query().is_empty()
    }

    /// Says something in the footer until the next action.
    pub fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(words.into());
    }

    /// Changes which authorities are listed, and keeps one of them selected if it still is; otherwise the first row.
    pub fn relist(&mut self, selected: Option<AuthorityId>, change: impl FnOnce(&mut Listing)) {
        change(&mut self.listing);
        self.list.selected = selected.and_then(|id| self.listing.position(id)).unwrap_or(0);
        self.list.offset = 0;
        self.count_listed();
    }

    /// Orders the list, and keeps the authority selected.
    pub fn sort_by(&mut self, sort: Sort) {
        self.relist(self.selected_id(), |listing| listing.set_sort(sort));
    }

    /// Changes the filter, and keeps the authority selected if it is still listed.
    pub fn set_filter(&mut self, filter: Filter) {
        self.relist(self.selected_id(), |listing| listing.set_filter(filter));
    }

    /// Shows another framework or date, and keeps the authority selected.
    pub fn look_at(&mut self, framework: Option<Arc<Framework>>, as_at: Option<Date>) {
        self.relist(self.selected_id(), |listing| listing.look_at(framework, as_at));
        self.count_published();
    }

    fn count_published(&mut self) {
        self.national = self.framework().map(|framework| national(self.dataset(), framework)).unwrap_or_default();
    }

    fn count_listed(&mut self) {
        let listing = &self.listing;
        let (categories, all) = tallies(listing.view(), listing.ids());
        let framework = listing.view().framework();
        let has_claims = framework.is_some_and(|f| listing.dataset().claims.iter().any(|c| c.framework.id == f.id));
        let summary = (!has_claims).then(|| summary(listing));
        let has_years = summary.is_some() && listing.len() <= MAX_FOR_YEARS && !listing.view().holds_only_latest();
        let years = has_years.then(|| years(listing));
        self.counted = Counted { categories, all, summary, years };
    }
}
