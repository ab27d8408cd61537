//! Any file: what it is, its content says, not its name.

use std::io::{BufRead, BufReader, Cursor, Read};

use super::{Loaded, Unusable, from_json};
use crate::dataset::{Place, Problem};
use crate::load::ilacs::{from_csv, from_xlsx};
use crate::text::clean;

/// The most read of a file that has to be in memory whole before it is looked at, in bytes.
const MOST_WHOLE: u64 = 4 * 1024 * 1024 * 1024;

/// What an old or protected workbook of a spreadsheet begins with.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Reads a dataset in JSON, a history in CSV or an overview in XLSX. `name` is what messages call it.
///
/// # Errors
/// Where it cannot be read, or nothing in it can be used; the error says what was found and what to do.
pub fn from_reader(reader: impl Read, name: &str) -> Result<Loaded, Unusable> {
    let name = clean(name);
    let refuse = |found: &str, allowed: &str| {
        let problem =
            Problem { place: Place::Path(String::new()), found: found.to_owned(), allowed: allowed.to_owned() };
        Unusable { name: name.clone().into_owned(), problems: vec![problem] }
    };
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let cannot = |error: std::io::Error| refuse(&format!("what cannot be read ({error})"), "a file that can be");
    let start = reader.fill_buf().map_err(cannot)?.to_vec();
    match kind(&start) {
        Kind::Nothing if start.len() < 1 << 16 => Err(refuse("nothing: the file is empty", WANTED)),
        Kind::Workbook => from_xlsx(&whole(reader).map_err(cannot)?, &name),
        Kind::Compound => Err(refuse(
            "a workbook that has a password, or one of the old XLS format",
            "an XLSX file without a password; open it in a spreadsheet and save it as that",
        )),
        Kind::Wide => Err(refuse("text in UTF-16", "text in UTF-8; save it as CSV UTF-8")),
        Kind::Binary => Err(refuse("bytes that are no text", WANTED)),
        Kind::Json => from_json(&whole(reader).map_err(cannot)?, &name),
        Kind::Nothing | Kind::Text => from_csv(Cursor::new(start.clone()).chain(after(reader, start.len())), &name),
    }
}

/// What can be opened.
const WANTED: &str = "a dataset of scrutineer in JSON, an ILACS history in CSV, or an ILACS overview in XLSX";

enum Kind {
    Nothing,
    Workbook,
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
        _ if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") => Kind::Workbook,
        _ if start.starts_with(COMPOUND) => Kind::Compound,
        _ if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") => Kind::Wide,
        Some(b'{' | b'[') => Kind::Json,
        _ if start.contains(&0) => Kind::Binary,
        Some(_) => Kind::Text,
    }
}

fn whole(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MOST_WHOLE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What follows the bytes that were looked at already.
fn after<R: Read>(mut reader: BufReader<R>, count: usize) -> BufReader<R> {
    reader.consume(count);
    reader
}
