//! The authorities of a map, by region, with what it shows of each.

use super::{Cell, Column, Table};
use crate::dataset::{Authority, Framework, Judgement};
use crate::statistics::OnMap;
use crate::wording;

/// Returns a row for each authority. `judged` names its predecessors where the map shows one of these; without any, there is no
/// column for that.
pub fn map_list<'a>(
    listed: Vec<(&'a Authority, OnMap<'a>)>,
    judged: Vec<Option<String>>,
    framework: Option<&'a Framework>,
) -> Table<'a> {
    let mut headers = vec!["authority", "region", "grade", "certainty", "framework", "published", "link"];
    let has_before = judged.iter().any(Option::is_some);
    headers.extend(has_before.then_some("judged"));
    let columns = headers.into_iter().map(Column::text).collect();
    let count = listed.len();
    let row = move |position: usize| {
        let Some((authority, shown)) = listed.get(position) else { return Vec::new() };
        let mut cells = cells(authority, shown, framework);
        let judged = judged.get(position).and_then(Option::as_deref);
        cells.extend(has_before.then(|| Cell::maybe(judged)));
        cells
    };
    Table::new("England's councils", columns, count, row)
}

fn cells(authority: &Authority, shown: &OnMap<'_>, framework: Option<&Framework>) -> Vec<Cell> {
    let judged = shown.assessment.zip(shown.judgement());
    let grade = judged.map(|((_, framework, _), judgement)| wording::outcome(framework, judgement.outcome));
    let assessment = shown.assessment.map(|(assessment, ..)| assessment);
    vec![
        Cell::Text(authority.name.clone()),
        Cell::maybe(authority.region.as_deref()),
        Cell::Text(grade.unwrap_or_else(|| wording::without_assessment(framework).to_owned())),
        Cell::maybe(judged.and_then(|(_, judgement)| Judgement::certainty_name(judgement))),
        Cell::maybe(assessment.map(|assessment| assessment.framework.short.as_str())),
        Cell::date(assessment.and_then(|assessment| assessment.date)),
        Cell::maybe(assessment.and_then(|assessment| assessment.link())),
    ]
}
