//! Opens the datasets for the browser and for the commands.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::load::{Loaded, Part, Progress, from_reader, join, record};

/// A dataset, with a name for messages.
pub struct Opened {
    /// The dataset.
    pub loaded: Loaded,
    /// The name of the dataset in messages.
    pub name: String,
}

impl Opened {
    /// Prints to standard error what was left out while loading, if anything was.
    pub fn warn(&self) {
        if let Some(summary) = self.loaded.summary(&self.name) {
            super::warn(&summary);
        }
    }
}

/// The datasets to open.
#[derive(Debug, Clone)]
pub struct Files {
    /// The paths of files; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Whether to join them with the record.
    pub has_record: bool,
}

/// Reads the datasets and joins them into one.
///
/// # Errors
/// If a file cannot be read, or does not contain a usable dataset.
pub fn open(files: &Files) -> anyhow::Result<Opened> {
    open_telling(files, &Progress::default())
}

/// Does the same as [`open`], and reports progress.
///
/// # Errors
/// As for [`open`].
pub fn open_telling(files: &Files, progress: &Progress) -> anyhow::Result<Opened> {
    let mut parts = files.paths.iter().map(|file| read(file, progress)).collect::<anyhow::Result<Vec<Part>>>()?;
    if parts.is_empty() && !files.has_record {
        bail!("there is nothing to open: --only-files leaves out the record, and no file is given");
    }
    let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    let name = if names.is_empty() { "the record".to_owned() } else { names.join(" and ") };
    if files.has_record {
        parts.push(Part::record(record()?));
    }
    let loaded = join(parts)?;
    if files.paths.is_empty() {
        // The record is needed until the program ends, and freeing it piece by piece then would only take time.
        std::mem::forget(Arc::clone(&loaded.dataset));
    }
    Ok(Opened { loaded, name })
}

fn read(path: &Path, progress: &Progress) -> anyhow::Result<Part> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let loaded = if is_stdin {
        from_reader(progress.counting(io::stdin().lock()), &name)?
    } else {
        let file = file(path, &name)?;
        progress.expect(file.metadata().map_or(0, |about| about.len()));
        from_reader(progress.counting(file), &name)?
    };
    Ok(Part::new(loaded, name))
}

fn file(path: &Path, name: &str) -> anyhow::Result<File> {
    let cannot = || format!("cannot read {name}");
    let file = File::open(path).with_context(|| {
        let is_word = path.extension().is_none() && path.components().count() == 1 && !path.exists();
        if is_word { format!("{}; did you mean `scrutineer show {name}`?", cannot()) } else { cannot() }
    })?;
    if file.metadata().with_context(cannot)?.is_dir() {
        bail!("cannot read {name}: it is a folder; give the name of a file in it");
    }
    Ok(file)
}
