//! The council that a name means.

use super::{AuthorityId, Index, MatchQuality, Query, match_quality, nearest, search};
use crate::dataset::Dataset;
use crate::text::{clean, fold, name_forms};

/// Why a name does not mean one council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOne {
    /// It means none; the councils whose names are nearest to it, as in [`nearest`].
    Unknown(Vec<AuthorityId>),
    /// It means several, the most like it first.
    Several(Vec<AuthorityId>),
}

/// Returns the council that a name means: the only one with exactly this name, otherwise the only one that matches it. Fuzzy
/// matches are only a guess, so they are ignored.
///
/// # Errors
/// If there is none or more than one.
pub fn council(dataset: &Dataset, name: &str) -> Result<AuthorityId, NotOne> {
    let index = Index::new(dataset);
    let mut found = Query::among(name, &index).map(|query| search(&index, &query)).unwrap_or_default();
    found.retain(|row| match_quality(*row) < MatchQuality::Region);
    let forms = name_forms(&clean(name));
    let is_named = |id: AuthorityId| {
        dataset.authorities.get(id.0).is_some_and(|authority| authority.names().any(|own| forms.contains(&fold(own))))
    };
    let found: Vec<(AuthorityId, bool)> = found
        .iter()
        .filter_map(|row| Some((index.authority(row.name)?, match_quality(*row) == MatchQuality::Whole)))
        .map(|(id, is_whole)| (id, is_whole || is_named(id)))
        .collect();
    let whole: Vec<AuthorityId> = found.iter().filter(|(_, is_whole)| *is_whole).map(|(id, _)| *id).collect();
    match (whole.as_slice(), found.as_slice()) {
        ([only], _) | (_, [(only, _)]) => Ok(*only),
        (_, []) => Err(NotOne::Unknown(nearest(&index, name))),
        (_, several) => Err(NotOne::Several(several.iter().map(|(id, _)| *id).collect())),
    }
}
