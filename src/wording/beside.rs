//! Phrases for councils beside each other.

use super::{list, support};
use crate::dataset::{Assessment, Certainty};
use crate::query::{AuthorityId, View};
use crate::text::capitalized;

/// Says in which judgements some authorities differ, of those of which at least two have a grade: "They differ in Leaders; the
/// same in Help and In care".
pub fn compared(view: &View, authorities: &[AuthorityId]) -> String {
    let compared = crate::statistics::compared(view, authorities);
    let names = |positions: &[usize]| {
        let all =
            positions.iter().filter_map(|at| view.categories().get(*at)).map(|category| category.short.to_string());
        list(&all.collect::<Vec<_>>())
    };
    let differ = (!compared.differ.is_empty()).then(|| format!("They differ in {}", names(&compared.differ)));
    let same = (!compared.same.is_empty()).then(|| format!("the same in {}", names(&compared.same)));
    let parts: Vec<String> = differ.into_iter().chain(same).collect();
    match parts.is_empty() {
        true => "No judgement has a grade for two of them.".to_owned(),
        false => format!("{}.", capitalized(&parts.join("; "))),
    }
}

/// Says how the grades of an assessment are known: "from the report", "partly collected by others"; `None` without grades.
pub fn known_by(assessment: &Assessment) -> Option<String> {
    let mut all = assessment.judgements.iter().filter(|judgement| judgement.grade().is_some());
    let first = all.next()?.certainty;
    let others: Vec<Certainty> = all.map(|judgement| judgement.certainty).filter(|one| *one != first).collect();
    let weakness = |certainty: &Certainty| Certainty::ALL.iter().position(|one| one == certainty);
    let weakest = others.iter().copied().chain([first]).max_by_key(weakness).unwrap_or(first);
    let words = support(weakest);
    Some(if others.is_empty() { words.to_owned() } else { format!("partly {words}") })
}
