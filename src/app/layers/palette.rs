//! The command palette: every action with its key, every authority, region, category and framework, found by typing.

use std::sync::Arc;

use super::told::Told;
use super::{Content, Handled, Layer, typed_line};
use crate::app::action::{Action, Effect, LayerKind, Motion};
use crate::app::focused::Focused;
use crate::app::input_line::InputLine;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::theme_name::ThemeName;
use crate::dataset::{Category, EventKind, Framework, Grade, Step};
use crate::layout::Pane;
use crate::query::{AuthorityId, Column, Direction, Filter, Sort, resolve};
use crate::text::{display_width, fold, truncate};
use crate::wording;

/// The maximum number of authorities offered.
const MOST: usize = 12;

/// The prompt before the text.
const PROMPT: &str = "› ";

/// The palette: what is typed, and the position of the chosen entry.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    input: InputLine,
    chosen: usize,
}

/// Something that can be chosen.
#[derive(Debug, Clone)]
enum Entry {
    Action(Action),
    Authority(AuthorityId),
    Region(String),
    Category(usize),
    Grade(usize, Grade),
    Framework(Arc<Framework>),
    Told(Told),
    Published,
    Theme(ThemeName),
}

impl Content for Palette {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self::default())
    }

    fn title(&self) -> &'static str {
        "What to do: type a word, a council, a region"
    }

    fn context(&self) -> Context {
        Context::Palette
    }

    fn focus(&self) -> Option<Figure> {
        Some(Figure::Choice(self.chosen))
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let (line, column) = typed_line(&self.input, PROMPT, width);
        let mut lines = vec![line, Line::new()];
        let entries = self.entries(state);
        if entries.is_empty() {
            lines.extend(paragraph("Nothing has these words.", width, 0, Role::Plain));
        }
        let is_cut = entries.iter().filter(|(entry, ..)| matches!(entry, Entry::Authority(_))).count() == MOST;
        for (number, (_, name, note)) in entries.iter().enumerate() {
            let name = truncate(name, width.saturating_sub(display_width(note) + 2)).into_owned();
            let mut line = Line::new().with(name, Role::Plain).for_figure(Figure::Choice(number));
            if line.width() + display_width(note) + 2 <= width {
                line = line.padded(width.saturating_sub(display_width(note))).with(note.clone(), Role::Faint);
            }
            lines.push(line);
        }
        if is_cut {
            let words = format!("at most {MOST} councils are offered; type more of the name");
            lines.extend(paragraph(&words, width, 0, Role::Faint));
        }
        Page { lines, cursor: Some((column, 0)) }
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        match action {
            Action::Edit(request) => {
                if self.input.edit(request) {
                    self.chosen = 0;
                }
            }
            Action::Move(motion) => {
                let last = self.entries(state).len().saturating_sub(1);
                self.chosen = match motion {
                    Motion::Up => self.chosen.saturating_sub(1),
                    Motion::Down => self.chosen + 1,
                    Motion::PageUp | Motion::First => 0,
                    Motion::PageDown | Motion::Last => last,
                    _ => self.chosen,
                }
                .min(last);
            }
            Action::KeepSearch => return self.choose(state),
            Action::DropSearch => return Handled::Close(None),
            _ => return Handled::No,
        }
        Handled::Yes(None)
    }

    fn paste(&mut self, text: &str, _: &Model) {
        self.input.paste(text);
        self.chosen = 0;
    }
}

impl Palette {
    /// Returns what matches, each with its name and a note at the right: commands first, then what the data have.
    fn entries(&self, state: &Model) -> Vec<(Entry, String, String)> {
        let words: Vec<String> = fold(self.input.text()).split_whitespace().map(String::from).collect();
        let matches = |name: &str| {
            let name = fold(name);
            words.iter().all(|word| name.split(' ').any(|part| part.starts_with(word.as_str())))
        };
        let commands = commands(state).into_iter();
        let mut commands: Vec<_> =
            commands.filter(|(_, name, _, others)| matches(&format!("{name} {others}"))).collect();
        // A whole word is meant before one that only begins like it: "theme" is the setting, not "themes".
        let is_whole = |text: &str| words.iter().all(|word| fold(text).split(' ').any(|part| part == word));
        commands.sort_by_cached_key(|(_, name, _, others)| !is_whole(&format!("{name} {others}")));
        let mut entries: Vec<(Entry, String, String)> = Vec::new();
        if !words.is_empty() {
            let regions = state.view().regions().iter();
            entries.extend(regions.map(|name| (Entry::Region(name.clone()), name.clone(), "region".to_owned())));
            let categories = state.view().categories().iter().enumerate();
            entries.extend(categories.map(|(position, category)| {
                (Entry::Category(position), format!("Sort by {}", category.short), "category".to_owned())
            }));
            let rounds = state.rounds();
            let frameworks = resolve::frameworks(state.dataset()).map(|framework| {
                let round = rounds.iter().find(|round| round.framework.is(framework));
                let tab = round.map(|round| format!("{}: ", round.tab)).unwrap_or_default();
                let name = format!("{tab}{}", framework.title);
                (Entry::Framework(Arc::clone(framework)), name, wording::years_of(framework))
            });
            // A tab is meant by its name before any command that mentions it.
            entries.splice(0..0, frameworks);
        }
        entries.retain(|(_, name, note)| matches(&format!("{name} {note}")));
        entries.extend(others(state).into_iter().filter(|(_, name, note)| matches(&format!("{name} {note}"))));
        let tabs = entries.iter().take_while(|(entry, ..)| matches!(entry, Entry::Framework(_))).count();
        entries.splice(tabs..tabs, commands.into_iter().map(|(entry, name, key, _)| (entry, name, key)));
        entries.splice(0..0, grades(state, &words));
        if !words.is_empty() {
            let found = state.listing.matching(self.input.text(), MOST).into_iter();
            let authorities = found.filter_map(|id| {
                let authority = state.listing.authority(id)?;
                let region = authority.region.as_deref().unwrap_or_default();
                Some((Entry::Authority(id), authority.name.to_string(), region.to_owned()))
            });
            // A name that begins with what is typed is more likely meant than a command that contains it.
            let authorities: Vec<_> = authorities.collect();
            let typed = words.join(" ");
            let is_meant = authorities.first().is_some_and(|(_, name, _)| fold(name).starts_with(&typed));
            let at = if is_meant { 0 } else { entries.len() };
            entries.splice(at..at, authorities);
        }
        entries
    }

    fn choose(&self, state: &mut Model) -> Handled {
        let Some((entry, ..)) = self.entries(state).into_iter().nth(self.chosen) else { return Handled::Yes(None) };
        match entry {
            Entry::Action(action) => return Handled::Do(action),
            Entry::Authority(id) => return Handled::GoTo(id),
            Entry::Region(name) => {
                state.drop_search();
                state.set_filter(Filter { regions: vec![name], ..Filter::default() });
            }
            Entry::Category(position) => {
                state.sort_by(Sort { column: Column::Category(position), direction: Direction::Usual });
            }
            Entry::Grade(position, grade) => {
                state.drop_search();
                state.set_filter(Filter { grades: vec![(position, grade)], ..state.listing.filter().clone() });
            }
            Entry::Published => state.seek_published(),
            Entry::Theme(theme) => {
                state.theme = theme;
                let value = format!("{:?}", theme.name());
                return Handled::Close(Some(Effect::Set { name: "theme", value }));
            }
            Entry::Told(told) => return Handled::Open(Box::new(Layer::Told(told))),
            Entry::Framework(framework) => state.look_at(Some(framework), state.view().as_at()),
        }
        Handled::Close(None)
    }
}

/// Returns the lists of what was said and of what happened, the published figures, and the themes.
fn others(state: &Model) -> Vec<(Entry, String, String)> {
    let said = "Who said something about their grades, and what".to_owned();
    let said = (Entry::Told(Told::Said), said, "quotes".to_owned());
    let events = || state.dataset().authorities.iter().flat_map(|authority| &authority.events);
    let kinds = EventKind::ALL.into_iter().filter(|kind| events().any(|event| event.kind == *kind));
    let happened = kinds.map(|kind| {
        let kinds = if kind.is_intervention() { "minister intervention" } else { "visits" };
        (
            Entry::Told(Told::Happened(kind)),
            format!("List what happened: {}", wording::event_kind(kind)),
            kinds.to_owned(),
        )
    });
    let published = "Published figures, and whether our count agrees with them".to_owned();
    let published = (Entry::Published, published, "right fits check claims total".to_owned());
    let theme =
        |theme: ThemeName| (Entry::Theme(theme), format!("Theme: {}", theme.name()), "colours settings".to_owned());
    [said, published].into_iter().chain(happened).chain(ThemeName::ALL.map(theme)).collect()
}

/// Returns the filters that words can mean: a category, then a grade by its letter or the beginning of its word. "lea i" can
/// be Leaders or Leavers.
fn grades(state: &Model, words: &[String]) -> Vec<(Entry, String, String)> {
    let (Some(framework), Some((grade, category))) = (state.framework(), words.split_last()) else { return Vec::new() };
    let is_category = |known: &Category| {
        let names = fold(&format!("{} {}", known.label, known.short));
        !category.is_empty() && category.iter().all(|word| names.split(' ').any(|part| part.starts_with(word.as_str())))
    };
    let is_grade =
        |step: &Step| fold(&step.sign()) == *grade || (grade.len() > 1 && fold(&step.word).starts_with(grade));
    let mut found = Vec::new();
    for (position, category) in framework.categories.iter().enumerate().filter(|(_, known)| is_category(known)) {
        for step in framework.scale.steps.iter().filter(|step| is_grade(step)) {
            let name = format!("Only {}: {}", category.label, step.word);
            found.push((Entry::Grade(position, step.grade), name, category.short.to_string()));
        }
    }
    found
}

/// A command as people name it: what it does, the action, and other words by which it is found.
type Command = (&'static str, Action, &'static str);

/// The commands in the order of use.
const COMMANDS: [Command; 31] = [
    ("Search by name", Action::OpenSearch, "find council"),
    ("Open the council's page", Action::Open, "page"),
    ("Compare with its neighbours and region", Action::Show(LayerKind::Neighbours), "statistical similar"),
    ("What inspectors asked to improve", Action::Show(LayerKind::Asked), "improve areas recommendations themes"),
    ("What is new", Action::Show(LayerKind::Changed), "changed since news latest visits"),
    ("Map of England", Action::Show(LayerKind::Map), ""),
    ("Filter by region, grade or what was asked", Action::Show(LayerKind::Filters), "only list improve"),
    ("Next tab", Action::NextRound, "today SEND 2006 round years"),
    ("Previous tab", Action::PreviousRound, "today SEND 2006 round years"),
    ("Regions side by side", Action::Show(LayerKind::Regions), ""),
    ("Year by year", Action::Show(LayerKind::Years), "trend history"),
    ("Where a figure comes from", Action::Show(LayerKind::Sources), "source evidence link inspector"),
    ("Copy a sentence, a row, a link or the command", Action::Show(LayerKind::CopyMenu), "quote paste clipboard"),
    (
        "Write a page, a picture or a spreadsheet",
        Action::Show(LayerKind::Export),
        "export print save file committee html xlsx csv",
    ),
    ("Open the report in the web browser", Action::OpenLink, "link"),
    ("Mark this council for a comparison", Action::Mark, "select"),
    ("Compare the marked councils", Action::Show(LayerKind::Compare), ""),
    ("Sort by the next column", Action::NextSort, "order"),
    ("Reverse the order", Action::ReverseSort, "sort"),
    ("A quarter earlier", Action::Earlier, "date as at"),
    ("A quarter later", Action::Later, "date as at"),
    ("Go back, or clear the newest choice", Action::Back, "clear reset undo"),
    ("Fill the screen with this pane", Action::Zoom, "zoom full"),
    ("Go to the list", Action::GoToPane(Pane::List), "councils"),
    ("Go to the council", Action::GoToPane(Pane::Detail), "page"),
    ("Go to England", Action::GoToPane(Pane::Statistics), "national statistics"),
    ("What was left out or repaired in the data", Action::Show(LayerKind::Problems), "problems faults"),
    ("Settings", Action::Show(LayerKind::Settings), "theme colours mouse council tab"),
    ("Help", Action::Show(LayerKind::Help), "keys letters meaning glossary"),
    ("How to fetch newer files: the end of the help", Action::Show(LayerKind::Help), "update download"),
    ("Quit", Action::Quit, "exit leave"),
];

/// Returns the commands of the panes, with their keys and other words by which they are found.
fn commands(state: &Model) -> Vec<(Entry, String, String, &'static str)> {
    let command =
        |(name, action, words): &Command| (Entry::Action(*action), (*name).to_owned(), state.key(*action), *words);
    COMMANDS.iter().map(command).collect()
}
