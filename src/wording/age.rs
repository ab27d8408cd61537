//! How long ago a day was.

use crate::dataset::Date;
use crate::text::plural;

/// Returns how long before another day a day was: "today", "12 days ago", "5 months ago", "3 years ago", in whole units;
/// `None` if it was later.
pub fn ago(day: Date, today: Date) -> Option<String> {
    let days = day.days_until(today)?;
    let months = day.months_until(today)?;
    match (days, months) {
        (..0, _) => None,
        (0, _) => Some("today".to_owned()),
        (..60, _) => Some(format!("{} ago", plural(days.unsigned_abs() as usize, "day", "days"))),
        (_, ..24) => Some(format!("{} ago", plural(months.unsigned_abs() as usize, "month", "months"))),
        _ => Some(format!("{} ago", plural((months / 12).unsigned_abs() as usize, "year", "years"))),
    }
}

/// The age from which fetched files are called old, in days.
const OLD: i32 = 60;

/// Returns how long ago files were fetched, the longest form first: "fetched 3 days ago", "fetched 3d ago". Empty if they
/// are from a later day.
pub fn fetched(day: Date, today: Date) -> Vec<String> {
    match day.days_until(today) {
        None | Some(..0) => Vec::new(),
        Some(0) => vec!["fetched today".to_owned()],
        Some(days) => {
            let words = format!("fetched {} ago", plural(days.unsigned_abs() as usize, "day", "days"));
            old_files(day, today).into_iter().chain([words, format!("fetched {days}d ago")]).collect()
        }
    }
}

/// Returns a warning if fetched files are old, with what to do about it.
pub fn old_files(day: Date, today: Date) -> Option<String> {
    let days = day.days_until(today).filter(|days| *days >= OLD)?;
    Some(format!("fetched {days} days ago: `scrutineer fetch` brings today's"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_files_were_fetched_is_told_from_the_longest_form_to_the_shortest() {
        let day: Date = "2026-07-01".parse().unwrap();
        let words = |today: &str| fetched(day, today.parse().unwrap());
        assert_eq!(words("2026-07-01"), ["fetched today"]);
        assert_eq!(words("2026-07-02"), ["fetched 1 day ago", "fetched 1d ago"]);
        assert_eq!(words("2026-09-29").last().map(String::as_str), Some("fetched 90d ago"));
        assert_eq!(words("2026-09-29").len(), 3, "that they are old is said first");
        assert_eq!(words("2026-06-30"), [""; 0], "they would be from the future");
    }

    #[test]
    fn how_long_ago_is_told_in_whole_units() {
        let today = Date::of_day(2026, 8, 22).unwrap();
        let words = |year, month, day| ago(Date::of_day(year, month, day).unwrap(), today);
        assert_eq!(words(2026, 8, 23), None);
        assert_eq!(words(2026, 8, 22).unwrap(), "today");
        assert_eq!(words(2026, 8, 21).unwrap(), "1 day ago");
        assert_eq!(words(2026, 5, 23).unwrap(), "2 months ago");
        assert_eq!(words(2024, 8, 23).unwrap(), "23 months ago");
        assert_eq!(words(2024, 8, 22).unwrap(), "2 years ago");
        assert_eq!(words(2023, 6, 2).unwrap(), "3 years ago");
        assert_eq!(ago("2023".parse().unwrap(), today), None);
    }
}
