//! Which authorities a person wants to see at all.

use super::View;
use crate::dataset::{Authority, Grade};

/// What an authority must be to be listed. An empty filter keeps every one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// It lies in one of these regions; in any, where none is given.
    pub regions: Vec<String>,
    /// It has all of these grades: the category by its place in the framework. One without a grade
    /// in the category is not kept.
    pub grades: Vec<(usize, Grade)>,
}

impl Filter {
    /// Whether an authority, given with its place in the dataset, is kept.
    pub fn keeps(&self, authority: &Authority, position: usize, view: &View) -> bool {
        let region = authority.region.as_deref();
        let is_in_region =
            self.regions.is_empty() || region.is_some_and(|r| self.regions.iter().any(|wanted| wanted == r));
        is_in_region && self.grades.iter().all(|(column, grade)| view.grade(*column, position) == Some(*grade))
    }
}
