//! The list pane: the selected row, the visible rows, and the columns that fit.

use super::page::{Role, outcome_role, scroll_to};
use super::screen::{ColumnModel, RowModel};
use crate::layout::ListWidths;
use crate::query::{AuthorityId, Column, Listing, Sort, View};
use crate::text::display_width;

/// The selected row and the first visible row, clamped to the list by [`ListPane::settle`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListPane {
    /// The position of the selected row.
    pub selected: usize,
    /// The position of the first visible row.
    pub offset: usize,
    /// How many columns beside the name are scrolled out of view.
    pub first_column: usize,
    /// Whether the column of the order must be scrolled into view.
    pub reveals_order: bool,
}

impl ListPane {
    /// Selects a row, or the last one if the list is shorter.
    pub fn select(&mut self, position: usize, count: usize) {
        self.selected = position.min(count.saturating_sub(1));
    }

    /// Clamps the selection and the offset to the rows of the list, and scrolls to the selected row.
    pub fn settle(&mut self, count: usize, height: usize) {
        let height = height.max(1);
        self.select(self.selected, count);
        self.offset = scroll_to(self.selected..self.selected + 1, self.offset, height);
        self.offset = self.offset.min(count.saturating_sub(height));
    }
}

/// The maximum width of a category's name in a header.
const WIDEST: usize = 16;

/// The width of a category's narrowest column: a space or the arrow of the order, two letters above a grade and its
/// arrow. A mark after the arrow takes the space between two columns.
const PACKED: usize = 3;

/// The width of the names that a list with packed columns shows before it hides the date, and its minimum.
const NAMES: (usize, usize) = (24, 10);

/// The longest name that a list in a narrow window has space for.
const NARROW_NAME: usize = 16;

/// The width of the date column: a space or the arrow of the order, and the date.
const DATE: usize = 11;

/// The width of the column of regions.
const REGION: usize = 7;

/// The maximum width of the grades over time.
const MOST_STRIP: usize = 17;

/// The width of a list with space for its title and the position in it, border included.
const TITLED: u16 = 31;

/// The columns that a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The columns, starting with the name.
    pub shown: Vec<ColumnModel>,
    /// Whether columns are hidden at the left, beside the name.
    pub has_more_left: bool,
    /// Whether columns are hidden at the right.
    pub has_more_right: bool,
}

/// The width of the signs behind a short word, with a space before it.
const MARKS: usize = 3;

/// What decides the columns of a list.
#[derive(Debug, Clone, Copy)]
pub struct Space<'v> {
    /// The view listed.
    pub view: &'v View,
    /// The order; `None` if the best match comes first, when no header shows an arrow.
    pub sort: Option<Sort>,
    /// The width of the rows.
    pub width: usize,
    /// The width of the longest name in the data.
    pub longest: usize,
    /// The width of the longest grades over time; 0 if there are none, when their column is left out.
    pub strip: usize,
}

/// The widths of the columns besides the name, richest first.
#[derive(Debug, Clone, Copy)]
struct Plan {
    has_words: bool,
    has_date: bool,
    has_region: bool,
    has_strip: bool,
    /// The least width of the names.
    name: usize,
}

const fn plan(has_words: bool, has_date: bool, has_region: bool, name: usize) -> Plan {
    Plan { has_words, has_date, has_region, has_strip: false, name }
}

impl Space<'_> {
    /// Returns the columns that fit. `first` is how many columns beside the name are scrolled out of view.
    pub fn columns(&self, first: usize) -> Columns {
        let all = self.all();
        let others = all.get(1..).unwrap_or_default();
        let plan = self.plan();
        let columns = match plan.filter(|_| first == 0) {
            Some(plan) => others.iter().copied().filter(|column| plan.shows(*column)).collect(),
            None => self.fitting(others.get(first..).unwrap_or_default()),
        };
        let has_words = first == 0 && plan.is_some_and(|plan| plan.has_words);
        let has_more_right = first + columns.len() < others.len();
        let mut shown = vec![self.column(Column::Name, has_words)];
        shown.extend(columns.into_iter().map(|column| self.column(column, has_words)));
        let taken: usize = shown.iter().skip(1).map(|column| column.width).sum();
        if let Some(name) = shown.first_mut() {
            name.width = self.width.saturating_sub(taken + usize::from(has_more_right));
        }
        Columns { shown, has_more_left: first > 0, has_more_right }
    }

    /// Returns every column that the list could show.
    fn all(&self) -> Vec<Column> {
        let mut all = Column::all(self.view);
        all.extend((self.strip > 0).then_some(Column::Strip));
        all
    }

    /// Returns the richest plan that fits; `None` if not even all categories do.
    fn plan(&self) -> Option<Plan> {
        let (comfortable, least) = NAMES;
        let longest = self.longest;
        let plans = [
            Plan { has_strip: true, ..plan(true, true, true, longest) },
            plan(true, true, true, longest),
            Plan { has_strip: true, ..plan(true, true, false, longest) },
            plan(true, true, false, longest),
            plan(false, true, true, longest),
            plan(false, true, false, longest),
            plan(false, true, false, comfortable.min(longest)),
            plan(false, false, false, least),
        ];
        plans.into_iter().find(|plan| plan.name + self.others(*plan) <= self.width)
    }

    /// Returns the width of the columns beside the name, and of the sign that some are hidden.
    fn others(&self, plan: Plan) -> usize {
        let all = self.all();
        let shown = all.iter().skip(1).filter(|column| plan.shows(**column));
        let is_all = all.iter().skip(1).all(|column| plan.shows(*column));
        shown.map(|column| self.width_of(*column, plan.has_words)).sum::<usize>() + usize::from(!is_all)
    }

    /// Returns as many of some columns as fit beside a narrow name.
    fn fitting(&self, columns: &[Column]) -> Vec<Column> {
        let mut left = self.width.saturating_sub(NAMES.1.min(self.longest) + 1);
        let fits = |column: &Column| {
            let rest = left.checked_sub(self.width_of(*column, false));
            left = rest.unwrap_or(0);
            rest.is_some()
        };
        columns.iter().copied().take_while(fits).collect()
    }

    /// Returns the width of a grade: of a letter or, under a framework without letters, of a short word.
    fn packed(&self) -> usize {
        match self.view.sign_width() {
            0 | 1 => PACKED,
            words => words + MARKS,
        }
    }

    fn width_of(&self, column: Column, has_words: bool) -> usize {
        match column {
            Column::Name => self.longest,
            Column::Category(_) if has_words => full_width(column.header(self.view)).max(self.packed()),
            Column::Category(_) => self.packed(),
            Column::Date => DATE,
            Column::Region => REGION,
            Column::Strip => full_width(column.header(self.view)).max(self.strip.min(MOST_STRIP) + 1),
        }
    }

    fn column(&self, column: Column, has_words: bool) -> ColumnModel {
        let label = match column {
            Column::Category(position) if !has_words && self.view.sign_width() == 1 => {
                self.view.categories().get(position).map(|category| category.letters()).unwrap_or_default()
            }
            _ => column.header(self.view).to_owned(),
        };
        let order = self.sort.filter(|sort| sort.column == column).map(|sort| sort.direction);
        ColumnModel { column, label, width: self.width_of(column, has_words), order }
    }

    /// Returns the widths that the list can use, border included.
    pub fn wanted(&self) -> ListWidths {
        let cells = |width: usize| u16::try_from(width + 3).unwrap_or(u16::MAX);
        let packed = self.packed() * self.view.categories().len() + 1;
        let full = plan(true, true, true, 0);
        let all = Plan { has_strip: self.strip > 0, ..full };
        let name = self.longest.max(NARROW_NAME);
        ListWidths {
            least: cells(self.longest.clamp(NAMES.1, NARROW_NAME) + packed).max(TITLED),
            full: cells(name + self.others(full)),
            all: cells(name + self.others(all)),
        }
    }
}

impl Plan {
    fn shows(&self, column: Column) -> bool {
        match column {
            Column::Name | Column::Category(_) => true,
            Column::Date => self.has_date,
            Column::Region => self.has_region,
            Column::Strip => self.has_strip,
        }
    }
}

/// Returns the row of an authority.
pub fn row(listing: &Listing, id: AuthorityId, columns: &[ColumnModel]) -> RowModel {
    let Some(authority) = listing.authority(id) else { return RowModel::default() };
    let view = listing.view();
    let cells = columns.iter().skip(1).map(|column| {
        let cell = column.column.cell(view, id, authority);
        let role = match (cell.outcome, view.framework()) {
            (Some(outcome), Some(framework)) => outcome_role(&framework.scale, outcome),
            _ => Role::Faint,
        };
        let text = match column.column {
            Column::Strip => newest_end(&cell.text, column.width.saturating_sub(1)),
            _ => cell.text,
        };
        (text, cell.marks, role)
    });
    let cells = cells.collect();
    let name = authority.name.to_string();
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

/// Returns the end of the grades over time that fits: the newest.
fn newest_end(strip: &str, width: usize) -> String {
    let count = strip.chars().count();
    match count > width {
        true => std::iter::once('…').chain(strip.chars().skip(count + 1 - width.max(1))).collect(),
        false => strip.to_owned(),
    }
}

/// Returns the width of a column with a full header: a space or the arrow of the order, and the header.
fn full_width(label: &str) -> usize {
    (display_width(label).min(WIDEST) + 1).max(PACKED)
}
