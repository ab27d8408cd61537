//! Finds the headers of a table, which may be below a title and notes, and stand in two rows.

use super::columns::{Columns, Missing};
use super::grid::{GridRow, MAX_COLUMNS};
use super::sources::headers_problem;
use crate::dataset::{Location, Problem};

/// The number of rows among which the headers must be; empty rows do not count.
const MAX_ROWS: usize = 30;

/// How many columns must occur more than once for a table to have several inspections side by side.
const MANY: usize = 3;

/// A table of which the headers were found.
#[derive(Debug)]
pub struct Headed {
    /// The columns: several sets in a wide table, which has the inspections of an authority side by side.
    pub sets: Vec<Columns>,
    /// The first text above the headers.
    pub title: Option<String>,
    /// The position of the first row below the headers.
    pub first: usize,
}

/// Why no headers were found.
#[derive(Debug, Default)]
pub struct NoHeaders {
    /// How many required columns the row most like headers lacks; 0 if something else is wrong.
    pub lacks: usize,
    /// What was found and expected; `None` if there is no row at all.
    pub problem: Option<Problem>,
    /// Whether the row most like headers has a column of councils.
    pub has_councils: bool,
    /// The table, if it has days without judgements.
    pub days: Option<Box<Headed>>,
}

/// Finds the headers among the first rows of a table: in one row or, if none has them all, in two.
///
/// # Errors
/// Returns an error if there are none; it names the row that is most like headers.
pub fn find(rows: &[GridRow]) -> Result<Headed, NoHeaders> {
    let first = rows.get(..rows.len().min(MAX_ROWS)).unwrap_or_default();
    if first.iter().any(|row| row.cells.len() > MAX_COLUMNS) {
        return Err(NoHeaders { problem: Some(too_wide()), ..NoHeaders::default() });
    }
    let texts: Vec<Vec<String>> = first.iter().map(GridRow::texts).collect();
    let title = |at: usize| {
        texts.get(..at).unwrap_or_default().iter().find_map(|row| row.iter().find(|text| !text.is_empty())).cloned()
    };
    let mut nearest: Option<(usize, &[String], Missing)> = None;
    for (at, row) in texts.iter().enumerate() {
        match Columns::find_all(row.iter().map(String::as_str)) {
            Ok(sets) if sets.first().is_some_and(|set| set.repeated().len() >= MANY) => {
                let above = at.checked_sub(1).and_then(|above| texts.get(above));
                return match above.and_then(|above| Columns::find_groups(above, row)) {
                    Some(sets) => Ok(Headed { sets, title: title(at), first: at + 1 }),
                    None => Err(NoHeaders { problem: Some(repeated(row, sets.first())), ..NoHeaders::default() }),
                };
            }
            Ok(sets) => return Ok(Headed { sets, title: title(at), first: at + 1 }),
            Err(missing)
                if nearest.as_ref().is_none_or(|(_, _, known)| missing.headers.len() < known.headers.len()) =>
            {
                nearest = Some((at, row, missing));
            }
            Err(_) => {}
        }
    }
    for (at, pair) in texts.windows(2).enumerate() {
        let [upper, lower] = pair else { continue };
        for joined in joined(upper, lower) {
            if let Ok(sets) = Columns::find_all(joined.iter().map(String::as_str)) {
                return Ok(Headed { sets, title: title(at), first: at + 2 });
            }
        }
    }
    if let Some(fault) = first.iter().find_map(|row| row.fault.as_deref().cloned()) {
        return Err(NoHeaders { problem: Some(fault), ..NoHeaders::default() });
    }
    let Some((at, row, missing)) = nearest else { return Err(NoHeaders::default()) };
    Err(NoHeaders {
        lacks: missing.headers.len(),
        problem: Some(headers_problem(row, &missing.headers)),
        has_councils: missing.of_councils.is_some(),
        days: missing.days().map(|columns| Box::new(Headed { sets: vec![columns], title: title(at), first: at + 1 })),
    })
}

/// Returns the three ways to join two rows of headers: each upper cell continues in the cell below it; the lower cell replaces the
/// upper one; or the upper cell is the name of a group, which comes before each header below it.
fn joined(upper: &[String], lower: &[String]) -> [Vec<String>; 3] {
    let count = upper.len().max(lower.len());
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let both = |above: String, below: String| match above == below {
        true => above,
        false => format!("{above} {below}").trim().to_owned(),
    };
    let mut group = String::new();
    let grouped = (0..count).map(|at| {
        if !cell(upper, at).is_empty() {
            group = cell(upper, at);
        }
        both(group.clone(), cell(lower, at))
    });
    let grouped = grouped.collect();
    let lower_first = |at: usize| if cell(lower, at).is_empty() { cell(upper, at) } else { cell(lower, at) };
    let continued = (0..count).map(|at| both(cell(upper, at), cell(lower, at))).collect();
    [continued, (0..count).map(lower_first).collect(), grouped]
}

/// Says that several inspections stand side by side under the same headers.
fn repeated(row: &[String], columns: Option<&Columns>) -> Problem {
    let names = columns.and_then(|columns| columns.repeated().first().map(|at| columns.names(at))).unwrap_or_default();
    Problem {
        location: Location::Path("the headers of the columns".to_owned()),
        found: format!("{} headers, several of them twice: {names}", row.len()),
        expected:
            "different headers for each inspection, as in \"First publication date\" and \"Second publication date\""
                .to_owned(),
    }
}

fn too_wide() -> Problem {
    Problem {
        location: Location::Path("the headers of the columns".to_owned()),
        found: format!("more than {MAX_COLUMNS} columns"),
        expected: "at most that many; save only the columns of the inspections".to_owned(),
    }
}
