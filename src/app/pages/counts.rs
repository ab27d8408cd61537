//! The statistics page for a framework without published figures: counts over the listed authorities.

use crate::app::page::{Figure, Line, Lines, Role, bar, paragraph, spaces};
use crate::dataset::Framework;
use crate::statistics::{CategoryCounts, Summary, Tally, Year, share};
use crate::text::truncate;
use crate::wording::{self, percent};

/// The width of the column of names.
const LABEL: usize = 26;

/// The width of a count.
const COUNT: usize = 5;

/// The maximum width of a bar.
const BAR: usize = 24;

/// Shown instead of the years if too many authorities are listed.
const TOO_MANY: &str =
    "Too many authorities to count by year here. Narrow the list, or run `scrutineer stats --by year`.";

/// The figures for earlier years, or why there are none.
pub enum Earlier<'a> {
    /// How many are good or better at the end of each year.
    Years(&'a [Year]),
    /// Too many authorities are listed to count them for every year.
    TooMany,
    /// The data hold only the latest inspection of each authority.
    NotHeld,
}

/// Lays out the statistics page for a framework without published figures.
pub fn page(summary: &Summary, earlier: &Earlier<'_>, framework: &Framework, width: usize) -> Lines {
    let writer = Writer { framework, label: LABEL.min(width / 3), width };
    let mut page = vec![writer.head()];
    for (category, counts) in framework.categories.iter().zip(&summary.categories) {
        page.push(writer.category(&category.short, counts));
    }
    page.extend(writer.absences(summary));
    page.push(Line::new());
    if !matches!(earlier, Earlier::NotHeld) {
        page.extend(writer.movement(summary));
    }
    page.extend(writer.route(summary));
    page.extend(writer.regions(summary));
    page.extend(match earlier {
        Earlier::Years(years) => writer.years(years),
        Earlier::TooMany => paragraph(TOO_MANY, width, 0, Role::Faint),
        Earlier::NotHeld => paragraph(&wording::only_latest("changes and earlier years"), width, 0, Role::Faint),
    });
    page
}

struct Writer<'a> {
    framework: &'a Framework,
    label: usize,
    width: usize,
}

impl<'a> Writer<'a> {
    fn named(&self, name: &str, role: Role) -> Line {
        Line::new().with(truncate(name, self.label.saturating_sub(1)).into_owned(), role).padded(self.label)
    }

    /// Whether there is space for the count of each grade beside the share.
    fn has_counts(&self) -> bool {
        self.label + COUNT * (self.framework.scale.steps.len() + 1) + 16 <= self.width
    }

    fn head(&self) -> Line {
        let mut line = Line::new().with(spaces(self.label), Role::Plain);
        for (position, step) in self.framework.scale.steps.iter().enumerate().filter(|_| self.has_counts()) {
            let sign =
                Line::new().with(format!("{:>COUNT$}", step.sign()), Role::Faint).for_figure(Figure::Step(position));
            line.spans.extend(sign.spans);
        }
        if self.has_counts() {
            line = line.with(format!("{:>COUNT$}", "none"), Role::Faint);
        }
        let words = "  good or better, of known";
        let words = if line.width() + words.len() <= self.width { words } else { "  good or better" };
        line.with(words, Role::Faint)
    }

    fn category(&self, name: &str, counts: &CategoryCounts) -> Line {
        let mut line = self.named(name, Role::Plain);
        for count in counts.steps.iter().chain([&counts.absent]).filter(|_| self.has_counts()) {
            line = line.with(format!("{count:>COUNT$}"), Role::Plain);
        }
        self.tally(line.with("  ", Role::Plain), counts.good)
    }

    /// Appends a bar if it fits, then both numbers and their share.
    fn tally(&self, mut line: Line, tally: Tally) -> Line {
        let words = match (tally.known, percent(tally.matching, tally.known)) {
            (0, _) => "none known".to_owned(),
            (known, Some(percent)) => format!("{} of {known} {percent}", tally.matching),
            (known, None) => format!("{} of {known}", tally.matching),
        };
        let width = self.width.saturating_sub(line.width() + 16).min(BAR);
        if width >= 6 {
            line.spans.extend(bar(share(tally.matching, tally.known).unwrap_or(0.0), width).spans);
            line = line.with(" ", Role::Plain);
        }
        line.with(words, Role::Plain)
    }

    /// Returns the reasons why some of the assessed authorities have no grade.
    fn absences(&self, summary: &Summary) -> Lines {
        let mut page = Lines::new();
        for (category, counts) in self.framework.categories.iter().zip(&summary.categories) {
            let words = wording::absences(&category.short, counts);
            page.extend(words.iter().flat_map(|words| paragraph(words, self.width, 0, Role::Faint)));
        }
        page
    }

    fn movement(&self, summary: &Summary) -> Lines {
        let mut page =
            paragraph("Since the previous inspection (authorities with both grades)", self.width, 0, Role::Heading);
        for (category, counts) in self.framework.categories.iter().zip(&summary.categories) {
            let all = counts.up + counts.same + counts.down;
            let words = format!("▲ {:>3}  = {:>3}  ▼ {:>3}  of {all}", counts.up, counts.same, counts.down);
            page.push(self.named(&category.short, Role::Plain).with(words, Role::Plain));
        }
        let all = self.framework.categories.iter().zip(&summary.categories);
        for words in all.filter_map(|(category, counts)| wording::redefined_movement(category, counts.redefined)) {
            page.extend(paragraph(&words, self.width, 0, Role::Faint));
        }
        page.push(Line::new());
        page
    }

    fn route(&self, summary: &Summary) -> Lines {
        let Some(tally) = summary.route else { return Lines::new() };
        let mut page = paragraph("Ofsted's 2026 route rule (second-hand; not a grade)", self.width, 0, Role::Heading);
        let words = "Good or better for leaders and for at least two of the three practice judgements:";
        page.extend(paragraph(words, self.width, 0, Role::Faint));
        page.push(self.tally(self.named("met", Role::Plain), tally));
        page.push(Line::new());
        page
    }

    fn regions(&self, summary: &Summary) -> Lines {
        let graded = summary.categories.iter().position(|c| c.good.known > 0).unwrap_or(0);
        let name = self.framework.categories.get(graded).map_or("", |c| c.label.as_str());
        let title = format!("{name}: good or better by region, of known");
        let mut page = paragraph(&title, self.width, 0, Role::Heading);
        for (region, tallies) in &summary.regions {
            let tally = tallies.get(graded).copied().unwrap_or_default();
            page.push(self.tally(self.named(region.as_deref().unwrap_or("region not known"), Role::Plain), tally));
        }
        page.push(Line::new());
        page
    }

    /// Draws a chart with a gap at each change of framework, because grades of different frameworks are not comparable.
    fn years(&self, years: &[Year]) -> Lines {
        let mut page = Lines::new();
        let mut framework = "";
        for year in years {
            if year.framework.id != framework {
                page.extend((!framework.is_empty()).then(Line::new));
                framework = &year.framework.id;
                let category = year.framework.categories.get(year.category).map_or("", |c| c.label.as_str());
                let title = format!("{} at the end of each year: {}", category, year.framework.short);
                page.extend(paragraph(&title, self.width, 0, Role::Heading));
            }
            let end = year.until.map_or(year.year.to_string(), |day| format!("to {day}"));
            page.push(self.tally(self.named(&end, Role::Plain), year.good));
            if let Some(remark) = wording::year_remark(year) {
                let words = format!("{remark}: {} of {}", year.assessed, year.listed);
                page.extend(paragraph(&words, self.width, 2, Role::Faint));
            }
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_reader;
    use crate::query::{Listing, ListingOptions};
    use crate::statistics::{summary, years};

    #[test]
    fn the_page_is_made_in_the_narrowest_of_rooms() {
        let file = include_bytes!("../../../tests/files/history.csv");
        let loaded = from_reader(file.as_slice(), "history.csv").unwrap();
        let framework = loaded.dataset.leading_framework().unwrap();
        let listing = Listing::new(std::sync::Arc::clone(&loaded.dataset), ListingOptions::default());
        let (summary, years) = (summary(&listing), years(&listing));
        for width in 0..40 {
            for earlier in [Earlier::Years(&years), Earlier::TooMany, Earlier::NotHeld] {
                assert!(page(&summary, &earlier, framework, width).len() > framework.categories.len(), "{width}");
            }
        }
    }
}
