//! Merges two records of one inspection: the better source decides, the other fills in what is missing, and every grade
//! on which they differ is reported.

use std::sync::Arc;

use super::Difference;
use crate::dataset::{Absence, Assessment, Category, Date, Evidence, Framework, Judgement, Outcome, Rank};

/// What two records of an authority differ on.
#[derive(Debug, Default)]
pub struct Merged {
    /// The days of the inspections that are kept twice, because neither source is better.
    pub unmerged: Vec<Option<Date>>,
    /// The grades that differ.
    pub differences: Vec<Difference>,
    /// How many judgements were filled in.
    pub filled: usize,
}

impl Merged {
    /// Adds an assessment of the authority of a name to those that are there. Two records of one inspection become one
    /// if they agree, or if one of their sources is better; otherwise both are kept, and the newer is the one shown.
    pub fn add(&mut self, authority: &str, held: &mut Vec<Assessment>, other: Assessment) {
        // The record knows of some inspections which framework they were made under; the dates alone do not tell.
        if held.iter().any(|known| is_known_otherwise(known, &other)) {
            return;
        }
        held.retain(|known| !is_known_otherwise(&other, known));
        let mut same: Vec<&mut Assessment> = held.iter_mut().filter(|known| known.is_same_inspection(&other)).collect();
        if same.is_empty() {
            held.push(other);
            return;
        }
        let better = |known: &&mut &mut Assessment| {
            known.has_outcomes_of(&other) || rank(known) != rank(&other) || !differs(known, &other)
        };
        let Some(known) = same.iter_mut().find(better) else {
            self.unmerged.push(other.day());
            // Of several assessments on the same day, the last is shown, so this one goes first.
            held.insert(0, other);
            return;
        };
        let known: &mut Assessment = known;
        let other = if rank(&other) > rank(known) { std::mem::replace(known, other) } else { other };
        self.merge(authority, known, other);
    }

    /// Merges a record into one of a source that is at least as good.
    fn merge(&mut self, authority: &str, known: &mut Assessment, other: Assessment) {
        if !known.has_outcomes_of(&other) {
            let framework = Arc::clone(&known.framework);
            let mut judgements = known.judgements.to_vec();
            for (position, judgement) in judgements.iter_mut().enumerate() {
                self.judgement(authority, &framework, known, &other, position, judgement);
            }
            known.judgements = judgements.into();
        }
        for (held, new) in Arc::make_mut(&mut known.judgements).iter_mut().zip(other.judgements.iter()) {
            if held.outcome == new.outcome {
                for evidence in &new.evidence {
                    if !held.evidence.contains(evidence) && known.origin.is_none() {
                        held.evidence.push(evidence.clone());
                    }
                }
            }
        }
        known.date = known.date.or(other.date);
        known.visit = match (known.visit.take(), other.visit) {
            (Some(mut mine), Some(theirs)) => {
                mine.kind = mine.kind.or(theirs.kind);
                mine.from = mine.from.or(theirs.from);
                mine.until = mine.until.or(theirs.until);
                mine.lead = mine.lead.or(theirs.lead);
                Some(mine)
            }
            (mine, theirs) => mine.or(theirs),
        };
        let has_evidence =
            known.judgements.iter().any(|judgement| judgement.grade().is_some() && !judgement.evidence.is_empty());
        if known.origin.is_none() && !has_evidence {
            known.origin = other.origin;
        }
        for quote in other.quotes {
            if !known.quotes.contains(&quote) {
                known.quotes.push(quote);
            }
        }
    }

    fn judgement(
        &mut self,
        authority: &str,
        framework: &Framework,
        known: &Assessment,
        other: &Assessment,
        position: usize,
        judgement: &mut Judgement,
    ) {
        let Some(theirs) = other.judgements.get(position) else { return };
        match (judgement.outcome, theirs.outcome) {
            (Outcome::Grade(mine), Outcome::Grade(grade)) if mine != grade => {
                let mut evidence = known.evidence(position).into_owned();
                let mut differing = other.evidence(position).into_owned();
                self.differences
                    .extend(difference(authority, known, position, judgement, theirs, &evidence, &differing));
                for one in &mut differing {
                    one.note = Some(format!("Says otherwise: {}.", word(framework, theirs)));
                }
                evidence.append(&mut differing);
                judgement.evidence = evidence.into_iter().collect();
            }
            (Outcome::Absent(absence), Outcome::Grade(_)) if may_be_filled(absence) => {
                self.filled += 1;
                *judgement = Judgement {
                    evidence: other.evidence(position).into_owned().into_iter().collect(),
                    ..theirs.clone()
                };
            }
            _ => {}
        }
    }
}

/// Whether an assessment is known as one under another framework: by its day of publication, from a better source.
fn is_known_otherwise(known: &Assessment, other: &Assessment) -> bool {
    let is_same_report = known.date.is_some() && known.date == other.date;
    !known.framework.is(&other.framework) && is_same_report && rank(known) > rank(other)
}

/// Returns how far the source of an assessment is trusted.
fn rank(assessment: &Assessment) -> Rank {
    match &assessment.origin {
        Some(origin) => origin.table.source.rank,
        None => assessment
            .judgements
            .iter()
            .flat_map(|j| j.evidence.iter())
            .map(|e| e.source.rank)
            .max()
            .unwrap_or_default(),
    }
}

/// Whether two records have different grades for a category.
fn differs(one: &Assessment, other: &Assessment) -> bool {
    one.judgements
        .iter()
        .zip(other.judgements.iter())
        .any(|(a, b)| a.grade().zip(b.grade()).is_some_and(|(a, b)| a != b))
}

/// Whether another source can know more than an absence says.
fn may_be_filled(absence: Absence) -> bool {
    matches!(absence, Absence::NotReported | Absence::Unreadable | Absence::Blank)
}

fn difference(
    authority: &str,
    known: &Assessment,
    position: usize,
    mine: &Judgement,
    theirs: &Judgement,
    my_evidence: &[Evidence],
    their_evidence: &[Evidence],
) -> Option<Difference> {
    let framework = &known.framework;
    let label = framework.categories.get(position).map(|category: &Category| category.label.as_str())?;
    let day = known.date.map_or_else(|| "an unknown day".to_owned(), |date| date.to_string());
    let says = |evidence: &[Evidence], judgement: &Judgement| {
        let source = evidence.first().map_or("an unnamed source", |one| one.source.title.as_str());
        format!("{source} says {:?}", word(framework, judgement))
    };
    let links =
        [my_evidence, their_evidence].into_iter().flat_map(|evidence| evidence.first()?.link().map(String::from));
    Some(Difference {
        what: format!("{authority}, {day}, {label}"),
        shown: says(my_evidence, mine),
        other: says(their_evidence, theirs),
        links: links.collect(),
    })
}

fn word(framework: &Framework, judgement: &Judgement) -> String {
    let step = judgement.grade().and_then(|grade| framework.scale.step(grade));
    step.map_or_else(|| "no grade".to_owned(), |step| step.word.clone())
}
