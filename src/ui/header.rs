//! The top line: the title of the dataset, or tabs for the panes if only one is shown at a time.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::app::screen::{Header, PROGRAM, ScreenModel, Title, TitleLine};
use crate::layout::Pane;
use crate::text::{display_width, truncate};

/// Draws the top line.
pub fn render(canvas: &mut Canvas<'_>, screen: &ScreenModel) {
    match &screen.header {
        Header::Tabs(here, list) => tabs(canvas, (*here, list), screen.areas.header),
        Header::Title(title) => render_title(canvas, title, screen.areas.header),
    }
}

fn render_title(canvas: &mut Canvas<'_>, title: &Title, area: Rect) {
    let TitleLine { has_name, start, tabs, path, right } = title.line(usize::from(area.width));
    let strong = canvas.theme.accent().patch(canvas.theme.strong());
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    if has_name {
        canvas.put(area, 1, PROGRAM, strong);
    }
    for tab in tabs {
        let style = match tab.position == title.shown {
            true => strong.add_modifier(super::FOCUSED),
            false => canvas.theme.faint(),
        };
        canvas.put(area, column(tab.column), &tab.text, style);
    }
    canvas.put(area, column(start), &path, canvas.theme.strong());
    let start = usize::from(area.width).saturating_sub(display_width(&right) + 1);
    canvas.put(area, column(start), &right, canvas.theme.faint());
}

/// Draws the names of the panes, each in a third of the line.
fn tabs(canvas: &mut Canvas<'_>, (here, list): (Pane, &str), area: Rect) {
    let part = area.width / 3;
    for (place, pane) in (0..).zip(Pane::ALL) {
        let tab = Rect { x: area.x + part * place, width: part, height: area.height.min(1), ..area };
        let is_here = pane == here;
        let style = if is_here { canvas.theme.accent().add_modifier(super::FOCUSED) } else { canvas.theme.faint() };
        let name = format!(" {} {}", place + 1, tab_name(pane, list));
        canvas.put(tab, 0, &truncate(&name, usize::from(part)), style);
        if is_here {
            canvas.style(tab, style);
        }
    }
}

/// Names a pane; the list by the tab that it shows.
fn tab_name(pane: Pane, list: &str) -> &str {
    match pane {
        Pane::List => list,
        Pane::Detail => "Council",
        Pane::Statistics => "England",
    }
}
