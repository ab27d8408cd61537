//! Phrases for what inspectors asked to improve.

use crate::dataset::{AsAt, Assessment, Code, Recommendation, ReportCoverage};
use crate::statistics::Asked;

/// That words and codes of recommendations are ours.
pub const OUR_WORDS: &str = "What inspectors asked for is in our words; subjects and practices are our coding";

/// What the mark "(again)" means.
pub const AGAIN: &str = "Again: the inspection before asked about the same subject too (of what is asked for all children, about the same practice)";

/// The heading of what a report asks to improve.
pub const ASKED: &str = "What inspectors asked to improve";

/// Formats the grades of the judgement that a recommendation bears on, then and since: "R → G → G".
pub fn grades_since(asked: &Asked<'_>, as_at: Option<AsAt>) -> String {
    let framework = &asked.assessment.framework;
    let judgements = asked.judgement().into_iter().chain(asked.since(as_at));
    judgements.map(|judgement| framework.sign(judgement)).collect::<Vec<_>>().join(" → ")
}

/// Says what an older grade covered, if one of these is of before the judgement was redefined: "Until 1 January 2023 one grade
/// covered children in care and care leavers."
pub fn wider_grades(rows: &[Asked<'_>]) -> Option<String> {
    rows.iter().find_map(|asked| {
        let category = asked.assessment.framework.categories.get(asked.category())?;
        let redefinition = category.redefined.as_ref()?;
        let is_older = asked.assessment.order_day()?.last_day() < redefinition.on.first_day();
        is_older.then(|| format!("Until {} one grade covered {}.", redefinition.on, redefinition.was.to_lowercase()))
    })
}

/// Says why nothing is known of what a report asks to improve; `None` if it lists something, or nothing is said about it.
pub fn nothing_listed_in_report(assessment: &Assessment) -> Option<&'static str> {
    match assessment.recommendations.as_ref()?.coverage {
        ReportCoverage::Listed => None,
        ReportCoverage::NoneListed => Some("The report has no list of what needs to improve."),
        ReportCoverage::NotHeld => Some("Our sources do not hold the report, so what it asks to improve is not known."),
    }
}

/// Names the subjects and practices of a recommendation: "care leavers: planning, support".
pub fn codes(recommendation: &Recommendation) -> String {
    let labels = |codes: &[std::sync::Arc<Code>]| {
        codes.iter().map(|code| code.label.to_lowercase()).collect::<Vec<_>>().join(", ")
    };
    format!("{}: {}", labels(&recommendation.subjects), labels(&recommendation.practices))
}
