//! Draws the browser, read-only: one file for each pane, for the layers, and for the theme.

mod canvas;
mod footer;
mod frame;
mod header;
mod links;
mod list;
mod progress;
mod text;
mod theme;

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::style::Modifier;

use crate::app::App;
use crate::layout::{Pane, WindowClass};
use canvas::Canvas;
pub use links::Links;
pub use progress::draw_progress;
pub use theme::{Theme, ThemeName};

/// Draws the browser and puts the cursor where it belongs; numbers the links it shows.
pub fn draw(frame: &mut Frame<'_>, app: &App, theme: &Theme, links: &mut Links) {
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, links);
    if app.window_class() == WindowClass::TooSmall {
        let words = "window too small";
        canvas.put(canvas.area(), 0, words, theme.plain());
        return;
    }
    let areas = app.areas();
    header::render(&mut canvas, app, areas.header);
    let in_list = list::render(&mut canvas, app, areas.list);
    let in_detail = text::render_pane(&mut canvas, app, Pane::Detail, areas.detail);
    let in_statistics = text::render_pane(&mut canvas, app, Pane::Statistics, areas.statistics);
    footer::render(&mut canvas, app, areas.footer);
    let in_layer = text::render_layer(&mut canvas, app);
    let cursor: Option<Position> =
        if app.layers.is_empty() { in_list.or(in_detail).or(in_statistics) } else { in_layer };
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}

/// What turns a focused figure or a selected row over.
const FOCUSED: Modifier = Modifier::REVERSED;
