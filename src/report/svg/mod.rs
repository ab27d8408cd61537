//! Writes pictures as SVG: text stays text, the colours follow the light or dark setting of the reader, and each has a
//! title, a description and its sources.

mod history;
mod map;
mod table;
mod years;

use std::io::{self, Write};

use maud::{Markup, PreEscaped, html};

pub use history::history;
pub use map::map;
pub use table::write_table;
pub use years::years;

use crate::dataset::{Framework, Judgement};
use crate::statistics::degree;

/// The colours of pages and pictures, light and dark.
pub const PALETTE: &str = include_str!("../palette.css");

/// The style of the pictures.
pub const STYLE: &str = include_str!("picture.css");

/// The space around a picture.
const MARGIN: usize = 24;

/// The height of a line of text.
const LINE: usize = 20;

/// The width of a wide character of the notes and of the title, for wrapping them.
const CHARACTER: (usize, usize) = (7, 11);

/// The height of a line of the title.
const TITLE: usize = 24;

/// A picture: its drawing, with a title above and notes below.
pub struct Picture {
    /// The title.
    pub title: String,
    /// What it shows, in words, for those who cannot see it.
    pub description: String,
    /// The width of the drawing.
    pub width: usize,
    /// The height of the drawing.
    pub height: usize,
    /// The drawing; its upper left corner is at 0, 0.
    pub drawing: Markup,
    /// Lines below: the day, the signs, the sources.
    pub notes: Vec<String>,
}

impl Picture {
    /// Writes the picture as a file.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "{}", self.markup(Some(&format!("{PALETTE}{STYLE}"))).into_string())
    }

    /// Returns the picture for a page, which has the styles.
    pub fn inline(&self) -> Markup {
        self.markup(None)
    }

    fn markup(&self, style: Option<&str>) -> Markup {
        let lines = |text: &str, character: usize| {
            let lines = crate::text::wrap(text, self.width / character).into_iter();
            lines.map(|part| text.get(part).unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let titles = lines(&self.title, CHARACTER.1);
        let notes: Vec<String> = self.notes.iter().flat_map(|note| lines(note, CHARACTER.0)).collect();
        let width = self.width + 2 * MARGIN;
        let top = MARGIN + titles.len() * TITLE + LINE / 2;
        let below = top + self.height;
        let height = below + notes.len() * LINE + 2 * MARGIN;
        let shift = format!("translate({MARGIN} {top})");
        html! {
            svg.picture xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="picture-title picture-description"
                width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) {
                title #picture-title { (self.title) }
                desc #picture-description { (self.description) }
                @if let Some(style) = style { style { (PreEscaped(style)) } }
                rect.paper width=(width) height=(height) {}
                @for (number, line) in titles.iter().enumerate() {
                    text.title x=(MARGIN) y=(MARGIN + 16 + number * TITLE) { (line) }
                }
                g transform=(shift) { (self.drawing) }
                @for (number, note) in notes.iter().enumerate() {
                    text.faint x=(MARGIN) y=(below + MARGIN + number * LINE) { (note) }
                }
            }
        }
    }
}

/// Returns the class of a judgement: that of its grade's colour, or of an absence.
pub fn class(framework: &Framework, judgement: &Judgement) -> &'static str {
    const CLASSES: [&str; 4] = ["g0", "g1", "g2", "g3"];
    let grade = judgement.grade().map(|grade| degree(&framework.scale, grade));
    grade.and_then(|degree| CLASSES.get(usize::from(degree))).copied().unwrap_or("absent")
}
