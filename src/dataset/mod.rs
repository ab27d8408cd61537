//! What is known: authorities, their assessments and judgements, the frameworks and scales these
//! stand on, what officials said, what was claimed nationally, and the source of each.
//!
//! Knows the JSON format, but no file, no terminal and no question asked of it.

mod authority;
mod check;
mod claim;
mod date;
pub mod format;
mod framework;
mod identity;
mod path;
mod position_index;
mod problem;
mod serialize;
mod source;

use std::sync::Arc;

pub use authority::{
    Absence, Assessment, Authority, Codes, Council, Judgement, Movement, Neighbours, Origin, OriginTable, Outcome,
    Passage, Quote, Trend, Visit,
};
pub use check::{Checked, Checker};
pub use claim::{Claim, Target, Value};
pub use date::Date;
pub use framework::{Category, Framework, Grade, Redefinition, Scale, Step};
pub use identity::{MatchedBy, Pair, pair};
pub use position_index::PositionIndex;
pub use problem::{Location, Problem};
pub use source::{Certainty, Evidence, Note, Source};

/// One dataset, checked: every reference in it leads somewhere and every grade is on its scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dataset {
    /// What the dataset is called.
    pub title: String,
    /// Who made the judgements in it.
    pub publisher: String,
    /// Who collected the judgements from the publisher's reports, where it was not the publisher.
    pub collector: Option<String>,
    /// When they were published, where that is known; of inspections, when the newest report was.
    pub date: Option<Date>,
    /// The schemes of assessment, in the order of the file.
    pub frameworks: Vec<Arc<Framework>>,
    /// Where its figures come from, in the order of the file.
    pub sources: Vec<Arc<Source>>,
    /// The authorities, in the order of the file.
    pub authorities: Vec<Authority>,
    /// The figures somebody published, in the order of the file.
    pub claims: Vec<Claim>,
}

impl Dataset {
    /// The framework that a reader wants first: the one under which most authorities had their latest
    /// assessment; without any assessment the first of the file; `None` if the dataset has no framework.
    pub fn leading_framework(&self) -> Option<&Arc<Framework>> {
        let mut counts: Vec<(usize, &Arc<Framework>)> = self.frameworks.iter().map(|f| (0, f)).collect();
        for authority in &self.authorities {
            let latest = authority.assessments.iter().max_by_key(|a| a.order_day()).map(|a| &a.framework);
            let held = counts.iter_mut().find(|(_, f)| latest.is_some_and(|l| Arc::ptr_eq(l, f) || l.id == f.id));
            if let Some((count, _)) = held {
                *count += 1;
            }
        }
        let most = counts.iter().map(|(count, _)| *count).max()?;
        counts.into_iter().find(|(count, _)| *count == most).map(|(_, framework)| framework)
    }
}
