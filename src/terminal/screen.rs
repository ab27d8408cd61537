//! Draws whole frames and sends each to the terminal in one piece.

use std::io::Write;
use std::mem;

use anyhow::Context as _;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, size};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};

use crate::app::{App, bounded};
use crate::ui::{Theme, draw};

/// The terminal's screen, with the last frame drawn on it.
///
/// ratatui's `Terminal` would fill two buffers before the first frame. This makes the second one only for the second frame,
/// which saves a twentieth of the processor time of a start.
///
/// Its backend for crossterm writes the cells. One of our own that sent only what differs between styles was measured
/// against it: 6.2 against 8.5 kB for the start, 222 against 298 bytes for a plain move, 1.6 against 2.0 kB for a move with
/// a new detail, and 10 % less processor time. That did not earn its 220 lines.
pub struct Screen {
    /// The bytes to send with the next frame.
    out: Vec<u8>,
    /// What is on the screen; `None` if that is not known.
    shown: Option<Buffer>,
    /// The buffer of the frame before that, to draw the next one on.
    spare: Buffer,
    has_links: bool,
    size: Size,
    /// Whether the browser has been drawn.
    has_browser: bool,
}

impl Screen {
    /// Creates a screen of this size, with unknown contents.
    pub fn new(size: Size) -> Self {
        let has_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        Self { out: Vec::new(), shown: None, spare: Buffer::default(), has_links, size, has_browser: false }
    }

    /// Returns the buffer of the bytes to send with the next frame.
    pub fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Takes the contents of the screen as unknown, so that the next frame clears it first.
    pub fn forget(&mut self, size: Size) {
        self.shown = None;
        self.size = size;
    }

    /// Whether the browser is on the screen, drawn for this size.
    pub fn has_browser(&self, size: Size) -> bool {
        self.has_browser && self.size == size
    }

    /// Draws the browser.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> anyhow::Result<()> {
        self.has_browser = true;
        let has_links = self.has_links;
        self.show(app.size(), |buffer| draw(buffer, app.screen(), theme, has_links))
    }

    /// Draws a frame and sends what differs from the screen in one piece, inside a synchronized update. `frame` draws on
    /// an empty buffer and returns where the cursor is, if it is visible.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn show(&mut self, size: Size, frame: impl FnOnce(&mut Buffer) -> Option<Position>) -> anyhow::Result<()> {
        queue!(self.out, BeginSynchronizedUpdate)?;
        if size != self.size {
            self.forget(size);
        }
        if self.shown.is_none() {
            // Also before the first frame: not every terminal has a second, empty screen.
            queue!(self.out, Clear(ClearType::All))?;
        }
        let area = Rect::from(size);
        let mut next = mem::take(&mut self.spare);
        if next.area == area {
            next.reset();
        } else {
            next = Buffer::empty(area);
        }
        let cursor = frame(&mut next);
        let mut backend = CrosstermBackend::new(&mut self.out);
        match &self.shown {
            Some(shown) => backend.draw(shown.diff_iter(&next))?,
            None => backend.draw(filled(&next))?,
        }
        match cursor {
            Some(Position { x, y }) => queue!(self.out, Show, MoveTo(x, y))?,
            None => queue!(self.out, Hide)?,
        }
        queue!(self.out, EndSynchronizedUpdate)?;
        self.spare = self.shown.replace(next).unwrap_or_default();
        self.send().context("cannot write to the terminal")
    }

    fn send(&mut self) -> std::io::Result<()> {
        let mut terminal = std::io::stdout();
        let sent = terminal.write_all(&self.out).and_then(|()| terminal.flush());
        self.out.clear();
        sent
    }
}

/// Returns the cells to draw on an empty screen: those that are not blank, without those that a wide character covers.
fn filled(buffer: &Buffer) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let mut covered = 0;
    buffer.area.positions().zip(&buffer.content).filter_map(move |(Position { x, y }, cell)| {
        if covered > 0 {
            covered -= 1;
            return None;
        }
        covered = cell.cell_width().saturating_sub(1);
        (*cell != Cell::EMPTY).then_some((x, y, cell))
    })
}

/// Returns the window size, bounded; 80 columns and 24 rows if the terminal does not report it.
pub fn window() -> Size {
    match size_of_output().or_else(|| size().ok()) {
        Some((width, height)) if width > 0 && height > 0 => bounded(Size { width, height }),
        _ => Size { width: 80, height: 24 },
    }
}

/// Returns the size that the terminal on standard output reports. crossterm opens the controlling terminal to ask.
#[cfg(unix)]
fn size_of_output() -> Option<(u16, u16)> {
    rustix::termios::tcgetwinsize(std::io::stdout()).ok().map(|size| (size.ws_col, size.ws_row))
}

/// Returns nothing: on this system, crossterm asks without opening anything.
#[cfg(not(unix))]
fn size_of_output() -> Option<(u16, u16)> {
    None
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use ratatui::buffer::CellDiffOption;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn an_empty_screen_gets_what_differs_from_a_blank_one() {
        let area = Rect::new(0, 0, 12, 4);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(0, 0, "a東京b", Style::new());
        buffer.set_string(10, 1, "東", Style::new());
        buffer.set_string(2, 2, "⚠\u{fe0f} e\u{301}", Style::new().reversed());
        buffer.set_style(Rect::new(0, 3, 3, 1), Style::new().underlined());
        buffer.set_string(5, 3, "link", Style::new());
        let (link, rest) = ("\x1b]8;;https://a/\x1b\\link\x1b]8;;\x1b\\", CellDiffOption::Skip);
        (6..9).for_each(|x| _ = buffer.cell_mut((x, 3)).unwrap().set_diff_option(rest));
        let forced = CellDiffOption::ForcedWidth(NonZeroU16::new(4).unwrap());
        buffer.cell_mut((5, 3)).unwrap().set_symbol(link).set_diff_option(forced);
        assert_eq!(filled(&buffer).collect::<Vec<_>>(), Buffer::empty(area).diff(&buffer));
    }
}
