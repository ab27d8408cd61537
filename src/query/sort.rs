//! The orders that a list can be sorted in.

use super::{Column, Index, NameOrder, RowKey, View};

/// The direction of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// The default of the column: names from A, grades from the best, dates from the newest.
    #[default]
    Usual,
    /// The opposite: names from Z, grades from the lowest, dates from the oldest.
    Reversed,
}

impl Direction {
    /// Returns the opposite direction.
    pub fn flipped(self) -> Self {
        match self {
            Self::Usual => Self::Reversed,
            Self::Reversed => Self::Usual,
        }
    }
}

/// An order of the list. Ties are ordered by name; absent grades and dates come last in both directions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sort {
    /// The column to sort by.
    pub column: Column,
    /// The direction.
    pub direction: Direction,
}

/// Returns the rows of some authorities with keys for an order.
pub(super) fn keys(index: &Index, view: &View, sort: Sort, names: impl Iterator<Item = NameOrder>) -> Vec<RowKey> {
    let is_reversed = sort.direction == Direction::Reversed;
    let order = |name: NameOrder| sort.column.order(view, index.authority(name), name, is_reversed);
    names.map(|name| RowKey::new(order(name), name)).collect()
}
