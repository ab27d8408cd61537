//! The default key bindings.

use std::borrow::Cow;

use crossterm::event::KeyCode::{
    BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up,
};
use tui_input::InputRequest;

use super::Group::{self, Finding, Moving, Program, Reading};
use super::{Context, Key, Row};
use crate::app::action::Action::{self, *};
use crate::app::action::{Copied, LayerKind, Motion, Overwrite};
use crate::layout::Pane;

const PANES: &[Context] = &[Context::List, Context::Text];
/// Where a row can be chosen and opened.
const CHOOSING: &[Context] =
    &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Shares, Context::Asked, Context::Map];
/// Where authorities can be marked.
const MARKING: &[Context] = &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Map];
/// Where there is a table that can be sorted.
const TABLES: &[Context] = &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Shares];
const MOVING: &[Context] = &[
    Context::List,
    Context::Text,
    Context::Layer,
    Context::Table,
    Context::Dated,
    Context::Shares,
    Context::Asked,
    Context::Map,
    Context::Help,
    Context::Settings,
];
const NOT_TYPING: &[Context] = &[
    Context::List,
    Context::Text,
    Context::Layer,
    Context::Table,
    Context::Dated,
    Context::Shares,
    Context::Asked,
    Context::Map,
    Context::Help,
];
const LAYERS: &[Context] = &[
    Context::Settings,
    Context::Layer,
    Context::Table,
    Context::Dated,
    Context::Shares,
    Context::Asked,
    Context::Map,
    Context::Help,
    Context::Copy,
    Context::Export,
    Context::Overwrite,
    Context::Filters,
];
/// Where the arrows move while something is typed.
const FINDING: &[Context] = &[Context::Search, Context::Find, Context::Palette];
const EDITING: &[Context] = &[Context::Search, Context::Find, Context::Palette, Context::Export, Context::Filters];
const KEEPING: &[Context] = &[Context::Search, Context::Find];
const LINES: &[Context] = &[Context::Search, Context::Find, Context::Palette, Context::Export];

/// Where a figure or a council has the focus, whose sources can be shown.
const SOURCED: &[Context] = &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Map];

/// Where the help can be opened.
const HELPED: &[Context] = &[
    Context::List,
    Context::Text,
    Context::Layer,
    Context::Table,
    Context::Dated,
    Context::Shares,
    Context::Asked,
    Context::Map,
];

/// Where the arrows to the left and right move.
const SIDEWAYS: &[Context] = &[Context::List, Context::Text, Context::Dated, Context::Map];
/// Where digits choose.
const NUMBERED: &[Context] = &[Context::Dated, Context::Map];
/// Where the marked authorities are.
const MARKED: &[Context] = &[Context::Table];
const MAP: &[Context] = &[Context::Map];
const PALETTE: &[Context] = &[Context::Palette];
const COPYING: &[Context] = &[Context::Copy];
const EXPORTING: &[Context] = &[Context::Export];
const OVERWRITING: &[Context] = &[Context::Overwrite];
const FILTERING: &[Context] = &[Context::Filters];
const HELP: &[Context] = &[Context::Help];

/// The order of the footer in a table or on the map, where `Esc` and the help come last.
pub const LAYER_FOOTER: [Action; 14] = [
    Action::Move(Motion::Up),
    Action::Open,
    Action::OpenSearch,
    Action::EarlierYear,
    Action::Number(0),
    Action::NextSort,
    Action::NextRound,
    Action::Earlier,
    Action::Show(LayerKind::Sources),
    Action::Show(LayerKind::CopyMenu),
    Action::Show(LayerKind::Export),
    Action::Show(LayerKind::Compare),
    Action::Back,
    Action::Show(LayerKind::Help),
];

/// The order of the footer in the panes, the most useful first: a window of 80 columns has space for about nine.
pub const FOOTER: [Action; 19] = [
    Action::OpenSearch,
    Action::Open,
    Action::Show(LayerKind::Neighbours),
    Action::Show(LayerKind::Asked),
    Action::Show(LayerKind::Changed),
    Action::Show(LayerKind::Map),
    Action::NextRound,
    Action::Show(LayerKind::Palette),
    Action::Show(LayerKind::Filters),
    Action::Show(LayerKind::Sources),
    Action::NextSort,
    Action::Show(LayerKind::CopyMenu),
    Action::Show(LayerKind::Export),
    Action::Show(LayerKind::Compare),
    Action::Earlier,
    Action::Quit,
    Action::NextPane,
    Action::Move(Motion::Up),
    Action::Show(LayerKind::Help),
];

/// Returns a row of the table below.
const fn row(
    group: Group,
    contexts: &'static [Context],
    footer: Option<(&'static str, usize)>,
    keys: &'static [(Key, Action)],
    help: &'static str,
) -> Row {
    Row { keys: Cow::Borrowed(keys), contexts, footer, help, group }
}

/// Every row; within each context, the most useful first.
#[rustfmt::skip]
pub static ROWS: [Row; 53] = [
    row(Finding, FINDING, Some(("move", 2)), &[(Key::plain(Up), Move(Motion::Up)), (Key::plain(Down), Move(Motion::Down)), (Key::plain(PageUp), Move(Motion::PageUp)), (Key::plain(PageDown), Move(Motion::PageDown)), (Key::ctrl('p'), Move(Motion::Up)), (Key::ctrl('n'), Move(Motion::Down)), (Key::ctrl('k'), Move(Motion::Up)), (Key::ctrl('j'), Move(Motion::Down)), (Key::ctrl('b'), Move(Motion::PageUp)), (Key::ctrl('f'), Move(Motion::PageDown))], "while typing: move within what was found"),
    row(Reading, EXPORTING, Some(("move", 2)), &[(Key::plain(Up), Move(Motion::Up)), (Key::plain(Down), Move(Motion::Down))], "in the export: another form of file"),
    row(Finding, EDITING, Some(("clear", 1)), &[(Key::ctrl('u'), Edit(InputRequest::DeleteLine)), (Key::ctrl('w'), Edit(InputRequest::DeletePrevWord)), (Key::plain(Backspace), Edit(InputRequest::DeletePrevChar)), (Key::plain(Delete), Edit(InputRequest::DeleteNextChar)), (Key::ctrl('h'), Edit(InputRequest::DeletePrevChar))], "while typing: delete the line, a word, a letter"),
    row(Finding, PALETTE, Some(("choose", 1)), &[(Key::plain(Enter), KeepSearch)], "in the palette: do it, or open it"),
    row(Finding, PALETTE, Some(("back", 1)), &[(Key::plain(Esc), DropSearch)], "in the palette: close it"),
    row(Finding, KEEPING, Some(("keep", 1)), &[(Key::plain(Enter), KeepSearch)], "while typing: keep what was found; a region that was typed becomes the filter"),
    row(Finding, KEEPING, Some(("drop", 1)), &[(Key::plain(Esc), DropSearch)], "while typing: drop the search, go back to where you were"),
    row(Finding, LINES, None, &[(Key::plain(Left), Edit(InputRequest::GoToPrevChar)), (Key::plain(Right), Edit(InputRequest::GoToNextChar)), (Key::plain(Home), Edit(InputRequest::GoToStart)), (Key::plain(End), Edit(InputRequest::GoToEnd)), (Key::ctrl('a'), Edit(InputRequest::GoToStart)), (Key::ctrl('e'), Edit(InputRequest::GoToEnd))], "while typing: move within the line"),
    row(Moving, MOVING, Some(("move", 2)), &[(Key::plain(Up), Move(Motion::Up)), (Key::plain(Down), Move(Motion::Down)), (Key::char('k'), Move(Motion::Up)), (Key::char('j'), Move(Motion::Down))], "to the row, figure or line above or below"),
    row(Moving, SIDEWAYS, None, &[(Key::plain(Left), Move(Motion::Left)), (Key::plain(Right), Move(Motion::Right)), (Key::char('h'), Move(Motion::Left)), (Key::char('l'), Move(Motion::Right))], "to the figure or tile at the left or right; in the list, to hidden columns"),
    row(Moving, MOVING, None, &[(Key::plain(PageUp), Move(Motion::PageUp)), (Key::plain(PageDown), Move(Motion::PageDown)), (Key::ctrl('b'), Move(Motion::PageUp)), (Key::ctrl('f'), Move(Motion::PageDown)), (Key::ctrl('u'), Move(Motion::HalfUp)), (Key::ctrl('d'), Move(Motion::HalfDown))], "up or down a page, or half a page"),
    row(Moving, MOVING, None, &[(Key::plain(Home), Move(Motion::First)), (Key::plain(End), Move(Motion::Last)), (Key::char('g'), Move(Motion::First)), (Key::char('G'), Move(Motion::Last))], "to the beginning or the end"),
    row(Finding, PANES, Some(("search", 1)), &[(Key::char('/'), OpenSearch)], "search: letters narrow the list at once; ↑ ↓ still move"),
    row(Moving, PANES, Some(("pane", 1)), &[(Key::plain(Tab), NextPane), (Key::plain(BackTab), PreviousPane)], "to the next pane; to the one before"),
    row(Moving, PANES, None, &[(Key::char('1'), GoToPane(Pane::List)), (Key::char('2'), GoToPane(Pane::Detail)), (Key::char('3'), GoToPane(Pane::Statistics))], "to the list; to the council; to the national picture, with the series of overall effectiveness"),
    row(Reading, SOURCED, Some(("source", 1)), &[(Key::char('e'), Show(LayerKind::Sources))], "where the focused figure, or all about the council, comes from"),
    row(Reading, CHOOSING, Some(("open", 1)), &[(Key::plain(Enter), Open)], "open the council, or list the region, or go to the year; in a pane of text, the sources of the figure"),
    row(Reading, &[Context::Settings], Some(("choose", 1)), &[(Key::plain(Enter), Open)], "among the settings: choose, and write it to the settings file"),
    row(Reading, PANES, None, &[(Key::char('z'), Zoom)], "fill the screen with the pane; again: back"),
    row(Reading, LAYERS, Some(("back", 1)), &[(Key::plain(Esc), Back), (Key::char('q'), Back)], "close what is on top"),
    row(Reading, PANES, None, &[(Key::plain(Esc), Back)], "back: end the zoom, leave the page, drop the search, clear filter and date; never quits"),
    row(Reading, PANES, Some(("neighbours", 1)), &[(Key::char('n'), Show(LayerKind::Neighbours))], "the council beside its statistical neighbours and its region"),
    row(Reading, PANES, Some(("asked", 1)), &[(Key::char('a'), Show(LayerKind::Asked))], "what inspectors asked to improve: of the open council, else of those listed"),
    row(Reading, PANES, None, &[(Key::char('R'), Show(LayerKind::Regions)), (Key::char('Y'), Show(LayerKind::Years))], "how many are good or better by region; how many were good or better by year"),
    row(Reading, MARKING, Some(("compare", 1)), &[(Key::char('c'), Show(LayerKind::Compare)), (Key::char(' '), Mark)], "the marked councils side by side; Space marks one"),
    row(Reading, MARKED, None, &[(Key::ctrl('x'), Clear)], "side by side: remove all marks"),
    row(Reading, PANES, None, &[(Key::char('p'), Show(LayerKind::Problems))], "what was left out or repaired while loading, and why"),
    row(Reading, NOT_TYPING, Some(("copy", 1)), &[(Key::char('y'), Show(LayerKind::CopyMenu))], "copy: the row, the sentence, the link, the command line"),
    row(Reading, COPYING, Some(("copy", 4)), &[(Key::char('r'), Copy(Copied::Row)), (Key::char('s'), Copy(Copied::Sentence)), (Key::char('l'), Copy(Copied::Link)), (Key::char('c'), Copy(Copied::CommandLine))], "in the copy menu: row, sentence, link, command line"),
    row(Reading, CHOOSING, Some(("export", 1)), &[(Key::char('x'), Show(LayerKind::Export))], "export the list, or the page, table or map on top, to a file; its ending says in which format"),
    row(Reading, EXPORTING, Some(("write", 1)), &[(Key::plain(Enter), Export(Overwrite::Never))], "in the export: write the file"),
    row(Reading, OVERWRITING, Some(("overwrite or not", 2)), &[(Key::char('y'), Export(Overwrite::Confirmed)), (Key::char('n'), Back)], "if the file exists already: overwrite it, or not"),
    row(Reading, NOT_TYPING, None, &[(Key::char('o'), OpenLink)], "open the link of what has the focus in a web browser"),
    row(Finding, CHOOSING, Some(("tab", 1)), &[(Key::char('t'), NextRound), (Key::char('T'), PreviousRound)], "the next tab: today, special needs, the inspections of 2013–18, 2006; the one before"),
    row(Finding, TABLES, Some(("sort", 1)), &[(Key::char('s'), NextSort), (Key::char('S'), ReverseSort)], "sort by the next column; reverse the order"),
    row(Finding, PANES, Some(("all", 1)), &[(Key::char(':'), Show(LayerKind::Palette)), (Key::ctrl('p'), Show(LayerKind::Palette))], "every command, council, region and category, found by typing"),
    row(Finding, PANES, Some(("new", 1)), &[(Key::char('d'), Show(LayerKind::Changed))], "what was published since a day, newest first"),
    row(Finding, PANES, Some(("map", 1)), &[(Key::char('m'), Show(LayerKind::Map))], "England as a map of tiles"),
    row(Finding, PANES, Some(("filter", 1)), &[(Key::char('f'), Show(LayerKind::Filters))], "choose framework, regions and grades to be listed; they combine"),
    row(Finding, FILTERING, Some(("choose", 1)), &[(Key::plain(Enter), Toggle), (Key::plain(Up), Move(Motion::Up)), (Key::plain(Down), Move(Motion::Down)), (Key::plain(Left), Move(Motion::Left)), (Key::plain(Right), Move(Motion::Right)), (Key::plain(PageUp), Move(Motion::PageUp)), (Key::plain(PageDown), Move(Motion::PageDown))], "among the filters: choose, or undo it; arrows move, letters narrow the choices"),
    row(Finding, FILTERING, Some(("list all", 1)), &[(Key::ctrl('x'), Clear)], "among the filters: list every council again"),
    row(Finding, CHOOSING, Some(("date", 2)), &[(Key::char('<'), Earlier), (Key::char('>'), Later)], "the data as at the end of the previous quarter; of the next quarter"),
    row(Finding, MAP, Some(("a year", 2)), &[(Key::char('['), EarlierYear), (Key::char(']'), LaterYear)], "on the map: a year back; a year on"),
    row(Finding, MAP, Some(("find", 1)), &[(Key::char('/'), OpenSearch)], "on the map: jump to a council by its name"),
    row(Finding, NUMBERED, Some(("judgement", 1)), &[(Key::char('0'), Number(0)), (Key::char('1'), Number(1)), (Key::char('2'), Number(2)), (Key::char('3'), Number(3)), (Key::char('4'), Number(4)), (Key::char('5'), Number(5)), (Key::char('6'), Number(6)), (Key::char('7'), Number(7)), (Key::char('8'), Number(8)), (Key::char('9'), Number(9))], "on the map: the category with this number; in what changed: 1 30 days, 2 90 days, 3 a year, 4 since the file before"),
    row(Finding, HELP, Some(("find", 1)), &[(Key::char('/'), OpenSearch)], "in this help: show only what has these words"),
    row(Program, HELPED, Some(("help", 1)), &[(Key::char('?'), Show(LayerKind::Help))], "this help"),
    row(Program, PANES, None, &[(Key::char(','), Show(LayerKind::Settings))], "settings: colours, mouse, opening tab and council"),
    row(Program, NOT_TYPING, None, &[(Key::char('M'), ToggleMouse)], "mouse on or off (Shift-drag selects text while it is on)"),
    row(Program, &Context::ALL, None, &[(Key::ctrl('z'), Suspend)], "suspend; `fg` in the shell brings it back"),
    row(Program, &Context::ALL, None, &[(Key::ctrl('l'), Redraw)], "redraw the screen"),
    row(Program, PANES, Some(("quit", 1)), &[(Key::char('q'), Quit)], "quit; from an opened page or a pane that fills the screen: back"),
    row(Program, &Context::ALL, None, &[(Key::ctrl('c'), Action::End)], "quit, from anywhere"),
];
