//! The export layer: asks which file to write the list to, and for confirmation before it overwrites a file.

use super::{Content, Handled};
use crate::app::action::{Action, Effect};
use crate::app::input_line::InputLine;
use crate::app::keys::Context;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::state::State;
use crate::text::plural;

/// The formats of an export, by file name extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// Markdown.
    Markdown,
    /// Aligned text.
    Text,
}

impl Extension {
    /// Returns the format for the extension of a path; `None` for any other extension.
    pub fn from_path(path: &str) -> Option<Self> {
        let (name, ending) = path.rsplit_once('.')?;
        let is_named = !name.is_empty() && !name.ends_with(['/', '\\']);
        match ending.to_ascii_lowercase().as_str() {
            _ if !is_named => None,
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "md" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }
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
    IsThere,
    /// The file could not be written; the message says why.
    Failed(String),
}

/// The prompt for the path of an export.
#[derive(Debug, Clone)]
pub struct Export {
    path: InputLine,
}

impl Export {
    /// Creates the prompt with a suggested path.
    pub fn new(path: &str) -> Self {
        Self { path: InputLine::from(path) }
    }
}

impl Content for Export {
    fn open(state: &State) -> Option<Self> {
        Some(Self::new(&state.export_path))
    }

    fn title(&self) -> &'static str {
        "Export"
    }

    fn context(&self) -> Context {
        Context::Export
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let count = plural(state.listing.len(), "authority", "authorities");
        let mut lines = paragraph(&format!("Write the {count} listed to this file:"), width, 0, Role::Plain);
        lines.push(Line::new());
        let (shown, column) = self.path.visible(width.saturating_sub(1));
        let cursor = Some((column, lines.len()));
        lines.push(Line::new().with(shown.to_owned(), Role::Strong));
        lines.push(Line::new());
        let hint = match Extension::from_path(self.path.text()) {
            Some(Extension::Csv) => "comma-separated values, for a spreadsheet",
            Some(Extension::Json) => "JSON, with the sources of every figure",
            Some(Extension::Markdown) => "Markdown, for a report",
            Some(Extension::Text) => "aligned text",
            None => "The file name must end in .csv, .json, .md or .txt.",
        };
        lines.extend(paragraph(hint, width, 0, Role::Faint));
        Page { lines, cursor }
    }

    /// Exports once the path has a known extension; otherwise says which ones are known.
    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut State) -> Handled {
        match action {
            Action::Edit(request) => {
                self.path.edit(request);
                Handled::Yes(None)
            }
            Action::Export(overwrite) => {
                let path = self.path.text().trim().to_owned();
                if Extension::from_path(&path).is_none() {
                    state.say("the name of the file must end in .csv, .json, .md or .txt");
                    return Handled::Yes(None);
                }
                state.listing.prepare(usize::MAX);
                state.export_path.clone_from(&path);
                Handled::Yes(Some(Effect::Export(path, overwrite)))
            }
            _ => Handled::No,
        }
    }

    fn paste(&mut self, text: &str) {
        self.path.paste(text);
    }
}

/// The question whether to overwrite an existing file.
#[derive(Debug, Clone)]
pub struct OverwriteQuestion {
    /// The path of the file.
    pub path: String,
}

impl Content for OverwriteQuestion {
    fn title(&self) -> &'static str {
        "Export"
    }

    fn context(&self) -> Context {
        Context::Overwrite
    }

    fn page(&self, _: &State, width: usize) -> Page {
        paragraph(&format!("{} exists already. Overwrite it?", self.path), width, 0, Role::Plain).into()
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, _: &mut State) -> Handled {
        match action {
            Action::Export(overwrite) => Handled::Yes(Some(Effect::Export(self.path.clone(), overwrite))),
            _ => Handled::No,
        }
    }
}
