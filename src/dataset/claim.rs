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
    /// How many it is a share of; `None` if nobody says.
    pub of: Option<u32>,
    /// How firmly it stands.
    pub certainty: Certainty,
    /// What it rests on; never empty.
    pub evidence: Vec<Evidence>,
    /// What else to know of it, in our words.
    pub note: Option<String>,
}

impl Claim {
    /// What it counts, as the format calls it: the id of a category, `all` or `assessed`.
    pub fn category_id(&self) -> &str {
        match self.target {
            Target::Category(position) => self.framework.categories.get(position).map_or("", |c| c.id.as_str()),
            Target::All => "all",
            Target::Assessed => "assessed",
        }
    }
}

/// What a claim counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Authorities by their grade in one category: its position in the framework.
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

impl Value {
    /// The unit, as the format calls it.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Count(_) => "count",
            Self::Percent(_) => "percent",
        }
    }
}
