//! Where a figure comes from, and how firmly it stands.

use std::sync::Arc;

use super::Date;

/// A document that says something held in the dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Its name within the dataset.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// Its title, or what it is.
    pub title: String,
    /// When it was published; `None` where it shows no date.
    pub date: Option<Date>,
    /// Where it can be read.
    pub link: Option<String>,
    /// The copy held, as a path within the project.
    pub file: Option<String>,
    /// What else a reader should know of it, in our words.
    pub note: Option<String>,
}

/// One place in a source on which a statement rests. It holds a passage, a note or a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The document.
    pub source: Arc<Source>,
    /// Its words, letter for letter.
    pub passage: Option<String>,
    /// What it says there, in our words.
    pub note: Option<String>,
    /// The step from what it says to what is stated here, where that is inferred.
    pub step: Option<String>,
    /// The row and column of a file.
    pub place: Option<String>,
    /// A link to this very place.
    pub link: Option<String>,
}

impl Evidence {
    /// The nearest link: to the place itself, else to the source.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref().or(self.source.link.as_deref())
    }
}

/// A remark in our words, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
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
        [Self::Stated, Self::Inferred, Self::SecondHand].into_iter().find(|s| s.name() == name)
    }

    /// The sign beside every figure that its source does not state itself: `*`, else nothing.
    pub fn mark(self) -> &'static str {
        if self == Self::Stated { "" } else { "*" }
    }
}
