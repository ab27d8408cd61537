//! The one table of keys: dispatch, footer and help are made from it.

use std::fmt;

use crossterm::event::{KeyCode, KeyModifiers};
use tui_input::InputRequest;

use super::action::{Action, Motion};
use super::copy::Copied;
use super::export::Over;
use crate::layout::Pane;

/// What the keys act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The list has the focus.
    List,
    /// A pane of text has the focus.
    Text,
    /// The search is being typed.
    Search,
    /// A layer lies over the panes.
    Layer,
    /// The copy menu lies over everything.
    Copy,
    /// The path of an export is being typed.
    Export,
    /// It is asked whether a file may be written over.
    Overwrite,
}

/// The sections of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Getting about.
    Moving,
    /// Finding and ordering.
    Finding,
    /// Reading further.
    Reading,
    /// The program itself.
    Program,
}

impl Group {
    /// The sections in their order.
    pub const ALL: [Self; 4] = [Self::Moving, Self::Finding, Self::Reading, Self::Program];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Finding => "Finding",
            Self::Reading => "Reading",
            Self::Program => "Program",
        }
    }
}

/// A key, with Ctrl or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    has_ctrl: bool,
}

impl Key {
    const fn plain(code: KeyCode) -> Self {
        Self { code, has_ctrl: false }
    }

    const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), has_ctrl: true }
    }

    /// The key of an event; `None` with Alt and the like, which no key here has.
    pub fn of(code: KeyCode, modifiers: KeyModifiers) -> Option<Self> {
        let others = modifiers - KeyModifiers::SHIFT - KeyModifiers::CONTROL;
        let has_ctrl = modifiers.contains(KeyModifiers::CONTROL);
        let code = match code {
            KeyCode::Char(c) if has_ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        others.is_empty().then_some(Self { code, has_ctrl })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_ctrl {
            f.write_str("Ctrl-")?;
        }
        match self.code {
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::Tab => f.write_str("Tab"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.has_ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            code => write!(f, "{code}"),
        }
    }
}

/// One row of the table: keys that belong together.
#[derive(Debug, Clone)]
pub struct Row {
    /// Each key with what it asks for.
    pub keys: Vec<(Key, Action)>,
    /// Where they work.
    pub contexts: &'static [Context],
    /// The word in the footer, and how many of the keys stand there; `None` for help alone.
    pub footer: Option<(&'static str, usize)>,
    /// What they do, for the help.
    pub help: &'static str,
    /// The section of the help.
    pub group: Group,
}

/// All keys and what they ask for.
#[derive(Debug, Clone)]
pub struct KeyTable {
    rows: Vec<Row>,
}

impl KeyTable {
    /// What a key asks for in a context; `None` where it has no meaning there.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        let rows = self.rows.iter().filter(|row| row.contexts.contains(&context));
        rows.flat_map(|row| &row.keys).find(|(bound, _)| *bound == key).map(|(_, action)| *action)
    }

    /// The rows of a section of the help.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.group == group)
    }

    /// What the footer says in a context: keys and word, the most needed first.
    pub fn footer(&self, context: Context) -> impl Iterator<Item = (String, &'static str)> {
        self.rows.iter().filter(move |row| row.contexts.contains(&context)).filter_map(|row| {
            let (word, count) = row.footer?;
            Some((row.keys.iter().take(count).map(|(key, _)| key.to_string()).collect(), word))
        })
    }
}

const PANES: &[Context] = &[Context::List, Context::Text];
const NOT_SEARCH: &[Context] = &[Context::List, Context::Text, Context::Layer];
const LAYERS: &[Context] = &[Context::Layer, Context::Copy, Context::Export, Context::Overwrite];
const LINES: &[Context] = &[Context::Search, Context::Export];
const ANYWHERE: &[Context] = &[
    Context::List,
    Context::Text,
    Context::Search,
    Context::Layer,
    Context::Copy,
    Context::Export,
    Context::Overwrite,
];

impl Default for KeyTable {
    fn default() -> Self {
        let mut rows = search_rows();
        rows.extend(moving_rows());
        rows.extend(reading_rows());
        rows.extend(finding_rows());
        rows.extend(program_rows());
        Self { rows }
    }
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
            contexts: NOT_SEARCH,
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
            contexts: &[Context::Text],
            footer: None,
            help: "to the figure at the left or right",
            group: Group::Moving,
        },
        Row {
            keys: vec![
                (Key::plain(PageUp), go(Motion::PageUp)),
                (Key::plain(PageDown), go(Motion::PageDown)),
                (Key::ctrl('u'), go(Motion::HalfUp)),
                (Key::ctrl('d'), go(Motion::HalfDown)),
            ],
            contexts: NOT_SEARCH,
            footer: None,
            help: "a page, or half of one, back or on",
            group: Group::Moving,
        },
        Row {
            keys: vec![
                (Key::plain(Home), go(Motion::First)),
                (Key::plain(End), go(Motion::Last)),
                (Key::char('g'), go(Motion::First)),
                (Key::char('G'), go(Motion::Last)),
            ],
            contexts: NOT_SEARCH,
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
            help: "to the next pane, or the one before",
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
            help: "to the list, the authority, the national picture",
            group: Group::Moving,
        },
    ]
}

fn search_rows() -> Vec<Row> {
    use KeyCode::{Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Up};
    let edit = |request| Action::Edit(request);
    const SEARCH: &[Context] = &[Context::Search];
    vec![
        Row {
            keys: vec![
                (Key::plain(Up), Action::Move(Motion::Up)),
                (Key::plain(Down), Action::Move(Motion::Down)),
                (Key::plain(PageUp), Action::Move(Motion::PageUp)),
                (Key::plain(PageDown), Action::Move(Motion::PageDown)),
            ],
            contexts: SEARCH,
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
            contexts: LINES,
            footer: Some(("clear", 1)),
            help: "while typing: delete the line, a word, a letter",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Enter), Action::KeepSearch)],
            contexts: SEARCH,
            footer: Some(("keep", 1)),
            help: "while typing: keep what was found",
            group: Group::Finding,
        },
        Row {
            keys: vec![(Key::plain(Esc), Action::DropSearch)],
            contexts: SEARCH,
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
    vec![Row {
        keys: vec![(Key::char('s'), Action::NextSort), (Key::char('S'), Action::ReverseSort)],
        contexts: PANES,
        footer: Some(("sort", 1)),
        help: "order by the next column; turn the order round",
        group: Group::Finding,
    }]
}

fn reading_rows() -> Vec<Row> {
    vec![
        Row {
            keys: vec![(Key::char('e'), Action::ShowSources)],
            contexts: PANES,
            footer: Some(("source", 1)),
            help: "where the focused figure, or all about the authority, comes from",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Enter), Action::Zoom)],
            contexts: PANES,
            footer: Some(("zoom", 1)),
            help: "fill the screen with the pane; again or Esc: back",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Esc), Action::Back)],
            contexts: LAYERS,
            footer: Some(("back", 1)),
            help: "close what lies on top",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Esc), Action::Back)],
            contexts: PANES,
            footer: None,
            help: "back: end the zoom, drop the search; never quits",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('p'), Action::ShowProblems)],
            contexts: PANES,
            footer: None,
            help: "what was left out while loading, and why",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('y'), Action::ShowCopyMenu)],
            contexts: NOT_SEARCH,
            footer: None,
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
            keys: vec![(Key::char('x'), Action::ShowExport)],
            contexts: PANES,
            footer: None,
            help: "export what is listed to a file: csv, json, Markdown or text",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::plain(KeyCode::Enter), Action::Export(Over::Nothing))],
            contexts: &[Context::Export],
            footer: Some(("write", 1)),
            help: "in the export: write the file",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('y'), Action::Export(Over::What)), (Key::char('n'), Action::Back)],
            contexts: &[Context::Overwrite],
            footer: Some(("yes or no", 2)),
            help: "where the file is there already: write over it, or not",
            group: Group::Reading,
        },
        Row {
            keys: vec![(Key::char('o'), Action::OpenLink)],
            contexts: NOT_SEARCH,
            footer: None,
            help: "open the link of what has the focus in a web browser",
            group: Group::Reading,
        },
    ]
}

fn program_rows() -> Vec<Row> {
    vec![
        Row {
            keys: vec![(Key::char('?'), Action::ShowHelp)],
            contexts: PANES,
            footer: Some(("help", 1)),
            help: "this help",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::char('m'), Action::ToggleMouse)],
            contexts: NOT_SEARCH,
            footer: None,
            help: "mouse on or off (Shift-drag selects text while it is on)",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::ctrl('z'), Action::Suspend)],
            contexts: ANYWHERE,
            footer: None,
            help: "suspend; `fg` in the shell brings it back",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::ctrl('l'), Action::Redraw)],
            contexts: ANYWHERE,
            footer: None,
            help: "draw the screen anew",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::char('q'), Action::Quit)],
            contexts: NOT_SEARCH,
            footer: Some(("quit", 1)),
            help: "quit",
            group: Group::Program,
        },
        Row {
            keys: vec![(Key::ctrl('c'), Action::Quit)],
            contexts: ANYWHERE,
            footer: None,
            help: "quit, from anywhere",
            group: Group::Program,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        let table = KeyTable::default();
        for context in ANYWHERE {
            let mut seen: Vec<Key> = Vec::new();
            for row in table.rows.iter().filter(|r| r.contexts.contains(context)) {
                for (key, _) in &row.keys {
                    assert!(!seen.contains(key), "{key} in {context:?}");
                    seen.push(*key);
                }
            }
        }
    }

    #[test]
    fn the_footer_names_what_a_newcomer_needs() {
        let words: Vec<_> = KeyTable::default().footer(Context::List).map(|(k, w)| format!("{k} {w}")).collect();
        assert_eq!(words, ["↑↓ move", "/ search", "Tab pane", "e source", "Enter zoom", "s sort", "? help", "q quit"]);
    }
}
