//! What was done about a council's services, in the JSON format.

#![allow(missing_docs, reason = "where a field needs a comment, it is the description in the schema")]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::optional::Optional;
use super::{Evidence, Raw};
use crate::dataset::{Certainty, Date, EventKind, Text};

/// An intervention of ministers, a visit of inspectors or a joint inspection.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineEntry {
    pub kind: Raw<EventKind>,
    /// Which services it was about.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub service: Option<Raw<Text>>,
    /// When it happened or began, as far as it is known.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub date: Option<Raw<Date>>,
    /// What the date is: issued, published, inspected.
    pub dated: Raw<Text>,
    /// When a report of it was published.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub published: Option<Raw<Date>>,
    /// When it ended; an end that is left out is not known.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub until: Option<Raw<Date>>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub ended: Option<Raw<Text>>,
    /// Who was appointed.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub person: Option<Raw<Text>>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub role: Option<Raw<Text>>,
    /// What a visit or a joint inspection was about.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub theme: Option<Raw<Text>>,
    /// Whether a joint inspection required priority action.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub priority_action: Option<bool>,
    /// How firmly it is supported: stated (if left out), inferred or second-hand.
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub certainty: Raw<Certainty>,
    #[serde(default, skip_serializing_if = "Optional::is_left_out")]
    pub note: Option<Raw<Text>>,
    #[schemars(length(min = 1))]
    pub evidence: Vec<Evidence>,
}
