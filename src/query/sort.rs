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

impl Sort {
    /// Returns the arrow in front of the header: up from A or from the lowest, down from the best or the newest.
    pub fn sign(self) -> &'static str {
        let is_text = matches!(self.column, Column::Name | Column::Region | Column::Trend | Column::Strip);
        match (is_text, self.direction) {
            (true, Direction::Usual) | (false, Direction::Reversed) => "↑",
            (true, Direction::Reversed) | (false, Direction::Usual) => "↓",
        }
    }

    /// Returns the opposite order.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { direction: self.direction.flipped(), ..self }
    }

    /// Returns the order by the column after this one in the usual direction; `None` after the last column.
    pub fn next(self, columns: &[Column]) -> Option<Self> {
        let here = columns.iter().position(|column| *column == self.column)?;
        columns.get(here + 1).map(|column| Self { column: *column, direction: Direction::Usual })
    }
}

/// Returns the rows of some authorities with keys for an order.
pub(super) fn keys(index: &Index, view: &View, sort: Sort, names: impl Iterator<Item = NameOrder>) -> Vec<RowKey> {
    let is_reversed = sort.direction == Direction::Reversed;
    let order = |name: NameOrder| sort.column.order(view, index.authority(name), name, is_reversed);
    names.map(|name| RowKey { order: order(name), name }).collect()
}
