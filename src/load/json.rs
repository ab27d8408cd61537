//! Loads a dataset in the JSON format.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::gazetteer::Gazetteer;
use super::ilacs::contradiction_of;
use super::merge::{Merged, two_records};
use super::reports::{MAX_LISTED, Reports};
use super::{Loaded, Unlisted, Unusable};
use crate::dataset::format::{self, wrong_version};
use crate::dataset::{Assessment, Authority, Checked, Dataset, Date, Location, Problem};
use crate::text::{clean, truncate};

const WANTED: &str = "a dataset of scrutineer: a JSON object that begins with \"format\": 2";

/// The maximum number of objects in a file: each takes some hundred bytes of memory, however short it is.
const MAX_OBJECTS: usize = 750_000;

/// The maximum length, in columns, of a message of the JSON parser that is repeated.
const SHOWN: usize = 1000;

/// The maximum length, in columns, of a text that is repeated.
const SHOWN_TEXT: usize = 60;

/// Parses a dataset from JSON text. `name` is used in messages.
///
/// # Errors
/// Returns an error if the text is not valid JSON, if a value has another type than the format says (the first is named),
/// or if a problem affects more than single authorities (all are listed).
pub fn from_json(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    read(bytes, name, leave_out_impossible)
}

/// Parses a dataset that is part of the program; see [`from_json`]. Tests know that no authority of it is left out.
pub(super) fn from_own_json(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    read(bytes, name, |_, _, _, _| Ok(()))
}

fn read(
    bytes: &[u8],
    name: &str,
    leave_out: impl FnOnce(&mut Dataset, &mut Vec<Problem>, &mut Vec<String>, &mut Unlisted) -> Result<(), Unusable>,
) -> Result<Loaded, Unusable> {
    let name = clean(name);
    let unusable = |problems| Unusable::new(name.clone(), problems);
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(unusable(vec![whole("nothing: the file is empty")]));
    }
    // serde would read the items of a list as the fields of the object.
    let records = |found: &str| {
        let expected = "a dataset of scrutineer, or a table in CSV, XLSX or ODS; save the records as CSV".to_owned();
        unusable(vec![Problem { expected, found: format!("{found} in JSON, not a dataset"), ..whole("") }])
    };
    if text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(records("a list of records"));
    }
    if text.iter().filter(|byte| **byte == b'{').count() > MAX_OBJECTS {
        let found = "more than 750,000 objects in JSON".to_owned();
        let expected =
            "the inspections of England's councils; leave out what is not needed, or save them as CSV".to_owned();
        return Err(unusable(vec![Problem { expected, found, ..whole("") }]));
    }
    let file: format::Dataset = serde_json::from_slice(text).map_err(|error| {
        if are_records(text) {
            return records("records");
        }
        let version = serde_json::from_slice(text).ok().and_then(|Version { format }| wrong_version(format));
        unusable(version.into_iter().chain([refusal(text, &error)]).collect())
    })?;
    match Checked::from(file) {
        Checked { dataset: Some(mut dataset), mut problems, mut left_out, others, other_problems } => {
            let mut unlisted = Unlisted { left_out: others, problems: other_problems, ..Unlisted::default() };
            leave_out(&mut dataset, &mut problems, &mut left_out, &mut unlisted)?;
            let (mut merged, mut reports) = (Merged::default(), Reports { unlisted, ..Reports::default() });
            for authority in &mut dataset.authorities {
                let name = &authority.name;
                merged.unify(name, &mut authority.assessments, |first, second| {
                    reports.repair(|| two_records("authorities".to_owned(), name, first, second));
                });
            }
            let Reports { repairs, unlisted, .. } = reports;
            let dataset = Arc::new(dataset);
            let mut loaded = Loaded { dataset, problems, left_out, repairs, unlisted, ..Loaded::default() };
            loaded.add_differences(merged.differences, merged.date_differences);
            Ok(loaded)
        }
        Checked { problems, other_problems, .. } => Err(Unusable { others: other_problems, ..unusable(problems) }),
    }
}

/// Leaves out each authority whose name and codes belong to different ones, or that has an inspection on an impossible day.
fn leave_out_impossible(
    dataset: &mut Dataset,
    problems: &mut Vec<Problem>,
    left_out: &mut Vec<String>,
    unlisted: &mut Unlisted,
) -> Result<(), Unusable> {
    let gazetteer = Gazetteer::bundled()?;
    dataset.authorities.retain(|authority| {
        let contradiction = contradiction_of(&gazetteer, authority);
        let contradiction =
            contradiction.map(|found| (found, "a name and codes of one council; correct those that are wrong"));
        let fault = contradiction.or_else(|| {
            let day = days(authority).find(|day| !day.is_plausible())?;
            Some((day.to_string(), "a day from 1990 to the end of next year"))
        });
        let Some((found, expected)) = fault else { return true };
        if left_out.len() < MAX_LISTED && problems.len() < MAX_LISTED {
            left_out.push(authority.name.to_string());
            let location = Location::Path(format!("authorities, {:?}", authority.name));
            problems.push(Problem { location, found, expected: expected.to_owned() });
        } else {
            unlisted.left_out = unlisted.left_out.saturating_add(1);
            unlisted.problems = unlisted.problems.saturating_add(1);
        }
        false
    });
    Ok(())
}

/// Returns the days of the inspections of an authority.
fn days(authority: &Authority) -> impl Iterator<Item = Date> + '_ {
    let visit = |one: &Assessment| one.visit.as_ref().map_or([None; 2], |visit| [visit.from, visit.until]);
    authority.assessments.iter().flat_map(move |one| [one.date].into_iter().chain(visit(one))).flatten()
}

/// Whether a text begins with an object that has nothing of a dataset: a record of a line, or a wrapping of records.
fn are_records(text: &[u8]) -> bool {
    let mut objects = serde_json::Deserializer::from_slice(text).into_iter::<HashMap<String, IgnoredAny>>();
    let first = objects.next().and_then(Result::ok);
    let has = |object: &HashMap<String, IgnoredAny>| {
        ["format", "authorities", "title", "publisher"].iter().any(|key| object.contains_key(*key))
    };
    first.is_some_and(|object| !object.is_empty() && !has(&object))
}

/// What is read of a file that cannot be parsed: it may be one of a later version.
#[derive(Deserialize)]
struct Version {
    format: u64,
}

fn whole(found: &str) -> Problem {
    Problem { location: Location::Path(String::new()), found: found.to_owned(), expected: WANTED.to_owned() }
}

/// Describes why a text cannot be parsed: it is no JSON, or a value has the wrong type. Then it is parsed again, as the path
/// to the value is known only by following it.
fn refusal(text: &[u8], error: &serde_json::Error) -> Problem {
    if error.classify() != Category::Data {
        return Problem {
            location: Location::Text { line: error.line(), column: error.column() },
            found: format!("text that is not valid JSON ({})", reason(error)),
            expected: WANTED.to_owned(),
        };
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    match serde_path_to_error::deserialize::<_, format::Dataset>(&mut reader) {
        Err(error) => wrong_type(error.path(), &reason(error.inner())),
        Ok(_) => whole(&reason(error)),
    }
}

/// Returns the message of an error without line and column.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    truncate(&clean(reason), SHOWN).into_owned()
}

/// Puts an error of serde about the type of a value at a path in the words of all other problems.
fn wrong_type(path: &serde_path_to_error::Path, reason: &str) -> Problem {
    let path = if path.iter().len() == 0 { String::new() } else { clean(&path.to_string()).into_owned() };
    let within = |field: &str| if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
    let quoted = |start: &str| reason.strip_prefix(start)?.split('`').nth(1);
    let problem =
        |path: String, found: String, expected: String| Problem { location: Location::Path(path), found, expected };
    if let Some(field) = quoted("missing field") {
        return problem(within(field), "nothing".to_owned(), "a value".to_owned());
    }
    if let Some(field) = quoted("duplicate field") {
        return problem(within(field), "the field twice".to_owned(), "the field once".to_owned());
    }
    let Some((found, expected)) = reason.rsplit_once(", expected ") else { return whole(reason) };
    if found.starts_with("unknown field") {
        return problem(path, "an unknown field".to_owned(), expected.replace('`', ""));
    }
    let expected = if path.is_empty() { WANTED.to_owned() } else { expected_words(expected) };
    problem(path, found_words(found), expected)
}

/// Describes what serde calls "invalid type: integer `5`".
fn found_words(found: &str) -> String {
    let value = found.split_once(": ").map_or(found, |(_, value)| value);
    match value.split_once(' ') {
        None if value == "sequence" => "a list".to_owned(),
        None if value == "map" => "an object".to_owned(),
        Some(("integer", number)) => format!("the number {}", number.replace('`', "")),
        Some(("floating", rest)) => format!("the number {}", rest.replace("point ", "").replace('`', "")),
        Some(("boolean", value)) => value.replace('`', ""),
        Some(("string", text)) => truncate(text, SHOWN_TEXT).into_owned(),
        _ => value.to_owned(),
    }
}

/// Describes what serde calls "u8".
fn expected_words(expected: &str) -> String {
    match expected {
        "a string" => "a text",
        "a sequence" => "a list",
        "u8" => "a whole number from 0 to 255",
        "u32" | "u64" | "usize" => "a whole number",
        "f64" => "a number",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
    .to_owned()
}
