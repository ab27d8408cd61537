//! Where in a list something that goes by a text stands.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// PositionIndex in a list, found by a text that what stands there has itself: of a large list, a second copy of each
/// text would take longer to make than to look for.
#[derive(Debug, Clone, Default)]
pub struct PositionIndex {
    table: HashTable<(u64, usize)>,
    hasher: RandomState,
}

impl PositionIndex {
    /// The place noted for a text; `is_it` says whether what stands at a place goes by the text.
    pub fn find(&self, text: &str, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let hash = self.hasher.hash_one(text);
        self.table.find(hash, |(known, place)| *known == hash && is_it(*place)).map(|(_, place)| *place)
    }

    /// Notes the place of what goes by a text.
    pub fn insert(&mut self, text: &str, place: usize) {
        let hash = self.hasher.hash_one(text);
        self.table.insert_unique(hash, (hash, place), |(known, _)| *known);
    }
}
