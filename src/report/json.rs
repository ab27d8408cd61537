//! Types and functions shared by the JSON answers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::ser::Serializer;

use crate::dataset::{
    Assessment, Authority, Category, Codes, Evidence, Framework, Judgement, Movement, Origin, Outcome, Source, Text,
};
use crate::tables::Cell;

/// Writes an answer as indented JSON, with a final newline.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, answer: &impl Serialize) -> io::Result<()> {
    // serde_json writes every token separately, so the output is buffered.
    let mut buffer = BufWriter::with_capacity(1 << 16, out);
    serde_json::to_writer_pretty(&mut buffer, answer).map_err(io::Error::from)?;
    writeln!(buffer)?;
    buffer.flush()
}

/// Returns the JSON Schema of an answer.
pub fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// A list whose items are created while it is serialized.
pub struct Rows<F>(F);

impl<I: Iterator, F: Fn() -> I> Rows<F> {
    /// Creates a list from a function that returns an iterator.
    pub fn new(rows: F) -> Self {
        Self(rows)
    }
}

impl<I, F> Serialize for Rows<F>
where
    I: Iterator,
    I::Item: Serialize,
    F: Fn() -> I,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Converts the sources of a table.
pub fn sources(sources: &[Source]) -> Vec<SourceJson<'_>> {
    sources.iter().map(SourceJson::new).collect()
}

/// Where something is written.
#[derive(Serialize, JsonSchema)]
pub struct SourceJson<'a> {
    /// What evidence calls it.
    id: &'a str,
    /// Who published it.
    publisher: &'a str,
    /// Its title.
    title: &'a str,
    /// When it was published: YYYY, YYYY-MM or YYYY-MM-DD.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// Its address on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    /// What else is known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

impl<'a> SourceJson<'a> {
    /// Converts a source.
    pub fn new(source: &'a Source) -> Self {
        Self {
            id: &source.id,
            publisher: &source.publisher,
            title: &source.title,
            date: source.date.map(|d| d.iso()),
            link: source.link.as_deref(),
            note: source.note.as_deref(),
        }
    }
}

/// A place in a source.
#[derive(Serialize, JsonSchema)]
pub struct EvidenceJson<'a> {
    /// The id of the source.
    source: &'a str,
    /// Its words, letter for letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<&'a str>,
    /// What it says, in our words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    /// How an inferred figure follows from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a str>,
    /// Where in it: file, row, column.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Cow<'a, str>>,
    /// The address of this very place.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

impl<'a> EvidenceJson<'a> {
    /// Converts evidence.
    pub fn new(evidence: &'a Evidence) -> Self {
        Self {
            source: &evidence.source.id,
            passage: evidence.passage.as_deref(),
            note: evidence.note.as_deref(),
            step: evidence.step.as_deref(),
            place: evidence.place.as_deref().map(Cow::Borrowed),
            link: evidence.link(),
        }
    }

    /// Creates evidence from a cell of a file.
    fn of_cell(origin: &'a Origin, category: usize) -> Self {
        Self {
            source: &origin.table.source.id,
            passage: None,
            note: None,
            step: None,
            place: Some(Cow::Owned(origin.location(category))),
            link: origin.link(),
        }
    }
}

/// What an assessment says of a category: a grade, or the reason why there is none.
#[derive(Serialize, JsonSchema)]
pub struct JudgementJson<'a> {
    /// The step of the scale, the highest being the best; null if there is no grade.
    grade: Option<u8>,
    /// The word for that step.
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<&'a str>,
    /// Why there is no grade, in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    absence: Option<&'static str>,
    /// The same in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// stated, inferred or second-hand; null if there is no grade.
    certainty: Option<&'static str>,
    /// up, same or down since the assessment before under the same framework; redefined if the two do not mean the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    movement: Option<&'static str>,
    /// What the category was called, and covered, in the assessment before, where it changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    movement_from: Option<&'a str>,
    /// The last grade, where the category ended since.
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<LastJson<'a>>,
    /// The text it was read from, where that is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'a str>,
    /// Where it comes from; never empty beside a grade.
    #[schemars(with = "Vec<EvidenceJson<'static>>")]
    evidence: Grounds<'a>,
}

/// The last grade of a category that ended.
#[derive(Serialize, JsonSchema)]
pub struct LastJson<'a> {
    /// The step of the scale.
    grade: Option<u8>,
    /// The word for it.
    word: Option<&'a str>,
    /// stated, inferred or second-hand.
    certainty: Option<&'static str>,
    /// When it was published.
    date: Option<String>,
}

impl<'a> LastJson<'a> {
    fn new(assessment: &'a Assessment, judgement: &Judgement) -> Self {
        let step = judgement.grade().and_then(|grade| assessment.framework.scale.step(grade));
        Self {
            grade: step.map(|step| step.grade.0),
            word: step.map(|step| step.word.as_str()),
            certainty: judgement.certainty_name(),
            date: assessment.date.map(|date| date.iso()),
        }
    }
}

/// The evidence for a judgement: its own, else the cell it was read from.
struct Grounds<'a> {
    own: &'a [Evidence],
    cell: Option<(&'a Origin, usize)>,
}

impl Serialize for Grounds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell =
            self.cell.filter(|_| self.own.is_empty()).map(|(origin, category)| EvidenceJson::of_cell(origin, category));
        serializer.collect_seq(self.own.iter().map(EvidenceJson::new).chain(cell))
    }
}

impl<'a> JudgementJson<'a> {
    fn new(
        assessment: &'a Assessment,
        (position, category): (usize, &'a Category),
        judgement: &'a Judgement,
        movement: Option<Movement>,
    ) -> Self {
        let evidence =
            Grounds { own: &judgement.evidence, cell: assessment.origin.as_ref().map(|origin| (origin, position)) };
        let absence = match judgement.outcome {
            Outcome::Absent(absence) => Some(absence),
            Outcome::Grade(_) => None,
        };
        let step = judgement.grade().and_then(|g| assessment.framework.scale.step(g));
        Self {
            grade: judgement.grade().map(|g| g.0),
            word: step.map(|s| s.word.as_str()),
            absence: absence.map(|a| a.name()),
            reason: absence.map(|a| a.meaning()),
            certainty: judgement.certainty_name(),
            movement: movement.map(|m| m.name()),
            movement_from: movement.and_then(|movement| category.moved_from(movement)),
            last: None,
            raw: judgement.raw.as_deref(),
            evidence,
        }
    }
}

/// The judgements of an assessment keyed by category id, in the framework's order, with their movement since the
/// previous assessment; empty if there is no assessment.
pub struct JudgementsJson<'a> {
    /// The authority that was assessed.
    pub authority: &'a Authority,
    /// The assessment.
    pub of: Option<&'a Assessment>,
    /// The previous assessment under the same framework.
    pub before: Option<&'a Assessment>,
}

impl Serialize for JudgementsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let before = self.before;
        let judgements = self.of.iter().flat_map(|assessment| {
            let named = assessment.framework.categories.iter().zip(assessment.judgements.iter());
            named.enumerate().map(|(position, (category, judgement))| {
                let movement = before.and_then(|before| assessment.movement(before, position));
                let last = self.authority.last_before_end(assessment, position);
                let mut json = JudgementJson::new(assessment, (position, category), judgement, movement);
                json.last = last.map(|(assessment, judgement)| LastJson::new(assessment, judgement));
                (&category.id, json)
            })
        });
        serializer.collect_map(judgements)
    }
}

impl JsonSchema for JudgementsJson<'_> {
    fn schema_name() -> Cow<'static, str> {
        <BTreeMap<String, JudgementJson<'static>>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <BTreeMap<String, JudgementJson<'static>>>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// The codes of an authority; those that are not held are left out.
#[derive(Serialize, JsonSchema)]
pub struct CodesJson<'a> {
    /// The nine-character code of the Government Statistical Service.
    #[serde(skip_serializing_if = "Option::is_none")]
    gss: Option<&'a str>,
    /// The codes of that service which it had before.
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    #[schemars(with = "Vec<String>")]
    former_gss: &'a [Text],
    /// The three-digit number of the Department for Education.
    #[serde(skip_serializing_if = "Option::is_none")]
    la: Option<&'a str>,
    /// Ofsted's unique reference number.
    #[serde(skip_serializing_if = "Option::is_none")]
    urn: Option<&'a str>,
}

impl<'a> CodesJson<'a> {
    /// Converts the codes of an authority.
    pub fn new(codes: &'a Codes) -> Self {
        Self {
            gss: codes.gss.as_deref(),
            former_gss: &codes.former_gss,
            la: codes.la.as_deref(),
            urn: codes.urn.as_deref(),
        }
    }
}

/// Returns a judgement as three cells: name of the grade or reason of absence, its number, certainty.
pub fn judgement_cells(framework: Option<&Framework>, judgement: Option<&Judgement>) -> [Cell; 3] {
    let Some(judgement) = judgement else { return [Cell::Empty, Cell::Empty, Cell::Empty] };
    match judgement.outcome {
        Outcome::Grade(grade) => {
            let step = framework.and_then(|f| f.scale.step(grade));
            let word = Cell::maybe(step.map(|s| s.word.as_str()));
            [word, Cell::count(grade.0), Cell::maybe(judgement.certainty_name())]
        }
        Outcome::Absent(absence) => [Cell::Text(absence.words().to_owned()), Cell::Empty, Cell::Empty],
    }
}
