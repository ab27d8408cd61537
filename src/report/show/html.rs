//! The page of an authority for a committee: today's judgements, the history, what officials said, the neighbours, the
//! region, and the sources as numbered notes.

use std::collections::HashMap;
use std::io::{self, Write};

use maud::{Markup, html};

use super::document::reference;
use super::{Show, identity, newest_first};
use crate::dataset::{Assessment, Authority, Evidence, Framework, Judgement, Neighbours, Quote, Source, Text};
use crate::query::{AuthorityId, View};
use crate::report::html::{link, write_page};
use crate::report::svg;
use crate::statistics::{in_region, ranks, tallies};
use crate::text::capitalized;
use crate::wording;

/// Writes the page.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, show: &Show<'_>) -> io::Result<()> {
    let mut page = PageWriter { show, cited: Vec::new(), numbers: HashMap::new() };
    let body = page.body();
    write_page(out, &show.authority.name, &body)
}

/// A page being written, with the references cited so far: the number of each is its position plus 1.
struct PageWriter<'s, 'd> {
    show: &'s Show<'d>,
    cited: Vec<(String, Option<String>)>,
    /// The number of each reference.
    numbers: HashMap<(String, Option<String>), usize>,
}

impl<'d> PageWriter<'_, 'd> {
    fn body(&mut self) -> Markup {
        let authority = self.show.authority;
        let words = [wording::ended(authority), wording::predecessors(self.show.dataset, authority)];
        let assessments: Vec<&Assessment> = newest_first(authority).collect();
        let parts = [
            self.newest(assessments.first().copied()),
            self.pictured(),
            self.history(&assessments),
            self.improve(&assessments),
            self.quotes(&assessments),
            self.events(),
            self.others(assessments.first().copied()),
            self.notes(&assessments),
            how_to_read(&assessments),
        ];
        html! {
            p.faint { (identity(authority)) }
            @for words in words.iter().flatten() { p { (words) } }
            @for part in &parts { (part) }
            (self.sources())
        }
    }

    /// Returns the judgements of the newest assessment with words, movement and sources.
    fn newest(&mut self, newest: Option<&'d Assessment>) -> Markup {
        let Some(assessment) = newest else {
            return html! { p { "There is no assessment of this council in the data." } };
        };
        let framework = &assessment.framework;
        let authority = self.show.authority;
        let before = authority.before(assessment);
        let rows: Vec<Markup> = framework.categories.iter().enumerate().filter_map(|(position, category)| {
            let judgement = assessment.judgements.get(position)?;
            let movement = before.and_then(|before| Some((before, assessment.movement(before, position)?)));
            let moved = movement.map(|(_, movement)| super::moved(movement, category)).unwrap_or_default();
            let last = authority.last_before_end(assessment, position);
            let last = last.map(|(last, judgement)| {
                let marks = self.cite(&last.evidence(position));
                html! { "; " (wording::last_grade(last, judgement)) (marks) }
            });
            let meaning = judgement.grade().and_then(|grade| framework.explained_step(grade, position));
            let meaning = meaning.and_then(wording::meaning);
            let marks = self.cite(&assessment.evidence(position));
            Some(html! {
                tr {
                    th scope="row" { (category.label) }
                    td { (chip(framework, judgement)) " " (capitalized(&wording::outcome(framework, judgement.outcome)))
                        (wording::certainty(judgement)) (moved) (marks) @if let Some(last) = last { (last) }
                        @if let Some(meaning) = meaning { br; span.faint { (meaning) } } }
                }
            })
        }).collect();
        let date = assessment.date.map_or("date not recorded".to_owned(), wording::published);
        html! {
            h2 { "The latest judgements" }
            @if let Some(visit) = &assessment.visit { p { (capitalized(&visit.words().join(", "))) "." } }
            @if let Some(council) = authority.council_at(assessment) { p { "At the time: " (wording::council(council)) "." } }
            table {
                caption { (framework.title) ", " (date) }
                thead { tr { th scope="col" { "Judgement" } th scope="col" { "Grade" } } }
                tbody { @for row in &rows { (row) } }
            }
        }
    }

    fn pictured(&self) -> Markup {
        let picture = svg::history(self.show.authority);
        html! { @if let Some(picture) = picture { h2 { "Over time" } figure { (picture.inline()) } } }
    }

    /// Returns a table of all assessments for each framework, newest first.
    fn history(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let groups: Vec<&[&Assessment]> = assessments.chunk_by(|a, b| a.framework.is(&b.framework)).collect();
        let tables: Vec<Markup> = groups.into_iter().map(|group| self.framework_history(group)).collect();
        html! {
            @if !tables.is_empty() {
                h2 { "History" }
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

    /// Returns what inspectors asked to improve, at each inspection of which that is known.
    fn improve(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let authority = self.show.authority;
        let parts: Vec<Markup> = assessments
            .iter()
            .filter_map(|assessment| {
                let all = assessment.recommendations.as_ref()?;
                let before = authority.before(assessment);
                let items = all.all.iter().map(|one| {
                    let marks = self.cite(&[super::evidence_of_recommendation(all, one)]);
                    html! { li { (one.words) @if assessment.is_again(one, before) { " " strong { "(again)" } } (marks) } }
                });
                let items: Vec<Markup> = items.collect();
                let date = assessment.date.map_or("date not recorded".to_owned(), |date| date.to_string());
                Some(html! {
                    h3 { (assessment.framework.short) ", " (date) }
                    @if let Some(words) = wording::nothing_listed_in_report(assessment) { p { (words) } }
                    @if !items.is_empty() { ul { @for item in &items { (item) } } }
                })
            })
            .collect();
        html! {
            @if !parts.is_empty() {
                h2 { (wording::ASKED) }
                @for part in &parts { (part) }
                p.faint { (wording::OUR_WORDS) ". " (wording::AGAIN) "." }
            }
        }
    }

    /// Returns what else happened, the newest first.
    fn events(&mut self) -> Markup {
        let authority = self.show.authority;
        let has_interventions = self.show.dataset.has_interventions();
        let order = wording::events_by(authority, None);
        let rows: Vec<Markup> = order
            .into_iter()
            .filter_map(|at| authority.events.get(at))
            .map(|event| {
                let marks = self.cite(&event.evidence);
                html! {
                    li {
                        (wording::event_when(event)) ": " (wording::event(event, None))
                        @if let Some(note) = &event.note { ". " (note) }
                        (marks)
                    }
                }
            })
            .collect();
        html! {
            @if !rows.is_empty() || has_interventions {
                h2 { "Interventions, visits and joint inspections" }
                @if rows.is_empty() { p { (wording::NOTHING_KNOWN) } } @else { ul { @for row in &rows { (row) } } }
                @if has_interventions {
                    p.faint { (wording::THOSE_KNOWN) "." }
                }
            }
        }
    }

    fn quotes(&mut self, assessments: &[&'d Assessment]) -> Markup {
        let quotes: Vec<Markup> = assessments
            .iter()
            .flat_map(|assessment| assessment.quotes.iter().map(move |quote| (*assessment, quote)))
            .map(|(assessment, quote)| self.quote(assessment, quote))
            .collect();
        html! {
            @if !quotes.is_empty() { h2 { "What officials said" } }
            @for quote in &quotes { (quote) }
        }
    }

    fn quote(&mut self, assessment: &Assessment, quote: &Quote) -> Markup {
        let role = quote.role.iter().map(|role| format!(", {role}")).collect::<String>();
        let marks = self.cite(&[super::evidence_of(quote)]);
        let date = assessment.date.map(|date| format!(" of {date}")).unwrap_or_default();
        let summary = wording::summary(quote);
        html! {
            blockquote {
                @for passage in &quote.passages { p { (passage.text) } }
                @if let Some(summary) = &summary { p { (summary) } }
                p.faint { (quote.speaker) (role) ", on " (assessment.framework.short) (date) (marks) }
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
        html! {
            (self.neighbours(&view))
            @if let Some(region) = region {
                h2 { (region) }
                (good(&view, &in_region, &format!("{} in {region}, of those known", capitalized(&view.good_words()))))
                ul { @for rank in &ranks { li { (wording::rank(rank, view.categories())) } } }
            }
        }
    }

    fn neighbours(&mut self, view: &View) -> Markup {
        let Some(model) = &self.show.authority.neighbours else { return html! {} };
        let authorities = &self.show.dataset.authorities;
        let found: Vec<(AuthorityId, usize)> = model
            .la_codes
            .iter()
            .enumerate()
            .filter_map(|(at, la)| {
                let is_it = |other: &Authority| other.codes.la.as_deref() == Some(la);
                Some((AuthorityId(authorities.iter().position(is_it)?), at))
            })
            .collect();
        let ids: Vec<AuthorityId> = found.iter().map(|(id, _)| *id).collect();
        let marks = self.cite(&[super::whole(&model.source)]);
        let title = "Statistical neighbours";
        html! {
            h2 { (title) }
            p { "The councils most like it: " (wording::neighbour_model(model)) "." (marks) }
            table {
                caption { (title) ", closest first" }
                thead {
                    tr {
                        th scope="col" { "Authority" }
                        @if !model.closeness.is_empty() { th scope="col" { "Closeness" } }
                        th scope="col" { "Published" }
                        @for category in view.categories() { th scope="col" { (category.short) } }
                    }
                }
                tbody {
                    @for (id, at) in &found {
                        @if let Some(other) = authorities.get(id.0) {
                            tr {
                                th scope="row" { (other.name) }
                                @if !model.closeness.is_empty() {
                                    td { (model.closeness.get(*at).map(|words| words.to_lowercase()).unwrap_or_default()) }
                                }
                                @match view.assessment(other) {
                                    None => { td colspan=(view.categories().len() + 1) { (wording::without_assessment(view.framework().map(AsRef::as_ref))) } }
                                    Some(assessment) => {
                                        td { @if let Some(date) = assessment.date { time { (date.iso()) } } }
                                        @for judgement in assessment.judgements.iter() {
                                            td { (chip(&assessment.framework, judgement)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @let missing = missing(model, authorities);
            @if !missing.is_empty() {
                p.faint { "Not in these data: number " (wording::list(&missing)) "." }
            }
            (good(view, &ids, &format!("{} among the neighbours, of those known", capitalized(&view.good_words()))))
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
            @if !own.is_empty() { h2 { "Notes" } ul { @for note in &own { (note) } } }
            @for (title, items) in about.iter().filter(|(_, items)| !items.is_empty()) {
                h2 { "About: " (title) }
                ul { @for item in items { (item) } }
            }
        }
    }

    /// Returns the marks of some evidence, each a link to its source.
    fn cite(&mut self, evidence: &[Evidence]) -> Markup {
        let numbers: Vec<usize> = evidence.iter().map(|one| self.number(one)).collect();
        html! {
            @for number in &numbers {
                sup { a href=(format!("#source-{number}")) aria-label=(format!("source {number}")) { "[" (number) "]" } }
            }
        }
    }

    fn number(&mut self, evidence: &Evidence) -> usize {
        let without_link = Source { link: None, ..evidence.source.as_ref().clone() };
        let words = reference(&Evidence { source: std::sync::Arc::new(without_link), link: None, ..evidence.clone() });
        let note = (words, evidence.link().map(String::from));
        match self.numbers.get(&note) {
            Some(number) => *number,
            None => {
                self.cited.push(note.clone());
                self.numbers.insert(note, self.cited.len());
                self.cited.len()
            }
        }
    }

    fn sources(&self) -> Markup {
        html! {
            @if !self.cited.is_empty() {
                h2 { "Sources" }
                ol.sources {
                    @for (number, (words, address)) in self.cited.iter().enumerate() {
                        li id=(format!("source-{}", number + 1)) {
                            (words)
                            @if let Some(address) = address {
                                " · " @if let Some(what) = wording::linked_page(address) { (what) ": " } (link(address))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns how many of some authorities are good or better, for each category.
fn good(view: &View, among: &[AuthorityId], title: &str) -> Markup {
    let (tallies, _) = tallies(view, among.iter().copied());
    html! {
        table.short {
            caption { (title) }
            thead { tr { th scope="col" { "Judgement" } th scope="col" { (capitalized(&view.good_words())) } } }
            tbody {
                @for (category, tally) in view.categories().iter().zip(&tallies) {
                    tr { th scope="row" { (category.label) } td { (wording::share_under(view.framework().map(AsRef::as_ref), tally.matching, tally.known)) } }
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
            let steps = framework.scale.steps.iter().map(|step| match step.sign() == step.word {
                true => step.word.to_string(),
                false => format!("{} {}", step.sign(), step.word.as_str().to_lowercase()),
            });
            scales.push((&framework.title, steps.collect::<Vec<_>>().join(", ")));
        }
    }
    html! {
        h2 { "How to read it" }
        ul {
            @for (title, steps) in &scales { li { (title) ", best first: " (steps) "." } }
            li { (crate::report::list::signs(assessments.iter().copied())) " An absent grade is never counted as a grade." }
            li { "Movement is told only between two inspections under one framework." }
        }
    }
}

/// Returns the sign of a judgement in its colour.
fn chip(framework: &Framework, judgement: &Judgement) -> Markup {
    let class = format!("grade {}", svg::colour(framework, judgement).map_or("absent", |colour| colour.name));
    html! { span class=(class) title=(wording::judgement(framework, judgement)) { (framework.sign(judgement)) } }
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
