//! Searches for authorities by name, alias and code.

use std::collections::HashSet;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::index::{Entry, Kind, folded_query, other_names};
use super::match_quality::{Fit, MatchQuality, Needle};
use super::regions::region_names;
use super::{AuthorityId, Index, RowKey, View};
use crate::dataset::Authority;
use crate::text::{clean, fold, fold_mapped, name_forms, without_begun_kind};

/// The minimum number of letters for a fuzzy match: with two, nearly every name would match.
const FUZZY_FROM: usize = 3;

/// The position of the match quality within the order of a row, in bits.
const TIER_SHIFT: u32 = 28;

/// A search, prepared from what was typed.
pub struct Query {
    phrase: Needle,
    /// Its words, if there are several; none if only the whole phrase is meant.
    words: Vec<Needle>,
    /// Whether the phrase is a name, code, initials or region, so that only what has it as a word or the beginning of one is meant.
    is_exact: bool,
    matcher: SkimMatcherV2,
}

impl Query {
    /// Prepares a search; `None` if the text has no letters or digits.
    pub fn new(text: &str) -> Option<Self> {
        let folded = folded_query(text);
        (!folded.is_empty()).then(|| Self::of(&folded))
    }

    /// Prepares a search as it is meant among the names of an index: words that say a kind ("city council") are left out if
    /// what is left names something. `None` if the text has no letters or digits.
    pub fn among(text: &str, index: &Index) -> Option<Self> {
        let mut forms: Vec<Self> = name_forms(&clean(text)).iter().map(|form| Self::of(form)).collect();
        if let Some(at) = forms.iter().position(|form| form.is_whole_in(index)) {
            let form = forms.swap_remove(at);
            return Some(Self { words: Vec::new(), is_exact: true, ..form });
        }
        let begun = forms.first().and_then(|form| without_begun_kind(form.phrase.text()));
        forms.extend(begun.iter().map(|form| Self::of(form)));
        let is_found = |form: &Self| !search(index, form).is_empty() || index.has_region(|name| form.means(name));
        let at = if forms.len() > 1 { forms.iter().position(is_found) } else { None };
        (!forms.is_empty()).then(|| forms.swap_remove(at.unwrap_or(0)))
    }

    fn of(folded: &str) -> Self {
        let words: Vec<Needle> = folded.split(' ').map(Needle::new).collect();
        let words = if words.len() > 1 { words } else { Vec::new() };
        Self { phrase: Needle::new(folded), words, is_exact: false, matcher: SkimMatcherV2::default() }
    }

    /// Whether the phrase is a whole name, code or initials of an authority, or the name of a region.
    fn is_whole_in(&self, index: &Index) -> bool {
        let is_whole = |entry: &Entry| match entry.kind {
            Kind::Initials => self.phrase.is_initials(index.text(entry)),
            Kind::Code(_) if !self.phrase.has_digit() => false,
            _ => index.text(entry) == self.phrase.text(),
        };
        let is_region = index.has_region(|region| region_names(region).any(|name| fold(name) == self.phrase.text()));
        let mut holding = index.holding(self.phrase.letters);
        is_region || holding.any(|position| index.entries(position).iter().any(is_whole))
    }

    /// Whether it finds the authorities of a region: by a name of it, or the beginning of its usual name.
    pub(super) fn means(&self, region: &str) -> bool {
        let text = self.phrase.text();
        let begins = text.len() >= REGION_FROM && fold(region).starts_with(text);
        begins || region_names(region).any(|name| fold(name) == text)
    }
}

/// How an authority was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The byte ranges of the matched letters in the name, or in `alias` if there is one; in order, without overlap.
    pub letters: Vec<Range<usize>>,
    /// The other name or code that matched, if it matched better than the listed name.
    pub alias: Option<&'a str>,
}

/// Returns the rows of all matching authorities, the best matches first.
pub fn search(index: &Index, query: &Query) -> Vec<RowKey> {
    let row = |position: u32| {
        let (fit, _) = best(index, query, position)?;
        let name = index.name_order(AuthorityId(position as usize))?;
        let place = fit.place.min((1 << TIER_SHIFT) - 1);
        Some(RowKey { order: (fit.match_quality as u32) << TIER_SHIFT | place, name })
    };
    let mut rows: Vec<RowKey> = index.holding(query.phrase.letters).filter_map(row).collect();
    rows.sort_unstable();
    rows
}

/// The minimum number of letters of a query that finds the authorities of a region.
const REGION_FROM: usize = 5;

/// Returns the rows of all authorities of the regions that a query means, except those that it finds by name; of these,
/// fuzzy matches become matches of the region.
pub(super) fn with_regions(found: Vec<RowKey>, index: &Index, query: &Query, view: &View) -> Vec<RowKey> {
    let text = query.phrase.text();
    let is_meant: Vec<bool> = view.regions().iter().map(|region| query.means(region)).collect();
    if !is_meant.contains(&true) {
        return found;
    }
    let is_by_name = |row: &RowKey| {
        let id = index.authority(row.name);
        match_quality(*row) < MatchQuality::Region && id.is_some_and(|id| is_in_name(index, text, id))
    };
    let by_name: HashSet<u32> = found.iter().filter(|row| is_by_name(row)).map(|row| row.name.0).collect();
    let in_region = index.name_orders().filter(|name| {
        let listed = index.authority(*name).filter(|id| view.is_listed(*id));
        let region = listed.and_then(|id| view.region(id));
        region.is_some_and(|region| is_meant.get(region) == Some(&true)) && !by_name.contains(&name.0)
    });
    let of_region = in_region.map(|name| RowKey { order: (MatchQuality::Region as u32) << TIER_SHIFT, name });
    let of_region: Vec<RowKey> = of_region.collect();
    let is_again: HashSet<u32> = of_region.iter().map(|row| row.name.0).collect();
    let mut rows: Vec<RowKey> =
        found.into_iter().filter(|row| !is_again.contains(&row.name.0)).chain(of_region).collect();
    rows.sort_unstable();
    rows
}

/// Whether a folded text occurs in the listed name of an authority. "London Borough of Camden" begins with a region, but
/// is not a listed name.
fn is_in_name(index: &Index, text: &str, id: AuthorityId) -> bool {
    let position = u32::try_from(id.0).ok();
    let name = position.and_then(|position| index.entries(position).first());
    name.is_some_and(|name| index.text(name).contains(text))
}

/// Returns the match quality of a row returned by [`search`].
pub fn match_quality(found: RowKey) -> MatchQuality {
    let number = found.order >> TIER_SHIFT;
    MatchQuality::ALL.into_iter().find(|match_quality| *match_quality as u32 == number).unwrap_or(MatchQuality::Fuzzy)
}

/// Returns the best fit for an authority, with the entry that matched: either the whole query in one entry, or the
/// worst fit among the best fits of each word in any entry.
fn best<'i>(index: &'i Index, query: &Query, position: u32) -> Option<(Fit, &'i Entry)> {
    let entries = index.entries(position);
    let mut worst: Option<(Fit, &Entry)> = None;
    // An entry that contains the whole query contains each of its words, so most authorities are rejected here.
    for word in &query.words {
        let found = best_entry(index, query, word, entries)?;
        worst = worst.filter(|worst| worst.0 >= found.0).or(Some(found));
    }
    best_entry(index, query, &query.phrase, entries).or(worst)
}

fn best_entry<'i>(index: &'i Index, query: &Query, needle: &Needle, entries: &'i [Entry]) -> Option<(Fit, &'i Entry)> {
    let mut best: Option<(Fit, &Entry)> = None;
    let can_hold = |e: &&Entry| e.kind == Kind::Initials || e.letters & needle.letters == needle.letters;
    for entry in entries.iter().filter(can_hold) {
        let is_needless = match entry.kind {
            Kind::Longer(_) => best.is_some(),
            Kind::Code(_) => !needle.has_digit(),
            Kind::Name | Kind::Other(_) | Kind::Initials => false,
        };
        if is_needless {
            continue;
        }
        let fit = entry_fit(needle, index.text(entry), entry.kind);
        let is_meant = |fit: &Fit| !query.is_exact || fit.match_quality < MatchQuality::Inside;
        let Some(fit) = fit.filter(is_meant) else { continue };
        if best.is_none_or(|(so_far, _)| fit < so_far) {
            best = Some((fit, entry));
        }
        if fit.match_quality <= MatchQuality::Prefix && entry.kind == Kind::Name {
            break;
        }
    }
    best.or_else(|| fuzzy_name(index, query, needle, entries))
}

fn entry_fit(needle: &Needle, text: &str, kind: Kind) -> Option<Fit> {
    match kind {
        Kind::Name | Kind::Other(_) | Kind::Longer(_) | Kind::Code(_) => needle.matches(text),
        Kind::Initials => needle.is_initials(text).then_some(Fit { match_quality: MatchQuality::Initials, place: 0 }),
    }
}

/// Tries a fuzzy match with the listed name only, because long official names contain most letters somewhere.
fn fuzzy_name<'i>(index: &'i Index, query: &Query, needle: &Needle, entries: &'i [Entry]) -> Option<(Fit, &'i Entry)> {
    let name = entries.first()?;
    let text = index.text(name);
    let is_possible = !query.is_exact
        && needle.is_one_word()
        && needle.text().len() >= FUZZY_FROM
        && name.letters & needle.letters == needle.letters
        && needle.is_scattered_in(text);
    if !is_possible {
        return None;
    }
    let score = query.matcher.fuzzy_match(text, needle.text())?;
    let place = u32::try_from(score).map_or(u32::MAX, |s| (1 << TIER_SHIFT) - 1 - s.min((1 << TIER_SHIFT) - 1));
    Some((Fit { match_quality: MatchQuality::Fuzzy, place }, name))
}

/// Returns the region of an authority, if the query finds it by that rather than by its listed name.
pub(super) fn by_region<'a>(
    index: &Index,
    query: &Query,
    authority: &'a Authority,
    id: AuthorityId,
) -> Option<&'a str> {
    let region = authority.region.as_deref()?;
    (!is_in_name(index, query.phrase.text(), id) && query.means(region)).then_some(region)
}

/// Returns which letters of an authority's name matched, for highlighting; `None` if it does not match.
pub fn explain<'a>(index: &Index, query: &Query, authority: &'a Authority, id: AuthorityId) -> Option<Found<'a>> {
    let position = u32::try_from(id.0).ok()?;
    let entries = index.entries(position);
    if let Some((fit, entry)) = best_entry(index, query, &query.phrase, entries) {
        return Some(found(query, &query.phrase, fit, entry, authority));
    }
    let mut whole = Found { letters: Vec::new(), alias: None };
    for word in &query.words {
        let (fit, entry) = best_entry(index, query, word, entries)?;
        let part = found(query, word, fit, entry, authority);
        match part.alias {
            None => whole.letters.extend(part.letters),
            Some(alias) if whole.letters.is_empty() && whole.alias.is_none() => {
                whole = Found { alias: Some(alias), letters: part.letters };
            }
            Some(_) => {}
        }
    }
    whole.letters = united(whole.letters);
    Some(whole)
}

/// Sorts ranges, and merges those that touch or overlap.
fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut united: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match united.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => united.push(range),
        }
    }
    united
}

fn found<'a>(query: &Query, needle: &Needle, fit: Fit, entry: &Entry, authority: &'a Authority) -> Found<'a> {
    let alias = match entry.kind {
        Kind::Other(place) | Kind::Longer(place) | Kind::Code(place) => other_names(authority).nth(place as usize),
        Kind::Name | Kind::Initials => None,
    };
    let shown = alias.unwrap_or(&authority.name);
    let folded = fold_mapped(shown);
    let matched: Vec<usize> = match fit.match_quality {
        MatchQuality::Initials => initial_places(&folded.text, needle.initials()),
        MatchQuality::Fuzzy => fuzzy_places(query, &folded.text, needle.text()),
        _ => (fit.place as usize..fit.place as usize + needle.text().len()).collect(),
    };
    let mut letters: Vec<Range<usize>> = Vec::new();
    for origin in matched.into_iter().filter_map(|byte| folded.origin.get(byte).copied()) {
        let length = shown.get(origin..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        match letters.last_mut() {
            Some(last) if last.start == origin => {}
            Some(last) if last.end == origin => last.end = origin + length,
            _ => letters.push(origin..origin + length),
        }
    }
    Found { letters, alias }
}

fn initial_places(folded: &str, initials: &str) -> Vec<usize> {
    let mut wanted = initials.bytes().peekable();
    let starts = folded.bytes().enumerate().scan(b' ', |before, (at, byte)| {
        let is_start = *before == b' ';
        *before = byte;
        Some((at, byte, is_start))
    });
    starts.filter(|(_, byte, is_start)| *is_start && wanted.next_if_eq(byte).is_some()).map(|(at, ..)| at).collect()
}

/// Returns byte positions; the matcher itself returns character positions.
fn fuzzy_places(query: &Query, folded: &str, needle: &str) -> Vec<usize> {
    let Some((_, characters)) = query.matcher.fuzzy_indices(folded, needle) else { return Vec::new() };
    let bytes: Vec<usize> = folded.char_indices().map(|(byte, _)| byte).collect();
    characters.into_iter().filter_map(|c| bytes.get(c).copied()).collect()
}
