//! Loads tables of inspections from OpenDocument spreadsheets (ODS), the format of Ofsted's official statistics.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Write as _};

use calamine::{Data, DataType as _, Ods, OdsError, Range, Reader as _, SheetVisible};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::sheets::{Sheet, SheetReader, choose, cut, refuse};
use super::workbook;
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// The maximum number of cells: of each sheet, the smallest rectangle that holds all its texts counts.
const MAX_CELLS: usize = 4_000_000;

/// The maximum amount of text in a spreadsheet in bytes, counted as often as its cells are repeated.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Loads a spreadsheet of inspections.
///
/// # Errors
/// Returns an error if it is damaged, protected or too large, or if no sheet has the required columns.
pub fn from_ods(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    workbook::check(bytes).map_err(|fault| refuse(name, fault.found, fault.expected))?;
    let broken = |error: OdsError| {
        let found = format!("a spreadsheet that cannot be read ({})", clean(&error.to_string()));
        refuse(name, found, "an ODS file without a password; save it again in a spreadsheet")
    };
    match size(bytes) {
        Size::Fine => {}
        Size::TooLarge => {
            let found = format!("sheets of more than {MAX_CELLS} cells, or of too much text");
            return Err(refuse(name, found, "a table of inspections; save the sheet as CSV to open more"));
        }
        Size::Incomplete => {
            let found = "an incomplete or damaged spreadsheet".to_owned();
            return Err(refuse(name, found, "a whole ODS file; download it again"));
        }
    }
    let bytes = with_first_part(bytes);
    let mut spreadsheet = Ods::new(Cursor::new(&bytes[..])).map_err(broken)?;
    let mut taken = 0;
    let mut sheets = Vec::new();
    for about in spreadsheet.sheets_metadata().to_vec() {
        let cells = spreadsheet.worksheet_range(&about.name).map_err(broken)?;
        let formulas = spreadsheet.worksheet_formula(&about.name).map_err(broken)?;
        let mut reader = SheetReader::new(name, &about.name, &mut taken);
        let loaded = match give(&cells, &formulas, &mut reader) {
            Ok(()) => reader.end(),
            Err(refusal) => Err(refusal),
        };
        sheets.push(Sheet { is_hidden: about.visible != SheetVisible::Visible, name: about.name, loaded });
    }
    choose(name, sheets)
}

/// Adds the part that names the format if it is missing, which the library insists on. Returns anything else unchanged.
fn with_first_part(bytes: &[u8]) -> Cow<'_, [u8]> {
    const NAME: &str = "mimetype";
    let is_missing = zip::ZipArchive::new(Cursor::new(bytes)).is_ok_and(|a| a.index_for_name(NAME).is_none());
    let complete = || {
        let mut archive = zip::ZipWriter::new_append(Cursor::new(bytes.to_vec())).ok()?;
        archive.start_file(NAME, zip::write::SimpleFileOptions::default()).ok()?;
        archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet").ok()?;
        Some(archive.finish().ok()?.into_inner())
    };
    is_missing.then(complete).flatten().map_or(Cow::Borrowed(bytes), Cow::Owned)
}

fn give(cells: &Range<Data>, formulas: &Range<String>, reader: &mut SheetReader<'_>) -> Result<(), Unusable> {
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (row, column, value) in cells.used_cells() {
        let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
        let (row, column) = (first_row.saturating_add(row), first_column.saturating_add(column));
        reader.begin_row(row)?;
        let formula = formulas.get_value((row, column)).filter(|_| reader.wants_link(column));
        let link = formula.and_then(|formula| linked(formula));
        reader.cell(row, column, link.map_or_else(|| text(value), String::from))?;
    }
    Ok(())
}

/// Returns the address of a formula that shows a link: `of:=HYPERLINK("https://…";"…")`.
fn linked(formula: &str) -> Option<&str> {
    let (address, _) = formula.split_once("HYPERLINK(\"")?.1.split_once('"')?;
    Some(address)
}

/// Returns a cell as text, with dates in ISO form.
fn text(value: &Data) -> String {
    match value {
        Data::String(text) => cut(text),
        Data::DateTimeIso(text) | Data::DurationIso(text) => cut(text),
        Data::Empty => String::new(),
        other => other.as_string().unwrap_or_default(),
    }
}

/// What a first look at a spreadsheet finds.
#[derive(PartialEq, Eq)]
enum Size {
    Fine,
    TooLarge,
    Incomplete,
}

/// Looks at the contents of a spreadsheet before the library does: a few bytes can repeat a cell a million times, and
/// the library makes room for each; and it waits forever for the end of a sheet that is cut off.
fn size(bytes: &[u8]) -> Size {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Size::Incomplete };
    let Ok(content) = archive.by_name("content.xml") else { return Size::Incomplete };
    let mut reader = Reader::from_reader(BufReader::new(content));
    let mut buffer = Vec::new();
    let mut extent = Extent::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                depth = depth.saturating_add(1);
                extent.begin(&element, false);
            }
            Ok(Event::Empty(element)) => extent.begin(&element, true),
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Text(text)) => extent.text(text.len()),
            Ok(Event::Eof) => return if depth == 0 { Size::Fine } else { Size::Incomplete },
            Err(_) => return Size::Incomplete,
            Ok(_) => {}
        }
        if extent.cells() > MAX_CELLS || extent.bytes > MAX_TEXT {
            return Size::TooLarge;
        }
        buffer.clear();
    }
}

/// The attributes that give a cell contents, whatever its text.
const CONTENTS: [&str; 7] = [
    "office:value-type",
    "office:value",
    "office:string-value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
    "table:formula",
];

/// How far the cells with contents reach.
#[derive(Default)]
struct Extent {
    /// The cells of the sheets before, and the bytes of all texts with their repetitions.
    before: usize,
    bytes: usize,
    /// The rows up to the current one, and how often it is repeated.
    rows: usize,
    row_repeats: usize,
    /// The columns up to the current cell of the row, and how often it is repeated.
    columns: usize,
    cell_repeats: usize,
    /// The last row and column with contents.
    last: (usize, usize),
}

impl Extent {
    fn begin(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        match element.name().as_ref() {
            // The library holds all sheets at once, so the limit is on all together.
            "table:table" => *self = Self { before: self.cells(), bytes: self.bytes, ..Self::default() },
            "table:table-row" => {
                self.row_repeats = repeats(element, "table:number-rows-repeated");
                self.rows = self.rows.saturating_add(self.row_repeats);
                self.columns = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell_repeats = repeats(element, "table:number-columns-repeated");
                self.columns = self.columns.saturating_add(self.cell_repeats);
                let has_contents = |name: &str| element.attributes().flatten().any(|a| a.key.as_ref() == name);
                if !is_empty || CONTENTS.into_iter().any(has_contents) {
                    self.last = (self.last.0.max(self.rows), self.last.1.max(self.columns));
                }
            }
            _ => {}
        }
    }

    /// Counts a text as often as its cell is repeated.
    fn text(&mut self, length: usize) {
        let times = self.cell_repeats.saturating_mul(self.row_repeats);
        self.bytes = self.bytes.saturating_add(length.saturating_mul(times));
    }

    fn cells(&self) -> usize {
        self.before.saturating_add(self.last.0.saturating_mul(self.last.1))
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> usize {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    attribute.and_then(|attribute| attribute.value.trim().parse().ok()).unwrap_or(1)
}
