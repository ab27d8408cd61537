//! The context of an answer: data, framework, date and filter. Every format includes it: tables as notes below, JSON
//! as an object, CSV as columns at the end.

use schemars::JsonSchema;
use serde::Serialize;

use crate::dataset::{AsAt, Dataset, Framework};
use crate::query::{Listing, View};
use crate::tables::{Cell, Column};
use crate::text::{clean, plural};
use crate::wording;

/// The context of an answer from a listing.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    listing: &'a Listing,
    /// The framework that the whole answer is about; `None` if it is about several.
    framework: Option<&'a Framework>,
    /// Whether the answer is about a framework, if it is about several.
    has: fn(&Framework) -> bool,
}

impl<'a> About<'a> {
    /// The context of an answer about the framework that the listing shows.
    pub(super) fn shown(listing: &'a Listing) -> Self {
        Self::under(listing, listing.view().framework().map(AsRef::as_ref))
    }

    /// The context of an answer about a framework, or about the series of overall effectiveness.
    pub(super) fn under(listing: &'a Listing, framework: Option<&'a Framework>) -> Self {
        Self { listing, framework, has: Framework::is_in_series }
    }

    /// The context of an answer about the years of a framework, or of all of which not only some ratings are named.
    pub(super) fn years(listing: &'a Listing, framework: Option<&'a Framework>) -> Self {
        Self { listing, framework, has: |framework| !framework.is_named_only && framework.is_of_council() }
    }

    /// Returns the frameworks that the answer is about.
    fn frameworks(self) -> impl Iterator<Item = &'a Framework> {
        let all = self.dataset().frameworks.iter().map(AsRef::as_ref);
        let is_one = move |framework: &Framework| match self.framework {
            Some(one) => framework.is(one),
            None => (self.has)(framework),
        };
        all.filter(move |framework| is_one(framework))
    }

    /// Describes the data, with who made the judgements that the answer is about.
    pub(super) fn data(self) -> String {
        wording::data(self.dataset(), self.frameworks())
    }

    fn dataset(self) -> &'a Dataset {
        self.listing.dataset()
    }

    fn view(self) -> &'a View {
        self.listing.view()
    }

    /// Returns what the answer is about in a few words: framework, day and filter.
    pub(super) fn title(self) -> String {
        let framework = self.framework.map(|framework| framework.title.to_string());
        let day = self.view().as_at().map(wording::as_at);
        framework.into_iter().chain(day).chain(self.filter_words()).collect::<Vec<_>>().join(", ")
    }

    /// Returns the notes below a table.
    pub(super) fn notes(self) -> Vec<String> {
        let unknown = self.listing.authorities().filter(|authority| authority.is_unknown).count();
        let count = plural(self.listing.len().saturating_sub(unknown), "council", "councils");
        let has_interventions = self.listing.filter().happened.iter().any(|kind| kind.is_intervention());
        let known = if has_interventions { format!(" {}.", wording::THOSE_KNOWN) } else { String::new() };
        let mut notes = vec![format!("{count}.{known} {}.", self.data())];
        if unknown > 0 {
            let names = plural(unknown, "name that no English council has is", "names that no English council has are");
            notes.push(format!("{names} shown, and never counted."));
        }
        if let Some(framework) = self.framework {
            let day = match (self.view().as_at(), self.view().has_dates()) {
                (Some(AsAt { day, basis }), _) => format!(", as at {day}: the latest {} by then", basis.name()),
                (None, true) if framework.is_named_only => ": the latest that our sources name of each".to_owned(),
                (None, true) => ": the latest of each council".to_owned(),
                (None, false) => String::new(),
            };
            notes.push(format!("{}{day}.", framework.title));
            notes.push(format!("Held: {}.", wording::held(self.dataset(), framework)));
        }
        if let (Some(AsAt { day, basis }), None) = (self.view().as_at(), self.framework) {
            notes.push(format!("The latest {} by the end, as at {day}.", basis.name()));
        }
        let filter = self.filter_words();
        if !filter.is_empty() {
            notes.push(format!("Only: {}.", filter.join(" · ")));
        }
        let undated = self.undated();
        if undated > 0 {
            let count = plural(undated, "assessment has no date and is", "assessments have no date and are");
            notes.push(format!("{count} not counted: it is not known what had been published by then."));
        }
        notes
    }

    /// Returns how many assessments under the framework have no date that counts, if the answer is as at a day; 0 without
    /// one.
    fn undated(self) -> usize {
        let (Some(as_at), Some(framework)) = (self.view().as_at(), self.framework) else { return 0 };
        let all = self.dataset().authorities.iter().flat_map(|authority| &authority.assessments);
        all.filter(|a| a.framework.is(framework) && a.counted_day(as_at.basis).is_none()).count()
    }

    /// Describes the search and the filter.
    fn filter_words(self) -> Vec<String> {
        let query = clean(self.listing.query().trim());
        let query = (!query.is_empty()).then(|| format!("matching {query:?}"));
        query.into_iter().chain(wording::filter(self.listing.filter(), self.view())).collect()
    }

    /// Returns the columns at the end of a CSV table, with the cell that every row repeats.
    pub(super) fn columns(self) -> Vec<(Column, Cell)> {
        let as_at = self.view().as_at().map(|as_at| as_at.day.iso());
        let basis = self.view().as_at().map(|as_at| as_at.basis.name());
        let filter = self.filter_words().join("; ");
        let framework = self.framework.map(|framework| framework.id.as_str());
        [
            ("answer_framework", framework),
            ("as_at", as_at.as_deref()),
            ("as_at_basis", basis),
            ("filter", Some(filter.as_str()).filter(|words| !words.is_empty())),
            ("data", Some(self.data().as_str())),
        ]
        .map(|(name, text)| (Column::text(name), Cell::maybe(text)))
        .into()
    }

    /// Returns the JSON object.
    pub(super) fn json(self) -> AboutJson<'a> {
        let Dataset { title, date, .. } = self.dataset();
        let collectors = wording::collectors(self.dataset(), &self.frameworks().collect::<Vec<_>>());
        AboutJson {
            title,
            publisher: self.dataset().publisher_of(self.frameworks()),
            collector: (!collectors.is_empty()).then(|| wording::list(&collectors)),
            date: date.map(|date| date.iso()),
            framework: self.framework.map(|framework| framework.id.as_str()),
            good: self
                .framework
                .filter(|framework| framework.scale.good_from.is_none())
                .map(|framework| framework.scale.good_words()),
            as_at: self.view().as_at().map(|as_at| as_at.day.iso()),
            basis: self.view().as_at().map(|as_at| as_at.basis.name()),
            query: Some(self.listing.query().trim()).filter(|query| !query.is_empty()),
            since: self.listing.filter().since.map(|day| day.iso()),
            regions: &self.listing.filter().regions,
            grades: self.grades(),
            asked: &self.listing.filter().asked,
            said: self.listing.filter().is_quoted,
            happened: self.listing.filter().happened.iter().map(|kind| kind.name()).collect(),
            holds_only_latest: self.view().holds_only_latest(),
            undated: self.undated(),
        }
    }

    fn grades(self) -> Vec<WantedJson<'a>> {
        let categories = self.view().categories();
        let wanted = self.listing.filter().grades.iter();
        wanted
            .filter_map(|(category, grade)| {
                Some(WantedJson { category: &categories.get(*category)?.id, grade: grade.0 })
            })
            .collect()
    }
}

/// What the answer is about.
#[derive(Serialize, JsonSchema)]
pub(super) struct AboutJson<'a> {
    /// The title of the data.
    title: &'a str,
    /// Who made the judgements that the answer is about.
    publisher: String,
    /// Who collected them from the publisher's reports; null if the publisher did.
    collector: Option<String>,
    /// When they were published; of inspections, when the newest report was.
    date: Option<String>,
    /// The id of the framework; null if the data have none, or if the answer is about several.
    framework: Option<&'a str>,
    /// What `good_or_better` counts in this answer, if the framework has no such words.
    #[serde(skip_serializing_if = "Option::is_none")]
    good: Option<String>,
    /// The answer holds what had been published, or inspected, by the end of this day; null: all that the data hold.
    as_at: Option<String>,
    /// Which of the two decides: published or inspected; null without such a day.
    basis: Option<&'static str>,
    /// Only authorities found by this; null without a search.
    query: Option<&'a str>,
    /// Only authorities whose latest assessment was published on this day or later.
    since: Option<String>,
    /// Only authorities in one of these regions; in any, if there is none.
    regions: &'a [String],
    /// Only authorities with one of these grades in each category that is named.
    grades: Vec<WantedJson<'a>>,
    /// Only authorities whose newest report asks to improve something of one of these subjects or practices.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    asked: &'a [String],
    /// Only authorities of which an official is known to have said something about their grades.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    said: bool,
    /// Only authorities to which something of one of these kinds is known to have happened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    happened: Vec<&'static str>,
    /// Whether the data hold only the latest inspection of each authority, so that nothing is known of earlier
    /// days nor of movement.
    holds_only_latest: bool,
    /// How many assessments under the framework have no date, so that they are not counted as at a day; 0 without one.
    undated: usize,
}

/// A grade that is asked for.
#[derive(Serialize, JsonSchema)]
struct WantedJson<'a> {
    /// The id of the category.
    category: &'a str,
    /// The step of the scale.
    grade: u8,
}
