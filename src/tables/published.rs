//! Published figures beside our own counts.

use super::{Cell, Column, Table};
use crate::dataset::{Claim, Framework, Target, Value};
use crate::statistics::Recount;

/// A published figure with our recount.
#[derive(Debug, Clone)]
pub struct RecountedClaim<'a> {
    /// The figure.
    pub claim: &'a Claim,
    /// Our count, and the verdict on both.
    pub recount: Recount,
}

/// Returns a row for each published figure.
pub fn published<'a>(claims: Vec<RecountedClaim<'a>>) -> Table<'a> {
    let columns = vec![
        Column::text("round"),
        Column::text("category"),
        Column::text("grades"),
        Column::number("published"),
        Column::number("of"),
        Column::number("percent"),
        Column::text("certainty"),
        Column::number("counted"),
        Column::number("known"),
        Column::number("possible"),
        Column::text("verdict"),
    ];
    let count = claims.len();
    let row = move |position: usize| claims.get(position).map(cells).unwrap_or_default();
    Table::new("Published figures and our counts", columns, count, row)
}

fn cells(line: &RecountedClaim<'_>) -> Vec<Cell> {
    let RecountedClaim { claim, recount } = line;
    let (value, part) = figure(claim);
    let possible = recount.possible.map(|(least, most)| format!("{least} to {most}"));
    vec![
        Cell::Text(claim.round.to_string()),
        Cell::Text(category(claim).to_owned()),
        Cell::Text(grades(claim)),
        value,
        claim.of.map_or(Cell::Empty, Cell::count),
        part,
        Cell::Text(claim.certainty.name().to_owned()),
        Cell::count(recount.matching),
        Cell::count(recount.known),
        Cell::new(possible.unwrap_or_default(), true),
        Cell::Text(recount.verdict.name().to_owned()),
    ]
}

/// Returns the figure as a count and as a percentage; a cell is empty if unknown.
fn figure(claim: &Claim) -> (Cell, Cell) {
    match (claim.value, claim.of) {
        (Value::Count(count), Some(of)) => (Cell::count(count), Cell::percent(count, of)),
        (Value::Count(count), None) => (Cell::count(count), Cell::Empty),
        (Value::Percent(percent), _) => (Cell::Empty, Cell::count(percent)),
    }
}

fn category(claim: &Claim) -> &str {
    match claim.target {
        Target::Category(position) => claim.framework.categories.get(position).map_or("", |c| c.short.as_str()),
        Target::All => "all",
        Target::Assessed => "assessed",
    }
}

fn grades(claim: &Claim) -> String {
    let framework: &Framework = &claim.framework;
    let words = claim.grades.iter().filter_map(|g| framework.scale.step(*g)).map(|s| s.word.as_str());
    words.collect::<Vec<_>>().join(" or ")
}
