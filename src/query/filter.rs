//! Filters that decide which authorities are listed.

use super::{AuthorityId, View};
use crate::dataset::{Assessment, Authority, Date, EventKind, Grade, TimelineEntry};

/// The conditions that a listed authority must meet. An empty filter keeps all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// It is in one of these regions, unless the list is empty.
    pub regions: Vec<String>,
    /// In each category named here (by its position in the framework), it has one of the grades given for that
    /// category. An authority without a grade in the category is not kept.
    pub grades: Vec<(usize, Grade)>,
    /// The assessment shown was published on this day or later.
    pub since: Option<Date>,
    /// The report of the assessment shown asks for something of one of these subjects or practices, by their ids, unless the
    /// list is empty.
    pub asked: Vec<String>,
    /// Somebody is known to have said something about one of its assessments.
    pub is_quoted: bool,
    /// One of these is known to have happened to it, unless the list is empty.
    pub happened: Vec<EventKind>,
}

impl Filter {
    /// Whether an authority, given with its id, is kept.
    pub fn keeps(&self, authority: &Authority, id: AuthorityId, view: &View) -> bool {
        self.keeps_shown(authority, || view.assessment(authority), |column| view.grade(column, id))
    }

    /// Whether an authority is kept of which this assessment and these grades, by column, are shown.
    pub fn keeps_shown<'a>(
        &self,
        authority: &Authority,
        assessment: impl Fn() -> Option<&'a Assessment>,
        grade: impl Fn(usize) -> Option<Grade>,
    ) -> bool {
        let region = authority.region.as_deref();
        let is_in_region =
            self.regions.is_empty() || region.is_some_and(|r| self.regions.iter().any(|wanted| wanted == r));
        let is_recent = self.since.is_none_or(|since| assessment().is_some_and(|a| a.is_published_since(since)));
        let asks = |a: &Assessment| a.recommended().iter().any(|one| self.asked.iter().any(|code| one.has_code(code)));
        let is_asked = self.asked.is_empty() || assessment().is_some_and(asks);
        let is_quoted = !self.is_quoted || authority.assessments.iter().any(|one| !one.quotes.is_empty());
        let is_known = |event: &TimelineEntry| self.happened.contains(&event.kind);
        let has_happened = self.happened.is_empty() || authority.events.iter().any(is_known);
        is_recent
            && is_quoted
            && has_happened
            && is_asked
            && is_in_region
            && self.grades.iter().all(|(column, _)| self.has_grade(*column, grade(*column)))
    }

    fn has_grade(&self, column: usize, grade: Option<Grade>) -> bool {
        self.grades.iter().any(|(wanted, step)| *wanted == column && grade == Some(*step))
    }

    /// Whether every authority is kept.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
            && self.grades.is_empty()
            && self.since.is_none()
            && self.asked.is_empty()
            && !self.is_quoted
            && self.happened.is_empty()
    }
}
