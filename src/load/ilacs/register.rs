//! The authorities of a file: which one a row is about.

use super::cell;
use super::columns::{Column, Columns};
use super::row::Row;
use crate::dataset::{Authority, Codes, Council, Places};
use crate::load::Unusable;
use crate::load::gazetteer::{Entry, Gazetteer};
use crate::text::{clean, fold};

/// The authorities so far, in the order of the file.
pub struct Register {
    gazetteer: Gazetteer,
    authorities: Vec<Authority>,
    by_urn: Places,
    by_name: Places,
}

impl Register {
    /// An empty one.
    ///
    /// # Errors
    /// Where the bundled gazetteer is not what the tests hold it to be.
    pub fn new() -> Result<Self, Unusable> {
        Ok(Self {
            gazetteer: Gazetteer::bundled()?,
            authorities: Vec::new(),
            by_urn: Places::default(),
            by_name: Places::default(),
        })
    }

    /// The place of the authority that a row is about, by its reference number, or by its name where the row
    /// has none; `None` where it has neither.
    pub fn position(&mut self, row: &Row<'_>, columns: &Columns) -> Option<usize> {
        let text = |column: Column| Some(row.at(columns.place(column))).filter(|text| !cell::is_blank(text)).map(clean);
        let urn = text(Column::Urn);
        if let Some(position) = urn.as_deref().and_then(|urn| self.with_urn(urn)) {
            return Some(position);
        }
        let name = text(Column::Authority).unwrap_or_default();
        let folded = fold(&name);
        if urn.is_none() {
            if folded.is_empty() {
                return None;
            }
            if let Some(position) = self.with_name(&folded) {
                return Some(position);
            }
        }
        let owned = |column: Column| text(column).map(String::from);
        let codes = Codes { gss: owned(Column::Gss), urn: urn.map(String::from), la: owned(Column::La) };
        let authority = self.authority(&name, &folded, codes);
        Some(self.add(authority))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.authorities.is_empty()
    }

    /// An authority by its place.
    pub fn get(&self, position: usize) -> Option<&Authority> {
        self.authorities.get(position)
    }

    /// An authority by its place, to be added to.
    pub fn get_mut(&mut self, position: usize) -> Option<&mut Authority> {
        self.authorities.get_mut(position)
    }

    /// Where what the gazetteer gave comes from.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// All of them.
    pub fn into_authorities(self) -> Vec<Authority> {
        self.authorities
    }

    fn with_urn(&self, urn: &str) -> Option<usize> {
        self.by_urn.find(urn, |place| self.get(place).is_some_and(|a| a.codes.urn.as_deref() == Some(urn)))
    }

    fn with_name(&self, folded: &str) -> Option<usize> {
        self.by_name.find(folded, |place| self.get(place).is_some_and(|a| fold(&a.name) == folded))
    }

    /// An authority with what the gazetteer knows of it, else with what the row says.
    fn authority(&self, name: &str, folded: &str, codes: Codes) -> Authority {
        let by_code = |code: &Option<String>| self.gazetteer.by_code(code.as_deref()?);
        let by_codes = [&codes.urn, &codes.la, &codes.gss].into_iter().find_map(by_code);
        let is_free = |entry: &&Entry| codes.urn.is_none() || entry.urn.is_none();
        let known = by_codes.or_else(|| self.gazetteer.by_folded_name(folded).filter(is_free));
        match known {
            None => Authority { name: name.to_owned(), codes, ..Authority::default() },
            Some(entry) => {
                let gazetted = entry.codes();
                Authority {
                    name: entry.name.clone(),
                    aliases: entry.aliases.clone(),
                    codes: Codes {
                        gss: codes.gss.or(gazetted.gss),
                        urn: codes.urn.or(gazetted.urn),
                        la: codes.la.or(gazetted.la),
                    },
                    now: Some(Council {
                        name: entry.name.clone(),
                        kind: Some(entry.kind.clone()),
                        since: entry.since(),
                    }),
                    region: Some(entry.region.clone()),
                    evidence: self.gazetteer.evidence(),
                    ..Authority::default()
                }
            }
        }
    }

    /// Adds an authority; where its name is another's already, or empty, it goes by its number as well.
    fn add(&mut self, mut authority: Authority) -> usize {
        let mut folded = fold(&authority.name);
        let mut numbers = authority.codes.urn.clone().into_iter().chain((2..).map(|n: u64| n.to_string()));
        let name = authority.name.clone();
        while folded.is_empty() || self.with_name(&folded).is_some() {
            let Some(number) = numbers.next() else { break };
            authority.name = format!("{name} ({number})").trim_start().to_owned();
            folded = fold(&authority.name);
        }
        let position = self.authorities.len();
        if let Some(urn) = &authority.codes.urn {
            self.by_urn.insert(urn, position);
        }
        self.by_name.insert(&folded, position);
        self.authorities.push(authority);
        position
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    /// The names of the authorities of rows of number and name.
    fn named(rows: &[(&str, &str)]) -> Vec<String> {
        let columns = Columns::find(["urn", "local_authority", "publication_date"].into_iter(), &[]).unwrap();
        let mut register = Register::new().unwrap();
        for (urn, name) in rows {
            let cells = vec![Cow::Borrowed(*urn), Cow::Borrowed(*name)];
            register.position(&Row { number: 2, cells: &cells }, &columns);
        }
        register.into_authorities().into_iter().map(|a| a.name).collect()
    }

    #[test]
    fn a_number_tells_authorities_apart_and_else_the_name() {
        assert_eq!(named(&[("1", "Here"), ("1", "There"), ("", "here"), ("", "HERE ")]), ["Here"]);
        assert_eq!(named(&[("NaN", "Here"), ("nan", "There")]), ["Here", "There"], "no number is no number");
        assert_eq!(
            named(&[("", "Bristol, City of"), ("80441", "Bristol")]),
            ["Bristol"],
            "the gazetteer has its number"
        );
        assert_eq!(named(&[("", ""), ("", "--")]), Vec::<String>::new());
    }

    #[test]
    fn no_two_names_are_alike() {
        assert_eq!(named(&[("1", "Here"), ("2", "Here"), ("3", "Here (2)")]), ["Here", "Here (2)", "Here (2) (3)"]);
        assert_eq!(named(&[("-", "Here"), ("--", "Here")]), ["Here", "Here (2)"]);
        assert_eq!(named(&[("7", "")]), ["(7)"]);
    }
}
