//! The rank of an authority among others, and how far a grade is from the best.

use crate::dataset::{Dataset, Grade, Scale};
use crate::query::{AuthorityId, View};

/// The rank of an authority among others in a category: grades are few, so ties are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The category, by its position.
    pub category: usize,
    /// The rank, from 1 for the best grade.
    pub rank: usize,
    /// How many others have the same grade.
    pub tied: usize,
    /// How many have a grade, the authority included.
    pub known: usize,
}

/// Returns the authorities of a region that are listed in a view; empty without a region.
pub fn in_region(dataset: &Dataset, view: &View, region: Option<&str>) -> Vec<AuthorityId> {
    let all = dataset.authorities.iter().enumerate();
    let in_region = all.filter(|(_, authority)| region.is_some() && authority.region.as_deref() == region);
    in_region.map(|(position, _)| AuthorityId(position)).filter(|id| view.is_listed(*id)).collect()
}

/// Returns the ranks of an authority among some authorities, itself included; none in a category without its grade, and
/// none at all if it is not one of them, as an authority that ended is not one of today's.
pub fn ranks(view: &View, authority: AuthorityId, among: &[AuthorityId]) -> Vec<Rank> {
    if !among.contains(&authority) {
        return Vec::new();
    }
    let rank = |category: usize| {
        let grade = view.grade(category, authority)?;
        let grades = || among.iter().filter_map(|other| view.grade(category, *other));
        let better = grades().filter(|other| *other > grade).count();
        let same = grades().filter(|other| *other == grade).count();
        Some(Rank { category, rank: better + 1, tied: same.saturating_sub(1), known: grades().count() })
    };
    (0..view.categories().len()).filter_map(rank).collect()
}

/// Returns a grade's distance from the best on a scale of four: 0 is the best grade, 3 the lowest.
pub fn degree(scale: &Scale, grade: Grade) -> u8 {
    let below_best = scale.steps.iter().filter(|s| s.grade > grade).count();
    let last = scale.steps.len().saturating_sub(1).max(1);
    // The middle of three is nearer to the lowest: it must not look like the second best of four.
    u8::try_from((below_best * 3).div_ceil(last)).unwrap_or(3)
}
