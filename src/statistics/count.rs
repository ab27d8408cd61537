//! Counts among the authorities that are listed.

use super::verdict::in_all;
use crate::dataset::Grade;
use crate::query::{AuthorityId, View};

/// A count with what it is a share of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that match.
    pub matching: u32,
    /// Those of which it is known whether they do.
    pub known: u32,
}

impl Tally {
    /// Counts one more: whether it matches, or `None` if that is not known.
    pub fn add(&mut self, is_match: Option<bool>) {
        if let Some(is_match) = is_match {
            self.known += 1;
            self.matching += u32::from(is_match);
        }
    }

    /// Takes back what was added before.
    pub fn remove(&mut self, is_match: Option<bool>) {
        if let Some(is_match) = is_match {
            self.known = self.known.saturating_sub(1);
            self.matching = self.matching.saturating_sub(u32::from(is_match));
        }
    }
}

/// How many of some authorities are good or better: a tally for each category, then one for the best grade in all
/// categories.
pub fn tallies(view: &View, authorities: impl Iterator<Item = AuthorityId>) -> (Vec<Tally>, Tally) {
    let width = view.categories().len();
    let mut categories = vec![Tally::default(); width];
    let mut all = Tally::default();
    let Some(scale) = view.framework().map(|f| &f.scale) else { return (categories, all) };
    let best: Option<Grade> = scale.steps.first().map(|s| s.grade);
    for authority in authorities {
        for (column, tally) in categories.iter_mut().enumerate() {
            tally.add(view.grade(column, authority).map(|g| scale.is_good(g)));
        }
        all.add(in_all((0..width).map(|column| view.grade(column, authority)), |g| Some(g) == best));
    }
    (categories, all)
}

/// The fewest of which a percentage is given: of fewer, each one would be more than a tenth.
const LEAST_FOR_PERCENT: u32 = 10;

/// A part of a whole in percent, from 0 to 100; `None` of fewer than ten.
pub fn percent(part: u32, whole: u32) -> Option<f64> {
    share(part, whole).filter(|_| whole >= LEAST_FOR_PERCENT).map(|share| share * 100.0)
}

/// A part of a whole, from 0 to 1; `None` of nothing, for which there is no share.
pub fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| (f64::from(part) / f64::from(whole)).clamp(0.0, 1.0))
}
