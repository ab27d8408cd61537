//! The texts of the top line and of the notes beside it.

use super::browser::{Behind, Browser, Newest};
use super::layers::OpenLayer;
use super::model::Scope;
use super::screen::Title;
use super::{Action, LayerKind};
use crate::dataset::Value;
use crate::layout::Pane;
use crate::query::AuthorityId;
use crate::text::{clean, plural};
use crate::wording;

impl Browser {
    /// Returns the content of the top line.
    pub fn title(&self) -> Title {
        let rounds = self.rounds();
        let shown = self.shown_round().unwrap_or(0);
        let tabs: Vec<String> = match rounds.len() {
            0 | 1 => vec![self.dataset().title.to_string()],
            _ => rounds.into_iter().map(|round| round.tab).collect(),
        };
        let mut path = self.path();
        if !path.is_empty() {
            path.insert(0, tabs.get(shown).cloned().unwrap_or_default());
        }
        let key = self.key(Action::Back);
        let back = match () {
            () if key.is_empty() || self.search.is_typing => String::new(),
            () => match self.newest() {
                Newest::Scope => format!("{key} clears"),
                Newest::Layer | Newest::Page | Newest::Search => format!("{key} back"),
                Newest::Nothing => String::new(),
            },
        };
        Title { tabs, shown, path, back, facts: self.facts() }
    }

    /// Names the council whose page was opened, or the pane that covers the others.
    fn opened(&self) -> Option<String> {
        let name = match self.focus {
            Pane::List => "Councils".to_owned(),
            Pane::Detail => self.selected()?.name.to_string(),
            Pane::Statistics => "England".to_owned(),
        };
        self.has_page().then_some(name)
    }

    /// Returns what was chosen and opened, one after the other.
    fn path(&self) -> Vec<String> {
        let name = |id: AuthorityId| self.listing.authority(id).map_or(String::new(), |one| one.name.to_string());
        let layers = |layers: &[OpenLayer]| -> Vec<(usize, String)> {
            layers.iter().map(|open| (open.opened_at, open.layer.heading())).collect()
        };
        let behind = self.behind.iter().flat_map(|Behind { layers: open, page, .. }| {
            page.iter().map(|(id, opened_at)| (*opened_at, name(*id))).chain(layers(open))
        });
        let opened_at = if self.is_opened { self.opened_at } else { usize::MAX };
        let opened = behind.chain(self.opened().map(|name| (opened_at, name))).chain(layers(&self.layers));
        let mut opened = opened.peekable();
        let mut path = Vec::new();
        for (at, words) in self.scope().into_iter().enumerate() {
            while let Some((_, name)) = opened.next_if(|(opened_at, _)| *opened_at <= at) {
                path.push(name);
            }
            path.extend(words);
        }
        path.extend(opened.map(|(_, name)| name));
        path
    }

    /// Returns the words for what was chosen one after the other: the filter, the date, the search.
    pub fn scope(&self) -> Vec<Vec<String>> {
        let mut scope = Vec::new();
        let scopes = self.scopes();
        let now = wording::filter(self.listing.filter(), self.view());
        for (at, part) in scopes.iter().enumerate() {
            match part {
                Scope::Filter(before) => {
                    let later = scopes.iter().skip(at + 1).find_map(|part| match part {
                        Scope::Filter(filter) => Some(filter),
                        _ => None,
                    });
                    let after = wording::filter(later.unwrap_or(self.listing.filter()), self.view());
                    let before = wording::filter(before, self.view());
                    // What another choice changed later is told there.
                    let is_new = |words: &String| !before.contains(words) && now.contains(words);
                    scope.push(after.into_iter().filter(is_new).collect());
                }
                Scope::Date => scope.push(self.view().as_at().map(wording::as_at).into_iter().collect()),
                Scope::Search => scope.push(vec![format!("“{}”", clean(self.listing.query().trim()))]),
            }
        }
        scope
    }

    /// Returns how many councils there are, how new the data are and what is wrong with them.
    fn facts(&self) -> Vec<String> {
        let dataset = self.dataset();
        let newest = self.view().day().filter(|_| self.view().as_at().is_none() && self.layers.is_empty());
        let fetched =
            self.fetched.zip(self.today).and_then(|(day, today)| wording::fetched(day, today).into_iter().next());
        let collected = dataset.collector.is_none();
        let newest = newest.map(|day| if collected { day.to_string() } else { format!("to {day}") });
        [self.faults(), Some(self.extent()), fetched, newest].into_iter().flatten().collect()
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
            _ if self.listing.len() < named => format!("{} of {named} councils", self.listing.len()),
            _ => plural(named, "council", "councils"),
        }
    }
}
