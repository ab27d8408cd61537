//! Dates known to the year, the month or the day.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A date as precise as its source: a year, a month of a year, or a day.
///
/// A date known only to its month or year counts as its last day, and sorts after that day itself: something
/// published "in December 2017" had not yet been published on 8 December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    pub(super) year: i16,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

/// The error returned if a text is not a valid date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no date of the calendar")]
pub struct InvalidDate;

impl FromStr for Date {
    type Err = InvalidDate;

    /// Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut parts = text.split('-');
        let year = digits(parts.next(), 4)?.ok_or(InvalidDate)?;
        let month = digits(parts.next(), 2)?;
        let day = digits(parts.next(), 2)?;
        if parts.next().is_some() {
            return Err(InvalidDate);
        }
        let month = month.map(i8::try_from).transpose().map_err(|_| InvalidDate)?;
        let day = day.map(i8::try_from).transpose().map_err(|_| InvalidDate)?;
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| InvalidDate)?;
        Ok(Self { year, month, day })
    }
}

fn digits(part: Option<&str>, count: usize) -> Result<Option<i16>, InvalidDate> {
    let Some(part) = part else { return Ok(None) };
    if part.len() != count || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InvalidDate);
    }
    part.parse().map(Some).map_err(|_| InvalidDate)
}

impl Date {
    /// Returns the date of today where the program runs; `None` if the system does not know.
    pub fn today() -> Option<Self> {
        let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system()).date();
        Self::of_day(today.year(), today.month(), today.day())
    }

    /// Returns the day of the week, with Monday as 0; `None` unless it is known to the day.
    pub fn weekday(&self) -> Option<usize> {
        let weekday = jiff::civil::Date::new(self.year, self.month?, self.day?).ok()?.weekday();
        usize::try_from(weekday.to_monday_zero_offset()).ok()
    }

    /// Creates a date known to the day; `None` if the calendar has no such day.
    pub fn of_day(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self { year, month: Some(month), day: Some(day) })
    }

    /// Returns the year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Returns a number that orders dates by their last day; never 0.
    pub fn ordinal(&self) -> u32 {
        let part = |part: Option<i8>| u32::from(part.unwrap_or(0).unsigned_abs());
        let last = self.last_day();
        (u32::from(last.year.unsigned_abs()) * 13 + part(last.month)) * 32 + part(last.day)
    }

    /// Returns the first day of the year or month, or the day itself.
    pub fn first_day(&self) -> Self {
        Self { year: self.year, month: self.month.or(Some(1)), day: self.day.or(Some(1)) }
    }

    /// Returns the last day of the year or month, or the day itself.
    pub fn last_day(&self) -> Self {
        let month = self.month.unwrap_or(12);
        let days = || jiff::civil::Date::new(self.year, month, 1).map_or(31, jiff::civil::Date::days_in_month);
        Self { year: self.year, month: Some(month), day: Some(self.day.unwrap_or_else(days)) }
    }

    /// Returns the last quarter end before this date.
    pub fn quarter_before(&self) -> Option<Self> {
        let today = self.last_day();
        let ends = QUARTER_ENDS
            .iter()
            .rev()
            .find_map(|(month, day)| Self::of_day(self.year, *month, *day).filter(|end| *end < today));
        ends.or_else(|| Self::of_day(self.year - 1, 12, 31))
    }

    /// Returns the first quarter end after this date.
    pub fn quarter_after(&self) -> Option<Self> {
        let today = self.last_day();
        let ends = QUARTER_ENDS
            .iter()
            .find_map(|(month, day)| Self::of_day(self.year, *month, *day).filter(|end| *end > today));
        ends.or_else(|| Self::of_day(self.year + 1, 3, 31))
    }

    /// Returns the day a number of days before this date, counted from its last day; `None` outside the calendar.
    pub fn days_before(&self, days: i64) -> Option<Self> {
        let last = self.last_day();
        let date = jiff::civil::Date::new(last.year, last.month?, last.day?).ok()?;
        let before = date.checked_sub(jiff::Span::new().try_days(days).ok()?).ok()?;
        Self::of_day(before.year(), before.month(), before.day())
    }

    /// Returns the same day some years before, counted from its last day; `None` outside the calendar.
    pub fn years_before(&self, years: i16) -> Option<Self> {
        let last = self.last_day();
        let date = jiff::civil::Date::new(last.year, last.month?, last.day?).ok()?;
        let before = date.checked_sub(jiff::Span::new().try_years(years).ok()?).ok()?;
        Self::of_day(before.year(), before.month(), before.day())
    }

    /// Returns the day after this date, counted from its last day; `None` outside the calendar.
    pub fn day_after(&self) -> Option<Self> {
        self.days_before(-1)
    }

    /// Whether it is known to the day.
    pub fn is_day(&self) -> bool {
        self.day.is_some()
    }

    /// Returns the number of days from this date to a later one; `None` unless both are known to the day.
    pub fn days_until(&self, later: Self) -> Option<i32> {
        let day = |date: &Self| jiff::civil::Date::new(date.year, date.month?, date.day?).ok();
        Some(day(self)?.until(day(&later)?).ok()?.get_days())
    }

    /// Returns by how many days two dates of one event can differ if they are near: [`NEAR_DAYS`] at most. Files date a
    /// report a day early, a month late, or with day and month mixed up, which counts as one day more than that. A date known only
    /// to its month or year is near the days in it. `None` if the dates are not near.
    pub fn nearness(&self, other: Self) -> Option<u32> {
        let Some(days) = self.days_until(other) else {
            return (!self.contradicts(other)).then_some(u32::from(*self != other));
        };
        let is_swapped = self.year == other.year && (self.month, self.day) == (other.day, other.month);
        let near = Some(days.unsigned_abs()).filter(|days| *days <= NEAR_DAYS);
        near.or(is_swapped.then_some(NEAR_DAYS + 1))
    }

    /// Whether two dates cannot both be right: neither is the other, known less exactly.
    pub fn contradicts(&self, other: Self) -> bool {
        let holds =
            |one: &Self, other: &Self| one.first_day() <= other.first_day() && other.last_day() <= one.last_day();
        !holds(self, &other) && !holds(&other, self)
    }

    /// Returns the number of whole months from this date to a later one; `None` unless both are known to the day.
    pub fn months_until(&self, later: Self) -> Option<i32> {
        let months = i32::from(later.year - self.year) * 12 + i32::from(later.month? - self.month?);
        Some(months - i32::from(later.day? < self.day?))
    }

    /// Formats the date as in the JSON format: `2006-11-01`, `2006-11` or `2006`.
    pub fn iso(&self) -> String {
        let mut text = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text
    }
}

impl Date {
    /// Returns the month and the year in a few letters: "Sep 23"; the year alone if the month is not known.
    pub fn month_and_year(&self) -> String {
        self.short_month().map_or(self.year.to_string(), |month| format!("{month} {:02}", self.year.rem_euclid(100)))
    }

    /// Returns the month and the whole year: "Sep 2023"; the year alone if the month is not known.
    pub fn month_and_whole_year(&self) -> String {
        self.short_month().map_or(self.year.to_string(), |month| format!("{month} {}", self.year))
    }

    /// Returns the day, the month in three letters and the year, as far as they are known: "28 Aug 2026".
    pub fn day_and_month(&self) -> String {
        let day = self.day.map(|day| format!("{day} ")).unwrap_or_default();
        day + &self.month_and_whole_year()
    }

    fn short_month(&self) -> Option<&'static str> {
        self.month.and_then(month_name).and_then(|name| name.get(..3))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |date: &Self| {
            (date.year, date.last_day().month, date.last_day().day, date.day.is_none(), date.month.is_none())
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    /// Writes the date in words: `1 November 2006`, `November 2006` or `2006`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(day) = self.day {
            write!(f, "{day} ")?;
        }
        if let Some(month) = self.month.and_then(month_name) {
            write!(f, "{month} ")?;
        }
        write!(f, "{}", self.year)
    }
}

/// How many days two dates of one inspection may differ. No two inspections of an authority are as near as that.
pub const NEAR_DAYS: u32 = 100;

/// The month and day of the last day of each quarter.
const QUARTER_ENDS: [(i8, i8); 4] = [(3, 31), (6, 30), (9, 30), (12, 31)];

fn month_name(month: i8) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::try_from(month).ok()?.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_what_is_known() {
        for (iso, words) in [("2006-11-01", "1 November 2006"), ("2006-11", "November 2006"), ("2010", "2010")] {
            let date: Date = iso.parse().unwrap();
            assert_eq!((date.iso().as_str(), date.to_string().as_str()), (iso, words));
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["2006-02-30", "2006-13", "06-11-01", "2006-1-1", "2006-11-01-05", "", "2006-", "November"] {
            assert_eq!(text.parse::<Date>(), Err(InvalidDate), "{text}");
        }
    }

    #[test]
    fn steps_by_quarters() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (day, before, after) in [
            ("2024-03-31", "2023-12-31", "2024-06-30"),
            ("2024-04-01", "2024-03-31", "2024-06-30"),
            ("2024-12-31", "2024-09-30", "2025-03-31"),
            ("2024", "2024-09-30", "2025-03-31"),
        ] {
            assert_eq!(date(day).quarter_before(), Some(date(before)), "{day}");
            assert_eq!(date(day).quarter_after(), Some(date(after)), "{day}");
        }
        assert_eq!(date("2024-02-28").days_until(date("2024-03-01")), Some(2));
        assert_eq!(date("2024-02").days_until(date("2024-03-01")), None);
    }

    #[test]
    fn near_days_are_at_most_a_hundred_apart_or_day_and_month_swapped() {
        let near = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|text| text.parse::<Date>().unwrap());
            assert_eq!(one.nearness(other), other.nearness(one));
            one.nearness(other)
        };
        assert_eq!(near("2022-03-04", "2022-03-04"), Some(0));
        assert_eq!(near("2022-03-04", "2022-03-03"), Some(1));
        assert_eq!(near("2022-01-01", "2022-04-11"), Some(100));
        assert_eq!(near("2022-01-01", "2022-04-12"), None);
        assert_eq!(near("2021-12-31", "2022-04-10"), Some(100), "across the end of a year");
        assert_eq!(near("2022-02-11", "2022-11-02"), Some(101), "day and month swapped");
        assert_eq!(near("2021-02-11", "2022-11-02"), None, "swapped, in another year");
        assert_eq!(near("2022-02-11", "2022-10-02"), None);
        assert_eq!((near("2017-12", "2017-12-18"), near("2017-12", "2018-01-02")), (Some(1), None));
        assert_eq!((near("2009", "2009"), near("2009", "2010"), near("2009", "2009-12")), (Some(0), None, Some(1)));
    }

    #[test]
    fn orders_by_number_as_by_date() {
        let dates = ["2006-11-01", "2006-11-30", "2006-11", "2006-12-31", "2006-12", "2006", "2007-01-01"];
        let dates = dates.map(|t| t.parse::<Date>().unwrap());
        assert!(dates.windows(2).all(|pair| pair[0] < pair[1] && pair[0].ordinal() <= pair[1].ordinal()));
    }

    #[test]
    fn counts_a_less_exact_date_from_its_last_day() {
        for (date, first, last) in [
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2017", "2017-01-01", "2017-12-31"),
            ("2017-12-08", "2017-12-08", "2017-12-08"),
        ] {
            let date: Date = date.parse().unwrap();
            assert_eq!((date.first_day().iso().as_str(), date.last_day().iso().as_str()), (first, last));
        }
        let [december, day] = ["2017-12", "2017-12-08"].map(|t| t.parse::<Date>().unwrap());
        assert!(december > day);
    }
}
