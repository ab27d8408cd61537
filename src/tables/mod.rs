//! The answers as tables: each is built once, whatever it is drawn on or written to.
//!
//! Knows nothing of formats and of the screen; [`fit()`] is the only function that chooses columns and forms for a width.

mod changes;
mod compare;
mod counts;
mod events;
mod fit;
mod history;
mod map;
mod published;
mod recommendations;
mod regions;
mod series;
mod table;
mod years;

pub use changes::{changes_by_inspection, changes_by_judgement, groups, moved_from};
pub use compare::compare;
pub use counts::counts;
pub use events::{event_data, events};
pub use fit::{Fit, FittedColumn, fit};
pub use history::history;
pub use map::map_list;
pub use published::{RecountedClaim, published};
pub use recommendations::{asked, asked_of_council, codes};
pub use regions::regions;
pub use series::{SeriesRow, series, series_rows};
pub use table::{Cell, Column, Kind, Naming, Table, distinct};
pub use years::{by_category, by_year};
