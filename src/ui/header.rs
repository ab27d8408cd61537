//! The line at the top: what is open, or the bar of panes where only one fits.

use ratatui::layout::Rect;

use super::paint::Paint;
use crate::app::App;
use crate::layout::{Pane, Room};
use crate::text::{fit, width};

/// Draws the line at the top.
pub fn render(paint: &mut Paint<'_>, app: &App, area: Rect) {
    if app.room() == Room::One { tabs(paint, app, area) } else { title(paint, app, area) }
}

fn title(paint: &mut Paint<'_>, app: &App, area: Rect) {
    let header = app.header();
    let mut right = header.extent;
    if let Some(problems) = header.problems {
        right = format!("{problems} · {right}");
    }
    let room = usize::from(area.width).saturating_sub(width(&right) + 3);
    let name_end = paint.put(area, 1, "scrutineer", paint.theme.accent().patch(paint.theme.strong()));
    let left = room.saturating_sub(usize::from(name_end) + 3);
    paint.put(area, name_end + 3, &fitting(&header.titles, &header.scope, left), paint.theme.plain());
    let start = usize::from(area.width).saturating_sub(width(&right) + 1);
    paint.put(area, u16::try_from(start).unwrap_or(0), &right, paint.theme.faint());
}

/// The title and what of it is shown, with as many of the other parts as fit; where not even the title
/// does, it is cut before the scope is.
fn fitting(parts: &[String], scope: &[String], room: usize) -> String {
    let Some((title, others)) = parts.split_first() else { return String::new() };
    let (first, last) = (others.first(), others.get(1));
    let kept = [[first, last], [last, None], [None, None]];
    for kept in kept {
        let line = [title].into_iter().chain(scope).chain(kept.into_iter().flatten());
        let line = line.map(String::as_str).collect::<Vec<_>>().join(" · ");
        if width(&line) <= room {
            return line;
        }
    }
    if scope.is_empty() {
        return fit(title, room).into_owned();
    }
    let scope = scope.join(" · ");
    match room.checked_sub(width(&scope) + 3).filter(|left| *left >= 8) {
        Some(left) => format!("{} · {scope}", fit(title, left)),
        None => fit(&scope, room).into_owned(),
    }
}

/// The names of the panes, each in a third of the line.
fn tabs(paint: &mut Paint<'_>, app: &App, area: Rect) {
    let part = area.width / 3;
    for (place, pane) in (0..).zip(Pane::ALL) {
        let tab = Rect { x: area.x + part * place, width: part, height: area.height.min(1), ..area };
        let is_here = app.focus() == pane;
        let style = if is_here { paint.theme.accent().add_modifier(super::FOCUSED) } else { paint.theme.faint() };
        let name = format!(" {} {}", place + 1, tab_name(pane));
        let label = fit(&name, usize::from(part));
        paint.put(tab, 0, &label, style);
        if is_here {
            paint.style(tab, style);
        }
    }
}

fn tab_name(pane: Pane) -> &'static str {
    match pane {
        Pane::List => "Authorities",
        Pane::Detail => "Authority",
        Pane::Statistics => "National picture",
    }
}
