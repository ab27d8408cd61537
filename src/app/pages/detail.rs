//! The page of one authority: its assessments, each with judgements and quotes side by side, and its notes.

use super::{area, context, history, improve};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::page::Topics;
use crate::app::page::{
    Figure, Line, Lines, Role, beside, degree, fitted, marked_paragraph, outcome_role, paragraph, shape, spaces,
};
use crate::dataset::{
    Absence, AsAt, Assessment, Authority, Certainty, EventKind, Framework, Judgement, Outcome, Quote, Target, Value,
};
use crate::text::{display_width, truncate};
use crate::wording;

/// The minimum width of quotes beside ratings.
const QUOTES: usize = 34;

/// The space between ratings and quotes, with the line between them.
const GAP: usize = 3;

/// Returns the page of the selected council for a pane of this many columns and lines; if none is listed, explains why. What
/// is asked for most comes first: the grades, what to improve, what was said, what happened, the area partnership, the history.
/// A wide pane has what happened and the history in a second column.
pub fn page(state: &Model, width: usize, height: usize) -> Lines {
    let Some(authority) = state.selected() else { return nobody(state, width) };
    let as_at = state.view().as_at();
    let order = order(state, authority);
    let shown = shown(state, authority, &order);
    let beside_grades = shown.filter(|(_, assessment)| has_quotes_beside(assessment)).map(|(position, _)| position);
    let has_past = authority.assessments.len() > 1 || !authority.events.is_empty();
    let has_columns = width >= TWO_COLUMNS && beside_grades.is_none() && has_past;
    let column = if has_columns { width.saturating_sub(GAP) / 2 } else { width };
    let (mut page, rest) = today(state, authority, (&order, shown, beside_grades), column, height);
    let mut happened = Lines::new();
    let events = wording::events_by(authority, as_at);
    let of_area = |at: &usize| authority.events.get(*at).is_some_and(|event| event.kind == EventKind::SendRevisit);
    let (of_area, of_council): (Vec<usize>, Vec<usize>) = events.iter().partition(|at| of_area(at));
    happened.extend(history::events(authority, &of_council, as_at, column));
    happened.extend(area::page(authority, &order, &of_area, as_at, column));
    happened.extend(history::of_council(authority, as_at, column));
    happened.extend(context::page(state, authority, column));
    match has_columns {
        true => {
            balance(&mut page, &mut happened, height);
            page = beside(page, happened.into_iter().skip(1).collect(), column);
        }
        false => page.extend(happened),
    }
    page.extend(rest);
    page.extend(shown.iter().flat_map(|(position, _)| improve::earlier(authority, *position, as_at, width)));
    page.extend(unseen(state, authority, order.len(), width));
    page.extend(shown.iter().flat_map(|(_, assessment)| meanings(assessment, width)));
    // Notes have no day: as at an earlier one they might tell what came later.
    page.extend(if as_at.is_none() { notes(authority, width) } else { Lines::new() });
    page.extend(about(authority, &order, width));
    page
}

/// Moves the last blocks of a column that is higher than the pane below the other one, as far as that has space.
fn balance(left: &mut Lines, right: &mut Lines, height: usize) {
    let mut start = left.len();
    while start > height
        && let Some(at) = left.iter().take(start).rposition(|line| line.spans.is_empty())
        && at > 0
        && right.len() + left.len() - at <= height + 1
    {
        start = at;
    }
    right.extend(left.split_off(start));
}

/// Returns who it is, the grades, what to improve and what was said; and what to improve that a pane this high has no space for.
fn today(
    state: &Model,
    authority: &Authority,
    (order, shown, beside_grades): (&[usize], Option<(usize, &Assessment)>, Option<usize>),
    width: usize,
    height: usize,
) -> (Lines, Lines) {
    let is_tight = height < TIGHT && width < NARROW;
    let mut page = who(authority, width);
    page.extend(wording::ended(authority).iter().flat_map(|words| paragraph(words, width, 0, Role::Plain)));
    let before = wording::predecessors(state.dataset(), authority);
    page.extend(before.iter().flat_map(|words| paragraph(words, width, 0, Role::Faint)));
    let elsewhere = not_assessed(state, authority, width);
    if shown.is_some() && !elsewhere.is_empty() {
        page.extend(elsewhere);
        page.extend([Line::new(), Line::new().with("Newest inspection", Role::Heading)]);
    } else {
        page.extend(elsewhere);
    }
    if let Some((position, assessment)) = shown {
        page.extend(assessed(state, authority, position, assessment, width, is_tight));
    }
    let mut said = said(authority, order, beside_grades, width);
    let most = if is_tight && !said.is_empty() { ASKED } else { usize::MAX };
    if is_tight && !said.is_empty() {
        said.remove(0);
    }
    let first = said.iter().skip(1).position(|line| line.spans.is_empty()).map_or(said.len(), |at| at + 1);
    let left = height.saturating_sub(page.len() + first.min(SAID.max(height / 3)));
    let as_at = state.view().as_at();
    let asked = shown.map(|(position, _)| improve::of(authority, position, as_at, width)).unwrap_or_default();
    let (first, rest) = asked.cut_after(most, width).divided(left, width);
    page.extend(first.into_iter().skip(usize::from(is_tight)));
    page.extend(said);
    (page, rest)
}

/// The width from which a page has two columns.
const TWO_COLUMNS: usize = 110;

/// How many lines what is asked for first has where there is little room for what was said as well.
const ASKED: usize = 2;

/// How many lines of what was said stay in sight below what to improve.
const SAID: usize = 4;

/// In how many forms a movement can be told.
const MOVED_FORMS: usize = 3;

/// Below this height and width, a page leaves out what is not needed at first sight: empty lines, and words around those spoken.
const TIGHT: usize = 18;
const NARROW: usize = 45;

/// Returns what officials said, their own words before what is told in ours and the newest first, each with the grades and the
/// year that it answers, but without what is shown beside the grades already.
fn said(authority: &Authority, order: &[usize], shown: Option<usize>, width: usize) -> Lines {
    let assessments = order.iter().filter(|position| Some(**position) != shown);
    let assessments = assessments.filter_map(|position| Some((*position, authority.assessments.get(*position)?)));
    let mut quotes: Vec<(usize, &Assessment, usize, &Quote)> = assessments
        .flat_map(|(position, one)| {
            one.quotes.iter().enumerate().map(move |(number, quote)| (position, one, number, quote))
        })
        .collect();
    quotes.sort_by_key(|(.., quote)| quote.passages.is_empty());
    let mut page = Lines::new();
    for (position, assessment, number, quote) in quotes {
        page.extend([Line::new(), fitted(&wording::said_of(quote, assessment), width, Role::Heading)]);
        let figure = Figure::Quote { assessment: position, quote: number };
        page.extend(quoted_in(quote, width, figure, Topics::new(position, &quote.categories)));
    }
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
fn order(state: &Model, authority: &Authority) -> Vec<usize> {
    let is_published =
        |at: &usize| authority.assessments.get(*at).is_some_and(|a| a.counts_as_at(state.view().as_at()));
    authority.newest_first().into_iter().filter(is_published).collect()
}

/// Returns the assessment to begin with: the one in the list, else the newest.
fn shown<'a>(state: &Model, authority: &'a Authority, order: &[usize]) -> Option<(usize, &'a Assessment)> {
    let listed = state.view().assessment(authority);
    let is_listed = |position: &&usize| {
        listed.is_some_and(|listed| authority.assessments.get(**position).is_some_and(|a| std::ptr::eq(a, listed)))
    };
    let position = order.iter().find(is_listed).or_else(|| order.first())?;
    Some((*position, authority.assessments.get(*position)?))
}

/// Says if an authority that has assessments has none under the framework of the list.
fn not_assessed(state: &Model, authority: &Authority, width: usize) -> Lines {
    let Some(framework) = state.view().framework() else { return Lines::new() };
    if authority.assessments.is_empty() || state.view().assessment(authority).is_some() {
        return Lines::new();
    }
    let day = state.view().as_at().map(|as_at| format!(" {} by {}", as_at.basis.name(), as_at.day)).unwrap_or_default();
    let words = match &framework.body {
        Some(body) => {
            let as_at = state.view().as_at();
            let earlier = authority.assessments.iter().filter(|one| one.framework.body == framework.body);
            let earlier = earlier.filter(|one| one.counts_as_at(as_at) && !one.framework.is(framework));
            let last = earlier.max_by_key(|one| one.order_day()).and_then(|one| one.date);
            let last = last.map(|date| format!("; the one before was in {}", date.year())).unwrap_or_default();
            let since = framework.from.map(|from| format!(" since {}", from.year())).unwrap_or_default();
            format!("No inspection of the {body}{since}{day} in our sources{last}.")
        }
        None => format!("Our sources name no assessment under {}{day}.", framework.short),
    };
    paragraph(&words, width, 0, Role::Faint)
}

/// Says if the authority has no assessments, or if some are hidden because they were published later.
fn unseen(state: &Model, authority: &Authority, shown: usize, width: usize) -> Lines {
    let hidden = authority.assessments.len() - shown.min(authority.assessments.len());
    let words = match state.view().as_at() {
        _ if authority.assessments.is_empty() => "There is no assessment of this council in the data.".to_owned(),
        Some(AsAt { day, basis }) if hidden > 0 => {
            let count = crate::text::plural(hidden, "more", "more");
            format!("{count} {} after {day}, not shown.", basis.name())
        }
        _ => return Lines::new(),
    };
    std::iter::once(Line::new()).chain(paragraph(&words, width, 0, Role::Faint)).collect()
}

fn nobody(state: &Model, width: usize) -> Lines {
    let dataset = state.dataset();
    if dataset.authorities.is_empty() {
        return paragraph("There are no councils in this dataset.", width, 0, Role::Plain);
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

/// Returns the kind of the council and its region.
fn who(authority: &Authority, width: usize) -> Lines {
    let kind = authority.council().and_then(|council| council.kind.as_deref()).map(String::from);
    let parts: Vec<String> = kind.into_iter().chain(authority.region.as_deref().map(String::from)).collect();
    if parts.is_empty() { Lines::new() } else { paragraph(&parts.join(" · "), width, 0, Role::Faint) }
}

/// Returns one assessment, with ratings and quotes side by side if there is space.
fn assessed(
    state: &Model,
    authority: &Authority,
    position: usize,
    assessment: &Assessment,
    width: usize,
    is_tight: bool,
) -> Lines {
    let inspected = wording::inspected(assessment).into_iter().find(|words| display_width(words) <= width);
    let mut page = vec![Line::new().with(inspected.unwrap_or_default(), Role::Faint)];
    if let Some(council) = authority.council_at(assessment) {
        page.extend(paragraph(&format!("at the time: {}", wording::council(council)), width, 0, Role::Faint));
    }
    page.extend((!is_tight).then(Line::new));
    if !has_quotes_beside(assessment) {
        page.extend(ratings(state, authority, position, width));
    } else {
        page.extend(with_quotes(state, authority, position, assessment, width));
    }
    page.extend(support(assessment, width));
    page.extend(distinction(state, assessment, width));
    page
}

/// Whether what was said of an assessment is shown beside its grades; where the report asks to improve something, that comes first.
fn has_quotes_beside(assessment: &Assessment) -> bool {
    !assessment.quotes.is_empty() && assessment.recommendations.is_none()
}

/// Says of which grades the report itself is not our source.
fn support(assessment: &Assessment, width: usize) -> Lines {
    let mut page = Lines::new();
    let graded = || assessment.judgements.iter().enumerate().filter(|(_, judgement)| judgement.grade().is_some());
    for certainty in Certainty::ALL.into_iter().filter(|certainty| *certainty != Certainty::Stated) {
        let those: Vec<usize> = graded().filter(|(_, one)| one.certainty == certainty).map(|(at, _)| at).collect();
        let names = those.iter().filter_map(|at| assessment.framework.categories.get(*at));
        let names: Vec<String> = names.map(|category| category.short.to_string()).collect();
        let words = match names.len() {
            0 => continue,
            all if all == graded().count() => wording::support(certainty).to_owned(),
            _ => format!("{}: {}", wording::list(&names), wording::support(certainty)),
        };
        page.extend(paragraph(&words, width, 0, Role::Faint));
    }
    page
}

/// Returns ratings and quotes: side by side if both are wide enough in full, otherwise the quotes below.
fn with_quotes(state: &Model, authority: &Authority, position: usize, assessment: &Assessment, width: usize) -> Lines {
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

/// Returns a line for each judgement: name, squares, word and movement, the judgement of everything last. A narrow pane has no
/// squares, and shorter words for the movements.
fn ratings(state: &Model, authority: &Authority, position: usize, width: usize) -> Lines {
    let Some(assessment) = authority.assessments.get(position) else { return Lines::new() };
    let framework = &assessment.framework;
    let before = authority.before_as_at(assessment, state.view().as_at());
    let moved = |category: usize| {
        let moved = before.and_then(|before| Some((before, assessment.movement(before, category)?)));
        moved.map(|(before, movement)| wording::moved(before, category, movement)).unwrap_or_default()
    };
    let name = framework.categories.iter().map(|category| display_width(&category.short)).max().unwrap_or(0) + 2;
    let line = |category: usize, has_squares: bool| {
        let (named, judgement) = framework.categories.get(category).zip(assessment.judgements.get(category))?;
        let label = truncate(&named.short, name.saturating_sub(1)).into_owned();
        let mut line = Line::new().with(label, Role::Plain).padded(name);
        line.spans.extend(rating(framework, judgement, has_squares).spans);
        Some(line)
    };
    let least = |category: usize| moved(category).last().map_or(0, |words| display_width(words) + 2);
    let fits = |category: &usize| line(*category, true).is_none_or(|line| line.width() + least(*category) <= width);
    let order = framework.shown_order();
    let has_squares = order.iter().all(fits);
    // One form for all that moved: the longest that fits everywhere. What is not compared is named where it fits.
    let can_go = |moved: &[String]| moved.last().is_none_or(String::is_empty);
    let fits_in = |line: &Line, words: &str| line.width() + display_width(words) + 2 <= width;
    let form = (0..MOVED_FORMS).find(|form| {
        order.iter().all(|category| {
            let moved = moved(*category);
            let words = moved.get(*form).filter(|_| !can_go(&moved));
            words.zip(line(*category, has_squares)).is_none_or(|(words, line)| fits_in(&line, words))
        })
    });
    let mut page = Lines::new();
    for category in order {
        let Some(mut line) = line(category, has_squares) else { continue };
        let moved = moved(category);
        let words = match can_go(&moved) {
            true => moved.iter().find(|words| !words.is_empty() && fits_in(&line, words)),
            false => form.and_then(|form| moved.get(form)),
        };
        if let Some(words) = words {
            let outcome = assessment.judgements.get(category).map(|judgement| judgement.outcome);
            let of_grade = outcome.filter(|_| !can_go(&moved)).map(|outcome| outcome_role(&framework.scale, outcome));
            line = line.with("  ", Role::Plain).with(words.clone(), of_grade.unwrap_or(Role::Faint));
        }
        let figure = Figure::Judgement { assessment: position, category };
        page.extend(within(line, name, width).into_iter().map(|line| line.for_figure(figure)));
        if let Some((last, judgement)) = authority.last_before_end(assessment, category) {
            page.extend(paragraph(&wording::last_grade(last, judgement), width, 2, Role::Faint));
        }
    }
    page
}

/// Returns a line that names a judgement in `name` columns, on several lines if it is wider than the pane.
fn within(line: Line, name: usize, width: usize) -> Lines {
    let (Some(label), true) = (line.spans.first().cloned(), line.width() > width) else { return vec![line] };
    let rest: String = line.spans.iter().skip(1).map(|span| span.text.as_ref()).collect();
    let role = line.spans.last().map_or(Role::Plain, |span| span.role);
    let rest = paragraph(rest.trim_start(), width.saturating_sub(name), 0, role);
    let start =
        |row: usize| if row == 0 { Line { spans: vec![label.clone()] }.padded(name) } else { Line::new().padded(name) };
    rest.into_iter().enumerate().map(|(row, line)| Line { spans: [start(row).spans, line.spans].concat() }).collect()
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
            Outcome::Absent(absence) => Some(format!("{}: {}", absence.words(), absence.meaning())),
        };
        seen.extend(words.filter(|words| !seen.contains(words)));
    }
    let mut page = Lines::new();
    if !seen.is_empty() {
        page.push(Line::new());
        page.push(Line::new().with("What it means", Role::Heading));
    }
    page.extend(seen.iter().flat_map(|words| bulleted(words, width, Role::Faint)));
    page
}

/// Returns a judgement in one line: squares, if wanted, and the word of its grade; or the absence in words.
pub fn rating(framework: &Framework, judgement: &Judgement, has_squares: bool) -> Line {
    let grade = match judgement.outcome {
        Outcome::Grade(grade) => grade,
        Outcome::Absent(absence) => {
            return Line::new().with(format!("{} {}", Absence::SIGN, wording::absence(absence)), Role::Faint);
        }
    };
    let Some(step) = framework.scale.step(grade) else { return Line::new() };
    let role = Role::Grade(degree(&framework.scale, grade));
    let number = if step.has_letter() { String::new() } else { format!("{} ", step.sign()) };
    let squares = if has_squares { format!("{} ", shape(&framework.scale, grade)) } else { String::new() };
    Line::new().with(squares, role).with(number, Role::Strong).with(step.short_word().to_owned(), role)
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
        page.extend(quoted_in(quote, width, figure, Topics::new(position, &quote.categories)));
        page.extend(answered(quote, &assessment.framework, width));
    }
    page
}

/// Returns the speaker and the passages, with spoken words brighter than reported ones. The speaker is left out if the first
/// passage begins with the name. A narrow pane has the spoken words alone.
fn quoted_in(quote: &Quote, width: usize, figure: Figure, topics: Topics) -> Lines {
    let mut page = Lines::new();
    let begins = quote.passages.first().is_some_and(|passage| begins_with_speaker(&passage.text, &quote.speaker));
    let is_short = width < NARROW && quote.passages.iter().any(|passage| !passage.spoken.is_empty());
    if is_short {
        page.extend(paragraph(&quote.speaker, width, 0, Role::Faint));
        for (passage, part) in quote.passages.iter().flat_map(|one| one.spoken.iter().map(move |part| (one, part))) {
            let words = passage.text.get(part.clone()).unwrap_or_default().trim_matches(['\'', '‘', '’', '"']);
            page.extend(paragraph(&format!("‘{words}’"), width, 0, Role::Spoken(topics)));
        }
    } else {
        if !begins {
            let speaker = std::iter::once(quote.speaker.clone()).chain(quote.role.clone());
            page.extend(paragraph(&speaker.collect::<Vec<_>>().join(", "), width, 0, Role::Strong));
        }
        for passage in &quote.passages {
            page.extend(marked_paragraph(&passage.text, width, &passage.spoken, (Role::Plain, Role::Spoken(topics))));
        }
    }
    page.extend(wording::summary(quote).iter().flat_map(|summary| paragraph(summary, width, 0, Role::Plain)));
    if let Some(first) = page.first_mut() {
        *first = std::mem::take(first).for_figure(figure);
    }
    page
}

/// Returns who published the words, and which grades they are about.
fn answered(quote: &Quote, framework: &Framework, width: usize) -> Lines {
    // A summary is about the inspection as a whole.
    let about = quote.summary.is_none().then(|| format!("on {}", topics_in_words(quote, framework)));
    let source: Vec<String> = std::iter::once(quote.source.publisher.to_string()).chain(about).collect();
    paragraph(&source.join(" · "), width, 0, Role::Faint)
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
fn distinction(state: &Model, assessment: &Assessment, width: usize) -> Lines {
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
