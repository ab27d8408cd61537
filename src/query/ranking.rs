//! A list of rows that is sorted lazily, only as far as it is read.

use super::NameOrder;

/// A sort key of a row. The upper half is the order; the lower half is the position in the order of names, which
/// breaks ties and identifies the authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey(u64);

impl RowKey {
    /// Creates a key.
    pub fn new(order: u32, name: NameOrder) -> Self {
        Self(u64::from(order) << 32 | u64::from(name.0))
    }

    /// Returns the upper half: the order.
    pub fn order(self) -> u32 {
        #[allow(clippy::cast_possible_truncation, reason = "the upper half is meant")]
        let order = (self.0 >> 32) as u32;
        order
    }

    /// Returns the lower half: the position in the order of names.
    pub fn name_order(self) -> NameOrder {
        #[allow(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let name = self.0 as u32;
        NameOrder(name)
    }
}

/// Rows sorted lazily from the front: showing a screenful costs one pass, not a complete sort.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    keys: Vec<RowKey>,
    sorted: usize,
}

impl Ranking {
    /// Creates a ranking of these rows, which may be in any order.
    pub fn new(keys: Vec<RowKey>) -> Self {
        Self { keys, sorted: 0 }
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Sorts at least the first `count` rows, if they are not sorted yet.
    pub fn prepare(&mut self, count: usize) {
        let count = count.min(self.keys.len());
        if count <= self.sorted {
            return;
        }
        // Doubling the sorted part keeps scrolling through the whole list cheap.
        let count = count.max(self.sorted.saturating_mul(2)).min(self.keys.len());
        let Some(rest) = self.keys.get_mut(self.sorted..) else { return };
        let wanted = count - self.sorted;
        if wanted < rest.len() {
            rest.select_nth_unstable(wanted);
        }
        if let Some(front) = rest.get_mut(..wanted) {
            front.sort_unstable();
        }
        self.sorted = count;
    }

    /// Returns the row at a position; `None` past the end, or beyond the sorted part.
    pub fn get(&self, position: usize) -> Option<RowKey> {
        if position >= self.sorted {
            return None;
        }
        self.keys.get(position).copied()
    }

    /// Returns the position of the row of an authority, sorted yet or not.
    pub fn position(&self, name: NameOrder) -> Option<usize> {
        let key = self.keys.iter().find(|key| key.name_order() == name)?;
        Some(self.keys.iter().filter(|k| *k < key).count())
    }

    /// Returns all rows in unspecified order.
    pub fn keys(&self) -> &[RowKey] {
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn prepared_rows_stand_as_in_a_full_sort(orders in prop::collection::vec(0u32..20, 0..80), counts in prop::collection::vec(0usize..100, 0..6)) {
            let keys: Vec<RowKey> = orders.iter().zip(0..).map(|(o, rank)| RowKey::new(*o, NameOrder(rank))).collect();
            let mut sorted = keys.clone();
            sorted.sort();
            let mut ranking = Ranking::new(keys);
            for count in counts {
                ranking.prepare(count);
                for position in 0..count {
                    prop_assert_eq!(ranking.get(position), sorted.get(position).copied());
                }
            }
            for (position, key) in sorted.iter().enumerate() {
                prop_assert_eq!(ranking.position(key.name_order()), Some(position));
            }
        }
    }
}
