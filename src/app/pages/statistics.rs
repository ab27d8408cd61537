//! The page of England: a line for each category, then the published figures beside our own counts.

use super::counts::{Counts, Earlier, barred_at};
use super::published::{self, Row};
use super::series::series;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Role, paragraph};
use crate::dataset::{Claim, Framework, Value};
use crate::statistics::Tally;
use crate::text::display_width;
use crate::wording;

/// From how many listed councils on they are counted beside England.
const LEAST_LISTED: usize = 10;

/// The page of England.
pub struct Statistics {
    /// All its lines.
    pub lines: Lines,
    /// How many of the first lines are those of the categories.
    pub table: usize,
}

/// Lays out the page of England.
pub fn page(state: &Model, width: usize) -> Statistics {
    let Some(framework) = state.framework() else {
        let words = "This dataset has no framework, so nothing is graded in it.";
        let lines = paragraph(words, width, 0, Role::Plain);
        return Statistics { table: lines.len(), lines };
    };
    let mut lines = Lines::new();
    let table;
    if let Some(counts) = counts(state, framework, width) {
        let warning = wording::named_only(framework, state.dataset());
        lines.extend(warning.iter().flat_map(|words| paragraph(words, width, 0, Role::Plain)));
        lines.extend(counts.table());
        table = lines.len();
        lines.extend(counts.rest());
    } else {
        lines.extend(categories(state, framework, width));
        table = lines.len();
        lines.extend(assessed(state, width));
    }
    lines.extend(claims(state, framework, width));
    lines.extend(series(state, width));
    lines.extend(caveats(framework, width));
    let held = format!(
        "{}. Held: {}.",
        wording::data(state.dataset(), [framework]),
        wording::held(state.dataset(), framework)
    );
    lines.push(Line::new());
    lines.extend(paragraph(&held, width, 0, Role::Faint));
    Statistics { lines, table }
}

/// Lays out the lines that a small window has space for: a category each, but for those that are no longer graded.
pub fn summary(state: &Model, width: usize) -> Lines {
    let Some(framework) = state.framework() else { return Lines::new() };
    match counts(state, framework, width) {
        Some(counts) => counts.summary(),
        None => categories(state, framework, width),
    }
}

/// Returns our own counts; `None` if there are published figures for the framework.
fn counts<'s>(state: &'s Model, framework: &'s Framework, width: usize) -> Option<Counts<'s>> {
    let national = state.national_counts.as_ref()?;
    let earlier = match &state.counted.years {
        _ if state.view().holds_only_latest() => Earlier::NotHeld,
        _ if !state.series_years.is_empty() && state.listing.filter().is_empty() => Earlier::InSeries,
        Some(years) => Earlier::Years(years),
        None => Earlier::TooMany,
    };
    let listed = state.counted.summary.as_ref().filter(|_| state.listing.len() >= LEAST_LISTED);
    Some(Counts { national, listed, framework, view: state.view(), earlier, width })
}

/// Returns a line for each category with the published figure of those that are good or better.
fn categories(state: &Model, framework: &Framework, width: usize) -> Lines {
    let figures = |position: usize| state.national.categories.get(position).and_then(|figures| figures.good);
    let longest = framework.categories.iter().map(|category| display_width(&category.short)).max().unwrap_or(0);
    let label = longest + 2;
    let line = |position: usize| {
        let name = framework.categories.get(position)?.short.as_str();
        let claim = figures(position).and_then(|at| Some((at, state.claim(at)?)));
        Some(match claim {
            Some((at, Claim { value: Value::Count(matching), of: Some(known), .. })) => {
                let tally = Tally { matching: *matching, known: *known };
                barred_at(width, label, name, (tally, Some(Figure::Claim(at))), None)
            }
            Some((at, claim)) => Line::new()
                .with(format!("{name}  {}", wording::figure(claim)), Role::Plain)
                .for_figure(Figure::Claim(at)),
            None => Line::new().with(format!("{name}  {}", "no published figure"), Role::Faint),
        })
    };
    framework.shown_order().into_iter().filter_map(line).collect()
}

/// Says how many were assessed, as published.
fn assessed(state: &Model, width: usize) -> Lines {
    let claim = state.national.assessed.and_then(|position| Some((position, state.claim(position)?)));
    let words = claim.map(|(at, claim)| (at, format!("{}: {}", wording::claim(claim), wording::figure(claim))));
    let lines = words.into_iter().flat_map(|(at, words)| {
        paragraph(&words, width, 0, Role::Plain).into_iter().map(move |line| line.for_figure(Figure::Claim(at)))
    });
    lines.collect()
}

/// Returns the published figures of the framework, each with what we count and the verdict.
fn claims(state: &Model, framework: &Framework, width: usize) -> Lines {
    let claims = state.dataset().claims.iter().enumerate().filter(|(_, claim)| claim.framework.is(framework));
    let rows = claims.filter_map(|(position, claim)| {
        let recount = state.national.recounts.get(position)?;
        let about = wording::claim_category(claim).map(|category| format!("{}: ", category.short)).unwrap_or_default();
        let counted = wording::counted_of(recount, claim.of.unwrap_or(0).max(recount.known));
        Some(Row {
            figure: Figure::Claim(position),
            cells: [
                claim.round.to_string(),
                format!("{about}{} {}", wording::claim(claim).to_lowercase(), wording::figure(claim)),
                counted,
            ],
            verdict: recount.verdict,
        })
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        return Lines::new();
    }
    let heading = [Line::new(), Line::new().with("Published figures", Role::Heading)];
    heading.into_iter().chain(published::table(&rows, width)).collect()
}

fn caveats(framework: &Framework, width: usize) -> Lines {
    let mut page = Lines::new();
    for (position, caveat) in framework.caveats.iter().enumerate() {
        if position == 0 {
            page.push(Line::new());
        }
        for (row, line) in paragraph(&caveat.text, width, 0, Role::Faint).into_iter().enumerate() {
            page.push(if row == 0 { line.for_figure(Figure::Caveat(position)) } else { line });
        }
    }
    page
}
