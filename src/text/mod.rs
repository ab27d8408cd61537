//! Text for a terminal: cleaning, folding for search, measuring, truncating and wrapping.
//!
//! Does not depend on the data model or on any widget.

mod capital;
mod clean;
mod fold;
mod formula;
mod kinds;
mod markers;
mod plural;
mod similar;
mod width;
mod wrap;

pub use capital::capitalized;
pub use clean::{clean, clean_owned, tidy};
pub use fold::{Folded, fold, fold_mapped, fold_onto};
pub use formula::harmless;
pub use kinds::{name_forms, with_brackets, without_begun_kind};
pub use markers::without_markers;
pub use plural::{list, ordinal, plural};
pub use similar::{nearest, similarity};
pub use width::{Window, display_width, is_simple, truncate, truncate_around};
pub use wrap::{wrap, wrap_around_links};
