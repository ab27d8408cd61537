//! The border of a pane or a layer, with its titles and scroll bar.

use ratatui::layout::{Margin, Rect};
use ratatui::style::Modifier;
use ratatui::widgets::{Block, BorderType, Scrollbar, ScrollbarOrientation, ScrollbarState};

use super::canvas::{Canvas, row};
use crate::app::screen::Border;
use crate::text::{display_width, truncate};

/// Draws a border along the edges of an area; nothing if the area is too small for one.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, border: &Border) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let style = if border.is_focused { canvas.theme.accent() } else { canvas.theme.faint() };
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(style);
    canvas.widget(block, area);
    let width = usize::from(area.width.saturating_sub(4));
    let sign = if border.is_focused { canvas.theme.focus_sign() } else { "" };
    let title = format!("{sign}{}", border.title);
    let title = truncate(&title, width.saturating_sub(2));
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

/// Draws a scroll bar on the right border, if not all lines are visible.
pub fn scroll_bar(canvas: &mut Canvas<'_>, area: Rect, offset: usize, in_view: usize, length: usize) {
    if length <= in_view || area.width < 2 || area.height < 3 {
        return;
    }
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(None)
        .thumb_symbol("┃");
    let last = length - in_view;
    let mut state = ScrollbarState::new(last + 1).viewport_content_length(in_view).position(offset.min(last));
    canvas.stateful_widget(bar, area.inner(Margin::new(0, 1)), &mut state);
}
