//! Panes and layers of text: a page within a border.

use ratatui::layout::{Position, Rect};

use super::canvas::{Canvas, row};
use super::frame::{self, Border};
use crate::app::{Action, App, Figure, INPUT_LINE, LayerKind, Line};
use crate::layout::{Pane, content, layer};

/// Draws the detail or the statistics pane; gives the place of the cursor, on the focused figure.
pub fn render_pane(canvas: &mut Canvas<'_>, app: &App, pane: Pane, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let has_focus = app.focus() == pane && app.layers.is_empty();
    let (title, note, state) = match pane {
        Pane::Statistics => ("National picture".to_owned(), app.assessed_note(), app.statistics),
        _ => (app.selected().map_or("Not found".to_owned(), |a| a.name.clone()), String::new(), app.detail),
    };
    frame::render(canvas, area, &Border { title: &title, note: &note, is_focused: has_focus });
    let page = app.page(pane, area);
    let focused = state.figure.filter(|_| has_focus);
    render_lines(canvas, area, &page, state.scroll, focused);
    place_of(focused?, area, &page, state.scroll)
}

/// The place of the first cell of a figure that is in view.
fn place_of(figure: Figure, area: Rect, page: &[Line<'_>], scroll: usize) -> Option<Position> {
    let inside = content(area);
    let (at, column) =
        page.iter().skip(scroll).enumerate().find_map(|(at, line)| Some((at, line.column_of(figure)?)))?;
    let x = inside.x.saturating_add(u16::try_from(column).ok()?);
    let y = inside.y.saturating_add(u16::try_from(at).ok()?);
    Some(Position { x, y }).filter(|p| inside.contains(*p))
}

/// Draws the top layer over everything; gives the place of the cursor.
pub fn render_layer(canvas: &mut Canvas<'_>, app: &App) -> Option<Position> {
    let top = app.layers.last()?;
    let area = layer(app.size);
    let title = match top.kind {
        LayerKind::Help => "Help",
        LayerKind::Sources(_) => "Sources",
        LayerKind::Problems => "Left out or repaired while loading",
        LayerKind::CopyMenu => "Copy",
        LayerKind::Export | LayerKind::Overwrite => "Export",
        LayerKind::Filters => "What is listed",
        LayerKind::Neighbours => "Statistical neighbours",
        LayerKind::Compare => "Side by side",
    };
    canvas.clear(area);
    let note = format!("{} back", app.key(Action::Back));
    frame::render(canvas, area, &Border { title, note: &note, is_focused: true });
    let page = app.layer_page(top.kind, area);
    render_lines(canvas, area, &page, top.scroll, top.figure);
    let inside = content(area);
    let (cursor, line) = match top.kind {
        LayerKind::Export => (app.export.0.visual_cursor(), INPUT_LINE),
        LayerKind::Help if app.help.is_typing => (app.help.cursor(), 0),
        _ => {
            let focused = top.figure.and_then(|figure| place_of(figure, area, &page, top.scroll));
            return Some(focused.unwrap_or(inside.as_position()));
        }
    };
    let x = inside.x.saturating_add(u16::try_from(cursor).unwrap_or(u16::MAX)).min(inside.right());
    Some(Position { x, y: inside.y.saturating_add(line) })
}

fn render_lines(canvas: &mut Canvas<'_>, area: Rect, page: &[Line<'_>], scroll: usize, focused: Option<Figure>) {
    let inside = content(area);
    let height = usize::from(inside.height);
    for (at, line) in page.iter().skip(scroll).take(height).enumerate() {
        canvas.line(row(inside, at), line, focused);
    }
    frame::scroll_bar(canvas, area, scroll, height, page.len());
}
