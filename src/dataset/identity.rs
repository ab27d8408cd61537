//! Matches the authorities of one dataset with those of another.

use std::collections::HashMap;

use super::{Assessment, Authority, Codes, Text};
use crate::text::fold;

/// A match for an authority in the other dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Its position in the other dataset.
    pub position: usize,
    /// What the two records have in common.
    pub by: MatchedBy,
}

/// What two records of one authority have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchedBy {
    /// A code in the same register.
    Code,
    /// The name by which both are listed.
    Name,
    /// A name that is not the listed name of both, folded; less reliable than a code or the listed name.
    OtherName(Text),
}

/// Returns, for each authority of `new`, its match in `old`; `None` if there is none, or more than one is possible.
///
/// If both have an Ofsted reference number, it decides: two authorities with different numbers never match, whatever
/// else they share. Otherwise the Department for Education's number is compared first, then the statistical
/// service's code (including former ones), then the listed name, then any other name that only one authority has.
/// Each authority is matched at most once, so two authorities of one dataset are never merged.
pub fn pair(old: &[Authority], new: &[Authority]) -> Vec<Option<Pair>> {
    let mut pairing = Pairing { old, new, is_taken: vec![false; old.len()], pairs: vec![None; new.len()] };
    pairing.by(|a| a.codes.urn.iter().cloned().collect(), |_, _| true, |_| MatchedBy::Code);
    pairing.by(|a| a.codes.la.iter().cloned().collect(), is_open, |_| MatchedBy::Code);
    let has_no_other_la = |a: &Authority, b: &Authority| is_open(a, b) && agree(&a.codes.la, &b.codes.la);
    pairing.by(gss_codes, has_no_other_la, |_| MatchedBy::Code);
    pairing.by(|a| vec![fold(&a.name)], has_no_other_code, |_| MatchedBy::Name);
    pairing.by(names, has_no_other_code, MatchedBy::OtherName);
    pairing.pairs
}

/// Returns every name of an authority, folded and without duplicates.
fn names(authority: &Authority) -> Vec<Text> {
    let names = authority.names().map(fold).filter(|name| !name.is_empty());
    let mut names: Vec<Text> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn gss_codes(authority: &Authority) -> Vec<Text> {
    authority.codes.gss.iter().chain(&authority.codes.former_gss).cloned().collect()
}

/// Whether at least one of the two has no Ofsted reference number, so that it cannot rule out a match.
fn is_open(a: &Authority, b: &Authority) -> bool {
    a.codes.urn.is_none() || b.codes.urn.is_none()
}

/// Whether no code rules out that two authorities are the same, and neither was inspected after the other had ended.
fn has_no_other_code(a: &Authority, b: &Authority) -> bool {
    if was_inspected_after(a, b) || was_inspected_after(b, a) {
        return false;
    }
    let (a, b) = (&a.codes, &b.codes);
    agree(&a.urn, &b.urn) && agree(&a.la, &b.la) && (agree(&a.gss, &b.gss) || is_former(a, b) || is_former(b, a))
}

/// Whether an authority was inspected after another one had ended.
fn was_inspected_after(authority: &Authority, ended: &Authority) -> bool {
    let Some(until) = ended.until else { return false };
    authority.assessments.iter().filter_map(Assessment::day).any(|day| day.first_day() > until.last_day())
}

fn agree(a: &Option<Text>, b: &Option<Text>) -> bool {
    a.as_ref().zip(b.as_ref()).is_none_or(|(a, b)| a == b)
}

fn is_former(today: &Codes, other: &Codes) -> bool {
    other.gss.as_ref().is_some_and(|gss| today.former_gss.contains(gss))
}

/// The matches found so far.
struct Pairing<'a> {
    old: &'a [Authority],
    new: &'a [Authority],
    is_taken: Vec<bool>,
    pairs: Vec<Option<Pair>>,
}

impl Pairing<'_> {
    /// Matches authorities that share a key, if neither has any other candidate.
    fn by(
        &mut self,
        keys: impl Fn(&Authority) -> Vec<Text>,
        is_possible: impl Fn(&Authority, &Authority) -> bool,
        matched_by: impl Fn(Text) -> MatchedBy,
    ) {
        let mut places: HashMap<Text, Vec<usize>> = HashMap::new();
        // Includes those already matched: a name shared by two authorities is ambiguous even after one is matched.
        for (position, authority) in self.old.iter().enumerate() {
            keys(authority).into_iter().for_each(|key| places.entry(key).or_default().push(position));
        }
        if places.is_empty() {
            return;
        }
        // Maps each old authority to the only new one whose sole candidate it is; `None` if there are several.
        let mut wanted: HashMap<usize, Option<(usize, Text)>> = HashMap::new();
        for (number, authority) in self.new.iter().enumerate() {
            if self.pairs.get(number).is_some_and(Option::is_some) {
                continue;
            }
            let only = self.only_candidate(authority, &places, &keys, &is_possible);
            let Some((old, key)) = only.filter(|(old, _)| !is(&self.is_taken, *old)) else { continue };
            wanted.entry(old).and_modify(|held| *held = None).or_insert(Some((number, key)));
        }
        for (old, new) in wanted {
            let Some((number, key)) = new else { continue };
            if let (Some(taken), Some(pair)) = (self.is_taken.get_mut(old), self.pairs.get_mut(number)) {
                *taken = true;
                *pair = Some(Pair { position: old, by: matched_by(key) });
            }
        }
    }

    fn only_candidate(
        &self,
        authority: &Authority,
        places: &HashMap<Text, Vec<usize>>,
        keys: impl Fn(&Authority) -> Vec<Text>,
        is_possible: impl Fn(&Authority, &Authority) -> bool,
    ) -> Option<(usize, Text)> {
        let mut only: Option<(usize, Text)> = None;
        for key in keys(authority) {
            let fitting = places.get(&key).into_iter().flatten();
            for old in fitting.filter(|old| self.old.get(**old).is_some_and(|held| is_possible(held, authority))) {
                match &only {
                    Some((held, _)) if held == old => {}
                    Some(_) => return None,
                    None => only = Some((*old, key.clone())),
                }
            }
        }
        only
    }
}

fn is(flags: &[bool], position: usize) -> bool {
    flags.get(position).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses an authority: its name, then any of `urn`, `la`, `gss`, `former` and `alias`, each with a value.
    fn authority(text: &str) -> Authority {
        let mut parts = text.split(' ');
        let mut authority = Authority { name: parts.next().unwrap().into(), ..Authority::default() };
        while let (Some(what), Some(value)) = (parts.next(), parts.next()) {
            let value = Text::from(value);
            match what {
                "urn" => authority.codes.urn = Some(value),
                "la" => authority.codes.la = Some(value),
                "gss" => authority.codes.gss = Some(value),
                "former" => authority.codes.former_gss.push(value),
                _ => authority.aliases.push(value),
            }
        }
        authority
    }

    /// Returns the position in the first list of each authority in the second.
    fn positions(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
        let all = |texts: &[&str]| texts.iter().map(|text| authority(text)).collect::<Vec<_>>();
        pair(&all(old), &all(new)).into_iter().map(|pair| pair.map(|pair| pair.position)).collect()
    }

    #[test]
    fn two_reference_numbers_decide_whatever_else_is_shared() {
        let old = ["Cumberland urn 1 gss E10000006 alias Cumbria", "Westmorland urn 2 gss E10000006 alias Cumbria"];
        let new = ["Westmorland urn 2 gss E10000006 alias Cumbria", "Cumberland urn 3 gss E10000006 alias Cumbria"];
        assert_eq!(positions(&old, &new), [Some(1), None]);
        assert_eq!(positions(&old, &["Cumbria gss E10000006"]), [None], "a code that fits two matches nobody");
    }

    #[test]
    fn a_reference_number_comes_before_every_other_code() {
        assert_eq!(positions(&["A urn 1 la 301", "B la 302"], &["B urn 1 la 302"]), [Some(0)]);
    }

    #[test]
    fn without_a_reference_number_another_code_matches_one_that_has_it() {
        assert_eq!(positions(&["A urn 1 la 301"], &["B la 301"]), [Some(0)]);
        assert_eq!(positions(&["A la 301"], &["B urn 1 la 301"]), [Some(0)]);
        assert_eq!(positions(&["A urn 2 la 301"], &["B urn 1 la 301"]), [None]);
    }

    #[test]
    fn a_former_code_matches_either_way() {
        assert_eq!(positions(&["Dorset gss new former old"], &["County gss old"]), [Some(0)]);
        assert_eq!(positions(&["County gss old"], &["Dorset gss new former old"]), [Some(0)]);
        assert_eq!(positions(&["Dorset gss new"], &["Dorset gss other"]), [None], "codes that differ part them");
    }

    #[test]
    fn another_name_matches_only_where_it_fits_one() {
        assert_eq!(positions(&["Hull alias Kingston"], &["Kingston"]), [Some(0)]);
        assert_eq!(positions(&["Hull alias Kingston", "Thames alias Kingston"], &["Kingston"]), [None]);
        assert_eq!(positions(&["Hull alias Kingston"], &["Kingston", "Port alias Kingston"]), [None, None]);
        let old = ["Cumberland urn 1 alias Cumbrialand", "Westmorland urn 2 alias Cumbrialand"];
        assert_eq!(positions(&old, &["Cumberland urn 1", "Cumbrialand"]), [Some(0), None], "it fitted two");
        let by = pair(&[authority("Hull alias Kingston")], &[authority("Kingston")])[0].clone().unwrap().by;
        assert_eq!(by, MatchedBy::OtherName("kingston".into()));
    }

    #[test]
    fn two_of_one_dataset_never_become_one() {
        assert_eq!(positions(&["A la 301"], &["A", "B la 301"]), [None, Some(0)]);
        assert_eq!(positions(&["A la 301"], &["C la 301", "B la 301"]), [None, None]);
    }
}
