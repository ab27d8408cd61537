//! The answers as tables: each is built once, whatever it is drawn on or written to.
//!
//! Knows nothing of formats and of the screen; [`fit`] is the only function that chooses columns and forms for a width.

mod fit;
mod regions;
mod table;
mod years;

pub use fit::{Fit, FittedColumn, fit};
pub use regions::regions;
pub use table::{Cell, Column, Kind, Naming, Table, distinct};
pub use years::{by_category, by_year};
