//! The record compiled into the program: every assessment since 2005 that our sources name.

use super::json::from_own_json;
use super::{Loaded, Unusable};

/// Returns the bytes of `assets/apa-2006.json`.
pub fn bundled_bytes() -> &'static [u8] {
    include_bytes!("../../assets/apa-2006.json")
}

/// Loads the bundled dataset.
///
/// # Errors
/// Returns an error if the bundled file is not valid, which the tests rule out.
pub fn bundled() -> Result<Loaded, Unusable> {
    from_own_json(bundled_bytes(), "the bundled dataset")
}

/// Loads the record: the assessments of 2005 to 2012 that are named somewhere, and every inspection since 2013.
///
/// # Errors
/// Returns an error if the embedded file is not valid, which the tests rule out.
pub fn record() -> Result<Loaded, Unusable> {
    from_own_json(include_bytes!("../../assets/record.json"), "the record")
}
