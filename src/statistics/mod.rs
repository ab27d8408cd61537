//! Statistics: our own counts, published claims, and verdicts on whether both can be true.
//!
//! Returns values only; `wording` turns them into text.

mod compared;
mod count;
mod coverage;
mod map;
mod membership;
mod national;
mod rank;
mod recommendations;
mod series;
mod summary;
mod tiles;
mod verdict;
mod years;

pub use compared::{Compared, compared};
pub use count::{Tally, percent, rounded_percent, share, tallies};
pub use coverage::{Coverage, coverage};
pub use map::{MapView, OnMap, Shown};
pub use membership::Count;
pub use national::{Cell, Figures, National, national};
pub use rank::{Rank, degree, in_region, ranks};
pub use recommendations::{
    Asked, CodeCount, CodeYears, NeighbourAsked, asked, asked_by_year, asked_of, earlier_day, neighbours_asked,
    recommended,
};
pub use series::{FIRST_YEAR, Overall, overall, overall_by_year, recount_published};
pub use summary::{CategoryCounts, RegionCounts, Summary, national_summary, summary};
pub use tiles::{TILE_GRID, Tile, tiles};
pub use verdict::{Recount, Verdict, recount};
pub use years::{Year, years};
