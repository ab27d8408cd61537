//! The colours of pages and pictures, light and dark.

/// A colour.
#[derive(Debug, Clone, Copy)]
pub struct Colour {
    /// The name, as a property of pages and as a class in pictures.
    pub name: &'static str,
    /// On light paper.
    pub light: &'static str,
    dark: &'static str,
}

impl Colour {
    const fn new(name: &'static str, light: &'static str, dark: &'static str) -> Self {
        Self { name, light, dark }
    }
}

/// The colour of the paper.
pub const PAPER: Colour = Colour::new("paper", "#ffffff", "#15171c");

/// The colour of text.
pub const INK: Colour = Colour::new("ink", "#1b1e24", "#e6e8ec");

/// The colour of less important text.
pub const FAINT: Colour = Colour::new("faint", "#5a606b", "#a3aab6");

/// The colour of lines.
pub const LINE: Colour = Colour::new("line", "#c9ced6", "#3a404b");

/// The colour of links and bars.
pub const ACCENT: Colour = Colour::new("accent", "#7a1f6e", "#e19bd8");

/// The colour of signs on the colours of grades.
pub const ON: Colour = Colour::new("on", "#ffffff", "#101216");

/// The colours of grades, the best first.
pub const GRADES: [Colour; 4] = [
    Colour::new("g0", "#1a7f37", "#4cc26a"),
    Colour::new("g1", "#0a6c8f", "#4fc3d9"),
    Colour::new("g2", "#8a6100", "#e0b341"),
    Colour::new("g3", "#b3261e", "#ff8a80"),
];

fn for_each(rule: impl Fn(&Colour) -> String) -> String {
    [PAPER, INK, FAINT, LINE, ACCENT, ON].iter().chain(&GRADES).map(rule).collect()
}

/// Returns the colours as properties of a page: `--paper`, `--ink` …; before them those of grades for programs that know no
/// properties.
pub fn properties() -> String {
    let light = for_each(|colour| format!(" --{}: {};", colour.name, colour.light));
    let dark = for_each(|colour| format!(" --{}: {};", colour.name, colour.dark));
    let plain = GRADES
        .iter()
        .map(|Colour { name, light, .. }| format!(".{name} {{ background: {light}; color: {}; }}\n", ON.light));
    let plain: String = plain.collect();
    format!(
        "{plain}:root {{ color-scheme: light dark;{light} }}\n\
         @media screen and (prefers-color-scheme: dark) {{ :root {{{dark} }} }}\n"
    )
}

/// Returns the style with the dark colours of pictures. The light colours are attributes of the shapes, so that programs
/// without styles show them. LibreOffice reads styles but ignores `@media`; it does not match `[role]`, so it does not use
/// the dark colours.
pub fn dark_pictures() -> String {
    let rules = for_each(|Colour { name, dark, .. }| {
        format!("\n.picture[role] .{name} {{ fill: {dark}; }} .picture[role] .edge-{name} {{ stroke: {dark}; }}")
    });
    format!("@media screen and (prefers-color-scheme: dark) {{\n:root {{ color-scheme: dark; }}{rules}\n}}\n")
}
