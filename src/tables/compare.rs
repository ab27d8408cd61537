//! Some authorities side by side, a row for each judgement.

use super::{Cell, Column, Table};
use crate::dataset::{Movement, Outcome};
use crate::query::{AuthorityId, Listing};
use crate::statistics::compared;
use crate::wording;

/// Returns the listed authorities as columns: the day of the report, how their grades are known, then their judgements, those
/// that differ first.
pub fn compare(listing: &Listing) -> Table<'_> {
    let view = listing.view();
    let ids: Vec<AuthorityId> = listing.ids().collect();
    let names = listing.authorities().map(|authority| Column::text(authority.name.to_string()));
    let columns = std::iter::once(Column::text("judgement")).chain(names).collect();
    let shown = |id: &AuthorityId| listing.authority(*id).and_then(|authority| view.assessment(authority));
    let row = |label: &str, cell: &dyn Fn(&AuthorityId) -> Cell| -> Vec<Cell> {
        std::iter::once(Cell::maybe(Some(label))).chain(ids.iter().map(cell)).collect()
    };
    let mut rows = vec![
        row("report", &|id| Cell::date(shown(id).and_then(|assessment| assessment.date))),
        row("grades are", &|id| Cell::maybe(shown(id).and_then(wording::known_by).as_deref())),
    ];
    for category in compared(view, &ids).order() {
        let label = view.categories().get(category).map_or("", |category| category.short.as_str());
        rows.push(row(label, &|id| {
            let words = shown(id).and_then(|assessment| {
                let judgement = assessment.judgements.get(category)?;
                let arrow = view.movement(category, *id).map_or("", Movement::sign);
                let words = match judgement.outcome {
                    Outcome::Grade(grade) => assessment.framework.scale.step(grade)?.short_word(),
                    Outcome::Absent(why) => wording::absence(why),
                };
                Some(format!("{words} {arrow}").trim_end().to_owned())
            });
            let none = wording::without_assessment(view.framework().map(AsRef::as_ref));
            Cell::Text(words.unwrap_or_else(|| none.to_owned()))
        }));
    }
    Table::new("Side by side", columns, rows.len(), move |at| rows.get(at).cloned().unwrap_or_default())
}
