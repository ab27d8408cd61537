//! The help layer: the key table in words, then the signs and marks on the screen; and the search in it.

use tui_input::{Input, InputRequest};

use super::page::{Line, Page, Role, degree, owned_paragraph, shape, spaces};
use super::{Action, App, Group, Row};
use crate::dataset::{Absence, Framework};
use crate::statistics::Verdict;
use crate::text::{clean, display_width, fold};
use crate::wording;

/// The column at which explanations begin.
const COLUMN: usize = 28;

/// What stands before the line that is typed.
const PROMPT: &str = "/ ";

/// What is looked for in the help.
#[derive(Default)]
pub struct Find {
    input: Input,
    /// Whether it is being typed.
    pub(crate) is_typing: bool,
}

impl Find {
    pub(super) fn open(&mut self) {
        self.is_typing = true;
    }

    pub(super) fn edit(&mut self, request: InputRequest) {
        self.input.handle(request);
    }

    pub(super) fn paste(&mut self, text: &str) {
        for c in clean(text.trim()).chars() {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    pub(super) fn keep(&mut self) {
        self.is_typing = false;
    }

    pub(super) fn drop(&mut self) {
        *self = Self::default();
    }

    /// Whether the help shows only a part of itself.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.input.value().trim().is_empty()
    }

    /// The column of the cursor in the line that is typed.
    pub(crate) fn cursor(&self) -> usize {
        display_width(PROMPT) + self.input.visual_cursor()
    }

    /// The line that is typed, while there is one.
    fn line(&self) -> Option<Line<'static>> {
        let is_shown = self.is_typing || self.is_narrowed();
        is_shown.then(|| Line::new().with(PROMPT, Role::Key).with(self.input.value().to_owned(), Role::Strong))
    }

    /// Whether an entry has every word that is looked for, in itself or in its heading.
    fn keeps(&self, title: &str, entry: &Entry) -> bool {
        let text = fold(&format!("{title} {} {}", entry.sign, entry.text));
        let as_typed = format!("{} {}", entry.sign, entry.text);
        self.input.value().split_whitespace().all(|word| {
            let folded = fold(&clean(word));
            if folded.is_empty() { as_typed.contains(word) } else { text.contains(&folded) }
        })
    }
}

/// Entries under a heading.
struct Section {
    title: String,
    entries: Vec<Entry>,
}

/// A sign and what it means; an entry without a sign is a sentence of its own.
struct Entry {
    sign: String,
    role: Role,
    text: String,
}

impl Entry {
    fn new(sign: impl Into<String>, role: Role, text: impl Into<String>) -> Self {
        Self { sign: sign.into(), role, text: text.into() }
    }
}

/// The help, or as much of it as has what is looked for.
pub fn page(app: &App, width: usize) -> Page<'_> {
    let mut page: Page<'_> = app.help.line().into_iter().flat_map(|line| [line, Line::new()]).collect();
    let before = page.len();
    for section in sections(app) {
        let kept: Vec<&Entry> = section.entries.iter().filter(|e| app.help.keeps(&section.title, e)).collect();
        if kept.is_empty() {
            continue;
        }
        page.push(Line::new().with(section.title.clone(), Role::Heading));
        page.extend(kept.into_iter().flat_map(|entry| explained(entry, width)));
        page.push(Line::new());
    }
    if page.len() == before {
        page.extend(owned_paragraph("The help has nothing about that.", width, 0, Role::Plain));
    }
    page
}

fn sections(app: &App) -> Vec<Section> {
    let keys = Group::ALL.map(|group| Section {
        title: group.title().to_owned(),
        entries: app.keys.group(group).map(keys_of).collect(),
    });
    let grades = app.view.framework().map(|framework| scale(framework));
    keys.into_iter().chain(grades).chain([signs(app), verdicts()]).collect()
}

fn keys_of(row: &Row) -> Entry {
    let keys: Vec<String> = row.keys.iter().map(|(key, _)| key.to_string()).collect();
    Entry::new(if keys.is_empty() { "no key".to_owned() } else { keys.join(" ") }, Role::Key, row.help)
}

/// A sign at the left, its explanation at the right, beneath where there is no room.
fn explained<'a>(entry: &Entry, width: usize) -> Page<'a> {
    if entry.sign.is_empty() {
        return owned_paragraph(&entry.text, width, 0, Role::Plain);
    }
    let column = COLUMN.min(width / 2);
    let lines = owned_paragraph(&entry.text, width.saturating_sub(column), 0, Role::Plain);
    let sign_line = Line::new().with(entry.sign.clone(), entry.role);
    if display_width(&entry.sign) + 1 > column {
        let indented = lines.into_iter().map(|line| Line { spans: [indent(column).spans, line.spans].concat() });
        return std::iter::once(sign_line).chain(indented).collect();
    }
    let mut first = Some(sign_line.padded(column));
    let start = |line: Line<'a>| {
        let lead = first.take().unwrap_or_else(|| indent(column));
        Line { spans: [lead.spans, line.spans].concat() }
    };
    lines.into_iter().map(start).collect()
}

fn indent<'a>(column: usize) -> Line<'a> {
    Line::new().with(spaces(column), Role::Plain)
}

fn scale(framework: &Framework) -> Section {
    let mut entries = Vec::new();
    let steps = &framework.scale.steps;
    if let (Some(best), Some(lowest)) = (steps.first(), steps.last()) {
        let order = format!("{}: {} is the best grade, {} the lowest.", framework.title, best.sign(), lowest.sign());
        entries.push(Entry::new("", Role::Plain, order));
    }
    for step in steps {
        let sign = format!("{} {} {}", step.sign(), shape(&framework.scale, step.grade), step.word);
        let meaning = step.meaning.as_deref().unwrap_or("no source held says what it means");
        entries.push(Entry::new(sign, Role::Grade(degree(&framework.scale, step.grade)), meaning));
    }
    let good: Vec<&str> = steps.iter().filter(|s| framework.scale.is_good(s.grade)).map(|s| s.word.as_str()).collect();
    entries.push(Entry::new("good or better", Role::Plain, good.join(" or ")));
    Section { title: "Grades".to_owned(), entries }
}

fn signs(app: &App) -> Section {
    let absence = |absence: Absence| {
        let text = format!("{}: {}; never counted as a grade", absence.words(), absence.meaning());
        Entry::new(absence.sign(), Role::Plain, text)
    };
    let mut entries: Vec<Entry> = Absence::ALL.map(absence).into();
    if app.view.has_dates() && !app.view.holds_only_latest() {
        let legend = wording::movement_legend(app.view.framework().map(AsRef::as_ref));
        entries.push(Entry::new("▲ ▼", Role::Plain, legend.trim_start_matches("▲ ▼ ").to_owned()));
    }
    let sources = app.key(Action::ShowSources);
    let inferred = format!("inferred or second-hand: {sources} shows from what, and by which step");
    entries.push(Entry::new("*", Role::Plain, inferred));
    entries.push(Entry::new("└11┘", Role::Plain, "one published figure for several grades; their split is not known"));
    entries.push(Entry::new(
        "listed here",
        Role::Plain,
        "counted among the authorities in the list, of those whose grade is known; narrowing the list narrows it",
    ));
    Section { title: "Signs".to_owned(), entries }
}

fn verdicts() -> Section {
    let verdict = |verdict: Verdict| Entry::new(verdict.name(), Role::Verdict(verdict), verdict.meaning());
    let contradicted = Entry::new("!", Role::Plain, "beside a figure: contradicted by what is known");
    let entries = Verdict::ALL.into_iter().map(verdict).chain([contradicted]).collect();
    Section { title: "Published figure against our own count".to_owned(), entries }
}
