//! The filters layer: chooses the framework, regions and grades to list.

use super::{Content, Handled};
use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::page::{Figure, Line, Lines, Page, Role, paragraph};
use crate::app::state::State;
use crate::dataset::Grade;
use crate::query::{Filter, resolve};
use crate::text::truncate;

/// The choices, each with a checkbox: frameworks, regions and grades.
#[derive(Debug, Clone, Copy)]
pub struct Filters;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    /// A framework, by its position in the dataset.
    Framework(usize),
    Region(String),
    /// A grade in a category, by its position in the framework.
    Grade(usize, Grade),
}

impl Content for Filters {
    fn open(_: &State) -> Option<Self> {
        Some(Self)
    }

    fn title(&self) -> &'static str {
        "What is listed"
    }

    fn context(&self) -> Context {
        Context::Filters
    }

    fn page(&self, state: &State, width: usize) -> Page {
        let mut lines = Lines::new();
        let mut heading = String::new();
        for (number, choice) in choices(state).iter().enumerate() {
            let (under, words) = words(state, choice);
            if under != heading {
                lines.extend((number > 0).then(Line::new));
                lines.push(Line::new().with(under.clone(), Role::Heading));
                heading = under;
            }
            let sign = if is_chosen(state, choice) { "[x] " } else { "[ ] " };
            let words = truncate(&words, width.saturating_sub(4)).into_owned();
            let line = Line::new().with(sign, Role::Key).with(words, Role::Plain);
            lines.push(line.for_figure(Figure::Choice(number)));
        }
        if lines.is_empty() {
            let words = "This dataset has neither frameworks nor regions to choose from.";
            lines = paragraph(words, width, 0, Role::Plain);
        }
        lines.into()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut State) -> Handled {
        match action {
            Action::ClearFilters => state.set_filter(Filter::default()),
            Action::Toggle => {
                if let Some(Figure::Choice(number)) = focus {
                    toggle(state, number);
                }
            }
            _ => return Handled::No,
        }
        Handled::Yes(None)
    }
}

/// Returns all choices, in the order of the layer.
fn choices(state: &State) -> Vec<Choice> {
    let frameworks = (0..state.dataset().frameworks.len()).map(Choice::Framework);
    let regions = resolve::regions(state.dataset()).into_iter().map(Choice::Region);
    let steps: Vec<Grade> = state.framework().into_iter().flat_map(|f| &f.scale.steps).map(|step| step.grade).collect();
    let categories = 0..state.view().categories().len();
    let grades = categories.flat_map(|category| steps.iter().map(move |grade| Choice::Grade(category, *grade)));
    frameworks.chain(regions).chain(grades).collect()
}

/// Returns the heading of a choice, and its label.
fn words(state: &State, choice: &Choice) -> (String, String) {
    match choice {
        Choice::Framework(position) => {
            let framework = state.dataset().frameworks.get(*position);
            ("Framework".to_owned(), framework.map(|f| f.title.clone()).unwrap_or_default())
        }
        Choice::Region(name) => ("Region".to_owned(), name.clone()),
        Choice::Grade(category, grade) => {
            let category = state.view().categories().get(*category).map(|c| c.label.clone()).unwrap_or_default();
            let step = state.framework().and_then(|framework| framework.scale.step(*grade));
            (category, step.map(|step| format!("{} {}", step.sign(), step.word)).unwrap_or_default())
        }
    }
}

fn is_chosen(state: &State, choice: &Choice) -> bool {
    let filter = state.listing.filter();
    match choice {
        Choice::Framework(position) => {
            let framework = state.dataset().frameworks.get(*position);
            framework.map(|f| &f.id) == state.framework().map(|f| &f.id)
        }
        Choice::Region(name) => filter.regions.contains(name),
        Choice::Grade(category, grade) => filter.grades.contains(&(*category, *grade)),
    }
}

/// Chooses a framework, or switches a region or a grade on or off.
fn toggle(state: &mut State, number: usize) {
    let Some(choice) = choices(state).into_iter().nth(number) else { return };
    let mut filter = state.listing.filter().clone();
    match choice {
        Choice::Framework(position) => {
            let framework = state.dataset().frameworks.get(position).cloned();
            return state.look_at(framework, state.view().as_at());
        }
        Choice::Region(name) => flip(&mut filter.regions, name),
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
