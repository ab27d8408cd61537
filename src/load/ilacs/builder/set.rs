//! The columns of one inspection in a row.

use crate::load::ilacs::columns::{Column, Columns};
use crate::load::ilacs::dates::DATES;
use crate::load::ilacs::frameworks::Frameworks;
use crate::load::ilacs::judgements::Judgements;
use crate::load::ilacs::row::Row;
use crate::load::noted;
use crate::text::fold;

/// The columns of one inspection in a row, and the parser of its judgements. A wide table has several sets, any other
/// table one.
pub struct Set {
    /// The columns.
    pub columns: Columns,
    /// The parser of their judgements.
    pub judgements: Judgements,
}

impl Set {
    /// Whether a row has text for a date or a judgement.
    pub fn has_contents(&self, row: Row<'_>) -> bool {
        let mut dates = DATES.iter().filter_map(|column| row.text(self.columns.positions(*column)));
        dates.next().is_some() || self.judgements.texts(row).next().is_some()
    }

    /// Returns the kind of inspection that a row names, folded: in its own column or in that of the framework, unless that has the
    /// name of one of `frameworks`.
    fn kind(&self, row: Row<'_>, frameworks: &Frameworks) -> Option<String> {
        let text = |column: Column| row.text(self.columns.positions(column));
        let of_framework = || text(Column::Framework).filter(|id| frameworks.with_id(id).is_none());
        text(Column::Kind).or_else(of_framework).map(fold)
    }

    /// Whether a row names a kind of inspection that is not known.
    pub fn has_unknown_kind(&self, row: Row<'_>) -> bool {
        const KNOWN: [&str; 16] = [
            "standard",
            "short",
            "full",
            "ilacs",
            "sif",
            "inspection",
            "inspections",
            "single",
            "framework",
            "duration",
            "longer",
            "than",
            "reinspection",
            "re",
            "pilot",
            "area",
        ];
        let kind = row.text(self.columns.positions(Column::Kind)).map(fold).unwrap_or_default();
        kind.split(' ').any(|word| !word.is_empty() && !KNOWN.contains(&word))
    }

    /// Returns what a row is about if it is no inspection of a council's services: a focused or monitoring visit, which Ofsted
    /// makes without judging, or an inspection of another kind.
    pub fn other_kind(&self, row: Row<'_>, frameworks: &Frameworks) -> Option<&'static noted::Kind> {
        const OTHERS: [&str; 15] = [
            "joint",
            "jtai",
            "send",
            "targeted",
            "assurance",
            "safeguarding",
            "fostering",
            "adoption",
            "probation",
            "thematic",
            "home",
            "sccif",
            "cafcass",
            "engagement",
            "meeting",
        ];
        let kind = self.kind(row, frameworks)?;
        let has = |words: &[&str]| kind.split(' ').any(|word| words.contains(&word));
        match (has(&["visit", "visits", "monitoring", "focused", "focussed", "fv", "mv"]), has(&OTHERS)) {
            (true, _) => Some(noted::VISITS),
            (false, true) => Some(noted::OTHER_KINDS),
            (false, false) => None,
        }
    }
}
