//! Checks authorities with their assessments, judgements and quotes.

use std::ops::Range;
use std::sync::Arc;

use thin_vec::ThinVec;

use super::Checker;
use super::fields::one_of;
use crate::dataset::format::{
    AssessmentFile, AuthorityFile, CodesFile, CouncilFile, Field, JudgementFile, JudgementsFile, List, NeighboursFile,
    OriginFile, PassageFile, QuoteFile, VisitFile, shown,
};
use crate::dataset::path::Path;
use crate::dataset::{
    Absence, Assessment, Authority, Certainty, Codes, Council, Evidence, Framework, Judgement, Neighbours, Origin,
    OriginTable, Outcome, Passage, Quote, Text, TextList, Visit,
};

impl Checker {
    /// Builds an authority as far as possible; the caller discards it if there were problems.
    pub(super) fn authority(&mut self, file: AuthorityFile, at: &Path) -> Authority {
        self.unknown_fields(&file.unknown_fields, at);
        let name = self.text(file.name, &at.key("name"));
        Authority {
            name: name.unwrap_or_default(),
            aliases: self.texts(file.aliases, &at.key("aliases")),
            codes: self.codes(file.codes, &at.key("codes")),
            council_at_assessment: self
                .council(file.council_at_assessment, &at.key("council_at_assessment"))
                .map(Box::new),
            current_council: self.council(file.current_council, &at.key("current_council")).map(Box::new),
            region: self.optional_text(file.region, &at.key("region")),
            from: self.date(file.from, &at.key("from")),
            until: self.date(file.until, &at.key("until")),
            replaced_by: self.texts(file.replaced_by, &at.key("replaced_by")),
            assessments: self.assessments(file.assessments, &at.key("assessments")),
            notes: self.notes(file.notes, &at.key("notes")),
            neighbours: self.neighbours(file.neighbours, &at.key("neighbours")).map(Box::new),
            evidence: self.evidence(file.evidence, &at.key("evidence")).into(),
        }
    }

    fn codes(&mut self, field: Field<CodesFile>, at: &Path) -> Codes {
        let Some(file) = self.optional(field, at) else { return Codes::default() };
        self.unknown_fields(&file.unknown_fields, at);
        Codes {
            gss: self.optional_text(file.gss, &at.key("gss")),
            former_gss: self.texts(file.former_gss, &at.key("former_gss")),
            urn: self.optional_text(file.urn, &at.key("urn")),
            la: self.optional_text(file.la, &at.key("la")),
        }
    }

    fn neighbours(&mut self, field: Field<NeighboursFile>, at: &Path) -> Option<Neighbours> {
        let file = self.optional(field, at)?;
        self.unknown_fields(&file.unknown_fields, at);
        let source = self.source_by_id(file.source, &at.key("source"));
        let la_codes: TextList = self.texts(file.la_codes, &at.key("la_codes")).into_iter().collect();
        let closeness = self.texts(file.closeness, &at.key("closeness"));
        if !closeness.is_empty() && closeness.len() != la_codes.len() {
            let found = format!("{} words for {} neighbours", closeness.len(), la_codes.len());
            self.problem(&at.key("closeness"), found, "one for each neighbour");
        }
        Some(Neighbours { source: source?, la_codes, closeness: closeness.into() })
    }

    fn council(&mut self, field: Field<CouncilFile>, at: &Path) -> Option<Council> {
        let file = self.optional(field, at)?;
        self.unknown_fields(&file.unknown_fields, at);
        let name = self.text(file.name, &at.key("name"));
        let kind = self.optional_text(file.kind, &at.key("kind"));
        let since = self.date(file.since, &at.key("since"));
        Some(Council { name: name?, kind, since })
    }

    fn assessments(&mut self, field: Field<List<AssessmentFile>>, at: &Path) -> Vec<Assessment> {
        self.each(field, at, Self::assessment)
    }

    fn assessment(&mut self, file: AssessmentFile, at: &Path) -> Option<Assessment> {
        self.unknown_fields(&file.unknown_fields, at);
        let framework = self.framework_by_id(file.framework, &at.key("framework"));
        let round = self.text(file.round, &at.key("round"));
        let date = self.date(file.date, &at.key("date"));
        let judgements = self.required(file.judgements, &at.key("judgements"));
        let framework = framework?;
        let origin = self.origin(file.origin, &at.key("origin"));
        let visit = self.visit(file.visit, &at.key("visit"));
        let judgements = self.judgements(judgements?, &framework, origin.as_ref(), &at.key("judgements"));
        let quotes = self.quotes(file.quotes, &framework, &at.key("quotes"));
        let round = self.round(round?);
        let assessment = Assessment { framework, round, date, judgements: judgements?, quotes, origin, visit };
        self.graded_in_force(&assessment, &at.key("judgements"));
        Some(assessment)
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

    /// Returns the round, sharing one allocation between consecutive assessments with the same round.
    fn round(&mut self, text: Text) -> Arc<str> {
        if let Some(last) = self.last_round.as_ref().filter(|last| last.as_ref() == text) {
            return Arc::clone(last);
        }
        let round: Arc<str> = text.as_str().into();
        self.last_round = Some(Arc::clone(&round));
        round
    }

    fn origin(&mut self, field: Field<OriginFile>, at: &Path) -> Option<Origin> {
        let file = self.optional(field, at)?;
        self.unknown_fields(&file.unknown_fields, at);
        let source = self.source_by_id(file.source, &at.key("source"));
        let row = self.row_number(file.row, &at.key("row"));
        let parser_version = self.row_number(file.parser_version, &at.key("parser_version"));
        let place = self.optional_text(file.place, &at.key("place"));
        let link = self.link(file.link, &at.key("link"));
        // A category without a column in the file has an empty header.
        let headers = self.each(file.headers, &at.key("headers"), |_, header: String, _| Some(header.into()));
        let table = self.table(OriginTable { source: source?, headers, place });
        Some(Origin { table, row: row?, parser_version: parser_version?, link })
    }

    /// Returns a number that counts from 1; 0 if it is left out, `None` if it is too large.
    fn row_number(&mut self, field: Field<u64>, at: &Path) -> Option<u32> {
        let number = u32::try_from(self.optional(field, at).unwrap_or(0)).ok();
        if number.is_none() {
            self.problem(at, "a number larger than 4294967295".to_owned(), "a smaller number");
        }
        number
    }

    /// Returns the table, sharing one allocation between consecutive assessments read from the same table.
    fn table(&mut self, table: OriginTable) -> Arc<OriginTable> {
        if let Some(last) = self.last_table.as_ref().filter(|last| ***last == table) {
            return Arc::clone(last);
        }
        let table = Arc::new(table);
        self.last_table = Some(Arc::clone(&table));
        table
    }

    fn visit(&mut self, field: Field<VisitFile>, at: &Path) -> Option<Visit> {
        let file = self.optional(field, at)?;
        self.unknown_fields(&file.unknown_fields, at);
        Some(Visit {
            kind: self.optional_text(file.kind, &at.key("kind")).map(Arc::from),
            from: self.date(file.from, &at.key("from")),
            until: self.date(file.until, &at.key("until")),
            lead: self.optional_text(file.lead, &at.key("lead")).map(Arc::from),
        })
    }

    /// Returns one judgement for each category, in the framework's order; `None` if any is missing.
    fn judgements(
        &mut self,
        file: JudgementsFile,
        framework: &Framework,
        origin: Option<&Origin>,
        at: &Path,
    ) -> Option<Arc<[Judgement]>> {
        // `None` if the file does not name the category, `Some(None)` if its judgement is invalid.
        let mut slots: Vec<Option<Option<Judgement>>> = framework.categories.iter().map(|_| None).collect();
        for (id, field) in file.0 {
            let at = at.key(&id);
            let Some(position) = self.category_of(framework, &id, &at) else { continue };
            let Some(slot) = slots.get_mut(position) else { continue };
            if slot.is_some() {
                self.problem(&at, "the category twice", "each category once");
                continue;
            }
            *slot = Some(self.required(field, &at).and_then(|file| self.judgement(file, framework, origin, &at)));
        }
        for (category, _) in framework.categories.iter().zip(&slots).filter(|(_, slot)| slot.is_none()) {
            self.problem(&at.key(&category.id), "nothing", "a judgement: a grade, or an absence with its reason");
        }
        slots.into_iter().map(Option::flatten).collect()
    }

    fn judgement(
        &mut self,
        file: JudgementFile,
        framework: &Framework,
        origin: Option<&Origin>,
        at: &Path,
    ) -> Option<Judgement> {
        self.unknown_fields(&file.unknown_fields, at);
        let raw = self.optional_text(file.raw, &at.key("raw"));
        match (file.grade.is_absent(), file.absence.is_absent()) {
            (false, true) => {
                let number = self.required(file.grade, &at.key("grade"));
                let grade = number.and_then(|n| self.grade_on(&framework.scale.steps, n, &at.key("grade")));
                let certainty = self.certainty(file.certainty, &at.key("certainty"));
                let at_evidence = at.key("evidence");
                if origin.is_none() {
                    self.must_have_evidence(&file.evidence, &at_evidence);
                }
                let evidence = self.thin_evidence(file.evidence, &at_evidence);
                self.step_given(certainty, &evidence, at);
                Some(Judgement { outcome: Outcome::Grade(grade?), certainty: certainty?, evidence, raw })
            }
            (true, false) => {
                let absence = self.absence(file.absence, &at.key("absence"));
                let evidence = self.thin_evidence(file.evidence, &at.key("evidence"));
                let certainty = match file.certainty {
                    Field::Absent => Some(Certainty::Stated),
                    given => self.certainty(given, &at.key("certainty")),
                };
                Some(Judgement { outcome: Outcome::Absent(absence?), certainty: certainty?, evidence, raw })
            }
            (is_neither, _) => {
                let found = if is_neither { "neither grade nor absence" } else { "both grade and absence" };
                self.problem(at, found, "exactly one of them");
                None
            }
        }
    }

    fn absence(&mut self, field: Field<String>, at: &Path) -> Option<Absence> {
        let name = self.text(field, at)?;
        let absence = Absence::from_name(&name);
        if absence.is_none() {
            self.problem(at, shown(&name), one_of(Absence::ALL.map(Absence::name)));
        }
        absence
    }

    /// Reports an inferred figure whose evidence does not say what it was inferred from.
    pub(super) fn step_given(&mut self, certainty: Option<Certainty>, evidence: &[Evidence], at: &Path) {
        if certainty == Some(Certainty::Inferred) && evidence.iter().all(|e| e.step.is_none()) {
            self.problem(
                &at.key("evidence"),
                "an inference without its step",
                "a \"step\" that says what it follows from",
            );
        }
    }

    fn quotes(&mut self, field: Field<List<QuoteFile>>, framework: &Framework, at: &Path) -> ThinVec<Quote> {
        self.each_into(ThinVec::with_capacity, field, at, |checker, file, at| checker.quote(file, framework, at))
    }

    fn quote(&mut self, file: QuoteFile, framework: &Framework, at: &Path) -> Option<Quote> {
        self.unknown_fields(&file.unknown_fields, at);
        let speaker = self.text(file.speaker, &at.key("speaker"));
        let role = self.optional_text(file.role, &at.key("role"));
        let source = self.source_by_id(file.source, &at.key("source"));
        let at_categories = at.key("categories");
        let is_about_nothing = matches!(&file.categories, Field::Absent) || file.categories == Field::Is(Vec::new());
        if is_about_nothing {
            self.problem(&at_categories, "no category", "the categories that the quote is about");
        }
        let categories = self
            .each(file.categories, &at_categories, |checker, id: String, at| checker.category_of(framework, &id, at));
        let summary = self.optional_text(file.summary, &at.key("summary"));
        let passages = self.passages(file.passages, summary.is_some(), &at.key("passages"));
        Some(Quote { speaker: speaker?, role, categories, source: source?, passages, summary })
    }

    fn passages(&mut self, field: Field<List<PassageFile>>, has_summary: bool, at: &Path) -> Vec<Passage> {
        if !has_summary && (field.is_absent() || field == Field::Is(Vec::new())) {
            self.problem(at, "no passage", "the sentences that contain the quoted words");
        }
        self.each(field, at, Self::passage)
    }

    fn passage(&mut self, file: PassageFile, at: &Path) -> Option<Passage> {
        self.unknown_fields(&file.unknown_fields, at);
        let text = self.text(file.text, &at.key("text"))?;
        let mut free_from = 0;
        // Computed once: a text can have many ranges.
        let starts: Vec<usize> = match &file.spoken {
            Field::Is(_) => text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect(),
            _ => Vec::new(),
        };
        let spoken = self.each(file.spoken, &at.key("spoken"), |checker, pair, at| {
            let numbers: Vec<u64> = pair.into_iter().filter_map(|n| checker.required(n, at)).collect();
            let range = byte_range(&starts, &numbers).filter(|range| range.start >= free_from);
            match &range {
                Some(range) => free_from = range.end,
                None => checker.problem(
                    at,
                    format!("{numbers:?}"),
                    format!(
                        "[start, end], characters of the text of {}, after the pair before",
                        starts.len().saturating_sub(1)
                    ),
                ),
            }
            range
        });
        Some(Passage { text, spoken })
    }
}

/// Converts a pair of character positions to a byte range; `None` unless start is before end and both are within the
/// text. `starts` has the byte position of each character, and of the end.
fn byte_range(starts: &[usize], pair: &[u64]) -> Option<Range<usize>> {
    let &[start, end] = pair else { return None };
    let place = |at: u64| starts.get(usize::try_from(at).ok()?).copied();
    let range = place(start)?..place(end)?;
    (range.start < range.end).then_some(range)
}
