//! The authorities of a file; determines which one a row is about.

use std::collections::{HashMap, HashSet};

use super::columns::{Column, Columns};
use super::row::{Row, unmarked};
use crate::dataset::{Authority, Codes, Council, MAX_AUTHORITIES, Text};
use crate::load::Unusable;
use crate::load::gazetteer::{Entry, Gazetteer};
use crate::text::{clean, fold};

/// Among how many of the most similar names that of a code must be if a name is misspelt.
const NEAR: usize = 3;

/// What a row is about.
#[derive(Debug, PartialEq, Eq)]
pub enum Subject {
    /// The authority at a position in the register.
    Authority(usize),
    /// England or a region, of a name.
    Total(String),
    /// Two authorities, which are named: "80461 is Devon, and the name is Dorset".
    Contradiction(String),
    /// Nobody, as there is neither a number nor a name.
    Nobody,
    /// A code that no authority has.
    UnknownCode(String),
    /// One authority more than can be held.
    Full,
}

/// The authorities found so far, in file order.
pub struct Register {
    gazetteer: Gazetteer,
    authorities: Vec<Authority>,
    by_urn: HashMap<String, usize>,
    by_la: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    /// Those with a number that no authority has, by that and their own folded name: such a number may be in every row.
    by_unknown: HashMap<(String, String), usize>,
    /// The positions of those among them whose own name is that of an authority.
    of_known_name: HashSet<usize>,
    /// How many rows had a Department for Education number in the column of Ofsted's reference number.
    las_as_urns: u32,
    /// The authorities whose own name is that of another, by their positions, with their own name.
    renamed: Vec<(usize, String)>,
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
            by_unknown: HashMap::new(),
            of_known_name: HashSet::new(),
            las_as_urns: 0,
            renamed: Vec::new(),
            next_numbers: HashMap::new(),
        })
    }

    /// Returns which authority a row is about, and adds it if it is new. It is identified by Ofsted's reference number, else by
    /// the Department for Education's number, else by name, else by the code of the statistical service, which changes.
    pub fn subject(&mut self, row: Row<'_>, columns: &Columns) -> Subject {
        let text = |column: Column| row.text(columns.positions(column)).map(unmarked).filter(|text| !text.is_empty());
        let number = |column: Column| text(column).map(code);
        let (mut urn, mut la, gss) = (number(Column::Urn), number(Column::La), number(Column::Gss));
        let name = text(Column::Authority).map(clean).unwrap_or_default();
        // Ofsted's numbers have more than three digits. Older files have the Department for Education's number in
        // this column.
        let of_code = |code: &Option<String>| self.gazetteer.by_code(code.as_deref()?).cloned();
        let coded = [&urn, &la, &gss].map(|code| code.clone().zip(of_code(code)));
        if urn.as_deref().is_some_and(is_la) {
            self.las_as_urns = self.las_as_urns.saturating_add(1);
            la = la.or(urn.take());
            urn = None;
        }
        if self.gazetteer.is_total(&name) {
            return Subject::Total(name.into_owned());
        }
        if let Some(found) = contradiction(&coded, self.gazetteer.by_name(&name), &name) {
            return Subject::Contradiction(found);
        }
        if let Some((code, entry)) = coded.iter().flatten().next()
            && !fold(&name).is_empty()
            && self.gazetteer.by_name(&name).is_none()
            && !self.gazetteer.nearest(&name, NEAR).contains(&entry.name.as_str())
        {
            return Subject::Contradiction(format!("{code} is {}, and no council is called {name:?}", entry.name));
        }
        if urn.is_none() && la.is_none() && fold(&name).is_empty() {
            let [.., of_gss] = coded;
            return match (of_gss.is_some(), gss) {
                (_, None) => Subject::Nobody,
                (false, Some(gss)) => Subject::UnknownCode(gss),
                (true, gss) => self.known(Codes { gss, ..Codes::default() }, &name),
            };
        }
        self.known(Codes { gss, former_gss: Vec::new(), urn, la }, &name)
    }

    /// Says which two authorities the cells of a row are of that have one meaning, by their positions, if they are of different ones.
    pub fn contradiction_within(&self, row: Row<'_>, columns: &[(Column, Vec<usize>)]) -> Option<String> {
        columns.iter().find_map(|(column, positions)| {
            let entry = |at: &usize| {
                let text = unmarked(row.cell(*at));
                let entry = match column {
                    Column::Authority => self.gazetteer.by_name(text),
                    _ => self.gazetteer.by_code(&code(text)),
                };
                entry.map(|entry| (text, entry))
            };
            let mut known = positions.iter().filter_map(entry);
            let (first, one) = known.next()?;
            let (second, other) = known.find(|(_, other)| other.name != one.name && !are_related(one, other))?;
            Some(format!("{first:?} is {}, and {second:?} is {}", one.name, other.name))
        })
    }

    /// Returns the authority with some codes or else a name, and adds it if it is new.
    fn known(&mut self, codes: Codes, name: &str) -> Subject {
        let (urn, la) = (codes.urn.clone(), codes.la.clone());
        let folded = fold(name);
        let found = self.with_numbers(urn.as_deref(), la.as_deref(), name);
        if let Some(position) = found {
            return Subject::Authority(position);
        }
        // An earlier row may have had only the name.
        if let Some(position) = self.with_name(&folded)
            && self.get(position).is_some_and(|authority| authority.codes == Codes::default())
        {
            self.name_codes(position, urn.as_deref(), la.as_deref());
            return Subject::Authority(position);
        }
        if urn.is_none()
            && la.is_none()
            && let Some(position) = self.with_name(&folded)
        {
            return Subject::Authority(position);
        }
        let authority = self.authority(name, codes);
        // The gazetteer may know the reference number of an authority that the row only names, or its other name.
        let known = self.with_numbers(authority.codes.urn.as_deref(), None, name);
        let is_known = authority.current_council.is_some();
        let known = known.or_else(|| self.with_name(&fold(&authority.name)).filter(|_| is_known));
        match known {
            Some(position) => Subject::Authority(position),
            None if self.is_full() => Subject::Full,
            None => Subject::Authority(self.add(authority)),
        }
    }

    /// Whether a code or the name of a row is that of an authority.
    pub fn is_known(&self, row: Row<'_>, columns: &Columns) -> bool {
        let text = |column: Column| row.text(columns.positions(column)).map(unmarked);
        let has_code = |column: Column| text(column).is_some_and(|text| self.gazetteer.by_code(&code(text)).is_some());
        let name = text(Column::Authority).filter(|name| !self.gazetteer.is_total(name));
        [Column::Urn, Column::La, Column::Gss].into_iter().any(has_code)
            || name.is_some_and(|name| self.gazetteer.by_name(name).is_some())
    }

    /// Whether a row is named after England or a region.
    pub fn is_total(&self, row: Row<'_>, columns: &Columns) -> bool {
        let name = row.text(columns.positions(Column::Authority));
        name.is_some_and(|name| self.gazetteer.is_total(unmarked(name)))
    }

    /// Whether no further authority is added.
    pub fn is_full(&self) -> bool {
        self.authorities.len() >= MAX_AUTHORITIES
    }

    /// Decides about the authorities whose number no authority has, but whose name one has: if that one does not occur with its
    /// own number, its number is wrong in the file, and it is meant; otherwise they are apart. Returns what was found, and what it
    /// was read as.
    pub fn settle_renamed(&mut self) -> Vec<(String, String)> {
        let mut said = Vec::new();
        for (position, own) in std::mem::take(&mut self.renamed) {
            let Some(authority) = self.authorities.get(position) else { continue };
            let entry = self.gazetteer.by_name(&own).filter(|_| authority.is_unknown).cloned();
            match entry.filter(|entry| self.with_name(&fold(&entry.name)).is_none()) {
                Some(entry) => {
                    let number =
                        authority.codes.urn.iter().chain(&authority.codes.la).next().cloned().unwrap_or_default();
                    said.push((
                        format!("{own:?} with the number {number}, which no council has"),
                        format!("{}, by the name; correct its number", entry.name),
                    ));
                    self.by_name.insert(fold(&entry.name), position);
                    let known = self.of_entry(&entry, Codes::default());
                    if let Some(authority) = self.authorities.get_mut(position) {
                        let (assessments, notes) =
                            (std::mem::take(&mut authority.assessments), std::mem::take(&mut authority.notes));
                        *authority = Authority { assessments, notes, ..known };
                    }
                }
                None => said.push((
                    format!("{own:?} with another number than the council of that name"),
                    format!("another council, {:?}; if it is the same, correct its number", authority.name),
                )),
            }
        }
        said
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

    /// Returns all authorities.
    pub fn authorities(&self) -> impl Iterator<Item = &Authority> {
        self.authorities.iter()
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

    /// Returns the authority with one of two numbers. A number that no authority has may be in every row of a file: with a name that
    /// one has, both must be the same.
    fn with_numbers(&self, urn: Option<&str>, la: Option<&str>, name: &str) -> Option<usize> {
        let number = urn.or(la)?;
        let found = urn.and_then(|urn| self.with_urn(urn));
        let found = found.or_else(|| la.filter(|_| urn.is_none()).and_then(|la| self.with_la(la)));
        let folded = fold(name);
        if self.gazetteer.by_code(number).is_some() || folded.is_empty() {
            return found;
        }
        let both = self.by_unknown.get(&(number.to_owned(), folded)).copied();
        both.or_else(|| found.filter(|at| self.gazetteer.by_name(name).is_none() && !self.of_known_name.contains(at)))
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
    fn authority(&self, name: &str, codes: Codes) -> Authority {
        let is_open = |entry: &&Entry| codes.urn.is_none() || entry.urn.is_none();
        let numbers = Codes { gss: None, ..codes.clone() };
        let known = self.gazetteer.by_codes(&numbers);
        let known = known.or_else(|| self.gazetteer.by_name(name).filter(is_open));
        let known = known.or_else(|| self.gazetteer.by_codes(&codes));
        match known {
            Some(entry) => self.of_entry(entry, codes),
            None => Authority { name: name.into(), codes, is_unknown: true, ..Authority::default() },
        }
    }

    /// Returns the authority of an entry of the gazetteer; a different code in the row is kept as a former one.
    fn of_entry(&self, entry: &Entry, codes: Codes) -> Authority {
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
            register.with_name(folded).is_some() || (!is_known && register.gazetteer.by_name(folded).is_some())
        };
        while folded.is_empty() || is_taken(self, &folded) {
            let Some(number) = numbers.next() else { break };
            authority.name = format!("{name} ({number})").trim_start().into();
            folded = fold(&authority.name);
        }
        drop(numbers);
        if next > 2 {
            self.next_numbers.insert(base.clone(), next);
        }
        let is_renamed = authority.name != name && !fold(&name).is_empty();
        let position = self.authorities.len();
        if is_renamed && self.gazetteer.by_name(&name).is_some() {
            self.of_known_name.insert(position);
        }
        if authority.is_unknown
            && let Some(number) = authority.codes.urn.as_ref().or(authority.codes.la.as_ref())
        {
            self.by_unknown.insert((number.to_string(), base), position);
        }
        self.renamed.extend(is_renamed.then_some((position, name)));
        self.index_codes(authority.codes.urn.as_deref(), authority.codes.la.as_deref(), position);
        self.by_name.entry(folded).or_insert(position);
        self.authorities.push(authority);
        position
    }
}

/// Says which two authorities the codes and the name of one are of, if they are of different ones; see [`contradiction`].
pub fn contradiction_of(gazetteer: &Gazetteer, authority: &Authority) -> Option<String> {
    let Codes { urn, la, gss, .. } = &authority.codes;
    let coded = [urn, la, gss].map(|code| {
        let entry = gazetteer.by_code(code.as_deref()?)?;
        Some((code.as_deref()?.to_owned(), entry.clone()))
    });
    contradiction(&coded, gazetteer.by_name(&authority.name), &authority.name)
}

/// Says which two authorities the codes and the name of a row are of, if they are of different ones: "80461 is Devon, and the
/// name is Dorset". `None` if they agree, or if only one is known. The code of the statistical service, which comes last, may be
/// that of an authority that the other replaced: older files have such codes.
fn contradiction(coded: &[Option<(String, Entry)>; 3], named: Option<&Entry>, name: &str) -> Option<String> {
    let own = |entry: &Entry| match fold(name) == fold(&entry.name) {
        true => "the name is".to_owned(),
        false => format!("{name:?} is"),
    };
    let [urn, la, gss] = coded.each_ref().map(|code| code.as_ref().map(|(code, entry)| (format!("{code} is"), entry)));
    let firm: Vec<(String, &Entry)> = [urn, la, named.map(|entry| (own(entry), entry))].into_iter().flatten().collect();
    let (first, one) = firm.first()?;
    let other = firm.iter().find(|(_, other)| other.name != one.name);
    let other = other.or(gss.as_ref().filter(|(_, other)| other.name != one.name && !are_related(one, other)));
    other.map(|(second, other)| format!("{first} {}, and {second} {}", one.name, other.name))
}

/// Whether one authority replaced the other.
fn are_related(one: &Entry, other: &Entry) -> bool {
    one.replaced_by.contains(&other.name) || other.replaced_by.contains(&one.name)
}

/// Returns a code as registers have it: "866.0", "'302", "80,434" and " e08000013 " are what spreadsheets make of 866, 302,
/// 80434 and E08000013.
pub fn code(text: &str) -> String {
    let text = clean(text);
    let plain = text.trim().trim_start_matches(['\'', '‘', '’']);
    let scientific = without_exponent(plain);
    let plain = scientific.as_deref().unwrap_or(plain);
    let plain = plain.strip_suffix(".0").or_else(|| plain.strip_suffix(".00")).unwrap_or(plain);
    let is_number = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b',' || byte == b' ');
    if is_number { plain.replace([',', ' '], "") } else { plain.to_uppercase() }
}

/// Returns the number that "3.02E+02" is, which spreadsheets make of 302, if it has all its digits: "8.05E+04" can be any of a
/// hundred.
fn without_exponent(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: usize = exponent.strip_prefix('+')?.parse().ok()?;
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_exact = whole.len() == 1 && is_number(whole) && is_number(decimals) && decimals.len() == exponent;
    is_exact.then(|| format!("{whole}{decimals}"))
}

/// Whether a number is one from the Department for Education: three digits.
fn is_la(number: &str) -> bool {
    number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::ilacs::grid::GridRow;

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
            let row = GridRow { number: 2, cells: [*urn, *name].into_iter().collect(), ..GridRow::default() };
            register.subject(Row(&row), &columns);
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
        assert_eq!(named(&[("1", "Here"), ("2", "Here"), ("3", "Here (b)")]), ["Here", "Here (2)", "Here (b)"]);
        assert_eq!(named(&[("a1", "Here"), ("A1 ", "here"), ("b1", "Here")]), ["Here", "Here (B1)"]);
        assert_eq!(named(&[("-", "Here"), ("--", "Here")]), ["Here"], "signs for nothing are no numbers");
        assert_eq!(named(&[("7", "")]), ["(7)"]);
    }
}
