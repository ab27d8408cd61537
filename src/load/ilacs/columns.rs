//! Finds the columns of a file by their headers, in any order.

use super::cell;

/// A column with a known meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Ofsted's unique reference number.
    Urn,
    /// The name of the authority.
    Authority,
    /// A link to the report.
    Link,
    /// When the report was published.
    Published,
    /// The kind of inspection; the header in the file is "inspection_framework".
    Kind,
    /// The lead inspector.
    Lead,
    /// The first day of the inspection.
    From,
    /// The last day of the inspection.
    Until,
    /// The Department for Education's three-digit number.
    La,
    /// The code of the Government Statistical Service.
    Gss,
    /// The region, as a code.
    Region,
    /// The Department for Education's numbers of the statistical neighbours.
    Neighbours,
    /// The grade for overall effectiveness.
    Overall,
    /// The grade for the impact of leaders.
    Leaders,
    /// The grade for help and protection.
    Help,
    /// The grade for children in care (formerly looked-after children).
    InCare,
    /// The grade for care leavers.
    CareLeavers,
}

/// The known headers of each column, in lower case with underscores; the usual one comes first.
const HEADERS: [(Column, &[&str]); 17] = [
    (Column::Urn, &["urn"]),
    (Column::Authority, &["local_authority"]),
    (Column::Link, &["inspection_link"]),
    (Column::Published, &["publication_date"]),
    (Column::Kind, &["inspection_framework"]),
    (Column::Lead, &["inspector_name"]),
    (Column::From, &["inspection_start_date"]),
    (Column::Until, &["inspection_end_date"]),
    (Column::La, &["la_code"]),
    (Column::Gss, &["la_code_new", "ltla23cd"]),
    (Column::Region, &["region_code"]),
    (Column::Neighbours, &["stat_neighbours"]),
    (Column::Overall, &["overall_effectiveness_grade"]),
    (Column::Leaders, &["impact_of_leaders_grade"]),
    (Column::Help, &["help_and_protection_grade"]),
    (Column::InCare, &["in_care_grade"]),
    (Column::CareLeavers, &["care_leavers_grade"]),
];

/// The columns that a file must have.
const NEEDED: [Column; 8] = [
    Column::Urn,
    Column::Authority,
    Column::Published,
    Column::Overall,
    Column::Leaders,
    Column::Help,
    Column::InCare,
    Column::CareLeavers,
];

impl Column {
    /// Returns the usual header.
    fn usual_header(self) -> &'static str {
        let named = HEADERS.iter().find(|(column, _)| *column == self);
        named.and_then(|(_, headers)| headers.first()).copied().unwrap_or_default()
    }

    /// Returns the column with the judgements of a category (given by id); `None` if files have no such column.
    pub fn of_category(id: &str) -> Option<Self> {
        match id {
            "overall-effectiveness" => Some(Self::Overall),
            "leaders" | "leadership" => Some(Self::Leaders),
            "help-and-protection" => Some(Self::Help),
            "children-in-care" | "looked-after" => Some(Self::InCare),
            "care-leavers" => Some(Self::CareLeavers),
            _ => None,
        }
    }
}

/// The positions of the columns in a file. A column may occur more than once, with the same header or with several
/// that mean the same.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The headers as written in the file.
    headers: Vec<String>,
    /// The positions of each column, indexed by `Column as usize`.
    positions: [Vec<usize>; HEADERS.len()],
}

/// The required columns that a file lacks, by their usual headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Vec<String>);

impl Columns {
    /// Finds the columns by their headers; unknown headers are ignored.
    ///
    /// # Errors
    /// Returns an error if a required column is missing.
    pub fn find<'h>(headers: impl Iterator<Item = &'h str>) -> Result<Self, Missing> {
        let headers: Vec<String> = headers.map(|header| header.trim().to_owned()).collect();
        let plain: Vec<String> = headers.iter().map(|header| header.to_lowercase().replace([' ', '-'], "_")).collect();
        let mut columns = Self { headers, ..Self::default() };
        for (column, names) in HEADERS {
            let at =
                |name: &&str| plain.iter().enumerate().filter(|(_, held)| held == name).map(|(at, _)| at).collect();
            if let Some(positions) = columns.positions.get_mut(column as usize) {
                *positions = names.iter().flat_map(|name| -> Vec<usize> { at(name) }).collect();
            }
        }
        let missing = NEEDED.iter().filter(|column| columns.positions(**column).is_empty());
        let missing: Vec<String> = missing.map(|column| column.usual_header().to_owned()).collect();
        if missing.is_empty() { Ok(columns) } else { Err(Missing(missing)) }
    }

    /// Returns the positions of a column, from 0; empty if the file does not have it.
    pub fn positions(&self, column: Column) -> &[usize] {
        self.positions.get(column as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns the header of a column as written in the file, or the usual header if the file does not have the
    /// column.
    pub fn header(&self, column: Column) -> &str {
        let header = self.positions(column).first().and_then(|position| self.headers.get(*position));
        header.map_or_else(|| column.usual_header(), String::as_str)
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

    /// Whether a line of CSV is clearly a complete row: it has a cell for each header, and a date in the column of
    /// publication dates.
    pub fn is_row(&self, line: &str) -> bool {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
        let is_day = |at: &usize| cells.get(*at).is_some_and(|cell| cell::date(cell).is_some());
        cells.len() == self.count() && self.positions(Column::Published).iter().any(is_day)
    }

    /// Returns the number of columns in the file.
    pub fn count(&self) -> usize {
        self.headers.len()
    }
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
        Columns::find(headers.iter().chain(&JUDGEMENTS).copied())
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
        let missing = Columns::find(["urn", "local_authority"].into_iter().chain(JUDGEMENTS.into_iter().skip(1)));
        assert_eq!(missing.unwrap_err().0, ["publication_date", "overall_effectiveness_grade"]);
    }
}
