//! What is checked of a row before it is read, and what is said of the whole table.

use super::Builder;
use crate::dataset::{Location, Problem};
use crate::load::ilacs::columns::Column;
use crate::load::ilacs::dates::DATES;
use crate::load::ilacs::register::code;
use crate::load::ilacs::row::{MAX_CELL, Row, unmarked};
use crate::load::{Repair, noted};
use crate::text::{clean, plural};

/// The maximum number of names that are offered for one that no authority has.
const OFFERED: usize = 2;

impl Builder {
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

    /// Rejects a row of a text with more cells than headers, because it is impossible to tell which cells belong to which
    /// headers. Sheets have notes beside a table.
    pub(super) fn check_length(&self, row: Row<'_>) -> Result<(), Problem> {
        let (found, wanted) = (row.count(), self.columns.count());
        if self.is_workbook || !(wanted..found).any(|position| !row.cell(position).is_empty()) {
            return Ok(());
        }
        let expected = "a cell for each header; text that contains a comma must be in quotation marks".to_owned();
        let found = format!("{found} cells under {wanted} headers");
        Err(Problem { location: Location::Path(row.location()), found, expected })
    }

    /// Returns a problem if the cells of a row of a text file are shifted: it has fewer cells than headers, and a grade is in a column
    /// of dates.
    pub(super) fn shifted(&self, row: Row<'_>) -> Option<Problem> {
        let (found, wanted) = (row.count(), self.columns.count());
        if self.is_workbook || found >= wanted {
            return None;
        }
        let is_shifted = self.sets.iter().any(|set| {
            let texts = DATES.iter().filter_map(|column| row.text(set.columns.positions(*column)));
            texts.into_iter().any(|text| set.judgements.is_grade(text))
        });
        is_shifted.then(|| Problem {
            location: Location::Path(row.location()),
            found: format!("{found} cells under {wanted} headers, with a grade in a column of dates"),
            expected: "a cell for each header".to_owned(),
        })
    }

    /// Reports cells that are too long, columns with the same meaning whose values differ and, in a text, a row with contents that
    /// has fewer cells than headers. Sheets leave out blank cells.
    pub(super) fn check_cells(&mut self, row: Row<'_>, has_contents: bool) {
        let (found, wanted) = (row.count(), self.columns.count());
        if has_contents && !self.is_workbook && found < wanted {
            self.reports.repair(|| Repair {
                location: Location::Path(row.location()),
                found: format!("{found} cells under {wanted} headers"),
                read_as: "a row whose last cells are blank".to_owned(),
            });
        }
        let location =
            |positions: &[usize]| Location::Path(format!("{}, {}", row.location(), self.columns.names(positions)));
        for position in row.too_long().filter(|position| *position < wanted) {
            self.reports.repair(|| Repair {
                location: location(&[position]),
                found: format!("more than {MAX_CELL} characters"),
                read_as: format!("its first {MAX_CELL}"),
            });
        }
        for positions in self.repeated.iter().filter(|positions| row.at(positions).is_err()) {
            let texts = || positions.iter().map(|at| format!("{:?}", clean(row.cell(*at)))).collect::<Vec<_>>();
            self.reports.repair(|| Repair {
                location: location(positions),
                found: texts().join(" and "),
                read_as: "unreadable: they do not agree".to_owned(),
            });
        }
    }

    /// Notes a name that no authority has beside a code that one has, and a code that none has beside a name that one has.
    fn check_codes(&mut self, row: Row<'_>, position: usize) {
        let name = unmarked(row.text(self.columns.positions(Column::Authority)).unwrap_or_default());
        let is_known = self.register.get(position).is_some_and(|authority| !authority.is_unknown);
        let gazetteer = self.register.gazetteer();
        if is_known && !name.is_empty() && gazetteer.by_name(&clean(name)).is_none() {
            let shown = self.register.get(position).map(|authority| authority.name.clone()).unwrap_or_default();
            self.noted.add(noted::MISSPELT_NAMES, || format!("{}: {shown}", row.shown()));
        } else if is_known {
            let codes =
                [Column::La, Column::Gss].into_iter().filter_map(|column| row.text(self.columns.positions(column)));
            let unknown = codes.map(|text| code(unmarked(text))).find(|code| gazetteer.by_code(code).is_none());
            if let Some(unknown) = unknown {
                self.noted.add(noted::UNKNOWN_CODES, || format!("{unknown} ({})", row.location()));
            }
        }
    }

    /// Notes markers in the name of a row, and a name that no authority has, with the nearest ones.
    pub(super) fn check_name(&mut self, row: Row<'_>, position: usize) {
        let name = row.text(self.columns.positions(Column::Authority)).unwrap_or_default();
        if unmarked(name) != name {
            self.noted.add(noted::MARKED_NAMES, || row.shown());
        }
        self.check_codes(row, position);
        if self.register.gazetteer().with_other_words(unmarked(name)).is_some() {
            self.noted.add(noted::BRACKETS, || row.shown());
        }
        let Some(authority) = self.register.get(position) else { return };
        // Of a name that an authority has, more is said when all rows are known.
        let is_apart = self.register.gazetteer().by_name(name).is_some();
        if authority.is_unknown && !is_apart && self.unknown.insert(authority.name.clone()) {
            self.noted.add(noted::UNKNOWN_NAMES, || {
                let near = self.register.gazetteer().nearest(&authority.name, OFFERED).join(" or ");
                let near = if near.is_empty() { String::new() } else { format!(", nearest {near}") };
                format!("{:?} ({}{near})", authority.name, row.location())
            });
        }
    }
}
