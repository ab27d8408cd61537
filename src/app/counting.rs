//! What the browser counts of its listing, and which frameworks have a tab.

use std::sync::Arc;

use crate::dataset::{Authority, Dataset, Date, Framework, Trend};
use crate::query::{Listing, View, strip};
use crate::statistics::{Count, Summary, Year, summary, years};
use crate::text::display_width;

/// Above this many authorities, the years are not counted: the list changes with every letter typed.
pub const MAX_FOR_YEARS: usize = 20_000;

/// The counts over the listed authorities.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// All counts; `None` if there are published figures for the framework, or if nothing is searched for or filtered.
    pub summary: Option<Summary>,
    /// How many are good or better at the end of each year. `None` if there is no summary, if too many authorities are
    /// listed, or if the data hold only the latest inspection of each authority.
    pub years: Option<Vec<Year>>,
}

/// A framework that has a tab.
#[derive(Debug, Clone)]
pub struct Round {
    /// The framework.
    pub framework: Arc<Framework>,
    /// The name of the tab: "Today" for the framework in force, else the years of its assessments: "2013–18".
    pub tab: String,
}

/// Returns how many councils a count of the national counts includes, and of how many.
pub fn counted(national: &Summary, view: &View, count: Count) -> Option<(u32, u32)> {
    let category = national.categories.get(count.category())?;
    Some(match count {
        Count::Good(_) => (category.good.matching, category.good.known),
        Count::Step(_, step) => (*category.steps.get(step)?, category.good.known),
        Count::Absent(_) => (category.absent, national.assessed),
        Count::Moved(_, trend) => {
            let number = match trend {
                Trend::Up => category.up,
                Trend::Same => category.same,
                Trend::Down => category.down,
            };
            (number, category.up + category.same + category.down)
        }
        Count::InRegion(category, region) => {
            let name = view.regions().get(region)?;
            let tallies = &national.regions.iter().find(|held| held.name.as_ref() == Some(name))?.good;
            let tally = tallies.get(category)?;
            (tally.matching, tally.known)
        }
    })
}

/// Returns the width of the longest grades over time; 0 if there are none, and for very many councils.
pub fn strip_width(dataset: &Dataset, view: &View) -> usize {
    let is_shown = view.framework().is_some_and(|framework| framework.is_in_series());
    if !is_shown || dataset.authorities.len() > MAX_FOR_YEARS {
        return 0;
    }
    let authorities = dataset.authorities.iter();
    let longest = authorities.map(|authority| display_width(&strip(authority, view.as_at()))).max();
    longest.filter(|width| *width > 1).unwrap_or(0)
}

/// Counts the councils of a listing; nothing if there are published figures for the framework, so that no counts of our own are
/// shown.
pub fn count_listed(listing: &Listing, has_counts: bool) -> Counted {
    let summary = (has_counts && !listing.filter().is_empty()).then(|| summary(listing));
    let only = listing.view().framework().map(AsRef::as_ref);
    let only = only.filter(|framework| framework.is_named_only || !framework.is_of_council());
    let has_years = has_counts && listing.len() <= MAX_FOR_YEARS && !listing.view().holds_only_latest();
    let years = has_years.then(|| years(listing, only));
    Counted { summary, years }
}

/// Returns the frameworks that have a tab, newest first: those with published figures, or with assessments of at least
/// half of the authorities. Those of which only a few ratings are named can be chosen among the filters.
pub fn rounds(dataset: &Dataset) -> Vec<Round> {
    let round = |framework: &Arc<Framework>| {
        let of_framework = |authority: &&Authority| authority.assessments.iter().any(|a| a.framework.is(framework));
        let assessed = dataset.authorities.iter().filter(of_framework).count();
        let is_published = dataset.claims.iter().any(|claim| claim.framework.is(framework));
        let is_round = is_published || assessed.saturating_mul(2) >= dataset.authorities.len();
        // Of the inspections of area partnerships, those of today have a tab.
        let is_round = is_round && (framework.is_of_council() || framework.until.is_none());
        let assessments = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
        let dates = assessments.filter(|a| a.framework.is(framework)).filter_map(|a| a.date);
        let years = dates.clone().min().zip(dates.max());
        is_round.then(|| {
            (years.map(|(first, _)| first), Round { framework: Arc::clone(framework), tab: tab(framework, years) })
        })
    };
    let mut rounds: Vec<(Option<Date>, Round)> = dataset.frameworks.iter().filter_map(round).collect();
    let is_past = |framework: &Framework| framework.from.is_none() || framework.until.is_some();
    rounds.sort_by_key(|(first, round)| {
        (is_past(&round.framework), !round.framework.is_of_council(), std::cmp::Reverse(*first))
    });
    rounds.into_iter().map(|(_, round)| round).collect()
}

/// Returns the name of a framework's tab, given the first and the last date of its assessments, which count if it is not
/// known from when to when it was in force.
fn tab(framework: &Framework, dates: Option<(Date, Date)>) -> String {
    match framework.from.zip(framework.until).or(dates).map(|(first, last)| (first.year(), last.year())) {
        _ if !framework.is_of_council() => framework.short.to_string(),
        _ if framework.from.is_some() && framework.until.is_none() => "Today".to_owned(),
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first}–{:02}", last.rem_euclid(100)),
        None => framework.short.to_string(),
    }
}
