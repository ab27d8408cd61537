//! The page of one authority: its assessments, each with judgements and quotes side by side, and its notes.

use super::{area, history, improve};
use crate::app::action::Action;
use crate::app::page::Topics;
use crate::app::page::{Figure, Line, Lines, Role, beside, degree, fitted, marked_paragraph, paragraph, shape, spaces};
use crate::app::state::State;
use crate::dataset::{AsAt, Assessment, Authority, EventKind, Framework, Judgement, Outcome, Quote, Target, Value};
use crate::text::{display_width, truncate};
use crate::wording;

/// The minimum width of quotes beside ratings.
const QUOTES: usize = 34;

/// The space between ratings and quotes, with the line between them.
const GAP: usize = 3;

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
        page.extend(improve::page(authority, position, state.view().as_at(), width));
    }
    let as_at = state.view().as_at();
    let events = wording::events_by(authority, as_at);
    if order.len() > 1 || !events.is_empty() {
        page.push(Line::new());
        let counts = |position: usize| authority.assessments.get(position).is_some_and(|a| a.counts_as_at(as_at));
        let mut history = authority.with_previous(as_at);
        history.retain(|(position, _)| counts(*position));
        let is_of_council = |position: usize| {
            authority.assessments.get(position).is_some_and(|assessment| assessment.framework.is_of_council())
        };
        history.retain(|(position, _)| is_of_council(*position));
        let of_area = |at: &usize| authority.events.get(*at).is_some_and(|event| event.kind == EventKind::SendRevisit);
        let (of_area, of_council): (Vec<usize>, Vec<usize>) = events.iter().partition(|at| of_area(at));
        page.extend(history::page(authority, &history, &of_council, as_at, width));
        page.extend(area::page(authority, &order, &of_area, as_at, width));
    }
    page.extend(shown.iter().flat_map(|(position, _)| improve::earlier(authority, *position, as_at, width)));
    for position in order.iter().filter(|position| shown.is_none_or(|(first, _)| first != **position)) {
        let quoted = authority.assessments.get(*position).filter(|assessment| !assessment.quotes.is_empty());
        if let Some(assessment) = quoted {
            page.push(Line::new());
            page.extend(assessed(state, authority, *position, assessment, width));
        }
    }
    page.extend(unseen(state, authority, order.len(), width));
    page.extend(shown.iter().flat_map(|(_, assessment)| meanings(assessment, width)));
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
pub(super) fn bulleted(text: &str, width: usize, role: Role) -> Lines {
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
    let words = match &framework.body {
        Some(body) => {
            format!("The {body} was not inspected under {}{day}, as far as our sources say.", framework.short)
        }
        None => format!("Our sources name no assessment under {}{day}.", framework.short),
    };
    paragraph(&words, width, 0, Role::Faint)
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
    let mut page = paragraph(&wording::nothing_listed(&state.listing), width, 0, Role::Plain);
    page.push(Line::new());
    let open = state.key(Action::Open);
    let offer = state.listing.offer();
    let shows = match offer.authorities.as_slice() {
        [] => String::new(),
        [_] if offer.is_hidden => format!("{open} shows it. "),
        _ => format!("{open} shows the one chosen in the list. "),
    };
    let back = state.key(Action::Back);
    page.extend(paragraph(&format!("{shows}{back} goes back to where you were."), width, 0, Role::Faint));
    page
}

/// Returns the authority's current council and its region.
fn who(authority: &Authority, width: usize) -> Lines {
    let council = authority.council().map(wording::council);
    let parts: Vec<String> = council.into_iter().chain(authority.region.as_deref().map(String::from)).collect();
    if parts.is_empty() { Lines::new() } else { paragraph(&parts.join(" · "), width, 0, Role::Plain) }
}

/// Returns one assessment, with ratings and quotes side by side if there is space.
fn assessed(state: &State, authority: &Authority, position: usize, assessment: &Assessment, width: usize) -> Lines {
    let mut page = vec![when(assessment, width)];
    if let Some(council) = authority.council_at(assessment) {
        page.extend(paragraph(&format!("at the time: {}", wording::council(council)), width, 0, Role::Faint));
    }
    page.extend(history::facts(assessment, state.today, width));
    if assessment.quotes.is_empty() {
        page.extend(ratings(state, authority, position, width));
        if assessment.origin.is_none() {
            page.extend(paragraph("No statement about this in our sources.", width, 0, Role::Faint));
        }
    } else {
        page.extend(with_quotes(state, authority, position, assessment, width));
    }
    page.extend(distinction(state, assessment, width));
    page
}

/// Returns ratings and quotes: side by side if both are wide enough in full, otherwise the quotes below.
fn with_quotes(state: &State, authority: &Authority, position: usize, assessment: &Assessment, width: usize) -> Lines {
    let left = ratings(state, authority, position, width.saturating_sub(QUOTES + GAP));
    let mut page = ratings(state, authority, position, width);
    let widest = |lines: &Lines| lines.iter().map(Line::width).max().unwrap_or(0);
    let taken = widest(&left);
    if taken == widest(&page) && taken + GAP + QUOTES <= width {
        return beside(left, quotes(position, assessment, width - taken - GAP), taken);
    }
    page.push(Line::new());
    page.extend(quotes(position, assessment, width));
    page
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

/// Returns a line for each judgement: letters, name, sign, squares, word and movement. Names and words are in their
/// short form where the full one does not fit; the words of the movement are left out first, its arrow never.
fn ratings(state: &State, authority: &Authority, position: usize, width: usize) -> Lines {
    let Some(assessment) = authority.assessments.get(position) else { return Lines::new() };
    let framework = &assessment.framework;
    let before = authority.before_as_at(assessment, state.view().as_at());
    let letters = framework.categories.iter().map(|c| display_width(&c.letters())).max().unwrap_or(0) + 1;
    let long = framework.categories.iter().map(|c| display_width(&c.label)).max().unwrap_or(0) + 2;
    let short = framework.categories.iter().map(|c| display_width(&c.short)).max().unwrap_or(0) + 2;
    let judgements = || assessment.judgements.iter();
    let moved = |category| {
        let (before, movement) = before.and_then(|before| Some((before, assessment.movement(before, category)?)))?;
        Some(wording::moved(before, category, movement))
    };
    let moved: Vec<Vec<String>> = (0..framework.categories.len()).map(|at| moved(at).unwrap_or_default()).collect();
    // The shortest form of a movement always has space, because the list shows it too.
    let widest = |is_short| {
        let arrow = |words: &Vec<String>| words.last().map_or(0, |words| display_width(words));
        let widths = judgements().zip(&moved).map(|(j, words)| rated(framework, j, is_short).width() + arrow(words));
        widths.max().unwrap_or(0)
    };
    let plans = [(true, long, false), (true, short, false), (true, short, true), (false, short, true)];
    let needs = |(has_letters, name, is_short): &(bool, usize, bool)| {
        (if *has_letters { letters } else { 0 }) + name + widest(*is_short)
    };
    let plan = plans.into_iter().find(|plan| needs(plan) <= width).unwrap_or((false, short, true));
    let (has_letters, name, is_short_word) = plan;
    let mut page = Lines::new();
    let rows = framework.categories.iter().zip(judgements()).zip(moved).enumerate();
    for (category, ((named, judgement), moved)) in rows {
        let mut line = Line::new();
        if has_letters {
            line = line.with(named.letters(), Role::Faint).padded(letters);
        }
        let label = if name == long { &named.label } else { &named.short };
        let end = line.width() + name;
        line = line.with(truncate(label, name.saturating_sub(1)).into_owned(), Role::Plain).padded(end);
        line.spans.extend(rated(framework, judgement, is_short_word).spans);
        let left = width.saturating_sub(line.width());
        let words = moved.into_iter().find(|words| display_width(words) <= left);
        line = line.with(words.unwrap_or_default(), Role::Faint);
        page.push(line.for_figure(Figure::Judgement { assessment: position, category }));
        if let Some((last, judgement)) = authority.last_before_end(assessment, category) {
            page.extend(paragraph(&wording::last_grade(last, judgement), width, 2, Role::Faint));
        }
    }
    page
}

/// Says what the ratings of an assessment mean, each meaning once.
fn meanings(assessment: &Assessment, width: usize) -> Lines {
    let framework = &assessment.framework;
    let mut seen: Vec<String> = Vec::new();
    for (category, judgement) in assessment.judgements.iter().enumerate() {
        let words = match judgement.outcome {
            Outcome::Grade(grade) => framework
                .explained_step(grade, category)
                .and_then(|step| Some(format!("{}: {}", step.named(), wording::meaning(step)?))),
            Outcome::Absent(absence) => Some(format!("{} {}: {}", absence.sign(), absence.words(), absence.meaning())),
        };
        let mark = (!judgement.mark().is_empty()).then(|| wording::certainty_meaning(judgement.certainty));
        let mark = mark.map(|words| format!("{} {words}", judgement.mark()));
        for words in words.into_iter().chain(mark) {
            if !seen.contains(&words) {
                seen.push(words);
            }
        }
    }
    let mut page = Lines::new();
    if !seen.is_empty() {
        page.push(Line::new());
        page.push(Line::new().with("What it means", Role::Heading));
    }
    page.extend(seen.iter().flat_map(|words| bulleted(words, width, Role::Faint)));
    page
}

/// Returns a judgement in one line: sign, squares, word and mark of certainty; or the absence in words.
pub fn rating(framework: &Framework, judgement: &Judgement) -> Line {
    rated(framework, judgement, false)
}

fn rated(framework: &Framework, judgement: &Judgement, is_short: bool) -> Line {
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
    let word = if is_short { step.short_word().to_owned() } else { step.word.to_string() };
    let sign = if step.has_short_sign() { format!("{} ", step.sign()) } else { String::new() };
    Line::new()
        .with(sign, Role::Strong)
        .with(shape(&framework.scale, grade), role)
        .with(" ", Role::Plain)
        .with(word, Role::Strong)
        .with(judgement.mark(), Role::Plain)
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
        page.extend(quoted(quote, &assessment.framework, width, figure, Topics::new(position, &quote.categories)));
    }
    page
}

/// Returns the speaker, the topics and the passages, with spoken words brighter than reported ones, and the source. The
/// speaker is left out if the first passage begins with the name.
fn quoted(quote: &Quote, framework: &Framework, width: usize, figure: Figure, topics: Topics) -> Lines {
    let mut page = Lines::new();
    let begins = quote.passages.first().is_some_and(|passage| begins_with_speaker(&passage.text, &quote.speaker));
    if !begins {
        let speaker = std::iter::once(quote.speaker.clone()).chain(quote.role.clone());
        page.extend(paragraph(&speaker.collect::<Vec<_>>().join(", "), width, 0, Role::Strong));
    }
    for passage in &quote.passages {
        page.extend(marked_paragraph(&passage.text, width, &passage.spoken, (Role::Plain, Role::Spoken(topics))));
    }
    page.extend(wording::summary(quote).iter().flat_map(|summary| paragraph(summary, width, 0, Role::Plain)));
    if let Some(first) = page.first_mut() {
        *first = std::mem::take(first).for_figure(figure);
    }
    // A summary is about the inspection as a whole.
    let about = quote.summary.is_none().then(|| format!("on {}", topics_in_words(quote, framework)));
    let source: Vec<String> = std::iter::once(quote.source.publisher.to_string()).chain(about).collect();
    page.extend(paragraph(&source.join(" · "), width, 0, Role::Faint));
    page
}

/// Whether a passage names its speaker among its first words, as in "Councillor Jos Clark, executive member …".
fn begins_with_speaker(passage: &str, speaker: &str) -> bool {
    const WORDS: usize = 6;
    let start = passage.split_whitespace().take(WORDS).collect::<Vec<_>>().join(" ");
    start.contains(speaker)
}

/// Returns the short names of the categories that a quote is about.
pub fn topics_in_words(quote: &Quote, framework: &Framework) -> String {
    let names =
        quote.categories.iter().filter_map(|c| framework.categories.get(*c)).map(|c| c.short.as_str().to_lowercase());
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
            let which = if count == 1 { "the only one".to_owned() } else { format!("one of the {count}") };
            let text = format!("{}: {which} published.", wording::claim(claim));
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
