//! What the browser shows of the data: which framework, as at which date, which authorities.

use super::App;
use super::page::{Figure, Line, Page, Role, owned_paragraph};
use crate::dataset::{Date, Framework, Grade};
use crate::query::{Column, Filter, Sort, View, resolve};
use crate::statistics::national;
use crate::wording;

/// One thing that can be chosen in the layer of filters.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    Framework(usize),
    Region(String),
    Grade(usize, Grade),
}

impl App {
    /// Everything that can be chosen, in the order of the layer.
    fn choices(&self) -> Vec<Choice> {
        let dataset = &self.loaded.dataset;
        let frameworks = (0..dataset.frameworks.len()).map(Choice::Framework);
        let regions = resolve::regions(dataset).into_iter().map(Choice::Region);
        let steps: Vec<Grade> =
            self.view.framework().into_iter().flat_map(|f| &f.scale.steps).map(|step| step.grade).collect();
        let categories = 0..self.view.categories().len();
        let grades = categories.flat_map(|category| steps.iter().map(move |grade| Choice::Grade(category, *grade)));
        frameworks.chain(regions).chain(grades).collect()
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        match choice {
            Choice::Framework(position) => {
                let framework = self.loaded.dataset.frameworks.get(*position);
                framework.map(|f| &f.id) == self.view.framework().map(|f| &f.id)
            }
            Choice::Region(name) => self.filter.regions.contains(name),
            Choice::Grade(category, grade) => self.filter.grades.contains(&(*category, *grade)),
        }
    }

    /// Chooses what has the focus in the layer, or undoes it.
    pub(super) fn toggle(&mut self) {
        let Some(Figure::Choice(position)) = self.layers.last().and_then(|layer| layer.figure) else { return };
        let Some(choice) = self.choices().into_iter().nth(position) else { return };
        let is_chosen = self.is_chosen(&choice);
        match choice {
            Choice::Framework(position) => {
                let framework = self.loaded.dataset.frameworks.get(position).cloned();
                return self.look_at(framework, self.view.as_at());
            }
            Choice::Region(name) if is_chosen => self.filter.regions.retain(|held| *held != name),
            Choice::Region(name) => self.filter.regions.push(name),
            Choice::Grade(category, grade) if is_chosen => self.filter.grades.retain(|held| *held != (category, grade)),
            Choice::Grade(category, grade) => self.filter.grades.push((category, grade)),
        }
        self.list_again();
    }

    /// Lists every authority again.
    pub(super) fn clear_filters(&mut self) {
        self.filter = Filter::default();
        self.list_again();
    }

    /// To the end of the quarter before, counted from the latest assessment.
    pub(super) fn earlier(&mut self) {
        if self.view.holds_only_latest() {
            return self.say(wording::no_earlier_day(None));
        }
        let from = self.view.as_at().or(self.loaded.dataset.date);
        let earliest = self.loaded.dataset.authorities.iter().flat_map(|a| &a.assessments).filter_map(|a| a.date).min();
        match from.and_then(|date| date.quarter_before()).filter(|date| Some(*date) >= earliest) {
            Some(date) => self.look_at(self.view.framework().cloned(), Some(date)),
            None => self.say("nothing was published before that"),
        }
    }

    /// To the end of the quarter after; past the latest assessment, to what is held today.
    pub(super) fn later(&mut self) {
        let Some(date) = self.view.as_at() else { return self.say("this is the latest that is held") };
        let next = date.quarter_after().filter(|next| Some(*next) < self.loaded.dataset.date);
        self.look_at(self.view.framework().cloned(), next);
    }

    /// Shows a framework as at a date. Grades chosen under another framework are dropped.
    pub(crate) fn look_at(&mut self, framework: Option<std::sync::Arc<Framework>>, as_at: Option<Date>) {
        let is_other = framework.as_ref().map(|f| &f.id) != self.view.framework().map(|f| &f.id);
        if is_other {
            self.filter.grades.clear();
            if matches!(self.sort.column, Column::Category(_)) {
                self.sort = Sort::default();
            }
        }
        let dataset = &self.loaded.dataset;
        self.national = framework.as_ref().map(|f| national(dataset, f)).unwrap_or_default();
        self.view = View::new(dataset, framework, as_at);
        self.list_again();
    }

    /// Makes the list anew and keeps the authority selected, if it is still listed.
    fn list_again(&mut self) {
        let selected = self.list.selected_rank();
        self.relist(selected);
        self.count_listed();
    }

    /// The filters in words: "London · Overall R or I"; empty without any.
    pub(crate) fn filter_words(&self) -> Vec<String> {
        wording::filter(&self.filter, &self.view)
    }
}

/// The layer of filters: frameworks, regions and grades, each with a box.
pub fn page(app: &App, width: usize) -> Page<'_> {
    let dataset = &app.loaded.dataset;
    let mut page = Page::new();
    let mut heading = String::new();
    for (number, choice) in app.choices().iter().enumerate() {
        let (under, words) = match choice {
            Choice::Framework(position) => {
                let framework = dataset.frameworks.get(*position);
                ("Framework".to_owned(), framework.map(|f| f.title.clone()).unwrap_or_default())
            }
            Choice::Region(name) => ("Region".to_owned(), name.clone()),
            Choice::Grade(category, grade) => {
                let category = app.view.categories().get(*category).map(|c| c.label.clone()).unwrap_or_default();
                let step = app.view.framework().and_then(|f| f.scale.step(*grade));
                (category, step.map(|s| format!("{} {}", s.sign(), s.word)).unwrap_or_default())
            }
        };
        if under != heading {
            page.extend((number > 0).then(Line::new));
            page.push(Line::new().with(under.clone(), Role::Heading));
            heading = under;
        }
        let sign = if app.is_chosen(choice) { "[x] " } else { "[ ] " };
        let line = Line::new()
            .with(sign, Role::Key)
            .with(crate::text::truncate(&words, width.saturating_sub(4)).into_owned(), Role::Plain);
        page.push(line.for_figure(Figure::Choice(number)));
    }
    if page.is_empty() {
        page =
            owned_paragraph("This dataset has neither frameworks nor regions to choose from.", width, 0, Role::Plain);
    }
    page
}
