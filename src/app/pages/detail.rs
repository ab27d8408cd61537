//! The page of one authority: its assessments, each with judgements and quotes side by side, and its notes.

use super::history;
use crate::app::page::Topics;
use crate::app::page::{Figure, Line, Lines, Role, beside, degree, fitted, marked_paragraph, paragraph, shape, spaces};
use crate::app::search::not_found;
use crate::app::state::State;
use crate::dataset::{AsAt, Assessment, Authority, Framework, Judgement, Outcome, Quote, Target, Value};
use crate::text::display_width;
use crate::wording;

/// The minimum width of quotes beside ratings: if each rating has one line, and if its name and its grade have a line
/// each.
const QUOTES: (usize, usize) = (33, 23);

/// The minimum width of the ratings in these two cases.
const RATINGS: (usize, usize) = (34, 20);

/// Returns the page of the selected authority; if none is listed, explains why.
pub fn page(state: &State, width: usize) -> Lines {
    let Some(authority) = state.selected() else { return nobody(state, width) };
    let mut page = who(authority, width);
    page.extend(wording::ended(authority).iter().flat_map(|words| paragraph(words, width, 0, Role::Plain)));
    let before = wording::predecessors(state.dataset(), authority);
    page.extend(before.iter().flat_map(|words| paragraph(words, width, 0, Role::Faint)));
    let order = order(state, authority);
    let shown = shown(state, authority, &order);
    page.extend(not_assessed(state, authority, width));
    if let Some((position, assessment)) = shown {
        page.push(Line::new());
        page.extend(assessed(state, authority, position, assessment, width));
    }
    if order.len() > 1 {
        page.push(Line::new());
        page.extend(history::page(authority, &order, width));
    }
    for position in order.iter().filter(|position| shown.is_none_or(|(first, _)| first != **position)) {
        let quoted = authority.assessments.get(*position).filter(|assessment| !assessment.quotes.is_empty());
        if let Some(assessment) = quoted {
            page.push(Line::new());
            page.extend(assessed(state, authority, *position, assessment, width));
        }
    }
    page.extend(unseen(state, authority, order.len(), width));
    page.extend(notes(authority, width));
    page.extend(about(authority, &order, width));
    page
}

/// Returns the notes on the frameworks shown: who judged, on what and when.
fn about(authority: &Authority, order: &[usize], width: usize) -> Lines {
    let mut page = Lines::new();
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

/// Wraps a text after a bullet.
fn bulleted(text: &str, width: usize, role: Role) -> Lines {
    let lines = paragraph(text, width.saturating_sub(2), 0, role).into_iter();
    let lead =
        |row| if row == 0 { Line::new().with("• ", Role::Faint) } else { Line::new().with(spaces(2), Role::Plain) };
    lines.enumerate().map(|(row, line)| Line { spans: [lead(row).spans, line.spans].concat() }).collect()
}

/// Returns the positions of the assessments published by the date of the view, newest first.
fn order(state: &State, authority: &Authority) -> Vec<usize> {
    let is_published =
        |at: &usize| authority.assessments.get(*at).is_some_and(|a| a.counts_as_at(state.view().as_at()));
    authority.newest_first().into_iter().filter(is_published).collect()
}

/// Returns the assessment to begin with: the one in the list, else the newest.
fn shown<'a>(state: &State, authority: &'a Authority, order: &[usize]) -> Option<(usize, &'a Assessment)> {
    let listed = state.view().assessment(authority);
    let is_listed = |position: &&usize| {
        listed.is_some_and(|listed| authority.assessments.get(**position).is_some_and(|a| std::ptr::eq(a, listed)))
    };
    let position = order.iter().find(is_listed).or_else(|| order.first())?;
    Some((*position, authority.assessments.get(*position)?))
}

/// Says if an authority that has assessments has none under the framework of the list.
fn not_assessed(state: &State, authority: &Authority, width: usize) -> Lines {
    let Some(framework) = state.view().framework() else { return Lines::new() };
    if authority.assessments.is_empty() || state.view().assessment(authority).is_some() {
        return Lines::new();
    }
    let day = state.view().as_at().map(|as_at| format!(" {} by {}", as_at.basis.name(), as_at.day)).unwrap_or_default();
    paragraph(&format!("Our sources name no assessment under {}{day}.", framework.short), width, 0, Role::Faint)
}

/// Says if the authority has no assessments, or if some are hidden because they were published later.
fn unseen(state: &State, authority: &Authority, shown: usize, width: usize) -> Lines {
    let hidden = authority.assessments.len() - shown.min(authority.assessments.len());
    let words = match state.view().as_at() {
        _ if authority.assessments.is_empty() => "There is no assessment of this authority in the data.".to_owned(),
        Some(AsAt { day, basis }) if hidden > 0 => {
            let count = crate::text::plural(hidden, "more", "more");
            format!("{count} {} after {day}, not shown.", basis.name())
        }
        _ => return Lines::new(),
    };
    std::iter::once(Line::new()).chain(paragraph(&words, width, 0, Role::Faint)).collect()
}

fn nobody(state: &State, width: usize) -> Lines {
    let dataset = state.dataset();
    if dataset.authorities.is_empty() {
        return paragraph("There are no authorities in this dataset.", width, 0, Role::Plain);
    }
    let mut page = paragraph(&not_found(dataset), width, 0, Role::Plain);
    page.push(Line::new());
    page.extend(paragraph("Esc goes back to where you were.", width, 0, Role::Faint));
    page
}

/// Returns the authority's current council and its region.
fn who(authority: &Authority, width: usize) -> Lines {
    let council = authority.council().map(wording::council);
    let parts: Vec<String> = council.into_iter().chain(authority.region.clone()).collect();
    if parts.is_empty() { Lines::new() } else { paragraph(&parts.join(" · "), width, 0, Role::Plain) }
}

/// Returns one assessment, with ratings and quotes side by side if there is space.
fn assessed(state: &State, authority: &Authority, position: usize, assessment: &Assessment, width: usize) -> Lines {
    let mut page = vec![when(assessment, width)];
    if let Some(council) = authority.council_at(assessment) {
        page.extend(paragraph(&format!("at the time: {}", wording::council(council)), width, 0, Role::Faint));
    }
    page.extend(history::facts(assessment, state.today, width));
    page.push(Line::new());
    if assessment.quotes.is_empty() && assessment.origin.is_some() {
        page.extend(ratings(authority, position, width, fits_on_one_line(assessment, width)));
        return page;
    }
    match beside_quotes(assessment, width) {
        Some((left, is_one_line)) => {
            let ratings = ratings(authority, position, left, is_one_line);
            page.extend(beside(ratings, quotes(position, assessment, width - left - 3), left));
        }
        None => {
            page.extend(ratings(authority, position, width, fits_on_one_line(assessment, width)));
            page.push(Line::new());
            page.extend(quotes(position, assessment, width));
        }
    }
    page.extend(distinction(state, assessment, width));
    page
}

/// Returns the width of the ratings beside quotes, and whether each has one line; `None` if the quotes belong below.
fn beside_quotes(assessment: &Assessment, width: usize) -> Option<(usize, bool)> {
    let (name, rating) = widest(assessment);
    let one_line = (name + 2 + rating).max(RATINGS.0);
    let two_lines = name.max(rating).max(RATINGS.1);
    let fits = |left: usize, quotes: usize| width >= left + 3 + quotes;
    if fits(one_line, QUOTES.0) {
        Some((one_line, true))
    } else {
        fits(two_lines, QUOTES.1).then_some((two_lines, false))
    }
}

/// Whether the longest name of a category and the longest rating fit on one line.
fn fits_on_one_line(assessment: &Assessment, width: usize) -> bool {
    let (name, rating) = widest(assessment);
    name + 2 + rating <= width
}

/// Returns the width of the longest short name of a category, and of the longest rating.
fn widest(assessment: &Assessment) -> (usize, usize) {
    let framework = &assessment.framework;
    let name = framework.categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0);
    let rating = assessment.judgements.iter().map(|j| rating(framework, j).width()).max().unwrap_or(0);
    (name, rating)
}

/// Returns the framework and the date; the framework's short title if the full one does not fit.
fn when(assessment: &Assessment, width: usize) -> Line {
    let date = assessment.date.map_or("date not recorded".to_owned(), |d| d.to_string());
    let date = format!(" · {date}");
    let framework = &assessment.framework;
    let fits_in_full = display_width(&framework.title) + display_width(&date) <= width;
    let title = if fits_in_full { &framework.title } else { &framework.short };
    fitted(title, width.saturating_sub(display_width(&date)), Role::Heading).with(date, Role::Faint)
}

fn ratings(authority: &Authority, position: usize, width: usize, is_wide: bool) -> Lines {
    let Some(assessment) = authority.assessments.get(position) else { return Lines::new() };
    let framework = &assessment.framework;
    let longest = framework.categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0);
    let mut page = Lines::new();
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
            page.extend(paragraph(&wording::last_grade(last, judgement), width, indent, Role::Faint));
        }
        if let Some(meaning) = meaning(framework, category, judgement).filter(|_| is_explained(assessment, judgement)) {
            page.extend(paragraph(&meaning, width, indent, Role::Faint));
        }
    }
    page
}

/// Whether the meaning of a rating is shown below it. Absences in assessments read from a table are shown in words
/// anyway.
fn is_explained(assessment: &Assessment, judgement: &Judgement) -> bool {
    assessment.origin.is_none() || judgement.grade().is_some()
}

/// Returns a judgement in one line: sign, squares, word and mark of certainty; or the absence in words.
pub fn rating(framework: &Framework, judgement: &Judgement) -> Line {
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
        .with(step.word.clone(), Role::Strong)
        .with(judgement.certainty.mark(), Role::Plain)
}

fn meaning(framework: &Framework, category: usize, judgement: &Judgement) -> Option<String> {
    match judgement.outcome {
        Outcome::Grade(grade) => framework.explained_step(grade, category).and_then(wording::meaning),
        Outcome::Absent(absence) => Some(absence.meaning().to_owned()),
    }
}

fn quotes(position: usize, assessment: &Assessment, width: usize) -> Lines {
    if assessment.quotes.is_empty() {
        return paragraph("There are no quotes about this in our sources.", width, 0, Role::Faint);
    }
    let mut page = Lines::new();
    for (number, quote) in assessment.quotes.iter().enumerate() {
        if number > 0 {
            page.push(Line::new());
        }
        let figure = Figure::Quote { assessment: position, quote: number };
        page.extend(said(quote, &assessment.framework, width, figure, Topics::new(position, &quote.categories)));
    }
    page
}

/// Returns the speaker and the topics, then the passages, with spoken words distinguished from reported ones.
fn said(quote: &Quote, framework: &Framework, width: usize, figure: Figure, topics: Topics) -> Lines {
    let mut page = vec![fitted(&quote.speaker, width, Role::Strong).for_figure(figure)];
    // A summary is about the inspection as a whole.
    let about_what = quote.summary.is_none().then(|| format!("on {}", topics_in_words(quote, framework)));
    let about = quote.role.iter().cloned().chain(about_what);
    page.extend(paragraph(&about.collect::<Vec<_>>().join(" · "), width, 0, Role::Faint));
    for passage in &quote.passages {
        page.extend(marked_paragraph(&passage.text, width, &passage.spoken, (Role::Faint, Role::Spoken(topics))));
    }
    if let Some(summary) = wording::summary(quote) {
        page.extend(paragraph(&summary, width, 0, Role::Plain));
        page.extend(paragraph(&quote.source.publisher, width, 0, Role::Faint));
    }
    page
}

/// Returns the short names of the categories that a quote is about.
pub fn topics_in_words(quote: &Quote, framework: &Framework) -> String {
    let names = quote.categories.iter().filter_map(|c| framework.categories.get(*c)).map(|c| c.short.to_lowercase());
    wording::list(&names.collect::<Vec<_>>())
}

/// Says if the assessment is one of those counted in a published figure on all categories together.
fn distinction(state: &State, assessment: &Assessment, width: usize) -> Lines {
    let mut page = Lines::new();
    for position in &state.national.all {
        let Some(claim) = state.claim(*position) else { continue };
        let is_one = claim.target == Target::All
            && claim.framework.id == assessment.framework.id
            && *claim.round == *assessment.round
            && assessment.judgements.iter().all(|j| j.grade().is_some_and(|g| claim.grades.contains(&g)));
        let Value::Count(count) = claim.value else { continue };
        if is_one {
            page.push(Line::new());
            let text = format!("{}: one of the {count} published.", wording::claim(claim));
            page.extend(paragraph(&text, width, 0, Role::Plain));
        }
    }
    page
}

fn notes(authority: &Authority, width: usize) -> Lines {
    let mut page = Lines::new();
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
