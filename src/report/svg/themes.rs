//! Draws how often inspectors asked for each subject or practice, by the year of the report.

use maud::{Markup, html};

use super::{Lettering, Picture, shapes};
use crate::report::palette::{ACCENT, LINE};
use crate::statistics::{CodeYears, Tally, share};

/// The height of a row.
const ROW: usize = 24;

/// The width of the labels, of a year, and of the bar in it.
const WIDTHS: (usize, usize, usize) = (230, 78, 66);

/// The height of a bar.
const BAR: usize = 4;

/// Returns the picture: a row for each subject or practice, and in each year how many of the reports ask for it.
pub fn themes(title: String, years: &[i16], themes: &[CodeYears], notes: Vec<String>) -> Picture {
    let (label, year_width, _) = WIDTHS;
    let start = |at: usize| label + at * year_width;
    let of_year = |(year, tally): (&i16, &Tally)| format!("{year}: {}", words(tally));
    let description = themes.iter().map(|theme| {
        let all: Vec<String> = years.iter().zip(&theme.years).map(of_year).collect();
        format!("{}: {}", theme.code.label, all.join(", "))
    });
    Picture {
        title,
        description: description.collect::<Vec<_>>().join("; "),
        width: start(years.len()),
        height: (themes.len() + 1) * ROW,
        drawing: html! {
            @for (at, year) in years.iter().enumerate() { (Lettering::FAINT.text(start(at), 14, year)) }
            @for (row, theme) in (1..).zip(themes) {
                (Lettering::PLAIN.text(0, row * ROW + 14, &theme.code.label))
                @for (at, tally) in theme.years.iter().enumerate() { (cell(tally, start(at), row * ROW)) }
            }
        },
        notes,
    }
}

fn cell(tally: &Tally, x: usize, y: usize) -> Markup {
    let (.., bar) = WIDTHS;
    let part = share(tally.matching, tally.known).unwrap_or(0.0);
    html! {
        (Lettering::FAINT.text(x, y + 14, words(tally)))
        (shapes::bar(LINE, (x, y + 18), bar, BAR))
        (shapes::bar(ACCENT, (x, y + 18), format!("{:.1}", part * bar as f64), BAR))
    }
}

fn words(tally: &Tally) -> String {
    format!("{} of {}", tally.matching, tally.known)
}
