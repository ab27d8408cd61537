//! The command palette: every action with its key, every authority, region, category and framework, found by typing.

use std::sync::Arc;

use super::{Content, Handled, typed_line};
use crate::app::action::{Action, Motion};
use crate::app::input_line::InputLine;
use crate::app::keys::{Context, Group};
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::{Category, Framework, Grade, Step};
use crate::query::{AuthorityId, Column, Direction, Filter, Sort, resolve};
use crate::text::{capitalized, display_width, fold, truncate};

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
}

impl Content for Palette {
    fn open(_: &State) -> Option<Self> {
        Some(Self::default())
    }

    fn title(&self) -> &'static str {
        "Find a command, an authority, a region"
    }

    fn context(&self) -> Context {
        Context::Palette
    }

    fn focus(&self) -> Option<Figure> {
        Some(Figure::Choice(self.chosen))
    }

    fn page(&self, state: &State, width: usize) -> Page {
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
            let words = format!("at most {MOST} authorities are offered; type more of the name");
            lines.extend(paragraph(&words, width, 0, Role::Faint));
        }
        Page { lines, cursor: Some((column, 0)) }
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut State) -> Handled {
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

    fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.chosen = 0;
    }
}

impl Palette {
    /// Returns what matches, each with its name and a note at the right: commands first, then what the data have.
    fn entries(&self, state: &State) -> Vec<(Entry, String, String)> {
        let words: Vec<String> = fold(self.input.text()).split_whitespace().map(String::from).collect();
        let matches = |name: &str| {
            let name = fold(name);
            words.iter().all(|word| name.split(' ').any(|part| part.starts_with(word.as_str())))
        };
        let mut entries: Vec<(Entry, String, String)> = commands(state);
        if !words.is_empty() {
            let regions = state.view().regions().iter();
            entries.extend(regions.map(|name| (Entry::Region(name.clone()), name.clone(), "region".to_owned())));
            let categories = state.view().categories().iter().enumerate();
            entries.extend(categories.map(|(position, category)| {
                (Entry::Category(position), format!("Sort by {}", category.label), "category".to_owned())
            }));
            let rounds = state.rounds();
            let frameworks = resolve::frameworks(state.dataset()).map(|framework| {
                let round = rounds.iter().find(|round| round.framework.is(framework));
                let tab = round.map(|round| format!("{}: ", round.tab)).unwrap_or_default();
                let name = format!("{tab}{}", framework.title);
                (Entry::Framework(Arc::clone(framework)), name, framework.short.to_string())
            });
            // A tab is meant by its name before any command that mentions it.
            entries.splice(0..0, frameworks);
        }
        entries.retain(|(_, name, note)| matches(&format!("{name} {note}")));
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

    fn choose(&self, state: &mut State) -> Handled {
        let Some((entry, ..)) = self.entries(state).into_iter().nth(self.chosen) else { return Handled::Yes(None) };
        match entry {
            Entry::Action(action) => return Handled::Do(action),
            Entry::Authority(id) => state.go_to(id),
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
            Entry::Framework(framework) => state.look_at(Some(framework), state.view().as_at()),
        }
        Handled::Close(None)
    }
}

/// Returns the filters that words can mean: a category, then a grade by its letter or the beginning of its word. "lea i" can
/// be Leaders or Leavers.
fn grades(state: &State, words: &[String]) -> Vec<(Entry, String, String)> {
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

/// Returns the commands of the panes, with their keys.
fn commands(state: &State) -> Vec<(Entry, String, String)> {
    let mut commands: Vec<(Entry, String, String)> = Vec::new();
    for row in Group::ALL.into_iter().flat_map(|group| state.keys.group(group)) {
        let is_of_panes = row.contexts.contains(&Context::List);
        let mut seen: Vec<Action> = Vec::new();
        // The help of keys that do different things has a part for each, divided by semicolons.
        let mut parts = row.help.split("; ");
        for (key, action) in row.keys.iter().filter(|_| is_of_panes) {
            let is_new = !seen.contains(action) && !matches!(action, Action::Move(_) | Action::Back);
            if let Some(name) = action.name().filter(|_| is_new) {
                seen.push(*action);
                let help = parts.next().map(|help| format!(": {help}")).unwrap_or_default();
                let name = format!("{}{help}", capitalized(name));
                commands.push((Entry::Action(*action), name, key.to_string()));
            }
        }
    }
    commands
}
