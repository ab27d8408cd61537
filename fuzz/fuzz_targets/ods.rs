//! Any text as the tables of a spreadsheet (ODS): read, or refused with a problem that is named.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use scrutineer::load::from_reader;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Returns a spreadsheet of these tables, given as XML.
fn spreadsheet(tables: &str) -> Option<Vec<u8>> {
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let names: String = ["office", "table", "text"]
        .map(|name| format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .concat();
    let content = format!(
        "<office:document-content{names}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<manifest/>"),
    ] {
        archive.start_file(name, stored).ok()?;
        archive.write_all(text.as_bytes()).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

fuzz_target!(|tables: &str| {
    let Some(bytes) = spreadsheet(tables) else { return };
    if let Err(refusal) = from_reader(bytes.as_slice(), "fuzzed") {
        assert!(!refusal.problems.is_empty());
    }
});
