//! Detects the format of a file from its content, not its name, and loads it.

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::{Loaded, Unusable, from_json};
use crate::dataset::{Authority, Location, Problem};
use crate::load::ilacs::{from_csv, from_ods, from_xlsx};
use crate::text::clean;

/// The maximum number of bytes read from a file that has to be in memory as a whole.
const MOST_WHOLE: u64 = 4 * 1024 * 1024 * 1024;

/// How many bytes are read at a time to detect the format.
const LOOKED_AT: u64 = 1 << 16;

/// The maximum amount of white space before the first other character of a file, in bytes.
const MOST_WHITE: u64 = 1 << 20;

/// The first bytes of a compound file: a workbook in the old XLS format, or a password-protected one.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What an OpenDocument spreadsheet has at its start: the contents of its first part, which is not compressed.
const OPEN_DOCUMENT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";

/// Loads a dataset in JSON, an ILACS history in CSV or an ILACS overview in XLSX. `name` is used in messages.
///
/// # Errors
/// Returns an error if the file cannot be read or nothing in it can be used; it says what was found and what to do.
pub fn from_reader(reader: impl Read, name: &str) -> Result<Loaded, Unusable> {
    let mut loaded = read(reader, name)?;
    if loaded.dataset.authorities.iter().any(Authority::has_page_of_another) {
        Arc::make_mut(&mut loaded.dataset).authorities.iter_mut().for_each(Authority::leave_out_pages_of_others);
    }
    Ok(loaded)
}

fn read(reader: impl Read, name: &str) -> Result<Loaded, Unusable> {
    let name = clean(name);
    let refuse = |found: &str, expected: &str| {
        let problem =
            Problem { location: Location::Path(String::new()), found: found.to_owned(), expected: expected.to_owned() };
        Unusable::new(name.clone().into_owned(), vec![problem])
    };
    let cannot = |error: std::io::Error| refuse(&format!("a file that cannot be read ({error})"), "a readable file");
    let mut reader = reader;
    let start = start_of(&mut reader).map_err(cannot)?;
    let kind = kind(&start);
    let reader = Cursor::new(start).chain(reader);
    match kind {
        Kind::Nothing => Err(refuse("nothing: the file is empty", WANTED)),
        Kind::Workbook => {
            let bytes = whole(reader).map_err(cannot)?;
            if is_open_document(&bytes) { from_ods(&bytes, &name) } else { from_xlsx(&bytes, &name) }
        }
        Kind::OpenDocument => from_ods(&whole(reader).map_err(cannot)?, &name),
        Kind::Compound => Err(refuse(
            "a workbook that has a password, or one of the old XLS format",
            "an XLSX file without a password; open it in a spreadsheet and save it as that",
        )),
        Kind::Wide => Err(refuse("text in UTF-16", "text in UTF-8; save it as CSV UTF-8")),
        Kind::Binary => Err(refuse("binary data, not text", WANTED)),
        Kind::Json => from_json(&whole(reader).map_err(cannot)?, &name),
        Kind::Text => from_csv(reader, &name),
    }
}

/// The formats that can be opened, as named in messages.
const WANTED: &str = "a dataset of scrutineer in JSON, or a table of inspections in CSV, XLSX or ODS";

enum Kind {
    Nothing,
    Workbook,
    OpenDocument,
    Compound,
    Wide,
    Binary,
    Json,
    Text,
}

fn kind(start: &[u8]) -> Kind {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        None => Kind::Nothing,
        _ if start.starts_with(b"PK\x03\x04")
            && start.get(..100).unwrap_or(start).windows(OPEN_DOCUMENT.len()).any(|part| part == OPEN_DOCUMENT) =>
        {
            Kind::OpenDocument
        }
        _ if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") => Kind::Workbook,
        _ if start.starts_with(COMPOUND) => Kind::Compound,
        _ if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") => Kind::Wide,
        Some(b'{' | b'[') => Kind::Json,
        _ if start.contains(&0) => Kind::Binary,
        Some(_) => Kind::Text,
    }
}

/// Whether an archive is an OpenDocument spreadsheet whose first part does not say so: some programs compress that part,
/// or leave it out.
fn is_open_document(bytes: &[u8]) -> bool {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    archive.index_for_name("content.xml").is_some() && archive.index_for_name("xl/workbook.xml").is_none()
}

fn whole(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MOST_WHOLE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns enough of the start of a file to determine its format: at least one byte that is not white space, and
/// normally [`LOOKED_AT`] bytes, however few the reader returns at once.
fn start_of(reader: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    loop {
        let read = reader.by_ref().take(LOOKED_AT).read_to_end(&mut start)?;
        let is_white = start.iter().all(u8::is_ascii_whitespace);
        if read == 0 || !is_white || start.len() as u64 >= MOST_WHITE {
            return Ok(start);
        }
    }
}
