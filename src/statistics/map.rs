//! What a map of the authorities of today shows: a grade of each, also as at a day before some of them existed.

use std::sync::Arc;

use super::series::latest_overall;
use crate::dataset::{Absence, AsAt, Assessment, Authority, Dataset, Date, Framework, Grade, Judgement};
use crate::query::{Filter, Listing};

/// What is on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Overall effectiveness as Ofsted counts it: by the latest inspection since 2013, under either framework.
    Overall,
    /// A category of the framework, by its position.
    Category(usize),
}

/// A map, as at a day.
#[derive(Debug, Clone)]
pub struct MapView {
    /// The framework.
    pub framework: Option<Arc<Framework>>,
    /// What is shown of each authority.
    pub shown: Shown,
    /// The day; `None` for the newest data.
    pub as_at: Option<AsAt>,
    /// The authorities counted are those that existed on this day: that of `as_at`, but no later than the newest assessment
    /// that is shown. `None` if it is not known: those of today.
    pub day: Option<Date>,
}

/// What the map shows of one authority.
#[derive(Debug, Clone, Copy)]
pub struct OnMap<'d> {
    /// The authority that was judged: the one of today, or its predecessor if it did not exist yet.
    pub authority: &'d Authority,
    /// Whether that is a predecessor.
    pub is_predecessor: bool,
    /// The assessment, its framework, and the position of the category; `None` if there was none by the day.
    pub assessment: Option<(&'d Assessment, &'d Framework, usize)>,
}

impl<'d> OnMap<'d> {
    /// Returns the judgement; `None` if there was no assessment by the day.
    pub fn judgement(&self) -> Option<&'d Judgement> {
        let (assessment, _, category) = self.assessment?;
        assessment.judgements.get(category)
    }

    /// Returns the first letter of the grade, or the sign for none.
    pub fn letter(&self) -> String {
        let sign = self.assessment.and_then(|(_, framework, _)| Some(framework.bare_sign(self.judgement()?)));
        sign.unwrap_or_else(|| Absence::SIGN.to_owned()).chars().take(1).collect()
    }

    /// Whether the grade is inferred or second-hand.
    pub fn has_mark(&self) -> bool {
        self.judgement().is_some_and(|judgement| !judgement.mark().is_empty())
    }

    /// Returns the grade; `None` if there is none.
    pub fn grade(&self) -> Option<Grade> {
        self.judgement()?.grade()
    }
}

impl MapView {
    /// Creates a map of what the data of a listing hold, as at a day if one is given.
    pub fn new(listing: &Listing, shown: Shown, as_at: Option<AsAt>) -> Self {
        let newest = match shown {
            Shown::Overall => listing.dataset().date,
            Shown::Category(_) => listing.view().newest(),
        };
        // Of a framework that is over, the authorities are those of its last day, also on a later one.
        let day = [as_at.map(|as_at| as_at.day), newest].into_iter().flatten().min();
        Self { framework: listing.view().framework().cloned(), shown, as_at, day }
    }

    /// Returns every authority that existed on the day, each once, with what the map shows of it. A tile of today can stand
    /// for several of them, and two tiles for one.
    pub fn counted<'d>(&'d self, dataset: &'d Dataset) -> impl Iterator<Item = OnMap<'d>> {
        let existed = |authority: &&Authority| match self.day {
            Some(day) => authority.exists_on(day),
            None => authority.until.is_none() && !authority.is_unknown,
        };
        dataset.authorities.iter().filter(existed).map(|authority| OnMap {
            authority,
            is_predecessor: false,
            assessment: self.assessment(authority),
        })
    }

    /// Returns what the map shows of an authority of today.
    pub fn of<'d>(&'d self, dataset: &'d Dataset, authority: &'d Authority) -> OnMap<'d> {
        let existed = self.day.is_none_or(|day| authority.exists_on(day));
        let predecessor = if existed { None } else { self.predecessors(dataset, authority).next() };
        let judged = predecessor.unwrap_or(authority);
        OnMap { authority: judged, is_predecessor: predecessor.is_some(), assessment: self.assessment(judged) }
    }

    /// Whether a filter keeps an authority by what the map shows of it: the day and the grade of the assessment shown. A
    /// grade in a category that is not shown is that of the latest assessment under the framework.
    pub fn keeps(&self, filter: &Filter, authority: &Authority, shown: &OnMap<'_>) -> bool {
        let assessment = || shown.assessment.map(|(assessment, ..)| assessment);
        let overall = self.framework.as_ref().and_then(|framework| framework.overall_position());
        let grade = |column: usize| {
            if self.shown == Shown::Overall && Some(column) == overall {
                return shown.grade();
            }
            let latest = shown.authority.latest(self.framework.as_ref()?, self.as_at)?;
            latest.judgements.get(column)?.grade()
        };
        filter.keeps_shown(authority, assessment, grade)
    }

    /// Returns the authorities that an authority replaced and that existed on the day; none without a day.
    pub fn predecessors<'d>(
        &self,
        dataset: &'d Dataset,
        authority: &'d Authority,
    ) -> impl Iterator<Item = &'d Authority> + use<'d> {
        let day = self.day;
        dataset.authorities.iter().filter(move |other| {
            other.replaced_by.contains(&authority.name) && day.is_some_and(|day| other.exists_on(day))
        })
    }

    fn assessment<'d>(&'d self, authority: &'d Authority) -> Option<(&'d Assessment, &'d Framework, usize)> {
        match self.shown {
            Shown::Overall => {
                let (framework, assessment) = latest_overall(authority, self.as_at)?;
                Some((assessment, framework, framework.overall_position()?))
            }
            Shown::Category(position) => {
                let framework = self.framework.as_ref()?;
                Some((authority.latest(framework, self.as_at)?, framework, position))
            }
        }
    }
}
