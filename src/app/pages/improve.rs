//! What inspectors asked a council to improve: at one inspection, and at those before it.

use super::detail::bulleted;
use crate::app::page::{Figure, Line, Lines, Role, paragraph};
use crate::dataset::{AsAt, Assessment, Authority};
use crate::wording;

/// Returns what the report of one inspection asks for, with what was asked for before; nothing if that is not known.
pub fn page(authority: &Authority, position: usize, as_at: Option<AsAt>, width: usize) -> Lines {
    let Some(assessment) = authority.assessments.get(position) else { return Lines::new() };
    if assessment.recommendations.is_none() {
        return Lines::new();
    }
    let mut page = vec![Line::new(), Line::new().with(wording::ASKED, Role::Heading)];
    page.extend(items(authority, assessment, position, as_at, width));
    page
}

/// Returns what the reports of earlier inspections under the same framework ask for, each under its date.
pub fn earlier(authority: &Authority, shown: usize, as_at: Option<AsAt>, width: usize) -> Lines {
    let Some(newest) = authority.assessments.get(shown) else { return Lines::new() };
    let mut page = Lines::new();
    for position in authority.newest_first() {
        let Some(assessment) = authority.assessments.get(position) else { continue };
        let is_earlier = position != shown
            && assessment.framework.is(&newest.framework)
            && assessment.counts_as_at(as_at)
            && assessment.recommendations.is_some();
        if is_earlier {
            let date = assessment.date.map_or("no date".to_owned(), |date| date.to_string());
            page.extend([Line::new(), Line::new().with(format!("Asked by the report of {date}"), Role::Heading)]);
            page.extend(items(authority, assessment, position, as_at, width));
        }
    }
    page
}

fn items(authority: &Authority, assessment: &Assessment, position: usize, as_at: Option<AsAt>, width: usize) -> Lines {
    if let Some(words) = wording::nothing_listed_in_report(assessment) {
        return paragraph(words, width, 0, Role::Faint);
    }
    let before = authority.before_as_at(assessment, as_at);
    let mut page = Lines::new();
    for (number, one) in assessment.recommended().iter().enumerate() {
        let again = if assessment.is_again(one, before) { " (again)" } else { "" };
        let lines = bulleted(&format!("{}{again}", one.words), width, Role::Plain);
        let figure = Figure::Recommendation { assessment: position, number };
        page.extend(lines.into_iter().map(|line| line.for_figure(figure)));
    }
    page
}
