//! Chooses which columns of a table a width has space for, and in which form.

use super::{Cell, Column, Kind, Table};
use crate::text::display_width;

/// The space between two columns.
const GAP: usize = 2;

/// The width to which a column of texts may shrink before columns are left out.
const LEAST: usize = 6;

/// The width of a column of texts from which on a shorter form of the others is not chosen for its sake.
const WIDEST: usize = 48;

/// How many forms a share has.
const FORMS: usize = 3;

/// How a table is laid out in a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The columns that are shown, in order.
    pub columns: Vec<FittedColumn>,
    /// The form of the shares, for [`Cell::form`].
    pub form: usize,
    /// The position of the remarks, if they stand below their rows.
    pub remark_below: Option<usize>,
    /// How many columns are left out.
    pub left_out: usize,
}

/// A column that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittedColumn {
    /// Its position in the table.
    pub position: usize,
    /// Its header.
    pub header: String,
    /// Its width, without the space before it.
    pub width: usize,
    /// The space before it.
    pub gap: usize,
    /// Whether its cells are aligned to the right.
    pub is_number: bool,
    /// Whether its cells may be cut: those of numbers, shares and dates may not.
    pub may_shrink: bool,
}

/// Returns how a table is laid out in a width: with the longest headers and forms with which all columns fit. Where even
/// the shortest do not, columns of texts shrink, the widest first, and then columns are left out. A number or a date is never
/// cut, and nothing is cut as long as there is space left. `marked` is the column whose header needs a cell for a sign before it.
pub fn fit(table: &Table<'_>, width: usize, marked: Option<usize>) -> Fit {
    let rows: Vec<Vec<Cell>> = table.total.iter().cloned().chain(table.rows()).collect();
    let wanted = Wanted { columns: &table.columns, rows: &rows, marked };
    let remark = table.columns.iter().position(|column| column.kind == Kind::Remark);
    let has_remarks =
        remark.is_some_and(|at| rows.iter().any(|row| row.get(at).is_some_and(|cell| *cell != Cell::Empty)));
    let all: Vec<usize> = (0..table.columns.len()).filter(|at| Some(*at) != remark || has_remarks).collect();
    let remark_below = remark.filter(|_| has_remarks);
    let mut kept: Vec<usize> = all.iter().copied().filter(|at| Some(*at) != remark).collect();
    // Remarks stand beside their rows only if nothing has to be shorter for that.
    let with_remarks = wanted.whole(&all, width).filter(|(form, columns)| {
        wanted.whole(&kept, width).is_some_and(|(other, others)| *form == other && columns.starts_with(&others))
    });
    if let Some((form, columns)) = with_remarks {
        return Fit { columns, form, remark_below: None, left_out: 0 };
    }
    let mut left_out = 0;
    loop {
        let (form, columns) = wanted.whole(&kept, width).unwrap_or_else(|| wanted.shrunk(&kept, width));
        let last =
            kept.iter().copied().filter(|at| wanted.left_out(*at) > 0).max_by_key(|at| (wanted.left_out(*at), *at));
        match last.filter(|_| total(&columns) > width) {
            Some(last) => kept.retain(|at| *at != last),
            None => return Fit { columns, form, remark_below, left_out },
        }
        left_out += 1;
    }
}

struct Wanted<'t> {
    columns: &'t [Column],
    rows: &'t [Vec<Cell>],
    marked: Option<usize>,
}

impl Wanted<'_> {
    fn left_out(&self, at: usize) -> u8 {
        self.columns.get(at).map_or(0, |column| column.left_out)
    }

    /// Returns the layout with the longest forms in which nothing is cut; `None` if not even the shortest fit.
    fn whole(&self, kept: &[usize], width: usize) -> Option<(usize, Vec<FittedColumn>)> {
        let headers =
            kept.iter().filter_map(|at| self.columns.get(*at)).map(|column| column.forms.len()).max().unwrap_or(1);
        let gaps = [GAP, 1];
        // Whole words first, then shorter shares under whole words, then shorter headers.
        let forms = (0..headers).flat_map(|header| (0..FORMS).map(move |form| (header, form)));
        let tries = gaps.into_iter().flat_map(|gap| forms.clone().map(move |(header, form)| (gap, header, form)));
        let mut tries = tries.map(|(gap, header, form)| (form, self.columns_in(kept, gap, header, form)));
        let (form, mut columns) = tries.find(|(_, columns)| total(columns) <= width)?;
        self.widen(&mut columns, width);
        Some((form, columns))
    }

    /// Gives long texts the space that is left.
    fn widen(&self, columns: &mut [FittedColumn], width: usize) {
        let mut left = width.saturating_sub(total(columns));
        for column in columns.iter_mut().filter(|column| !column.is_number) {
            let cells = self.rows.iter().filter_map(|row| row.get(column.position));
            let widest = cells.map(|cell| display_width(&cell.text())).max().unwrap_or(0);
            let more = widest.saturating_sub(column.width).min(left);
            column.width += more;
            left -= more;
        }
    }

    /// Returns the layout with the shortest forms, with texts as narrow as needed, which may not be enough.
    fn shrunk(&self, kept: &[usize], width: usize) -> (usize, Vec<FittedColumn>) {
        let form = FORMS - 1;
        let mut columns = self.columns_in(kept, 1, usize::MAX, form);
        let excess = total(&columns).saturating_sub(width);
        for _ in 0..excess {
            let texts = columns.iter_mut().filter(|column| column.may_shrink && column.width > LEAST);
            let Some(widest) = texts.max_by_key(|column| column.width) else { break };
            widest.width -= 1;
        }
        (form, columns)
    }

    fn columns_in(&self, kept: &[usize], gap: usize, header: usize, form: usize) -> Vec<FittedColumn> {
        let columns = kept.iter().enumerate().filter_map(|(number, at)| {
            let column = self.columns.get(*at)?;
            let header = column.forms.get(header).or(column.forms.last()).cloned().unwrap_or_default();
            let mark = usize::from(self.marked == Some(*at));
            let cells = self.rows.iter().filter_map(|row| row.get(*at)).map(|cell| display_width(&cell.form(form)));
            let widest = cells.max().unwrap_or(0);
            let widest = if column.is_number() { widest } else { widest.min(WIDEST) };
            let width = widest.max(display_width(&header) + mark);
            let gap = if number == 0 { 0 } else { gap };
            let mut cells = self.rows.iter().filter_map(|row| row.get(*at));
            let is_number = column.is_number();
            let may_shrink = !is_number && cells.any(|cell| matches!(cell, Cell::Text(_)));
            Some(FittedColumn { position: *at, header, width, gap, is_number, may_shrink })
        });
        columns.collect()
    }
}

fn total(columns: &[FittedColumn]) -> usize {
    columns.iter().map(|column| column.gap + column.width).sum()
}
