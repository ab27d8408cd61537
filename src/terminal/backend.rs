//! A ratatui backend that writes the changed cells of a frame in as few bytes as possible.
//!
//! Short cursor movements are relative, and a change of style is one sequence with only what differs. For a key that
//! moves the selection, this halves the output of crossterm's own backend.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::cursor::{Hide, MoveRight, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{Clear, ClearType as Cleared};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::frame_buffer::FrameBuffer;
use crate::ui::Links;

/// A ratatui backend that writes to a [`FrameBuffer`].
pub struct CompactBackend {
    out: FrameBuffer,
    size: Size,
    links: Option<Rc<RefCell<Links>>>,
    is_cursor_shown: Option<bool>,
}

impl CompactBackend {
    /// Creates a backend for a window size. With `links`, cells that carry a link are made clickable; pass `None` if
    /// the terminal does not support this.
    pub fn new(out: FrameBuffer, size: Size, links: Option<Rc<RefCell<Links>>>) -> Self {
        Self { out, size, links, is_cursor_shown: None }
    }

    /// Starts or ends a link if the cell's link is not the current one; returns the number of the cell's link.
    fn link(&mut self, cell: &Cell, begun: Option<usize>) -> io::Result<Option<usize>> {
        let Some(links) = &self.links else { return Ok(None) };
        let links = links.borrow();
        let link = links.address(cell.underline_color);
        let number = link.map(|(number, _)| number);
        match link {
            _ if number == begun => {}
            Some((number, address)) => write!(self.out, "\x1b]8;id={number};{address}\x1b\\")?,
            None => self.out.write_all(END_OF_LINK)?,
        }
        Ok(number)
    }

    /// Shows or hides the cursor, unless it already is.
    fn show(&mut self, is_shown: bool) -> io::Result<()> {
        if self.is_cursor_shown.replace(is_shown) == Some(is_shown) {
            return Ok(());
        }
        if is_shown { queue!(self.out, Show) } else { queue!(self.out, Hide) }
    }
}

impl Backend for CompactBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, cells: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut style = Style::default();
        let mut cursor: Option<Position> = None;
        let mut link = None;
        for (x, y, cell) in cells {
            match cursor.filter(|c| c.y == y && c.x <= x).map(|c| x - c.x) {
                Some(0) => {}
                Some(step) => queue!(self.out, MoveRight(step))?,
                None => queue!(self.out, MoveTo(x, y))?,
            }
            link = self.link(cell, link)?;
            style = style.change_to(Style::new(cell), &mut self.out)?;
            let symbol = cell.symbol();
            self.out.write_all(symbol.as_bytes())?;
            // Terminals may disagree about the width of other characters, so the next movement is absolute.
            cursor = symbol.is_ascii().then(|| Position { x: x + 1, y }).or_else(|| narrow(symbol, x, y));
        }
        if link.is_some() {
            self.out.write_all(END_OF_LINK)?;
        }
        style.change_to(Style::default(), &mut self.out)?;
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    /// Returns the origin: the terminal is never asked for the position of its cursor.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        queue!(self.out, MoveTo(x, y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        let region = match region {
            ClearType::All => Cleared::All,
            ClearType::AfterCursor => Cleared::FromCursorDown,
            ClearType::BeforeCursor => Cleared::FromCursorUp,
            ClearType::CurrentLine => Cleared::CurrentLine,
            ClearType::UntilNewLine => Cleared::UntilNewLine,
        };
        queue!(self.out, Clear(region))
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Ends a link: the terminal sequence OSC 8 without an address.
const END_OF_LINK: &[u8] = b"\x1b]8;;\x1b\\";

/// Returns the position after a line or block character, which every terminal draws one column wide; `None` for any
/// other.
fn narrow(symbol: &str, x: u16, y: u16) -> Option<Position> {
    let mut characters = symbol.chars();
    let is_drawing = matches!(characters.next(), Some('\u{2500}'..='\u{259f}' | '·' | '–' | '■' | '□'));
    (is_drawing && characters.next().is_none()).then(|| Position { x: x + 1, y })
}

/// The appearance of a cell.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Style {
    ink: Color,
    paper: Color,
    modifier: Modifier,
}

/// Each attribute with the SGR codes that switch it on and off (ECMA-48).
const ATTRIBUTES: [(Modifier, &str, &str); 5] = [
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::REVERSED, "7", "27"),
];

impl Style {
    fn new(cell: &Cell) -> Self {
        Self { ink: cell.fg, paper: cell.bg, modifier: cell.modifier }
    }

    /// Writes the sequence that changes this style into `next`, and returns `next`.
    fn change_to(self, next: Self, out: &mut impl Write) -> io::Result<Self> {
        if next == self {
            return Ok(next);
        }
        if next == Self::default() {
            out.write_all(b"\x1b[m")?;
            return Ok(next);
        }
        out.write_all(b"\x1b[")?;
        let mut numbers = Numbers { out, is_first: true };
        let mut kept = self.modifier;
        for (attribute, _, off) in ATTRIBUTES {
            if kept.contains(attribute) && !next.modifier.contains(attribute) {
                numbers.add(off)?;
                // One code ends both bold and dim.
                kept -= if off == "22" { Modifier::BOLD | Modifier::DIM } else { attribute };
            }
        }
        for (attribute, on, _) in ATTRIBUTES {
            if next.modifier.contains(attribute) && !kept.contains(attribute) {
                numbers.add(on)?;
            }
        }
        if next.ink != self.ink {
            numbers.add(&color(next.ink, 30))?;
        }
        if next.paper != self.paper {
            numbers.add(&color(next.paper, 40))?;
        }
        out.write_all(b"m")?;
        Ok(next)
    }
}

struct Numbers<'o, W> {
    out: &'o mut W,
    is_first: bool,
}

impl<W: Write> Numbers<'_, W> {
    fn add(&mut self, number: &str) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_first, false) {
            self.out.write_all(b";")?;
        }
        self.out.write_all(number.as_bytes())
    }
}

/// Returns the SGR code of a colour; `base` is 30 for the foreground and 40 for the background.
fn color(color: Color, base: u8) -> String {
    let plain = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match color {
        Color::Reset => plain(9),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style as Painted;

    /// Returns what is sent for the pieces of a line to a terminal without links.
    fn sent(pieces: &[(u16, &str, Painted)]) -> String {
        sent_with(pieces, None)
    }

    fn sent_with(pieces: &[(u16, &str, Painted)], links: Option<Rc<RefCell<Links>>>) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
        for (x, text, style) in pieces {
            buffer.set_string(*x, 0, text, *style);
        }
        let held = FrameBuffer::default();
        let mut backend = CompactBackend::new(held.clone(), Size { width: 40, height: 1 }, links);
        backend.draw(Buffer::empty(buffer.area).diff(&buffer).into_iter()).unwrap();
        let mut bytes = Vec::new();
        held.send(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_link_begins_once_and_ends() {
        let mut links = Links::default();
        let to = |mark| Painted::new().underline_color(mark);
        let (a, b) = (to(links.mark("https://a/").unwrap()), to(links.mark("https://b/").unwrap()));
        let pieces = [(0, "to:", Painted::new()), (3, "aa", a), (5, "b", b), (6, ".", Painted::new())];
        assert_eq!(
            sent_with(&pieces, Some(Rc::new(RefCell::new(links)))),
            "\x1b[1;1Hto:\x1b]8;id=0;https://a/\x1b\\aa\x1b]8;id=1;https://b/\x1b\\b\x1b]8;;\x1b\\."
        );
        assert_eq!(sent(&pieces), "\x1b[1;1Hto:aab.");
    }

    #[test]
    fn steps_within_a_line_are_relative() {
        assert_eq!(sent(&[(2, "ab", Painted::new()), (7, "c", Painted::new())]), "\x1b[1;3Hab\x1b[3Cc");
    }

    #[test]
    fn after_a_wide_character_the_step_is_absolute() {
        assert_eq!(sent(&[(0, "東", Painted::new()), (2, "b", Painted::new())]), "\x1b[1;1H東\x1b[1;3Hb");
    }

    #[test]
    fn a_style_names_only_what_changes() {
        let bold = Painted::new().add_modifier(Modifier::BOLD);
        let dim = Painted::new().add_modifier(Modifier::DIM);
        let red = bold.fg(Color::Red);
        let line = sent(&[(0, "a", bold), (1, "b", red), (2, "c", dim), (3, "d", Painted::new())]);
        assert_eq!(line, "\x1b[1;1H\x1b[1ma\x1b[31mb\x1b[22;2;39mc\x1b[md");
    }
}
