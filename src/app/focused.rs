//! What has the focus, over the panes and all layers: what is copied, exported and opened.

use super::action::ExportOf;
use super::page::Figure;
use crate::query::{AuthorityId, Filter};
use crate::statistics::MapView;

/// A command that prints what a view shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its name and its own arguments: the names of councils are quoted when it is written.
    pub words: Vec<String>,
    /// Which options say what it is of.
    pub scope: CommandScope,
}

/// Which options say what a command is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandScope {
    /// The files.
    Data,
    /// The files, the framework and the day.
    View,
    /// Those, and the filters.
    Filtered,
}

impl Command {
    /// Creates a command of words.
    pub fn new<S: Into<String>>(words: impl IntoIterator<Item = S>, scope: CommandScope) -> Self {
        Self { words: words.into_iter().map(Into::into).collect(), scope }
    }
}

/// What has the focus when a layer is opened.
#[derive(Debug, Clone, Default)]
pub struct Focused {
    /// The council of the focused row of the table on top, or of the tile of the map.
    pub row: Option<AuthorityId>,
    /// The figure whose sources are shown, or else the focused one.
    pub figure: Option<Figure>,
    /// The council whose page has the focus, also under its sources.
    pub page: Option<AuthorityId>,
    /// The councils of the table on top.
    pub table: Option<Vec<AuthorityId>>,
    /// The text of a table on top that is not of councils.
    pub text: Option<String>,
    /// Whether a table of shares is on top, whose rows are about many councils.
    pub is_of_shares: bool,
    /// What the map shows, if it is open.
    pub map: Option<MapView>,
    /// What an export writes; `None` for the list.
    pub export: Option<ExportOf>,
    /// Whether what inspectors asked is on top: of a council, or of those listed.
    pub asked: Option<Option<AuthorityId>>,
    /// The command that prints what is on top; `None` for that of the list, of a page, or of the map.
    pub command: Option<Command>,
    /// The answer of what is on top, as a sentence.
    pub sentence: Option<String>,
    /// The title of the layer on top.
    pub title: Option<&'static str>,
    /// How the councils of the layer on top were chosen.
    pub filter: Option<Filter>,
}
