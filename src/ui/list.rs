//! The list pane: search line, heads, rows. Rows are written straight, without a table widget, so
//! that a frame costs the same for eighteen authorities and for a hundred thousand.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::frame::{self, Border};
use super::paint::{Paint, row};
use crate::app::{App, Head};
use crate::dataset::{Authority, Outcome};
use crate::layout::{ListAreas, Pane, Room, list_areas};
use crate::query::{Column, Found, explain};
use crate::text::{fit_around, width};

/// The cells before a name: the bar of the selection.
const LEAD: u16 = 1;

/// Draws the list; gives the place of the cursor.
pub fn render(paint: &mut Paint<'_>, app: &App, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let count = app.list.ranking.len();
    let position = if count == 0 { 0 } else { app.list.selected + 1 };
    let note = format!("{position} of {count}");
    let is_focused = app.focus() == Pane::List && app.layers.is_empty();
    // Where one pane is shown at a time, the line at the top has no room for what is listed.
    let scope = if app.room() == Room::One { app.scope() } else { Vec::new() };
    let title = if scope.is_empty() { "Authorities".to_owned() } else { scope.join(" · ") };
    frame::render(paint, area, &Border { title: &title, note: &note, is_focused });
    let areas = list_areas(area, app.search.is_shown());
    let heads = app.heads(usize::from(areas.rows.width.saturating_sub(LEAD)));
    render_heads(paint, areas.header, &heads);
    for (at, position) in (app.list.offset..count).take(usize::from(areas.rows.height)).enumerate() {
        render_row(paint, app, row(areas.rows, at), position, &heads);
    }
    frame::scroll_bar(paint, area, app.list.offset, usize::from(areas.rows.height), count);
    let in_prompt = render_prompt(paint, app, areas.prompt);
    in_prompt.or_else(|| selected_place(app, &areas))
}

fn selected_place(app: &App, areas: &ListAreas) -> Option<Position> {
    if app.focus() != Pane::List || app.list.ranking.is_empty() {
        return None;
    }
    let at = u16::try_from(app.list.selected.checked_sub(app.list.offset)?).ok()?;
    let place = Position { x: areas.rows.x, y: areas.rows.y + at };
    areas.rows.contains(place).then_some(place)
}

/// The search line; gives the place of the cursor while it is typed in.
fn render_prompt(paint: &mut Paint<'_>, app: &App, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let start = paint.put(area, 1, "/ ", paint.theme.accent());
    let room = usize::from(area.width.saturating_sub(start + 1));
    let input = &app.search.input;
    let scroll = input.visual_scroll(room);
    let shown = skipped(input.value(), scroll);
    paint.put(area, start, shown, paint.theme.plain());
    let cursor = u16::try_from(input.visual_cursor().saturating_sub(scroll)).unwrap_or(0);
    let x = (area.x + start).saturating_add(cursor).min(area.right().saturating_sub(1));
    app.search.is_typing.then_some(Position { x, y: area.y })
}

/// A text without its first cells.
fn skipped(text: &str, cells: usize) -> &str {
    let mut passed = 0;
    let start = text.char_indices().find(|(_, c)| {
        let is_there = passed >= cells;
        passed += width(c.encode_utf8(&mut [0; 4]));
        is_there
    });
    start.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

fn render_heads(paint: &mut Paint<'_>, area: Rect, heads: &[Head]) {
    let mut column = LEAD;
    for (place, head) in heads.iter().enumerate() {
        let style = if head.order.is_empty() { paint.theme.faint() } else { paint.theme.accent() };
        let text = format!("{}{}", head.label, head.order);
        let lead = if place == 0 { 0 } else { head.width.saturating_sub(width(&head.label) + 1) };
        paint.put(area, column + cells(lead), &text, style);
        column += cells(head.width);
    }
}

fn render_row(paint: &mut Paint<'_>, app: &App, area: Rect, position: usize, heads: &[Head]) {
    let Some(place) = app.list.ranking.get(position).and_then(|r| app.index.authority(r.rank())) else { return };
    let Some(authority) = app.loaded.dataset.authorities.get(place) else { return };
    let name_room = heads.first().map_or(0, |h| h.width);
    let found = app.search.query.as_ref().and_then(|query| explain(&app.index, query, authority, place));
    render_name(paint, area, authority, name_room, found.as_ref());
    let mut column = LEAD + cells(name_room);
    for head in heads.iter().skip(1) {
        let cell = Rect { x: area.x.saturating_add(column), width: cells(head.width), ..area };
        match head.column {
            Column::Category(category) => render_grade(paint, app, cell, authority, category),
            Column::Date => render_date(paint, app, cell, authority),
            Column::Name => {}
        }
        column += cells(head.width);
    }
    if app.is_marked(place) {
        paint.put(area, 0, "+", paint.theme.accent());
    }
    if position == app.list.selected {
        let turned = Style::new().fg(Color::Reset).remove_modifier(Modifier::DIM).add_modifier(super::FOCUSED);
        paint.style(area, turned);
        paint.put(area, 0, if app.is_marked(place) { "+" } else { "▌" }, paint.theme.accent());
    }
}

/// The name with its matched letters marked; where another name or code matched, that one after it.
fn render_name(paint: &mut Paint<'_>, area: Rect, authority: &Authority, room: usize, found: Option<&Found<'_>>) {
    let area = Rect { width: (LEAD + cells(room)).min(area.width), ..area };
    let in_name: &[Range<usize>] = found.filter(|f| f.alias.is_none()).map_or(&[], |f| &f.letters);
    let end = marked(paint, area, (LEAD, room), &authority.name, in_name, paint.theme.plain());
    let Some(Found { alias: Some(alias), letters }) = found else { return };
    let left = room.saturating_sub(usize::from(end - LEAD) + 1);
    if left > 4 {
        marked(paint, area, (end + 1, left), alias, letters, paint.theme.faint());
    }
}

/// Writes a text from a column on in so many cells, with some of its letters marked; returns the column after it.
/// A text that is too long is cut so that the marked letters are in view.
fn marked(
    paint: &mut Paint<'_>,
    area: Rect,
    (column, room): (u16, usize),
    text: &str,
    letters: &[Range<usize>],
    style: Style,
) -> u16 {
    let window = fit_around(text, room, &kept(text, room, letters));
    let matched = style.patch(paint.theme.matched());
    let mut column = paint.put(area, column, if window.is_cut_before { "…" } else { "" }, style);
    let mut at = window.shown.start;
    for range in letters {
        let (start, end) = (range.start.clamp(at, window.shown.end), range.end.clamp(at, window.shown.end));
        column = paint.put(area, column, text.get(at..start).unwrap_or_default(), style);
        column = paint.put(area, column, text.get(start..end).unwrap_or_default(), matched);
        at = end;
    }
    column = paint.put(area, column, text.get(at..window.shown.end).unwrap_or_default(), style);
    paint.put(area, column, if window.is_cut_after { "…" } else { "" }, style)
}

/// Which part of a text must be in view: all of its marked letters if there is room for them, otherwise the first.
fn kept(text: &str, room: usize, letters: &[Range<usize>]) -> Range<usize> {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return 0..0 };
    let all = first.start..last.end;
    if text.get(all.clone()).is_some_and(|part| width(part) + 2 <= room) { all } else { first.clone() }
}

/// The sign of a judgement with its mark, the sign under the end of the head.
fn render_grade(paint: &mut Paint<'_>, app: &App, area: Rect, authority: &Authority, category: usize) {
    let (Some(framework), Some(judgement)) = (app.view.framework(), app.view.judgement(category, authority)) else {
        return;
    };
    let (sign, style) = match judgement.outcome {
        Outcome::Grade(grade) => {
            let step = framework.scale.step(grade);
            let degree = crate::app::degree(&framework.scale, grade);
            (step.map(|s| s.sign()).unwrap_or_default(), paint.theme.grade(degree).patch(paint.theme.strong()))
        }
        Outcome::Absent(absence) => (absence.sign().to_owned(), paint.theme.faint()),
    };
    let column = usize::from(area.width).saturating_sub(width(&sign) + 1);
    let end = paint.put(area, cells(column), &sign, style);
    let mark = judgement.standing.mark();
    let movement = app.view.movement(category, authority).map_or("", |movement| movement.sign());
    paint.put(area, end, if mark.is_empty() { movement } else { mark }, paint.theme.plain());
}

/// The day of publication of the assessment shown.
fn render_date(paint: &mut Paint<'_>, app: &App, area: Rect, authority: &Authority) {
    let date = app.view.assessment(authority).and_then(|a| a.date).map(|d| d.iso()).unwrap_or_default();
    paint.put(area, 2, &date, paint.theme.faint());
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
