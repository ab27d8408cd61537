//! A published figure beside our count, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::EvidenceJson;
use crate::dataset::Value;
use crate::tables::RecountedClaim;

/// A published figure beside our count of the whole dataset.
#[derive(Serialize, JsonSchema)]
pub(super) struct FigureJson<'a> {
    /// The round.
    round: &'a str,
    /// The id of the category; all for all of them at once, assessed for how many were assessed.
    category: &'a str,
    /// The grades it counts.
    grades: Vec<u8>,
    /// count or percent.
    unit: &'static str,
    /// The figure.
    published: f64,
    /// What it is a share of; null if that is not said.
    of: Option<u32>,
    /// stated, inferred or second-hand.
    certainty: &'static str,
    /// Those of the known judgements that match.
    counted: u32,
    /// The judgements known.
    known: u32,
    /// The least and the most the true count can be; null if the population is not known.
    possible: Option<(u32, u32)>,
    /// agrees, consistent, contradicts or cannot tell.
    verdict: &'static str,
    /// What a reader must know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// Where it comes from.
    evidence: Vec<EvidenceJson<'a>>,
}

impl<'a> FigureJson<'a> {
    pub(super) fn new(line: &RecountedClaim<'a>) -> Self {
        let RecountedClaim { claim, recount } = line;
        let (unit, published) = match claim.value {
            Value::Count(count) => ("count", f64::from(count)),
            Value::Percent(percent) => ("percent", percent),
        };
        Self {
            round: &claim.round,
            category: claim.category_id(),
            grades: claim.grades.iter().map(|g| g.0).collect(),
            unit,
            published,
            of: claim.of,
            certainty: claim.certainty.name(),
            counted: recount.matching,
            known: recount.known,
            possible: recount.possible,
            verdict: recount.verdict.name(),
            note: claim.note.as_deref(),
            evidence: claim.evidence.iter().map(EvidenceJson::new).collect(),
        }
    }
}
