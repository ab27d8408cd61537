//! In which judgements some authorities differ.

use crate::query::{AuthorityId, View};

/// The judgements of some authorities, by the positions of the categories, each group in the order in which people read them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Those in which at least two grades differ.
    pub differ: Vec<usize>,
    /// Those in which at least two of them have a grade, and all who have one the same.
    pub same: Vec<usize>,
    /// Those in which fewer than two of them have a grade, so that nothing is compared.
    pub absent: Vec<usize>,
}

impl Compared {
    /// Returns all positions, those that differ first.
    pub fn order(&self) -> impl Iterator<Item = usize> {
        self.differ.iter().chain(&self.same).chain(&self.absent).copied()
    }
}

/// Compares the grades that some authorities have in a view.
pub fn compared(view: &View, authorities: &[AuthorityId]) -> Compared {
    let mut compared = Compared::default();
    for category in view.framework().map(|framework| framework.shown_order()).unwrap_or_default() {
        let mut grades = authorities.iter().filter_map(|id| view.grade(category, *id));
        match (grades.next(), grades.next()) {
            (Some(first), Some(second)) if first == second && grades.all(|grade| grade == first) => {
                compared.same.push(category);
            }
            (Some(_), Some(_)) => compared.differ.push(category),
            _ => compared.absent.push(category),
        }
    }
    compared
}
