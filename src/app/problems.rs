//! The layer of what was wrong with the files: left out, or repaired.

use super::App;
use super::page::{Line, Page, Role, owned_paragraph};

/// What was left out or repaired while loading, and why.
pub fn page(app: &App, width: usize) -> Page<'_> {
    let repairs = &app.loaded.repairs;
    let matches = &app.loaded.matches;
    if app.problems().is_empty() && repairs.is_empty() && matches.is_empty() {
        return owned_paragraph("Nothing was left out or repaired: every rule holds.", width, 0, Role::Plain);
    }
    let mut page = Page::new();
    if !app.problems().is_empty() {
        let left_out = app.loaded.left_out.join(", ");
        let words = format!("Left out because of invalid values: {left_out}.");
        page.extend(owned_paragraph(&words, width, 0, Role::Plain));
    }
    for problem in app.problems() {
        page.push(Line::new());
        page.extend(owned_paragraph(&problem.location.to_string(), width, 0, Role::Strong));
        page.extend(owned_paragraph(&format!("found {}", problem.found), width, 2, Role::Plain));
        page.extend(owned_paragraph(&format!("expected {}", problem.expected), width, 2, Role::Faint));
    }
    if !repairs.is_empty() {
        page.extend((!page.is_empty()).then(Line::new));
        page.push(Line::new().with("Repaired: read otherwise than it stands in the file", Role::Plain));
    }
    for repair in repairs {
        page.push(Line::new());
        page.extend(owned_paragraph(&repair.location.to_string(), width, 0, Role::Strong));
        page.extend(owned_paragraph(&format!("found {}", repair.found), width, 2, Role::Plain));
        page.extend(owned_paragraph(&format!("read as {}", repair.read_as), width, 2, Role::Faint));
    }
    if !matches.is_empty() {
        page.extend((!page.is_empty()).then(Line::new));
        page.push(Line::new().with("Taken for one by another name than the listed one", Role::Plain));
        page.extend(matches.iter().flat_map(|sentence| owned_paragraph(sentence, width, 2, Role::Faint)));
    }
    page
}
