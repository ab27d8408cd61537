//! The shapes and texts of pictures. The colours are attributes of each, and its class names them for the dark ones.

use maud::{Markup, Render, html};

use crate::report::palette::{Colour, FAINT, INK, LINE, ON};

/// The fonts of pictures, and of columns of text.
pub const FONT: &str = "system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
const EVEN: &str = "ui-monospace, Menlo, Consolas, monospace";

/// How a text is written.
#[derive(Clone, Copy)]
pub struct Lettering {
    colour: Colour,
    size: u8,
    weight: Option<&'static str>,
    anchor: Option<&'static str>,
    font: Option<&'static str>,
}

impl Lettering {
    /// Most texts.
    pub const PLAIN: Self = Self { colour: INK, size: 13, weight: None, anchor: None, font: None };
    /// The title of a picture.
    pub const TITLE: Self = Self { size: 18, weight: Some("600"), ..Self::PLAIN };
    /// Notes and headers.
    pub const FAINT: Self = Self { colour: FAINT, size: 12, ..Self::PLAIN };
    /// The cells of a table.
    pub const CELL: Self = Self { font: Some(EVEN), ..Self::PLAIN };
    /// The sign of a grade, in its middle.
    pub const SIGN: Self = Self { colour: ON, weight: Some("600"), anchor: Some("middle"), ..Self::PLAIN };
    /// A name below the sign.
    pub const NAME: Self = Self { size: 9, weight: None, ..Self::SIGN };

    /// Returns the same, with the text before the position instead of after it.
    pub const fn ending(self) -> Self {
        Self { anchor: Some("end"), ..self }
    }

    /// Returns the same, for a place that has the colour of a grade; without one, it is paper.
    pub const fn on(self, grade: Option<Colour>) -> Self {
        Self { colour: if grade.is_some() { ON } else { FAINT }, ..self }
    }

    /// Returns a text.
    pub fn text(self, x: usize, y: usize, text: impl Render) -> Markup {
        let Self { colour, size, weight, anchor, font } = self;
        html! {
            text class=(colour.name) fill=(colour.light) x=(x) y=(y) font-size=(size) font-weight=[weight]
                text-anchor=[anchor] font-family=[font] xml:space=[font.map(|_| "preserve")] { (text) }
        }
    }
}

/// Returns a line.
pub fn line(from: (usize, usize), to: (usize, usize)) -> Markup {
    html! { line.edge-line stroke=(LINE.light) x1=(from.0) x2=(to.0) y1=(from.1) y2=(to.1) {} }
}

/// Returns a bar.
pub fn bar(colour: Colour, (x, y): (usize, usize), width: impl Render, height: usize) -> Markup {
    html! { rect class=(colour.name) fill=(colour.light) x=(x) y=(y) width=(width) height=(height) {} }
}

/// Returns the box of a grade, or an empty one; with a dashed edge if the grade is that of a predecessor.
pub fn grade(
    colour: Option<Colour>,
    is_before: bool,
    (x, y): (usize, usize),
    (width, height): (usize, usize),
) -> Markup {
    let edge = if is_before { Some(INK) } else { colour.is_none().then_some(LINE) };
    let classes = [colour.map(|colour| colour.name.to_owned()), edge.map(|edge| format!("edge-{}", edge.name))];
    html! {
        rect class=(classes.into_iter().flatten().collect::<Vec<_>>().join(" "))
            fill=(colour.map_or("none", |colour| colour.light)) stroke=[edge.map(|edge| edge.light)]
            stroke-width=[is_before.then_some("2")] stroke-dasharray=[is_before.then_some("4 3")]
            x=(x) y=(y) width=(width) height=(height) rx="3" {}
    }
}
