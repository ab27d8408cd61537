//! The filters layer: chooses the regions, grades and framework to list, beside the list that they narrow.

use super::{Content, Handled, typed_line};
use crate::app::action::Action;
use crate::app::focused::Focused;
use crate::app::input_line::InputLine;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Page, Role, paragraph};
use crate::dataset::{EventKind, Grade, Step};
use crate::query::{AuthorityId, Filter};
use crate::text::{clean, display_width, fold, truncate};
use crate::wording;

/// The prompt before what is typed.
const PROMPT: &str = "› ";

/// The greatest number of authorities for which each choice shows how many it would list.
const MOST_COUNTED: usize = 20_000;

/// The choices, each with a box and the number it would list; typing narrows them.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    input: InputLine,
    /// Whether the person has seen that what is typed can mean several choices, and chosen one of them.
    has_chosen: bool,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    /// Drops all filters.
    Everything,
    Region(String),
    /// A grade in a category, by its position in the framework.
    Grade(usize, Grade),
    /// A framework, by its position in the dataset.
    Framework(usize),
    /// Those of which something is known that was said.
    Quoted,
    /// Something that is known to have happened.
    Happened(EventKind),
    /// A subject or a practice that inspectors asked to improve, by its position in the dataset.
    Asked(usize),
}

impl Content for Filters {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self::default())
    }

    fn title(&self) -> &'static str {
        "What is listed"
    }

    fn context(&self) -> Context {
        Context::Filters
    }

    fn is_beside_list(&self) -> bool {
        true
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let (line, column) = typed_line(&self.input, PROMPT, width);
        let is_typing = !self.input.text().is_empty();
        let meant = self.meant(state);
        let hint = match (is_typing, meant.len()) {
            (false, _) => "type to find: london, leavers i, direction".to_owned(),
            (true, 0 | 1) => String::new(),
            (true, several) => format!("  {several} choices: arrows choose"),
        };
        let mut lines = vec![line.with(hint, Role::Faint)];
        let mut group = String::new();
        let mut has_any = false;
        for (number, choice) in choices(state).iter().enumerate() {
            let (under, words) = words(state, choice);
            let is_many = matches!(choice, Choice::Asked(_) | Choice::Happened(_)) && !is_chosen(state, choice);
            if (is_many && !is_typing) || (is_typing && !self.keeps(&under, &words, state, choice)) {
                continue;
            }
            if under != group {
                lines.extend(paragraph(&under, width, 0, Role::Heading));
                lines.push(Line::new());
                group = under;
            }
            let text =
                truncate(&format!("{} {words}{}", sign(state, choice), listed(state, choice)), width).into_owned();
            let used = lines.last().map_or(0, Line::width);
            let gap = if used == 0 { 0 } else { column_after(used, width) - used };
            if used + gap + display_width(&text) > width {
                lines.push(Line::new());
            }
            let is_meant = self.keeps(&group, &words, state, choice);
            has_any |= is_meant;
            let part = Line::new().with(text, if is_meant { Role::Plain } else { Role::Faint });
            if let Some(line) = lines.last_mut() {
                let start = if line.spans.is_empty() { 0 } else { column_after(line.width(), width) };
                *line = std::mem::take(line).padded(start);
                line.spans.extend(if is_meant { part.for_figure(Figure::Choice(number)) } else { part }.spans);
            }
        }
        if choices(state).is_empty() {
            let words = "This dataset has neither frameworks nor regions to choose from.";
            lines.extend(paragraph(words, width, 0, Role::Plain));
        }
        if is_typing && !has_any {
            let nothing = paragraph("Nothing here has these words.", width, 0, Role::Strong);
            lines.splice(1..1, nothing);
        }
        if !is_typing && choices(state).iter().any(|choice| matches!(choice, Choice::Asked(_))) {
            let words = "what inspectors asked to improve (neglect) and what happened (direction) are found by typing";
            lines.extend(paragraph(words, width, 0, Role::Faint));
        }
        if let Some(framework) = state.framework() {
            let steps = framework.scale.steps.iter().map(|step| format!("{} is {}", step.sign(), step.word));
            let words = format!("{}: {}", wording::years_of(framework), steps.collect::<Vec<_>>().join(", "));
            lines.push(Line::new());
            lines.extend(paragraph(&words, width, 0, Role::Faint));
        }
        Page { lines, cursor: is_typing.then_some((column, 0)) }
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        match action {
            // A space at the beginning can only mean to choose.
            Action::Edit(tui_input::InputRequest::InsertChar(' ')) if self.input.text().is_empty() => {
                toggle(state, focus);
            }
            Action::Edit(request) => {
                self.input.edit(request);
                self.has_chosen = false;
            }
            Action::Move(_) => {
                self.has_chosen = true;
                return Handled::No;
            }
            Action::Clear => state.set_filter(Filter::default()),
            Action::Toggle => {
                let meant = if self.input.text().is_empty() { Vec::new() } else { self.meant(state) };
                if meant.len() > 1 && !self.has_chosen {
                    self.has_chosen = true;
                    let typed = clean(self.input.text()).into_owned();
                    state.say(format!("{typed} can mean {}: arrows choose", some(&meant)));
                } else if focus.is_some() {
                    toggle(state, focus);
                    *self = Self::default();
                } else {
                    state.say("nothing here has these words; Backspace removes letters");
                }
            }
            Action::Back if !self.input.text().is_empty() => self.input = InputLine::default(),
            _ => return Handled::No,
        }
        Handled::Yes(None)
    }

    fn paste(&mut self, text: &str, _: &Model) {
        self.input.paste(text);
    }
}

impl Filters {
    /// Returns the names of the choices that what is typed can mean: "Leavers I".
    fn meant(&self, state: &Model) -> Vec<String> {
        let named = |choice: &Choice| {
            let (group, words) = words(state, choice);
            let name = match choice {
                Choice::Grade(category, _) => {
                    let short = state.view().categories().get(*category).map(|category| category.short.as_str());
                    format!("{} {words}", short.unwrap_or(&group))
                }
                _ => words.clone(),
            };
            self.keeps(&group, &words, state, choice).then_some(name)
        };
        choices(state).iter().filter_map(named).collect()
    }

    /// Whether every word typed begins a word of a choice, or is the letters of its category. The sign of a grade means
    /// that grade, and no word that begins with it.
    fn keeps(&self, group: &str, words: &str, state: &Model, choice: &Choice) -> bool {
        let framework = state.framework();
        let steps = framework.map_or(&[][..], |framework| &framework.scale.steps);
        let is_sign = |word: &str, step: &Step| fold(&step.sign()) == word;
        let (own, others) = match choice {
            Choice::Grade(category, grade) => {
                let letters = state.view().categories().get(*category).map(|category| category.letters());
                let step = steps.iter().find(|step| step.grade == *grade);
                let word = step.map(|step| step.word.as_str()).unwrap_or_default();
                (step, format!("{} {word}", letters.unwrap_or_default()))
            }
            _ => (None, String::new()),
        };
        // There are many codes: the words of their heading find none.
        let group = if matches!(choice, Choice::Asked(_)) { "" } else { group };
        let text = fold(&format!("{group} {words} {others}"));
        let is_meant = |word: &str| match own {
            Some(own) if steps.iter().any(|step| is_sign(word, step)) => is_sign(word, own),
            _ => text.split(' ').any(|part| part.starts_with(word)),
        };
        fold(self.input.text()).split_whitespace().all(is_meant)
    }
}

/// Joins the first few of some names.
fn some(names: &[String]) -> String {
    const FEW: usize = 4;
    match names.get(..FEW).filter(|_| names.len() > FEW) {
        Some(few) => format!("{} and {} more", few.join(", "), names.len() - FEW),
        None => names.join(" or "),
    }
}

/// Returns the column of the next choice on a line: choices stand under each other in columns.
fn column_after(used: usize, width: usize) -> usize {
    const COLUMN: usize = 10;
    let column = COLUMN.min(width.max(1));
    (used + 2).div_ceil(column) * column
}

/// Returns the box of a choice: round where one of a group is chosen, square where several can be.
fn sign(state: &Model, choice: &Choice) -> &'static str {
    match (choice, is_chosen(state, choice)) {
        (Choice::Everything, _) => "✕",
        (Choice::Framework(_), true) => "(•)",
        (Choice::Framework(_), false) => "( )",
        (_, true) => "[x]",
        (_, false) => "[ ]",
    }
}

/// Returns how many authorities a choice alone of its group would list, with the other groups as they are; empty during a
/// search and for very many authorities.
fn listed(state: &Model, choice: &Choice) -> String {
    let mut filter = state.listing.filter().clone();
    match choice {
        Choice::Region(name) => filter.regions = vec![name.clone()],
        Choice::Grade(category, grade) => {
            filter.grades.retain(|(other, _)| other != category);
            filter.grades.push((*category, *grade));
        }
        Choice::Asked(position) => {
            filter.asked = state.dataset().codes.get(*position).map(|c| c.id.clone()).into_iter().collect()
        }
        Choice::Quoted => filter.is_quoted = true,
        Choice::Happened(kind) => filter.happened = vec![*kind],
        Choice::Everything | Choice::Framework(_) => return String::new(),
    }
    let all = &state.dataset().authorities;
    // With a search, a choice would list fewer than the data have.
    if all.len() > MOST_COUNTED || !state.listing.query().is_empty() {
        return String::new();
    }
    let view = state.view();
    let ids = all.iter().enumerate().map(|(position, authority)| (AuthorityId(position), authority));
    let count = ids.filter(|(id, authority)| view.is_listed(*id) && filter.keeps(authority, *id, view)).count();
    format!(" {count}")
}

/// Returns all choices, in the order of the layer.
fn choices(state: &Model) -> Vec<Choice> {
    let regions = state.view().regions().iter().cloned().map(Choice::Region);
    let steps: Vec<Grade> = state.framework().into_iter().flat_map(|f| &f.scale.steps).map(|step| step.grade).collect();
    let categories = 0..state.view().categories().len();
    let grades = categories.flat_map(|category| steps.iter().map(move |grade| Choice::Grade(category, *grade)));
    let frameworks = (0..state.dataset().frameworks.len()).map(Choice::Framework);
    let has_asked = state.framework().is_some_and(|shown| {
        let all = state.dataset().authorities.iter().flat_map(|authority| &authority.assessments);
        all.filter(|one| one.framework.is(shown)).any(|one| one.lists_recommendations())
    });
    let codes = if has_asked { state.dataset().codes.len() } else { 0 };
    let asked = (0..codes).map(Choice::Asked);
    let events = || state.dataset().authorities.iter().flat_map(|authority| &authority.events);
    let happened = EventKind::ALL.into_iter().filter(|kind| events().any(|event| event.kind == *kind));
    let others = std::iter::once(Choice::Quoted).chain(happened.map(Choice::Happened));
    regions.chain(grades).chain(others).chain(frameworks).chain(asked).chain([Choice::Everything]).collect()
}

/// Returns the heading of a choice, and its label.
fn words(state: &Model, choice: &Choice) -> (String, String) {
    match choice {
        Choice::Everything => ("All".to_owned(), "list every council again".to_owned()),
        Choice::Framework(position) => {
            let framework = state.dataset().frameworks.get(*position);
            ("Kind of inspection".to_owned(), framework.map(|f| f.short.to_string()).unwrap_or_default())
        }
        Choice::Region(name) => ("Region".to_owned(), name.clone()),
        Choice::Quoted => ("Said".to_owned(), "something was said about a grade".to_owned()),
        Choice::Happened(kind) => ("Known to have happened".to_owned(), wording::event_kind(*kind).to_owned()),
        Choice::Asked(position) => {
            let code = state.dataset().codes.get(*position);
            let group = code.map(|code| format!("Asked to improve, by {}", code.kind.name()));
            (group.unwrap_or_default(), code.map(|code| code.label.clone()).unwrap_or_default())
        }
        Choice::Grade(category, grade) => {
            let category = state.view().categories().get(*category).map(|c| c.short.to_string()).unwrap_or_default();
            let step = state.framework().and_then(|framework| framework.scale.step(*grade));
            let sign = step.map(|step| step.sign()).unwrap_or_default();
            (category, sign)
        }
    }
}

fn is_chosen(state: &Model, choice: &Choice) -> bool {
    let filter = state.listing.filter();
    match choice {
        Choice::Everything => false,
        Choice::Framework(position) => {
            let framework = state.dataset().frameworks.get(*position);
            framework.map(|f| &f.id) == state.framework().map(|f| &f.id)
        }
        Choice::Region(name) => filter.regions.contains(name),
        Choice::Quoted => filter.is_quoted,
        Choice::Happened(kind) => filter.happened.contains(kind),
        Choice::Asked(position) => {
            state.dataset().codes.get(*position).is_some_and(|code| filter.asked.contains(&code.id))
        }
        Choice::Grade(category, grade) => filter.grades.contains(&(*category, *grade)),
    }
}

/// Chooses a framework, or switches a region or a grade on or off.
fn toggle(state: &mut Model, focus: Option<Figure>) {
    let Some(Figure::Choice(number)) = focus else { return };
    let Some(choice) = choices(state).into_iter().nth(number) else { return };
    let mut filter = state.listing.filter().clone();
    match choice {
        Choice::Everything => filter = Filter::default(),
        Choice::Framework(position) => {
            let framework = state.dataset().frameworks.get(position).cloned();
            return state.look_at(framework, state.view().as_at());
        }
        Choice::Region(name) => flip(&mut filter.regions, name),
        Choice::Quoted => filter.is_quoted = !filter.is_quoted,
        Choice::Happened(kind) => flip(&mut filter.happened, kind),
        Choice::Asked(position) => {
            let Some(code) = state.dataset().codes.get(position) else { return };
            flip(&mut filter.asked, code.id.clone());
        }
        Choice::Grade(category, grade) => flip(&mut filter.grades, (category, grade)),
    }
    state.set_filter(filter);
}

/// Removes an item from a list, or adds it if absent.
fn flip<T: PartialEq>(items: &mut Vec<T>, item: T) {
    match items.iter().position(|held| *held == item) {
        Some(position) => drop(items.remove(position)),
        None => items.push(item),
    }
}
