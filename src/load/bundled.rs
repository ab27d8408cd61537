//! The dataset compiled into the program: the annual performance assessment of 2006.

use super::{Loaded, Unusable, from_json};

/// Returns the bytes of `assets/apa-2006.json`.
pub fn bundled_bytes() -> &'static [u8] {
    include_bytes!("../../assets/apa-2006.json")
}

/// Loads the bundled dataset.
///
/// # Errors
/// Returns an error if the bundled file is not valid, which the tests rule out.
pub fn bundled() -> Result<Loaded, Unusable> {
    from_json(bundled_bytes(), "the bundled dataset")
}
