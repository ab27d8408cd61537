//! The JSON format of a dataset, version 2: the fields of each object, how they are parsed, and the JSON Schema.
//!
//! The types here accept any JSON and record what is wrong with it, so that a single parse finds every mistake.
//! [`Checker`](super::Checker) turns them into the model, or reports problems. Serialization is implemented on the
//! model itself, see `dataset::serialize`.

mod field;
mod object;
mod schema;

use schemars::{Schema, SchemaGenerator, json_schema};

pub(crate) use field::shown;
pub use field::{Field, FromJson, List};
pub use object::UnknownField;
use object::object;
pub use schema::schema;

/// The coverage of a framework of which the sources name only some assessments.
pub(crate) const NAMED: &str = "named";

/// The version of the format that is read and written.
pub const VERSION: u64 = 2;

object! {
    /// Authorities with the judgements made of them, what was said about these, what was claimed nationally, and the
    /// source of each.
    DatasetFile {
        required format: u64 = schema::version,
        required title: String,
        /// Who made the judgements.
        required publisher: String,
        /// Who collected the judgements from the publisher's reports, if it was not the publisher.
        optional collector: String,
        /// When they were published; of inspections, when the newest report was.
        optional date: String = schema::date,
        optional frameworks: List<FrameworkFile>,
        optional sources: List<SourceFile>,
        required authorities: List<AuthorityFile>,
        optional claims: List<ClaimFile>,
        /// Published figures of a judgement, counted across the inspection frameworks since 2013.
        optional published: List<PublishedFile>,
    }
}

object! {
    /// The file without its authorities, which are read one by one once all else is known.
    HeaderFile {
        required format: u64 = schema::version,
        required title: String,
        required publisher: String,
        optional collector: String,
        optional date: String = schema::date,
        optional frameworks: List<FrameworkFile>,
        optional sources: List<SourceFile>,
        required authorities: Skipped,
        optional claims: List<ClaimFile>,
        optional published: List<PublishedFile>,
    }
}

object! {
    /// A scheme of assessment.
    FrameworkFile {
        required id: String,
        required title: String,
        /// A title for narrow places.
        optional short: String,
        /// Who made the judgements under it, if not the publisher of the dataset.
        optional publisher: String,
        /// Other ids by which the framework can be asked for.
        optional aliases: List<String>,
        optional from: String = schema::date,
        optional until: String = schema::date,
        /// "named" if the sources name only some of the authorities that were assessed.
        optional coverage: String = schema::coverage,
        /// The lowest grade that counts as good or better.
        required good_from: u64 = schema::grade,
        /// The steps of the scale; the highest is the best.
        required scale: List<StepFile> = schema::some::<StepFile>,
        required categories: List<CategoryFile> = schema::some::<CategoryFile>,
        optional notes: List<NoteFile>,
        optional caveats: List<NoteFile>,
    }
}

object! {
    /// A step of a scale.
    StepFile {
        required grade: u64 = schema::grade,
        /// The letter by which the framework calls it.
        optional letter: String,
        required word: String,
        /// Other words for it.
        optional also: List<String>,
        optional meaning: String,
        /// The ids of the categories that the meaning is about; of all of them if left out.
        optional meaning_of: List<String>,
        optional evidence: List<EvidenceFile>,
    }
}

object! {
    /// One thing that a framework grades.
    CategoryFile {
        required id: String,
        required label: String,
        /// A name for narrow places.
        optional short: String,
        /// One or two letters for the narrowest columns; the first two of the short name if left out.
        optional abbreviation: String,
        /// The name in the framework's own words.
        optional full: String,
        /// The first day on which it was graded; a grade from before is refused.
        optional from: String = schema::date,
        /// The last day on which it was graded; a grade from after is refused.
        optional until: String = schema::date,
        optional redefined: RedefinitionFile,
        optional evidence: List<EvidenceFile>,
    }
}

object! {
    /// A change of what a category covers.
    RedefinitionFile {
        /// The first day of the new meaning.
        required on: String = schema::date,
        /// What it was called, and covered, before.
        required was: String,
    }
}

object! {
    /// A remark in our words, with the sources that support it.
    NoteFile {
        required text: String,
        required evidence: List<EvidenceFile> = schema::some::<EvidenceFile>,
    }
}

object! {
    /// A document.
    SourceFile {
        required id: String,
        required publisher: String,
        required title: String,
        /// How far it is trusted where two sources differ about an inspection: official, report, unranked (if left
        /// out), collected.
        optional rank: String = schema::rank,
        optional date: String = schema::date,
        optional link: String = schema::link,
        /// The copy held, as a path within the project.
        optional file: String,
        optional note: String,
    }
}

object! {
    /// The pointer from a statement to words or a place in a document.
    EvidenceFile = schema::says_something {
        /// The id of the document.
        required source: String,
        /// Words of the document, letter for letter.
        optional passage: String,
        /// What it says, in our words.
        optional note: String,
        /// The step from what it says to what is stated here, if that is inferred.
        optional step: String,
        /// Where in the document: the row and column of a file.
        optional place: String,
        optional link: String = schema::link,
    }
}

object! {
    /// A council with duties for children's services.
    AuthorityFile {
        /// The name by which it is listed; no two are alike.
        required name: String,
        /// Other names people use.
        optional aliases: List<String>,
        optional codes: CodesFile,
        /// The council at the time of its assessments.
        optional council_at_assessment: CouncilFile,
        /// The council of today, if it is another.
        optional current_council: CouncilFile,
        /// The region of England.
        optional region: String,
        /// Its first day, if it was created after 2006.
        optional from: String = schema::date,
        /// Its last day, if it was abolished.
        optional until: String = schema::date,
        /// The names of the authorities that replaced it.
        optional replaced_by: List<String>,
        optional evidence: List<EvidenceFile>,
        optional assessments: List<AssessmentFile>,
        optional notes: List<NoteFile>,
        optional neighbours: NeighboursFile,
    }
}

object! {
    /// The statistical neighbours of an authority.
    NeighboursFile {
        /// The id of the source that names them.
        required source: String,
        /// Their numbers with the Department for Education, the closest first.
        optional la_codes: List<String>,
        /// How close each of them is, in the words of the source and in the same order.
        optional closeness: List<String>,
    }
}

object! {
    /// An authority's codes in official registers.
    CodesFile {
        /// The nine-character code of the Government Statistical Service.
        optional gss: String,
        /// The codes of that service which it had before.
        optional former_gss: List<String>,
        /// Ofsted's unique reference number.
        optional urn: String,
        /// The three-digit number of the Department for Education.
        optional la: String,
    }
}

object! {
    /// A council as it was or is constituted.
    CouncilFile {
        required name: String,
        /// County, unitary, London borough, metropolitan borough.
        optional kind: String,
        optional since: String = schema::date,
    }
}

object! {
    /// One round or inspection of one authority.
    AssessmentFile {
        /// The id of its framework.
        required framework: String,
        required round: String,
        /// When it was published.
        optional date: String = schema::date,
        /// A judgement for each category of the framework, by its id.
        required judgements: JudgementsFile,
        optional quotes: List<QuoteFile>,
        optional origin: OriginFile,
        optional visit: VisitFile,
    }
}

object! {
    /// The row of a file, or the document, that an assessment was read from: judgements without evidence of their own rest on it.
    OriginFile {
        /// The id of the file, as a source.
        required source: String,
        /// The number of the row; left out for a document that is not a table.
        optional row: u64 = schema::row,
        /// Where in a document that is not a table.
        optional place: String,
        /// The version of the parser with which the collector read the report.
        optional parser_version: u64 = schema::row,
        /// The report that the row is about.
        optional link: String = schema::link,
        /// The header of the column of each category, in the framework's order; empty for one without a column.
        optional headers: List<String> = schema::headers,
    }
}

object! {
    /// How an inspection was carried out.
    VisitFile {
        optional kind: String,
        optional from: String = schema::date,
        optional until: String = schema::date,
        /// The inspector who led it.
        optional lead: String,
    }
}

object! {
    /// A grade, or the reason why there is none: never both, never neither.
    JudgementFile = schema::either_grade_or_absence {
        optional grade: u64 = schema::grade,
        optional absence: String = schema::absence,
        optional certainty: String = schema::certainty,
        optional evidence: List<EvidenceFile>,
        /// The text it was read from.
        optional raw: String,
    }
}

object! {
    /// What a person said.
    QuoteFile {
        required speaker: String,
        optional role: String,
        /// The ids of the categories it is about.
        required categories: List<String> = schema::some::<String>,
        /// The id of the document.
        required source: String,
        /// The sentences that contain the words; at least one, unless there is a summary.
        optional passages: List<PassageFile>,
        /// What was said, in our words.
        optional summary: String,
    }
}

object! {
    /// A sentence of a document.
    PassageFile {
        required text: String,
        /// The spoken words: pairs of character positions into the text, the end exclusive.
        optional spoken: List<List<u64>> = schema::pairs,
    }
}

object! {
    /// A published figure.
    ClaimFile {
        required framework: String,
        required round: String,
        /// The id of a category, or all, or assessed.
        required category: String,
        optional grades: List<u64> = schema::grades,
        required value: f64,
        required unit: String = schema::unit,
        /// How many it is a share of.
        optional of: u64,
        required certainty: String = schema::certainty,
        required evidence: List<EvidenceFile> = schema::some::<EvidenceFile>,
        optional note: String,
    }
}

object! {
    /// A published figure of a judgement: of each authority the latest inspection counts, whichever of the two inspection frameworks since 2013 it was made under.
    PublishedFile {
        required as_at: String = schema::date,
        /// Which day of an inspection counts: that of its publication, or that on which it began.
        required basis: String = schema::basis,
        /// The region that it is about, if not all of England.
        optional region: String,
        /// The judgement that is counted: overall-effectiveness (if left out), leaders or help-and-protection.
        optional category: String = schema::counted,
        required grades: List<u64> = schema::grades,
        required value: f64,
        required unit: String = schema::unit,
        /// How many it is a share of, if not of all authorities of the day.
        optional of: u64,
        required evidence: List<EvidenceFile> = schema::some::<EvidenceFile>,
    }
}

/// A list whose items are skipped.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Skipped;

impl FromJson for Skipped {
    const EXPECTED: &'static str = "a list";

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array" })
    }

    fn from_list<'de, A: serde::de::SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(Some(Self))
    }
}

/// The judgements of an assessment by category, in file order. A category may occur twice here;
/// [`Checker`](super::Checker) rejects that.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JudgementsFile(pub Vec<(String, Field<JudgementFile>)>);

impl FromJson for JudgementsFile {
    const EXPECTED: &'static str = "an object with a judgement for each category";

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<JudgementFile>() })
    }

    fn from_object<'de, A: serde::de::MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut entries = Vec::with_capacity(4);
        while let Some((key, judgement)) = object.next_entry::<Field<String>, _>()? {
            if let Field::Is(key) = key {
                entries.push((key, judgement));
            }
        }
        Ok(Some(Self(entries)))
    }
}
