//! The bottom line: the keys that work now, or a message.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::screen::Footer;
use crate::text::truncate;

/// Draws the bottom line.
pub fn render(canvas: &mut Canvas<'_>, footer: &Footer, area: Rect) {
    match footer {
        Footer::Notice(notice) => {
            let notice = truncate(notice, usize::from(area.width.saturating_sub(1)));
            canvas.put(area, 1, &notice, canvas.theme.strong());
        }
        Footer::Keys(entries) => {
            for entry in entries {
                let column = canvas.put(area, entry.column, &entry.keys, canvas.theme.accent());
                canvas.put(area, column + 1, &entry.word, canvas.theme.faint());
            }
        }
    }
}
