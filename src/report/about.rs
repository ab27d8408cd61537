//! What an answer is about: whose data, under which framework, as at which day, and who is left out. Every format
//! says it: a table beneath it, JSON in an object of its own, CSV in columns at its end.

use schemars::JsonSchema;
use serde::Serialize;

use super::table::{Cell, Header};
use crate::dataset::Dataset;
use crate::query::{Filter, View};
use crate::text::clean;
use crate::wording;

/// What an answer is about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The framework, and the day.
    pub view: &'a View,
    /// Who is listed.
    pub filter: &'a Filter,
    /// What was searched for; empty without a search.
    pub query: &'a str,
}

impl<'a> About<'a> {
    /// What stands beneath a table of so many authorities.
    pub(super) fn notes(&self, count: usize) -> Vec<String> {
        let noun = if count == 1 { "authority" } else { "authorities" };
        let mut notes = vec![format!("{count} {noun}. {}.", wording::data(self.dataset))];
        if let Some(framework) = self.view.framework() {
            let day = match (self.view.as_at(), self.view.has_dates()) {
                (Some(day), _) => format!(", as at {day}: the latest published by then"),
                (None, true) => ": the latest of each authority".to_owned(),
                (None, false) => String::new(),
            };
            notes.push(format!("{}{day}.", framework.title));
        }
        let filter = self.filter_words();
        if !filter.is_empty() {
            notes.push(format!("Only: {}.", filter.join(" · ")));
        }
        notes
    }

    /// What leaves authorities out of the answer.
    fn filter_words(&self) -> Vec<String> {
        let query = clean(self.query.trim());
        let query = (!query.is_empty()).then(|| format!("found by {query:?}"));
        query.into_iter().chain(wording::filter(self.filter, self.view)).collect()
    }

    /// The columns at the end of a table of data, each with what every row holds there.
    pub(super) fn columns(&self) -> Vec<(Header, Cell)> {
        let as_at = self.view.as_at().map(|day| day.iso());
        let filter = self.filter_words().join("; ");
        let framework = self.view.framework().map(|framework| framework.id.as_str());
        [
            ("answer_framework", framework),
            ("as_at", as_at.as_deref()),
            ("filter", Some(filter.as_str()).filter(|words| !words.is_empty())),
            ("data", Some(wording::data(self.dataset).as_str())),
        ]
        .map(|(name, text)| (Header::text(name), Cell::maybe(text)))
        .into()
    }

    /// The object in JSON.
    pub(super) fn json(&self) -> AboutJson<'a> {
        let Dataset { title, publisher, collector, date, .. } = self.dataset;
        AboutJson {
            title,
            publisher,
            collector: collector.as_deref(),
            date: date.map(|date| date.iso()),
            framework: self.view.framework().map(|framework| framework.id.as_str()),
            as_at: self.view.as_at().map(|day| day.iso()),
            query: Some(self.query.trim()).filter(|query| !query.is_empty()),
            since: self.filter.since.map(|day| day.iso()),
            regions: &self.filter.regions,
            grades: self.grades(),
            holds_only_latest: self.view.holds_only_latest(),
        }
    }

    fn grades(&self) -> Vec<WantedJson<'a>> {
        let categories = self.view.categories();
        let wanted = self.filter.grades.iter();
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
    /// Who made the judgements.
    publisher: &'a str,
    /// Who collected them from the publisher's reports; null where the publisher did.
    collector: Option<&'a str>,
    /// When they were published; of inspections, when the newest report was.
    date: Option<String>,
    /// The id of the framework; null where the data have none.
    framework: Option<&'a str>,
    /// The answer holds what had been published by the end of this day; null: all that the data hold.
    as_at: Option<String>,
    /// Only authorities found by this; null without a search.
    query: Option<&'a str>,
    /// Only authorities whose latest assessment was published on this day or later.
    since: Option<String>,
    /// Only authorities in one of these regions; in any, where there is none.
    regions: &'a [String],
    /// Only authorities with one of these grades in each category that is named.
    grades: Vec<WantedJson<'a>>,
    /// Whether the data hold only the latest inspection of each authority, so that nothing is known of earlier
    /// days nor of movement.
    holds_only_latest: bool,
}

/// A grade that is asked for.
#[derive(Serialize, JsonSchema)]
struct WantedJson<'a> {
    /// The id of the category.
    category: &'a str,
    /// The step of the scale.
    grade: u8,
}
