//! Authorities: their names, codes and councils, and which of their assessments is the newest.

use std::sync::Arc;

use super::{
    Absence, AsAt, Assessment, Basis, Date, Evidence, Framework, Judgement, Note, Outcome, Source, Text, TimelineEntry,
};

/// The maximum number of authorities of a file. England has had some 160 since 2006; each takes a kilobyte, however short
/// it is in the file, and three where it has an inspection.
pub const MAX_AUTHORITIES: usize = 100_000;

/// A council with duties for children's services.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authority {
    /// The name by which it is listed; never empty, and unique in the dataset.
    pub name: Text,
    /// Other names people use.
    pub aliases: Vec<Text>,
    /// Its numbers in official registers.
    pub codes: Codes,
    /// The council as it was at the time of the assessments.
    pub council_at_assessment: Option<Box<Council>>,
    /// The current council, if it differs from the one that was assessed.
    pub current_council: Option<Box<Council>>,
    /// The region of England.
    pub region: Option<Text>,
    /// Its first day, if it was created after 2006.
    pub from: Option<Date>,
    /// Its last day, if it was abolished.
    pub until: Option<Date>,
    /// The names of the authorities that replaced it; empty unless it was abolished.
    pub replaced_by: Vec<Text>,
    /// The evidence for names, codes and region; authorities with the same evidence may share it.
    pub evidence: Arc<[Evidence]>,
    /// Its assessments, in file order.
    pub assessments: Vec<Assessment>,
    /// Other known facts about it.
    pub notes: Vec<Note>,
    /// What else happened, in file order.
    pub events: Vec<TimelineEntry>,
    /// The authorities most like it, according to a model.
    pub neighbours: Option<Box<Neighbours>>,
    /// Whether a table names it and no English authority is known by that name: it is shown, but never counted.
    pub is_unknown: bool,
}

impl Authority {
    /// Returns all its names: the listed name, the aliases, the names of its councils.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let councils =
            [&self.council_at_assessment, &self.current_council].into_iter().flatten().map(|c| c.name.as_str());
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(Text::as_str)).chain(councils)
    }

    /// Returns the positions of its assessments, those of the council before those of an area partnership, newest first and
    /// undated ones last. Of several with the same date,
    /// the later in the file comes first, consistent with [`Self::latest`].
    pub fn newest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.assessments.len()).rev().collect();
        let day = |position: &usize| self.assessments.get(*position).and_then(Assessment::order_day);
        let is_of_area =
            |position: &usize| self.assessments.get(*position).is_some_and(|a| !a.framework.is_of_council());
        order.sort_by_key(|position| (is_of_area(position), std::cmp::Reverse(day(position))));
        order
    }

    /// Returns the latest assessment under a framework, by [`Assessment::order_day_on`]; of several on the same day,
    /// the later in the file. If `as_at` is given, an assessment counts only if its day is known and not later.
    pub fn latest(&self, framework: &Framework, as_at: Option<AsAt>) -> Option<&Assessment> {
        let of_framework = self.assessments.iter().filter(|a| a.framework.is(framework));
        let basis = as_at.map_or(Basis::default(), |as_at| as_at.basis);
        of_framework.filter(|a| a.counts_as_at(as_at)).max_by_key(|a| a.order_day_on(basis))
    }
}

impl Authority {
    /// Whether it existed on a day, and counts: not before its first day, and not after its last. Without either it always did,
    /// unless it is not known at all.
    pub fn exists_on(&self, day: Date) -> bool {
        if self.is_unknown {
            return false;
        }
        let has_begun = self.from.is_none_or(|from| from.first_day() <= day.last_day());
        has_begun && self.until.is_none_or(|until| day.last_day() <= until.last_day())
    }

    /// Returns the current council or, if it is unknown, the council that was assessed.
    pub fn council(&self) -> Option<&Council> {
        self.successor().or(self.council_at_assessment.as_deref()).or(self.current_council.as_deref())
    }

    /// Returns the council that an assessment was about, if it differs from the current one.
    pub fn council_at(&self, assessment: &Assessment) -> Option<&Council> {
        let today = self.successor()?;
        let is_earlier = match (assessment.date, today.since) {
            (Some(date), Some(since)) => date < since,
            _ => assessment.origin.is_none(),
        };
        self.council_at_assessment.as_deref().filter(|_| is_earlier)
    }

    /// Returns the current council if it differs from the one that was assessed: if its kind differs, or if the day
    /// it began is known.
    pub fn successor(&self) -> Option<&Council> {
        let then = self.council_at_assessment.as_ref()?;
        self.current_council.as_deref().filter(|now| now.since.is_some() || now.kind != then.kind)
    }

    /// Returns the previous assessment under the same framework; `None` if there is none, or if a date is unknown
    /// and the order cannot be determined.
    pub fn before(&self, assessment: &Assessment) -> Option<&Assessment> {
        self.before_as_at(assessment, None)
    }

    /// Returns the previous assessment under the same framework, as [`Self::before`], of those that count as at a day.
    pub fn before_as_at(&self, assessment: &Assessment, as_at: Option<AsAt>) -> Option<&Assessment> {
        // Nothing comes before an unknown day.
        assessment.order_day()?;
        let of_framework = self.assessments.iter().filter(|a| a.framework.is(&assessment.framework));
        of_framework.filter(|a| a.is_before(assessment) && a.counts_as_at(as_at)).max_by_key(|a| a.order_day())
    }

    /// Returns its assessments, newest first as in [`Self::newest_first`], each with the one before it as in
    /// [`Self::before_as_at`]. Of very many assessments, this is much faster than asking for each.
    pub fn with_previous(&self, as_at: Option<AsAt>) -> Vec<(usize, Option<&Assessment>)> {
        let mut order: Vec<(usize, Option<&Assessment>)> =
            self.newest_first().into_iter().map(|position| (position, None)).collect();
        // Of each framework: the day and the newest assessment of the day that was passed last, and the one before that.
        let mut passed: Vec<(&Framework, Passed<'_>)> = Vec::new();
        for (position, previous) in order.iter_mut().rev() {
            let Some((assessment, day)) = self.assessments.get(*position).and_then(|a| Some((a, a.order_day()?)))
            else {
                continue;
            };
            let at = match passed.iter().position(|(framework, _)| framework.is(&assessment.framework)) {
                Some(at) => at,
                None => {
                    passed.push((&assessment.framework, Passed::default()));
                    passed.len() - 1
                }
            };
            let Some((_, passed)) = passed.get_mut(at) else { continue };
            if passed.day.is_some_and(|passed| passed < day) {
                passed.before = passed.newest.or(passed.before);
                passed.newest = None;
            }
            passed.day = Some(day);
            *previous = passed.before;
            if assessment.counts_as_at(as_at) {
                passed.newest = Some(assessment);
            }
        }
        order
    }

    /// Returns the last grade of a category (given by position) that had ended by the time of an assessment, with
    /// the newest earlier assessment that has such a grade. `None` if the category had not ended, or if no earlier
    /// grade is known.
    pub fn last_before_end(&self, assessment: &Assessment, category: usize) -> Option<(&Assessment, &Judgement)> {
        let judgement = assessment.judgements.get(category)?;
        if judgement.outcome != Outcome::Absent(Absence::CategoryEnded) {
            return None;
        }
        let graded = |a: &Assessment| a.judgements.get(category).is_some_and(|j| j.grade().is_some());
        let of_framework = self.assessments.iter().filter(|a| a.framework.is(&assessment.framework));
        let last = of_framework.filter(|a| a.is_before(assessment) && graded(a)).max_by_key(|a| a.order_day())?;
        Some((last, last.judgements.get(category)?))
    }
}

/// The assessments of a framework that were passed on the way from the oldest to the newest.
#[derive(Default)]
struct Passed<'a> {
    /// The day of the last one.
    day: Option<Date>,
    /// The last one of that day that counts.
    newest: Option<&'a Assessment>,
    /// The last one that counts of an earlier day.
    before: Option<&'a Assessment>,
}

/// The statistical neighbours of an authority: those that a model finds most alike in circumstances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// The file that names them. Models change, so its date matters if it is known.
    pub source: Arc<Source>,
    /// Their three-digit numbers from the Department for Education, the most alike first.
    pub la_codes: Vec<Text>,
    /// How close each of them is, in the words of the model and in the same order; empty if it does not say.
    pub closeness: Arc<[Text]>,
}

/// The codes of an authority in official registers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    /// The Government Statistical Service's nine-character code: the current one, or the last if the authority was
    /// abolished.
    pub gss: Option<Text>,
    /// Its earlier codes from that service.
    pub former_gss: Vec<Text>,
    /// Ofsted's unique reference number.
    pub urn: Option<Text>,
    /// The Department for Education's three-digit number.
    pub la: Option<Text>,
}

impl Codes {
    /// Returns the known codes, each with the name of its register.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("GSS", &self.gss), ("URN", &self.urn), ("LA", &self.la)]
            .into_iter()
            .filter_map(|(name, code)| Some((name, code.as_deref()?)))
    }

    /// Returns every code by which the authority can be found: those of [`Self::named`], then the former ones.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.named().map(|(_, code)| code).chain(self.former_gss.iter().map(Text::as_str))
    }
}

/// A council as it is or was constituted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Its full name.
    pub name: Text,
    /// Its kind: county, unitary, London borough, metropolitan borough.
    pub kind: Option<Text>,
    /// The day it began in this form, if known.
    pub since: Option<Date>,
}
