//! A published figure against our own count.

use crate::dataset::{Assessment, Claim, Dataset, Grade, Target, Value};

/// Whether a published figure and the judgements held can both be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every judgement is known, and they come to the figure.
    Agrees,
    /// No way to complete what is known comes to the figure.
    Contradicts,
    /// Nothing known speaks against the figure, nor settles it.
    Consistent,
    /// The whole is not known, or no assessment of the round is held.
    CannotTell,
}

impl Verdict {
    /// Every verdict, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Agrees, Self::Consistent, Self::Contradicts, Self::CannotTell];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Contradicts => "contradicts",
            Self::Consistent => "consistent",
            Self::CannotTell => "cannot tell",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Agrees => "all judgements are known and come to the published figure",
            Self::Contradicts => "what is known rules the published figure out",
            Self::Consistent => "what is known allows the published figure, but does not settle it",
            Self::CannotTell => "it is not known of how many, or none of them is held",
        }
    }
}

/// Our own count for a claim, over the whole dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoning {
    /// Those whose judgements settle whether they match (K).
    pub known: u32,
    /// Those of them that match (M).
    pub matching: u32,
    /// The true count, from the least to the most it can be; `None` where the whole is not known.
    pub possible: Option<(u32, u32)>,
    /// What follows for the figure.
    pub verdict: Verdict,
}

/// Counts what a claim counts, over all assessments of its round.
pub fn reckon(claim: &Claim, dataset: &Dataset) -> Reckoning {
    let (mut held, mut known, mut matching) = (0u32, 0u32, 0u32);
    for assessment in assessments_of(claim, dataset) {
        held += 1;
        if let Some(is_match) = matches(claim, assessment) {
            known += 1;
            matching += u32::from(is_match);
        }
    }
    let possible = claim.of.map(|of| (matching, matching + of.saturating_sub(known)));
    let verdict = match (claim.of, possible) {
        (Some(of), Some((least, most))) if held > 0 => {
            if known > of || !reaches(claim.value, least, most, of) {
                Verdict::Contradicts
            } else if known == of {
                Verdict::Agrees
            } else {
                Verdict::Consistent
            }
        }
        _ => Verdict::CannotTell,
    };
    Reckoning { known, matching, possible, verdict }
}

/// One assessment an authority: the latest of the claim's round.
fn assessments_of<'d>(claim: &'d Claim, dataset: &'d Dataset) -> impl Iterator<Item = &'d Assessment> {
    dataset.authorities.iter().filter_map(|authority| {
        let of_round = |a: &&Assessment| a.framework.id == claim.framework.id && a.round == claim.round;
        authority.assessments.iter().filter(of_round).max_by_key(|a| a.date)
    })
}

/// Whether an assessment counts for a claim; `None` where what is known of it does not say.
fn matches(claim: &Claim, assessment: &Assessment) -> Option<bool> {
    let counts = |grade: Grade| claim.grades.contains(&grade);
    match claim.target {
        Target::Assessed => Some(true),
        Target::Category(position) => assessment.judgements.get(position)?.grade().map(counts),
        Target::All => in_all(assessment.judgements.iter().map(|j| j.grade()), counts),
    }
}

/// Out as soon as one known grade fails, in when all are known and match, else undecided.
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

/// Whether some count from the least to the most comes to the figure; a percentage within its
/// rounding.
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

/// The percentages that are printed as this one, by the number of its decimals.
fn within_rounding(percent: f64) -> (f64, f64) {
    let printed = percent.to_string();
    let decimals = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = 0.5 / 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    (percent - half, percent + half)
}
