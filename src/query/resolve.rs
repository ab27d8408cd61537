//! Resolves words typed by a user to a framework, category, grade, region or column; if there is no such thing,
//! suggests the most similar name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::regions::{region_names, regions};
use super::{Column, Direction, Sort};
use crate::dataset::{Code, Dataset, Framework, Grade, Text, Written, written_grade};
use crate::text::{clean, fold, nearest};

/// The error returned if a word does not name anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} {word:?}{} (known: {})", offered(.nearest), .known.join(", "))]
pub struct Unknown {
    /// What the word should have named: framework, category, grade, region, column.
    pub kind: &'static str,
    /// The word.
    pub word: String,
    /// The known names that begin with the word, if several things have one; else the most similar, if it is similar
    /// enough.
    pub nearest: Vec<String>,
    /// All known names.
    pub known: Vec<String>,
}

fn offered(nearest: &[String]) -> String {
    let names: Vec<String> = nearest.iter().map(|name| format!("{name:?}")).collect();
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) }
}

/// Returns the first thing with a name equal to a word, ignoring case and accents.
fn named<T>(kind: &'static str, word: &str, things: Vec<(T, Vec<String>)>) -> Result<T, Unknown> {
    let wanted = fold(word);
    let known: Vec<String> = things.iter().filter_map(|(_, names)| names.first().cloned()).collect();
    let all: Vec<String> = things.iter().flat_map(|(_, names)| names.clone()).collect();
    let begun = |names: &[String]| names.iter().find(|name| fold(name).starts_with(&wanted)).cloned();
    let mut begun: Vec<String> = things.iter().filter_map(|(_, names)| begun(names)).collect();
    if wanted.is_empty() || begun.len() < 2 {
        begun = nearest(word, all.iter().map(String::as_str)).into_iter().take(1).map(String::from).collect();
    }
    // Numbers are compared as they are typed: without its sign, -1 would be the first grade.
    let is_number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let is_named = |name: &String| if is_number(name) { name == word.trim() } else { fold(name) == wanted };
    let found = things.into_iter().find(|(_, names)| names.iter().any(is_named));
    found.map(|(thing, _)| thing).ok_or_else(|| Unknown { kind, word: clean(word).into_owned(), nearest: begun, known })
}

/// Returns the framework with a given id, title or alias; "today" is the one under which most authorities had their newest
/// assessment.
///
/// # Errors
/// Returns an error if the dataset has no such framework.
pub fn framework(dataset: &Dataset, word: &str) -> Result<Arc<Framework>, Unknown> {
    if let Some(leading) = dataset.leading_framework().filter(|_| fold(word) == "today") {
        return Ok(Arc::clone(leading));
    }
    let names = |f: &Arc<Framework>| {
        (Arc::clone(f), [&f.id, &f.title, &f.short].into_iter().chain(&f.aliases).map(Text::to_string).collect())
    };
    named("framework", word, frameworks(dataset).map(names).collect())
}

/// Returns the frameworks that can be asked for: all but those without any grade that are not known to have been in force,
/// as that of documents of which it is not recorded.
pub fn frameworks(dataset: &Dataset) -> impl Iterator<Item = &Arc<Framework>> {
    let assessments = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    let graded = assessments.filter(|a| a.judgements.iter().any(|judgement| judgement.grade().is_some()));
    let graded: BTreeSet<&str> = graded.map(|a| a.framework.id.as_str()).collect();
    dataset.frameworks.iter().filter(move |framework| {
        framework.from.is_some() || graded.is_empty() || graded.contains(framework.id.as_str())
    })
}

/// Returns the position of the category with a given id, label or short name.
///
/// # Errors
/// Returns an error if the framework has no such category.
pub fn category(framework: &Framework, word: &str) -> Result<usize, Unknown> {
    named("category", word, categories(framework))
}

fn categories(framework: &Framework) -> Vec<(usize, Vec<String>)> {
    let names = framework.categories.iter().map(|c| Vec::from([&c.id, &c.label, &c.short].map(Text::to_string)));
    names.enumerate().collect()
}

/// Returns the grade with a given number, letter or word.
///
/// # Errors
/// Returns an error if the scale has no such grade.
pub fn grade(framework: &Framework, word: &str) -> Result<Grade, Unknown> {
    if let Written::Plain(grade) = written_grade(word, &framework.scale) {
        return Ok(grade);
    }
    let steps = framework.scale.steps.iter();
    let names = steps.map(|s| {
        let own = [s.sign(), s.word.to_string(), s.grade.0.to_string()];
        (s.grade, own.into_iter().chain(s.also.iter().map(Text::to_string)).collect())
    });
    named("grade", word, names.collect())
}

/// Returns the subject or practice with a given id or label, or the only one that begins with the word.
///
/// # Errors
/// Returns an error if there is none, or if several begin with it; it names them.
pub fn code(dataset: &Dataset, word: &str) -> Result<Arc<Code>, Unknown> {
    let names = |code: &Arc<Code>| vec![code.label.clone(), code.id.clone(), code.id.replace('-', " ")];
    let things: Vec<(Arc<Code>, Vec<String>)> =
        dataset.codes.iter().map(|code| (Arc::clone(code), names(code))).collect();
    let wanted = fold(word);
    let is_begun = |names: &[String]| names.iter().any(|name| fold(name).starts_with(&wanted));
    let begun: Vec<&Arc<Code>> = things.iter().filter(|(_, names)| is_begun(names)).map(|(code, _)| code).collect();
    match begun.as_slice() {
        [only] if !wanted.is_empty() => Ok(Arc::clone(only)),
        _ => named("subject or practice", word, things),
    }
}

/// Returns the name of a region, as spelt in the dataset.
///
/// # Errors
/// Returns an error if no authority is in such a region.
pub fn region(dataset: &Dataset, word: &str) -> Result<String, Unknown> {
    let names = |region: String| {
        let names = region_names(&region).map(String::from).collect();
        (region, names)
    };
    named("region", word, regions(dataset).into_iter().map(names).collect())
}

/// Returns a column to sort by: `authority` or `name`, a category, or `date`.
///
/// # Errors
/// Returns an error if there is no such column.
pub fn column(framework: Option<&Framework>, word: &str) -> Result<Column, Unknown> {
    let categories = framework.map_or(0, |framework| framework.categories.len());
    let columns = std::iter::once(Column::Name).chain((0..categories).map(Column::Category));
    let columns = columns.chain([Column::Date, Column::Region]);
    named("column", word, columns.map(|column| (column, column.names(framework))).collect())
}

/// Parses an order: a column, preceded by `-` to reverse it.
///
/// # Errors
/// Returns an error if there is no such column.
pub fn sort(framework: Option<&Framework>, word: &str) -> Result<Sort, Unknown> {
    let (name, direction) = match word.strip_prefix('-') {
        Some(name) => (name, Direction::Reversed),
        None => (word, Direction::Usual),
    };
    Ok(Sort { column: column(framework, name)?, direction })
}
