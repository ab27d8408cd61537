//! The record compiled into the program: every assessment since 2005 that our sources name.

use std::sync::Arc;

use super::{Loaded, Unusable, from_json};
use crate::dataset::{Location, Problem, Text, unpack};

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

/// The title of the record.
const TITLE: &str = "Grades of councils' services for children since 2005";

/// Who made the judgements in the record; each framework names its own.
const PUBLISHER: &str = "Ofsted and the Commission for Social Care Inspection";

/// Who collected the inspections that Ofsted's official statistics do not hold yet.
const COLLECTOR: &str = "ofsted-ilacs-scrape-tool (those published since June 2025)";

/// Loads the record: the assessments of 2005 to 2012 that are named somewhere, and every inspection since 2013.
///
/// The program holds it in a packed form, because parsing and checking `assets/record.json` would take longer than all
/// else at its start. A test checks that both are the same.
///
/// # Errors
/// Returns an error if the embedded bytes are not a packed dataset, which the tests rule out.
pub fn record() -> Result<Loaded, Unusable> {
    let Some(mut dataset) = unpack(include_bytes!("../../assets/record.bin")) else {
        let problem = Problem {
            location: Location::Path(String::new()),
            found: "bytes that are not a packed dataset".to_owned(),
            expected: "the record as `cargo run --example pack_record` makes it".to_owned(),
        };
        return Err(Unusable::new("the record".to_owned(), vec![problem]));
    };
    dataset.title = Text::const_new(TITLE);
    dataset.publisher = Text::const_new(PUBLISHER);
    dataset.collector = Some(Text::const_new(COLLECTOR));
    Ok(Loaded { dataset: Arc::new(dataset), ..Loaded::default() })
}
