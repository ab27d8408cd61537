//! The authority that a name means.

use crate::dataset::Dataset;
use crate::query::{AuthorityId, Index, MatchQuality, Query, match_quality, nearest, resolve, search};
use crate::text::{clean, fold, name_forms};
use crate::wording;

/// The maximum number of authorities suggested for an unknown or ambiguous name.
const OFFERED: usize = 5;

/// Returns the authority that a name means: the only one with exactly this name, otherwise the only one that matches
/// it. Fuzzy matches are only a guess, so they are ignored.
///
/// # Errors
/// If there is none or more than one; the sentence names the nearest.
pub fn named(dataset: &Dataset, name: &str) -> Result<AuthorityId, String> {
    let index = Index::new(dataset);
    let mut found = Query::among(name, &index).map(|query| search(&index, &query)).unwrap_or_default();
    found.retain(|row| match_quality(*row) < MatchQuality::Region);
    let id = |position: usize| index.authority(found.get(position)?.name);
    let forms = name_forms(&clean(name));
    let is_named = |id: AuthorityId| {
        dataset.authorities.get(id.0).is_some_and(|authority| authority.names().any(|own| forms.contains(&fold(own))))
    };
    let whole: Vec<AuthorityId> = found
        .iter()
        .filter_map(|row| Some((index.authority(row.name)?, match_quality(*row) == MatchQuality::Whole)))
        .filter_map(|(id, is_whole)| (is_whole || is_named(id)).then_some(id))
        .collect();
    match (id(0), whole.as_slice()) {
        (Some(_), [only]) => Ok(*only),
        (Some(first), _) if found.len() == 1 => Ok(first),
        (Some(_), _) => {
            let authorities = (0..OFFERED).filter_map(|position| dataset.authorities.get(id(position)?.0));
            let names: Vec<&str> = authorities.map(|authority| authority.name.as_str()).collect();
            let more = if found.len() > names.len() { " and others" } else { "" };
            let region = resolve::region(dataset, name).ok();
            let region = region.map(|region| format!("; of the region: `scrutineer list --region {region:?}`"));
            Err(format!(
                "{:?} can mean {} councils: {}{more}; say more of the name{}",
                clean(name),
                found.len(),
                names.join(", "),
                region.unwrap_or_default()
            ))
        }
        (None, _) => Err(match resolve::region(dataset, name) {
            Ok(region) => format!("{region} is a region; `scrutineer list --region {region:?}` lists its councils"),
            Err(_) => wording::not_found(dataset, name, &nearest(&index, name)),
        }),
    }
}
