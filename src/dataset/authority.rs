//! An authority, how it was assessed, and what was said about it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use thin_vec::ThinVec;

use super::{Certainty, Date, Evidence, Framework, Grade, Note, Source, serialize};

/// A council with duties for children's services.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Authority {
    /// The name by which it is listed; never empty, no two alike.
    pub name: String,
    /// Other names people use.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub aliases: Vec<String>,
    /// Its numbers in official registers.
    #[serde(skip_serializing_if = "serialize::has_no_code")]
    pub codes: Codes,
    /// The council at the time of its assessments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub council_at_assessment: Option<Council>,
    /// The council of today, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_council: Option<Council>,
    /// The region of England.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Where names, codes and region come from.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Its assessments, in the order of the file.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub assessments: Vec<Assessment>,
    /// What else is known of it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub notes: Vec<Note>,
    /// The authorities most like it, by a model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<Neighbours>,
}

impl Authority {
    /// Every name it goes by: as listed, other names, the names of its councils.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let councils =
            [&self.council_at_assessment, &self.current_council].into_iter().flatten().map(|c| c.name.as_str());
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str)).chain(councils)
    }

    /// The positions of its assessments, the newest first, those without a date last; of one date, the later in
    /// the file first, as [`Self::latest`] chooses it.
    pub fn newest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.assessments.len()).rev().collect();
        let day = |position: &usize| self.assessments.get(*position).and_then(Assessment::order_day);
        order.sort_by_key(|position| std::cmp::Reverse(day(position)));
        order
    }

    /// The latest assessment under a framework, by [`Assessment::order_day`]; of one day, the later in the file. With a
    /// date, the latest that was published by then: one without a day of publication is not known to be.
    pub fn latest(&self, framework: &Framework, as_at: Option<Date>) -> Option<&Assessment> {
        let of_framework = self.assessments.iter().filter(|a| a.framework.is(framework));
        of_framework.filter(|a| a.is_published_by(as_at)).max_by_key(|a| a.order_day())
    }
}

impl Authority {
    /// The council of today; where that is not held, the one of its assessments.
    pub fn council(&self) -> Option<&Council> {
        self.successor().or(self.council_at_assessment.as_ref()).or(self.current_council.as_ref())
    }

    /// The council that an assessment was about, where it is another than that of today.
    pub fn council_at(&self, assessment: &Assessment) -> Option<&Council> {
        let today = self.successor()?;
        let is_earlier = match (assessment.date, today.since) {
            (Some(date), Some(since)) => date < since,
            _ => assessment.origin.is_none(),
        };
        self.council_at_assessment.as_ref().filter(|_| is_earlier)
    }

    /// The council of today, where it is another than at the time of the assessments: of another kind, or
    /// since a day that is known.
    pub fn successor(&self) -> Option<&Council> {
        let then = self.council_at_assessment.as_ref()?;
        self.current_council.as_ref().filter(|now| now.since.is_some() || now.kind != then.kind)
    }

    /// The assessment before another of the same framework; `None` if there is none, or where a day is
    /// not known, so that nothing says which came before.
    pub fn before(&self, assessment: &Assessment) -> Option<&Assessment> {
        let of_framework = self.assessments.iter().filter(|a| a.framework.is(&assessment.framework));
        of_framework.filter(|a| a.is_before(assessment)).max_by_key(|a| a.order_day())
    }

    /// The last grade of a category, by its position, that an assessment no longer has because the category
    /// ended: the newest assessment before it with a grade there. `None` if the category has not ended, or no
    /// grade is held.
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

/// How the grade of a category changed from one assessment to the next under the same framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Whether the grade rose, stayed or fell.
    pub trend: Trend,
    /// Whether the category changed its meaning between the two assessments, so that the two grades do not
    /// cover the same thing.
    pub is_redefined: bool,
}

/// Whether a grade rose, stayed or fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// To a better grade.
    Up,
    /// The same grade again.
    Same,
    /// To a lower grade.
    Down,
}

impl Movement {
    /// The sign beside a grade: a filled arrow, or a hollow one where the category was redefined in between;
    /// empty if the grade stayed.
    pub fn sign(self) -> &'static str {
        match (self.trend, self.is_redefined) {
            (Trend::Up, false) => "▲",
            (Trend::Up, true) => "△",
            (Trend::Same, _) => "",
            (Trend::Down, false) => "▼",
            (Trend::Down, true) => "▽",
        }
    }

    /// The word for it: up, same or down.
    pub fn name(self) -> &'static str {
        match self.trend {
            Trend::Up => "up",
            Trend::Same => "same",
            Trend::Down => "down",
        }
    }
}

/// The statistical neighbours of an authority: those whose circumstances a model finds most alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbours {
    /// The file that names them, with its date as far as it is known: models change.
    #[serde(serialize_with = "serialize::id")]
    pub source: Arc<Source>,
    /// Their numbers with the Department for Education, the most alike first.
    pub la_codes: Vec<String>,
}

/// The numbers of an authority in official registers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Codes {
    /// The Government Statistical Service's nine-character code: today's, or the last of an authority that ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gss: Option<String>,
    /// The codes of that service which it had before.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub former_gss: Vec<String>,
    /// Ofsted's unique reference number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urn: Option<String>,
    /// The Department for Education's three-digit number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub la: Option<String>,
}

impl Codes {
    /// The codes held, each with the name of its register.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("GSS", &self.gss), ("URN", &self.urn), ("LA", &self.la)]
            .into_iter()
            .filter_map(|(name, code)| Some((name, code.as_deref()?)))
    }

    /// Every code by which the authority can be found: those of [`Self::named`], then the former ones.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.named().map(|(_, code)| code).chain(self.former_gss.iter().map(String::as_str))
    }
}

/// A council as it was or is constituted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Council {
    /// Its full name.
    pub name: String,
    /// Its kind: county, unitary, London borough, metropolitan borough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Since when it has been so, where that is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

/// One round or inspection of one authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The scheme it was made under.
    pub framework: Arc<Framework>,
    /// The round it belongs to; of an inspection, the year of its publication.
    pub round: Arc<str>,
    /// When it was published, where known.
    pub date: Option<Date>,
    /// A judgement for each category of the framework, in the framework's order; inspections of one file that
    /// say the same may share it.
    pub judgements: Arc<[Judgement]>,
    /// What people said of it.
    pub quotes: ThinVec<Quote>,
    /// The row of a file it was read from.
    pub origin: Option<Origin>,
    /// How it was carried out.
    pub visit: Option<Visit>,
}

impl Assessment {
    /// What the judgement of a category, by its position, rests on: its own evidence, else the cell it was
    /// read from; empty only beside an absence.
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
    /// How a category, by its position, moved since an assessment before; `None` across a change of framework,
    /// and if one of the two has no grade.
    pub fn movement(&self, before: &Self, category: usize) -> Option<Movement> {
        if !self.framework.is(&before.framework) {
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

    /// The day that decides which rules of a framework applied: the first day of the inspection, or the day of
    /// publication if that is not held; `None` if neither is.
    pub fn day(&self) -> Option<Date> {
        self.visit.as_ref().and_then(|visit| visit.from).or(self.date)
    }

    /// The day that puts the assessments of an authority in order: that of publication; if it is not held, the last or
    /// the first day of the inspection; `None` if no day is held.
    pub fn order_day(&self) -> Option<Date> {
        let visit = self.visit.as_ref();
        self.date.or_else(|| visit.and_then(|visit| visit.until.or(visit.from)))
    }

    /// Whether it comes before another; never where a day is not held.
    fn is_before(&self, other: &Self) -> bool {
        self.order_day().zip(other.order_day()).is_some_and(|(own, others)| own < others)
    }

    /// Whether two records are of one inspection: of one framework, and begun on one day; if either does not hold that,
    /// published on one day.
    pub fn is_same_inspection(&self, other: &Self) -> bool {
        let began = |a: &Self| a.visit.as_ref().and_then(|visit| visit.from);
        let is_same_day = match (began(self), began(other)) {
            (Some(one), Some(two)) => one == two,
            _ => self.date == other.date && self.round == other.round,
        };
        self.framework.is(&other.framework) && is_same_day
    }

    /// Whether another record says the same of every category.
    pub fn has_outcomes_of(&self, other: &Self) -> bool {
        self.judgements.iter().map(|j| j.outcome).eq(other.judgements.iter().map(|j| j.outcome))
    }

    /// Whether it was published by the end of a day. Without a day there is no limit; an assessment without a
    /// date is not known to have been published by any day.
    pub fn is_published_by(&self, end: Option<Date>) -> bool {
        end.is_none_or(|end| self.date.is_some_and(|date| date.last_day() <= end.last_day()))
    }

    /// Whether it was published on a day or later; one without a date is not known to be.
    pub fn is_published_since(&self, day: Date) -> bool {
        self.date.is_some_and(|date| date.last_day() >= day.first_day())
    }
}

/// The row of a file that an assessment was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, and which columns of it were read.
    pub table: Arc<OriginTable>,
    /// The row, from 1, the headers being row 1.
    pub row: u32,
    /// The report that the row is about.
    pub link: Option<Box<str>>,
}

/// The columns of a file that hold the judgements of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginTable {
    /// The file.
    pub source: Arc<Source>,
    /// The header of the column of each category, as the file has it, in the framework's order; empty if it is not
    /// held.
    pub headers: Vec<String>,
}

impl Origin {
    /// The cell of a category, by its position, as evidence.
    pub fn evidence(&self, category: usize) -> Evidence {
        Evidence {
            source: Arc::clone(&self.table.source),
            passage: None,
            note: None,
            step: None,
            place: Some(self.location(category)),
            link: self.link.as_deref().map(String::from),
        }
    }

    /// Where in the file the cell of a category is: "row 4, column in_care_grade".
    pub fn location(&self, category: usize) -> String {
        let header = self.table.headers.get(category).map(|header| format!(", column {header}"));
        format!("row {}{}", self.row, header.unwrap_or_default())
    }

    /// The nearest link: to the report, otherwise to the file.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref().or(self.table.source.link.as_deref())
    }
}

/// How an inspection was carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// Its kind, as the file has it: standard, short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Arc<str>>,
    /// Its first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Who led it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Arc<str>>,
}

impl Visit {
    /// What is known of it: "standard inspection", "2 December 2024 to 13 December 2024", "led by A N Other".
    pub fn words(&self) -> Vec<String> {
        let kind = self.kind.as_deref().map(|kind| format!("{kind} inspection"));
        let days = match (self.from, self.until) {
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(until)) => Some(format!("to {until}")),
            (None, None) => None,
        };
        let lead = self.lead.as_deref().map(|lead| format!("led by {lead}"));
        [kind, days, lead].into_iter().flatten().collect()
    }
}

/// What an assessment says of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The grade, or why there is none.
    pub outcome: Outcome,
    /// How firmly it stands.
    pub certainty: Certainty,
    /// What it rests on, where that is not the record of the assessment; see [`Assessment::evidence`].
    pub evidence: ThinVec<Evidence>,
    /// The text it was read from, where that is held.
    pub raw: Option<Box<str>>,
}

impl Judgement {
    /// The grade, where there is one.
    pub fn grade(&self) -> Option<Grade> {
        match self.outcome {
            Outcome::Grade(grade) => Some(grade),
            Outcome::Absent(_) => None,
        }
    }
}

/// A grade or the reason why there is none: never both, never neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// The file has something there that nobody could read.
    Unreadable,
    /// The file has nothing there.
    Blank,
}

impl Absence {
    /// Every reason, in the order of the help.
    pub const ALL: [Self; 5] =
        [Self::NotReported, Self::BeforeCategory, Self::CategoryEnded, Self::Unreadable, Self::Blank];

    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotReported => "not-reported",
            Self::BeforeCategory => "before-category",
            Self::CategoryEnded => "category-ended",
            Self::Unreadable => "unreadable",
            Self::Blank => "blank",
        }
    }

    /// The absence of a name in the file.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.name() == name)
    }

    /// The sign in a narrow cell.
    pub fn sign(self) -> &'static str {
        match self {
            Self::NotReported => "·",
            Self::BeforeCategory | Self::CategoryEnded => "–",
            Self::Unreadable => "?",
            Self::Blank => "□",
        }
    }

    /// The reason in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotReported => "not reported",
            Self::BeforeCategory => "before the category existed",
            Self::CategoryEnded => "category ended",
            Self::Unreadable => "unreadable in the file",
            Self::Blank => "blank in the file",
        }
    }

    /// The reason in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NotReported => "not in our sources",
            Self::BeforeCategory => "the category was graded only later",
            Self::CategoryEnded => "the category was no longer graded",
            Self::Unreadable => "the file holds something that could not be read",
            Self::Blank => "nothing is recorded in this cell of the file",
        }
    }
}

/// What a person said about an assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Who said it.
    pub speaker: String,
    /// In what role, as the source has it.
    pub role: Option<String>,
    /// The places, in the framework, of the categories it speaks to; never empty.
    pub categories: Vec<usize>,
    /// Where it is written.
    pub source: Arc<Source>,
    /// The sentences, letter for letter; never empty.
    pub passages: Vec<Passage>,
}

/// A sentence of a source in which somebody is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The sentence, letter for letter.
    pub text: String,
    /// The byte ranges of `text` that are spoken words, in order, apart from one another.
    pub spoken: Vec<Range<usize>>,
}
