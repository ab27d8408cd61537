//! What is said where a search lists nothing.

use super::{filter, list};
use crate::dataset::{Authority, Dataset, Target, Value};
use crate::query::{AuthorityId, Listing, NotOne, Offer, resolve};
use crate::text::clean;

/// Says why a search lists nothing: what the filter hides, or what was searched and which names are the nearest.
pub fn nothing_listed(listing: &Listing) -> String {
    let offer = listing.offer();
    match offer.is_hidden {
        true => hidden(listing, offer),
        false => not_found(listing.dataset(), listing.query(), &offer.authorities),
    }
}

/// Says that no authority has a name, what was searched, and which names are the nearest.
pub fn not_found(dataset: &Dataset, name: &str, nearest: &[AuthorityId]) -> String {
    let names: Vec<&str> = nearest.iter().filter_map(|id| Some(dataset.authorities.get(id.0)?.name.as_str())).collect();
    let nearest = match names.as_slice() {
        [] => String::new(),
        [name] => format!(" The nearest name is {name}."),
        names => format!(" The nearest names are {}.", list(names)),
    };
    format!("No council is called {:?}. Searched: {}.{nearest}", clean(name), searched(dataset))
}

/// The maximum number of councils suggested for an ambiguous name.
const SUGGESTED: usize = 5;

/// Says why a name does not mean one council, and what to do. `listing` is what is typed before the name of a region to list it.
pub fn not_one(dataset: &Dataset, name: &str, reason: &NotOne, listing: &str) -> String {
    let region = resolve::region(dataset, name).ok();
    match (reason, region) {
        (NotOne::Several(found), region) => {
            let authorities = found.iter().take(SUGGESTED).filter_map(|id| dataset.authorities.get(id.0));
            let names: Vec<&str> = authorities.map(|authority| authority.name.as_str()).collect();
            let more = if found.len() > names.len() { " and others" } else { "" };
            let region = region.map(|region| format!("; of the region: `{listing} {region:?}`")).unwrap_or_default();
            let (name, count) = (clean(name), found.len());
            format!("{name:?} can mean {count} councils: {}{more}; say more of the name{region}", names.join(", "))
        }
        (NotOne::Unknown(_), Some(region)) => {
            format!("{region} is a region; `{listing} {region:?}` lists its councils")
        }
        (NotOne::Unknown(nearest), None) => not_found(dataset, name, nearest),
    }
}

fn hidden(listing: &Listing, offer: &Offer) -> String {
    let names: Vec<&str> =
        offer.authorities.iter().filter_map(|id| Some(listing.authority(*id)?.name.as_str())).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    let wanted = listing.filter();
    let regions: Vec<&str> = wanted.regions.iter().map(String::as_str).collect();
    let place = match (wanted.grades.is_empty(), wanted.since) {
        (true, None) => format!("in {}", regions.join(" or ")),
        _ => format!("listed under the filter ({})", filter(wanted, listing.view()).join(", ")),
    };
    format!("{} {is} not {place}.", list(&names))
}

/// Says which names are searched, as far as the data tell.
fn searched(dataset: &Dataset) -> String {
    let all = dataset.authorities.len();
    let assessed = dataset.claims.iter().find(|claim| claim.target == Target::Assessed);
    let is_assessed = |authority: &&Authority| {
        assessed.is_some_and(|claim| authority.assessments.iter().any(|a| a.framework.is(&claim.framework)))
    };
    let named = dataset.authorities.iter().filter(is_assessed).count();
    let what = "the names, other names, codes and regions of";
    match assessed.map(|claim| (claim.value, claim.of)) {
        Some((Value::Count(count), of)) if named == all => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let more = count.saturating_sub(named);
            let not = of.and_then(|of| usize::try_from(of).ok()).map(|of| of.saturating_sub(count));
            let not = not.map(|not| format!(", {not} were not")).unwrap_or_default();
            format!("{what} the {named} councils whose grades our sources name; {more} more were assessed{not}")
        }
        _ if dataset.authorities.iter().any(|authority| authority.until.is_some()) => {
            format!("{what} the {all} councils of these data, those of today and those that ended")
        }
        _ => format!("{what} the {all} councils of these data"),
    }
}
