//! `scrutineer changes`: what differs between two files, or since a day.

use std::path::PathBuf;

use anyhow::bail;

use super::answer::print;
use super::input::{self, Files};
use crate::dataset::Date;
use crate::query::changes::{as_at, changes};
use crate::report::{Changes, Format};

/// Prints the changes from the first file to the second; with a day, those of one file, or of the usual
/// data, since that day.
///
/// # Errors
/// Where the files are not as many as are needed or cannot be used, or nothing can be written.
pub fn print_changes(files: &[PathBuf], usual: &Files, since: Option<Date>, format: Format) -> anyhow::Result<()> {
    let alone = |path: &PathBuf| Files { paths: vec![path.clone()], has_bundled: false };
    let (old, new, what) = match (files, since) {
        ([old, new], None) => {
            let (old, new) = (input::open(&alone(old))?, input::open(&alone(new))?);
            let what = format!("{} compared with {}", old.name, new.name);
            (old.loaded.dataset, new.loaded.dataset, what)
        }
        ([] | [_], Some(date)) => {
            let opened = input::open(usual)?;
            let what = format!("{} since {date}", opened.name);
            (as_at(&opened.loaded.dataset, date), opened.loaded.dataset, what)
        }
        (_, None) => bail!("changes takes two files, the old one first; or --since DATE and one file"),
        (_, Some(_)) => bail!("changes --since DATE takes one file, or none for the usual data"),
    };
    let changes = changes(&old, &new);
    Ok(print(|out, terminal| Changes { what, changes: &changes }.write(out, format, terminal))?)
}
