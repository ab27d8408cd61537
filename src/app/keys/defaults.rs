//! The default key bindings.

use crossterm::event::KeyCode;
use tui_input::InputRequest;

use super::{Context, Group, Key, Row};
use crate::app::action::{Action, Motion};
use crate::app::layers::{Copied, LayerKind, Overwrite};
use crate::layout::Pane;

const PANES: &[Context] = &[Context::List, Context::Text];
/// Where a row can be chosen and opened.
const CHOOSING: &[Context] =
    &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Shares, Context::Map];
/// Where authorities can be marked.
const MARKING: &[Context] = &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Map];
/// Where there is a table that can be sorted.
const TABLES: &[Context] = &[Context::List, Context::Text, Context::Table, Context::Dated, Context::Shares];
const NOT_TYPING: &[Context] = &[
    Context::List,
    Context::Text,
    Context::Layer,
    Context::Table,
    Context::Dated,
    Context::Shares,
    Context::Map,
    Context::Help,
];
const LAYERS: &[Context] = &[
    Context::Layer,
    Context::Table,
    Context::Dated,
    Context::Shares,
    Context::Map,
    Context::Help,
    Context::Copy,
    Context::Export,
    Context::Overwrite,
    Context::Filters,
];
const FINDING: &[Context] = &[Context::Search, Context::Find, Context::Palette];
const EDITING: &[Context] = &[Context::Search, Context::Find, Context::Palette, Context::Export, Context::Filters];
const KEEPING: &[Context] = &[Context::Search, Context::Find];
const LINES: &[Context] = &[Context::Search, Context::Find, Context::Palette, Context::Export];

/// Where the help can be opened.
const HELPED: &[Context] =
    &[Context::List, Context::Text, Context::Layer, Context::Table, Context::Dated, Context::Shares, Context::Map];

/// The order of the footer in a table or on the map, where `Esc` and the help come last.
pub const LAYER_FOOTER: [Action; 10] = [
    Action::Move(Motion::Up),
    Action::Open,
    Action::NextSort,
    Action::NextRound,
    Action::Earlier,
    Action::Show(LayerKind::CopyMenu),
    Action::Show(LayerKind::Export),
    Action::Show(LayerKind::Compare),
    Action::Back,
    Action::Show(LayerKind::Help),
];

/// The order of the footer in the panes, the most useful first: a window of 80 columns has space for about nine.
pub const FOOTER: [Action; 18] = [
    Action::OpenSearch,
    Action::Show(LayerKind::Filters),
    Action::Show(LayerKind::Changed),
    Action::Show(LayerKind::Map),
    Action::NextRound,
    Action::Show(LayerKind::Sources),
    Action::Show(LayerKind::Palette),
    Action::Open,
    Action::NextSort,
    Action::Show(LayerKind::Neighbours),
    Action::Show(LayerKind::CopyMenu),
    Action::Show(LayerKind::Export),
    Action::Show(LayerKind::Compare),
    Action::Earlier,
    Action::NextPane,
    Action::Move(Motion::Up),
    Action::Show(LayerKind::Help),
    Action::Quit,
];

/// Returns every row; within each context, the most useful first.
pub fn rows() -> Vec<Row> {
    let mut rows = search_rows();
    rows.extend(moving_rows());
    rows.extend(reading_rows());
    rows.extend(finding_rows());
    rows.extend(program_rows());
    rows
}

fn moving_rows() -> Vec<Row> {
    use KeyCode::{BackTab, Down, End, Home, Left, PageDown, PageUp, Right, Tab, Up};
    let go = |motion| Action::Move(motion);
    vec![
        Row {
            keys: vec![
                (Key::plain(Up), go(Motion::Up)),
                (Key::plain(Down), go(Motion::Down)),
                (Key::char('k'), go(Motion::Up)),
                (Key::char('j'), go(Motion::Down)),
            ],
            contexts: NOT_TYPING,
            footer: Some(("move", 2)),
            help: "to the row, figure or line above or below",
            group: Group::Moving,
        },
        Row {
            keys: vec![
                (Key::plain(Left), go(Motion::Left)),
                (Key::plain(Right), go(Motion::Right)),
                (Key::char('h'), go(Motion::Left)),
                (Key::char('l'), go(Motion::Right)),
            ],
            contexts: &[Context::List, Context::Text, Context::Dated, Context::Map],
            footer: None,
            help: "to the figure or tile at the left or right; in the list, to hidden columns",
            group: Group::Moving,
        },
        Row {
            keys: vec![
                (Key::plain(PageUp), go(Motion::PageUp)),
                (Key::plain(PageDown), go(Motion::PageDown)),
                (Key::ctrl('b'), go(Motion::PageUp)),
                (Key::ctrl('f'), go(Motion::PageDown)),
                (Key::ctrl('u'), go(Motion::HalfUp)),
                (Key::ctrl('d'), go(Motion::HalfDown)),
            ],
            contexts: NOT_TYPING,
            footer: None,
            help: "up or down a page, or half a page",
            group: Group::Moving,
        },
        Row {
            keys: vec![
                (Key::plain(Home), go(Motion::First)),
                (Key::plain(End), go(Motion::Last)),
                (Key::char('g'), go(Motion::First)),
                (Key::char('G'), go(Motion::Last)),
            ],
            contexts: NOT_TYPING,
            footer: None,
            help: "to the beginning or the end",
            group: Group::Moving,
        },
        Row {
            keys: vec![(Key::char('/'), Action::OpenSearch)],
            contexts: PANES,
            footer: Some(("search", 1)),
            help: "search: letters narrow the list at once; ↑ ↓ still move",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Tab), Action::NextPane), (Key::plain(BackTab), Action::PreviousPane)],
            contexts: PANES,
            footer: Some(("pane", 1)),
            help: "to the next pane; to the one before",
            group: Group::Moving,
        },
        Row {
            keys: vec![
                (Key::char('1'), Action::GoToPane(Pane::List)),
                (Key::char('2'), Action::GoToPane(Pane::Detail)),
                (Key::char('3'), Action::GoToPane(Pane::Statistics)),
            ],
            contexts: PANES,
            footer: None,
            help: "to the list; to the authority; to the national picture, with the series of overall effectiveness",
            group: Group::Moving,
        },
    ]
}

fn search_rows() -> Vec<Row> {
    use KeyCode::{Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Up};
    let edit = |request| Action::Edit(request);
    vec![
        Row {
            keys: vec![
                (Key::plain(Up), Action::Move(Motion::Up)),
                (Key::plain(Down), Action::Move(Motion::Down)),
                (Key::plain(PageUp), Action::Move(Motion::PageUp)),
                (Key::plain(PageDown), Action::Move(Motion::PageDown)),
                (Key::ctrl('p'), Action::Move(Motion::Up)),
                (Key::ctrl('n'), Action::Move(Motion::Down)),
                (Key::ctrl('k'), Action::Move(Motion::Up)),
                (Key::ctrl('j'), Action::Move(Motion::Down)),
                (Key::ctrl('b'), Action::Move(Motion::PageUp)),
                (Key::ctrl('f'), Action::Move(Motion::PageDown)),
            ],
            contexts: FINDING,
            footer: Some(("move", 2)),
            help: "while typing: move within what was found",
            group: Group::Finding,
        },
        Row {
            keys: vec![
                (Key::ctrl('u'), edit(InputRequest::DeleteLine)),
                (Key::ctrl('w'), edit(InputRequest::DeletePrevWord)),
                (Key::plain(Backspace), edit(InputRequest::DeletePrevChar)),
                (Key::plain(Delete), edit(InputRequest::DeleteNextChar)),
                (Key::ctrl('h'), edit(InputRequest::DeletePrevChar)),
            ],
            contexts: EDITING,
            footer: Some(("clear", 1)),
            help: "while typing: delete the line, a word, a letter",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Enter), Action::KeepSearch)],
            contexts: &[Context::Palette],
            footer: Some(("choose", 1)),
            help: "in the palette: do it, or open it",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Esc), Action::DropSearch)],
            contexts: &[Context::Palette],
            footer: Some(("back", 1)),
            help: "in the palette: close it",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Enter), Action::KeepSearch)],
            contexts: KEEPING,
            footer: Some(("keep", 1)),
            help: "while typing: keep what was found",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Esc), Action::DropSearch)],
            contexts: KEEPING,
            footer: Some(("drop", 1)),
            help: "while typing: drop the search, go back to where you were",
            group: Group::Finding,
        },
        Row {
            keys: vec![
                (Key::plain(Left), edit(InputRequest::GoToPrevChar)),
                (Key::plain(Right), edit(InputRequest::GoToNextChar)),
                (Key::plain(Home), edit(InputRequest::GoToStart)),
                (Key::plain(End), edit(InputRequest::GoToEnd)),
                (Key::ctrl('a'), edit(InputRequest::GoToStart)),
                (Key::ctrl('e'), edit(InputRequest::GoToEnd)),
            ],
            contexts: LINES,
            footer: None,
            help: "while typing: move within the line",
            group: Group::Finding,
        },
    ]
}

fn finding_rows() -> Vec<Row> {
    vec![
        Row {
            keys: vec![(Key::char('t'), Action::NextRound), (Key::char('T'), Action::PreviousRound)],
            contexts: CHOOSING,
            footer: Some(("round", 1)),
            help: "the next round (today, the inspections of November 2013 to 2018, the assessment of 2006); the previous one",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::char('s'), Action::NextSort), (Key::char('S'), Action::ReverseSort)],
            contexts: TABLES,
            footer: Some(("sort", 1)),
            help: "sort by the next column; reverse the order",
            group: Group::Finding,
        },
        Row {
            keys: vec![
                (Key::char(':'), Action::Show(LayerKind::Palette)),
                (Key::ctrl('p'), Action::Show(LayerKind::Palette)),
            ],
            contexts: PANES,
            footer: Some(("all", 1)),
            help: "every command, authority, region and category, found by typing",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::char('d'), Action::Show(LayerKind::Changed))],
            contexts: PANES,
            footer: Some(("changed", 1)),
            help: "what was published since a day, newest first",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::char('m'), Action::Show(LayerKind::Map))],
            contexts: PANES,
            footer: Some(("map", 1)),
            help: "England as a map of tiles",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::char('f'), Action::Show(LayerKind::Filters))],
            contexts: PANES,
            footer: Some(("filter", 1)),
            help: "choose framework, regions and grades to be listed; they combine",
            group: Group::Finding,
        },
        Row {
            keys: vec![
                (Key::plain(KeyCode::Enter), Action::Toggle),
                (Key::plain(KeyCode::Up), Action::Move(Motion::Up)),
                (Key::plain(KeyCode::Down), Action::Move(Motion::Down)),
                (Key::plain(KeyCode::Left), Action::Move(Motion::Left)),
                (Key::plain(KeyCode::Right), Action::Move(Motion::Right)),
                (Key::plain(KeyCode::PageUp), Action::Move(Motion::PageUp)),
                (Key::plain(KeyCode::PageDown), Action::Move(Motion::PageDown)),
            ],
            contexts: &[Context::Filters],
            footer: Some(("choose", 1)),
            help: "among the filters: choose, or undo it; arrows move, letters narrow the choices",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::ctrl('x'), Action::Clear)],
            contexts: &[Context::Filters],
            footer: Some(("list all", 1)),
            help: "among the filters: list every authority again",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::char('<'), Action::Earlier), (Key::char('>'), Action::Later)],
            contexts: CHOOSING,
            footer: Some(("date", 2)),
            help: "the data as at the end of the previous quarter; of the next quarter",
            group: Group::Finding,
        },
        Row {
            keys: (0..10).map(|number| (Key::char(digit(number)), Action::Category(number))).collect(),
            contexts: &[Context::Dated, Context::Map],
            footer: None,
            help: "on the map: the category with this number; in what changed: 1 30 days, 2 90 days, 3 a year, 4 \
                   since the file before",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::char('/'), Action::OpenSearch)],
            contexts: &[Context::Help],
            footer: Some(("find", 1)),
            help: "in this help: show only what has these words",
            group: Group::Finding,
        },
    ]
}

fn digit(number: usize) -> char {
    u32::try_from(number).ok().and_then(|number| char::from_digit(number, 10)).unwrap_or('0')
}

fn reading_rows() -> Vec<Row> {
    vec![
        Row {
            keys: vec![(Key::char('e'), Action::Show(LayerKind::Sources))],
            contexts: PANES,
            footer: Some(("source", 1)),
            help: "where the focused figure, or all about the authority, comes from",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Enter), Action::Open)],
            contexts: CHOOSING,
            footer: Some(("open", 1)),
            help: "open the authority, or list the region, or go to the year; in a pane of text, the sources of the figure",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('z'), Action::Zoom)],
            contexts: PANES,
            footer: None,
            help: "fill the screen with the pane; again: back",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Esc), Action::Back), (Key::char('q'), Action::Back)],
            contexts: LAYERS,
            footer: Some(("back", 1)),
            help: "close what is on top",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Esc), Action::Back)],
            contexts: PANES,
            footer: None,
            help: "back: end the zoom, leave the page, drop the search, clear filter and date; never quits",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('n'), Action::Show(LayerKind::Neighbours))],
            contexts: PANES,
            footer: Some(("neighbours", 1)),
            help: "the authority beside its statistical neighbours and its region",
            group: Group::Reading,
        },
        Row {
            keys: vec![
                (Key::char('R'), Action::Show(LayerKind::Regions)),
                (Key::char('Y'), Action::Show(LayerKind::Years)),
            ],
            contexts: PANES,
            footer: None,
            help: "how many are good or better by region; how many were good or better by year",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('c'), Action::Show(LayerKind::Compare)), (Key::char(' '), Action::Mark)],
            contexts: MARKING,
            footer: Some(("compare", 1)),
            help: "the marked authorities side by side; Space marks one",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::ctrl('x'), Action::Clear)],
            contexts: &[Context::Table],
            footer: None,
            help: "side by side: remove all marks",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('p'), Action::Show(LayerKind::Problems))],
            contexts: PANES,
            footer: None,
            help: "what was left out or repaired while loading, and why",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('y'), Action::Show(LayerKind::CopyMenu))],
            contexts: NOT_TYPING,
            footer: Some(("copy", 1)),
            help: "copy: the row, the sentence, the link, the command line",
            group: Group::Reading,
        },
        Row {
            keys: vec![
                (Key::char('r'), Action::Copy(Copied::Row)),
                (Key::char('s'), Action::Copy(Copied::Sentence)),
                (Key::char('l'), Action::Copy(Copied::Link)),
                (Key::char('c'), Action::Copy(Copied::CommandLine)),
            ],
            contexts: &[Context::Copy],
            footer: Some(("copy", 4)),
            help: "in the copy menu: row, sentence, link, command line",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('x'), Action::Show(LayerKind::Export))],
            contexts: CHOOSING,
            footer: Some(("export", 1)),
            help: "export the list, or the page, table or map on top, to a file; its ending says in which format",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Enter), Action::Export(Overwrite::Never))],
            contexts: &[Context::Export],
            footer: Some(("write", 1)),
            help: "in the export: write the file",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('y'), Action::Export(Overwrite::Confirmed)), (Key::char('n'), Action::Back)],
            contexts: &[Context::Overwrite],
            footer: Some(("overwrite or not", 2)),
            help: "if the file exists already: overwrite it, or not",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('o'), Action::OpenLink)],
            contexts: NOT_TYPING,
            footer: None,
            help: "open the link of what has the focus in a web browser",
            group: Group::Reading,
        },
    ]
}

fn program_rows() -> Vec<Row> {
    vec![
        Row {
            keys: vec![(Key::char('?'), Action::Show(LayerKind::Help))],
            contexts: HELPED,
            footer: Some(("help", 1)),
            help: "this help",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::char('M'), Action::ToggleMouse)],
            contexts: NOT_TYPING,
            footer: None,
            help: "mouse on or off (Shift-drag selects text while it is on)",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::ctrl('z'), Action::Suspend)],
            contexts: &Context::ALL,
            footer: None,
            help: "suspend; `fg` in the shell brings it back",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::ctrl('l'), Action::Redraw)],
            contexts: &Context::ALL,
            footer: None,
            help: "redraw the screen",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::char('q'), Action::Quit)],
            contexts: PANES,
            footer: Some(("quit", 1)),
            help: "quit",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::ctrl('c'), Action::Quit)],
            contexts: &Context::ALL,
            footer: None,
            help: "quit, from anywhere",
            group: Group::Program,
        },
    ]
}
