//! Draws the tables of shares that the layers of regions and of years show.

use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Role, paragraph, spaces};
use crate::query::{Column, Direction, Sort, View};
use crate::tables::{Cell, Fit, Table, fit};
use crate::text::{capitalized, display_width, harmless, plural, truncate};
use crate::wording;

/// Returns the columns of a table of shares, in which it can be sorted: that of the labels, then the categories.
pub fn columns(first: Column, view: &View) -> Vec<Column> {
    std::iter::once(first).chain(shown_order(view).into_iter().map(Column::Category)).collect()
}

/// Returns the positions of the categories as people see them.
fn shown_order(view: &View) -> Vec<usize> {
    view.framework().map(|framework| framework.shown_order()).unwrap_or_default()
}

/// Returns the positions of the rows of a table in an order; as they are without one.
pub fn ordered(table: &Table<'_>, order: Option<Sort>) -> Vec<usize> {
    let Some(Sort { direction, .. }) = order else { return (0..table.count).collect() };
    table.ordered(position(order).unwrap_or(0), direction == Direction::Reversed)
}

/// Returns the position of the column of an order.
fn position(order: Option<Sort>) -> Option<usize> {
    Some(match order?.column {
        Column::Category(position) => position + 1,
        _ => 0,
    })
}

/// Returns the headers; a row of all together, if there is one; then the rows in an order, each of which is a choice. A
/// remark is below its row where it does not fit beside it.
pub fn lines(table: &Table<'_>, width: usize, order: Option<Sort>, view: &View) -> Lines {
    let mut fitted = fit(table, width, position(order));
    let shown = shown_order(view);
    fitted.columns.sort_by_key(|column| {
        let category = column.position.checked_sub(1);
        category.and_then(|at| shown.iter().position(|shown| *shown == at)).map_or(column.position, |rank| rank + 1)
    });
    let total = table.total.iter().flat_map(|cells| row(&fitted, cells, None, width));
    let rows = rows(table, &fitted, &ordered(table, order), 0, width);
    std::iter::once(headers(&fitted, order)).chain(total).chain(rows).collect()
}

/// Returns the rows of a table in an order, each of which is a choice, numbered from `first` on.
pub fn rows(table: &Table<'_>, fitted: &Fit, order: &[usize], first: usize, width: usize) -> Lines {
    let rows = order.iter().map(|at| (table.row)(*at)).zip(first..);
    rows.flat_map(|(cells, number)| row(fitted, &cells, Some(number), width)).collect()
}

/// Returns the headers that fit, that of the order after its arrow.
pub fn headers(fitted: &Fit, order: Option<Sort>) -> Line {
    let mut line = Line::new();
    for column in &fitted.columns {
        let sort = order.filter(|_| position(order) == Some(column.position));
        let role = if sort.is_some() { Role::Key } else { Role::Faint };
        let sign = sort.map_or("", Sort::sign);
        let name = truncate(&column.header, column.width.saturating_sub(display_width(sign)));
        let space = column.width.saturating_sub(display_width(sign) + display_width(&name));
        let (before, after) = if column.is_number { (space, 0) } else { (0, space) };
        line = spaced(line, column.gap + before).with(sign, role).with(name.into_owned(), role);
        line = spaced(line, after);
    }
    line
}

fn spaced(line: Line, width: usize) -> Line {
    if width == 0 { line } else { line.with(spaces(width), Role::Plain) }
}

fn row(fitted: &Fit, cells: &[Cell], choice: Option<usize>, width: usize) -> Lines {
    let role = if choice.is_some() { Role::Plain } else { Role::Strong };
    let mut line = Line::new();
    for column in &fitted.columns {
        let cell = cells.get(column.position).unwrap_or(&Cell::Empty);
        let text = cell.form(fitted.form);
        let text = truncate(&text, column.width).into_owned();
        let space = column.width.saturating_sub(display_width(&text));
        let (before, after) = if column.is_number { (space, 0) } else { (0, space) };
        let is_known = !matches!(cell, Cell::Share { tally, .. } if tally.known == 0);
        let part = Line::new().with(text, if is_known { role } else { Role::Faint });
        let part = match choice.filter(|_| column.position == 0) {
            Some(number) => part.for_figure(Figure::Choice(number)),
            None => part,
        };
        line = spaced(line, column.gap + before);
        line.spans.extend(part.spans);
        line = spaced(line, after);
    }
    let remark = fitted.remark_below.and_then(|at| cells.get(at)).filter(|cell| **cell != Cell::Empty);
    let remark = remark.into_iter().flat_map(|cell| paragraph(&cell.text(), width, 2, Role::Faint));
    std::iter::once(line).chain(remark).collect()
}

/// Returns what a table counts, from which data, and what its letters stand for.
pub fn footer(state: &Model, table: &Table<'_>, width: usize, order: Option<Sort>, what: &str) -> Lines {
    let fitted = fit(table, width, position(order));
    let view = state.view();
    let framework = view.framework().map(|framework| framework.title.clone()).unwrap_or_default();
    let as_at = view.as_at().map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
    let is_short = |letters: &String| fitted.columns.iter().any(|column| column.header == *letters);
    let has_letters =
        view.categories().iter().any(|category| category.letters() != *category.short && is_short(&category.letters()));
    let letters = if has_letters { format!(" {}.", wording::letters(view.categories())) } else { String::new() };
    let more = match fitted.left_out {
        0 => String::new(),
        left_out => format!(" {} in a wider window.", plural(left_out, "more column", "more columns")),
    };
    let data = wording::data(state.dataset(), state.framework());
    let percent = if fitted.form > 1 { "" } else { "; a percentage from ten known on" };
    let good = capitalized(&view.good_words());
    let words =
        format!("{good}, of those whose grade is known{percent}. {what} {framework}{as_at}.{letters}{more} {data}.");
    paragraph(&words, width, 0, Role::Faint)
}

/// Returns rows separated by tabs, under their headers, to paste into a spreadsheet.
pub fn text(table: Table<'_>, order: Option<Sort>) -> String {
    let order = ordered(&table, order);
    let total = table.total.clone().map(|cells| cells.into_iter().flat_map(Cell::flat).collect::<Vec<_>>());
    let table = table.flat(crate::tables::Naming::Unique);
    let headers: Vec<String> = table.columns.iter().map(|column| harmless(column.name())).collect();
    let rows = total.into_iter().chain(order.into_iter().map(|at| (table.row)(at)));
    let rows = rows.map(|cells| cells.iter().map(|cell| harmless(&cell.text())).collect::<Vec<_>>().join("\t"));
    std::iter::once(headers.join("\t")).chain(rows).collect::<Vec<_>>().join("\n")
}
