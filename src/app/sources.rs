//! The sources layer: where a figure, or all about an authority, comes from.

use super::detail::{rating, topics};
use super::page::{Figure, Line, Page, Role, linked_paragraph, marked_paragraph, owned_paragraph, paragraph};
use super::{App, Question, words};
use crate::dataset::{
    Assessment, Authority, Certainty, Claim, Evidence, Framework, Note, Outcome, Quote, Source, Step,
};
use crate::statistics::Recount;

/// The sources of what was asked.
pub fn page(app: &App, question: Question, width: usize) -> Page<'_> {
    let writer = Writer { width };
    let page = match question {
        Question::Authority => app.selected().map(|authority| writer.authority(authority)),
        Question::Figure(figure) => of_figure(app, figure, &writer),
    };
    page.unwrap_or_else(|| owned_paragraph("Nothing is held about this.", width, 0, Role::Plain))
}

fn of_figure<'a>(app: &'a App, figure: Figure, writer: &Writer) -> Option<Page<'a>> {
    let authority = app.selected();
    let framework = app.view.framework();
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
        Figure::Note(position) => Some(writer.note(authority?.notes.get(position)?)),
        Figure::Step(position) => Some(writer.step(framework?.scale.steps.get(position)?, framework?)),
        Figure::Claim(position) => {
            let claim = app.loaded.dataset.claims.get(position)?;
            Some(writer.claim(claim, app.national.recounts.get(position)))
        }
        Figure::Caveat(position) => Some(writer.note(framework?.caveats.get(position)?)),
        Figure::Choice(_) => None,
    }
}

struct Writer {
    width: usize,
}

impl Writer {
    /// Everything about an authority: each judgement, quote, note, and its codes.
    fn authority<'a>(&self, authority: &'a Authority) -> Page<'a> {
        let mut page = Page::new();
        for assessment in &authority.assessments {
            let framework = &assessment.framework;
            page.extend(self.about(authority, framework));
            for category in 0..assessment.judgements.len() {
                page.extend(self.judgement(assessment, category));
                page.push(Line::new());
            }
            for quote in &assessment.quotes {
                page.extend(self.quote(quote, framework));
                page.push(Line::new());
            }
        }
        for note in &authority.notes {
            page.extend(self.note(note));
            page.push(Line::new());
        }
        page.extend(self.identity(authority));
        page
    }

    fn about<'a>(&self, authority: &Authority, framework: &Framework) -> Page<'a> {
        owned_paragraph(&format!("{} · {}", authority.name, framework.title), self.width, 0, Role::Faint)
    }

    fn identity<'a>(&self, authority: &'a Authority) -> Page<'a> {
        let codes: Vec<String> = authority.codes.named().map(|(register, code)| format!("{register} {code}")).collect();
        let region = authority.region.clone();
        let facts: Vec<String> = codes.into_iter().chain(region).collect();
        if facts.is_empty() {
            return Page::new();
        }
        let mut page = owned_paragraph(&facts.join(" · "), self.width, 0, Role::Heading);
        page.extend(self.evidence(&authority.evidence));
        page
    }

    fn judgement_alone<'a>(&self, authority: &'a Authority, assessment: &'a Assessment, category: usize) -> Page<'a> {
        let framework = &assessment.framework;
        let mut page = self.about(authority, framework);
        page.extend(self.judgement(assessment, category));
        if let Some(Outcome::Grade(grade)) = assessment.judgements.get(category).map(|j| j.outcome)
            && let Some(step) = framework.scale.step(grade)
            && (step.meaning.is_none() || framework.meaning(grade, category).is_some())
        {
            page.push(Line::new());
            page.extend(self.step(step, framework));
        }
        page
    }

    fn judgement<'a>(&self, assessment: &'a Assessment, position: usize) -> Page<'a> {
        let framework = &assessment.framework;
        let (Some(judgement), Some(category)) =
            (assessment.judgements.get(position), framework.categories.get(position))
        else {
            return Page::new();
        };
        let mut page = paragraph(&category.label, self.width, 0, Role::Heading);
        page.extend(category.full.iter().flat_map(|full| paragraph(full, self.width, 0, Role::Faint)));
        let line = rating(framework, judgement);
        match judgement.outcome {
            Outcome::Grade(_) => {
                page.push(line);
                page.extend(paragraph(certainty(judgement.certainty), self.width, 0, Role::Plain));
            }
            Outcome::Absent(absence) => {
                page.push(line);
                page.extend(paragraph(absence.meaning(), self.width, 0, Role::Faint));
            }
        }
        if let Some(raw) = &judgement.raw {
            page.extend(owned_paragraph(&format!("the file says: {raw}"), self.width, 0, Role::Faint));
        }
        page.extend(self.evidence(&judgement.evidence));
        if let Some(origin) = assessment.origin.as_ref().filter(|_| judgement.evidence.is_empty()) {
            page.extend(self.source(&origin.table.source, origin.link.as_deref()));
            page.extend(owned_paragraph(&origin.location(position), self.width, 2, Role::Plain));
        }
        page
    }

    fn step<'a>(&self, step: &'a Step, framework: &'a Framework) -> Page<'a> {
        let mut title = format!("What {} {} means", step.sign(), step.word);
        if !step.also.is_empty() {
            title.push_str(&format!(" (also called {})", words::list(&step.also)));
        }
        let mut page = owned_paragraph(&title, self.width, 0, Role::Heading);
        match &step.meaning {
            Some(meaning) => page.extend(paragraph(meaning, self.width, 0, Role::Plain)),
            None => page.extend(owned_paragraph("No source held says so.", self.width, 0, Role::Faint)),
        }
        if let (Some(best), Some(lowest)) = (framework.scale.steps.first(), framework.scale.steps.last()) {
            let order = format!("{} is the best grade of this scale, {} the lowest.", best.sign(), lowest.sign());
            page.extend(owned_paragraph(&order, self.width, 0, Role::Faint));
        }
        page.extend(self.evidence(&step.evidence));
        page
    }

    fn quote<'a>(&self, quote: &'a Quote, framework: &'a Framework) -> Page<'a> {
        let mut title = quote.speaker.clone();
        title.extend(quote.role.iter().map(|role| format!(", {role}")));
        let mut page = owned_paragraph(&title, self.width, 0, Role::Heading);
        let topics = format!("on {}", topics(quote, framework));
        page.extend(owned_paragraph(&topics, self.width, 0, Role::Faint));
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
        page
    }

    fn note<'a>(&self, note: &'a Note) -> Page<'a> {
        let mut page = paragraph(&note.text, self.width, 0, Role::Heading);
        page.extend(self.evidence(&note.evidence));
        page
    }

    fn claim<'a>(&self, claim: &'a Claim, recount: Option<&Recount>) -> Page<'a> {
        let mut page = Page::new();
        let about = format!("{} · published figure", claim.framework.title);
        page.extend(owned_paragraph(&about, self.width, 0, Role::Faint));
        page.extend(words::claim_category(claim).iter().flat_map(|c| paragraph(c, self.width, 0, Role::Heading)));
        let title = format!("{}: {}{}", words::claim(claim), words::figure(claim), claim.certainty.mark());
        page.extend(owned_paragraph(&title, self.width, 0, Role::Strong));
        page.extend(paragraph(certainty(claim.certainty), self.width, 0, Role::Plain));
        page.extend(claim.note.iter().flat_map(|note| paragraph(note, self.width, 0, Role::Plain)));
        page.extend(self.evidence(&claim.evidence));
        if let Some(recount) = recount {
            page.push(Line::new());
            page.extend(self.recount(recount));
        }
        page
    }

    fn recount<'a>(&self, recount: &Recount) -> Page<'a> {
        let mut page = vec![Line::new().with("Our count over the whole dataset", Role::Heading)];
        let Recount { known, matching, possible, verdict } = recount;
        let mut count = format!("{matching} of the {known} known.");
        if let Some((least, most)) = possible {
            count.push_str(&format!(" The true count can lie from {least} to {most}."));
        }
        page.extend(owned_paragraph(&count, self.width, 0, Role::Plain));
        page.push(Line::new().with(verdict.name(), Role::Verdict(*verdict)).with(": ", Role::Plain));
        if let Some(last) = page.pop() {
            let width = self.width.saturating_sub(last.width());
            let mut meaning = owned_paragraph(verdict.meaning(), width, 0, Role::Plain).into_iter();
            let first = meaning.next().unwrap_or_default();
            page.push(Line { spans: [last.spans, first.spans].concat() });
            page.extend(meaning);
        }
        page
    }

    fn evidence<'a>(&self, evidence: &'a [Evidence]) -> Page<'a> {
        let mut page = Page::new();
        for one in evidence {
            page.extend(self.source(&one.source, one.link()));
            let width = self.width.saturating_sub(4);
            page.extend(one.passage.iter().flat_map(|p| barred(paragraph(p, width, 0, Role::Plain))));
            page.extend(one.place.iter().flat_map(|p| paragraph(p, self.width, 2, Role::Plain)));
            let ours = one.note.iter().map(|n| format!("our note: {n}"));
            let step = one.step.iter().map(|s| format!("step: {s}"));
            page.extend(ours.chain(step).flat_map(|text| owned_paragraph(&text, self.width, 2, Role::Plain)));
        }
        page
    }

    /// A source: publisher and title, then date and remark, then the link.
    fn source<'a>(&self, source: &'a Source, link: Option<&'a str>) -> Page<'a> {
        let mut page = vec![Line::new()];
        let title = format!("{}, {}", source.publisher, source.title);
        page.extend(owned_paragraph(&title, self.width, 0, Role::Strong));
        let date = source.date.map(|d| d.to_string());
        let about: Vec<String> = date.into_iter().chain(source.note.clone()).collect();
        if !about.is_empty() {
            page.extend(owned_paragraph(&about.join(" · "), self.width, 2, Role::Faint));
        }
        let link = link.or(source.link.as_deref());
        page.extend(link.iter().flat_map(|l| linked_paragraph(l, self.width, 2)));
        page
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "stated: the source says it",
        Certainty::Inferred => "inferred: it follows from what the source says, by the step given",
        Certainty::SecondHand => "second-hand: one source repeating another",
    }
}

/// The words of a source, with a line at their side.
fn barred(page: Page<'_>) -> Page<'_> {
    let bar = |line: Line<'static>| line.with("  │ ", Role::Faint);
    page.into_iter().map(|line| Line { spans: [bar(Line::new()).spans, line.spans].concat() }).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use super::*;
    use crate::load::bundled;

    #[test]
    fn no_line_is_wider_than_its_room() {
        let mut app = App::new(Arc::new(bundled().unwrap()), Size { width: 120, height: 36 });
        for _ in 0..18 {
            let judgements = (0..3).map(|category| Figure::Judgement { assessment: 0, category });
            let quotes = (0..2).map(|quote| Figure::Quote { assessment: 0, quote });
            let figures = judgements.chain(quotes).chain((0..16).map(Figure::Claim)).chain((0..4).map(Figure::Step));
            let figures = figures.chain((0..4).map(Figure::Caveat)).chain((0..3).map(Figure::Note));
            let questions = figures.map(Question::Figure).chain([Question::Authority]);
            for question in questions {
                for width in [36, 56, 76, 100] {
                    let widest = page(&app, question, width).iter().map(Line::width).max();
                    assert!(widest <= Some(width), "{question:?} in {width}");
                }
            }
            app.act(crate::app::Action::Move(crate::app::Motion::Down));
        }
    }
}
