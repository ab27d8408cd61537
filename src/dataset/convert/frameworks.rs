//! Frameworks, their scales and categories.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use super::{Checker, Defined, File, Identified, Path, Writer, one_of, read, shown};
use crate::dataset::format::{self, Coverage};
use crate::dataset::{Category, Framework, Grade, Scale, Step, Text};

/// Words that a claim may use instead of a category id.
const RESERVED: [&str; 2] = ["all", "assessed"];

impl Identified for Framework {
    const NAME: &'static str = "framework";

    fn defined(checker: &mut Checker) -> &mut Defined<Self> {
        &mut checker.frameworks
    }

    fn id(self: &Arc<Self>, _: &mut Writer) -> Text {
        self.id.clone()
    }
}

impl File<Arc<Framework>> for format::Framework {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Arc<Framework>> {
        let id = self.id.0.clone();
        checker.define(id, at, |checker| {
            read!(self, checker, at => id, title, short, publisher, body, aliases, from, until, coverage, scale, categories);
            read!(self, checker, at => notes, caveats);
            let coverage: Option<Coverage> = coverage?;
            let (title, mut steps, categories): (Text, Vec<Step>, Vec<Category>) = (title?, scale?, categories?);
            checker.scale(&steps, &categories, &at.key("scale"));
            checker.categories(&categories, &at.key("categories"));
            let good_from = match self.good_from {
                Some(grade) => checker.grade_on(&steps, grade, &at.key("good_from")).map(Some),
                None => Some(None),
            };
            steps.sort_by_key(|step: &Step| std::cmp::Reverse(step.grade));
            Some(Framework {
                id: id?,
                short: short?.unwrap_or_else(|| title.clone()),
                title,
                publisher: publisher?.unwrap_or_else(|| checker.publisher.clone()),
                body: body?,
                aliases: aliases?,
                from: from?,
                until: until?,
                is_named_only: coverage.is_some(),
                scale: Scale { good_from: good_from?, steps },
                categories,
                notes: notes?,
                caveats: caveats?,
            })
        })
    }

    fn write(model: &Arc<Framework>, writer: &mut Writer) -> Self {
        let publisher = Some(&model.publisher).filter(|publisher| !publisher.is_empty()).cloned();
        Self {
            id: File::write(&model.id, writer),
            title: File::write(&model.title, writer),
            short: Some(File::write(&model.short, writer)),
            publisher: File::write(&publisher, writer),
            body: File::write(&model.body, writer),
            aliases: File::write(&model.aliases, writer),
            from: File::write(&model.from, writer),
            until: File::write(&model.until, writer),
            coverage: File::write(&model.is_named_only.then_some(Coverage::Named), writer),
            good_from: model.scale.good_from,
            scale: File::write(&model.scale.steps, writer),
            categories: File::write(&model.categories, writer),
            notes: File::write(&model.notes, writer),
            caveats: File::write(&model.caveats, writer),
        }
    }
}

impl File<Category> for format::Category {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Category> {
        read!(self, checker, at => id, label, short, abbreviation, full, from, until, redefined, evidence);
        let label: Text = label?;
        Some(Category {
            id: id?,
            short: short?.unwrap_or_else(|| label.clone()),
            label,
            abbreviation: abbreviation?,
            full: full?,
            from: from?,
            until: until?,
            redefined: redefined?,
            evidence: evidence?,
        })
    }

    fn write(model: &Category, writer: &mut Writer) -> Self {
        Self {
            id: File::write(&model.id, writer),
            label: File::write(&model.label, writer),
            short: Some(File::write(&model.short, writer)),
            abbreviation: File::write(&model.abbreviation, writer),
            full: File::write(&model.full, writer),
            from: File::write(&model.from, writer),
            until: File::write(&model.until, writer),
            redefined: File::write(&model.redefined, writer),
            evidence: File::write(&model.evidence, writer),
        }
    }
}

impl Checker {
    /// Reports steps that occur twice, and meanings that refer to a category of another framework.
    fn scale(&mut self, steps: &[Step], categories: &[Category], at: &Path) {
        if steps.is_empty() {
            self.problem(at, "no step", "the steps of the scale");
        }
        for position in again(steps.iter().map(|step| step.grade)) {
            let found = steps.get(position).map(|step| format!("{} twice", step.grade.0));
            self.problem(&at.item(position).key("grade"), found.unwrap_or_default(), "each grade once");
        }
        for id in steps.iter().flat_map(|step| &step.meaning_of) {
            if !categories.iter().any(|category| category.id == *id) {
                let known = one_of(categories.iter().map(|category| category.id.as_str()));
                self.problem(&at.key("meaning_of"), shown(id), format!("the id of a category: {known}"));
            }
        }
    }

    /// Reports categories that occur twice, or have a reserved id.
    fn categories(&mut self, categories: &[Category], at: &Path) {
        if categories.is_empty() {
            self.problem(at, "no category", "what the framework grades");
        }
        let ids: Vec<&str> = categories.iter().map(|category| category.id.as_str()).collect();
        let twice = again(ids.iter());
        for (position, id) in ids.iter().enumerate() {
            if RESERVED.contains(id) || twice.contains(&position) {
                let found = format!("{} twice, or reserved", shown(id));
                let expected = "each id once, none of them \"all\" or \"assessed\"";
                self.problem(&at.item(position).key("id"), found, expected);
            }
        }
    }

    /// Returns a grade if it is on a scale.
    pub(super) fn grade_on(&mut self, steps: &[Step], grade: Grade, at: &Path) -> Option<Grade> {
        if steps.iter().any(|step| step.grade == grade) {
            return Some(grade);
        }
        let expected: Vec<String> = steps.iter().map(|s| format!("{} ({})", s.grade.0, s.word)).collect();
        let expected = format!("a grade of the scale: {}", one_of(expected.iter().map(String::as_str)));
        self.problem(at, format!("the number {}", grade.0), expected);
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

/// Returns the positions of values that occurred before.
pub(super) fn again<T: Eq + Hash>(values: impl Iterator<Item = T>) -> Vec<usize> {
    let mut seen = HashSet::new();
    values.enumerate().filter_map(|(position, value)| (!seen.insert(value)).then_some(position)).collect()
}
