//! Parses single cells: a judgement, a date, or blank.

use crate::dataset::{Absence, Date, Grade, Outcome, Scale, Text};

/// The value of a cell, and whether it had to be repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read<T> {
    /// The cell states the value as expected.
    Plain(T),
    /// The cell clearly means the value, but is written differently.
    Repaired(T),
    /// The meaning of the cell is unclear.
    Unknown,
}

/// Parses the cell of a judgement under a scale.
pub fn outcome(text: &str, scale: &Scale) -> Read<Outcome> {
    let text = text.trim();
    if is_blank(text) {
        return Read::Plain(Outcome::Absent(Absence::Blank));
    }
    if let Some(grade) = grade(text, scale) {
        return Read::Plain(Outcome::Grade(grade));
    }
    if let Some(absence) = absence(text) {
        return Read::Plain(Outcome::Absent(absence));
    }
    let lower = text.to_lowercase();
    if let Some(absence) = absence(&lower) {
        return Read::Repaired(Outcome::Absent(absence));
    }
    let plain = lower.strip_prefix("to ").unwrap_or(&lower).replace('_', " ");
    grade(plain.trim(), scale).map_or(Read::Unknown, |grade| Read::Repaired(Outcome::Grade(grade)))
}

fn absence(text: &str) -> Option<Absence> {
    match text {
        "data_unreadable" => Some(Absence::Unreadable),
        "inspection_pre_dates_judgement" => Some(Absence::BeforeCategory),
        "not_reported_post_reform" => Some(Absence::CategoryEnded),
        // What our own tables write.
        _ => Absence::ALL.into_iter().find(|absence| absence.words() == text),
    }
}

fn grade(text: &str, scale: &Scale) -> Option<Grade> {
    let is_called = |name: &Text| name.eq_ignore_ascii_case(text);
    scale.steps.iter().find(|step| is_called(&step.word) || step.also.iter().any(is_called)).map(|step| step.grade)
}

/// Whether a trimmed cell is empty, or contains what a spreadsheet or a program writes for a missing value.
pub fn is_blank(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case("nan") || text.eq_ignore_ascii_case("none")
}

/// Trims white space from both ends. Most cells have none; checking the first and last byte is a fast path for them.
pub fn trimmed(text: &str) -> &str {
    let is_solid = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let is_trimmed = is_solid(text.as_bytes().first()) && is_solid(text.as_bytes().last());
    if is_trimmed { text } else { text.trim() }
}

/// Parses a day, month and year in this order, with a year of four digits or two (of this century), or an ISO date.
pub fn date(text: &str) -> Option<Date> {
    if let Some(date) = usual(text.as_bytes()) {
        return Some(date);
    }
    let text = text.trim();
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    // Spreadsheets may append a time; anything else could change the meaning of the day.
    if !time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z')) {
        return None;
    }
    if day.contains('-') && day.len() == 10 {
        return day.parse().ok().or_else(|| day_first(day, '-'));
    }
    day_first(day, '/')
}

/// Parses `dd/mm/yy` or `dd/mm/yyyy`, the form of nearly every cell.
fn usual(text: &[u8]) -> Option<Date> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    let (&[d1, d2, b'/', m1, m2, b'/'], year) = text.split_first_chunk::<6>()? else { return None };
    let year = match year.len() {
        2 => 2000 + number(year)?,
        4 => number(year)?,
        _ => return None,
    };
    Date::of_day(year, i8::try_from(number(&[m1, m2])?).ok()?, i8::try_from(number(&[d1, d2])?).ok()?)
}

fn day_first(text: &str, separator: char) -> Option<Date> {
    let mut parts = text.split(separator).map(|part| {
        let is_number = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        if is_number { part.parse::<i16>().ok() } else { None }
    });
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    let year = if year < 100 { 2000 + year } else { year };
    Date::of_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::ilacs::frameworks::Frameworks;

    #[test]
    fn a_judgement_is_a_grade_or_an_absence_with_its_reason() {
        let scale = &Frameworks::read().unwrap().ilacs.scale;
        let grade = |n| Outcome::Grade(Grade(n));
        for (text, read) in [
            ("good", Read::Plain(grade(3))),
            ("requires improvement", Read::Plain(grade(2))),
            ("to requires improvement", Read::Repaired(grade(2))),
            (" Requires Improvement to be good ", Read::Plain(grade(2))),
            ("Outstanding", Read::Plain(grade(4))),
            ("", Read::Plain(Outcome::Absent(Absence::Blank))),
            ("NaN", Read::Plain(Outcome::Absent(Absence::Blank))),
            ("None", Read::Plain(Outcome::Absent(Absence::Blank))),
            ("data_unreadable", Read::Plain(Outcome::Absent(Absence::Unreadable))),
            ("inspection_pre_dates_judgement", Read::Plain(Outcome::Absent(Absence::BeforeCategory))),
            ("not_reported_post_reform", Read::Plain(Outcome::Absent(Absence::CategoryEnded))),
            ("category ended", Read::Plain(Outcome::Absent(Absence::CategoryEnded))),
            ("excellent", Read::Unknown),
            ("4", Read::Unknown),
        ] {
            assert_eq!(outcome(text, scale), read, "{text:?}");
        }
    }

    #[test]
    fn dates_are_day_first() {
        for (text, iso) in [
            ("09/05/25", Some("2025-05-09")),
            ("17/03/2025", Some("2025-03-17")),
            ("2025-03-17", Some("2025-03-17")),
            ("2025-03-17T00:00:00", Some("2025-03-17")),
            ("9/5/25", Some("2025-05-09")),
            ("31/02/2025", None),
            ("03/17/2025", None),
            ("", None),
            ("soon", None),
            ("09/05/25 00:00", Some("2025-05-09")),
            ("09/05/25 (revised 12/06/25)", None),
            ("12/06/25Tuesday", None),
            ("12/06/25 ?", None),
            ("1/2/3/4", None),
        ] {
            assert_eq!(date(text).map(|d| d.iso()).as_deref(), iso, "{text:?}");
        }
    }
}
