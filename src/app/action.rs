//! What a person can ask of the browser, and what the browser asks of the terminal.

use ratatui::layout::Position;
use tui_input::InputRequest;

use super::copy::Copied;
use super::export::Over;
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
    /// Show where what has the focus comes from.
    ShowSources,
    /// Show what was left out of the files.
    ShowProblems,
    /// Show the help.
    ShowHelp,
    /// Show what can be copied.
    ShowCopyMenu,
    /// Copy one thing of that menu.
    Copy(Copied),
    /// Ask where to write what is listed.
    ShowExport,
    /// Write it to the path that was typed.
    Export(Over),
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
    /// Whether holding the key down should repeat it.
    pub fn repeats(self) -> bool {
        matches!(self, Self::Move(_) | Self::Edit(_) | Self::NextPane | Self::PreviousPane)
    }
}

/// What the terminal is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put a text on the clipboard, as far as the terminal does that.
    Copy(String),
    /// Write what is listed to a file, whole or not at all; then say what came of it.
    Export(String, Over),
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
