//! The export of what is listed: where to, in which form, and whether over what is there.

use tui_input::{Input, InputRequest};

use super::App;
use super::page::{Line, Page, Role, owned_paragraph};
use crate::text::clean;

/// The line of the page on which the path is typed.
pub const INPUT_LINE: u16 = 2;

/// The forms of an export, by the ending of the file.
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
    /// The form that a path asks for by its ending; `None` for any other ending.
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

/// Whether an export may take the place of a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// Never.
    Never,
    /// The person said yes.
    Confirmed,
}

/// The path as it is typed.
pub struct ExportPath(pub(crate) Input);

impl Default for ExportPath {
    fn default() -> Self {
        Self(Input::new("scrutineer.csv".to_owned()))
    }
}

impl App {
    pub(super) fn edit_path(&mut self, request: InputRequest) {
        self.export.0.handle(request);
    }

    pub(super) fn paste_path(&mut self, text: &str) {
        for c in clean(text.trim()).chars() {
            self.export.0.handle(InputRequest::InsertChar(c));
        }
    }
}

/// The page on which the path is typed.
pub fn page(app: &App, width: usize) -> Page<'_> {
    let count = app.list.ranking.len();
    let noun = if count == 1 { "authority" } else { "authorities" };
    let mut page = owned_paragraph(&format!("Write the {count} {noun} listed to this file:"), width, 0, Role::Plain);
    page.truncate(1);
    page.push(Line::new());
    page.push(Line::new().with(app.export.0.value(), Role::Strong));
    page.push(Line::new());
    let hint = match Extension::from_path(app.export.0.value()) {
        Some(Extension::Csv) => "comma-separated values, for a spreadsheet",
        Some(Extension::Json) => "JSON, with the sources of every figure",
        Some(Extension::Markdown) => "Markdown, for a report",
        Some(Extension::Text) => "aligned text",
        None => "The ending says the form: .csv, .json, .md or .txt.",
    };
    page.extend(owned_paragraph(hint, width, 0, Role::Faint));
    page
}

/// The question before a file is written over.
pub fn overwrite_page(app: &App, width: usize) -> Page<'_> {
    let question = format!("{} is there already. Write over it?", app.export.0.value());
    owned_paragraph(&question, width, 0, Role::Plain)
}
