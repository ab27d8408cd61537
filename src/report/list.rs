//! The list: a row an authority, the latest judgement in every category.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::json::{self, CodesJson, JudgementsJson, SourceJson};
use super::table::{Cell, Header, TableData};
use super::{Format, Screen, csv, markdown, text};
use crate::dataset::{Absence, Assessment, Authority, Category, Source};
use crate::query::{Index, Ranking, View};
use crate::wording;

/// A list to be written.
pub struct List<'a> {
    /// What it is about.
    pub about: About<'a>,
    /// The names of the dataset.
    pub index: &'a Index,
    /// Its rows, in order as far as they go.
    pub rows: &'a Ranking,
}

impl<'a> List<'a> {
    /// Writes the list in a format; `terminal` is the width of the terminal it goes to, if it does.
    ///
    /// # Errors
    /// Where nothing more can be written.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Table => text::write(out, &self.table(), terminal),
            Format::Markdown => markdown::write(out, &self.table()),
            Format::Csv => csv::write(out, &self.data_sheet()),
            Format::Json => self.write_json(out),
        }
    }

    fn view(&self) -> &'a View {
        self.about.view
    }

    fn authority(&self, position: usize) -> Option<&'a Authority> {
        let row = self.rows.get(position)?;
        self.about.dataset.authorities.get(self.index.authority(row.rank())?)
    }

    fn authorities(&self) -> impl Iterator<Item = &'a Authority> + '_ {
        (0..self.rows.len()).filter_map(|position| self.authority(position))
    }

    /// For people: a sign with its mark in every category.
    fn table(&self) -> TableData<'_> {
        let headers = std::iter::once(Header::text("authority"));
        let published = self.view().has_dates().then(|| Header::text("published"));
        let headers =
            headers.chain(self.view().categories().iter().map(|c| Header::text(&c.short))).chain(published).collect();
        let row = move |position| {
            let Some(authority) = self.authority(position) else { return Vec::new() };
            let signs = self.view().signs(authority).enumerate().map(|(column, sign)| {
                sign + self.view().movement(column, authority).map_or("", |movement| movement.sign())
            });
            let date = self.view().assessment(authority).and_then(|a| a.date).map(|d| d.iso());
            let date = self.view().has_dates().then(|| date.unwrap_or_default());
            std::iter::once(authority.name.clone()).chain(signs).chain(date).map(Cell::Text).collect()
        };
        TableData {
            headers,
            count: self.rows.len(),
            row: Box::new(row),
            notes: self.notes(),
            about: self.about.columns(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = self.about.notes(self.rows.len());
        let Some(framework) = self.view().framework() else { return notes };
        let steps: Vec<String> = framework.scale.steps.iter().map(|s| format!("{} {}", s.sign(), s.word)).collect();
        notes.push(format!("Grades, best first: {}.", steps.join(", ")));
        notes.push(signs());
        if self.view().has_dates() {
            notes.push(movement_note(self.view()));
        }
        notes.extend(framework.caveats.iter().map(|c| c.text.clone()));
        let shown = self.authorities().filter_map(|a| self.view().assessment(a)).flat_map(cited);
        let caveats = framework.caveats.iter().flat_map(|c| &c.evidence).map(|e| e.source.as_ref());
        notes.extend(sources(shown.chain(caveats)));
        notes
    }

    /// For spreadsheets: grade, word and standing apart, numbers as numbers.
    fn data_sheet(&self) -> TableData<'_> {
        let mut headers: Vec<Header> = ["authority", "region", "gss", "framework", "date"].map(Header::text).into();
        for category in self.view().categories() {
            headers.push(Header::number(&category.id));
            headers.push(Header::text(format!("{} word", category.id)));
            headers.push(Header::text(format!("{} certainty", category.id)));
            headers.extend(self.view().has_dates().then(|| Header::text(format!("{} movement", category.id))));
            headers.extend(self.is_redefined(category).then(|| Header::text(format!("{} redefined", category.id))));
        }
        let row = move |position| {
            let Some(authority) = self.authority(position) else { return Vec::new() };
            let assessment = self.view().assessment(authority);
            let mut cells = vec![
                Cell::Text(authority.name.clone()),
                Cell::maybe(authority.region.as_deref()),
                Cell::maybe(authority.codes.gss.as_deref()),
                Cell::maybe(assessment.map(|a| a.framework.id.as_str())),
                Cell::maybe(assessment.and_then(|a| a.date).map(|d| d.iso()).as_deref()),
            ];
            for column in 0..self.view().categories().len() {
                cells.extend(json::judgement_cells(self.view().framework(), self.view().judgement(column, authority)));
                let movement = self.view().movement(column, authority);
                cells.extend(self.view().has_dates().then(|| Cell::maybe(movement.map(|movement| movement.name()))));
                let is_redefined = movement.is_some_and(|movement| movement.is_redefined);
                let category = self.view().categories().get(column).filter(|category| self.is_redefined(category));
                cells.extend(
                    category.map(|category| Cell::maybe(redefinition(category).filter(|_| is_redefined).as_deref())),
                );
            }
            cells
        };
        TableData {
            headers,
            count: self.rows.len(),
            row: Box::new(row),
            notes: Vec::new(),
            about: self.about.columns(),
        }
    }

    /// Whether movements of a category can cross a change of what it covers.
    fn is_redefined(&self, category: &Category) -> bool {
        self.view().has_dates() && category.redefined.is_some()
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let sources: Vec<SourceJson<'_>> = self.about.dataset.sources.iter().map(|s| SourceJson::new(s)).collect();
        let answer = ListJson {
            about: self.about.json(),
            count: self.rows.len(),
            authorities: json::Rows::new(|| self.authorities().map(|a| self.authority_json(a))),
            sources,
        };
        json::write(out, &answer)
    }

    fn authority_json(&self, authority: &'a Authority) -> AuthorityJson<'a> {
        let assessment = self.view().assessment(authority);
        AuthorityJson {
            name: &authority.name,
            region: authority.region.as_deref(),
            codes: CodesJson::new(&authority.codes),
            date: assessment.and_then(|a| a.date).map(|d| d.iso()),
            round: assessment.map(|a| a.round.as_ref()),
            judgements: JudgementsJson { authority, of: assessment },
        }
    }
}

/// What the arrows mean, or why there are none.
pub(super) fn movement_note(view: &View) -> String {
    if view.holds_only_latest() {
        return wording::NO_MOVEMENT.to_owned();
    }
    wording::movement_legend(view.framework().map(AsRef::as_ref))
}

/// What a category covered before it changed: "until 2023-01 Children in care and care leavers".
fn redefinition(category: &Category) -> Option<String> {
    category.redefined.as_ref().map(|redefinition| format!("until {} {}", redefinition.on.iso(), redefinition.was))
}

/// The sources that the judgements of an assessment rest on.
pub(super) fn cited(assessment: &Assessment) -> impl Iterator<Item = &Source> {
    let own = assessment.judgements.iter().flat_map(|j| &j.evidence).map(|e| e.source.as_ref());
    own.chain(assessment.origin.iter().map(|origin| origin.table.source.as_ref()))
}

/// Some sources, each once, in a line.
pub(super) fn sources<'s>(all: impl Iterator<Item = &'s Source>) -> Vec<String> {
    let mut cited: Vec<&Source> = Vec::new();
    for one in all {
        if !cited.iter().any(|source| std::ptr::eq(*source, one) || source.id == one.id) {
            cited.push(one);
        }
    }
    let line = |source: &&Source| {
        let mut parts = vec![format!("Source: {}, {}", source.publisher, source.title)];
        parts.extend(source.date.map(|d| d.to_string()));
        parts.extend(source.note.clone());
        parts.extend(source.link.clone());
        parts.join(" · ")
    };
    cited.iter().map(line).collect()
}

/// What the signs mean.
pub(super) fn signs() -> String {
    let absences: Vec<String> = Absence::ALL.iter().map(|a| format!("{} {}", a.sign(), a.words())).collect();
    format!("* inferred or second-hand, {}.", absences.join(", "))
}

/// The shape of the answer in JSON.
pub(super) fn list_schema() -> Schema {
    json::schema::<ListJson<'static, Vec<AuthorityJson<'static>>>>()
}

/// The answer of `scrutineer list --format json`.
#[derive(Serialize, JsonSchema)]
struct ListJson<'a, R> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// How many authorities follow.
    count: usize,
    /// An authority each, in the order asked for.
    authorities: R,
    /// Every source of the dataset.
    sources: Vec<SourceJson<'a>>,
}

/// An authority with its latest judgements under the framework.
#[derive(Serialize, JsonSchema)]
struct AuthorityJson<'a> {
    /// Its name.
    name: &'a str,
    /// The region of England; null where it is not known.
    region: Option<&'a str>,
    /// Its codes by register.
    codes: CodesJson<'a>,
    /// When the assessment was published; null where that is not known, or there is none.
    date: Option<String>,
    /// The round it belongs to; null where it was not assessed.
    round: Option<&'a str>,
    /// By the id of the category; empty where it was not assessed.
    judgements: JudgementsJson<'a>,
}
