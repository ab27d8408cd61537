//! Loads tables of inspections from OpenDocument spreadsheets (ODS), the format of Ofsted's official statistics.

use std::io::{BufReader, Cursor};

use calamine::{Data, DataType as _, Ods, OdsError, Range, Reader as _, SheetVisible};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::sheets::{Sheet, SheetReader, choose, cut, refuse};
use super::workbook;
use crate::load::{Loaded, Unusable};
use crate::text::clean;

/// The maximum number of cells: of each sheet, the smallest rectangle that holds all its texts counts.
const MAX_CELLS: usize = 4_000_000;

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
    if !has_few_cells(bytes) {
        let found = format!("sheets of more than {MAX_CELLS} cells");
        return Err(refuse(name, found, "a table of inspections; save the sheet as CSV to open more"));
    }
    let mut spreadsheet = Ods::new(Cursor::new(bytes)).map_err(broken)?;
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

fn give(cells: &Range<Data>, formulas: &Range<String>, reader: &mut SheetReader<'_>) -> Result<(), Unusable> {
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (row, column, value) in cells.used_cells() {
        let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
        let (row, column) = (first_row.saturating_add(row), first_column.saturating_add(column));
        let link = formulas.get_value((row, column)).and_then(|formula| linked(formula));
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

/// Whether the sheets of a spreadsheet together span no more than [`MAX_CELLS`]. A few bytes can repeat a cell a million times, and
/// the library makes room for each.
fn has_few_cells(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return true };
    let Ok(content) = archive.by_name("content.xml") else { return true };
    let mut reader = Reader::from_reader(BufReader::new(content));
    let mut buffer = Vec::new();
    let mut extent = Extent::default();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => extent.begin(&element, false),
            Ok(Event::Empty(element)) => extent.begin(&element, true),
            // The library reports what is wrong with the text.
            Ok(Event::Eof) | Err(_) => return true,
            Ok(_) => {}
        }
        if extent.cells() > MAX_CELLS {
            return false;
        }
        buffer.clear();
    }
}

/// How far the cells with contents reach in a sheet.
#[derive(Default)]
struct Extent {
    /// The cells of the sheets before.
    before: usize,
    /// The rows up to the current one, with how often it is repeated.
    rows: usize,
    repeated: usize,
    /// The columns up to the current cell of the row.
    columns: usize,
    /// The last row and column with contents.
    last: (usize, usize),
}

impl Extent {
    fn begin(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        match element.local_name().as_ref() {
            // The library holds all sheets at once, so the limit is on all together.
            "table" => {
                let before = self.before.saturating_add(self.last.0.saturating_mul(self.last.1));
                *self = Self { before, ..Self::default() };
            }
            "table-row" => {
                self.repeated = repeats(element, "number-rows-repeated");
                self.rows = self.rows.saturating_add(self.repeated);
                self.columns = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.columns = self.columns.saturating_add(repeats(element, "number-columns-repeated"));
                let has_value =
                    !is_empty || element.attributes().flatten().any(|a| a.key.local_name().as_ref() == "value-type");
                if has_value {
                    self.last = (self.last.0.max(self.rows), self.last.1.max(self.columns));
                }
            }
            _ => {}
        }
    }

    fn cells(&self) -> usize {
        self.before.saturating_add(self.last.0.saturating_mul(self.last.1))
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> usize {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name);
    attribute.and_then(|attribute| attribute.value.trim().parse().ok()).unwrap_or(1)
}
