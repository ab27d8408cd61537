//! The layer of what was wrong with the files.

use super::App;
use super::page::{Line, Page, Role, owned_paragraph};

/// What was left out while loading, and why.
pub fn page(app: &App, room: usize) -> Page<'_> {
    if app.problems().is_empty() {
        return owned_paragraph("Nothing was left out: every rule of the format holds.", room, 0, Role::Plain);
    }
    let mut page = owned_paragraph(
        &format!("Left out, because something in them cannot be so: {}.", app.loaded.left_out.join(", ")),
        room,
        0,
        Role::Plain,
    );
    for problem in app.problems() {
        page.push(Line::new());
        page.extend(owned_paragraph(&problem.place.to_string(), room, 0, Role::Strong));
        page.extend(owned_paragraph(&format!("found {}", problem.found), room, 2, Role::Plain));
        page.extend(owned_paragraph(&format!("expected {}", problem.allowed), room, 2, Role::Faint));
    }
    page
}
