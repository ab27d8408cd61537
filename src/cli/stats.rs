//! `scrutineer stats`: prints published figures and counts.

use anyhow::bail;

use super::input::Files;
use super::options::Data;
use super::output::{answer, listing, refuse_empty};
use super::values::By;
use crate::report::Stats;
use crate::wording;

/// Prints the figures, or how many are good or better by region or by year.
///
/// # Errors
/// If the data cannot be used, an option names something that they do not contain, or standard output cannot be written
/// to.
pub fn stats(data: &Data, files: &Files, by: Option<By>) -> anyhow::Result<()> {
    let listing = listing(data, files, "", None)?;
    if by == Some(By::Year) && listing.view().holds_only_latest() {
        bail!(wording::only_latest("earlier years"));
    }
    if matches!(by, None | Some(By::Region)) {
        refuse_empty(&listing)?;
    }
    let stats = Stats(&listing);
    let only = data.of.framework.as_ref().and_then(|_| listing.view().framework()).map(AsRef::as_ref);
    answer(&data.of.form, |out, format, terminal| match by {
        Some(By::Year) => stats.write_by_year(only, out, format, terminal),
        Some(By::Series) => stats.write_series(out, format, terminal),
        Some(By::Region) => stats.write_by_region(out, format, terminal),
        None => stats.write(out, format, terminal),
    })
}
