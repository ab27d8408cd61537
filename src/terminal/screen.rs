//! Draws whole frames and sends each to the terminal in one piece.

use std::io::{self, Write};
use std::mem;

use anyhow::Context as _;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute, SetStyle};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, size};
use ratatui::backend::IntoCrossterm;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier, Style};

use crate::app::{App, bounded};
use crate::ui::{Theme, draw};

/// The terminal's screen, with the last frame drawn on it.
///
/// ratatui's `Terminal` would fill two buffers before the first frame. This makes the second one only for the second frame,
/// which saves a twentieth of the processor time of a start.
///
/// Its backend for crossterm formats each cell by itself; [`write_cells`] writes runs of them, which makes the first frame
/// a sixth shorter.
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
        // Large enough for most first frames, so that it need not grow.
        let out = Vec::with_capacity(4 * usize::from(size.width) * usize::from(size.height));
        Self { out, shown: None, spare: Buffer::default(), has_links, size, has_browser: false }
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
        match &self.shown {
            Some(shown) => write_cells(&mut self.out, shown.diff_iter(&next))?,
            None => write_cells(&mut self.out, filled(&next))?,
        }
        match cursor {
            Some(Position { x, y }) => queue!(self.out, Show, MoveTo(x, y))?,
            None => queue!(self.out, Hide)?,
        }
        queue!(self.out, EndSynchronizedUpdate)?;
        self.spare = self.shown.replace(next).unwrap_or_default();
        Ok(())
    }

    /// Sends what was drawn, and whatever else was put into [`Screen::out`], in one piece.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn send(&mut self) -> anyhow::Result<()> {
        let mut terminal = io::stdout();
        let sent = terminal.write_all(&self.out).and_then(|()| terminal.flush());
        self.out.clear();
        sent.context("cannot write to the terminal")
    }
}

/// The longest gap between two texts that is written as spaces: moving the cursor takes as many bytes, and much longer.
const GAP: usize = 7;

/// Returns the cells to draw on an empty screen: those that are not blank and short gaps between them, without those that
/// a wide character covers.
fn filled(buffer: &Buffer) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let area = buffer.area;
    let rows = (area.y..).zip(buffer.content.chunks(usize::from(area.width).max(1)));
    rows.flat_map(move |(y, row)| filled_in((area.x..).zip(row).map(move |(x, cell)| (x, y, cell))))
}

fn filled_in<'c>(row: impl Iterator<Item = (u16, u16, &'c Cell)>) -> Vec<(u16, u16, &'c Cell)> {
    let mut cells = Vec::new();
    let (mut covered, mut end) = (0, 0);
    for (x, y, cell) in row {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        covered = cell.cell_width().saturating_sub(1);
        let is_blank = cell.symbol() == " " && look(cell) == look(&Cell::EMPTY);
        if !is_blank && (end == 0 || cells.len() > end + GAP) {
            cells.truncate(end);
        }
        cells.push((x, y, cell));
        if !is_blank {
            end = cells.len();
        }
    }
    cells.truncate(end);
    cells
}

/// Returns the colours of a cell and how its text is set.
fn look(cell: &Cell) -> (Color, Color, Color, Modifier) {
    (cell.fg, cell.bg, cell.underline_color, cell.modifier)
}

/// Writes cells at their positions. Neighbouring cells that look the same are written as one text; ratatui's backend
/// formats each cell by itself, however alike they are.
fn write_cells<'c>(out: &mut Vec<u8>, cells: impl Iterator<Item = (u16, u16, &'c Cell)>) -> io::Result<()> {
    let mut set = look(&Cell::EMPTY);
    let mut next = None;
    for (x, y, cell) in cells {
        // After a wide character, too: not all terminals agree on how wide some are.
        if next != Some((x, y)) {
            queue!(out, MoveTo(x, y))?;
        }
        next = Some((x.saturating_add(1), y));
        if look(cell) != set {
            set = look(cell);
            queue!(out, SetAttribute(Attribute::Reset), SetStyle(beyond_reset(cell.style()).into_crossterm()))?;
        }
        out.extend_from_slice(cell.symbol().as_bytes());
    }
    queue!(out, SetAttribute(Attribute::Reset))
}

/// Returns what of a style is to be set after everything was reset.
fn beyond_reset(style: Style) -> Style {
    let set = |color: Option<Color>| color.filter(|color| *color != Color::Reset);
    Style { fg: set(style.fg), bg: set(style.bg), underline_color: set(style.underline_color), ..style }
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

    use ratatui::backend::{Backend as _, CrosstermBackend};
    use ratatui::buffer::CellDiffOption;

    use super::*;

    /// Draws on an empty terminal with a function that writes; returns its screen.
    fn screen_of(write: impl FnOnce(&mut Vec<u8>)) -> vt100::Parser {
        let mut out = Vec::new();
        write(&mut out);
        let mut terminal = vt100::Parser::new(NonZeroU16::new(5).unwrap(), NonZeroU16::new(24).unwrap(), 0);
        terminal.process(&out);
        terminal
    }

    #[test]
    fn runs_of_cells_draw_what_ratatui_draws_cell_by_cell() {
        let area = Rect::new(0, 0, 24, 5);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(0, 0, "a東京b  words in a line", Style::new());
        buffer.set_string(20, 1, "東", Style::new());
        buffer.set_string(2, 2, "⚠\u{fe0f} e\u{301}", Style::new().reversed());
        buffer.set_string(12, 2, "bold", Style::new().bold().fg(Color::Red));
        buffer.set_string(16, 2, "faint", Style::new().dim().fg(Color::Indexed(8)).bg(Color::Blue));
        buffer.set_string(21, 2, "no", Style::new());
        buffer.set_style(Rect::new(0, 3, 3, 1), Style::new().underlined());
        buffer.set_string(5, 3, "link", Style::new());
        let (link, rest) = ("\x1b]8;;https://a/\x1b\\link\x1b]8;;\x1b\\", CellDiffOption::Skip);
        (6..9).for_each(|x| _ = buffer.cell_mut((x, 3)).unwrap().set_diff_option(rest));
        let forced = CellDiffOption::ForcedWidth(NonZeroU16::new(4).unwrap());
        buffer.cell_mut((5, 3)).unwrap().set_symbol(link).set_diff_option(forced);
        buffer.set_string(0, 4, "far", Style::new());
        buffer.set_string(18, 4, "apart", Style::new().italic());
        let empty = Buffer::empty(area);
        let expected = screen_of(|out| CrosstermBackend::new(out).draw(empty.diff_iter(&buffer)).unwrap());
        let first = screen_of(|out| write_cells(out, filled(&buffer)).unwrap());
        let later = screen_of(|out| write_cells(out, empty.diff_iter(&buffer)).unwrap());
        for (y, x) in (0..5).flat_map(|y| (0..24).map(move |x| (y, x))) {
            // What was never written is as blank as a space.
            let of = |terminal: &vt100::Parser| {
                let cell = terminal.screen().cell(y, x).unwrap();
                let text = if cell.has_contents() { cell.contents().to_owned() } else { " ".to_owned() };
                let set = (cell.bold(), cell.dim(), cell.italic(), cell.underline(), cell.inverse());
                (text, cell.fgcolor(), cell.bgcolor(), set)
            };
            assert_eq!((of(&first), of(&later)), (of(&expected), of(&expected)), "row {y}, column {x}");
        }
    }
}
