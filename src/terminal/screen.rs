//! Draws whole frames and sends each to the terminal in one piece.

use std::cell::RefCell;
use std::rc::Rc;

use anyhow::Context as _;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, size};
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::backend::CompactBackend;
use super::frame_buffer::FrameBuffer;
use crate::app::App;
use crate::ui::{Links, Theme, draw};

/// The terminal's screen, with the last frame drawn on it.
pub struct Screen {
    terminal: Terminal<CompactBackend>,
    held: FrameBuffer,
    links: Rc<RefCell<Links>>,
    size: Size,
    /// Whether the browser has been drawn.
    has_browser: bool,
}

impl Screen {
    /// Creates a screen of this size.
    ///
    /// # Errors
    /// If the terminal cannot be set up.
    pub fn new(size: Size) -> anyhow::Result<Self> {
        let held = FrameBuffer::default();
        let links = Rc::default();
        let terminal = terminal_of(size, &held, &links)?;
        Ok(Self { terminal, held, links, size, has_browser: false })
    }

    /// Returns the buffer of the bytes to send with the next frame.
    pub fn out(&mut self) -> &mut FrameBuffer {
        &mut self.held
    }

    /// Clears the screen, so that the next draw writes every cell.
    ///
    /// # Errors
    /// If the terminal cannot be set up.
    pub fn forget(&mut self, size: Size) -> anyhow::Result<()> {
        queue!(self.held, Clear(ClearType::All))?;
        self.terminal = terminal_of(size, &self.held, &self.links)?;
        self.size = size;
        Ok(())
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
        let links = Rc::clone(&self.links);
        self.has_browser = true;
        self.show(app.size(), |frame| draw(frame, app.screen(), theme, &mut links.borrow_mut()))
    }

    /// Draws a frame and sends it in one piece, inside a synchronized update.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn show(&mut self, size: Size, frame: impl FnOnce(&mut Frame<'_>)) -> anyhow::Result<()> {
        queue!(self.out(), BeginSynchronizedUpdate)?;
        if size != self.size {
            self.forget(size)?;
        }
        self.terminal.draw(frame)?;
        queue!(self.out(), EndSynchronizedUpdate)?;
        self.held.send(&mut std::io::stdout()).context("cannot write to the terminal")
    }
}

/// Returns the window size; 80 columns and 24 rows if the terminal does not report it.
pub fn window() -> Size {
    match size() {
        Ok((width, height)) if width > 0 && height > 0 => Size { width, height },
        _ => Size { width: 80, height: 24 },
    }
}

/// Creates a terminal with a fixed viewport, so that the size is not queried again for every frame.
fn terminal_of(
    size: Size,
    held: &FrameBuffer,
    links: &Rc<RefCell<Links>>,
) -> std::io::Result<Terminal<CompactBackend>> {
    let viewport = Viewport::Fixed(Rect::from(size));
    let has_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let backend = CompactBackend::new(held.clone(), size, has_links.then(|| Rc::clone(links)));
    Terminal::with_options(backend, TerminalOptions { viewport })
}
