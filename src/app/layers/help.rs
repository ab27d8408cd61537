//! The help layer: the keys, the grades, and the signs on the screen; it can be searched.

use super::{Content, Handled, LayerKind, typed_line};
use crate::app::action::Action;
use crate::app::focused::Focused;
use crate::app::input_line::InputLine;
use crate::app::keys::{Context, Group, Row};
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, degree, paragraph, shape, spaces};
use crate::dataset::{Absence, Framework};
use crate::statistics::Verdict;
use crate::text::{clean, display_width, fold};
use crate::wording;

/// The column at which explanations start at most.
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
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self::default())
    }

    fn title(&self) -> &'static str {
        "Help"
    }

    fn context(&self) -> Context {
        if self.is_typing { Context::Find } else { Context::Help }
    }

    fn page(&self, state: &Model, width: usize) -> Page {
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
            let widest = section.entries.iter().map(|entry| display_width(&entry.sign) + 2).max().unwrap_or(0);
            let column = widest.min(COLUMN).min(width / 2);
            lines.extend(kept.into_iter().flat_map(|entry| explained(entry, column, width)));
            lines.push(Line::new());
        }
        if lines.len() == before {
            lines.extend(paragraph("The help has nothing about that.", width, 0, Role::Plain));
        }
        Page { lines, cursor }
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, _: &mut Model) -> Handled {
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

    fn paste(&mut self, text: &str, _: &Model) {
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

fn sections(state: &Model) -> Vec<Section> {
    let keys = Group::ALL.map(|group| Section {
        title: format!("All keys: {}", group.title().to_lowercase()),
        entries: state.keys.group(group).map(keys_of).collect(),
    });
    let screen = state.framework().map(|framework| on_this_screen(state, framework));
    let first = screen.into_iter().chain([ten_keys(state)]);
    first.chain(keys).chain([outside(state), words(state), verdicts()]).collect()
}

/// Returns the letters and the signs of the screen.
fn on_this_screen(state: &Model, framework: &Framework) -> Section {
    let mut entries = scale(framework);
    entries.push(Entry::new(
        Absence::SIGN,
        Role::Plain,
        "no grade, which is never counted; the council's page says why",
    ));
    if state.view().has_dates() && !state.view().holds_only_latest() {
        let legend = wording::movement_legend(state.framework());
        entries.push(Entry::new("↑ ↓", Role::Plain, legend.trim_start_matches("↑ ↓ ").to_owned()));
        let trend = "in the list: how many judgements moved up, and how many down, since the inspection before";
        entries.push(Entry::new("↑3 ↓1", Role::Plain, trend));
    }
    let signs = [
        ("■□", "how good the grade is, beside its word"),
        ("›", "more columns: → shows them"),
        ("▌", "the row that is selected"),
        ("•", "marked for a comparison"),
        ("…", "cut; a wider window shows more"),
        ("G", "a letter that is not bold: the grade is not from the report itself; the council's page says from where"),
    ];
    entries.extend(signs.map(|(sign, words)| Entry::new(sign, Role::Plain, words)));
    Section { title: "On this screen".to_owned(), entries }
}

/// Returns ten keys, with a sentence each.
fn ten_keys(state: &Model) -> Section {
    let keys = [
        (Action::OpenSearch, "Type a council, a region or a code; Enter keeps what was found."),
        (Action::Open, "Open the council's page."),
        (Action::Show(LayerKind::Neighbours), "See it beside its statistical neighbours and its region."),
        (Action::Show(LayerKind::Asked), "See what inspectors asked to improve, of it or of all."),
        (Action::Show(LayerKind::Changed), "See what is new since a day."),
        (Action::Show(LayerKind::Map), "See England as a map."),
        (Action::Show(LayerKind::Filters), "List only some: a region, a grade, a subject."),
        (Action::NextRound, "Go to the next tab: today, special needs, 2013–18, 2006."),
        (Action::Show(LayerKind::Sources), "See where a figure comes from, with the link."),
        (Action::Back, "Go back one step: a layer, a page, a search, a filter, a date."),
    ];
    let entries = keys.map(|(action, words)| Entry::new(state.key(action), Role::Key, words));
    Section { title: "Ten keys".to_owned(), entries: entries.into() }
}

/// Returns what can be done outside the screen.
fn outside(state: &Model) -> Section {
    let settings = format!(
        "Colours, the opening tab and council, files, keys: in the settings file; {} changes some of them here.",
        state.key(Action::Show(LayerKind::Settings))
    );
    let entries = [
        ("scrutineer fetch", "Gets newer files from their publishers, and says what is new in them.".to_owned()),
        ("scrutineer FILE", "Opens a table of inspections, joined with the record.".to_owned()),
        ("settings", settings),
        ("scrutineer --plain", "Answers in sentences, for screen readers and for the telephone.".to_owned()),
        ("scrutineer --help", "Lists, statistics, pages, pictures and spreadsheets, from the command line.".to_owned()),
    ];
    let entries = entries.map(|(name, words)| Entry::new(name, Role::Strong, words)).into();
    Section { title: "Outside the screen".to_owned(), entries }
}

/// Returns the words that are used in one meaning only.
fn words(state: &Model) -> Section {
    let good = state.framework().map(|framework| {
        let steps = framework.scale.steps.iter().filter(|step| framework.scale.is_good(step.grade));
        (framework.scale.good_words(), steps.map(|step| step.word.as_str()).collect::<Vec<_>>().join(" or "))
    });
    let mut entries: Vec<Entry> = good.into_iter().map(|(name, words)| Entry::new(name, Role::Strong, words)).collect();
    let others = [
        ("council", "a local authority with services for children; where a trust runs them, the council is named"),
        ("today", "the newest inspection of each council"),
        ("England", "all councils, whatever is searched for or filtered"),
        ("listed", "counted over the councils listed; a filter or a search changes it"),
        ("from the report", "the report of the inspection itself says it"),
        ("worked out", "it follows from what the source says, by a step that its sources show"),
        ("collected by others", "somebody else's list says what the report says"),
        ("no longer graded", "the judgement ended: overall effectiveness on 31 March 2026"),
        ("again", "the inspection before asked about the same subject too"),
        (
            "what was said",
            "quotes of officials, with the grade that they answer; the palette lists those of all councils",
        ),
        ("known to us", "there may have been others: nobody publishes a full list"),
        ("statistical neighbours", "the councils most like it, by a published model"),
    ];
    entries.extend(others.map(|(name, words)| Entry::new(name, Role::Strong, words)));
    Section { title: "Words".to_owned(), entries }
}

fn keys_of(row: &Row) -> Entry {
    let keys: Vec<String> = row.keys.iter().map(|(key, _)| key.to_string()).collect();
    Entry::new(if keys.is_empty() { "no key".to_owned() } else { keys.join(" ") }, Role::Key, row.help)
}

/// Lays out a sign on the left and its explanation on the right, or below if the sign is too wide.
fn explained(entry: &Entry, column: usize, width: usize) -> Lines {
    if entry.sign.is_empty() {
        return paragraph(&entry.text, width, 0, Role::Plain);
    }
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

/// Returns the grades, the best first, and the letters over the columns.
fn scale(framework: &Framework) -> Vec<Entry> {
    let mut entries = Vec::new();
    for step in &framework.scale.steps {
        let sign = format!("{} {}", step.sign(), shape(&framework.scale, step.grade));
        let meaning = step.meaning.iter().map(|meaning| format!(": {meaning}")).collect::<String>();
        let words = format!("{}{meaning}", step.word);
        entries.push(Entry::new(sign, Role::Grade(degree(&framework.scale, step.grade)), words));
    }
    for category in framework.shown_order().into_iter().filter_map(|at| framework.categories.get(at)) {
        let words = match category.short == category.label {
            true => category.label.to_string(),
            false => format!("{}: {}", category.short, category.label),
        };
        entries.push(Entry::new(category.letters(), Role::Plain, words));
    }
    entries
}

fn verdicts() -> Section {
    let verdict = |verdict: Verdict| Entry::new(wording::verdict(verdict), Role::Verdict(verdict), verdict.meaning());
    let entries = Verdict::ALL.into_iter().map(verdict).collect();
    Section { title: "Published figure against our own count".to_owned(), entries }
}
