//! Draws whole frames and sends each to the terminal in one piece.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use anyhow::Context as _;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, size};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::app::{App, bounded};
use crate::ui::{Theme, draw};

/// The terminal's screen, with the last frame drawn on it.
pub struct Screen {
    /// ratatui's view of the screen; `None` if what is on it is not known.
    terminal: Option<Terminal<CrosstermBackend<Unsent>>>,
    out: Unsent,
    has_links: bool,
    size: Size,
    /// Whether the browser has been drawn.
    has_browser: bool,
}

/// The bytes to send with the next frame. ratatui flushes after each step of a frame, which does nothing here.
#[derive(Clone, Default)]
pub struct Unsent(Rc<RefCell<Vec<u8>>>);

impl Write for Unsent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Screen {
    /// Creates a screen of this size, with unknown contents.
    pub fn new(size: Size) -> Self {
        let has_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        Self { terminal: None, out: Unsent::default(), has_links, size, has_browser: false }
    }

    /// Returns the writer of what is sent with the next frame.
    pub fn out(&mut self) -> &mut Unsent {
        &mut self.out
    }

    /// Takes the contents of the screen as unknown, so that the next frame clears it first.
    pub fn forget(&mut self, size: Size) {
        self.terminal = None;
        self.size = size;
    }

    /// Whether the browser is on the screen, drawn for this size.
    pub fn has_browser(&self, size: Size) -> bool {
        self.has_browser && self.size == size
    }

    /// Draws the browser; [`Screen::send`] shows it.
    ///
    /// # Errors
    /// If a command cannot be written as text.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        self.has_browser = true;
        let has_links = self.has_links;
        self.draw_frame(app.size(), |buffer| draw(buffer, app.screen(), theme, has_links))
    }

    /// Draws a frame, and adds what differs from the screen to the bytes to send, inside a synchronized update. `frame`
    /// draws on an empty buffer and returns where the cursor is, if it is visible.
    ///
    /// # Errors
    /// If a command cannot be written as text.
    pub fn draw_frame(&mut self, size: Size, frame: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        if size != self.size {
            self.forget(size);
        }
        queue!(self.out, BeginSynchronizedUpdate)?;
        let terminal = match &mut self.terminal {
            Some(terminal) => terminal,
            unknown => {
                // Also before the first frame: not every terminal has a second, empty screen.
                queue!(self.out, Clear(ClearType::All))?;
                let viewport = Viewport::Fixed(size.into());
                let backend = CrosstermBackend::new(self.out.clone());
                unknown.insert(Terminal::with_options(backend, TerminalOptions { viewport })?)
            }
        };
        terminal.draw(|drawn| {
            if let Some(cursor) = frame(drawn.buffer_mut()) {
                drawn.set_cursor_position(cursor);
            }
        })?;
        queue!(self.out, EndSynchronizedUpdate)
    }

    /// Sends what was drawn, and whatever else was written to [`Screen::out`], in one piece.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn send(&mut self) -> anyhow::Result<()> {
        let bytes = self.out.0.take();
        let mut terminal = io::stdout();
        terminal.write_all(&bytes).and_then(|()| terminal.flush()).context("cannot write to the terminal")
    }
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
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_frame_is_one_synchronized_update_that_clears_a_screen_of_unknown_contents() {
        let size = Size { width: 10, height: 2 };
        let mut screen = Screen::new(size);
        let draw = |screen: &mut Screen, size| {
            let words = |buffer: &mut Buffer| {
                buffer.set_string(0, 1, "words", Style::new());
                Some(Position { x: 3, y: 1 })
            };
            screen.draw_frame(size, words).unwrap();
            let sent = String::from_utf8(screen.out.0.take()).unwrap();
            let frame =
                sent.strip_prefix("\x1b[?2026h").unwrap().strip_suffix("\x1b[?25h\x1b[2;4H\x1b[?2026l").unwrap();
            (frame.starts_with("\x1b[2J"), frame.contains("words"))
        };
        assert_eq!(draw(&mut screen, size), (true, true));
        assert_eq!(draw(&mut screen, size), (false, false), "nothing changed");
        screen.forget(size);
        assert_eq!(draw(&mut screen, size), (true, true), "forgotten");
        assert_eq!(draw(&mut screen, Size { width: 11, height: 2 }), (true, true), "another size");
    }
}
