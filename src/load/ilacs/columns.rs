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

const HEADS: [(Column, &[&str]); 12] = [
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
        heads(self).first().copied().unwrap_or_default()
    }
}

fn heads(column: Column) -> &'static [&'static str] {
    HEADS.iter().find(|(named, _)| *named == column).map_or(&[], |(_, heads)| heads)
}

/// The places of the columns in a file.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    heads: Vec<String>,
    /// By the column's number.
    places: [Option<usize>; HEADS.len()],
}

/// What a file lacks: the heads that were not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub Vec<String>);

impl Columns {
    /// Finds the columns by their heads; unknown ones are ignored.
    ///
    /// # Errors
    /// Where one of `judgements` or another column that is needed is missing.
    pub fn find<'h>(heads: impl Iterator<Item = &'h str>, judgements: &[String]) -> Result<Self, Missing> {
        let heads: Vec<String> = heads.map(|head| head.trim().to_lowercase().replace([' ', '-'], "_")).collect();
        let mut places = [None; HEADS.len()];
        for (column, names) in HEADS {
            if let Some(place) = places.get_mut(column as usize) {
                *place = names.iter().find_map(|name| heads.iter().position(|head| head == name));
            }
        }
        let columns = Self { heads, places };
        let needed = NEEDED.iter().filter(|column| columns.place(**column).is_none()).map(|c| c.head().to_owned());
        let judged = judgements.iter().filter(|head| columns.place_of(head).is_none()).cloned();
        let missing: Vec<String> = needed.chain(judged).collect();
        if missing.is_empty() { Ok(columns) } else { Err(Missing(missing)) }
    }

    /// The place of a column, from 0.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }

    /// The place of a head as it is written.
    pub fn place_of(&self, head: &str) -> Option<usize> {
        self.heads.iter().position(|held| held == head)
    }

    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.heads.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_any_order_among_others() {
        let heads = ["colour", "Publication Date", "grade", "local_authority", "urn"];
        let columns = Columns::find(heads.into_iter(), &["grade".to_owned()]).unwrap();
        assert_eq!((columns.place(Column::Urn), columns.place(Column::Published)), (Some(4), Some(1)));
        assert_eq!((columns.place(Column::Lead), columns.place_of("grade")), (None, Some(2)));
    }

    #[test]
    fn what_is_missing_is_named() {
        let refusal = Columns::find(["urn", "local_authority"].into_iter(), &["grade".to_owned()]);
        assert_eq!(refusal.unwrap_err(), Missing(vec!["publication_date".to_owned(), "grade".to_owned()]));
    }
}
