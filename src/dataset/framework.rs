//! Frameworks (schemes of assessment) with their categories and scales.

use super::{Absence, Date, Evidence, Grade, Judgement, Movement, Note, Outcome, Source, Text};

/// A scheme of assessment. Grades of two frameworks are never compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Its identifier, unique within the dataset.
    pub id: Text,
    /// Its full title.
    pub title: Text,
    /// A short title for narrow columns.
    pub short: Text,
    /// Who made the judgements under it; empty if the dataset does not say.
    pub publisher: Text,
    /// What it judges, if that is not the council alone: "area partnership", of the council and the health service.
    pub body: Option<Text>,
    /// Other ids that a query may use for it.
    pub aliases: Vec<Text>,
    /// The first day it was in force, if known.
    pub from: Option<Date>,
    /// The last day it was in force, if known.
    pub until: Option<Date>,
    /// Whether our sources name only some of the authorities that were assessed, so that only those are listed.
    pub is_named_only: bool,
    /// The scale of its grades.
    pub scale: Scale,
    /// The categories it grades, in its own order; never empty.
    pub categories: Vec<Category>,
    /// Remarks on how it was carried out.
    pub notes: Vec<Note>,
    /// Warnings to readers of its figures.
    pub caveats: Vec<Note>,
}

impl Framework {
    /// Whether it has the same id as another, which may be a separate value or come from another file.
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.id == other.id
    }

    /// Whether shares of its assessments may be given in percent. A share of those that our sources happen to name would be
    /// read as one of all.
    pub fn has_percentages(&self) -> bool {
        !self.is_named_only
    }

    /// Whether its inspections are part of the series of overall effectiveness that Ofsted counts since 2013: each
    /// authority by its latest inspection, under SIF or ILACS. Nothing else is joined across frameworks.
    pub fn is_in_series(&self) -> bool {
        matches!(self.id.as_str(), "sif" | "ilacs")
    }

    /// Whether it judges the council's own services. What it judges with others is never the first thing told of a council.
    pub fn is_of_council(&self) -> bool {
        self.body.is_none()
    }

    /// Returns the position of overall effectiveness; `None` under frameworks without it.
    pub fn overall_position(&self) -> Option<usize> {
        self.category_position("overall-effectiveness")
    }

    /// Returns the position of a category in this framework.
    pub fn category_position(&self, id: &str) -> Option<usize> {
        self.categories.iter().position(|c| c.id == id)
    }

    /// Returns the step of a grade if our sources say what it means in a category (given by position).
    pub fn explained_step(&self, grade: Grade, category: usize) -> Option<&Step> {
        let id = &self.categories.get(category)?.id;
        let is_meant = |step: &&Step| step.meaning_of.is_empty() || step.meaning_of.contains(id);
        self.scale.step(grade).filter(|step| step.meaning.is_some()).filter(is_meant)
    }

    /// Returns the positions of the categories in the order in which people read them: the judgement of everything last.
    pub fn shown_order(&self) -> Vec<usize> {
        let overall = self.overall_position();
        (0..self.categories.len()).filter(|position| Some(*position) != overall).chain(overall).collect()
    }

    /// Formats a judgement for a narrow cell: the sign of its grade, with the mark of its certainty, or the sign of
    /// its absence.
    pub fn sign(&self, judgement: &Judgement) -> String {
        self.bare_sign(judgement) + judgement.mark()
    }

    /// Formats a judgement for a tile of a map: its sign or, if that is a word, squares.
    pub fn tile_sign(&self, judgement: &Judgement) -> String {
        match judgement.grade().and_then(|grade| self.scale.step(grade)) {
            Some(step) if !step.has_short_sign() => self.scale.squares(step.grade),
            _ => self.bare_sign(judgement),
        }
    }

    /// Formats a judgement like [`Self::sign`], without the mark.
    pub fn bare_sign(&self, judgement: &Judgement) -> String {
        match judgement.outcome {
            Outcome::Grade(grade) => self.scale.step(grade).map(Step::sign).unwrap_or_default(),
            Outcome::Absent(_) => Absence::SIGN.to_owned(),
        }
    }
}

/// The ordered steps of a framework.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The lowest grade that counts as "good or better"; `None` if the framework has no such words, so that only the best step is
    /// counted, in its own.
    pub good_from: Option<Grade>,
    /// The steps, best first; never empty, and no grade occurs twice.
    pub steps: Vec<Step>,
}

impl Scale {
    /// Returns the step of a grade; `None` if it is not on this scale.
    pub fn step(&self, grade: Grade) -> Option<&Step> {
        self.steps.iter().find(|s| s.grade == grade)
    }

    /// Returns the header of a column that holds the numbers of grades, which says where the best is:
    /// `grade_number_4_is_best`.
    pub fn number_header(&self) -> String {
        let best = self.steps.iter().map(|step| step.grade.0).max().unwrap_or(0);
        format!("grade_number_{best}_is_best")
    }

    /// Returns the number of steps at or below a grade: 4 for the best of four, 1 for the lowest.
    pub fn height(&self, grade: Grade) -> usize {
        self.steps.iter().filter(|s| s.grade <= grade).count()
    }

    /// Draws a grade as squares, one for each step of the scale, filled up to the grade. Scales of more than eight steps are
    /// written as a fraction.
    pub fn squares(&self, grade: Grade) -> String {
        let (filled, all) = (self.height(grade), self.steps.len());
        if all > 8 {
            return format!("{filled}/{all}");
        }
        "■".repeat(filled) + &"□".repeat(all.saturating_sub(filled))
    }

    /// Whether a grade is "good or better" or, on a scale without these words, the best.
    pub fn is_good(&self, grade: Grade) -> bool {
        let best = self.steps.first().map(|step| step.grade);
        self.good_from.or(best).is_some_and(|least| grade >= least)
    }

    /// Returns the words for what [`Self::is_good`] counts: "good or better", "typically positive".
    pub fn good_words(&self) -> String {
        match (self.good_from, self.steps.first()) {
            (None, Some(best)) => best.word.to_lowercase(),
            _ => "good or better".to_owned(),
        }
    }

    /// Returns the grades that are "good or better", best first; see [`Self::is_good`].
    pub fn good_grades(&self) -> Vec<Grade> {
        self.steps.iter().map(|s| s.grade).filter(|g| self.is_good(*g)).collect()
    }
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its number.
    pub grade: Grade,
    /// The letter that the framework uses for it, if any.
    pub letter: Option<Text>,
    /// Its name: Outstanding.
    pub word: Text,
    /// Other names for it.
    pub also: Vec<Text>,
    /// What it means; `None` if our sources do not say.
    pub meaning: Option<Text>,
    /// The ids of the categories that the meaning applies to; if empty, it applies to all.
    pub meaning_of: Vec<Text>,
    /// The evidence for name and meaning.
    pub evidence: Vec<Evidence>,
}

impl Step {
    /// Returns the source that says the meaning in these words; `None` if the meaning is in our words.
    pub fn quoted_from(&self) -> Option<&Source> {
        let meaning = self.meaning.as_deref()?;
        let is_quoted = |evidence: &&Evidence| evidence.passage.as_ref().is_some_and(|text| text.contains(meaning));
        self.evidence.iter().find(is_quoted).map(|evidence| evidence.source.as_ref())
    }

    /// Returns the shortest form of its name that begins it: "Requires improvement" for "Requires improvement to be
    /// good".
    pub fn short_word(&self) -> &str {
        let is_beginning = |name: &&Text| self.word.starts_with(name.as_str());
        self.also.iter().filter(is_beginning).min_by_key(|name| name.len()).unwrap_or(&self.word)
    }

    /// Whether its sign is a letter or a number, and not a word.
    pub fn has_short_sign(&self) -> bool {
        self.letter.as_ref().is_none_or(|letter| letter.chars().count() == 1)
    }

    /// Returns its word after its letter or number, "O Outstanding"; only the word if its sign is one.
    pub fn named(&self) -> String {
        if self.has_short_sign() { format!("{} {}", self.sign(), self.word) } else { self.word.clone() }
    }

    /// Whether the framework has a letter for it.
    pub fn has_letter(&self) -> bool {
        self.letter.is_some()
    }

    /// Returns the text for a narrow cell: the letter, else the number.
    pub fn sign(&self) -> String {
        self.letter.as_deref().map_or_else(|| self.grade.0.to_string(), str::to_owned)
    }
}

/// One thing that a framework grades.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    /// Its identifier, unique within the framework.
    pub id: Text,
    /// Its usual name.
    pub label: Text,
    /// A short name for narrow columns.
    pub short: Text,
    /// One or two letters for the narrowest columns, if they are not the first two of the short name.
    pub abbreviation: Option<Text>,
    /// The name in the framework's own words, if known.
    pub full: Option<Text>,
    /// The first day it was graded, if it was introduced after the framework began.
    pub from: Option<Date>,
    /// The last day it was graded, if it ended before the framework did.
    pub until: Option<Date>,
    /// When and from what it was redefined, if it was.
    pub redefined: Option<Redefinition>,
    /// The evidence for its names.
    pub evidence: Vec<Evidence>,
}

impl Category {
    /// Returns one or two letters for the narrowest columns: `Ov` for "Overall".
    pub fn letters(&self) -> String {
        self.abbreviation.as_ref().unwrap_or(&self.short).chars().take(2).collect()
    }

    /// Returns why an assessment on a given day has no grade for this category: the category was introduced later,
    /// or had ended. `None` if it was graded on that day. A day known only to its month or year counts as its last
    /// day.
    pub fn absence_on(&self, day: Date) -> Option<Absence> {
        if self.from.is_some_and(|from| day.last_day() < from.first_day()) {
            Some(Absence::BeforeCategory)
        } else if self.until.is_some_and(|until| day.last_day() > until.last_day()) {
            Some(Absence::CategoryEnded)
        } else {
            None
        }
    }

    /// Returns what the earlier grade of a movement covered, if the category was redefined in between: "Children in
    /// care and care leavers". `None` if it was not.
    pub fn moved_from(&self, movement: Movement) -> Option<&str> {
        self.redefined.as_ref().filter(|_| movement.is_redefined).map(|redefinition| redefinition.was.as_str())
    }

    /// Whether the category was redefined between two days: after the first, and no later than the second.
    pub fn is_redefined_between(&self, first: Date, second: Date) -> bool {
        self.redefined.as_ref().is_some_and(|redefinition| {
            let change = redefinition.on.first_day();
            first.last_day() < change && change <= second.last_day()
        })
    }
}

/// A change in what a category covers; its position in the framework stays the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redefinition {
    /// The first day of the new definition.
    pub on: Date,
    /// What the category was called, and covered, before.
    pub was: Text,
}
