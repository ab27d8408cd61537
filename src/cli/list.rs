//! `scrutineer list`: a row for each authority.

use super::arguments::Data;
use super::input::Files;
use super::output::{listing, print};
use crate::report::List;

/// Prints the authorities that match, or all, as the browser lists them.
///
/// # Errors
/// If the data cannot be used, an option names what is not in them, or nothing can be written.
pub fn list(words: &[String], data: &Data, files: &Files, sort: Option<&str>) -> anyhow::Result<()> {
    let listing = listing(data, files, &words.join(" "), sort)?;
    Ok(print(|out, terminal| List(&listing).write(out, data.format, terminal))?)
}
