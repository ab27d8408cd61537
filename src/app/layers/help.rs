//! The help layer: the keys, the grades, and the signs on the screen; it can be searched.

use super::{Content, Handled, LayerKind, typed_line};
use crate::app::action::Action;
use crate::app::input_line::InputLine;
use crate::app::keys::{Context, Group, Row};
use crate::app::page::{Figure, Line, Lines, Page, Role, degree, paragraph, shape, spaces};
use crate::app::state::State;
use crate::dataset::{Absence, Framework};
use crate::statistics::Verdict;
use crate::text::{clean, display_width, fold};
use crate::wording;

/// The column at which explanations start.
const COLUMN: usize = 28;

/// The prompt before the search text.
const PROMPT: &str = "/ ";

/// The help, and the search in it.
#[derive(Debug, Clone, Default)]
pub struct Help {
    input: InputLine,
    is_typing: bool,
}

impl Help {
    /// Whether a search hides part of the help.
    fn is_narrowed(&self) -> bool {
        !self.input.text().trim().is_empty()
    }

    /// Whether every word of the search occurs in an entry or its heading. A word without letters or digits, such as
    /// `▲`, must occur as typed.
    fn keeps(&self, title: &str, entry: &Entry) -> bool {
        let text = fold(&format!("{title} {} {}", entry.sign, entry.text));
        let as_typed = format!("{} {}", entry.sign, entry.text);
        self.input.text().split_whitespace().all(|word| {
            let folded = fold(&clean(word));
            if folded.is_empty() { as_typed.contains(word) } else { text.contains(&folded) }
        })
    }
}

impl Content for Help {
    fn open(_: &State) -> Option<Self> {
        Some(Self::default())
    }

    fn title(&self) -> &'static str {
        "Help"
    }

    fn context(&self) -> Context {
        if self.is_typing { Context::Find } else { Context::Help }
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let mut lines = Lines::new();
        let mut cursor = None;
        if self.is_typing || self.is_narrowed() {
            let (line, column) = typed_line(&self.input, PROMPT, width);
            cursor = self.is_typing.then_some((column, 0));
            lines.extend([line, Line::new()]);
        }
        let before = lines.len();
        for section in sections(state) {
            let kept: Vec<&Entry> = section.entries.iter().filter(|entry| self.keeps(&section.title, entry)).collect();
            if kept.is_empty() {
                continue;
            }
            lines.push(Line::new().with(section.title.clone(), Role::Heading));
            lines.extend(kept.into_iter().flat_map(|entry| explained(entry, width)));
            lines.push(Line::new());
        }
        if lines.len() == before {
            lines.extend(paragraph("The help has nothing about that.", width, 0, Role::Plain));
        }
        Page { lines, cursor }
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, _: &mut State) -> Handled {
        match action {
            Action::OpenSearch => self.is_typing = true,
            Action::Edit(request) => drop(self.input.edit(request)),
            Action::KeepSearch => self.is_typing = false,
            Action::DropSearch => *self = Self::default(),
            Action::Back if self.is_narrowed() => *self = Self::default(),
            _ => return Handled::No,
        }
        Handled::Yes(None)
    }

    fn paste(&mut self, text: &str) {
        if self.is_typing {
            self.input.paste(text);
        }
    }
}

/// Entries under one heading.
struct Section {
    title: String,
    entries: Vec<Entry>,
}

/// A sign and its meaning; an entry without a sign is a sentence of its own.
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

fn sections(state: &State) -> Vec<Section> {
    let keys = Group::ALL.map(|group| Section {
        title: group.title().to_owned(),
        entries: state.keys.group(group).map(keys_of).collect(),
    });
    let grades = state.framework().map(scale);
    let first = [purpose(), useful_here(state)];
    first.into_iter().chain(keys).chain(grades).chain([signs(state), verdicts()]).collect()
}

fn purpose() -> Section {
    let words = "How English councils' services for children were inspected and graded since 2006, what officials said about \
                 it, and what the country looks like. Every figure has its source one key away.";
    Section { title: "What this is".to_owned(), entries: vec![Entry::new("", Role::Plain, words)] }
}

/// Returns the keys of the footer of what is below the help, all of them.
fn useful_here(state: &State) -> Section {
    let keys = state.keys.footer(state.context()).into_iter();
    let entries = keys.map(|(keys, word, _)| Entry::new(keys, Role::Key, word)).collect();
    Section { title: "Useful here".to_owned(), entries }
}

fn keys_of(row: &Row) -> Entry {
    let keys: Vec<String> = row.keys.iter().map(|(key, _)| key.to_string()).collect();
    Entry::new(if keys.is_empty() { "no key".to_owned() } else { keys.join(" ") }, Role::Key, row.help)
}

/// Lays out a sign on the left and its explanation on the right, or below if the sign is too wide.
fn explained(entry: &Entry, width: usize) -> Lines {
    if entry.sign.is_empty() {
        return paragraph(&entry.text, width, 0, Role::Plain);
    }
    let column = COLUMN.min(width / 2);
    let lines = paragraph(&entry.text, width.saturating_sub(column), 0, Role::Plain);
    let sign_line = Line::new().with(entry.sign.clone(), entry.role);
    if display_width(&entry.sign) + 1 > column {
        let indented = lines.into_iter().map(|line| Line { spans: [indent(column).spans, line.spans].concat() });
        return std::iter::once(sign_line).chain(indented).collect();
    }
    let mut first = Some(sign_line.padded(column));
    let start = |line: Line| {
        let lead = first.take().unwrap_or_else(|| indent(column));
        Line { spans: [lead.spans, line.spans].concat() }
    };
    lines.into_iter().map(start).collect()
}

fn indent(column: usize) -> Line {
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
        let meaning = step.meaning.as_deref().unwrap_or("our sources do not explain this grade");
        entries.push(Entry::new(sign, Role::Grade(degree(&framework.scale, step.grade)), meaning));
    }
    for category in &framework.categories {
        entries.push(Entry::new(category.letters(), Role::Plain, format!("the column of {}", category.label)));
    }
    let good: Vec<&str> = steps.iter().filter(|s| framework.scale.is_good(s.grade)).map(|s| s.word.as_str()).collect();
    entries.push(Entry::new("good or better", Role::Plain, good.join(" or ")));
    Section { title: "Grades and columns".to_owned(), entries }
}

fn signs(state: &State) -> Section {
    let absence = |absence: Absence| {
        let text = format!("{}: {}; never counted as a grade", absence.words(), absence.meaning());
        Entry::new(absence.sign(), Role::Plain, text)
    };
    let usual = Absence::ALL.into_iter().filter(|absence| absence.is_usual());
    let mut entries: Vec<Entry> = usual.map(absence).collect();
    if state.view().has_dates() && !state.view().holds_only_latest() {
        let legend = wording::movement_legend(state.framework());
        entries.push(Entry::new("▲ ▼", Role::Plain, legend.trim_start_matches("▲ ▼ ").to_owned()));
    }
    let sources = state.key(Action::Show(LayerKind::Sources));
    let inferred = format!("inferred or second-hand: {sources} shows from what, and by which step");
    entries.push(Entry::new("*", Role::Plain, inferred));
    entries.push(Entry::new("└11┘", Role::Plain, "one published figure for several grades; their split is not known"));
    entries.push(Entry::new(
        "listed here",
        Role::Plain,
        "counted over the listed authorities whose grade is known; filters and searches change it",
    ));
    Section { title: "Signs".to_owned(), entries }
}

fn verdicts() -> Section {
    let verdict = |verdict: Verdict| {
        let name = format!("{} {}", verdict.sign(), verdict.name());
        Entry::new(name, Role::Verdict(verdict), verdict.meaning())
    };
    let contradicted = Entry::new("!", Role::Plain, "beside a figure: contradicted by what is known");
    let entries = Verdict::ALL.into_iter().map(verdict).chain([contradicted]).collect();
    Section { title: "Published figure against our own count".to_owned(), entries }
}
