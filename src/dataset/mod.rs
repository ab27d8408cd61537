//! The data model: authorities, their assessments and judgements, the frameworks and scales used, what officials
//! said, figures published elsewhere, and the evidence for each.
//!
//! Defines the JSON format, but does no I/O and knows nothing of queries or the terminal.

mod as_at;
mod assessment;
mod authority;
mod claim;
mod convert;
mod date;
pub mod format;
mod framework;
mod identity;
mod judgement;
mod path;
mod problem;
mod provider;
mod recommendation;
mod same_inspection;
mod source;
mod timeline;
mod written_date;
mod written_outcome;

use std::collections::HashMap;
use std::sync::Arc;

pub use as_at::{AsAt, Basis};
pub use assessment::{Assessment, Origin, OriginTable, Passage, Quote, Visit};
pub use authority::{Authority, Codes, Council, MAX_AUTHORITIES, Neighbours};
pub use claim::{Claim, Counted, Published, Target, Value};
pub use convert::Checked;
pub use date::{Date, NEAR_DAYS};
pub use framework::{Category, Framework, Redefinition, Scale, Step};
pub use identity::{MatchedBy, Pair, pair};
pub use judgement::{Absence, Grade, Judgement, Movement, Outcome, Trend};
pub use problem::{Location, Problem};
pub use provider::provider_number;
pub use recommendation::{Code, CodeKind, Recommendation, Recommendations, ReportCoverage};
pub use same_inspection::{InspectionIndex, divide, pair_inspections};
pub use source::{Certainty, Evidence, Note, Rank, Source};
pub use timeline::{EventKind, TimelineEntry};
pub use written_date::{
    DateForm, DayOrder, NotTyped, WrittenDate, depends_on_order, serial_date, shown_order, written_date,
};
pub use written_outcome::{Written, is_nothing, written_grade, written_outcome};

/// A text of a dataset: cleaned and, unless it says otherwise, not blank.
pub type Text = String;

/// A validated dataset: every reference in it resolves and every grade is on its scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dataset {
    /// The title of the dataset.
    pub title: Text,
    /// Who made the judgements in it.
    pub publisher: Text,
    /// Who collected the judgements from the publisher's reports, if not the publisher.
    pub collector: Option<Text>,
    /// When they were published, if known; for inspections, when the newest report was.
    pub date: Option<Date>,
    /// The frameworks, in file order.
    pub frameworks: Vec<Arc<Framework>>,
    /// The documents its figures come from, in file order.
    pub sources: Vec<Arc<Source>>,
    /// The authorities, in file order.
    pub authorities: Vec<Authority>,
    /// The published figures to compare with our counts, in file order.
    pub claims: Vec<Claim>,
    /// The published figures that are counted across the inspection frameworks since 2013, in file order.
    pub published: Vec<Published>,
    /// The subjects and practices of what inspectors asked to improve, in file order.
    pub codes: Vec<Arc<Code>>,
}

impl Dataset {
    /// Names who made the judgements under some frameworks, each once: "Ofsted and the Commission for Social Care
    /// Inspection" of Ofsted's own and those made by both. Names the publisher of the dataset if there is no framework.
    pub fn publisher_of<'f>(&self, frameworks: impl IntoIterator<Item = &'f Framework>) -> String {
        let named = each_once(frameworks.into_iter().map(|framework| framework.publisher.as_str()));
        if named.is_empty() { self.publisher.to_string() } else { named.join("; ") }
    }

    /// Whether it names any intervention; then what it does not name is said to be unknown, not to be none.
    pub fn has_interventions(&self) -> bool {
        self.authorities.iter().flat_map(|authority| &authority.events).any(|event| event.kind.is_intervention())
    }

    /// Whether it says of any inspection under a framework what inspectors asked to improve.
    pub fn has_recommendations(&self, framework: &Framework) -> bool {
        let assessments = self.authorities.iter().flat_map(|authority| &authority.assessments);
        assessments.into_iter().any(|one| one.framework.is(framework) && one.recommendations.is_some())
    }

    /// Names who made the judgements under any of its frameworks; see [`Self::publisher_of`].
    pub fn publishers(&self) -> String {
        self.publisher_of(self.frameworks.iter().map(AsRef::as_ref))
    }

    /// Returns the framework to show first: the one under which most authorities had their latest assessment or, if there
    /// are no assessments, the first in the file. `None` if the dataset has no framework.
    pub fn leading_framework(&self) -> Option<&Arc<Framework>> {
        let mut counts: Vec<(usize, &Arc<Framework>)> = self.frameworks.iter().map(|f| (0, f)).collect();
        for authority in self.authorities.iter().filter(|authority| !authority.is_unknown) {
            let of_council = authority.assessments.iter().filter(|a| a.framework.is_of_council());
            let latest = of_council.max_by_key(|a| a.order_day()).map(|a| &a.framework);
            let count = counts.iter_mut().find(|(_, f)| latest.is_some_and(|l| Arc::ptr_eq(l, f) || l.id == f.id));
            if let Some((count, _)) = count {
                *count += 1;
            }
        }
        // Documents whose framework is not recorded lead only where there is nothing else.
        let is_recorded = |(count, framework): &(usize, &Arc<Framework>)| *count > 0 && framework.from.is_some();
        if counts.iter().any(is_recorded) {
            counts.retain(is_recorded);
        }
        let most = counts.iter().map(|(count, _)| *count).max()?;
        counts.into_iter().find(|(count, _)| *count == most).map(|(_, framework)| framework)
    }

    /// Whether the data were read from tables that have one row for each authority: its latest inspection, whatever dates
    /// they have. Such data can neither answer for an earlier day nor say what moved. A few authorities with a second row do
    /// not make a history.
    pub fn holds_only_latest(&self) -> bool {
        /// One in so many authorities may have a second row.
        const FEW: usize = 20;
        // For each source: in how many authorities it has rows, and in how many of them several.
        let mut sources: HashMap<&str, (usize, usize)> = HashMap::new();
        for authority in &self.authorities {
            let mut rows: HashMap<&str, usize> = HashMap::new();
            let origins = authority.assessments.iter().filter_map(|a| a.origin.as_ref());
            for origin in origins.filter(|origin| origin.row > 0) {
                *rows.entry(origin.table.source.id.as_str()).or_default() += 1;
            }
            for (source, count) in rows {
                let (authorities, with_several) = sources.entry(source).or_default();
                *authorities += 1;
                *with_several += usize::from(count > 1);
            }
        }
        let is_latest =
            |(authorities, with_several): &(usize, usize)| with_several * FEW <= authorities.saturating_sub(1);
        !sources.is_empty() && sources.values().all(is_latest)
    }
}

/// Returns publishers without those that another of them names too: "Ofsted" beside "Ofsted and the Commission for Social
/// Care Inspection".
pub fn each_once<'n>(publishers: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let names = |publishers: &str, other: &str| format!(" {publishers} ").contains(&format!(" {other} "));
    let mut named: Vec<&str> = Vec::new();
    for publisher in publishers {
        if !publisher.is_empty() && !named.iter().any(|other| names(other, publisher)) {
            named.retain(|other| !names(publisher, other));
            named.push(publisher);
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_publishers_are_named_once_each() {
        let both = "Ofsted and the Commission for Social Care Inspection";
        assert_eq!(each_once(["Ofsted", both, "Ofsted", "", "Ofstedia"]), [both, "Ofstedia"]);
        assert_eq!(each_once([both, "Ofsted"]), [both]);
        let dataset = Dataset { publisher: "Somebody".into(), ..Dataset::default() };
        assert_eq!((dataset.publishers(), dataset.publisher_of([])), ("Somebody".to_owned(), "Somebody".to_owned()));
    }

    #[test]
    fn a_framework_without_a_publisher_has_that_of_its_file() {
        let text = String::from_utf8(crate::load::bundled_bytes().to_vec()).unwrap();
        let without = text.replacen(
            "\"publisher\": \"Ofsted and the Commission",
            "\"publisher\": \"Others and the Commission",
            1,
        );
        let (field, value) = ("      \"publisher\": ", "\"Ofsted and the Commission for Social Care Inspection\",\n");
        let without = without.replacen(&format!("{field}{value}"), "", 1);
        assert_ne!(without, text);
        let dataset = crate::load::from_json(without.as_bytes(), "test").unwrap().dataset;
        assert_eq!(dataset.publisher_of(dataset.leading_framework().map(AsRef::as_ref)), dataset.publisher);
        assert!(dataset.publishers().starts_with("Others"), "{}", dataset.publishers());
    }
}
