//! The dataset as a table under one framework: an authority a row, a category a column.

use std::sync::Arc;

use super::AuthorityId;
use crate::dataset::{
    Absence, Assessment, Authority, Category, Dataset, Date, Framework, Grade, Judgement, Movement, Outcome,
};

/// The columns of a table, with the grades laid out for sorting and counting.
#[derive(Debug, Clone, Default)]
pub struct View {
    framework: Option<Arc<Framework>>,
    as_at: Option<Date>,
    newest: Option<Date>,
    holds_only_latest: bool,
    outcomes: Vec<Vec<Option<Outcome>>>,
    dates: Vec<u32>,
    has_dates: bool,
    moves: Vec<Vec<Option<Movement>>>,
    /// Whether each authority was assessed, and the place of its region among the names, 0 being none.
    assessed: Vec<(bool, u16)>,
    regions: Vec<String>,
}

impl View {
    /// The table of the latest judgements under a framework, as at a date where one is given; without
    /// a framework it has no columns.
    pub fn new(dataset: &Dataset, framework: Option<Arc<Framework>>, as_at: Option<Date>) -> Self {
        let width = framework.as_ref().map_or(0, |f| f.categories.len());
        let mut outcomes = vec![Vec::with_capacity(dataset.authorities.len()); width];
        let mut dates = Vec::with_capacity(dataset.authorities.len());
        let mut moves = vec![Vec::with_capacity(dataset.authorities.len()); width];
        let mut assessed = Vec::with_capacity(dataset.authorities.len());
        let regions = super::resolve::regions(dataset);
        let region_of = |authority: &Authority| {
            let name = authority.region.as_ref()?;
            u16::try_from(regions.binary_search(name).ok()? + 1).ok()
        };
        for authority in &dataset.authorities {
            let latest = framework.as_ref().and_then(|f| authority.latest(f, as_at));
            let before = latest.and_then(|a| authority.before(a));
            assessed.push((latest.is_some(), region_of(authority).unwrap_or(0)));
            for (position, column) in moves.iter_mut().enumerate() {
                column.push(latest.zip(before).and_then(|(latest, before)| latest.movement(before, position)));
            }
            dates.push(latest.and_then(|a| a.date).map_or(0, |date| date.ordinal()));
            for (position, column) in outcomes.iter_mut().enumerate() {
                column.push(latest.and_then(|a| Some(a.judgements.get(position)?.outcome)));
            }
        }
        let mut known = dates.iter().filter(|date| **date > 0);
        let has_dates = known.next().is_some_and(|first| known.any(|date| date != first));
        let newest = dataset.date;
        let holds_only_latest = framework.as_ref().is_some_and(|framework| holds_only_latest(dataset, framework));
        Self { framework, as_at, newest, holds_only_latest, outcomes, dates, has_dates, moves, assessed, regions }
    }

    /// The framework of the columns.
    pub fn framework(&self) -> Option<&Arc<Framework>> {
        self.framework.as_ref()
    }

    /// The date at which the table stands; `None` for today.
    pub fn as_at(&self) -> Option<Date> {
        self.as_at
    }

    /// The day that the table stands for: that of [`Self::as_at`], or of the newest report in the data; `None`
    /// where neither is known.
    pub fn day(&self) -> Option<Date> {
        self.as_at.or(self.newest)
    }

    /// Whether the data hold one assessment of each authority, of different days: such data cannot answer for an
    /// earlier day, nor say what moved.
    pub fn holds_only_latest(&self) -> bool {
        self.holds_only_latest
    }

    /// Whether the table is asked for a day that the data cannot answer for.
    pub fn is_beyond_data(&self) -> bool {
        self.holds_only_latest && self.as_at.is_some_and(|day| self.newest.is_some_and(|newest| day < newest))
    }

    /// Whether the assessments shown were published on different days, so that the day says something.
    pub fn has_dates(&self) -> bool {
        self.has_dates
    }

    /// The place, in an order of dates, of the assessment shown of an authority (by its position in the
    /// dataset); 0 without one.
    pub fn date_order(&self, authority: AuthorityId) -> u32 {
        self.dates.get(authority.0).copied().unwrap_or(0)
    }

    /// How an authority moved in a column since the assessment before the one shown; `None` if one of the two has no
    /// grade.
    pub fn movement(&self, column: usize, authority: AuthorityId) -> Option<Movement> {
        *self.moves.get(column)?.get(authority.0)?
    }

    /// Whether an authority, by its position in the dataset, has an assessment that the table shows.
    pub fn is_assessed(&self, authority: AuthorityId) -> bool {
        self.assessed.get(authority.0).is_some_and(|(is_assessed, _)| *is_assessed)
    }

    /// The names of the regions, in order.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// The place, among [`View::regions`], of the region of an authority, by its position in the dataset.
    pub fn region(&self, authority: AuthorityId) -> Option<usize> {
        let (_, number) = self.assessed.get(authority.0)?;
        usize::from(*number).checked_sub(1)
    }

    /// The categories of the columns, in order.
    pub fn categories(&self) -> &[Category] {
        self.framework.as_ref().map_or(&[], |f| &f.categories)
    }

    /// The grade of an authority (by its position in the dataset) in a column; `None` without one.
    pub fn grade(&self, column: usize, authority: AuthorityId) -> Option<Grade> {
        match self.outcome(column, authority)? {
            Outcome::Grade(grade) => Some(grade),
            Outcome::Absent(_) => None,
        }
    }

    /// Why an authority (by its position in the dataset) has no grade in a column; `None` if it has one, or
    /// was not assessed.
    pub fn absence(&self, column: usize, authority: AuthorityId) -> Option<Absence> {
        match self.outcome(column, authority)? {
            Outcome::Grade(_) => None,
            Outcome::Absent(absence) => Some(absence),
        }
    }

    fn outcome(&self, column: usize, authority: AuthorityId) -> Option<Outcome> {
        *self.outcomes.get(column)?.get(authority.0)?
    }

    /// The assessment of an authority that the table shows; `None` if it was not assessed.
    pub fn assessment<'a>(&self, authority: &'a Authority) -> Option<&'a Assessment> {
        authority.latest(self.framework.as_ref()?, self.as_at)
    }

    /// The judgement of an authority in a column; `None` if it was not assessed.
    pub fn judgement<'a>(&self, column: usize, authority: &'a Authority) -> Option<&'a Judgement> {
        self.assessment(authority)?.judgements.get(column)
    }

    /// The signs of an authority in every column; an empty one if it was not assessed.
    pub fn signs<'a>(&'a self, authority: &'a Authority) -> impl Iterator<Item = String> + 'a {
        (0..self.categories().len()).map(move |column| {
            let judgement = self.judgement(column, authority).zip(self.framework());
            judgement.map(|(judgement, framework)| framework.sign(judgement)).unwrap_or_default()
        })
    }
}

/// Whether the data hold only the latest inspection of each authority under a framework: no file of them has two of
/// one authority, though it is no single round, whose assessments are all of one day.
pub(super) fn holds_only_latest(dataset: &Dataset, framework: &Framework) -> bool {
    let mut days: Option<(Date, Date)> = None;
    for authority in &dataset.authorities {
        let of_framework = || authority.assessments.iter().filter(|a| a.framework.is(framework));
        let is_one_file = |a: &Assessment, b: &Assessment| match (&a.origin, &b.origin) {
            (Some(a), Some(b)) => Arc::ptr_eq(&a.table, &b.table) || a.table == b.table,
            _ => true,
        };
        for (number, a) in of_framework().enumerate() {
            if of_framework().take(number).any(|b| is_one_file(a, b) && !a.is_same_inspection(b)) {
                return false;
            }
            if let Some(date) = a.date {
                days = Some(days.map_or((date, date), |(from, to)| (from.min(date), to.max(date))));
            }
        }
    }
    days.is_some_and(|(from, to)| from < to)
}
