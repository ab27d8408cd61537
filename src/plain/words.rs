//! The answers of the prompt, in sentences.

use crate::dataset::{
    AsAt, Assessment, Authority, Category, Dataset, Date, Evidence, Judgement, Quote, Recommendation, TimelineEntry,
    Trend, Value,
};
use crate::query::{AuthorityId, Listing, resolve};
use crate::statistics::{compared, national as published_figures, national_summary, tallies};
use crate::text::{capitalized, plural};
use crate::wording;

/// Returns a council: who it is, its inspection under the framework shown (else its newest), what was said and what happened, and how
/// many more inspections there are.
pub fn authority(listing: &Listing, id: AuthorityId) -> Vec<String> {
    let Some(authority) = listing.authority(id) else { return Vec::new() };
    let as_at = listing.view().as_at();
    let region = authority.region.iter().map(|region| format!(", {region}")).collect::<String>();
    let mut lines = vec![format!("{}{region}.", authority.name)];
    lines.extend(wording::ended(authority));
    let (first, others) = inspections(listing, authority);
    if listing.view().assessment(authority).is_none() {
        let framework = listing.view().framework();
        lines.extend(framework.map(|framework| format!("Our sources name no assessment under {}.", framework.title)));
    }
    lines.extend(first.into_iter().flat_map(|first| assessed(authority, first, as_at)));
    lines.extend(happened(authority, as_at));
    if !others.is_empty() {
        let later = others.iter().filter(|one| first.is_some_and(|first| one.date > first.date)).count();
        let since = if later > 0 { format!(", {later} of them later") } else { String::new() };
        lines.push(format!("{}{since}: say more.", plural(others.len(), "other inspection", "other inspections")));
    }
    lines
}

/// Returns the inspection of a council that is told first, and the others, newest first.
fn inspections<'a>(listing: &Listing, authority: &'a Authority) -> (Option<&'a Assessment>, Vec<&'a Assessment>) {
    let as_at = listing.view().as_at();
    let order = authority.newest_first();
    let all = order.iter().filter_map(|position| authority.assessments.get(*position));
    let all: Vec<&Assessment> = all.filter(|one| one.counts_as_at(as_at)).collect();
    let first = listing.view().assessment(authority).or(all.first().copied());
    let others = all.into_iter().filter(|one| first.is_none_or(|first| !std::ptr::eq(*one, first)));
    (first, others.collect())
}

/// Returns the inspections of a council other than that told first, newest first.
pub fn others(listing: &Listing, id: AuthorityId) -> Vec<String> {
    let Some(authority) = listing.authority(id) else { return Vec::new() };
    let (_, others) = inspections(listing, authority);
    if others.is_empty() {
        return vec![format!("Our sources name no other inspection of {}.", authority.name)];
    }
    others.into_iter().flat_map(|one| assessed(authority, one, listing.view().as_at())).collect()
}

/// Returns what the inspection of a council that is told first asks to improve.
pub fn asked(listing: &Listing, id: AuthorityId) -> Vec<String> {
    let Some(authority) = listing.authority(id) else { return Vec::new() };
    let Some(first) = inspections(listing, authority).0 else { return without(listing, authority) };
    let asked = improve(first, authority.before_as_at(first, listing.view().as_at()));
    let heading = format!("{}{}, {}.", authority.name, on(first), first.framework.title);
    let unknown = "Our sources do not say what its report asks to improve.".to_owned();
    let asked = if asked.is_empty() { vec![unknown] } else { asked };
    std::iter::once(heading).chain(asked).collect()
}

/// Returns where the facts of a council come from, each document once.
pub fn sources_of(authority: &Authority) -> Vec<String> {
    let assessments = authority.newest_first().into_iter().filter_map(|position| authority.assessments.get(position));
    let of_assessment = |assessment: &Assessment| {
        let title = format!("{}{}", assessment.framework.title, on(assessment));
        let link = assessment.origin.as_ref().and_then(|origin| origin.link()).map(|link| format!("{title}: {link}"));
        let grades = assessment.judgements.iter().flat_map(|judgement| &judgement.evidence);
        let grades = grades.map(|evidence| wording::source(&evidence.source));
        let quotes = assessment.quotes.iter().map(|quote| wording::source(&quote.source));
        let asked = assessment.recommendations.iter().map(|asked| wording::source(&asked.source));
        link.into_iter().chain(grades).chain(quotes).chain(asked).collect::<Vec<_>>()
    };
    let events = authority.events.iter().flat_map(|event| &event.evidence);
    let events = events.map(|evidence| wording::source(&evidence.source));
    let mut lines = vec![format!("Sources of {}; sources all for those of everything:", authority.name)];
    for line in assessments.flat_map(of_assessment).chain(events) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Returns the day of an inspection after a comma; nothing if it is not known.
fn on(assessment: &Assessment) -> String {
    assessment.date.map(|date| format!(", {date}")).unwrap_or_default()
}

fn without(listing: &Listing, authority: &Authority) -> Vec<String> {
    let framework = listing.view().framework().map(AsRef::as_ref);
    vec![format!("{}: {}.", authority.name, wording::without_assessment(framework))]
}

/// Returns two councils beside each other: how many of the judgements that both have differ; those, then those that are the same, then
/// those that one of them, or none, has.
pub fn compare(listing: &Listing, left: AuthorityId, right: AuthorityId) -> Vec<String> {
    let view = listing.view();
    let ids = [left, right];
    let (Some(left), Some(right)) = (listing.authority(left), listing.authority(right)) else { return Vec::new() };
    let (Some(one), Some(other)) = (view.assessment(left), view.assessment(right)) else {
        let missing = [left, right].into_iter().filter(|authority| view.assessment(authority).is_none());
        return missing.flat_map(|authority| without(listing, authority)).collect();
    };
    let framework = &one.framework;
    let compared = compared(view, &ids);
    let mut lines = Vec::new();
    for position in compared.order() {
        let category = framework.categories.get(position);
        let both = one.judgements.get(position).zip(other.judgements.get(position));
        let (Some(category), Some((mine, theirs))) = (category, both) else { continue };
        let [left_words, right_words] = [mine, theirs].map(|one| wording::judgement(framework, one));
        lines.push(match left_words == right_words {
            true => format!("{}: both {left_words}.", category.label),
            false => format!("{}: {} {left_words}; {} {right_words}.", category.label, left.name, right.name),
        });
    }
    let graded = compared.differ.len() + compared.same.len();
    let names = format!("{}{} and {}{}", left.name, on(one), right.name, on(other));
    let first = format!("{names} differ in {} of the {graded} judgements that both have.", compared.differ.len());
    std::iter::once(first).chain(lines).collect()
}

/// Returns a region: how many of its councils are good or better in each judgement, and each council with its grades.
pub fn region(listing: &Listing, name: &str) -> Vec<String> {
    let view = listing.view();
    let name = match resolve::region(listing.dataset(), name) {
        Ok(name) => name,
        Err(unknown) => return vec![capitalized(&format!("{unknown}."))],
    };
    let all = (0..listing.dataset().authorities.len()).map(AuthorityId).filter(|id| view.is_listed(*id));
    let region = view.regions().iter().position(|region| *region == name);
    let ids: Vec<AuthorityId> = all.filter(|id| region.is_some() && view.region(*id) == region).collect();
    let mut lines = vec![format!("{name}, {}.", plural(ids.len(), "council", "councils"))];
    lines.push(shares(listing, &ids, "in the region"));
    lines.extend(each(listing, &ids));
    lines
}

/// Returns how many of some councils are good or better in each judgement.
fn shares(listing: &Listing, ids: &[AuthorityId], among: &str) -> String {
    let view = listing.view();
    let Some(framework) = view.framework() else { return String::new() };
    let (tallies, _) = tallies(view, ids.iter().copied());
    let share = |position: usize| {
        let (category, tally) = (framework.categories.get(position)?, tallies.get(position)?);
        let share = wording::share_under(Some(framework), tally.matching, tally.known);
        Some(format!("{} {share}", category.label.to_lowercase()))
    };
    let shares: Vec<String> = framework.shown_order().into_iter().filter_map(share).collect();
    format!("{} {among}: {}.", capitalized(&view.good_words()), shares.join("; "))
}

/// Returns a paragraph for each council, with its grades.
fn each(listing: &Listing, ids: &[AuthorityId]) -> Vec<String> {
    let told = |authority: &Authority| match listing.view().assessment(authority) {
        Some(assessment) => vec![summary(authority, assessment)],
        None => without(listing, authority),
    };
    ids.iter().filter_map(|id| listing.authority(*id)).flat_map(told).collect()
}

/// Returns what else happened by a day, the newest first, each with its sources.
fn happened(authority: &Authority, as_at: Option<AsAt>) -> Vec<String> {
    let order = wording::events_by(authority, as_at);
    let events = order.into_iter().filter_map(|at| authority.events.get(at));
    let words = |event: &TimelineEntry| {
        let link = event.evidence.iter().find_map(Evidence::link).map(|link| format!(" {link}")).unwrap_or_default();
        format!("{}: {}.{link}", capitalized(&wording::event_when(event)), wording::event(event, as_at))
    };
    let mut lines: Vec<String> = events.map(words).collect();
    if authority.events.iter().any(|event| event.kind.is_intervention()) {
        lines.push(format!("{}.", wording::THOSE_KNOWN));
    }
    lines
}

/// Returns what the report of an inspection asks to improve.
fn improve(assessment: &Assessment, before: Option<&Assessment>) -> Vec<String> {
    if assessment.recommendations.is_none() {
        return Vec::new();
    }
    if let Some(words) = wording::nothing_listed_in_report(assessment) {
        return vec![words.to_owned()];
    }
    let words = |one: &Recommendation| {
        let again = if assessment.is_again(one, before) { ", asked for again" } else { "" };
        format!("{}{again}.", capitalized(&one.words))
    };
    std::iter::once(format!("{}:", wording::ASKED))
        .chain(assessment.recommended_again_first(before).into_iter().map(|(_, one)| words(one)))
        .collect()
}

/// Returns an assessment: its name and day, a line for each judgement, and what officials said.
fn assessed(authority: &Authority, assessment: &Assessment, as_at: Option<AsAt>) -> Vec<String> {
    let framework = &assessment.framework;
    let mut lines = vec![format!("{}{}:", framework.title, on(assessment))];
    let before = authority.before_as_at(assessment, as_at);
    for (position, category, judgement) in judged(assessment) {
        let moved = before.map(|before| moved(assessment, before, position)).unwrap_or_default();
        let last = authority.last_before_end(assessment, position);
        let last = last.map(|(last, judgement)| format!("; {}", wording::last_grade(last, judgement)));
        let last = last.unwrap_or_default();
        lines.push(format!("{}: {}{moved}{last}.", category.label, wording::judgement(framework, judgement)));
    }
    lines.extend(improve(assessment, before));
    lines.extend(quoted(&assessment.quotes));
    let link = assessment.origin.as_ref().and_then(|origin| origin.link());
    lines.extend(link.map(|link| format!("{}: {link}", wording::linked_page(link).unwrap_or("Report"))));
    let evidence = assessment.judgements.iter().flat_map(|judgement| &judgement.evidence);
    let mut sources: Vec<String> = Vec::new();
    for source in evidence.map(|evidence| format!("Source: {}", wording::source(&evidence.source))) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    lines.extend(sources);
    lines
}

/// Returns the judgements of an inspection with their categories, in the order in which people read them.
fn judged(assessment: &Assessment) -> impl Iterator<Item = (usize, &Category, &Judgement)> {
    let order = assessment.framework.shown_order().into_iter();
    order.filter_map(|position| {
        Some((position, assessment.framework.categories.get(position)?, assessment.judgements.get(position)?))
    })
}

/// Returns how a grade moved, in words: ", up from requires improvement to be good in 2018".
fn moved(assessment: &Assessment, before: &Assessment, category: usize) -> String {
    let movement = assessment.movement(before, category);
    let (Some(movement), Some(old)) = (movement, before.judgements.get(category)) else { return String::new() };
    let year = before.date.map(|date| format!(" in {}", date.year())).unwrap_or_default();
    let was = assessment.framework.categories.get(category).and_then(|category| category.moved_from(movement));
    let redefined = was.map(|was| format!(", when it covered more ({was})")).unwrap_or_default();
    if movement.is_redefined {
        return format!(", before{year} {}{redefined}", wording::judgement(&before.framework, old));
    }
    match movement.trend {
        Trend::Up => format!(", up from {}{year}{redefined}", wording::judgement(&before.framework, old)),
        Trend::Down => format!(", down from {}{year}{redefined}", wording::judgement(&before.framework, old)),
        Trend::Same => {
            format!(", the same as{}{redefined}", if year.is_empty() { " before".to_owned() } else { year })
        }
    }
}

/// Returns the quotes as lines; consecutive ones of one speaker and source share the line of the speaker and that of the source.
fn quoted(quotes: &[Quote]) -> Vec<String> {
    let who = |quote: &Quote| {
        let role = quote.role.iter().map(|role| format!(", {role}")).collect::<String>();
        format!("Said by {}{role}:", quote.speaker)
    };
    let source = |quote: &Quote| {
        let link = quote.source.link.iter().map(|link| format!(", {link}")).collect::<String>();
        format!("Source: {}, {}{link}", quote.source.publisher, quote.source.title)
    };
    let together = quotes.chunk_by(|one, next| (who(one), source(one)) == (who(next), source(next)));
    let mut lines = Vec::new();
    for quotes in together {
        lines.extend(quotes.first().map(who));
        for quote in quotes {
            lines.extend(quote.passages.iter().map(|passage| passage.text.to_string()));
            lines.extend(wording::summary(quote));
        }
        lines.extend(quotes.first().map(source));
    }
    lines
}

/// Returns the national picture: published figures if there are some for the framework, else our own counts.
pub fn national(listing: &Listing) -> Vec<String> {
    let Some(framework) = listing.view().framework() else { return vec!["There is no framework.".to_owned()] };
    let mut lines = vec![format!("{}, {}:", framework.title, framework.scale.good_words())];
    let published = published_figures(listing.dataset(), framework);
    let is_of_council = framework.is_of_council();
    let order = framework.shown_order();
    let claims = order.iter().filter(|_| is_of_council).filter_map(|position| {
        let (figures, category) = (published.categories.get(*position)?, framework.categories.get(*position)?);
        let claim = listing.dataset().claims.get(figures.good?)?;
        Some(format!("{}: {}, a published figure.", category.label, wording::figure(claim)))
    });
    lines.extend(claims);
    if lines.len() > 1 {
        let total = published.assessed.and_then(|position| listing.dataset().claims.get(position));
        lines.extend(total.and_then(|claim| match claim.value {
            Value::Count(count) => Some(format!("{count} councils were assessed.")),
            Value::Percent(_) => None,
        }));
        return lines;
    }
    let summary = national_summary(listing);
    let counted = order
        .iter()
        .filter_map(|position| Some((framework.categories.get(*position)?, summary.categories.get(*position)?)));
    for (category, counts) in counted {
        let share = wording::share_under(Some(framework), counts.good.matching, counts.good.known);
        let steps = framework.scale.steps.iter().zip(&counts.steps);
        let each: Vec<String> =
            steps.map(|(step, count)| format!("{} {count}", step.word.as_str().to_lowercase())).collect();
        lines.push(format!("{}: {share} ({}).", category.label, each.join(", ")));
        lines.extend(wording::absences(&category.label, counts).map(|words| words + "."));
    }
    lines.push(format!("{} assessed of {}. Our count.", summary.assessed, summary.listed));
    lines.extend(wording::with_mark(&summary).map(|words| words + "."));
    lines
}

/// Returns the grades of the category that people read first, by region, each authority with its grade.
pub fn map(listing: &Listing) -> Vec<String> {
    let view = listing.view();
    let Some(framework) = view.framework() else { return Vec::new() };
    let Some(shown) = framework.shown_order().first().copied() else { return Vec::new() };
    let Some(category) = framework.categories.get(shown) else { return Vec::new() };
    let mut lines = vec![format!("{}, {}, by region:", framework.title, category.label.to_lowercase())];
    let regions = view.regions().iter().cloned().enumerate().map(|(position, name)| (Some(position), name));
    for (position, region) in regions.chain([(None, "Region not known".to_owned())]) {
        let all = (0..listing.dataset().authorities.len()).map(AuthorityId);
        let in_region = all.filter(|id| view.is_listed(*id) && view.region(*id) == position);
        let mut names: Vec<String> = in_region
            .filter_map(|id| {
                let authority = listing.authority(id)?;
                let word = view
                    .judgement(shown, authority)
                    .zip(view.assessment(authority))
                    .map_or("not assessed".to_owned(), |(judgement, assessment)| {
                        wording::judgement(&assessment.framework, judgement)
                    });
                Some(format!("{} {word}", authority.name))
            })
            .collect();
        names.sort_unstable();
        if !names.is_empty() {
            lines.push(format!("{region}: {}.", names.join("; ")));
        }
    }
    lines
}

/// Returns the reports published since a day, newest first, under whatever framework.
pub fn changes(dataset: &Dataset, since: Date) -> Vec<String> {
    let of_each = dataset.authorities.iter().flat_map(|a| a.assessments.iter().map(move |assessment| (a, assessment)));
    let mut found: Vec<(&Authority, &Assessment)> =
        of_each.filter(|(_, assessment)| assessment.is_published_since(since)).collect();
    found.sort_by_key(|(_, assessment)| std::cmp::Reverse(assessment.date));
    let reports = plural(found.len(), "report was", "reports were");
    let mut lines = vec![format!("{reports} published on or after {since}.")];
    lines.extend(found.into_iter().map(|(authority, assessment)| summary(authority, assessment)));
    lines
}

/// Returns an authority with the grades of an assessment in one paragraph.
fn summary(authority: &Authority, assessment: &Assessment) -> String {
    let before = authority.before(assessment);
    let each = judged(assessment).map(|(position, category, judgement)| {
        let moved = before.map(|before| moved(assessment, before, position)).unwrap_or_default();
        format!("{} {}{moved}", category.label.to_lowercase(), wording::judgement(&assessment.framework, judgement))
    });
    format!("{}{}: {}.", authority.name, on(assessment), each.collect::<Vec<_>>().join("; "))
}

/// Returns an authority beside its statistical neighbours, and how many of them are good or better.
pub fn neighbours(listing: &Listing, id: AuthorityId) -> Vec<String> {
    let view = listing.view();
    let Some(authority) = listing.authority(id) else { return Vec::new() };
    let Some(model) = &authority.neighbours else {
        return vec![format!("These data name no statistical neighbours of {}.", authority.name)];
    };
    let found: Vec<AuthorityId> = model.la_codes.iter().filter_map(|la| listing.with_la_code(la)).collect();
    let mut lines: Vec<String> =
        view.assessment(authority).map(|shown| summary(authority, shown)).into_iter().collect();
    lines.push(shares(listing, &found, "among its statistical neighbours"));
    lines.push(format!("Its statistical neighbours, the most alike first ({}):", model.source.title));
    lines.extend(each(listing, &found));
    lines
}

/// Returns where the data come from.
pub fn sources(dataset: &Dataset) -> Vec<String> {
    let mut lines = vec![format!("{}.", wording::data(dataset, dataset.frameworks.iter().map(AsRef::as_ref)))];
    lines.extend(dataset.sources.iter().map(|source| {
        let date = source.date.map(|date| format!(", {date}")).unwrap_or_default();
        let link = source.link.iter().map(|link| format!(", {link}")).collect::<String>();
        format!("{}, {}{date}{link}", source.publisher, source.title)
    }));
    lines
}
