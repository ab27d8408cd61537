//! Tables of cells with notes, independent of the output format.

/// The header of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it holds numbers; these are aligned right.
    pub is_number: bool,
}

impl Header {
    /// Creates the header of a text column.
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: false }
    }

    /// Creates the header of a number column.
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: true }
    }
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(String),
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

    /// Creates a number cell.
    pub fn count(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// Returns the content as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Empty => "",
        }
    }
}

/// A table whose rows are created one by one, so that printing a long one takes no more memory than a short one.
pub struct TableData<'a> {
    /// The columns.
    pub headers: Vec<Header>,
    /// The number of rows.
    pub count: usize,
    /// Returns the row at a position.
    pub row: Box<dyn Fn(usize) -> Vec<Cell> + 'a>,
    /// Notes for readers: signs, caveats, sources. Left out of data formats.
    pub notes: Vec<String>,
    /// The context of the table, for data formats, which have no notes: columns with the same cell in every row.
    pub about: Vec<(Header, Cell)>,
}

impl TableData<'_> {
    /// Returns the rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        (0..self.count).map(|position| (self.row)(position))
    }
}
