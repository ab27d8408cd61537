//! Published figures, in the JSON format.

#![allow(missing_docs, reason = "where a field needs a comment, it is the description in the schema")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional::Optional;
use super::{Evidence, Raw, Reference, Unit};
use crate::dataset::{self, Basis, Certainty, Counted, Date, Grade, Text};

/// A published figure.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub framework: Reference<dataset::Framework>,
    pub round: Raw<Text>,
    /// The id of a category, or all, or assessed.
    pub category: Raw<Text>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub grades: Vec<Grade>,
    #[schemars(range(min = 0))]
    pub value: f64,
    pub unit: Raw<Unit>,
    /// How many it is a share of.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub of: Option<u32>,
    /// How firmly it is supported: stated (if left out), inferred or second-hand.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub certainty: Raw<Certainty>,
    #[schemars(length(min = 1))]
    pub evidence: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub note: Option<Raw<Text>>,
}

/// A published figure of a judgement: of each authority the latest inspection counts, whichever of the two inspection frameworks since 2013 it was made under.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    pub as_at: Raw<Date>,
    /// Which day of an inspection counts: that of its publication, or that on which it began.
    pub basis: Raw<Basis>,
    /// The region that it is about, if not all of England.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub region: Option<Raw<Text>>,
    /// The judgement that is counted: overall-effectiveness (if left out), leaders or help-and-protection.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub category: Raw<Counted>,
    pub grades: Vec<Grade>,
    #[schemars(range(min = 0))]
    pub value: f64,
    pub unit: Raw<Unit>,
    /// How many it is a share of, if not of all authorities of the day.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub of: Option<u32>,
    #[schemars(length(min = 1))]
    pub evidence: Vec<Evidence>,
}
