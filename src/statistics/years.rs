//! The share of "good or better" at the end of each year, by framework.

use std::sync::Arc;

use super::Tally;
use crate::dataset::{Absence, AsAt, Assessment, Authority, Basis, Date, Framework, Judgement, Outcome};
use crate::query::Listing;

/// The share at the end of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// The framework of the assessments.
    pub framework: Arc<Framework>,
    /// The category, by its position in the framework.
    pub category: usize,
    /// Whether the category is the first of its framework in which any authority has a grade.
    pub is_leading: bool,
    /// The year.
    pub year: i16,
    /// The day the figures go up to, if it is before the end of the year: the date of the view or of the data.
    pub until: Option<Date>,
    /// Good or better at the end of the year, among those with a known grade.
    pub good: Tally,
    /// The number of authorities assessed under the framework by the end of the year.
    pub assessed: u32,
    /// The number of these that have no grade because the category had ended.
    pub ended: u32,
    /// The number of authorities listed.
    pub listed: u32,
}

impl Year {
    /// Whether most listed authorities had not been assessed under the framework by the end of the year, so that the
    /// share says little about all of them.
    pub fn is_thin(&self) -> bool {
        self.assessed.saturating_mul(2) < self.listed
    }

    /// Whether most listed authorities had no grade in the category by the end of the year, though they were assessed: the
    /// category may be new.
    pub fn is_new(&self) -> bool {
        !self.is_thin() && self.ended == 0 && self.good.known.saturating_mul(2) < self.listed
    }
}

/// Returns the shares among the listed authorities in each category that has grades, from the first assessment of each
/// framework to its last: of one framework if it is given, else of every framework of which not only some ratings are
/// named. Each authority counts with the latest assessment by the end of the year, on the basis of the view. Reads every
/// assessment, so it is slow for very many authorities.
pub fn years(listing: &Listing, only: Option<&Framework>) -> Vec<Year> {
    let (dataset, view) = (listing.dataset(), listing.view());
    let listed: Vec<&Authority> = listing.of_any_day().into_iter().filter_map(|id| listing.authority(id)).collect();
    let last_day = [view.as_at().map(|as_at| as_at.day), dataset.date].into_iter().flatten().min();
    let of = |framework| of_framework(framework, &listed, view.as_at());
    let is_shown = |framework: &&Arc<Framework>| {
        only.map_or(!framework.is_named_only && framework.is_of_council(), |only| only.is(framework))
    };
    let mut years: Vec<Year> = dataset.frameworks.iter().filter(is_shown).flat_map(of).collect();
    for year in &mut years {
        let ends_early = |day: &Date| day.year() == year.year && Some(*day) < Date::of_day(year.year, 12, 31);
        year.until = last_day.filter(ends_early);
    }
    years.sort_by_key(|y| (y.framework.from, y.category, y.year));
    years
}

fn of_framework(framework: &Arc<Framework>, listed: &[&Authority], as_at: Option<AsAt>) -> Vec<Year> {
    let all = || {
        let of_each = listed.iter().enumerate().flat_map(|(place, a)| a.assessments.iter().map(move |a| (place, a)));
        of_each.filter(|(_, a)| a.framework.is(framework))
    };
    let is_graded =
        |category: &usize| all().any(|(_, a)| a.judgements.get(*category).is_some_and(|j| j.grade().is_some()));
    let categories: Vec<usize> = (0..framework.categories.len()).filter(is_graded).collect();
    let basis = as_at.map_or(Basis::default(), |as_at| as_at.basis);
    let dated = all().filter_map(|(place, assessment)| {
        let day = assessment.counted_day(basis).filter(|_| assessment.counts_as_at(as_at))?;
        Some((day, place, assessment))
    });
    let mut dated: Vec<(Date, usize, &Assessment)> = dated.collect();
    // The sort is stable: of several on one day, the later in the file counts, as everywhere else.
    dated.sort_by_key(|(day, ..)| *day);
    let (Some((first, ..)), Some((last, ..))) = (dated.first(), dated.last()) else { return Vec::new() };
    let years = first.year()..=last.year();
    // The latest assessment of each authority so far; `None` if it was not yet assessed.
    let mut latest: Vec<Option<&Assessment>> = vec![None; listed.len()];
    let mut dated = dated.into_iter().peekable();
    let at_end = |year| {
        while let Some((_, place, assessment)) = dated.next_if(|(day, ..)| day.year() <= year) {
            if let Some(current) = latest.get_mut(place)
                && current.is_none_or(|current| current.order_day_on(basis) <= assessment.order_day_on(basis))
            {
                *current = Some(assessment);
            }
        }
        let end = Date::of_day(year, 12, 31).map(|end| as_at.map_or(end, |as_at| end.min(as_at.day)));
        let existed = |authority: &Authority| end.is_none_or(|end| authority.exists_on(end));
        let there = listed.iter().zip(&latest).filter(|(authority, _)| existed(authority));
        let counted: Vec<Option<&Assessment>> = there.map(|(_, latest)| *latest).collect();
        categories.iter().map(move |category| count(framework, *category, year, &counted)).collect::<Vec<_>>()
    };
    let mut counted: Vec<Year> = years.flat_map(at_end).collect();
    // A category that was introduced later, or redefined, has no grades before.
    let first = |category| counted.iter().find(|year| year.category == category && year.good.known > 0).map(|y| y.year);
    let firsts: Vec<Option<i16>> = (0..framework.categories.len()).map(first).collect();
    counted.retain(|year| firsts.get(year.category).is_some_and(|first| Some(year.year) >= *first));
    let leading = categories.first();
    counted.iter_mut().for_each(|year| year.is_leading = Some(&year.category) == leading);
    counted
}

/// Counts the latest assessments at the end of a year; `None` for an authority that was not yet assessed.
fn count(framework: &Arc<Framework>, category: usize, year: i16, latest: &[Option<&Assessment>]) -> Year {
    let mut good = Tally::default();
    let mut ended = 0;
    for assessment in latest {
        let judgement = assessment.and_then(|assessment| assessment.judgements.get(category));
        let grade = judgement.and_then(Judgement::grade);
        good.add(grade.map(|grade| framework.scale.is_good(grade)));
        ended += u32::from(judgement.is_some_and(|j| j.outcome == Outcome::Absent(Absence::CategoryEnded)));
    }
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Year {
        framework: Arc::clone(framework),
        category,
        is_leading: false,
        year,
        until: None,
        good,
        assessed: number(latest.iter().flatten().count()),
        ended,
        listed: number(latest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_reader;
    use crate::query::{AuthorityId, ListingOptions, View};

    #[test]
    fn each_year_counts_what_a_view_at_its_end_shows() {
        // The second report of Leeds is of an inspection that began before that of the first.
        let late = "80481,leeds,,,01/12/22,standard,,10/01/2022,,inadequate,good,good,good,,1\n\
                    80481,leeds,,,01/08/22,standard,,01/06/2022,,good,good,good,good,,1\n";
        let file = format!("{}{late}", include_str!("../../tests/files/history.csv"));
        let dataset = from_reader(file.as_bytes(), "history.csv").unwrap().dataset;
        let days = [None, Some("2022-06-30".parse::<Date>().unwrap()), Some("2022-12-31".parse().unwrap())];
        for (as_at, basis) in days.into_iter().flat_map(|day| Basis::ALL.map(|basis| (day, basis))) {
            let options = ListingOptions { as_at: as_at.map(|day| AsAt { day, basis }), ..ListingOptions::default() };
            // Without a day, there is no basis either.
            let on = |day: Date| AsAt { day, basis: if as_at.is_some() { basis } else { Basis::default() } };
            let years = years(&Listing::new(Arc::clone(&dataset), options), None);
            assert!(years.len() > 3);
            for year in years {
                let end = Date::of_day(year.year, 12, 31).min(as_at.or(Date::of_day(year.year, 12, 31)));
                let view = View::new(&dataset, Some(Arc::clone(&year.framework)), end.map(on));
                let mut good = Tally::default();
                for id in (0..dataset.authorities.len()).map(AuthorityId) {
                    good.add(view.grade(year.category, id).map(|g| year.framework.scale.is_good(g)));
                }
                assert_eq!(year.good, good, "{} {}", year.framework.id, year.year);
                let is_whole = year.until.is_none();
                assert!(is_whole || year.until <= as_at.or(dataset.date), "{:?}", year.until);
            }
        }
    }

    #[test]
    fn half_of_the_authorities_are_enough() {
        let framework = Arc::clone(&crate::load::record().unwrap().dataset.frameworks[0]);
        let year = |assessed: u32, known: u32| Year {
            framework: Arc::clone(&framework),
            category: 0,
            is_leading: true,
            year: 2018,
            until: None,
            good: Tally { matching: 0, known },
            assessed,
            ended: 0,
            listed: 10,
        };
        assert_eq!([4, 5, 6].map(|assessed| year(assessed, assessed).is_thin()), [true, false, false]);
        assert_eq!([4, 5, 6].map(|known| year(10, known).is_new()), [true, false, false]);
        assert!(!year(4, 0).is_new(), "most were not assessed at all");
    }
}
