//! How many have each grade in each category, and how they moved.

use super::{Cell, Column, Table};
use crate::dataset::{Absence, Category, Framework};
use crate::statistics::{CategoryCounts, Summary};
use crate::wording;

/// Returns a row for each category. `has_movement` says whether the data can show how grades moved; of ratings of which only
/// some are named, there are no columns for that.
pub fn counts<'a>(framework: &'a Framework, summary: &'a Summary, has_movement: bool) -> Table<'a> {
    let mut columns = vec![Column::text("category")];
    columns.extend(framework.scale.steps.iter().map(|step| Column::number(step.word.to_lowercase())));
    columns.push(Column::number("no grade"));
    let good = framework.scale.good_words();
    // Each column has a name of its own.
    let is_step = framework.scale.steps.iter().any(|step| step.word.to_lowercase() == good);
    columns.push(Column::share(if is_step { format!("{good}, of known") } else { good }));
    if !framework.is_named_only {
        columns.extend(["up", "same", "down"].map(Column::number));
    }
    columns.push(Column::remark());
    let row = move |at: usize| {
        let counted = framework.categories.get(at).zip(summary.categories.get(at));
        counted.map(|(category, counts)| cells(category, counts, framework, has_movement)).unwrap_or_default()
    };
    Table::new("Counts of grades", columns, framework.categories.len(), row)
}

fn cells(category: &Category, counts: &CategoryCounts, framework: &Framework, has_movement: bool) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(category.label.to_string())];
    cells.extend(counts.steps.iter().chain([&counts.absent]).map(Cell::count));
    cells.push(Cell::Share { tally: counts.good, has_percent: framework.has_percentages() });
    if !framework.is_named_only {
        let movement = [counts.up, counts.same, counts.down];
        cells.extend(movement.map(|count| if has_movement { Cell::count(count) } else { Cell::Empty }));
    }
    let ended = counts.absences.iter().find(|(absence, _)| *absence == Absence::CategoryEnded);
    let remark = ended.map(|(_, count)| wording::no_longer_graded(category, *count));
    cells.push(Cell::maybe(remark.as_deref()));
    cells
}
