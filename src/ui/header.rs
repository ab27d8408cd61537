//! The top line: the title of the dataset, or tabs for the panes if only one is shown at a time.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::screen::{Header, ScreenModel, Title};
use crate::layout::Pane;
use crate::text::{display_width, truncate};

/// The name of the program.
const NAME: &str = "scrutineer";

/// Draws the top line.
pub fn render(canvas: &mut Canvas<'_>, screen: &ScreenModel) {
    match &screen.header {
        Header::Tabs(here) => tabs(canvas, *here, screen.areas.header),
        Header::Title(title) => render_title(canvas, title, screen.areas.header),
    }
}

fn render_title(canvas: &mut Canvas<'_>, title: &Title, area: Rect) {
    let problems = title.problems.iter().map(|problems| format!("{problems} · "));
    let right = problems.collect::<String>() + &title.extent;
    let width = usize::from(area.width).saturating_sub(display_width(&right) + 3);
    // The framework shown is more important than the name of the program.
    let left = width.saturating_sub(display_width(NAME) + 4);
    let has_name = title.short.as_ref().is_none_or(|short| display_width(short) <= left);
    if has_name {
        let end = canvas.put(area, 1, NAME, canvas.theme.accent().patch(canvas.theme.strong()));
        canvas.put(area, end + 3, &fitting(title, left), canvas.theme.plain());
    } else {
        canvas.put(area, 1, &fitting(title, width.saturating_sub(1)), canvas.theme.plain());
    }
    let start = usize::from(area.width).saturating_sub(display_width(&right) + 1);
    canvas.put(area, u16::try_from(start).unwrap_or(0), &right, canvas.theme.faint());
}

/// Joins the title, the scope and as many of the other parts as fit. If not even the title and the scope fit, the title
/// is truncated first.
fn fitting(Title { titles, short, scope, .. }: &Title, width: usize) -> String {
    let Some((title, others)) = titles.split_first() else { return String::new() };
    let (first, last) = (others.first(), others.get(1));
    let kept = [[first, last], [last, None], [None, None]];
    for kept in kept {
        let line = [title].into_iter().chain(scope).chain(kept.into_iter().flatten());
        let line = line.map(String::as_str).collect::<Vec<_>>().join(" · ");
        if display_width(&line) <= width {
            return line;
        }
    }
    let line = short.iter().chain(scope).map(String::as_str).collect::<Vec<_>>().join(" · ");
    if short.is_some() && display_width(&line) <= width {
        return line;
    }
    if scope.is_empty() {
        return truncate(short.as_ref().unwrap_or(title), width).into_owned();
    }
    let scope = scope.join(" · ");
    match width.checked_sub(display_width(&scope) + 3).filter(|left| *left >= 8) {
        Some(left) => format!("{} · {scope}", truncate(title, left)),
        None => truncate(&scope, width).into_owned(),
    }
}

/// Draws the names of the panes, each in a third of the line.
fn tabs(canvas: &mut Canvas<'_>, here: Pane, area: Rect) {
    let part = area.width / 3;
    for (place, pane) in (0..).zip(Pane::ALL) {
        let tab = Rect { x: area.x + part * place, width: part, height: area.height.min(1), ..area };
        let is_here = pane == here;
        let style = if is_here { canvas.theme.accent().add_modifier(super::FOCUSED) } else { canvas.theme.faint() };
        let name = format!(" {} {}", place + 1, tab_name(pane));
        canvas.put(tab, 0, &truncate(&name, usize::from(part)), style);
        if is_here {
            canvas.style(tab, style);
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
