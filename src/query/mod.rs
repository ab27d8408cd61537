//! Which authorities, in which order: search and sort.
//!
//! Knows the dataset, but neither screen nor format.

mod index;
mod ranking;
mod search;
mod sort;
mod tier;
mod view;

pub use index::Index;
pub use ranking::{Ranking, RowKey};
pub use search::{Found, Query, explain, search};
pub use sort::{Column, Direction, Sort, reorder, sort};
pub use tier::Tier;
pub use view::View;
