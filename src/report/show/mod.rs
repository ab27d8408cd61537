//! The answer of `scrutineer show`: everything about one authority, with all assessments, quotes, notes and sources.

mod citations;
mod document;
mod html;
mod json;

use std::io::{self, Write};
use std::sync::Arc;

use self::document::DocumentWriter;
pub(super) use self::json::show_schema;
use super::{Format, Screen, list, svg, xlsx};
use crate::dataset::{
    Assessment, Authority, Category, Dataset, Evidence, Framework, Judgement, Movement, Outcome, Quote, Recommendation,
    Recommendations, Source,
};
use crate::query::AuthorityId;
use crate::tables::{self, Table, distinct};
use crate::text::display_width;
use crate::wording;

/// An authority to be written in any format.
pub struct Show<'a> {
    /// The dataset it belongs to.
    pub dataset: &'a Dataset,
    /// The authority.
    pub authority: &'a Authority,
}

impl<'a> Show<'a> {
    /// Writes the authority as text, as Markdown or a page with sources as numbered notes, as a picture of its grades over
    /// time, as a workbook with a row for each judgement, or as JSON. There is no CSV form; callers must reject that
    /// format.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Json => json::write(out, self),
            Format::Markdown => self.write_story(&mut DocumentWriter::markdown(out)),
            Format::Html => html::write(out, self),
            Format::Xlsx => xlsx::write(out, &self.table()),
            Format::Svg => match svg::history(self.authority) {
                Some(picture) => self.described(picture).write(out),
                None => Err(io::Error::other("no assessment of it has a date, so there is nothing to draw")),
            },
            Format::Table | Format::Csv | Format::Package => {
                self.write_story(&mut DocumentWriter::plain(out, terminal))
            }
        }
    }

    /// Returns what is on the page; `to` returns the page of another council, if it has one.
    pub(super) fn page(&self, to: &dyn Fn(AuthorityId) -> Option<String>) -> maud::Markup {
        html::body(self, to)
    }

    /// Adds the source of the data to a picture.
    fn described(&self, mut picture: svg::Picture) -> svg::Picture {
        let drawn = self.authority.assessments.iter().map(|assessment| assessment.framework.as_ref());
        let of_council = drawn.filter(|framework| framework.is_of_council());
        picture.notes.push(format!("{}.", wording::data(self.dataset, of_council)));
        picture
    }

    /// Describes the data, with who made the judgements about the authority.
    fn data(&self) -> String {
        let frameworks = self.authority.assessments.iter().map(|assessment| assessment.framework.as_ref());
        wording::data(self.dataset, frameworks)
    }

    /// Returns a row for each judgement, newest assessment first.
    fn table(&self) -> Table<'a> {
        let sources = distinct(newest_first(self.authority).flat_map(list::cited));
        let notes =
            vec![identity(self.authority), list::signs(self.authority.assessments.iter()), format!("{}.", self.data())];
        let table = tables::history(self.authority);
        Table { notes, sources, ..table }
    }

    fn write_story(&self, document: &mut DocumentWriter<'_>) -> io::Result<()> {
        let authority = self.authority;
        document.heading(1, &authority.name)?;
        document.paragraph(&identity(authority))?;
        let history = [wording::ended(authority), wording::predecessors(self.dataset, authority)];
        for words in history.iter().flatten() {
            document.paragraph(words)?;
        }
        for (assessment, before) in with_previous(authority) {
            write_assessment(document, authority, assessment, before)?;
        }
        if authority.assessments.is_empty() {
            document.paragraph("There is no assessment of this council in the data.")?;
        }
        write_events(document, self)?;
        if !authority.notes.is_empty() {
            document.heading(2, "Notes")?;
        }
        for note in &authority.notes {
            let marks = document.cite(&note.evidence);
            document.item(&note.text, &marks)?;
        }
        self.write_frameworks(document)?;
        document.write_sources()
    }

    /// Writes notes about the frameworks: who judged, on what basis, and caveats.
    fn write_frameworks(&self, document: &mut DocumentWriter<'_>) -> io::Result<()> {
        let mut seen: Vec<&str> = Vec::new();
        for assessment in &self.authority.assessments {
            let framework = &assessment.framework;
            let notes = || framework.notes.iter().chain(&framework.caveats);
            if seen.contains(&framework.id.as_str()) || notes().next().is_none() {
                continue;
            }
            seen.push(&framework.id);
            document.heading(2, &format!("About: {}", framework.title))?;
            for note in notes() {
                let marks = document.cite(&note.evidence);
                document.item(&note.text, &marks)?;
            }
        }
        Ok(())
    }
}

/// Describes the current council, with region and codes.
fn identity(authority: &Authority) -> String {
    let mut parts: Vec<String> = authority.council().map(wording::council).into_iter().collect();
    parts.extend(authority.region.as_deref().map(String::from));
    parts.extend(authority.codes.named().map(|(register, code)| format!("{register} {code}")));
    parts.join(" · ")
}

/// Returns the assessments, newest first and undated ones last.
fn newest_first(authority: &Authority) -> impl Iterator<Item = &Assessment> {
    authority.newest_first().into_iter().filter_map(|position| authority.assessments.get(position))
}

/// Returns the assessments, newest first, each with the one before it under the same framework.
fn with_previous(authority: &Authority) -> impl Iterator<Item = (&Assessment, Option<&Assessment>)> {
    let all = authority.with_previous(None).into_iter();
    all.filter_map(|(position, before)| Some((authority.assessments.get(position)?, before)))
}

fn write_assessment(
    document: &mut DocumentWriter<'_>,
    authority: &Authority,
    assessment: &Assessment,
    before: Option<&Assessment>,
) -> io::Result<()> {
    let framework = &assessment.framework;
    let date = assessment.date.map_or("date not recorded".to_owned(), |d| d.to_string());
    document.heading(2, &format!("{} · {date}", framework.title))?;
    if let Some(council) = authority.council_at(assessment) {
        document.paragraph(&format!("at the time: {}", wording::council(council)))?;
    }
    if let Some(visit) = &assessment.visit {
        document.paragraph(&visit.words().join(" · "))?;
    }
    let longest = framework.categories.iter().map(|c| display_width(&c.label)).max().unwrap_or(0);
    for (position, (category, judgement)) in framework.categories.iter().zip(assessment.judgements.iter()).enumerate() {
        let marks = document.cite(&assessment.evidence(position));
        let movement = before.and_then(|before| assessment.movement(before, position));
        let movement = movement.map(|movement| moved(movement, category)).unwrap_or_default();
        let last = authority.last_before_end(assessment, position);
        // The last grade is in another row or document than its absence now.
        let last = last.map(|(last, judgement)| {
            let words = format!("; {}", wording::last_grade(last, judgement));
            (words, document.cite(&last.evidence(position)))
        });
        let parts: Vec<(String, String)> =
            std::iter::once((rating(framework, position, judgement) + &movement, marks)).chain(last).collect();
        document.rating(&category.label, longest, &parts)?;
    }
    if assessment.has_mark() {
        document.paragraph(&list::signs(authority.assessments.iter()))?;
    }
    for quote in &assessment.quotes {
        write_quote(document, quote, framework)?;
    }
    write_recommendations(document, assessment, before)
}

/// Writes what the report of an inspection asks to improve, with the page of the report.
fn write_recommendations(
    document: &mut DocumentWriter<'_>,
    assessment: &Assessment,
    before: Option<&Assessment>,
) -> io::Result<()> {
    let Some(all) = &assessment.recommendations else { return Ok(()) };
    document.heading(3, wording::ASKED)?;
    if let Some(words) = wording::nothing_listed_in_report(assessment) {
        return document.paragraph(words);
    }
    for (_, one) in assessment.recommended_again_first(before) {
        let again = if assessment.is_again(one, before) { " (again)" } else { "" };
        let marks = document.cite(&[evidence_of_recommendation(all, one)]);
        document.item(&format!("{}{again}", one.words), &marks)?;
    }
    if all.all.iter().any(|one| assessment.is_again(one, before)) {
        document.paragraph(&format!("{}.", wording::AGAIN))?;
    }
    document.paragraph(&format!("{}.", wording::OUR_WORDS))
}

/// Writes what else happened, the newest first.
fn write_events(document: &mut DocumentWriter<'_>, show: &Show<'_>) -> io::Result<()> {
    let (authority, has_interventions) = (show.authority, show.dataset.has_interventions());
    if authority.events.is_empty() && !has_interventions {
        return Ok(());
    }
    document.heading(2, "Interventions, visits and joint inspections")?;
    for event in wording::events_by(authority, None).into_iter().filter_map(|at| authority.events.get(at)) {
        let marks = document.cite(&event.evidence);
        let note = event.note.iter().map(|note| format!(". {note}")).collect::<String>();
        document.item(&format!("{}: {}{note}", wording::event_when(event), wording::event(event, None)), &marks)?;
    }
    if authority.events.is_empty() {
        document.paragraph(wording::NOTHING_KNOWN)?;
    }
    if has_interventions {
        document.paragraph(&format!("{}.", wording::THOSE_KNOWN))?;
    }
    Ok(())
}

/// Returns the page of the report that asks for something as evidence.
fn evidence_of_recommendation(all: &Recommendations, one: &Recommendation) -> Evidence {
    let place = one.page.map(|page| format!("page {page}"));
    Evidence { place, link: all.link.clone(), ..whole(&all.source) }
}

/// Describes a movement: " (up since the one before)"; across a redefinition, what was judged before.
fn moved(movement: Movement, category: &Category) -> String {
    match category.moved_from(movement) {
        None => format!(" ({} since the previous inspection)", movement.name()),
        Some(was) => format!(" (not compared with the previous inspection, which gave one grade for {was:?})"),
    }
}

/// Describes a judgement: grade, word, certainty and meaning, or the reason why there is none.
fn rating(framework: &Framework, category: usize, judgement: &Judgement) -> String {
    match judgement.outcome {
        Outcome::Absent(absence) => format!("{}: {}", absence.words(), absence.meaning()),
        Outcome::Grade(grade) => {
            let Some(step) = framework.scale.step(grade) else { return String::new() };
            let meaning = framework.explained_step(grade, category).and_then(wording::meaning);
            let meaning = meaning.map(|meaning| format!(": {meaning}"));
            let (mark, word) = (judgement.mark(), &step.word);
            let named = match step.has_short_sign() {
                true => format!("{}{mark} {word}", step.sign()),
                false => format!("{word}{mark}"),
            };
            let grade = named + &wording::certainty(judgement);
            grade + &meaning.unwrap_or_default()
        }
    }
}

fn write_quote(document: &mut DocumentWriter<'_>, quote: &Quote, framework: &Framework) -> io::Result<()> {
    let role = quote.role.iter().map(|r| format!(", {r}"));
    let topics: Vec<&str> =
        quote.categories.iter().filter_map(|c| framework.categories.get(*c)).map(|c| c.short.as_str()).collect();
    let who: String = std::iter::once(quote.speaker.to_string()).chain(role).collect();
    let marks = document.cite(&[evidence_of(quote)]);
    let summary = wording::summary(quote);
    let who = if summary.is_some() { who } else { format!("{who}, on {}", topics.join(", ")) };
    let passages = quote.passages.iter().map(|p| p.text.as_str()).chain(summary.as_deref());
    document.quote(&who, passages, &marks)
}

/// Returns the source of a quote as evidence.
fn evidence_of(quote: &Quote) -> Evidence {
    whole(&quote.source)
}

/// Returns a source, as a whole, as evidence.
fn whole(source: &Arc<Source>) -> Evidence {
    Evidence { source: Arc::clone(source), passage: None, note: None, step: None, place: None, link: None }
}
