//! Opens the datasets for the browser and for the commands.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};

use crate::dataset::Date;
use crate::fetch::{DataFolder, FetchedFile};
use crate::load::{Loaded, Part, Progress, from_reader, join, record};
use crate::text::clean;

/// A dataset, with a name for messages.
pub struct Opened {
    /// The dataset.
    pub loaded: Loaded,
    /// The name of the dataset in messages.
    pub name: String,
    /// The fetched files that were left out and why, a sentence each.
    pub problems: Vec<String>,
}

impl Opened {
    /// Prints to standard error what was left out while loading, if anything was.
    pub fn warn(&self) {
        self.problems.iter().for_each(|problem| super::warn(problem));
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
    /// The fetched files to join with them.
    pub fetched: Fetched,
    /// Whether to join them with the record.
    pub has_record: bool,
    /// The size above which a file is refused, in megabytes.
    pub max_megabytes: u64,
    /// The settings, if they name the files.
    pub named_by: Option<PathBuf>,
}

impl Files {
    /// Returns one file alone, without the record. A larger one than `max_megabytes` is refused.
    pub fn alone(path: &Path, max_megabytes: u64) -> Self {
        Self {
            paths: vec![path.to_owned()],
            fetched: Fetched::default(),
            has_record: false,
            max_megabytes,
            named_by: None,
        }
    }

    /// Whether there is nothing to read but the record.
    pub fn is_record_alone(&self) -> bool {
        self.paths.is_empty() && self.fetched.files.is_empty()
    }
}

/// The message if there is no data folder.
pub const NO_FOLDER: &str = "this system has no folder for data; set XDG_DATA_HOME to one";

/// Returns the message about an index that cannot be read.
pub fn damaged(folder: &DataFolder) -> String {
    format!("the list of fetched files in {} cannot be read; `scrutineer fetch` makes it again", folder.path.display())
}

/// Returns a message about each fetched file in whose place there is something else now.
pub fn replaced(folder: &DataFolder) -> Vec<String> {
    let message = |name: &String| {
        let path = clean(&folder.path_of(name).display().to_string()).into_owned();
        format!("{path} is no file any more, so it is left out; remove it, and `scrutineer fetch` brings it again")
    };
    folder.replaced().iter().map(message).collect()
}

/// The files that `scrutineer fetch` brought.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// The files in the folder.
    pub files: Vec<FetchedFile>,
    /// The folder with the files; `None` if they are not asked for, or the system has no such folder.
    folder: Option<DataFolder>,
    /// What is wrong with the folder, a sentence each.
    pub problems: Vec<String>,
}

impl Fetched {
    /// Looks up the files in the folder.
    pub fn find() -> Self {
        let Some(folder) = DataFolder::find() else { return Self::default() };
        let (files, mut problems) = match folder.list() {
            Ok(files) => (files, Vec::new()),
            Err(error) => (Vec::new(), vec![format!("{}: {error}", damaged(&folder))]),
        };
        problems.extend(replaced(&folder));
        Self { files, folder: Some(folder), problems }
    }

    /// Returns the day on which the files were fetched: that of the file fetched first, if they differ.
    pub fn day(&self) -> Option<Date> {
        self.files.iter().filter_map(FetchedFile::day).min()
    }

    /// Returns the paths of the files.
    pub fn paths(&self) -> Vec<PathBuf> {
        let folder = self.folder.iter();
        folder.flat_map(|folder| self.files.iter().map(|file| folder.path_of(&file.name))).collect()
    }

    /// Reads the files. What is wrong with one that cannot be used is added to `problems`.
    fn parts(&self, problems: &mut Vec<String>) -> Vec<Part> {
        problems.extend(self.problems.clone());
        let Some(folder) = &self.folder else { return Vec::new() };
        let mut parts = Vec::new();
        for FetchedFile { name, .. } in &self.files {
            let read = folder.read(name).ok_or_else(|| anyhow!("cannot read {name}"));
            match read.and_then(|bytes| Ok(from_reader(bytes.as_slice(), name)?)) {
                Ok(loaded) => parts.push(Part::new(loaded, name.clone())),
                Err(error) => problems.push(left_out(&format!("the fetched file {name} is"), &error)),
            }
        }
        parts
    }
}

/// Says that fetched files are left out, with the reason in one line.
fn left_out(what: &str, error: &anyhow::Error) -> String {
    let reason = format!("{error:#}");
    let reason = reason.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    format!("{what} left out; `scrutineer fetch` brings today's: {reason}")
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
/// As for [`open`]. Fetched files that cannot be used are left out instead.
pub fn open_telling(files: &Files, progress: &Progress) -> anyhow::Result<Opened> {
    let mut problems = Vec::new();
    let fetched = files.fetched.parts(&mut problems);
    let has_fetched = !fetched.is_empty();
    let (loaded, name) = match join_all(files, fetched, progress) {
        Err(error) if has_fetched => {
            let without = join_all(files, Vec::new(), progress)?;
            problems.push(left_out("the fetched files are", &error));
            without
        }
        joined => joined?,
    };
    Ok(Opened { loaded, name, problems })
}

fn join_all(files: &Files, fetched: Vec<Part>, progress: &Progress) -> anyhow::Result<(Loaded, String)> {
    let mut parts = files
        .paths
        .iter()
        .map(|file| read(file, files.max_megabytes, progress))
        .collect::<anyhow::Result<Vec<Part>>>()
        .map_err(|error| match &files.named_by {
            Some(settings) => {
                let settings = clean(&settings.display().to_string()).into_owned();
                error.context(format!("the settings {settings} name a file that cannot be used"))
            }
            None => error,
        })?;
    if parts.is_empty() && !files.has_record {
        bail!("there is nothing to open: --only-files leaves out the record, and no file is given");
    }
    parts.extend(fetched);
    let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    let name = if names.is_empty() { "the record".to_owned() } else { names.join(" and ") };
    if files.has_record {
        parts.push(Part::record(record()?));
    }
    let loaded = join(parts)?;
    Ok((loaded, name))
}

fn read(path: &Path, max_megabytes: u64, progress: &Progress) -> anyhow::Result<Part> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { clean(&path.display().to_string()).into_owned() };
    let loaded = if is_stdin {
        from_reader(Limited::new(progress.counting(io::stdin().lock()), max_megabytes), &name)?
    } else {
        let file = file(path, &name)?;
        progress.expect(file.metadata().map_or(0, |about| about.len()));
        from_reader(Limited::new(progress.counting(file), max_megabytes), &name)?
    };
    Ok(Part::new(loaded, name))
}

/// Reads at most a number of bytes; more is an error, not the end.
struct Limited<R> {
    reader: R,
    left: u64,
    max_megabytes: u64,
}

impl<R: Read> Limited<R> {
    fn new(reader: R, max_megabytes: u64) -> Self {
        Self { reader, left: max_megabytes.saturating_mul(1_000_000), max_megabytes }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let left = self.left.checked_sub(count as u64);
        self.left = left.ok_or_else(|| {
            let most = self.max_megabytes;
            io::Error::other(format!(
                "it has more than {most} MB; if it is meant to, use --max-size with a larger number"
            ))
        })?;
        Ok(count)
    }
}

fn file(path: &Path, name: &str) -> anyhow::Result<File> {
    let cannot = || format!("cannot read {name}");
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_word = path.extension().is_none() && path.components().count() == 1;
            let hint = is_word.then(|| super::arguments::command_like(name)).map(|command| match command {
                Some(command) => format!("; did you mean `scrutineer {command}`?"),
                None => format!("; did you mean `scrutineer show {name}`?"),
            });
            bail!("{}: there is no such file{}", cannot(), hint.unwrap_or_default())
        }
        Err(error) => return Err(error).with_context(cannot),
    };
    if file.metadata().with_context(cannot)?.is_dir() {
        bail!("cannot read {name}: it is a folder; give the name of a file in it");
    }
    Ok(file)
}
