//! Published figures and shares.

use crate::dataset::{Category, Claim, Framework, Target, Value};
use crate::statistics::{Recount, Verdict};

/// Describes what a claim counts: "Good or better", "Outstanding in all three".
pub fn claim(claim: &Claim) -> String {
    let grades = grades(claim);
    match claim.target {
        Target::Category(_) => grades,
        Target::All => format!("{grades} in all {}", number(claim.framework.categories.len())),
        Target::Assessed => "Assessed".to_owned(),
    }
}

/// Returns the category that a claim is about; `None` if it is not about a single one.
pub fn claim_category(claim: &Claim) -> Option<&Category> {
    match claim.target {
        Target::Category(position) => claim.framework.categories.get(position),
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

/// Names a verdict on a published figure.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Consistent => "fits",
        other => other.name(),
    }
}

/// Says what we count for a published figure: "103 of 153"; "91 to 93 of 153" where some grades are not known; a dash if none is.
pub fn counted_of(recount: &Recount, of: u32) -> String {
    match recount.possible {
        _ if recount.known == 0 => "–".to_owned(),
        Some((low, high)) if low != high => format!("{low} to {high} of {of}"),
        _ => format!("{} of {of}", recount.matching),
    }
}

/// Formats a published figure with the number it is a share of: "86 of 102 (84%)".
pub fn figure(claim: &Claim) -> String {
    match (claim.value, claim.of) {
        (Value::Count(count), Some(of)) => share(count, of),
        (Value::Count(count), None) => format!("{count} (total not stated)"),
        (Value::Percent(percent), Some(of)) => format!("{percent}% of {of}"),
        (Value::Percent(percent), None) => format!("{percent}% (total not stated)"),
    }
}

/// Formats a part of a total with its share: "86 of 102 (84%)"; without a percentage for totals under ten.
pub fn share(part: u32, whole: u32) -> String {
    share_under(None, part, whole)
}

/// Formats a part of those graded under a framework as [`share`] does, without a percentage if it may have none.
pub fn share_under(framework: Option<&Framework>, part: u32, whole: u32) -> String {
    let percent = percent_under(framework, part, whole).map(|percent| format!(" ({percent})")).unwrap_or_default();
    format!("{part} of {whole}{percent}")
}

/// Formats a share of those graded under a framework as [`percent`] does; `None` also if it may have no percentages.
pub fn percent_under(framework: Option<&Framework>, part: u32, whole: u32) -> Option<String> {
    percent(part, whole).filter(|_| framework.is_none_or(Framework::has_percentages))
}

/// Formats a share in whole percent; `None` for totals under ten.
pub fn percent(part: u32, whole: u32) -> Option<String> {
    crate::statistics::rounded_percent(part, whole, 0).map(|percent| format!("{percent}%"))
}

/// Writes numbers under ten as words.
fn number(count: usize) -> String {
    const WORDS: [&str; 10] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |w| (*w).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_no_percentage_of_few() {
        assert_eq!((percent(0, 0), percent(7, 9)), (None, None));
        assert_eq!(percent(86, 102).as_deref(), Some("84%"));
    }
}
