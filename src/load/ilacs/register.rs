//! The authorities of a file; determines which one a row is about.

use std::collections::HashMap;

use super::columns::{Column, Columns};
use super::row::Row;
use crate::dataset::{Authority, Codes, Council, MAX_AUTHORITIES, Text};
use crate::load::Unusable;
use crate::load::gazetteer::{Entry, Gazetteer};
use crate::text::{clean, fold, name_forms};

/// The authorities found so far, in file order.
pub struct Register {
    gazetteer: Gazetteer,
    authorities: Vec<Authority>,
    by_urn: HashMap<String, usize>,
    by_la: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    /// How many rows had a Department for Education number in the column of Ofsted's reference number.
    las_as_urns: u32,
    /// The name that was given to the authority added last, if its own is that of another, and its own.
    renamed: Option<(String, String)>,
    /// The number to append next to a name that is used already, by the folded name; if missing, 2.
    next_numbers: HashMap<String, u64>,
}

impl Register {
    /// Creates an empty register.
    ///
    /// # Errors
    /// Returns an error if the bundled gazetteer is not valid, which the tests rule out.
    pub fn new() -> Result<Self, Unusable> {
        Ok(Self {
            gazetteer: Gazetteer::bundled()?,
            authorities: Vec::new(),
            by_urn: HashMap::new(),
            by_la: HashMap::new(),
            by_name: HashMap::new(),
            las_as_urns: 0,
            renamed: None,
            next_numbers: HashMap::new(),
        })
    }

    /// Returns the position of the authority that a row is about, and adds it if it is new. It is identified by
    /// Ofsted's reference number, else by the Department for Education's number, else by name; `None` if the row has
    /// none of these, or if it is new and the register is full.
    pub fn position(&mut self, row: &Row<'_>, columns: &Columns) -> Option<usize> {
        let text = |column: Column| row.text(columns.positions(column)).map(clean);
        let (mut urn, mut la) = (text(Column::Urn), text(Column::La));
        // Ofsted's numbers have more than three digits. Older files have the Department for Education's number in
        // this column.
        if urn.as_deref().is_some_and(is_la) {
            self.las_as_urns = self.las_as_urns.saturating_add(1);
            la = urn.take();
        }
        if let Some(position) = urn.as_deref().and_then(|urn| self.with_urn(urn)) {
            return Some(position);
        }
        if urn.is_none()
            && let Some(position) = la.as_deref().and_then(|la| self.with_la(la))
        {
            return Some(position);
        }
        let name = text(Column::Authority).unwrap_or_default();
        let folded = fold(&name);
        // An earlier row may have had only the name.
        if let Some(position) = self.with_name(&folded)
            && self.get(position).is_some_and(|authority| authority.codes == Codes::default())
        {
            self.name_codes(position, urn.as_deref(), la.as_deref());
            return Some(position);
        }
        if urn.is_none() && la.is_none() {
            if folded.is_empty() {
                return None;
            }
            if let Some(position) = self.with_name(&folded) {
                return Some(position);
            }
        }
        let codes = Codes {
            gss: text(Column::Gss).map(Text::from),
            former_gss: Vec::new(),
            urn: urn.map(Text::from),
            la: la.map(Text::from),
        };
        let authority = self.authority(&name, &folded, codes);
        // The gazetteer may know the reference number of an authority that the row only names.
        let known = authority.codes.urn.as_deref().and_then(|urn| self.with_urn(urn));
        known.or_else(|| (!self.is_full()).then(|| self.add(authority)))
    }

    /// Says which two authorities the number and the name of a row are of, or its two numbers, if they are of different
    /// ones: "80461 is Devon, and the name is Dorset". `None` if they agree, if one is unknown, or if one of the two
    /// authorities replaced the other. Codes of the statistical service change, and older files have those of others, so they
    /// contradict nothing.
    pub fn contradiction(&self, row: &Row<'_>, columns: &Columns) -> Option<String> {
        let text = |column: Column| row.text(columns.positions(column)).map(|text| clean(text).into_owned());
        let (urn, la, name) = (text(Column::Urn), text(Column::La), text(Column::Authority));
        let by_code = |codes: Codes| self.gazetteer.by_codes(&codes);
        let of_urn = urn.as_ref().filter(|urn| !is_la(urn)).and_then(|urn| {
            Some((format!("{urn} is"), by_code(Codes { urn: Some(urn.clone()), ..Codes::default() })?))
        });
        let la = la.or_else(|| urn.filter(|urn| is_la(urn)));
        let of_la =
            la.and_then(|la| Some((format!("{la} is"), by_code(Codes { la: Some(la.clone()), ..Codes::default() })?)));
        let of_name = name.and_then(|name| {
            let entry = name_forms(&name).iter().find_map(|form| self.gazetteer.by_folded_name(form))?;
            Some(("the name is".to_owned(), entry))
        });
        let known: Vec<(String, &Entry)> = [of_urn, of_la, of_name].into_iter().flatten().collect();
        let (first, one) = known.first()?;
        let is_related = |other: &Entry| one.replaced_by.contains(&other.name) || other.replaced_by.contains(&one.name);
        let other = known.iter().find(|(_, other)| other.name != one.name && !is_related(other));
        other.map(|(second, other)| format!("{first} {}, and {second} {}", one.name, other.name))
    }

    /// Whether no further authority is added.
    pub fn is_full(&self) -> bool {
        self.authorities.len() >= MAX_AUTHORITIES
    }

    /// Returns the name given to an authority that was added under another name than its own, which belongs to another
    /// authority, and its own; `None` if the last one added was not.
    pub fn take_renamed(&mut self) -> Option<(String, String)> {
        self.renamed.take()
    }

    /// Returns how many rows had a Department for Education number in the column of Ofsted's reference number.
    pub fn las_as_urns(&self) -> u32 {
        self.las_as_urns
    }

    /// Whether there are no authorities.
    pub fn is_empty(&self) -> bool {
        self.authorities.is_empty()
    }

    /// Returns the authority at a position.
    pub fn get(&self, position: usize) -> Option<&Authority> {
        self.authorities.get(position)
    }

    /// Returns the authority at a position, mutably.
    pub fn get_mut(&mut self, position: usize) -> Option<&mut Authority> {
        self.authorities.get_mut(position)
    }

    /// Returns all authorities, mutably.
    pub fn authorities_mut(&mut self) -> impl Iterator<Item = &mut Authority> {
        self.authorities.iter_mut()
    }

    /// Returns the gazetteer that was used to fill in names and codes.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Returns all authorities.
    pub fn into_authorities(self) -> Vec<Authority> {
        self.authorities
    }

    /// Adds the codes from a later row to an authority that had only a name.
    fn name_codes(&mut self, position: usize, urn: Option<&str>, la: Option<&str>) {
        let Some(authority) = self.authorities.get_mut(position) else { return };
        authority.codes.urn = urn.map(Text::from);
        authority.codes.la = la.map(Text::from);
        self.index_codes(urn, la, position);
    }

    fn with_urn(&self, urn: &str) -> Option<usize> {
        self.by_urn.get(urn).copied()
    }

    fn with_name(&self, folded: &str) -> Option<usize> {
        self.by_name.get(folded).copied()
    }

    fn with_la(&self, la: &str) -> Option<usize> {
        self.by_la.get(la).copied()
    }

    /// Of several authorities with a code, the first is found by it.
    fn index_codes(&mut self, urn: Option<&str>, la: Option<&str>, position: usize) {
        if let Some(urn) = urn {
            self.by_urn.entry(urn.to_owned()).or_insert(position);
        }
        if let Some(la) = la {
            self.by_la.entry(la.to_owned()).or_insert(position);
        }
    }

    /// Creates an authority from the gazetteer's entry, or from the row if there is none. The gazetteer has the
    /// current codes; a different code in the row is kept as a former one.
    fn authority(&self, name: &str, folded: &str, codes: Codes) -> Authority {
        let is_open = |entry: &&Entry| codes.urn.is_none() || entry.urn.is_none();
        let known = self.gazetteer.by_codes(&codes);
        let known = known.or_else(|| self.gazetteer.by_folded_name(folded).filter(is_open));
        let Some(entry) = known else { return Authority { name: name.into(), codes, ..Authority::default() } };
        let mut all = Codes { urn: codes.urn.or_else(|| entry.urn.clone()), gss: codes.gss, ..entry.codes() };
        self.gazetteer.update_codes(&mut all);
        Authority {
            name: entry.name.clone(),
            aliases: entry.aliases.clone(),
            codes: all,
            current_council: Some(Box::new(Council {
                name: entry.name.clone(),
                kind: Some(entry.kind.clone()),
                since: entry.since(),
            })),
            region: Some(entry.region.clone()),
            from: entry.first_day(),
            until: entry.last_day(),
            replaced_by: entry.replaced_by.clone(),
            evidence: self.gazetteer.evidence(),
            ..Authority::default()
        }
    }

    /// Adds an authority. If its name is empty, or used by another in the file or the gazetteer, a number is
    /// appended.
    fn add(&mut self, mut authority: Authority) -> usize {
        let mut folded = fold(&authority.name);
        let is_known = authority.current_council.is_some();
        let codes = [authority.codes.urn.clone(), authority.codes.la.clone()];
        let name = authority.name.clone();
        let base = folded.clone();
        // After the numbers that are used already: many authorities can have the same name.
        let mut next = self.next_numbers.get(&base).copied().unwrap_or(2);
        let mut numbers = codes.into_iter().flatten().chain(std::iter::from_fn(|| {
            next += 1;
            Some((next - 1).to_string())
        }));
        let is_taken = |register: &Self, folded: &str| {
            register.with_name(folded).is_some() || (!is_known && register.gazetteer.by_folded_name(folded).is_some())
        };
        while folded.is_empty() || is_taken(self, &folded) {
            let Some(number) = numbers.next() else { break };
            authority.name = format!("{name} ({number})").trim_start().into();
            folded = fold(&authority.name);
        }
        drop(numbers);
        if next > 2 {
            self.next_numbers.insert(base, next);
        }
        let is_renamed = authority.name != name && !fold(&name).is_empty();
        self.renamed = is_renamed.then(|| (authority.name.to_string(), name));
        let position = self.authorities.len();
        self.index_codes(authority.codes.urn.as_deref(), authority.codes.la.as_deref(), position);
        self.by_name.entry(folded).or_insert(position);
        self.authorities.push(authority);
        position
    }
}

/// Whether a number is one from the Department for Education: three digits.
fn is_la(number: &str) -> bool {
    number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    /// Returns the names of the authorities found in rows of number and name.
    fn named(rows: &[(&str, &str)]) -> Vec<String> {
        let columns = Columns::find_all(
            [
                "urn",
                "local_authority",
                "publication_date",
                "overall_effectiveness_grade",
                "impact_of_leaders_grade",
                "help_and_protection_grade",
                "in_care_grade",
                "care_leavers_grade",
            ]
            .into_iter(),
        )
        .unwrap()
        .remove(0);
        let mut register = Register::new().unwrap();
        for (urn, name) in rows {
            let cells = vec![Cow::Borrowed(*urn), Cow::Borrowed(*name)];
            register.position(&Row { number: 2, cells: &cells }, &columns);
        }
        register.into_authorities().into_iter().map(|a| a.name.to_string()).collect()
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
    fn the_order_of_the_rows_decides_nothing() {
        for rows in [[("", "Here"), ("1", "Here")], [("1", "Here"), ("", "Here")]] {
            assert_eq!(named(&rows), ["Here"], "{rows:?}");
        }
        let mut rows = [("99999", "Trafford"), ("80573", "Trafford")];
        for _ in 0..2 {
            let mut names = named(&rows);
            names.sort();
            assert_eq!(names, ["Trafford", "Trafford (99999)"], "{rows:?}");
            rows.reverse();
        }
    }

    #[test]
    fn no_two_names_are_alike() {
        assert_eq!(named(&[("1", "Here"), ("2", "Here"), ("3", "Here (2)")]), ["Here", "Here (2)", "Here (2) (3)"]);
        assert_eq!(named(&[("-", "Here"), ("--", "Here")]), ["Here", "Here (2)"]);
        assert_eq!(named(&[("7", "")]), ["(7)"]);
    }
}
