//! What a person can ask of the browser, and what the browser asks of the terminal.

use ratatui::layout::Position;
use tui_input::InputRequest;

use super::layers::{Copied, LayerKind, Overwrite};
use crate::layout::Pane;

/// A movement within what has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// To the row, figure or line above.
    Up,
    /// To the one below.
    Down,
    /// Half a page back.
    HalfUp,
    /// Half a page on.
    HalfDown,
    /// A page back.
    PageUp,
    /// A page on.
    PageDown,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// To the figure at the left.
    Left,
    /// To the figure at the right.
    Right,
}

/// One thing a person asks of the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Move within the list, the figures or the text.
    Move(Motion),
    /// Give the focus to the next pane.
    NextPane,
    /// Give the focus to the pane before.
    PreviousPane,
    /// Give the focus to this pane.
    GoToPane(Pane),
    /// Fill the screen with the pane that has the focus.
    Zoom,
    /// Undo the last step in: close the layer, end the zoom, drop the search.
    Back,
    /// Begin to type a search.
    OpenSearch,
    /// Change the line that is typed: the search, or the path of an export.
    Edit(InputRequest),
    /// End typing, keep what was found.
    KeepSearch,
    /// End typing and go back to where one was.
    DropSearch,
    /// Order the list by the next column.
    NextSort,
    /// Turn the order of the list round.
    ReverseSort,
    /// Open a layer.
    Show(LayerKind),
    /// Choose what has the focus among the filters, or undo it.
    Toggle,
    /// List every authority again.
    ClearFilters,
    /// Mark the selected authority, or take its mark away.
    Mark,
    /// Look at an earlier date.
    Earlier,
    /// Look at a later date.
    Later,
    /// Copy one thing of that menu.
    Copy(Copied),
    /// Write it to the path that was typed.
    Export(Overwrite),
    /// Open the link of what has the focus in a web browser.
    OpenLink,
    /// Listen to the mouse, or leave it to the terminal.
    ToggleMouse,
    /// Select what stands at a place of the screen.
    Click(Position),
    /// Turn the wheel over a place of the screen.
    Wheel(Position, Motion),
    /// Go to the background of the shell.
    Suspend,
    /// Draw the screen anew.
    Redraw,
    /// End the program.
    Quit,
}

impl Action {
    /// The named actions that open no layer.
    const NAMED: [(&str, Self); 28] = [
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
        ("zoom", Self::Zoom),
        ("back", Self::Back),
        ("search", Self::OpenSearch),
        ("next-sort", Self::NextSort),
        ("reverse-sort", Self::ReverseSort),
        ("earlier", Self::Earlier),
        ("later", Self::Later),
        ("mark", Self::Mark),
        ("open-link", Self::OpenLink),
        ("mouse", Self::ToggleMouse),
        ("suspend", Self::Suspend),
        ("redraw", Self::Redraw),
        ("quit", Self::Quit),
    ];

    /// The actions that the settings can give keys to, by name.
    pub fn named() -> impl Iterator<Item = (&'static str, Self)> {
        Self::NAMED.into_iter().chain(LayerKind::ALL.map(|kind| (kind.name(), Self::Show(kind))))
    }

    /// Its name in the settings; `None` for what no key can be given.
    pub fn name(self) -> Option<&'static str> {
        Self::named().find(|(_, action)| *action == self).map(|(name, _)| name)
    }

    /// Whether holding the key down should repeat it.
    pub fn repeats(self) -> bool {
        matches!(
            self,
            Self::Move(_) | Self::Edit(_) | Self::NextPane | Self::PreviousPane | Self::Earlier | Self::Later
        )
    }
}

/// What the terminal is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put a text on the clipboard, as far as the terminal does that.
    Copy(String),
    /// Write what is listed to a file, whole or not at all; then say what came of it.
    Export(String, Overwrite),
    /// Open a link in a web browser; where that cannot be, [`App::say`](super::App::say) it.
    Open(String),
    /// End the program.
    Quit,
    /// Stop it until the shell continues it.
    Suspend,
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// Switch the reporting of the mouse to what [`App::mouse`](super::App::mouse) says.
    SwitchMouse,
}
