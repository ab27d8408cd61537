//! What inspectors asked to improve, in the JSON format.

#![allow(missing_docs, reason = "where a field needs a comment, it is the description in the schema")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional::Optional;
use super::{Link, Raw, Reference};
use crate::dataset::{self, CodeKind, ReportCoverage, Text};

/// A subject or a practice of what inspectors asked to improve. The coding is ours.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub id: Raw<Text>,
    pub kind: Raw<CodeKind>,
    pub label: Raw<Text>,
    /// What belongs to it, if the label does not say.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub meaning: Option<Raw<Text>>,
}

/// Something that a report asks to improve.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// What is asked for, in our words.
    pub words: Raw<Text>,
    /// The id of the category that it mainly bears on.
    pub judgement: Raw<Text>,
    /// The ids of its subjects.
    #[schemars(length(min = 1))]
    pub subjects: Vec<Reference<dataset::Code>>,
    /// The ids of its practices.
    #[schemars(length(min = 1))]
    pub practices: Vec<Reference<dataset::Code>>,
    /// The part of the national framework that the report refers to.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub framework_reference: Option<Raw<Text>>,
    /// The page of the report.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    #[schemars(range(min = 1))]
    pub page: Option<u32>,
}

/// The report that areas were read from.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreasReport {
    /// Whether the report lists any: listed (if left out), none-listed or report-not-held.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub coverage: Raw<ReportCoverage>,
    /// The id of the document.
    pub source: Reference<dataset::Source>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub link: Option<Raw<Link>>,
}
