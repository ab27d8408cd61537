//! The council that a name means, for commands.

use crate::dataset::Dataset;
use crate::query::{AuthorityId, council};
use crate::wording;

/// Returns the council that a name means.
///
/// # Errors
/// If there is none or more than one; the sentence names the nearest.
pub fn named(dataset: &Dataset, name: &str) -> Result<AuthorityId, String> {
    council(dataset, name).map_err(|reason| wording::not_one(dataset, name, &reason, "scrutineer list --region"))
}
