//! The list pane: the selected row, the visible rows and the widths of the columns.

use super::page::{Role, degree, scroll_to};
use super::screen::{ColumnModel, RowModel};
use crate::dataset::Outcome;
use crate::query::{AuthorityId, Column, Listing, Sort, View};
use crate::text::display_width;

/// The selected row and the first visible row, clamped to the list by [`ListPane::settle`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListPane {
    /// The position of the selected row.
    pub selected: usize,
    /// The position of the first visible row.
    pub offset: usize,
}

impl ListPane {
    /// Selects a row, or the last one if the list is shorter.
    pub fn select(&mut self, position: usize, count: usize) {
        self.selected = position.min(count.saturating_sub(1));
    }

    /// Clamps the selection and the offset to the list, scrolls to the selected row, and sorts the visible rows.
    pub fn settle(&mut self, listing: &mut Listing, height: usize) {
        let height = height.max(1);
        self.select(self.selected, listing.len());
        self.offset = scroll_to(self.selected..self.selected + 1, self.offset, height);
        self.offset = self.offset.min(listing.len().saturating_sub(height));
        listing.prepare(self.selected.max(self.offset + height) + 1);
    }
}

/// The maximum width of a category's name in a header.
const WIDEST: usize = 16;

/// For each degree of abbreviation, the number of letters in a header and the width of its column: a space, the
/// letters, and one column for the sort sign or the mark of a grade.
const ABBREVIATED: [(usize, usize); 2] = [(4, 6), (3, 4)];

/// The width of the name column below which headers are abbreviated further, and its minimum.
const NAMES: (usize, usize) = (16, 10);

/// The width of the date column: two spaces, the date, and one column for the sort sign.
const DATE: usize = 13;

/// Returns the columns that fit a width: the name, then as many categories as fit, then the date. Without a sort order,
/// as when the best match comes first, no header shows a sort sign.
pub fn columns(view: &View, sort: Option<Sort>, width: usize) -> Vec<ColumnModel> {
    let categories = view.categories();
    let (wanted, least) = NAMES;
    let full: usize = categories.iter().map(|category| full_width(&category.short)).sum();
    let [_, narrowest] = ABBREVIATED;
    let has_date = view.has_dates() && narrowest.1 * categories.len() + wanted + DATE <= width;
    let date = if has_date { DATE } else { 0 };
    let fits = |(_, cell): &&(usize, usize)| cell * categories.len() + wanted + date <= width;
    let (letters, narrow) = ABBREVIATED.iter().find(fits).copied().unwrap_or(narrowest);
    let is_full = full + 2 * wanted + date <= width;
    let column = |column: Column, label: String, width| ColumnModel {
        column,
        label,
        width,
        order: sort.filter(|sort| sort.column == column).map(|sort| sort.direction),
    };
    let mut columns = vec![column(Column::Name, Column::Name.header(view).to_owned(), 0)];
    let mut left = width.saturating_sub(least);
    for position in 0..categories.len() {
        let header = Column::Category(position).header(view);
        let cell = if is_full { full_width(header) } else { narrow };
        let Some(rest) = left.checked_sub(cell) else { break };
        left = rest;
        let label = if is_full { header.to_owned() } else { abbreviated(header, letters) };
        columns.push(column(Column::Category(position), label, cell));
    }
    if has_date {
        columns.push(column(Column::Date, "date".to_owned(), DATE));
    }
    let taken: usize = columns.iter().map(|column| column.width).sum();
    if let Some(name) = columns.first_mut() {
        name.width = width.saturating_sub(taken);
    }
    columns
}

/// Returns the width, border included, at which the list shows names, grades and dates; 0 if there are no dates, when
/// the default third of the window is enough.
pub fn wanted_width(view: &View) -> u16 {
    let (names, _) = NAMES;
    let [_, (_, category)] = ABBREVIATED;
    let width = names + category * view.categories().len() + DATE + 5;
    if view.has_dates() { u16::try_from(width).unwrap_or(u16::MAX) } else { 0 }
}

/// Returns the row of an authority.
pub fn row(listing: &Listing, id: AuthorityId, columns: &[ColumnModel]) -> RowModel {
    let Some(authority) = listing.authority(id) else { return RowModel::default() };
    let view = listing.view();
    let cells = columns.iter().skip(1).map(|column| {
        let cell = column.column.cell(view, id, authority);
        let role = match (cell.outcome, view.framework()) {
            (Some(Outcome::Grade(grade)), Some(framework)) => Role::Grade(degree(&framework.scale, grade)),
            _ => Role::Faint,
        };
        (cell.text, cell.mark, role)
    });
    let cells = cells.collect();
    let name = authority.name.clone();
    match listing.found(id) {
        None => RowModel { name, cells, ..RowModel::default() },
        Some(found) => match found.alias {
            None => RowModel { name, cells, matched: found.letters, ..RowModel::default() },
            Some(alias) => {
                RowModel { name, cells, alias: Some((alias.to_owned(), found.letters)), ..RowModel::default() }
            }
        },
    }
}

fn full_width(label: &str) -> usize {
    display_width(label).min(WIDEST) + 3
}

/// Returns the first `count` letters of the last word, capitalised: "Care" for "Social care".
fn abbreviated(label: &str, count: usize) -> String {
    let last = label.split_whitespace().next_back().unwrap_or(label);
    let mut letters = last.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.take(count - 1).collect::<String>()
}
