//! `scrutineer fetch`: brings public files into the data folder. The only module that opens a network connection, and
//! only when it is asked to.
//!
//! A file is written beside the one held, read by our own reader, compared with the one held, and only then renamed.

mod address;
mod answer;
mod check;
mod failure;
mod folder;
#[cfg(feature = "fetch")]
mod http;
#[cfg(not(feature = "fetch"))]
#[path = "offline.rs"]
mod http;
#[cfg(feature = "fetch")]
mod proxy;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use address::{Address, DEFAULT_ADDRESSES, Place, Wanted, wanted, wanted_from};
pub use failure::Failure;
pub use folder::{DataFolder, FetchedFile, MAX_SIZE};

use crate::text::plural;
use answer::Answer;
use check::check;
use http::Client;

/// How long to wait for a connection, and for the first byte of an answer, if the settings do not say, in seconds.
pub const DEFAULT_TIMEOUT_SECONDS: u32 = 20;

/// Brings files into a data folder, and says what it does in sentences.
pub struct Fetcher<'f> {
    folder: &'f DataFolder,
    client: Client,
    /// Whether a file is taken that has many other grades, or fewer inspections than the record.
    accepts: bool,
    say: &'f mut dyn FnMut(&str),
}

impl<'f> Fetcher<'f> {
    /// Prepares to fetch into a folder. `timeout` limits the wait for a connection, and for the first byte of an answer.
    /// With `accepts`, a file is taken though many of its grades are other ones, and a first file though it lacks inspections of
    /// the record.
    pub fn new(folder: &'f DataFolder, timeout: Duration, accepts: bool, say: &'f mut dyn FnMut(&str)) -> Self {
        Self { folder, client: Client::new(timeout), accepts, say }
    }

    /// Brings a file from the first place that has a usable one. Returns whether it could; says why not.
    pub fn fetch(&mut self, wanted: &Wanted) -> bool {
        for place in &wanted.places {
            match self.fetch_from(&wanted.name, place) {
                Ok(done) => {
                    (self.say)(&done);
                    return true;
                }
                Err(failure) => {
                    let kept = self.folder.path_of(&wanted.name).exists();
                    let kept = if kept { " The file held before stays." } else { "" };
                    (self.say)(&format!("{} was not taken: {failure}{kept}", wanted.name));
                }
            }
        }
        false
    }

    fn fetch_from(&mut self, name: &str, place: &Place) -> Result<String, Failure> {
        let cannot = |error: io::Error| Failure::Folder(self.folder.path.clone(), error.to_string());
        let before = self.folder.read(name);
        let current =
            self.folder.entry(name).filter(|file| before.as_ref().is_some_and(|b| b.len() as u64 == file.size));
        let mut bytes = Vec::new();
        let answer = match place {
            Place::File(path) => {
                (self.say)(&format!("copying {name} from {}", path.display()));
                copy(path, &mut bytes)?
            }
            Place::Address(address) => {
                let through = self.client.proxy_of(address).map(|proxy| format!(" through the proxy {proxy}"));
                (self.say)(&format!(
                    "getting {name} from {}{}: {address}",
                    address.host(),
                    through.unwrap_or_default()
                ));
                let known = current.as_ref().filter(|file| file.address == address.to_string());
                self.client.get(address, known, &mut bytes, self.say)?
            }
        };
        match (answer, current) {
            (Answer::Unchanged, Some(current)) => {
                self.folder.note(FetchedFile { fetched: folder::now(), ..current }).map_err(cannot)?;
                Ok(format!("{name}: unchanged"))
            }
            (Answer::Unchanged, None) => Err(Failure::Status(304)),
            (Answer::Body { etag, last_modified, time }, current) => {
                let (name, address) = (name.to_owned(), place.to_string());
                let size = bytes.len() as u64;
                let entry = FetchedFile { name: name.clone(), address, etag, last_modified, fetched: time, size };
                if before.as_ref() == Some(&bytes) {
                    // An old copy of the same file does not make it older.
                    let fetched = current.map_or_else(String::new, |file| file.fetched).max(entry.fetched);
                    self.folder.note(FetchedFile { fetched, ..entry }).map_err(cannot)?;
                    return Ok(format!("{name}: unchanged"));
                }
                let mut file = self.folder.temporary().map_err(cannot)?;
                file.write_all(&bytes).map_err(cannot)?;
                let found = check(&name, &bytes, before.as_deref(), self.accepts)?;
                self.folder.keep(file, entry, found.has_before).map_err(cannot)?;
                let inspections = plural(found.inspections, "inspection", "inspections");
                let newest = found.newest.map(|day| format!(", the newest of {day}")).unwrap_or_default();
                for remark in found.remarks.iter().take(MOST_REMARKS) {
                    (self.say)(remark);
                }
                let changed = match found.has_before {
                    true => format!(
                        "; {} than in the file before",
                        plural(found.changed, "grade is other", "grades are other")
                    ),
                    false => String::new(),
                };
                let differ = plural(found.differ, "grade differs", "grades differ");
                Ok(format!("{name}: new, with {inspections}{newest}{changed}; {differ} from the record"))
            }
        }
    }
}

/// The maximum number of remarks on a file that are told; `scrutineer check` has all.
const MOST_REMARKS: usize = 10;

/// Copies a file, if it is not too large.
fn copy(path: &Path, into: &mut Vec<u8>) -> Result<Answer, Failure> {
    let cannot = |error: io::Error| Failure::Unreadable(PathBuf::from(path), error.to_string());
    let from = File::open(path).map_err(cannot)?;
    let time = folder::changed(&from);
    from.take(MAX_SIZE + 1).read_to_end(into).map_err(cannot)?;
    if into.len() as u64 > MAX_SIZE {
        Err(Failure::TooLarge)
    } else {
        Ok(Answer::Body { etag: None, last_modified: None, time })
    }
}
