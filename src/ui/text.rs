//! Panes and layers of text: a page below its title.

use super::canvas::{Canvas, row};
use super::frame;
use crate::app::screen::PaneModel;
use crate::layout::content;

/// Draws a pane or a layer of text.
pub fn render(canvas: &mut Canvas<'_>, pane: &PaneModel) {
    frame::render(canvas, pane.area, &pane.title);
    let inside = content(pane.area);
    let height = usize::from(inside.height);
    for (at, line) in pane.page.lines.iter().skip(pane.scroll).take(height).enumerate() {
        canvas.line(row(inside, at), line, pane.focus);
    }
}
