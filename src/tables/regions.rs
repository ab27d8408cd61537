//! How many are good or better in each region.

use super::{Cell, Column, Table};
use crate::dataset::{Category, Framework};
use crate::statistics::{RegionCounts, Summary};
use crate::text::capitalized;
use crate::wording;

/// Returns a row for each region, and one of all, with a share for each category.
pub fn regions<'a>(framework: &'a Framework, summary: &'a Summary) -> Table<'a> {
    let mut columns = vec![Column::text("region")];
    columns.extend(framework.categories.iter().map(|category| share_of(framework, category)));
    columns.push(Column::remark());
    let row = move |position: usize| {
        let Some(region) = summary.regions.get(position) else { return Vec::new() };
        let name = Cell::Text(wording::region(region).to_owned());
        cells(framework, name, region)
    };
    let table = Table::new(
        format!("{} by region", capitalized(&framework.scale.good_words())),
        columns,
        summary.regions.len(),
        row,
    );
    Table { total: Some(total(framework, summary)), ..table }
}

/// Returns the row of all regions together: of England, or of all that our sources name.
fn total(framework: &Framework, summary: &Summary) -> Vec<Cell> {
    let label = if framework.is_named_only { "all named" } else { "England" };
    let of_all = |at: usize| summary.regions.iter().filter_map(|region| region.ended.get(at)).sum();
    let whole = RegionCounts {
        name: None,
        good: summary.categories.iter().map(|category| category.good).collect(),
        ended: (0..framework.categories.len()).map(of_all).collect(),
    };
    cells(framework, Cell::Text(label.to_owned()), &whole)
}

/// Returns the column of the shares of a category.
pub(super) fn share_of(framework: &Framework, category: &Category) -> Column {
    let column = Column::share(format!("{} {}", category.short, framework.scale.good_words()));
    Column { left_out: 1, ..column.or([category.short.to_string(), category.letters()]) }
}

fn cells(framework: &Framework, name: Cell, region: &RegionCounts) -> Vec<Cell> {
    let has_percent = framework.has_percentages();
    let shares = region.good.iter().map(|tally| Cell::Share { tally: *tally, has_percent });
    let remark = Cell::maybe(wording::region_remark(&framework.categories, region).as_deref());
    std::iter::once(name).chain(shares).chain([remark]).collect()
}
