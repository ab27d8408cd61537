//! The sources layer: the evidence for one figure, or for all the data on an authority.

use super::Content;
use super::table::{Options, Table};
use crate::app::counting::counted;
use crate::app::focused::Focused;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::Page;
use crate::app::page::{Figure, Line, Lines, Role, linked_paragraph, marked_paragraph, paragraph};
use crate::app::pages::detail::{rating, topics_in_words};
use crate::dataset::{
    Assessment, Authority, Claim, Counted, Evidence, Framework, Note, Outcome, Published, Quote, Source, Step,
    TimelineEntry,
};
use crate::query::{AuthorityId, View};
use crate::statistics::{Count, Overall, Recount};
use crate::text::plural;
use crate::wording;

/// The maximum number of assessments of an authority whose sources are listed. None has had as many as twenty.
const MOST_ASSESSMENTS: usize = 200;

/// What to show the sources of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sources {
    /// Everything known about an authority.
    Authority(AuthorityId),
    /// Everything known about the council of a row, whose statistical neighbours come first.
    Row(AuthorityId),
    /// One figure.
    Figure(Figure),
}

impl Content for Sources {
    fn open(state: &Model, focused: &Focused) -> Option<Self> {
        let of_pane = || state.figure().map(Self::Figure).or(state.selected_id().map(Self::Authority));
        focused.row.map(Self::Row).or_else(of_pane)
    }

    fn title(&self) -> &'static str {
        "Sources"
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let writer = Writer { width };
        let lines = match self {
            Self::Authority(id) => {
                state.listing.authority(*id).map(|authority| writer.authority(authority, state.view()))
            }
            Self::Row(id) => state.listing.authority(*id).map(|authority| {
                let mut page = writer.neighbours(authority);
                page.extend(writer.authority(authority, state.view()));
                page
            }),
            Self::Figure(figure) => of_figure(state, *figure, &writer),
        };
        lines.unwrap_or_else(|| paragraph("Our sources say nothing about this.", width, 0, Role::Plain)).into()
    }

    fn context(&self) -> Context {
        if matches!(self, Self::Figure(Figure::Count(_))) { Context::Table } else { Context::Layer }
    }

    fn authorities(&self, state: &Model) -> Vec<AuthorityId> {
        match self {
            Self::Figure(Figure::Count(count)) => counted_authorities(state, *count),
            _ => Vec::new(),
        }
    }
}

/// Returns the authorities that a count is made of, by name.
fn counted_authorities(state: &Model, count: Count) -> Vec<AuthorityId> {
    let view = state.view();
    let all = (0..state.dataset().authorities.len()).map(AuthorityId);
    let mut counted: Vec<AuthorityId> = all.filter(|id| view.is_listed(*id) && count.includes(view, *id)).collect();
    counted.sort_by_key(|id| state.listing.authority(*id).map(|authority| &authority.name));
    counted
}

/// Returns how a count was made: of what, from which data, and which authorities are counted.
fn count(state: &Model, count: Count, width: usize) -> Option<Lines> {
    let (matching, of) = counted(state.national_counts.as_ref()?, state.view(), count)?;
    let mut page = paragraph(&wording::count(count, state.view())?, width, 0, Role::Heading);
    page.extend(paragraph(&wording::share_under(state.framework(), matching, of), width, 0, Role::Strong));
    page.extend(paragraph(&wording::how_counted(count, state.view()), width, 0, Role::Plain));
    page.extend(paragraph(&format!("{}.", wording::data(state.dataset(), state.framework())), width, 0, Role::Faint));
    page.push(Line::new());
    let counted = counted_authorities(state, count);
    page.extend(Table::new(state, width, &counted, None, Options::default()).lines(&counted));
    Some(page)
}

fn of_figure(state: &Model, figure: Figure, writer: &Writer) -> Option<Lines> {
    let authority = state.selected();
    let framework = state.framework();
    match figure {
        Figure::Judgement { assessment, category } => {
            let authority = authority?;
            let assessment = authority.assessments.get(assessment)?;
            Some(writer.judgement_alone(authority, assessment, category))
        }
        Figure::Quote { assessment, quote } => {
            let assessment = authority?.assessments.get(assessment)?;
            Some(writer.quote(assessment.quotes.get(quote)?, &assessment.framework))
        }
        Figure::Recommendation { assessment, number } => {
            let assessment = authority?.assessments.get(assessment)?;
            writer.recommendation(assessment, number)
        }
        Figure::Event(position) => Some(writer.event(authority?.events.get(position)?)),
        Figure::Note(position) => Some(writer.note(authority?.notes.get(position)?)),
        Figure::Step(position) => Some(writer.step(framework?.scale.steps.get(position)?, framework?)),
        Figure::Claim(position) => {
            let claim = state.claim(position)?;
            Some(writer.claim(claim, state.national.recounts.get(position)))
        }
        Figure::Published(position) => {
            let figure = state.dataset().published.get(position)?;
            Some(writer.published(figure, state.series.get(position)))
        }
        Figure::Caveat(position) => Some(writer.note(framework?.caveats.get(position)?)),
        Figure::Count(what) => count(state, what, writer.width),
        Figure::Choice(_) => None,
    }
}

struct Writer {
    width: usize,
}

impl Writer {
    /// Returns what a report asks to improve, with report, page and link, and that words and codes are ours.
    fn recommendation(&self, assessment: &Assessment, number: usize) -> Option<Lines> {
        let all = assessment.recommendations.as_ref()?;
        let one = all.all.get(number)?;
        let mut page = paragraph(&one.words, self.width, 0, Role::Heading);
        let category = assessment.framework.categories.get(one.category).map(|category| category.label.as_str());
        page.extend(category.iter().flat_map(|label| {
            paragraph(&format!("It is about the judgement on {label}."), self.width, 0, Role::Plain)
        }));
        page.extend(paragraph(
            &format!("Subject and practice, by our coding: {}.", wording::codes(one)),
            self.width,
            0,
            Role::Plain,
        ));
        let reference = one.framework_reference.as_ref();
        page.extend(reference.iter().flat_map(|part| {
            paragraph(&format!("The report refers to {part} of the national framework."), self.width, 0, Role::Plain)
        }));
        page.extend(paragraph(&format!("{}.", wording::OUR_WORDS), self.width, 0, Role::Faint));
        page.push(Line::new());
        let date = assessment.date.map(|date| format!(" of {date}")).unwrap_or_default();
        let at = one.page.map(|page| format!("page {page} of the report{date}"));
        page.extend(self.source(&all.source, all.link.as_deref()));
        page.extend(at.iter().flat_map(|at| paragraph(at, self.width, 2, Role::Plain)));
        Some(page)
    }

    /// Returns something that happened, with its sources.
    fn event(&self, event: &TimelineEntry) -> Lines {
        let mut page = paragraph(&wording::event(event, None), self.width, 0, Role::Heading);
        page.extend(paragraph(&wording::event_when(event), self.width, 0, Role::Plain));
        page.extend(
            event.published.iter().flat_map(|day| paragraph(&format!("Published {day}."), self.width, 0, Role::Plain)),
        );
        page.extend(event.note.iter().flat_map(|note| paragraph(note, self.width, 0, Role::Plain)));
        if event.kind.is_intervention() {
            page.extend(paragraph(&format!("{}.", wording::THOSE_KNOWN), self.width, 0, Role::Faint));
        }
        page.push(Line::new());
        page.extend(self.evidence(&event.evidence));
        page
    }

    /// Returns everything about an authority as at the day of the view: its judgements, those in the list first, then
    /// the newest; its quotes, notes and codes.
    fn authority(&self, authority: &Authority, view: &View) -> Lines {
        let mut page = Lines::new();
        let newest = authority.newest_first().into_iter().filter_map(|position| authority.assessments.get(position));
        let published = newest.filter(|assessment| assessment.counts_as_at(view.as_at()));
        let listed = view.assessment(authority);
        let others = published.filter(|one| listed.is_none_or(|listed| !std::ptr::eq(*one, listed)));
        let mut all = listed.into_iter().chain(others);
        for assessment in all.by_ref().take(MOST_ASSESSMENTS) {
            let framework = &assessment.framework;
            page.extend(self.about(authority, assessment));
            for category in 0..assessment.judgements.len() {
                page.extend(self.judgement(assessment, category));
                page.push(Line::new());
            }
            for quote in &assessment.quotes {
                page.extend(self.quote(quote, framework));
                page.push(Line::new());
            }
        }
        let left = all.count();
        if left > 0 {
            let words = format!("and {left} earlier assessments; `scrutineer show` prints their sources");
            page.extend(paragraph(&words, self.width, 0, Role::Plain));
            page.push(Line::new());
        }
        for note in &authority.notes {
            page.extend(self.note(note));
            page.push(Line::new());
        }
        page.extend(self.identity(authority));
        page
    }

    fn about(&self, authority: &Authority, assessment: &Assessment) -> Lines {
        let date = assessment.date.map(|date| format!(" · {date}")).unwrap_or_default();
        let words = format!("{} · {}{date}", authority.name, assessment.framework.title);
        let mut page = paragraph(&words, self.width, 0, Role::Faint);
        let visit: Vec<String> = assessment.visit.iter().flat_map(|visit| visit.words()).collect();
        if !visit.is_empty() {
            page.extend(paragraph(&visit.join(" · "), self.width, 0, Role::Faint));
        }
        page
    }

    /// Returns the model that chose the statistical neighbours of an authority; nothing if none is known.
    fn neighbours(&self, authority: &Authority) -> Lines {
        let Some(neighbours) = &authority.neighbours else { return Lines::new() };
        let words = format!("{}: {} councils most like it", authority.name, neighbours.la_codes.len());
        let mut page = paragraph(&words, self.width, 0, Role::Heading);
        page.extend(paragraph(&wording::neighbour_model(neighbours), self.width, 0, Role::Plain));
        page.extend(self.source(&neighbours.source, None));
        page.push(Line::new());
        page
    }

    fn identity(&self, authority: &Authority) -> Lines {
        let codes: Vec<String> = authority.codes.named().map(|(register, code)| format!("{register} {code}")).collect();
        let region = authority.region.as_deref().map(String::from);
        let facts: Vec<String> = codes.into_iter().chain(region).collect();
        if facts.is_empty() && authority.evidence.is_empty() {
            return Lines::new();
        }
        let facts = if facts.is_empty() { authority.name.to_string() } else { facts.join(" · ") };
        let mut page = paragraph(&facts, self.width, 0, Role::Heading);
        page.extend(wording::ended(authority).iter().flat_map(|words| paragraph(words, self.width, 0, Role::Plain)));
        page.extend(self.evidence(&authority.evidence));
        page
    }

    fn judgement_alone(&self, authority: &Authority, assessment: &Assessment, category: usize) -> Lines {
        let framework = &assessment.framework;
        let mut page = self.about(authority, assessment);
        page.extend(self.judgement(assessment, category));
        if let Some(Outcome::Grade(grade)) = assessment.judgements.get(category).map(|j| j.outcome)
            && let Some(step) = framework.scale.step(grade)
            && (step.meaning.is_none() || framework.explained_step(grade, category).is_some())
        {
            page.push(Line::new());
            page.extend(self.step(step, framework));
        }
        page
    }

    fn judgement(&self, assessment: &Assessment, position: usize) -> Lines {
        let framework = &assessment.framework;
        let (Some(judgement), Some(category)) =
            (assessment.judgements.get(position), framework.categories.get(position))
        else {
            return Lines::new();
        };
        let mut page = paragraph(&category.label, self.width, 0, Role::Heading);
        page.extend(category.full.iter().flat_map(|full| paragraph(full, self.width, 0, Role::Faint)));
        let line = rating(framework, judgement, true);
        match judgement.outcome {
            Outcome::Grade(_) => {
                page.push(line);
                page.extend(paragraph(wording::certainty_meaning(judgement.certainty), self.width, 0, Role::Plain));
            }
            Outcome::Absent(absence) => {
                page.push(line);
                page.extend(paragraph(absence.meaning(), self.width, 0, Role::Faint));
            }
        }
        if let Some(raw) = &judgement.raw {
            page.extend(paragraph(&format!("the file says: {raw}"), self.width, 0, Role::Faint));
        }
        page.extend(self.evidence(&judgement.evidence));
        if let Some(origin) = assessment.origin.as_ref().filter(|_| judgement.evidence.is_empty()) {
            page.extend(self.source(&origin.table.source, origin.link.as_deref()));
            page.extend(paragraph(&origin.location(position), self.width, 2, Role::Plain));
        }
        page
    }

    fn step(&self, step: &Step, framework: &Framework) -> Lines {
        let mut title = format!("What {} {} means", step.sign(), step.word);
        if !step.also.is_empty() {
            title.push_str(&format!(" (also called {})", wording::list(&step.also)));
        }
        let mut page = paragraph(&title, self.width, 0, Role::Heading);
        match wording::meaning(step) {
            Some(meaning) => page.extend(paragraph(&meaning, self.width, 0, Role::Plain)),
            None => page.extend(paragraph("Our sources do not explain this grade.", self.width, 0, Role::Faint)),
        }
        if let (Some(best), Some(lowest)) = (framework.scale.steps.first(), framework.scale.steps.last()) {
            let order = format!("{} is the best grade of this scale, {} the lowest.", best.sign(), lowest.sign());
            page.extend(paragraph(&order, self.width, 0, Role::Faint));
        }
        page.extend(self.evidence(&step.evidence));
        page
    }

    fn quote(&self, quote: &Quote, framework: &Framework) -> Lines {
        let mut title = quote.speaker.clone();
        title.extend(quote.role.iter().map(|role| format!(", {role}")));
        let mut page = paragraph(&title, self.width, 0, Role::Heading);
        if quote.summary.is_none() {
            let topics = format!("on {}", topics_in_words(quote, framework));
            page.extend(paragraph(&topics, self.width, 0, Role::Faint));
        }
        page.extend(self.source(&quote.source, None));
        for passage in &quote.passages {
            let lines = marked_paragraph(
                &passage.text,
                self.width.saturating_sub(4),
                &passage.spoken,
                (Role::Plain, Role::Strong),
            );
            page.extend(barred(lines));
        }
        if let Some(summary) = wording::summary(quote) {
            page.extend(paragraph(&summary, self.width, 2, Role::Plain));
        }
        page
    }

    fn note(&self, note: &Note) -> Lines {
        let mut page = paragraph(&note.text, self.width, 0, Role::Heading);
        page.extend(self.evidence(&note.evidence));
        page
    }

    fn claim(&self, claim: &Claim, recount: Option<&Recount>) -> Lines {
        let mut page = Lines::new();
        let about = format!("{} · published figure", claim.framework.title);
        page.extend(paragraph(&about, self.width, 0, Role::Faint));
        page.extend(
            wording::claim_category(claim)
                .iter()
                .flat_map(|category| paragraph(&category.label, self.width, 0, Role::Heading)),
        );
        let title = format!("{}: {}{}", wording::claim(claim), wording::figure(claim), claim.certainty.mark());
        page.extend(paragraph(&title, self.width, 0, Role::Strong));
        page.extend(paragraph(wording::certainty_meaning(claim.certainty), self.width, 0, Role::Plain));
        page.extend(claim.note.iter().flat_map(|note| paragraph(note, self.width, 0, Role::Plain)));
        page.extend(self.evidence(&claim.evidence));
        if let Some(recount) = recount {
            page.push(Line::new());
            page.extend(self.recount(recount));
        }
        page
    }

    fn published(&self, figure: &Published, counted: Option<&(Overall, Recount)>) -> Lines {
        let mut page = paragraph(wording::ABOUT_SERIES, self.width, 0, Role::Faint);
        if figure.category != Counted::Overall {
            page.extend(paragraph(wording::ABOUT_JUDGEMENTS, self.width, 0, Role::Faint));
        }
        let as_at = figure.counted_as_at();
        let title = format!("{}: {}", wording::as_at(as_at), wording::series_figure(figure));
        page.extend(paragraph(&title, self.width, 0, Role::Strong));
        page.extend(self.evidence(&figure.evidence));
        if let Some((overall, recount)) = counted {
            page.push(Line::new());
            page.extend(self.recount(recount));
            let existing = plural(overall.existing as usize, "council", "councils");
            let place = figure.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
            let of = figure.of.map(|of| format!("; the figure is of {of} of them")).unwrap_or_default();
            page.extend(paragraph(&format!("{existing} existed on the day{place}{of}."), self.width, 0, Role::Faint));
        }
        page
    }

    fn recount(&self, recount: &Recount) -> Lines {
        let mut page = vec![Line::new().with("Our count over the whole dataset", Role::Heading)];
        let Recount { known, matching, possible, verdict } = recount;
        let mut count = format!("{matching} of the {known} known.");
        if let Some((least, most)) = possible {
            count.push_str(&match least == most {
                true => format!(" The true count is {least}."),
                false => format!(" The true count is between {least} and {most}."),
            });
        }
        page.extend(paragraph(&count, self.width, 0, Role::Plain));
        page.push(Line::new().with(wording::verdict(*verdict), Role::Verdict(*verdict)).with(": ", Role::Plain));
        if let Some(last) = page.pop() {
            let width = self.width.saturating_sub(last.width());
            let mut meaning = paragraph(verdict.meaning(), width, 0, Role::Plain).into_iter();
            let first = meaning.next().unwrap_or_default();
            page.push(Line { spans: [last.spans, first.spans].concat() });
            page.extend(meaning);
        }
        page
    }

    fn evidence(&self, evidence: &[Evidence]) -> Lines {
        let mut page = Lines::new();
        for one in evidence {
            page.extend(self.source(&one.source, one.link()));
            let width = self.width.saturating_sub(4);
            page.extend(one.passage.iter().flat_map(|p| barred(paragraph(p, width, 0, Role::Plain))));
            page.extend(one.place.iter().flat_map(|p| paragraph(p, self.width, 2, Role::Plain)));
            let ours = one.note.iter().map(|n| format!("our note: {n}"));
            let step = one.step.iter().map(|s| format!("step: {s}"));
            page.extend(ours.chain(step).flat_map(|text| paragraph(&text, self.width, 2, Role::Plain)));
        }
        page
    }

    /// Returns a source: publisher and title, then date and note, then link.
    fn source(&self, source: &Source, link: Option<&str>) -> Lines {
        let mut page = vec![Line::new()];
        let title = format!("{}, {}", source.publisher, source.title);
        page.extend(paragraph(&title, self.width, 0, Role::Strong));
        let date = source.date.map(|d| d.to_string());
        let about: Vec<String> = date.into_iter().chain(source.note.as_deref().map(String::from)).collect();
        if !about.is_empty() {
            page.extend(paragraph(&about.join(" · "), self.width, 2, Role::Faint));
        }
        let link = link.or(source.link.as_deref());
        let what = link.and_then(wording::linked_page).map(|words| format!("{words}:"));
        page.extend(what.iter().flat_map(|words| paragraph(words, self.width, 2, Role::Faint)));
        page.extend(link.iter().flat_map(|l| linked_paragraph(l, self.width, 2)));
        page
    }
}

/// Draws a vertical line beside the words of a source.
fn barred(page: Lines) -> Lines {
    let bar = |line: Line| line.with("  │ ", Role::Faint);
    page.into_iter().map(|line| Line { spans: [bar(Line::new()).spans, line.spans].concat() }).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use super::*;
    use crate::app::Options;
    use crate::load::bundled;

    #[test]
    fn no_line_is_wider_than_its_room() {
        let mut state = Model::new(Arc::new(bundled().unwrap()), Size { width: 120, height: 36 }, Options::default());
        for _ in 0..18 {
            let judgements = (0..3).map(|category| Figure::Judgement { assessment: 0, category });
            let quotes = (0..2).map(|quote| Figure::Quote { assessment: 0, quote });
            let figures = judgements.chain(quotes).chain((0..16).map(Figure::Claim)).chain((0..4).map(Figure::Step));
            let figures = figures.chain((0..4).map(Figure::Caveat)).chain((0..3).map(Figure::Note));
            let questions = figures.map(Sources::Figure).chain(state.selected_id().map(Sources::Authority));
            for question in questions {
                for width in [36, 56, 76, 100] {
                    let widest = question.page(&state, width).lines.iter().map(Line::width).max();
                    assert!(widest <= Some(width), "{question:?} in {width}");
                }
            }
            state.list.selected += 1;
        }
    }
}
