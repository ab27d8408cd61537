//! The line at the bottom: the keys that work here, from the key table.

use ratatui::layout::Rect;

use super::paint::Paint;
use crate::app::App;
use crate::text::width;

/// Draws the keys of the present context, as many as fit, the ways to help and out before
/// all; or what was just said.
pub fn render(paint: &mut Paint<'_>, app: &App, area: Rect) {
    if let Some(notice) = &app.notice {
        paint.put(area, 1, notice, paint.theme.strong());
        return;
    }
    let entries: Vec<(String, &str)> = app.keys.footer(app.context()).collect();
    let room = usize::from(area.width);
    let kept = fitting(&entries, room);
    let mut column = 1;
    for (keys, word) in kept {
        column = paint.put(area, column, keys, paint.theme.accent());
        column = paint.put(area, column + 1, word, paint.theme.faint()) + 2;
    }
}

/// Drops entries before the last two (help and quit) until the rest fits.
fn fitting<'e>(entries: &'e [(String, &'e str)], room: usize) -> Vec<(&'e str, &'e str)> {
    let mut kept: Vec<(&str, &str)> = entries.iter().map(|(k, w)| (k.as_str(), *w)).collect();
    let wide = |kept: &[(&str, &str)]| kept.iter().map(|(k, w)| width(k) + width(w) + 3).sum::<usize>();
    while wide(&kept) > room + 2 && kept.len() > 1 {
        kept.remove(kept.len().saturating_sub(3));
    }
    kept
}
