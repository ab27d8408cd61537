//! Turns a file as it was read into a dataset, and names everything in it that cannot be so.
//!
//! Every reference is followed and every rule applied in one pass. A problem within one authority
//! leaves that authority out; any other leaves no dataset.

mod authorities;
mod claims;
mod fields;
mod frameworks;
mod sources;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::format::{DatasetFile, VERSION};
use super::path::Path;
use super::{Authority, Dataset, Framework, Place, Problem, Source};

/// What a check of a file came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// What can be used of the file; `None` where a problem concerns the whole.
    pub dataset: Option<Dataset>,
    /// Everything wrong, in the order of the file.
    pub problems: Vec<Problem>,
    /// The authorities left out because of a problem in them: name, or place where it has none.
    pub left_out: Vec<String>,
}

/// Checks a file against every rule of the format.
pub fn check(file: DatasetFile) -> Checked {
    let mut checker = Checker::default();
    let dataset = checker.dataset(file);
    Checked {
        dataset: (!checker.is_unusable).then_some(dataset),
        problems: checker.problems,
        left_out: checker.left_out,
    }
}

#[derive(Default)]
struct Checker {
    problems: Vec<Problem>,
    is_unusable: bool,
    left_out: Vec<String>,
    sources: HashMap<String, Arc<Source>>,
    frameworks: HashMap<String, Arc<Framework>>,
}

impl Checker {
    fn dataset(&mut self, file: DatasetFile) -> Dataset {
        let top = &Path::Top;
        self.strays(&file.strays, top);
        self.version(file.format, top);
        let mut dataset = Dataset {
            title: self.text(file.title, &top.key("title")).unwrap_or_default(),
            publisher: self.text(file.publisher, &top.key("publisher")).unwrap_or_default(),
            date: self.date(file.date, &top.key("date")),
            ..Dataset::default()
        };
        let at = top.key("sources");
        for (position, source) in self.list(file.sources, &at) {
            dataset.sources.extend(self.source(source, &at.item(position)));
        }
        let at = top.key("frameworks");
        for (position, framework) in self.list(file.frameworks, &at) {
            dataset.frameworks.extend(self.framework(framework, &at.item(position)));
        }
        let at = top.key("claims");
        for (position, claim) in self.list(file.claims, &at) {
            dataset.claims.extend(self.claim(claim, &at.item(position)));
        }
        let at = top.key("authorities");
        let items = self.required(file.authorities, &at).unwrap_or_default();
        self.is_unusable = !self.problems.is_empty();
        let mut names = HashSet::with_capacity(items.len());
        dataset.authorities.reserve(items.len());
        for (position, item) in items.into_iter().enumerate() {
            dataset.authorities.extend(self.authority_or_leave_out(item, &at.item(position), &mut names));
        }
        dataset
    }

    fn version(&mut self, format: super::format::Field<u64>, top: &Path) {
        let at = top.key("format");
        if let Some(version) = self.required(format, &at)
            && version != VERSION
        {
            self.problem(&at, format!("version {version}"), format!("{VERSION}, the version that this program reads"));
        }
    }

    fn authority_or_leave_out(
        &mut self,
        item: super::format::Field<super::format::AuthorityFile>,
        at: &Path,
        names: &mut HashSet<String>,
    ) -> Option<Authority> {
        let before = self.problems.len();
        let authority = self.required(item, at).map(|file| self.authority(file, at));
        let name = authority.as_ref().map(|a| a.name.clone()).unwrap_or_default();
        if !name.is_empty() && !names.insert(name.clone()) {
            self.problem(&at.key("name"), format!("{name} a second time"), "each authority once".to_owned());
        }
        if self.problems.len() == before {
            return authority;
        }
        self.left_out.push(if name.is_empty() { at.to_string() } else { name });
        None
    }

    fn problem(&mut self, at: &Path, found: impl Into<String>, allowed: impl Into<String>) {
        self.problems.push(Problem {
            place: Place::Path(at.to_string()),
            found: found.into(),
            allowed: allowed.into(),
        });
    }
}
