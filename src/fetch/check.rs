//! Decides whether a fetched file may replace the one held.

use super::failure::Failure;
use crate::dataset::{Dataset, Date};
use crate::load::{Loaded, Part, from_reader, join, record};

/// The smallest share of the inspections held before that a new file must have, in percent.
const MIN_SHARE: usize = 90;

/// What a file contains.
pub struct Found {
    /// How many inspections.
    pub inspections: usize,
    /// When the newest report was published; `None` if no date is known.
    pub newest: Option<Date>,
    /// Whether the file before could be read, so that it is worth keeping.
    pub has_before: bool,
}

/// Reads a file, and compares it with the one held before, if that can still be read.
///
/// # Errors
/// Returns an error if the file cannot be used, cannot be joined with the record, has much fewer inspections than the one
/// before or more problems, or if its newest report is older.
pub fn check(name: &str, bytes: &[u8], before: Option<&[u8]>) -> Result<Found, Failure> {
    let unusable = |problem: &dyn ToString| Failure::NotExpected(problem.to_string());
    let loaded = from_reader(bytes, name).map_err(|unusable_file| {
        unusable_file.problems.first().map_or_else(|| unusable(&unusable_file), |problem| unusable(problem))
    })?;
    let inspections = inspections(&loaded.dataset);
    if inspections == 0 {
        return Err(Failure::NotExpected("a file without inspections".to_owned()));
    }
    let before = before.and_then(|before| from_reader(before, name).ok());
    before.as_ref().map_or(Ok(()), |before| compare(before, &loaded, inspections))?;
    let newest = loaded.dataset.date;
    let record = record().map_err(|error| unusable(&error))?;
    join(vec![Part::new(loaded, name), Part::record(record)]).map_err(|error| unusable(&error))?;
    Ok(Found { inspections, newest, has_before: before.is_some() })
}

fn compare(before: &Loaded, new: &Loaded, inspections: usize) -> Result<(), Failure> {
    let current = self::inspections(&before.dataset);
    if inspections.saturating_mul(100) < current.saturating_mul(MIN_SHARE) {
        return Err(Failure::Fewer { found: inspections, current });
    }
    let problems = (before.problems.len(), new.problems.len());
    if problems.1 > problems.0 {
        let first = new.problems.first().map(ToString::to_string).unwrap_or_default();
        return Err(Failure::MoreProblems { found: problems.1, current: problems.0, first });
    }
    // A day that is yet to come is a slip of whoever made the file, and must not keep out every file after it.
    let real = |date: Option<Date>| date.filter(|date| Date::today().is_none_or(|today| *date <= today));
    match (real(new.dataset.date), real(before.dataset.date)) {
        (Some(found), Some(current)) if found < current => Err(Failure::Older { found, current }),
        _ => Ok(()),
    }
}

fn inspections(dataset: &Dataset) -> usize {
    dataset.authorities.iter().map(|authority| authority.assessments.len()).sum()
}
