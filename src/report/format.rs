//! The formats of the answers.

use std::io::{self, Write};

use serde::Serialize;

use super::{Screen, csv, html, json, markdown, package, svg, text, xlsx};
use crate::tables::{Naming, Table};

/// The forms in which an answer can be given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned text.
    #[default]
    Table,
    /// JSON, with the sources of every figure.
    Json,
    /// Comma-separated values, for a spreadsheet.
    Csv,
    /// Markdown, for a report.
    Markdown,
    /// A workbook for Excel and LibreOffice, with sheets for the sources and the notes.
    Xlsx,
    /// A page for a web browser, in one file, to read or to print.
    Html,
    /// A picture.
    Svg,
    /// What the comma-separated values are, for the file beside them.
    #[value(skip)]
    Package,
}

impl Format {
    /// Returns the format for the ending of a file name, in any case; `None` for any other ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Table),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "md" => Some(Self::Markdown),
            "xlsx" => Some(Self::Xlsx),
            "html" | "htm" => Some(Self::Html),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    /// Writes an answer that has one table for all formats, and a form of its own in JSON.
    pub(super) fn write<'s, J: Serialize>(
        self,
        out: &mut dyn Write,
        terminal: Option<Screen>,
        table: impl Fn() -> Table<'s>,
        json: impl FnOnce() -> J,
    ) -> io::Result<()> {
        match self {
            Self::Json => json::write(out, &json()),
            _ => self.write_table(out, terminal, &table, &table),
        }
    }

    /// Writes an answer as a table: the one for people or, in formats for programs, the one with data. JSON has a form of
    /// its own in each answer; here it is an error.
    pub(super) fn write_table<'p, 'd>(
        self,
        out: &mut dyn Write,
        terminal: Option<Screen>,
        people: impl FnOnce() -> Table<'p>,
        data: impl FnOnce() -> Table<'d>,
    ) -> io::Result<()> {
        match self {
            Self::Table => match terminal {
                Some(screen) => text::write_fitted(out, &people().in_words(), screen),
                None => text::write(out, &people().in_words().flat(Naming::Short)),
            },
            Self::Markdown => markdown::write(out, &people().in_words().flat(Naming::Short)),
            Self::Html => html::write(out, &people().in_words().flat(Naming::Short)),
            Self::Svg => svg::write_table(out, &people().in_words().flat(Naming::Short)),
            Self::Csv => csv::write(out, &data().flat(Naming::Unique)),
            Self::Package => package::write(out, &data().flat(Naming::Unique)),
            Self::Xlsx => {
                let readable = people().in_words().flat(Naming::Short);
                xlsx::write_with(out, ("Answer", &readable), &data().flat(Naming::Unique))
            }
            Self::Json => Err(io::Error::other("this table has no form in JSON")),
        }
    }
}
