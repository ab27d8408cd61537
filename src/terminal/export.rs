//! Exports the list, or the page, table or map on top, to a file: the whole file or none of it, and an existing file only after
//! confirmation.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::interrupt::{Interrupt, Interruptible};
use crate::app::{App, ExportOf, Exported, Overwrite, ending};
use crate::dataset::{Authority, CodeKind, TimelineEntry};
use crate::report::{Areas, Events, Format, List, MapAnswer, Show, Stats};
use crate::text::clean;

/// Exports what the person chose to a path, in the format of its extension. A `~` at its start is the home folder.
pub fn export(app: &App, path: &str, over: Overwrite) -> Exported {
    let of = app.export_of();
    let file = at_home(path);
    let is_open = || app.read().iter().any(|open| is_same(Path::new(open), &file));
    match write_file(&file, over, |out| write_answer(app, &of, out, format(path))) {
        Ok(()) => Exported::Written(format!("wrote {} to {path}", of.words(app.listing().len()))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Exported::IsThere { is_open: is_open() },
        Err(error) => Exported::Failed(format!("cannot write {path}: {error}")),
    }
}

fn write_answer(app: &App, of: &ExportOf, out: &mut dyn Write, format: Format) -> io::Result<()> {
    let listing = app.listing();
    match of {
        ExportOf::List => List(listing).write(out, format, None),
        ExportOf::Council(id, _) => match listing.authority(*id) {
            Some(authority) => Show { dataset: listing.dataset(), authority }.write(out, format, None),
            None => Ok(()),
        },
        ExportOf::Table(authorities, filter) => List(&listing.of(authorities, filter.clone())).write(out, format, None),
        ExportOf::Regions => {
            let all = listing.filtered(listing.view().as_at(), Default::default());
            Stats(&all).write_by_region(out, format, None)
        }
        ExportOf::Years => {
            Stats(listing).write_by_year(listing.view().framework().map(AsRef::as_ref), out, format, None)
        }
        ExportOf::Events(kind, words, councils) => {
            let only = vec![words.clone()];
            let as_at = listing.view().as_at();
            let chosen: Vec<&Authority> = councils.iter().filter_map(|id| listing.authority(*id)).collect();
            let is_wanted = |authority: &Authority, event: &TimelineEntry| {
                event.counts_as_at(as_at) && chosen.iter().any(|one| std::ptr::eq(*one, authority))
            };
            Events::new(listing.dataset(), only, &[*kind], is_wanted).write(out, format, None)
        }
        ExportOf::Asked(None) => Areas(listing).write_codes(CodeKind::Subject, out, format, None),
        ExportOf::Asked(Some((id, _))) => match listing.authority(*id) {
            Some(authority) => Areas(listing).write_of_council(authority, out, format, None),
            None => Ok(()),
        },
        ExportOf::Map(view) => {
            let listing = &listing.filtered(view.as_at, listing.filter().clone());
            MapAnswer { listing, view }.write(out, format, None)
        }
    }
}

/// Replaces a `~` at the start of a path with the home folder, as a shell does.
pub fn at_home(path: impl AsRef<Path>) -> PathBuf {
    let path = path.as_ref();
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

/// Whether two paths lead to one file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Writes a file through a temporary one in the same folder, which is renamed only once it is complete and on the disk.
/// Through a symbolic link, its target is written.
///
/// # Errors
/// If the file exists and may not be overwritten, if it is a device, a pipe or read-only, if it cannot be written, or if
/// a signal came that ends the program ([`Interrupted`](super::Interrupted)). What was there is kept then.
pub fn write_file(
    path: &Path,
    over: Overwrite,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let target = target(path)?;
    if let Ok(there) = std::fs::metadata(&target) {
        let refused = match there.file_type() {
            kind if kind.is_dir() => Some("it is a folder; give the name of a file"),
            kind if !kind.is_file() => Some("it is a device or a pipe; give the name of a file"),
            _ if there.permissions().readonly() => Some("it is read-only; give another name, or permit writing to it"),
            _ => None,
        };
        if let Some(words) = refused {
            return Err(io::Error::other(words));
        }
    }
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io::Error::other(format!("there is no folder {}", clean(&folder.display().to_string()))));
    }
    let interrupt = Interrupt::listen()?;
    // The message of the error names the temporary file, which means nothing to the person.
    let mut draft = draft(&target)?.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    let mut out = io::BufWriter::new(Interruptible { out: draft.as_file_mut(), interrupt: &interrupt });
    write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Ok(there) = std::fs::metadata(&target) {
        // Its permissions were limited to those of a new file.
        draft.as_file().set_permissions(there.permissions())?;
    }
    draft.as_file().sync_all()?;
    interrupt.check()?;
    let kept = match over {
        Overwrite::Never => draft.persist_noclobber(&target),
        Overwrite::Confirmed => draft.persist(&target),
    };
    kept.map(drop).map_err(|refused| refused.error)
}

/// Writes files into a new folder, or into one that is empty: all of them or nothing. `write` is passed what takes each file, by its
/// path within the folder.
///
/// # Errors
/// If there is something in the folder already, if a file cannot be written, or if a signal came that ends the program
/// ([`Interrupted`](super::Interrupted)).
pub fn write_folder(
    path: &Path,
    write: impl FnOnce(&mut dyn FnMut(&str, &str) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<()> {
    let is_new = match std::fs::read_dir(path) {
        Ok(entries) => match entries.filter_map(Result::ok).find(|entry| !is_draft(&entry.file_name())) {
            Some(_) => return Err(io::Error::other("there are files in it; name a new folder, or empty it")),
            None => false,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(error),
    };
    let interrupt = Interrupt::listen()?;
    if is_new {
        std::fs::create_dir(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::other("there is no folder to make it in"),
            _ => error,
        })?;
    }
    let written = fill(path, &interrupt, write);
    if written.is_err() && is_new {
        // What was there before was nothing.
        let _ = std::fs::remove_dir(path);
    }
    written
}

/// What the name of a folder begins with that is being written.
const DRAFT: &str = ".site-";

fn is_draft(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with(DRAFT)
}

/// Writes files into a folder of their own within an empty one, and moves them up once they are complete.
fn fill(
    path: &Path,
    interrupt: &Interrupt,
    write: impl FnOnce(&mut dyn FnMut(&str, &str) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<()> {
    // What a program that was killed has left behind.
    for entry in std::fs::read_dir(path)?.filter_map(Result::ok).filter(|entry| is_draft(&entry.file_name())) {
        std::fs::remove_dir_all(entry.path())?;
    }
    // The message of the error would name the temporary folder, which means nothing to the person.
    let draft =
        tempfile::Builder::new().prefix(DRAFT).tempdir_in(path).map_err(|error| io::Error::from(error.kind()))?;
    write(&mut |file, text| {
        interrupt.check()?;
        let place = draft.path().join(file);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&place, text)
    })?;
    interrupt.check()?;
    for entry in std::fs::read_dir(draft.path())? {
        let entry = entry?;
        std::fs::rename(entry.path(), path.join(entry.file_name()))?;
    }
    Ok(())
}

/// The maximum number of symbolic links that are followed.
const MOST_LINKS: usize = 40;

/// Returns what a path leads to, through symbolic links, whether that exists or not.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match std::fs::read_link(&target) {
            Ok(next) => target = target.parent().map_or(next.clone(), |folder| folder.join(&next)),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

/// Creates the temporary file with the permissions of the existing file, or else those of any new file.
#[cfg(unix)]
fn draft(path: &Path) -> io::Result<tempfile::Builder<'static, 'static>> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = match std::fs::metadata(path) {
        Ok(there) => there.permissions(),
        Err(_) => std::fs::Permissions::from_mode(0o666),
    };
    let mut builder = tempfile::Builder::new();
    builder.permissions(permissions);
    Ok(builder)
}

/// Creates the temporary file with the system's default permissions.
#[cfg(not(unix))]
fn draft(_: &Path) -> io::Result<tempfile::Builder<'static, 'static>> {
    Ok(tempfile::Builder::new())
}

fn format(path: &str) -> Format {
    ending(path).and_then(Format::from_ending).unwrap_or_default()
}
