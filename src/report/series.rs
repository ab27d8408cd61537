//! The answer of `scrutineer stats --by series`: overall effectiveness as Ofsted counts it, beside the figures that Ofsted
//! published.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::counts::Share;
use super::json::SourceJson;
use super::{Format, Screen, json};
use crate::dataset::{AsAt, Counted, Dataset, Date, Published, Source, Text, Value};
use crate::query::Listing;
use crate::statistics::{Overall, Recount, overall_by_year, recount_published};
use crate::tables::{Cell, Column, Table};
use crate::wording;

/// The series, to be written in any format.
pub(super) struct Series<'a> {
    /// The data that the series is counted from.
    pub listing: &'a Listing,
}

/// A row of the series: the counts as at a day, with a published figure if there is one.
pub(super) struct Row<'a> {
    as_at: AsAt,
    /// The judgement that is counted.
    category: Counted,
    overall: Overall,
    published: Option<(&'a Published, Recount)>,
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
    pub fn rows(&self) -> Vec<Row<'a>> {
        rows(self.listing.dataset(), self.listing.view().as_at())
    }

    /// Returns the sources of the published figures.
    pub fn sources(&self, rows: &[Row<'_>]) -> Vec<Source> {
        let mut cited: Vec<Source> = Vec::new();
        for evidence in rows.iter().filter_map(|row| row.published.as_ref()).flat_map(|(figure, _)| &figure.evidence) {
            let source = Source { link: evidence.link().map(Text::from), ..evidence.source.as_ref().clone() };
            if !cited.contains(&source) {
                cited.push(source);
            }
        }
        cited
    }

    /// Returns the last day on which overall effectiveness was graded; `None` if it still is.
    fn last_graded(&self) -> Option<Date> {
        let frameworks = self.listing.dataset().frameworks.iter().filter(|framework| framework.is_in_series());
        let overall = frameworks.filter_map(|framework| framework.categories.get(framework.overall_position()?));
        overall.filter_map(|category| category.until).max()
    }

    /// Returns the rows as a table.
    pub fn table<'r>(&self, rows: &'r [Row<'_>]) -> Table<'r> {
        let headers = vec![
            Column::text("as at"),
            Column::text("basis"),
            Column::text("judgement"),
            Column::share("good or better"),
            Column::number("authorities"),
            Column::text("published"),
            Column::number("counted"),
            Column::text("verdict"),
            Column::remark(),
        ];
        let last = self.last_graded();
        let row = move |position: usize| {
            let Some(row) = rows.get(position) else { return Vec::new() };
            let mut cells = vec![Cell::date(Some(row.as_at.day)), Cell::Text(row.as_at.basis.name().to_owned())];
            cells.push(Cell::Text(wording::counted(row.category).to_owned()));
            cells.push(Cell::Share { tally: row.overall.good, has_percent: true });
            cells.push(Cell::count(row.overall.existing));
            let published = row.published.as_ref();
            cells.push(Cell::maybe(published.map(|(figure, _)| wording::series_figure(figure)).as_deref()));
            cells.push(published.map_or_else(|| Cell::maybe(None), |(_, recount)| Cell::count(recount.matching)));
            cells.push(Cell::maybe(published.map(|(_, recount)| recount.verdict.name())));
            cells.push(Cell::maybe(remark(row, last).as_deref()));
            cells
        };
        let mut notes = vec![wording::ABOUT_SERIES.to_owned(), format!("{}.", About::under(self.listing, None).data())];
        if rows.iter().any(|row| row.category != Counted::Overall) {
            notes.push(wording::ABOUT_JUDGEMENTS.to_owned());
        }
        notes.push(
            "Inspections that began after 31 March 2026 have no overall effectiveness: their authorities are not among the \
             known, so shares before and after that day are of different authorities."
                .to_owned(),
        );
        notes.push("Basis: whether the day of publication counts, or the day the inspection began.".to_owned());
        let title = "Overall effectiveness as Ofsted counts it, beside what Ofsted published";
        let table = Table::new(title, headers, rows.len(), row);
        Table { notes, sources: self.sources(rows), about: About::under(self.listing, None).columns(), ..table }
    }
}

/// Returns a warning about a count after overall effectiveness had ended: it is of those inspected before.
fn remark(row: &Row<'_>, last: Option<Date>) -> Option<String> {
    let Overall { good, existing, .. } = &row.overall;
    let last = last.filter(|last| row.category == Counted::Overall && *last < row.as_at.day)?;
    let known = good.known;
    Some(format!(
        "{known} of {existing} have it, no longer graded after {last}: shares before are of other authorities"
    ))
}

/// Returns the published figures, and the ends of the years without one, by date; if a day is asked for, those up to it,
/// and the day itself.
fn rows(dataset: &Dataset, asked: Option<AsAt>) -> Vec<Row<'_>> {
    let published = dataset.published.iter().map(|figure| {
        let (overall, recount) = recount_published(figure, dataset);
        let as_at = figure.counted_as_at();
        Row { as_at, category: figure.category, overall, published: Some((figure, recount)) }
    });
    let is_asked = |as_at: &AsAt| asked.is_none_or(|asked| as_at.day.last_day() <= asked.day.last_day());
    // Nothing is known of days after the newest report.
    let last = dataset.date.map(|newest| match asked {
        Some(asked) => AsAt { day: asked.day.last_day().min(newest), ..asked },
        None => AsAt::from(newest),
    });
    let mut years = last.map(|last| overall_by_year(dataset, last)).unwrap_or_default();
    let is_published = |as_at: &AsAt| {
        let overall = dataset.published.iter().filter(|f| f.region.is_none() && f.category == Counted::Overall);
        overall.into_iter().any(|f| (f.as_at, f.basis) == (as_at.day, as_at.basis))
    };
    years.retain(|(as_at, _)| !is_published(as_at));
    let counts =
        years.into_iter().map(|(as_at, overall)| Row { as_at, category: Counted::Overall, overall, published: None });
    let mut rows: Vec<Row<'_>> = published.filter(|row| is_asked(&row.as_at)).chain(counts).collect();
    rows.sort_by_key(|row| row.as_at.day);
    rows
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
    pub fn new(row: &'a Row<'_>) -> Self {
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
