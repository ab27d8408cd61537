//! The JSON Schema of the format, generated from the types that parse it.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{DatasetFile, FromJson, List, NAMED, VERSION};
use crate::dataset::{Absence, Basis, Certainty, Counted, Rank};

/// Returns the JSON Schema of the dataset format. Some rules are checked on loading but cannot be expressed in the
/// schema: ids resolve, grades are on the scale of their framework, every category has exactly one judgement, names
/// are unique, and spoken words lie within their passage.
pub fn schema() -> Schema {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<DatasetFile>();
    schema.insert("title".to_owned(), format!("A dataset of scrutineer, format {VERSION}").into());
    schema
}

/// Builds the schema of an object, field by field.
pub(super) struct Object {
    about: String,
    required: Vec<&'static str>,
    properties: Map<String, Value>,
}

impl Object {
    /// Starts an object whose description is the lines of a doc comment.
    pub(super) fn new(about: &[&str]) -> Self {
        Self { about: sentence(about), required: Vec::new(), properties: Map::new() }
    }

    /// Adds a field whose description is the lines of a doc comment.
    pub(super) fn field(&mut self, name: &'static str, is_required: bool, doc: &[&str], mut schema: Schema) {
        if is_required {
            self.required.push(name);
        }
        if !doc.is_empty() {
            schema.insert("description".to_owned(), sentence(doc).into());
        }
        self.properties.insert(name.to_owned(), schema.to_value());
    }

    /// Returns the schema.
    pub(super) fn end(self) -> Schema {
        json_schema!({
            "type": "object",
            "description": self.about,
            "required": self.required,
            "additionalProperties": false,
            "properties": self.properties,
        })
    }
}

fn sentence(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// A text that is not blank.
pub(super) fn text(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "\\S" })
}

/// A year, a month or a day, as precise as it is known.
pub(super) fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
}

/// A link that a browser can open.
pub(super) fn link(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^https?://[^ ]+$" })
}

/// A step of a scale.
pub(super) fn grade(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "integer", "minimum": 0, "maximum": 255 })
}

/// Steps of a scale.
pub(super) fn grades(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": grade(generator) })
}

/// How firmly a figure is supported.
pub(super) fn certainty(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": Certainty::ALL.map(Certainty::name) })
}

/// How many of the assessments are named.
pub(super) fn coverage(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": [NAMED] })
}

/// Headers, each of which may be empty.
pub(super) fn headers(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": "string" } })
}

/// Which day of an inspection counts.
pub(super) fn counted(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": Counted::ALL.map(Counted::name) })
}

pub(super) fn basis(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": Basis::ALL.map(Basis::name) })
}

/// How far a source is trusted.
pub(super) fn rank(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": Rank::ALL.map(Rank::name) })
}

/// Why there is no grade.
pub(super) fn absence(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": Absence::ALL.map(Absence::name) })
}

/// The unit of a published figure.
pub(super) fn unit(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": ["count", "percent"] })
}

/// The version of the format.
pub(super) fn version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": VERSION })
}

/// The number of a row; the headers are row 1.
pub(super) fn row(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "integer", "minimum": 1 })
}

/// A list with at least one item.
pub(super) fn some<T: FromJson>(generator: &mut SchemaGenerator) -> Schema {
    let mut list = List::<T>::schema(generator);
    list.insert("minItems".to_owned(), 1.into());
    list
}

/// Pairs of character positions.
pub(super) fn pairs(_: &mut SchemaGenerator) -> Schema {
    let position = json!({ "type": "integer", "minimum": 0 });
    json_schema!({
        "type": "array",
        "items": { "type": "array", "minItems": 2, "maxItems": 2, "items": position },
    })
}

/// Requires a grade with its certainty, or the reason why there is none, but not both.
pub(super) fn either_grade_or_absence(schema: &mut Schema) {
    let either = json!([{ "required": ["grade", "certainty"] }, { "required": ["absence"] }]);
    schema.insert("oneOf".to_owned(), either);
}

/// Requires a passage, a note or a place.
pub(super) fn says_something(schema: &mut Schema) {
    let any = json!([{ "required": ["passage"] }, { "required": ["note"] }, { "required": ["place"] }]);
    schema.insert("anyOf".to_owned(), any);
}
