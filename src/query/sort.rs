//! The orders that a list can have.

use super::{Column, Index, NameOrder, RowKey, View};

/// Which end of an order comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// The usual one of the column: names from A, grades from the best, dates from the newest.
    #[default]
    Usual,
    /// The other way round: names from Z, grades from the lowest, dates from the oldest.
    Reversed,
}

impl Direction {
    /// The other direction.
    pub fn flipped(self) -> Self {
        match self {
            Self::Usual => Self::Reversed,
            Self::Reversed => Self::Usual,
        }
    }
}

/// An order of the list. Rows that are equal in it are ordered by name; absent grades and dates come last in both
/// directions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sort {
    /// What it goes by.
    pub column: Column,
    /// Which end comes first.
    pub direction: Direction,
}

/// The rows of some authorities, keyed for an order.
pub(super) fn keys(index: &Index, view: &View, sort: Sort, names: impl Iterator<Item = NameOrder>) -> Vec<RowKey> {
    let is_reversed = sort.direction == Direction::Reversed;
    let order = |name: NameOrder| sort.column.order(view, index.authority(name), name, is_reversed);
    names.map(|name| RowKey::new(order(name), name)).collect()
}
