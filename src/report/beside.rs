//! The answers of `scrutineer compare` and `scrutineer neighbours`: councils beside each other.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::json::{self, SourceJson};
use super::list::AuthorityJson;
use super::stats::ShareJson;
use super::{Format, List, Screen};
use crate::dataset::Neighbours as Model;
use crate::query::{AuthorityId, Filter, Listing};
use crate::statistics::{Tally, in_region, tallies};
use crate::tables::{self, Cell, Column, Table};
use crate::wording;

/// Councils side by side, in the order in which they were named.
pub struct Compare<'a> {
    /// The councils.
    pub listing: &'a Listing,
}

impl Compare<'_> {
    /// Writes a row for each judgement, those that differ first; in formats for programs, the rows of `scrutineer list`.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let list = List(self.listing);
        match format {
            Format::Json => list.write(out, format, terminal),
            _ => format.write_table(out, terminal, || self.table(), || list.data_table()),
        }
    }

    fn table(&self) -> Table<'_> {
        let ids: Vec<AuthorityId> = self.listing.ids().collect();
        let table = List(self.listing).described_in_words(tables::compare(self.listing));
        let answer = wording::compared(self.listing.view(), &ids);
        Table { notes: std::iter::once(answer).chain(table.notes).collect(), answers: 1, ..table }
    }
}

/// A council, then its statistical neighbours, the most alike first.
pub struct Neighbours<'a> {
    listing: Listing,
    closeness: Vec<String>,
    notes: Vec<String>,
    council: &'a str,
    model: &'a Model,
    /// How many of the neighbours, and of its region, are good or better in each category.
    good: [Vec<Tally>; 2],
    /// How many of the notes answer the question.
    answers: usize,
}

impl<'a> Neighbours<'a> {
    /// Finds the statistical neighbours of a council; `None` if the data name none.
    pub fn of(all: &'a Listing, council: AuthorityId) -> Option<Self> {
        let authority = all.authority(council)?;
        let model = authority.neighbours.as_ref()?;
        let (mut ids, mut closeness, mut missing) = (vec![council], vec![String::new()], Vec::new());
        for (at, code) in model.la_codes.iter().enumerate() {
            match all.with_la_code(code) {
                Some(id) => {
                    ids.push(id);
                    closeness.push(model.closeness.get(at).map(|words| words.to_lowercase()).unwrap_or_default());
                }
                None => missing.push(code.to_string()),
            }
        }
        let mut notes = vec![format!("{}: {}.", authority.name, wording::neighbour_model(model))];
        if !missing.is_empty() {
            notes.push(format!("Not in these data: the councils with the numbers {}.", wording::list(&missing)));
        }
        let region = in_region(all.dataset(), all.view(), authority.region.as_deref());
        let neighbours = ids.get(1..).unwrap_or_default();
        let good = [neighbours, &region].map(|ids| tallies(all.view(), ids.iter().copied()).0);
        let answer = answer(all, council, &good);
        let answers = answer.len();
        notes.splice(0..0, answer);
        let listing = all.of(&ids, Filter::default());
        Some(Self { listing, closeness, notes, council: &authority.name, model, good, answers })
    }

    /// Writes a row for each, with how close the model says it is.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let list = List(&self.listing);
        match format {
            Format::Json => json::write(out, &self.json()),
            _ => format.write_table(
                out,
                terminal,
                || self.with_closeness(list.table()),
                || self.with_closeness(list.data_table()),
            ),
        }
    }

    fn with_closeness<'t>(&'t self, table: Table<'t>) -> Table<'t> {
        let (mut columns, row) = (table.columns, table.row);
        columns.push(Column::text("closeness"));
        let row = move |position: usize| {
            let mut cells = row(position);
            cells.push(Cell::maybe(self.closeness.get(position).map(String::as_str).filter(|words| !words.is_empty())));
            cells
        };
        let title = format!("{} and its statistical neighbours", self.council);
        let notes = self.notes.iter().cloned().chain(table.notes).collect();
        let sources = table.sources.into_iter().chain([self.model.source.as_ref().clone()]).collect();
        Table { title, columns, row: Box::new(row), notes, answers: self.answers, sources, ..table }
    }

    fn json(&self) -> NeighboursJson<'_> {
        let list = List(&self.listing);
        let categories = self.listing.view().categories();
        let [neighbours_good, region_good] =
            [0, 1].map(|at| self.good.get(at).into_iter().flat_map(|good| categories.iter().zip(good)));
        let neighbours = self.listing.authorities().zip(&self.closeness).skip(1);
        let row = |(authority, closeness)| NeighbourJson {
            closeness: Some(closeness).filter(|words: &&String| !words.is_empty()).map(String::as_str),
            council: list.authority_json(authority),
        };
        NeighboursJson {
            about: About::shown(&self.listing).json(),
            model: wording::neighbour_model(self.model),
            council: self.listing.authorities().next().map(|authority| list.authority_json(authority)),
            neighbours_good_or_better: neighbours_good.map(ShareJson::new).collect(),
            region_good_or_better: region_good.map(ShareJson::new).collect(),
            neighbours: neighbours.map(row).collect(),
            sources: self.listing.dataset().sources.iter().map(|source| SourceJson::new(source)).collect(),
        }
    }
}

/// Returns the JSON Schema of the answer.
pub(super) fn neighbours_schema() -> Schema {
    json::schema::<NeighboursJson<'static>>()
}

/// The answer of `scrutineer neighbours --format json`.
#[derive(Serialize, JsonSchema)]
struct NeighboursJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// The model that chose the neighbours.
    model: String,
    /// The council asked for.
    council: Option<AuthorityJson<'a>>,
    /// How many of the neighbours are good or better, for each category.
    neighbours_good_or_better: Vec<ShareJson<'a>>,
    /// How many of its region are, itself included, for each category.
    region_good_or_better: Vec<ShareJson<'a>>,
    /// The neighbours, the most alike first.
    neighbours: Vec<NeighbourJson<'a>>,
    /// Every source of the dataset.
    sources: Vec<SourceJson<'a>>,
}

/// A statistical neighbour.
#[derive(Serialize, JsonSchema)]
struct NeighbourJson<'a> {
    /// How close it is, in the words of the model; null if that is not known.
    closeness: Option<&'a str>,
    /// The council.
    #[serde(flatten)]
    council: AuthorityJson<'a>,
}

/// Says for each judgement how the council is graded, and how many of its neighbours and of its region are good or better.
fn answer(listing: &Listing, council: AuthorityId, [among, in_region]: &[Vec<Tally>; 2]) -> Vec<String> {
    let view = listing.view();
    let (Some(framework), Some(authority)) = (view.framework(), listing.authority(council)) else { return Vec::new() };
    let good = framework.scale.good_words();
    let line = |position: usize| {
        let category = framework.categories.get(position)?;
        let own = view.judgement(position, authority).map(|judgement| wording::judgement(framework, judgement));
        let own = own.unwrap_or_else(|| wording::without_assessment(Some(framework)).to_owned());
        let (near, here) = (among.get(position)?, in_region.get(position)?);
        let of_region = (here.known > 0).then(|| format!(", {} of {} of its region", here.matching, here.known));
        let (label, near_good, near_known) = (&category.label, near.matching, near.known);
        Some(format!("{label}: {own}; {good} {near_good} of {near_known} neighbours{}.", of_region.unwrap_or_default()))
    };
    framework.shown_order().into_iter().filter_map(line).collect()
}
