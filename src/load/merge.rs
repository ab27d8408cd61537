//! Merges two records of one inspection: the better source decides, the other fills in what is missing, and every grade
//! on which they differ is reported.

use std::collections::HashMap;
use std::sync::Arc;

use super::Difference;
use crate::dataset::{Absence, Assessment, Category, Date, Evidence, Framework, Judgement, Outcome, Rank, Text, Visit};

/// What two records of an authority differ on.
#[derive(Debug, Default)]
pub struct Merged {
    /// The days of the inspections that are kept twice, because neither source is better.
    pub unmerged: Vec<Option<Date>>,
    /// The grades that differ.
    pub differences: Vec<Difference>,
    /// How many judgements that one record lacks the other has.
    pub filled: usize,
    /// Those of them in inspections of which both records have grades, as "Nottingham, 14 January 2019, Overall
    /// effectiveness".
    pub filled_in: Vec<String>,
    /// The inspections that a better source has under another framework, as "Surrey, 16 May 2018".
    pub known_otherwise: Vec<String>,
}

impl Merged {
    /// Adds the assessments of another record of the authority of a name. Two records of one inspection become one if
    /// they agree, or if one of their sources is better; otherwise both are kept, and the one held is shown. The
    /// assessments of one record are never merged with each other. `is_newer` says whether the other record has newer
    /// reports; of two sources that are equally good, the newer decides then.
    pub fn add(&mut self, authority: &str, held: &mut Vec<Assessment>, others: Vec<Assessment>, is_newer: bool) {
        let index = DayIndex::new(held);
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for other in others {
            let near = index.near(&other);
            if near.iter().any(|at| held.get(*at).is_some_and(|known| is_known_otherwise(known, &other))) {
                self.known_otherwise.push(format!("{authority}, {}", day_of(&other)));
                continue;
            }
            let is_same = |at: &&usize| held.get(**at).is_some_and(|known| known.is_same_inspection(&other));
            let same: Vec<usize> = near.iter().filter(is_same).copied().collect();
            let may_merge = |at: &&usize| held.get(**at).is_some_and(|known| is_newer || may_merge(known, &other));
            match same.iter().find(may_merge).and_then(|at| held.get_mut(*at)) {
                Some(known) => {
                    let has_more = has_grades(&other) && !has_grades(known);
                    let is_better = rank(&other) > rank(known) || (is_newer && rank(&other) == rank(known));
                    let is_better = has_more || (is_better && (has_grades(&other) || !has_grades(known)));
                    let other = if is_better { std::mem::replace(known, other) } else { other };
                    self.merge(authority, known, other);
                }
                None if same.is_empty() => last.push(other),
                None => {
                    self.unmerged.push(other.day());
                    // Of several assessments on the same day, the last is shown, so this one goes first.
                    first.push(other);
                }
            }
        }
        held.splice(0..0, first);
        held.append(&mut last);
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
        let has_more = |(held, new): (&Judgement, &Judgement)| {
            held.outcome == new.outcome && new.evidence.iter().any(|evidence| !held.evidence.contains(evidence))
        };
        if known.origin.is_none() && known.judgements.iter().zip(other.judgements.iter()).any(has_more) {
            for (held, new) in Arc::make_mut(&mut known.judgements).iter_mut().zip(other.judgements.iter()) {
                let is_new = |evidence: &&Evidence| held.outcome == new.outcome && !held.evidence.contains(evidence);
                let more: Vec<Evidence> = new.evidence.iter().filter(is_new).cloned().collect();
                held.evidence.extend(more);
            }
        }
        known.date = known.date.or(other.date);
        // A better source without grades can know more of the days.
        let is_better = rank(&other) > rank(known);
        known.visit = match (known.visit.take(), other.visit) {
            (Some(mine), Some(theirs)) if is_better => Some(completed(theirs, mine)),
            (Some(mine), Some(theirs)) => Some(completed(mine, theirs)),
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

    /// Counts a judgement that only one of two records has.
    fn fill(&mut self, authority: &str, known: &Assessment, other: &Assessment, position: usize) {
        self.filled += 1;
        let category = known.framework.categories.get(position).filter(|_| has_grades(known) && has_grades(other));
        self.filled_in.extend(category.map(|category| format!("{authority}, {}, {}", day_of(known), category.label)));
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
                for one in differing.iter_mut().filter(|one| !is_marked(one)) {
                    let says: Text = format!("{OTHERWISE} {}.", word(framework, theirs)).into();
                    one.note = Some(one.note.iter().cloned().chain([says]).collect::<Vec<_>>().join(" ").into());
                }
                evidence.append(&mut differing);
                judgement.evidence = evidence.into_iter().collect();
            }
            (Outcome::Grade(_), Outcome::Absent(absence)) if may_be_filled(absence) => {
                self.fill(authority, known, other, position);
            }
            (Outcome::Absent(absence), Outcome::Grade(_)) if may_be_filled(absence) => {
                self.fill(authority, known, other, position);
                *judgement = Judgement {
                    evidence: other.evidence(position).into_owned().into_iter().collect(),
                    ..theirs.clone()
                };
            }
            _ => {}
        }
    }
}

/// Returns how an inspection was carried out, with what only the other source says of it.
fn completed(visit: Visit, other: Visit) -> Visit {
    Visit {
        kind: visit.kind.or(other.kind),
        from: visit.from.or(other.from),
        until: visit.until.or(other.until),
        lead: visit.lead.or(other.lead),
    }
}

/// Whether two records of one inspection can become one: they agree, or one of their sources is better.
fn may_merge(known: &Assessment, other: &Assessment) -> bool {
    let is_decided = rank(known) != rank(other) || rank(known) >= Rank::Report;
    known.has_outcomes_of(other) || is_decided || !differs(known, other)
}

/// The positions of assessments by the days on which two records of one inspection can agree, and by link.
struct DayIndex {
    days: HashMap<Option<Date>, Vec<usize>>,
    links: HashMap<String, Vec<usize>>,
}

impl DayIndex {
    fn new(assessments: &[Assessment]) -> Self {
        let mut index = Self { days: HashMap::new(), links: HashMap::new() };
        for (position, assessment) in assessments.iter().enumerate() {
            for day in days(assessment) {
                index.days.entry(day).or_default().push(position);
            }
            if let Some(link) = assessment.report_link() {
                index.links.entry(link.to_owned()).or_default().push(position);
            }
        }
        index
    }

    /// Returns the positions of the assessments that can be about the same inspection, in order.
    fn near(&self, other: &Assessment) -> Vec<usize> {
        let on_days = days(other).filter_map(|day| self.days.get(&day));
        let by_link = other.report_link().and_then(|link| self.links.get(link));
        let mut near: Vec<usize> = on_days.chain(by_link).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// Returns the first day of an inspection, if it is known, and its day of publication, known or not: two records without
/// one can be of the same inspection.
fn days(assessment: &Assessment) -> impl Iterator<Item = Option<Date>> {
    let began = assessment.visit.as_ref().and_then(|visit| visit.from);
    began.map(Some).into_iter().chain([assessment.date])
}

/// Whether an assessment is known as one under another framework: by its day of publication, from a better source.
fn is_known_otherwise(known: &Assessment, other: &Assessment) -> bool {
    let is_same_report = known.date == other.date && known.date.is_some_and(|date| date.is_day());
    !known.framework.is(&other.framework) && is_same_report && rank(known) > rank(other)
}

/// Whether an assessment has any grade; one of which only statements are known has none.
fn has_grades(assessment: &Assessment) -> bool {
    assessment.judgements.iter().any(|judgement| judgement.grade().is_some())
}

/// Returns the day of publication in words.
fn day_of(assessment: &Assessment) -> String {
    assessment.date.map_or_else(|| "an unknown day".to_owned(), |date| date.to_string())
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

/// What the note of evidence for another grade begins with, or ends with if the source has a note of its own.
const OTHERWISE: &str = "Says otherwise:";

/// Whether evidence is already marked as being for another grade.
fn is_marked(evidence: &Evidence) -> bool {
    evidence.note.as_ref().is_some_and(|note| note.contains(OTHERWISE))
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
    let day = day_of(known);
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
    step.map_or_else(|| "no grade".to_owned(), |step| step.word.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Source;
    use crate::load::from_reader;

    /// Returns an inspection with one grade in every category, or none, as read from a source of a rank.
    fn inspection(grade: &str, rank: Rank) -> Assessment {
        let text = format!(
            "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,impact_of_leaders_grade,\
             help_and_protection_grade,in_care_grade,care_leavers_grade\n\
             80481,Leeds,2024-03-04,2024-02-21,{grade},{grade},{grade},{grade},{grade}\n"
        );
        let loaded = from_reader(text.as_bytes(), "test.csv").unwrap();
        let mut assessment = loaded.dataset.authorities[0].assessments[0].clone();
        let table = Arc::make_mut(&mut assessment.origin.as_mut().unwrap().table);
        table.source = Arc::new(Source { rank, ..table.source.as_ref().clone() });
        assessment
    }

    /// Merges two records of one inspection; returns the rank of the source and the first grade of each that is left.
    fn merged(held: &Assessment, other: &Assessment, is_newer: bool) -> Vec<(Rank, Option<u8>)> {
        let mut all = vec![held.clone()];
        Merged::default().add("Leeds", &mut all, vec![other.clone()], is_newer);
        all.iter().map(|a| (rank(a), a.judgements[0].grade().map(|grade| grade.0))).collect()
    }

    #[test]
    fn the_days_are_those_of_the_better_source_even_if_it_has_no_grades() {
        let mut collected = inspection("good", Rank::Collected);
        collected.visit.as_mut().unwrap().lead = Some("A. Collected".into());
        let mut report = inspection("", Rank::Report);
        let until = |day: &str| Some(day.parse().unwrap());
        (collected.visit.as_mut().unwrap().until, report.visit.as_mut().unwrap().until) =
            (until("2024-03-01"), until("2024-05-31"));
        for (held, other) in [(&collected, &report), (&report, &collected)] {
            let mut all = vec![held.clone()];
            Merged::default().add("Leeds", &mut all, vec![other.clone()], false);
            let visit = all[0].visit.clone().unwrap();
            assert_eq!((all.len(), all[0].judgements[0].grade().is_some()), (1, true));
            assert_eq!((visit.until, visit.lead.as_deref()), (until("2024-05-31"), Some("A. Collected")));
        }
    }

    #[test]
    fn of_two_records_the_better_source_then_the_newer_one_decides() {
        let [poor, good, none] = ["inadequate", "good", ""].map(|grade| |rank| inspection(grade, rank));
        let (collected, report, official) = (Rank::Collected, Rank::Report, Rank::Official);
        for is_newer in [false, true] {
            assert_eq!(merged(&poor(collected), &good(official), is_newer), [(official, Some(3))]);
            assert_eq!(merged(&good(official), &poor(collected), is_newer), [(official, Some(3))]);
            // Grades are more than none, whoever says so; of two without, the better source is named.
            assert_eq!(merged(&none(official), &good(collected), is_newer), [(collected, Some(3))]);
            assert_eq!(merged(&none(collected), &none(official), is_newer), [(official, None)]);
        }
        assert_eq!(merged(&poor(report), &good(report), true), [(report, Some(3))]);
        assert_eq!(merged(&poor(report), &good(report), false), [(report, Some(1))]);
        // Of two collections that differ, neither decides: the one held is shown, which is the last.
        assert_eq!(merged(&poor(collected), &good(collected), false), [(collected, Some(3)), (collected, Some(1))]);
        assert_eq!(merged(&poor(collected), &good(collected), true), [(collected, Some(3))]);
    }
}
