//! The dataset that the program carries: the annual performance assessment of 2006.

use super::{Loaded, Unusable, from_json};

/// The bundled dataset as it stands in `assets/apa-2006.json`.
pub fn bundled_bytes() -> &'static [u8] {
    include_bytes!("../../assets/apa-2006.json")
}

/// The bundled dataset.
///
/// # Errors
/// If the file in `assets` is not what the tests say it is.
pub fn bundled() -> Result<Loaded, Unusable> {
    from_json(bundled_bytes(), "the bundled dataset")
}
