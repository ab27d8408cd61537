//! The export layer: asks which file to write the list, or what is open, to, and for confirmation before it overwrites a file.

use std::path::Path;

use super::{Content, Handled};
use crate::app::action::{Action, Effect, ExportOf};
use crate::app::focused::Focused;
use crate::app::input_line::InputLine;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::screen::PROGRAM;

/// The maximum length of a suggested file name, without its extension.
const MOST_SUGGESTED: usize = 80;

/// The endings of a file name that an export can have, with what is written.
const ENDINGS: [(&str, &str); 7] = [
    ("csv", "comma-separated values, for a spreadsheet"),
    ("xlsx", "a workbook, with sheets for the sources and the notes"),
    ("html", "a page for a web browser, to read or to print"),
    ("json", "JSON, with the sources of every figure"),
    ("md", "Markdown, for a report"),
    ("txt", "aligned text"),
    ("svg", "a picture"),
];

/// Returns the ending of a path, without its dot; `None` if it has none, or nothing before it.
pub fn ending(path: &str) -> Option<&str> {
    let (name, ending) = path.rsplit_once('.')?;
    (!name.is_empty() && !name.ends_with(['/', '\\'])).then_some(ending)
}

/// Returns the endings that an export can be written with: the page of a council has no comma-separated form.
fn endings(of: &ExportOf) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_page = matches!(of, ExportOf::Council(..));
    ENDINGS.into_iter().filter(move |(ending, _)| !is_page || *ending != "csv")
}

/// Returns what is written to a path; `None` if its ending is unknown.
fn written(of: &ExportOf, path: &str) -> Option<&'static str> {
    let ending = ending(path)?.to_ascii_lowercase();
    let ending = if ending == "htm" { "html" } else { &ending };
    endings(of).find(|(known, _)| *known == ending).map(|(_, words)| words)
}

/// Says which endings are known.
fn known_endings(of: &ExportOf) -> String {
    let endings: Vec<String> = endings(of).map(|(ending, _)| format!(".{ending}")).collect();
    let (last, others) = endings.split_last().map_or(("", &[][..]), |(last, others)| (last.as_str(), others));
    format!("The file name must end in {} or {last}.", others.join(", "))
}

/// The prompt for the path of an export.
#[derive(Debug, Clone)]
pub struct Export {
    path: InputLine,
    /// The name that was suggested.
    suggested: String,
    /// What is written.
    pub of: ExportOf,
}

impl Content for Export {
    fn open(state: &Model, focused: &Focused) -> Option<Self> {
        let of = focused.export.clone();
        let suggested = match &of {
            Some(ExportOf::Council(_, name)) => file_name(&[PROGRAM, name], "html"),
            _ => suggested(state, Some(focused).filter(|_| of.is_some())),
        };
        let path = match &state.exported {
            Some((path, same)) if *same == suggested => path.clone(),
            // Something else: another name beside the last one.
            Some((path, _)) => Path::new(path).with_file_name(&suggested).to_string_lossy().into_owned(),
            None => suggested.clone(),
        };
        Some(Self { path: InputLine::from(path.as_str()), suggested, of: of.unwrap_or(ExportOf::List) })
    }

    fn title(&self) -> &'static str {
        "Export"
    }

    fn context(&self) -> Context {
        Context::Export
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let what = self.of.words(state.listing.len());
        let what = match self.of {
            ExportOf::List => format!("the {what} listed"),
            ExportOf::Table(..) => format!("the {what} of the table"),
            _ => what,
        };
        let mut lines = paragraph(&format!("Write {what} to this file:"), width, 0, Role::Plain);
        lines.push(Line::new());
        let (shown, column) = self.path.visible(width.saturating_sub(1));
        let cursor = Some((column, lines.len()));
        lines.push(Line::new().with(shown.to_owned(), Role::Strong));
        lines.push(Line::new());
        let hint = written(&self.of, self.path.text()).map_or_else(|| known_endings(&self.of), String::from);
        lines.extend(paragraph(&hint, width, 0, Role::Faint));
        Page { lines, cursor }
    }

    /// Exports once the path has a known extension; otherwise says which ones are known.
    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        match action {
            Action::Edit(request) => {
                self.path.edit(request);
                Handled::Yes(None)
            }
            Action::Export(overwrite) => {
                let path = self.path.text().trim().to_owned();
                if written(&self.of, &path).is_none() {
                    state.say(known_endings(&self.of));
                    return Handled::Yes(None);
                }
                state.exported = Some((path.clone(), self.suggested.clone()));
                Handled::Yes(Some(Effect::Export(path, overwrite)))
            }
            _ => Handled::No,
        }
    }

    fn paste(&mut self, text: &str, _: &Model) {
        self.path.paste(text);
    }
}

/// Suggests a file name that says what is exported, such as `scrutineer-ilacs-london.csv`.
fn suggested(state: &Model, below: Option<&Focused>) -> String {
    let own = below.and_then(|below| below.filter.clone());
    let filter = own.unwrap_or_else(|| state.listing.filter().clone());
    let query = state.listing.query();
    let mut parts = vec![PROGRAM.to_owned()];
    parts.extend(state.framework().map(|framework| framework.id.to_string()));
    parts.extend(below.and_then(|below| below.title).map(str::to_owned));
    parts.extend((below.is_none() && !query.is_empty()).then(|| query.to_owned()));
    parts.extend(filter.regions.iter().cloned());
    parts.extend(filter.grades.iter().filter_map(|(category, grade)| {
        let framework = state.framework()?;
        let word = &framework.scale.step(*grade)?.word;
        Some(format!("{} {word}", framework.categories.get(*category)?.id))
    }));
    parts.extend(filter.asked.iter().cloned());
    parts.extend(filter.since.map(|day| format!("since {}", day.iso())));
    parts.extend(state.view().as_at().map(|as_at| format!("as at {}", as_at.day.iso())));
    file_name(&parts.iter().map(String::as_str).collect::<Vec<_>>(), "csv")
}

/// Returns a file name of the words of some texts.
fn file_name(parts: &[&str], ending: &str) -> String {
    let words = parts.iter().flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric()));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    let name: String = words.join("-").chars().take(MOST_SUGGESTED).collect();
    format!("{name}.{ending}")
}

/// The question whether to overwrite an existing file.
#[derive(Debug, Clone)]
pub struct OverwriteQuestion {
    /// The path of the file.
    pub path: String,
    /// Whether it is one of the files that are open.
    pub is_open: bool,
}

impl Content for OverwriteQuestion {
    fn title(&self) -> &'static str {
        "Export"
    }

    fn context(&self) -> Context {
        Context::Overwrite
    }

    fn page(&self, _: &Model, width: usize) -> Page {
        let words = match self.is_open {
            true => format!("{} is open: these data come from it. Overwrite it with the export?", self.path),
            false => format!("{} exists already. Overwrite it?", self.path),
        };
        paragraph(&words, width, 0, Role::Plain).into()
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, _: &mut Model) -> Handled {
        match action {
            Action::Export(overwrite) => Handled::Yes(Some(Effect::Export(self.path.clone(), overwrite))),
            _ => Handled::No,
        }
    }
}
