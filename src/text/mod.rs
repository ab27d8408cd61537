//! Text as a terminal needs it: cleaned, folded for search, measured, fitted and wrapped.
//!
//! Knows nothing of authorities, grades or widgets.

mod clean;
mod fold;
mod plural;
mod width;
mod wrap;

pub use clean::{clean, clean_owned};
pub use fold::{Folded, fold, fold_mapped, fold_onto};
pub use plural::plural;
pub use width::{Window, display_width, truncate, truncate_around};
pub use wrap::wrap;
