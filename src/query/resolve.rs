//! What a person's word stands for: a framework, a category, a grade, a region, a column; and, where
//! it stands for nothing, the nearest word that would.

use std::collections::BTreeSet;

use std::sync::Arc;

use super::{Column, Direction, Sort};
use crate::dataset::{Dataset, Framework, Grade};
use crate::text::fold;

/// How alike two words must be for one to be offered for the other (Jaro-Winkler, from 0 to 1).
const ALIKE: f64 = 0.75;

/// A word that stands for nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} {word:?}{} (known: {})", offered(.nearest.as_deref()), .known.join(", "))]
pub struct Unknown {
    /// What it should have been: framework, category, grade, region, column.
    pub kind: &'static str,
    /// The word.
    pub word: String,
    /// The nearest that would do.
    pub nearest: Option<String>,
    /// All that would do.
    pub known: Vec<String>,
}

fn offered(nearest: Option<&str>) -> String {
    nearest.map(|n| format!("; did you mean {n:?}?")).unwrap_or_default()
}

/// The names nearest to a word, the best first; those that are not alike at all are left out.
pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = fold(word);
    let mut scored: Vec<(f64, &str)> = names.map(|n| (strsim::jaro_winkler(&wanted, &fold(n)), n)).collect();
    scored.retain(|(score, _)| *score >= ALIKE);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, name)| name).collect()
}

/// Finds the first of some things that one of its names calls by a word.
fn named<T>(kind: &'static str, word: &str, things: Vec<(T, Vec<String>)>) -> Result<T, Unknown> {
    let wanted = fold(word);
    let known: Vec<String> = things.iter().filter_map(|(_, names)| names.first().cloned()).collect();
    let all: Vec<String> = things.iter().flat_map(|(_, names)| names.clone()).collect();
    let found = things.into_iter().find(|(_, names)| names.iter().any(|n| fold(n) == wanted));
    found.map(|(thing, _)| thing).ok_or_else(|| Unknown {
        kind,
        word: crate::text::clean(word).into_owned(),
        nearest: nearest(word, all.iter().map(String::as_str)).first().map(|n| (*n).to_owned()),
        known,
    })
}

/// A framework by id or title.
///
/// # Errors
/// If the dataset has none of that name.
pub fn framework(dataset: &Dataset, word: &str) -> Result<Arc<Framework>, Unknown> {
    let names = |f: &Arc<Framework>| {
        (Arc::clone(f), [vec![f.id.clone(), f.title.clone(), f.short.clone()], f.aliases.clone()].concat())
    };
    named("framework", word, dataset.frameworks.iter().map(names).collect())
}

/// A category of a framework by id, label or short name: its place.
///
/// # Errors
/// If the framework has none of that name.
pub fn category(framework: &Framework, word: &str) -> Result<usize, Unknown> {
    named("category", word, categories(framework))
}

fn categories(framework: &Framework) -> Vec<(usize, Vec<String>)> {
    let names = framework.categories.iter().map(|c| vec![c.id.clone(), c.label.clone(), c.short.clone()]);
    names.enumerate().collect()
}

/// A grade of a framework by number, letter or word.
///
/// # Errors
/// If the scale has none of that name.
pub fn grade(framework: &Framework, word: &str) -> Result<Grade, Unknown> {
    let steps = framework.scale.steps.iter();
    let names =
        steps.map(|s| (s.grade, [vec![s.sign(), s.word.clone(), s.grade.0.to_string()], s.also.clone()].concat()));
    named("grade", word, names.collect())
}

/// A region of the dataset as it is written there.
///
/// # Errors
/// If no authority lies in a region of that name.
pub fn region(dataset: &Dataset, word: &str) -> Result<String, Unknown> {
    named("region", word, regions(dataset).into_iter().map(|r| (r.clone(), vec![r])).collect())
}

/// The regions of a dataset, each once, by name.
pub fn regions(dataset: &Dataset) -> Vec<String> {
    let regions: BTreeSet<&str> = dataset.authorities.iter().filter_map(|a| a.region.as_deref()).collect();
    regions.into_iter().map(String::from).collect()
}

/// A column to sort by: `authority` or `name`, a category, or `date`.
///
/// # Errors
/// If there is no column of that name.
pub fn column(framework: Option<&Framework>, word: &str) -> Result<Column, Unknown> {
    let categories = framework.map_or(0, |framework| framework.categories.len());
    let columns = std::iter::once(Column::Name).chain((0..categories).map(Column::Category)).chain([Column::Date]);
    named("column", word, columns.map(|column| (column, column.names(framework))).collect())
}

/// An order: a column, with `-` before it for the other way round.
///
/// # Errors
/// If there is no column of that name.
pub fn sort(framework: Option<&Framework>, word: &str) -> Result<Sort, Unknown> {
    let (name, direction) = match word.strip_prefix('-') {
        Some(name) => (name, Direction::Reversed),
        None => (word, Direction::Usual),
    };
    Ok(Sort { column: column(framework, name)?, direction })
}
