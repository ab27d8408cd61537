//! What is checked of a row before it is read, and what is said of the whole table.

use super::{Builder, MAX_LINES_OF_TEXT};
use crate::dataset::{Location, Problem};
use crate::load::Repair;
use crate::load::ilacs::columns::Column;
use crate::load::ilacs::row::{MAX_CELL, Row};
use crate::text::{clean, plural};

/// The maximum number of authorities named in one remark. England has some 150.
const MAX_NAMED: usize = 200;

impl Builder {
    pub(super) fn add_remarks(&mut self) {
        let file = &self.source.id;
        if self.visits > 0 {
            let visits = plural(self.visits, "visit", "visits");
            self.remarks.push(format!("{file}: {visits} without judgements not listed"));
        }
        if !self.not_inspected.is_empty() {
            let names: Vec<&str> = self.not_inspected.iter().take(MAX_NAMED).map(String::as_str).collect();
            let more = self.not_inspected.len().saturating_sub(MAX_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.remarks.push(format!("{file}: not yet inspected: {}{more}", names.join(", ")));
        }
        if self.lines_of_text > MAX_LINES_OF_TEXT {
            let more = self.lines_of_text.saturating_sub(MAX_LINES_OF_TEXT);
            self.remarks
                .push(format!("{file}: {} not listed", plural(more, "more line of text", "more lines of text")));
        }
    }

    pub(super) fn report_las_as_urns(&mut self) {
        let count = self.register.las_as_urns();
        if count > 0 {
            self.reports.repair(|| Repair {
                location: Location::Path(format!("column {}", self.columns.header(Column::Urn))),
                found: plural(count as usize, "number of three digits", "numbers of three digits"),
                read_as: "numbers of the Department for Education, because Ofsted's have more digits".to_owned(),
            });
        }
    }

    /// Reports a row with fewer cells than headers. Rejects one with more cells, because it is impossible to tell
    /// which cells belong to which headers.
    pub(super) fn check_length(&mut self, row: &Row<'_>) -> Result<(), Problem> {
        let (found, wanted) = (row.cells.count(), self.columns.count());
        let location = Location::Path(format!("row {}", row.number));
        let cells = format!("{found} cells under {wanted} headers");
        if found < wanted {
            let read_as = "a row whose last cells are blank".to_owned();
            self.reports.repair(|| Repair { location, found: cells, read_as });
        } else if (wanted..found).any(|position| !row.cell(position).is_empty()) {
            let expected = "a cell for each header; text that contains a comma must be in quotation marks".to_owned();
            return Err(Problem { location, found: cells, expected });
        }
        Ok(())
    }

    /// Reports cells that are too long, and columns with the same meaning whose values differ.
    pub(super) fn check_cells(&mut self, row: &Row<'_>) {
        for position in row.too_long() {
            self.reports.repair(|| Repair {
                location: Location::Path(format!("row {}, {}", row.number, self.columns.names(&[position]))),
                found: format!("more than {MAX_CELL} characters"),
                read_as: format!("its first {MAX_CELL}"),
            });
        }
        for positions in self.repeated.iter().filter(|positions| row.at(positions).is_err()) {
            let texts = || positions.iter().map(|at| format!("{:?}", clean(row.cell(*at)))).collect::<Vec<_>>();
            self.reports.repair(|| Repair {
                location: Location::Path(format!("row {}, {}", row.number, self.columns.names(positions))),
                found: texts().join(" and "),
                read_as: "unreadable: they do not agree".to_owned(),
            });
        }
    }
}
