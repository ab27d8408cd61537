//! The data folder: the files held, those before them, and an index that says where they are from.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use tempfile::{Builder, NamedTempFile};

use crate::dataset::Date;

/// The maximum size of a file, in bytes.
pub const MAX_SIZE: u64 = 10 * 1024 * 1024;

/// The maximum length of the name of a file, in bytes.
const MAX_NAME: usize = 100;

/// The name of the index.
const INDEX: &str = "fetched.json";

/// What is appended to the name of a file for the one before it.
const BEFORE: &str = ".before";

/// The file that is locked while the folder is changed.
const LOCK: &str = ".lock";

/// How the name of a temporary file begins.
const DRAFT: &str = ".fetching-";

/// The age at which a temporary file is no longer being written: no fetch takes as long.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// The maximum size of the index, in bytes.
const MAX_INDEX: u64 = 1 << 20;

/// The maximum number of files in the index.
const MAX_FILES: usize = 100;

/// Whether a file of this name may be kept in the data folder: a short one of plain characters that is not used for
/// anything else there.
pub fn is_name(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let is_own = name == INDEX || name.ends_with(BEFORE);
    (1..=MAX_NAME).contains(&name.len()) && is_plain && !name.starts_with(['.', '-']) && !is_own
}

/// What is known about a file in the data folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedFile {
    /// Its name.
    pub name: String,
    /// Where it is from: an address, or a path on this computer.
    pub address: String,
    /// The `ETag` header of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` header of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// When it was fetched or last found unchanged or, for a copy of a file on this computer, when that was last changed;
    /// as in `2026-11-27T09:30:00Z`.
    pub fetched: String,
    /// Its size in bytes.
    pub size: u64,
}

impl FetchedFile {
    /// Returns the day on which it was fetched or last found unchanged, in the local time zone; `None` if that is not
    /// recorded as a time.
    pub fn day(&self) -> Option<Date> {
        let time: Timestamp = self.fetched.parse().ok()?;
        let day = time.to_zoned_datetime(TimeZone::system()).date();
        Date::of_day(day.year(), day.month(), day.day())
    }
}

/// Returns the current time, to the second.
pub fn now() -> String {
    written(Timestamp::now())
}

/// Returns when a file was last changed, but not later than now, to the second.
pub fn changed(file: &File) -> String {
    let changed = file.metadata().and_then(|about| about.modified()).ok();
    let changed = changed.and_then(|time| Timestamp::try_from(time).ok());
    written(changed.unwrap_or(Timestamp::MAX).min(Timestamp::now()))
}

fn written(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or_default().to_string()
}

/// The folder for fetched files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder {
    /// Its path; it need not exist.
    pub path: PathBuf,
}

impl DataFolder {
    /// Returns `scrutineer` in the data folder of the XDG base directory specification or, on Windows without that, in
    /// `%LOCALAPPDATA%`; `None` if the system has no such folder.
    pub fn find() -> Option<Self> {
        // The specification says to ignore relative paths.
        let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let usual =
            || if cfg!(windows) { named("LOCALAPPDATA") } else { Some(std::env::home_dir()?.join(".local/share")) };
        let path = named("XDG_DATA_HOME").or_else(usual)?.join("scrutineer");
        Some(Self { path })
    }

    /// Returns what is held, in the order in which it was first fetched; nothing if the folder does not exist. A file
    /// that was removed from the folder is no longer held.
    ///
    /// # Errors
    /// Returns an error if the index exists and cannot be read.
    pub fn list(&self) -> io::Result<Vec<FetchedFile>> {
        let mut all = self.indexed()?;
        // A pipe or a folder of that name is not what was fetched, and reading a pipe would wait for ever.
        all.retain(|file| self.path_of(&file.name).is_file());
        Ok(all)
    }

    /// Returns the names of what was fetched in whose place there is something else now: a folder, a pipe, a link to nothing.
    pub fn replaced(&self) -> Vec<String> {
        let is_replaced = |name: &String| {
            let path = self.path_of(name);
            !path.is_file() && fs::symlink_metadata(&path).is_ok()
        };
        self.indexed().unwrap_or_default().into_iter().map(|file| file.name).filter(is_replaced).collect()
    }

    /// Returns what the index names, held or not.
    fn indexed(&self) -> io::Result<Vec<FetchedFile>> {
        let mut file = match self.not_a_pipe(INDEX).and_then(File::open) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            opened => opened?.take(MAX_INDEX),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut all: Vec<FetchedFile> = serde_json::from_slice(&bytes).map_err(io::Error::from)?;
        all.truncate(MAX_FILES);
        if let Some(file) = all.iter().find(|file| !is_name(&file.name)) {
            return Err(io::Error::other(format!("{:?} is not the name of a fetched file", file.name)));
        }
        Ok(all)
    }

    /// Returns what is known about a file; `None` if that cannot be found out.
    pub fn entry(&self, name: &str) -> Option<FetchedFile> {
        self.list().ok()?.into_iter().find(|file| file.name == name)
    }

    /// Returns the path of a file, held or not.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Returns the path of the file before one, which need not exist.
    pub fn path_before(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{BEFORE}"))
    }

    /// Reads a file; `None` if it cannot be read or is too large.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let path = Some(self.path_of(name)).filter(|path| path.is_file())?;
        File::open(path).ok()?.take(MAX_SIZE + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MAX_SIZE).then_some(bytes)
    }

    /// Creates a temporary file in the folder, which is removed if it is not kept. Those that were left behind, when a
    /// signal ended the program, are removed too.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be created or written to.
    pub fn temporary(&self) -> io::Result<NamedTempFile> {
        fs::create_dir_all(&self.path)?;
        for entry in fs::read_dir(&self.path)?.flatten() {
            let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
            if entry.file_name().to_string_lossy().starts_with(DRAFT) && age().is_some_and(|age| age > LEFT_BEHIND) {
                // If that fails, it only takes space.
                let _ = fs::remove_file(entry.path());
            }
        }
        Builder::new().prefix(DRAFT).tempfile_in(&self.path)
    }

    /// Puts a new file in the place of the one held, which is kept as the one before if `has_before`. At no time is there
    /// no file.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written to.
    pub fn keep(&self, file: NamedTempFile, entry: FetchedFile, has_before: bool) -> io::Result<()> {
        let _lock = self.lock()?;
        // All three are checked before one of them is changed.
        self.not_a_folder(INDEX)?;
        self.not_a_folder(&format!("{}{BEFORE}", entry.name))?;
        let path = self.not_a_folder(&entry.name)?;
        if has_before && path.is_file() {
            let mut before = self.temporary()?;
            io::copy(&mut File::open(&path)?, before.as_file_mut())?;
            before.as_file().sync_all()?;
            before.persist(self.path_before(&entry.name))?;
        }
        file.as_file().sync_all()?;
        file.persist(path)?;
        self.write_entry(entry)
    }

    /// Waits until no other fetch changes the folder, and keeps others from it as long as the file is open.
    fn lock(&self) -> io::Result<File> {
        fs::create_dir_all(&self.path)?;
        let file = File::options().create(true).truncate(false).write(true).open(self.not_a_pipe(LOCK)?)?;
        file.lock()?;
        Ok(file)
    }

    /// Returns the path of a file of the folder, which may not exist; opening a pipe would wait for ever.
    fn not_a_pipe(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.path.join(name);
        match fs::metadata(&path) {
            Ok(found) if !found.is_file() => Err(io::Error::other(format!("{name} is not a file; remove it"))),
            _ => Ok(path),
        }
    }

    /// Returns the path of a file to be replaced; a folder in its place cannot be.
    fn not_a_folder(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.path.join(name);
        if path.is_dir() { Err(io::Error::other(format!("{name} is a folder; remove it"))) } else { Ok(path) }
    }

    /// Returns the names of the files in the folder that the index does not have, in order.
    pub fn strays(&self) -> Vec<String> {
        let held = self.indexed().unwrap_or_default();
        let is_ours = |name: &str| {
            let stem = name.strip_suffix(BEFORE).unwrap_or(name);
            name == INDEX || name.starts_with(DRAFT) || name == LOCK || held.iter().any(|file| file.name == stem)
        };
        let names = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut strays: Vec<String> = names.filter(|name| !is_ours(name)).collect();
        strays.sort();
        strays.truncate(MAX_FILES);
        strays
    }

    /// Records what is known about a file. An index that cannot be read is replaced.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written to.
    pub fn note(&self, entry: FetchedFile) -> io::Result<()> {
        let _lock = self.lock()?;
        self.write_entry(entry)
    }

    /// Writes the index with an entry; the folder is locked.
    fn write_entry(&self, entry: FetchedFile) -> io::Result<()> {
        let mut all = self.list().unwrap_or_default();
        match all.iter_mut().find(|file| file.name == entry.name) {
            Some(known) => *known = entry,
            None => all.push(entry),
        }
        let mut file = self.temporary()?;
        serde_json::to_writer_pretty(file.as_file_mut(), &all)?;
        file.as_file_mut().write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(self.path.join(INDEX))?;
        Ok(())
    }
}
