//! The JSON format of a dataset, version 2: one struct for each object, from which reading, writing and the JSON Schema
//! follow. What the values mean is checked by `dataset::convert`.

#![allow(missing_docs, reason = "where a field needs a comment, it is the description in the schema")]

mod areas;
mod claims;
mod events;
mod list;
mod optional;
mod word;

use std::sync::Arc;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

use super::{Absence, Certainty, Date, Grade, Location, OriginTable, Problem, Rank, Text};
pub use areas::{Area, AreasReport, Code};
pub use claims::{Claim, Published};
pub use events::TimelineEntry;
pub use list::{Authorities, Judgements};
use optional::Optional;
pub use word::{Coverage, Link, Raw, Reference, Unit, Word};

/// The version of the format that is read and written.
pub const VERSION: u64 = 2;

/// Returns the JSON Schema of the dataset format. Some rules are checked on loading but cannot be expressed in the
/// schema: ids resolve, grades are on the scale of their framework, every category has exactly one judgement, names
/// are unique, and spoken words lie within their passage.
pub fn schema() -> Schema {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Dataset>();
    schema.insert("title".to_owned(), format!("A dataset of scrutineer, format {VERSION}").into());
    schema
}

/// Returns the problem of a file of another version.
pub fn wrong_version(format: u64) -> Option<Problem> {
    (format != VERSION).then(|| Problem {
        location: Location::Path("format".to_owned()),
        found: format!("version {format}"),
        expected: format!("{VERSION}, the version that this program reads"),
    })
}

/// Authorities with the judgements made of them, what was said about these, what was claimed nationally, and the
/// source of each.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    #[schemars(range(min = 2, max = 2))]
    pub format: u64,
    pub title: Raw<Text>,
    /// Who made the judgements.
    pub publisher: Raw<Text>,
    /// Who collected the judgements from the publisher's reports, if it was not the publisher.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub collector: Option<Raw<Text>>,
    /// When they were published; of inspections, when the newest report was.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub date: Option<Raw<Date>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub frameworks: Vec<Framework>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub sources: Vec<Source>,
    /// The tables and documents that assessments were read from.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub tables: Vec<Table>,
    /// The subjects and practices of what inspectors asked to improve.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub codes: Vec<Code>,
    pub authorities: Authorities,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub claims: Vec<Claim>,
    /// Published figures of a judgement, counted across the inspection frameworks since 2013.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub published: Vec<Published>,
}

/// A scheme of assessment.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub id: Raw<Text>,
    pub title: Raw<Text>,
    /// A title for narrow places.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub short: Option<Raw<Text>>,
    /// Who made the judgements under it, if not the publisher of the dataset.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub publisher: Option<Raw<Text>>,
    /// What it judges, if that is not the council alone.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub body: Option<Raw<Text>>,
    /// Other ids by which the framework can be asked for.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub aliases: Vec<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub from: Option<Raw<Date>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub until: Option<Raw<Date>>,
    /// "named" if the sources name only some of the authorities that were assessed.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub coverage: Option<Raw<Coverage>>,
    /// The lowest grade that counts as good or better; left out if the framework has no such words.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub good_from: Option<Grade>,
    /// The steps of the scale; the highest is the best.
    #[schemars(length(min = 1))]
    pub scale: Vec<Step>,
    #[schemars(length(min = 1))]
    pub categories: Vec<Category>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub notes: Vec<Note>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub caveats: Vec<Note>,
}

/// A step of a scale.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub grade: Grade,
    /// The letter, or the short word, by which the framework calls it.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub letter: Option<Raw<Text>>,
    pub word: Raw<Text>,
    /// Other words for it.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub also: Vec<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub meaning: Option<Raw<Text>>,
    /// The ids of the categories that the meaning is about; of all of them if left out.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub meaning_of: Vec<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub evidence: Vec<Evidence>,
}

/// One thing that a framework grades.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: Raw<Text>,
    pub label: Raw<Text>,
    /// A name for narrow places.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub short: Option<Raw<Text>>,
    /// One or two letters for the narrowest columns; the first two of the short name if left out.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub abbreviation: Option<Raw<Text>>,
    /// The name in the framework's own words.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub full: Option<Raw<Text>>,
    /// The first day on which it was graded; a grade from before is refused.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub from: Option<Raw<Date>>,
    /// The last day on which it was graded; a grade from after is refused.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub until: Option<Raw<Date>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub redefined: Option<Redefinition>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub evidence: Vec<Evidence>,
}

/// A change of what a category covers.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redefinition {
    /// The first day of the new meaning.
    pub on: Raw<Date>,
    /// What it was called, and covered, before.
    pub was: Raw<Text>,
}

/// A remark in our words, with the sources that support it.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub text: Raw<Text>,
    #[schemars(length(min = 1))]
    pub evidence: Vec<Evidence>,
}

/// A document.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: Raw<Text>,
    pub publisher: Raw<Text>,
    pub title: Raw<Text>,
    /// How far it is trusted where two sources differ about an inspection: official, report, unranked (if left
    /// out), collected.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub rank: Raw<Rank>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub date: Option<Raw<Date>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub link: Option<Raw<Link>>,
    /// The copy held, as a path within the project.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub file: Option<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub note: Option<Raw<Text>>,
}

/// The pointer from a statement to words or a place in a document.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["passage"] }, { "required": ["note"] }, { "required": ["place"] }]))]
pub struct Evidence {
    /// The id of the document.
    pub source: Reference<super::Source>,
    /// Words of the document, letter for letter.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub passage: Option<Raw<Text>>,
    /// What it says, in our words.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub note: Option<Raw<Text>>,
    /// The step from what it says to what is stated here, if that is inferred.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub step: Option<Raw<Text>>,
    /// Where in the document: the row and column of a file.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub place: Option<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub link: Option<Raw<Link>>,
}

/// A council with duties for children's services.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The name by which it is listed; no two are alike.
    pub name: Raw<Text>,
    /// Other names people use.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub aliases: Vec<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub codes: Codes,
    /// The council at the time of its assessments.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub council_at_assessment: Option<Box<Council>>,
    /// The council of today, if it is another.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub current_council: Option<Box<Council>>,
    /// The region of England.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub region: Option<Raw<Text>>,
    /// Its first day, if it was created after 2006.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub from: Option<Raw<Date>>,
    /// Its last day, if it was abolished.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub until: Option<Raw<Date>>,
    /// The names of the authorities that replaced it.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub replaced_by: Vec<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub assessments: Vec<Assessment>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub notes: Vec<Note>,
    /// What was done about its services, and inspections that grade nothing.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub events: Vec<TimelineEntry>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub neighbours: Option<Box<Neighbours>>,
    /// Whether no English authority is known by its name, so that it is shown but not counted.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub is_unknown: bool,
}

/// The statistical neighbours of an authority.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Neighbours {
    /// The id of the source that names them.
    pub source: Reference<super::Source>,
    /// Their numbers with the Department for Education, the closest first.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub la_codes: Vec<Raw<Text>>,
    /// How close each of them is, in the words of the source and in the same order.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub closeness: Vec<Raw<Text>>,
}

/// An authority's codes in official registers.
#[derive(Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// The nine-character code of the Government Statistical Service.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub gss: Option<Raw<Text>>,
    /// The codes of that service which it had before.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub former_gss: Vec<Raw<Text>>,
    /// Ofsted's unique reference number.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub urn: Option<Raw<Text>>,
    /// The three-digit number of the Department for Education.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub la: Option<Raw<Text>>,
}

/// A council as it was or is constituted.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Council {
    pub name: Raw<Text>,
    /// County, unitary, London borough, metropolitan borough.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub kind: Option<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub since: Option<Raw<Date>>,
}

/// One round or inspection of one authority.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The id of its framework.
    pub framework: Reference<super::Framework>,
    pub round: Raw<Arc<str>>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub date: Option<Raw<Date>>,
    /// A judgement for each category of the framework, by its id.
    pub judgements: Judgements,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub quotes: Vec<Quote>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub origin: Option<Origin>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub visit: Option<Visit>,
    /// What its report asks to improve.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub areas: Vec<Area>,
    /// The report that the areas were read from.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub areas_report: Option<AreasReport>,
}

/// A table that assessments were read from, or a document: what all of its rows share.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub id: Raw<Text>,
    /// The id of the file, as a source.
    pub source: Reference<super::Source>,
    /// Where in a document that is not a table, or in which sheet of a workbook.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub place: Option<Raw<Text>>,
    /// The header of the column of each category, in the framework's order; empty for one without a column.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub headers: Vec<String>,
}

/// The row of a table, or the document, that an assessment was read from: judgements without evidence of their own rest
/// on it. Either names a table, or a source with the place or the headers.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["table"] }, { "required": ["source"] }]))]
pub struct Origin {
    /// The id of the table.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub table: Option<Reference<OriginTable>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub source: Option<Reference<super::Source>>,
    /// The number of the row; left out for a document that is not a table.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    #[schemars(range(min = 1))]
    pub row: Option<u32>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub place: Option<Raw<Text>>,
    /// The version of the parser with which the collector read the report.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    #[schemars(range(min = 1))]
    pub parser_version: Option<u32>,
    /// The report that the row is about.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub link: Option<Raw<Link>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub headers: Vec<String>,
}

/// How an inspection was carried out.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub kind: Option<Raw<Arc<str>>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub from: Option<Raw<Date>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub until: Option<Raw<Date>>,
    /// The inspector who led it.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub lead: Option<Raw<Arc<str>>>,
    /// What else is known of it: areas for priority action, when the next inspection is.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub details: Option<Raw<Text>>,
}

/// A grade, or the reason why there is none: never both, never neither.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["grade"] }, { "required": ["absence"] }]))]
pub struct Judgement {
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub grade: Option<Grade>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub absence: Option<Raw<Absence>>,
    /// How firmly it is supported: stated (if left out), inferred or second-hand.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub certainty: Raw<Certainty>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub evidence: Vec<Evidence>,
    /// The text it was read from.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub raw: Option<Raw<Text>>,
}

/// What a person said.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    pub speaker: Raw<Text>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub role: Option<Raw<Text>>,
    /// The ids of the categories it is about.
    #[schemars(length(min = 1))]
    pub categories: Vec<Raw<Text>>,
    /// The id of the document.
    pub source: Reference<super::Source>,
    /// The sentences that contain the words; at least one, unless there is a summary.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub passages: Vec<Passage>,
    /// What was said, in our words.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub summary: Option<Raw<Text>>,
}

/// A sentence of a document.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    pub text: Raw<Text>,
    /// The spoken words: pairs of character positions into the text, the end exclusive.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    #[schemars(inner(length(min = 2, max = 2)))]
    pub spoken: Vec<Vec<usize>>,
}
