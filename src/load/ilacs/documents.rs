//! Documents that the collected files list as inspections and that are none: each was read, and is named by its link.

use std::collections::HashMap;

use serde::Deserialize;

use crate::dataset::{Location, Problem};
use crate::load::Unusable;

/// A document of `assets/documents.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    /// The authority it is listed under, for readers of the file.
    #[serde(rename = "authority")]
    _authority: String,
    /// The day on which it was published, for readers of the file.
    #[serde(rename = "published")]
    _published: String,
    link: String,
    is: String,
}

/// What each document is, by its link: "a review of the safeguarding board, not an inspection of the council".
pub type Documents = HashMap<String, String>;

/// Loads the documents that are compiled into the program.
///
/// # Errors
/// Returns an error if the bundled file is not valid, which the tests rule out.
pub fn read() -> Result<Documents, Unusable> {
    let documents: Vec<Document> =
        serde_json::from_str(include_str!("../../../assets/documents.json")).map_err(|error| {
            Unusable::new(
                "the bundled list of documents",
                vec![Problem {
                    location: Location::Text { line: error.line(), column: error.column() },
                    found: error.to_string(),
                    expected: "a list of documents, each with authority, published, link and is".to_owned(),
                }],
            )
        })?;
    Ok(documents.into_iter().map(|document| (document.link, document.is)).collect())
}
