//! A gazetteer of the authorities of England with duties for children's services, current ones and those abolished
//! since 2006: official name, other names, kind, region, codes. Used to fill in what files leave out.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;

use super::Unusable;
use crate::dataset::{Codes, Date, Evidence, Location, Problem, Source, Text};
use crate::text::{fold, name_forms, nearest, with_brackets};

/// The format of the file in `assets`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GazetteerFile {
    #[serde(rename = "about")]
    _about: String,
    sources: Vec<SourceFile>,
    authorities: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    id: Text,
    publisher: Text,
    title: Text,
    note: Option<Text>,
}

/// An authority of the gazetteer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its official name; unique.
    pub name: Text,
    /// Other names people use.
    #[serde(default)]
    pub aliases: Vec<Text>,
    /// Its kind: county, unitary, London borough, metropolitan borough, City of London Corporation.
    pub kind: Text,
    /// The region of England.
    pub region: Text,
    /// The code of the Government Statistical Service: the current one, or the last if it was abolished.
    pub gss: Text,
    /// Its earlier codes.
    #[serde(default)]
    pub former_gss: Vec<Text>,
    /// Its three-digit number from the Department for Education.
    pub la: Text,
    /// Ofsted's unique reference number, if it is known.
    pub urn: Option<Text>,
    /// Its first day, if it was created after 2006: `YYYY-MM-DD`.
    pub from: Option<Text>,
    /// The day on which a county became a unitary authority, if after 2006.
    pub unitary_from: Option<Text>,
    /// Its last day, if it was abolished.
    pub until: Option<Text>,
    /// The names of its successors.
    #[serde(default)]
    pub replaced_by: Vec<Text>,
}

impl Entry {
    /// Returns its codes.
    pub fn codes(&self) -> Codes {
        Codes {
            gss: Some(self.gss.clone()),
            former_gss: self.former_gss.clone(),
            urn: self.urn.clone(),
            la: Some(self.la.clone()),
        }
    }

    /// Returns the day since when it has existed in its current form, if after 2006.
    pub fn since(&self) -> Option<Date> {
        self.from.as_deref().or(self.unitary_from.as_deref())?.parse().ok()
    }

    /// Returns its first day, if it was created after 2006.
    pub fn first_day(&self) -> Option<Date> {
        self.from.as_deref()?.parse().ok()
    }

    /// Returns its last day, if it was abolished.
    pub fn last_day(&self) -> Option<Date> {
        self.until.as_deref()?.parse().ok()
    }

    /// Whether it was abolished.
    pub fn has_ended(&self) -> bool {
        self.until.is_some()
    }
}

/// The gazetteer, indexed by code and name.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    sources: Vec<Arc<Source>>,
    evidence: Arc<[Evidence]>,
    by_code: HashMap<Text, usize>,
    by_name: HashMap<String, usize>,
    /// The names of England and its regions, folded.
    totals: HashSet<String>,
}

/// Names of wholes besides the regions: of England, and of regions as Ofsted draws or writes them.
const TOTALS: [&str; 10] = [
    "england",
    "great britain",
    "national",
    "e92000001",
    "inner london",
    "outer london",
    "north east yorkshire and the humber",
    "yorkshire and humber",
    "east",
    "las",
];

impl Gazetteer {
    /// Loads the gazetteer that is compiled into the program.
    ///
    /// # Errors
    /// Returns an error if the bundled file is not valid, which the tests rule out.
    pub fn bundled() -> Result<Self, Unusable> {
        Self::read(include_str!("../../assets/gazetteer.json")).map_err(|error| {
            Unusable::new(
                "the bundled gazetteer",
                vec![Problem {
                    location: Location::Text { line: error.line(), column: error.column() },
                    found: error.to_string(),
                    expected: "the gazetteer's own format".to_owned(),
                }],
            )
        })
    }

    fn read(text: &str) -> Result<Self, serde_json::Error> {
        let file: GazetteerFile = serde_json::from_str(text)?;
        let source = |s: SourceFile| {
            let SourceFile { id, publisher, title, note } = s;
            Arc::new(Source { id, publisher, title, note, ..Source::default() })
        };
        let sources: Vec<Arc<Source>> = file.sources.into_iter().map(source).collect();
        let evidence = sources.iter().map(evidence).collect();
        let mut gazetteer = Self { sources, evidence, ..Self::default() };
        for (at, entry) in file.authorities.iter().enumerate() {
            for code in [Some(&entry.gss), Some(&entry.la), entry.urn.as_ref()].into_iter().flatten() {
                gazetteer.by_code.insert(code.clone(), at);
            }
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                gazetteer.by_name.entry(fold(name)).or_insert(at);
            }
        }
        gazetteer.entries = file.authorities;
        let regions = gazetteer.entries.iter().map(|entry| fold(&entry.region)).collect::<HashSet<_>>();
        gazetteer.totals = regions.into_iter().chain(TOTALS.map(str::to_owned)).collect();
        gazetteer.add_former_codes();
        Ok(gazetteer)
    }

    /// Indexes former codes that only one authority has ever had. Cumbria's code, for example, identifies neither of
    /// its successors.
    fn add_former_codes(&mut self) {
        let mut owners: HashMap<&Text, Vec<usize>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            entry.former_gss.iter().for_each(|code| owners.entry(code).or_default().push(at));
        }
        for (code, owners) in owners {
            if let ([owner], false) = (owners.as_slice(), self.by_code.contains_key(code)) {
                self.by_code.insert(code.clone(), *owner);
            }
        }
    }

    /// Returns every entry, ordered by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the sources of the gazetteer itself.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// Returns its sources as evidence for what it added to an authority.
    pub fn evidence(&self) -> Arc<[Evidence]> {
        Arc::clone(&self.evidence)
    }

    /// Returns the authority with a code of the statistical service, the Department for Education or Ofsted.
    pub fn by_code(&self, code: &str) -> Option<&Entry> {
        self.by_code.get(code).and_then(|at| self.entries.get(*at))
    }

    /// Returns the authority identified by a set of codes: by Ofsted's reference number if the gazetteer has it;
    /// otherwise by the Department for Education's number, then the statistical service's code, unless the two have
    /// different reference numbers.
    pub fn by_codes(&self, codes: &Codes) -> Option<&Entry> {
        let by_code = |code: &Option<Text>| self.by_code(code.as_deref()?);
        let is_open = |entry: &&Entry| codes.urn.is_none() || entry.urn.is_none();
        by_code(&codes.urn).or_else(|| [&codes.la, &codes.gss].into_iter().filter_map(by_code).find(is_open))
    }

    /// Replaces the statistical service's code by the current one, and keeps the previous one as a former code.
    pub fn update_codes(&self, codes: &mut Codes) {
        let Some(entry) = self.by_codes(codes) else { return };
        let former = codes.gss.replace(entry.gss.clone());
        let former = former.filter(|code| *code != entry.gss && !codes.former_gss.contains(code));
        codes.former_gss.extend(former);
        codes.former_gss.retain(|code| *code != entry.gss);
    }

    /// Returns the authority with a given name: its own or another one, with or without what kind of council it is, and
    /// perhaps with other words in brackets at its end, unless these are of another authority or say what it is not.
    pub fn by_name(&self, name: &str) -> Option<&Entry> {
        self.of_forms(name).or_else(|| self.before_brackets(name))
    }

    /// Returns the authority of a name with words in brackets that are neither a kind of council nor one of its names or codes.
    pub fn with_other_words(&self, name: &str) -> Option<&Entry> {
        let (_, other) = with_brackets(name).filter(|_| self.of_forms(name).is_none())?;
        self.before_brackets(name).filter(|_| self.of_forms(other).is_none() && self.by_code(other.trim()).is_none())
    }

    fn of_forms(&self, name: &str) -> Option<&Entry> {
        name_forms(name).into_iter().find_map(|form| self.entries.get(*self.by_name.get(&form)?))
    }

    fn before_brackets(&self, name: &str) -> Option<&Entry> {
        const OTHERWISE: [&str; 14] = [
            "excluding",
            "except",
            "without",
            "less",
            "minus",
            "not",
            "joint",
            "former",
            "formerly",
            "pre",
            "post",
            "part",
            "old",
            "until",
        ];
        let (before, other) = with_brackets(name)?;
        let folded = fold(other);
        let is_otherwise = folded.split(' ').any(|word| OTHERWISE.contains(&word));
        let entry = self.of_forms(before).filter(|_| !is_otherwise)?;
        let named = self.of_forms(other).or_else(|| self.by_code(other.trim()));
        let has_number = folded.bytes().any(|byte| byte.is_ascii_digit());
        let is_same = named.map_or(!has_number, |named| named.name == entry.name);
        Some(entry).filter(|_| is_same)
    }

    /// Returns the names most like a name that no authority has, at most `most` of them.
    pub fn nearest(&self, name: &str, most: usize) -> Vec<&str> {
        let wanted = name_forms(name).pop().unwrap_or_default();
        nearest(&wanted, self.entries.iter().map(|entry| entry.name.as_str())).into_iter().take(most).collect()
    }

    /// Whether a name is that of England or a region, so that its row is a total: "London", "South East total".
    pub fn is_total(&self, name: &str) -> bool {
        const WORDS: [&str; 7] = ["total", "totals", "average", "median", "region", "all", "mean"];
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').filter(|word| !WORDS.contains(word)).collect();
        !folded.is_empty() && (words.is_empty() || self.totals.contains(&words.join(" ")))
    }
}

/// Returns a source of the gazetteer as evidence for what it says of an authority.
fn evidence(source: &Arc<Source>) -> Evidence {
    Evidence {
        source: Arc::clone(source),
        passage: None,
        note: Some("Name, kind, region and codes, from scrutineer's gazetteer.".into()),
        step: None,
        place: None,
        link: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_file_can_be_read_and_is_consistent() {
        let gazetteer = Gazetteer::read(include_str!("../../assets/gazetteer.json")).unwrap();
        let names: Vec<&str> = gazetteer.entries.iter().map(|e| e.name.as_str()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "in order, none twice");
        assert_eq!(gazetteer.entries.iter().filter(|e| !e.has_ended()).count(), 153);
        for entry in &gazetteer.entries {
            for date in [&entry.from, &entry.unitary_from, &entry.until].into_iter().flatten() {
                assert!(date.parse::<Date>().is_ok(), "{}: {date}", entry.name);
            }
            assert_eq!(entry.has_ended(), !entry.replaced_by.is_empty(), "{}", entry.name);
            for heir in &entry.replaced_by {
                let heir = gazetteer.entries.iter().find(|other| other.name == *heir).unwrap();
                assert!(heir.from.is_some(), "{} replaced {}, so it began since 2006", heir.name, entry.name);
            }
            for code in [Some(&entry.gss), Some(&entry.la), entry.urn.as_ref()].into_iter().flatten() {
                assert_eq!(gazetteer.by_code(code), Some(entry), "{code} is somebody else's too");
            }
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                assert_eq!(gazetteer.by_name(name), Some(entry), "{name} is somebody else's too");
            }
        }
    }

    #[test]
    fn everyday_names_are_found() {
        let gazetteer = Gazetteer::bundled().unwrap();
        for (name, proper) in [
            ("BCP", "Bournemouth, Christchurch and Poole"),
            ("bournemouth, christchurch & poole", "Bournemouth, Christchurch and Poole"),
            ("london corporation", "City of London"),
            ("hull", "Kingston upon Hull"),
            ("st helens", "St Helens"),
            ("durham", "Durham"),
        ] {
            assert_eq!(gazetteer.by_name(name).map(|e| e.name.as_str()), Some(proper), "{name}");
        }
    }
}
