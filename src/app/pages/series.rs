//! The published figures of overall effectiveness as Ofsted counts it, each with our count on its own day and basis.

use super::counts::barred;
use super::published::{self, Row};
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Role, paragraph};
use crate::dataset::{Counted, Date, Published};
use crate::statistics::{Overall, Recount};
use crate::wording;

/// Lays out the series: the end of each year, then the published figures, newest first; empty if the framework shown is
/// not part of it.
pub fn series(state: &Model, width: usize) -> Lines {
    let mut page = by_year(state, width);
    page.extend(figures(state, width));
    page
}

fn by_year(state: &Model, width: usize) -> Lines {
    let (Some((last, newest)), false) = (state.series_years.last(), state.view().holds_only_latest()) else {
        return Lines::new();
    };
    let title = "Overall effectiveness at the end of each year, good or better of known: whichever inspection is newer";
    let mut page = paragraph(title, width, 0, Role::Heading);
    for (as_at, overall) in &state.series_years {
        let is_whole = Date::of_day(as_at.day.year(), 12, 31) == Some(as_at.day);
        let name = if is_whole { as_at.day.year().to_string() } else { format!("to {}", as_at.day) };
        page.push(barred(width, &name, overall.good, None, None));
        if overall.good.known.saturating_mul(2) < overall.existing {
            let words = format!("only {} of {} had been inspected", overall.good.known, overall.existing);
            page.extend(paragraph(&words, width, 2, Role::Faint));
        }
    }
    let ended = state.framework().and_then(|f| f.categories.get(f.overall_position()?)?.until);
    if let Some(until) = ended.filter(|until| last.day > *until) {
        let without = newest.existing.saturating_sub(newest.good.known);
        let words = format!(
            "Overall effectiveness ended on {until}: {without} of {} councils have no grade for it now and are not \
             counted. Shares before and after that day are of different councils.",
            newest.existing
        );
        page.extend(paragraph(&words, width, 0, Role::Faint));
    }
    page
}

fn figures(state: &Model, width: usize) -> Lines {
    let figures = state.dataset().published.iter().zip(&state.series).enumerate();
    let mut rows: Vec<_> = figures.map(|(position, (figure, counted))| (position, figure, counted)).collect();
    if rows.is_empty() {
        return Lines::new();
    }
    rows.sort_by_key(|(position, figure, _)| (std::cmp::Reverse(figure.as_at), *position));
    let mut page = vec![Line::new()];
    page.extend(paragraph(wording::ABOUT_SERIES, width, 0, Role::Faint));
    if rows.iter().any(|(_, figure, _)| figure.category != Counted::Overall) {
        page.extend(paragraph(wording::ABOUT_JUDGEMENTS, width, 0, Role::Faint));
    }
    let rows: Vec<Row> = rows
        .into_iter()
        .map(|(position, figure, counted)| Row {
            figure: Figure::Published(position),
            cells: cells(figure, counted),
            verdict: counted.1.verdict,
        })
        .collect();
    page.extend(published::table(&rows, width));
    page
}

/// Returns the day with its basis, the published figure, and our count.
fn cells(figure: &Published, (overall, recount): &(Overall, Recount)) -> [String; 3] {
    let as_at = figure.counted_as_at();
    let counted = wording::counted_of(recount, figure.of.unwrap_or(overall.existing));
    [wording::as_at(as_at), wording::series_figure(figure), counted]
}
