//! Problems found in a file: what is wrong, where, and what would be valid.

use std::fmt;

/// One problem found while reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the file it is.
    pub location: Location,
    /// What was found there.
    pub found: String,
    /// What is allowed there.
    pub expected: String,
}

/// A location in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// The path to a value: `authorities[3].name`; empty for the file as a whole.
    Path(String),
    /// Line and column, both from 1, at which parsing failed.
    Text {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) if path.is_empty() => f.write_str("the file"),
            Self::Path(path) => f.write_str(path),
            Self::Text { line, column } => write!(f, "line {line}, column {column}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}; expected {}", self.location, self.found, self.expected)
    }
}
