//! How the neighbours and the region of a council do.

use crate::app::model::Model;
use crate::app::page::{Line, Lines, Role, paragraph};
use crate::dataset::Authority;
use crate::query::AuthorityId;
use crate::statistics::{Tally, tallies};

/// Says in a line each how many of its statistical neighbours and of its region are good or better in the first category.
pub fn page(state: &Model, authority: &Authority, width: usize) -> Lines {
    let view = state.view();
    let Some((framework, first)) =
        view.framework().zip(view.framework().and_then(|f| f.shown_order().first().copied()))
    else {
        return Lines::new();
    };
    let Some(category) = framework.categories.get(first).filter(|_| view.assessment(authority).is_some()) else {
        return Lines::new();
    };
    let line = |name: String, ids: Vec<AuthorityId>| {
        let (good, _) = tallies(view, ids.into_iter());
        let Tally { matching, known } = good.get(first).copied().unwrap_or_default();
        let good = framework.scale.good_words();
        (known > 0).then(|| format!("{name}: {}, {matching} of {known} {good}", category.short))
    };
    let neighbours = authority.neighbours.as_ref().and_then(|model| {
        let ids: Vec<AuthorityId> = model.la_codes.iter().filter_map(|la| state.listing.with_la_code(la)).collect();
        line(format!("Its {} statistical neighbours", ids.len()), ids)
    });
    let region = authority.region.as_ref().and_then(|region| {
        let of_region = view.regions().iter().position(|held| held == region)?;
        let all = (0..state.dataset().authorities.len()).map(AuthorityId);
        line(region.to_string(), all.filter(|id| view.is_listed(*id) && view.region(*id) == Some(of_region)).collect())
    });
    let lines: Vec<String> = neighbours.into_iter().chain(region).collect();
    let mut page = Lines::new();
    if !lines.is_empty() {
        page.push(Line::new());
    }
    page.extend(lines.iter().flat_map(|words| paragraph(words, width, 0, Role::Plain)));
    page
}
