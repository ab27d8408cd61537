//! The inspections of an authority, one line each, the newest first, with a rule at each change of framework.

use super::page::{Figure, Line, Page, Role, degree, linked_paragraph, owned_paragraph, spaces};
use crate::dataset::{Assessment, Authority, Date, Judgement, Outcome};
use crate::text::{fit, width};

/// The room of a day and a kind of visit.
const DATE: usize = 12;
const KIND: usize = 10;

/// What is known of how an inspection was carried out, and how long ago it was published.
pub fn facts(assessment: &Assessment, today: Option<Date>, room: usize) -> Page<'_> {
    let mut parts: Vec<String> = assessment.visit.iter().flat_map(|visit| visit.words()).collect();
    let days = today.and_then(|today| assessment.date?.days_until(today)).filter(|days| *days >= 0);
    parts.extend(days.map(|days| if days == 1 { "1 day ago".to_owned() } else { format!("{days} days ago") }));
    let mut page = owned_paragraph(&parts.join(" · "), room, 0, Role::Faint);
    if parts.is_empty() {
        page.clear();
    }
    let link = assessment.record.as_ref().and_then(|record| record.link.as_deref());
    page.extend(link.iter().flat_map(|link| linked_paragraph(link, room, 0)));
    page
}

/// The lines of these assessments, given by their places with the authority, the newest first.
pub fn page<'a>(authority: &'a Authority, order: &[usize], room: usize) -> Page<'a> {
    let mut page = Page::new();
    let mut framework = "";
    for position in order {
        let Some(assessment) = authority.assessments.get(*position) else { continue };
        if assessment.framework.id != framework {
            framework = &assessment.framework.id;
            page.push(rule(assessment, room));
            page.push(heads(assessment, room));
        }
        page.push(line(authority, assessment, *position, room));
    }
    page
}

/// A line across the page with the name of the framework: grades on its two sides are not compared.
fn rule<'a>(assessment: &'a Assessment, room: usize) -> Line<'a> {
    let framework = &assessment.framework;
    let title = if width(&framework.title) + 6 <= room { &framework.title } else { &framework.short };
    let title = fit(title, room.saturating_sub(6));
    let rest = room.saturating_sub(width(&title) + 4);
    Line::new().with("── ", Role::Faint).with(title, Role::Heading).with(format!(" {}", "─".repeat(rest)), Role::Faint)
}

fn cell(assessment: &Assessment, room: usize) -> usize {
    let count = assessment.framework.categories.len().max(1);
    (room.saturating_sub(start(room)) / count).clamp(3, 9)
}

/// Where the judgements begin: where there is little room, the kind of visit is left out.
fn start(room: usize) -> usize {
    if room >= 50 { DATE + KIND } else { DATE }
}

fn heads<'a>(assessment: &'a Assessment, room: usize) -> Line<'a> {
    let cell = cell(assessment, room);
    let mut line = Line::new().with(spaces(start(room)), Role::Plain);
    for (position, category) in assessment.framework.categories.iter().enumerate() {
        line = line.with(fit(&category.short, cell - 1), Role::Faint).padded(start(room) + cell * (position + 1));
    }
    line
}

fn line<'a>(authority: &'a Authority, assessment: &'a Assessment, position: usize, room: usize) -> Line<'a> {
    let date = assessment.date.map_or("no date".to_owned(), |d| d.iso());
    let mut line = Line::new().with(date, Role::Plain).padded(DATE);
    if start(room) > DATE {
        let kind = assessment.visit.as_ref().and_then(|v| v.kind.as_deref()).unwrap_or("–");
        line = line.with(fit(kind, KIND - 1), Role::Faint).padded(DATE + KIND);
    }
    let before = authority.before(assessment);
    let cell = cell(assessment, room);
    for (category, judgement) in assessment.judgements.iter().enumerate() {
        let movement = before.and_then(|before| assessment.movement(before, category));
        let sign = Line::new()
            .with(assessment.framework.sign(judgement), role(assessment, judgement))
            .with(movement.map_or("", |m| m.sign()), Role::Plain)
            .of(Figure::Judgement { assessment: position, category });
        line.spans.extend(sign.spans);
        line = line.padded(start(room) + cell * (category + 1));
    }
    line
}

fn role(assessment: &Assessment, judgement: &Judgement) -> Role {
    match judgement.outcome {
        Outcome::Grade(grade) => Role::Grade(degree(&assessment.framework.scale, grade)),
        Outcome::Absent(_) => Role::Faint,
    }
}
