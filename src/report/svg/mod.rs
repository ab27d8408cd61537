//! Writes pictures as SVG: text stays text, each shape has its colour, which follows the dark setting of the reader where
//! styles are known, and each picture has a title, a description and its sources.

mod history;
mod map;
mod shapes;
mod table;
mod years;

use std::io::{self, Write};

use maud::{Markup, PreEscaped, html};

pub use history::history;
pub use map::map;
use shapes::Lettering;
pub use table::write_table;
pub use years::years;

use crate::dataset::{Framework, Judgement};
use crate::report::palette::{self, Colour, GRADES, PAPER};
use crate::statistics::degree;

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
        writeln!(out, "{}", self.markup(Some(&palette::dark_pictures())).into_string())
    }

    /// Returns the picture for a page, which has the style.
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
                font-family=(shapes::FONT) width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) {
                title #picture-title { (self.title) }
                desc #picture-description { (self.description) }
                @if let Some(style) = style { style { (PreEscaped(style)) } }
                (shapes::bar(PAPER, (0, 0), width, height))
                @for (number, line) in titles.iter().enumerate() {
                    (Lettering::TITLE.text(MARGIN, MARGIN + 16 + number * TITLE, line))
                }
                g transform=(shift) { (self.drawing) }
                @for (number, note) in notes.iter().enumerate() {
                    (Lettering::FAINT.text(MARGIN, below + MARGIN + number * LINE, note))
                }
            }
        }
    }
}

/// Returns the colour of a judgement's grade; `None` without a grade.
pub fn colour(framework: &Framework, judgement: &Judgement) -> Option<Colour> {
    let grade = judgement.grade().map(|grade| degree(&framework.scale, grade));
    GRADES.get(usize::from(grade?)).copied()
}
