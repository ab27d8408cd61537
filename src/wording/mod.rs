//! Phrases for values, shared by the browser and the commands.

mod age;
mod beside;
mod claims;
mod coverage;
mod events;
mod recommendations;
mod search;
mod series;

pub use age::{ago, fetched, old_files};
pub use beside::{compared, known_by};
pub use claims::{claim, claim_category, counted_of, figure, percent, percent_under, share, share_under, verdict};
pub use coverage::held;
pub use events::{
    NOTHING_KNOWN, THOSE_KNOWN, event, event_dated, event_end, event_kind, event_person, event_sentence, event_when,
    events_by, has_no_known_end,
};
pub use recommendations::{AGAIN, ASKED, OUR_WORDS, codes, grades_since, nothing_listed_in_report, wider_grades};
pub use search::{not_found, not_one, nothing_listed};
pub use series::{ABOUT_JUDGEMENTS, ABOUT_SERIES, counted, series_figure};

use crate::dataset::{
    Absence, AsAt, Assessment, Authority, Category, Certainty, Claim, Council, Dataset, Date, Framework, Judgement,
    Movement, Neighbours, Outcome, Quote, Rank as SourceRank, Source, Step, Target, Trend, Value, provider_number,
};
use crate::query::{Filter, View};
use crate::statistics::{CategoryCounts, Count, MapView, Rank, RegionCounts, Shown, Summary, Year};
pub use crate::text::list;
use crate::text::{ordinal, plural};

/// Describes a council as far as it is known: "Shropshire Council, unitary, since 1 April 2009".
pub fn council(council: &Council) -> String {
    let kind = council.kind.iter().map(|kind| format!(", {kind}"));
    let since = council.since.iter().map(|since| format!(", since {since}"));
    std::iter::once(council.name.to_string()).chain(kind).chain(since).collect()
}

/// Describes the data, with who made the judgements under some frameworks, who collected any of them, and the newest report:
/// "ILACS outcomes: judgements by Ofsted, collected by the ofsted-ilacs-scrape-tool; newest report 20 August 2026".
pub fn data<'f>(dataset: &Dataset, frameworks: impl IntoIterator<Item = &'f Framework>) -> String {
    let frameworks: Vec<&Framework> = frameworks.into_iter().collect();
    let is_shown =
        |a: &&Assessment| frameworks.is_empty() || frameworks.iter().any(|framework| a.framework.is(framework));
    let assessments = dataset.authorities.iter().flat_map(|authority| &authority.assessments).filter(is_shown);
    let collectors = collectors(dataset, &frameworks);
    let newest = assessments.filter_map(|a| a.date).max().or(dataset.date);
    if dataset.collector.is_none() {
        let date = newest.map(|date| format!(", {date}")).unwrap_or_default();
        return format!("{}, {}{date}", dataset.title, dataset.publisher_of(frameworks));
    }
    let collector = match collectors.as_slice() {
        [] => String::new(),
        names => {
            let named = names.iter().map(|name| if name == OTHERS { name.clone() } else { format!("the {name}") });
            format!(", collected by {}", list(&named.collect::<Vec<_>>()))
        }
    };
    let newest = newest.map(|date| format!("; newest report {date}")).unwrap_or_default();
    format!("{}: judgements by {}{collector}{newest}", dataset.title, dataset.publisher_of(frameworks))
}

/// Stands for the collectors of assessments that the collector of the dataset did not collect.
const OTHERS: &str = "others";

/// Names who collected assessments under some frameworks, or under any if none is given: the collector of the dataset collected those
/// of councils; who collected the others, their sources say.
pub fn collectors(dataset: &Dataset, frameworks: &[&Framework]) -> Vec<String> {
    let Some(collector) = &dataset.collector else { return Vec::new() };
    let is_shown =
        |a: &&Assessment| frameworks.is_empty() || frameworks.iter().any(|framework| a.framework.is(framework));
    let is_collected =
        |a: &&Assessment| a.origin.as_ref().is_some_and(|origin| origin.table.source.rank == SourceRank::Collected);
    let collected = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    let all = || collected.clone().filter(is_shown).filter(is_collected);
    let of_councils = all().any(|a| a.framework.is_of_council()).then(|| collector.to_string());
    let of_others = all().any(|a| !a.framework.is_of_council()).then(|| OTHERS.to_owned());
    of_councils.into_iter().chain(of_others).collect()
}

/// Says when an authority ended and what replaced it: "Ended on 31 March 2023; replaced by Cumberland and Westmorland
/// and Furness."; `None` if it still exists.
pub fn ended(authority: &Authority) -> Option<String> {
    let until = authority.until?;
    let heirs = match authority.replaced_by.as_slice() {
        [] => String::new(),
        heirs => format!("; replaced by {}", heirs.join("; ")),
    };
    Some(format!("Ended on {until}{heirs}."))
}

/// Names the authorities that an authority replaced, wholly or in part: "Since 1 April 2023; before: Cumbria (its
/// inspections are under its own name)."; `None` if the data have none.
pub fn predecessors(dataset: &Dataset, authority: &Authority) -> Option<String> {
    // Only an authority created since 2006 replaced others; the data are not searched for any other.
    let from = authority.from?;
    let is_before = |other: &&Authority| other.replaced_by.contains(&authority.name);
    let names: Vec<String> = dataset.authorities.iter().filter(is_before).map(|other| other.name.to_string()).collect();
    (!names.is_empty()).then(|| format!("Since {from}; before: {} (with its own inspections).", list(&names)))
}

/// Says what a step of a scale means: as a quotation with who published it, or marked as in our words; `None` if our
/// sources do not say.
pub fn meaning(step: &Step) -> Option<String> {
    let meaning = step.meaning.as_ref()?;
    Some(match step.quoted_from() {
        Some(source) => format!("\u{2018}{meaning}\u{2019} ({})", source.publisher),
        None => format!("{meaning} (in our words)"),
    })
}

/// Returns what is said of an authority without an assessment under a framework.
pub fn without_assessment(framework: Option<&Framework>) -> &'static str {
    if framework.is_some_and(|framework| framework.is_named_only) {
        "not named in our sources"
    } else {
        "no assessment"
    }
}

/// Returns what a map says of an authority without an assessment by the day of the map: under its framework or, where it shows the
/// series, under either of that.
pub fn without_assessment_by_then(view: &MapView) -> String {
    let framework = view.framework.as_deref();
    let words = without_assessment(framework);
    match (framework, view.shown) {
        (Some(framework), _) if framework.is_named_only => words.to_owned(),
        (Some(framework), Shown::Category(_)) if framework.is_in_series() => {
            format!("{words} by then, of the inspections {}", years_of(framework))
        }
        _ => format!("{words} by then"),
    }
}

/// Says that only some of the assessed authorities are counted, if our sources name only those under a framework.
pub fn named_only(framework: &Framework, dataset: &Dataset) -> Option<String> {
    if !framework.is_named_only {
        return None;
    }
    let is_total = |claim: &&Claim| claim.framework.is(framework) && claim.target == Target::Assessed;
    let total = dataset.claims.iter().find(is_total).and_then(|claim| match claim.value {
        Value::Count(count) => Some(format!(", of {count} that were assessed")),
        Value::Percent(_) => None,
    });
    Some(format!(
        "Only councils that our sources name are counted{}: this is not the share of a region or of England.",
        total.unwrap_or_default()
    ))
}

/// Returns a warning if the share of a year says little about all authorities: few are named in our sources, or few were
/// inspected by then.
pub fn year_remark(year: &Year) -> Option<String> {
    let Year { framework, category, good, assessed, ended, listed, .. } = year;
    match year {
        _ if framework.is_named_only => Some("only those that our sources name".to_owned()),
        _ if *ended > 0 => {
            let words = framework.categories.get(*category).map(|category| no_longer_graded(category, *ended));
            let words = words.unwrap_or_default().replacen(' ', &format!(" of {assessed} "), 1);
            Some(format!("{words}: shares before that day are of other councils"))
        }
        _ if year.is_thin() => Some(format!("only {assessed} of {listed} had been inspected")),
        _ if year.is_new() => Some(format!("few graded in it yet: {} of {listed}", good.known)),
        _ => None,
    }
}

/// Says how many have no grade in a category because it ended: "11 no longer graded since 1 April 2026".
pub fn no_longer_graded(category: &Category, count: u32) -> String {
    let since = category.until.and_then(|until| until.day_after());
    let since = since.map(|day| format!(" since {day}")).unwrap_or_default();
    format!("{count} no longer graded{since}")
}

/// Returns the name of a region, or that it is not known.
pub fn region(region: &RegionCounts) -> &str {
    region.name.as_deref().unwrap_or("region not known")
}

/// Returns how many authorities of a region are no longer graded in some categories, so that its shares are not of all:
/// "Overall: 2 no longer graded since 1 April 2026"; `None` if all are.
pub fn region_remark(categories: &[Category], region: &RegionCounts) -> Option<String> {
    let ended = categories.iter().zip(&region.ended).filter(|(_, count)| **count > 0);
    let words = ended.map(|(category, count)| format!("{}: {}", category.short, no_longer_graded(category, *count)));
    Some(words.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty())
}

/// Returns what a person said in our words, marked as such; `None` if the source is quoted word for word.
pub fn summary(quote: &Quote) -> Option<String> {
    quote.summary.as_ref().map(|summary| format!("in our words: {summary}"))
}

/// Describes the conditions of a filter: "published on or after 1 July 2026", "London", "Care leavers R or I"; empty
/// if the filter keeps all.
pub fn filter(filter: &Filter, view: &View) -> Vec<String> {
    let mut words: Vec<String> = filter.since.iter().map(|since| format!("published on or after {since}")).collect();
    words.extend(filter.regions.iter().cloned());
    let steps = view.framework().map(|framework| &framework.scale);
    for (position, category) in view.categories().iter().enumerate() {
        let grades = filter.grades.iter().filter(|(wanted, _)| *wanted == position);
        let signs: Vec<String> = grades.filter_map(|(_, grade)| Some(steps?.step(*grade)?.sign())).collect();
        if !signs.is_empty() {
            words.push(format!("{} {}", category.short, signs.join(" or ")));
        }
    }
    if !filter.asked.is_empty() {
        words.push(format!("asked to improve {}", filter.asked.join(" or ").replace('-', " ")));
    }
    if filter.is_quoted {
        words.push("with something said".to_owned());
    }
    if !filter.happened.is_empty() {
        let kinds: Vec<&str> = filter.happened.iter().map(|kind| event_kind(*kind)).collect();
        words.push(format!("known: {}", kinds.join(" or ")));
    }
    words
}

/// Says how a grade moved since the previous assessment, the longest form first: "↑ from Requires improvement in 2018",
/// "↑ from Requires improvement", "↑". Across a redefinition of the category it is said that the old grade covered more.
/// Nothing for a grade that stayed the same.
pub fn moved(before: &Assessment, category: usize, movement: Movement) -> Vec<String> {
    let from = before.judgements.get(category).and_then(|judgement| before.framework.scale.step(judgement.grade()?));
    let (Some(from), false) = (from, movement.trend == Trend::Same) else { return Vec::new() };
    let (sign, from) = (movement.sign(), from.short_word());
    let year = before.date.map(|date| format!(" in {}", date.year())).unwrap_or_default();
    match movement.is_redefined {
        true => vec![format!("was {from}{year}, covering more"), format!("was {from}, covering more"), String::new()],
        false => vec![format!("{sign} from {from}{year}"), format!("{sign} from {from}"), sign.to_owned()],
    }
}

/// Explains the arrows; for a redefined category, also when and from what it was redefined.
pub fn movement_legend(framework: Option<&Framework>) -> String {
    if framework.is_some_and(|framework| framework.is_named_only) {
        return "What moved is not known: our sources name only some of the ratings.".to_owned();
    }
    let mut legend = "↑ ↓ better or worse than at the inspection before under the same framework".to_owned();
    for category in framework.into_iter().flat_map(|framework| &framework.categories) {
        if let Some(redefinition) = &category.redefined {
            let (label, on, was) = (&category.label, redefinition.on, &redefinition.was);
            legend.push_str(&format!("; {label} not across {on}, until when it was {was:?} in one"));
        }
    }
    legend + "."
}

/// Explains how many grades are not compared with the one before, because the category was redefined in between; `None` if it was
/// not, or if there are none.
pub fn redefined_movement(category: &Category, count: u32) -> Option<String> {
    let redefinition = category.redefined.as_ref().filter(|_| count > 0)?;
    let (label, was, on) = (&category.label, &redefinition.was, redefinition.on);
    Some(format!("{label}: {count} not compared with the grade before, which until {on} was for {was:?} in one."))
}

/// Explains why some assessed authorities have no grade in a category: "Overall: 11 without a grade (category
/// ended)"; `None` if all have one.
pub fn absences(category: &str, counts: &CategoryCounts) -> Option<String> {
    let reasons: Vec<String> = match counts.absences.as_slice() {
        [(only, _)] => vec![absence(*only).to_owned()],
        several => several.iter().map(|(absence, count)| format!("{count} {}", self::absence(*absence))).collect(),
    };
    (counts.absent > 0).then(|| format!("{category}: {} without a grade ({})", counts.absent, reasons.join(", ")))
}

/// Says when something was published: "published on 3 August 2026", "published in January 2018".
pub fn published(date: Date) -> String {
    format!("published {} {date}", if date.is_day() { "on" } else { "in" })
}

/// Names the count of [`Summary::route`], which only the README of the collected history describes.
pub const ROUTE: &str = "Ofsted's rule of 2026 for the route of the next inspection (collected by others, from the README of the \
                         ofsted-ilacs-scrape-tool; not a grade)";

/// Explains the mark of a grade that its source does not state directly.
pub const MARK_LEGEND: &str = "* worked out or collected by others";

/// Says how many of the authorities counted have grades that their sources do not state directly: "40 of 153 have grades
/// that are not from the report itself"; `None` if there are none.
pub fn with_mark(summary: &Summary) -> Option<String> {
    let Summary { with_mark, assessed, .. } = summary;
    let have = if *with_mark == 1 { "has" } else { "have" };
    let words = format!(
        "{with_mark} of {assessed} {have} grades that are not from the report itself: worked out, or collected by others"
    );
    (*with_mark > 0).then_some(words)
}

/// Explains a certainty: "second-hand: one source repeating another".
pub fn certainty_meaning(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "from the report: the source says it",
        Certainty::Inferred => "worked out: it follows from what the source says, by the step given",
        Certainty::SecondHand => "collected by others: one source repeating another",
    }
}

/// Says in a few words why there is no grade.
pub fn absence(absence: Absence) -> &'static str {
    match absence {
        Absence::CategoryEnded => "no longer graded",
        other => other.words(),
    }
}

/// Says where a grade is from.
pub fn support(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "from the report",
        Certainty::Inferred => "worked out from what the source says",
        Certainty::SecondHand => "collected by others",
    }
}

/// Returns the years of a framework, by which people know the inspections of councils: "since 2018", "2013–18"; for other
/// frameworks their short name.
pub fn years_of(framework: &Framework) -> String {
    match (framework.is_in_series(), framework.from, framework.until) {
        (true, Some(from), None) => format!("since {}", from.year()),
        (true, Some(from), Some(until)) => format!("{}–{:02}", from.year(), until.year().rem_euclid(100)),
        _ => framework.short.to_string(),
    }
}

/// Says when an assessment was made and published, the longest form first: "Inspected January 2023, report 10 March 2023".
pub fn inspected(assessment: &Assessment) -> Vec<String> {
    let report = assessment.date.map_or("date of the report not recorded".to_owned(), |date| format!("report {date}"));
    let began = assessment.visit.as_ref().and_then(|visit| visit.from);
    let long = match began {
        Some(began) => format!("Inspected {}, {report}", month(began)),
        None if assessment.framework.is_in_series() => report.clone(),
        None => format!("{}, {report}", assessment.framework.short),
    };
    let short = assessment.date.map_or_else(String::new, |date| date.to_string());
    vec![long, report, short]
}

/// Names the month of a day: "January 2023".
fn month(day: Date) -> String {
    let text = day.to_string();
    text.split_once(' ')
        .filter(|(first, _)| first.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or_else(|| text.clone(), |(_, rest)| rest.to_owned())
}

/// Returns a heading with the grades that a quote is about: "Said of grade 1 in 2006", "Said of Good in 2023".
pub fn said_of(quote: &Quote, assessment: &Assessment) -> String {
    let scale = &assessment.framework.scale;
    let judgements = quote.categories.iter().filter_map(|category| assessment.judgements.get(*category));
    let mut grades: Vec<String> = Vec::new();
    for step in judgements.filter_map(|judgement| scale.step(judgement.grade()?)) {
        let words = if step.has_letter() { step.short_word().to_owned() } else { format!("grade {}", step.sign()) };
        if !grades.contains(&words) {
            grades.push(words);
        }
    }
    let year = assessment.date.map(|date| format!(" in {}", date.year())).unwrap_or_default();
    // A summary is about the inspection as a whole.
    match grades.is_empty() || quote.summary.is_some() {
        true => format!("Said of the inspection{year}"),
        false => format!("Said of {}{year}", list(&grades)),
    }
}

/// Returns how firmly a grade is supported, if its source does not state it directly: " (collected by others)".
pub fn certainty(judgement: &Judgement) -> String {
    match judgement.certainty {
        _ if judgement.mark().is_empty() => String::new(),
        Certainty::Inferred => " (worked out)".to_owned(),
        other => format!(" ({})", support(other)),
    }
}

/// Returns a judgement in words, with its certainty if its source does not state it directly: "good (collected by others)".
pub fn judgement(framework: &Framework, judgement: &Judgement) -> String {
    outcome(framework, judgement.outcome) + &certainty(judgement)
}

/// Describes the last grade of a category that has ended: "last graded requires improvement to be good on 8 May 2019".
pub fn last_grade(last: &Assessment, judgement: &Judgement) -> String {
    let grade = self::judgement(&last.framework, judgement);
    let date = last.date.map(|date| format!(" on {date}")).unwrap_or_default();
    format!("last graded {grade}{date}")
}

/// Says what a view is as at: "published by 31 March 2025".
pub fn as_at(as_at: AsAt) -> String {
    format!("{} by {}", as_at.basis.name(), as_at.day)
}

/// Explains why data with one inspection of each authority lack what was asked for: "earlier days". Short enough for
/// one line of 80 columns.
pub fn only_latest(wanted: &str) -> String {
    format!("These data hold only the latest inspections; a history (CSV) has {wanted}.")
}

/// Describes one of our own counts: "Help and protection, good or better", "Leaders, moved up since the previous
/// inspection"; `None` if the view has no such category, grade or region.
pub fn count(count: Count, view: &View) -> Option<String> {
    let category = &view.categories().get(count.category())?.label;
    Some(match count {
        Count::Good(_) => format!("{category}, {}", view.good_words()),
        Count::Step(_, step) => {
            format!("{category}, {}", view.framework()?.scale.steps.get(step)?.word.to_lowercase())
        }
        Count::Absent(_) => format!("{category}, assessed without a grade"),
        Count::Moved(_, trend) => {
            let how = match trend {
                Trend::Up => "better than",
                Trend::Same => "the same as",
                Trend::Down => "worse than",
            };
            format!("{category}, {how} at the previous inspection")
        }
        Count::InRegion(_, region) => format!("{category}, {} in {}", view.good_words(), view.regions().get(region)?),
    })
}

/// Says how one of our own counts was made.
pub fn how_counted(count: Count, view: &View) -> String {
    let day = view.day().map(|day| format!(" as at {day}")).unwrap_or_default();
    let of = match count {
        Count::Good(_) | Count::Step(..) | Count::InRegion(..) => "those with a grade",
        Count::Absent(_) => "those assessed",
        Count::Moved(..) => "those with a grade in both of their last two inspections under this framework",
    };
    let latest = match view.framework().is_some_and(|framework| framework.is_named_only) {
        true => "the latest rating that our sources name of each council",
        false => "the latest inspection of each council",
    };
    format!("Counted by us over {latest}{day}; the total is {of}.")
}

/// Names the model behind some neighbours: its title, date and note.
pub fn neighbour_model(neighbours: &Neighbours) -> String {
    let source = &neighbours.source;
    let date = source.date.map(|date| date.to_string()).filter(|date| !source.title.contains(date.as_str()));
    let date = date.map(|date| format!(", {date}")).unwrap_or_default();
    let note = source.note.iter().map(|note| format!(" ({note})")).collect::<String>();
    format!("{}{date}{note}", source.title)
}

/// Describes a grade or an absence: "good", "not reported".
pub fn outcome(framework: &Framework, outcome: Outcome) -> String {
    match outcome {
        Outcome::Grade(grade) => {
            framework.scale.step(grade).map(|step| step.word.as_str().to_lowercase()).unwrap_or_default()
        }
        Outcome::Absent(why) => absence(why).to_owned(),
    }
}

/// Says what a link of an inspection leads to, unless that is its report: a page of Ofsted's that lists all reports on the
/// council.
pub fn linked_page(link: &str) -> Option<&'static str> {
    provider_number(link).map(|_| "Ofsted's page of the council")
}

/// Returns a link, after what it leads to if that is not the report.
pub fn linked(link: &str) -> String {
    linked_page(link).map_or_else(|| link.to_owned(), |what| format!("{what}: {link}"))
}

/// Describes a source in a line: publisher, title, date, note, link.
pub fn source(source: &Source) -> String {
    let mut parts = vec![format!("{}, {}", source.publisher, source.title)];
    parts.extend(source.date.map(|date| date.to_string()));
    parts.extend(source.note.as_deref().map(String::from));
    parts.extend(source.link.as_deref().map(String::from));
    parts.join(" · ")
}

/// Describes a rank: "Leaders: 3rd of 24, tied with 5 others".
pub fn rank(rank: &Rank, categories: &[Category]) -> String {
    let short = categories.get(rank.category).map_or("", |category| category.short.as_str());
    format!("{short}: {}", rank_alone(rank))
}

/// Describes a rank: "9th of 15, tied with 4 others".
pub fn rank_alone(rank: &Rank) -> String {
    let tied = match rank.tied {
        0 => String::new(),
        tied => format!(", tied with {}", plural(tied, "other", "others")),
    };
    format!("{} of {}{tied}", ordinal(rank.rank), rank.known)
}

/// Explains the letters in the headers of categories: "Ov is Overall, Le is Leaders".
pub fn letters(categories: &[Category]) -> String {
    let explained = categories.iter().map(|category| format!("{} is {}", category.letters(), category.short));
    explained.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_council_is_told_as_far_as_it_is_known() {
        let mut shropshire = Council { name: "Shropshire Council".into(), kind: None, since: None };
        assert_eq!(council(&shropshire), "Shropshire Council");
        shropshire.kind = Some("unitary".into());
        shropshire.since = Some("2009-04-01".parse().unwrap());
        assert_eq!(council(&shropshire), "Shropshire Council, unitary, since 1 April 2009");
    }

    #[test]
    fn lists_as_one_says_it() {
        let all: Vec<String> = ["services", "social care", "capacity"].map(String::from).into();
        assert_eq!(list(&all), "services, social care and capacity");
        assert_eq!(list(&all[..1]), "services");
        assert_eq!(list::<String>(&[]), "");
    }
}
