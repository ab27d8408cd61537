//! Turns a dataset back into the types of its file.

use super::format::{
    AssessmentFile, AuthorityFile, CategoryFile, ClaimFile, CodesFile, CouncilFile, DatasetFile, EvidenceFile, Field,
    FrameworkFile, JudgementFile, JudgementsFile, List, NeighboursFile, NoteFile, OriginFile, PassageFile, QuoteFile,
    RedefinitionFile, SourceFile, StepFile, VERSION, VisitFile,
};
use super::{
    Assessment, Authority, Category, Claim, Codes, Council, Dataset, Date, Evidence, Framework, Judgement, Neighbours,
    Note, Origin, Outcome, Passage, Quote, Redefinition, Source, Step, Target, Value, Visit,
};

fn text(text: &str) -> Field<String> {
    Field::Is(text.to_owned())
}

fn maybe(text: Option<&String>) -> Field<String> {
    text.cloned().into()
}

fn shared(text: Option<&str>) -> Field<String> {
    text.map(String::from).into()
}

fn date(date: Option<Date>) -> Field<String> {
    date.map(|d| d.iso()).into()
}

/// A list that must be there, even where it is empty.
fn list<'i, T: 'i, U>(items: impl IntoIterator<Item = &'i T>, one: impl Fn(&'i T) -> U) -> Field<List<U>> {
    Field::Is(items.into_iter().map(|item| Field::Is(one(item))).collect())
}

/// A list that is left out where it is empty.
fn some<'i, T: 'i, U>(items: &'i [T], one: impl Fn(&'i T) -> U) -> Field<List<U>> {
    if items.is_empty() { Field::Absent } else { list(items, one) }
}

impl From<&Dataset> for DatasetFile {
    fn from(dataset: &Dataset) -> Self {
        Self {
            format: Field::Is(VERSION),
            title: text(&dataset.title),
            publisher: text(&dataset.publisher),
            collector: maybe(dataset.collector.as_ref()),
            date: date(dataset.date),
            frameworks: list(&dataset.frameworks, |f| framework(f)),
            sources: list(&dataset.sources, |s| source(s)),
            authorities: list(&dataset.authorities, authority),
            claims: list(&dataset.claims, claim),
            unknown_fields: Vec::new(),
        }
    }
}

fn framework(framework: &Framework) -> FrameworkFile {
    FrameworkFile {
        id: text(&framework.id),
        title: text(&framework.title),
        short: text(&framework.short),
        aliases: some(&framework.aliases, |alias| alias.clone()),
        from: date(framework.from),
        until: date(framework.until),
        good_from: Field::Is(framework.scale.good_from.0.into()),
        scale: list(&framework.scale.steps, step),
        categories: list(&framework.categories, category),
        notes: some(&framework.notes, note),
        caveats: some(&framework.caveats, note),
        unknown_fields: Vec::new(),
    }
}

fn step(step: &Step) -> StepFile {
    StepFile {
        grade: Field::Is(step.grade.0.into()),
        letter: maybe(step.letter.as_ref()),
        word: text(&step.word),
        also: some(&step.also, |also| also.clone()),
        meaning: maybe(step.meaning.as_ref()),
        meaning_of: some(&step.meaning_of, |id| id.clone()),
        evidence: some(&step.evidence, evidence),
        unknown_fields: Vec::new(),
    }
}

fn category(category: &Category) -> CategoryFile {
    CategoryFile {
        id: text(&category.id),
        label: text(&category.label),
        short: text(&category.short),
        full: maybe(category.full.as_ref()),
        column: maybe(category.column.as_ref()),
        from: date(category.from),
        until: date(category.until),
        redefined: category.redefined.as_ref().map(redefinition).into(),
        evidence: some(&category.evidence, evidence),
        unknown_fields: Vec::new(),
    }
}

fn redefinition(redefinition: &Redefinition) -> RedefinitionFile {
    RedefinitionFile { on: date(Some(redefinition.on)), was: text(&redefinition.was), unknown_fields: Vec::new() }
}

fn note(note: &Note) -> NoteFile {
    NoteFile { text: text(&note.text), evidence: list(&note.evidence, evidence), unknown_fields: Vec::new() }
}

fn source(source: &Source) -> SourceFile {
    SourceFile {
        id: text(&source.id),
        publisher: text(&source.publisher),
        title: text(&source.title),
        date: date(source.date),
        link: maybe(source.link.as_ref()),
        file: maybe(source.file.as_ref()),
        note: maybe(source.note.as_ref()),
        unknown_fields: Vec::new(),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceFile {
    EvidenceFile {
        source: text(&evidence.source.id),
        passage: maybe(evidence.passage.as_ref()),
        note: maybe(evidence.note.as_ref()),
        step: maybe(evidence.step.as_ref()),
        place: maybe(evidence.place.as_ref()),
        link: maybe(evidence.link.as_ref()),
        unknown_fields: Vec::new(),
    }
}

fn authority(authority: &Authority) -> AuthorityFile {
    AuthorityFile {
        name: text(&authority.name),
        aliases: some(&authority.aliases, |alias| alias.clone()),
        codes: codes(&authority.codes),
        council_at_assessment: authority.council_at_assessment.as_ref().map(council).into(),
        current_council: authority.current_council.as_ref().map(council).into(),
        region: maybe(authority.region.as_ref()),
        evidence: some(&authority.evidence, evidence),
        assessments: some(&authority.assessments, assessment),
        notes: some(&authority.notes, note),
        neighbours: authority.neighbours.as_ref().map(neighbours).into(),
        unknown_fields: Vec::new(),
    }
}

fn neighbours(neighbours: &Neighbours) -> NeighboursFile {
    NeighboursFile {
        source: text(&neighbours.source.id),
        la_codes: list(&neighbours.la_codes, |la| la.clone()),
        unknown_fields: Vec::new(),
    }
}

fn origin(origin: &Origin) -> OriginFile {
    OriginFile {
        source: text(&origin.source.id),
        row: Field::Is(origin.row.into()),
        link: shared(origin.link.as_deref()),
        unknown_fields: Vec::new(),
    }
}

fn visit(visit: &Visit) -> VisitFile {
    VisitFile {
        kind: shared(visit.kind.as_deref()),
        from: date(visit.from),
        until: date(visit.until),
        lead: shared(visit.lead.as_deref()),
        unknown_fields: Vec::new(),
    }
}

fn codes(codes: &Codes) -> Field<CodesFile> {
    if *codes == Codes::default() {
        return Field::Absent;
    }
    Field::Is(CodesFile {
        gss: maybe(codes.gss.as_ref()),
        former_gss: some(&codes.former_gss, |code| code.clone()),
        urn: maybe(codes.urn.as_ref()),
        la: maybe(codes.la.as_ref()),
        unknown_fields: Vec::new(),
    })
}

fn council(council: &Council) -> CouncilFile {
    CouncilFile {
        name: text(&council.name),
        kind: maybe(council.kind.as_ref()),
        since: date(council.since),
        unknown_fields: Vec::new(),
    }
}

fn assessment(assessment: &Assessment) -> AssessmentFile {
    let categories = &assessment.framework.categories;
    let judgements = categories.iter().zip(assessment.judgements.iter());
    AssessmentFile {
        framework: text(&assessment.framework.id),
        round: text(&assessment.round),
        date: date(assessment.date),
        judgements: Field::Is(JudgementsFile(
            judgements.map(|(category, j)| (category.id.clone(), Field::Is(judgement(j)))).collect(),
        )),
        quotes: some(&assessment.quotes, |q| quote(q, categories)),
        origin: assessment.origin.as_ref().map(origin).into(),
        visit: assessment.visit.as_ref().map(visit).into(),
        unknown_fields: Vec::new(),
    }
}

fn judgement(judgement: &Judgement) -> JudgementFile {
    let (grade, absence) = match judgement.outcome {
        Outcome::Grade(grade) => (Field::Is(u64::from(grade.0)), Field::Absent),
        Outcome::Absent(absence) => (Field::Absent, text(absence.name())),
    };
    // An absence that its source states itself says so by saying nothing.
    let is_plain = grade.is_absent() && judgement.certainty == super::Certainty::Stated;
    JudgementFile {
        grade,
        absence,
        certainty: if is_plain { Field::Absent } else { text(judgement.certainty.name()) },
        evidence: some(&judgement.evidence, evidence),
        raw: shared(judgement.raw.as_deref()),
        unknown_fields: Vec::new(),
    }
}

fn quote(quote: &Quote, categories: &[Category]) -> QuoteFile {
    let ids = quote.categories.iter().filter_map(|position| categories.get(*position));
    QuoteFile {
        speaker: text(&quote.speaker),
        role: maybe(quote.role.as_ref()),
        categories: list(ids, |category| category.id.clone()),
        source: text(&quote.source.id),
        passages: list(&quote.passages, passage),
        unknown_fields: Vec::new(),
    }
}

/// Spoken words are given in the file by characters, in the model by bytes.
fn passage(passage: &Passage) -> PassageFile {
    let characters = |byte: usize| passage.text.get(..byte).map_or(0, |t| t.chars().count() as u64);
    let pair =
        |range: &std::ops::Range<usize>| vec![Field::Is(characters(range.start)), Field::Is(characters(range.end))];
    PassageFile { text: text(&passage.text), spoken: list(&passage.spoken, pair), unknown_fields: Vec::new() }
}

fn claim(claim: &Claim) -> ClaimFile {
    let (value, unit) = match claim.value {
        Value::Count(count) => (f64::from(count), "count"),
        Value::Percent(percent) => (percent, "percent"),
    };
    let category = match claim.target {
        Target::Category(position) => claim.framework.categories.get(position).map_or("", |c| c.id.as_str()),
        Target::All => "all",
        Target::Assessed => "assessed",
    };
    ClaimFile {
        framework: text(&claim.framework.id),
        round: text(&claim.round),
        category: text(category),
        grades: list(&claim.grades, |g| u64::from(g.0)),
        value: Field::Is(value),
        unit: text(unit),
        of: claim.of.map(u64::from).into(),
        certainty: text(claim.certainty.name()),
        evidence: list(&claim.evidence, evidence),
        note: maybe(claim.note.as_ref()),
        unknown_fields: Vec::new(),
    }
}
