//! The types that mirror the dataset file, format 1.
//!
//! They take any JSON and keep what is wrong with it in its place, so that one reading finds every
//! mistake. What they may hold, [`Checker`](super::Checker) turns into the model or names as a problem.

mod field;
mod object;

pub(crate) use field::shown;
pub use field::{Field, FromJson, List};
pub use object::UnknownField;
use object::object;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// The version of the format that is read and written.
pub const VERSION: u64 = 2;

object! {
    /// The whole file.
    DatasetFile {
        format: u64,
        title: String,
        publisher: String,
        collector: String,
        date: String,
        frameworks: List<FrameworkFile>,
        sources: List<SourceFile>,
        authorities: List<AuthorityFile>,
        claims: List<ClaimFile>,
    }
}

object! {
    /// The file without its authorities, which are read one by one once all else is known.
    HeadFile {
        format: u64,
        title: String,
        publisher: String,
        collector: String,
        date: String,
        frameworks: List<FrameworkFile>,
        sources: List<SourceFile>,
        authorities: Passed,
        claims: List<ClaimFile>,
    }
}

object! {
    /// A scheme of assessment.
    FrameworkFile {
        id: String,
        title: String,
        short: String,
        aliases: List<String>,
        from: String,
        until: String,
        good_from: u64,
        scale: List<StepFile>,
        categories: List<CategoryFile>,
        notes: List<NoteFile>,
        caveats: List<NoteFile>,
    }
}

object! {
    /// A step of a scale.
    StepFile {
        grade: u64,
        letter: String,
        word: String,
        also: List<String>,
        meaning: String,
        meaning_of: List<String>,
        evidence: List<EvidenceFile>,
    }
}

object! {
    /// One thing that a framework grades.
    CategoryFile {
        id: String,
        label: String,
        short: String,
        full: String,
        column: String,
        from: String,
        until: String,
        redefined: RedefinitionFile,
        evidence: List<EvidenceFile>,
    }
}

object! {
    /// A change of what a category covers.
    RedefinitionFile {
        on: String,
        was: String,
    }
}

object! {
    /// A remark with what it rests on.
    NoteFile {
        text: String,
        evidence: List<EvidenceFile>,
    }
}

object! {
    /// A document.
    SourceFile {
        id: String,
        publisher: String,
        title: String,
        date: String,
        link: String,
        file: String,
        note: String,
    }
}

object! {
    /// A place in a document.
    EvidenceFile {
        source: String,
        passage: String,
        note: String,
        step: String,
        place: String,
        link: String,
    }
}

object! {
    /// An authority.
    AuthorityFile {
        name: String,
        aliases: List<String>,
        codes: CodesFile,
        council_at_assessment: CouncilFile,
        current_council: CouncilFile,
        region: String,
        evidence: List<EvidenceFile>,
        assessments: List<AssessmentFile>,
        notes: List<NoteFile>,
        neighbours: NeighboursFile,
    }
}

object! {
    /// The authorities most like one.
    NeighboursFile {
        source: String,
        la_codes: List<String>,
    }
}

object! {
    /// An authority's numbers in official registers.
    CodesFile {
        gss: String,
        former_gss: List<String>,
        urn: String,
        la: String,
    }
}

object! {
    /// A council as it was or is constituted.
    CouncilFile {
        name: String,
        kind: String,
        since: String,
    }
}

object! {
    /// One round or inspection of one authority.
    AssessmentFile {
        framework: String,
        round: String,
        date: String,
        judgements: JudgementsFile,
        quotes: List<QuoteFile>,
        origin: OriginFile,
        visit: VisitFile,
    }
}

object! {
    /// The row of a file.
    OriginFile {
        source: String,
        row: u64,
        link: String,
    }
}

object! {
    /// How an inspection was carried out.
    VisitFile {
        kind: String,
        from: String,
        until: String,
        lead: String,
    }
}

object! {
    /// A grade, or why there is none.
    JudgementFile {
        grade: u64,
        absence: String,
        certainty: String,
        evidence: List<EvidenceFile>,
        raw: String,
    }
}

object! {
    /// What somebody said.
    QuoteFile {
        speaker: String,
        role: String,
        categories: List<String>,
        source: String,
        passages: List<PassageFile>,
    }
}

object! {
    /// A sentence; `spoken` holds pairs of character positions into it, the end exclusive.
    PassageFile {
        text: String,
        spoken: List<List<u64>>,
    }
}

object! {
    /// A published figure.
    ClaimFile {
        framework: String,
        round: String,
        category: String,
        grades: List<u64>,
        value: f64,
        unit: String,
        of: u64,
        certainty: String,
        evidence: List<EvidenceFile>,
        note: String,
    }
}

/// A list that is passed over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Passed;

impl FromJson for Passed {
    const EXPECTED: &'static str = "a list";

    fn from_list<'de, A: serde::de::SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(Some(Self))
    }
}

impl Serialize for Passed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(std::iter::empty::<()>())
    }
}

/// The judgements of an assessment by category, in the order of the file; a category may stand
/// twice, which the checks refuse.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JudgementsFile(pub Vec<(String, Field<JudgementFile>)>);

impl FromJson for JudgementsFile {
    const EXPECTED: &'static str = "an object with a judgement for each category";

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

impl Serialize for JudgementsFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, judgement) in &self.0 {
            map.serialize_entry(key, judgement)?;
        }
        map.end()
    }
}
