//! Panes and layers of text: a page within a border.

use ratatui::layout::{Position, Rect};

use super::frame::{self, Border};
use super::paint::{Paint, row};
use crate::app::{App, Figure, LayerKind, Line};
use crate::layout::{Pane, content, layer};

/// Draws the detail or the statistics pane.
pub fn render_pane(paint: &mut Paint<'_>, app: &App, pane: Pane, area: Rect) {
    if area.is_empty() {
        return;
    }
    let has_focus = app.focus() == pane && app.layers.is_empty();
    let (title, note, state) = match pane {
        Pane::Statistics => ("National picture".to_owned(), app.assessed_note(), app.statistics),
        _ => (app.selected().map_or("Not found".to_owned(), |a| a.name.clone()), String::new(), app.detail),
    };
    frame::render(paint, area, &Border { title: &title, note: &note, is_focused: has_focus });
    let page = app.page(pane, area);
    let focused = state.figure.filter(|_| has_focus);
    render_lines(paint, area, &page, state.scroll, focused);
}

/// Draws the top layer over everything; gives the place of the cursor.
pub fn render_layer(paint: &mut Paint<'_>, app: &App) -> Option<Position> {
    let top = app.layers.last()?;
    let area = layer(app.size);
    let title = match top.kind {
        LayerKind::Help => "Help",
        LayerKind::Sources(_) => "Sources",
        LayerKind::Problems => "Left out while loading",
    };
    paint.clear(area);
    frame::render(paint, area, &Border { title, note: "Esc back", is_focused: true });
    render_lines(paint, area, &app.layer_page(top.kind, area), top.scroll, None);
    let inside = content(area);
    Some(inside.as_position())
}

fn render_lines(paint: &mut Paint<'_>, area: Rect, page: &[Line<'_>], scroll: usize, focused: Option<Figure>) {
    let inside = content(area);
    let height = usize::from(inside.height);
    for (at, line) in page.iter().skip(scroll).take(height).enumerate() {
        paint.line(row(inside, at), line, focused);
    }
    frame::scroll_bar(paint, area, scroll, height, page.len());
}
