//! The doors in: bytes become a checked dataset, or an error with place and cure.
//!
//! Opens no file itself; who calls brings the bytes and the name to call them by.

mod bundled;
mod file;
pub mod gazetteer;
mod ilacs;
mod join;
mod json;
mod progress;

pub use bundled::{bundled, bundled_bytes};
pub use file::from_reader;
pub use join::{Part, join};
pub use json::from_json;
pub use progress::Progress;

use std::fmt;
use std::sync::Arc;

use crate::dataset::{Dataset, Location, Problem};
use crate::text::plural;

/// A dataset with what was left out of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loaded {
    /// What can be used.
    pub dataset: Arc<Dataset>,
    /// What was wrong, in the order of the file; empty for a faultless one.
    pub problems: Vec<Problem>,
    /// What was left out because of it: authorities by name, rows by number.
    pub left_out: Vec<String>,
    /// What was read otherwise than it stands, in the order of the file.
    pub repairs: Vec<Repair>,
    /// Which authorities of different files were taken for one by another name than the listed one, a sentence
    /// each: a code or the listed name would be certain, another name is not.
    pub matches: Vec<String>,
}

/// A text that was read otherwise than it stands, because what it means is plain; or that could not be read
/// and stands as unreadable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where it is.
    pub location: Location,
    /// What stands there.
    pub found: String,
    /// What it was read as.
    pub read_as: String,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}; read as {}", self.location, self.found, self.read_as)
    }
}

/// An empty file.
fn nothing() -> Problem {
    Problem {
        location: Location::Path(String::new()),
        found: "nothing: the file is empty".to_owned(),
        expected: "a row of headers, then a row for each inspection".to_owned(),
    }
}

impl Loaded {
    /// What was left out and repaired, in a sentence; `None` if nothing was.
    pub fn summary(&self, name: &str) -> Option<String> {
        let parts = [self.left_out_summary(), self.repaired_summary(), self.matched_summary()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{name}: {}", parts.join("; ")))
    }

    /// "2 cells repaired"; `None` if none was.
    pub fn repaired_summary(&self) -> Option<String> {
        (!self.repairs.is_empty())
            .then(|| format!("{} repaired", plural(self.repairs.len(), "cell or row", "cells or rows")))
    }

    /// "1 authority matched by another name"; `None` if none was.
    pub fn matched_summary(&self) -> Option<String> {
        let count = plural(self.matches.len(), "authority", "authorities");
        (!self.matches.is_empty()).then(|| format!("{count} matched by another name"))
    }

    fn left_out_summary(&self) -> Option<String> {
        let first = self.left_out.first()?;
        let others = match self.left_out.len() - 1 {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            n => format!(" and {n} others"),
        };
        let count = plural(self.problems.len(), "problem", "problems");
        Some(format!("{first}{others} left out because of {count}"))
    }
}

/// A file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Unusable {
    /// What the file is called.
    pub name: String,
    /// Everything found wrong with it; never empty.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = plural(self.problems.len(), "problem", "problems");
        write!(f, "{} cannot be used as a dataset: {count}", self.name)?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        Ok(())
    }
}
