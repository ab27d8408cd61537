//! The record compiled into the program: every assessment since 2005 that our sources name.

use std::sync::Arc;

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

/// The title of the record.
const TITLE: &str = "Grades of councils' services for children since 2005";

/// Who made the judgements in the record; the Commission for Social Care Inspection had a part until 2009.
const PUBLISHER: &str = "Ofsted and CSCI";

/// Who collected the inspections that Ofsted's official statistics do not hold yet.
const COLLECTOR: &str = "ofsted-ilacs-scrape-tool (those since April 2025)";

/// The framework that the record opens on: the assessment that this project began with.
const OPENS_ON: &str = "apa-2006";

/// Returns the bytes of `assets/record.json`. CONTRIBUTING.md says how it is made.
pub fn record_bytes() -> &'static [u8] {
    include_bytes!("../../assets/record.json")
}

/// Loads the record: the assessments of 2005 to 2012 that are named somewhere, and every inspection since 2013.
///
/// # Errors
/// Returns an error if the bundled file is not valid, which the tests rule out.
pub fn record() -> Result<Loaded, Unusable> {
    let mut loaded = from_json(record_bytes(), "the record")?;
    let dataset = Arc::make_mut(&mut loaded.dataset);
    TITLE.clone_into(&mut dataset.title);
    PUBLISHER.clone_into(&mut dataset.publisher);
    dataset.collector = Some(COLLECTOR.to_owned());
    dataset.opens_on = Some(OPENS_ON.to_owned());
    Ok(loaded)
}
