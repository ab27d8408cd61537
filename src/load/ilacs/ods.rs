//! Loads tables of inspections from OpenDocument spreadsheets (ODS), the format of Ofsted's official statistics.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read as _, Write as _};

use calamine::{Data, DataType as _, Ods, OdsError, Range, Reader as _, SheetVisible};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::grid::{Grid, GridBuilder, Merged, fill_blanks, fill_down};
use super::row::{cut, formula_link, without_value};
use super::table::read_tables;
use super::workbook::{self, is_for_programs, refuse};
use crate::dataset::Problem;
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
    if is_encrypted(bytes) {
        return Err(refuse(name, "a spreadsheet with a password".to_owned(), workbook::WITHOUT_PASSWORD));
    }
    let broken = |error: OdsError| {
        let found = format!("a spreadsheet that cannot be read ({})", clean(&error.to_string()));
        refuse(name, found, "an ODS file without a password; save it again in a spreadsheet")
    };
    let mut extent = Extent::default();
    match size(bytes, &mut extent) {
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
    let mut builder = GridBuilder::default();
    let mut grids = Vec::new();
    let sheets = spreadsheet.sheets_metadata().to_vec();
    workbook::few(&sheets, name)?;
    let is_named = sheets.len() > 1;
    for (number, about) in sheets.iter().enumerate().filter(|(_, about)| is_for_programs(about, &sheets)) {
        let cells = spreadsheet.worksheet_range(&about.name).map_err(broken)?;
        let formulas = spreadsheet.worksheet_formula(&about.name).map_err(broken)?;
        let links = extent.links.iter().filter(|link| link.sheet == number + 1);
        add_cells(&cells, &formulas, links, &mut builder).map_err(|problem| Unusable::new(name, vec![problem]))?;
        let mut rows = builder.end_sheet(is_named.then_some(&about.name));
        fill_blanks(&mut rows, &missing(&cells, &formulas));
        let merged = extent.merged.iter().filter(|(sheet, _)| *sheet == number + 1).map(|(_, merged)| *merged);
        let filled = fill_down(&mut rows, merged);
        let is_hidden = about.visible != SheetVisible::Visible;
        grids.push(Grid { is_hidden, is_1904: false, sheet: Some(about.name.clone()), rows, filled });
    }
    let mut loaded = read_tables(name, &grids, |_| {})?;
    loaded.layout.push("an OpenDocument spreadsheet".to_owned());
    Ok(loaded)
}

/// Whether the list of parts says that they are encrypted.
fn is_encrypted(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(manifest) = archive.by_name("META-INF/manifest.xml") else { return false };
    let mut text = Vec::new();
    let is_read = manifest.take(MAX_MANIFEST).read_to_end(&mut text).is_ok();
    is_read && ["encryption-data", "encrypted-package"].iter().any(|word| String::from_utf8_lossy(&text).contains(word))
}

/// The maximum length of the list of parts that is looked at, in bytes.
const MAX_MANIFEST: u64 = 1 << 20;

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

fn add_cells<'l>(
    cells: &Range<Data>,
    formulas: &Range<String>,
    links: impl Iterator<Item = &'l CellLink>,
    builder: &mut GridBuilder,
) -> Result<(), Problem> {
    let links: HashMap<(u32, u32), &str> = links.map(|link| (link.at, link.address.as_str())).collect();
    let (first_row, first_column) = cells.start().unwrap_or_default();
    for (row, column, value) in cells.used_cells() {
        let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else { continue };
        let (row, column) = (first_row.saturating_add(row), first_column.saturating_add(column));
        builder.cell(row, column, text(value))?;
        let formula = formulas.get_value((row, column)).and_then(|formula| formula_link(formula));
        if let Some(address) = formula.or_else(|| links.get(&(row, column)).copied()) {
            builder.link(column, address.to_owned());
        }
    }
    Ok(())
}

/// Returns the cells, by row and column from 0, whose formula has no value in the file, with what is shown for it.
fn missing(cells: &Range<Data>, formulas: &Range<String>) -> Vec<((u32, u32), String)> {
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    let at = formulas.used_cells().filter_map(|(row, column, formula)| {
        let row = first_row.saturating_add(u32::try_from(row).ok()?);
        let column = first_column.saturating_add(u32::try_from(column).ok()?);
        let is_blank = cells.get_value((row, column)).is_none_or(|value| *value == Data::Empty);
        // A formula in OpenDocument names its language: "of:=A1".
        let formula = formula.split_once('=').map_or(formula.as_str(), |(_, formula)| formula);
        is_blank.then(|| ((row, column), without_value(formula)))
    });
    at.take(MAX_SPANS).collect()
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
fn size(bytes: &[u8], extent: &mut Extent) -> Size {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Size::Incomplete };
    let Ok(content) = archive.by_name("content.xml") else { return Size::Incomplete };
    let mut reader = Reader::from_reader(BufReader::new(content));
    let mut buffer = Vec::new();
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

/// The maximum number of links and of merged cells that are taken into account.
const MAX_SPANS: usize = 100_000;

/// A link of a cell: the number of its sheet, from 1, its row and column, from 0, and the address.
struct CellLink {
    sheet: usize,
    at: (u32, u32),
    address: String,
}

/// How far the cells with contents reach.
#[derive(Default)]
struct Extent {
    sheet: usize,
    links: Vec<CellLink>,
    /// Merged cells, with the number of their sheet, from 1.
    merged: Vec<(usize, Merged)>,
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
            "table:table" => {
                let (links, merged) = (std::mem::take(&mut self.links), std::mem::take(&mut self.merged));
                let (before, sheet) = (self.cells(), self.sheet + 1);
                *self = Self { before, bytes: self.bytes, sheet, links, merged, ..Self::default() };
            }
            "table:table-row" => {
                self.row_repeats = repeats(element, "table:number-rows-repeated");
                self.rows = self.rows.saturating_add(self.row_repeats);
                self.columns = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell_repeats = repeats(element, "table:number-columns-repeated");
                self.columns = self.columns.saturating_add(self.cell_repeats);
                let has_contents = |name: &str| element.attributes().flatten().any(|a| a.key.as_ref() == name);
                self.span(element);
                if !is_empty || CONTENTS.into_iter().any(has_contents) {
                    self.last = (self.last.0.max(self.rows), self.last.1.max(self.columns));
                }
            }
            "text:a" if self.links.len() < MAX_SPANS => {
                let address = attribute(element, "xlink:href");
                let link = self.at().zip(address).map(|(at, address)| CellLink { sheet: self.sheet, at, address });
                self.links.extend(link);
            }
            // A few bytes stand for any number of spaces.
            "text:s" => self.text(repeats(element, "text:c")),
            "text:tab" | "text:line-break" => self.text(1),
            _ => {}
        }
    }

    /// Returns the row and the column of the current cell, from 0.
    fn at(&self) -> Option<(u32, u32)> {
        let row = u32::try_from(self.rows.checked_sub(self.row_repeats)?).ok()?;
        Some((row, u32::try_from(self.columns.checked_sub(self.cell_repeats)?).ok()?))
    }

    /// Remembers a cell that is merged with those below it.
    fn span(&mut self, element: &BytesStart<'_>) {
        let spanned = |name: &str| attribute(element, name).and_then(|count| count.trim().parse::<u32>().ok());
        let rows = spanned("table:number-rows-spanned").filter(|rows| *rows > 1);
        let is_one_column = spanned("table:number-columns-spanned").is_none_or(|columns| columns == 1);
        if let (Some(rows), Some((first, column)), true) =
            (rows, self.at(), is_one_column && self.merged.len() < MAX_SPANS)
        {
            self.merged.push((self.sheet, Merged { column, first, last: first.saturating_add(rows - 1) }));
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
    attribute(element, name).and_then(|count| count.trim().parse().ok()).unwrap_or(1)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(attribute.value.into_owned())
}
