//! The help layer: the key table in words, then the signs and marks on the screen.

use super::page::{Line, Page, Role, degree, owned_paragraph, shape, spaces};
use super::{App, Group};
use crate::dataset::{Absence, Framework};
use crate::statistics::Verdict;
use crate::text::width;

/// The column at which explanations begin.
const COLUMN: usize = 28;

/// The help.
pub fn page(app: &App, room: usize) -> Page<'_> {
    let mut page = Page::new();
    for group in Group::ALL {
        page.push(heading(group.title()));
        for row in app.keys.group(group) {
            let keys: Vec<String> = row.keys.iter().map(|(key, _)| key.to_string()).collect();
            page.extend(explained(&keys.join(" "), Role::Key, row.help, room));
        }
        page.push(Line::new());
    }
    if let Some(framework) = app.view.framework() {
        page.extend(scale(framework, room));
    }
    page.extend(signs(room));
    page.extend(verdicts(room));
    page
}

fn heading<'a>(text: &'a str) -> Line<'a> {
    Line::new().with(text, Role::Heading)
}

/// A sign at the left, its explanation at the right, beneath where there is no room.
fn explained<'a>(sign: &str, role: Role, text: &str, room: usize) -> Page<'a> {
    let column = COLUMN.min(room / 2);
    let lines = owned_paragraph(text, room.saturating_sub(column), 0, Role::Plain);
    let sign_line = Line::new().with(sign.to_owned(), role);
    if width(sign) + 1 > column {
        let indented = lines.into_iter().map(|line| Line { spans: [indent(column).spans, line.spans].concat() });
        return std::iter::once(sign_line).chain(indented).collect();
    }
    let mut first = Some(sign_line.padded(column));
    let start = |line: Line<'a>| {
        let lead = first.take().unwrap_or_else(|| indent(column));
        Line { spans: [lead.spans, line.spans].concat() }
    };
    lines.into_iter().map(start).collect()
}

fn indent<'a>(column: usize) -> Line<'a> {
    Line::new().with(spaces(column), Role::Plain)
}

fn scale(framework: &Framework, room: usize) -> Page<'_> {
    let mut page = vec![heading("Grades")];
    let steps = &framework.scale.steps;
    if let (Some(best), Some(lowest)) = (steps.first(), steps.last()) {
        let order = format!("{}: {} is the best grade, {} the lowest.", framework.title, best.sign(), lowest.sign());
        page.extend(owned_paragraph(&order, room, 0, Role::Plain));
    }
    for step in steps {
        let sign = format!("{} {} {}", step.sign(), shape(&framework.scale, step.grade), step.word);
        let meaning = step.meaning.as_deref().unwrap_or("no source held says what it means");
        page.extend(explained(&sign, Role::Grade(degree(&framework.scale, step.grade)), meaning, room));
    }
    let good: Vec<&str> = steps.iter().filter(|s| framework.scale.is_good(s.grade)).map(|s| s.word.as_str()).collect();
    page.extend(explained("good or better", Role::Plain, &good.join(" or "), room));
    page.push(Line::new());
    page
}

fn signs<'a>(room: usize) -> Page<'a> {
    let mut page = vec![heading("Signs")];
    for absence in Absence::ALL {
        let text = format!("{}: {}; never counted as a grade", absence.words(), absence.meaning());
        page.extend(explained(absence.sign(), Role::Plain, &text, room));
    }
    page.extend(explained("*", Role::Plain, "inferred or second-hand: e shows from what, and by which step", room));
    page.extend(explained(
        "└11┘",
        Role::Plain,
        "one published figure for several grades; their split is not known",
        room,
    ));
    page.extend(explained(
        "listed here",
        Role::Plain,
        "counted among the authorities in the list, of those whose grade is known; narrowing the list narrows it",
        room,
    ));
    page.push(Line::new());
    page
}

fn verdicts<'a>(room: usize) -> Page<'a> {
    let mut page = vec![heading("Published figure against our own count")];
    for verdict in Verdict::ALL {
        page.extend(explained(verdict.name(), Role::Verdict(verdict), verdict.meaning(), room));
    }
    page.extend(explained("!", Role::Plain, "beside a figure: contradicted by what is known", room));
    page
}
