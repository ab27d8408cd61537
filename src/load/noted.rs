//! What is said of a file once, with how often it occurs and the first places.

use crate::dataset::{Dataset, Date};
use crate::text::plural;

/// The maximum number of places that are named.
const MAX_PLACES: usize = 3;

/// Something that may occur often in a file: what it is called once and several times, and what was done about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    one: &'static str,
    several: &'static str,
    done: &'static str,
}

const fn kind(one: &'static str, several: &'static str, done: &'static str) -> Kind {
    Kind { one, several, done }
}

/// Focused and monitoring visits.
pub const VISITS: &Kind = &kind("visit", "visits", "without judgements not counted");
/// Inspections of another kind.
pub const OTHER_KINDS: &Kind = &kind("inspection", "inspections", "of another kind left out");
/// Inspections of a kind that is not known.
pub const UNKNOWN_KINDS: &Kind =
    &kind("inspection", "inspections", "of a kind that is not known, read as one that grades: check it");
/// Codes that no authority has.
pub const UNKNOWN_CODES: &Kind = &kind("code", "codes", "that no council has, read by the name");
/// Names that are misspelt beside a code.
pub const MISSPELT_NAMES: &Kind = &kind("name", "names", "of no council, read by the code");
/// Rows for England or a region.
pub const TOTALS: &Kind = &kind("total", "totals", "left out");
/// Rows without an authority, a date and a judgement.
pub const LINES_OF_TEXT: &Kind = &kind("line of text", "lines of text", "left out");
/// Authorities of which a row says nothing else.
pub const NOT_INSPECTED: &Kind = &kind("council", "councils", "not yet inspected");
/// Rows whose judgements have markers of notes.
pub const MARKERS: &Kind = &kind("row", "rows", "with markers of notes, which are left out");
/// Headers that have markers of notes.
pub const MARKED_HEADERS: &Kind = &kind("header", "headers", "with markers of notes, which are left out");
/// Columns that may be of days or judgements.
pub const UNREAD_COLUMNS: &Kind = &kind("column", "columns", "not read, as the header is not known");
/// Names that have markers of notes.
pub const MARKED_NAMES: &Kind = &kind("name", "names", "with markers of notes, which are left out");
/// Names with more words in brackets.
pub const BRACKETS: &Kind = &kind("name", "names", "read without the words in brackets");
/// Links that are no complete addresses of web pages.
pub const OTHER_LINKS: &Kind = &kind("link", "links", "that are no whole web addresses left out");
/// Inspections beyond what a council can have had.
pub const TOO_MANY: &Kind = &kind("inspection", "inspections", "beyond 5,000 of one council, left out");
/// Names that no authority has.
pub const UNKNOWN_NAMES: &Kind = &kind("name", "names", "of no English council, shown but never counted");
/// Dates in words, or with other separators than usual.
pub const OTHER_DATES: &Kind = &kind("date", "dates", "in another form than day/month/year read");
/// Numbers that spreadsheets give days.
pub const SERIAL_DATES: &Kind = &kind("number", "numbers", "of a spreadsheet's days read as dates");
/// Columns of dates with the month first.
pub const MONTH_FIRST: &Kind = &kind("column", "columns", "of dates read with the month first, as one shows");
/// Columns of which some dates have the day and others the month first.
pub const BOTH_ORDERS: &Kind = &kind(
    "column",
    "columns",
    "of dates not read where it is unclear which number is the month, as they show both orders",
);
/// Inspections published before they began.
pub const PUBLISHED_FIRST: &Kind =
    &kind("inspection", "inspections", "published before the first day: check the dates");
/// Inspections that ended before they began.
pub const ENDED_FIRST: &Kind = &kind("inspection", "inspections", "with a last day before the first: check the dates");
/// Inspections of authorities that did not exist yet.
pub const BEFORE_THE_START: &Kind = &kind("inspection", "inspections", "of a council before it began: check the name");
/// Inspections of authorities that had been abolished.
pub const AFTER_THE_END: &Kind = &kind("inspection", "inspections", "of a council after it had ended: check the name");

/// What occurs in a file.
#[derive(Debug, Default)]
pub struct Noted(Vec<(&'static Kind, usize, Vec<String>)>);

impl Noted {
    /// Notes that something occurs at a place, which is asked for only if it is named.
    pub fn add(&mut self, kind: &'static Kind, place: impl FnOnce() -> String) {
        let at = self.0.iter().position(|(known, ..)| *known == kind).unwrap_or_else(|| {
            self.0.push((kind, 0, Vec::new()));
            self.0.len() - 1
        });
        let Some((_, count, places)) = self.0.get_mut(at) else { return };
        *count += 1;
        if places.len() < MAX_PLACES {
            places.push(place());
        }
    }

    /// Returns a sentence for each thing that occurs in a file of a name: "file.csv: 2 totals left out: England (row 5) and
    /// London (row 6)".
    pub fn sentences(&self, file: &str) -> Vec<String> {
        let sentence = |(kind, count, places): &(&'static Kind, usize, Vec<String>)| {
            let what = plural(*count, kind.one, kind.several);
            let more = count.saturating_sub(places.len());
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            format!("{file}: {what} {}: {}{more}", kind.done, places.join("; "))
        };
        self.0.iter().map(sentence).collect()
    }
}

/// Returns a sentence for each way in which days of inspections in a file of a name cannot all be right.
pub fn impossible_days(dataset: &Dataset, file: &str) -> Vec<String> {
    let is_after = |one: Option<Date>, other: Option<Date>| {
        one.zip(other).is_some_and(|(one, other)| one.first_day() > other.last_day())
    };
    let mut noted = Noted::default();
    for authority in &dataset.authorities {
        for assessment in &authority.assessments {
            let (began, date) = (assessment.first_day(), assessment.date);
            let ended = assessment.visit.as_ref().and_then(|visit| visit.until);
            let found = [
                (is_after(began, date), PUBLISHED_FIRST),
                (is_after(began, ended), ENDED_FIRST),
                (is_after(assessment.day(), authority.until), AFTER_THE_END),
                (is_after(authority.from, assessment.order_day()), BEFORE_THE_START),
            ];
            for (_, kind) in found.into_iter().filter(|(is_so, _)| *is_so) {
                let days = [("began", began), ("ended", ended), ("published", date)];
                let days = days.into_iter().filter_map(|(what, day)| Some(format!("{what} {}", day?)));
                noted.add(kind, || format!("{}, {}", authority.name, days.collect::<Vec<_>>().join(", ")));
            }
        }
    }
    noted.sentences(file)
}
