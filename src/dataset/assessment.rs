//! Assessments: rounds and inspections, how they were carried out, what they were read from, and what people said of them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::{
    AsAt, Basis, Date, Evidence, Framework, Judgement, Movement, Recommendation, Recommendations, ReportCoverage,
    Source, Text, Trend,
};

/// One round or inspection of one authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The framework it was made under.
    pub framework: Arc<Framework>,
    /// The round it belongs to; for an inspection, the year of publication.
    pub round: Arc<str>,
    /// When it was published, if known.
    pub date: Option<Date>,
    /// A judgement for each category of the framework, in the framework's order. Inspections with equal judgements
    /// may share one allocation.
    pub judgements: Arc<[Judgement]>,
    /// What people said about it.
    pub quotes: Vec<Quote>,
    /// The row of a file it was read from.
    pub origin: Option<Origin>,
    /// How it was carried out.
    pub visit: Option<Visit>,
    /// What its report asks to improve; `None` if nothing is known of that.
    pub recommendations: Option<Box<Recommendations>>,
}

impl Assessment {
    /// Returns the evidence for the judgement of a category (given by position): its own evidence, else the cell it
    /// was read from. Empty only for an absence.
    pub fn evidence(&self, category: usize) -> Cow<'_, [Evidence]> {
        match (self.judgements.get(category), &self.origin) {
            (Some(judgement), Some(origin)) if judgement.evidence.is_empty() => {
                Cow::Owned(vec![origin.evidence(category)])
            }
            (Some(judgement), _) => Cow::Borrowed(&judgement.evidence),
            (None, _) => Cow::Borrowed(&[]),
        }
    }
}

impl Assessment {
    /// Returns the link of the evidence for the judgement of a category (given by position), or for the next judgement
    /// that has one, or else of the origin; `None` if there is none.
    pub fn link_of(&self, category: usize) -> Option<&str> {
        let own = self.judgements.iter().skip(category).flat_map(|judgement| &judgement.evidence);
        own.filter_map(Evidence::link).next().or_else(|| self.origin.as_ref().and_then(Origin::link))
    }

    /// Returns the link of the first judgement that has one, or else of the origin; `None` if there is none.
    pub fn link(&self) -> Option<&str> {
        self.link_of(0)
    }
}

impl Assessment {
    /// Returns what its report asks to improve; empty if that is not known, or nothing is listed.
    pub fn recommended(&self) -> &[Recommendation] {
        self.recommendations.as_ref().map_or(&[], |recommendations| recommendations.all.as_slice())
    }

    /// Returns what its report asks to improve, with the positions in the report: first what the inspection before asked for too.
    pub fn recommended_again_first(&self, before: Option<&Self>) -> Vec<(usize, &Recommendation)> {
        let mut all: Vec<(usize, &Recommendation)> = self.recommended().iter().enumerate().collect();
        all.sort_by_key(|(_, one)| !self.is_again(one, before));
        all
    }

    /// Whether its report is known to list what needs to improve, so that what it does not list was not asked for.
    pub fn lists_recommendations(&self) -> bool {
        self.recommendations.as_ref().is_some_and(|all| all.coverage == ReportCoverage::Listed)
    }

    /// Whether something that its report asks for was asked for by the inspection before too; see
    /// [`Recommendation::is_again`]. `false` if there is none before, or its report is not known.
    pub fn is_again(&self, recommendation: &Recommendation, before: Option<&Self>) -> bool {
        let before = before.and_then(|before| before.recommendations.as_deref());
        before.is_some_and(|before| recommendation.is_again(before))
    }
}

impl Assessment {
    /// Whether any grade is inferred or second-hand; see [`Judgement::mark`].
    pub fn has_mark(&self) -> bool {
        self.judgements.iter().any(|judgement| !judgement.mark().is_empty())
    }

    /// Returns how the grade of a category (given by position) changed since an earlier assessment; `None` across a
    /// change of framework, if either of the two has no grade, or if our sources name only some of the ratings: the rating
    /// in between may be one they do not name.
    pub fn movement(&self, before: &Self, category: usize) -> Option<Movement> {
        if !self.framework.is(&before.framework) || self.framework.is_named_only {
            return None;
        }
        let (new, old) = (self.judgements.get(category)?.grade()?, before.judgements.get(category)?.grade()?);
        let trend = match new.cmp(&old) {
            Ordering::Greater => Trend::Up,
            Ordering::Equal => Trend::Same,
            Ordering::Less => Trend::Down,
        };
        let days = before.day().zip(self.day());
        let named = self.framework.categories.get(category);
        let is_redefined = days.zip(named).is_some_and(|((old, new), named)| named.is_redefined_between(old, new));
        Some(Movement { trend, is_redefined })
    }

    /// Returns the day that decides which rules of a framework applied: the first day of the inspection, else the
    /// publication date; `None` if neither is known.
    pub fn day(&self) -> Option<Date> {
        self.visit.as_ref().and_then(|visit| visit.from).or(self.date)
    }

    /// Returns the day by which the assessments of an authority are ordered: the publication date, else the last or
    /// first day of the inspection; `None` if none is known.
    pub fn order_day(&self) -> Option<Date> {
        let visit = self.visit.as_ref();
        self.date.or_else(|| visit.and_then(|visit| visit.until.or(visit.from)))
    }

    /// Whether it comes before another; `false` if the day of either is unknown.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        self.order_day().zip(other.order_day()).is_some_and(|(own, others)| own < others)
    }

    /// Returns the link of the row it was read from, if it has one.
    pub fn report_link(&self) -> Option<&str> {
        self.origin.as_ref().and_then(|origin| origin.link.as_deref())
    }

    /// Whether another record has the same outcome for every category.
    pub fn has_outcomes_of(&self, other: &Self) -> bool {
        self.judgements.iter().map(|j| j.outcome).eq(other.judgements.iter().map(|j| j.outcome))
    }

    /// Whether another record has the same grade wherever both have one, and there is such a grade.
    pub fn has_grades_of(&self, other: &Self) -> bool {
        let both = self.judgements.iter().zip(other.judgements.iter());
        let mut both = both.filter_map(|(one, other)| one.grade().zip(other.grade())).peekable();
        both.peek().is_some() && both.all(|(one, other)| one == other)
    }

    /// Returns the day that counts on a basis. Published: the publication date. Inspected: the first day of the
    /// inspection, else its last day, else the publication date. `None` if none is known.
    pub fn counted_day(&self, basis: Basis) -> Option<Date> {
        match basis {
            Basis::Published => self.date,
            Basis::Inspected => {
                let visit = self.visit.as_ref();
                visit.and_then(|visit| visit.from.or(visit.until)).or(self.date)
            }
        }
    }

    /// Returns the day that orders the assessments of an authority as at a day: [`Self::order_day`] or, on the basis of
    /// the inspection, the day that counts.
    pub fn order_day_on(&self, basis: Basis) -> Option<Date> {
        match basis {
            Basis::Published => self.order_day(),
            Basis::Inspected => self.counted_day(basis),
        }
    }

    /// Whether it counts as at the end of a day. Always `true` if no day is given; otherwise `false` if its own day is
    /// unknown.
    pub fn counts_as_at(&self, end: Option<AsAt>) -> bool {
        let is_by = |end: AsAt| self.counted_day(end.basis).is_some_and(|day| day.last_day() <= end.day.last_day());
        end.is_none_or(is_by)
    }

    /// Whether it was published on `day` or later; `false` without a date.
    pub fn is_published_since(&self, day: Date) -> bool {
        self.date.is_some_and(|date| date.last_day() >= day.first_day())
    }
}

/// The row of a file that an assessment was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, and the columns that were read.
    pub table: Arc<OriginTable>,
    /// The row number, counted from 1; 0 for a document that is not a table.
    pub row: u32,
    /// The version of the parser with which the collector read the report; 0 if the file does not say.
    pub parser_version: u32,
    /// A link to the report that the row is about.
    pub link: Option<Text>,
}

/// The columns of a file that hold the judgements of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginTable {
    /// The file.
    pub source: Arc<Source>,
    /// The header of each category's column, as spelt in the file, in the framework's order; empty if unknown. A
    /// category without a column has an empty header.
    pub headers: Vec<Text>,
    /// Where the judgements are: "page 1" of a document that is not a table, or the sheet of a workbook that has several.
    pub place: Option<Text>,
}

impl Origin {
    /// Returns the cell of a category (given by position) as evidence.
    pub fn evidence(&self, category: usize) -> Evidence {
        Evidence {
            source: Arc::clone(&self.table.source),
            passage: None,
            note: None,
            step: None,
            place: Some(self.location(category)),
            link: self.link.clone(),
        }
    }

    /// Returns the location in the file of a category's cell: "row 4, column in_care_grade", after the sheet if there are several.
    pub fn location(&self, category: usize) -> String {
        if self.row == 0 {
            return self.table.place.as_deref().unwrap_or("the document").to_owned();
        }
        let header = self
            .table
            .headers
            .get(category)
            .filter(|header| !header.is_empty())
            .map(|header| format!(", column {header}"));
        let sheet = self.table.place.iter().map(|place| format!("{place}, ")).collect::<String>();
        format!("{sheet}row {}{}", self.row, header.unwrap_or_default())
    }

    /// Returns the most specific link: to the report, otherwise to the file.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref().or(self.table.source.link.as_deref())
    }
}

/// How an inspection was carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visit {
    /// Its kind, as written in the file: standard, short.
    pub kind: Option<Arc<str>>,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// Who led it.
    pub lead: Option<Arc<str>>,
    /// What else is known of it: areas for priority action, when the next inspection is.
    pub details: Option<Text>,
}

impl Visit {
    /// Describes it in phrases: "standard inspection", "2 December 2024 to 13 December 2024", "led by A N Other".
    pub fn words(&self) -> Vec<String> {
        let kind = self.kind.as_deref().map(|kind| match kind.ends_with("inspection") {
            true => kind.to_owned(),
            false => format!("{kind} inspection"),
        });
        let days = match (self.from, self.until) {
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(until)) => Some(format!("to {until}")),
            (None, None) => None,
        };
        let lead = self.lead.as_deref().map(|lead| format!("led by {lead}"));
        [kind, days, lead, self.details.clone()].into_iter().flatten().collect()
    }
}

/// What a person said about an assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Who said it.
    pub speaker: Text,
    /// The speaker's role, as given in the source.
    pub role: Option<Text>,
    /// The positions in the framework of the categories it is about; never empty.
    pub categories: Vec<usize>,
    /// The document that quotes it.
    pub source: Arc<Source>,
    /// The sentences, verbatim; empty only if there is a summary.
    pub passages: Vec<Passage>,
    /// What was said, in our words.
    pub summary: Option<Text>,
}

/// A sentence of a source that quotes someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The sentence, verbatim.
    pub text: Text,
    /// The byte ranges of `text` that are spoken words, in order and without overlap.
    pub spoken: Vec<Range<usize>>,
}
