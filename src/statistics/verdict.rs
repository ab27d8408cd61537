//! Compares a published figure with our own count.

use crate::dataset::{Assessment, Claim, Dataset, Grade, Target, Value};

/// Whether a published figure and the known judgements can both be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every judgement is known, and they add up to the figure.
    Agrees,
    /// Whatever the unknown judgements are, they cannot add up to the figure.
    Contradicts,
    /// The known judgements allow the figure, but do not confirm it.
    Consistent,
    /// The total is unknown, or the dataset has no assessment of the round.
    CannotTell,
}

impl Verdict {
    /// All verdicts, in the order in which the help lists them.
    pub const ALL: [Self; 4] = [Self::Agrees, Self::Consistent, Self::Contradicts, Self::CannotTell];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Contradicts => "contradicts",
            Self::Consistent => "consistent",
            Self::CannotTell => "cannot tell",
        }
    }

    /// Returns its sign where its name has no space.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Agrees => "=",
            Self::Contradicts => "!",
            Self::Consistent => "~",
            Self::CannotTell => "?",
        }
    }

    /// Returns its meaning as a clause.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Agrees => "all judgements are known and add up to the published figure",
            Self::Contradicts => "the judgements we know rule out the published figure",
            Self::Consistent => "the judgements we know fit the published figure, but do not prove it",
            Self::CannotTell => "the total is not known, or we have no judgements of that round",
        }
    }
}

/// Our own count for a claim, over the whole dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recount {
    /// The number of assessments whose known judgements decide whether they match.
    pub known: u32,
    /// The number of those that match.
    pub matching: u32,
    /// The lowest and highest possible true count; `None` if the total is unknown.
    pub possible: Option<(u32, u32)>,
    /// The verdict on the figure.
    pub verdict: Verdict,
}

/// Recounts a claim over all assessments of its round.
pub fn recount(claim: &Claim, dataset: &Dataset) -> Recount {
    recount_in(claim, assessments_of(claim, dataset))
}

/// Recounts claims, each as [`recount`] does. Those in a row that are about one round share the search for its
/// assessments.
pub(super) fn recount_all(claims: &[Claim], dataset: &Dataset) -> Vec<Recount> {
    let is_of_round = |one: &Claim, other: &Claim| one.framework.is(&other.framework) && one.round == other.round;
    let recounted = |claims: &[Claim]| {
        let assessments: Vec<&Assessment> =
            claims.first().into_iter().flat_map(|claim| assessments_of(claim, dataset)).collect();
        claims.iter().map(|claim| recount_in(claim, assessments.iter().copied())).collect::<Vec<_>>()
    };
    claims.chunk_by(is_of_round).flat_map(recounted).collect()
}

fn recount_in<'d>(claim: &Claim, assessments: impl Iterator<Item = &'d Assessment>) -> Recount {
    let (mut count, mut known, mut matching) = (0u32, 0u32, 0u32);
    for assessment in assessments {
        count += 1;
        if let Some(is_match) = matches(claim, assessment) {
            known += 1;
            matching += u32::from(is_match);
        }
    }
    Recount::new(claim.value, matching, known, claim.of.filter(|_| count > 0), claim.of)
}

impl Recount {
    /// Compares a figure with a count: `known` of the authorities are known, `matching` of them match. `decided` is the
    /// total if anything can be said, `of` the total if it is known.
    pub(super) fn new(value: Value, matching: u32, known: u32, decided: Option<u32>, of: Option<u32>) -> Self {
        let possible = of.map(|of| (matching, matching + of.saturating_sub(known)));
        let verdict = match (decided, possible) {
            (Some(of), Some((least, most))) => {
                if known > of || !reaches(value, least, most, of) {
                    Verdict::Contradicts
                } else if known == of {
                    Verdict::Agrees
                } else {
                    Verdict::Consistent
                }
            }
            _ => Verdict::CannotTell,
        };
        Self { known, matching, possible, verdict }
    }
}

/// Returns one assessment for each authority: its latest in the claim's round.
fn assessments_of<'d>(claim: &'d Claim, dataset: &'d Dataset) -> impl Iterator<Item = &'d Assessment> {
    dataset.authorities.iter().filter_map(|authority| {
        let of_round = |a: &&Assessment| a.framework.is(&claim.framework) && *a.round == *claim.round;
        authority.assessments.iter().filter(of_round).max_by_key(|a| a.order_day())
    })
}

/// Whether an assessment matches a claim; `None` if its known judgements do not decide.
fn matches(claim: &Claim, assessment: &Assessment) -> Option<bool> {
    let counts = |grade: Grade| claim.grades.contains(&grade);
    match claim.target {
        Target::Assessed => Some(true),
        Target::Category(position) => assessment.judgements.get(position)?.grade().map(counts),
        Target::All => in_all(assessment.judgements.iter().map(|j| j.grade()), counts),
    }
}

/// `Some(false)` if any known grade fails, `Some(true)` if all are known and match, else `None`.
pub(super) fn in_all(grades: impl Iterator<Item = Option<Grade>>, counts: impl Fn(Grade) -> bool) -> Option<bool> {
    let mut is_settled = true;
    for grade in grades {
        match grade {
            Some(grade) if !counts(grade) => return Some(false),
            Some(_) => {}
            None => is_settled = false,
        }
    }
    is_settled.then_some(true)
}

/// Whether any count from `least` to `most` equals the figure; a percentage, after rounding.
fn reaches(value: Value, least: u32, most: u32, of: u32) -> bool {
    match value {
        Value::Count(count) => (least..=most).contains(&count),
        Value::Percent(percent) => {
            let (low, high) = within_rounding(percent);
            let counts = f64::from(of) / 100.0;
            let (first, last) = ((low * counts - 1e-9).ceil(), (high * counts + 1e-9).floor());
            first <= last && first <= f64::from(most) && last >= f64::from(least)
        }
    }
}

/// Returns the range of percentages that are printed as this one, judging by its number of decimals.
fn within_rounding(percent: f64) -> (f64, f64) {
    let printed = percent.to_string();
    let decimals = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = 0.5 / 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    (percent - half, percent + half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Outcome;
    use crate::load::bundled;

    /// Returns the verdict on a figure about grade 4 for capacity, which ten authorities of the bundled dataset
    /// have.
    fn verdict(value: Value, of: Option<u32>) -> Verdict {
        let dataset = bundled().unwrap().dataset;
        let claim = dataset.claims.iter().find(|c| c.target == Target::Category(2) && c.grades == [Grade(4)]).unwrap();
        let recount = recount(&Claim { value, of, ..claim.clone() }, &dataset);
        assert_eq!((recount.known, recount.matching), (14, 10));
        recount.verdict
    }

    #[test]
    fn a_percentage_is_reached_up_to_both_of_its_bounds() {
        let half = |least: u32, most: u32| reaches(Value::Percent(50.0), least, most, 10);
        assert!(half(5, 5) && half(5, 9) && half(1, 5));
        assert!(!half(6, 9) && !half(1, 4));
    }

    #[test]
    fn what_is_all_known_agrees_or_contradicts() {
        assert_eq!(verdict(Value::Count(10), Some(14)), Verdict::Agrees);
        assert_eq!(verdict(Value::Count(11), Some(14)), Verdict::Contradicts);
    }

    #[test]
    fn what_is_partly_known_is_consistent_within_its_bounds() {
        assert_eq!(verdict(Value::Count(9), Some(20)), Verdict::Contradicts);
        assert_eq!(verdict(Value::Count(10), Some(20)), Verdict::Consistent);
        assert_eq!(verdict(Value::Count(16), Some(20)), Verdict::Consistent);
        assert_eq!(verdict(Value::Count(17), Some(20)), Verdict::Contradicts);
    }

    #[test]
    fn more_known_than_there_are_contradicts() {
        assert_eq!(verdict(Value::Count(10), Some(13)), Verdict::Contradicts);
    }

    #[test]
    fn without_a_whole_nothing_can_be_told() {
        assert_eq!(verdict(Value::Count(10), None), Verdict::CannotTell);
    }

    #[test]
    fn a_percentage_agrees_within_its_rounding() {
        // 10 of 14 is 71.43 percent.
        assert_eq!(verdict(Value::Percent(71.0), Some(14)), Verdict::Agrees);
        assert_eq!(verdict(Value::Percent(71.4), Some(14)), Verdict::Agrees);
        assert_eq!(verdict(Value::Percent(71.5), Some(14)), Verdict::Contradicts);
        assert_eq!(verdict(Value::Percent(72.0), Some(14)), Verdict::Contradicts);
    }

    #[test]
    fn the_latest_assessment_of_a_round_counts_wherever_it_stands() {
        let mut dataset = Dataset::clone(&bundled().unwrap().dataset);
        let claim = dataset.claims.iter().find(|c| c.target == Target::Category(2) && c.grades == [Grade(4)]).unwrap();
        let claim = Claim { value: Value::Count(10), of: Some(14), ..claim.clone() };
        let is_best = |a: &Assessment| matches(&claim, a) == Some(true) && *a.round == *claim.round;
        let position = dataset.authorities.iter().position(|a| a.assessments.iter().any(is_best)).unwrap();
        let one = dataset.authorities[position].assessments[0].clone();
        let mut other = one.clone();
        let mut judgements = other.judgements.to_vec();
        judgements[2].outcome = Outcome::Grade(Grade(1));
        other.judgements = judgements.into();
        for (date, matching) in [("2006-12-01", 9), ("2006-01-01", 10)] {
            other.date = date.parse().ok();
            for assessments in [[one.clone(), other.clone()], [other.clone(), one.clone()]] {
                dataset.authorities[position].assessments = assessments.into_iter().collect();
                let recount = recount(&claim, &dataset);
                assert_eq!((recount.known, recount.matching), (14, matching), "{date}");
            }
        }
    }

    #[test]
    fn a_round_nobody_holds_cannot_be_told() {
        let dataset = bundled().unwrap().dataset;
        let claim = Claim { round: "2007".into(), ..dataset.claims.first().unwrap().clone() };
        assert_eq!(recount(&claim, &dataset).verdict, Verdict::CannotTell);
    }

    #[test]
    fn all_categories_are_out_with_one_failure_and_in_with_none_unknown() {
        let is_best = |g: Grade| g == Grade(4);
        assert_eq!(in_all([Some(Grade(4)), None, Some(Grade(1))].into_iter(), is_best), Some(false));
        assert_eq!(in_all([Some(Grade(4)), None].into_iter(), is_best), None);
        assert_eq!(in_all([Some(Grade(4)), Some(Grade(4))].into_iter(), is_best), Some(true));
    }

    #[test]
    fn a_percentage_is_reached_by_the_least_and_by_the_most_that_the_count_can_be() {
        // Of ten, only five is printed as 50 %.
        assert!(reaches(Value::Percent(50.0), 5, 9, 10) && reaches(Value::Percent(50.0), 0, 5, 10));
        assert!(!reaches(Value::Percent(50.0), 6, 9, 10) && !reaches(Value::Percent(50.0), 0, 4, 10));
        assert!(reaches(Value::Count(5), 5, 5, 10) && !reaches(Value::Count(5), 6, 9, 10));
    }
}
