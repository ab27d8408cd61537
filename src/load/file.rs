//! Detects the format of a file from its content, not its name, and loads it.

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::noted::impossible_days;
use super::{Loaded, Unusable, from_json};
use crate::dataset::{Authority, Location, Problem};
use crate::load::ilacs::{from_csv, from_ods, from_xlsx, wide};
use crate::text::{clean, list};

/// The maximum number of bytes read from a file that has to be in memory as a whole.
const MAX_WHOLE: u64 = 4 * 1024 * 1024 * 1024;

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
    let days = impossible_days(&loaded.dataset, &clean(name));
    loaded.remarks.extend(days);
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
            if let Some((found, expected)) = other_archive(&bytes) {
                return Err(refuse(&found, &expected));
            }
            if is_open_document(&bytes) { from_ods(&bytes, &name) } else { from_xlsx(&bytes, &name) }
        }
        Kind::OpenDocument => from_ods(&whole(reader).map_err(cannot)?, &name),
        Kind::Other(found, expected) => Err(refuse(found, expected)),
        Kind::Json => from_json(&whole(reader).map_err(cannot)?, &name),
        Kind::Text => from_csv(&whole(reader).map_err(cannot)?, &name),
    }
}

/// The formats that can be opened, as named in messages.
const WANTED: &str = "a dataset of scrutineer in JSON, or a table of inspections in CSV, XLSX or ODS";

enum Kind {
    Nothing,
    Workbook,
    OpenDocument,
    /// Something that is no table: what it is, and what to do.
    Other(&'static str, &'static str),
    Json,
    Text,
}

/// What is said of a web page, which begins with an element or a comment.
const WEB_PAGE: (&str, &str) =
    ("a web page, not a table", "the file itself; open the page in a browser and save the file it links to");

/// What is said of a web page with a table, which some programs save as a workbook.
const WEB_TABLE: (&str, &str) =
    ("a web page with a table", "a table in CSV, XLSX or ODS; open it in a spreadsheet and save it as one of these");

/// What files that are no tables begin with, what they are, and what to do. The first bytes of text are compared in lower case.
const OTHERS: [(&[u8], &str, &str); 11] = [
    (b"<?xml", "XML, not a table", "a table; open it in a spreadsheet and save it as XLSX or CSV"),
    (
        b"version https://git-lfs",
        "a pointer to a file that Git LFS keeps, not the file",
        "the file itself; `git lfs pull` brings it",
    ),
    (b"\x1f\x8b", "a file compressed with gzip", "the file inside; unpack it first"),
    (b"bzh", "a file compressed with bzip2", "the file inside; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a file compressed with Zstandard", "the file inside; unpack it first"),
    (b"{\\rtf", "a document in RTF, not a table", "a table in CSV, XLSX or ODS"),
    (b"\xff\xfe\0\0", "text in UTF-32", "text in UTF-8; save it as CSV UTF-8"),
    (b"%pdf", "a PDF document, not a table", "a table in CSV, XLSX or ODS; look for one beside the document"),
    (b"7z\xbc\xaf", "an archive of 7-Zip", "the file inside; unpack it first"),
    (b"rar!", "a RAR archive", "the file inside; unpack it first"),
    (b"sqlite format 3", "a database of SQLite", "a table; save it as CSV"),
];

fn kind(start: &[u8]) -> Kind {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let Some(first) = text.iter().position(|byte| !byte.is_ascii_whitespace()) else { return Kind::Nothing };
    let text = text.get(first..).unwrap_or_default();
    let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        let is_document =
            start.get(..100).unwrap_or(start).windows(OPEN_DOCUMENT.len()).any(|part| part == OPEN_DOCUMENT);
        return if is_document { Kind::OpenDocument } else { Kind::Workbook };
    }
    if text.first() == Some(&b'<') && !begins(b"<?xml") && !begins(b"<<") {
        let has_table = start.windows(6).any(|part| part.eq_ignore_ascii_case(b"<table"));
        return if has_table { Kind::Other(WEB_TABLE.0, WEB_TABLE.1) } else { Kind::Other(WEB_PAGE.0, WEB_PAGE.1) };
    }
    if let Some((_, found, expected)) = OTHERS.iter().find(|(with, ..)| begins(with)) {
        return Kind::Other(found, expected);
    }
    match text.first() {
        _ if start.starts_with(COMPOUND) => compound(start),
        _ if wide(start).is_some() => Kind::Text,
        Some(b'{' | b'[') => Kind::Json,
        _ if start.contains(&0) => Kind::Other("binary data, not text", WANTED),
        _ => Kind::Text,
    }
}

/// Tells the compound files apart, by the names of their parts.
fn compound(start: &[u8]) -> Kind {
    let has_part = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        start.windows(wide.len()).any(|part| part == wide.as_slice())
    };
    if has_part("EncryptedPackage") {
        return Kind::Other(
            "a workbook with a password",
            "one without; open it in a spreadsheet and save it without a password",
        );
    }
    if has_part("WordDocument") {
        return Kind::Other("a Word document, not a table", "a table in CSV, XLSX or ODS");
    }
    Kind::Other(
        "a workbook that has a password, or one of the old XLS format",
        "an XLSX file without a password; open it in a spreadsheet and save it as that",
    )
}

/// Says what an archive is that is no workbook, by the names in it; `None` if it is one, or cannot be read.
fn other_archive(bytes: &[u8]) -> Option<(String, String)> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let found = |found: &str, expected: &str| Some((found.to_owned(), expected.to_owned()));
    if has("xl/workbook.xml")
        || has("content.xml")
        || has("[content_types].xml") && !has("word/document.xml") && !has("xl/workbook.bin")
    {
        return None;
    }
    if has("word/document.xml") {
        return found("a Word document, not a table", "a table in CSV, XLSX or ODS");
    }
    if has("xl/workbook.bin") {
        return found("a binary workbook (XLSB)", "an XLSX file; open it in a spreadsheet and save it as that");
    }
    if names.iter().any(|name| name.to_lowercase().ends_with(".iwa")) {
        return found("a document of Numbers or Pages", "an XLSX or CSV file; export it as that");
    }
    let is_table = |name: &&String| {
        let name = name.to_lowercase();
        [".csv", ".tsv", ".txt", ".xlsx", ".ods", ".json"].iter().any(|ending| name.ends_with(ending))
    };
    let tables: Vec<String> = names.iter().filter(is_table).take(3).map(|name| clean(name).into_owned()).collect();
    match tables.is_empty() {
        true if names.is_empty() => None,
        true => found("an archive without a table in it", WANTED),
        false => Some((format!("an archive with {}", list(&tables)), "the file inside; unpack it first".to_owned())),
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
    reader.take(MAX_WHOLE.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MAX_WHOLE {
        true => Err(std::io::Error::other("it is larger than 4 gigabytes")),
        false => Ok(bytes),
    }
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
