//! What the line at the top says.

use super::{Action, App};
use crate::dataset::Value;

/// The parts of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What the dataset is: its title, then who made it and when, the most needed first.
    pub titles: Vec<String>,
    /// What of it is shown: framework, date and filters. Without these the figures would mislead.
    pub scope: Vec<String>,
    /// How much of the country it holds.
    pub extent: String,
    /// What was left out, if anything.
    pub problems: Option<String>,
}

impl App {
    /// What the line at the top says.
    pub(crate) fn header(&self) -> Header {
        let dataset = &self.loaded.dataset;
        let mut titles = vec![dataset.title.clone(), dataset.publisher.clone()];
        let date = dataset.date.filter(|_| self.view.as_at().is_none());
        titles.extend(date.map(|date| match dataset.collector {
            Some(_) => format!("newest report {date}"),
            None => date.to_string(),
        }));
        titles.extend(dataset.collector.iter().map(|collector| format!("collected by the {collector}")));
        Header { titles, scope: self.scope(), extent: self.extent(), problems: self.faults() }
    }

    /// Framework, where there are several, date and filters, where they are not as at the start.
    pub(crate) fn scope(&self) -> Vec<String> {
        let has_several = self.loaded.dataset.frameworks.len() > 1;
        let framework = self.view.framework().filter(|_| has_several).map(|f| f.short.clone());
        let as_at = self.view.as_at().map(|date| format!("as at {date}"));
        framework.into_iter().chain(as_at).chain(self.filter_words()).collect()
    }

    /// How much was left out or repaired, if anything was.
    fn faults(&self) -> Option<String> {
        let (left_out, repaired) = (self.loaded.left_out.len(), self.loaded.repairs.len());
        let left_out = (left_out > 0).then(|| format!("{left_out} left out"));
        let repaired = (repaired > 0).then(|| format!("{repaired} repaired"));
        let matched = self.loaded.matches.len();
        let matched = (matched > 0).then(|| format!("{matched} matched by another name"));
        let parts: Vec<String> = left_out.into_iter().chain(repaired).chain(matched).collect();
        (!parts.is_empty()).then(|| format!("{}, see {}", parts.join(", "), self.key(Action::ShowProblems)))
    }

    /// How many were assessed of how many; empty where nobody says.
    pub(crate) fn assessed_note(&self) -> String {
        if let Some(summary) = &self.listed.summary {
            return format!("{} assessed of {} listed", summary.assessed, summary.listed);
        }
        let claim = self.national.assessed.and_then(|p| self.loaded.dataset.claims.get(p));
        match claim.map(|c| (c.value, c.of)) {
            Some((Value::Count(count), Some(of))) => format!("{count} assessed of {of}"),
            Some((Value::Count(count), None)) => format!("{count} assessed"),
            _ => String::new(),
        }
    }

    fn extent(&self) -> String {
        let dataset = &self.loaded.dataset;
        let named = dataset.authorities.len();
        let assessed = self.national.assessed.and_then(|p| dataset.claims.get(p)).map(|c| c.value);
        match assessed {
            Some(Value::Count(assessed)) => {
                let named = dataset.authorities.iter().filter(|a| self.view.assessment(a).is_some()).count();
                format!("{named} of {assessed} named")
            }
            _ if self.list.ranking.len() < named => format!("{} of {named} authorities", self.list.ranking.len()),
            _ if named == 1 => "1 authority".to_owned(),
            _ => format!("{named} authorities"),
        }
    }
}
