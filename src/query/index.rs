//! The search index: every name and code of every authority, folded once.

use std::ops::Range;

use super::match_quality::{SMALL_WORDS, letters};
use super::regions::regions;
use super::{AuthorityId, NameOrder};
use crate::dataset::{Authority, Dataset};
use crate::text::{clean, fold, fold_onto};

/// How an entry of the index relates to its authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The listed name.
    Name,
    /// Another name, by its position in [`other_names`].
    Other(u32),
    /// Another name that begins with the listed name, by its position in [`other_names`]. It is only tried if no
    /// earlier entry matches.
    Longer(u32),
    /// A code, by its position in [`other_names`]. It is only tried if the query contains a digit.
    Code(u32),
    /// The first letters of the words of the name.
    Initials,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) letters: u64,
    start: u32,
    end: u32,
}

impl Entry {
    fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Debug, Clone, Default)]
struct Row {
    letters: u64,
    first_entry: u32,
}

/// The names and codes of a dataset, folded, with the order of names.
#[derive(Debug, Clone, Default)]
pub struct Index {
    text: String,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    by_name: Vec<u32>,
    order_of: Vec<u32>,
    regions: Vec<String>,
}

impl Index {
    /// Builds the index of a dataset. Only the first `u32::MAX` authorities can be found.
    pub fn new(dataset: &Dataset) -> Self {
        let mut index = Self::with_capacity_for(dataset.authorities.len());
        for authority in &dataset.authorities {
            index.add(authority);
        }
        index.rows.push(Row { letters: 0, first_entry: count(index.entries.len()) });
        index.rank(dataset);
        index.regions = regions(dataset);
        index
    }

    /// Reserves capacity up front, because growing would copy a large index again and again.
    fn with_capacity_for(count: usize) -> Self {
        const ENTRIES: usize = 4;
        const LETTERS: usize = 48;
        Self {
            text: String::with_capacity(count.saturating_mul(LETTERS)),
            entries: Vec::with_capacity(count.saturating_mul(ENTRIES)),
            rows: Vec::with_capacity(count.saturating_add(1)),
            ..Self::default()
        }
    }

    fn add(&mut self, authority: &Authority) {
        let first = self.entries.len();
        self.push(Kind::Name, |text| fold_onto(text, &authority.name));
        let name = self.entries.last().map_or(0..0, Entry::range);
        let mut positions = 0u32..;
        for (other, position) in also_called(authority).zip(&mut positions) {
            self.push(Kind::Other(position), |text| fold_onto(text, other));
            self.tell_longer(&name, position);
        }
        for (code, position) in authority.codes.all().zip(&mut positions) {
            self.push(Kind::Code(position), |text| fold_onto(text, code));
        }
        self.add_initials(name);
        let letters = self.entries.iter().skip(first).fold(0, |set, e| set | e.letters);
        self.rows.push(Row { letters, first_entry: count(first) });
    }

    /// Changes the kind of the last entry if it begins with the listed name.
    fn tell_longer(&mut self, name: &Range<usize>, position: u32) {
        let Some(entry) = self.entries.last_mut() else { return };
        let text = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        if text(entry.range()).starts_with(text(name.clone())) {
            entry.kind = Kind::Longer(position);
        }
    }

    /// Adds the initials of a folded name, with and without its small words; nothing for a single word.
    fn add_initials(&mut self, name: Range<usize>) {
        let Some(name) = self.text.get(name).filter(|name| name.contains(' ')).map(String::from) else { return };
        let first = |text: &mut String, word: &str| text.extend(word.chars().next());
        self.push(Kind::Initials, |text| name.split(' ').for_each(|word| first(text, word)));
        let large = || name.split(' ').filter(|word| !SMALL_WORDS.contains(word));
        let (words, large_words) = (name.split(' ').count(), large().count());
        if large_words > 1 && large_words < words {
            self.push(Kind::Initials, |text| large().for_each(|word| first(text, word)));
        }
    }

    fn push(&mut self, kind: Kind, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let letters = letters(self.text.get(start..).unwrap_or_default());
        self.entries.push(Entry { kind, letters, start: count(start), end: count(self.text.len()) });
    }

    fn rank(&mut self, dataset: &Dataset) {
        let mut order: Vec<(&str, &str, u32)> = Vec::with_capacity(dataset.authorities.len());
        for (authority, position) in dataset.authorities.iter().zip(0u32..) {
            order.push((self.name(position), &authority.name, position));
        }
        // Files are often in this order already, and a stable sort makes use of that.
        order.sort();
        let by_name: Vec<u32> = order.into_iter().map(|(_, _, position)| position).collect();
        let mut order_of = vec![0; by_name.len()];
        for (position, rank) in by_name.iter().zip(0..) {
            if let Some(slot) = order_of.get_mut(*position as usize) {
                *slot = rank;
            }
        }
        (self.by_name, self.order_of) = (by_name, order_of);
    }

    /// Returns the folded name of the authority at a position.
    fn name(&self, position: u32) -> &str {
        self.entries(position).first().map_or("", |e| self.text(e))
    }

    /// Returns the number of authorities.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Whether there are no authorities.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Returns all authorities in the order of their names.
    pub fn name_orders(&self) -> impl Iterator<Item = NameOrder> + use<> {
        (0..count(self.by_name.len())).map(NameOrder)
    }

    /// Returns the authority at a position in the order of names.
    pub fn authority(&self, name: NameOrder) -> Option<AuthorityId> {
        self.by_name.get(name.0 as usize).map(|position| AuthorityId(*position as usize))
    }

    /// Returns the position of an authority in the order of names.
    pub fn name_order(&self, authority: AuthorityId) -> Option<NameOrder> {
        self.order_of.get(authority.0).copied().map(NameOrder)
    }

    /// Whether there is such a region.
    pub(super) fn has_region(&self, is_it: impl Fn(&str) -> bool) -> bool {
        self.regions.iter().any(|region| is_it(region))
    }

    /// Returns the positions in the dataset of authorities whose entries together contain these letters.
    pub(super) fn holding(&self, letters: u64) -> impl Iterator<Item = u32> {
        let rows = self.rows.iter().take(self.by_name.len());
        rows.zip(0..).filter(move |(row, _)| row.letters & letters == letters).map(|(_, position)| position)
    }

    pub(super) fn entries(&self, position: u32) -> &[Entry] {
        let bound = |at: usize| self.rows.get(at).map_or(self.entries.len(), |r| r.first_entry as usize);
        self.entries.get(bound(position as usize)..bound(position as usize + 1)).unwrap_or_default()
    }

    pub(super) fn text(&self, entry: &Entry) -> &str {
        self.text.get(entry.range()).unwrap_or_default()
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the names and codes of an authority, without its listed name, in the order of their positions in the index.
pub fn other_names(authority: &Authority) -> impl Iterator<Item = &str> {
    also_called(authority).chain(authority.codes.all())
}

fn also_called(authority: &Authority) -> impl Iterator<Item = &str> {
    authority.names().skip(1)
}

/// Cleans and folds a query.
pub(super) fn folded_query(text: &str) -> String {
    fold(&clean(text))
}
