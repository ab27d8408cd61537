//! The orders in which a list can stand.

use super::{Index, Ranking, RowKey, View};

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// The name of the authority.
    #[default]
    Name,
    /// The grade in a category, by its place in the framework.
    Category(usize),
    /// The date of the assessment shown.
    Date,
}

/// Which end of an order comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// The column's own: names from A, grades from the best, dates from the latest.
    #[default]
    Usual,
    /// The other way round: names from Z, grades from the lowest, dates from the earliest.
    Reversed,
}

impl Direction {
    /// The other one.
    pub fn flipped(self) -> Self {
        match self {
            Self::Usual => Self::Reversed,
            Self::Reversed => Self::Usual,
        }
    }
}

/// An order of the list. Rows that are equal in it stand by name; absent grades and dates stand last in both
/// directions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sort {
    /// What it goes by.
    pub column: Column,
    /// Which end first.
    pub direction: Direction,
}

/// All authorities in an order.
pub fn sort(index: &Index, view: &View, sort: Sort) -> Ranking {
    Ranking::new(reorder(index, view, sort, index.ranks()))
}

/// The rows of these authorities, given by their ranks by name, keyed for an order.
pub fn reorder(index: &Index, view: &View, sort: Sort, ranks: impl Iterator<Item = u32>) -> Vec<RowKey> {
    ranks.map(|rank| RowKey::new(order(index, view, sort, rank), rank)).collect()
}

fn order(index: &Index, view: &View, sort: Sort, rank: u32) -> u32 {
    let is_reversed = sort.direction == Direction::Reversed;
    match sort.column {
        Column::Name if is_reversed => u32::MAX - rank,
        Column::Name => rank,
        Column::Date => match index.authority(rank).map_or(0, |a| view.date_order(a)) {
            0 => u32::MAX,
            date if is_reversed => date,
            date => u32::MAX - 1 - date,
        },
        Column::Category(column) => {
            let grade = index.authority(rank).and_then(|a| view.grade(column, a));
            match grade {
                None => u32::MAX,
                Some(grade) if is_reversed => u32::from(grade.0),
                Some(grade) => u32::from(u8::MAX - grade.0),
            }
        }
    }
}
