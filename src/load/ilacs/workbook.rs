//! Looks at the parts of a workbook before they are read as one: how much they hold, and whether every cell
//! that points at a shared text points at one that is there.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::clean;

/// The most that a workbook may hold unpacked, in bytes. An overview has half a megabyte; a small file
/// that unpacks to gigabytes is not a workbook of inspections.
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// The most cells named in one message.
const NAMED: usize = 10;

/// Why a workbook is not opened: what was found, and what was expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub found: String,
    pub expected: &'static str,
}

/// Checks a workbook.
///
/// # Errors
/// If it holds too much, is cut off or damaged, or has a cell whose text is missing.
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let names = names(&mut archive)?;
    let (tables, others): (Vec<_>, Vec<_>) =
        names.iter().enumerate().partition(|(_, name)| name.ends_with("sharedstrings.xml"));
    let mut texts = 0;
    for (index, _) in tables {
        texts = count_texts(part(&mut archive, index)?)?;
    }
    let mut missing = Vec::new();
    for (index, _) in others.into_iter().filter(|(_, name)| name.ends_with(".xml")) {
        find_missing(part(&mut archive, index)?, texts, &mut missing);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let more = missing.len().saturating_sub(NAMED);
    missing.truncate(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Err(Fault {
        found: format!("cells that point at texts which the workbook does not hold: {}{more}", missing.join(", ")),
        expected: "a text for every cell; open the workbook in a spreadsheet, correct the cells and save it",
    })
}

type Archive<'b> = zip::ZipArchive<Cursor<&'b [u8]>>;

/// The names of all parts, in lower case; together they stay below [`MAX_UNPACKED`], whatever their headers claim.
fn names(archive: &mut Archive<'_>) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(&error))?;
        names.push(part.name().map(|name| name.to_lowercase()).unwrap_or_default());
        let size = io::copy(&mut part.take(left), &mut io::sink()).map_err(|error| damaged(&error))?;
        left = left.saturating_sub(size);
        if left == 0 {
            return Err(Fault {
                found: format!("a workbook that unpacks to more than {} megabytes", MAX_UNPACKED / (1024 * 1024)),
                expected: "an overview of inspections; save the sheet as CSV to open more",
            });
        }
    }
    Ok(names)
}

fn part<'a>(archive: &'a mut Archive<'_>, index: usize) -> Result<impl Read + 'a, Fault> {
    Ok(archive.by_index(index).map_err(|error| damaged(&error))?.take(MAX_UNPACKED))
}

fn damaged(error: &dyn std::error::Error) -> Fault {
    Fault {
        found: format!("a workbook that is cut off or damaged ({})", clean(&error.to_string())),
        expected: "a whole XLSX file; download it again",
    }
}

/// How many texts the table of shared texts holds.
fn count_texts(part: impl Read) -> Result<usize, Fault> {
    let mut count: usize = 0;
    let mut claimed: usize = 0;
    each_element(part, |element, _| match element.local_name().as_ref() {
        "sst" => claimed = attribute(element, "uniqueCount").and_then(|text| text.parse().ok()).unwrap_or(0),
        "si" => count = count.saturating_add(1),
        _ => {}
    });
    // WindowClass is set aside for as many as are claimed, so a false claim would end the program.
    let is_plausible = claimed <= count.saturating_mul(2).saturating_add(1 << 16);
    is_plausible.then_some(count).ok_or_else(|| Fault {
        found: format!("a table of shared texts that claims {claimed} and holds {count}"),
        expected: "as many as it claims; open the workbook in a spreadsheet and save it",
    })
}

/// The cells that point at a shared text that is not there, by their references.
fn find_missing(part: impl Read, texts: usize, missing: &mut Vec<String>) {
    let mut cell: Option<String> = None;
    each_element(part, |element, text| match element.local_name().as_ref() {
        "c" => {
            let is_shared = attribute(element, "t").as_deref() == Some("s");
            cell =
                is_shared.then(|| attribute(element, "r").unwrap_or_else(|| "a cell without a reference".to_owned()));
        }
        "v" => {
            let is_there = text.is_empty() || text.parse::<usize>().is_ok_and(|index| index < texts);
            missing.extend(cell.take().filter(|_| !is_there).map(|cell| clean(&cell).into_owned()));
        }
        _ => {}
    });
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(String::from_utf8_lossy(attribute.value.as_bytes()).into_owned())
}

/// Calls back for each element with the text directly after its opening tag. What is not well formed ends the
/// part: whoever reads the workbook says what is wrong.
fn each_element(part: impl Read, mut take: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    let mut open: Option<BytesStart<'static>> = None;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let text = match &event {
            Ok(Event::Text(text)) => text.xml10_content().into_owned(),
            _ => String::new(),
        };
        if let Some(element) = open.take() {
            take(&element, text.trim());
        }
        match event {
            Ok(Event::Start(element)) => open = Some(element.into_owned()),
            Ok(Event::Empty(element)) => take(&element, ""),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}
