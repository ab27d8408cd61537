//! The doors in: bytes become a checked dataset, or an error with place and cure.
//!
//! Opens no file itself; who calls brings the bytes and the name to call them by.

mod bundled;
mod join;
mod json;

pub use bundled::{bundled, bundled_bytes, schema};
pub use join::{Part, join};
pub use json::from_json;

use std::fmt;

use crate::dataset::{Dataset, Problem};

/// A dataset with what was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// What can be used.
    pub dataset: Dataset,
    /// What was wrong, in the order of the file; empty for a faultless one.
    pub problems: Vec<Problem>,
    /// The authorities left out because of it, by name.
    pub left_out: Vec<String>,
}

impl Loaded {
    /// What was left out, in a sentence; `None` where nothing was.
    pub fn summary(&self, name: &str) -> Option<String> {
        let first = self.left_out.first()?;
        let others = match self.left_out.len() - 1 {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            n => format!(" and {n} others"),
        };
        let count = counted(self.problems.len(), "problem", "problems");
        Some(format!("{name}: {first}{others} left out because of {count}"))
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
        let count = counted(self.problems.len(), "problem", "problems");
        write!(f, "{} cannot be used as a dataset: {count}", self.name)?;
        for problem in &self.problems {
            write!(f, "\n  {problem}")?;
        }
        Ok(())
    }
}

/// "1 problem", "2 problems".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
