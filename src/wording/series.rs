//! Phrases for the series of overall effectiveness as Ofsted counts it.

use crate::dataset::{Counted, Grade, Published, Value};

/// What the series is, in a sentence.
pub const ABOUT_SERIES: &str = "Overall effectiveness as Ofsted counts it: the latest inspection of each council, under \
                                the inspections of 2013–18 or of today. Published percentages are of all councils that existed on the day, \
                                inspected or not, unless the figure names another number.";

/// What other judgements are counted in the same way, in a sentence.
pub const ABOUT_JUDGEMENTS: &str = "Leaders and help and protection are counted in the same way, though SIF and ILACS do not \
                                    ask quite the same: for leaders, leadership, management and governance under SIF, the \
                                    impact of leaders under ILACS.";

/// Returns the name of a judgement of the series.
pub fn counted(category: Counted) -> &'static str {
    match category {
        Counted::Overall => "Overall effectiveness",
        Counted::Leaders => "Leaders",
        Counted::Help => "Help and protection",
    }
}

/// The grades of both frameworks by their words, best first.
const WORDS: [(Grade, &str); 4] =
    [(Grade(4), "outstanding"), (Grade(3), "good"), (Grade(2), "requires improvement"), (Grade(1), "inadequate")];

/// Describes a published figure: "53% good or better", "29 inadequate", "79% good or better (London)", "56% good or better
/// for leaders".
pub fn series_figure(figure: &Published) -> String {
    let value = match figure.value {
        Value::Count(count) => count.to_string(),
        Value::Percent(percent) => format!("{percent}%"),
    };
    let of = figure.of.map(|of| format!(" of {of}")).unwrap_or_default();
    let region = figure.region.as_ref().map(|region| format!(" ({region})")).unwrap_or_default();
    let judgement = match figure.category {
        Counted::Overall => String::new(),
        category => format!(" for {}", counted(category).to_lowercase()),
    };
    format!("{value} {}{judgement}{of}{region}", grades(&figure.grades))
}

fn grades(counted: &[Grade]) -> String {
    if counted == [Grade(4), Grade(3)] {
        return "good or better".to_owned();
    }
    let named = WORDS.iter().filter(|(grade, _)| counted.contains(grade)).map(|(_, word)| *word);
    named.collect::<Vec<_>>().join(" or ")
}
