//! Which authorities, in which order: search and sort.
//!
//! Knows the dataset, but neither screen nor format.

pub mod changes;
mod filter;
mod index;
mod match_quality;
mod ranking;
pub mod resolve;
mod search;
mod sort;
mod view;

pub use filter::Filter;
pub use index::Index;
pub use match_quality::MatchQuality;
pub use ranking::{Ranking, RowKey};
pub use search::{Found, Query, explain, match_quality, search};
pub use sort::{Column, Direction, Sort, reorder, sort};
pub use view::View;
