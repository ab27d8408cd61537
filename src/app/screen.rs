//! The screen model: everything that the screen shows, rebuilt after every event. The mouse and paging
//! read it too; drawing reads nothing else of the browser.

use std::ops::Range;

use ratatui::layout::{Position, Rect, Size};

use super::action::Action;
pub use super::page::{Figure, Line, Page, Role, Span, Topics, bar, degree};
use crate::layout::{Areas, ListAreas, Pane, WindowClass};
use crate::query::{Column, Direction};
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
    /// The names of the panes, if only one is shown at a time; that one is highlighted.
    Tabs(Pane),
}

impl Default for Header {
    fn default() -> Self {
        Self::Tabs(Pane::List)
    }
}

/// The dataset, and which part of it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// The title of the dataset, then its publisher, date and collector. Those that do not fit are left out.
    pub titles: Vec<String>,
    /// What is shown instead of the title if that does not fit.
    pub short: Option<String>,
    /// The part that is shown: framework, date and filters. Without these, the figures would mislead.
    pub scope: Vec<String>,
    /// How long ago files were fetched, the longest form first; empty if none were.
    pub fetched: Vec<String>,
    /// How many authorities are listed or named, and of how many.
    pub extent: String,
    /// How much was left out or repaired while loading, if anything was.
    pub problems: Option<String>,
}

/// The name of the program.
pub const PROGRAM: &str = "scrutineer";

/// The top line as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleLine {
    /// Whether the name of the program is at its start.
    pub has_name: bool,
    /// The column at which the text starts.
    pub start: usize,
    /// The titles and the scope, as far as they fit.
    pub text: String,
    /// The text at the right end.
    pub right: String,
}

impl Title {
    /// Lays out the top line for a width.
    pub fn line(&self, width: usize) -> TitleLine {
        let problems = self.problems.iter().map(|problems| format!("{problems} · "));
        let right = problems.collect::<String>() + &self.extent;
        let width = width.saturating_sub(display_width(&right) + 3);
        // The framework shown and the age of the files are more important than the name of the program.
        let left = width.saturating_sub(display_width(PROGRAM) + 4);
        let age = self.fetched.last().map_or(0, |age| display_width(age) + 3);
        let has_name = self.short.as_ref().is_none_or(|short| display_width(short) + age <= left);
        let (start, space) = if has_name { (display_width(PROGRAM) + 4, left) } else { (1, width.saturating_sub(1)) };
        TitleLine { has_name, start, text: self.fitting(space), right }
    }

    /// Joins the title, the scope, the age of the fetched files and as many of the other parts as fit. If not even the
    /// title and the scope fit, the title is truncated first.
    fn fitting(&self, width: usize) -> String {
        let Self { titles, short, scope, .. } = self;
        let Some((title, others)) = titles.split_first() else { return String::new() };
        let (first, last) = (others.first(), others.get(1));
        let kept = [[first, last], [first, None], [last, None], [None, None]];
        let no_age = self.fetched.is_empty().then_some(None);
        let ages = || self.fetched.iter().map(Some).chain(no_age);
        let long = ages().flat_map(|age| kept.map(|[one, two]| (title, [age, one, two])));
        let short_lines = short.iter().flat_map(|short| {
            let aged = ages().map(move |age| (short, [age, None, None]));
            aged.chain([(short, [None; 3])])
        });
        for (start, others) in long.chain(short_lines) {
            let line = [start].into_iter().chain(scope).chain(others.into_iter().flatten());
            let line = line.map(String::as_str).collect::<Vec<_>>().join(" · ");
            if display_width(&line) <= width {
                return line;
            }
        }
        if scope.is_empty() {
            return truncate(short.as_ref().unwrap_or(title), width).into_owned();
        }
        let scope = scope.join(" · ");
        match width.checked_sub(display_width(&scope) + 3).filter(|left| *left >= 8) {
            Some(left) => format!("{} · {scope}", truncate(title, left)),
            None => truncate(&scope, width).into_owned(),
        }
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
    pub word: &'static str,
    /// What it does, and a click on it.
    pub action: Action,
}

impl FooterKey {
    /// Returns the column after it.
    pub fn end(&self) -> u16 {
        let width = display_width(&self.keys) + 1 + display_width(self.word);
        self.column.saturating_add(u16::try_from(width).unwrap_or(u16::MAX))
    }
}

impl Default for Footer {
    fn default() -> Self {
        Self::Keys(Vec::new())
    }
}

/// A border with its titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Border {
    /// The text at the left of the top border.
    pub title: String,
    /// The text at the right of the top border, if it fits.
    pub note: String,
    /// Whether the bordered pane or layer has the focus.
    pub is_focused: bool,
}

/// A pane or layer of text.
#[derive(Debug, Clone, Default)]
pub struct PaneModel {
    /// Its area, border included.
    pub area: Rect,
    /// Its border.
    pub border: Border,
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
    /// Its area, border included.
    pub area: Rect,
    /// The areas of its parts.
    pub areas: ListAreas,
    /// Its border.
    pub border: Border,
    /// The search text, from the first visible character; `None` without a search line.
    pub prompt: Option<String>,
    /// The columns, starting with the name.
    pub columns: Vec<ColumnModel>,
    /// Whether columns are hidden at the left, beside the name, and at the right.
    pub has_more: (bool, bool),
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
    /// The direction in which the list is sorted by it, if it is.
    pub order: Option<Direction>,
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
    /// The other cells: their text, the marks after it, and the role.
    pub cells: Vec<(String, String, Role)>,
    /// Whether the authority is marked for comparison.
    pub is_marked: bool,
    /// Whether the row is selected.
    pub is_selected: bool,
}
