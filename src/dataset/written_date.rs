//! Dates as people and programs write them, in the cells of tables and on the command line: the only parser of dates but
//! that of the JSON format.

use super::Date;
use crate::text;

/// Which comes first in a date that consists of numbers: `3/4/2025`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// The day, as in Britain.
    #[default]
    DayFirst,
    /// The month, as in the United States.
    MonthFirst,
}

/// The forms in which a date is written that need a word of explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateForm {
    /// Day, month and year in numbers, or an ISO date, with or without a time.
    Usual,
    /// Month before day, in numbers.
    MonthFirst,
    /// In words, or with other separators.
    Other,
    /// A serial number, as spreadsheets store dates.
    Serial,
}

/// A date as written, or the first and the last day of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDate {
    /// The date, or the first day.
    pub first: Date,
    /// The last day, of a range.
    pub last: Option<Date>,
    /// The form in which it is written.
    pub form: DateForm,
}

/// The numbers that spreadsheets give the days from 1 January 2000 to 31 July 2050.
const SERIALS: std::ops::RangeInclusive<f64> = 36_526.0..=55_000.0;

/// The names of the months; any three or more of their first letters are an abbreviation.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The names of the days of the week, Monday first, abbreviated likewise.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The length of the longest date, in bytes.
const MAX_LENGTH: usize = 80;

/// What separates day, month and year.
const SEPARATORS: [char; 6] = ['/', '.', '-', '\\', ',', ' '];

/// What separates the two days of a range.
const RANGES: [&str; 7] = [" - ", "–", "—", " to ", " until ", " and ", " & "];

/// The first year of a date that is typed.
const FIRST_YEAR: i16 = 1990;

/// Why a typed date is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTyped {
    /// It is no date, or a day that the calendar does not have.
    #[error("expected a day of the calendar, as in 2026-03-01 or \"1 March 2026\"")]
    NoDate,
    /// Its year is before the first one, or after the last one, which is given too.
    #[error("the year {0} is not between {FIRST_YEAR} and {1}; name a day as in 2026-03-01 or \"1 March 2026\"")]
    Outside(i16, i16),
}

impl Date {
    /// Parses a date as people type it, in any form of [`written_date`] but a range. If today's date is unknown, so is next
    /// year, and no year is too late.
    ///
    /// # Errors
    /// If it is anything else, a day that the calendar does not have, or in a year before 1990 or after next year.
    pub fn as_typed(text: &str, today: Option<Self>) -> Result<Self, NotTyped> {
        let last = today.map_or(i16::MAX, |today| today.year.saturating_add(1));
        let written = written_date(text, DayOrder::DayFirst).filter(|written| written.last.is_none());
        let date = written.ok_or(NotTyped::NoDate)?.first;
        match (FIRST_YEAR..=last).contains(&date.year) {
            true => Ok(date),
            false => Err(NotTyped::Outside(date.year, last)),
        }
    }

    /// Whether something that happened can have this date: it is not before 1990, nor more than a year after today.
    pub fn is_plausible(&self) -> bool {
        let last = Self::today().map_or(i16::MAX, |today| today.year.saturating_add(1));
        (FIRST_YEAR..=last).contains(&self.year)
    }
}

/// Parses a date or a range of days: `17 March 2025`, `17th Mar 25`, `Monday 17 March 2025`, `17/03/25`, `17.3.2025`,
/// `2025-03-17T00:00`, `20250317`, `March 2025`, `2025`, `17 to 28 March 2025`. Two digits of a year are of this century.
/// `None` for anything else, for a day that the calendar does not have, and for a day that is not on the weekday named.
pub fn written_date(text: &str, order: DayOrder) -> Option<WrittenDate> {
    let text = tidy(text);
    if let Some((first, form)) = date(&text, order) {
        return Some(WrittenDate { first, last: None, form });
    }
    // A remark in brackets, and dashes between numbers, as in "17–03–2025 (revised)".
    let is_remark = |words: &str| words.ends_with(')') && !words.bytes().any(|byte| byte.is_ascii_digit());
    let bare = text.split_once(" (").filter(|(_, words)| is_remark(words)).map_or(text.as_str(), |(date, _)| date);
    let dashed = bare.replace(['–', '—', '‑'], "-").replace(" of ", " ");
    if let Some((first, _)) = [bare, dashed.as_str()].into_iter().find_map(|text| date(text, order)) {
        return Some(WrittenDate { first, last: None, form: DateForm::Other });
    }
    // An interval as in the international standard: "2025-03-17/2025-03-28".
    let ends = text.split_once('/').filter(|(first, last)| first.len() == 10 && last.len() == 10);
    if let Some(((first, _), (last, _))) = ends.and_then(|(first, last)| date(first, order).zip(date(last, order))) {
        return (first <= last).then_some(WrittenDate { first, last: Some(last), form: DateForm::Other });
    }
    let (first, last) = range(&text, order)?;
    (first <= last).then_some(WrittenDate { first, last: Some(last), form: DateForm::Other })
}

/// Parses a serial date number of a spreadsheet, of a day from 2000 to 2050: `45425`, `45425.0`. Other numbers are no dates. `first` is
/// the number of the spreadsheet's day 0: 0 unless it counts from 1904.
pub fn serial_date(text: &str, first: u32) -> Option<Date> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let serial = text.parse::<f64>().ok().filter(|_| is_number)? + f64::from(first);
    if !SERIALS.contains(&serial) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the time of day is left out")]
    let days = serial as i64;
    Date::of_day(1899, 12, 30)?.days_before(-days)
}

/// Returns which of day and month comes first in a date or a range, if it shows that: it is a date in that order only. One of the
/// numbers is greater than twelve, or the weekday is named. `None` if it shows nothing.
pub fn shown_order(text: &str) -> Option<DayOrder> {
    match in_both_orders(text) {
        [Some(_), None] => Some(DayOrder::DayFirst),
        [None, Some(_)] => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// Whether a text is a date or a range which is another one, or none, if day and month are mixed up.
pub fn depends_on_order(text: &str) -> bool {
    let [day_first, month_first] = in_both_orders(text);
    day_first != month_first
}

/// Parses a date or a range with the day first, and with the month first.
fn in_both_orders(text: &str) -> [Option<(Date, Option<Date>)>; 2] {
    [DayOrder::DayFirst, DayOrder::MonthFirst]
        .map(|order| written_date(text, order).map(|written| (written.first, written.last)))
}

/// Returns a text in lower case with single spaces, without invisible characters and a final full stop. Of a text that is longer
/// than any date, nothing is left.
fn tidy(text: &str) -> String {
    if text.len() > MAX_LENGTH {
        return String::new();
    }
    text::tidy(text).to_lowercase().trim_end_matches(['.', ',']).trim_end().to_owned()
}

/// Parses two days; the first may lack month and year, which are those of the second.
fn range(text: &str, order: DayOrder) -> Option<(Date, Date)> {
    let split = RANGES.iter().find_map(|between| text.split_once(between));
    // "17-28 March 2025", but not "17-03-2025".
    let (first, last) = split.or_else(|| text.split_once('-'))?;
    let (last_day, _) = date(last.trim(), order).filter(|(day, _)| day.is_day())?;
    let words: Vec<&str> = last.split_whitespace().collect();
    let rest = |skipped: usize| words.get(skipped..).unwrap_or_default().join(" ");
    let whole =
        [first.trim().to_owned(), format!("{} {}", first.trim(), rest(1)), format!("{} {}", first.trim(), rest(2))];
    let first_day = whole.iter().filter_map(|text| date(text, order)).map(|(day, _)| day).find(Date::is_day)?;
    Some((first_day, last_day))
}

/// Parses one date of a tidy text.
fn date(text: &str, order: DayOrder) -> Option<(Date, DateForm)> {
    let (text, has_time) = without_time(text);
    let separator = text.chars().find(|c| SEPARATORS.contains(c));
    let is_usual = text.chars().filter(|c| SEPARATORS.contains(c)).all(|c| Some(c) == separator);
    let mut parts: Vec<&str> = text.split(SEPARATORS).filter(|part| !part.is_empty()).collect();
    let weekday = take_weekday(&mut parts);
    let (date, form) = match parts.as_slice() {
        [day] if day.len() == 8 && separator.is_none() => {
            let (year, rest) = day.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            (of_day(number(year)?, number(month)?, number(day)?)?, DateForm::Other)
        }
        [year] if year.len() == 4 && !has_time => (of_year(number(year)?)?, DateForm::Other),
        [year, month, day] if year.len() == 4 && is_number(year) => {
            let month = month_of(month)?;
            let form = if separator == Some('-') { DateForm::Usual } else { DateForm::Other };
            (of_day(number(year)?, month, day_of(day)?)?, form)
        }
        [first, second, year] if is_number(first) && is_number(second) => {
            let (day, month) = match order {
                DayOrder::DayFirst => (first, second),
                DayOrder::MonthFirst => (second, first),
            };
            let form = match order {
                DayOrder::MonthFirst => DateForm::MonthFirst,
                DayOrder::DayFirst if separator == Some('/') => DateForm::Usual,
                DayOrder::DayFirst => DateForm::Other,
            };
            let is_short = first.len() <= 2 && second.len() <= 2 && (is_usual || text.contains(' '));
            (of_day(year_of(year)?, number(month)?, number(day)?).filter(|_| is_short)?, form)
        }
        [day, month, year] if month_name(month).is_some() => {
            (of_day(year_of(year)?, month_name(month)?, day_of(day)?)?, DateForm::Other)
        }
        [month, day, year] if month_name(month).is_some() && year.len() == 4 => {
            (of_day(year_of(year)?, month_name(month)?, day_of(day)?)?, DateForm::Other)
        }
        [month, year] if year.len() == 4 && !has_time => (of_month(number(year)?, month_of(month)?)?, DateForm::Other),
        [year, month] if year.len() == 4 && !has_time => (of_month(number(year)?, month_of(month)?)?, DateForm::Other),
        _ => return None,
    };
    weekday.is_none_or(|weekday| date.weekday() == Some(weekday)).then_some((date, form))
}

/// Leaves out the time after a date: `t00:00:00.000z`, ` 09:30 am`, ` 00:00:00+01:00`. Also returns whether there is one.
fn without_time(text: &str) -> (&str, bool) {
    let is_time = |time: &str| {
        let time = time.trim_end_matches(['a', 'p', 'm', ' ', 'z']);
        time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || b":.+-".contains(&byte))
    };
    // "t" is in the names of months and weekdays, too.
    let cut = text.char_indices().filter(|(_, c)| matches!(c, 't' | ' ')).map(|(at, _)| at);
    let before = cut.filter_map(|at| Some((text.get(..at)?, text.get(at + 1..)?))).find(|(_, time)| is_time(time));
    before.map_or((text, false), |(date, _)| (date, true))
}

/// Removes the name of a weekday at either end; returns its number, with Monday as 0.
fn take_weekday(parts: &mut Vec<&str>) -> Option<usize> {
    let named = |part: &&str| {
        let is_it = |name: &&str| part.len() >= 3 && name.starts_with(*part);
        WEEKDAYS.iter().position(is_it)
    };
    if let Some(weekday) = parts.first().and_then(named) {
        parts.remove(0);
        return Some(weekday);
    }
    let weekday = parts.last().and_then(named)?;
    parts.pop();
    Some(weekday)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Option<i16> {
    text.parse().ok().filter(|_| is_number(text))
}

/// Parses a day, which may be an ordinal: `17th`.
fn day_of(text: &str) -> Option<i16> {
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending));
    number(ordinal.unwrap_or(text)).filter(|day| *day <= 31)
}

/// Parses a month in numbers or in words.
fn month_of(text: &str) -> Option<i16> {
    month_name(text).or_else(|| number(text).filter(|_| text.len() <= 2))
}

fn month_name(text: &str) -> Option<i16> {
    let is_it = |name: &&str| (text.len() >= 3 && name.starts_with(text)) || (text == "sept" && **name == *"september");
    let position = MONTHS.iter().position(is_it)?;
    i16::try_from(position + 1).ok()
}

/// Parses a year of four digits, or of two of this century.
fn year_of(text: &str) -> Option<i16> {
    match text.len() {
        2 => Some(2000 + number(text)?),
        4 => number(text),
        _ => None,
    }
}

fn of_day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::of_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn of_month(year: i16, month: i16) -> Option<Date> {
    of_day(year, month, 1).map(|date| Date { day: None, ..date })
}

fn of_year(year: i16) -> Option<Date> {
    of_day(year, 1, 1).map(|date| Date { month: None, day: None, ..date })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> String {
        written_date(text, DayOrder::DayFirst).map_or_else(String::new, |date| {
            let last = date.last.map(|last| format!(" to {}", last.iso())).unwrap_or_default();
            date.first.iso() + &last
        })
    }

    #[test]
    fn one_day_is_read_in_every_form() {
        let forms = "17 March 2025|17th March 2025|17 Mar 25|17-Mar-25|17-Mar-2025|Monday 17 March 2025|Mon, 17 March 2025|\
            17.03.2025|17-03-2025|17/3/2025|17/03/25|17-03-25|2025/03/17|20250317|2025-03-17|2025-03-17T00:00:00.000Z|\
            2025-03-17 00:00:00|17/03/2025 00:00:00|2025-03-17T09:30:00+01:00|17/03/2025 9:30 AM|17 / 03 / 2025|17/03/2025.|\
            17\\03\\2025|17/Mar/2025|\u{a0}17\u{a0}March\u{2009}2025 |March 17, 2025|17 MARCH 2025|17\u{200b}/03/2025";
        for text in forms.split('|') {
            assert_eq!(iso(text), "2025-03-17", "{text:?}");
        }
    }

    #[test]
    fn months_years_and_ranges_are_read_as_such() {
        let range = "2025-03-17 to 2025-03-28";
        for (texts, wanted) in [
            ("March 2025|Mar 2025|2025-03|03/2025", "2025-03"),
            ("2025", "2025"),
            ("1 Sept 2025", "2025-09-01"),
            ("29/02/2024", "2024-02-29"),
            ("17/03/25 - 28/03/25|17 to 28 March 2025|17–28 March 2025|17-28 March 2025", range),
            ("Monday 17 March 2025 to Friday 28 March 2025", range),
            ("24 March to 4 April 2025", "2025-03-24 to 2025-04-04"),
        ] {
            for text in texts.split('|') {
                assert_eq!(iso(text), wanted, "{text:?}");
            }
        }
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        let texts = "|soon|31/02/2025|03/17/2025|29/02/2023|1/2/3/4|1/2/345|Tuesday 17 March 2025|09/05/25 (revised 12/06/25)|\
            12/06/25Tuesday|12/06/25 ?|w/c 17/03/2025|Mar-25|45425|2|28 to 17 March 2025|17 March|12/34567|T|10:30|\
            ٣/٤/٢٠٢٥|0/0/2025";
        for text in texts.split('|') {
            assert_eq!(iso(text), "", "{text:?}");
        }
    }

    #[test]
    fn only_numbers_of_days_from_2000_to_2050_are_serials() {
        let iso = |text: &str| serial_date(text, 0).map(|date| date.iso()).unwrap_or_default();
        let found = ["36526", "45425", "44685.0", "45425.99", "55000"].map(iso);
        assert_eq!(found, ["2000-01-01", "2024-05-13", "2022-05-04", "2024-05-13", "2050-07-31"]);
        assert_eq!(["36525", "55001", "2025", "-45425", "4e4", "inf", ""].map(iso), [""; 7]);
    }

    #[test]
    fn only_a_day_after_the_twelfth_shows_which_comes_first() {
        let orders = ["25/04/2025", "04/25/2025", "04/05/2025", "25 April 2025", "2025-04-25", "25/25/2025"];
        let (day, month) = (Some(DayOrder::DayFirst), Some(DayOrder::MonthFirst));
        assert_eq!(orders.map(shown_order), [day, month, None, None, None, None]);
        let read = written_date("03/05/2025", DayOrder::MonthFirst).unwrap();
        assert_eq!((read.first.iso().as_str(), read.form), ("2025-03-05", DateForm::MonthFirst));
        assert_eq!(
            written_date("17 March 2025", DayOrder::MonthFirst).map(|date| date.first.iso()).as_deref(),
            Some("2025-03-17")
        );
    }

    #[test]
    fn a_typed_date_has_a_year_of_two_or_four_digits_from_1990_to_next_year() {
        let today = Date::of_day(2026, 9, 1);
        for (typed, iso) in [
            ("31/03/24", "2024-03-31"),
            ("1/3/27", "2027-03-01"),
            ("1 March 24", "2024-03-01"),
            ("1 Mar 2024", "2024-03-01"),
            ("1/3/2026", "2026-03-01"),
            (" 2027 ", "2027"),
            ("1990-01", "1990-01"),
        ] {
            assert_eq!(Date::as_typed(typed, today).map(|date| date.iso()), Ok(iso.to_owned()), "{typed}");
        }
        for (typed, year) in [
            ("2028-01-01", 2028),
            ("1989", 1989),
            ("0024-03-31", 24),
            ("1/1/0024", 24),
            ("1/1/28", 2028),
            ("01/01/98", 2098),
        ] {
            assert_eq!(Date::as_typed(typed, today), Err(NotTyped::Outside(year, 2027)), "{typed}");
        }
        for typed in ["30/02/24", "31/04/2024", "24", "soon", "", "1/1", "1/1/202"] {
            assert!(Date::as_typed(typed, today).is_err(), "{typed}");
        }
        assert_eq!(Date::as_typed("9999", None).map(|date| date.year()), Ok(9999));
    }
}
