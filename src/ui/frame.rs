//! The border of a pane or a layer, with its titles and scroll bar.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::canvas::{Canvas, row};
use crate::app::screen::Border;
use crate::text::{display_width, truncate};

/// Draws a border along the edges of an area; nothing if the area is too small for one.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, border: &Border) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let style = if border.is_focused { canvas.theme.accent() } else { canvas.theme.faint() };
    lines(canvas, area, style);
    let width = usize::from(area.width.saturating_sub(4));
    let title = truncate(&border.title, width.saturating_sub(2));
    if title.is_empty() {
        return;
    }
    let bold = canvas.theme.strong().remove_modifier(Modifier::DIM);
    let title_style = if border.is_focused { style.patch(bold) } else { bold };
    let end = canvas.put(row(area, 0), 2, &format!(" {title} "), title_style);
    let note_width = display_width(&border.note) + 2;
    if !border.note.is_empty() && usize::from(end) + note_width + 3 <= usize::from(area.width) {
        let start = usize::from(area.width) - 2 - note_width;
        let start = u16::try_from(start).unwrap_or(0);
        canvas.put(row(area, 0), start, &format!(" {} ", border.note), canvas.theme.faint());
    }
}

fn lines(canvas: &mut Canvas<'_>, area: Rect, style: Style) {
    let (left, right) = (area.x, area.right() - 1);
    let (top, bottom) = (area.y, area.bottom() - 1);
    for x in left + 1..right {
        canvas.symbol(x, top, "─", style);
        canvas.symbol(x, bottom, "─", style);
    }
    for y in top + 1..bottom {
        canvas.symbol(left, y, "│", style);
        canvas.symbol(right, y, "│", style);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")] {
        canvas.symbol(x, y, corner, style);
    }
}

/// Draws a scroll bar on the right border, if not all lines are visible.
pub fn scroll_bar(canvas: &mut Canvas<'_>, area: Rect, offset: usize, in_view: usize, length: usize) {
    let track = usize::from(area.height.saturating_sub(2));
    if length <= in_view || track == 0 || area.width < 2 {
        return;
    }
    let thumb = (track * in_view / length).clamp(1, track);
    let last = length - in_view;
    let start = ((track - thumb) * offset.min(last) + last / 2) / last;
    for at in start..start + thumb {
        let y = area.y + 1 + u16::try_from(at).unwrap_or(0);
        canvas.symbol(area.right() - 1, y, "┃", Style::new());
    }
}
