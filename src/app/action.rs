//! Actions, which a person asks of the browser, and effects, which the browser asks of the terminal.

use ratatui::layout::Position;
use tui_input::InputRequest;

use crate::dataset::EventKind;
use crate::layout::Pane;
use crate::query::{AuthorityId, Filter};
use crate::statistics::MapView;
use crate::text::plural;

/// A movement of the focus, the selection or the scroll offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// To the row, figure or line above.
    Up,
    /// To the row, figure or line below.
    Down,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the start.
    First,
    /// To the end.
    Last,
    /// To the figure on the left.
    Left,
    /// To the figure on the right.
    Right,
}

/// Something that a person asks of the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Move within the list, the figures or the text.
    Move(Motion),
    /// Focus the next pane.
    NextPane,
    /// Focus the previous pane.
    PreviousPane,
    /// Focus this pane.
    GoToPane(Pane),
    /// Open what has the focus: the selected authority, a row of a table, or the sources of a figure.
    Open,
    /// Fill the screen with the focused pane, or end that.
    Zoom,
    /// Undo the last step: close the layer, end the zoom or drop the search.
    Back,
    /// Start typing a search.
    OpenSearch,
    /// Edit the line being typed: a search, or the path of an export.
    Edit(InputRequest),
    /// Stop typing and keep the search.
    KeepSearch,
    /// Stop typing, clear the search and select what was selected before.
    DropSearch,
    /// Sort the list by the next column.
    NextSort,
    /// Reverse the order of the list.
    ReverseSort,
    /// Open a layer.
    Show(LayerKind),
    /// Choose the focused filter, or undo the choice.
    Toggle,
    /// Clear the filters, so that every authority is listed; or the marks.
    Clear,
    /// Mark the selected authority for comparison, or remove its mark.
    Mark,
    /// Choose what has this number: a category on the map (0 for overall effectiveness as Ofsted counts it), or a span of
    /// days in what changed.
    Number(usize),
    /// Show the next framework.
    NextRound,
    /// Show the previous framework.
    PreviousRound,
    /// Show the data as at an earlier date.
    Earlier,
    /// Show the data as at a later date.
    Later,
    /// On the map, go back a year.
    EarlierYear,
    /// On the map, go on a year.
    LaterYear,
    /// Quit, whatever is open.
    End,
    /// Copy one entry of the copy menu.
    Copy(Copied),
    /// Export the list to the path that was typed.
    Export(Overwrite),
    /// Open the link of the focused figure in a web browser.
    OpenLink,
    /// Turn the mouse on, or leave it to the terminal.
    ToggleMouse,
    /// Select what is at a position on the screen.
    Click(Position),
    /// Scroll what is at a position on the screen.
    Wheel(Position, Motion),
    /// Suspend the program to the background of the shell.
    Suspend,
    /// Redraw the whole screen.
    Redraw,
    /// Quit the program.
    Quit,
}

impl Action {
    /// The named actions that open no layer.
    const NAMED: [(&str, Self); 33] = [
        ("up", Self::Move(Motion::Up)),
        ("down", Self::Move(Motion::Down)),
        ("left", Self::Move(Motion::Left)),
        ("right", Self::Move(Motion::Right)),
        ("page-up", Self::Move(Motion::PageUp)),
        ("page-down", Self::Move(Motion::PageDown)),
        ("half-page-up", Self::Move(Motion::HalfUp)),
        ("half-page-down", Self::Move(Motion::HalfDown)),
        ("first", Self::Move(Motion::First)),
        ("last", Self::Move(Motion::Last)),
        ("next-pane", Self::NextPane),
        ("previous-pane", Self::PreviousPane),
        ("list", Self::GoToPane(Pane::List)),
        ("authority", Self::GoToPane(Pane::Detail)),
        ("statistics", Self::GoToPane(Pane::Statistics)),
        ("open", Self::Open),
        ("zoom", Self::Zoom),
        ("back", Self::Back),
        ("search", Self::OpenSearch),
        ("next-sort", Self::NextSort),
        ("reverse-sort", Self::ReverseSort),
        ("next-round", Self::NextRound),
        ("previous-round", Self::PreviousRound),
        ("earlier", Self::Earlier),
        ("later", Self::Later),
        ("year-earlier", Self::EarlierYear),
        ("year-later", Self::LaterYear),
        ("mark", Self::Mark),
        ("open-link", Self::OpenLink),
        ("mouse", Self::ToggleMouse),
        ("suspend", Self::Suspend),
        ("redraw", Self::Redraw),
        ("quit", Self::Quit),
    ];

    /// Returns the actions that the settings can bind to keys, by name.
    pub fn named() -> impl Iterator<Item = (&'static str, Self)> {
        Self::NAMED.into_iter().chain(LayerKind::NAMED.map(|(kind, name)| (name, Self::Show(kind))))
    }

    /// Returns its name in the settings; `None` for an action that cannot be bound.
    pub fn name(self) -> Option<&'static str> {
        Self::named().find(|(_, action)| *action == self).map(|(name, _)| name)
    }

    /// Whether the action repeats while its key is held down.
    pub fn repeats(self) -> bool {
        matches!(
            self,
            Self::Move(_)
                | Self::Edit(_)
                | Self::NextPane
                | Self::PreviousPane
                | Self::NextRound
                | Self::PreviousRound
                | Self::Earlier
                | Self::Later
                | Self::EarlierYear
                | Self::LaterYear
        )
    }
}

/// Something that the terminal must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send a text to the clipboard, if the terminal supports it.
    Copy(String),
    /// Export the list to this path, then report the result to [`App::exported`](super::App::exported). The file is
    /// written completely or not at all.
    Export(String, Overwrite),
    /// Set a setting, and write it to the settings file if there is one.
    Set {
        /// The name of the setting.
        name: &'static str,
        /// Its value, as TOML.
        value: String,
    },
    /// Open a link in a web browser, and [say](super::App::say) whether it was sent to one.
    Open(String),
    /// Quit the program.
    Quit,
    /// Suspend the program until the shell continues it.
    Suspend,
    /// Redraw the whole screen.
    Redraw,
    /// Turn mouse reports on or off, as [`App::mouse`](super::App::mouse) says.
    SwitchMouse,
}

/// A layer that a key can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "described by the layer of the same name")]
pub enum LayerKind {
    Filters,
    Map,
    Changed,
    Palette,
    Regions,
    Years,
    Neighbours,
    Asked,
    Compare,
    Sources,
    Problems,
    CopyMenu,
    Export,
    Settings,
    Help,
}

impl LayerKind {
    /// All of them, with the name of the action that opens each, as in the settings.
    const NAMED: [(Self, &str); 15] = [
        (Self::Filters, "filters"),
        (Self::Map, "map"),
        (Self::Changed, "changed"),
        (Self::Palette, "palette"),
        (Self::Regions, "regions"),
        (Self::Years, "years"),
        (Self::Neighbours, "neighbours"),
        (Self::Asked, "asked"),
        (Self::Compare, "compare"),
        (Self::Sources, "sources"),
        (Self::Problems, "problems"),
        (Self::CopyMenu, "copy"),
        (Self::Export, "export"),
        (Self::Settings, "settings"),
        (Self::Help, "help"),
    ];
}

/// Something that can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Copied {
    /// The council with its grades, or the table on the screen, separated by tabs, to paste into a spreadsheet.
    Row,
    /// The focused figure as a sentence, with its source.
    Sentence,
    /// The link of the source.
    Link,
    /// The command line that prints the same list.
    CommandLine,
}

/// Whether an export may overwrite an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Never.
    Never,
    /// After the person has confirmed it.
    Confirmed,
}

/// The result of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// The file was written; the message names it.
    Written(String),
    /// The file exists, and overwriting it was not confirmed.
    IsThere {
        /// Whether it is one of the files that are open.
        is_open: bool,
    },
    /// The file could not be written; the message says why.
    Failed(String),
}

/// What an export writes.
#[derive(Debug, Clone)]
pub enum ExportOf {
    /// The list.
    List,
    /// The page of a council, with its name.
    Council(AuthorityId, String),
    /// The authorities of a table, with how they were chosen.
    Table(Vec<AuthorityId>, Filter),
    /// The counts by region.
    Regions,
    /// The counts by year.
    Years,
    /// The map.
    Map(MapView),
    /// What happened of a kind, with its words, to these councils.
    Events(EventKind, String, Vec<AuthorityId>),
    /// What inspectors asked to improve: of a council, with its name, or of the councils listed.
    Asked(Option<(AuthorityId, String)>),
}

impl ExportOf {
    /// Says what it is, as in "wrote the counts by region".
    pub fn words(&self, listed: usize) -> String {
        match self {
            Self::List => plural(listed, "council", "councils"),
            Self::Council(_, name) => format!("the page of {name}"),
            Self::Table(authorities, _) => plural(authorities.len(), "council", "councils"),
            Self::Regions => "the counts by region".to_owned(),
            Self::Years => "the counts by year".to_owned(),
            Self::Map(_) => "the map".to_owned(),
            Self::Events(_, words, _) => format!("what is known of: {words}"),
            Self::Asked(None) => "what inspectors asked to improve".to_owned(),
            Self::Asked(Some((_, name))) => format!("what inspectors asked {name} to improve"),
        }
    }
}
