//! Reads the inspection in a row.

use std::sync::Arc;

use super::Builder;
use super::set::Set;
use crate::dataset::{Assessment, Date, Origin, Text, Visit};
use crate::load::ilacs::columns::{Column, Columns};
use crate::load::ilacs::judgements::{Judged, Repaired};
use crate::load::ilacs::row::Row;
use crate::load::noted;
use crate::text::clean;

/// Kinds of inspection that clearly mean one of the two usual ones, with that usual kind.
const KINDS: [(&str, &str); 1] = [("inspection duration longer than standard framework", "standard")];

/// The kinds of inspection in Ofsted's official statistics, with their usual names.
const OFFICIAL_KINDS: [(&str, &str); 2] =
    [("ILACS Standard Inspection", "standard"), ("ILACS Short Inspection", "short")];

impl Builder {
    pub(super) fn assessment(&mut self, row: Row<'_>, set: &mut Set) -> Assessment {
        let Set { columns, judgements } = set;
        let (began, last_of_range) = self.date(row, columns, Column::From);
        let (date, _) = self.date(row, columns, Column::Published);
        let (ended, _) = self.date(row, columns, Column::Until);
        let ended = ended.or(last_of_range);
        let has_practice = began.is_none() && judgements.has_practice(row);
        let links = columns.positions(Column::Link);
        let linked = row.link(links);
        if linked.is_some_and(|text| has_scheme(text) && link(text).is_none()) {
            self.noted.add(noted::OTHER_LINKS, || row.location());
        }
        let link = linked.and_then(link).or_else(|| row.link(columns.positions(Column::Authority)).and_then(link));
        let is_other = link.as_deref().is_some_and(|link| self.documents.contains_key(link));
        let named = row.text(columns.positions(Column::Framework)).and_then(|id| self.frameworks.with_id(id));
        let framework = match named {
            Some(framework) => framework,
            None if is_other => &self.frameworks.not_recorded,
            None => self.frameworks.find(began, date, has_practice),
        };
        let framework = Arc::clone(framework);
        let table = judgements.table(&framework);
        let Judged { judgements, repairs, markers } = judgements.judged(row, &framework, began, date);
        for Repaired { column, found, read_as, .. } in repairs {
            self.repair_in(row, &column, &found, &read_as);
        }
        if markers > 0 {
            self.noted.add(noted::MARKERS, || row.location());
        }
        let kind = self.kind(row, columns);
        let lead = row.text(columns.positions(Column::Lead));
        let parser_version = row.text(columns.positions(Column::ParserVersion)).and_then(|text| text.parse().ok());
        let parser_version = parser_version.unwrap_or(0);
        let lead = lead.map(|lead| self.word(lead));
        let visit = Visit { kind, from: began, until: ended, lead, details: None };
        let round = row.text(columns.positions(Column::Round)).map(|round| self.word(round));
        Assessment {
            framework,
            round: round.unwrap_or_else(|| self.round(date.or(began))),
            date,
            judgements,
            quotes: Vec::new(),
            origin: table.map(|table| Origin { table, row: row.number(), parser_version, link }),
            visit: (visit != Visit::default()).then_some(visit),
            recommendations: None,
        }
    }

    /// Returns the round: the year of publication.
    fn round(&mut self, date: Option<Date>) -> Arc<str> {
        let year = date.map(|d| d.year());
        let make = || year.map_or("undated".to_owned(), |year| year.to_string()).into();
        Arc::clone(self.rounds.entry(year).or_insert_with(make))
    }

    /// Parses a date, and the last day of a range; reports what is no date and leaves it out.
    fn date(&mut self, row: Row<'_>, columns: &Columns, of: Column) -> (Option<Date>, Option<Date>) {
        let Some(text) = row.text(columns.positions(of)) else { return (None, None) };
        let read = self.dates.read(text, columns.positions(of), of == Column::From);
        if let Some(read_as) = read.read_as {
            self.repair_in(row, columns.header(of), text, read_as);
        }
        if let Some(form) = read.form {
            self.noted.add(form, || format!("{text:?} ({})", row.location()));
        }
        (read.first, read.last)
    }

    fn kind(&mut self, row: Row<'_>, columns: &Columns) -> Option<Arc<str>> {
        let text = row.text(columns.positions(Column::Kind))?;
        if let Some((_, kind)) = KINDS.iter().find(|(long, _)| *long == text) {
            self.repair_in(row, columns.header(Column::Kind), text, kind);
            return Some(self.word(kind));
        }
        let official = OFFICIAL_KINDS.iter().find(|(long, _)| *long == text);
        Some(self.word(official.map_or(text, |(_, kind)| kind)))
    }

    /// Returns a cleaned text, sharing one allocation between rows with the same text.
    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(word) = self.words.get(text) {
            return Arc::clone(word);
        }
        let word: Arc<str> = clean(text).into();
        self.words.insert(Arc::clone(&word));
        word
    }
}

/// Whether a text begins as an address does: "javascript:", "file:", "www.".
fn has_scheme(text: &str) -> bool {
    let is_scheme = |scheme: &str| scheme.len() > 2 && scheme.bytes().all(|byte| byte.is_ascii_lowercase());
    let lower = text.to_ascii_lowercase();
    lower.starts_with("www.")
        || lower.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.starts_with(' '))
}

/// Returns a link if a browser can open it.
fn link(text: &str) -> Option<Text> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    rest.bytes().all(|byte| byte.is_ascii_graphic()).then(|| format!("{scheme}://{rest}").as_str().into())
}
