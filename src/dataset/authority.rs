//! Authorities, their assessments and judgements, and what people said about them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::{AsAt, Basis, Certainty, Date, Evidence, Framework, Grade, Note, Source, Text};

/// The maximum number of authorities of a file. England has had some 160 since 2006; each takes a kilobyte, however short
/// it is in the file.
pub const MAX_AUTHORITIES: usize = 300_000;

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
    /// The authorities most like it, according to a model.
    pub neighbours: Option<Box<Neighbours>>,
}

impl Authority {
    /// Returns all its names: the listed name, the aliases, the names of its councils.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let councils =
            [&self.council_at_assessment, &self.current_council].into_iter().flatten().map(|c| c.name.as_str());
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(Text::as_str)).chain(councils)
    }

    /// Returns the positions of its assessments, newest first and undated ones last. Of several with the same date,
    /// the later in the file comes first, consistent with [`Self::latest`].
    pub fn newest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.assessments.len()).rev().collect();
        let day = |position: &usize| self.assessments.get(*position).and_then(Assessment::order_day);
        order.sort_by_key(|position| std::cmp::Reverse(day(position)));
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
    /// Whether it existed on a day: not before its first day, and not after its last. Always `true` if neither is
    /// known.
    pub fn exists_on(&self, day: Date) -> bool {
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
            let held = match passed.iter().position(|(framework, _)| framework.is(&assessment.framework)) {
                Some(held) => held,
                None => {
                    passed.push((&assessment.framework, Passed::default()));
                    passed.len() - 1
                }
            };
            let Some((_, passed)) = passed.get_mut(held) else { continue };
            if passed.day.is_some_and(|held| held < day) {
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

/// How the grade of a category changed from one assessment to the next under the same framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Whether the grade rose, stayed or fell.
    pub trend: Trend,
    /// Whether the category was redefined between the two assessments, so that the two grades do not cover the same
    /// thing.
    pub is_redefined: bool,
}

/// Whether a grade rose, stayed or fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trend {
    /// To a better grade.
    Up,
    /// The same grade again.
    Same,
    /// To a lower grade.
    Down,
}

impl Movement {
    /// Returns the sign shown beside a grade: a filled arrow, or a hollow one if the category was redefined in
    /// between; empty if the grade stayed the same.
    pub fn sign(self) -> &'static str {
        match (self.trend, self.is_redefined) {
            (Trend::Up, false) => "▲",
            (Trend::Up, true) => "△",
            (Trend::Same, _) => "",
            (Trend::Down, false) => "▼",
            (Trend::Down, true) => "▽",
        }
    }

    /// Returns the name of the trend: up, same or down.
    pub fn name(self) -> &'static str {
        match self.trend {
            Trend::Up => "up",
            Trend::Same => "same",
            Trend::Down => "down",
        }
    }
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
    fn is_before(&self, other: &Self) -> bool {
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
    /// Where the judgements are in a document that is not a table: "page 1".
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

    /// Returns the location in the file of a category's cell: "row 4, column in_care_grade".
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
        format!("row {}{}", self.row, header.unwrap_or_default())
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
        [kind, days, lead].into_iter().flatten().collect()
    }
}

/// What an assessment says of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The grade, or why there is none.
    pub outcome: Outcome,
    /// How firmly the outcome is supported.
    pub certainty: Certainty,
    /// The evidence, unless it is the assessment's own row; see [`Assessment::evidence`].
    pub evidence: Vec<Evidence>,
    /// The original text in the file, if known.
    pub raw: Option<Text>,
}

impl Judgement {
    /// Returns the grade, if there is one.
    pub fn grade(&self) -> Option<Grade> {
        match self.outcome {
            Outcome::Grade(grade) => Some(grade),
            Outcome::Absent(_) => None,
        }
    }

    /// Returns the mark of a grade that its source does not state directly: `*`; otherwise nothing.
    pub fn mark(&self) -> &'static str {
        if self.grade().is_some() { self.certainty.mark() } else { "" }
    }

    /// Returns the name of how firmly a grade is supported; `None` without a grade.
    pub fn certainty_name(&self) -> Option<&'static str> {
        self.grade().map(|_| self.certainty.name())
    }

    /// Returns what follows its sign in a narrow cell: the arrow of its movement, then its mark.
    pub fn marks(&self, movement: Option<Movement>) -> String {
        movement.map_or("", Movement::sign).to_owned() + self.mark()
    }
}

/// A grade or the reason why there is none: never both, never neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// The file holds a value that could not be parsed.
    Unreadable,
    /// The cell in the file is empty.
    Blank,
    /// The inspectors made no judgement, as where there is too little to judge.
    NotJudged,
}

impl Absence {
    /// All reasons, in the order in which the help lists them.
    pub const ALL: [Self; 6] =
        [Self::NotReported, Self::BeforeCategory, Self::CategoryEnded, Self::Unreadable, Self::Blank, Self::NotJudged];

    /// Returns its name in the JSON format.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotReported => "not-reported",
            Self::BeforeCategory => "before-category",
            Self::CategoryEnded => "category-ended",
            Self::Unreadable => "unreadable",
            Self::Blank => "blank",
            Self::NotJudged => "not-judged",
        }
    }

    /// Returns the sign shown in a narrow cell.
    pub fn sign(self) -> &'static str {
        match self {
            Self::NotReported => "·",
            Self::BeforeCategory | Self::CategoryEnded => "–",
            Self::Unreadable => "?",
            Self::Blank => "□",
            Self::NotJudged => "×",
        }
    }

    /// Returns the reason in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotReported => "not reported",
            Self::BeforeCategory => "before the category existed",
            Self::CategoryEnded => "category ended",
            Self::Unreadable => "unreadable in the file",
            Self::Blank => "blank in the file",
            Self::NotJudged => "not judged",
        }
    }

    /// Returns the reason as a clause.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NotReported => "not in our sources",
            Self::BeforeCategory => "the category was graded only later",
            Self::CategoryEnded => "the category was no longer graded",
            Self::Unreadable => "the file holds something that could not be read",
            Self::Blank => "nothing is recorded in this cell of the file",
            Self::NotJudged => "the inspectors made no judgement",
        }
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
