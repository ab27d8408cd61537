//! Every judgement of one authority.

use super::{Cell, Column, Table};
use crate::dataset::{Assessment, Authority, Judgement};
use crate::wording;

/// Returns a row for each judgement, those of the newest assessment first.
pub fn history(authority: &Authority) -> Table<'_> {
    let columns = ["framework", "published", "judgement", "grade", "letter", "certainty", "movement", "link"];
    let all = authority.with_previous(None).into_iter();
    let all = all.filter_map(|(position, before)| Some((authority.assessments.get(position)?, before)));
    let rows: Vec<Vec<Cell>> = all.flat_map(|(assessment, before)| rows(assessment, before)).collect();
    let count = rows.len();
    let row = move |at: usize| rows.get(at).cloned().unwrap_or_default();
    Table::new(format!("{}: every judgement", authority.name), columns.map(Column::text).into(), count, row)
}

fn rows(assessment: &Assessment, before: Option<&Assessment>) -> Vec<Vec<Cell>> {
    let framework = &assessment.framework;
    let row = |(position, judgement): (usize, &Judgement)| {
        let movement = before.and_then(|before| assessment.movement(before, position));
        let label = framework.categories.get(position).map(|category| category.label.as_str());
        let grade = judgement.grade().is_some();
        vec![
            Cell::Text(framework.title.clone()),
            Cell::date(assessment.date),
            Cell::maybe(label),
            Cell::Text(wording::outcome(framework, judgement.outcome)),
            Cell::maybe(grade.then(|| framework.bare_sign(judgement)).as_deref()),
            Cell::maybe(judgement.certainty_name()),
            Cell::maybe(movement.map(|movement| movement.name())),
            Cell::maybe(assessment.link_of(position)),
        ]
    };
    assessment.judgements.iter().enumerate().map(row).collect()
}
