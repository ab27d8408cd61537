//! What inspectors asked councils to improve.

use super::{Cell, Column, Kind, Table};
use crate::dataset::{AsAt, CodeKind, Framework};
use crate::statistics::{Asked, CodeCount};
use crate::wording;

/// Returns a row for each subject or practice: how many councils were asked, with which grades, five years earlier and again.
pub fn codes<'a>(framework: &'a Framework, kind: CodeKind, counts: &'a [CodeCount]) -> Table<'a> {
    let mut columns = vec![Column::text(kind.name())];
    columns.push(Column::share("councils asked").or(["asked".to_owned()]));
    let grades = framework.scale.steps.iter().map(|step| {
        let column = Column::number(step.short_word());
        Column { left_out: 2, ..column.or([step.sign()]) }
    });
    columns.extend(grades);
    let earlier = Column::share("five years earlier").or(["5 years ago".to_owned(), "before".to_owned()]);
    columns.push(Column { left_out: 1, ..earlier });
    columns.push(Column::share("asked before too").or(["again".to_owned()]));
    let row = |position: usize| {
        let Some(count) = counts.get(position) else { return Vec::new() };
        let mut cells = vec![Cell::Text(count.code.label.clone())];
        cells.push(Cell::Share { tally: count.asked, has_percent: true });
        cells.extend(count.by_grade.iter().map(Cell::count));
        cells.push(Cell::Share { tally: count.earlier, has_percent: true });
        cells.push(Cell::Share { tally: count.again, has_percent: true });
        cells
    };
    Table::new("What inspectors asked to improve", columns, counts.len(), row)
}

/// Returns a row for each thing that a report asks for: which council and when, what, and the grades of the judgement that it
/// bears on, then and since.
pub fn asked<'a>(rows: &'a [Asked<'a>], as_at: Option<AsAt>) -> Table<'a> {
    let columns = vec![
        Column::text("council"),
        Column::text("published"),
        Column { left_out: 1, ..Column::text("newest") },
        Column::text("again"),
        Column { left_out: 2, ..Column::text("bears on") },
        Column::text("grades since").or(["since".to_owned()]),
        Column { kind: Kind::Remark, ..Column::text("what was asked, in our words") },
    ];
    let row = move |position: usize| {
        let Some(asked) = rows.get(position) else { return Vec::new() };
        vec![
            Cell::Text(asked.authority.name.clone()),
            Cell::date(asked.assessment.date),
            Cell::Text(if asked.is_newest { "newest" } else { "earlier" }.to_owned()),
            Cell::maybe(asked.is_again.then_some("again")),
            Cell::maybe(bears_on(asked)),
            Cell::Text(wording::grades_since(asked, as_at)),
            Cell::Text(asked.recommendation.words.clone()),
        ]
    };
    Table::new("What inspectors asked to improve", columns, rows.len(), row)
}

/// Returns a row for each thing that the reports of one council ask for; `neighbours` says which of its statistical neighbours
/// were asked about the same subjects.
pub fn asked_of_council<'a>(rows: &'a [Asked<'a>], neighbours: &'a [String]) -> Table<'a> {
    let columns = vec![
        Column::text("published"),
        Column::text("again"),
        Column::text("bears on"),
        Column::text("grade"),
        Column { left_out: 1, ..Column::text("neighbours asked the same, and their newest grade") },
        Column { kind: Kind::Remark, ..Column::text("what was asked, in our words") },
    ];
    let row = move |position: usize| {
        let Some(asked) = rows.get(position) else { return Vec::new() };
        let framework = &asked.assessment.framework;
        vec![
            Cell::date(asked.assessment.date),
            Cell::maybe(asked.is_again.then_some("again")),
            Cell::maybe(bears_on(asked)),
            Cell::maybe(asked.judgement().map(|judgement| framework.sign(judgement)).as_deref()),
            Cell::maybe(neighbours.get(position).map(String::as_str).filter(|words| !words.is_empty())),
            Cell::Text(asked.recommendation.words.clone()),
        ]
    };
    Table::new("What inspectors asked to improve", columns, rows.len(), row)
}

fn bears_on<'a>(asked: &Asked<'a>) -> Option<&'a str> {
    asked.assessment.framework.categories.get(asked.category()).map(|category| category.short.as_str())
}
