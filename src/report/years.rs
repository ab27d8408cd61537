//! The answer of `scrutineer stats --by year`: the share of "good or better" at the end of each year, then the series of
//! overall effectiveness as Ofsted counts it.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::counts::Share;
use super::json::SourceJson;
use super::series::{RowJson, Series};
use super::{Format, Screen, html, json, list, svg};
use crate::dataset::{Framework, Source};
use crate::query::Listing;
use crate::statistics::Year;
use crate::tables::{self, Table, distinct};
use crate::wording;

/// Years to be written in any format.
pub(super) struct Years<'a> {
    /// The authorities counted.
    pub listing: &'a Listing,
    /// The years, by framework.
    pub years: &'a [Year],
    /// The framework asked for; `None` for all.
    pub only: Option<&'a Framework>,
}

impl Years<'_> {
    /// Writes a row for each year of each category and framework; to be read, or in JSON, the series too. A picture has
    /// only the first category of each framework that has grades.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let series = Series { listing: self.listing };
        // The series is of all England, and of two frameworks.
        let is_whole = self.only.is_none() && self.listing.filter().is_empty() && self.listing.query().is_empty();
        let rows = if is_whole { series.rows() } else { Vec::new() };
        match format {
            Format::Svg => {
                let table = self.table();
                let notes = table.all_notes().collect();
                let leading: Vec<Year> = self.years.iter().filter(|year| year.is_leading).cloned().collect();
                svg::years(table.title, &leading, notes).write(out)
            }
            Format::Json => {
                let of_series = series.sources(&rows);
                let own = self.sources();
                let sources = distinct(own.iter().chain(&of_series));
                let answer = YearsJson {
                    about: self.about().json(),
                    years: self.years.iter().map(YearJson::new).collect(),
                    series: rows.iter().map(|row| RowJson::new(row)).collect(),
                    sources: json::sources(&sources),
                };
                json::write(out, &answer)
            }
            Format::Table | Format::Markdown if !rows.is_empty() => {
                format.write_table(out, terminal, || self.table(), || self.table())?;
                let series = || series.table(&rows);
                writeln!(out, "\n{}:\n", series().title)?;
                format.write_table(out, terminal, series, series)
            }
            Format::Html if !rows.is_empty() => {
                let (years, series) = (self.table().in_words(), series.table(&rows).in_words());
                let body = maud::html! { (html::table_page(&years)) (html::table_page(&series)) };
                html::write_page(out, &years.title, &body)
            }
            _ => format.write_table(out, terminal, || self.table(), || self.table()),
        }
    }

    fn about(&self) -> About<'_> {
        About::years(self.listing, self.only)
    }

    /// Returns the sources of what is counted.
    fn sources(&self) -> Vec<Source> {
        let is_shown = |framework: &Framework| self.years.iter().any(|year| year.framework.is(framework));
        let listed = self.listing.of_any_day().into_iter().filter_map(|id| self.listing.authority(id));
        let assessments = listed.flat_map(|authority| &authority.assessments);
        distinct(assessments.filter(|assessment| is_shown(&assessment.framework)).flat_map(list::cited))
    }

    /// Returns the years as a table.
    pub fn table(&self) -> Table<'_> {
        let table = tables::by_category(self.years);
        let mut notes = self.about().notes();
        notes.push("Of known: councils whose grade is known; those without a grade are not counted.".to_owned());
        notes.extend(self.only.and_then(|framework| wording::named_only(framework, self.listing.dataset())));
        notes.push(
            "Each council counts with its latest assessment by the end of the year; \"until\" is the last day held of a year \
             that is not over. Different frameworks are not compared."
                .to_owned(),
        );
        let title = [table.title.clone(), self.about().title()].into_iter().filter(|part| !part.is_empty());
        let title = title.collect::<Vec<_>>().join(": ");
        Table { title, notes, sources: self.sources(), about: self.about().columns(), ..table }
    }
}

/// Returns the JSON Schema of the answer.
pub(super) fn years_schema() -> Schema {
    json::schema::<YearsJson<'static>>()
}

/// The answer of `scrutineer stats --by year --format json`.
#[derive(Serialize, JsonSchema)]
struct YearsJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// A year of a category of a framework each.
    years: Vec<YearJson<'a>>,
    /// Overall effectiveness as Ofsted counts it, as in `stats --by series`; empty if the answer is not about all of
    /// England.
    series: Vec<RowJson<'a>>,
    /// The sources of what is counted.
    sources: Vec<SourceJson<'a>>,
}

/// A share at the end of a year.
#[derive(Serialize, JsonSchema)]
struct YearJson<'a> {
    /// The id of the framework.
    framework: &'a str,
    /// The id of the category.
    category: &'a str,
    /// The year.
    year: i16,
    /// The day it goes to, where the year is not over; null if it is.
    until: Option<String>,
    /// Good or better, of those known at its end.
    good_or_better: Share,
    /// How many had been inspected under the framework by its end.
    inspected: u32,
    /// How many authorities are listed.
    listed: u32,
    /// What a reader must know of the share; null if nothing.
    remark: Option<String>,
}

impl<'a> YearJson<'a> {
    fn new(year: &'a Year) -> Self {
        Self {
            framework: &year.framework.id,
            category: year.framework.categories.get(year.category).map_or("", |c| c.id.as_str()),
            year: year.year,
            until: year.until.map(|day| day.iso()),
            good_or_better: Share::new(year.good),
            inspected: year.assessed,
            listed: year.listed,
            remark: wording::year_remark(year),
        }
    }
}
