//! The screen model: everything that the screen shows, rebuilt after every event. The mouse and paging
//! read it too; drawing reads nothing else of the browser.

use std::ops::Range;

use ratatui::layout::{Position, Rect, Size};

use super::action::Action;
pub use super::page::{Figure, Line, Page, Role, Span, Topics, bar, degree};
use crate::layout::{Areas, ListAreas, Pane, WindowClass};
use crate::query::Column;
use crate::text::{display_width, truncate};

/// Everything that the screen shows.
#[derive(Debug, Clone, Default)]
pub struct ScreenModel {
    /// The window size.
    pub size: Size,
    /// How many panes the window has space for.
    pub class: WindowClass,
    /// The areas of the panes, the header and the footer.
    pub areas: Areas,
    /// The top line.
    pub header: Header,
    /// The list; `None` if hidden.
    pub list: Option<ListModel>,
    /// The detail pane; `None` if hidden.
    pub detail: Option<PaneModel>,
    /// The statistics pane; `None` if hidden.
    pub statistics: Option<PaneModel>,
    /// The top layer over the panes, if one is open.
    pub layer: Option<PaneModel>,
    /// The bottom line.
    pub footer: Footer,
    /// The position of the terminal's cursor, if visible.
    pub cursor: Option<Position>,
}

impl ScreenModel {
    /// Returns a pane of text; `None` if it is hidden, or for the list.
    pub fn pane(&self, pane: Pane) -> Option<&PaneModel> {
        match pane {
            Pane::List => None,
            Pane::Detail => self.detail.as_ref(),
            Pane::Statistics => self.statistics.as_ref(),
        }
    }

    /// Returns how many rows of the list fit on the screen; 0 if the list is hidden.
    pub fn list_rows(&self) -> usize {
        self.list.as_ref().map_or(0, |list| usize::from(list.areas.rows.height))
    }
}

/// The top line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// The dataset, and which part of it is shown.
    Title(Title),
    /// The names of the panes, if only one is shown at a time, of which one is highlighted; that of the list is the tab it shows.
    Tabs(Pane, String),
}

impl Default for Header {
    fn default() -> Self {
        Self::Tabs(Pane::List, String::new())
    }
}

/// The rounds, or the path to what is shown, and what is at the right end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// The names of the rounds that have a tab.
    pub tabs: Vec<String>,
    /// The position of the round shown among them.
    pub shown: usize,
    /// What has been chosen one after the other, from the round on: a date, regions, grades, a search, layers. Empty if
    /// nothing has.
    pub path: Vec<String>,
    /// What goes back one step: "Esc clears"; empty if nothing does.
    pub back: String,
    /// How many councils there are, how new the data are and what is wrong with them, the most important first.
    pub facts: Vec<String>,
}

/// The name of the program.
pub const PROGRAM: &str = "scrutineer";

/// The path's separator.
const THEN: &str = " › ";

/// The space between two tabs.
const TAB_GAP: usize = 1;

/// A tab in the top line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabModel {
    /// The column at which it starts.
    pub column: usize,
    /// Its text, with a space on each side.
    pub text: String,
    /// Its position among the rounds.
    pub position: usize,
}

/// The top line as it is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TitleLine {
    /// Whether the name of the program is at its start.
    pub has_name: bool,
    /// The column at which the path starts.
    pub start: usize,
    /// The tabs; none if there is a path.
    pub tabs: Vec<TabModel>,
    /// The path, as far as it fits, and what goes back.
    pub path: String,
    /// The text at the right end.
    pub right: String,
}

impl Title {
    /// Lays out the top line for a width. The path loses its beginning first, the facts their last; the name of the
    /// program makes room before either is cut.
    pub fn line(&self, width: usize) -> TitleLine {
        let name = display_width(PROGRAM) + 3;
        let left = if self.path.is_empty() { self.tabs_width() } else { display_width(&self.path_in(usize::MAX)) };
        let rights =
            (1..=self.facts.len()).rev().filter_map(|count| self.facts.get(..count)).map(|facts| facts.join(" · "));
        let fits = |right: &String, start: usize| start + left + 2 + display_width(right) < width;
        let wide = rights.clone().find(|right| fits(right, name));
        let has_name = wide.is_some() || (self.facts.is_empty() && name + left < width);
        let right = wide.or_else(|| rights.clone().find(|right| fits(right, 1))).or_else(|| rights.clone().next_back());
        let right = right.unwrap_or_default();
        let start = if has_name { name } else { 1 };
        let space = width.saturating_sub(start + display_width(&right) + 2);
        let (tabs, path) = match self.path.is_empty() {
            true => (self.tabs_from(start, space), String::new()),
            false => (Vec::new(), self.path_in(space)),
        };
        TitleLine { has_name, start, tabs, path, right }
    }

    fn tabs_width(&self) -> usize {
        self.tabs.iter().map(|tab| display_width(tab) + 2 + TAB_GAP).sum()
    }

    /// Returns the tabs that fit; if not all do, only the one shown.
    fn tabs_from(&self, start: usize, space: usize) -> Vec<TabModel> {
        let only = (self.tabs_width() > space).then_some(self.shown);
        let mut column = start;
        let mut tabs = Vec::new();
        for (position, tab) in
            self.tabs.iter().enumerate().filter(|(position, _)| only.is_none_or(|only| only == *position))
        {
            let text = format!(" {} ", truncate(tab, space.saturating_sub(2)));
            let width = display_width(&text);
            tabs.push(TabModel { column, text, position });
            column += width + TAB_GAP;
        }
        tabs
    }

    /// Returns the path with what goes back, in a width: without its first parts if it is too long.
    fn path_in(&self, width: usize) -> String {
        let back = if self.back.is_empty() { String::new() } else { format!("   {}", self.back) };
        for (from, back) in
            (0..self.path.len()).map(|from| (from, back.as_str())).chain([(self.path.len().saturating_sub(1), "")])
        {
            let lead = if from == 0 { "" } else { "… › " };
            let path = self.path.get(from..).unwrap_or_default().join(THEN);
            let text = format!("{lead}{path}{back}");
            if display_width(&text) <= width {
                return text;
            }
        }
        truncate(self.path.last().map_or("", String::as_str), width).into_owned()
    }
}

/// The bottom line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Footer {
    /// A message.
    Notice(String),
    /// The keys that work now and fit.
    Keys(Vec<FooterKey>),
}

/// A key in the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FooterKey {
    /// The column at which it starts.
    pub column: u16,
    /// The key, or several.
    pub keys: String,
    /// A word for what it does.
    pub word: String,
    /// What it does, and a click on it.
    pub action: Action,
}

impl FooterKey {
    /// Returns the column after it.
    pub fn end(&self) -> u16 {
        let width = display_width(&self.keys) + 1 + display_width(&self.word);
        self.column.saturating_add(u16::try_from(width).unwrap_or(u16::MAX))
    }
}

impl Default for Footer {
    fn default() -> Self {
        Self::Keys(Vec::new())
    }
}

/// The title of a pane or a layer, in its first line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaneTitle {
    /// The text at the left.
    pub text: String,
    /// The text at the right, if it fits.
    pub note: String,
    /// Whether the pane or layer has the focus.
    pub is_focused: bool,
    /// Whether it is on a rule, because the pane is below another.
    pub is_below: bool,
}

/// A pane or layer of text.
#[derive(Debug, Clone, Default)]
pub struct PaneModel {
    /// Its area, title included.
    pub area: Rect,
    /// Its title.
    pub title: PaneTitle,
    /// Its text.
    pub page: Page,
    /// The first visible line.
    pub scroll: usize,
    /// The figure to highlight as focused.
    pub focus: Option<Figure>,
}

/// The list of authorities.
#[derive(Debug, Clone, Default)]
pub struct ListModel {
    /// Its area, title included.
    pub area: Rect,
    /// The areas of its parts.
    pub areas: ListAreas,
    /// Its title.
    pub title: PaneTitle,
    /// The search text, from the first visible character; `None` without a search line.
    pub prompt: Option<String>,
    /// The columns, starting with the name.
    pub columns: Vec<ColumnModel>,
    /// Whether columns are hidden at the right.
    pub has_more: bool,
    /// The visible rows.
    pub rows: Vec<RowModel>,
    /// The position in the list of the first visible row.
    pub offset: usize,
    /// How many authorities are listed.
    pub count: usize,
}

/// A column of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnModel {
    /// Which column it is.
    pub column: Column,
    /// Its header, possibly abbreviated.
    pub label: String,
    /// Its width in terminal columns.
    pub width: usize,
    /// Whether the list is sorted by it.
    pub is_order: bool,
}

/// A cell of a row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellModel {
    /// The text.
    pub text: String,
    /// Its role.
    pub role: Role,
    /// Whether it is dim: a grade that its source does not state.
    pub is_dim: bool,
    /// The roles of its characters, if they differ: grades over time.
    pub letters: Vec<Role>,
}

/// A row of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowModel {
    /// The name.
    pub name: String,
    /// The byte ranges of the name that match the search.
    pub matched: Vec<Range<usize>>,
    /// Another name or code that matches the search, with its matching byte ranges.
    pub alias: Option<(String, Vec<Range<usize>>)>,
    /// The other cells.
    pub cells: Vec<CellModel>,
    /// Whether the authority is marked for comparison.
    pub is_marked: bool,
    /// Whether the row is selected.
    pub is_selected: bool,
}
