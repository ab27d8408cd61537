//! What an assessment says of a category: a grade or the reason why there is none; and how grades moved.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Certainty, Evidence, Text};

/// A step of a scale. The highest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct Grade(pub u8);

/// How the grade of a category changed from one assessment to the next under the same framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Whether the grade rose, stayed or fell.
    pub trend: Trend,
    /// Whether the category was redefined between the two assessments, so that the two grades do not cover the same
    /// thing.
    pub is_redefined: bool,
}

/// Whether a grade rose, stayed or fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trend {
    /// To a better grade.
    Up,
    /// The same grade again.
    Same,
    /// To a lower grade.
    Down,
}

impl Movement {
    /// Returns the arrow shown beside a grade; empty if the grade stayed the same, or if the category was redefined in
    /// between, so that the two do not mean the same.
    pub fn sign(self) -> &'static str {
        match (self.trend, self.is_redefined) {
            (Trend::Up, false) => "↑",
            (Trend::Down, false) => "↓",
            (Trend::Same, _) | (_, true) => "",
        }
    }

    /// Returns the name of the trend: up, same or down; "redefined" where the two grades do not mean the same, which is no trend.
    pub fn name(self) -> &'static str {
        match (self.is_redefined, self.trend) {
            (true, _) => "redefined",
            (false, Trend::Up) => "up",
            (false, Trend::Same) => "same",
            (false, Trend::Down) => "down",
        }
    }
}

/// What an assessment says of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The grade, or why there is none.
    pub outcome: Outcome,
    /// How firmly the outcome is supported.
    pub certainty: Certainty,
    /// The evidence, unless it is the assessment's own row; see `Assessment::evidence`.
    pub evidence: Vec<Evidence>,
    /// The original text in the file, if known.
    pub raw: Option<Text>,
}

impl Judgement {
    /// Returns the grade, if there is one.
    pub fn grade(&self) -> Option<Grade> {
        match self.outcome {
            Outcome::Grade(grade) => Some(grade),
            Outcome::Absent(_) => None,
        }
    }

    /// Returns the mark of a grade that its source does not state directly: `*`; otherwise nothing.
    pub fn mark(&self) -> &'static str {
        if self.grade().is_some() { self.certainty.mark() } else { "" }
    }

    /// Returns the name of how firmly a grade is supported; `None` without a grade.
    pub fn certainty_name(&self) -> Option<&'static str> {
        self.grade().map(|_| self.certainty.name())
    }

    /// Returns what follows its sign in a narrow cell: the arrow of its movement, then its mark.
    pub fn marks(&self, movement: Option<Movement>) -> String {
        movement.map_or("", Movement::sign).to_owned() + self.mark()
    }
}

/// A grade or the reason why there is none: never both, never neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A grade on the framework's scale.
    Grade(Grade),
    /// No grade, and why.
    Absent(Absence),
}

/// Why there is no grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absence {
    /// Not in our sources.
    NotReported,
    /// The category did not exist yet.
    BeforeCategory,
    /// The category had ended.
    CategoryEnded,
    /// The file holds a value that could not be parsed.
    Unreadable,
    /// The cell in the file is empty.
    Blank,
    /// The inspectors made no judgement, as where there is too little to judge.
    NotJudged,
    /// The file says that a grade does not apply: `[z]` in official statistics.
    NotApplicable,
    /// The file says that the grade is not available: `[x]` in official statistics.
    NotAvailable,
    /// The file withholds the grade: `[c]` in official statistics.
    Withheld,
    /// The file says only that the value is low: `[low]` in official statistics.
    Low,
    /// The file marks the value as unreliable, and does not give it: `[u]` in official statistics.
    Unreliable,
    /// The file says that there was no inspection.
    NotInspected,
}

impl Absence {
    /// All reasons, the usual ones first.
    pub const ALL: [Self; 12] = [
        Self::NotReported,
        Self::BeforeCategory,
        Self::CategoryEnded,
        Self::Unreadable,
        Self::Blank,
        Self::NotJudged,
        Self::NotApplicable,
        Self::NotAvailable,
        Self::Withheld,
        Self::Low,
        Self::Unreliable,
        Self::NotInspected,
    ];

    /// Whether it is one of those that legends always explain, in the order of [`Self::ALL`]. The others occur only in files that
    /// say so.
    pub fn is_usual(self) -> bool {
        Self::ALL.iter().position(|absence| *absence == self) < Some(6)
    }

    /// Returns its name in the JSON format.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotReported => "not-reported",
            Self::BeforeCategory => "before-category",
            Self::CategoryEnded => "category-ended",
            Self::Unreadable => "unreadable",
            Self::Blank => "blank",
            Self::NotJudged => "not-judged",
            Self::NotApplicable => "not-applicable",
            Self::NotAvailable => "not-available",
            Self::Withheld => "withheld",
            Self::Low => "low",
            Self::Unreliable => "unreliable",
            Self::NotInspected => "not-inspected",
        }
    }

    /// The sign shown in a narrow cell, whatever the reason.
    pub const SIGN: &'static str = "–";

    /// Returns the reason in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotReported => "not reported",
            Self::BeforeCategory => "before the category existed",
            Self::CategoryEnded => "category ended",
            Self::Unreadable => "unreadable in the file",
            Self::Blank => "blank in the file",
            Self::NotJudged => "not judged",
            Self::NotApplicable => "not applicable",
            Self::NotAvailable => "not available",
            Self::Withheld => "withheld",
            Self::Low => "given only as low",
            Self::Unreliable => "marked as unreliable",
            Self::NotInspected => "not inspected",
        }
    }

    /// Returns the reason as a clause.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NotReported => "not in our sources",
            Self::BeforeCategory => "the category was graded only later",
            Self::CategoryEnded => "the category was no longer graded",
            Self::Unreadable => "the file holds something that could not be read",
            Self::Blank => "nothing is recorded in this cell of the file",
            Self::NotJudged => "the inspectors made no judgement",
            Self::NotApplicable => "the file says that a grade does not apply",
            Self::NotAvailable => "the file says that the grade is not available",
            Self::Withheld => "the file withholds the grade",
            Self::Low => "the file says only that the value is low",
            Self::Unreliable => "the file marks the value as unreliable and does not give it",
            Self::NotInspected => "the file says that there was no inspection",
        }
    }
}
