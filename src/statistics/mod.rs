//! What is counted, what is claimed, and whether the two can both be true.
//!
//! Typed results, never words for a screen.

mod count;
mod national;
mod picture;
mod verdict;
mod years;

pub use count::{Tally, listed, percent, share};
pub use national::{Cell, Figures, National, national};
pub use picture::{Counts, Picture, picture};
pub use verdict::{Reckoning, Verdict, reckon};
pub use years::{Year, years};
