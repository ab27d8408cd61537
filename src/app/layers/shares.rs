//! The table of shares that the layers of regions and of years show: a row for each, with how many are good or better in
//! each category, of those whose grade is known.

use crate::app::page::{Figure, Line, Lines, Role, paragraph};
use crate::app::state::State;
use crate::dataset::Framework;
use crate::query::{Column, Direction, Sort, View};
use crate::statistics::Tally;
use crate::text::{display_width, truncate};
use crate::wording::{self, percent};

/// The space between two columns.
const GAP: usize = 2;

/// The minimum width of the labels, with the space after them.
const LABEL: usize = 6;

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What it is about.
    pub label: String,
    /// Good or better in each category.
    pub tallies: Vec<Tally>,
    /// What a reader must know of it.
    pub remark: Option<String>,
}

/// How a share is written: the widest that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "118 of 153  77%"
    Words,
    /// "118/153 77%"
    Signs,
    /// "118/153"
    Counts,
}

impl Form {
    fn of(self, tally: Tally) -> String {
        let Tally { matching, known } = tally;
        let percent = percent(matching, known).unwrap_or_default();
        match self {
            _ if known == 0 => "–".to_owned(),
            Self::Words => format!("{matching} of {known} {percent:>4}"),
            Self::Signs => format!("{matching}/{known} {percent:>4}"),
            Self::Counts => format!("{matching}/{known}"),
        }
    }
}

/// Returns the columns of a table of shares, in which it can be sorted: that of the labels, then the categories.
pub fn columns(first: Column, view: &View) -> Vec<Column> {
    std::iter::once(first).chain((0..view.categories().len()).map(Column::Category)).collect()
}

/// Returns rows, each with what it opens, in an order; as they are without one. Shares are ordered by size; those
/// without a known grade come last.
pub fn ordered<T>(mut rows: Vec<(T, Share)>, order: Option<Sort>) -> Vec<(T, Share)> {
    let Some(Sort { column, direction }) = order else { return rows };
    let is_reversed = direction == Direction::Reversed;
    match column {
        Column::Category(position) => {
            let size = |row: &Share| row.tallies.get(position).filter(|tally| tally.known > 0).map(part);
            rows.sort_by(|(_, a), (_, b)| {
                let (a, b) = (size(a), size(b));
                let by_size = a.unwrap_or_default().total_cmp(&b.unwrap_or_default());
                let by_size = if is_reversed { by_size } else { by_size.reverse() };
                a.is_none().cmp(&b.is_none()).then(by_size)
            });
        }
        _ if is_reversed => rows.reverse(),
        _ => {}
    }
    rows
}

fn part(tally: &Tally) -> f64 {
    f64::from(tally.matching) / f64::from(tally.known)
}

/// A table of shares, laid out for a page.
pub struct Table<'a> {
    state: &'a State,
    width: usize,
    order: Option<Sort>,
    /// The column of the labels: names or dates.
    first: Column,
    form: Form,
    /// The space between two columns.
    gap: usize,
    /// The widths of the labels and of a share, with the space after each.
    widths: (usize, usize),
}

impl<'a> Table<'a> {
    /// Creates a table for rows: with headers and shares in words if they fit, else in signs or letters.
    pub fn new<'r>(
        state: &'a State,
        width: usize,
        rows: impl Iterator<Item = &'r Share> + Clone,
        first: Column,
        order: Option<Sort>,
    ) -> Self {
        let categories = state.view().categories();
        let label = rows.clone().map(|row| display_width(&row.label)).max().unwrap_or(0) + GAP;
        let cell = |(form, gap): (Form, usize)| {
            let shares = rows.clone().flat_map(|row| &row.tallies).map(|tally| display_width(&form.of(*tally)));
            let headers = categories.iter().map(|category| 1 + display_width(&category.letters()));
            shares.chain(headers).max().unwrap_or(0) + gap
        };
        let all = |form: (Form, usize)| cell(form) * categories.len();
        let has_percentages = state.framework().is_none_or(Framework::has_percentages);
        let forms = [(Form::Words, GAP), (Form::Signs, GAP), (Form::Counts, GAP), (Form::Counts, 1)];
        let fits =
            |form: &(Form, usize)| (has_percentages || form.0 == Form::Counts) && label + all(*form) <= width + form.1;
        let (form, gap) = forms.into_iter().find(fits).unwrap_or((Form::Counts, 1));
        let label = label.min((width + gap).saturating_sub(all((form, gap))).max(LABEL));
        Self { state, width, order, first, form, gap, widths: (label, cell((form, gap))) }
    }

    /// Returns the headers; a row of all together, if there is one; then a row each, which is a choice.
    pub fn lines<'r>(&self, all: Option<&Share>, rows: impl Iterator<Item = &'r Share>) -> Lines {
        let all = all.into_iter().flat_map(|all| self.with_remark(None, all));
        let rows = rows.enumerate().flat_map(|(number, row)| self.with_remark(Some(number), row));
        std::iter::once(self.headers()).chain(all).chain(rows).collect()
    }

    /// Returns a row, and its remark below it.
    fn with_remark(&self, choice: Option<usize>, row: &Share) -> Lines {
        let remark = row.remark.iter().flat_map(|remark| paragraph(remark, self.width, 2, Role::Faint));
        std::iter::once(self.row(choice, row)).chain(remark).collect()
    }

    fn headers(&self) -> Line {
        let view = self.state.view();
        let (label, cell) = self.widths;
        let mut line = Line::new();
        let mut end = 0;
        for column in columns(self.first, view) {
            let order = self.order.filter(|order| order.column == column);
            let role = if order.is_some() { Role::Key } else { Role::Faint };
            let sign = order.map_or("", Sort::sign);
            let name = match column {
                Column::Category(position) => view.categories().get(position).map_or_else(String::new, |category| {
                    if self.has_letters() { category.letters() } else { category.short.to_string() }
                }),
                Column::Date => "year".to_owned(),
                _ => "region".to_owned(),
            };
            if column == self.first {
                end = label;
                line = line.with(sign, role).with(name, role).padded(end);
            } else {
                // Numbers and their headers end in the same column.
                let start = (end + cell).saturating_sub(self.gap + display_width(sign) + display_width(&name));
                end += cell;
                line = line.padded(start).with(sign, role).with(name, role);
            }
        }
        line
    }

    /// Whether the headers are letters, because the words do not all fit.
    fn has_letters(&self) -> bool {
        let categories = self.state.view().categories();
        categories.iter().any(|category| display_width(&category.short) + self.gap >= self.widths.1)
    }

    fn row(&self, choice: Option<usize>, row: &Share) -> Line {
        let (label, cell) = self.widths;
        let role = if choice.is_some() { Role::Plain } else { Role::Strong };
        let mut line = Line::new().with(truncate(&row.label, label.saturating_sub(1)).into_owned(), role);
        if let Some(number) = choice {
            line = line.for_figure(Figure::Choice(number));
        }
        line = line.padded(label);
        let mut end = label;
        for tally in &row.tallies {
            let text = self.form.of(*tally);
            let start = (end + cell).saturating_sub(self.gap + display_width(&text));
            end += cell;
            let role = if tally.known == 0 { Role::Faint } else { role };
            line = line.padded(start).with(text, role);
        }
        line
    }

    /// Returns what the table counts, from which data, and what its letters stand for.
    pub fn footer(&self, what: &str) -> Lines {
        let view = self.state.view();
        let framework = view.framework().map(|framework| framework.title.clone()).unwrap_or_default();
        let as_at = view.as_at().map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
        let letters =
            if self.has_letters() { format!(" {}.", wording::letters(view.categories())) } else { String::new() };
        let data = wording::data(self.state.dataset(), self.state.framework());
        let percent = if self.form == Form::Counts { "" } else { "; a percentage from ten known on" };
        let words = format!(
            "Good or better, of those whose grade is known{percent}. {what} {framework}{as_at}.{letters} {data}."
        );
        paragraph(&words, self.width, 0, Role::Faint)
    }
}

/// Returns rows separated by tabs, under their headers, to paste into a spreadsheet.
pub fn text<T>(state: &State, first: &str, rows: &[(T, Share)]) -> String {
    let categories = state.view().categories();
    let headers = categories.iter().map(|category| format!("{} good or better\tof known", category.short));
    let headers = std::iter::once(first.to_owned()).chain(headers).chain(["remark".to_owned()]);
    let mut lines = vec![headers.collect::<Vec<_>>().join("\t")];
    for (_, row) in rows {
        // Nothing is a share of none.
        let cells = |tally: &Tally| match tally.known {
            0 => "\t".to_owned(),
            known => format!("{}\t{known}", tally.matching),
        };
        let tallies = row.tallies.iter().map(cells);
        let label = crate::text::harmless(&row.label);
        let remark = row.remark.clone().unwrap_or_default();
        lines.push(std::iter::once(label).chain(tallies).chain([remark]).collect::<Vec<_>>().join("\t"));
    }
    lines.join("\n")
}
