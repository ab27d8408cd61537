//! The line at the bottom: the keys that work here, from the key table.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::App;
use crate::text::display_width;

/// Draws the keys of the present context, as many as fit, the ways to help and out before
/// all; or what was just said.
pub fn render(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    if let Some(notice) = &app.notice {
        canvas.put(area, 1, notice, canvas.theme.strong());
        return;
    }
    let entries: Vec<(String, &str)> = app.keys.footer(app.context()).collect();
    let width = usize::from(area.width);
    let kept = fitting(&entries, width);
    let mut column = 1;
    for (keys, word) in kept {
        column = canvas.put(area, column, keys, canvas.theme.accent());
        column = canvas.put(area, column + 1, word, canvas.theme.faint()) + 2;
    }
}

/// Drops entries before the last two (help and quit) until the rest fits.
fn fitting<'e>(entries: &'e [(String, &'e str)], width: usize) -> Vec<(&'e str, &'e str)> {
    let mut kept: Vec<(&str, &str)> = entries.iter().map(|(k, w)| (k.as_str(), *w)).collect();
    let wide = |kept: &[(&str, &str)]| kept.iter().map(|(k, w)| display_width(k) + display_width(w) + 3).sum::<usize>();
    while wide(&kept) > width + 2 && kept.len() > 1 {
        kept.remove(kept.len().saturating_sub(3));
    }
    kept
}
