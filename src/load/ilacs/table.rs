//! Reads the tables of a file, a text or the sheets of a workbook, as one.

use std::cmp::Reverse;

use super::builder::Builder;
use super::grid::{Filled, Grid};
use super::headers::{self, Headed, NoHeaders};
use crate::dataset::{Location, Problem};
use crate::load::{Loaded, Unusable};
use crate::text::{clean, fold, list, plural};

/// The maximum number of sheets that a sentence names, or that have one each.
const MOST_NAMED: usize = 10;

/// The number of required columns that a sheet may lack to be named as one that is nearly a table of inspections.
const NEARLY: usize = 2;

/// Reads all tables of inspections of a file; of a workbook, those of hidden sheets only if no other has any. `more` adds
/// what else is to be reported.
///
/// # Errors
/// Returns an error if no table has the required columns, or no row can be used.
pub fn read_tables(name: &str, grids: &[Grid], more: impl FnOnce(&mut Builder)) -> Result<Loaded, Unusable> {
    let found: Vec<(&Grid, Result<Headed, NoHeaders>)> =
        grids.iter().map(|grid| (grid, headers::find(&grid.rows))).collect();
    let has_visible = found.iter().any(|(grid, headed)| headed.is_ok() && !grid.is_hidden && !is_other(grid));
    let (mut tables, mut others) = (Vec::new(), Vec::new());
    for (grid, headed) in found {
        match headed {
            Ok(headed) if !is_other(grid) && (!grid.is_hidden || !has_visible) => tables.push((grid, headed)),
            Ok(_) => others.push((grid, None)),
            Err(refusal) => others.push((grid, Some(refusal))),
        }
    }
    if tables.is_empty() {
        return Err(refusal(name, others));
    }
    // Sheets of days complete the others.
    let mut days = Vec::new();
    for (grid, refusal) in &mut others {
        let headed = refusal.as_mut().and_then(|refusal| refusal.days.take()).filter(|_| !grid.is_hidden);
        days.extend(headed.map(|headed| (*grid, *headed)));
    }
    others.retain(|(grid, _)| !days.iter().any(|(other, _)| std::ptr::eq(*grid, *other)));
    tables.extend(days);
    let remarks = sheet_remarks(name, &tables, &others);
    // The longest table decides where others say the same otherwise: it is the history, and they are parts of it.
    tables.sort_by_key(|(grid, _)| Reverse(grid.rows.len()));
    let mut builder = Builder::new(name, tables.iter().map(|(_, headed)| headed))?;
    builder.remarks(remarks);
    for (grid, headed) in tables {
        builder.table(grid, headed);
    }
    more(&mut builder);
    builder.end()
}

/// Whether the name of a sheet says that it has no inspections of councils' services, or none that are final.
fn is_other(grid: &Grid) -> bool {
    const WORDS: [&str; 8] = ["visit", "visits", "jtai", "jtais", "send", "template", "draft", "example"];
    let name = grid.sheet.as_deref().map(fold).unwrap_or_default();
    name.split(' ').any(|word| WORDS.contains(&word))
}

/// Says which sheets are read, if it may not be all that one expects, and which are nearly tables of inspections.
fn sheet_remarks(name: &str, tables: &[(&Grid, Headed)], others: &[(&Grid, Option<NoHeaders>)]) -> Vec<String> {
    let named = |grid: &Grid| format!("{:?}", clean(grid.sheet.as_deref().unwrap_or_default()));
    let names = |grids: &[&Grid]| {
        let more = grids.len().saturating_sub(MOST_NAMED);
        let more = (more > 0).then(|| format!("{more} more"));
        list(&grids.iter().take(MOST_NAMED).map(|grid| named(grid)).chain(more).collect::<Vec<_>>())
    };
    let read: Vec<&Grid> = tables.iter().map(|(grid, _)| *grid).collect();
    let unread = others.iter().filter(|(_, refusal)| refusal.is_none()).map(|(grid, _)| *grid);
    let (other, hidden): (Vec<&Grid>, Vec<&Grid>) = unread.partition(|grid| is_other(grid));
    let mut remarks = Vec::new();
    for grid in read.iter().filter(|grid| grid.filled.count > 0).take(MOST_NAMED) {
        let Filled { count, first } = grid.filled;
        let cells =
            plural(count, "cell is read as the one above that it is", "cells are read as those above that they are");
        remarks.push(format!("{name}: {cells} merged with, from row {first} of sheet {} on", named(grid)));
    }
    if read.iter().any(|grid| grid.is_hidden) {
        remarks.push(format!("{name}: read though the workbook hides it: {}", names(&read)));
    } else if read.len() > 1 || !hidden.is_empty() {
        remarks.push(format!("{name}: inspections are read from {}", names(&read)));
    }
    if !hidden.is_empty() {
        remarks.push(format!("{name}: not read, as the workbook hides it: {}", names(&hidden)));
    }
    if !other.is_empty() {
        remarks
            .push(format!("{name}: not read, as they are named after other inspections or drafts: {}", names(&other)));
    }
    let is_near = |refusal: &&NoHeaders| refusal.has_councils || (1..=NEARLY).contains(&refusal.lacks);
    let nearly = others.iter().filter_map(|(grid, refusal)| {
        let problem = refusal.as_ref().filter(is_near)?.problem.as_ref()?;
        Some(format!("{name}: sheet {} is not read: expected {}", named(grid), problem.expected))
    });
    let nearly: Vec<String> = nearly.collect();
    let more = nearly.len().saturating_sub(MOST_NAMED);
    remarks.extend(nearly.into_iter().take(MOST_NAMED));
    remarks.extend(
        (more > 0).then(|| format!("{name}: {} not read either", plural(more, "more sheet is", "more sheets are"))),
    );
    remarks
}

/// Returns why no table is read: what each lacks, those of sheets that are shown first.
fn refusal(name: &str, mut others: Vec<(&Grid, Option<NoHeaders>)>) -> Unusable {
    others.sort_by_key(|(grid, _)| grid.is_hidden);
    let problems = others.into_iter().map(|(grid, refusal)| {
        let empty = || Problem {
            location: grid
                .sheet
                .as_ref()
                .map_or(Location::Path(String::new()), |sheet| Location::Path(format!("sheet {:?}", clean(sheet)))),
            found: "nothing".to_owned(),
            expected: "a row of headers, then a row for each inspection".to_owned(),
        };
        let named = || Problem {
            found: "a name of other inspections, or of what is not final".to_owned(),
            expected: "another name, if it has inspections of councils' services".to_owned(),
            ..empty()
        };
        refusal.map_or_else(named, |refusal| refusal.problem.unwrap_or_else(empty))
    });
    let mut problems: Vec<Problem> = problems.collect();
    let more = problems.len().saturating_sub(MOST_NAMED);
    problems.truncate(MOST_NAMED);
    problems.extend((more > 0).then(|| Problem {
        location: Location::Path(String::new()),
        found: plural(more, "more sheet", "more sheets") + " without a table of inspections",
        expected: "one with a row for each inspection".to_owned(),
    }));
    if problems.is_empty() {
        let problem = Problem {
            location: Location::Path(String::new()),
            found: "a workbook without a sheet".to_owned(),
            expected: "a table of inspections".to_owned(),
        };
        return Unusable::new(name, vec![problem]);
    }
    Unusable::new(name, problems)
}
