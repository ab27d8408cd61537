//! Which column holds what, found by the heads, in whatever order they stand.

/// What a column can hold, with the heads it goes by; the first is the one to write.
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
    /// The last day of it.
    Until,
    /// The number with the Department for Education.
    La,
    /// The code of the statistical service.
    Gss,
    /// The region, as a code.
    Region,
    /// The numbers of the statistical neighbours.
    Neighbours,
}

const HEADERS: [(Column, &[&str]); 12] = [
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
];

/// Without these a row says nothing; the columns of the judgements are needed too.
const NEEDED: [Column; 3] = [Column::Urn, Column::Authority, Column::Published];

impl Column {
    /// The head to write for it.
    pub fn head(self) -> &'static str {
        headers(self).first().copied().unwrap_or_default()
    }
}

fn headers(column: Column) -> &'static [&'static str] {
    HEADERS.iter().find(|(named, _)| *named == column).map_or(&[], |(_, headers)| headers)
}

/// Where in a file the columns are. A column can stand there more than once, under one header or under several
/// that mean the same.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    headers: Vec<String>,
    /// The positions of each column, by its number.
    positions: [Vec<usize>; HEADERS.len()],
}

/// What a file lacks: the headers that were not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Vec<String>);

impl Columns {
    /// Finds the columns by their headers; unknown ones are ignored.
    ///
    /// # Errors
    /// If one of `judgements` or another column that is needed is missing.
    pub fn find<'h>(headers: impl Iterator<Item = &'h str>, judgements: &[String]) -> Result<Self, Missing> {
        let headers: Vec<String> =
            headers.map(|header| header.trim().to_lowercase().replace([' ', '-'], "_")).collect();
        let mut columns = Self { headers, ..Self::default() };
        for (column, names) in HEADERS {
            let found = names.iter().flat_map(|name| columns.positions_of(name)).collect();
            if let Some(positions) = columns.positions.get_mut(column as usize) {
                *positions = found;
            }
        }
        let needed = NEEDED.iter().filter(|column| columns.positions(**column).is_empty()).map(|c| c.head().to_owned());
        let judged = judgements.iter().filter(|header| columns.positions_of(header).is_empty()).cloned();
        let missing: Vec<String> = needed.chain(judged).collect();
        if missing.is_empty() { Ok(columns) } else { Err(Missing(missing)) }
    }

    /// The positions of a column, from 0; empty if the file does not have it.
    pub fn positions(&self, column: Column) -> &[usize] {
        self.positions.get(column as usize).map_or(&[], Vec::as_slice)
    }

    /// The positions of the columns under a header as it is written here.
    pub fn positions_of(&self, header: &str) -> Vec<usize> {
        self.headers.iter().enumerate().filter(|(_, held)| *held == header).map(|(position, _)| position).collect()
    }

    /// The columns that mean the same, by their positions; `judgements` are the headers of the judgements.
    pub fn repeated(&self, judgements: &[String]) -> Vec<Vec<usize>> {
        let named = judgements.iter().map(|header| self.positions_of(header));
        self.positions.iter().cloned().chain(named).filter(|positions| positions.len() > 1).collect()
    }

    /// The headers of some columns, with their numbers from 1: "urn (column 1)".
    pub fn names(&self, positions: &[usize]) -> String {
        let name = |at: &usize| Some(format!("{} (column {})", self.headers.get(*at)?, at + 1));
        positions.iter().filter_map(name).collect::<Vec<_>>().join(" and ")
    }

    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.headers.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_any_order_among_others() {
        let headers = ["colour", "Publication Date", "grade", "local_authority", "urn"];
        let columns = Columns::find(headers.into_iter(), &["grade".to_owned()]).unwrap();
        assert_eq!((columns.positions(Column::Urn), columns.positions(Column::Published)), (&[4][..], &[1][..]));
        assert_eq!((columns.positions(Column::Lead), columns.positions_of("grade")), (&[][..], vec![2]));
        assert!(columns.repeated(&["grade".to_owned()]).is_empty());
    }

    #[test]
    fn columns_of_one_meaning_are_named() {
        let headers = ["urn", "la_code_new", "local_authority", "ltla23cd", "publication_date", "grade", "grade"];
        let judgements = ["grade".to_owned()];
        let columns = Columns::find(headers.into_iter(), &judgements).unwrap();
        assert_eq!(columns.repeated(&judgements), [vec![1, 3], vec![5, 6]]);
        assert_eq!(columns.names(&[1, 3]), "la_code_new (column 2) and ltla23cd (column 4)");
    }

    #[test]
    fn what_is_missing_is_named() {
        let refusal = Columns::find(["urn", "local_authority"].into_iter(), &["grade".to_owned()]);
        assert_eq!(refusal.unwrap_err(), Missing(vec!["publication_date".to_owned(), "grade".to_owned()]));
    }
}
