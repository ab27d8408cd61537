//! How figures are put into words.

use crate::dataset::{Claim, Framework, Target, Value};
use crate::statistics;

/// "a", "a and b", "a, b and c".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What a claim counts: "Good or better", "Outstanding in all three".
pub fn claim(claim: &Claim) -> String {
    let grades = grades(claim);
    match claim.target {
        Target::Category(_) => grades,
        Target::All => format!("{grades} in all {}", number(claim.framework.categories.len())),
        Target::Assessed => "Assessed".to_owned(),
    }
}

/// The category a claim is about; `None` where it is about all of them.
pub fn claim_category(claim: &Claim) -> Option<&str> {
    match claim.target {
        Target::Category(position) => claim.framework.categories.get(position).map(|c| c.label.as_str()),
        Target::All | Target::Assessed => None,
    }
}

fn grades(claim: &Claim) -> String {
    let framework: &Framework = &claim.framework;
    if claim.grades.len() > 1 && claim.grades == framework.scale.good_grades() {
        return "Good or better".to_owned();
    }
    let names: Vec<&str> =
        claim.grades.iter().filter_map(|g| framework.scale.step(*g)).map(|s| s.word.as_str()).collect();
    names.join(" or ")
}

/// A published figure with what it is a share of: "86 of 102 (84%)".
pub fn figure(claim: &Claim) -> String {
    match (claim.value, claim.of) {
        (Value::Count(count), Some(of)) => format!("{count} of {of}{}", in_brackets(percent(count, of))),
        (Value::Count(count), None) => format!("{count}, of how many is not said"),
        (Value::Percent(percent), Some(of)) => format!("{percent}% of {of}"),
        (Value::Percent(percent), None) => format!("{percent}%, of how many is not said"),
    }
}

fn in_brackets(percent: Option<String>) -> String {
    percent.map(|p| format!(" ({p})")).unwrap_or_default()
}

/// A share in whole percent; `None` of fewer than ten.
pub fn percent(part: u32, whole: u32) -> Option<String> {
    statistics::percent(part, whole).map(|percent| format!("{percent:.0}%"))
}

/// Small numbers in words.
fn number(count: usize) -> String {
    const WORDS: [&str; 10] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |w| (*w).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_one_says_it() {
        let all: Vec<String> = ["services", "social care", "capacity"].map(String::from).into();
        assert_eq!(list(&all), "services, social care and capacity");
        assert_eq!(list(&all[..1]), "services");
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn says_no_percentage_of_few() {
        assert_eq!((percent(0, 0), percent(7, 9)), (None, None));
        assert_eq!(percent(86, 102).as_deref(), Some("84%"));
    }
}
