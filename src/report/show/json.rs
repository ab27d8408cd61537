//! The answer of `scrutineer show --format json`.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::{Show, with_previous};
use crate::dataset::{
    Assessment, Authority, Council, Evidence, Framework, Neighbours, Quote, Recommendation, Text, Visit,
};
use crate::report::events::EventJson;
use crate::report::json::{self, CodesJson, EvidenceJson, JudgementsJson, SourceJson};
use crate::wording;

/// Writes an authority as JSON.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, show: &Show<'_>) -> io::Result<()> {
    let authority = show.authority;
    let answer = AuthorityJson {
        name: &authority.name,
        aliases: &authority.aliases,
        codes: CodesJson::new(&authority.codes),
        council_at_assessment: authority.council_at_assessment.as_deref().map(CouncilJson::new),
        current_council: authority.current_council.as_deref().map(CouncilJson::new),
        region: authority.region.as_deref(),
        from: authority.from.map(|date| date.iso()),
        until: authority.until.map(|date| date.iso()),
        replaced_by: authority.replaced_by.iter().map(Text::as_str).collect(),
        assessments: with_previous(authority).map(|(a, before)| AssessmentJson::new(authority, a, before)).collect(),
        neighbours: authority.neighbours.as_deref().map(NeighboursJson::new),
        interventions: show.dataset.has_interventions().then_some(wording::THOSE_KNOWN),
        events: authority.events.iter().map(EventJson::new).collect(),
        notes: authority.notes.iter().map(|n| NoteJson { text: &n.text, evidence: all(&n.evidence) }).collect(),
        evidence: all(&authority.evidence),
        sources: show.dataset.sources.iter().map(|s| SourceJson::new(s)).collect(),
    };
    json::write(out, &answer)
}

fn all(evidence: &[Evidence]) -> Vec<EvidenceJson<'_>> {
    evidence.iter().map(EvidenceJson::new).collect()
}

/// Returns the JSON Schema of the answer.
pub fn show_schema() -> Schema {
    json::schema::<AuthorityJson<'static>>()
}

/// The answer of `scrutineer show --format json`.
#[derive(Serialize, JsonSchema)]
struct AuthorityJson<'a> {
    /// The name by which it is listed.
    name: &'a str,
    /// Other names.
    #[schemars(with = "Vec<String>")]
    aliases: &'a [Text],
    /// Its codes by register.
    codes: CodesJson<'a>,
    /// The council at the time of its assessments; null if that is not held.
    council_at_assessment: Option<CouncilJson<'a>>,
    /// The council of today, where that is another.
    current_council: Option<CouncilJson<'a>>,
    /// The region of England; null if it is not known.
    region: Option<&'a str>,
    /// Its first day, if it was created after 2006; else null.
    from: Option<String>,
    /// Its last day; null if it still exists.
    until: Option<String>,
    /// The authorities that replaced it.
    replaced_by: Vec<&'a str>,
    /// Every assessment.
    assessments: Vec<AssessmentJson<'a>>,
    /// Its statistical neighbours; null if the data name none.
    neighbours: Option<NeighboursJson<'a>>,
    /// What is true of interventions: they are those known, so that none here is not none; null if the data name none at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    interventions: Option<&'static str>,
    /// What was done about its services, as far as it is known, and inspections that grade nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<EventJson<'a>>,
    /// What else is known of it.
    notes: Vec<NoteJson<'a>>,
    /// Where names, codes and region come from.
    evidence: Vec<EvidenceJson<'a>>,
    /// Every source of the dataset.
    sources: Vec<SourceJson<'a>>,
}

/// A council as it was or is constituted.
#[derive(Serialize, JsonSchema)]
struct CouncilJson<'a> {
    /// Its full name.
    name: &'a str,
    /// Its kind.
    kind: Option<&'a str>,
    /// Since when; null if that is not held.
    since: Option<String>,
}

impl<'a> CouncilJson<'a> {
    fn new(council: &'a Council) -> Self {
        Self { name: &council.name, kind: council.kind.as_deref(), since: council.since.map(|d| d.iso()) }
    }
}

/// One round or inspection.
#[derive(Serialize, JsonSchema)]
struct AssessmentJson<'a> {
    /// The id of the framework.
    framework: &'a str,
    /// The round.
    round: &'a str,
    /// When it was published; null if that is not known.
    date: Option<String>,
    /// How it was carried out; null if nothing is held.
    visit: Option<VisitJson<'a>>,
    /// The report, or else Ofsted's page of the council, which lists all its reports; null if no link is held.
    link: Option<&'a str>,
    /// By the id of the category.
    judgements: JudgementsJson<'a>,
    /// What people said of it.
    quotes: Vec<QuoteJson<'a>>,
    /// What its report asks to improve; empty if nothing is listed, or that is not known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    areas: Vec<RecommendationJson<'a>>,
    /// listed, none-listed or report-not-held; null if nothing is known of what its report asks to improve.
    #[serde(skip_serializing_if = "Option::is_none")]
    areas_coverage: Option<&'static str>,
}

/// Something that a report asks to improve.
#[derive(Serialize, JsonSchema)]
struct RecommendationJson<'a> {
    /// What was asked, in our words.
    words: &'a str,
    /// Whether the inspection before asked for the same.
    is_again: bool,
    /// The id of the category that it mainly bears on.
    judgement: Option<&'a str>,
    /// The ids of its subjects, by our coding.
    subjects: Vec<&'a str>,
    /// The ids of its practices, by our coding.
    practices: Vec<&'a str>,
    /// The part of the national framework that the report refers to.
    framework_reference: Option<&'a str>,
    /// The page of the report.
    page: Option<u32>,
}

impl<'a> RecommendationJson<'a> {
    fn new(assessment: &'a Assessment, one: &'a Recommendation, before: Option<&Assessment>) -> Self {
        Self {
            words: &one.words,
            is_again: assessment.is_again(one, before),
            judgement: assessment.framework.categories.get(one.category).map(|category| category.id.as_str()),
            subjects: one.subjects.iter().map(|code| code.id.as_str()).collect(),
            practices: one.practices.iter().map(|code| code.id.as_str()).collect(),
            framework_reference: one.framework_reference.as_deref(),
            page: one.page,
        }
    }
}

impl<'a> AssessmentJson<'a> {
    fn new(authority: &'a Authority, assessment: &'a Assessment, before: Option<&'a Assessment>) -> Self {
        let framework = &assessment.framework;
        Self {
            framework: &framework.id,
            round: &assessment.round,
            date: assessment.date.map(|d| d.iso()),
            judgements: JudgementsJson { authority, of: Some(assessment), before },
            visit: assessment.visit.as_ref().map(VisitJson::new),
            link: assessment.origin.as_ref().and_then(|r| r.link.as_deref()),
            quotes: assessment.quotes.iter().map(|q| QuoteJson::new(q, framework)).collect(),
            areas: assessment
                .recommended()
                .iter()
                .map(|one| RecommendationJson::new(assessment, one, before))
                .collect(),
            areas_coverage: assessment.recommendations.as_ref().map(|all| all.coverage.name()),
        }
    }
}

/// How an inspection was carried out.
#[derive(Serialize, JsonSchema)]
struct VisitJson<'a> {
    /// Its kind, as the file has it.
    kind: Option<&'a str>,
    /// Its first day.
    from: Option<String>,
    /// Its last day.
    until: Option<String>,
    /// Who led it.
    lead: Option<&'a str>,
}

impl<'a> VisitJson<'a> {
    fn new(visit: &'a Visit) -> Self {
        Self {
            kind: visit.kind.as_deref(),
            from: visit.from.map(|d| d.iso()),
            until: visit.until.map(|d| d.iso()),
            lead: visit.lead.as_deref(),
        }
    }
}

/// The authorities most like it by a model.
#[derive(Serialize, JsonSchema)]
struct NeighboursJson<'a> {
    /// The id of the source that names them.
    source: &'a str,
    /// Their numbers with the Department for Education, the most alike first.
    #[schemars(with = "Vec<String>")]
    la_codes: &'a [Text],
    /// How close each of them is, in the words of the model; left out if it does not say.
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    #[schemars(with = "Vec<String>")]
    closeness: &'a [Text],
}

impl<'a> NeighboursJson<'a> {
    fn new(neighbours: &'a Neighbours) -> Self {
        Self { source: &neighbours.source.id, la_codes: &neighbours.la_codes, closeness: &neighbours.closeness }
    }
}

/// What a person said.
#[derive(Serialize, JsonSchema)]
struct QuoteJson<'a> {
    /// Who.
    speaker: &'a str,
    /// In what role; null if the source has none.
    role: Option<&'a str>,
    /// The ids of the categories it speaks to.
    categories: Vec<&'a str>,
    /// The id of the source.
    source: &'a str,
    /// The sentences, letter for letter.
    passages: Vec<&'a str>,
    /// What was said, in our words; null if it is quoted.
    summary: Option<&'a str>,
}

impl<'a> QuoteJson<'a> {
    fn new(quote: &'a Quote, framework: &'a Framework) -> Self {
        let categories = quote.categories.iter().filter_map(|c| framework.categories.get(*c));
        Self {
            speaker: &quote.speaker,
            role: quote.role.as_deref(),
            categories: categories.map(|c| c.id.as_str()).collect(),
            source: &quote.source.id,
            passages: quote.passages.iter().map(|p| p.text.as_str()).collect(),
            summary: quote.summary.as_deref(),
        }
    }
}

/// Something known, with where it comes from.
#[derive(Serialize, JsonSchema)]
struct NoteJson<'a> {
    /// What.
    text: &'a str,
    /// Where it comes from.
    evidence: Vec<EvidenceJson<'a>>,
}
