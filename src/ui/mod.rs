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

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Modifier;
use ratatui::widgets::Clear;

pub use crate::app::ThemeName;
use crate::app::screen::ScreenModel;
use crate::layout::WindowClass;
use canvas::Canvas;
pub use progress::draw_progress;
pub use theme::Theme;

/// Draws the browser on an empty buffer, with clickable links if the terminal knows them. Returns where the cursor
/// belongs; nothing if it is not to be seen.
pub fn draw(buffer: &mut Buffer, screen: &ScreenModel, theme: &Theme, has_links: bool) -> Option<Position> {
    let mut canvas = Canvas::new(buffer, theme, has_links);
    if screen.class == WindowClass::TooSmall {
        canvas.put(canvas.area(), 0, "window too small", theme.plain());
        return None;
    }
    header::render(&mut canvas, screen);
    frame::rule(&mut canvas, screen.areas.rule);
    frame::rule(&mut canvas, screen.areas.second_rule);
    if let Some(list) = &screen.list {
        list::render(&mut canvas, list);
    }
    for pane in [&screen.detail, &screen.statistics].into_iter().flatten() {
        text::render(&mut canvas, pane);
    }
    footer::render(&mut canvas, &screen.footer, screen.areas.footer);
    if let Some(layer) = &screen.layer {
        canvas.widget(Clear, layer.area);
        text::render(&mut canvas, layer);
    }
    canvas.finish();
    if theme.is_ascii {
        ascii::replace(buffer);
    }
    screen.cursor
}

/// The style of a focused figure or a selected row.
const FOCUSED: Modifier = Modifier::REVERSED;
