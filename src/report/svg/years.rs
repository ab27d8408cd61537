//! Draws the share of "good or better" at the end of each year.

use maud::{Markup, html};

use super::{Lettering, Picture, shapes};
use crate::report::palette::{ACCENT, LINE};
use crate::statistics::{Year, share};
use crate::text::display_width;
use crate::wording;

/// The height of a row.
const ROW: usize = 24;

/// The width of the labels before the bars, and of a bar for all.
const WIDTHS: (usize, usize) = (90, 380);

/// The width of a letter, at most on average, in the headings and in the numbers after the bars.
const LETTER: usize = 8;

/// Returns the picture of some years, a bar each, under the framework and the category that they belong to.
pub fn years(title: String, years: &[Year], notes: Vec<String>) -> Picture {
    let groups: Vec<&[Year]> =
        years.chunk_by(|a, b| a.framework.is(&b.framework) && a.category == b.category).collect();
    let (label, bar) = WIDTHS;
    let longest = years.iter().map(|year| display_width(&numbers(year))).max().unwrap_or(0);
    let mut widest = label + bar + 10 + longest * LETTER;
    let mut row = 0;
    let mut drawn: Vec<Markup> = Vec::new();
    let mut descriptions: Vec<String> = Vec::new();
    for group in groups {
        let Some(first) = group.first() else { continue };
        let category = first.framework.categories.get(first.category).map_or("", |category| category.label.as_str());
        let heading = format!("{}: {category}, {} of known", first.framework.title, first.framework.scale.good_words());
        widest = widest.max(display_width(&heading) * LETTER);
        drawn.push(Lettering::PLAIN.text(0, row * ROW + 16, &heading));
        descriptions.push(heading);
        row += 1;
        for year in group {
            drawn.push(one(year, row));
            descriptions.push(format!(
                "{}: {}",
                year.year,
                wording::share_under(Some(&year.framework), year.good.matching, year.good.known)
            ));
            row += 1;
        }
        row += 1;
    }
    Picture {
        title,
        description: descriptions.join("; "),
        width: widest,
        height: row * ROW,
        drawing: html! { @for line in &drawn { (line) } },
        notes,
    }
}

fn one(year: &Year, row: usize) -> Markup {
    let (label, bar) = WIDTHS;
    let part = share(year.good.matching, year.good.known).unwrap_or(0.0);
    let filled = format!("{:.1}", part * bar as f64);
    html! {
        (Lettering::PLAIN.text(0, row * ROW + 16, year.year))
        (shapes::bar(LINE, (label, row * ROW + 4), bar, 16))
        (shapes::bar(ACCENT, (label, row * ROW + 4), filled, 16))
        (Lettering::PLAIN.text(label + bar + 10, row * ROW + 16, numbers(year)))
    }
}

/// Returns the share of a year, with what is to be said of it.
fn numbers(year: &Year) -> String {
    let share = wording::share_under(Some(&year.framework), year.good.matching, year.good.known);
    let until = year.until.map(|day| format!("to {day}"));
    std::iter::once(share).chain(until).chain(wording::year_remark(year)).collect::<Vec<_>>().join(", ")
}
