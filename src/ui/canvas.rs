//! Draws text into a ratatui buffer, clipped to it.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Widget;

use super::links::Links;
use super::theme::Theme;
use crate::app::screen::{Figure, Line, Role, Span};
use crate::text::{display_width, is_simple};

/// A buffer, with the theme and the links to draw with.
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

    /// Returns the area of the whole buffer.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Writes a text at a column of the first line of an area, clipped at the end of the area; returns the column after
    /// the text.
    pub fn put(&mut self, area: Rect, column: u16, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buffer.area);
        let width = area.width.saturating_sub(column);
        if width == 0 || area.height == 0 {
            return column;
        }
        if is_simple(text) {
            return self.put_simple(area, column, text, style);
        }
        let (end, _) = self.buffer.set_stringn(area.x + column, area.y, text, usize::from(width), style);
        end - area.x
    }

    /// Writes a text of which each character has a cell of its own.
    fn put_simple(&mut self, area: Rect, column: u16, text: &str, style: Style) -> u16 {
        let mut column = column;
        for letter in text.split_inclusive(|_| true) {
            if column == area.width {
                break;
            }
            if let Some(cell) = self.buffer.cell_mut((area.x + column, area.y)) {
                cell.set_symbol(letter).set_style(style);
            }
            column += 1;
        }
        column
    }

    /// Writes a line at the start of an area; spans of the focused figure are in reverse video.
    pub fn line(&mut self, area: Rect, line: &Line, focused: Option<Figure>) {
        let mut column = 0;
        for span in &line.spans {
            let mut style = self.theme.role(span.role);
            if span.figure.is_some() && span.figure == focused {
                style = match span.role {
                    // Among filled tiles, the one that has the focus is not filled, and keeps its colour.
                    Role::Tile(_) | Role::TileLetter(_) => style.add_modifier(super::FOCUSED),
                    // One bar, whatever the colours of its parts.
                    _ => style.fg(Color::Reset).remove_modifier(Modifier::DIM).add_modifier(super::FOCUSED),
                };
            }
            if let Some(mark) = self.mark(span) {
                style = style.underline_color(mark);
            }
            let is_solid = matches!(span.role, Role::Segment(_)) && self.theme.has_colours();
            let text =
                if is_solid { Cow::Owned("█".repeat(display_width(&span.text))) } else { Cow::Borrowed(&*span.text) };
            column = self.put(area, column, &text, style);
        }
    }

    fn mark(&mut self, span: &Span) -> Option<Color> {
        self.links.as_mut()?.mark(span.link.as_deref()?)
    }

    /// Gives an area a style on top of what is there.
    pub fn style(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Draws one of ratatui's widgets.
    pub fn widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area.intersection(self.buffer.area), self.buffer);
    }
}

/// Returns row `at` of an area; an empty area if it has fewer rows.
pub fn row(area: Rect, at: usize) -> Rect {
    let at = u16::try_from(at).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + at, height: (area.height - at).min(1), ..area }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::ThemeName;

    #[test]
    fn simple_text_is_drawn_as_any_other() {
        let simple: String = (' '..='\u{25fc}').filter(|c| is_simple(&c.to_string())).collect();
        let (area, theme) = (Rect::new(2, 1, 9, 1), Theme::named(ThemeName::Default));
        let style = Style::new().fg(Color::Red);
        for text in simple.chars().collect::<Vec<_>>().chunks(20).map(|part| part.iter().collect::<String>()) {
            for column in [0, 5, 8, 9, 30] {
                let (mut ours, mut theirs) =
                    (Buffer::empty(Rect::new(0, 0, 12, 3)), Buffer::empty(Rect::new(0, 0, 12, 3)));
                let end = Canvas::new(&mut ours, &theme, false).put(area, column, &text, style);
                let left = usize::from(area.width.saturating_sub(column));
                let (theirs_end, _) = theirs.set_stringn(area.x + column, area.y, &text, left, style);
                assert_eq!((ours, area.x + end), (theirs, theirs_end), "{text}");
            }
        }
    }
}
