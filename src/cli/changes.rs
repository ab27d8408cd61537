//! `scrutineer changes`: lists the differences between two files, or within one since a date.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::arguments::TWO_FILES;
use super::input::{self, Fetched, Files, NO_FOLDER, Opened, damaged};
use super::options::Form;
use super::output::answer;
use super::values::Only;
use crate::dataset::{Dataset, Date};
use crate::fetch::{DataFolder, MAX_SIZE};
use crate::query::changes::{New, before, changes, moved, new_events, new_in_file, redated};
use crate::report::Changes;
use crate::wording;

/// The size above which a fetched file is refused, in megabytes: no file that was fetched is larger.
const MAX_MEGABYTES: u64 = MAX_SIZE.div_ceil(1_000_000);

/// What to compare.
pub enum Compared<'a> {
    /// Two files, the old one first, and the size above which one is refused, in megabytes.
    Files(&'a [PathBuf], u64),
    /// The usual data on a day with the same data now.
    Since(Date, &'a Files),
    /// The fetched files with those before them.
    Fetched,
}

/// Prints what differs.
///
/// # Errors
/// If there are not exactly two files, if there is no fetched file with one before it, if a file cannot be used, or if
/// the answer cannot be written.
pub fn print_changes(compared: &Compared<'_>, only: Option<Only>, form: &Form) -> anyhow::Result<()> {
    let (old, new, mut what) = match compared {
        Compared::Since(date, usual) => {
            let opened = input::open(usual)?;
            opened.warn();
            let what = format!("{} since {date}", opened.name);
            (Arc::new(before(&opened.loaded.dataset, *date)), opened.loaded.dataset, what)
        }
        Compared::Fetched => {
            let (old, new) = fetched()?;
            [&old, &new].into_iter().for_each(Opened::warn);
            let what = format!("{} compared with the file before", new.name);
            (old.loaded.dataset, new.loaded.dataset, what)
        }
        Compared::Files(files, max) => {
            let [old, new] = files else { bail!(TWO_FILES) };
            let (old, new) = (input::open(&Files::alone(old, *max))?, input::open(&Files::alone(new, *max))?);
            [&old, &new].into_iter().for_each(Opened::warn);
            let what = format!("{} compared with {}", old.name, new.name);
            (old.loaded.dataset, new.loaded.dataset, what)
        }
    };
    let has_before = !matches!(compared, Compared::Since(..)) || !new.holds_only_latest();
    let mut changes = changes(&old, &new);
    let mut redated = redated(&old, &new);
    if only == Some(Only::Moved) {
        redated.clear();
        changes = moved(&changes);
        what.push_str(", only grades that moved up or down");
    }
    let events = if only.is_none() { new_events(&old, &new) } else { Vec::new() };
    let data = wording::data(&new, changes.iter().filter_map(|change| Some(change.assessment?.framework.as_ref())));
    let (changes, redated, events) = (&changes, &redated, &events);
    let changes = Changes { what, data, has_before, changes, only_moved: only.is_some(), redated, events };
    answer(form, |out, format, terminal| changes.write(out, format, terminal))
}

/// Opens the files before and the fetched files, without those that have none before them.
fn fetched() -> anyhow::Result<(Opened, Opened)> {
    let folder = DataFolder::find().context(NO_FOLDER)?;
    let mut files = folder.list().with_context(|| damaged(&folder))?;
    files.retain(|file| folder.path_before(&file.name).is_file());
    if files.is_empty() {
        bail!("there is no file before to compare with: it is kept when `scrutineer fetch` brings a newer one");
    }
    let open = |path: &dyn Fn(&str) -> PathBuf| {
        let paths = files.iter().map(|file| path(&file.name)).collect();
        input::open(&Files {
            paths,
            fetched: Fetched::default(),
            has_record: false,
            max_megabytes: MAX_MEGABYTES,
            named_by: None,
        })
    };
    Ok((open(&|name| folder.path_before(name))?, open(&|name| folder.path_of(name))?))
}

/// Returns which authorities of the data have something in the fetched files that those before them lack.
///
/// # Errors
/// If there is no fetched file with one before it, or one of them cannot be used.
pub fn new_in_fetched(data: &Dataset) -> anyhow::Result<New> {
    let (before, now) = fetched()?;
    Ok(new_in_file(data, &before.loaded.dataset, &now.loaded.dataset))
}
