//! What to offer where a search lists nothing: what the filter hides, or the nearest names.

use super::index::Kind;
use super::{AuthorityId, Index};
use crate::text::{name_forms, similarity};

/// How many authorities are offered.
pub(super) const OFFERED: usize = 3;

/// The least similarity of the best of the names that are offered, and of the others.
const LEAST: (f64, f64) = (0.75, 0.5);

/// The greatest number of authorities whose names are compared: the list changes with every letter typed.
const MOST_COMPARED: usize = 20_000;

/// The authorities offered where a search lists nothing, best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The authorities.
    pub authorities: Vec<AuthorityId>,
    /// Whether the search finds them and the filter hides them; else their names are the nearest.
    pub is_hidden: bool,
}

impl Offer {
    /// Returns what to offer for a search that lists nothing; `hidden` are the authorities that it finds and the filter
    /// hides.
    pub(super) fn new(hidden: Vec<AuthorityId>, index: &Index, typed: &str) -> Self {
        match hidden.is_empty() {
            true => Self { authorities: nearest(index, typed), is_hidden: false },
            false => Self { authorities: hidden, is_hidden: true },
        }
    }
}

/// Returns the authorities with the names most similar to a name, the most similar first; words that say a kind ("city
/// council") do not count. None if no name is similar enough.
pub fn nearest(index: &Index, name: &str) -> Vec<AuthorityId> {
    let Some(wanted) = name_forms(name).pop().filter(|_| index.len() <= MOST_COMPARED) else { return Vec::new() };
    let similar = |position: u32| {
        let entries = index.entries(position).iter();
        let names = entries.filter(|entry| matches!(entry.kind, Kind::Name | Kind::Other(_)));
        let best = names.map(|entry| similarity(&wanted, index.text(entry))).max_by(f64::total_cmp)?;
        (best >= LEAST.1).then_some((best, AuthorityId(position as usize)))
    };
    let positions = index.name_orders().filter_map(|name| u32::try_from(index.authority(name)?.0).ok());
    let mut found: Vec<(f64, AuthorityId)> = positions.filter_map(similar).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    if found.first().is_none_or(|(best, _)| *best < LEAST.0) {
        return Vec::new();
    }
    found.into_iter().take(OFFERED).map(|(_, id)| id).collect()
}
