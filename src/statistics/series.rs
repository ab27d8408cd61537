//! Overall effectiveness as Ofsted counts it: each authority by its latest inspection, whichever of the two inspection
//! frameworks since 2013 it was made under.
//!
//! Ofsted publishes this as one series; nothing else is joined across frameworks.

use super::{Recount, Tally};
use crate::dataset::{AsAt, Assessment, Authority, Basis, Counted, Dataset, Date, Framework, Grade, Published};

/// The first year at whose end there were inspections of the series.
pub const FIRST_YEAR: i16 = 2013;

/// The counts of a judgement as at a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overall {
    /// The number of authorities that existed on the day, inspected or not.
    pub existing: u32,
    /// The number of authorities with each grade, from the best to the lowest.
    pub steps: [u32; 4],
    /// Good or outstanding, among those with a grade.
    pub good: Tally,
}

/// Returns the counts of overall effectiveness as at the end of a day, among the authorities that existed on that day:
/// those of a region, if one is given.
pub fn overall(dataset: &Dataset, as_at: AsAt, region: Option<&str>) -> Overall {
    counted(dataset, Counted::Overall, as_at, region)
}

/// Returns the counts of a judgement as [`overall`] does.
fn counted(dataset: &Dataset, category: Counted, as_at: AsAt, region: Option<&str>) -> Overall {
    let mut overall = Overall::default();
    let is_in = |authority: &&Authority| region.is_none_or(|region| authority.region.as_deref() == Some(region));
    for authority in dataset.authorities.iter().filter(|a| a.exists_on(as_at.day)).filter(is_in) {
        overall.existing += 1;
        let Some((framework, assessment)) = latest_overall(authority, Some(as_at)) else { continue };
        let judgement = category.position_in(framework).and_then(|at| assessment.judgements.get(at));
        let grade = judgement.and_then(|judgement| judgement.grade());
        overall.good.add(grade.map(|grade| framework.scale.is_good(grade)));
        let step = grade.and_then(|grade| framework.scale.steps.iter().position(|step| step.grade == grade));
        overall.steps.iter_mut().skip(step.unwrap_or(usize::MAX)).take(1).for_each(|count| *count += 1);
    }
    overall
}

/// Returns the counts at the end of each year up to a day, of which the last may be that day, on a basis; only years with
/// a grade.
pub fn overall_by_year(dataset: &Dataset, last: AsAt) -> Vec<(AsAt, Overall)> {
    let end = |year| Some(Date::of_day(year, 12, 31)?.min(last.day.last_day()));
    let days = (FIRST_YEAR..=last.day.year()).filter_map(|year| Some(AsAt { day: end(year)?, ..last }));
    days.map(|day| (day, overall(dataset, day, None))).filter(|(_, overall)| overall.good.known > 0).collect()
}

impl Overall {
    /// Returns how many authorities have one of these grades.
    pub fn with(&self, grades: &[Grade]) -> u32 {
        let scale = [4, 3, 2, 1].map(Grade);
        scale.iter().zip(self.steps).filter(|(grade, _)| grades.contains(grade)).map(|(_, count)| count).sum()
    }
}

/// Recounts a published figure of the series: of all authorities of its day, or of as many as it says.
pub fn recount_published(figure: &Published, dataset: &Dataset) -> (Overall, Recount) {
    let overall = counted(dataset, figure.category, figure.counted_as_at(), figure.region.as_deref());
    let of = Some(figure.of.unwrap_or(overall.existing));
    let recount = Recount::new(figure.value, overall.with(&figure.grades), overall.good.known, of, of);
    (overall, recount)
}

/// Returns the latest inspection of the series that counts as at a day, with its framework; of all of them without a day.
pub fn latest_overall(authority: &Authority, as_at: Option<AsAt>) -> Option<(&Framework, &Assessment)> {
    let is_counted = |assessment: &&Assessment| assessment.framework.is_in_series() && assessment.counts_as_at(as_at);
    let latest = authority
        .assessments
        .iter()
        .filter(is_counted)
        .max_by_key(|assessment| assessment.order_day_on(as_at.map_or(Basis::default(), |as_at| as_at.basis)))?;
    Some((&latest.framework, latest))
}
