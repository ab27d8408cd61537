//! `scrutineer changes`: lists the differences between two files, or within one since a date.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::arguments::{Form, Only, TWO_FILES};
use super::input::{self, Files};
use super::output::answer;
use crate::dataset::{Dataset, Date};
use crate::query::View;
use crate::query::changes::{before, changes, moved};
use crate::report::Changes;
use crate::wording;

/// Whether the data hold only the latest inspection of each authority, under the leading framework.
fn holds_only_latest(dataset: &Dataset) -> bool {
    View::new(dataset, dataset.leading_framework().cloned(), None).holds_only_latest()
}

/// Prints the changes from the first file to the second. With `since`, prints those in `usual` since that date instead.
///
/// # Errors
/// If there are not exactly two files without `since`, if a file cannot be used, or if standard output cannot be
/// written to.
pub fn print_changes(
    files: &[PathBuf],
    usual: &Files,
    (since, only): (Option<Date>, Option<Only>),
    form: &Form,
) -> anyhow::Result<()> {
    let alone = |path: &PathBuf| Files { paths: vec![path.clone()], has_record: false };
    let (old, new, what) = match since {
        Some(date) => {
            let opened = input::open(usual)?;
            let what = format!("{} since {date}", opened.name);
            (Arc::new(before(&opened.loaded.dataset, date)), opened.loaded.dataset, what)
        }
        None => {
            let [old, new] = files else { bail!(TWO_FILES) };
            let (old, new) = (input::open(&alone(old))?, input::open(&alone(new))?);
            let what = format!("{} compared with {}", old.name, new.name);
            (old.loaded.dataset, new.loaded.dataset, what)
        }
    };
    let data = wording::data(&new);
    let has_before = since.is_none() || !holds_only_latest(&new);
    let mut changes = changes(&old, &new);
    let mut what = what;
    if only == Some(Only::Moved) {
        changes = moved(&changes);
        what.push_str(", only grades that moved up or down");
    }
    let changes = Changes { what, data, has_before, changes: &changes };
    answer(form, |out, format, terminal| changes.write(out, format, terminal))
}
