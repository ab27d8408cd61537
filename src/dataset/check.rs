//! Turns a parsed JSON file into a validated dataset, and reports everything in it that is invalid.
//!
//! Resolves every reference and applies every rule in one pass. An authority with a problem is left out; a problem
//! anywhere else means that no dataset is returned.

mod authorities;
mod claims;
mod fields;
mod frameworks;
mod sources;

use std::collections::HashMap;
use std::sync::Arc;

use hashbrown::DefaultHashBuilder as RandomState;

use super::format::{AuthorityFile, Field, HeaderFile, VERSION};
use super::path::Path;
use super::{Dataset, Framework, Location, MAX_AUTHORITIES, OriginTable, PositionIndex, Problem, Source, Text};

/// The maximum number of published figures of a file, of each kind. Those of two files are compared, each with each.
const MAX_FIGURES: usize = 10_000;

/// The result of checking a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The part of the file that can be used; `None` if a problem affects the whole file.
    pub dataset: Option<Dataset>,
    /// The problems, in file order, as far as they are listed.
    pub problems: Vec<Problem>,
    /// How many problems there are besides those.
    pub other_problems: usize,
    /// The authorities left out because of a problem in them: by name, or by location if they have none.
    pub left_out: Vec<String>,
    /// How many authorities were left out besides those.
    pub others: usize,
}

/// The maximum number of problems that are listed, and of what was left out because of them.
const MAX_LISTED: usize = 2000;

/// A check in progress: starts with everything but the authorities, which follow one by one.
#[derive(Default)]
pub struct Checker {
    dataset: Dataset,
    problems: Vec<Problem>,
    /// The number of all problems, listed or not.
    problem_count: usize,
    is_unusable: bool,
    left_out: Vec<String>,
    /// How many authorities were left out and are not listed.
    others: usize,
    authorities: usize,
    names: PositionIndex,
    sources: HashMap<Text, Arc<Source>, RandomState>,
    frameworks: HashMap<Text, Arc<Framework>, RandomState>,
    last_round: Option<Arc<str>>,
    last_table: Option<Arc<OriginTable>>,
}

impl Checker {
    /// Checks everything in a file except its authorities.
    pub fn new(file: HeaderFile) -> Self {
        let mut checker = Self::default();
        checker.header(file);
        checker.is_unusable = !checker.problems.is_empty();
        checker
    }

    /// Returns the result of the whole check.
    pub fn end(self) -> Checked {
        Checked {
            dataset: (!self.is_unusable).then_some(self.dataset),
            other_problems: self.problem_count.saturating_sub(self.problems.len()),
            problems: self.problems,
            left_out: self.left_out,
            others: self.others,
        }
    }

    fn header(&mut self, file: HeaderFile) {
        let top = &Path::Top;
        self.unknown_fields(&file.unknown_fields, top);
        self.version(file.format, top);
        self.dataset.title = self.text(file.title, &top.key("title")).unwrap_or_default();
        self.dataset.publisher = self.text(file.publisher, &top.key("publisher")).unwrap_or_default();
        self.dataset.collector = self.optional_text(file.collector, &top.key("collector"));
        self.dataset.date = self.date(file.date, &top.key("date"));
        self.dataset.sources = self.each(file.sources, &top.key("sources"), Self::source);
        self.dataset.frameworks = self.each(file.frameworks, &top.key("frameworks"), Self::framework);
        self.dataset.claims = self.each(file.claims, &top.key("claims"), Self::claim);
        self.at_most(MAX_FIGURES, self.dataset.claims.len(), &top.key("claims"));
        self.dataset.published = self.each(file.published, &top.key("published"), Self::published);
        self.at_most(MAX_FIGURES, self.dataset.published.len(), &top.key("published"));
        self.required(file.authorities, &top.key("authorities"));
    }

    fn at_most(&mut self, most: usize, count: usize, at: &Path) {
        if count > most {
            self.problem(at, count.to_string(), format!("at most {most}"));
        }
    }

    fn version(&mut self, format: Field<u64>, top: &Path) {
        let at = top.key("format");
        if let Some(version) = self.required(format, &at)
            && version != VERSION
        {
            self.problem(&at, format!("version {version}"), format!("{VERSION}, the version that this program reads"));
        }
    }

    /// Checks the next authority of the file; leaves it out if it has a problem.
    pub fn next_authority(&mut self, item: Field<AuthorityFile>) {
        let top = Path::Top.key("authorities");
        let at = &top.item(self.authorities);
        self.authorities += 1;
        let before = self.problem_count;
        let authority = self.required(item, at).map(|file| self.authority(file, at));
        let name = authority.as_ref().map(|a| a.name.as_str()).unwrap_or_default();
        if self.dataset.authorities.len() >= MAX_AUTHORITIES {
            self.problem(at, "one authority more", format!("at most {MAX_AUTHORITIES}"));
        }
        let held = &self.dataset.authorities;
        if self.names.find(name, |place| held.get(place).is_some_and(|a| a.name == name)).is_some() {
            self.problem(&at.key("name"), format!("{name} twice"), "each authority once");
        }
        if self.problem_count == before {
            self.names.insert(name, self.dataset.authorities.len());
            self.dataset.authorities.extend(authority);
        } else if self.left_out.len() >= MAX_LISTED {
            self.others = self.others.saturating_add(1);
        } else {
            self.left_out.push(if name.is_empty() { at.to_string() } else { name.to_owned() });
        }
    }

    fn problem(&mut self, at: &Path, found: impl Into<String>, expected: impl Into<String>) {
        self.problem_count = self.problem_count.saturating_add(1);
        if self.problems.len() >= MAX_LISTED {
            return;
        }
        self.problems.push(Problem {
            location: Location::Path(at.to_string()),
            found: found.into(),
            expected: expected.into(),
        });
    }
}
