//! Decides whether a fetched file may replace the one held.

use super::failure::Failure;
use crate::dataset::{Assessment, Authority, Dataset, Date};
use crate::load::{Loaded, Part, from_reader, join, record};
use crate::text::plural;

/// The smallest share of the inspections held before, or of the record, that a new file must have, in percent.
const MIN_SHARE: usize = 97;

/// The smallest share of the inspections of a file that must be known, in percent.
const MIN_KNOWN: usize = 90;

/// The largest share of the grades that may be other than in the file held, or in the record, in percent.
const MOST_CHANGED: usize = 3;

/// The maximum number of inspections and of councils of the expected files.
const MOST: (usize, usize) = (10_000, 500);

/// The number of inspections that no council can have had.
const MOST_OF_ONE: usize = 1_000;

/// What a file contains.
pub struct Found {
    /// How many inspections.
    pub inspections: usize,
    /// When the newest report was published; `None` if no date is known.
    pub newest: Option<Date>,
    /// Whether the file before could be read, so that it is worth keeping.
    pub has_before: bool,
    /// How many grades are other than in the file before.
    pub changed: usize,
    /// How many grades are other than in the record.
    pub differ: usize,
    /// What is to be known of it, as `check` says it.
    pub remarks: Vec<String>,
}

/// Reads a file, and compares it with the one held before, if that can still be read, and with the record. `accepts` takes it also
/// if that shows that a first file lacks inspections of the record, or that many grades are other ones.
///
/// # Errors
/// Returns an error if the file cannot be used, cannot be joined with the record, has much fewer inspections than the one
/// before or the record, or more problems, if its newest report is older, if most of its inspections are not known, or if many of its
/// grades are other ones or missing.
pub fn check(name: &str, bytes: &[u8], before: Option<&[u8]>, accepts: bool) -> Result<Found, Failure> {
    let unusable = |problem: &dyn ToString| Failure::NotExpected(problem.to_string());
    let read = |bytes: &[u8]| from_reader(bytes, name);
    let loaded = read(bytes).map_err(|unusable_file| {
        unusable_file.problems.first().map_or_else(|| unusable(&unusable_file), |problem| unusable(problem))
    })?;
    let inspections = inspections(&loaded.dataset);
    expect(&loaded, inspections)?;
    let before = before.and_then(|before| read(before).ok());
    let record = record().map_err(|error| unusable(&error))?;
    match &before {
        Some(before) => compare(before, &loaded, inspections)?,
        None if accepts => {}
        None => measure(&record, &loaded)?,
    }
    let held = before.as_ref().map_or(&record.dataset, |before| &before.dataset);
    let missing = match recognise(held, &loaded.dataset) {
        Err(_) if accepts => 0,
        recognised => recognised?,
    };
    let newest = loaded.dataset.date;
    let has_before = before.is_some();
    let grades = grades(&loaded.dataset);
    let mut remarks = loaded.remarks.clone();
    let left_out = loaded.left_out_count();
    if let Some(first) = loaded.problems.first().filter(|_| left_out > 0) {
        remarks.push(format!("{name}: {} left out; the first: {first}", plural(left_out, "row was", "rows were")));
    }
    let held_before = before.as_ref().map_or(0, |before| self::inspections(&before.dataset));
    if inspections < held_before {
        let fewer = plural(held_before - inspections, "inspection", "inspections");
        remarks.push(format!("{name}: {fewer} fewer than the file before"));
    }
    let differences = |one: Loaded, other: Part| {
        join(vec![Part::new(one, name), other])
            .map(|joined| (joined.difference_count(), joined.date_difference_count()))
            .map_err(|error| unusable(&error))
    };
    let again = || read(bytes).map_err(|error| unusable(&error));
    let changed = match before {
        Some(before) => differences(again()?, Part::new(before, "the file before"))?.0,
        None => 0,
    };
    let (differ, dates) = differences(loaded, Part::record(record))?;
    remarks.extend((dates > 0).then(|| {
        format!(
            "{name}: {} from the record; `scrutineer check` says which",
            plural(dates, "date differs", "dates differ")
        )
    }));
    let (changed, differ) = if has_before { (changed + missing, differ) } else { (changed, differ + missing) };
    let most = changed.max(differ);
    if !accepts && most.saturating_mul(100) > (grades + missing).saturating_mul(MOST_CHANGED) {
        return Err(Failure::OtherGrades { found: most, of: grades + missing });
    }
    Ok(Found { inspections, newest, has_before, changed, differ, remarks })
}

/// Refuses what is no file of inspections of English councils.
fn expect(loaded: &Loaded, inspections: usize) -> Result<(), Failure> {
    let councils = loaded.dataset.authorities.len();
    let of_one = loaded.dataset.authorities.iter().map(|one| one.assessments.len()).max().unwrap_or(0);
    let refused = match () {
        () if inspections == 0 => "a file without inspections".to_owned(),
        () if inspections >= MOST.0 => format!("{inspections} inspections or more; expected fewer"),
        () if of_one >= MOST_OF_ONE => format!("{of_one} inspections of one council; expected fewer"),
        () if grades(&loaded.dataset) == 0 => "a file without grades".to_owned(),
        () if councils > MOST.1 => format!("{councils} councils; expected at most {}", MOST.1),
        () if loaded.left_out_count() > inspections => {
            let left_out = loaded.left_out_count();
            format!("{} cannot be used, and {inspections} can", plural(left_out, "row", "rows"))
        }
        () => return Ok(()),
    };
    Err(Failure::NotExpected(refused))
}

/// Compares a first file with the record: a history with its inspections under the same frameworks, a file of latest inspections
/// with its councils.
fn measure(record: &Loaded, new: &Loaded) -> Result<(), Failure> {
    let is_known = |id: &str| new.dataset.frameworks.iter().any(|framework| framework.id == id);
    let counts = |dataset: &Dataset| -> Vec<usize> {
        let of = |authority: &Authority| {
            authority
                .assessments
                .iter()
                .filter(|one| is_known(&one.framework.id) && one.framework.until.is_none())
                .count()
        };
        dataset.authorities.iter().map(of).filter(|count| *count > 0).collect()
    };
    let (found, held) = (counts(&new.dataset), counts(&record.dataset));
    let is_latest_only = found.iter().all(|count| *count == 1);
    let total = |counts: &[usize]| if is_latest_only { counts.len() } else { counts.iter().sum() };
    let (found, current) = (total(&found), total(&held));
    match found.saturating_mul(100) < current.saturating_mul(MIN_SHARE) {
        true => Err(Failure::FewerThanRecord { found, current }),
        false => Ok(()),
    }
}

/// How far apart the days of an inspection may be in two sources, in days.
const SAME_DAY: i32 = 31;

/// Looks for the inspections of a file in the one held or in the record, as far as that goes: where names, dates or rows are
/// shifted, or dates are missing, they are other ones. Returns how many grades of those found are missing.
fn recognise(held: &Dataset, new: &Dataset) -> Result<usize, Failure> {
    let (mut found, mut of, mut missing) = (0_usize, 0_usize, 0_usize);
    for authority in &new.authorities {
        let known = held.authorities.iter().find(|one| one.name == authority.name);
        let known = known.map(|one| one.assessments.as_slice()).unwrap_or_default();
        for one in &authority.assessments {
            if one.order_day().is_some_and(|day| Some(day) > held.date) {
                continue;
            }
            let is_it = |other: &&Assessment| {
                let days = one.order_day().zip(other.order_day());
                let days = days.and_then(|(day, other)| other.first_day().days_until(day.first_day()));
                other.framework.id == one.framework.id && days.is_some_and(|days| days.abs() <= SAME_DAY)
            };
            of += 1;
            if let Some(known) = known.iter().find(is_it) {
                found += 1;
                let pairs = known.judgements.iter().zip(one.judgements.iter());
                missing += pairs.filter(|(known, new)| known.grade().is_some() && new.grade().is_none()).count();
            }
        }
    }
    match found.saturating_mul(100) < of.saturating_mul(MIN_KNOWN) {
        true => Err(Failure::OtherInspections { found, of }),
        false => Ok(missing),
    }
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

/// Returns how many grades a dataset has.
fn grades(dataset: &Dataset) -> usize {
    let all = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    all.flat_map(|one| one.judgements.iter()).filter(|judgement| judgement.grade().is_some()).count()
}

fn inspections(dataset: &Dataset) -> usize {
    dataset.authorities.iter().map(|authority| authority.assessments.len()).sum()
}
