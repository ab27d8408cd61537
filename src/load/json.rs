//! Reads a dataset in the JSON format.

use super::{Loaded, Unusable};
use crate::dataset::format::{DatasetFile, Field};
use crate::dataset::{Checked, Place, Problem, check};

const WANTED: &str = "a dataset of scrutineer: a JSON object that begins with \"format\": 1";

/// Reads a dataset from JSON text. `name` is what messages call it.
///
/// # Errors
/// Where the text is no JSON, or a problem concerns more than single authorities; the error lists
/// every problem found.
pub fn from_json(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    let name = crate::text::clean(name);
    let unusable = |problems| Unusable { name: name.clone().into_owned(), problems };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(unusable(vec![whole("nothing: the file is empty")]));
    }
    let file: Field<DatasetFile> = serde_json::from_slice(text).map_err(|e| unusable(vec![no_json(&e)]))?;
    let file = match file {
        Field::Is(file) => file,
        Field::Wrong(found) => return Err(unusable(vec![whole(&found)])),
        Field::Absent => return Err(unusable(vec![whole("nothing")])),
    };
    match check(file) {
        Checked { dataset: Some(dataset), problems, left_out } => Ok(Loaded { dataset, problems, left_out }),
        Checked { problems, .. } => Err(unusable(problems)),
    }
}

fn whole(found: &str) -> Problem {
    Problem { place: Place::Path(String::new()), found: found.to_owned(), allowed: WANTED.to_owned() }
}

fn no_json(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    Problem {
        place: Place::Text { line: error.line(), column: error.column() },
        found: format!("text that is no JSON ({reason})"),
        allowed: WANTED.to_owned(),
    }
}
