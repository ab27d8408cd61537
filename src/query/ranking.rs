//! A list of rows that is put in order only as far as it is looked at.

use super::NameOrder;

/// A row by its position in an order: the upper half orders, the lower half is the authority's rank by
/// name, which settles ties and says whose row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey(u64);

impl RowKey {
    /// A key from what orders the row and the rank by name of its authority.
    pub fn new(order: u32, name: NameOrder) -> Self {
        Self(u64::from(order) << 32 | u64::from(name.0))
    }

    /// What orders the row.
    pub fn order(self) -> u32 {
        #[allow(clippy::cast_possible_truncation, reason = "the upper half is meant")]
        let order = (self.0 >> 32) as u32;
        order
    }

    /// The rank by name of the authority.
    pub fn name_order(self) -> NameOrder {
        #[allow(clippy::cast_possible_truncation, reason = "the lower half is meant")]
        let name = self.0 as u32;
        NameOrder(name)
    }
}

/// Rows in order, sorted lazily from the front: a screenful costs one pass, not a sort of all.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    keys: Vec<RowKey>,
    sorted: usize,
}

impl Ranking {
    /// A ranking of these rows, which may come in any order.
    pub fn new(keys: Vec<RowKey>) -> Self {
        Self { keys, sorted: 0 }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Puts the first `count` rows in order, if they are not yet.
    pub fn prepare(&mut self, count: usize) {
        let count = count.min(self.keys.len());
        if count <= self.sorted {
            return;
        }
        // At least doubling keeps a walk down the whole list cheap.
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

    /// The row at a position; `None` past the end and where the order is not prepared that far.
    pub fn get(&self, position: usize) -> Option<RowKey> {
        if position >= self.sorted {
            return None;
        }
        self.keys.get(position).copied()
    }

    /// The position of the row of an authority, by its rank by name.
    pub fn position(&self, name: NameOrder) -> Option<usize> {
        let key = self.keys.iter().find(|key| key.name_order() == name)?;
        Some(self.keys.iter().filter(|k| *k < key).count())
    }

    /// Every row, in no promised order.
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
