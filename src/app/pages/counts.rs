//! The statistics page for a framework without published figures: our own counts over all authorities, beside those
//! over the listed ones.

use crate::app::page::{Figure, Line, Lines, Role, bar, degree, paragraph, spaces, stacked_bar};
use crate::dataset::{Framework, Trend};
use crate::query::View;
use crate::statistics::{CategoryCounts, Count, RegionCounts, Summary, Tally, Year, share};
use crate::text::{display_width, truncate};
use crate::wording::{self, percent_under};

/// The maximum width of a name.
const LABEL: usize = 26;

/// The width of a tally with its share: "118 of 153  77%".
const TALLY: usize = 15;

/// The width of a count of one grade.
const COUNT: usize = 4;

/// The width of the counts of movements: "↑64  58 ↓29", with a space before each.
const MOVEMENT: usize = 16;

/// The width from which a category has a count of each grade beside its bar.
const WIDE: usize = 80;

/// The least and the greatest width of a bar.
const BAR: (usize, usize) = (6, 24);

/// Shown instead of the years if too many authorities are listed.
const TOO_MANY: &str = "Too many councils to count by year here. Narrow the list, or run `scrutineer stats --by year`.";

/// The figures for earlier years, or why there are none.
pub enum Earlier<'a> {
    /// How many are good or better at the end of each year.
    Years(&'a [Year]),
    /// Too many authorities are listed to count them for every year.
    TooMany,
    /// The data hold only the latest inspection of each authority.
    NotHeld,
    /// They are part of the series that follows.
    InSeries,
}

/// What a page of counts is made from.
pub struct Counts<'a> {
    /// The counts over all authorities.
    pub national: &'a Summary,
    /// The counts over the listed ones, if a search or a filter narrows the list.
    pub listed: Option<&'a Summary>,
    /// The framework.
    pub framework: &'a Framework,
    /// The view.
    pub view: &'a View,
    /// The figures for earlier years.
    pub earlier: Earlier<'a>,
    /// The width of the page.
    pub width: usize,
}

impl Counts<'_> {
    /// Returns one line for each category, under a line of headers if there is more than shares.
    pub fn table(&self) -> Lines {
        let table = Table::new(self);
        let rows = self.framework.shown_order().into_iter().filter_map(|position| table.row(position));
        let headers = table.has_headers().then(|| table.headers());
        headers.into_iter().chain(rows).collect()
    }

    /// Returns one line for each category that is still graded, without headers.
    pub fn summary(&self) -> Lines {
        let table = Table::new(self);
        let day = self.view.day();
        let is_graded = |position: &usize| {
            let category = self.framework.categories.get(*position);
            category.zip(day).is_none_or(|(category, day)| category.absence_on(day).is_none())
        };
        self.framework.shown_order().into_iter().filter(is_graded).filter_map(|position| table.row(position)).collect()
    }

    /// Returns what follows the table: why some have no grade, the regions and the years.
    pub fn rest(&self) -> Lines {
        let mut page = self.remarks();
        let redefined = self.framework.categories.iter().zip(&self.national.categories);
        for words in redefined.filter_map(|(category, c)| wording::redefined_movement(category, c.redefined)) {
            page.extend(paragraph(&words, self.width, 0, Role::Faint));
        }
        page.push(Line::new());
        page.extend(self.route());
        let regions = self.regions();
        let years = match self.earlier {
            Earlier::Years(years) => self.years(years),
            Earlier::TooMany => paragraph(TOO_MANY, self.width, 0, Role::Faint),
            Earlier::InSeries => Lines::new(),
            Earlier::NotHeld => {
                paragraph(&wording::only_latest("changes and earlier years"), self.width, 0, Role::Faint)
            }
        };
        page.extend(regions);
        page.extend(years);
        page
    }

    fn barred(&self, name: &str, tally: Tally, figure: Option<Figure>) -> Line {
        barred(self.width, name, tally, figure, Some(self.framework))
    }

    /// Returns why some of the assessed authorities have no grade, and how many have grades that are not stated.
    fn remarks(&self) -> Lines {
        let mut page = Lines::new();
        for (category, counts) in self.framework.categories.iter().zip(&self.national.categories) {
            let words = wording::absences(&category.short, counts);
            page.extend(words.iter().flat_map(|words| paragraph(words, self.width, 0, Role::Faint)));
        }
        let words = wording::with_mark(self.national);
        page.extend(words.iter().flat_map(|words| paragraph(words, self.width, 0, Role::Faint)));
        page
    }

    fn route(&self) -> Lines {
        let Some(tally) = self.national.route else { return Lines::new() };
        let mut page = paragraph(wording::ROUTE, self.width, 0, Role::Heading);
        let words = "Good or better for leaders and for at least two of the three practice judgements:";
        page.extend(paragraph(words, self.width, 0, Role::Faint));
        page.push(self.barred("met", tally, None));
        page.push(Line::new());
        page
    }

    fn regions(&self) -> Lines {
        let graded = self.national.categories.iter().position(|c| c.good.known > 0).unwrap_or(0);
        let name = self.framework.categories.get(graded).map_or("", |c| c.label.as_str());
        let title = format!("{name}: {} by region, of known", self.framework.scale.good_words());
        let mut page = paragraph(&title, self.width, 0, Role::Heading);
        for RegionCounts { name: region, good, .. } in &self.national.regions {
            let tally = good.get(graded).copied().unwrap_or_default();
            let position = region.as_ref().and_then(|name| self.view.regions().iter().position(|held| held == name));
            let figure = position.map(|position| Figure::Count(Count::InRegion(graded, position)));
            page.push(self.barred(region.as_deref().unwrap_or("region not known"), tally, figure));
        }
        page.push(Line::new());
        page
    }

    /// Draws a chart with a gap at each change of framework, because grades of different frameworks are not comparable.
    fn years(&self, years: &[Year]) -> Lines {
        let mut page = Lines::new();
        let mut framework = "";
        let scope = if self.listed.is_some() { ", listed councils only" } else { "" };
        for year in years.iter().filter(|year| year.is_leading) {
            if year.framework.id != framework {
                page.extend((!framework.is_empty()).then(Line::new));
                framework = &year.framework.id;
                let category = year.framework.categories.get(year.category).map_or("", |c| c.label.as_str());
                let title =
                    format!("{category} at the end of each year, {}{scope}", wording::years_of(&year.framework));
                page.extend(paragraph(&title, self.width, 0, Role::Heading));
            }
            let end = year.until.map_or(year.year.to_string(), |day| format!("to {day}"));
            page.push(self.barred(&end, year.good, None));
            if let Some(remark) = wording::year_remark(year) {
                page.extend(paragraph(&remark, self.width, 2, Role::Faint));
            }
        }
        page
    }
}

/// The columns of the table that fit.
struct Table<'a> {
    counts: &'a Counts<'a>,
    label: usize,
    bar: usize,
    /// The width of the count of a grade.
    count: usize,
    has_steps: bool,
    has_movement: bool,
    has_listed: bool,
    degrees: Vec<u8>,
}

impl<'a> Table<'a> {
    fn new(counts: &'a Counts<'a>) -> Self {
        let framework = counts.framework;
        let longest = framework.categories.iter().map(|category| display_width(&category.short)).max().unwrap_or(0);
        let label = (longest + 2).min(counts.width / 3);
        let mut left = counts.width.saturating_sub(label + TALLY);
        let mut take = |width: usize, is_wanted: bool| {
            let fits = is_wanted && width <= left;
            left -= if fits { width } else { 0 };
            fits
        };
        let has_listed = take(TALLY + 1, counts.listed.is_some());
        let count = COUNT.max(counts.view.sign_width() + 1);
        let has_steps = take(count * framework.scale.steps.len() + COUNT, counts.width >= WIDE);
        let moves =
            !counts.view.holds_only_latest() && counts.national.categories.iter().any(|c| c.same + c.up + c.down > 0);
        let has_movement = take(MOVEMENT, has_steps && moves);
        let bar = left.saturating_sub(2).min(BAR.1);
        let degrees = framework.scale.steps.iter().map(|step| degree(&framework.scale, step.grade)).collect();
        let bar = if bar >= BAR.0 { bar } else { 0 };
        Self { counts, label, bar, count, has_steps, has_movement, has_listed, degrees }
    }

    /// Returns the column at which the tallies start.
    fn start(&self) -> usize {
        self.label + if self.bar > 0 { self.bar + 2 } else { 0 }
    }

    /// Whether there is more than the share of those that are good, which the title of the page names.
    fn has_headers(&self) -> bool {
        self.has_listed || self.has_steps || self.has_movement
    }

    fn headers(&self) -> Line {
        let mut line = Line::new().padded(self.start() + TALLY);
        if self.has_listed {
            line = line.with(format!(" {:>TALLY$}", "listed"), Role::Faint);
        }
        if self.has_steps {
            for (position, step) in self.counts.framework.scale.steps.iter().enumerate() {
                let sign = Line::new().with(format!("{:>1$}", step.sign(), self.count), Role::Faint);
                line.spans.extend(sign.for_figure(Figure::Step(position)).spans);
            }
            line = line.with(format!("{:>COUNT$}", "–"), Role::Faint);
        }
        if self.has_movement {
            line = line.with("  up   same down", Role::Faint);
        }
        line
    }

    fn row(&self, position: usize) -> Option<Line> {
        let category = self.counts.framework.categories.get(position)?;
        Some(self.category(position, &category.short, self.counts.national.categories.get(position)?))
    }

    fn category(&self, position: usize, name: &str, counts: &CategoryCounts) -> Line {
        let name = truncate(name, self.label.saturating_sub(1)).into_owned();
        let framework = Some(self.counts.framework);
        let mut line = Line::new().with(name, Role::Plain).padded(self.label);
        if self.bar > 0 {
            line.spans.extend(stacked_bar(&counts.steps, &self.degrees, self.bar).spans);
            line = line.with("  ", Role::Plain);
        }
        line.spans.extend(counted(counts.good, Some(Figure::Count(Count::Good(position))), framework).spans);
        if self.has_listed {
            let listed = self.counts.listed.and_then(|listed| listed.categories.get(position));
            line = line.with(" ", Role::Plain);
            line.spans.extend(counted(listed.map(|counts| counts.good).unwrap_or_default(), None, framework).spans);
        }
        if self.has_steps {
            for (step, count) in counts.steps.iter().enumerate() {
                line = with_count(line, *count, Count::Step(position, step), self.count);
            }
            line = with_count(line, counts.absent, Count::Absent(position), COUNT);
        }
        if self.has_movement {
            line = line.with(" ", Role::Plain);
            for (sign, count, trend) in
                [("↑", counts.up, Trend::Up), (" ", counts.same, Trend::Same), ("↓", counts.down, Trend::Down)]
            {
                line = line.with(" ", Role::Plain);
                let figure = Line::new().with(format!("{sign}{count}"), Role::Plain);
                line.spans.extend(figure.for_figure(Figure::Count(Count::Moved(position, trend))).spans);
                line = line.with(spaces(3usize.saturating_sub(count.to_string().len())), Role::Plain);
            }
        }
        line
    }
}

/// Returns a row: a name; a bar, if it fits; then both numbers and their share.
pub fn barred(width: usize, name: &str, tally: Tally, figure: Option<Figure>, framework: Option<&Framework>) -> Line {
    barred_at(width, LABEL, name, (tally, figure), framework)
}

/// Returns a row with the name in a column of at most this width.
pub fn barred_at(
    width: usize,
    label: usize,
    name: &str,
    (tally, figure): (Tally, Option<Figure>),
    framework: Option<&Framework>,
) -> Line {
    let label = label.min(width.saturating_sub(TALLY));
    // A long name takes the space before a short number.
    let lead = 10usize.saturating_sub(format!("{} of {}", tally.matching, tally.known).len());
    let taken = (display_width(name) + 1).saturating_sub(label).min(lead);
    let name = truncate(name, (label + taken).saturating_sub(1)).into_owned();
    let mut line = Line::new().with(name, Role::Plain).padded(label + taken);
    let space = width.saturating_sub(line.width() + TALLY + 2).min(BAR.1);
    if space >= BAR.0 {
        line.spans.extend(bar(share(tally.matching, tally.known).unwrap_or(0.0), space).spans);
        line = line.with("  ", Role::Plain);
    }
    let mut number = counted(tally, figure, framework);
    if let Some(first) = number.spans.first_mut().filter(|_| taken > 0) {
        first.text = spaces(lead - taken);
    }
    line.spans.extend(number.spans);
    line
}

/// Appends a count at the right of its column.
fn with_count(line: Line, count: u32, what: Count, width: usize) -> Line {
    let digits = count.to_string();
    let mut line = line.with(spaces(width.saturating_sub(digits.len()).max(1)), Role::Plain);
    line.spans.extend(Line::new().with(digits, Role::Plain).for_figure(Figure::Count(what)).spans);
    line
}

/// Returns a tally with its share in percent, if it may have one, in [`TALLY`] columns: "118 of 153  77%".
fn counted(tally: Tally, figure: Option<Figure>, framework: Option<&Framework>) -> Line {
    let Tally { matching, known } = tally;
    if known == 0 {
        return Line::new().with("none known", Role::Faint).padded(TALLY);
    }
    let number = Line::new().with(format!("{matching} of {known}"), Role::Plain);
    let lead = 10usize.saturating_sub(number.width());
    let number = figure.map_or_else(|| number.clone(), |figure| number.clone().for_figure(figure));
    let mut line = Line::new().with(spaces(lead), Role::Plain);
    line.spans.extend(number.spans);
    let percent = percent_under(framework, matching, known).unwrap_or_default();
    line.with(format!("{percent:>5}"), Role::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_reader;
    use crate::query::{Listing, ListingOptions};
    use crate::statistics::{national_summary, years};

    #[test]
    fn the_page_is_made_in_the_narrowest_of_rooms() {
        let file = include_bytes!("../../../tests/files/history.csv");
        let loaded = from_reader(file.as_slice(), "history.csv").unwrap();
        let framework = loaded.dataset.leading_framework().unwrap();
        let listing = Listing::new(std::sync::Arc::clone(&loaded.dataset), ListingOptions::default());
        let (national, years) = (national_summary(&listing), years(&listing, None));
        for width in 0..90 {
            for earlier in [Earlier::Years(&years), Earlier::TooMany, Earlier::NotHeld] {
                let view = listing.view();
                let listed = Some(&national).filter(|_| width % 2 == 0);
                let counts = Counts { national: &national, listed, framework, view, earlier, width };
                assert!(counts.table().len() >= framework.categories.len(), "{width}");
                assert!(!counts.rest().is_empty());
                let widest = counts.table().iter().chain(&counts.summary()).map(Line::width).max();
                assert!(width < 30 || widest <= Some(width), "{width} {widest:?}");
            }
        }
    }
}
