//! The answers of the prompt, in sentences.

use crate::dataset::{
    AsAt, Assessment, Authority, Dataset, Date, Evidence, Quote, Recommendation, TimelineEntry, Trend, Value,
};
use crate::query::{AuthorityId, Listing};
use crate::statistics::{national as published_figures, national_summary, tallies};
use crate::text::{capitalized, plural};
use crate::wording;

/// Returns an authority: who it is, its assessments under the framework shown and the others, and what was answered.
pub fn authority(listing: &Listing, id: AuthorityId) -> Vec<String> {
    let Some(authority) = listing.authority(id) else { return Vec::new() };
    let region = authority.region.iter().map(|region| format!(", {region}")).collect::<String>();
    let mut lines = vec![format!("{}{region}.", authority.name)];
    lines.extend(wording::ended(authority));
    let shown = listing.view().assessment(authority);
    match (shown, listing.view().framework()) {
        (Some(assessment), _) => lines.extend(assessed(authority, assessment, listing.view().as_at())),
        (None, Some(framework)) => lines.push(format!("Our sources name no assessment under {}.", framework.title)),
        (None, None) => {}
    }
    let order = authority.newest_first();
    let as_at = listing.view().as_at();
    let others = order.iter().filter_map(|position| authority.assessments.get(*position));
    for assessment in
        others.filter(|one| one.counts_as_at(as_at)).filter(|one| shown.is_none_or(|shown| !std::ptr::eq(*one, shown)))
    {
        lines.extend(assessed(authority, assessment, as_at));
    }
    lines.extend(happened(authority, as_at));
    lines
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
    let Some(all) = &assessment.recommendations else { return Vec::new() };
    if let Some(words) = wording::nothing_listed_in_report(assessment) {
        return vec![words.to_owned()];
    }
    let words = |one: &Recommendation| {
        let again = if assessment.is_again(one, before) { ", asked for again" } else { "" };
        format!("{}{again}.", capitalized(&one.words))
    };
    std::iter::once(format!("{}:", wording::ASKED)).chain(all.all.iter().map(words)).collect()
}

/// Returns an assessment: its name and day, a line for each judgement, and what officials said.
fn assessed(authority: &Authority, assessment: &Assessment, as_at: Option<AsAt>) -> Vec<String> {
    let framework = &assessment.framework;
    let date = assessment.date.map(|date| format!(", {date}")).unwrap_or_default();
    let mut lines = vec![format!("{}{date}:", framework.title)];
    let before = authority.before_as_at(assessment, as_at);
    for (position, (category, judgement)) in framework.categories.iter().zip(assessment.judgements.iter()).enumerate() {
        let moved = before.map(|before| moved(assessment, before, position)).unwrap_or_default();
        let last = authority.last_before_end(assessment, position);
        let last = last.map(|(last, judgement)| format!("; {}", wording::last_grade(last, judgement)));
        let last = last.unwrap_or_default();
        lines.push(format!("{}: {}{moved}{last}.", category.label, wording::judgement(framework, judgement)));
    }
    lines.extend(improve(assessment, before));
    lines.extend(assessment.quotes.iter().flat_map(quoted));
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

fn quoted(quote: &Quote) -> Vec<String> {
    let role = quote.role.iter().map(|role| format!(", {role}")).collect::<String>();
    let mut lines = vec![format!("Said by {}{role}:", quote.speaker)];
    lines.extend(quote.passages.iter().map(|passage| passage.text.to_string()));
    lines.extend(wording::summary(quote));
    let link = quote.source.link.iter().map(|link| format!(", {link}")).collect::<String>();
    lines.push(format!("Source: {}, {}{link}", quote.source.publisher, quote.source.title));
    lines
}

/// Returns the national picture: published figures if there are some for the framework, else our own counts.
pub fn national(listing: &Listing) -> Vec<String> {
    let Some(framework) = listing.view().framework() else { return vec!["There is no framework.".to_owned()] };
    let mut lines = vec![format!("{}, {}:", framework.title, framework.scale.good_words())];
    let published = published_figures(listing.dataset(), framework);
    let is_of_council = framework.is_of_council();
    let claims = published.categories.iter().zip(&framework.categories).filter(|_| is_of_council).filter_map(
        |(figures, category)| {
            let claim = listing.dataset().claims.get(figures.good?)?;
            Some(format!("{}: {}, a published figure.", category.label, wording::figure(claim)))
        },
    );
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
    for (category, counts) in framework.categories.iter().zip(&summary.categories) {
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

/// Returns the grades of the first category by region, each authority with its grade.
pub fn map(listing: &Listing) -> Vec<String> {
    let view = listing.view();
    let Some(framework) = view.framework() else { return Vec::new() };
    let Some(category) = framework.categories.first() else { return Vec::new() };
    let mut lines = vec![format!("{}, {}, by region:", framework.title, category.label.to_lowercase())];
    let regions = view.regions().iter().cloned().enumerate().map(|(position, name)| (Some(position), name));
    for (position, region) in regions.chain([(None, "Region not known".to_owned())]) {
        let all = (0..listing.dataset().authorities.len()).map(AuthorityId);
        let in_region = all.filter(|id| view.is_listed(*id) && view.region(*id) == position);
        let mut names: Vec<String> = in_region
            .filter_map(|id| {
                let authority = listing.authority(id)?;
                let word = view
                    .judgement(0, authority)
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
    let date = assessment.date.map(|date| format!(", {date}")).unwrap_or_default();
    let before = authority.before(assessment);
    let judgements = assessment.framework.categories.iter().zip(assessment.judgements.iter()).enumerate();
    let each = judgements.map(|(position, (category, judgement))| {
        let moved = before.map(|before| moved(assessment, before, position)).unwrap_or_default();
        format!("{} {}{moved}", category.label.to_lowercase(), wording::judgement(&assessment.framework, judgement))
    });
    format!("{}{date}: {}.", authority.name, each.collect::<Vec<_>>().join("; "))
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
    lines.push(format!("Its statistical neighbours, the most alike first ({}):", model.source.title));
    for neighbour in found.iter().filter_map(|id| listing.authority(*id)) {
        lines.push(match view.assessment(neighbour) {
            Some(assessment) => summary(neighbour, assessment),
            None => {
                format!("{}: {}.", neighbour.name, wording::without_assessment(view.framework().map(AsRef::as_ref)))
            }
        });
    }
    let (tallies, _) = tallies(view, found.iter().copied());
    let shares = view.categories().iter().zip(tallies).map(|(category, tally)| {
        format!(
            "{} {}",
            category.label.to_lowercase(),
            wording::share_under(view.framework().map(AsRef::as_ref), tally.matching, tally.known)
        )
    });
    lines.push(format!("{} among them: {}.", capitalized(&view.good_words()), shares.collect::<Vec<_>>().join("; ")));
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
