//! What inspectors asked a council to improve: in our words, with our codes of subject and practice.

use std::sync::Arc;

use super::{Source, Text};

/// The code of the subject of what is asked for all children, which is too wide to be asked again by itself.
const ALL_CHILDREN: &str = "all-children";

/// What a code is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeKind {
    /// Which children, or which part of the services: "neglect", "care leavers".
    #[default]
    Subject,
    /// What is to get better there: "planning", "supervision".
    Practice,
}

impl CodeKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Subject, Self::Practice];

    /// Returns its name in the JSON format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Practice => "practice",
        }
    }
}

/// A subject or a practice that recommendations are coded with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// Its id, unique among both kinds.
    pub id: Text,
    /// What it is of.
    pub kind: CodeKind,
    /// Its name for people.
    pub label: Text,
    /// What belongs to it, if the name does not say.
    pub meaning: Option<Text>,
}

/// What a report says of what needs to improve.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReportCoverage {
    /// It lists areas.
    #[default]
    Listed,
    /// It has no such list.
    NoneListed,
    /// Our sources do not hold the report.
    NotHeld,
}

impl ReportCoverage {
    /// All that can be said.
    pub const ALL: [Self; 3] = [Self::Listed, Self::NoneListed, Self::NotHeld];

    /// Returns its name in the JSON format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::NoneListed => "none-listed",
            Self::NotHeld => "report-not-held",
        }
    }
}

/// All that the report of one inspection asks to improve.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendations {
    /// Whether the report lists any.
    pub coverage: ReportCoverage,
    /// Who read the reports.
    pub source: Arc<Source>,
    /// The address of the report.
    pub link: Option<Text>,
    /// They, in the order of the report; empty unless it lists any.
    pub all: Vec<Recommendation>,
}

/// One thing that a report asks to improve.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// What is asked for, in our words.
    pub words: Text,
    /// The judgement that it mainly bears on: the position of the category in the framework.
    pub category: usize,
    /// Its subjects; at least one.
    pub subjects: Vec<Arc<Code>>,
    /// Its practices; at least one.
    pub practices: Vec<Arc<Code>>,
    /// The part of the national framework that the report refers to: o1 to o4, e1 to e3, p1 and so on.
    pub framework_reference: Option<Text>,
    /// The page of the report.
    pub page: Option<u32>,
}

impl Recommendation {
    /// Whether it has a code, of either kind.
    pub fn has_code(&self, id: &str) -> bool {
        self.subjects.iter().chain(&self.practices).any(|code| code.id == id)
    }

    /// Whether other recommendations ask for the same, such as those of the inspection before: for one of its subjects or, of
    /// what is asked for all children, for one of its practices for all children.
    pub fn is_again(&self, before: &Recommendations) -> bool {
        self.subjects.iter().any(|subject| self.is_again_about(subject, before))
    }

    /// Whether other recommendations ask for the same about one of its subjects.
    pub fn is_again_about(&self, subject: &Code, before: &Recommendations) -> bool {
        let is_wide = subject.id == ALL_CHILDREN;
        let same = before.all.iter().filter(|other| other.has_code(&subject.id));
        same.into_iter().any(|other| !is_wide || self.shares_practice(other))
    }

    fn shares_practice(&self, other: &Self) -> bool {
        self.practices.iter().any(|practice| other.has_code(&practice.id))
    }
}
