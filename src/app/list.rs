//! The list pane: the selected row, the visible rows, and the columns that fit.

use super::page::{Role, degree, outcome_role, scroll_to};
use super::screen::{CellModel, ColumnModel, RowModel};
use crate::dataset::{Framework, Step};
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

/// The width of a letter with the two letters above it, and a space.
const LETTER: usize = 3;

/// The least width of a letter under a word, so that the letters stand at equal distances under most words.
const WORD: usize = 8;

/// The width of a month: "Sep 23", and two spaces.
const MONTH: usize = 8;

/// The width of a region in its short form, and a space.
const REGION: usize = 8;

/// The maximum width of the grades over time.
const MOST_STRIP: usize = 17;

/// The widths of names where not all fit in full: comfortable, narrow and the least.
const NAMES: [usize; 3] = [21, 16, 10];

/// The columns that a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The columns, starting with the name.
    pub shown: Vec<ColumnModel>,
    /// Whether columns are hidden at the right.
    pub has_more: bool,
}

/// What decides the columns of a list.
#[derive(Debug, Clone, Copy)]
pub struct Space<'v> {
    /// The view listed.
    pub view: &'v View,
    /// The order; `None` if the best match comes first, when no header is underlined.
    pub sort: Option<Sort>,
    /// The width of the rows.
    pub width: usize,
    /// The width of the longest name in the data.
    pub longest: usize,
    /// The width of the longest grades over time; 0 if there are none, when their column is left out.
    pub strip: usize,
    /// The width of the longest trend; 0 if no grade moved, when their column is left out.
    pub trend: usize,
}

/// Which columns a list shows besides the names and the grades, and how wide the names are at least.
#[derive(Debug, Clone, Copy)]
struct Plan {
    has_words: bool,
    others: &'static [Column],
    name: usize,
}

/// The columns after the grades, in order; a narrower list shows fewer of them.
const OTHERS: [Column; 4] = [Column::Trend, Column::Date, Column::Strip, Column::Region];

impl Space<'_> {
    /// Returns the columns that fit. `first` is how many columns beside the name are scrolled out of view.
    pub fn columns(&self, first: usize) -> Columns {
        let all = self.all();
        let plan = self.plan();
        let (has_words, columns) = match first {
            0 => (plan.has_words, self.shown_by(plan)),
            _ => (false, self.fitting(all.get(first..).unwrap_or_default())),
        };
        let has_more = first + columns.len() < all.len();
        let mut shown = vec![self.column(Column::Name, has_words)];
        shown.extend(columns.into_iter().map(|column| self.column(column, has_words)));
        let taken: usize = shown.iter().skip(1).map(|column| column.width).sum();
        if let Some(name) = shown.first_mut() {
            name.width = self.width.saturating_sub(taken);
        }
        Columns { shown, has_more }
    }

    /// Returns every column beside the name that the list could show.
    fn all(&self) -> Vec<Column> {
        let sortable = Column::shown(self.view);
        let categories = sortable.iter().copied().filter(|column| matches!(column, Column::Category(_)));
        let is_there = |column: &Column| match column {
            Column::Trend => self.trend > 0 && !self.view.holds_only_latest() && !self.is_named_only(),
            Column::Strip => self.strip > 0,
            column => sortable.contains(column),
        };
        categories.chain(OTHERS.into_iter().filter(is_there)).collect()
    }

    /// Whether our sources name only some of the ratings, so that what moved is not known.
    fn is_named_only(&self) -> bool {
        self.view.framework().is_some_and(|framework| framework.is_named_only)
    }

    /// Returns the richest plan that fits; the last one if none does.
    fn plan(&self) -> Plan {
        let [comfortable, narrow, least] = NAMES.map(|name| name.min(self.longest));
        let plan = |has_words, others, name| Plan { has_words, others, name };
        let plans = [
            plan(true, OTHERS.as_slice(), self.longest),
            plan(false, OTHERS.as_slice(), self.longest),
            plan(false, &[Column::Trend, Column::Date, Column::Strip], self.longest),
            plan(false, &[Column::Trend, Column::Date], self.longest),
            plan(false, &[Column::Trend, Column::Date, Column::Strip], comfortable),
            plan(false, &[Column::Trend, Column::Date], comfortable),
            plan(false, &[Column::Trend], comfortable),
            plan(false, &[Column::Trend], narrow),
        ];
        let fits = |plan: &Plan| plan.name + 1 + self.taken_by(*plan) <= self.width;
        plans.into_iter().find(fits).unwrap_or(plan(false, &[], least))
    }

    fn shown_by(&self, plan: Plan) -> Vec<Column> {
        let is_shown = |column: &Column| matches!(column, Column::Category(_)) || plan.others.contains(column);
        self.all().into_iter().filter(is_shown).collect()
    }

    /// Returns the width of the columns beside the name.
    fn taken_by(&self, plan: Plan) -> usize {
        self.shown_by(plan).into_iter().map(|column| self.width_of(column, plan.has_words)).sum()
    }

    /// Returns as many of some columns as fit beside a narrow name.
    fn fitting(&self, columns: &[Column]) -> Vec<Column> {
        let [.., least] = NAMES;
        let mut left = self.width.saturating_sub(least.min(self.longest) + 1);
        let fits = |column: &Column| {
            let rest = left.checked_sub(self.width_of(*column, false));
            left = rest.unwrap_or(0);
            rest.is_some()
        };
        columns.iter().copied().take_while(fits).collect()
    }

    /// Returns the width of a grade: of a letter or, under a framework without letters, of a short word.
    fn grade(&self) -> usize {
        match self.view.sign_width() {
            0 | 1 => LETTER,
            words => words + 1,
        }
    }

    fn width_of(&self, column: Column, has_words: bool) -> usize {
        match column {
            Column::Name => self.longest,
            Column::Category(_) if has_words => {
                (display_width(column.header(self.view)) + 1).max(self.grade()).max(WORD)
            }
            Column::Category(_) => self.grade(),
            Column::Trend => self.trend + 1,
            Column::Date => MONTH,
            Column::Region => REGION,
            Column::Strip => display_width(column.header(self.view)).max(self.strip.min(MOST_STRIP)) + 1,
        }
    }

    fn column(&self, column: Column, has_words: bool) -> ColumnModel {
        let label = match column {
            Column::Name | Column::Trend => String::new(),
            Column::Category(position) if !has_words && self.view.sign_width() <= 1 => {
                self.view.categories().get(position).map(|category| category.letters()).unwrap_or_default()
            }
            _ => column.header(self.view).to_owned(),
        };
        let is_order = self.sort.is_some_and(|sort| sort.column == column);
        ColumnModel { column, label, width: self.width_of(column, has_words), is_order }
    }

    /// Returns the widths that the list can use, with the selection bar.
    pub fn wanted(&self) -> ListWidths {
        let cells = |width: usize| u16::try_from(width).unwrap_or(u16::MAX);
        let taken = |has_words: bool, others: &'static [Column]| self.taken_by(Plan { has_words, others, name: 0 });
        let [comfortable, _, least] = NAMES;
        // The selection bar, and a space after the name.
        let around = 2;
        let short = around + self.longest.clamp(least, comfortable);
        let name = around + self.longest.max(comfortable);
        let over_time = taken(false, &[Column::Trend, Column::Date, Column::Strip]);
        ListWidths {
            least: cells(short + taken(false, &[Column::Trend])),
            over_time: cells(short + over_time),
            full: cells(name + over_time),
            regions: cells(name + taken(false, &OTHERS)),
            all: cells(name + taken(true, &OTHERS)),
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
            _ if column.column == Column::Trend => trend_role(view.trend(id)),
            _ => Role::Faint,
        };
        let text = match column.column {
            Column::Strip => newest_end(&cell.text, column.width.saturating_sub(1)),
            _ => cell.text,
        };
        let letters = match (column.column, view.framework()) {
            (Column::Strip, Some(framework)) => text.chars().map(|letter| letter_role(framework, letter)).collect(),
            _ => Vec::new(),
        };
        CellModel { text, role, is_dim: cell.is_marked, letters }
    });
    let cells = cells.collect();
    let name = authority.name.to_string();
    match listing.found(id) {
        None => RowModel { name, cells, ..RowModel::default() },
        // That a search means a region is said once, below the list.
        Some(found) => match found.alias.filter(|alias| authority.region.as_deref() != Some(*alias)) {
            None => RowModel { name, cells, matched: found.letters, ..RowModel::default() },
            Some(alias) => {
                RowModel { name, cells, alias: Some((alias.to_owned(), found.letters)), ..RowModel::default() }
            }
        },
    }
}

/// Returns the role of a letter in the grades over time: that of the grade with this letter, which is the same under both
/// frameworks of the series.
fn letter_role(framework: &Framework, letter: char) -> Role {
    let is_it = |step: &&Step| step.letter.as_ref().is_some_and(|own| own.starts_with(letter));
    let step = framework.scale.steps.iter().find(is_it);
    step.map_or(Role::Faint, |step| Role::Grade(degree(&framework.scale, step.grade)))
}

/// Returns the role of a trend: that of the best grade if all moved up, that of the lowest if all moved down.
fn trend_role(trend: (usize, usize)) -> Role {
    match trend {
        (1.., 0) => Role::Grade(0),
        (0, 1..) => Role::Grade(3),
        _ => Role::Plain,
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
