//! Writes pictures as SVG: text stays text, each shape has its colour, which follows the dark setting of the reader where
//! styles are known, and each picture has a title, a description and its sources.

mod history;
mod map;
mod shapes;
mod table;
mod themes;
mod years;

use std::io::{self, Write};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{Markup, PreEscaped, html};

pub use history::history;
pub use map::map;
use shapes::Lettering;
pub use table::write_table;
pub use themes::themes;
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

/// The width of a picture on a page in programs that know no styles, so that it fits below what is said of a council.
const PRINTED: usize = 520;

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
        writeln!(out, "{}", self.markup().into_string())
    }

    /// Returns the picture for a page: within it, as an image, because LibreOffice shows no other form.
    pub fn image(&self) -> Markup {
        let data = BASE64_STANDARD.encode(self.markup().into_string());
        let (width, height) = self.size();
        let height = height * PRINTED / width.max(1);
        html! {
            img alt=(format!("{}. {}", self.title, self.description)) width=(PRINTED) height=(height)
                src=(format!("data:image/svg+xml;base64,{data}"));
        }
    }

    /// Returns the lines of the title and of the notes.
    fn lettering(&self) -> (Vec<String>, Vec<String>) {
        let lines = |text: &str, character: usize| {
            let lines = crate::text::wrap(text, self.width / character).into_iter();
            lines.map(|part| text.get(part).unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        (lines(&self.title, CHARACTER.1), self.notes.iter().flat_map(|note| lines(note, CHARACTER.0)).collect())
    }

    /// Returns the width and the height of the whole.
    fn size(&self) -> (usize, usize) {
        let (titles, notes) = self.lettering();
        let height = MARGIN + titles.len() * TITLE + LINE / 2 + self.height + notes.len() * LINE + 2 * MARGIN;
        (self.width + 2 * MARGIN, height)
    }

    fn markup(&self) -> Markup {
        let (titles, notes) = self.lettering();
        let (width, height) = self.size();
        let top = MARGIN + titles.len() * TITLE + LINE / 2;
        let below = top + self.height;
        let shift = format!("translate({MARGIN} {top})");
        html! {
            svg.picture xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="picture-title picture-description"
                font-family=(shapes::FONT) width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) {
                title #picture-title { (self.title) }
                desc #picture-description { (self.description) }
                style { (PreEscaped(palette::dark_pictures())) }
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
