//! The history of an authority: one table with a line for each assessment, newest first.

use crate::app::page::{Figure, Line, Lines, Role, linked_paragraph, outcome_role, paragraph};
use crate::dataset::{AsAt, Assessment, Authority, Date, TimelineEntry};
use crate::text::{display_width, truncate};
use crate::wording;

/// The width of the column of dates.
pub(super) const DATE: usize = 11;

/// The width of the column for the kind of visit.
const KIND: usize = 10;

/// The width of a grade with the letters of its category: "Ca G△", and a space. A mark takes one more.
const CELL: usize = 6;

/// The maximum number of assessments shown.
const MOST: usize = 1_000;

/// Returns how an inspection was carried out, how long ago it was published, and its link.
pub fn facts(assessment: &Assessment, today: Option<Date>, width: usize) -> Lines {
    let mut parts: Vec<String> = assessment.visit.iter().flat_map(|visit| visit.words()).collect();
    parts.extend(today.and_then(|today| wording::ago(assessment.date?, today)));
    let mut page = paragraph(&parts.join(" · "), width, 0, Role::Faint);
    if parts.is_empty() {
        page.clear();
    }
    let link = assessment.origin.as_ref().and_then(|origin| origin.link.as_deref());
    let what = link.and_then(wording::linked_page).map(|words| format!("{words}:"));
    page.extend(what.iter().flat_map(|words| paragraph(words, width, 0, Role::Faint)));
    page.extend(link.iter().flat_map(|link| linked_paragraph(link, width, 0)));
    page
}

/// Returns a line for each of these assessments, given by their positions in the authority, newest first: date,
/// framework, and each grade after the letters of its category; among them, what else happened, given by its positions. A line
/// that is too long is continued.
pub fn page(
    authority: &Authority,
    order: &[(usize, Option<&Assessment>)],
    events: &[usize],
    as_at: Option<AsAt>,
    width: usize,
) -> Lines {
    let assessments =
        || order.iter().filter_map(|(position, _)| Some((*position, authority.assessments.get(*position)?)));
    let longest = assessments().map(|(_, assessment)| display_width(&assessment.framework.short)).max().unwrap_or(0);
    let most = assessments().map(|(_, assessment)| assessment.judgements.len()).max().unwrap_or(0);
    let cell = CELL + usize::from(assessments().any(|(_, assessment)| assessment.has_mark()));
    let has_kind = assessments().any(|(_, assessment)| kind(assessment).is_some());
    let kind = if has_kind && DATE + longest + 1 + KIND + cell * most <= width + 1 { KIND } else { 0 };
    let start = (DATE + longest + 1 + kind).min(width.saturating_sub(cell));
    let mut page = vec![Line::new().with("History", Role::Heading)];
    let mut events = events.iter().filter_map(|at| Some((*at, authority.events.get(*at)?))).peekable();
    for (position, before) in order.iter().take(MOST) {
        let Some(assessment) = authority.assessments.get(*position) else { continue };
        let day = assessment.order_day();
        while let Some((at, event)) = events.next_if(|(_, event)| event.order_day() > day) {
            page.extend(happened((at, event), as_at, width));
        }
        page.extend(lines(assessment, *before, *position, (start, kind, cell), width));
    }
    events.by_ref().for_each(|(at, event)| page.extend(happened((at, event), as_at, width)));
    if authority.events.iter().any(|event| event.kind.is_intervention()) {
        page.extend(paragraph(&format!("{}.", wording::THOSE_KNOWN), width, 0, Role::Faint));
    }
    let left = order.len().saturating_sub(MOST);
    if left > 0 {
        page.extend(paragraph(
            &format!("and {left} earlier ones; `scrutineer show` has them all"),
            width,
            0,
            Role::Faint,
        ));
    }
    page
}

/// Returns the lines of something that happened: its date, then what it was, beside it.
pub(super) fn happened((position, event): (usize, &TimelineEntry), as_at: Option<AsAt>, width: usize) -> Lines {
    let date = event.order_day().map_or("no date".to_owned(), |day| day.iso());
    let words = wording::event(event, as_at) + &wording::event_dated(event);
    let lines = paragraph(&words, width.saturating_sub(DATE), 0, Role::Plain).into_iter().enumerate();
    let lead = |row: usize| if row == 0 { date.clone() } else { String::new() };
    let line = |(row, line): (usize, Line)| {
        let lead = Line::new().with(lead(row), Role::Plain).padded(DATE);
        Line { spans: [lead.spans, line.spans].concat() }.for_figure(Figure::Event(position))
    };
    lines.map(line).collect()
}

/// Returns the kind of the visit of an inspection: standard or short.
fn kind(assessment: &Assessment) -> Option<&str> {
    assessment.visit.as_ref()?.kind.as_deref()
}

/// Returns the lines of one assessment, with how its grades moved since the one before it.
fn lines(
    assessment: &Assessment,
    before: Option<&Assessment>,
    position: usize,
    (start, kind_width, cell): (usize, usize, usize),
    width: usize,
) -> Lines {
    let date = assessment.date.map_or("no date".to_owned(), |d| d.iso());
    let framework = start.saturating_sub(DATE + kind_width);
    let name = truncate(&assessment.framework.short, framework.saturating_sub(1)).into_owned();
    let mut line = Line::new().with(date, Role::Plain).padded(DATE).with(name, Role::Faint).padded(DATE + framework);
    if kind_width > 0 {
        let kind = truncate(kind(assessment).unwrap_or_default(), kind_width.saturating_sub(1)).into_owned();
        line = line.with(kind, Role::Faint);
    }
    line = line.padded(start);
    let mut page = Lines::new();
    for (category, (named, judgement)) in
        assessment.framework.categories.iter().zip(assessment.judgements.iter()).enumerate()
    {
        if line.width() + cell > width + 1 && line.width() > start {
            page.push(std::mem::take(&mut line).padded(start));
            line = line.padded(start);
        }
        let end = line.width() + cell;
        let movement = before.and_then(|before| assessment.movement(before, category));
        let grade = Line::new()
            .with(named.letters(), Role::Faint)
            .with(" ", Role::Plain)
            .with(
                assessment.framework.bare_sign(judgement),
                outcome_role(&assessment.framework.scale, judgement.outcome),
            )
            .with(judgement.marks(movement), Role::Plain)
            .for_figure(Figure::Judgement { assessment: position, category });
        line.spans.extend(grade.spans);
        line = line.padded(end);
    }
    page.push(line);
    page
}
