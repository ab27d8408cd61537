//! Counts among the listed authorities, and shares as percentages.

use super::verdict::in_all;
use crate::dataset::Grade;
use crate::query::{AuthorityId, View};

/// A count, with the number it is a share of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of authorities that match.
    pub matching: u32,
    /// The number of authorities for which it is known whether they match.
    pub known: u32,
}

impl Tally {
    /// Adds an authority: whether it matches, or `None` if unknown.
    pub fn add(&mut self, is_match: Option<bool>) {
        if let Some(is_match) = is_match {
            self.known += 1;
            self.matching += u32::from(is_match);
        }
    }

    /// Removes an authority that was added before with the same value.
    pub fn remove(&mut self, is_match: Option<bool>) {
        if let Some(is_match) = is_match {
            self.known = self.known.saturating_sub(1);
            self.matching = self.matching.saturating_sub(u32::from(is_match));
        }
    }
}

/// Counts the authorities that are good or better in each category, and those that have the best grade in all
/// categories. Returns a tally for each category, and one for all.
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

/// The smallest total for which a percentage is given; in smaller ones, a single authority would be over a tenth.
const LEAST_FOR_PERCENT: u32 = 10;

/// Returns a part of a total in percent, from 0 to 100; `None` for totals under ten.
pub fn percent(part: u32, whole: u32) -> Option<f64> {
    share(part, whole).filter(|_| whole >= LEAST_FOR_PERCENT).map(|share| share * 100.0)
}

/// Returns a part of a total in percent with a number of decimal places, halves rounded up as people do: 15 of 24 is 63 %.
/// `None` for totals under ten, like [`percent`].
pub fn rounded_percent(part: u32, whole: u32, places: usize) -> Option<String> {
    percent(part, whole)?;
    let unit = 10_u64.saturating_pow(u32::try_from(places).unwrap_or(u32::MAX));
    let doubled = u64::from(part).saturating_mul(200).saturating_mul(unit).saturating_add(u64::from(whole));
    let units = doubled.checked_div(u64::from(whole).saturating_mul(2))?;
    Some(format!("{:.places$}", units as f64 / unit as f64))
}

/// Returns a part of a total as a fraction from 0 to 1; `None` if the total is 0.
pub fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| (f64::from(part) / f64::from(whole)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_a_percentage_are_rounded_up() {
        let rounded = |part, whole, places| rounded_percent(part, whole, places).unwrap_or_default();
        assert_eq!((rounded(15, 24, 0), rounded(9, 24, 0)), ("63".to_owned(), "38".to_owned()));
        assert_eq!((rounded(26, 32, 1), rounded(23, 40, 0)), ("81.3".to_owned(), "58".to_owned()));
        assert_eq!((rounded(107, 142, 1), rounded(0, 10, 1)), ("75.4".to_owned(), "0.0".to_owned()));
        assert_eq!((rounded(10, 10, 0), rounded(9, 9, 0)), ("100".to_owned(), String::new()));
        assert_eq!(rounded(u32::MAX, u32::MAX, 1), "100.0");
    }
}
