//! Which records describe one inspection of an authority.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{Assessment, Date, Text};

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
            || self.one_report().is_some_and(|link| other.one_report() == Some(link))
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

    /// Returns the link of the row it was read from if it leads to one report: its last part is a number or a file. All
    /// inspections of an authority share its page among Ofsted's providers or local authorities.
    fn one_report(&self) -> Option<&str> {
        let is_page = |link: &str| link.contains("/provider/") || link.contains("/local-authorities/");
        let link = self.report_link().filter(|link| !is_page(link))?;
        let name = link.rsplit('/').next()?;
        (name.contains(|c: char| c.is_ascii_digit()) || name.to_ascii_lowercase().ends_with(".pdf")).then_some(link)
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
        let undated = of_framework.undated.get_mut(&record.round);
        for positions in [by_link, published, began, undated].into_iter().flatten() {
            positions.remove(&position);
        }
    }

    /// Returns the position of the record of the same inspection (see [`Assessment::is_same_inspection`]) that is nearest
    /// in time; of several, the first. `None` if there is none.
    pub fn nearest(&self, other: &Assessment) -> Option<usize> {
        let of_framework = self.of_framework.get(&other.framework.id)?;
        let first = |positions: &BTreeSet<usize>| Some((0, *positions.first()?));
        let by_link = other.one_report().and_then(|link| first(of_framework.reports.get(link)?));
        let published = other.date.and_then(|date| nearest_day(&of_framework.published, date));
        let began = other.first_day().and_then(|day| nearest_day(&of_framework.began, day));
        let undated = other.has_no_day().then(|| first(of_framework.undated.get(&other.round)?)).flatten();
        [by_link, published, began, undated].into_iter().flatten().min().map(|(_, position)| position)
    }
}

/// Returns how near the nearest day is, and the first position on that day.
fn nearest_day(days: &BTreeMap<Date, BTreeSet<usize>>, day: Date) -> Option<(u32, usize)> {
    let years = Date::of_day(day.year() - 1, 1, 1)?..Date::of_day(day.year() + 2, 1, 1)?;
    let near = days.range(years).filter_map(|(held, positions)| Some((held.nearness(day)?, *positions.first()?)));
    near.min()
}
