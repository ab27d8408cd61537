//! Which records describe one inspection of an authority.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use super::{Assessment, Date, NEAR_DAYS, Outcome, Text};

/// How many days after the first day a late report is published. Those after more than [`NEAR_DAYS`] are of one inspection only
/// with the same outcomes.
const LATE_DAYS: u32 = 200;

impl Assessment {
    /// Whether two records of an authority describe the same inspection: under the same framework, they were published on
    /// near days, or began on near days (see [`Date::nearness`]), or link to the same report. Records without any day are
    /// of the same inspection if they belong to the same round.
    pub fn is_same_inspection(&self, other: &Self) -> bool {
        self.framework.is(&other.framework) && (self.is_near(other) || self.is_undated_in(&other.round, other))
    }

    /// Whether two records were published on near days, or began on near days, or link to the same report, whatever their
    /// frameworks.
    pub fn is_near(&self, other: &Self) -> bool {
        let near = |one: Option<Date>, other: Option<Date>| one.zip(other).and_then(|(one, other)| one.nearness(other));
        near(self.date, other.date).or(near(self.first_day(), other.first_day())).is_some()
            || self.report_days(other).or_else(|| other.report_days(self)).is_some()
            || self.one_report().is_some_and(|link| other.one_report() == Some(link))
    }

    /// Returns how many days after its first day the report of another record was published, if the two have no day of the same
    /// kind, and the days are near: one sheet of a workbook has the days of the inspections, and another those of the reports.
    fn report_days(&self, other: &Self) -> Option<u32> {
        let days = self.only_began()?.days_until(other.only_published()?)?;
        u32::try_from(days).ok().filter(|days| *days <= NEAR_DAYS || (*days <= LATE_DAYS && self.has_grades_of(other)))
    }

    /// Returns the first day of the inspection, if the day of publication is not known.
    fn only_began(&self) -> Option<Date> {
        self.first_day().filter(|_| self.date.is_none())
    }

    /// Returns the day of publication, if the first day of the inspection is not known.
    fn only_published(&self) -> Option<Date> {
        self.date.filter(|_| self.first_day().is_none())
    }

    fn is_undated_in(&self, round: &str, other: &Self) -> bool {
        self.has_no_day() && other.has_no_day() && *self.round == *round
    }

    fn has_no_day(&self) -> bool {
        self.date.is_none() && self.first_day().is_none()
    }

    /// Returns the first day of the inspection, if it is known.
    pub fn first_day(&self) -> Option<Date> {
        self.visit.as_ref().and_then(|visit| visit.from)
    }

    /// Returns the link of the row it was read from if it is that of a report: a file among Ofsted's, or a PDF. Other
    /// links may be of a page that all inspections of an authority share.
    fn one_report(&self) -> Option<&str> {
        let is_file = |link: &&str| link.contains("/file/") || link.to_ascii_lowercase().ends_with(".pdf");
        self.report_link().filter(is_file)
    }
}

/// The records of an authority by what another record of the same inspection has in common with them.
#[derive(Debug, Default)]
pub struct InspectionIndex {
    /// By the id of the framework.
    of_framework: HashMap<Text, OfFramework>,
}

#[derive(Debug, Default)]
struct OfFramework {
    published: BTreeMap<Date, BTreeSet<usize>>,
    began: BTreeMap<Date, BTreeSet<usize>>,
    /// Records of which only the day of publication is known, and those of which only the first day is.
    only_published: BTreeMap<Date, BTreeSet<usize>>,
    only_began: BTreeMap<Date, BTreeSet<usize>>,
    reports: HashMap<String, BTreeSet<usize>>,
    /// Records without a day, by round.
    undated: HashMap<Arc<str>, BTreeSet<usize>>,
}

impl InspectionIndex {
    /// Indexes records by their positions.
    pub fn new(records: &[Assessment]) -> Self {
        let mut index = Self::default();
        records.iter().enumerate().for_each(|(position, record)| index.insert(position, record));
        index
    }

    /// Adds a record.
    pub fn insert(&mut self, position: usize, record: &Assessment) {
        let of_framework = self.of_framework.entry(record.framework.id.clone()).or_default();
        if let Some(date) = record.date {
            of_framework.published.entry(date).or_default().insert(position);
        }
        if let Some(day) = record.first_day() {
            of_framework.began.entry(day).or_default().insert(position);
        }
        if let Some(date) = record.only_published() {
            of_framework.only_published.entry(date).or_default().insert(position);
        }
        if let Some(day) = record.only_began() {
            of_framework.only_began.entry(day).or_default().insert(position);
        }
        if let Some(link) = record.one_report() {
            of_framework.reports.entry(link.to_owned()).or_default().insert(position);
        }
        if record.has_no_day() {
            of_framework.undated.entry(Arc::clone(&record.round)).or_default().insert(position);
        }
    }

    /// Removes a record that was added at a position.
    pub fn remove(&mut self, position: usize, record: &Assessment) {
        let Some(of_framework) = self.of_framework.get_mut(&record.framework.id) else { return };
        let by_link = record.one_report().and_then(|link| of_framework.reports.get_mut(link));
        let published = record.date.and_then(|date| of_framework.published.get_mut(&date));
        let began = record.first_day().and_then(|day| of_framework.began.get_mut(&day));
        let only_published = record.only_published().and_then(|date| of_framework.only_published.get_mut(&date));
        let only_began = record.only_began().and_then(|day| of_framework.only_began.get_mut(&day));
        let undated = of_framework.undated.get_mut(&record.round);
        for positions in [by_link, published, began, only_published, only_began, undated].into_iter().flatten() {
            positions.remove(&position);
        }
    }

    /// Returns the records of the same inspection (see [`Assessment::is_same_inspection`]): by how many days they differ
    /// (see [`Date::nearness`]; none if they link to the same report), and their positions. A record may occur twice.
    pub fn near<'a>(&'a self, other: &'a Assessment) -> impl Iterator<Item = (u32, usize)> + 'a {
        self.of_framework.get(&other.framework.id).into_iter().flat_map(move |known| {
            let linked = other.one_report().and_then(|link| known.reports.get(link));
            let undated = known.undated.get(&other.round).filter(|_| other.has_no_day());
            let published = other.date.into_iter().flat_map(|date| near_days(&known.published, date));
            let began = other.first_day().into_iter().flat_map(|day| near_days(&known.began, day));
            let alike = [linked, undated].into_iter().flatten().map(|positions| (0, positions));
            let reported = other.only_began().into_iter().flat_map(|day| {
                let until = day.days_before(-i64::from(LATE_DAYS)).unwrap_or(day);
                let after = known.only_published.range(day..=until.max(day));
                after.filter_map(move |(date, positions)| Some((day.days_until(*date)?.unsigned_abs(), positions)))
            });
            let inspected = other.only_published().into_iter().flat_map(|date| {
                let from = date.days_before(i64::from(LATE_DAYS)).unwrap_or(date);
                let before = known.only_began.range(from.min(date)..=date);
                before.filter_map(move |(day, positions)| Some((day.days_until(date)?.unsigned_abs(), positions)))
            });
            let nearest = alike.chain(published).chain(began).chain(reported).chain(inspected);
            nearest.flat_map(|(days, positions)| positions.iter().map(move |position| (days, *position)))
        })
    }
}

/// Returns the days that are near a day: by how many days they differ, and the positions.
fn near_days(days: &BTreeMap<Date, BTreeSet<usize>>, day: Date) -> impl Iterator<Item = (u32, &BTreeSet<usize>)> + '_ {
    let near_days = i64::from(NEAR_DAYS);
    let (from, until) = match day.is_day() {
        true => (day.days_before(near_days), day.days_before(-near_days)),
        // A month is near its days and its year, which comes after all that is in it.
        false => (Date::of_day(day.year, 1, 1), Some(Date { month: None, day: None, ..day })),
    };
    // The calendar ends with the year 9999.
    let until = until.or_else(|| days.keys().next_back().copied());
    let around = from.zip(until).filter(|(from, until)| from <= until);
    let around = around.into_iter().flat_map(|(from, until)| days.range(from..=until));
    let swapped = day.day.zip(day.month).and_then(|(day_of, month)| Date::of_day(day.year, day_of, month));
    let (month, year) = (Date { day: None, ..day }, Date { day: None, month: None, ..day });
    let others = [swapped, Some(month), Some(year)].into_iter().flatten();
    let others = others.filter_map(|other| days.get_key_value(&other));
    around.chain(others).filter_map(move |(known, positions)| Some((known.nearness(day)?, positions)))
}

/// The maximum number of different days that are compared with each other; of more, as many at a time, in order.
const MAX_COMPARED: usize = 500;

/// Divides records of which each is near another into those that are near one of them, so that days a hundred apart, each from the
/// last, do not become one inspection. The days that are near most others are the first to gather theirs; of those near
/// equally many, the earliest. Whatever the order of the records, the parts are the same; each keeps that order.
pub fn divide(records: Vec<Assessment>) -> Vec<Vec<Assessment>> {
    let key = |one: &Assessment| (one.order_day(), one.date, one.first_day(), one.one_report().map(str::to_owned));
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (position, record) in records.iter().enumerate() {
        alike.entry(key(record)).or_default().push(position);
    }
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let days: Vec<Vec<usize>> = alike.into_values().collect();
    for days in days.chunks(MAX_COMPARED) {
        let mut left: Vec<&Vec<usize>> = days.iter().collect();
        let record = |rows: &[usize]| rows.first().and_then(|row| records.get(*row));
        let is_near = |one: &[usize], other: &[usize]| {
            record(one).zip(record(other)).is_some_and(|(one, other)| one.is_same_inspection(other))
        };
        while let Some(middle) =
            left.iter().rev().max_by_key(|one| left.iter().filter(|other| is_near(one, other)).count()).copied()
        {
            let (part, rest): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|one| std::ptr::eq(*one, middle) || is_near(middle, one));
            let mut part: Vec<usize> = part.into_iter().flatten().copied().collect();
            part.sort_unstable();
            parts.push(part);
            left = rest;
        }
    }
    let mut records: Vec<Option<Assessment>> = records.into_iter().map(Some).collect();
    let mut take = |row: usize| records.get_mut(row).and_then(Option::take);
    parts.into_iter().map(|part| part.into_iter().filter_map(&mut take).collect()).collect()
}

/// How near records with different outcomes must be to be of one inspection: with day and month mixed up, only those with the
/// same outcomes are.
const MAX_DIFFERING: u32 = NEAR_DAYS;

/// Pairs records of an authority with those of another state of it that are of the same inspection. Each record is paired
/// once: the nearest in time first; of equally near ones, those with the same outcomes. Returns the position of the old
/// record for each new one.
pub fn pair_inspections(old: &[Assessment], new: &[Assessment]) -> Vec<Option<usize>> {
    let outcomes = |a: &Assessment| a.judgements.iter().map(|judgement| judgement.outcome).collect::<Vec<_>>();
    let mut paired: Vec<Option<usize>> = vec![None; new.len()];
    let mut all = InspectionIndex::new(old);
    let mut agreeing: HashMap<Vec<Outcome>, InspectionIndex> = HashMap::new();
    for (position, record) in old.iter().enumerate() {
        agreeing.entry(outcomes(record)).or_default().insert(position, record);
    }
    let mut taken = HashSet::new();
    // The nearest old record of each new one: of all, and of those with the same outcomes.
    let mut candidates = BinaryHeap::new();
    let ways = (0..new.len()).flat_map(|position| [(false, position), (true, position)]);
    let mut open: Vec<(bool, usize)> = ways.collect();
    loop {
        for (differs, position) in open.drain(..) {
            let Some(record) = new.get(position) else { continue };
            let index = if differs { Some(&all) } else { agreeing.get(&outcomes(record)) };
            let nearest =
                index.and_then(|index| index.near(record).filter(|(days, _)| !differs || *days <= MAX_DIFFERING).min());
            candidates.extend(nearest.map(|(days, known)| Reverse((days, differs, position, known))));
        }
        let Some(Reverse((_, differs, position, known))) = candidates.pop() else { return paired };
        let (Some(found), Some(record)) = (paired.get_mut(position), old.get(known)) else { continue };
        if found.is_some() {
            continue;
        }
        if !taken.insert(known) {
            open.push((differs, position));
            continue;
        }
        *found = Some(known);
        all.remove(known, record);
        agreeing.entry(outcomes(record)).or_default().remove(known, record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_near_days_are_all_that_are_near() {
        let texts = [
            "2009",
            "2009-03",
            "2009-12",
            "2009-01-01",
            "2009-02-11",
            "2009-03-04",
            "2009-04-03",
            "2009-05-22",
            "2009-08-30",
            "2009-11-02",
            "2009-12-31",
            "2010",
            "2010-01",
            "2010-02-11",
            "2010-04-10",
            "2010-04-11",
            "9999-12-30",
            "9999-12-31",
        ];
        let all: Vec<Date> = texts.iter().map(|text| text.parse().unwrap()).collect();
        let days: BTreeMap<Date, BTreeSet<usize>> =
            all.iter().enumerate().map(|(position, day)| (*day, BTreeSet::from([position]))).collect();
        for day in &all {
            let found: BTreeSet<usize> = near_days(&days, *day).flat_map(|(_, positions)| positions).copied().collect();
            let near = all.iter().enumerate().filter(|(_, other)| other.nearness(*day).is_some());
            assert_eq!(found, near.map(|(position, _)| position).collect(), "{day:?}");
        }
    }
}
