//! The list pane: search line, heads, rows. Rows are written straight, without a table widget, so
//! that a frame costs the same for eighteen authorities and for a hundred thousand.

use std::ops::Range;

use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::canvas::{Canvas, row};
use super::frame::{self, Border};
use crate::app::{App, ColumnHeader};
use crate::dataset::{Authority, Outcome};
use crate::layout::{ListAreas, Pane, WindowClass, list_areas};
use crate::query::{Column, Found, explain};
use crate::text::{display_width, truncate_around};

/// The cells before a name: the bar of the selection.
const LEAD: u16 = 1;

/// Draws the list; gives the place of the cursor.
pub fn render(canvas: &mut Canvas<'_>, app: &App, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let count = app.list.ranking.len();
    let position = if count == 0 { 0 } else { app.list.selected + 1 };
    let note = format!("{position} of {count}");
    let is_focused = app.focus() == Pane::List && app.layers.is_empty();
    // Where one pane is shown at a time, the line at the top has no room for what is listed.
    let scope = if app.window_class() == WindowClass::OnePane { app.scope() } else { Vec::new() };
    let title = if scope.is_empty() { "Authorities".to_owned() } else { scope.join(" · ") };
    frame::render(canvas, area, &Border { title: &title, note: &note, is_focused });
    let areas = list_areas(area, app.search.is_shown());
    let headers = app.headers(usize::from(areas.rows.width.saturating_sub(LEAD)));
    render_heads(canvas, areas.header, &headers);
    for (at, position) in (app.list.offset..count).take(usize::from(areas.rows.height)).enumerate() {
        render_row(canvas, app, row(areas.rows, at), position, &headers);
    }
    frame::scroll_bar(canvas, area, app.list.offset, usize::from(areas.rows.height), count);
    let in_prompt = render_prompt(canvas, app, areas.prompt);
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
fn render_prompt(canvas: &mut Canvas<'_>, app: &App, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let start = canvas.put(area, 1, "/ ", canvas.theme.accent());
    let width = usize::from(area.width.saturating_sub(start + 1));
    let input = &app.search.input;
    let scroll = input.visual_scroll(width);
    let shown = skipped(input.value(), scroll);
    canvas.put(area, start, shown, canvas.theme.plain());
    let cursor = u16::try_from(input.visual_cursor().saturating_sub(scroll)).unwrap_or(0);
    let x = (area.x + start).saturating_add(cursor).min(area.right().saturating_sub(1));
    app.search.is_typing.then_some(Position { x, y: area.y })
}

/// A text without its first cells.
fn skipped(text: &str, cells: usize) -> &str {
    let mut passed = 0;
    let start = text.char_indices().find(|(_, c)| {
        let is_there = passed >= cells;
        passed += display_width(c.encode_utf8(&mut [0; 4]));
        is_there
    });
    start.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

fn render_heads(canvas: &mut Canvas<'_>, area: Rect, headers: &[ColumnHeader]) {
    let mut column = LEAD;
    for (place, head) in headers.iter().enumerate() {
        let style = if head.order.is_empty() { canvas.theme.faint() } else { canvas.theme.accent() };
        let text = format!("{}{}", head.label, head.order);
        let lead = if place == 0 { 0 } else { head.width.saturating_sub(display_width(&head.label) + 1) };
        canvas.put(area, column + cells(lead), &text, style);
        column += cells(head.width);
    }
}

fn render_row(canvas: &mut Canvas<'_>, app: &App, area: Rect, position: usize, headers: &[ColumnHeader]) {
    let Some(place) = app.list.ranking.get(position).and_then(|r| app.index.authority(r.rank())) else { return };
    let Some(authority) = app.loaded.dataset.authorities.get(place) else { return };
    let name_room = headers.first().map_or(0, |h| h.width);
    let found = app.search.query.as_ref().and_then(|query| explain(&app.index, query, authority, place));
    render_name(canvas, area, authority, name_room, found.as_ref());
    let mut column = LEAD + cells(name_room);
    for head in headers.iter().skip(1) {
        let cell = Rect { x: area.x.saturating_add(column), width: cells(head.width), ..area };
        match head.column {
            Column::Category(category) => render_grade(canvas, app, cell, authority, category),
            Column::Date => render_date(canvas, app, cell, authority),
            Column::Name => {}
        }
        column += cells(head.width);
    }
    if app.is_marked(place) {
        canvas.put(area, 0, "+", canvas.theme.accent());
    }
    if position == app.list.selected {
        let turned = Style::new().fg(Color::Reset).remove_modifier(Modifier::DIM).add_modifier(super::FOCUSED);
        canvas.style(area, turned);
        canvas.put(area, 0, if app.is_marked(place) { "+" } else { "▌" }, canvas.theme.accent());
    }
}

/// The name with its matched letters marked; where another name or code matched, that one after it.
fn render_name(canvas: &mut Canvas<'_>, area: Rect, authority: &Authority, width: usize, found: Option<&Found<'_>>) {
    let area = Rect { width: (LEAD + cells(width)).min(area.width), ..area };
    let in_name: &[Range<usize>] = found.filter(|f| f.alias.is_none()).map_or(&[], |f| &f.letters);
    let end = marked(canvas, area, (LEAD, width), &authority.name, in_name, canvas.theme.plain());
    let Some(Found { alias: Some(alias), letters }) = found else { return };
    let left = width.saturating_sub(usize::from(end - LEAD) + 1);
    if left > 4 {
        marked(canvas, area, (end + 1, left), alias, letters, canvas.theme.faint());
    }
}

/// Writes a text from a column on in so many cells, with some of its letters marked; returns the column after it.
/// A text that is too long is cut so that the marked letters are in view.
fn marked(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (column, width): (u16, usize),
    text: &str,
    letters: &[Range<usize>],
    style: Style,
) -> u16 {
    let window = truncate_around(text, width, &kept(text, width, letters));
    let matched = style.patch(canvas.theme.matched());
    let mut column = canvas.put(area, column, if window.is_cut_before { "…" } else { "" }, style);
    let mut at = window.shown.start;
    for range in letters {
        let (start, end) = (range.start.clamp(at, window.shown.end), range.end.clamp(at, window.shown.end));
        column = canvas.put(area, column, text.get(at..start).unwrap_or_default(), style);
        column = canvas.put(area, column, text.get(start..end).unwrap_or_default(), matched);
        at = end;
    }
    column = canvas.put(area, column, text.get(at..window.shown.end).unwrap_or_default(), style);
    canvas.put(area, column, if window.is_cut_after { "…" } else { "" }, style)
}

/// Which part of a text must be in view: all of its marked letters if there is room for them, otherwise the first.
fn kept(text: &str, width: usize, letters: &[Range<usize>]) -> Range<usize> {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return 0..0 };
    let all = first.start..last.end;
    if text.get(all.clone()).is_some_and(|part| display_width(part) + 2 <= width) { all } else { first.clone() }
}

/// The sign of a judgement with its mark, the sign under the end of the head.
fn render_grade(canvas: &mut Canvas<'_>, app: &App, area: Rect, authority: &Authority, category: usize) {
    let (Some(framework), Some(judgement)) = (app.view.framework(), app.view.judgement(category, authority)) else {
        return;
    };
    let (sign, style) = match judgement.outcome {
        Outcome::Grade(grade) => {
            let step = framework.scale.step(grade);
            let degree = crate::app::degree(&framework.scale, grade);
            (step.map(|s| s.sign()).unwrap_or_default(), canvas.theme.grade(degree).patch(canvas.theme.strong()))
        }
        Outcome::Absent(absence) => (absence.sign().to_owned(), canvas.theme.faint()),
    };
    let column = usize::from(area.width).saturating_sub(display_width(&sign) + 1);
    let end = canvas.put(area, cells(column), &sign, style);
    let mark = judgement.certainty.mark();
    let movement = app.view.movement(category, authority).map_or("", |movement| movement.sign());
    canvas.put(area, end, if mark.is_empty() { movement } else { mark }, canvas.theme.plain());
}

/// The day of publication of the assessment shown.
fn render_date(canvas: &mut Canvas<'_>, app: &App, area: Rect, authority: &Authority) {
    let date = app.view.assessment(authority).and_then(|a| a.date).map(|d| d.iso()).unwrap_or_default();
    canvas.put(area, 2, &date, canvas.theme.faint());
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
