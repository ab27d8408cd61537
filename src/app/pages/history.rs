//! The history of an authority: one line for each inspection, newest first, with a heading for each framework.

use crate::app::page::{Figure, Line, Lines, Role, degree, linked_paragraph, paragraph, spaces};
use crate::dataset::{Assessment, Authority, Date, Judgement, Outcome};
use crate::text::{display_width, truncate};
use crate::wording;

/// The widths of the columns for the date and the kind of visit.
const DATE: usize = 12;
const KIND: usize = 10;

/// Returns how an inspection was carried out, how long ago it was published, and its link.
pub fn facts(assessment: &Assessment, today: Option<Date>, width: usize) -> Lines {
    let mut parts: Vec<String> = assessment.visit.iter().flat_map(|visit| visit.words()).collect();
    parts.extend(today.and_then(|today| wording::ago(assessment.date?, today)));
    let mut page = paragraph(&parts.join(" · "), width, 0, Role::Faint);
    if parts.is_empty() {
        page.clear();
    }
    let link = assessment.origin.as_ref().and_then(|origin| origin.link.as_deref());
    page.extend(link.iter().flat_map(|link| linked_paragraph(link, width, 0)));
    page
}

/// Returns a line for each of these assessments, given by their positions in the authority, newest first.
pub fn page(authority: &Authority, order: &[usize], width: usize) -> Lines {
    let mut page = Lines::new();
    let mut framework = "";
    for position in order {
        let Some(assessment) = authority.assessments.get(*position) else { continue };
        if assessment.framework.id != framework {
            framework = &assessment.framework.id;
            page.push(rule(assessment, width));
            page.push(headers(assessment, width));
        }
        page.push(line(authority, assessment, *position, width));
    }
    page
}

/// Draws a line with the name of the framework: grades above and below it are not comparable.
fn rule(assessment: &Assessment, width: usize) -> Line {
    let framework = &assessment.framework;
    let title = if display_width(&framework.title) + 6 <= width { &framework.title } else { &framework.short };
    let title = truncate(title, width.saturating_sub(6));
    let rest = width.saturating_sub(display_width(&title) + 4);
    Line::new()
        .with("── ", Role::Faint)
        .with(title.into_owned(), Role::Heading)
        .with(format!(" {}", "─".repeat(rest)), Role::Faint)
}

fn cell(assessment: &Assessment, width: usize) -> usize {
    let count = assessment.framework.categories.len().max(1);
    (width.saturating_sub(start(width)) / count).clamp(3, 9)
}

/// Returns the column at which the judgements start; a narrow page has no column for the kind of visit.
fn start(width: usize) -> usize {
    if width >= 50 { DATE + KIND } else { DATE }
}

fn headers(assessment: &Assessment, width: usize) -> Line {
    let cell = cell(assessment, width);
    let mut line = Line::new().with(spaces(start(width)), Role::Plain);
    for (position, category) in assessment.framework.categories.iter().enumerate() {
        line = line
            .with(truncate(&category.short, cell - 1).into_owned(), Role::Faint)
            .padded(start(width) + cell * (position + 1));
    }
    line
}

fn line(authority: &Authority, assessment: &Assessment, position: usize, width: usize) -> Line {
    let date = assessment.date.map_or("no date".to_owned(), |d| d.iso());
    let mut line = Line::new().with(date, Role::Plain).padded(DATE);
    if start(width) > DATE {
        let kind = assessment.visit.as_ref().and_then(|v| v.kind.as_deref()).unwrap_or("–");
        line = line.with(truncate(kind, KIND - 1).into_owned(), Role::Faint).padded(DATE + KIND);
    }
    let before = authority.before(assessment);
    let cell = cell(assessment, width);
    for (category, judgement) in assessment.judgements.iter().enumerate() {
        let movement = before.and_then(|before| assessment.movement(before, category));
        let sign = Line::new()
            .with(assessment.framework.sign(judgement), role(assessment, judgement))
            .with(movement.map_or("", |m| m.sign()), Role::Plain)
            .for_figure(Figure::Judgement { assessment: position, category });
        line.spans.extend(sign.spans);
        line = line.padded(start(width) + cell * (category + 1));
    }
    line
}

fn role(assessment: &Assessment, judgement: &Judgement) -> Role {
    match judgement.outcome {
        Outcome::Grade(grade) => Role::Grade(degree(&assessment.framework.scale, grade)),
        Outcome::Absent(_) => Role::Faint,
    }
}
