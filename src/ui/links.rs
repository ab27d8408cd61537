//! Makes addresses on the screen clickable in terminals that can do that.
//!
//! While a frame is drawn, a linked cell carries the number of its address as the colour of an underline, which no
//! theme uses; so a layer drawn over a link takes its place cell by cell. Once all is drawn, each run of cells with one
//! address becomes a single cell that holds the text between the two escape sequences of a link.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Color;

/// The addresses of one frame.
#[derive(Debug, Default)]
pub struct Links {
    addresses: Vec<String>,
}

impl Links {
    /// Returns the colour that marks an address; `None` if the address is not plain ASCII, which a terminal might not
    /// accept in a link.
    pub fn mark(&mut self, address: &str) -> Option<Color> {
        if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let number = self.addresses.iter().position(|held| held == address).unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        let [zero, red, green, blue] = u32::try_from(number).ok()?.to_be_bytes();
        (zero == 0).then_some(Color::Rgb(red, green, blue))
    }

    /// Turns the marked cells of a buffer into links.
    pub fn write(&self, buffer: &mut Buffer) {
        if self.addresses.is_empty() {
            return;
        }
        for row in buffer.area.rows() {
            self.write_row(buffer, row);
        }
    }

    fn write_row(&self, buffer: &mut Buffer, row: Rect) {
        let mut x = row.left();
        while x < row.right() {
            let Some(first) = buffer.cell((x, row.y)).cloned() else { return };
            let same = |x: &u16| buffer.cell((*x, row.y)).is_some_and(|cell| style(cell) == style(&first));
            let width = (x..row.right()).take_while(same).count();
            let end = x + u16::try_from(width).unwrap_or(1).max(1);
            if let Some((number, address)) = self.address(first.underline_color) {
                let text: String = (x..end).filter_map(|x| buffer.cell((x, row.y))).map(Cell::symbol).collect();
                let symbol = format!("\x1b]8;id={number};{address}\x1b\\{text}\x1b]8;;\x1b\\");
                write_run(buffer, x, end, row.y, &symbol);
            }
            x = end;
        }
    }

    fn address(&self, mark: Color) -> Option<(usize, &str)> {
        let Color::Rgb(red, green, blue) = mark else { return None };
        let number = usize::try_from(u32::from_be_bytes([0, red, green, blue])).ok()?;
        self.addresses.get(number).map(|address| (number, address.as_str()))
    }
}

/// What all the cells of one link share.
fn style(cell: &Cell) -> (Color, ratatui::style::Style) {
    (cell.underline_color, cell.style())
}

/// Puts a symbol of several cells into the first. The others keep their text, and are marked as not drawn, so that they
/// count as changed when something else is drawn in their place.
fn write_run(buffer: &mut Buffer, start: u16, end: u16, y: u16, symbol: &str) {
    for x in start..end {
        let Some(cell) = buffer.cell_mut((x, y)) else { return };
        cell.underline_color = Color::Reset;
        cell.set_diff_option(CellDiffOption::Skip);
    }
    if let (Some(width), Some(cell)) = (NonZeroU16::new(end - start), buffer.cell_mut((start, y))) {
        cell.set_symbol(symbol).set_diff_option(CellDiffOption::ForcedWidth(width));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    const A: &str = "\x1b]8;id=0;https://a/\x1b\\";
    const END: &str = "\x1b]8;;\x1b\\";

    fn symbols(buffer: &Buffer, earlier: &Buffer) -> Vec<(u16, String)> {
        earlier.diff(buffer).into_iter().map(|(x, _, cell)| (x, cell.symbol().to_owned())).collect()
    }

    fn linked(text: &str, addresses: &[(u16, u16, &str)]) -> Buffer {
        let mut buffer = Buffer::with_lines([text]);
        let mut links = Links::default();
        for (x, width, address) in addresses {
            let mark = links.mark(address).unwrap();
            buffer.set_style(Rect::new(*x, 0, *width, 1), Style::new().underline_color(mark));
        }
        links.write(&mut buffer);
        buffer
    }

    #[test]
    fn each_run_is_one_link() {
        let buffer = linked("aab.", &[(0, 2, "https://a/"), (2, 1, "https://b/")]);
        let expected =
            [(0, format!("{A}aa{END}")), (2, format!("\x1b]8;id=1;https://b/\x1b\\b{END}")), (3, ".".to_owned())];
        assert_eq!(symbols(&buffer, &Buffer::empty(buffer.area)), expected);
    }

    #[test]
    fn plain_text_in_the_place_of_a_link_is_drawn_again() {
        let link = linked("aa", &[(0, 2, "https://a/")]);
        let plain = Buffer::with_lines(["aa"]);
        assert_eq!(symbols(&plain, &link), [(0, "a".to_owned()), (1, "a".to_owned())]);
        assert_eq!(symbols(&link, &link), []);
    }

    #[test]
    fn an_address_that_is_not_ascii_is_no_link() {
        assert_eq!(Links::default().mark("https://a/\u{1b}b"), None);
    }
}
