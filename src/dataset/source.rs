//! Where a figure comes from, and how firmly it stands.

use std::sync::Arc;

use serde::Serialize;

use super::{Date, serialize};

/// A document that says something held in the dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name within the dataset.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// Its title, or what it is.
    pub title: String,
    /// When it was published; `None` if it shows no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The copy held, as a path within the project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What else a reader should know of it, in our words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One place in a source on which a statement rests. It holds a passage, a note or a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The document.
    #[serde(serialize_with = "serialize::id")]
    pub source: Arc<Source>,
    /// Its words, letter for letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// What it says there, in our words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The step from what it says to what is stated here, where that is inferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The row and column of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// A link to this very place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Evidence {
    /// The nearest link: to the place itself, else to the source.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref().or(self.source.link.as_deref())
    }
}

/// A remark in our words, with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// The remark.
    pub text: String,
    /// What it rests on; never empty.
    pub evidence: Vec<Evidence>,
}

/// How firmly a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The source says it.
    Stated,
    /// It follows from what the source says; the step is given.
    Inferred,
    /// One source repeats another.
    SecondHand,
}

impl Certainty {
    /// Every certainty, the firmest first.
    pub const ALL: [Self; 3] = [Self::Stated, Self::Inferred, Self::SecondHand];

    /// The name in the file and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::SecondHand => "second-hand",
        }
    }

    /// The standing of a name in the file.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }

    /// The sign beside every figure that its source does not state itself: `*`, else nothing.
    pub fn mark(self) -> &'static str {
        if self == Self::Stated { "" } else { "*" }
    }
}
