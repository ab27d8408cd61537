//! Reads the dates of a table: in which order day and month stand is decided for whole columns.

use std::collections::HashMap;

use super::columns::{Column, Columns};
use super::grid::GridRow;
use super::row::{Row, unmarked};
use crate::dataset::{Date, DateForm, DayOrder, depends_on_order, serial_date, shown_order, written_date};
use crate::load::noted::{BOTH_ORDERS, Kind, MONTH_FIRST, Noted, OTHER_DATES, SERIAL_DATES};

/// The columns of dates.
pub const DATES: [Column; 3] = [Column::From, Column::Until, Column::Published];

/// What a cell of a column of dates says.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadDate {
    /// The date, or the first day of a range.
    pub first: Option<Date>,
    /// The last day of a range.
    pub last: Option<Date>,
    /// What is to be noted of the form in which it is written.
    pub form: Option<&'static Kind>,
    /// Why it is not read, in words, if it is not.
    pub read_as: Option<&'static str>,
}

/// The order of day and month in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Day,
    Month,
    /// Some dates show one order, and some the other.
    Unclear,
}

/// The orders of the columns of dates of a table, and the dates read so far.
#[derive(Debug, Default)]
pub struct Dates {
    /// By the position of a column.
    orders: HashMap<usize, Order>,
    /// The number of a spreadsheet's day 0: 0, or 1,462 if days are counted from 1904.
    first_number: u32,
}

/// The number of 1 January 1904 where days are counted from 1900.
const FROM_1904: u32 = 1_462;

impl Dates {
    /// Finds out in which order day and month stand in the columns of the rows that follow. A column that shows nothing has
    /// the order of the others, if they all have the month first.
    pub fn set_columns(&mut self, sets: &[Columns], rows: &[GridRow], noted: &mut Noted) {
        self.orders.clear();
        let positions = |set: &'_ Columns| DATES.map(|column| set.positions(column).to_vec()).concat();
        let columns: Vec<(usize, String)> =
            sets.iter().flat_map(|set| positions(set).into_iter().map(|at| (at, set.names(&[at])))).collect();
        for (at, name) in &columns {
            let shown: Vec<DayOrder> =
                rows.iter().filter_map(|row| shown_order(unmarked(Row(row).cell(*at)))).collect();
            let order = match (shown.contains(&DayOrder::DayFirst), shown.contains(&DayOrder::MonthFirst)) {
                (true, true) => Order::Unclear,
                (false, true) => Order::Month,
                (true, false) => Order::Day,
                (false, false) => continue,
            };
            if order == Order::Unclear && !self.orders.contains_key(at) {
                noted.add(BOTH_ORDERS, || name.clone());
            }
            self.orders.insert(*at, order);
        }
        let is_month = !self.orders.is_empty() && self.orders.values().all(|order| *order == Order::Month);
        for (at, name) in columns {
            if !self.orders.contains_key(&at) {
                let order = if is_month { self.likelier(at, sets, rows) } else { Order::Day };
                self.orders.insert(at, order);
            }
            if self.orders.get(&at) == Some(&Order::Month) {
                noted.add(MONTH_FIRST, || name);
            }
        }
    }

    /// Returns the order of a column that shows none, beside others that have the month first: that too, unless more
    /// inspections would then be published before they began.
    fn likelier(&mut self, at: usize, sets: &[Columns], rows: &[GridRow]) -> Order {
        let mut conflicts = |order| {
            self.orders.insert(at, order);
            let of_set = |set: &Columns| rows.iter().filter(|row| self.is_in_conflict(set, Row(row))).count();
            sets.iter().map(of_set).sum::<usize>()
        };
        if conflicts(Order::Month) > conflicts(Order::Day) { Order::Day } else { Order::Month }
    }

    /// Whether an inspection ended or was published before it began.
    fn is_in_conflict(&self, set: &Columns, row: Row<'_>) -> bool {
        let day = |column: Column| self.read(row.text(set.positions(column))?, set.positions(column), true).first;
        let [began, ended, published] = DATES.map(day);
        let is_before = |day: Option<Date>| day.zip(began).is_some_and(|(day, began)| day < began);
        is_before(ended) || is_before(published)
    }

    /// Whether numbers in the rows that follow are of days from 1904.
    pub fn set_first_day(&mut self, is_1904: bool) {
        self.first_number = if is_1904 { FROM_1904 } else { 0 };
    }

    /// Parses the text of a column, given by its positions. `has_range` says whether it may be a range of days.
    pub fn read(&self, text: &str, positions: &[usize], has_range: bool) -> ReadDate {
        let order = positions.first().and_then(|at| self.orders.get(at)).copied().unwrap_or(Order::Day);
        read(unmarked(text), order, has_range, self.first_number)
    }
}

fn read(text: &str, order: Order, has_range: bool, first_number: u32) -> ReadDate {
    let refused = |read_as| ReadDate { read_as: Some(read_as), ..ReadDate::default() };
    let is_unclear = order == Order::Unclear && depends_on_order(text);
    if is_unclear {
        return refused("no date, because it is unclear which number is the month");
    }
    let order = if order == Order::Month { DayOrder::MonthFirst } else { DayOrder::DayFirst };
    let (first, last, form) = match (written_date(text, order), serial_date(text, first_number)) {
        (Some(date), _) => (date.first, date.last, (date.form == DateForm::Other).then_some(OTHER_DATES)),
        (None, Some(date)) => (date, None, Some(SERIAL_DATES)),
        (None, None) => return refused("no date, because it is not a valid date (day/month/year)"),
    };
    if last.is_some() && !has_range {
        return refused("no date, because it is not one day");
    }
    if !first.is_plausible() || last.is_some_and(|last| !last.is_plausible()) {
        return refused("no date, because it is before 1990 or after the end of next year");
    }
    ReadDate { first: Some(first), last, form, read_as: None }
}
