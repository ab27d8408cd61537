//! `scrutineer export`: prints the whole dataset.

use super::arguments::ExportFormat;
use super::input::{self, Files};
use super::output::print;
use crate::dataset::{Dataset, Date};
use crate::report::{export_compact, export_csv, export_json};

/// Prints the dataset as JSON or CSV, whole or without what was published before a day.
///
/// # Errors
/// If the data cannot be used, or standard output cannot be written to.
pub fn export(files: &Files, format: ExportFormat, since: Option<Date>) -> anyhow::Result<()> {
    let opened = input::open(files)?;
    opened.warn();
    let recent = since.map(|since| published_since(&opened.loaded.dataset, since));
    let dataset = recent.as_ref().unwrap_or(&opened.loaded.dataset);
    Ok(print(|out, _| match format {
        ExportFormat::Json => export_json(out, dataset),
        ExportFormat::CompactJson => export_compact(out, dataset),
        ExportFormat::Csv => export_csv(out, dataset),
    })?)
}

/// Returns a dataset without the assessments published before a day, and the authorities left without any.
fn published_since(dataset: &Dataset, since: Date) -> Dataset {
    let mut recent = dataset.clone();
    for authority in &mut recent.authorities {
        authority.assessments.retain(|assessment| assessment.is_published_since(since));
    }
    recent.authorities.retain(|authority| !authority.assessments.is_empty());
    recent
}
