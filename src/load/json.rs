//! Loads a dataset in the JSON format.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::merge::Merged;
use super::{Loaded, Unlisted, Unusable};
use crate::dataset::format::{Field, HeaderFile};
use crate::dataset::{Checked, Checker, Location, Problem};

const WANTED: &str = "a dataset of scrutineer: a JSON object that begins with \"format\": 2";

/// Parses a dataset from JSON text. `name` is used in messages.
///
/// # Errors
/// Returns an error if the text is not valid JSON, or if a problem affects more than single authorities; the error
/// lists every problem found.
pub fn from_json(bytes: &[u8], name: &str) -> Result<Loaded, Unusable> {
    let name = crate::text::clean(name);
    let unusable = |problems| Unusable::new(name.clone(), problems);
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(unusable(vec![whole("nothing: the file is empty")]));
    }
    let header: Field<HeaderFile> = serde_json::from_slice(text).map_err(|e| unusable(vec![no_json(&e)]))?;
    let header = match header {
        Field::Is(header) => header,
        Field::Wrong(found) => return Err(unusable(vec![whole(&found)])),
        Field::Absent => return Err(unusable(vec![whole("nothing")])),
    };
    let has_authorities = matches!(header.authorities, Field::Is(_));
    let mut checker = Checker::new(header);
    if has_authorities {
        let mut reader = serde_json::Deserializer::from_slice(text);
        Authorities(&mut checker).deserialize(&mut reader).map_err(|e| unusable(vec![no_json(&e)]))?;
    }
    match checker.end() {
        Checked { dataset: Some(mut dataset), problems, left_out, others, other_problems } => {
            let unlisted = Unlisted { left_out: others, problems: other_problems, ..Unlisted::default() };
            let mut merged = Merged::default();
            for authority in &mut dataset.authorities {
                merged.unify(&authority.name, &mut authority.assessments, |_, _| {});
            }
            let dataset = Arc::new(dataset);
            let mut loaded = Loaded { dataset, problems, left_out, unlisted, ..Loaded::default() };
            loaded.add_differences(merged.differences, merged.date_differences);
            Ok(loaded)
        }
        Checked { problems, other_problems, .. } => Err(Unusable { others: other_problems, ..unusable(problems) }),
    }
}

/// Parses only the list of authorities, and checks each one as it is parsed, so that the parsed form of a large file
/// is never in memory as a whole.
struct Authorities<'c>(&'c mut Checker);

impl<'de> DeserializeSeed<'de> for Authorities<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Authorities<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(WANTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(key) = object.next_key::<Cow<'_, str>>()? {
            if key == "authorities" {
                object.next_value_seed(Items(&mut *self.0))?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Items<'c>(&'c mut Checker);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            self.0.next_authority(item);
        }
        Ok(())
    }
}

fn whole(found: &str) -> Problem {
    Problem { location: Location::Path(String::new()), found: found.to_owned(), expected: WANTED.to_owned() }
}

fn no_json(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    Problem {
        location: Location::Text { line: error.line(), column: error.column() },
        found: format!("text that is not valid JSON ({reason})"),
        expected: WANTED.to_owned(),
    }
}
