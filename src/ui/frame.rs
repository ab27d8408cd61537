//! The titles of panes and layers, and the rules between panes.

use ratatui::layout::Rect;

use super::canvas::{Canvas, row};
use crate::app::screen::PaneTitle;
use crate::text::{display_width, truncate};

/// Draws a title in the first line of a pane or a layer, with its note at the right end; on a rule if the pane is below
/// another. Returns the column after the title.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, title: &PaneTitle) -> u16 {
    let line = row(area, 0);
    if title.is_below {
        canvas.put(line, 0, &"─".repeat(usize::from(line.width)), canvas.theme.faint());
    }
    let strong = canvas.theme.strong();
    let style = if title.is_focused { canvas.theme.accent().patch(strong) } else { strong };
    let sign = if title.is_focused { canvas.theme.focus_sign() } else { "" };
    let space = if title.is_below { " " } else { "" };
    let width = usize::from(line.width.saturating_sub(2));
    let text = format!("{space}{}{space}", truncate(&format!("{sign}{}", title.text), width));
    let start = if title.is_below { 2 } else { 1 };
    let end = if title.text.is_empty() { start } else { canvas.put(line, start, &text, style) };
    let note_width = display_width(&title.note) + 1;
    if !title.note.is_empty() && usize::from(end) + note_width + 2 <= usize::from(line.width) {
        let at = usize::from(line.width) - note_width;
        let note = format!("{space}{}{space}", title.note);
        let at = u16::try_from(at - 2 * display_width(space)).unwrap_or(0);
        canvas.put(line, at, &note, canvas.theme.faint());
    }
    end
}

/// Draws a rule from the top to the bottom of a column.
pub fn rule(canvas: &mut Canvas<'_>, column: Rect) {
    for at in 0..usize::from(column.height) {
        canvas.put(row(column, at), 0, "│", canvas.theme.faint());
    }
}
