//! What is reported while a file is read: a bounded number of messages of bounded length, with a count of the others.

use super::Repair;
use crate::dataset::Problem;

/// The maximum number of problems, repairs and differences that are listed, of each. A damaged file can have one in every
/// cell; a longer list is of no use, and the browser lays out the whole of it.
pub const MAX_LISTED: usize = 2000;

/// The maximum length of what a message quotes from a file, in characters.
const MAX_QUOTED: usize = 500;

/// The messages about a file.
#[derive(Debug, Default)]
pub struct Reports {
    /// The problems that are listed.
    pub problems: Vec<Problem>,
    /// What was left out because of problems, as far as it is listed.
    pub left_out: Vec<String>,
    /// The repairs that are listed.
    pub repairs: Vec<Repair>,
    /// What is not listed.
    pub unlisted: Unlisted,
}

/// How much is not listed, because there is too much of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// How many things were left out because of problems.
    pub left_out: usize,
    /// How many problems those are, of which a thing may have several.
    pub problems: usize,
    /// How many values were not read literally.
    pub repairs: usize,
    /// How many grades differ between sources.
    pub differences: usize,
    /// How many dates differ between sources.
    pub date_differences: usize,
    /// How many judgements of inspections in both sources were filled in.
    pub filled_in: usize,
    /// How many authorities were matched despite different names.
    pub matches: usize,
}

impl Reports {
    /// Reports a repair; `make` is called only if it is listed.
    pub fn repair(&mut self, make: impl FnOnce() -> Repair) {
        if self.repairs.len() >= MAX_LISTED {
            self.unlisted.repairs = self.unlisted.repairs.saturating_add(1);
            return;
        }
        let mut repair = make();
        shorten(&mut repair.found);
        self.repairs.push(repair);
    }

    /// Reports that something was left out, and why.
    pub fn leave_out(&mut self, what: String, mut problem: Problem) {
        if self.problems.len() >= MAX_LISTED {
            self.unlisted.left_out = self.unlisted.left_out.saturating_add(1);
            self.unlisted.problems = self.unlisted.problems.saturating_add(1);
            return;
        }
        shorten(&mut problem.found);
        self.left_out.push(what);
        self.problems.push(problem);
    }
}

/// Adds messages as far as they are listed, and counts the others.
pub fn extend_listed<T>(listed: &mut Vec<T>, new: Vec<T>, others: &mut usize) {
    let left = MAX_LISTED.saturating_sub(listed.len());
    *others = others.saturating_add(new.len().saturating_sub(left));
    listed.extend(new.into_iter().take(left));
}

/// Truncates what a message quotes.
pub fn shorten(found: &mut String) {
    if let Some((end, _)) = found.char_indices().nth(MAX_QUOTED) {
        found.truncate(end);
        found.push('…');
    }
}
