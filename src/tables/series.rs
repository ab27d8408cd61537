//! Overall effectiveness as Ofsted counts it, beside the figures that Ofsted published.

use super::{Cell, Column, Table};
use crate::dataset::{AsAt, Counted, Dataset, Date, Published};
use crate::statistics::{Overall, Recount, overall_by_year, recount_published};
use crate::wording;

/// A row of the series: the counts as at a day, with a published figure if there is one.
#[derive(Debug, Clone)]
pub struct SeriesRow<'a> {
    /// The day, and which day of an inspection counts.
    pub as_at: AsAt,
    /// The judgement that is counted.
    pub category: Counted,
    /// The counts.
    pub overall: Overall,
    /// The published figure with our recount.
    pub published: Option<(&'a Published, Recount)>,
}

/// Returns a row for each published figure and for the end of each year, as [`series_rows`] has them.
pub fn series<'r>(dataset: &Dataset, rows: &'r [SeriesRow<'_>]) -> Table<'r> {
    let columns = vec![
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
    let last = last_graded(dataset);
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
    Table::new("Overall effectiveness as Ofsted counts it, beside what Ofsted published", columns, rows.len(), row)
}

/// Returns the last day on which overall effectiveness was graded; `None` if it still is.
fn last_graded(dataset: &Dataset) -> Option<Date> {
    let frameworks = dataset.frameworks.iter().filter(|framework| framework.is_in_series());
    let overall = frameworks.filter_map(|framework| framework.categories.get(framework.overall_position()?));
    overall.filter_map(|category| category.until).max()
}

/// Returns a warning about a count after overall effectiveness had ended: it is of those inspected before.
fn remark(row: &SeriesRow<'_>, last: Option<Date>) -> Option<String> {
    let Overall { good, existing, .. } = &row.overall;
    let last = last.filter(|last| row.category == Counted::Overall && *last < row.as_at.day)?;
    let known = good.known;
    Some(format!(
        "{known} of {existing} have it, no longer graded after {last}: shares before that day are of other councils"
    ))
}

/// Returns the published figures, and the ends of the years without one, by date; if a day is day for, those up to it,
/// and the day itself.
pub fn series_rows(dataset: &Dataset, day: Option<AsAt>) -> Vec<SeriesRow<'_>> {
    let published = dataset.published.iter().map(|figure| {
        let (overall, recount) = recount_published(figure, dataset);
        let as_at = figure.counted_as_at();
        SeriesRow { as_at, category: figure.category, overall, published: Some((figure, recount)) }
    });
    let is_day = |as_at: &AsAt| day.is_none_or(|day| as_at.day.last_day() <= day.day.last_day());
    // Nothing is known of days after the newest report.
    let last = dataset.date.map(|newest| match day {
        Some(day) => AsAt { day: day.day.last_day().min(newest), ..day },
        None => AsAt::from(newest),
    });
    let mut years = last.map(|last| overall_by_year(dataset, last)).unwrap_or_default();
    let is_published = |as_at: &AsAt| {
        let overall = dataset.published.iter().filter(|f| f.region.is_none() && f.category == Counted::Overall);
        overall.into_iter().any(|f| (f.as_at, f.basis) == (as_at.day, as_at.basis))
    };
    years.retain(|(as_at, _)| !is_published(as_at));
    let counts = years.into_iter().map(|(as_at, overall)| SeriesRow {
        as_at,
        category: Counted::Overall,
        overall,
        published: None,
    });
    let mut rows: Vec<SeriesRow<'_>> = published.filter(|row| is_day(&row.as_at)).chain(counts).collect();
    rows.sort_by_key(|row| row.as_at.day);
    rows
}
