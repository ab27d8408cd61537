//! What was found about the area partnership, of the council and the health services: a block of its own, never mixed with the
//! council's inspections.

use super::history::{DATE, dated, happened};
use crate::app::page::{Figure, Line, Lines, Role, outcome_role, paragraph};
use crate::dataset::{AsAt, Assessment, Authority, EventKind};
use crate::text::capitalized;
use crate::wording;

/// Returns a line for each inspection of the area partnership, given by their positions, and for each visit made again; nothing if
/// there is none.
pub fn page(authority: &Authority, order: &[usize], events: &[usize], as_at: Option<AsAt>, width: usize) -> Lines {
    let inspections: Vec<(usize, &Assessment)> = order
        .iter()
        .filter_map(|position| Some((*position, authority.assessments.get(*position)?)))
        .filter(|(_, assessment)| !assessment.framework.is_of_council())
        .collect();
    let Some((_, newest)) = inspections.first() else { return Lines::new() };
    let body = newest.framework.body.as_deref().unwrap_or_default();
    let title = format!("Special educational needs: the {body}, not the council alone");
    let mut page: Lines = std::iter::once(Line::new()).chain(paragraph(&title, width, 0, Role::Heading)).collect();
    let revisits = events.iter().filter_map(|at| Some((*at, authority.events.get(*at)?)));
    let mut revisits = revisits.filter(|(_, event)| event.kind == EventKind::SendRevisit).peekable();
    for (position, assessment) in inspections {
        while let Some((at, event)) = revisits.next_if(|(_, event)| event.order_day() > assessment.order_day()) {
            page.extend(happened((at, event), as_at, width));
        }
        page.extend(inspection(position, assessment, width));
    }
    revisits.for_each(|(at, event)| page.extend(happened((at, event), as_at, width)));
    page
}

/// Returns the lines of an inspection: when it was published, the outcome in words, and what else is known of it.
fn inspection(position: usize, assessment: &Assessment, width: usize) -> Lines {
    let framework = &assessment.framework;
    let date = dated(assessment.date);
    let details = assessment.visit.as_ref().and_then(|visit| visit.details.as_deref());
    let mut page = Lines::new();
    for (category, judgement) in assessment.judgements.iter().enumerate() {
        let words = capitalized(&wording::outcome(framework, judgement.outcome));
        let role = outcome_role(&framework.scale, judgement.outcome);
        let line = Line::new().with(date.clone(), Role::Plain).padded(DATE);
        let line = line.with(words, role);
        page.push(line.for_figure(Figure::Judgement { assessment: position, category }));
    }
    let support = assessment.judgements.iter().find(|judgement| !judgement.mark().is_empty());
    page.extend(support.iter().flat_map(|one| paragraph(wording::support(one.certainty), width, DATE, Role::Faint)));
    page.extend(details.iter().flat_map(|details| paragraph(details, width, DATE, Role::Faint)));
    page
}
