//! Queries on a dataset: search, filter, sort, changes, and looking up names of frameworks and columns.
//!
//! Depends on the dataset, but not on the screen or on output formats.

pub mod changes;
mod column;
mod council;
mod filter;
mod id;
mod index;
mod listing;
mod match_quality;
mod offer;
mod regions;
pub mod resolve;
mod search;
mod sort;
mod view;

pub use column::{Cell, Column, Field, strip, trend};
pub use council::{NotOne, council};
pub use filter::Filter;
pub use id::{AuthorityId, NameOrder, RowKey};
pub use index::Index;
pub use listing::{Listing, ListingOptions};
pub use match_quality::MatchQuality;
pub use offer::{Offer, nearest};
pub use regions::{regions, short_region};
pub use search::{Found, Query, explain, match_quality, search};
pub use sort::{Direction, Sort};
pub use view::View;
