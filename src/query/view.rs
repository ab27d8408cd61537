//! The dataset as a table under one framework: a row for each authority, a column for each category.

use std::sync::Arc;

use super::AuthorityId;
use crate::dataset::{
    Absence, AsAt, Assessment, Authority, Basis, Category, Dataset, Date, Framework, Grade, Judgement, Movement,
    Outcome, Trend,
};
use crate::text::display_width;

/// The latest judgements of every authority, stored by column for sorting and counting.
#[derive(Debug, Clone, Default)]
pub struct View {
    framework: Option<Arc<Framework>>,
    as_at: Option<AsAt>,
    newest: Option<Date>,
    /// The last day on which an assessment counts, on the basis of the view.
    newest_counted: Option<Date>,
    holds_only_latest: bool,
    outcomes: Vec<Vec<Option<Outcome>>>,
    dates: Vec<u32>,
    has_dates: bool,
    moves: Vec<Vec<Option<Movement>>>,
    facts: Vec<Facts>,
    /// Whether each authority is listed without a search; see [`View::is_listed`].
    listed: Vec<bool>,
    listed_count: usize,
    regions: Vec<String>,
}

/// What is known of an authority besides its judgements.
#[derive(Debug, Clone, Copy)]
struct Facts {
    is_assessed: bool,
    /// Whether any grade is not stated by its source.
    has_mark: bool,
    /// The position of the region in `regions` plus 1; 0 if it is unknown.
    region: u16,
    /// See [`Authority::is_unknown`].
    is_unknown: bool,
}

impl View {
    /// Creates the table of the latest judgements under a framework, as at a date if one is given. Without a
    /// framework, it has no columns.
    pub fn new(dataset: &Dataset, framework: Option<Arc<Framework>>, as_at: Option<AsAt>) -> Self {
        let width = framework.as_ref().map_or(0, |f| f.categories.len());
        let mut outcomes = vec![Vec::with_capacity(dataset.authorities.len()); width];
        let mut dates = Vec::with_capacity(dataset.authorities.len());
        let mut moves = vec![Vec::with_capacity(dataset.authorities.len()); width];
        let mut facts = Vec::with_capacity(dataset.authorities.len());
        let regions = super::regions::regions(dataset);
        let region_of = |authority: &Authority| {
            let name = authority.region.as_ref()?;
            u16::try_from(regions.binary_search_by(|region| region.as_str().cmp(name)).ok()? + 1).ok()
        };
        for authority in &dataset.authorities {
            let latest = framework.as_ref().and_then(|f| authority.latest(f, as_at));
            let before = latest.and_then(|a| authority.before_as_at(a, as_at));
            facts.push(Facts {
                is_assessed: latest.is_some(),
                has_mark: latest.is_some_and(Assessment::has_mark),
                region: region_of(authority).unwrap_or(0),
                is_unknown: authority.is_unknown,
            });
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
        let of_framework = |a: &&Assessment| framework.as_ref().is_some_and(|framework| a.framework.is(framework));
        let assessments = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
        let of_framework = || assessments.clone().filter(of_framework);
        let newest = of_framework().filter_map(|a| a.date).max().or(dataset.date);
        let basis = as_at.map_or(Basis::default(), |as_at| as_at.basis);
        let newest_counted = of_framework().filter_map(|a| a.counted_day(basis)).max();
        let listed = listed(dataset, framework.as_deref(), as_at.map(|as_at| as_at.day).or(newest));
        let holds_only_latest = dataset.holds_only_latest();
        Self {
            framework,
            as_at,
            newest,
            newest_counted,
            holds_only_latest,
            outcomes,
            dates,
            has_dates,
            moves,
            facts,
            listed_count: listed.iter().filter(|is_listed| **is_listed).count(),
            listed,
            regions,
        }
    }

    /// Returns the framework of the columns.
    pub fn framework(&self) -> Option<&Arc<Framework>> {
        self.framework.as_ref()
    }

    /// Returns the day the table was made for, with its basis; `None` for today.
    pub fn as_at(&self) -> Option<AsAt> {
        self.as_at
    }

    /// Returns the date the table represents: that of [`Self::as_at`], else that of the newest report under the framework;
    /// `None` if neither is known.
    pub fn day(&self) -> Option<Date> {
        self.as_at.map(|as_at| as_at.day).or(self.newest)
    }

    /// Returns the date of the newest report under the framework, else that of the data.
    pub fn newest(&self) -> Option<Date> {
        self.newest
    }

    /// Whether the data contain only the latest assessment of each authority. If so, they can neither show an
    /// earlier date nor say what moved.
    pub fn holds_only_latest(&self) -> bool {
        self.holds_only_latest
    }

    /// Whether the table was made for a date that the data cannot show.
    pub fn is_beyond_data(&self) -> bool {
        self.holds_only_latest
            && self.as_at.is_some_and(|as_at| self.newest_counted.is_some_and(|newest| as_at.day < newest))
    }

    /// Whether the publication dates of the assessments shown differ, so that they are worth showing.
    pub fn has_dates(&self) -> bool {
        self.has_dates
    }

    /// Returns a number that orders the assessments shown by date; 0 if there is no assessment, or it has no date.
    pub fn date_order(&self, authority: AuthorityId) -> u32 {
        self.dates.get(authority.0).copied().unwrap_or(0)
    }

    /// Returns how an authority's grade in a column moved since the previous assessment; `None` if either of the two
    /// has no grade.
    pub fn movement(&self, column: usize, authority: AuthorityId) -> Option<Movement> {
        *self.moves.get(column)?.get(authority.0)?
    }

    /// Returns how many of an authority's judgements moved up and down since the previous assessment. A judgement that was
    /// redefined in between is not counted: the two do not mean the same.
    pub fn trend(&self, authority: AuthorityId) -> (usize, usize) {
        let moves = (0..self.categories().len()).filter_map(|column| self.movement(column, authority));
        let trends: Vec<Trend> = moves.filter(|one| !one.is_redefined).map(|one| one.trend).collect();
        let count = |wanted: Trend| trends.iter().filter(|trend| **trend == wanted).count();
        (count(Trend::Up), count(Trend::Down))
    }

    /// Whether the table shows an assessment of an authority.
    pub fn is_assessed(&self, authority: AuthorityId) -> bool {
        self.facts.get(authority.0).is_some_and(|facts| facts.is_assessed)
    }

    /// Whether any grade that the table shows of an authority is inferred or second-hand.
    pub fn has_mark(&self, authority: AuthorityId) -> bool {
        self.facts.get(authority.0).is_some_and(|facts| facts.has_mark)
    }

    /// Whether an authority belongs to the list: it existed on the day of the view and, if our sources name only some
    /// of those assessed under the framework, it is one of them. A search finds every authority.
    pub fn is_listed(&self, authority: AuthorityId) -> bool {
        self.listed.get(authority.0).is_some_and(|is_listed| *is_listed)
    }

    /// Returns the words for grades that are "good or better" under the framework; see [`crate::dataset::Scale::good_words`].
    pub fn good_words(&self) -> String {
        self.framework.as_ref().map_or_else(|| "good or better".to_owned(), |framework| framework.scale.good_words())
    }

    /// Returns the width of the longest sign of a grade: 1 for letters, more for short words.
    pub fn sign_width(&self) -> usize {
        let steps = self.framework.iter().flat_map(|framework| &framework.scale.steps);
        steps.map(|step| display_width(&step.sign())).max().unwrap_or(1)
    }

    /// Whether an authority is shown without a search: it belongs to the list, or a file names it and no English authority is
    /// known by its name, so that it is shown but not counted.
    pub fn is_shown(&self, authority: AuthorityId) -> bool {
        self.is_listed(authority) || self.facts.get(authority.0).is_some_and(|facts| facts.is_unknown)
    }

    /// Returns the number of authorities that belong to the list; see [`Self::is_listed`].
    pub fn listed_count(&self) -> usize {
        self.listed_count
    }

    /// Returns the names of the regions, sorted.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// Returns the position in [`View::regions`] of an authority's region; `None` if the region is unknown.
    pub fn region(&self, authority: AuthorityId) -> Option<usize> {
        usize::from(self.facts.get(authority.0)?.region).checked_sub(1)
    }

    /// Returns the categories of the columns, in order.
    pub fn categories(&self) -> &[Category] {
        self.framework.as_ref().map_or(&[], |f| &f.categories)
    }

    /// Returns the grade of an authority in a column; `None` if it has none.
    pub fn grade(&self, column: usize, authority: AuthorityId) -> Option<Grade> {
        match self.outcome(column, authority)? {
            Outcome::Grade(grade) => Some(grade),
            Outcome::Absent(_) => None,
        }
    }

    /// Returns why an authority has no grade in a column; `None` if it has one, or was not assessed.
    pub fn absence(&self, column: usize, authority: AuthorityId) -> Option<Absence> {
        match self.outcome(column, authority)? {
            Outcome::Grade(_) => None,
            Outcome::Absent(absence) => Some(absence),
        }
    }

    fn outcome(&self, column: usize, authority: AuthorityId) -> Option<Outcome> {
        *self.outcomes.get(column)?.get(authority.0)?
    }

    /// Returns the assessment that the table shows for an authority; `None` if it was not assessed.
    pub fn assessment<'a>(&self, authority: &'a Authority) -> Option<&'a Assessment> {
        authority.latest(self.framework.as_ref()?, self.as_at)
    }

    /// Returns the judgement of an authority in a column; `None` if it was not assessed.
    pub fn judgement<'a>(&self, column: usize, authority: &'a Authority) -> Option<&'a Judgement> {
        self.assessment(authority)?.judgements.get(column)
    }
}

/// Returns which authorities are listed under a framework on a day; see [`View::is_listed`].
fn listed(dataset: &Dataset, framework: Option<&Framework>, day: Option<Date>) -> Vec<bool> {
    let is_assessed = |authority: &Authority| {
        framework.is_none_or(|framework| authority.assessments.iter().any(|a| a.framework.is(framework)))
    };
    let exists = |authority: &Authority| day.is_none_or(|day| authority.exists_on(day));
    let is_named_only = framework.is_some_and(|framework| framework.is_named_only);
    let is_listed = |a: &Authority| !a.is_unknown && exists(a) && (!is_named_only || is_assessed(a));
    dataset.authorities.iter().map(is_listed).collect()
}
