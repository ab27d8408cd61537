//! Exports of a whole dataset: as CSV with a row for each assessment, or in the JSON format.

use std::io::{self, Write};

use serde_json::json;

use super::{csv, json, lines, xlsx};
use crate::dataset::{Assessment, Authority, Dataset, format};
use crate::tables::{Cell, Column, Table};
use crate::wording;

/// Writes a row for each assessment, with columns for the categories of all frameworks.
///
/// # Errors
/// Returns an error if writing fails.
pub fn export_csv(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    csv::write(out, &assessments(dataset))
}

/// Writes a row for each assessment as a workbook, with a sheet for the sources.
///
/// # Errors
/// Returns an error if there are more assessments than a sheet has rows, or if writing fails.
pub fn export_xlsx(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    xlsx::write(out, &assessments(dataset))
}

/// Describes the fields of [`export_csv`] as a Frictionless data package, with the licence and the sources.
///
/// # Errors
/// Returns an error if writing fails.
pub fn export_datapackage(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    let table = assessments(dataset);
    let fields = table.columns.iter().map(|header| {
        let kind = match header.is_number() {
            true => "integer",
            // Days, months and years are all allowed.
            false => "string",
        };
        json!({ "name": header.name(), "type": kind })
    });
    let sources = dataset.sources.iter().map(|source| json!({ "title": wording::source(source), "path": source.link }));
    let package = json!({
        "profile": "tabular-data-package",
        "name": "scrutineer",
        "title": dataset.title,
        "description": wording::data(dataset, dataset.frameworks.iter().map(AsRef::as_ref)),
        "licenses": [{ "name": "OGL-UK-3.0", "title": "Open Government Licence v3.0, for what Ofsted published" }],
        "sources": sources.collect::<Vec<_>>(),
        "resources": [{
            "profile": "tabular-data-resource",
            "name": "assessments",
            "path": "assessments.csv",
            "encoding": "utf-8",
            "format": "csv",
            "mediatype": "text/csv",
            "schema": { "fields": fields.collect::<Vec<_>>(), "missingValues": [""] },
        }],
    });
    json::write(out, &package)
}

/// The last columns: how the inspection was carried out, and the link to its report.
const VISIT: [&str; 4] = ["inspection_start_date", "inspection_end_date", "inspection_type", "link"];

/// Returns a row for each assessment, with columns for the categories of all frameworks.
fn assessments(dataset: &Dataset) -> Table<'_> {
    let rows: Vec<(&Authority, &Assessment)> =
        dataset.authorities.iter().flat_map(|a| a.assessments.iter().map(move |x| (a, x))).collect();
    let ids = categories(dataset);
    let mut headers: Vec<Column> =
        ["authority", "region", "gss", "framework", "round", "date", "authority_until"].map(Column::text).into();
    for id in &ids {
        headers.push(Column::text(*id));
        headers.push(Column::number(format!("{id} {}", number_header(dataset, id))));
        headers.push(Column::text(format!("{id} certainty")));
        headers.push(Column::text(format!("{id} sources")));
    }
    headers.extend(VISIT.map(Column::text));
    let count = rows.len();
    let row = move |position: usize| {
        let Some((authority, assessment)) = rows.get(position).copied() else { return Vec::new() };
        row_of(authority, assessment, &ids)
    };
    let sources = dataset.sources.iter().map(|source| source.as_ref().clone()).collect();
    let notes = vec![format!("{}.", wording::data(dataset, dataset.frameworks.iter().map(AsRef::as_ref)))];
    Table { sources, notes, ..Table::new(dataset.title.clone(), headers, count, row) }
}

/// Returns the ids of the categories of all frameworks, in order and without duplicates.
fn categories(dataset: &Dataset) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for category in dataset.frameworks.iter().flat_map(|f| &f.categories) {
        if !ids.contains(&category.id.as_str()) {
            ids.push(&category.id);
        }
    }
    ids
}

/// Returns the header for the numbers of a category's grades; without the best number if frameworks disagree about it.
fn number_header(dataset: &Dataset, id: &str) -> String {
    let graded = dataset.frameworks.iter().filter(|framework| framework.category_position(id).is_some());
    let mut headers: Vec<String> = graded.map(|framework| framework.scale.number_header()).collect();
    headers.dedup();
    match headers.as_slice() {
        [one] => one.clone(),
        _ => "grade_number".to_owned(),
    }
}

fn row_of(authority: &Authority, assessment: &Assessment, ids: &[&str]) -> Vec<Cell> {
    let framework = &assessment.framework;
    let mut cells = vec![
        Cell::Text(authority.name.to_string()),
        Cell::maybe(authority.region.as_deref()),
        Cell::maybe(authority.codes.gss.as_deref()),
        Cell::Text(framework.id.to_string()),
        Cell::Text(assessment.round.to_string()),
        Cell::date(assessment.date),
        Cell::date(authority.until),
    ];
    for id in ids {
        let judgement = framework.category_position(id).and_then(|position| assessment.judgements.get(position));
        cells.extend(json::judgement_cells(Some(framework.as_ref()), judgement));
        let position = framework.category_position(id);
        let evidence = position.map(|position| assessment.evidence(position)).unwrap_or_default();
        let mut sources: Vec<&str> = evidence.iter().map(|e| e.source.id.as_str()).collect();
        sources.dedup();
        cells.push(Cell::Text(sources.join(" ")));
    }
    let visit = assessment.visit.as_ref();
    cells.push(Cell::date(visit.and_then(|visit| visit.from)));
    cells.push(Cell::date(visit.and_then(|visit| visit.until)));
    cells.push(Cell::maybe(visit.and_then(|visit| visit.kind.as_deref())));
    cells.push(Cell::maybe(assessment.report_link()));
    cells
}

/// Writes the whole dataset in the JSON format with one line for each assessment.
///
/// # Errors
/// Returns an error if writing fails.
pub fn export_compact(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    lines::write(out, &format::Dataset::from(dataset))
}

/// Writes the whole dataset in the JSON format; exporting an export again yields identical bytes.
///
/// # Errors
/// Returns an error if writing fails.
pub fn export_json(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    json::write(out, &format::Dataset::from(dataset))
}
