//! The settings file, in TOML: theme, mouse, framework, council, sort order, data files, what to fetch, and keys.
//!
//! Never opens files: the caller passes the text. An invalid setting is reported and ignored; the others still apply.

mod change;
mod read;
mod write;

pub use change::changed;
pub use read::read;
pub use write::{InForce, SetBy, write};

use crate::app::{Action, Key, KeyTable};
use crate::dataset::Problem;
use crate::ui::ThemeName;

/// A value set by the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// The settings in the file; `None` for those that it does not set.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The colours.
    pub theme: Option<Set<ThemeName>>,
    /// Whether the mouse is used.
    pub mouse: Option<Set<bool>>,
    /// The framework to open on: its id or title. Not checked here, because the frameworks depend on the data.
    pub framework: Option<Set<String>>,
    /// The council that the browser opens on: a name or a code. Not checked here, because the names depend on the data.
    pub council: Option<Set<String>>,
    /// The initial order of the list: the name of a column, after `-` if reversed. Not checked here, because the
    /// columns depend on the data.
    pub sort: Option<Set<String>>,
    /// The files to open if none is named on the command line; relative paths start from the folder of the settings
    /// file.
    pub data: Option<Set<Vec<String>>>,
    /// The addresses that `scrutineer fetch` gets files from.
    pub addresses: Option<Set<Vec<String>>>,
    /// How long it waits for a connection and for an answer, in seconds.
    pub timeout_seconds: Option<Set<u32>>,
    /// The key bindings: the defaults, with the changes made by the file.
    pub keys: KeyTable,
    /// The actions that the file binds, with their keys.
    pub bound: Vec<Set<(Action, Vec<Key>)>>,
}

/// The result of parsing a settings file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The valid settings.
    pub settings: Settings,
    /// What is invalid, in the order of the file.
    pub problems: Vec<Problem>,
}
