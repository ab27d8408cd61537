//! Finds the headers of a table, which may be below a title and a line of notes.

use super::builder::Builder;
use super::columns::Columns;
use super::sources::headers_problem;
use crate::dataset::{Location, Problem};
use crate::load::Unusable;

/// The maximum number of columns read.
pub const MAX_COLUMNS: usize = 1024;

/// The number of rows among which the headers must be; empty rows do not count.
const MAX_ROWS: usize = 10;

/// A search for headers, fed with one row after the other.
pub struct HeaderSearch {
    name: String,
    tried: usize,
    /// The first text above the headers.
    title: Option<String>,
    /// The row that is most like headers, with the number of required columns that it lacks.
    nearest: Option<(usize, Problem)>,
}

impl HeaderSearch {
    /// Starts a search in the file of a name.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), tried: 0, title: None, nearest: None }
    }

    /// Returns a builder for the rows below, if a row has the headers; `None` if the next row may have them.
    ///
    /// # Errors
    /// Returns an error if the headers are not among the first rows.
    pub fn try_row(&mut self, row: &[String]) -> Result<Option<Builder>, Unusable> {
        if row.len() > MAX_COLUMNS {
            return Err(self.unusable(vec![Problem {
                location: Location::Path("the headers of the columns".to_owned()),
                found: format!("more than {MAX_COLUMNS} columns"),
                expected: "at most that many; save only the columns of the inspections".to_owned(),
            }]));
        }
        let missing = match Columns::find_all(row.iter().map(String::as_str)) {
            Ok(sets) => return Builder::new(&self.name, self.title.as_deref(), sets).map(Some),
            Err(missing) => missing,
        };
        if self.nearest.as_ref().is_none_or(|(count, _)| missing.0.len() < *count) {
            self.nearest = Some((missing.0.len(), headers_problem(row, &missing.0)));
        }
        self.title = self.title.take().or_else(|| row.iter().find(|text| !text.is_empty()).cloned());
        self.tried += 1;
        if self.tried < MAX_ROWS { Ok(None) } else { Err(self.refusal().unwrap_or_else(|| self.unusable(Vec::new()))) }
    }

    /// Returns what the row most like headers lacks; `None` if there was no row.
    pub fn refusal(&self) -> Option<Unusable> {
        self.nearest.as_ref().map(|(lacks, problem)| Unusable { lacks: *lacks, ..self.unusable(vec![problem.clone()]) })
    }

    fn unusable(&self, problems: Vec<Problem>) -> Unusable {
        Unusable::new(self.name.clone(), problems)
    }
}
