//! Checks frameworks, their scales and categories.

use std::collections::HashSet;
use std::sync::Arc;

use super::Checker;
use super::fields::one_of;
use crate::dataset::format::{CategoryFile, Field, FrameworkFile, List, NAMED, RedefinitionFile, StepFile, shown};
use crate::dataset::path::Path;
use crate::dataset::{Category, Framework, Grade, Redefinition, Scale, Step, Text};

/// Words that a claim may use instead of a category id.
const RESERVED: [&str; 2] = ["all", "assessed"];

impl Checker {
    pub(super) fn framework(&mut self, file: FrameworkFile, at: &Path) -> Option<Arc<Framework>> {
        self.unknown_fields(&file.unknown_fields, at);
        let id = self.text(file.id, &at.key("id"));
        let title = self.text(file.title, &at.key("title"));
        let short = self.optional_text(file.short, &at.key("short"));
        let publisher = self.optional_text(file.publisher, &at.key("publisher"));
        let aliases = self.texts(file.aliases, &at.key("aliases"));
        let from = self.date(file.from, &at.key("from"));
        let until = self.date(file.until, &at.key("until"));
        let coverage = self.optional_text(file.coverage, &at.key("coverage"));
        if let Some(other) = coverage.as_ref().filter(|word| *word != NAMED) {
            self.problem(&at.key("coverage"), shown(other), format!("{NAMED:?}, or nothing"));
        }
        let steps = self.steps(file.scale, &at.key("scale"));
        let good_from = self.good_from(file.good_from, &steps, &at.key("good_from"));
        let categories = self.categories(file.categories, &at.key("categories"));
        self.meanings(&steps, &categories, &at.key("scale"));
        let notes = self.notes(file.notes, &at.key("notes"));
        let caveats = self.notes(file.caveats, &at.key("caveats"));
        let (id, title) = (id?, title?);
        let framework = Arc::new(Framework {
            id: id.clone(),
            short: short.unwrap_or_else(|| title.clone()),
            title,
            publisher: publisher.unwrap_or_else(|| self.dataset.publisher.clone()),
            aliases,
            from,
            until,
            is_named_only: coverage.is_some(),
            scale: Scale { steps, good_from: good_from? },
            categories,
            notes,
            caveats,
        });
        if self.frameworks.insert(id.clone(), Arc::clone(&framework)).is_some() {
            self.problem(&at.key("id"), format!("{} twice", shown(&id)), "each id once");
        }
        Some(framework)
    }

    fn steps(&mut self, field: Field<List<StepFile>>, at: &Path) -> Vec<Step> {
        let mut seen = HashSet::new();
        let mut steps = self.each(field, at, |checker, file, at| {
            let step = checker.step(file, at)?;
            if !seen.insert(step.grade) {
                checker.problem(&at.key("grade"), format!("{} twice", step.grade.0), "each grade once");
            }
            Some(step)
        });
        if steps.is_empty() {
            self.problem(at, "no step", "the steps of the scale");
        }
        steps.sort_by_key(|s| std::cmp::Reverse(s.grade));
        steps
    }

    /// Reports meanings that refer to a category of another framework.
    fn meanings(&mut self, steps: &[Step], categories: &[Category], at: &Path) {
        for id in steps.iter().flat_map(|step| &step.meaning_of) {
            if !categories.iter().any(|category| category.id == *id) {
                let known = one_of(categories.iter().map(|category| category.id.as_str()));
                self.problem(&at.key("meaning_of"), shown(id), format!("the id of a category: {known}"));
            }
        }
    }

    fn step(&mut self, file: StepFile, at: &Path) -> Option<Step> {
        self.unknown_fields(&file.unknown_fields, at);
        let number = self.required(file.grade, &at.key("grade"));
        let letter = self.optional_text(file.letter, &at.key("letter"));
        let word = self.text(file.word, &at.key("word"));
        let also = self.texts(file.also, &at.key("also"));
        let meaning = self.optional_text(file.meaning, &at.key("meaning"));
        let meaning_of = self.texts(file.meaning_of, &at.key("meaning_of"));
        let evidence = self.evidence(file.evidence, &at.key("evidence"));
        let Ok(grade) = u8::try_from(number?) else {
            self.problem(&at.key("grade"), format!("the number {}", number?), "a whole number from 0 to 255");
            return None;
        };
        Some(Step { grade: Grade(grade), letter, word: word?, also, meaning, meaning_of, evidence })
    }

    fn good_from(&mut self, field: Field<u64>, steps: &[Step], at: &Path) -> Option<Grade> {
        let number = self.required(field, at)?;
        self.grade_on(steps, number, at)
    }

    /// Returns a number as a grade of a scale.
    pub(super) fn grade_on(&mut self, steps: &[Step], number: u64, at: &Path) -> Option<Grade> {
        if let Some(step) = steps.iter().find(|s| u64::from(s.grade.0) == number) {
            return Some(step.grade);
        }
        let expected: Vec<String> = steps.iter().map(|s| format!("{} ({})", s.grade.0, s.word)).collect();
        let expected = format!("a grade of the scale: {}", one_of(expected.iter().map(String::as_str)));
        self.problem(at, format!("the number {number}"), expected);
        None
    }

    fn categories(&mut self, field: Field<List<CategoryFile>>, at: &Path) -> Vec<Category> {
        let mut seen = HashSet::new();
        let categories = self.each(field, at, |checker, file, at| {
            let category = checker.category(file, at)?;
            if RESERVED.contains(&category.id.as_str()) || !seen.insert(category.id.clone()) {
                let found = format!("{} twice, or reserved", shown(&category.id));
                checker.problem(&at.key("id"), found, "each id once, none of them \"all\" or \"assessed\"");
            }
            Some(category)
        });
        if categories.is_empty() {
            self.problem(at, "no category", "what the framework grades");
        }
        categories
    }

    fn category(&mut self, file: CategoryFile, at: &Path) -> Option<Category> {
        self.unknown_fields(&file.unknown_fields, at);
        let id = self.text(file.id, &at.key("id"));
        let label = self.text(file.label, &at.key("label"));
        let short = self.optional_text(file.short, &at.key("short"));
        let abbreviation = self.optional_text(file.abbreviation, &at.key("abbreviation"));
        let full = self.optional_text(file.full, &at.key("full"));
        let from = self.date(file.from, &at.key("from"));
        let until = self.date(file.until, &at.key("until"));
        let redefined = self.redefinition(file.redefined, &at.key("redefined"));
        let evidence = self.evidence(file.evidence, &at.key("evidence"));
        let label = label?;
        Some(Category {
            id: id?,
            short: short.unwrap_or_else(|| label.clone()),
            label,
            abbreviation,
            full,
            from,
            until,
            redefined,
            evidence,
        })
    }

    fn redefinition(&mut self, field: Field<RedefinitionFile>, at: &Path) -> Option<Redefinition> {
        let file = self.optional(field, at)?;
        self.unknown_fields(&file.unknown_fields, at);
        if file.on.is_absent() {
            self.problem(&at.key("on"), "nothing", "the first day of the new meaning");
        }
        let on = self.date(file.on, &at.key("on"));
        let was = self.text(file.was, &at.key("was"));
        Some(Redefinition { on: on?, was: was? })
    }

    pub(super) fn framework_by_id(&mut self, field: Field<String>, at: &Path) -> Option<Arc<Framework>> {
        let id = self.text(field, at)?;
        if let Some(framework) = self.frameworks.get(&id) {
            return Some(Arc::clone(framework));
        }
        let mut known: Vec<&str> = self.frameworks.keys().map(Text::as_str).collect();
        known.sort_unstable();
        let expected = format!("the id of a framework: {}", one_of(known));
        self.problem(at, shown(&id), expected);
        None
    }

    /// Returns the position of a category in a framework.
    pub(super) fn category_of(&mut self, framework: &Framework, id: &str, at: &Path) -> Option<usize> {
        let position = framework.category_position(id);
        if position.is_none() {
            let known = one_of(framework.categories.iter().map(|c| c.id.as_str()));
            self.problem(at, shown(id), format!("a category of {}: {known}", framework.id));
        }
        position
    }
}
