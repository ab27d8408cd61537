//! Rows and columns with what must stand beneath them, before they have a format.

/// The header of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it holds numbers, which stand at the right.
    pub is_number: bool,
}

impl Header {
    /// A column of text.
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: false }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_number: true }
    }
}

/// What stands in a cell.
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
    /// A text, or nothing.
    pub fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |t| Self::Text(t.to_owned()))
    }

    /// A text or a number; nothing if it is empty.
    pub fn new(text: String, is_number: bool) -> Self {
        match (text.is_empty(), is_number) {
            (true, _) => Self::Empty,
            (false, true) => Self::Number(text),
            (false, false) => Self::Text(text),
        }
    }

    /// A number.
    pub fn count(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// The characters of it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Empty => "",
        }
    }
}

/// A table whose rows are made one by one, so that printing a long one takes no more memory than a
/// short one.
pub struct TableData<'a> {
    /// The columns.
    pub headers: Vec<Header>,
    /// How many rows there are.
    pub count: usize,
    /// The row at a position.
    pub row: Box<dyn Fn(usize) -> Vec<Cell> + 'a>,
    /// What a reader must know: signs, caveats, sources. A data format leaves it out.
    pub notes: Vec<String>,
    /// What the table is about, in columns with the same text in every row, for a data format that has no place
    /// for notes.
    pub about: Vec<(Header, Cell)>,
}

impl TableData<'_> {
    /// The rows, from first to last.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        (0..self.count).map(|position| (self.row)(position))
    }
}
