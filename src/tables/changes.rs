//! What differs between two states of the data.

use super::{Cell, Column, Kind, Table};
use crate::dataset::{Framework, Judgement, Outcome};
use crate::query::changes::Change;

/// Returns a row for each inspection or authority, with the grades before and now side by side.
pub fn changes_by_inspection<'a>(changes: &'a [Change<'a>]) -> Table<'a> {
    let mut columns: Vec<Column> = ["what", "authority", "published", "framework"].map(Column::text).into();
    columns.push(Column { kind: Kind::Remark, ..Column::text("before → now") });
    let groups = groups(changes);
    let count = groups.len();
    let row = move |position: usize| groups.get(position).map(|group| row(group)).unwrap_or_default();
    Table::new("What changed", columns, count, row)
}

/// Returns a row for each judgement.
pub fn changes_by_judgement<'a>(changes: &'a [Change<'a>]) -> Table<'a> {
    let columns = [
        "what",
        "authority",
        "framework",
        "published",
        "category",
        "before",
        "before certainty",
        "now",
        "now certainty",
        "movement",
        "movement from",
    ];
    let row = |position: usize| changes.get(position).map(cells).unwrap_or_default();
    Table::new("What changed", columns.map(Column::text).into(), changes.len(), row)
}

/// Returns the changes in groups of one inspection or one authority each.
pub fn groups<'c, 'd>(changes: &'c [Change<'d>]) -> Vec<&'c [Change<'d>]> {
    let is_one = |a: &Change<'_>, b: &Change<'_>| {
        let of_one = match (a.assessment, b.assessment) {
            (Some(a), Some(b)) => std::ptr::eq(a, b),
            _ => false,
        };
        a.kind == b.kind && of_one
    };
    changes.chunk_by(is_one).collect()
}

fn row(group: &[Change<'_>]) -> Vec<Cell> {
    let Some(first) = group.first() else { return Vec::new() };
    let grades: Vec<String> = group.iter().filter_map(side_by_side).collect();
    vec![
        Cell::Text(first.kind.name().to_owned()),
        Cell::Text(first.authority.name.to_string()),
        Cell::date(first.assessment.and_then(|assessment| assessment.date)),
        Cell::maybe(first.assessment.map(|assessment| assessment.framework.short.as_str())),
        Cell::maybe(Some(grades.join("  ").trim_end()).filter(|grades| !grades.is_empty())),
    ]
}

/// Returns a judgement before and now, after the letters of its category: `Le R→O▲`. Only the new one if there was none.
fn side_by_side(change: &Change<'_>) -> Option<String> {
    let framework = change.assessment?.framework.as_ref();
    let letters = framework.categories.get(change.category?)?.letters();
    let before = change.old.map(|judgement| format!("{}→", framework.sign(judgement))).unwrap_or_default();
    let sign = |judgement: &Judgement| framework.bare_sign(judgement) + &judgement.marks(change.movement);
    let now = change.new.map(sign).unwrap_or_default();
    Some(format!("{:<9}", format!("{letters} {before}{now}")))
}

fn cells(change: &Change<'_>) -> Vec<Cell> {
    let framework = change.assessment.map(|a| a.framework.as_ref());
    let category = change.category.and_then(|c| framework?.categories.get(c)).map(|c| c.label.as_str());
    vec![
        Cell::Text(change.kind.name().to_owned()),
        Cell::Text(change.authority.name.to_string()),
        Cell::maybe(framework.map(|f| f.short.as_str())),
        Cell::date(change.assessment.and_then(|assessment| assessment.date)),
        Cell::maybe(category),
        Cell::maybe(change.old.and_then(|j| words(framework, j)).as_deref()),
        Cell::maybe(change.old.and_then(Judgement::certainty_name)),
        Cell::maybe(change.new.and_then(|j| words(framework, j)).as_deref()),
        Cell::maybe(change.new.and_then(Judgement::certainty_name)),
        Cell::maybe(change.movement.map(|m| m.name())),
        Cell::maybe(moved_from(change)),
    ]
}

/// Returns what the previous judgement covered, if the category was redefined since.
pub fn moved_from<'d>(change: &Change<'d>) -> Option<&'d str> {
    change.assessment?.framework.categories.get(change.category?)?.moved_from(change.movement?)
}

/// Describes a judgement: the name of the grade, or the reason why there is none.
fn words(framework: Option<&Framework>, judgement: &Judgement) -> Option<String> {
    match judgement.outcome {
        Outcome::Grade(grade) => framework?.scale.step(grade).map(|step| step.word.to_string()),
        Outcome::Absent(absence) => Some(absence.words().to_owned()),
    }
}
