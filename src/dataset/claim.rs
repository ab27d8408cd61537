//! A figure that somebody published.

use std::sync::Arc;

use super::{Certainty, Evidence, Framework, Grade};

/// A published figure about a round of assessments.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The scheme it is about.
    pub framework: Arc<Framework>,
    /// The round it is about.
    pub round: String,
    /// What was counted.
    pub target: Target,
    /// The grades that count, the best first; empty for [`Target::Assessed`].
    pub grades: Vec<Grade>,
    /// The figure.
    pub value: Value,
    /// How many it is a share of; `None` where nobody says.
    pub of: Option<u32>,
    /// How firmly it stands.
    pub certainty: Certainty,
    /// What it rests on; never empty.
    pub evidence: Vec<Evidence>,
    /// What else to know of it, in our words.
    pub note: Option<String>,
}

/// What a claim counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Authorities by their grade in one category: its place in the framework.
    Category(usize),
    /// Authorities that have one of the grades in every category.
    All,
    /// Authorities that were assessed at all.
    Assessed,
}

/// A published figure with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number of authorities.
    Count(u32),
    /// A percentage, from 0 to 100, as printed.
    Percent(f64),
}
