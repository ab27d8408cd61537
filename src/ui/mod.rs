//! Draws the screen, one module for each part of it. Reads only the [`ScreenModel`].

mod ascii;
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
use ratatui::style::Modifier;

use crate::app::screen::ScreenModel;
use crate::layout::WindowClass;
use canvas::Canvas;
pub use progress::draw_progress;
pub use theme::{Theme, ThemeName};

/// Draws the browser and puts the cursor where it belongs; with clickable links if the terminal knows them.
pub fn draw(frame: &mut Frame<'_>, screen: &ScreenModel, theme: &Theme, has_links: bool) {
    let mut canvas = Canvas::new(frame.buffer_mut(), theme, has_links);
    if screen.class == WindowClass::TooSmall {
        canvas.put(canvas.area(), 0, "window too small", theme.plain());
        return;
    }
    header::render(&mut canvas, screen);
    if let Some(list) = &screen.list {
        list::render(&mut canvas, list);
    }
    for pane in [&screen.detail, &screen.statistics].into_iter().flatten() {
        text::render(&mut canvas, pane);
    }
    footer::render(&mut canvas, &screen.footer, screen.areas.footer);
    if let Some(layer) = &screen.layer {
        canvas.clear(layer.area);
        text::render(&mut canvas, layer);
    }
    canvas.finish();
    if theme.is_ascii {
        ascii::replace(frame.buffer_mut());
    }
    if let Some(position) = screen.cursor {
        frame.set_cursor_position(position);
    }
}

/// The style of a focused figure or a selected row.
const FOCUSED: Modifier = Modifier::REVERSED;
