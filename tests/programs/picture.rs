//! Writes a picture of an actual frame to standard output, as SVG.
//!
//! `cargo run --example picture -- 120 36 dark "/bristol" > docs/screen.svg`
//!
//! The arguments are columns; rows; `dark` or `light`; the keys to press first (characters as they are, or `<tab>`,
//! `<enter>`, `<esc>`, `<down>`, `<up>`, `<left>`, `<right>`, `<pgdn>`, `<end>`); optionally a theme; and optionally a
//! file to open.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};
use scrutineer::app::App;
use scrutineer::load::{from_reader, record};
use scrutineer::ui::{Theme, ThemeName, draw};

const CELL: (f32, f32) = (8.43, 18.0);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |default: &str| arguments.next().unwrap_or_else(|| default.to_owned());
    let size = Size { width: next("120").parse()?, height: next("36").parse()? };
    let palette = if next("dark") == "light" { LIGHT } else { DARK };
    let keys = next("");
    let theme = next("default");
    let theme = ThemeName::ALL.into_iter().find(|name| name.name() == theme).ok_or("no theme has this name")?;
    let loaded = match next("").as_str() {
        "" => record()?,
        file => from_reader(std::fs::File::open(file)?, file)?,
    };
    let mut app = App::new(Arc::new(loaded), size);
    for code in key_codes(&keys)? {
        app.handle(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }
    let mut buffer = Buffer::empty(Rect::from(size));
    draw(&mut buffer, app.screen(), &Theme::named(theme), false);
    println!("{}", svg(&buffer, &palette)?);
    Ok(())
}

fn key_codes(keys: &str) -> Result<Vec<KeyCode>, Box<dyn Error>> {
    let mut codes = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let (name, after) = rest.trim_start_matches('<').split_once('>').ok_or("a key without its >")?;
            codes.push(named_key(name)?);
            rest = after;
        } else {
            codes.push(KeyCode::Char(c));
            rest = rest.strip_prefix(c).unwrap_or_default();
        }
    }
    Ok(codes)
}

fn named_key(name: &str) -> Result<KeyCode, Box<dyn Error>> {
    Ok(match name {
        "tab" => KeyCode::Tab,
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "down" => KeyCode::Down,
        "up" => KeyCode::Up,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgdn" => KeyCode::PageDown,
        "end" => KeyCode::End,
        _ => return Err(format!("no key is called {name}").into()),
    })
}

/// The colours of a terminal: background, text, and the named colours that are used.
struct Palette {
    background: &'static str,
    text: &'static str,
    red: &'static str,
    green: &'static str,
    yellow: &'static str,
    blue: &'static str,
    magenta: &'static str,
    cyan: &'static str,
}

const DARK: Palette = Palette {
    background: "#16181d",
    text: "#d6d8de",
    red: "#e06c75",
    green: "#98c379",
    yellow: "#e5c07b",
    blue: "#61afef",
    magenta: "#c678dd",
    cyan: "#56b6c2",
};

const LIGHT: Palette = Palette {
    background: "#fbfbfa",
    text: "#2b2d33",
    red: "#c0262d",
    green: "#3d8b37",
    yellow: "#a97a00",
    blue: "#2467c9",
    magenta: "#9a2fae",
    cyan: "#0b7f93",
};

impl Palette {
    fn color(&self, color: Color) -> String {
        let named = match color {
            // Of the 256 colours of xterm, the cube.
            Color::Indexed(number @ 16..=231) => {
                let part = |of: u8| match (number - 16) / of % 6 {
                    0 => 0,
                    step => 55 + 40 * u32::from(step),
                };
                return format!("#{:02x}{:02x}{:02x}", part(36), part(6), part(1));
            }
            Color::Black => DARK.background,
            Color::White => "#ffffff",
            Color::Red => self.red,
            Color::Green => self.green,
            Color::Yellow => self.yellow,
            Color::Blue => self.blue,
            Color::Magenta => self.magenta,
            Color::Cyan => self.cyan,
            _ => self.text,
        };
        named.to_owned()
    }
}

fn svg(buffer: &Buffer, palette: &Palette) -> Result<String, std::fmt::Error> {
    let (width, height) = (f32::from(buffer.area.width) * CELL.0, f32::from(buffer.area.height) * CELL.1);
    let mut svg = String::new();
    writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0}\" height=\"{1:.0}\" viewBox=\"-12 -12 {0} {1}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\" xml:space=\"preserve\">",
        width + 24.0,
        height + 24.0
    )?;
    writeln!(
        svg,
        "<rect x=\"-12\" y=\"-12\" width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>",
        palette.background
    )?;
    for position in buffer.area.positions() {
        if let Some(cell) = buffer.cell(position) {
            write_cell(&mut svg, cell, f32::from(position.x) * CELL.0, f32::from(position.y) * CELL.1, palette)?;
        }
    }
    svg.push_str("</svg>");
    Ok(svg)
}

fn write_cell(svg: &mut String, cell: &Cell, x: f32, y: f32, palette: &Palette) -> std::fmt::Result {
    let has = |modifier| cell.modifier.contains(modifier);
    let mut ink = palette.color(cell.fg);
    let mut paper = if cell.bg == Color::Reset { palette.background.to_owned() } else { palette.color(cell.bg) };
    if has(Modifier::REVERSED) {
        (ink, paper) = (paper, ink);
    }
    if paper != palette.background {
        writeln!(
            svg,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{paper}\"/>",
            CELL.0 + 0.1,
            CELL.1
        )?;
    }
    if cell.symbol().trim().is_empty() {
        return Ok(());
    }
    let text = cell.symbol().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let weight = if has(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let faint = if has(Modifier::DIM) { " opacity=\"0.55\"" } else { "" };
    let under = if has(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
    writeln!(svg, "<text x=\"{x:.2}\" y=\"{:.2}\" fill=\"{ink}\"{weight}{faint}{under}>{text}</text>", y + 13.5)
}
