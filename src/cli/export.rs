//! `scrutineer export`: prints the whole dataset.

use super::arguments::ExportFormat;
use super::input::{self, Files};
use super::output::print;
use crate::report::{export_csv, export_json};

/// Prints the whole dataset as JSON or CSV.
///
/// # Errors
/// If the data cannot be used, or standard output cannot be written to.
pub fn export(files: &Files, format: ExportFormat) -> anyhow::Result<()> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = &opened.loaded.dataset;
    Ok(print(|out, _| match format {
        ExportFormat::Json => export_json(out, dataset),
        ExportFormat::Csv => export_csv(out, dataset),
    })?)
}
