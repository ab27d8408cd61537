//! The export layer: asks which file to write the list, or what is open, to, and for confirmation before it overwrites a file.

use std::path::Path;

use super::{Content, Handled};
use crate::app::action::{Action, Effect, ExportOf, Motion};
use crate::app::focused::Focused;
use crate::app::input_line::InputLine;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::screen::PROGRAM;
use crate::text::clean;

/// The maximum length of a suggested file name, without its extension.
const MOST_SUGGESTED: usize = 80;

/// The endings of a file name that an export can have, with what is written.
const ENDINGS: [(&str, &str); 7] = [
    ("html", "page to print, or for a web browser"),
    ("xlsx", "spreadsheet, with its sources and notes"),
    ("csv", "table of comma-separated values"),
    ("svg", "picture"),
    ("md", "Markdown, for a report"),
    ("json", "JSON, with the sources of every figure"),
    ("txt", "aligned text"),
];

/// Returns the ending of a path, without its dot; `None` if it has none, or nothing before it.
pub fn ending(path: &str) -> Option<&str> {
    let (name, ending) = path.rsplit_once('.')?;
    let is_ending = !ending.contains(['/', '\\']) && !name.is_empty() && !name.ends_with(['/', '\\', '.']);
    is_ending.then_some(ending)
}

/// Returns the endings that an export can be written with: the page of a council has no comma-separated form.
fn endings(of: &ExportOf) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_page = matches!(of, ExportOf::Council(..));
    ENDINGS.into_iter().filter(move |(ending, _)| !is_page || *ending != "csv")
}

/// Returns which of the endings a path has; `None` if its ending is unknown.
fn chosen(of: &ExportOf, path: &str) -> Option<usize> {
    let ending = ending(path)?.to_ascii_lowercase();
    let ending = if ending == "htm" { "html" } else { &ending };
    endings(of).position(|(known, _)| known == ending)
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

    fn focus(&self) -> Option<Figure> {
        chosen(&self.of, self.path.text()).map(Figure::Choice)
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
        if let Some(folder) = state.folder.as_ref().filter(|_| is_name(self.path.text())) {
            lines.extend(paragraph(&format!("in the folder {}", clean(folder)), width, 0, Role::Faint));
        }
        lines.push(Line::new());
        for (number, (ending, words)) in endings(&self.of).enumerate() {
            let line = Line::new().with(format!(".{ending}"), Role::Plain).padded(ENDING).with(words, Role::Plain);
            lines.push(line.for_figure(Figure::Choice(number)));
        }
        if self.focus().is_none() {
            lines.extend(paragraph(&known_endings(&self.of), width, 0, Role::Faint));
        }
        Page { lines, cursor }
    }

    /// Exports once the path has a known extension; otherwise says which ones are known.
    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        match action {
            Action::Edit(request) => {
                self.path.edit(request);
                Handled::Yes(None)
            }
            Action::Move(motion @ (Motion::Up | Motion::Down)) => {
                self.turn(motion == Motion::Down);
                Handled::Yes(None)
            }
            Action::Export(overwrite) => {
                let path = self.path.text().trim().to_owned();
                if chosen(&self.of, &path).is_none() {
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

impl Export {
    /// Chooses the next ending, or the one before.
    fn turn(&mut self, is_next: bool) {
        let path = self.path.text();
        let last = endings(&self.of).count().saturating_sub(1);
        let at = match (chosen(&self.of, path), is_next) {
            (Some(at), true) => (at + 1).min(last),
            (Some(at), false) => at.saturating_sub(1),
            (None, _) => 0,
        };
        // Another ending is part of the name.
        let known = ending(path).filter(|_| chosen(&self.of, path).is_some());
        let stem = known.and_then(|ending| path.strip_suffix(ending)?.strip_suffix('.')).unwrap_or(path);
        if let Some((ending, _)) = endings(&self.of).nth(at) {
            self.path = InputLine::from(format!("{stem}.{ending}").as_str());
        }
    }
}

/// The width of the endings, with the space after them.
const ENDING: usize = 7;

/// Whether a path is a name in the folder in which the program was started.
fn is_name(path: &str) -> bool {
    !path.contains(['/', '\\']) && !path.starts_with('~')
}

/// Suggests a file name that says what is exported, such as `scrutineer-ilacs-london.csv`.
fn suggested(state: &Model, below: Option<&Focused>) -> String {
    let own = below.and_then(|below| below.filter.clone());
    let filter = own.unwrap_or_else(|| state.listing.filter().clone());
    let query = state.listing.query();
    let mut parts = vec![PROGRAM.to_owned()];
    parts.extend(state.framework().map(|framework| framework.id.to_string()));
    parts.extend(match below.map(|below| (&below.export, below.title)) {
        Some((Some(ExportOf::Events(_, words, _)), _)) => Some(words.clone()),
        Some((_, title)) => title.map(str::to_owned),
        None => None,
    });
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
