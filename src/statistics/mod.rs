//! What is counted, what is claimed, and whether the two can both be true.
//!
//! Typed results, never words for a screen.

mod count;
mod national;
mod summary;
mod verdict;
mod years;

pub use count::{Tally, percent, share, tallies};
pub use national::{Cell, Figures, National, national};
pub use summary::{CategoryCounts, Summary, summary};
pub use verdict::{Recount, Verdict, recount};
pub use years::{Year, years};
