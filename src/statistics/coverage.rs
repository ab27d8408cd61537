//! How much of what was inspected under a framework is held.

use crate::dataset::{Assessment, Dataset, Date, Framework};

/// What is held of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// How many authorities of today have an assessment.
    pub authorities: u32,
    /// How many there are today.
    pub of: u32,
    /// How many assessments there are, also of authorities that are not of today.
    pub assessments: u32,
    /// How many of them are of authorities that are not of today.
    pub of_others: u32,
    /// How many of them have a grade that is inferred or second-hand.
    pub with_mark: u32,
    /// The days of the first and the newest; `None` if no day is known.
    pub days: Option<(Date, Date)>,
    /// The last day that was looked at: that of the newest report or, if it is later, of the newest edition of a source. `None` for
    /// a framework that is over.
    pub looked: Option<Date>,
}

/// Returns what a dataset holds of a framework.
pub fn coverage(dataset: &Dataset, framework: &Framework) -> Coverage {
    let of_framework = |a: &&Assessment| a.framework.is(framework);
    let today = dataset.authorities.iter().filter(|authority| authority.until.is_none() && !authority.is_unknown);
    let has_one = today.clone().filter(|authority| authority.assessments.iter().any(|a| of_framework(&a)));
    let all = || dataset.authorities.iter().flat_map(|authority| &authority.assessments).filter(of_framework);
    let days = || all().filter_map(Assessment::order_day);
    let editions = all().filter_map(|a| a.origin.as_ref()?.table.source.date);
    let looked = days().chain(editions).max().filter(|_| framework.from.is_some() && framework.until.is_none());
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let of_today = today.clone().flat_map(|authority| &authority.assessments).filter(of_framework).count();
    Coverage {
        authorities: count(has_one.count()),
        of: count(today.count()),
        assessments: count(all().count()),
        of_others: count(all().count() - of_today),
        with_mark: count(all().filter(|a| a.has_mark()).count()),
        days: days().min().zip(days().max()),
        looked,
    }
}
