//! Exports the list to a file: the whole file or none of it, and an existing file only after confirmation.

use std::io::{self, Write};
use std::path::Path;

use crate::app::{App, Exported, Overwrite, ending};
use crate::report::{Format, List};
use crate::text::plural;

/// Exports the list to a path, in the format of its extension.
pub fn export(app: &App, path: &str, over: Overwrite) -> Exported {
    let table = app.exported_table();
    let listing = table.as_ref().unwrap_or(app.listing());
    match write_file(Path::new(path), over, |out| List(listing).write(out, format(path), None)) {
        Ok(()) => Exported::Written(format!("wrote {} to {path}", plural(listing.len(), "authority", "authorities"))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Exported::IsThere,
        Err(error) => Exported::Failed(format!("cannot write {path}: {error}")),
    }
}

/// Writes a file through a temporary one in the same folder, which is renamed only once it is complete.
///
/// # Errors
/// If the file exists and may not be overwritten, or if it cannot be written. What was there is kept then.
pub fn write_file(
    path: &Path,
    over: Overwrite,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::Error::other("it is a folder; give the name of a file"));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut draft = draft(path)?.tempfile_in(folder)?;
    let mut out = io::BufWriter::new(&mut draft);
    write(&mut out)?;
    out.flush()?;
    drop(out);
    let kept = match over {
        Overwrite::Never => draft.persist_noclobber(path),
        Overwrite::Confirmed => draft.persist(path),
    };
    kept.map(drop).map_err(|refused| refused.error)
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
