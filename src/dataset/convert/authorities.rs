//! Assessments with their judgements and quotes.

use std::ops::Range;
use std::sync::Arc;

use super::{Checker, File, Path, Writer, areas, read};
use crate::dataset::format::{self, Raw};
use crate::dataset::{Assessment, Certainty, Evidence, Framework, Judgement, Outcome, Passage, Quote, Text};

impl File<Assessment> for format::Assessment {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Assessment> {
        let has_origin = self.origin.is_some();
        read!(self, checker, at => framework, round, date, origin, visit);
        let framework: Arc<Framework> = framework?;
        let judgements = checker.judgements(self.judgements, &framework, has_origin, &at.key("judgements"));
        let quotes = checker.quotes(self.quotes, &framework, &at.key("quotes"));
        let recommendations = checker.recommendations(self.areas, self.areas_report, &framework, at);
        let (round, date, origin, visit) = (round?, date?, origin?, visit?);
        let (judgements, quotes, recommendations) = (judgements?.into(), quotes?, recommendations?);
        let assessment = Assessment { framework, round, date, judgements, quotes, origin, visit, recommendations };
        checker.graded_in_force(&assessment, &at.key("judgements"));
        Some(assessment)
    }

    fn write(model: &Assessment, writer: &mut Writer) -> Self {
        let Assessment { framework, round, date, judgements, quotes, origin, visit, recommendations } = model;
        let (areas, areas_report) = areas::written(recommendations.as_deref(), framework, writer);
        let judged = framework.categories.iter().zip(judgements.iter());
        Self {
            framework: File::write(framework, writer),
            round: File::write(round, writer),
            date: File::write(date, writer),
            judgements: format::Judgements(
                judged.map(|(category, judgement)| (category.id.clone(), judgement_file(judgement, writer))).collect(),
            ),
            quotes: quotes.iter().map(|quote| quote_file(quote, framework, writer)).collect(),
            origin: File::write(origin, writer),
            visit: File::write(visit, writer),
            areas,
            areas_report,
        }
    }
}

fn judgement_file(judgement: &Judgement, writer: &mut Writer) -> format::Judgement {
    let (grade, absence) = match judgement.outcome {
        Outcome::Grade(grade) => (Some(grade), None),
        Outcome::Absent(absence) => (None, Some(absence)),
    };
    format::Judgement {
        grade,
        absence: File::write(&absence, writer),
        certainty: File::write(&judgement.certainty, writer),
        evidence: File::write(&judgement.evidence, writer),
        raw: File::write(&judgement.raw, writer),
    }
}

fn quote_file(quote: &Quote, framework: &Framework, writer: &mut Writer) -> format::Quote {
    let categories = quote.categories.iter().filter_map(|position| framework.categories.get(*position));
    format::Quote {
        speaker: File::write(&quote.speaker, writer),
        role: File::write(&quote.role, writer),
        categories: categories.map(|category| Raw::of(&category.id)).collect(),
        source: File::write(&quote.source, writer),
        passages: File::write(&quote.passages, writer),
        summary: File::write(&quote.summary, writer),
    }
}

impl File<Passage> for format::Passage {
    fn read(self, checker: &mut Checker, at: &Path) -> Option<Passage> {
        read!(self, checker, at => text);
        let text: Text = text?;
        // The byte position of each character, and of the end; computed once, as a text can have many ranges.
        let starts: Vec<usize> = match self.spoken.is_empty() {
            true => Vec::new(),
            false => text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect(),
        };
        let mut free_from = 0;
        let mut spoken = Vec::with_capacity(self.spoken.len());
        for (position, pair) in self.spoken.into_iter().enumerate() {
            let range = byte_range(&starts, &pair).filter(|range| range.start >= free_from);
            if let Some(range) = range {
                free_from = range.end;
                spoken.push(range);
                continue;
            }
            let length = starts.len().saturating_sub(1);
            let expected = format!("[start, end], characters of the text of {length}, after the pair before");
            checker.problem(&at.key("spoken").item(position), format!("{pair:?}"), expected);
        }
        Some(Passage { text, spoken })
    }

    fn write(model: &Passage, writer: &mut Writer) -> Self {
        // The model counts bytes, the format counts characters.
        let characters = |byte: usize| model.text.get(..byte).map_or(0, |text| text.chars().count());
        let pair = |range: &Range<usize>| vec![characters(range.start), characters(range.end)];
        Self { text: File::write(&model.text, writer), spoken: model.spoken.iter().map(pair).collect() }
    }
}

impl Checker {
    /// Returns one judgement for each category, in the framework's order; `None` if any is missing.
    fn judgements(
        &mut self,
        file: format::Judgements,
        framework: &Framework,
        has_origin: bool,
        at: &Path,
    ) -> Option<Vec<Judgement>> {
        // `None` if the file does not name the category, `Some(None)` if its judgement is invalid.
        let mut slots: Vec<Option<Option<Judgement>>> = framework.categories.iter().map(|_| None).collect();
        for (id, judgement) in file.0 {
            let at = at.key(&id);
            let Some(position) = self.category_of(framework, &id, &at) else { continue };
            let Some(slot) = slots.get_mut(position) else { continue };
            if slot.is_some() {
                self.problem(&at, "the category twice", "each category once");
                continue;
            }
            *slot = Some(self.judgement(judgement, framework, has_origin, &at));
        }
        for (category, _) in framework.categories.iter().zip(&slots).filter(|(_, slot)| slot.is_none()) {
            self.problem(&at.key(&category.id), "nothing", "a judgement: a grade, or an absence with its reason");
        }
        slots.into_iter().map(Option::flatten).collect()
    }

    fn judgement(
        &mut self,
        file: format::Judgement,
        framework: &Framework,
        has_origin: bool,
        at: &Path,
    ) -> Option<Judgement> {
        if file.grade.is_some() && !has_origin {
            self.must_have_evidence(&file.evidence, at);
        }
        read!(file, self, at => absence, certainty, evidence, raw);
        let grade = file.grade.map(|grade| self.grade_on(&framework.scale.steps, grade, &at.key("grade")));
        let (certainty, evidence): (Certainty, Vec<Evidence>) = (certainty?, evidence?);
        let outcome = match (grade, absence?) {
            (Some(grade), None) => {
                self.step_given(certainty, &evidence, at);
                Outcome::Grade(grade?)
            }
            (None, Some(absence)) => Outcome::Absent(absence),
            (grade, _) => {
                let found = if grade.is_none() { "neither grade nor absence" } else { "both grade and absence" };
                self.problem(at, found, "exactly one of them");
                return None;
            }
        };
        Some(Judgement { outcome, certainty, evidence, raw: raw? })
    }

    /// Reports an inferred figure whose evidence does not say what it was inferred from.
    pub(super) fn step_given(&mut self, certainty: Certainty, evidence: &[Evidence], at: &Path) {
        if certainty == Certainty::Inferred && evidence.iter().all(|e| e.step.is_none()) {
            let expected = "a \"step\" that says what it follows from";
            self.problem(&at.key("evidence"), "an inference without its step", expected);
        }
    }

    /// Reports grades from days on which the category was not graded.
    fn graded_in_force(&mut self, assessment: &Assessment, at: &Path) {
        let Some(day) = assessment.day() else { return };
        for (category, judgement) in assessment.framework.categories.iter().zip(assessment.judgements.iter()) {
            if judgement.grade().is_some()
                && let Some(absence) = category.absence_on(day)
            {
                let found = format!("a grade of {day}, {}", absence.words());
                self.problem(&at.key(&category.id), found, format!("the absence {}", absence.name()));
            }
        }
    }

    fn quotes(&mut self, file: Vec<format::Quote>, framework: &Framework, at: &Path) -> Option<Vec<Quote>> {
        let quotes = file.into_iter().enumerate();
        let quotes: Vec<Option<Quote>> =
            quotes.map(|(position, quote)| self.quote(quote, framework, &at.item(position))).collect();
        quotes.into_iter().collect()
    }

    fn quote(&mut self, file: format::Quote, framework: &Framework, at: &Path) -> Option<Quote> {
        if file.categories.is_empty() {
            self.problem(&at.key("categories"), "no category", "the categories that the quote is about");
        }
        if file.summary.is_none() && file.passages.is_empty() {
            self.problem(&at.key("passages"), "no passage", "the sentences that contain the quoted words");
        }
        read!(file, self, at => speaker, role, source, passages, summary);
        let at = &at.key("categories");
        let mut categories = Vec::with_capacity(file.categories.len());
        for (position, id) in file.categories.iter().enumerate() {
            categories.extend(self.category_of(framework, &id.0, &at.item(position)));
        }
        Some(Quote {
            speaker: speaker?,
            role: role?,
            categories,
            source: source?,
            passages: passages?,
            summary: summary?,
        })
    }
}

/// Converts a pair of character positions to a byte range; `None` unless start is before end and both are within the
/// text. `starts` has the byte position of each character, and of the end.
fn byte_range(starts: &[usize], pair: &[usize]) -> Option<Range<usize>> {
    let &[start, end] = pair else { return None };
    let range = *starts.get(start)?..*starts.get(end)?;
    (range.start < range.end).then_some(range)
}
