//! The texts of the top line and of the notes beside it.

use super::screen::Title;
use super::state::{Round, State};
use super::{Action, LayerKind};
use crate::dataset::{Framework, Value};
use crate::text::plural;
use crate::wording;

impl State {
    /// Returns the content of the top line.
    pub fn title(&self) -> Title {
        let dataset = self.dataset();
        let tabs = self.tabs();
        let is_one = tabs.is_none();
        let shown = self.view().framework().filter(|_| !is_one);
        let is_shown = |round: &&Round| shown.is_some_and(|framework| framework.is(&round.framework));
        let short = self.rounds().iter().find(is_shown).map(|round| format!("[{}]", round.tab));
        let mut titles =
            vec![tabs.unwrap_or_else(|| dataset.title.to_string()), dataset.publisher_of(self.framework())];
        let date = self.view().day().filter(|_| self.view().as_at().is_none());
        titles.extend(date.map(|date| match dataset.collector {
            Some(_) => format!("newest report {date}"),
            None => date.to_string(),
        }));
        titles.extend(dataset.collector.iter().map(|collector| format!("collected by the {collector}")));
        let scope = self.scope().into_iter().skip(usize::from(!is_one)).collect();
        let fetched = self.fetched.zip(self.today).map(|(day, today)| wording::fetched(day, today)).unwrap_or_default();
        Title { titles, short, scope, fetched, extent: self.extent(), problems: self.faults() }
    }

    /// Returns the names of the frameworks that have a tab, the one shown in brackets; `None` if there is only one.
    fn tabs(&self) -> Option<String> {
        let rounds = self.rounds();
        let is_shown = |framework: &Framework| self.view().framework().is_some_and(|shown| shown.is(framework));
        let name = |round: &Round| match is_shown(&round.framework) {
            true => format!("[{}]", round.tab),
            false => round.tab.clone(),
        };
        (rounds.len() > 1).then(|| rounds.iter().map(name).collect::<Vec<_>>().join(" │ "))
    }

    /// Returns the framework, if there are several; the date, if one is chosen; and the filters.
    pub fn scope(&self) -> Vec<String> {
        let has_several = self.dataset().frameworks.len() > 1;
        let framework = self.view().framework().filter(|_| has_several).map(|f| f.short.to_string());
        let as_at = self.view().as_at().map(wording::as_at);
        framework.into_iter().chain(as_at).chain(wording::filter(self.listing.filter(), self.view())).collect()
    }

    /// Returns how much was left out or repaired while loading, and which key shows it.
    fn faults(&self) -> Option<String> {
        let (left_out, repaired) = (self.loaded.left_out_count(), self.loaded.repair_count());
        let left_out = (left_out > 0).then(|| format!("{left_out} left out"));
        let repaired = (repaired > 0).then(|| format!("{repaired} repaired"));
        let matched = self.loaded.match_count();
        let matched = (matched > 0).then(|| format!("{matched} matched despite different names"));
        let differ = self.loaded.difference_count();
        let differ = (differ > 0).then(|| plural(differ, "grade differs", "grades differ"));
        let dates = self.loaded.date_difference_count();
        let dates = (dates > 0 && differ.is_none()).then(|| plural(dates, "date differs", "dates differ"));
        let parts = [left_out, repaired, matched, differ, dates];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty())
            .then(|| format!("{}, see {}", parts.join(", "), self.key(Action::Show(LayerKind::Problems))))
    }

    /// Returns how many authorities were assessed, and of how many, or how many are named; empty if unknown.
    pub fn assessed_note(&self) -> String {
        let is_named_only = self.framework().is_some_and(|framework| framework.is_named_only);
        if let Some(summary) = &self.national_counts {
            if is_named_only {
                return format!("{} named", summary.assessed);
            }
            return format!("{} assessed of {}", summary.assessed, summary.listed);
        }
        let claim = self.national.assessed.and_then(|position| self.claim(position));
        match claim.map(|c| (c.value, c.of)) {
            Some((Value::Count(count), Some(of))) => format!("{count} assessed of {of}"),
            Some((Value::Count(count), None)) => format!("{count} assessed"),
            _ => String::new(),
        }
    }

    fn extent(&self) -> String {
        let dataset = self.dataset();
        let named = self.view().listed_count();
        let assessed = self.national.assessed.and_then(|p| dataset.claims.get(p)).map(|c| c.value);
        match assessed {
            Some(Value::Count(assessed)) => {
                let named = dataset.authorities.iter().filter(|a| self.view().assessment(a).is_some()).count();
                format!("{named} of {assessed} named")
            }
            _ if !self.listing.query().is_empty() => format!("{} found", self.listing.len()),
            _ if self.listing.len() < named => format!("{} of {named} authorities", self.listing.len()),
            _ => plural(named, "authority", "authorities"),
        }
    }
}
