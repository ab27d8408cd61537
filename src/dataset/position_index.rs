//! A hash index from a key to its position in a `Vec`.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder as RandomState;
use hashbrown::HashTable;

/// A hash index from a key to its position in a `Vec`. The index stores hashes but no keys; in a large list, copying
/// each key would take longer than looking it up.
#[derive(Debug, Clone, Default)]
pub struct PositionIndex {
    table: HashTable<(u64, usize)>,
    hasher: RandomState,
}

impl PositionIndex {
    /// Returns the position inserted for a key; `is_it` must return whether the item at a position has that key.
    pub fn find(&self, text: &str, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let hash = self.hasher.hash_one(text);
        self.table.find(hash, |(known, place)| *known == hash && is_it(*place)).map(|(_, place)| *place)
    }

    /// Inserts the position of the item that has a key.
    pub fn insert(&mut self, text: &str, place: usize) {
        let hash = self.hasher.hash_one(text);
        self.table.insert_unique(hash, (hash, place), |(known, _)| *known);
    }
}
