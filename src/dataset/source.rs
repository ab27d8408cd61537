//! Sources, the evidence that refers to them, and how firmly they support a figure.

use std::sync::Arc;

use super::{Date, Text};

/// How far a source is trusted where two records of one inspection differ: the higher decides. Ordered from the lowest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Collected by others from Ofsted's reports.
    Collected,
    /// Nothing is said about it.
    #[default]
    Unranked,
    /// The inspection report itself.
    Report,
    /// Official statistics.
    Official,
}

impl Rank {
    /// All ranks, highest first.
    pub const ALL: [Self; 4] = [Self::Official, Self::Report, Self::Unranked, Self::Collected];

    /// Returns its name in the JSON format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Report => "report",
            Self::Unranked => "unranked",
            Self::Collected => "collected",
        }
    }
}

/// A document that supports something in the dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Its identifier, unique within the dataset.
    pub id: Text,
    /// Who published it.
    pub publisher: Text,
    /// Its title, or what it is.
    pub title: Text,
    /// How far it is trusted where sources differ.
    pub rank: Rank,
    /// Its publication date; `None` if the document has none.
    pub date: Option<Date>,
    /// Where it can be read.
    pub link: Option<Text>,
    /// Our copy of it, as a path within the project.
    pub file: Option<Text>,
    /// A remark for readers, in our words.
    pub note: Option<Text>,
}

/// A reference from a statement to its source. Has at least one of a passage, a note and a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The document.
    pub source: Arc<Source>,
    /// The words of the document, verbatim.
    pub passage: Option<Text>,
    /// What the document says, in our words.
    pub note: Option<Text>,
    /// How the statement follows from what the document says, if it is inferred.
    pub step: Option<Text>,
    /// The row and column of a file.
    pub place: Option<Text>,
    /// A link to this exact part of the document.
    pub link: Option<Text>,
}

impl Evidence {
    /// Returns the most specific link: this evidence's own, else that of the source.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref().or(self.source.link.as_deref())
    }
}

/// A remark in our words, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The remark.
    pub text: Text,
    /// The evidence for it; never empty.
    pub evidence: Vec<Evidence>,
}

/// How firmly a figure is supported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The source says it.
    #[default]
    Stated,
    /// It follows from what the source says; the step is given.
    Inferred,
    /// One source repeats another.
    SecondHand,
}

impl Certainty {
    /// All certainties, firmest first.
    pub const ALL: [Self; 3] = [Self::Stated, Self::Inferred, Self::SecondHand];

    /// Returns its name, in the JSON format and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::SecondHand => "second-hand",
        }
    }

    /// Returns the mark for a figure that its source does not state directly: `*`, or nothing if it is stated.
    pub fn mark(self) -> &'static str {
        if self == Self::Stated { "" } else { "*" }
    }
}
