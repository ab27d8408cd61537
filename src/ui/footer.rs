//! The bottom line: the keys that work now, or a message.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::screen::Footer;
use crate::text::{display_width, truncate};

/// Draws the bottom line.
pub fn render(canvas: &mut Canvas<'_>, footer: &Footer, area: Rect) {
    match footer {
        Footer::Notice(notice) => {
            let notice = truncate(notice, usize::from(area.width.saturating_sub(1)));
            canvas.put(area, 1, &notice, canvas.theme.strong());
        }
        Footer::Keys(entries) => {
            let mut column = 1;
            for (keys, word) in fitting(entries, usize::from(area.width)) {
                column = canvas.put(area, column, keys, canvas.theme.accent());
                column = canvas.put(area, column + 1, word, canvas.theme.faint()) + 2;
            }
        }
    }
}

/// Removes entries from the end, except the last two (help and quit), until the rest fit.
fn fitting<'e>(entries: &'e [(String, &'e str)], width: usize) -> Vec<(&'e str, &'e str)> {
    let mut kept: Vec<(&str, &str)> = entries.iter().map(|(keys, word)| (keys.as_str(), *word)).collect();
    let needed = |kept: &[(&str, &str)]| -> usize {
        kept.iter().map(|(keys, word)| display_width(keys) + display_width(word) + 3).sum()
    };
    while needed(&kept) > width + 2 && kept.len() > 1 {
        kept.remove(kept.len().saturating_sub(3));
    }
    kept
}
