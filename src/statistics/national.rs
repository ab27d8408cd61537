//! The published figures about the latest round, by category and grade.

use std::ops::Range;

use super::Recount;
use super::verdict::recount_all;
use crate::dataset::{Claim, Dataset, Framework, Grade, Target, Value};

/// The published figures about one round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct National {
    /// The claim about how many authorities were assessed, by its position in [`Dataset::claims`].
    pub assessed: Option<usize>,
    /// The figures of each category, in the framework's order.
    pub categories: Vec<Figures>,
    /// The claims about all categories together, by their positions in [`Dataset::claims`].
    pub all: Vec<usize>,
    /// The recount of each claim in the dataset, in the order of the claims.
    pub recounts: Vec<Recount>,
}

/// The published figures of one category.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// The published counts by grade, best first.
    pub cells: Vec<Cell>,
    /// The claim about "good or better", by its position in [`Dataset::claims`].
    pub good: Option<usize>,
}

/// A published count, for one grade or for several counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The steps of the scale that it covers; 0 is the best.
    pub steps: Range<usize>,
    /// The position of the claim in [`Dataset::claims`].
    pub claim: usize,
}

/// Returns the published figures about the latest round of a framework.
pub fn national(dataset: &Dataset, framework: &Framework) -> National {
    let of_framework = |claim: &&Claim| claim.framework.id == framework.id;
    let Some(round) = dataset.claims.iter().filter(of_framework).map(|c| c.round.as_str()).max() else {
        return National { categories: vec![Figures::default(); framework.categories.len()], ..National::default() };
    };
    let mut summary = National {
        categories: vec![Figures::default(); framework.categories.len()],
        recounts: recount_all(&dataset.claims, dataset),
        ..National::default()
    };
    for (position, claim) in dataset.claims.iter().enumerate() {
        if of_framework(&claim) && claim.round == round {
            summary.place(position, claim, framework);
        }
    }
    summary
}

impl National {
    fn place(&mut self, position: usize, claim: &Claim, framework: &Framework) {
        match claim.target {
            Target::Assessed => self.assessed = self.assessed.or(Some(position)),
            Target::All => self.all.push(position),
            Target::Category(category) => {
                let Some(figures) = self.categories.get_mut(category) else { return };
                figures.place(position, claim, framework);
            }
        }
    }
}

impl Figures {
    fn place(&mut self, position: usize, claim: &Claim, framework: &Framework) {
        if claim.grades == framework.scale.good_grades() {
            self.good = self.good.or(Some(position));
            return;
        }
        let is_count = matches!(claim.value, Value::Count(_));
        if let Some(steps) = steps_of(&claim.grades, framework).filter(|_| is_count) {
            self.cells.push(Cell { steps, claim: position });
            self.cells.sort_by_key(|c| c.steps.start);
        }
    }
}

/// Returns the range of steps that some grades cover; `None` if it has a gap.
fn steps_of(grades: &[Grade], framework: &Framework) -> Option<Range<usize>> {
    let mut places =
        framework.scale.steps.iter().enumerate().filter(|(_, s)| grades.contains(&s.grade)).map(|(i, _)| i);
    let first = places.next()?;
    let last = places.next_back().unwrap_or(first);
    (last + 1 - first == grades.len()).then_some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_cover_a_range_of_steps_from_the_best_to_the_lowest_of_them() {
        let record = crate::load::record().unwrap().dataset;
        let framework = record.frameworks.iter().find(|framework| framework.id == "ilacs").unwrap();
        let steps = |grades: &[u8]| steps_of(&grades.iter().map(|grade| Grade(*grade)).collect::<Vec<_>>(), framework);
        assert_eq!(steps(&[4]), Some(0..1));
        assert_eq!(steps(&[2, 1]), Some(2..4));
        assert_eq!(steps(&[4, 3, 2]), Some(0..3), "also of three");
        assert_eq!((steps(&[4, 2]), steps(&[])), (None, None), "a gap is no range");
    }
}
