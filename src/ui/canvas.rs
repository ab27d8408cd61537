//! Writes text into the buffer, never outside of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::links::Links;
use super::theme::Theme;
use crate::app::screen::{Figure, Line, Span};

/// A buffer with the theme to paint it in.
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    /// The colours.
    pub theme: &'b Theme,
    links: Option<Links>,
}

impl<'b> Canvas<'b> {
    /// Paints into a buffer, with links if the terminal can make them clickable.
    pub fn new(buffer: &'b mut Buffer, theme: &'b Theme, has_links: bool) -> Self {
        Self { buffer, theme, links: has_links.then(Links::default) }
    }

    /// Writes the links, once everything else is drawn.
    pub fn finish(self) {
        if let Some(links) = self.links {
            links.write(self.buffer);
        }
    }

    /// The whole of the buffer.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Writes a text at a column of the first line of an area, cut at its end; returns the column after
    /// it.
    pub fn put(&mut self, area: Rect, column: u16, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        let width = area.width.saturating_sub(column);
        if width == 0 || area.height == 0 {
            return column;
        }
        let (end, _) = self.buffer.set_stringn(area.x + column, area.y, text, usize::from(width), style);
        end - area.x
    }

    /// Writes a line at the beginning of an area; what belongs to the focused figure is turned over.
    pub fn line(&mut self, area: Rect, line: &Line, focused: Option<Figure>) {
        let mut column = 0;
        for span in &line.spans {
            let mut style = self.theme.role(span.role);
            if span.figure.is_some() && span.figure == focused {
                style = style.add_modifier(super::FOCUSED);
            }
            if let Some(mark) = self.mark(span) {
                style = style.underline_color(mark);
            }
            column = self.put(area, column, &span.text, style);
        }
    }

    fn mark(&mut self, span: &Span) -> Option<Color> {
        self.links.as_mut()?.mark(span.link.as_deref()?)
    }

    /// Gives an area a style on top of what is there.
    pub fn style(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }

    /// Writes one symbol at a place, if it lies within the buffer.
    pub fn symbol(&mut self, x: u16, y: u16, symbol: &'static str, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }
}

/// The row of an area at a height; empty below its end.
pub fn row(area: Rect, at: usize) -> Rect {
    let at = u16::try_from(at).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + at, height: (area.height - at).min(1), ..area }
}
