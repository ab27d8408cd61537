//! The list of authorities: which rows, which is selected, which are in view.

use super::page::scroll_to;
use crate::query::{Column, Direction, Ranking, Sort, View};
use crate::text::display_width;

/// The rows of the list with selection and offset as numbers that are always within it.
#[derive(Debug, Clone, Default)]
pub struct ListPane {
    pub(crate) ranking: Ranking,
    pub(crate) selected: usize,
    pub(crate) offset: usize,
}

impl ListPane {
    /// A list with its first row selected.
    pub fn new(ranking: Ranking) -> Self {
        Self { ranking, selected: 0, offset: 0 }
    }

    /// The rank by name of the selected authority; `None` in an empty list.
    pub fn selected_rank(&self) -> Option<u32> {
        self.ranking.get(self.selected).map(|row| row.rank())
    }

    /// Selects the row at a position, or the last one where there are fewer.
    pub(super) fn select(&mut self, position: usize) {
        self.selected = position.min(self.ranking.len().saturating_sub(1));
    }

    /// Brings selection and offset within the rows, and puts those in view in order.
    pub(super) fn settle(&mut self, height: usize) {
        let height = height.max(1);
        self.select(self.selected);
        self.offset = scroll_to(self.selected..self.selected + 1, self.offset, height);
        self.offset = self.offset.min(self.ranking.len().saturating_sub(height));
        self.ranking.prepare(self.selected.max(self.offset + height) + 1);
    }
}

/// The widest the name of a category gets in the head of a column.
const WIDEST: usize = 16;

/// The widths of a column whose head is abbreviated to four letters, and to three: space, the letters,
/// and room for the sign of the order or the mark of a grade.
const ABBREVIATED: [(usize, usize); 2] = [(4, 6), (3, 4)];

/// The room that names want before heads are abbreviated further, and the least they keep.
const NAMES: (usize, usize) = (16, 10);

/// The width of the column of dates: two spaces, the day, and room for the sign of the order.
const DATE: usize = 13;

/// The head of a column of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnHeader {
    /// Its name, abbreviated where the room asks for it.
    pub label: String,
    /// The cells it takes.
    pub width: usize,
    /// The sign of the order, where the list stands by this column.
    pub order: &'static str,
    /// What stands in it.
    pub column: Column,
}

/// The heads of the columns in a room: the name first, then as many categories as fit.
/// No head has the sign of an order while the rank of the match orders the list.
pub fn headers(view: &View, sort: Option<Sort>, width: usize) -> Vec<ColumnHeader> {
    let categories = view.categories();
    let (wanted, least) = NAMES;
    let full: usize = categories.iter().map(|c| full_width(&c.short)).sum();
    let [_, narrowest] = ABBREVIATED;
    let has_date = view.has_dates() && narrowest.1 * categories.len() + wanted + DATE <= width;
    let date = if has_date { DATE } else { 0 };
    let fits = |(_, cell): &&(usize, usize)| cell * categories.len() + wanted + date <= width;
    let (letters, narrow) = ABBREVIATED.iter().find(fits).copied().unwrap_or(narrowest);
    let is_wide = full + 2 * wanted + date <= width;
    let head = |column, label: String, width| ColumnHeader { label, width, order: order(sort, column), column };
    let mut headers = vec![head(Column::Name, "authority".to_owned(), 0)];
    let mut left = width.saturating_sub(least);
    for (position, category) in categories.iter().enumerate() {
        let width = if is_wide { full_width(&category.short) } else { narrow };
        let Some(rest) = left.checked_sub(width) else { break };
        left = rest;
        let label = if is_wide { category.short.clone() } else { abbreviated(&category.short, letters) };
        headers.push(head(Column::Category(position), label, width));
    }
    if has_date {
        headers.push(head(Column::Date, "date".to_owned(), DATE));
    }
    let taken: usize = headers.iter().map(|h| h.width).sum();
    if let Some(name) = headers.first_mut() {
        name.width = width.saturating_sub(taken);
    }
    headers
}

/// The width, border included, that shows names, grades and dates; 0 where the usual third will do.
pub fn wanted(view: &View) -> u16 {
    let (names, _) = NAMES;
    let [_, (_, category)] = ABBREVIATED;
    let width = names + category * view.categories().len() + DATE + 5;
    if view.has_dates() { u16::try_from(width).unwrap_or(u16::MAX) } else { 0 }
}

fn full_width(label: &str) -> usize {
    display_width(label).min(WIDEST) + 3
}

/// The first letters of the last word: Care for Social care.
fn abbreviated(label: &str, count: usize) -> String {
    let last = label.split_whitespace().next_back().unwrap_or(label);
    let mut letters = last.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + &letters.take(count - 1).collect::<String>()
}

fn order(sort: Option<Sort>, column: Column) -> &'static str {
    match sort.filter(|s| s.column == column).map(|s| s.direction) {
        None => "",
        Some(Direction::Usual) => "▾",
        Some(Direction::Reversed) => "▴",
    }
}
