//! Compares two states of the data: inspections and authorities added or removed, judgements corrected.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::AuthorityId;
use crate::dataset::{
    Assessment, Authority, Dataset, Date, Judgement, Movement, TimelineEntry, Trend, pair, pair_inspections,
};

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An assessment that is not in the old state.
    Inspection,
    /// A different judgement in an assessment that is in both states.
    Correction,
    /// A different judgement in an assessment whose report another version of the collector's parser has read: the
    /// reading changed, not the report.
    Reread,
    /// An assessment that is only in the old state.
    Withdrawn,
    /// An authority that is only in the new state.
    Added,
    /// An authority that is only in the old state.
    Removed,
}

impl Kind {
    /// All kinds, in output order.
    pub const ALL: [Self; 6] =
        [Self::Inspection, Self::Correction, Self::Reread, Self::Withdrawn, Self::Added, Self::Removed];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inspection => "new inspection",
            Self::Correction => "correction",
            Self::Reread => "read again",
            Self::Withdrawn => "withdrawn",
            Self::Added => "authority added",
            Self::Removed => "authority removed",
        }
    }
}

/// One change. A new inspection has one for each category, a correction or a new reading one for each judgement that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'d> {
    /// The kind.
    pub kind: Kind,
    /// The authority concerned.
    pub authority: &'d Authority,
    /// The assessment concerned; `None` if the change is about the authority itself.
    pub assessment: Option<&'d Assessment>,
    /// The position of the category in the framework.
    pub category: Option<usize>,
    /// The previous judgement; for a new inspection, the one from the previous inspection under the same framework.
    pub old: Option<&'d Judgement>,
    /// The new judgement.
    pub new: Option<&'d Judgement>,
    /// How the grade of a new inspection moved since the previous one; `None` for every other change: a correction is not a
    /// movement.
    pub movement: Option<Movement>,
}

/// Returns all changes: by kind, then the newest report first, then by authority in the order of the data.
pub fn changes<'d>(old: &'d Dataset, new: &'d Dataset) -> Vec<Change<'d>> {
    let mut changes = Vec::new();
    let mut is_paired = vec![false; old.authorities.len()];
    let holds_only_latest = old.holds_only_latest();
    for (authority, pair) in new.authorities.iter().zip(pair(&old.authorities, &new.authorities)) {
        let position = pair.map(|pair| pair.position);
        match position.and_then(|position| old.authorities.get(position)) {
            Some(before) => compare(before, authority, holds_only_latest, &mut changes),
            None => {
                changes.push(whole(Kind::Added, authority));
                for (position, before) in authority.with_previous(None) {
                    let assessment = authority.assessments.get(position);
                    assessment.into_iter().for_each(|a| inspection(before, authority, a, &mut changes));
                }
            }
        }
        position.and_then(|position| is_paired.get_mut(position)).into_iter().for_each(|old| *old = true);
    }
    let gone = old.authorities.iter().zip(&is_paired).filter(|(_, is_paired)| !**is_paired);
    changes.extend(gone.map(|(authority, _)| whole(Kind::Removed, authority)));
    let day = |change: &Change<'_>| change.assessment.and_then(Assessment::order_day).map(|date| date.ordinal());
    changes.sort_by_key(|change| (change.kind, Reverse(day(change))));
    changes
}

/// An inspection that both states have with other days.
#[derive(Debug, Clone, PartialEq)]
pub struct Redated<'d> {
    /// The authority.
    pub authority: &'d Authority,
    /// The inspection in the old state.
    pub old: &'d Assessment,
    /// The same in the new state.
    pub new: &'d Assessment,
}

/// Returns the inspections whose day of publication or first day differs, in the order of the new data.
pub fn redated<'d>(old: &'d Dataset, new: &'d Dataset) -> Vec<Redated<'d>> {
    let differs =
        |one: Option<Date>, other: Option<Date>| one.zip(other).is_some_and(|(one, other)| one.contradicts(other));
    let pairs = new.authorities.iter().zip(pair(&old.authorities, &new.authorities));
    let pairs = pairs.filter_map(|(authority, pair)| Some((old.authorities.get(pair?.position)?, authority)));
    let of_pair = |(before, authority): (&'d Authority, &'d Authority)| {
        let same = pair_inspections(&before.assessments, &authority.assessments);
        let records = authority.assessments.iter().zip(same);
        let records =
            records.filter_map(|(new, old)| Some(Redated { authority, old: before.assessments.get(old?)?, new }));
        records
            .filter(|one| differs(one.old.date, one.new.date) || differs(one.old.first_day(), one.new.first_day()))
            .collect::<Vec<_>>()
    };
    pairs.flat_map(of_pair).collect()
}

/// Returns the data as they were before a day: without assessments known to be published on that day or later.
pub fn before(dataset: &Dataset, day: Date) -> Dataset {
    let mut earlier = dataset.clone();
    for authority in &mut earlier.authorities {
        authority.assessments.retain(|a| !a.is_published_since(day));
        authority.events.retain(|event| !event.is_published_since(day));
    }
    earlier
}

/// Returns the visits and joint inspections that the old data do not have, each with its council; without interventions, because
/// no source lists them all.
pub fn new_events<'d>(old: &'d Dataset, new: &'d Dataset) -> Vec<(&'d Authority, &'d TimelineEntry)> {
    let mut found = Vec::new();
    for (authority, pair) in new.authorities.iter().zip(pair(&old.authorities, &new.authorities)) {
        let before = pair.and_then(|pair| old.authorities.get(pair.position));
        let known = before.map_or(&[][..], |before| before.events.as_slice());
        let is_new =
            |event: &&TimelineEntry| !event.kind.is_intervention() && !known.iter().any(|known| known.is_same(event));
        found.extend(authority.events.iter().filter(is_new).map(|event| (authority, event)));
    }
    found.sort_by_key(|(_, event)| Reverse(event.order_day()));
    found
}

/// Returns the changes in which a grade moved up or down.
pub fn moved<'d>(changes: &[Change<'d>]) -> Vec<Change<'d>> {
    let has_moved = |change: &&Change<'_>| change.movement.is_some_and(|movement| movement.trend != Trend::Same);
    changes.iter().filter(has_moved).cloned().collect()
}

/// The authorities with something new, each with the id of the framework that it is about.
pub type New = HashSet<(AuthorityId, String)>;

/// Returns which authorities of some data have an inspection or a correction in a file that the file before it lacks.
pub fn new_in_file(data: &Dataset, before: &Dataset, file: &Dataset) -> New {
    let changes = changes(before, file);
    let is_new = |change: &&Change<'_>| !matches!(change.kind, Kind::Reread | Kind::Withdrawn);
    let mut new: HashMap<&str, HashSet<&str>> = HashMap::new();
    for change in changes.iter().filter(is_new) {
        let frameworks = new.entry(&change.authority.name).or_default();
        frameworks.extend(change.assessment.map(|assessment| assessment.framework.id.as_str()));
    }
    let pairs = pair(&file.authorities, &data.authorities).into_iter().enumerate();
    let named = pairs.filter_map(|(position, pair)| Some((position, file.authorities.get(pair?.position)?)));
    let ids =
        named.filter_map(|(position, authority)| Some((AuthorityId(position), new.get(authority.name.as_str())?)));
    ids.flat_map(|(id, frameworks)| frameworks.iter().map(move |framework| (id, (*framework).to_owned()))).collect()
}

fn whole(kind: Kind, authority: &Authority) -> Change<'_> {
    Change { kind, authority, assessment: None, category: None, old: None, new: None, movement: None }
}

/// Compares two records of an authority. `holds_only_latest` says whether the old data hold only the latest inspections.
fn compare<'d>(old: &'d Authority, new: &'d Authority, holds_only_latest: bool, changes: &mut Vec<Change<'d>>) {
    // Such data do not contain earlier inspections, so finding one in the new data does not make it new.
    let latest = old.assessments.iter().filter_map(Assessment::order_day).max().filter(|_| holds_only_latest);
    let is_earlier = |a: &Assessment| a.order_day().zip(latest).is_some_and(|(a, b)| a < b);
    let same = pair_inspections(&old.assessments, &new.assessments);
    let mut previous: Vec<Option<&Assessment>> = vec![None; new.assessments.len()];
    for (position, before) in new.with_previous(None) {
        previous.get_mut(position).into_iter().for_each(|previous| *previous = before);
    }
    for ((assessment, paired), before) in new.assessments.iter().zip(&same).zip(previous) {
        match paired.and_then(|position| old.assessments.get(position)) {
            Some(old) => corrections(new, old, assessment, changes),
            None if is_earlier(assessment) => {}
            None => inspection(before.or_else(|| old.before(assessment)), new, assessment, changes),
        }
    }
    // An overview contains only the latest inspection: the previous one was not withdrawn but superseded.
    let made_way =
        |old: &Assessment| matches!(new.assessments.as_slice(), [only] if only.order_day() > old.order_day());
    let kept: HashSet<usize> = same.iter().flatten().copied().collect();
    let withdrawn = old.assessments.iter().enumerate();
    let withdrawn = withdrawn.filter(|(position, old)| !kept.contains(position) && !made_way(old));
    for (_, assessment) in withdrawn {
        changes.push(Change { assessment: Some(assessment), ..whole(Kind::Withdrawn, new) });
    }
}

fn corrections<'d>(authority: &'d Authority, old: &'d Assessment, new: &'d Assessment, changes: &mut Vec<Change<'d>>) {
    let version = |a: &Assessment| a.origin.as_ref().map_or(0, |origin| origin.parser_version);
    let is_reread = version(old) > 0 && version(new) > 0 && version(old) != version(new);
    let kind = if is_reread { Kind::Reread } else { Kind::Correction };
    for (category, (was, is)) in old.judgements.iter().zip(new.judgements.iter()).enumerate() {
        if was.outcome != is.outcome {
            changes.push(Change {
                assessment: Some(new),
                category: Some(category),
                old: Some(was),
                new: Some(is),
                ..whole(kind, authority)
            });
        }
    }
}

fn inspection<'d>(
    before: Option<&'d Assessment>,
    authority: &'d Authority,
    assessment: &'d Assessment,
    changes: &mut Vec<Change<'d>>,
) {
    for (category, judgement) in assessment.judgements.iter().enumerate() {
        changes.push(Change {
            assessment: Some(assessment),
            category: Some(category),
            old: before.and_then(|before| before.judgements.get(category)),
            new: Some(judgement),
            movement: before.and_then(|before| assessment.movement(before, category)),
            ..whole(Kind::Inspection, authority)
        });
    }
}
