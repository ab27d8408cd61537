//! Checks the parts of a workbook before it is opened: their total size, whether every shared text that a cell refers to
//! exists, and whether each row occurs once.

use std::io::{self, BufReader, Cursor, Read};

use calamine::Sheet;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::dataset::{Location, Problem};
use crate::load::Unusable;
use crate::text::clean;

/// The maximum unpacked size of a workbook in bytes. A real overview has half a megabyte; a small file that unpacks
/// to gigabytes is malicious or damaged.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// The maximum number of shared texts. The library keeps each in some 24 bytes, however short it is in the file.
const MAX_TEXTS: usize = 4_000_000;

/// The maximum number of styles, sheets and names together, each of which the library keeps.
const MAX_ENTRIES: usize = 200_000;

/// The elements of those.
const ENTRIES: [&str; 6] = ["xf", "numFmt", "sheet", "definedName", "Relationship", "Override"];

/// Why a workbook is not opened: what was found, and what was expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub found: String,
    pub expected: &'static str,
}

/// The sheets of a workbook that the program writes: for programs, the sources, the notes; before them, one for people.
const OURS: [&str; 3] = ["Data", "Sources", "Notes"];
const FOR_PEOPLE: [&str; 2] = ["Councils", "Answer"];

/// Whether a sheet is read: of a workbook that the program wrote, the one for people has the same inspections as the one for
/// programs, and less of each.
pub fn is_for_programs(sheet: &Sheet, all: &[Sheet]) -> bool {
    let is_ours = OURS.iter().all(|name| all.iter().any(|about| about.name == *name));
    !is_ours || !FOR_PEOPLE.contains(&sheet.name.as_str())
}

/// The maximum number of sheets: the library reads each anew, also one that is named twice.
const MAX_SHEETS: usize = 1_000;

/// Refuses a workbook with more sheets than are read.
///
/// # Errors
/// Returns an error if there are more than [`MAX_SHEETS`].
pub fn few(sheets: &[Sheet], file: &str) -> Result<(), Unusable> {
    if sheets.len() > MAX_SHEETS {
        let found = format!("{} sheets", sheets.len());
        return Err(refuse(file, found, "at most 1,000; save those of inspections as a workbook of their own"));
    }
    Ok(())
}

/// Refuses a workbook as a whole.
pub fn refuse(file: &str, found: String, expected: &str) -> Unusable {
    let location = Location::Path(String::new());
    Unusable::new(file, vec![Problem { location, found, expected: expected.to_owned() }])
}

/// Checks a workbook.
///
/// # Errors
/// Returns an error if it is too large, truncated or damaged, has a cell whose shared text is missing, or a row twice: the
/// library would read another text, or mix the two rows.
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let names = names(&mut archive)?;
    let (tables, others): (Vec<_>, Vec<_>) =
        names.iter().enumerate().partition(|(_, name)| name.ends_with("sharedstrings.xml"));
    // If there are several tables, only the texts up to the size of the smallest certainly exist.
    let mut texts: Option<usize> = None;
    for (index, _) in tables {
        let count = count_texts(part(&mut archive, index)?)?;
        texts = Some(texts.map_or(count, |least| least.min(count)));
    }
    let mut findings = Findings::default();
    // Any other part may be a sheet: sheets can have any name.
    for (index, _) in others {
        inspect(part(&mut archive, index)?, texts.unwrap_or_default(), &mut findings);
    }
    if findings.entries > MAX_ENTRIES {
        return Err(Fault {
            found: format!("a workbook with more than {MAX_ENTRIES} styles, sheets and names"),
            expected: "an overview of inspections; save the sheet as CSV to open it",
        });
    }
    if let Some(cell) = findings.missing {
        return Err(Fault {
            found: format!("a cell whose text is missing from the workbook: {}", clean(&cell)),
            expected: "a text for every cell; open the workbook in a spreadsheet, correct the cell and save it",
        });
    }
    if let Some(row) = findings.repeated {
        return Err(Fault {
            found: format!("two rows of the number {row} in a sheet"),
            expected: "one; open the workbook in a spreadsheet, correct the row and save it",
        });
    }
    Ok(())
}

type Archive<'b> = zip::ZipArchive<Cursor<&'b [u8]>>;

/// Returns the names of all parts, in lower case. Fails if their actual total size reaches [`MAX_UNPACKED`],
/// whatever size their headers claim.
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

/// What is expected instead of a workbook with a password.
pub const WITHOUT_PASSWORD: &str = "one without; open it in a spreadsheet and save it without a password";

fn damaged(error: &dyn std::error::Error) -> Fault {
    if error.to_string().contains("Password required") {
        return Fault { found: "a workbook with a password".to_owned(), expected: WITHOUT_PASSWORD };
    }
    Fault {
        found: format!("an incomplete or damaged workbook ({})", clean(&error.to_string())),
        expected: "a whole XLSX file; download it again",
    }
}

/// Returns the number of texts in a table of shared texts.
fn count_texts(part: impl Read) -> Result<usize, Fault> {
    let mut count: usize = 0;
    let mut claimed: usize = 0;
    each_event(part, |event| {
        let Event::Start(element) = event else { return };
        match element.local_name().as_ref() {
            "sst" => {
                let claim = attribute(element, "uniqueCount").and_then(|text| text.parse().ok());
                claimed = claimed.max(claim.unwrap_or(0));
            }
            "si" => count = count.saturating_add(1),
            _ => {}
        }
    });
    if count > MAX_TEXTS {
        return Err(Fault {
            found: format!("a workbook with more than {MAX_TEXTS} texts"),
            expected: "an overview of inspections; save the sheet as CSV to open more",
        });
    }
    // The library reserves memory for as many texts as claimed, so a false claim could exhaust it.
    let is_plausible = claimed <= count.saturating_mul(2).saturating_add(1 << 16);
    is_plausible.then_some(count).ok_or_else(|| Fault {
        found: format!("a table of shared texts that says it has {claimed} entries but has {count}"),
        expected: "as many as it says; open the workbook in a spreadsheet and save it",
    })
}

/// What was found in the parts of a workbook.
#[derive(Default)]
struct Findings {
    /// The first cell that refers to a shared text that does not exist.
    missing: Option<String>,
    /// The number of the first row that occurs twice, one after the other.
    repeated: Option<u32>,
    /// How many [`ENTRIES`] there are.
    entries: usize,
}

/// The index of a cell's shared text, as parsed so far.
enum Number {
    /// Nothing yet.
    None,
    /// An index in one piece.
    Is(usize),
    /// Anything else; the library might read it as any index.
    Unclear,
}

/// Looks for a cell whose shared text does not exist, or whose index is not a plain number, and for a row that occurs
/// twice.
fn inspect(part: impl Read, texts: usize, findings: &mut Findings) {
    let mut cell: Option<String> = None;
    let mut number: Option<Number> = None;
    let mut row = None;
    each_event(part, |event| match event {
        Event::Start(element) if element.local_name().as_ref() == "row" => {
            let this = attribute(element, "r").and_then(|text| text.parse::<u32>().ok());
            let twice = this.filter(|_| this == row);
            findings.repeated = findings.repeated.or(twice);
            row = this;
        }
        Event::Start(element) if element.local_name().as_ref() == "c" => {
            let is_shared = attribute(element, "t").as_deref() == Some("s");
            cell =
                is_shared.then(|| attribute(element, "r").unwrap_or_else(|| "a cell without a reference".to_owned()));
            number = None;
        }
        Event::Start(element) if ENTRIES.contains(&element.local_name().as_ref()) => {
            findings.entries = findings.entries.saturating_add(1);
        }
        Event::Start(element) if element.local_name().as_ref() == "v" => number = Some(Number::None),
        Event::End(element) if element.local_name().as_ref() == "v" => {
            // A cell without an index is an empty one.
            let is_there = match number.take() {
                Some(Number::Is(index)) => index < texts,
                number => matches!(number, Some(Number::None)),
            };
            if !is_there {
                findings.missing = findings.missing.take().or_else(|| cell.clone());
            }
        }
        event => {
            if let Some(number) = &mut number {
                let index = match event {
                    Event::Text(text) => plain_number(&text.xml10_content()),
                    _ => None,
                };
                *number = match (&number, index) {
                    (Number::None, Some(index)) => Number::Is(index),
                    _ => Number::Unclear,
                };
            }
        }
    });
}

/// Parses a number that consists only of digits.
fn plain_number(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Returns the value of an attribute.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(String::from_utf8_lossy(attribute.value.as_bytes()).into_owned())
}

/// Calls `take` for each event of a part. Stops silently at malformed XML: the library, which parses equally
/// leniently, reports it when it opens the workbook.
pub fn each_event(part: impl Read, mut take: impl FnMut(&Event<'_>)) {
    let mut reader = Reader::from_reader(BufReader::new(part));
    // Configured like the library that reads the sheets, so that both skip the same things.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) | Err(_) => return,
            Ok(event) => take(&event),
        }
    }
}
