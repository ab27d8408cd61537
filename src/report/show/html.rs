//! The page of an authority for a committee: today's judgements, the history, what officials said, the neighbours, the
//! region, and the sources as numbered notes.

use std::io::{self, Write};

use maud::{Markup, html};

use super::citations::Citations;
use super::{Show, identity, newest_first};
use crate::dataset::{Assessment, Authority, Evidence, Framework, Neighbours, Outcome, Quote, Text};
use crate::query::{AuthorityId, View};
use crate::report::html::{chip, link, write_page};
use crate::report::svg;
use crate::statistics::{Rank, in_region, ranks, tallies};
use crate::text::capitalized;
use crate::wording;

/// How many events, and how many quotes, stand before the notes; the notes have all.
const MOST: (usize, usize) = (8, 3);

/// Writes the page.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, show: &Show<'_>) -> io::Result<()> {
    write_page(out, &show.authority.name, &body(show, &|_| None))
}

/// Returns what is on the page; `to` returns the page of another council, if it has one.
pub fn body(show: &Show<'_>, to: &dyn Fn(AuthorityId) -> Option<String>) -> Markup {
    PageWriter { show, to, citations: Citations::default() }.body()
}

/// A page being written, with the sources cited so far.
struct PageWriter<'s, 'd> {
    show: &'s Show<'d>,
    to: &'s dyn Fn(AuthorityId) -> Option<String>,
    citations: Citations,
}

impl<'d> PageWriter<'_, 'd> {
    /// Returns two printed pages that answer first, then the notes: everything else, and the sources.
    fn body(&mut self) -> Markup {
        let authority = self.show.authority;
        let words = [wording::ended(authority), wording::predecessors(self.show.dataset, authority)];
        let assessments: Vec<&Assessment> = newest_first(authority).collect();
        let of_council: Vec<&Assessment> =
            assessments.iter().copied().filter(|assessment| assessment.framework.is_of_council()).collect();
        let newest = of_council.first().copied();
        let first = [
            self.newest(newest),
            self.improve(newest),
            self.quotes(&assessments, MOST.1),
            self.events(MOST.0),
            self.area(&assessments),
            self.others(newest),
            self.pictured(),
        ];
        let notes = [
            self.history(&of_council),
            self.improved_before(&of_council),
            self.quotes_left(&assessments),
            self.events_left(),
            self.notes(&assessments),
            how_to_read(&assessments),
        ];
        html! {
            p.faint { (identity(authority)) }
            @for words in words.iter().flatten() { p { (words) } }
            @for part in &first { (part) }
            section.notes {
                h2 { "Notes" }
                p.faint { (self.show.data()) "." @if let Some(newest) = newest { " " (wording::held(self.show.dataset, &newest.framework)) "." } }
                @for part in &notes { (part) }
                (self.sources())
            }
        }
    }

    /// Returns the judgements of the newest inspection with words, movement and sources.
    fn newest(&mut self, newest: Option<&'d Assessment>) -> Markup {
        let Some(assessment) = newest else {
            return html! { p { "There is no inspection of this council in the data." } };
        };
        let framework = &assessment.framework;
        let authority = self.show.authority;
        let before = authority.before(assessment);
        let order = framework.shown_order().into_iter();
        let rows: Vec<Markup> = order.filter_map(|position| {
            let category = framework.categories.get(position)?;
            let judgement = assessment.judgements.get(position)?;
            let movement = before.and_then(|before| Some((before, assessment.movement(before, position)?)));
            let moved = movement.and_then(|(before, movement)| wording::moved(before, position, movement).into_iter().next());
            let last = authority.last_before_end(assessment, position);
            let last = last.map(|(last, judgement)| {
                let marks = self.cite(&last.evidence(position));
                html! { (wording::last_grade(last, judgement)) (marks) }
            });
            let marks = self.cite(&assessment.evidence(position));
            let words = match judgement.outcome {
                Outcome::Absent(why) => wording::absence(why).to_owned(),
                graded @ Outcome::Grade(_) => wording::outcome(framework, graded),
            };
            Some(html! {
                tr {
                    th scope="row" { (category.label) }
                    td { (chip(framework, judgement)) " " (capitalized(&words)) (wording::certainty(judgement)) (marks) }
                    td { @if let Some(moved) = moved { (moved) } @if let Some(last) = last { (last) } }
                }
            })
        }).collect();
        let when = wording::inspected(assessment).into_iter().next().unwrap_or_default();
        html! {
            h2 { @if authority.until.is_some() { "Last grades" } @else { "Grades today" } }
            p { (when) "." @if let Some(council) = authority.council_at(assessment) { " At the time: " (wording::council(council)) "." } }
            table {
                caption { (framework.title) }
                thead { tr { th scope="col" { "Judgement" } th scope="col" { "Grade" } th scope="col" { "Moved" } } }
                tbody { @for row in &rows { (row) } }
            }
        }
    }

    fn pictured(&self) -> Markup {
        let picture = svg::history(self.show.authority);
        html! { @if let Some(picture) = picture { h2 { "Since the first inspection known" } figure { (picture.image()) } } }
    }

    /// Returns a table of all assessments for each framework, newest first.
    fn history(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let groups: Vec<&[&Assessment]> = assessments.chunk_by(|a, b| a.framework.is(&b.framework)).collect();
        let tables: Vec<Markup> = groups.into_iter().map(|group| self.framework_history(group)).collect();
        html! {
            @if !tables.is_empty() {
                h3 { "Every inspection" }
                p.faint { "Grades of two frameworks are never compared." }
            }
            @for table in &tables { (table) }
        }
    }

    fn framework_history(&mut self, group: &[&'d Assessment]) -> Markup {
        let Some(framework) = group.first().map(|assessment| &assessment.framework) else { return html! {} };
        let rows: Vec<Markup> = group
            .iter()
            .map(|assessment| {
                let marks = self.cite(&evidence_of_grades(assessment));
                html! {
                    tr {
                        th scope="row" {
                            @match assessment.date { Some(date) => (date), None => "date not recorded" }
                            (marks)
                        }
                        @for judgement in assessment.judgements.iter() { td { (chip(framework, judgement)) } }
                    }
                }
            })
            .collect();
        html! {
            table.short {
                caption { (framework.title) }
                thead {
                    tr {
                        th scope="col" { "Published" }
                        @for category in &framework.categories { th scope="col" { (category.short) } }
                    }
                }
                tbody { @for row in &rows { (row) } }
            }
        }
    }

    /// Returns what the report of the newest inspection asks to improve.
    fn improve(&mut self, newest: Option<&'d Assessment>) -> Markup {
        let Some(part) = newest.and_then(|assessment| self.asked(assessment)) else { return html! {} };
        html! {
            h2 { "To improve" }
            (part)
            @if newest.is_some_and(|assessment| !assessment.recommended().is_empty()) {
                p.faint { (wording::OUR_WORDS) ". " (wording::AGAIN) "." }
            }
        }
    }

    /// Returns what the reports of earlier inspections asked to improve.
    fn improved_before(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let parts: Vec<(String, Markup)> = assessments
            .iter()
            .skip(1)
            .filter_map(|assessment| {
                let date = assessment.date.map_or("date not recorded".to_owned(), |date| date.to_string());
                Some((date, self.asked(assessment)?))
            })
            .collect();
        html! { @for (date, part) in &parts { h3 { "Asked by the report of " (date) } (part) } }
    }

    /// Returns what a report asks to improve; `None` if that is not known.
    fn asked(&mut self, assessment: &'d Assessment) -> Option<Markup> {
        let all = assessment.recommendations.as_ref()?;
        let before = self.show.authority.before(assessment);
        let items = assessment.recommended_again_first(before).into_iter().map(|(_, one)| {
            let marks = self.cite(&[super::evidence_of_recommendation(all, one)]);
            html! { li { (one.words) @if assessment.is_again(one, before) { " " strong { "(again)" } } (marks) } }
        });
        let items: Vec<Markup> = items.collect();
        Some(html! {
            @if let Some(words) = wording::nothing_listed_in_report(assessment) { p { (words) } }
            @if !items.is_empty() { ul { @for item in &items { (item) } } }
        })
    }

    /// Returns the newest of what else happened.
    fn events(&mut self, most: usize) -> Markup {
        let authority = self.show.authority;
        let has_interventions = self.show.dataset.has_interventions();
        let order = wording::events_by(authority, None);
        let rows: Vec<Markup> = order.iter().take(most).map(|at| self.event(*at)).collect();
        let left = order.len().saturating_sub(most);
        html! {
            @if !rows.is_empty() || has_interventions {
                h2 { "What happened" }
                @if rows.is_empty() { p { (wording::NOTHING_KNOWN) } } @else { ul { @for row in &rows { (row) } } }
                @if left > 0 { p { "and " (left) " earlier, in the notes" } }
                @if has_interventions { p.faint { (wording::THOSE_KNOWN) "." } }
            }
        }
    }

    fn events_left(&mut self) -> Markup {
        let order = wording::events_by(self.show.authority, None);
        let rows: Vec<Markup> = order.iter().skip(MOST.0).map(|at| self.event(*at)).collect();
        html! { @if !rows.is_empty() { h3 { "What happened before" } ul { @for row in &rows { (row) } } } }
    }

    fn event(&mut self, at: usize) -> Markup {
        let Some(event) = self.show.authority.events.get(at) else { return html! {} };
        let marks = self.cite(&event.evidence);
        html! {
            li {
                (capitalized(&wording::event_when(event))) ": " (wording::event(event, None))
                @if let Some(note) = &event.note { ". " (note) }
                (marks)
            }
        }
    }

    /// Returns the inspections of the area partnership, the newest first.
    fn area(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let of_area: Vec<&Assessment> =
            assessments.iter().copied().filter(|assessment| !assessment.framework.is_of_council()).collect();
        let body = of_area.iter().find_map(|assessment| assessment.framework.body.as_deref()).unwrap_or_default();
        let rows: Vec<Markup> = of_area
            .iter()
            .map(|assessment| {
                let marks = self.cite(&evidence_of_grades(assessment));
                let framework = &assessment.framework;
                let outcomes = assessment.judgements.iter();
                let outcomes: Vec<String> = outcomes.map(|judgement| wording::judgement(framework, judgement)).collect();
                let date = assessment.date.map_or("date not recorded".to_owned(), |date| date.to_string());
                let details = assessment.visit.as_ref().and_then(|visit| visit.details.as_deref());
                html! { li { (date) ": " (outcomes.join("; ")) @if let Some(details) = details { "; " (details) } (marks) } }
            })
            .collect();
        html! {
            @if !rows.is_empty() {
                h2 { "Special educational needs" }
                p.faint { "Of the " (body) ", not the council alone." }
                ul { @for row in &rows { (row) } }
            }
        }
    }

    /// Returns some of what officials said, their own words first and the newest first.
    fn quotes(&mut self, assessments: &[&'d Assessment], most: usize) -> Markup {
        let all = quotes_of(assessments);
        let left = all.len().saturating_sub(most);
        let quotes: Vec<Markup> = all.into_iter().take(most).map(|(of, quote)| self.quote(of, quote)).collect();
        html! {
            @if !quotes.is_empty() { h2 { "What was said" } }
            @for quote in &quotes { (quote) }
            @if left > 0 { p { "and " (left) " more, in the notes" } }
        }
    }

    fn quotes_left(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let left = quotes_of(assessments).into_iter().skip(MOST.1);
        let quotes: Vec<Markup> = left.map(|(of, quote)| self.quote(of, quote)).collect();
        html! { @if !quotes.is_empty() { h3 { "What was said besides" } } @for quote in &quotes { (quote) } }
    }

    fn quote(&mut self, assessment: &Assessment, quote: &Quote) -> Markup {
        let role = quote.role.iter().map(|role| format!(", {role}")).collect::<String>();
        let marks = self.cite(&[super::evidence_of(quote)]);
        let summary = wording::summary(quote);
        html! {
            blockquote {
                @for passage in &quote.passages { p { (passage.text) } }
                @if let Some(summary) = &summary { p { (summary) } }
                p.faint { (quote.speaker) (role) ". " (wording::said_of(quote, assessment)) (marks) }
            }
        }
    }

    /// Returns the statistical neighbours and the region under the framework of the newest assessment.
    fn others(&mut self, newest: Option<&'d Assessment>) -> Markup {
        let Some(newest) = newest else { return html! {} };
        let dataset = self.show.dataset;
        let view = View::new(dataset, Some(std::sync::Arc::clone(&newest.framework)), None);
        let all = || dataset.authorities.iter().enumerate().map(|(at, authority)| (AuthorityId(at), authority));
        let own = all().find(|(_, authority)| std::ptr::eq(*authority, self.show.authority)).map(|(id, _)| id);
        let region = self.show.authority.region.as_ref();
        let in_region = in_region(dataset, &view, region.map(Text::as_str));
        let ranks = own.map(|own| ranks(&view, own, &in_region)).unwrap_or_default();
        let years = format!(", {}", wording::years_of(&newest.framework));
        html! {
            div.pair {
                (self.neighbours(&view))
                @if let Some(region) = region {
                    div {
                        h2 { (region) }
                        (good(&view, &in_region, &ranks, &format!("{} in {region}{years}", capitalized(&view.good_words()))))
                    }
                }
            }
        }
    }

    fn neighbours(&mut self, view: &View) -> Markup {
        let Some(model) = &self.show.authority.neighbours else { return html! {} };
        let authorities = &self.show.dataset.authorities;
        let place = |la: &Text| authorities.iter().position(|other| other.codes.la.as_ref() == Some(la));
        let found = model.la_codes.iter().filter_map(place);
        let ids: Vec<AuthorityId> = found.map(AuthorityId).collect();
        let (good, _) = tallies(view, ids.iter().copied());
        let order = view.framework().map(|framework| framework.shown_order()).unwrap_or_default();
        let shares = order.iter().filter_map(|at| Some((view.categories().get(*at)?, good.get(*at)?)));
        let shares: Vec<String> = shares
            .map(|(category, tally)| format!("{} {} of {}", category.short, tally.matching, tally.known))
            .collect();
        let marks = self.cite(&[super::whole(&model.source)]);
        let missing = missing(model, authorities);
        html! {
            div {
                h2 { "Statistical neighbours" }
                table {
                    caption { "The councils most like it, closest first" (marks) }
                    thead {
                        tr {
                            th scope="col" { "Council" }
                            @for category in order.iter().filter_map(|at| view.categories().get(*at)) {
                                th scope="col" { abbr title=(category.label) { (category.letters()) } }
                            }
                        }
                    }
                    tbody {
                        @for (id, other) in ids.iter().filter_map(|id| Some((*id, authorities.get(id.0)?))) {
                            tr {
                                th scope="row" { @match (self.to)(id) { Some(page) => a href=(page) { (other.name) }, None => (other.name) } }
                                @match view.assessment(other) {
                                    None => { td colspan=(order.len()) { (wording::without_assessment(view.framework().map(AsRef::as_ref))) } }
                                    Some(assessment) => {
                                        @for judgement in order.iter().filter_map(|at| assessment.judgements.get(*at)) {
                                            td { (chip(&assessment.framework, judgement)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                p { (capitalized(&view.good_words())) ": " (shares.join(", ")) "." }
                @if !missing.is_empty() { p.faint { "Not in these data: number " (wording::list(&missing)) "." } }
            }
        }
    }

    fn notes(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let own: Vec<Markup> = self
            .show
            .authority
            .notes
            .iter()
            .map(|note| {
                let marks = self.cite(&note.evidence);
                html! { li { (note.text) (marks) } }
            })
            .collect();
        let mut frameworks: Vec<&Framework> = Vec::new();
        for assessment in assessments {
            if !frameworks.iter().any(|framework| framework.is(&assessment.framework)) {
                frameworks.push(&assessment.framework);
            }
        }
        let about: Vec<(&str, Vec<Markup>)> = frameworks
            .iter()
            .map(|framework| {
                let notes = framework.notes.iter().chain(&framework.caveats);
                let items = notes.map(|note| {
                    let marks = self.cite(&note.evidence);
                    html! { li { (note.text) (marks) } }
                });
                (framework.title.as_str(), items.collect())
            })
            .collect();
        html! {
            @if !own.is_empty() { h3 { "On the council" } ul { @for note in &own { (note) } } }
            @for (title, items) in about.iter().filter(|(_, items)| !items.is_empty()) {
                h3 { (title) }
                ul { @for item in items { (item) } }
            }
        }
    }

    /// Returns the marks of some evidence, each a link to its source.
    fn cite(&mut self, evidence: &[Evidence]) -> Markup {
        html! {
            @for number in self.citations.cite(evidence) {
                sup { a href=(format!("#source-{number}")) aria-label=(format!("source {number}")) { "[" (number) "]" } }
            }
        }
    }

    fn sources(&self) -> Markup {
        let linked = |address: &str| html! { @if let Some(what) = wording::linked_page(address) { (what) ": " } (link(address)) };
        html! {
            h3 { "Sources" }
            ol.sources {
                @for (number, cited) in self.citations.cited().iter().enumerate() {
                    li id=(format!("source-{}", number + 1)) {
                        (cited.words())
                        @if let Some(address) = &cited.source.link { " · " (linked(address)) }
                        @if !cited.parts.is_empty() {
                            ul {
                                @for part in &cited.parts {
                                    li {
                                        (part.words)
                                        @if let Some(address) = &part.link {
                                            @if !part.words.is_empty() { " · " }
                                            (linked(address))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns all quotes with their assessments, words that were spoken first, and the newest first.
fn quotes_of<'d>(assessments: &[&'d Assessment]) -> Vec<(&'d Assessment, &'d Quote)> {
    let all = assessments.iter().flat_map(|assessment| assessment.quotes.iter().map(move |quote| (*assessment, quote)));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(_, quote)| quote.passages.is_empty());
    all
}

/// Returns how many of some councils are good or better, for each category, and the rank of one of them.
fn good(view: &View, among: &[AuthorityId], ranks: &[Rank], title: &str) -> Markup {
    let (tallies, _) = tallies(view, among.iter().copied());
    let order = view.framework().map(|framework| framework.shown_order()).unwrap_or_default();
    let rows = order.iter().filter_map(|at| Some((*at, view.categories().get(*at)?, tallies.get(*at)?)));
    html! {
        table {
            caption { (title) }
            thead { tr { th scope="col" { "Judgement" } th scope="col" { "Councils" } @if !ranks.is_empty() { th scope="col" { "Rank" } } } }
            tbody {
                @for (at, category, tally) in rows {
                    tr {
                        th scope="row" { (category.short) }
                        td { (tally.matching) " of " (tally.known) }
                        @if !ranks.is_empty() {
                            td { @if let Some(rank) = ranks.iter().find(|rank| rank.category == at) { (wording::rank_alone(rank)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the signs of the grades and absences used, explained.
fn how_to_read(assessments: &[&Assessment]) -> Markup {
    let mut scales: Vec<(&str, String)> = Vec::new();
    for assessment in assessments {
        let framework = &assessment.framework;
        if !scales.iter().any(|(title, _)| *title == framework.title) {
            let steps = framework.scale.steps.iter().map(|step| match step.has_short_sign() {
                true => format!("{} {}", step.sign(), step.word.as_str().to_lowercase()),
                false => step.word.to_string(),
            });
            scales.push((&framework.title, steps.collect::<Vec<_>>().join(", ")));
        }
    }
    html! {
        h3 { "How to read it" }
        ul {
            @for (title, steps) in &scales { li { (title) ", best first: " (steps) "." } }
            li { (crate::report::list::signs(assessments.iter().copied())) " An absent grade is never counted as a grade." }
            li { "A letter in italics: the grade is worked out or collected by others, not from the report itself." }
            li { "Movement is told only between two inspections under one framework." }
        }
    }
}

/// Returns the evidence of all grades of an assessment, each once; without a grade, that of the first category.
fn evidence_of_grades(assessment: &Assessment) -> Vec<Evidence> {
    let graded = assessment.judgements.iter().enumerate().filter(|(_, judgement)| judgement.grade().is_some());
    let mut cited: Vec<Evidence> = Vec::new();
    let categories: Vec<usize> = graded.map(|(category, _)| category).collect();
    for category in if categories.is_empty() { vec![0] } else { categories } {
        for evidence in assessment.evidence(category).iter() {
            // The cells of one row are one source.
            let is_same = |other: &Evidence| {
                other.source.id == evidence.source.id && other.link == evidence.link && other.step == evidence.step
            };
            if !cited.iter().any(is_same) {
                cited.push(evidence.clone());
            }
        }
    }
    cited
}

/// Returns the numbers of the neighbours that are not in the data.
fn missing(model: &Neighbours, authorities: &[Authority]) -> Vec<String> {
    let is_known = |la: &str| authorities.iter().any(|authority| authority.codes.la.as_deref() == Some(la));
    model.la_codes.iter().filter(|la| !is_known(la)).map(|la| la.to_string()).collect()
}
