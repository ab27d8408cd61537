//! Finds what the library does not give of a workbook: texts in the place of a number, CDATA there, errors that it does not know, and
//! whether its days are counted from 1904.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::workbook::{attribute, each_event};

/// The maximum number of such cells that are read.
const MAX_CELLS: usize = 100_000;

/// What the library does not give of a sheet.
#[derive(Debug, Default)]
pub struct SheetTexts {
    /// The texts, with row and column from 0.
    pub texts: Vec<((u32, u32), String)>,
    /// Whether each cell with an error, and each after it in its row, has a reference: the library loses count of cells without one
    /// after an error that it does not know.
    pub has_places: bool,
}

/// What the library does not give of a workbook.
#[derive(Debug, Default)]
pub struct Unread {
    /// That of each sheet, by its name.
    pub sheets: HashMap<String, SheetTexts>,
    /// Whether its days are counted from 1904.
    pub is_1904: bool,
}

type Archive<'b> = zip::ZipArchive<Cursor<&'b [u8]>>;

/// Returns what the library does not give of a workbook. What is damaged is left to the library to report.
pub fn read(bytes: &[u8]) -> Unread {
    let mut unread = Unread::default();
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return unread };
    let mut sheets: Vec<(String, String)> = Vec::new();
    in_part(&mut archive, "xl/workbook.xml", |event| {
        let Event::Start(element) = event else { return };
        match element.local_name().as_ref() {
            "sheet" => sheets.extend(attribute(element, "name").zip(attribute(element, "r:id"))),
            "workbookPr" => {
                let is_set = attribute(element, "date1904").is_some_and(|text| text == "1" || text == "true");
                unread.is_1904 |= is_set;
            }
            _ => {}
        }
    });
    let mut targets: HashMap<String, String> = HashMap::new();
    in_part(&mut archive, "xl/_rels/workbook.xml.rels", |event| {
        if let Event::Start(element) = event {
            targets.extend(attribute(element, "Id").zip(attribute(element, "Target")));
        }
    });
    for (name, id) in sheets {
        let Some(target) = targets.get(&id) else { continue };
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let mut sheet = Sheet::default();
        in_part(&mut archive, &path, |event| sheet.take(event));
        unread.sheets.insert(name, SheetTexts { texts: sheet.found, has_places: !sheet.has_error_without_place });
    }
    unread
}

fn in_part(archive: &mut Archive<'_>, path: &str, take: impl FnMut(&Event<'_>)) {
    let name =
        archive.file_names().flatten().find(|name| name.eq_ignore_ascii_case(path)).map(|name| name.into_owned());
    if let Some(part) = name.and_then(|name| archive.by_name(&name).ok()) {
        each_event(part.take(super::workbook::MAX_UNPACKED), take);
    }
}

/// A sheet being read.
#[derive(Default)]
struct Sheet {
    found: Vec<((u32, u32), String)>,
    /// The numbers of the current row and cell, from 1; 0 before the first.
    row: u32,
    column: u32,
    /// The text in the place of the number, and whether the library leaves it out.
    text: Option<String>,
    is_unread: bool,
    /// Whether the row has a cell with an error so far, and whether one without a reference is, or follows, such a cell.
    row_has_error: bool,
    has_error_without_place: bool,
}

impl Sheet {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => {
                    let number = attribute(element, "r").and_then(|text| text.parse().ok());
                    (self.row, self.column) = (number.unwrap_or(self.row.saturating_add(1)), 0);
                    self.row_has_error = false;
                }
                "c" => {
                    let column = attribute(element, "r").and_then(|reference| column(&reference));
                    let kind = attribute(element, "t");
                    self.row_has_error |= kind.as_deref() == Some("e");
                    self.has_error_without_place |= column.is_none() && self.row_has_error;
                    self.column = column.unwrap_or(self.column.saturating_add(1));
                    self.is_unread = matches!(kind.as_deref(), Some("inlineStr" | "e"));
                }
                "v" => self.text = Some(String::new()),
                _ => {}
            },
            Event::Text(part) => self.text.iter_mut().for_each(|text| text.push_str(&part.xml10_content())),
            Event::GeneralRef(name) => {
                let text = resolve_predefined_entity(name.as_ref()).map(String::from);
                let text = text.or_else(|| name.resolve_char_ref().ok().flatten().map(String::from));
                self.text.iter_mut().for_each(|all| all.push_str(text.as_deref().unwrap_or_default()));
            }
            Event::CData(part) => {
                self.is_unread |= self.text.is_some();
                self.text.iter_mut().for_each(|text| text.push_str(&part.xml10_content()));
            }
            Event::End(element) if element.local_name().as_ref() == "v" => {
                let text = self.text.take().filter(|text| self.is_unread && !text.trim().is_empty());
                let at = self.row.checked_sub(1).zip(self.column.checked_sub(1));
                let is_one_more = self.found.len() < MAX_CELLS;
                self.found.extend(at.zip(text).filter(|_| is_one_more));
            }
            _ => {}
        }
    }
}

/// Returns the number of the column of a reference, from 1: 28 for "AB7".
fn column(reference: &str) -> Option<u32> {
    let mut letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.try_fold(0_u32, |number, letter| {
        number.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    number.filter(|number| *number > 0)
}
