//! The settings file: what a person can set, read from TOML, with every mistake named.
//!
//! Opens no file itself. A mistake costs the setting it is in and no other.

mod read;
mod write;

pub use read::read;
pub use write::{InForce, SetBy, write};

use crate::app::{Action, Key, KeyTable};
use crate::dataset::Problem;
use crate::ui::ThemeName;

/// A value that the file sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// The line, from 1, on which it stands.
    pub line: usize,
}

/// What the file sets; what it does not set is `None`.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The colours.
    pub theme: Option<Set<ThemeName>>,
    /// Whether the mouse is listened to.
    pub mouse: Option<Set<bool>>,
    /// The order in which the list begins: a column, `-` before it for the other way round. Whether there
    /// is such a column, the data say.
    pub sort: Option<Set<String>>,
    /// The files opened where none is named; a relative path is one from the folder of the settings.
    pub data: Option<Set<Vec<String>>>,
    /// The keys, those of the file in the place of the defaults.
    pub keys: KeyTable,
    /// Which actions the file gives keys to.
    pub bound: Vec<Set<(Action, Vec<Key>)>>,
}

/// What was read of a file.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What can be used.
    pub settings: Settings,
    /// What is wrong, in the order of the file.
    pub problems: Vec<Problem>,
}
