//! What was done about councils' services, and inspections that grade nothing.

use super::{Cell, Column, Kind, Table};
use crate::dataset::{Authority, TimelineEntry};
use crate::wording;

/// Returns a row for each event, with dates in words.
pub fn events<'a>(rows: &'a [(&'a Authority, &'a TimelineEntry)]) -> Table<'a> {
    let columns = vec![
        Column::text("council"),
        Column::text("when"),
        Column::text("what"),
        Column { left_out: 1, ..Column::text("who") },
        Column { left_out: 2, ..Column::text("ended") },
        Column { kind: Kind::Remark, ..Column::text("about") },
    ];
    let row = |position: usize| {
        let Some((authority, event)) = rows.get(position) else { return Vec::new() };
        let about = event.service.iter().chain(&event.theme).map(String::as_str).collect::<Vec<_>>().join(", ");
        let about = match event.priority_action {
            Some(true) => format!("{about}; priority action required"),
            _ => about,
        };
        vec![
            Cell::Text(authority.name.clone()),
            Cell::Text(wording::event_when(event)),
            Cell::Text(wording::event_kind(event.kind).to_owned()),
            Cell::maybe(wording::event_person(event).as_deref()),
            Cell::maybe(wording::event_end(event, None).as_deref()),
            Cell::maybe(Some(about.as_str()).filter(|about| !about.is_empty())),
        ]
    };
    Table::new("What was done", columns, rows.len(), row)
}

/// Returns a row for each event, with every field on its own.
pub fn event_data<'a>(rows: &'a [(&'a Authority, &'a TimelineEntry)]) -> Table<'a> {
    let columns = [
        "authority",
        "gss",
        "kind",
        "service",
        "date",
        "dated",
        "published",
        "until",
        "ended",
        "person",
        "role",
        "theme",
        "priority_action",
        "certainty",
        "note",
        "link",
    ];
    let row =
        |position: usize| rows.get(position).map(|(authority, event)| cells(authority, event)).unwrap_or_default();
    Table::new("What was done", columns.map(Column::text).into(), rows.len(), row)
}

fn cells(authority: &Authority, event: &TimelineEntry) -> Vec<Cell> {
    vec![
        Cell::Text(authority.name.clone()),
        Cell::maybe(authority.codes.gss.as_deref()),
        Cell::Text(event.kind.name().to_owned()),
        Cell::maybe(event.service.as_deref()),
        Cell::date(event.date),
        Cell::Text(event.dated.clone()),
        Cell::date(event.published),
        Cell::date(event.until),
        Cell::maybe(event.ended.as_deref()),
        Cell::maybe(event.person.as_deref()),
        Cell::maybe(event.role.as_deref()),
        Cell::maybe(event.theme.as_deref()),
        Cell::maybe(event.priority_action.map(|is_required| if is_required { "yes" } else { "none stated" })),
        Cell::Text(event.certainty.name().to_owned()),
        Cell::maybe(event.note.as_deref()),
        Cell::maybe(event.evidence.iter().find_map(|evidence| evidence.link())),
    ]
}
