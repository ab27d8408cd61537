//! The browser without a terminal: its state, and what an event does to it.
//!
//! [`App::handle`] is the only place where state changes. Drawing takes `&App`.

mod action;
mod compare;
mod copy;
mod counts;
mod detail;
mod export;
mod filters;
mod header;
mod help;
mod history;
mod keys;
mod list;
mod mouse;
mod page;
mod problems;
mod search;
mod sources;
mod statistics;
mod update;
mod words;

use std::sync::Arc;

use ratatui::layout::{Rect, Size};

pub use action::{Action, Effect, Motion};
pub use copy::Copied;
pub(crate) use counts::bar;
pub(crate) use export::INPUT_LINE;
pub use export::{Extension, Overwrite};
pub use header::Header;
pub use keys::{Context, Group, InvalidKey, Key, KeyTable, Refused, Row};
pub use list::{ColumnHeader, ListPane};
pub use page::{Figure, Line, Page, Role, Span, degree};
pub use search::Search;
pub use update::{Exported, Response};

use crate::dataset::{Authority, Date, Problem};
use crate::layout::{Areas, Pane, Shown, WindowClass, areas, content, window_class};
use crate::load::Loaded;
use crate::query::{Filter, Index, Sort, View, sort};
use crate::statistics::{National, Summary, Tally, Year, listed, national, summary, years};

/// The longest lines of a layer: longer ones are hard to read.
const READABLE: usize = 100;

/// Whether the mouse is listened to.
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
    /// The first line shown.
    pub scroll: usize,
    /// The figure with the focus.
    pub figure: Option<Figure>,
}

/// What is asked of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// All that is known of the selected authority.
    Authority,
    /// One figure.
    Figure(Figure),
}

/// What lies over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerKind {
    /// Keys, signs and words explained.
    Help,
    /// Where something comes from.
    Sources(Question),
    /// What was wrong with the files.
    Problems,
    /// What can be copied.
    CopyMenu,
    /// Where to write what is listed.
    Export,
    /// Whether a file may be written over.
    Overwrite,
    /// Which authorities are listed, under which framework.
    Filters,
    /// The selected authority beside its statistical neighbours.
    Neighbours,
    /// The marked authorities side by side.
    Compare,
}

/// A layer over the panes. The top one takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// What it shows.
    pub kind: LayerKind,
    /// The first line shown.
    pub scroll: usize,
    /// The choice with the focus, where there are any.
    pub figure: Option<Figure>,
}

/// Of more authorities the years are not counted while the list changes with every letter.
const MOST_FOR_YEARS: usize = 20_000;

/// What was counted of the authorities listed: good or better by category, and the best grade in all
/// of them.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// By category, in the framework's order.
    pub categories: Vec<Tally>,
    /// The best grade in every category.
    pub all: Tally,
    /// All that is counted, where nobody published figures for the framework.
    pub summary: Option<Summary>,
    /// Good or better over the years, beside such a summary; `None` where too many are listed, and where the data
    /// hold only the latest inspection of each.
    pub years: Option<Vec<Year>>,
}

/// The whole state of the browser.
pub struct App {
    pub(crate) loaded: Arc<Loaded>,
    pub(crate) index: Index,
    pub(crate) view: View,
    pub(crate) national: National,
    pub(crate) keys: KeyTable,
    pub(crate) size: Size,
    pub(crate) focus: Pane,
    pub(crate) is_zoomed: bool,
    pub(crate) mouse: Mouse,
    pub(crate) sort: Sort,
    pub(crate) filter: Filter,
    /// The authorities marked for a comparison, by their places in the dataset.
    pub(crate) marks: Vec<usize>,
    /// The day it is, where somebody said so.
    pub(crate) today: Option<Date>,
    /// The files that were opened, and whether the bundled dataset was.
    pub(crate) data: Vec<String>,
    pub(crate) has_bundled: bool,
    pub(crate) search: Search,
    pub(crate) list: ListPane,
    pub(crate) listed: Listed,
    pub(crate) detail: TextPane,
    pub(crate) statistics: TextPane,
    pub(crate) layers: Vec<Layer>,
    /// What is looked for in the help.
    pub(crate) help: help::Find,
    /// The path of an export, as it is typed.
    pub(crate) export: export::ExportPath,
    /// What was just said, until the next action.
    pub(crate) notice: Option<String>,
    /// The authority, by its rank by name, that the state of the detail pane belongs to.
    detail_of: Option<u32>,
}

impl App {
    /// The browser on a dataset, in a window of a size.
    pub fn new(loaded: Arc<Loaded>, size: Size) -> Self {
        let dataset = &loaded.dataset;
        let framework = dataset.leading_framework().cloned();
        let national = framework.as_ref().map(|f| national(dataset, f)).unwrap_or_default();
        let view = View::new(dataset, framework, None);
        let index = Index::new(dataset);
        let sort_by = Sort::default();
        let ranking = sort(&index, &view, sort_by);
        let mut app = Self {
            national,
            keys: KeyTable::default(),
            size,
            focus: Pane::List,
            is_zoomed: false,
            mouse: Mouse::On,
            sort: sort_by,
            filter: Filter::default(),
            marks: Vec::new(),
            today: None,
            data: Vec::new(),
            has_bundled: true,
            search: Search::default(),
            list: ListPane::new(ranking),
            listed: Listed::default(),
            detail: TextPane::default(),
            statistics: TextPane::default(),
            layers: Vec::new(),
            help: help::Find::default(),
            export: export::ExportPath::default(),
            notice: None,
            detail_of: None,
            loaded,
            index,
            view,
        };
        app.count_listed();
        app.settle();
        app
    }

    /// The browser with the mouse on or off.
    #[must_use]
    pub fn with_mouse(mut self, mouse: Mouse) -> Self {
        self.mouse = mouse;
        self
    }

    /// The browser with other keys.
    #[must_use]
    pub fn with_keys(mut self, keys: KeyTable) -> Self {
        self.keys = keys;
        self
    }

    /// The browser with its list in another order.
    #[must_use]
    pub fn with_sort(mut self, sort_by: Sort) -> Self {
        self.sort = sort_by;
        self.list.ranking = sort(&self.index, &self.view, sort_by);
        self.settle();
        self
    }

    /// The browser on a day, from which the days since an inspection are counted.
    #[must_use]
    pub fn with_today(mut self, today: Option<Date>) -> Self {
        self.today = today;
        self
    }

    /// The browser with the names of the files it shows, for the command line that shows the same.
    #[must_use]
    pub fn with_data(mut self, data: Vec<String>, has_bundled: bool) -> Self {
        (self.data, self.has_bundled) = (data, has_bundled);
        self
    }

    /// The first key that asks for an action, as it stands on the screen; empty where there is none.
    pub(crate) fn key(&self, action: Action) -> String {
        self.keys.keys_of(action).first().map(Key::to_string).unwrap_or_default()
    }

    /// The size of the window it is laid out for.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Whether the mouse is listened to.
    pub fn mouse(&self) -> Mouse {
        self.mouse
    }

    /// The authority that is selected; `None` where none is listed.
    pub fn selected(&self) -> Option<&Authority> {
        self.loaded.dataset.authorities.get(self.selected_position()?)
    }

    /// Its place in the dataset.
    pub(crate) fn selected_position(&self) -> Option<usize> {
        self.index.authority(self.list.selected_rank()?)
    }

    /// The pane with the focus.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// The figure with the focus, in the pane that has it.
    pub fn figure(&self) -> Option<Figure> {
        match self.focus {
            Pane::List => None,
            Pane::Detail => self.detail.figure,
            Pane::Statistics => self.statistics.figure,
        }
    }

    /// The names of the authorities listed, in the order of the list.
    pub fn listed_names(&mut self) -> Vec<&str> {
        self.list.ranking.prepare(usize::MAX);
        let rows = (0..self.list.ranking.len()).filter_map(|i| self.list.ranking.get(i));
        let places = rows.filter_map(|row| self.index.authority(row.rank()));
        places.filter_map(|place| self.loaded.dataset.authorities.get(place)).map(|a| a.name.as_str()).collect()
    }

    /// What the window has room for.
    pub(crate) fn window_class(&self) -> WindowClass {
        window_class(self.size)
    }

    /// Which panes are on the screen.
    pub(crate) fn shown(&self) -> Shown {
        if self.is_zoomed || self.window_class() != WindowClass::ThreePanes {
            Shown::Only(self.focus)
        } else {
            Shown::Every
        }
    }

    /// The areas of the screen.
    pub(crate) fn areas(&self) -> Areas {
        areas(self.size, self.shown(), list::wanted(&self.view))
    }

    /// The lines of a pane of text, laid out for its area.
    pub(crate) fn page(&self, pane: Pane, area: Rect) -> Page<'_> {
        let width = usize::from(content(area).width);
        match pane {
            Pane::List => Page::new(),
            Pane::Detail => detail::page(self, width),
            Pane::Statistics => statistics::page(self, width),
        }
    }

    /// The lines of a layer, laid out for its area.
    pub(crate) fn layer_page(&self, kind: LayerKind, area: Rect) -> Page<'_> {
        let width = usize::from(content(area).width).min(READABLE);
        match kind {
            LayerKind::Help => help::page(self, width),
            LayerKind::Sources(question) => sources::page(self, question, width),
            LayerKind::Problems => problems::page(self, width),
            LayerKind::CopyMenu => copy::page(self, width),
            LayerKind::Export => export::page(self, width),
            LayerKind::Overwrite => export::overwrite_page(self, width),
            LayerKind::Filters => filters::page(self, width),
            LayerKind::Neighbours => compare::neighbours_page(self, width),
            LayerKind::Compare => compare::marked_page(self, width),
        }
    }

    /// What the keys mean at this moment.
    pub(crate) fn context(&self) -> Context {
        match (self.layers.last(), self.search.is_typing, self.focus) {
            (Some(Layer { kind: LayerKind::CopyMenu, .. }), ..) => Context::Copy,
            (Some(Layer { kind: LayerKind::Export, .. }), ..) => Context::Export,
            (Some(Layer { kind: LayerKind::Overwrite, .. }), ..) => Context::Overwrite,
            (Some(Layer { kind: LayerKind::Help, .. }), ..) if self.help.is_typing => Context::Find,
            (Some(Layer { kind: LayerKind::Help, .. }), ..) => Context::Help,
            (Some(Layer { kind: LayerKind::Filters, .. }), ..) => Context::Filters,
            (Some(_), ..) => Context::Layer,
            (None, true, _) => Context::Search,
            (None, false, Pane::List) => Context::List,
            (None, false, Pane::Detail | Pane::Statistics) => Context::Text,
        }
    }

    /// The heads of the columns of the list, in a room.
    pub(crate) fn headers(&self, width: usize) -> Vec<ColumnHeader> {
        let sort = if self.search.query.is_some() && !self.search.is_sorted { None } else { Some(self.sort) };
        list::headers(&self.view, sort, width)
    }

    /// What was left out of the files, if anything was.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.loaded.problems
    }

    fn count_listed(&mut self) {
        let rows = self.list.ranking.keys();
        let (categories, all) = listed(rows, &self.index, &self.view);
        let dataset = &self.loaded.dataset;
        let has_claims = self.view.framework().is_some_and(|f| dataset.claims.iter().any(|c| c.framework.id == f.id));
        let summary = (!has_claims).then(|| summary(&self.index, &self.view, rows));
        let has_years = summary.is_some() && rows.len() <= MOST_FOR_YEARS && !self.view.holds_only_latest();
        let years = has_years.then(|| years(dataset, &self.index, &self.view, rows));
        self.listed = Listed { categories, all, summary, years };
    }
}
