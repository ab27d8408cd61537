//! Serializes the model to the JSON format it is parsed from; exporting an export again yields identical bytes.
//!
//! Types whose JSON mirrors their fields derive `Serialize`. The impls here cover the rest: sources and categories
//! are written as ids, judgements as a grade or an absence, ranges in characters instead of bytes.

use std::ops::Range;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::format::{NAMED, VERSION};
use super::{
    Absence, Assessment, Certainty, Claim, Codes, Counted, Dataset, Date, Framework, Grade, Judgement, Origin, Outcome,
    Passage, Published, Quote, Rank, Source, Value,
};

/// Serializes a source as its id.
pub(super) fn id<S: Serializer>(source: &Arc<Source>, serializer: S) -> Result<S::Ok, S::Error> {
    source.id.serialize(serializer)
}

/// Serializes the coverage of a framework of which only some assessments are named.
pub(super) fn coverage<S: Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    NAMED.serialize(serializer)
}

/// Whether the authority has no code at all.
pub(super) fn has_no_code(codes: &Codes) -> bool {
    *codes == Codes::default()
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.iso())
    }
}

impl Serialize for Certainty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name().serialize(serializer)
    }
}

impl Serialize for Rank {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name().serialize(serializer)
    }
}

impl Serialize for Absence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name().serialize(serializer)
    }
}

impl Serialize for Dataset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Dataset", 10)?;
        object.serialize_field("format", &VERSION)?;
        object.serialize_field("title", &self.title)?;
        object.serialize_field("publisher", &self.publisher)?;
        some(&mut object, "collector", self.collector.as_ref())?;
        some(&mut object, "date", self.date)?;
        object.serialize_field("frameworks", &self.frameworks)?;
        object.serialize_field("sources", &self.sources)?;
        object.serialize_field("authorities", &self.authorities)?;
        object.serialize_field("claims", &self.claims)?;
        if !self.published.is_empty() {
            object.serialize_field("published", &self.published)?;
        }
        object.end()
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Assessment", 7)?;
        object.serialize_field("framework", &self.framework.id)?;
        object.serialize_field("round", &self.round)?;
        some(&mut object, "date", self.date)?;
        object.serialize_field("judgements", &Judgements(self))?;
        if !self.quotes.is_empty() {
            let quotes: Vec<QuoteIn<'_>> = self.quotes.iter().map(|quote| QuoteIn(quote, &self.framework)).collect();
            object.serialize_field("quotes", &quotes)?;
        }
        some(&mut object, "origin", self.origin.as_ref())?;
        some(&mut object, "visit", self.visit.as_ref())?;
        object.end()
    }
}

/// Serializes judgements as a map keyed by category id, in the framework's order.
struct Judgements<'a>(&'a Assessment);

impl Serialize for Judgements<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Assessment { framework, judgements, .. } = self.0;
        let mut map = serializer.serialize_map(Some(judgements.len()))?;
        for (category, judgement) in framework.categories.iter().zip(judgements.iter()) {
            map.serialize_entry(&category.id, judgement)?;
        }
        map.end()
    }
}

impl Serialize for Judgement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Judgement", 4)?;
        match self.outcome {
            Outcome::Grade(grade) => object.serialize_field("grade", &grade)?,
            Outcome::Absent(absence) => object.serialize_field("absence", &absence)?,
        }
        // An absence that is stated, the default, is written without its certainty.
        let is_plain = self.grade().is_none() && self.certainty == Certainty::Stated;
        some(&mut object, "certainty", (!is_plain).then_some(self.certainty))?;
        if !self.evidence.is_empty() {
            object.serialize_field("evidence", self.evidence.as_slice())?;
        }
        some(&mut object, "raw", self.raw.as_ref())?;
        object.end()
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Origin", 6)?;
        object.serialize_field("source", &self.table.source.id)?;
        some(&mut object, "row", (self.row > 0).then_some(self.row))?;
        some(&mut object, "place", self.table.place.as_ref())?;
        some(&mut object, "parser_version", (self.parser_version > 0).then_some(self.parser_version))?;
        some(&mut object, "link", self.link.as_ref())?;
        if !self.table.headers.is_empty() {
            object.serialize_field("headers", &self.table.headers)?;
        }
        object.end()
    }
}

/// Serializes a quote with the ids of the framework's categories.
struct QuoteIn<'a>(&'a Quote, &'a Framework);

impl Serialize for QuoteIn<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(quote, framework) = self;
        let categories = quote.categories.iter().filter_map(|position| framework.categories.get(*position));
        let mut object = serializer.serialize_struct("Quote", 6)?;
        object.serialize_field("speaker", &quote.speaker)?;
        some(&mut object, "role", quote.role.as_ref())?;
        object.serialize_field("categories", &categories.map(|category| &category.id).collect::<Vec<_>>())?;
        object.serialize_field("source", &quote.source.id)?;
        if !quote.passages.is_empty() {
            object.serialize_field("passages", &quote.passages)?;
        }
        some(&mut object, "summary", quote.summary.as_ref())?;
        object.end()
    }
}

impl Serialize for Passage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The model counts bytes, the format counts characters.
        let characters = |byte: usize| self.text.get(..byte).map_or(0, |text| text.chars().count());
        let pair = |range: &Range<usize>| [characters(range.start), characters(range.end)];
        let mut object = serializer.serialize_struct("Passage", 2)?;
        object.serialize_field("text", &self.text)?;
        object.serialize_field("spoken", &self.spoken.iter().map(pair).collect::<Vec<_>>())?;
        object.end()
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Claim", 10)?;
        object.serialize_field("framework", &self.framework.id)?;
        object.serialize_field("round", &self.round)?;
        object.serialize_field("category", self.category_id())?;
        object.serialize_field("grades", &self.grades)?;
        figure(&mut object, self.value, self.of)?;
        object.serialize_field("certainty", &self.certainty)?;
        object.serialize_field("evidence", &self.evidence)?;
        some(&mut object, "note", self.note.as_ref())?;
        object.end()
    }
}

impl Serialize for Published {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Published", 9)?;
        object.serialize_field("as_at", &self.as_at)?;
        object.serialize_field("basis", self.basis.name())?;
        some(&mut object, "region", self.region.as_ref())?;
        some(&mut object, "category", (self.category != Counted::Overall).then_some(self.category.name()))?;
        object.serialize_field("grades", &self.grades)?;
        figure(&mut object, self.value, self.of)?;
        object.serialize_field("evidence", &self.evidence)?;
        object.end()
    }
}

impl Serialize for Grade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Serializes a figure with its unit, and the number that it is a share of.
fn figure<O: SerializeStruct>(object: &mut O, value: Value, of: Option<u32>) -> Result<(), O::Error> {
    match value {
        Value::Count(count) => object.serialize_field("value", &f64::from(count))?,
        Value::Percent(percent) => object.serialize_field("value", &percent)?,
    }
    object.serialize_field("unit", value.unit())?;
    some(object, "of", of)
}

/// Serializes a field if it has a value.
fn some<O: SerializeStruct>(object: &mut O, name: &'static str, value: Option<impl Serialize>) -> Result<(), O::Error> {
    match value {
        Some(value) => object.serialize_field(name, &value),
        None => object.skip_field(name),
    }
}
