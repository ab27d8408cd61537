//! A scheme of assessment: its categories and its scale.

use serde::Serialize;

use super::{Absence, Date, Evidence, Judgement, Movement, Note, Outcome};

/// A step of a scale. The highest is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(pub u8);

/// A scheme of assessment. Grades of two frameworks are never compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Framework {
    /// Its name within the dataset.
    pub id: String,
    /// Its full title.
    pub title: String,
    /// A title for narrow places.
    pub short: String,
    /// Other ids by which it can be asked for.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub aliases: Vec<String>,
    /// The first day it was in force, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day it was in force, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The steps a grade can take.
    #[serde(flatten)]
    pub scale: Scale,
    /// What it grades, in its own order; never empty.
    pub categories: Vec<Category>,
    /// What is known of how it was carried out.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub notes: Vec<Note>,
    /// What a reader of its figures must beware of.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub caveats: Vec<Note>,
}

impl Framework {
    /// Whether it is the same as another, which may be held elsewhere or come from another file.
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.id == other.id
    }

    /// The place of a category in this framework.
    pub fn category_position(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|c| c.id == id)
    }

    /// What a grade means in a category, by its position; `None` if no source held says so.
    pub fn meaning(&self, grade: Grade, category: usize) -> Option<&str> {
        let step = self.scale.step(grade)?;
        let id = &self.categories.get(category)?.id;
        let is_meant = step.meaning_of.is_empty() || step.meaning_of.contains(id);
        step.meaning.as_deref().filter(|_| is_meant)
    }

    /// A judgement as it stands in a narrow cell: the sign of its grade with its mark, or of its
    /// absence.
    pub fn sign(&self, judgement: &Judgement) -> String {
        let mark = if judgement.grade().is_some() { judgement.certainty.mark() } else { "" };
        self.bare_sign(judgement) + mark
    }

    /// The sign of a judgement without its mark.
    pub fn bare_sign(&self, judgement: &Judgement) -> String {
        match judgement.outcome {
            Outcome::Grade(grade) => self.scale.step(grade).map(Step::sign).unwrap_or_default(),
            Outcome::Absent(absence) => absence.sign().to_owned(),
        }
    }
}

/// The ordered steps of a framework.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scale {
    /// The lowest grade that counts as "good or better".
    pub good_from: Grade,
    /// The steps, the best first; never empty, no grade twice.
    #[serde(rename = "scale")]
    pub steps: Vec<Step>,
}

impl Scale {
    /// The step of a grade; `None` if it is not on this scale.
    pub fn step(&self, grade: Grade) -> Option<&Step> {
        self.steps.iter().find(|s| s.grade == grade)
    }

    /// How many steps lie at or below a grade: 4 for the best of four, 1 for the lowest.
    pub fn height(&self, grade: Grade) -> usize {
        self.steps.iter().filter(|s| s.grade <= grade).count()
    }

    /// Whether a grade is "good or better".
    pub fn is_good(&self, grade: Grade) -> bool {
        grade >= self.good_from
    }

    /// The grades that are "good or better", the best first.
    pub fn good_grades(&self) -> Vec<Grade> {
        self.steps.iter().map(|s| s.grade).filter(|g| self.is_good(*g)).collect()
    }
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Its number.
    pub grade: Grade,
    /// The letter by which the framework calls it, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// Its word: Outstanding.
    pub word: String,
    /// Other words for it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub also: Vec<String>,
    /// What it means; `None` if no source held says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// The ids of the categories that the meaning speaks of; of all of them, where it is empty.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub meaning_of: Vec<String>,
    /// Where word and meaning come from.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Step {
    /// What stands in a narrow cell: the letter, else the number.
    pub fn sign(&self) -> String {
        self.letter.clone().unwrap_or_else(|| self.grade.0.to_string())
    }
}

/// One thing that a framework grades.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Category {
    /// Its name within the framework.
    pub id: String,
    /// Its usual name.
    pub label: String,
    /// A name for narrow places.
    pub short: String,
    /// The name in the framework's own words, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full: Option<String>,
    /// The first day it was graded, where it is younger than the framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day it was graded, where it ended before the framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// When it changed its meaning and what it was before, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redefined: Option<Redefinition>,
    /// Where its names come from.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Category {
    /// Why an assessment of a day has no grade for this category: it was graded only later, or no longer.
    /// `None` if it was graded on that day. A day known only to its month or year counts from its last day.
    pub fn absence_on(&self, day: Date) -> Option<Absence> {
        if self.from.is_some_and(|from| day.last_day() < from.first_day()) {
            Some(Absence::BeforeCategory)
        } else if self.until.is_some_and(|until| day.last_day() > until.last_day()) {
            Some(Absence::CategoryEnded)
        } else {
            None
        }
    }

    /// What the grade before a movement was of, if that was more or less than this category is now: "Children in care and
    /// care leavers". `None` if the category is the same.
    pub fn moved_from(&self, movement: Movement) -> Option<&str> {
        self.redefined.as_ref().filter(|_| movement.is_redefined).map(|redefinition| redefinition.was.as_str())
    }

    /// Whether the category changed its meaning between two days: after the first, up to the second.
    pub fn is_redefined_between(&self, first: Date, second: Date) -> bool {
        self.redefined.as_ref().is_some_and(|redefinition| {
            let change = redefinition.on.first_day();
            first.last_day() < change && change <= second.last_day()
        })
    }
}

/// A change of what a category covers, while it kept its position in the framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redefinition {
    /// The first day of the new meaning.
    pub on: Date,
    /// What the category was called, and covered, before.
    pub was: String,
}
