//! Answers without a screen: one file for each answer, one for each format, written to any `Write`.

mod csv;
mod export;
mod json;
mod list;
mod markdown;
mod sheet;
mod show;
mod stats;
mod table;

pub use export::{export_csv, export_json};
pub use list::List;
pub use sheet::{Cell, Head, Sheet};
pub use show::Show;
pub use stats::Stats;

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
}
