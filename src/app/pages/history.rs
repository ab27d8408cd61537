//! The history of a council: what happened, and one table with a line for each assessment, newest first.

use crate::app::page::{Figure, Line, Lines, Role, outcome_role, paragraph};
use crate::dataset::{AsAt, Assessment, Authority, Date, Movement, TimelineEntry};
use crate::text::{display_width, truncate};
use crate::wording;

/// The width of the column of dates: "Sep 2023", and two spaces.
pub(super) const DATE: usize = 10;

/// The width of a grade with the letters of its category and its arrow: "Le G↑", and a space.
const CELL: usize = 6;

/// The maximum number of assessments shown.
const MOST: usize = 1_000;

/// Returns what else happened, given by its positions, the newest first; nothing if there is nothing.
pub fn events(authority: &Authority, events: &[usize], as_at: Option<AsAt>, width: usize) -> Lines {
    if events.is_empty() {
        return Lines::new();
    }
    let mut page = vec![Line::new(), Line::new().with("What happened", Role::Heading)];
    let found = events.iter().filter_map(|at| Some((*at, authority.events.get(*at)?)));
    found.for_each(|event| page.extend(happened(event, as_at, width)));
    if authority.events.iter().any(|event| event.kind.is_intervention()) {
        page.extend(paragraph(&format!("{}.", wording::THOSE_KNOWN), width, 0, Role::Faint));
    }
    page
}

/// Returns every assessment of the council's own services as one table, the newest first, after an empty line and a heading;
/// nothing if there is only one.
pub fn of_council(authority: &Authority, as_at: Option<AsAt>, width: usize) -> Lines {
    let order = order(authority, as_at);
    match order.len() {
        0 | 1 => Lines::new(),
        _ => {
            let heading = [Line::new(), Line::new().with("History", Role::Heading)];
            heading.into_iter().chain(page(authority, &order, width)).collect()
        }
    }
}

/// Returns every assessment of the council's own services, the newest first.
pub fn every(authority: &Authority, as_at: Option<AsAt>, width: usize) -> Lines {
    page(authority, &order(authority, as_at), width)
}

/// Returns the positions of the assessments of the council's own services, the newest first, each with the one before.
fn order(authority: &Authority, as_at: Option<AsAt>) -> Vec<(usize, Option<&Assessment>)> {
    let mut history = authority.with_previous(as_at);
    history.retain(|(position, _)| {
        authority
            .assessments
            .get(*position)
            .is_some_and(|assessment| assessment.counts_as_at(as_at) && assessment.framework.is_of_council())
    });
    history
}

/// Returns a line for each of these assessments, given by their positions in the authority, newest first: date,
/// years of the framework, and each grade after the letters of its category. A line that is too long is continued.
fn page(authority: &Authority, order: &[(usize, Option<&Assessment>)], width: usize) -> Lines {
    let assessments =
        || order.iter().filter_map(|(position, _)| Some((*position, authority.assessments.get(*position)?)));
    let longest = assessments()
        .map(|(_, assessment)| display_width(&wording::years_of(&assessment.framework)))
        .max()
        .unwrap_or(0);
    let start = (DATE + longest + 1).min(width.saturating_sub(CELL));
    // The judgements of the newest framework stand below each other; what others have besides comes after them.
    let newest: Vec<String> = assessments().next().map(|(_, assessment)| letters(assessment)).unwrap_or_default();
    let mut page = Lines::new();
    for (position, before) in order.iter().take(MOST) {
        if let Some(assessment) = authority.assessments.get(*position) {
            page.extend(lines((*position, assessment), *before, &newest, start, width));
        }
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

/// Returns a date as the page shows it; the day is among the sources.
pub(super) fn dated(date: Option<Date>) -> String {
    date.map_or("no date".to_owned(), |date| date.month_and_whole_year())
}

/// Returns the lines of something that happened: its date, then what it was, beside it.
pub(super) fn happened((position, event): (usize, &TimelineEntry), as_at: Option<AsAt>, width: usize) -> Lines {
    let date = dated(event.order_day());
    let words = wording::event(event, as_at) + &wording::event_dated(event);
    let lines = paragraph(&words, width.saturating_sub(DATE), 0, Role::Plain).into_iter().enumerate();
    let lead = |row: usize| if row == 0 { date.clone() } else { String::new() };
    let line = |(row, line): (usize, Line)| {
        let lead = Line::new().with(lead(row), Role::Plain).padded(DATE);
        Line { spans: [lead.spans, line.spans].concat() }.for_figure(Figure::Event(position))
    };
    lines.map(line).collect()
}

/// Returns the letters of the judgements of an assessment.
fn letters(assessment: &Assessment) -> Vec<String> {
    assessment.framework.categories.iter().map(|category| category.letters()).collect()
}

/// Returns the lines of one assessment, given with its position, with how its grades moved since the one before it. A judgement
/// that the newest framework does not have is named in a word.
fn lines(
    (position, assessment): (usize, &Assessment),
    before: Option<&Assessment>,
    newest: &[String],
    start: usize,
    width: usize,
) -> Lines {
    let framework = &assessment.framework;
    let date = dated(assessment.date);
    let name = truncate(&wording::years_of(framework), start.saturating_sub(DATE + 1)).into_owned();
    let mut line = Line::new().with(date, Role::Plain).padded(DATE).with(name, Role::Faint).padded(start);
    let mut page = Lines::new();
    let own = letters(assessment);
    let is_other = |category: &usize| own.get(*category).is_none_or(|letters| !newest.contains(letters));
    let mut order = framework.shown_order();
    order.sort_by_key(is_other);
    for category in order {
        let named = framework.categories.get(category).zip(assessment.judgements.get(category));
        let Some((named, judgement)) = named else { continue };
        let movement = before.and_then(|before| assessment.movement(before, category));
        let role = outcome_role(&framework.scale, judgement.outcome);
        let grade = Line::new()
            .with(
                if is_other(&category) { format!("{} ", named.short) } else { format!("{} ", named.letters()) },
                Role::Faint,
            )
            .with(framework.bare_sign(judgement), role)
            .with(movement.map_or("", Movement::sign), role);
        if line.width() + grade.width() > width && line.width() > start {
            page.push(std::mem::take(&mut line));
            line = line.padded(start);
        }
        let end = line.width() + CELL.max(grade.width() + 1);
        line.spans.extend(grade.for_figure(Figure::Judgement { assessment: position, category }).spans);
        line = line.padded(end);
    }
    page.push(line);
    page
}
