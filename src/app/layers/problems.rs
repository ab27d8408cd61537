//! The layer that lists what was left out, repaired, or matched to another name while loading.

use super::Content;
use crate::app::focused::Focused;
use crate::app::model::Model;
use crate::app::page::{Line, Lines, Page, Role, linked_paragraph, paragraph};
use crate::load::Difference;

/// What was left out, repaired or matched to another name while loading, and why.
#[derive(Debug, Clone, Copy)]
pub struct Problems;

impl Content for Problems {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self)
    }

    fn title(&self) -> &'static str {
        "Left out or repaired while loading"
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let repairs = &state.loaded.repairs;
        let matches = &state.loaded.matches;
        let remarks = &state.loaded.remarks;
        let mut page = Lines::new();
        if !state.mistakes.is_empty() {
            page.push(Line::new().with("Mistakes in the settings", Role::Heading));
            page.extend(state.mistakes.iter().flat_map(|mistake| paragraph(mistake, width, 0, Role::Plain)));
            page.push(Line::new());
        }
        page.extend(remarks.iter().flat_map(|remark| paragraph(remark, width, 0, Role::Plain)));
        let (grades, dates) = (&state.loaded.differences, &state.loaded.date_differences);
        for (what, differences) in [("Grades", grades), ("Dates", dates)].into_iter().filter(|(_, all)| !all.is_empty())
        {
            page.extend((!page.is_empty()).then(Line::new));
            page.extend(listed(what, differences, width));
        }
        let has_differences = !grades.is_empty() || !dates.is_empty();
        if state.loaded.problems.is_empty() && repairs.is_empty() && matches.is_empty() && !has_differences {
            page.extend(paragraph("Nothing was left out or repaired.", width, 0, Role::Plain));
            return page.into();
        }
        if !state.loaded.problems.is_empty() {
            let left_out = state.loaded.left_out.join(", ");
            let words = format!("Left out because of invalid values: {left_out}.");
            page.extend(paragraph(&words, width, 0, Role::Plain));
        }
        for problem in &state.loaded.problems {
            page.push(Line::new());
            page.extend(paragraph(&problem.location.to_string(), width, 0, Role::Strong));
            page.extend(paragraph(&format!("found {}", problem.found), width, 2, Role::Plain));
            page.extend(paragraph(&format!("expected {}", problem.expected), width, 2, Role::Faint));
        }
        if !repairs.is_empty() {
            page.extend((!page.is_empty()).then(Line::new));
            page.push(Line::new().with("Repaired: read differently from what the file says", Role::Plain));
        }
        for repair in repairs {
            page.push(Line::new());
            page.extend(paragraph(&repair.location.to_string(), width, 0, Role::Strong));
            page.extend(paragraph(&format!("found {}", repair.found), width, 2, Role::Plain));
            page.extend(paragraph(&format!("read as {}", repair.read_as), width, 2, Role::Faint));
        }
        if let Some(others) = state.loaded.unlisted_summary() {
            page.push(Line::new());
            page.extend(paragraph(&others, width, 0, Role::Plain));
        }
        if !matches.is_empty() {
            page.extend((!page.is_empty()).then(Line::new));
            page.push(Line::new().with("Matched, although the files use different names", Role::Plain));
            page.extend(matches.iter().flat_map(|sentence| paragraph(sentence, width, 2, Role::Faint)));
        }
        page.into()
    }
}

/// Returns what two records of an inspection differ on.
fn listed(what: &str, differences: &[Difference], width: usize) -> Lines {
    let title = format!("{what} on which two records of an inspection differ; the better source is shown");
    let mut page = paragraph(&title, width, 0, Role::Plain);
    for difference in differences {
        page.push(Line::new());
        page.extend(paragraph(&difference.what, width, 0, Role::Strong));
        page.extend(paragraph(&difference.shown, width, 2, Role::Plain));
        page.extend(paragraph(&difference.other, width, 2, Role::Faint));
        page.extend(difference.links.iter().flat_map(|link| linked_paragraph(link, width, 2)));
    }
    page
}
