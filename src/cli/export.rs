//! `scrutineer export`: prints the whole dataset.

use std::path::Path;

use super::input::{self, Files};
use super::output::to;
use super::values::ExportFormat;
use crate::dataset::{Dataset, Date};
use crate::report::{export_compact, export_csv, export_datapackage, export_json, export_xlsx};

/// Writes the dataset in a format, whole or without what was published before a day.
///
/// # Errors
/// If the data cannot be used, or standard output cannot be written to.
pub fn export(
    files: &Files,
    format: Option<ExportFormat>,
    since: Option<Date>,
    output: Option<&Path>,
) -> anyhow::Result<()> {
    let format = ExportFormat::find(format, output).unwrap_or_default();
    let opened = input::open(files)?;
    opened.warn();
    let recent = since.map(|since| published_since(&opened.loaded.dataset, since));
    let dataset = recent.as_ref().unwrap_or(&opened.loaded.dataset);
    to(output, format == ExportFormat::Xlsx, |out, _| match format {
        ExportFormat::Json => export_json(out, dataset),
        ExportFormat::CompactJson => export_compact(out, dataset),
        ExportFormat::Csv => export_csv(out, dataset),
        ExportFormat::Xlsx => export_xlsx(out, dataset),
        ExportFormat::Datapackage => export_datapackage(out, dataset),
    })
}

/// Returns a dataset without the assessments and events published before a day, and the authorities left without any.
fn published_since(dataset: &Dataset, since: Date) -> Dataset {
    let mut recent = dataset.clone();
    for authority in &mut recent.authorities {
        authority.assessments.retain(|assessment| assessment.is_published_since(since));
        authority.events.retain(|event| event.is_published_since(since));
    }
    recent.authorities.retain(|authority| !authority.assessments.is_empty() || !authority.events.is_empty());
    recent
}
