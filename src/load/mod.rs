//! Parsers: bytes to a validated `Dataset`, or a list of problems with locations and fixes.
//!
//! Never opens files: the caller passes a reader and the name to use in messages.

mod bundled;
mod file;
pub mod gazetteer;
mod groups;
mod ilacs;
mod join;
mod json;
mod merge;
mod noted;
mod progress;
mod reports;

pub use bundled::{bundled, bundled_bytes, record};
pub use file::from_reader;
pub use join::{Part, join};
pub use json::from_json;
pub use progress::Progress;
pub use reports::Unlisted;

use std::fmt;
use std::sync::Arc;

use crate::dataset::{Dataset, Location, Problem};
use crate::text::plural;
use reports::extend_listed;

/// A dataset, with a report of what was left out or repaired.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loaded {
    /// The part of the file that can be used.
    pub dataset: Arc<Dataset>,
    /// The problems found, in file order; empty if there were none.
    pub problems: Vec<Problem>,
    /// What was left out because of problems: authorities by name, rows by number.
    pub left_out: Vec<String>,
    /// The values that were not read literally, in file order.
    pub repairs: Vec<Repair>,
    /// How many problems and repairs there are besides those listed.
    pub unlisted: Unlisted,
    /// A sentence for each authority that was matched across files by a name other than the listed one. Such a match
    /// is less reliable than one by code or listed name, so it is reported.
    pub matches: Vec<String>,
    /// The grades on which two sources differ. The one of the better source is shown.
    pub differences: Vec<Difference>,
    /// The dates of inspections on which two sources differ. The one of the better source is shown.
    pub date_differences: Vec<Difference>,
    /// How many judgements that one source lacks another has.
    pub filled: usize,
    /// Those of them in inspections of which both sources have grades, as "Nottingham, 14 January 2019, Overall
    /// effectiveness".
    pub filled_in: Vec<String>,
    /// How the file is laid out, a phrase each: "text with cells separated by commas, in UTF-8".
    pub layout: Vec<String>,
    /// What else a reader of the files should know, a sentence each: which sheet was read, what is not listed.
    pub remarks: Vec<String>,
}

/// A grade or a date on which two sources differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The inspection and the judgement or the date: "St Helens, 4 September 2023, Help and protection".
    pub what: String,
    /// What is shown, with its source.
    pub shown: String,
    /// What the other source says.
    pub other: String,
    /// The links to the two, the shown one first, if they are known.
    pub links: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.what, self.shown, self.other)?;
        if self.links.is_empty() { Ok(()) } else { write!(f, " ({})", self.links.join(" and ")) }
    }
}

/// A value that was not read literally: one that was repaired because its meaning is clear, or one recorded as
/// unreadable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where it is.
    pub location: Location,
    /// The value as found.
    pub found: String,
    /// What it was read as instead.
    pub read_as: String,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}; read as {}", self.location, self.found, self.read_as)
    }
}

/// The problem of an empty file.
fn nothing() -> Problem {
    Problem {
        location: Location::Path(String::new()),
        found: "nothing: the file is empty".to_owned(),
        expected: "a row of headers, then a row for each inspection".to_owned(),
    }
}

impl Loaded {
    /// Adds grades and dates on which two sources differ, as far as they are listed.
    fn add_differences(&mut self, grades: Vec<Difference>, dates: Vec<Difference>) {
        let unlisted = &mut self.unlisted;
        extend_listed(&mut self.differences, grades, &mut unlisted.differences);
        extend_listed(&mut self.date_differences, dates, &mut unlisted.date_differences);
    }

    /// Summarizes what was left out, repaired, matched and remarked in a sentence; `None` if there is nothing to report.
    pub fn summary(&self, name: &str) -> Option<String> {
        let remarks = plural(self.remarks.len(), "remark", "remarks");
        let remarked = (!self.remarks.is_empty()).then(|| format!("{remarks}, which `scrutineer check` shows"));
        let parts = [self.left_out_summary(), self.repaired_summary(), self.matched_summary(), remarked];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{name}: {}", parts.join("; ")))
    }

    /// Formats "2 cells or rows repaired"; `None` if none was.
    pub fn repaired_summary(&self) -> Option<String> {
        let count = self.repair_count();
        (count > 0).then(|| format!("{} repaired", plural(count, "cell or row", "cells or rows")))
    }

    /// Returns how many values were not read literally, listed or not.
    pub fn repair_count(&self) -> usize {
        self.repairs.len().saturating_add(self.unlisted.repairs)
    }

    /// Returns how many authorities and rows were left out, listed or not.
    pub fn left_out_count(&self) -> usize {
        self.left_out.len().saturating_add(self.unlisted.left_out)
    }

    /// Returns on how many grades two sources differ, listed or not.
    pub fn difference_count(&self) -> usize {
        self.differences.len().saturating_add(self.unlisted.differences)
    }

    /// Returns on how many dates of inspections two sources differ, listed or not.
    pub fn date_difference_count(&self) -> usize {
        self.date_differences.len().saturating_add(self.unlisted.date_differences)
    }

    /// Says how many problems, repairs and differences are not listed; `None` if all are.
    pub fn unlisted_summary(&self) -> Option<String> {
        let Unlisted { left_out, problems: _, repairs, differences, date_differences, filled_in, matches } =
            self.unlisted;
        let counts = [
            (left_out, "left out"),
            (repairs, "repaired"),
            (differences, "that differ between sources"),
            (date_differences, "with other dates"),
            (filled_in, "filled in"),
            (matches, "matched despite different names"),
        ];
        let parts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} more {words}")).collect();
        (!parts.is_empty()).then(|| format!("and {}, which are not listed", parts.join(" and ")))
    }

    /// Formats "1 authority matched despite different names"; `None` if none was.
    pub fn matched_summary(&self) -> Option<String> {
        let count = self.match_count();
        (count > 0).then(|| format!("{} matched despite different names", plural(count, "council", "councils")))
    }

    /// Returns how many authorities were matched despite different names, listed or not.
    pub fn match_count(&self) -> usize {
        self.matches.len().saturating_add(self.unlisted.matches)
    }

    fn left_out_summary(&self) -> Option<String> {
        let first = self.left_out.first()?;
        let others = match self.left_out_count().saturating_sub(1) {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            n => format!(" and {n} others"),
        };
        let count = plural(self.problems.len().saturating_add(self.unlisted.problems), "problem", "problems");
        Some(format!("{first}{others} left out because of {count}"))
    }
}

/// A file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Unusable {
    /// The name of the file, as used in messages.
    pub name: String,
    /// What was found wrong with it, as far as it is listed.
    pub problems: Vec<Problem>,
    /// How many problems there are besides those listed.
    pub others: usize,
}

impl Unusable {
    /// Creates the report of a file that cannot be used because of these problems.
    pub fn new(name: impl Into<String>, problems: Vec<Problem>) -> Self {
        Self { name: name.into(), problems, others: 0 }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = plural(self.problems.len().saturating_add(self.others), "problem", "problems");
        write!(f, "{} cannot be used as a dataset: {count}", self.name)?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        if self.others > 0 {
            write!(f, "\n  and {} more, which are not listed", self.others)?;
        }
        Ok(())
    }
}
