//! Published figures about assessments, to be compared with our own counts.

use std::sync::Arc;

use super::{AsAt, Basis, Certainty, Date, Evidence, Framework, Grade, Text};

/// A published figure about a round of assessments.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The framework it is about.
    pub framework: Arc<Framework>,
    /// The round it is about.
    pub round: Text,
    /// What was counted.
    pub target: Target,
    /// The grades that count, the best first; empty for [`Target::Assessed`].
    pub grades: Vec<Grade>,
    /// The figure.
    pub value: Value,
    /// The number of authorities it is a share of; `None` if not stated.
    pub of: Option<u32>,
    /// How firmly the figure is supported.
    pub certainty: Certainty,
    /// Its evidence; never empty.
    pub evidence: Vec<Evidence>,
    /// A remark about it, in our words.
    pub note: Option<Text>,
}

impl Claim {
    /// Returns what it counts, as named in the JSON format: the id of a category, `all` or `assessed`.
    pub fn category_id(&self) -> &str {
        match self.target {
            Target::Category(position) => self.framework.categories.get(position).map_or("", |c| c.id.as_str()),
            Target::All => "all",
            Target::Assessed => "assessed",
        }
    }
}

/// A judgement that Ofsted counts across the two inspection frameworks since 2013.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Overall effectiveness.
    #[default]
    Overall,
    /// Leadership, management and governance under the first framework, the impact of leaders under the second.
    Leaders,
    /// Help and protection.
    Help,
}

impl Counted {
    /// All of them, in the order of the frameworks.
    pub const ALL: [Self; 3] = [Self::Overall, Self::Leaders, Self::Help];

    /// Returns its name in the JSON format: the id of its category in the second framework.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overall => "overall-effectiveness",
            Self::Leaders => "leaders",
            Self::Help => "help-and-protection",
        }
    }

    /// Returns the position of its category in a framework.
    pub fn position_in(self, framework: &Framework) -> Option<usize> {
        let first = (self == Self::Leaders).then_some("leadership");
        framework.category_position(self.name()).or_else(|| framework.category_position(first?))
    }
}

/// A published figure that Ofsted counts across the two inspection frameworks since 2013.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The judgement that is counted.
    pub category: Counted,
    /// The day it is as at.
    pub as_at: Date,
    /// Which day of an inspection decides whether it counts.
    pub basis: Basis,
    /// The region whose authorities count; `None` for all of England.
    pub region: Option<Text>,
    /// The grades that count, the best first; never empty. Both frameworks have the same scale.
    pub grades: Vec<Grade>,
    /// The figure.
    pub value: Value,
    /// The number of authorities it is a share of, if that is not all that existed on the day.
    pub of: Option<u32>,
    /// Its evidence; never empty.
    pub evidence: Vec<Evidence>,
}

impl Published {
    /// Returns the day it is as at, with its basis.
    pub fn counted_as_at(&self) -> AsAt {
        AsAt { day: self.as_at, basis: self.basis }
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
    /// A percentage from 0 to 100, as printed.
    Percent(f64),
}

impl Value {
    /// Returns the unit, as named in the JSON format.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Count(_) => "count",
            Self::Percent(_) => "percent",
        }
    }
}
