//! Phrases for how much is held.

use crate::dataset::{Dataset, Framework};
use crate::statistics::{Coverage, coverage};
use crate::text::plural;

/// Says how much is held of a framework, from when to when, and that nothing is known of the time after: "321 assessments, of 153
/// of the 153 councils of today, and 3 of others, 12 March 2018 to 20 August 2026; nothing after 20 August 2026 was looked at".
pub fn held(dataset: &Dataset, framework: &Framework) -> String {
    let Coverage { authorities, of, assessments, of_others, with_mark, days, looked } = coverage(dataset, framework);
    let days = match days {
        Some((first, last)) if first == last => format!(", of {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let of_today = usize::try_from(assessments.saturating_sub(of_others)).unwrap_or(usize::MAX);
    let count = plural(of_today, "assessment", "assessments");
    let others = if of_others > 0 { format!(", and {of_others} of others") } else { String::new() };
    let marked = if with_mark > 0 { format!(", {with_mark} worked out or collected by others") } else { String::new() };
    let looked = looked.map(|day| format!("; nothing after {day} was looked at")).unwrap_or_default();
    format!("{count}, of {authorities} of the {of} councils of today{others}{days}{marked}{looked}")
}
