//! What is on the screen: one value that is made after every event, and that drawing, the mouse and paging all read.
//! Drawing needs nothing else of the browser.

use std::ops::Range;

use ratatui::layout::{Position, Rect, Size};

pub use super::page::{Figure, Line, Page, Role, Span, Topics, bar, degree};
use crate::layout::{Areas, ListAreas, Pane, WindowClass};
use crate::query::{Column, Direction};

/// What is on the screen.
#[derive(Debug, Clone, Default)]
pub struct ScreenModel {
    /// The size of the window.
    pub size: Size,
    /// What the window can show.
    pub class: WindowClass,
    /// Where the panes are.
    pub areas: Areas,
    /// The line at the top.
    pub header: Header,
    /// The list; `None` if it is not shown.
    pub list: Option<ListModel>,
    /// One authority; `None` if it is not shown.
    pub detail: Option<PaneModel>,
    /// The statistics; `None` if they are not shown.
    pub statistics: Option<PaneModel>,
    /// What lies over the panes.
    pub layer: Option<PaneModel>,
    /// The line at the bottom.
    pub footer: Footer,
    /// Where the terminal's cursor belongs.
    pub cursor: Option<Position>,
}

impl ScreenModel {
    /// A pane of text; `None` if it is not shown, and for the list.
    pub fn pane(&self, pane: Pane) -> Option<&PaneModel> {
        match pane {
            Pane::List => None,
            Pane::Detail => self.detail.as_ref(),
            Pane::Statistics => self.statistics.as_ref(),
        }
    }

    /// How many rows of the list are in view; 0 if it is not shown.
    pub fn list_rows(&self) -> usize {
        self.list.as_ref().map_or(0, |list| usize::from(list.areas.rows.height))
    }
}

/// The line at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// What is open and what of it is shown.
    Title(Title),
    /// The names of the panes, where one is shown at a time: the one that is.
    Tabs(Pane),
}

impl Default for Header {
    fn default() -> Self {
        Self::Tabs(Pane::List)
    }
}

/// What is open and what of it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// The title of the dataset, then who made it and when, the most needed first.
    pub titles: Vec<String>,
    /// What of it is shown: framework, date and filters. Without these the figures would mislead.
    pub scope: Vec<String>,
    /// How much of the country it holds.
    pub extent: String,
    /// What was left out or repaired, if anything was.
    pub problems: Option<String>,
}

/// The line at the bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Footer {
    /// What was just said.
    Notice(String),
    /// The keys that work, each with its word, the most needed first; the last two are the ways to help and out.
    Keys(Vec<(String, &'static str)>),
}

impl Default for Footer {
    fn default() -> Self {
        Self::Keys(Vec::new())
    }
}

/// A border with its titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Border {
    /// At the left of the top.
    pub title: String,
    /// At the right of the top, if there is space.
    pub note: String,
    /// Whether what it is around has the focus.
    pub is_focused: bool,
}

/// A pane or layer of text.
#[derive(Debug, Clone, Default)]
pub struct PaneModel {
    /// Where it is, border included.
    pub area: Rect,
    /// Its border.
    pub border: Border,
    /// Its text.
    pub page: Page,
    /// The first line in view.
    pub scroll: usize,
    /// The figure that is drawn as having the focus.
    pub focus: Option<Figure>,
}

/// The list of authorities.
#[derive(Debug, Clone, Default)]
pub struct ListModel {
    /// Where it is, border included.
    pub area: Rect,
    /// Where its parts are.
    pub areas: ListAreas,
    /// Its border.
    pub border: Border,
    /// The search line, from the first character in view, if there is one.
    pub prompt: Option<String>,
    /// The columns, the name first.
    pub columns: Vec<ColumnModel>,
    /// The rows in view.
    pub rows: Vec<RowModel>,
    /// The position in the list of the first row in view.
    pub offset: usize,
    /// How many authorities are listed.
    pub count: usize,
}

/// A column of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnModel {
    /// What is in it.
    pub column: Column,
    /// Its header, abbreviated if need be.
    pub label: String,
    /// The cells it takes.
    pub width: usize,
    /// How the list is ordered by it, if it is.
    pub order: Option<Direction>,
}

/// A row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowModel {
    /// The name.
    pub name: String,
    /// The bytes of the name that matched the search.
    pub matched: Vec<Range<usize>>,
    /// Another name or code that matched, with its bytes that did.
    pub alias: Option<(String, Vec<Range<usize>>)>,
    /// The other columns: text, what follows it, and what it is.
    pub cells: Vec<(String, &'static str, Role)>,
    /// Whether the authority is marked for a comparison.
    pub is_marked: bool,
    /// Whether it is the selected one.
    pub is_selected: bool,
}
