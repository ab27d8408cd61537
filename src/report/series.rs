//! The answer of `scrutineer stats --by series`: overall effectiveness as Ofsted counts it, beside the figures that Ofsted
//! published.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::counts::Share;
use super::json::SourceJson;
use super::{Format, Screen, json};
use crate::dataset::{Counted, Source, Text, Value};
use crate::query::Listing;
use crate::tables::{self, SeriesRow, Table};
use crate::wording;

/// The series, to be written in any format.
pub(super) struct Series<'a> {
    /// The data that the series is counted from.
    pub listing: &'a Listing,
}

impl<'a> Series<'a> {
    /// Writes a row for each published figure and for the end of each year.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let rows = self.rows();
        let cited = self.sources(&rows);
        let json = || SeriesJson {
            about: About::under(self.listing, None).json(),
            series: rows.iter().map(|row| RowJson::new(row)).collect(),
            sources: json::sources(&cited),
        };
        format.write(out, terminal, || self.table(&rows), json)
    }

    /// Returns a row for each published figure and for the end of each year, by date.
    pub fn rows(&self) -> Vec<SeriesRow<'a>> {
        tables::series_rows(self.listing.dataset(), self.listing.view().as_at())
    }

    /// Returns the sources of the published figures.
    pub fn sources(&self, rows: &[SeriesRow<'_>]) -> Vec<Source> {
        let mut cited: Vec<Source> = Vec::new();
        for evidence in rows.iter().filter_map(|row| row.published.as_ref()).flat_map(|(figure, _)| &figure.evidence) {
            let source = Source { link: evidence.link().map(Text::from), ..evidence.source.as_ref().clone() };
            if !cited.contains(&source) {
                cited.push(source);
            }
        }
        cited
    }

    /// Returns the rows as a table.
    pub fn table<'r>(&self, rows: &'r [SeriesRow<'_>]) -> Table<'r> {
        let mut notes = vec![wording::ABOUT_SERIES.to_owned(), format!("{}.", About::under(self.listing, None).data())];
        if rows.iter().any(|row| row.category != Counted::Overall) {
            notes.push(wording::ABOUT_JUDGEMENTS.to_owned());
        }
        notes.push(
            "Inspections that began after 31 March 2026 have no overall effectiveness: their councils are not among the \
             known, so shares before and after that day are of different councils."
                .to_owned(),
        );
        notes.push("Basis: whether the day of publication counts, or the day the inspection began.".to_owned());
        let table = tables::series(self.listing.dataset(), rows);
        Table { notes, sources: self.sources(rows), about: About::under(self.listing, None).columns(), ..table }
    }
}

/// Returns the JSON Schema of the answer.
pub(super) fn series_schema() -> Schema {
    json::schema::<SeriesJson<'static>>()
}

/// The answer of `scrutineer stats --by series --format json`.
#[derive(Serialize, JsonSchema)]
struct SeriesJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// The published figures, the ends of the years and the day that was asked for, by date.
    series: Vec<RowJson<'a>>,
    /// The sources of the published figures.
    sources: Vec<SourceJson<'a>>,
}

/// The counts as at a day.
#[derive(Serialize, JsonSchema)]
pub(super) struct RowJson<'a> {
    /// The day.
    as_at: String,
    /// Which day of an inspection counts: published or inspected.
    basis: &'a str,
    /// The judgement that is counted: overall-effectiveness, leaders or help-and-protection.
    judgement: &'a str,
    /// Good or better, of those with a grade.
    good_or_better: Share,
    /// How many authorities existed on the day, inspected or not.
    authorities: u32,
    /// The figure that was published; null on a day without one.
    published: Option<PublishedJson<'a>>,
}

/// A published figure with our count.
#[derive(Serialize, JsonSchema)]
struct PublishedJson<'a> {
    /// The region that it is about, as are the counts of its row; null for all of England.
    region: Option<&'a str>,
    /// The grades that count, best first.
    grades: Vec<u8>,
    /// The figure as printed.
    value: f64,
    /// Its unit: count or percent.
    unit: &'a str,
    /// Our own count.
    counted: u32,
    /// The lowest and highest the true count can be.
    possible: Option<(u32, u32)>,
    /// The verdict on both.
    verdict: &'a str,
    /// The ids of its sources.
    sources: Vec<&'a str>,
}

impl<'a> RowJson<'a> {
    /// Returns a row for JSON.
    pub fn new(row: &'a SeriesRow<'_>) -> Self {
        let published = row.published.as_ref().map(|(figure, recount)| PublishedJson {
            region: figure.region.as_deref(),
            grades: figure.grades.iter().map(|grade| grade.0).collect(),
            value: match figure.value {
                Value::Count(count) => f64::from(count),
                Value::Percent(percent) => percent,
            },
            unit: figure.value.unit(),
            counted: recount.matching,
            possible: recount.possible,
            verdict: recount.verdict.name(),
            sources: figure.evidence.iter().map(|evidence| evidence.source.id.as_str()).collect(),
        });
        Self {
            as_at: row.as_at.day.iso(),
            basis: row.as_at.basis.name(),
            judgement: row.category.name(),
            good_or_better: Share::new(row.overall.good),
            authorities: row.overall.existing,
            published,
        }
    }
}
