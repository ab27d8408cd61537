//! `scrutineer changes`: what differs between two files, or since a day.

use std::path::PathBuf;

use anyhow::bail;

use super::answer::print;
use super::arguments::TWO_FILES;
use super::input::{self, Files};
use crate::dataset::Date;
use crate::query::changes::{as_at, changes};
use crate::report::{Changes, Format};

/// Prints the changes from the first of two files to the second; with a day, those of the usual data since
/// that day, which are the file given, if one is.
///
/// # Errors
/// Where the files are not as many as are needed or cannot be used, or nothing can be written.
pub fn print_changes(files: &[PathBuf], usual: &Files, since: Option<Date>, format: Format) -> anyhow::Result<()> {
    let alone = |path: &PathBuf| Files { paths: vec![path.clone()], has_bundled: false };
    let (old, new, what) = match since {
        Some(date) => {
            let opened = input::open(usual)?;
            let what = format!("{} since {date}", opened.name);
            (as_at(&opened.loaded.dataset, date), opened.loaded.dataset, what)
        }
        None => {
            let [old, new] = files else { bail!(TWO_FILES) };
            let (old, new) = (input::open(&alone(old))?, input::open(&alone(new))?);
            let what = format!("{} compared with {}", old.name, new.name);
            (old.loaded.dataset, new.loaded.dataset, what)
        }
    };
    let changes = changes(&old, &new);
    Ok(print(|out, terminal| Changes { what, changes: &changes }.write(out, format, terminal))?)
}
