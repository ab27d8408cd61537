//! A table: columns, typed cells, notes and sources, whatever it is written to.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::dataset::{Date, Source};
use crate::statistics::{Tally, rounded_percent};
use crate::wording;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Texts, aligned to the left; they may be truncated.
    Text,
    /// Numbers, aligned to the right; never truncated.
    Number,
    /// Shares, aligned to the right; their short forms have the same numbers.
    Share,
    /// A remark about the row. It is written below the row if the width has no space for it in the row.
    Remark,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its headers, the longest first: "Overall effectiveness", "Overall", "Ov"; never empty. Data formats have the first.
    pub forms: Vec<String>,
    /// What it holds.
    pub kind: Kind,
    /// Where the width does not suffice for all, the columns with the highest numbers are left out first; those with 0 never.
    pub left_out: u8,
}

impl Column {
    fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self { forms: vec![name.into()], kind, left_out: 0 }
    }

    /// Creates a column of texts.
    pub fn text(name: impl Into<String>) -> Self {
        Self::new(name, Kind::Text)
    }

    /// Creates a column of numbers.
    pub fn number(name: impl Into<String>) -> Self {
        Self::new(name, Kind::Number)
    }

    /// Creates a column of shares.
    pub fn share(name: impl Into<String>) -> Self {
        Self::new(name, Kind::Share)
    }

    /// Creates the column of remarks.
    pub fn remark() -> Self {
        Self::new("remark", Kind::Remark)
    }

    /// Adds shorter headers, the longest first.
    pub fn or(mut self, shorter: impl IntoIterator<Item = String>) -> Self {
        self.forms.extend(shorter);
        self
    }

    /// Returns the longest header.
    pub fn name(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }

    /// Whether its cells are aligned to the right.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number | Kind::Share)
    }
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(String),
    /// A grade.
    Grade {
        /// Its word.
        word: String,
        /// How far it is from the best.
        degree: u8,
        /// Whether the report itself says it.
        is_stated: bool,
    },
    /// A date, as far as it is known.
    Date(Date),
    /// A part of those of which it is known.
    Share {
        /// The part and the whole.
        tally: Tally,
        /// Whether it may be given in percent.
        has_percent: bool,
    },
    /// Nothing.
    Empty,
}

impl Cell {
    /// Creates a text cell; empty if `None`.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |t| Self::Text(t.to_owned()))
    }

    /// Creates a text or number cell; empty if the text is empty.
    pub fn new(text: String, is_number: bool) -> Self {
        match (text.is_empty(), is_number) {
            (true, _) => Self::Empty,
            (false, true) => Self::Number(text),
            (false, false) => Self::Text(text),
        }
    }

    /// Creates a date cell; empty if `None`.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    /// Creates a number cell.
    pub fn count(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// Returns a part of a total in percent, with one decimal place; an empty cell for totals under ten.
    pub fn percent(part: u32, whole: u32) -> Self {
        rounded_percent(part, whole, 1).map_or(Self::Empty, Self::Number)
    }

    /// Returns the content as text, in its longest form.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Grade { word: text, .. } => Cow::Borrowed(text),
            Self::Date(date) => Cow::Owned(date.iso()),
            Self::Share { .. } => Cow::Owned(self.form(0)),
            Self::Empty => Cow::Borrowed(""),
        }
    }

    /// Returns the content in one of the three forms of a share, from the longest: "118 of 153  77%", "118/153 77%",
    /// "118/153". All have the same numbers but the percentage, which follows from them. Other cells have one form.
    pub fn form(&self, form: usize) -> String {
        let Self::Share { tally: Tally { matching, known }, has_percent } = self else {
            return self.text().into_owned();
        };
        let percent = wording::percent(*matching, *known).filter(|_| *has_percent).unwrap_or_default();
        // Percentages end in the same column, also where there is none.
        let percent = |gap: &str| if *has_percent { format!("{gap}{percent:>4}") } else { String::new() };
        match form {
            _ if *known == 0 => "–".to_owned(),
            0 => format!("{matching} of {known}{}", percent(" ")),
            1 => format!("{matching}/{known}{}", percent(" ")),
            _ => format!("{matching}/{known}"),
        }
    }

    /// Returns how large a share is, from 0 to 1; `None` if nothing is known, or for another cell.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Share { tally: Tally { matching, known }, .. } if *known > 0 => {
                Some(f64::from(*matching) / f64::from(*known))
            }
            _ => None,
        }
    }

    /// Returns the three numbers of a share, or the cell itself.
    pub fn flat(self) -> Vec<Self> {
        let Self::Share { tally: Tally { matching, known }, has_percent } = self else { return vec![self] };
        let percent = if has_percent { Self::percent(matching, known) } else { Self::Empty };
        vec![Self::count(matching), Self::count(known), percent]
    }
}

/// A table whose rows are created one by one, so that printing a long one takes no more memory than a short one.
pub struct Table<'a> {
    /// What it holds, in a few words.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The column, from 0, whose cells name the rows.
    pub named_by: usize,
    /// The number of rows.
    pub count: usize,
    /// Returns the row at a position.
    pub row: Box<dyn Fn(usize) -> Vec<Cell> + 'a>,
    /// The row of totals. Only the screen shows it, as the first row: a program that adds up the rows would count it twice.
    pub total: Option<Vec<Cell>>,
    /// Returns the address that the name of the row at a position leads to on a page, if it has one.
    pub link: Box<dyn Fn(usize) -> Option<String> + 'a>,
    /// Notes for readers: signs, caveats. Left out of CSV.
    pub notes: Vec<String>,
    /// How many of the notes answer the question themselves, and are shown wherever the table is.
    pub answers: usize,
    /// The sources cited, without duplicates. Left out of CSV.
    pub sources: Vec<Source>,
    /// The context of the table, for the data package: what is the same for every row, each with its name.
    pub about: Vec<(Column, Cell)>,
}

impl<'a> Table<'a> {
    /// Creates a table without notes, sources and context; `row` returns the row at a position.
    pub fn new(
        title: impl Into<String>,
        columns: Vec<Column>,
        count: usize,
        row: impl Fn(usize) -> Vec<Cell> + 'a,
    ) -> Self {
        let (notes, sources, about) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            title: title.into(),
            columns,
            named_by: 0,
            count,
            row: Box::new(row),
            total: None,
            link: Box::new(|_| None),
            notes,
            answers: 0,
            sources,
            about,
        }
    }

    /// Returns the rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        (0..self.count).map(|position| (self.row)(position))
    }

    /// Returns the notes, then a line for each source.
    pub fn all_notes(&self) -> impl Iterator<Item = String> + '_ {
        let sources = self.sources.iter().map(|source| format!("Source: {}", wording::source(source)));
        self.notes.iter().cloned().chain(sources)
    }

    /// Returns the table with three columns for each column of shares: the part, the whole and the percentage. `naming`
    /// decides the headers of the last two.
    pub fn flat(self, naming: Naming) -> Self {
        let mut columns = Vec::with_capacity(self.columns.len());
        for column in self.columns {
            let Kind::Share = column.kind else {
                columns.push(column);
                continue;
            };
            let name = column.name();
            let of = match naming {
                Naming::Short => String::new(),
                Naming::Unique => name.strip_suffix("good or better").map_or(format!("{name} "), String::from),
            };
            let [known, percent] = ["of known", "percent"].map(|name| format!("{of}{name}"));
            columns.push(Column { kind: Kind::Number, ..column });
            columns.extend([known, percent].map(Column::number));
        }
        let row = self.row;
        Self {
            columns,
            row: Box::new(move |position| row(position).into_iter().flat_map(Cell::flat).collect()),
            ..self
        }
    }

    /// Returns the table with its columns in another order, given by their positions; the first stays the one that names the rows.
    pub fn arranged(self, order: Vec<usize>) -> Self {
        let columns = order.iter().filter_map(|at| self.columns.get(*at).cloned()).collect();
        let row = self.row;
        let row = move |position: usize| {
            let cells = row(position);
            order.iter().map(|at| cells.get(*at).cloned().unwrap_or(Cell::Empty)).collect()
        };
        Self { columns, row: Box::new(row), ..self }
    }

    /// Returns the table for people: where a program finds a name of the format, they find the word of the screens.
    pub fn in_words(self) -> Self {
        const HEADERS: [(&str, &str); 2] = [("authority", "council"), ("authorities", "councils")];
        const CELLS: [(&str, &str, &str); 3] = [
            ("certainty", "inferred", "worked out"),
            ("certainty", "second-hand", "collected by others"),
            ("verdict", "consistent", "fits"),
        ];
        let mut columns = self.columns;
        let named: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
        for name in columns.iter_mut().flat_map(|column| &mut column.forms) {
            if let Some((_, word)) = HEADERS.iter().find(|(header, _)| header == name) {
                *name = (*word).to_owned();
            }
        }
        let row = self.row;
        let word = move |(at, cell): (usize, Cell)| match &cell {
            Cell::Text(text) => {
                let is_it = |(header, found, _): &&(&str, &str, &str)| {
                    named.get(at).is_some_and(|name| name == header) && text == found
                };
                CELLS.iter().find(is_it).map_or(cell.clone(), |(.., word)| Cell::Text((*word).to_owned()))
            }
            _ => cell,
        };
        let row = move |position: usize| row(position).into_iter().enumerate().map(&word).collect();
        Self { columns, row: Box::new(row), ..self }
    }

    /// Returns the positions of the rows ordered by a column: shares by size, those of which nothing is known last, other
    /// cells as they are. `is_reversed` turns the order round.
    pub fn ordered(&self, column: usize, is_reversed: bool) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.count).collect();
        if self.columns.get(column).is_none_or(|column| column.kind != Kind::Share) {
            if is_reversed {
                order.reverse();
            }
            return order;
        }
        let sizes: Vec<Option<f64>> = self.rows().map(|row| row.get(column).and_then(Cell::size)).collect();
        let size = |position: &usize| sizes.get(*position).copied().flatten();
        order.sort_by(|a, b| {
            let by_size = size(a).unwrap_or_default().total_cmp(&size(b).unwrap_or_default());
            let by_size = if is_reversed { by_size } else { by_size.reverse() };
            size(a).is_none().cmp(&size(b).is_none()).then(by_size)
        });
        order
    }
}

/// How the columns of flattened shares are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// For people: "of known" and "percent", after the share itself.
    Short,
    /// For programs, which find a column by its name: "Overall of known" and "Overall percent".
    Unique,
}

/// Returns sources without duplicates, in the order in which they are first cited.
pub fn distinct<'s>(all: impl Iterator<Item = &'s Source>) -> Vec<Source> {
    let mut cited: HashSet<&str> = HashSet::new();
    all.filter(|source| cited.insert(&source.id)).cloned().collect()
}
