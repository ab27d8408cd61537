//! Joins several datasets into one, merging authorities that occur in more than one.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

use super::gazetteer::Gazetteer;
use super::merge::Merged;
use super::reports::extend_listed;
use super::{Loaded, Repair, Unusable};
use crate::dataset::{
    Assessment, Authority, Claim, Code, Codes, Council, Dataset, Evidence, Framework, Judgement, Location, MatchedBy,
    Note, OriginTable, Pair, Problem, Rank, Source, Text, each_once, pair,
};
use crate::text::{fold, plural};

/// Separates the titles, and the publishers, of joined datasets.
const AND: &str = " + ";

/// A dataset to be joined.
pub struct Part {
    /// The dataset.
    pub loaded: Loaded,
    /// The name to use for it in messages.
    pub name: String,
    /// Whether it is the embedded record, which decides names and frameworks.
    is_record: bool,
}

impl Part {
    /// A dataset from a file of a name.
    pub fn new(loaded: Loaded, name: impl Into<String>) -> Self {
        Self { loaded, name: name.into(), is_record: false }
    }

    /// The embedded record.
    pub fn record(loaded: Loaded) -> Self {
        Self { loaded, name: "the record".to_owned(), is_record: true }
    }

    /// Returns how far the best source of its assessments is trusted.
    fn rank(&self) -> Rank {
        let assessments = self.loaded.dataset.authorities.iter().flat_map(|authority| &authority.assessments);
        let origins = assessments.filter_map(|assessment| assessment.origin.as_ref());
        origins.map(|origin| origin.table.source.rank).max().unwrap_or_default()
    }
}

/// Joins datasets. Their order does not matter: the record takes precedence, then the one with the best source, then the
/// one with the newest report. If several describe the same thing, it decides the name, and the others fill in what is
/// missing. Authorities are matched by [`pair`]; a match by any name but the listed ones is reported in
/// [`Loaded::matches`].
///
/// # Errors
/// Returns an error if two of them define a framework with the same id differently, because their grades might not
/// mean the same.
pub fn join(parts: Vec<Part>) -> Result<Loaded, Unusable> {
    let parts = match <[Part; 1]>::try_from(parts) {
        Ok([alone]) => return Ok(alone.loaded),
        Err(parts) => parts,
    };
    let mut parts = parts;
    let key = |part: &Part| (part.is_record, part.rank(), part.loaded.dataset.date);
    parts.sort_by(|a, b| key(b).cmp(&key(a)).then_with(|| a.name.cmp(&b.name)));
    let mut joined = Joined::default();
    for Part { mut loaded, name, .. } in parts {
        loaded.problems.iter_mut().for_each(|problem| within(&name, &mut problem.location));
        loaded.repairs.iter_mut().for_each(|repair| within(&name, &mut repair.location));
        joined.add(loaded, &name)?;
    }
    joined.dataset.collector = joined.collector();
    // A day that a better source contradicts is not that of the newest report.
    let all = joined.dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    let newest = all.filter_map(Assessment::order_day).max();
    joined.dataset.date = joined.dataset.date.map(|date| newest.map_or(date, |newest| newest.min(date)));
    let gazetteer = Gazetteer::bundled()?;
    joined.dataset.authorities.iter_mut().for_each(|authority| gazetteer.update_codes(&mut authority.codes));
    Ok(Loaded { dataset: Arc::new(joined.dataset), ..joined.loaded })
}

fn within(name: &str, place: &mut Location) {
    *place = Location::Path(format!("{name}: {place}"));
}

#[derive(Default)]
struct Joined {
    dataset: Dataset,
    loaded: Loaded,
    names: HashSet<Text>,
    /// Whether the current file has newer reports than those before.
    is_newer: bool,
    /// The inspections of the current file that a better source has under another framework.
    known_otherwise: Vec<String>,
    /// The collector of each dataset with the title of the dataset; no duplicates.
    collectors: Vec<(Option<Text>, Text)>,
}

impl Joined {
    fn add(&mut self, mut loaded: Loaded, name: &str) -> Result<(), Unusable> {
        let mut dataset = Arc::unwrap_or_clone(std::mem::take(&mut loaded.dataset));
        self.rename_sources(&mut dataset);
        self.frameworks(&dataset, name)?;
        self.loaded.problems.append(&mut loaded.problems);
        self.loaded.left_out.append(&mut loaded.left_out);
        extend_listed(&mut self.loaded.repairs, loaded.repairs, &mut self.loaded.unlisted.repairs);
        let (all, others) = (&mut self.loaded.unlisted, loaded.unlisted);
        all.left_out = all.left_out.saturating_add(others.left_out);
        all.problems = all.problems.saturating_add(others.problems);
        all.repairs = all.repairs.saturating_add(others.repairs);
        all.matches = all.matches.saturating_add(others.matches);
        all.differences = all.differences.saturating_add(others.differences);
        all.date_differences = all.date_differences.saturating_add(others.date_differences);
        extend_listed(&mut self.loaded.matches, loaded.matches, &mut self.loaded.unlisted.matches);
        self.loaded.add_differences(loaded.differences, loaded.date_differences);
        self.loaded.remarks.append(&mut loaded.remarks);
        self.is_newer = self.dataset.date.is_some() && dataset.date > self.dataset.date;
        self.header(&dataset);
        let existing = by_id(&self.dataset.sources);
        let is_new = |source: &Arc<Source>| existing.get(source.id.as_str()).is_none_or(|known| **known != *source);
        let new: Vec<Arc<Source>> = dataset.sources.into_iter().filter(is_new).collect();
        self.dataset.sources.extend(new);
        for claim in dataset.claims {
            if !self.dataset.claims.contains(&claim) {
                self.dataset.claims.push(claim);
            }
        }
        for figure in dataset.published {
            if !self.dataset.published.contains(&figure) {
                self.dataset.published.push(figure);
            }
        }
        self.codes(dataset.codes, name)?;
        self.authorities(dataset.authorities, name);
        let known = std::mem::take(&mut self.known_otherwise);
        if !known.is_empty() {
            let rows = plural(known.len(), "inspection is", "inspections are");
            let which = "by the day of publication, under another framework in a better source, which is shown";
            self.loaded.remarks.push(format!("{name}: {rows}, {which}: {}", some_of(&known)));
        }
        Ok(())
    }

    fn authorities(&mut self, mut authorities: Vec<Authority>, file: &str) {
        let mut pairs = pair(&self.dataset.authorities, &authorities).into_iter();
        authorities.retain_mut(|authority| match pairs.next().flatten() {
            Some(pair) => {
                self.merge(std::mem::take(authority), &pair, file);
                false
            }
            None => {
                self.name_apart(authority, file);
                true
            }
        });
        // The list of a file can be far longer than the one it is joined with, so that is moved.
        authorities.splice(0..0, self.dataset.authorities.drain(..));
        self.dataset.authorities = authorities;
    }

    fn merge(&mut self, authority: Authority, pair: &Pair, file: &str) {
        let Some(existing) = self.dataset.authorities.get_mut(pair.position) else { return };
        if let MatchedBy::OtherName(name) = &pair.by {
            let sentence = format!(
                "{file}: {} was matched with {} by the name {name:?}; please check",
                authority.name, existing.name
            );
            extend_listed(&mut self.loaded.matches, vec![sentence], &mut self.loaded.unlisted.matches);
        }
        let found = merge(existing, authority, self.is_newer);
        self.loaded.add_differences(found.differences, found.date_differences);
        self.loaded.filled += found.filled;
        extend_listed(&mut self.loaded.filled_in, found.filled_in, &mut self.loaded.unlisted.filled_in);
        self.known_otherwise.extend(found.known_otherwise);
    }

    /// Appends a code to the name of an authority if it is already in use.
    fn name_apart(&mut self, authority: &mut Authority, file: &str) {
        let name = authority.name.clone();
        let mut codes = authority.codes.named().map(|(_, code)| code.to_owned()).collect::<Vec<_>>().into_iter();
        let mut numbers = (2..).map(|number: u64| number.to_string());
        while self.names.contains(&authority.name) {
            let Some(code) = codes.next().or_else(|| numbers.next()) else { break };
            authority.name = format!("{name} ({code})");
        }
        if authority.name != name {
            let repair = Repair {
                location: Location::Path(file.to_owned()),
                found: format!("{name:?} with another number than the council of that name"),
                read_as: format!("another council, {:?}; if it is the same, correct its number", authority.name),
            };
            extend_listed(&mut self.loaded.repairs, vec![repair], &mut self.loaded.unlisted.repairs);
        }
        self.names.insert(authority.name.clone());
    }

    /// Combines titles and publishers, and keeps the later date.
    fn header(&mut self, other: &Dataset) {
        let named = (other.collector.clone(), other.title.clone());
        if !self.collectors.contains(&named) {
            self.collectors.push(named);
        }
        let dataset = &mut self.dataset;
        let titles = dataset.title.split(AND).chain([other.title.as_str()]).filter(|title| !title.is_empty());
        dataset.title = each_once(titles).join(AND);
        let publishers = dataset.publisher.split(AND).chain([other.publisher.as_str()]);
        dataset.publisher = each_once(publishers).join(AND);
        dataset.date = dataset.date.max(other.date);
    }

    /// Returns the collector of all datasets or, if they differ, each collector with the title of their dataset.
    fn collector(&self) -> Option<Text> {
        let (first, others) = self.collectors.split_first()?;
        if others.iter().all(|other| other.0 == first.0) {
            return first.0.clone();
        }
        let named = |(collector, title): &(Option<Text>, Text)| Some(format!("{} ({title})", collector.as_ref()?));
        Some(self.collectors.iter().filter_map(named).collect::<Vec<_>>().join(" and "))
    }

    fn frameworks(&mut self, other: &Dataset, name: &str) -> Result<(), Unusable> {
        let mut problems = Vec::new();
        for framework in &other.frameworks {
            match self.dataset.frameworks.iter().find(|existing| existing.id == framework.id) {
                None => self.dataset.frameworks.push(Arc::clone(framework)),
                Some(existing) if is_same_scheme(existing, framework) => {}
                Some(_) => problems.push(Problem {
                    location: Location::Path(format!("framework {}", framework.id)),
                    found: "other categories or another scale than a file before it gives".to_owned(),
                    expected: "the same, or another id".to_owned(),
                }),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Unusable::new(name, problems)) }
    }

    /// Adds the subjects and practices of a file.
    ///
    /// # Errors
    /// If an earlier file uses the same id for another kind or name.
    fn codes(&mut self, others: Vec<Arc<Code>>, name: &str) -> Result<(), Unusable> {
        let mut problems = Vec::new();
        for code in others {
            match self.dataset.codes.iter().find(|known| known.id == code.id) {
                None => self.dataset.codes.push(code),
                Some(known) if (known.kind, &known.label) == (code.kind, &code.label) => {}
                Some(known) => problems.push(Problem {
                    location: Location::Path(format!("code {}", code.id)),
                    found: format!("the {} {:?}", code.kind.name(), code.label),
                    expected: format!(
                        "the {} {:?} that a file before gives, or another id",
                        known.kind.name(),
                        known.label
                    ),
                }),
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Unusable::new(name, problems)) }
    }

    /// Gives a new id to every source whose id is already used by a different source.
    fn rename_sources(&self, other: &mut Dataset) {
        let existing = by_id(&self.dataset.sources);
        let others = by_id(&other.sources);
        let is_free = |id: &str| !existing.contains_key(id) && !others.contains_key(id);
        let mut renamed: HashMap<Text, Arc<Source>> = HashMap::new();
        for source in other.sources.iter().filter(|s| existing.get(s.id.as_str()).is_some_and(|known| *known != *s)) {
            let id = (2..).map(|n| format!("{}-{n}", source.id)).find(|id| is_free(id)).unwrap_or_default();
            renamed.insert(source.id.clone(), Arc::new(Source { id, ..source.as_ref().clone() }));
        }
        if !renamed.is_empty() {
            Relink(&renamed).dataset(other);
        }
    }
}

/// Returns sources by their ids.
fn by_id(sources: &[Arc<Source>]) -> HashMap<&str, &Arc<Source>> {
    sources.iter().map(|source| (source.id.as_str(), source)).collect()
}

/// Lists some things, and how many more there are.
fn some_of(things: &[String]) -> String {
    const MAX: usize = 20;
    let named = things.iter().take(MAX).cloned().collect::<Vec<_>>().join("; ");
    match things.len().saturating_sub(MAX) {
        0 => named,
        more => format!("{named}; and {more} more"),
    }
}

/// Whether two frameworks have the same categories and scale; descriptions may differ.
fn is_same_scheme(one: &Framework, other: &Framework) -> bool {
    let steps = |f: &Framework| f.scale.steps.iter().map(|s| (s.grade, s.word.clone())).collect::<Vec<_>>();
    let ids = |f: &Framework| f.categories.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    steps(one) == steps(other) && ids(one) == ids(other) && one.scale.good_from == other.scale.good_from
}

/// Adds to an authority what another record of it has in addition. Returns what the two records differ on.
fn merge(existing: &mut Authority, other: Authority, is_newer: bool) -> Merged {
    let other_names = std::iter::once(other.name).chain(other.aliases);
    let new: Vec<Text> = other_names.filter(|name| !existing.names().any(|known| fold(known) == fold(name))).collect();
    existing.aliases.extend(new);
    merge_codes(&mut existing.codes, other.codes);
    existing.council_at_assessment = existing.council_at_assessment.take().or(other.council_at_assessment);
    // A council's full name is more informative than the listed name of the authority.
    let says_more = |council: &Council| council.name != existing.name;
    existing.current_council = match (existing.current_council.take(), other.current_council) {
        (Some(mine), Some(theirs)) if !says_more(&mine) && says_more(&theirs) => Some(theirs),
        (mine, theirs) => mine.or(theirs),
    };
    existing.region = existing.region.take().or(other.region);
    existing.neighbours = existing.neighbours.take().or(other.neighbours);
    existing.from = existing.from.or(other.from);
    existing.until = existing.until.or(other.until);
    if existing.replaced_by.is_empty() {
        existing.replaced_by = other.replaced_by;
    }
    let mut merged = Merged::default();
    merged.add(&existing.name, &mut existing.assessments, other.assessments, is_newer);
    add_new(&mut existing.notes, other.notes);
    for event in other.events {
        if !existing.events.iter().any(|known| known.is_same(&event)) {
            existing.events.push(event);
        }
    }
    let is_new = |evidence: &&Evidence| !existing.evidence.contains(evidence);
    let new: Vec<Evidence> = other.evidence.iter().filter(is_new).cloned().collect();
    if !new.is_empty() {
        existing.evidence = existing.evidence.iter().cloned().chain(new).collect();
    }
    merged
}

/// Keeps all codes: statistical service codes other than the current one become former codes.
fn merge_codes(existing: &mut Codes, other: Codes) {
    let new = other.gss.iter().chain(&other.former_gss).filter(|code| existing.gss.as_ref() != Some(*code));
    let new: Vec<Text> = new.filter(|code| !existing.former_gss.contains(code)).cloned().collect();
    existing.former_gss.extend(new);
    existing.gss = existing.gss.take().or_else(|| other.gss.clone());
    existing.former_gss.retain(|code| Some(code) != existing.gss.as_ref());
    existing.urn = existing.urn.take().or(other.urn);
    existing.la = existing.la.take().or(other.la);
}

fn add_new<T: PartialEq>(existing: &mut (impl Deref<Target = [T]> + Extend<T>), others: impl IntoIterator<Item = T>) {
    for other in others {
        if !existing.contains(&other) {
            existing.extend([other]);
        }
    }
}

/// Replaces sources by the renamed versions, looked up by their old ids.
struct Relink<'r>(&'r HashMap<Text, Arc<Source>>);

impl Relink<'_> {
    fn dataset(&self, dataset: &mut Dataset) {
        let mut frameworks: HashMap<Text, Arc<Framework>> = HashMap::new();
        for framework in &mut dataset.frameworks {
            self.framework(Arc::make_mut(framework));
            frameworks.insert(framework.id.clone(), Arc::clone(framework));
        }
        for source in &mut dataset.sources {
            self.source(source);
        }
        let new = |existing: &mut Arc<Framework>| {
            if let Some(framework) = frameworks.get(&existing.id) {
                *existing = Arc::clone(framework);
            }
        };
        for Claim { framework, evidence, .. } in &mut dataset.claims {
            new(framework);
            self.evidence(evidence);
        }
        dataset.published.iter_mut().for_each(|figure| self.evidence(&mut figure.evidence));
        for authority in &mut dataset.authorities {
            if !authority.evidence.is_empty() {
                self.evidence(Arc::make_mut(&mut authority.evidence));
            }
            self.notes(&mut authority.notes);
            authority.events.iter_mut().for_each(|event| self.evidence(&mut event.evidence));
            authority.neighbours.iter_mut().for_each(|n| self.source(&mut n.source));
            for assessment in &mut authority.assessments {
                new(&mut assessment.framework);
                self.judgements(&mut assessment.judgements);
                assessment.quotes.iter_mut().for_each(|q| self.source(&mut q.source));
                assessment.origin.iter_mut().for_each(|origin| self.table(&mut origin.table));
                assessment.recommendations.iter_mut().for_each(|all| self.source(&mut all.source));
            }
        }
    }

    fn framework(&self, framework: &mut Framework) {
        framework.scale.steps.iter_mut().for_each(|step| self.evidence(&mut step.evidence));
        framework.categories.iter_mut().for_each(|category| self.evidence(&mut category.evidence));
        self.notes(&mut framework.notes);
        self.notes(&mut framework.caveats);
    }

    fn notes(&self, notes: &mut [Note]) {
        notes.iter_mut().for_each(|note| self.evidence(&mut note.evidence));
    }

    /// Judgements without evidence of their own stay shared.
    fn judgements(&self, judgements: &mut Arc<[Judgement]>) {
        if judgements.iter().any(|j| !j.evidence.is_empty()) {
            Arc::make_mut(judgements).iter_mut().for_each(|j| self.evidence(&mut j.evidence));
        }
    }

    fn evidence(&self, evidence: &mut [Evidence]) {
        evidence.iter_mut().for_each(|one| self.source(&mut one.source));
    }

    /// Tables from files whose ids did not change stay shared.
    fn table(&self, table: &mut Arc<OriginTable>) {
        if self.0.contains_key(&table.source.id) {
            self.source(&mut Arc::make_mut(table).source);
        }
    }

    fn source(&self, source: &mut Arc<Source>) {
        if let Some(new) = self.0.get(&source.id) {
            *source = Arc::clone(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{bundled, bundled_bytes, from_json};

    fn part(loaded: Loaded, name: &str) -> Part {
        Part::new(loaded, name)
    }

    fn changed(from: &str, to: &str) -> Loaded {
        let text = String::from_utf8(bundled_bytes().to_vec()).unwrap();
        assert!(text.contains(from), "{from}");
        from_json(text.replace(from, to).as_bytes(), "changed").unwrap()
    }

    #[test]
    fn a_dataset_joined_to_itself_is_itself() {
        let joined = join(vec![part(bundled().unwrap(), "a"), part(bundled().unwrap(), "b")]).unwrap();
        assert_eq!(joined, bundled().unwrap());
    }

    #[test]
    fn the_same_authority_under_another_name_is_found_by_its_code() {
        let other = changed("\"name\": \"Bristol\"", "\"name\": \"City of Bristol\"");
        let joined = join(vec![part(bundled().unwrap(), "a"), part(other, "b")]).unwrap().dataset;
        assert_eq!(joined.authorities.len(), 18);
        let bristol = joined.authorities.iter().find(|a| a.name == "Bristol").unwrap();
        assert_eq!(
            (bristol.assessments.len(), bristol.aliases.iter().any(|name| name == "City of Bristol")),
            (1, true)
        );
    }

    #[test]
    fn the_same_name_with_another_code_is_another_authority() {
        let joined = join(vec![part(bundled().unwrap(), "a"), part(changed("E06000023", "E06999999"), "b")]).unwrap();
        let names: Vec<_> = joined.dataset.authorities.iter().map(|a| a.name.as_str()).collect();
        assert!(names.contains(&"Bristol") && names.contains(&"Bristol (E06999999)"), "{names:?}");
    }

    #[test]
    fn sources_of_the_same_id_that_differ_are_kept_apart() {
        let first = bundled().unwrap();
        let id = first.dataset.sources[0].id.clone();
        let title = first.dataset.sources[0].title.clone();
        let other = changed(&format!("\"title\": \"{title}\""), "\"title\": \"Another\"");
        let joined = join(vec![part(first, "a"), part(other, "b")]).unwrap().dataset;
        let of = |id: &str| joined.sources.iter().find(|s| s.id == id).map(|s| s.title.clone());
        assert_eq!(of(&id), Some(title));
        assert_eq!(of(&format!("{id}-2")), Some("Another".into()));
        let cited = joined.authorities.iter().flat_map(|a| &a.assessments).flat_map(|a| a.judgements.iter());
        assert!(cited.flat_map(|j| &j.evidence).all(|e| joined.sources.contains(&e.source)));
    }

    #[test]
    fn a_framework_that_means_something_else_is_refused() {
        let refusal =
            join(vec![part(bundled().unwrap(), "a"), part(changed("\"word\": \"Good\"", "\"word\": \"Fine\""), "b")]);
        assert!(refusal.unwrap_err().to_string().contains("framework apa-2006: found other categories"));
    }
}
