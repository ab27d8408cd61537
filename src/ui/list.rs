//! The list pane: search line, headers, rows. Rows are written directly, without a table widget: measured once, that took
//! 115 microseconds a frame where the widget took 190.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::canvas::{Canvas, row};
use super::frame;
use crate::app::screen::{ColumnModel, ListModel, Role, RowModel};
use crate::query::{Column, Direction};
use crate::text::{display_width, truncate_around};

/// The cells before a name: the bar of the selection.
const LEAD: u16 = 1;

/// The fewest cells in which another name is shown behind the listed one.
const LEAST_ALIAS: usize = 5;

/// Draws the list.
pub fn render(canvas: &mut Canvas<'_>, list: &ListModel) {
    frame::render(canvas, list.area, &list.border);
    render_prompt(canvas, list);
    render_headers(canvas, list.areas.header, &list.columns);
    for (at, model) in list.rows.iter().enumerate() {
        render_row(canvas, row(list.areas.rows, at), model, &list.columns);
    }
    let in_view = usize::from(list.areas.rows.height);
    frame::scroll_bar(canvas, list.area, list.offset, in_view, list.count);
}

fn render_prompt(canvas: &mut Canvas<'_>, list: &ListModel) {
    let area = list.areas.prompt;
    if let Some(prompt) = list.prompt.as_ref().filter(|_| !area.is_empty()) {
        let start = canvas.put(area, 1, "/ ", canvas.theme.accent());
        canvas.put(area, start, prompt, canvas.theme.plain());
    }
}

fn render_headers(canvas: &mut Canvas<'_>, area: Rect, columns: &[ColumnModel]) {
    let mut at = LEAD;
    for (place, column) in columns.iter().enumerate() {
        let style = if column.order.is_none() { canvas.theme.faint() } else { canvas.theme.accent() };
        let lead = if place == 0 { 0 } else { column.width.saturating_sub(display_width(&column.label) + 1) };
        canvas.put(area, at + cells(lead), &format!("{}{}", column.label, order_sign(column.order)), style);
        at += cells(column.width);
    }
}

/// The sign of an order in a header.
fn order_sign(order: Option<Direction>) -> &'static str {
    match order {
        None => "",
        Some(Direction::Usual) => "▾",
        Some(Direction::Reversed) => "▴",
    }
}

fn render_row(canvas: &mut Canvas<'_>, area: Rect, model: &RowModel, columns: &[ColumnModel]) {
    let name_width = columns.first().map_or(0, |column| column.width);
    render_name(canvas, area, model, name_width);
    let mut at = LEAD + cells(name_width);
    for (column, cell) in columns.iter().skip(1).zip(&model.cells) {
        let area = Rect { x: area.x.saturating_add(at), width: cells(column.width), ..area };
        render_cell(canvas, area, column.column, cell);
        at += cells(column.width);
    }
    if model.is_selected {
        let turned = Style::new().fg(Color::Reset).remove_modifier(Modifier::DIM).add_modifier(super::FOCUSED);
        canvas.style(area, turned);
    }
    if model.is_selected || model.is_marked {
        canvas.put(area, 0, if model.is_marked { "+" } else { "▌" }, canvas.theme.accent());
    }
}

/// A date at the left of its column; the sign of a judgement under the end of the header, with its mark behind.
fn render_cell(canvas: &mut Canvas<'_>, area: Rect, column: Column, (text, mark, role): &(String, &'static str, Role)) {
    if column == Column::Date {
        canvas.put(area, 2, text, canvas.theme.faint());
        return;
    }
    let style = match role {
        Role::Grade(_) => canvas.theme.role(*role).patch(canvas.theme.strong()),
        role => canvas.theme.role(*role),
    };
    let start = usize::from(area.width).saturating_sub(display_width(text) + 1);
    let end = canvas.put(area, cells(start), text, style);
    canvas.put(area, end, mark, canvas.theme.plain());
}

/// The name with its matched letters marked; if another name or code matched, that one behind it.
fn render_name(canvas: &mut Canvas<'_>, area: Rect, model: &RowModel, width: usize) {
    let area = Rect { width: (LEAD + cells(width)).min(area.width), ..area };
    let plain = canvas.theme.plain();
    let end = marked(canvas, area, (LEAD, width), &model.name, &model.matched, plain);
    let Some((alias, letters)) = &model.alias else { return };
    let left = width.saturating_sub(usize::from(end - LEAD) + 1);
    if left >= LEAST_ALIAS {
        let faint = canvas.theme.faint();
        marked(canvas, area, (end + 1, left), alias, letters, faint);
    }
}

/// Writes a text from a column on in so many cells, with some of its letters marked; returns the column after it. A text
/// that is too long is truncated so that the marked letters are in view.
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

/// Which part of a text must be in view: all of its marked letters if they fit, otherwise the first.
fn kept(text: &str, width: usize, letters: &[Range<usize>]) -> Range<usize> {
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return 0..0 };
    let all = first.start..last.end;
    if text.get(all.clone()).is_some_and(|part| display_width(part) + 2 <= width) { all } else { first.clone() }
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
