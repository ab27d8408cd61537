//! Finds the columns of a file by their headers, in any order.

use std::collections::BTreeSet;

use super::grid::GridRow;
pub use super::known_headers::Column;
use super::known_headers::{COUNT, HEADERS, LOOSE, NEEDED, ORDINALS, OWN_HEADERS, plain};
use super::row::Row;
use crate::dataset::{DayOrder, written_date};
use crate::text::{nearest, without_markers};

/// The positions of the columns in a file. A column may occur more than once, with the same header or with several
/// that mean the same.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The headers as written in the file.
    headers: Vec<String>,
    /// The headers in their plain form.
    plain: Vec<String>,
    /// The positions of each column, indexed by `Column as usize`.
    positions: [Vec<usize>; COUNT],
}

/// The required columns that a file lacks, by their usual headers.
#[derive(Debug, Clone)]
pub struct Missing {
    /// Their usual headers.
    pub headers: Vec<String>,
    /// The columns that there are, if they say which council a row is about.
    pub of_councils: Option<Box<Columns>>,
}

impl Missing {
    /// Whether there is a header of at least one of the columns that a table needs.
    pub fn has_some(&self) -> bool {
        self.headers.len() < NEEDED.len()
    }

    /// Returns the columns of a table of days without judgements, which complete those of another table; `None` if it is none.
    pub fn days(self) -> Option<Columns> {
        let has_day = |columns: &Columns| {
            NEEDED.get(1).is_some_and(|days| days.iter().any(|day| !columns.positions(*day).is_empty()))
        };
        let is_graded = self.headers.len() < NEEDED.len() - 2;
        self.of_councils.map(|columns| *columns).filter(|columns| has_day(columns) && !is_graded)
    }
}

impl Columns {
    /// Finds the columns by their headers; unknown headers are ignored. A wide table has several sets of columns, one
    /// for each inspection of an authority; any other table has one.
    ///
    /// # Errors
    /// Returns an error if a required column is missing. See [`Missing::days`].
    pub fn find_all<'h>(headers: impl Iterator<Item = &'h str>) -> Result<Vec<Self>, Missing> {
        let headers: Vec<String> = headers.map(|header| header.trim().to_owned()).collect();
        let numbered = numbers_of_sets(&headers);
        let starts = |ordinal: &&str| headers.iter().any(|header| plain(header).starts_with(*ordinal));
        let ordinals: Vec<&str> = ORDINALS.into_iter().filter(|ordinal| starts(ordinal)).collect();
        if !numbered.is_empty() {
            let of_set = |number: u8| {
                let names = headers.iter().map(|header| match number_of(header) {
                    Some(other) if other != number => String::new(),
                    _ => plain(header),
                });
                Self::with_names(headers.clone(), names)
            };
            return numbered.into_iter().map(of_set).collect();
        }
        if ordinals.is_empty() {
            return Ok(vec![Self::with_names(headers.clone(), headers.iter().map(|header| plain(header)))?]);
        }
        let of_set = |ordinal: &str| {
            let names = headers.iter().map(|header| {
                let name = plain(header);
                match name.strip_prefix(ordinal) {
                    Some(rest) => plain(rest),
                    None if ORDINALS.iter().any(|other| name.starts_with(other)) => String::new(),
                    None => name,
                }
            });
            Self::with_names(headers.clone(), names)
        };
        ordinals.into_iter().map(of_set).collect()
    }

    /// Finds the columns of a table whose headers stand below the names of groups, one for each inspection; `None` if there are no
    /// two groups with all the columns.
    pub fn find_groups(upper: &[String], lower: &[String]) -> Option<Vec<Self>> {
        let starts: Vec<usize> =
            (0..lower.len()).filter(|at| upper.get(*at).is_some_and(|text| !text.is_empty())).collect();
        let end = |group: usize| starts.get(group + 1).copied().unwrap_or(lower.len());
        // A name above a single column is a header of all inspections, not a group.
        let is_group = |group: &usize| starts.get(*group).is_some_and(|start| end(*group) > start + 1);
        let group_of = |at: usize| starts.iter().rposition(|start| *start <= at).filter(is_group);
        let set = |group: usize| {
            let names = lower.iter().enumerate().map(|(at, header)| match group_of(at) {
                Some(other) if other != group => String::new(),
                _ => plain(header),
            });
            Self::with_names(lower.to_vec(), names)
        };
        let sets: Vec<Self> = (0..starts.len()).filter(is_group).filter_map(|group| set(group).ok()).collect();
        (sets.len() > 1).then_some(sets)
    }

    /// Returns the positions of headers that look like those of days or judgements, and are not read. Tables of a known layout
    /// have many others.
    pub fn unread(&self) -> Vec<usize> {
        const WORDS: [&str; 14] = [
            "effectiveness",
            "leaders",
            "leadership",
            "leavers",
            "leaving",
            "care",
            "protection",
            "judgement",
            "grade",
            "rating",
            "outcome",
            "inspected",
            "published",
            "publication",
        ];
        let is_known = self.plain.iter().any(|name| name == "inspector_name" || name == "inspection_link");
        if self.are_own() || self.are_official() || is_known {
            return Vec::new();
        }
        let is_read = |at: &usize| self.positions.iter().any(|positions| positions.contains(at));
        let looks_like = |at: &usize| {
            self.plain.get(*at).is_some_and(|name| name.split(['_', '.']).any(|word| WORDS.contains(&word)))
        };
        (0..self.headers.len()).filter(|at| !is_read(at) && looks_like(at)).collect()
    }

    /// Finds the columns of a table by the plain names of its headers.
    fn with_names(headers: Vec<String>, plain: impl Iterator<Item = String>) -> Result<Self, Missing> {
        let plain: Vec<String> = plain.collect();
        let mut columns = Self { headers, ..Self::default() };
        let at = |name: &&str| positions_of(&plain, name);
        for (column, names) in HEADERS {
            if let Some(positions) = columns.positions.get_mut(column as usize) {
                // Of dates and kinds, the more usual header is meant: "Published" beside "Publication date" may be yes or no.
                *positions = match column {
                    Column::Published | Column::From | Column::Until | Column::Kind => {
                        names.iter().map(at).find(|found| !found.is_empty()).unwrap_or_default()
                    }
                    _ => names.iter().flat_map(at).collect(),
                };
            }
        }
        let is_ours = columns.positions(Column::Authority).is_empty() && !at(&"authority").is_empty();
        for (column, names) in LOOSE.iter().filter(|_| !is_ours) {
            let found = || names.iter().map(at).find(|found| !found.is_empty()).unwrap_or_default();
            if let Some(positions) = columns.positions.get_mut(*column as usize).filter(|found| found.is_empty()) {
                *positions = found();
            }
        }
        for (column, name) in OWN_HEADERS.iter().filter(|_| is_ours) {
            if let Some(positions) =
                columns.positions.get_mut(*column as usize).filter(|positions| positions.is_empty())
            {
                *positions = at(name);
            }
        }
        columns.plain.clone_from(&plain);
        // Our own tables may have the categories of any framework.
        let is_ours = is_ours
            && [Column::Authority, Column::Framework, Column::Published]
                .iter()
                .all(|column| columns.positions(*column).len() == 1);
        if is_ours {
            return Ok(columns);
        }
        let is_missing = |group: &&&[Column]| group.iter().all(|column| columns.positions(*column).is_empty());
        let missing = NEEDED.iter().filter(is_missing).filter_map(|group| group.first());
        let missing: Vec<String> = missing.map(|column| column.usual_header().to_owned()).collect();
        if missing.is_empty() {
            return Ok(columns);
        }
        let has_councils = NEEDED.first().is_some_and(|group| !is_missing(&group));
        Err(Missing { headers: missing, of_councils: has_councils.then(|| Box::new(columns)) })
    }

    /// Returns the positions of a column, from 0; empty if the file does not have it.
    pub fn positions(&self, column: Column) -> &[usize] {
        self.positions.get(column as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns the positions of all known columns.
    pub fn all_positions(&self) -> impl Iterator<Item = usize> {
        self.positions.iter().flatten().copied()
    }

    /// Returns the header of a column as written in the file, or the usual header if the file does not have the
    /// column.
    pub fn header(&self, column: Column) -> &str {
        let header = self.positions(column).first().and_then(|position| self.headers.get(*position));
        header.map_or_else(|| column.usual_header(), String::as_str)
    }

    /// Returns the header at a position as written in the file; empty beyond the last.
    pub fn header_at(&self, position: usize) -> &str {
        self.headers.get(position).map_or("", String::as_str)
    }

    /// Returns the positions of the headers that have markers of notes.
    pub fn marked(&self) -> impl Iterator<Item = usize> {
        let marked = self.headers.iter().enumerate().filter(|(_, header)| without_markers(header) != header.trim());
        marked.map(|(at, _)| at)
    }

    /// Returns, for each column that occurs more than once, its positions.
    pub fn repeated(&self) -> Vec<Vec<usize>> {
        self.positions.iter().filter(|positions| positions.len() > 1).cloned().collect()
    }

    /// Formats the headers of some columns with their numbers, counted from 1: "urn (column 1)".
    pub fn names(&self, positions: &[usize]) -> String {
        let name = |at: &usize| Some(format!("{} (column {})", self.headers.get(*at)?, at + 1));
        positions.iter().filter_map(name).collect::<Vec<_>>().join(" and ")
    }

    /// Returns the positions of the column of a category in our own tables, by its id, and of what is added to that:
    /// "certainty".
    pub fn own(&self, category: &str, added: &str) -> Vec<usize> {
        positions_of(&self.plain, &plain(&format!("{category} {added}")))
    }

    /// Whether the table is one of our own, which names the framework of each row.
    pub fn are_own(&self) -> bool {
        !self.positions(Column::Framework).is_empty()
    }

    /// Whether the table is as the collecting tool writes it.
    pub fn are_collected(&self) -> bool {
        self.plain.iter().any(|header| header.ends_with("_grade"))
    }

    /// Whether a line of CSV is clearly a complete row: it has a cell for each header, and a date in the column of
    /// publication dates.
    pub fn is_row(&self, line: &str, separator: u8) -> bool {
        let cells = || line.split(char::from(separator)).map(|cell| cell.trim().trim_matches('"'));
        let is_day = |at: &usize| {
            cells().nth(*at).is_some_and(|cell| {
                [DayOrder::DayFirst, DayOrder::MonthFirst].into_iter().any(|order| written_date(cell, order).is_some())
            })
        };
        cells().count() == self.count()
            && [Column::Published, Column::From].iter().flat_map(|column| self.positions(*column)).any(is_day)
    }

    /// Names the headers that are most like the usual ones of required columns that are missing: "column 6, `Overall
    /// effectiveness`, is nearest to overall_effectiveness_grade".
    pub fn nearest_to(headers: &[String], missing: &[String]) -> Vec<String> {
        let plain_headers: Vec<String> = headers.iter().map(|header| plain(header)).collect();
        let near = |wanted: &String| {
            let found = *nearest(wanted, plain_headers.iter().map(String::as_str)).first()?;
            let at = plain_headers.iter().position(|header| header == found)?;
            Some(format!("column {}, `{}`, is nearest to {wanted}", at + 1, headers.get(at)?))
        };
        missing.iter().filter_map(near).collect()
    }

    /// Whether these are the headers of Ofsted's official statistics.
    pub fn are_official(&self) -> bool {
        ["web_link", "local_authority_name"].iter().all(|name| self.plain.iter().any(|header| header == name))
    }

    /// Whether a row repeats the headers, as where a second table begins below the first.
    pub fn is_repeated_in(&self, row: Row<'_>) -> bool {
        let named = [Column::Authority, Column::Urn, Column::La, Column::Gss];
        let named = named.into_iter().find(|column| !self.positions(*column).is_empty());
        let is_header =
            |column| row.text(self.positions(column)).is_some_and(|text| plain(text) == plain(self.header(column)));
        named.is_some_and(is_header)
    }

    /// Whether a row has the same headers.
    pub fn are_those_of(&self, row: &GridRow) -> bool {
        row.texts().iter().map(|text| plain(text)).eq(self.headers.iter().map(|header| plain(header)))
    }

    /// Returns the number of columns in the file.
    pub fn count(&self) -> usize {
        self.headers.len()
    }
}

/// Returns the number in brackets at the end of a header: 2 of "Overall effectiveness (2)".
fn number_of(header: &str) -> Option<u8> {
    let (_, number) = header.trim().strip_suffix(')')?.rsplit_once('(')?;
    number.trim().parse().ok()
}

/// Returns the numbers of the sets of a wide table whose headers are numbered: a header occurs with several numbers.
fn numbers_of_sets(headers: &[String]) -> Vec<u8> {
    let numbered: Vec<(String, u8)> =
        headers.iter().filter_map(|header| Some((plain(header), number_of(header)?))).collect();
    let is_again =
        |(name, number): &(String, u8)| numbered.iter().any(|(other, another)| other == name && another != number);
    let numbers: BTreeSet<u8> = numbered.iter().filter(|one| is_again(one)).map(|(_, number)| *number).collect();
    numbers.into_iter().collect()
}

fn positions_of(headers: &[String], name: &str) -> Vec<usize> {
    headers.iter().enumerate().filter(|(_, header)| *header == name).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const JUDGEMENTS: [&str; 5] = [
        "overall_effectiveness_grade",
        "impact_of_leaders_grade",
        "help_and_protection_grade",
        "in_care_grade",
        "care_leavers_grade",
    ];

    fn find(headers: &[&str]) -> Result<Columns, Missing> {
        Columns::find_all(headers.iter().chain(&JUDGEMENTS).copied()).map(|mut all| all.remove(0))
    }

    #[test]
    fn columns_are_found_in_any_order_among_others() {
        let columns = find(&["colour", "Publication Date", "local_authority", "urn"]).unwrap();
        assert_eq!((columns.positions(Column::Urn), columns.positions(Column::Published)), (&[3][..], &[1][..]));
        assert_eq!((columns.positions(Column::Lead), columns.positions(Column::Overall)), (&[][..], &[4][..]));
        assert_eq!(columns.header(Column::Published), "Publication Date", "as the file has it");
        assert!(columns.repeated().is_empty());
    }

    #[test]
    fn columns_of_one_meaning_are_named() {
        let columns =
            find(&["urn", "la_code_new", "local_authority", "ltla23cd", "publication_date", "in_care_grade"]).unwrap();
        assert_eq!(columns.repeated(), [vec![1, 3], vec![5, 9]]);
        assert_eq!(columns.names(&[1, 3]), "la_code_new (column 2) and ltla23cd (column 4)");
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = Columns::find_all(["urn", "local_authority"].into_iter().chain(JUDGEMENTS.into_iter().skip(1)));
        assert_eq!(missing.unwrap_err().headers, ["publication_date", "overall_effectiveness_grade"]);
    }
}
