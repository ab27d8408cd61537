//! Merges two records of one inspection: the better source decides, the other fills in what is missing, and every grade
//! and date on which they differ is reported.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::groups::Groups;
use super::{Difference, Repair};
use crate::dataset::{
    Absence, Assessment, Category, Date, Evidence, Framework, InspectionIndex, Judgement, Location, NEAR_DAYS, Outcome,
    Rank, Recommendations, ReportCoverage, Text, Visit, divide, pair_inspections, provider_number,
};

/// The maximum number of pieces of evidence for a judgement whose sources differ; real ones have a few.
const MAX_EVIDENCE: usize = 50;

/// What two records of an authority differ on.
#[derive(Debug, Default)]
pub struct Merged {
    /// The grades that differ.
    pub differences: Vec<Difference>,
    /// The dates that differ.
    pub date_differences: Vec<Difference>,
    /// How many judgements that one record lacks the other has.
    pub filled: usize,
    /// Those of them in inspections of which both records have grades, as "Nottingham, 14 January 2019, Overall
    /// effectiveness".
    pub filled_in: Vec<String>,
    /// The inspections that a better source has under another framework, as "Surrey, 16 May 2018".
    pub known_otherwise: Vec<String>,
}

impl Merged {
    /// Adds the assessments of another record of the authority of a name. Two records of one inspection become one. The
    /// assessments of one record are never merged with each other. `is_newer` says whether the other record has newer
    /// reports; of two sources that are equally good, the newer decides then, otherwise the one existing.
    pub fn add(&mut self, authority: &str, existing: &mut Vec<Assessment>, others: Vec<Assessment>, is_newer: bool) {
        let mut kept = Vec::with_capacity(others.len());
        for mut other in others {
            take_framework(existing, &mut other);
            if other.date.is_some() && existing.iter().any(|known| is_known_otherwise(known, &other)) {
                self.known_otherwise.push(format!("{authority}, {}", day_of(&other)));
            } else {
                kept.push(other);
            }
        }
        let mut new = Vec::new();
        let pairs = pair_inspections(existing, &kept);
        for (other, position) in kept.into_iter().zip(pairs) {
            match position.and_then(|position| existing.get_mut(position)) {
                Some(known) => self.combine(authority, known, other, is_newer),
                None => new.push(other),
            }
        }
        existing.append(&mut new);
    }

    /// Makes the records of one file that describe one inspection one record: the later row decides. `report` is called
    /// with the two records. Records without a day are left as they are.
    pub fn unify(
        &mut self,
        authority: &str,
        records: &mut Vec<Assessment>,
        mut report: impl FnMut(&Assessment, &Assessment),
    ) {
        if records.len() < 2 {
            return;
        }
        for group in inspections(std::mem::take(records)) {
            let mut rows = group.into_iter();
            let Some(mut known) = rows.next() else { continue };
            for row in rows {
                report(&known, &row);
                let earlier = std::mem::replace(&mut known, row);
                self.combine(authority, &mut known, earlier, false);
            }
            records.push(known);
        }
    }

    /// Merges two records of one inspection, the better into the place of the one existing. Of equally good sources, a newer one
    /// decides about grades, but not about dates, which later files have repeated wrongly.
    fn combine(&mut self, authority: &str, known: &mut Assessment, other: Assessment, is_newer: bool) {
        let has_more = has_grades(&other) && !has_grades(known);
        let is_better = rank(&other) > rank(known) || (is_newer && rank(&other) == rank(known));
        let is_better = has_more || (is_better && (has_grades(&other) || !has_grades(known)));
        let (date, visit) = self.dates(authority, known, &other);
        let other = if is_better { std::mem::replace(known, other) } else { other };
        (known.date, known.visit) = (date, visit);
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
        let has_more = |(existing, new): (&Judgement, &Judgement)| {
            existing.outcome == new.outcome && new.evidence.iter().any(|evidence| !existing.evidence.contains(evidence))
        };
        if known.origin.is_none() && known.judgements.iter().zip(other.judgements.iter()).any(has_more) {
            for (existing, new) in Arc::make_mut(&mut known.judgements).iter_mut().zip(other.judgements.iter()) {
                let is_new =
                    |evidence: &&Evidence| existing.outcome == new.outcome && !existing.evidence.contains(evidence);
                let more: Vec<Evidence> = new.evidence.iter().filter(is_new).cloned().collect();
                existing.evidence.extend(more);
            }
        }
        take_report(known, &other);
        let has_evidence =
            known.judgements.iter().any(|judgement| judgement.grade().is_some() && !judgement.evidence.is_empty());
        if known.origin.is_none() && !has_evidence {
            known.origin = other.origin;
        }
        known.recommendations = better_recommendations(known.recommendations.take(), other.recommendations);
        for quote in other.quotes {
            if !known.quotes.contains(&quote) {
                known.quotes.push(quote);
            }
        }
    }

    /// Returns the date of publication and how the inspection was carried out: of the better source, which may have no
    /// grades, else of the one existing. Reports the dates that differ.
    fn dates(&mut self, authority: &str, known: &Assessment, other: &Assessment) -> (Option<Date>, Option<Visit>) {
        let (better, worse) = if rank(other) > rank(known) { (other, known) } else { (known, other) };
        let last_day = |a: &Assessment| a.visit.as_ref().and_then(|visit| visit.until);
        let days = |what: &'static str, day: fn(&Assessment) -> Option<Date>| (what, day(better), day(worse));
        let pairs = [
            days("day of publication", |a| a.date),
            days("first day", Assessment::first_day),
            ("last day", last_day(better), last_day(worse)),
        ];
        for (what, shown, other) in pairs {
            let Some((shown, other)) = shown.zip(other).filter(|(shown, other)| shown.contradicts(*other)) else {
                continue;
            };
            self.date_differences.push(Difference {
                what: format!("{authority}, {}, {what}", day_of(better)),
                shown: format!("{shown} is shown"),
                other: format!("{} says {other}", source_title(worse)),
                links: [better, worse].into_iter().filter_map(|record| record.link().map(String::from)).collect(),
            });
        }
        let visit = match (better.visit.clone(), worse.visit.clone()) {
            (Some(better), Some(worse)) => Some(completed(better, worse)),
            (better, worse) => better.or(worse),
        };
        (better.date.or(worse.date), visit)
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
                    let says: Text = format!("{OTHERWISE} {}.", word(framework, theirs));
                    one.note = Some(one.note.iter().cloned().chain([says]).collect::<Vec<_>>().join(" "));
                }
                differing.truncate(MAX_EVIDENCE.saturating_sub(evidence.len()));
                evidence.append(&mut differing);
                judgement.evidence = evidence.into_iter().collect();
            }
            (Outcome::Grade(_), Outcome::Absent(absence)) if may_be_filled(absence) => {
                self.fill(authority, known, other, position);
            }
            (Outcome::Absent(absence), Outcome::Grade(_))
                if may_be_filled(absence) || is_misdated(absence, known.day(), framework, position) =>
            {
                self.fill(authority, known, other, position);
                *judgement = Judgement {
                    evidence: other.evidence(position).into_owned().into_iter().collect(),
                    ..theirs.clone()
                };
            }
            // A blank cell has no reason, so that of the other source is kept.
            (Outcome::Absent(Absence::Blank | Absence::NotReported), Outcome::Absent(reason))
                if !may_be_filled(reason) =>
            {
                *judgement = Judgement {
                    evidence: other.evidence(position).into_owned().into_iter().collect(),
                    ..theirs.clone()
                };
            }
            _ => {}
        }
    }
}

/// Groups the records of one file by inspection, each group in the order of the file: those that are near one of the group, so
/// that the order of the rows makes no difference. Days with day and month mixed up are of one inspection only if the grades
/// of all its rows are the same, which is seen once the other groups are complete.
fn inspections(records: Vec<Assessment>) -> Vec<Vec<Assessment>> {
    let mut groups = Groups::new(records.len());
    let mut index = InspectionIndex::default();
    let mut mixed: Vec<(usize, usize)> = Vec::new();
    // Only the first of several rows with the same days and link is compared with others.
    let mut alike: HashMap<_, usize> = HashMap::new();
    for (row, record) in records.iter().enumerate().filter(|(_, record)| record.day().is_some()) {
        let key = (record.framework.id.as_str(), record.date, record.first_day(), record.report_link());
        if let Some(other) = alike.get(&key) {
            groups.join(row, *other);
            continue;
        }
        alike.insert(key, row);
        for (days, other) in index.near(record) {
            if days <= NEAR_DAYS { groups.join(row, other) } else { mixed.push((row, other)) }
        }
        index.insert(row, record);
    }
    // Groups whose rows all have the same grades; joining two of them makes another one.
    let mut differing: BTreeSet<usize> = BTreeSet::new();
    for (row, record) in records.iter().enumerate() {
        let first = groups.first_of(row);
        if records.get(first).is_some_and(|other| !other.has_grades_of(record)) {
            differing.insert(first);
        }
    }
    for (row, other) in mixed {
        let (one, other) = (groups.first_of(row), groups.first_of(other));
        let agrees = records.get(one).zip(records.get(other)).is_some_and(|(one, other)| one.has_grades_of(other));
        if agrees && !differing.contains(&one) && !differing.contains(&other) {
            groups.join(one, other);
        }
    }
    let mut found: BTreeMap<usize, Vec<Assessment>> = BTreeMap::new();
    for (row, record) in records.into_iter().enumerate() {
        found.entry(groups.first_of(row)).or_default().push(record);
    }
    found.into_values().flat_map(divide).collect()
}

/// Reports that two records of a file, at a location in it, are of one inspection.
pub fn two_records(at: String, authority: &str, first: &Assessment, second: &Assessment) -> Repair {
    let day = first.day().map_or_else(|| "an unknown day".to_owned(), |day| day.to_string());
    let inspection = format!("the inspection of {authority} of {day}");
    let (found, read_as) = if first.has_outcomes_of(second) {
        (format!("{inspection} twice"), "one inspection")
    } else {
        (format!("{inspection} with other judgements"), "one inspection; the later one in the file is shown")
    };
    Repair { location: Location::Path(at), found, read_as: read_as.to_owned() }
}

/// Links a record to the report itself if only the other record does; any link is more than none.
fn take_report(known: &mut Assessment, other: &Assessment) {
    let (Some(origin), Some(link)) = (&mut known.origin, other.report_link()) else { return };
    let is_page = |link: &str| provider_number(link).is_some();
    if origin.link.as_deref().is_none_or(|existing| is_page(existing) && !is_page(link)) {
        origin.link = Some(link.into());
    }
}

/// Returns how an inspection was carried out, with what only the other source says of it.
fn completed(visit: Visit, other: Visit) -> Visit {
    Visit {
        kind: visit.kind.or(other.kind),
        from: visit.from.or(other.from),
        until: visit.until.or(other.until),
        lead: visit.lead.or(other.lead),
        details: visit.details.or(other.details),
    }
}

/// Gives a record without any day, whose framework dates could not tell, that of the record existing that links to the same
/// report.
fn take_framework(existing: &[Assessment], other: &mut Assessment) {
    if other.day().is_some() || other.report_link().is_none() {
        return;
    }
    let ids =
        |framework: &Framework| framework.categories.iter().map(|category| category.id.clone()).collect::<Vec<_>>();
    let is_same = |known: &&Assessment| known.is_near(other) && ids(&known.framework) == ids(&other.framework);
    if let Some(known) = existing.iter().find(is_same) {
        other.framework = Arc::clone(&known.framework);
    }
}

/// Whether a better source has an assessment under another framework: by its day of publication or, between the two
/// frameworks of the series, by near days. The single inspection framework and ILACS overlap, so that dates alone cannot
/// tell which one a row of a table belongs to.
fn is_known_otherwise(known: &Assessment, other: &Assessment) -> bool {
    if known.framework.is(&other.framework) || rank(known) <= rank(other) {
        return false;
    }
    let is_of_same = known.framework.body == other.framework.body;
    let is_same_report = is_of_same && known.date == other.date && known.date.is_some_and(|date| date.is_day());
    let are_in_series = known.framework.is_in_series() && other.framework.is_in_series();
    is_same_report || (are_in_series && known.is_near(other))
}

/// Returns the recommendations that say more: a list, then that the report lists none; that a report is not held comes last.
fn better_recommendations(
    mine: Option<Box<Recommendations>>,
    theirs: Option<Box<Recommendations>>,
) -> Option<Box<Recommendations>> {
    let is_held = |one: &Recommendations| one.coverage != ReportCoverage::NotHeld;
    match (mine, theirs) {
        (Some(mine), Some(theirs)) if !is_held(&mine) && is_held(&theirs) => Some(theirs),
        (mine, theirs) => mine.or(theirs),
    }
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

/// Returns the title of the document that an assessment was read from.
fn source_title(assessment: &Assessment) -> String {
    let evidence = || assessment.judgements.iter().flat_map(|judgement| &judgement.evidence);
    let source = match &assessment.origin {
        Some(origin) => Some(&origin.table.source),
        None => evidence().map(|evidence| &evidence.source).max_by_key(|source| source.rank),
    };
    let place = assessment.origin.as_ref().and_then(|origin| origin.table.place.as_ref());
    let place = place.map(|place| format!(", {place}")).unwrap_or_default();
    source.map_or_else(|| "an unnamed source".to_owned(), |source| format!("{}{place}", source.title))
}

/// What the note of evidence for another grade begins with, or ends with if the source has a note of its own.
const OTHERWISE: &str = "Says otherwise:";

/// Whether evidence is already marked as being for another grade.
fn is_marked(evidence: &Evidence) -> bool {
    evidence.note.as_ref().is_some_and(|note| note.contains(OTHERWISE))
}

/// Whether an absence is due to a wrong date: the category (given by position) was graded on the day of the inspection.
fn is_misdated(absence: Absence, day: Option<Date>, framework: &Framework, position: usize) -> bool {
    let is_dated = matches!(absence, Absence::BeforeCategory | Absence::CategoryEnded);
    let category = framework.categories.get(position);
    is_dated && category.zip(day).is_some_and(|(category, day)| category.absence_on(day).is_none())
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
    fn merged(existing: &Assessment, other: &Assessment, is_newer: bool) -> Vec<(Rank, Option<u8>)> {
        let mut all = vec![existing.clone()];
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
        for (existing, other) in [(&collected, &report), (&report, &collected)] {
            let mut all = vec![existing.clone()];
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
        assert_eq!(merged(&poor(collected), &good(collected), false), [(collected, Some(1))]);
        assert_eq!(merged(&poor(collected), &good(collected), true), [(collected, Some(3))]);
    }
}
