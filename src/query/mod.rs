//! Which authorities, in which order: search and sort.
//!
//! Knows the dataset, but neither screen nor format.

pub mod changes;
mod filter;
mod index;
pub mod naming;
mod ranking;
mod search;
mod sort;
mod tier;
mod view;

pub use filter::Filter;
pub use index::Index;
pub use ranking::{Ranking, RowKey};
pub use search::{Found, Query, explain, search, tier};
pub use sort::{Column, Direction, Sort, reorder, sort};
pub use tier::Tier;
pub use view::View;
