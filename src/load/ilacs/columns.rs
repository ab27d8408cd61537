//! Which column of a file holds what, found by its header, in whatever order the columns are.

use super::cell;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Ofsted's unique reference number.
    Urn,
    /// The name of the authority.
    Authority,
    /// The link to the report.
    Link,
    /// When the report was published.
    Published,
    /// The kind of visit; the file calls it framework.
    Kind,
    /// Who led the inspection.
    Lead,
    /// The first day of the inspection.
    From,
    /// The last day of the inspection.
    Until,
    /// The number of the Department for Education.
    La,
    /// The code of the statistical service.
    Gss,
    /// The region, as a code.
    Region,
    /// The numbers of the statistical neighbours.
    Neighbours,
    /// The judgement of overall effectiveness.
    Overall,
    /// The judgement of leaders.
    Leaders,
    /// The judgement of help and protection.
    Help,
    /// The judgement of children in care, or looked after.
    InCare,
    /// The judgement of care leavers.
    CareLeavers,
}

/// The headers that are known for each column, in lower case with underscores; the first is the usual one.
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

/// The columns without which a row says nothing.
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
    /// The usual header.
    fn usual_header(self) -> &'static str {
        let named = HEADERS.iter().find(|(column, _)| *column == self);
        named.and_then(|(_, headers)| headers.first()).copied().unwrap_or_default()
    }

    /// The column with the judgements of a category, by the id of the category; `None` if no file has them.
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

/// Where in a file the columns are. A column can occur more than once, under one header or under several that mean
/// the same.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The headers as the file has them.
    headers: Vec<String>,
    /// The positions of each column, by its number.
    positions: [Vec<usize>; HEADERS.len()],
}

/// What a file lacks: the usual headers of the columns that were not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Vec<String>);

impl Columns {
    /// Finds the columns by their headers; unknown ones are ignored.
    ///
    /// # Errors
    /// If a column that is needed is missing.
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

    /// The positions of a column, from 0; empty if the file does not have it.
    pub fn positions(&self, column: Column) -> &[usize] {
        self.positions.get(column as usize).map_or(&[], Vec::as_slice)
    }

    /// The header of a column as the file has it; the usual one if the file does not have the column.
    pub fn header(&self, column: Column) -> &str {
        let header = self.positions(column).first().and_then(|position| self.headers.get(*position));
        header.map_or_else(|| column.usual_header(), String::as_str)
    }

    /// The columns that mean the same, by their positions.
    pub fn repeated(&self) -> Vec<Vec<usize>> {
        self.positions.iter().filter(|positions| positions.len() > 1).cloned().collect()
    }

    /// The headers of some columns, with their numbers from 1: "urn (column 1)".
    pub fn names(&self, positions: &[usize]) -> String {
        let name = |at: &usize| Some(format!("{} (column {})", self.headers.get(*at)?, at + 1));
        positions.iter().filter_map(name).collect::<Vec<_>>().join(" and ")
    }

    /// Whether a line of CSV is plainly a row by itself: it has a cell for each header, and a day where the report was
    /// published.
    pub fn is_row(&self, line: &str) -> bool {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
        let is_day = |at: &usize| cells.get(*at).is_some_and(|cell| cell::date(cell).is_some());
        cells.len() == self.count() && self.positions(Column::Published).iter().any(is_day)
    }

    /// How many columns the file has.
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
