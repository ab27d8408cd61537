//! `scrutineer list`: prints a row for each authority.

use std::path::Path;

use anyhow::bail;

use super::arguments::Data;
use super::input::Files;
use super::output::{answer, listing, refuse_empty};
use crate::report::List;

/// Prints the authorities that match the search and the options.
///
/// # Errors
/// If the data cannot be used, an option names something that they do not contain, or standard output cannot be written
/// to.
pub fn list(words: &[String], data: &Data, files: &Files, sort: Option<&str>) -> anyhow::Result<()> {
    if let Some(file) = words.iter().find(|word| word.contains('.') && Path::new(word).is_file()) {
        let others: Vec<&str> = words.iter().filter(|word| *word != file).map(String::as_str).collect();
        bail!("{file} is a file; did you mean `scrutineer list {} -d {file}`?", others.join(" "));
    }
    let listing = listing(data, files, &words.join(" "), sort)?;
    refuse_empty(&listing)?;
    answer(&data.form, |out, format, terminal| List(&listing).write(out, format, terminal))
}
