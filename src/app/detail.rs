//! One authority: what it is, how it was judged, and what was said about that, side by side.

use super::page::{
    Figure, Line, Page, Role, beside, degree, fitted, marked_paragraph, owned_paragraph, paragraph, shape, spaces,
};
use super::search::not_found;
use super::{App, history, words};
use crate::dataset::{Assessment, Authority, Framework, Judgement, Outcome, Quote, Target, Value};
use crate::layout::Pane;
use crate::text::display_width;
use crate::wording;

/// From this room on, quotes stand beside the ratings: 48 columns inside the border.
const BESIDE: usize = 46;

/// From this room on, the name of a category stands on the line of its grade.
const WIDE: usize = 70;

/// The columns of the ratings, on a wide page and on a narrow one.
const RATINGS: (usize, usize) = (34, 20);

/// The page of the selected authority; without one, what is known about why there is none.
pub fn page(app: &App, width: usize) -> Page<'_> {
    let Some(authority) = app.selected() else { return nobody(app, width) };
    let mut page = who(authority, width);
    let order = order(app, authority);
    let has_origin = |position: &usize| authority.assessments.get(*position).is_some_and(|a| a.origin.is_some());
    let inspections: Vec<usize> = order.iter().copied().filter(has_origin).collect();
    for position in &order {
        let Some(assessment) = authority.assessments.get(*position) else { continue };
        let is_latest = inspections.first() == Some(position);
        if assessment.origin.is_none() || is_latest {
            page.push(Line::new());
            page.extend(assessed(app, authority, *position, assessment, width));
        }
        if is_latest && inspections.len() > 1 {
            page.push(Line::new());
            page.extend(history::page(authority, &inspections, width));
        }
    }
    page.extend(unseen(app, authority, order.len()));
    page.extend(notes(authority, width));
    page.extend(about(authority, &order, width));
    page
}

/// What is known of the rounds shown: by whom, on what and when they were judged.
fn about<'a>(authority: &'a Authority, order: &[usize], width: usize) -> Page<'a> {
    let mut page = Page::new();
    let mut seen: Vec<&str> = Vec::new();
    let shown = order.iter().filter_map(|position| authority.assessments.get(*position));
    for framework in shown.filter(|assessment| assessment.origin.is_none()).map(|assessment| &assessment.framework) {
        if framework.notes.is_empty() || seen.contains(&framework.id.as_str()) {
            continue;
        }
        seen.push(&framework.id);
        page.push(Line::new());
        page.push(fitted(&framework.title, width, Role::Heading));
        page.extend(framework.notes.iter().flat_map(|note| bulleted(&note.text, width, Role::Faint)));
    }
    page
}

/// A text behind a dot.
fn bulleted(text: &str, width: usize, role: Role) -> Page<'_> {
    let lines = paragraph(text, width.saturating_sub(2), 0, role).into_iter();
    let lead =
        |row| if row == 0 { Line::new().with("• ", Role::Faint) } else { Line::new().with(spaces(2), Role::Plain) };
    lines.enumerate().map(|(row, line)| Line { spans: [lead(row).spans, line.spans].concat() }).collect()
}

/// The positions of the assessments published by the date of the view, the newest first.
fn order(app: &App, authority: &Authority) -> Vec<usize> {
    let is_published = |at: &usize| authority.assessments.get(*at).is_some_and(|a| a.is_published_by(app.view.as_at()));
    authority.newest_first().into_iter().filter(is_published).collect()
}

/// What is not shown, and why: nothing is held, or it was published later.
fn unseen<'a>(app: &App, authority: &Authority, shown: usize) -> Page<'a> {
    let hidden = authority.assessments.len() - shown.min(authority.assessments.len());
    let words = match app.view.as_at() {
        _ if authority.assessments.is_empty() => "No assessment is held.".to_owned(),
        Some(date) if hidden > 0 => {
            format!("{} published after {date}, not shown.", crate::text::plural(hidden, "more", "more"))
        }
        _ => return Page::new(),
    };
    vec![Line::new(), Line::new().with(words, Role::Faint)]
}

fn nobody(app: &App, width: usize) -> Page<'_> {
    let dataset = &app.loaded.dataset;
    if dataset.authorities.is_empty() {
        return owned_paragraph("This dataset holds no authority.", width, 0, Role::Plain);
    }
    let mut page = owned_paragraph(&not_found(dataset), width, 0, Role::Plain);
    page.push(Line::new());
    page.extend(owned_paragraph("Esc goes back to where you were.", width, 0, Role::Faint));
    page
}

/// The council of today, and its region.
fn who(authority: &Authority, width: usize) -> Page<'_> {
    let council = authority.council().map(wording::council);
    let parts: Vec<String> = council.into_iter().chain(authority.region.clone()).collect();
    if parts.is_empty() { Page::new() } else { owned_paragraph(&parts.join(" · "), width, 0, Role::Plain) }
}

/// One assessment: ratings and quotes, side by side where there is room.
fn assessed<'a>(
    app: &'a App,
    authority: &'a Authority,
    position: usize,
    assessment: &'a Assessment,
    width: usize,
) -> Page<'a> {
    let mut page = vec![when(assessment, width)];
    if let Some(council) = authority.council_at(assessment) {
        page.extend(owned_paragraph(&format!("then {}", wording::council(council)), width, 0, Role::Faint));
    }
    page.extend(history::facts(assessment, app.today, width));
    page.push(Line::new());
    if assessment.quotes.is_empty() && assessment.origin.is_some() {
        page.extend(ratings(authority, position, width, fits_on_one_line(assessment, width)));
        return page;
    }
    let is_wide = width >= WIDE;
    let (wide, narrow) = RATINGS;
    if width >= BESIDE {
        let left = if is_wide { wide } else { narrow };
        let ratings = ratings(authority, position, left, is_wide);
        page.extend(beside(ratings, quotes(app, position, assessment, width - left - 3), left));
    } else {
        page.extend(ratings(authority, position, width, width >= wide));
        page.push(Line::new());
        page.extend(quotes(app, position, assessment, width));
    }
    page.extend(distinction(app, assessment, width));
    page
}

/// Whether the names of the categories and the longest rating stand on one line.
fn fits_on_one_line(assessment: &Assessment, width: usize) -> bool {
    let framework = &assessment.framework;
    let name = framework.categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0);
    let rating = assessment.judgements.iter().map(|j| rating(framework, j).width()).max().unwrap_or(0);
    name + 2 + rating <= width
}

/// Framework and date, the short title where the full one has no room.
fn when(assessment: &Assessment, width: usize) -> Line<'_> {
    let date = assessment.date.map_or("date not recorded".to_owned(), |d| d.to_string());
    let date = format!(" · {date}");
    let framework = &assessment.framework;
    let fits_in_full = display_width(&framework.title) + display_width(&date) <= width;
    let title = if fits_in_full { &framework.title } else { &framework.short };
    fitted(title, width.saturating_sub(display_width(&date)), Role::Heading).with(date, Role::Faint)
}

fn ratings(authority: &Authority, position: usize, width: usize, is_wide: bool) -> Page<'_> {
    let Some(assessment) = authority.assessments.get(position) else { return Page::new() };
    let framework = &assessment.framework;
    let longest = framework.categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0);
    let mut page = Page::new();
    for (category, (named, judgement)) in framework.categories.iter().zip(assessment.judgements.iter()).enumerate() {
        if category > 0 && assessment.origin.is_none() {
            page.push(Line::new());
        }
        let figure = Figure::Judgement { assessment: position, category };
        let mut line = Line::new();
        if is_wide {
            line = fitted(&named.short, width, Role::Plain).padded(longest + 2);
        } else {
            page.push(fitted(&named.short, width, Role::Plain).for_figure(figure));
        }
        line.spans.extend(rating(framework, judgement).spans);
        page.push(line.for_figure(figure));
        let indent = if is_wide { 2 } else { 0 };
        if let Some((last, judgement)) = authority.last_before_end(assessment, category) {
            page.extend(owned_paragraph(&wording::last_grade(last, judgement), width, indent, Role::Faint));
        }
        if let Some(meaning) = meaning(framework, category, judgement).filter(|_| is_explained(assessment, judgement)) {
            page.extend(paragraph(meaning, width, indent, Role::Faint));
        }
    }
    page
}

/// Whether a rating has its meaning beneath it: in a file's row the absences say in words what they are.
fn is_explained(assessment: &Assessment, judgement: &Judgement) -> bool {
    assessment.origin.is_none() || judgement.grade().is_some()
}

/// A judgement in one line: sign, shape, word and mark, or the absence in words.
pub fn rating<'a>(framework: &'a Framework, judgement: &Judgement) -> Line<'a> {
    let grade = match judgement.outcome {
        Outcome::Grade(grade) => grade,
        Outcome::Absent(absence) => {
            return Line::new()
                .with(absence.sign(), Role::Faint)
                .with(" ", Role::Faint)
                .with(absence.words(), Role::Faint);
        }
    };
    let Some(step) = framework.scale.step(grade) else { return Line::new() };
    let role = Role::Grade(degree(&framework.scale, grade));
    Line::new()
        .with(step.sign(), Role::Strong)
        .with(" ", Role::Plain)
        .with(shape(&framework.scale, grade), role)
        .with(" ", Role::Plain)
        .with(step.word.as_str(), Role::Strong)
        .with(judgement.certainty.mark(), Role::Plain)
}

fn meaning<'a>(framework: &'a Framework, category: usize, judgement: &Judgement) -> Option<&'a str> {
    match judgement.outcome {
        Outcome::Grade(grade) => framework.meaning(grade, category),
        Outcome::Absent(absence) => Some(absence.meaning()),
    }
}

fn quotes<'a>(app: &'a App, position: usize, assessment: &'a Assessment, width: usize) -> Page<'a> {
    if assessment.quotes.is_empty() {
        return owned_paragraph("No official's words on this are held.", width, 0, Role::Faint);
    }
    let mut page = Page::new();
    for (number, quote) in assessment.quotes.iter().enumerate() {
        if number > 0 {
            page.push(Line::new());
        }
        let figure = Figure::Quote { assessment: position, quote: number };
        page.extend(said(quote, &assessment.framework, width, figure, spoken_role(app, position, quote)));
    }
    page
}

/// How spoken words look: as text while no rating has the focus; else strong where they speak to it,
/// faint where they do not.
fn spoken_role(app: &App, position: usize, quote: &Quote) -> Role {
    match app.detail.figure {
        Some(Figure::Judgement { assessment, category }) if app.focus == Pane::Detail => {
            let speaks_to_it = assessment == position && quote.categories.contains(&category);
            if speaks_to_it { Role::Strong } else { Role::Faint }
        }
        _ => Role::Plain,
    }
}

/// Who said it, and to what; then the sentences, the spoken words set off from the reported ones.
fn said<'a>(quote: &'a Quote, framework: &'a Framework, width: usize, figure: Figure, spoken: Role) -> Page<'a> {
    let name = if spoken == Role::Faint { Role::Faint } else { Role::Strong };
    let mut page = vec![fitted(&quote.speaker, width, name).for_figure(figure)];
    let about = quote.role.iter().cloned().chain([format!("on {}", topics(quote, framework))]);
    page.extend(owned_paragraph(&about.collect::<Vec<_>>().join(" · "), width, 0, Role::Faint));
    for passage in &quote.passages {
        page.extend(marked_paragraph(&passage.text, width, &passage.spoken, (Role::Faint, spoken)));
    }
    page
}

/// What a quote speaks to, by the short names of the categories.
pub fn topics(quote: &Quote, framework: &Framework) -> String {
    let names = quote.categories.iter().filter_map(|c| framework.categories.get(*c)).map(|c| c.short.to_lowercase());
    words::list(&names.collect::<Vec<_>>())
}

/// Where the authority belongs to those of a published figure for all categories.
fn distinction<'a>(app: &'a App, assessment: &Assessment, width: usize) -> Page<'a> {
    let mut page = Page::new();
    for position in &app.national.all {
        let Some(claim) = app.loaded.dataset.claims.get(*position) else { continue };
        let is_one = claim.target == Target::All
            && claim.framework.id == assessment.framework.id
            && *claim.round == *assessment.round
            && assessment.judgements.iter().all(|j| j.grade().is_some_and(|g| claim.grades.contains(&g)));
        let Value::Count(count) = claim.value else { continue };
        if is_one {
            page.push(Line::new());
            let text = format!("{}: one of the {count} published.", words::claim(claim));
            page.extend(owned_paragraph(&text, width, 0, Role::Plain));
        }
    }
    page
}

fn notes(authority: &Authority, width: usize) -> Page<'_> {
    let mut page = Page::new();
    if authority.notes.is_empty() {
        return page;
    }
    page.push(Line::new());
    page.push(Line::new().with("Notes", Role::Heading));
    for (number, note) in authority.notes.iter().enumerate() {
        for (row, line) in bulleted(&note.text, width, Role::Plain).into_iter().enumerate() {
            page.push(if row == 0 { line.for_figure(Figure::Note(number)) } else { line });
        }
    }
    page
}
