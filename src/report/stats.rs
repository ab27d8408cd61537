//! The statistics: published figures beside our own count, with a verdict; and the count by region.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, EvidenceJson, SourceJson};
use super::sheet::{Cell, Head, Sheet};
use super::{Format, csv, list, markdown, table};
use crate::dataset::{Claim, Dataset, Framework, Target, Value};
use crate::query::{Index, RowKey, View, naming};
use crate::statistics::{Reckoning, Tally, Verdict, listed, reckon, share};

/// Statistics to be written.
pub struct Stats<'a> {
    /// The dataset they are of.
    pub dataset: &'a Dataset,
    /// The names of the dataset.
    pub index: &'a Index,
    /// The framework they are about.
    pub view: &'a View,
    /// The authorities that are counted.
    pub rows: &'a [RowKey],
}

/// A published figure with our count.
struct Line<'a> {
    claim: &'a Claim,
    reckoning: Reckoning,
}

/// Good or better among the authorities of a region.
struct Region {
    name: String,
    categories: Vec<Tally>,
}

impl<'a> Stats<'a> {
    /// Writes published and counted figures.
    ///
    /// # Errors
    /// Where nothing more can be written.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<usize>) -> io::Result<()> {
        match format {
            Format::Table => table::table(out, &self.sheet(), terminal),
            Format::Markdown => markdown::markdown(out, &self.sheet()),
            Format::Csv => csv::csv(out, &self.sheet()),
            Format::Json => self.write_json(out),
        }
    }

    /// Writes good or better by region and category.
    ///
    /// # Errors
    /// Where nothing more can be written.
    pub fn write_by_region(&self, out: &mut dyn Write, format: Format, terminal: Option<usize>) -> io::Result<()> {
        let regions = self.regions();
        match format {
            Format::Table => table::table(out, &self.region_sheet(&regions), terminal),
            Format::Markdown => markdown::markdown(out, &self.region_sheet(&regions)),
            Format::Csv => csv::csv(out, &self.region_sheet(&regions)),
            Format::Json => self.write_regions_json(out, &regions),
        }
    }

    fn lines(&self) -> Vec<Line<'a>> {
        let Some(framework) = self.view.framework() else { return Vec::new() };
        let of_framework = |claim: &&Claim| claim.framework.id == framework.id;
        let claims = self.dataset.claims.iter().filter(of_framework);
        claims.map(|claim| Line { claim, reckoning: reckon(claim, self.dataset) }).collect()
    }

    fn sheet(&self) -> Sheet<'a> {
        let lines = self.lines();
        let heads = vec![
            Head::text("round"),
            Head::text("category"),
            Head::text("grades"),
            Head::number("published"),
            Head::number("of"),
            Head::number("percent"),
            Head::text("standing"),
            Head::number("counted"),
            Head::number("known"),
            Head::text("possible"),
            Head::text("verdict"),
        ];
        let mut notes = self.notes();
        notes.extend(lines.iter().filter_map(|l| l.claim.note.clone()));
        let count = lines.len();
        let row = move |position: usize| lines.get(position).map(cells).unwrap_or_default();
        Sheet { heads, count, row: Box::new(row), notes }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            list::about(self.dataset, self.rows.len()),
            "Published: what a source says. Counted: those of the known judgements that match. Possible: the least and \
             the most the true count can be."
                .to_owned(),
        ];
        notes.push(format!("{}.", Verdict::ALL.map(|v| format!("{}: {}", v.name(), v.meaning())).join("; ")));
        notes.extend(self.view.framework().iter().flat_map(|f| &f.caveats).map(|c| c.text.clone()));
        notes
    }

    fn regions(&self) -> Vec<Region> {
        let names = naming::regions(self.dataset).into_iter().map(Some).chain([None]);
        let tallied = names.filter_map(|name| {
            let rows: Vec<RowKey> = self.rows.iter().copied().filter(|row| self.is_in(row, name.as_deref())).collect();
            let (categories, _) = listed(&rows, self.index, self.view);
            let name = name.unwrap_or_else(|| "region not known".to_owned());
            (!rows.is_empty()).then_some(Region { name, categories })
        });
        tallied.collect()
    }

    fn is_in(&self, row: &RowKey, region: Option<&str>) -> bool {
        let authority = self.index.authority(row.rank()).and_then(|a| self.dataset.authorities.get(a));
        authority.is_some_and(|a| a.region.as_deref() == region)
    }

    fn region_sheet<'s>(&self, regions: &'s [Region]) -> Sheet<'s> {
        let mut heads = vec![Head::text("region")];
        for category in self.view.categories() {
            heads.push(Head::number(format!("{} good or better", category.short)));
            heads.push(Head::number("of known"));
            heads.push(Head::number("percent"));
        }
        let row = |position: usize| {
            let Some(region) = regions.get(position) else { return Vec::new() };
            let tallies = region
                .categories
                .iter()
                .flat_map(|t| [Cell::count(t.matching), Cell::count(t.known), percent(share(t.matching, t.known))]);
            std::iter::once(Cell::Text(region.name.clone())).chain(tallies).collect()
        };
        let notes = vec![list::about(self.dataset, self.rows.len())];
        Sheet { heads, count: regions.len(), row: Box::new(row), notes }
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.lines();
        let answer = StatsJson {
            title: &self.dataset.title,
            publisher: &self.dataset.publisher,
            framework: self.view.framework().map(|f| f.id.as_str()),
            figures: lines.iter().map(FigureJson::of).collect(),
            sources: self.dataset.sources.iter().map(|s| SourceJson::of(s)).collect(),
        };
        json::write(out, &answer)
    }

    fn write_regions_json(&self, out: &mut dyn Write, regions: &[Region]) -> io::Result<()> {
        let categories = self.view.categories();
        let regions: Vec<RegionJson<'_>> = regions
            .iter()
            .map(|region| RegionJson {
                region: &region.name,
                good_or_better: categories.iter().zip(&region.categories).map(ShareJson::of).collect(),
            })
            .collect();
        let framework = self.view.framework().map(|f| f.id.as_str());
        json::write(out, &RegionsJson { title: &self.dataset.title, framework, regions })
    }
}

fn cells(line: &Line<'_>) -> Vec<Cell> {
    let Line { claim, reckoning } = line;
    let (published, part) = published(claim);
    let possible = reckoning.possible.map(|(least, most)| format!("{least} to {most}"));
    vec![
        Cell::Text(claim.round.clone()),
        Cell::Text(category(claim).to_owned()),
        Cell::Text(grades(claim)),
        published,
        claim.of.map_or(Cell::Empty, Cell::count),
        part,
        Cell::Text(claim.standing.name().to_owned()),
        Cell::count(reckoning.matching),
        Cell::count(reckoning.known),
        Cell::maybe(possible.as_deref()),
        Cell::Text(reckoning.verdict.name().to_owned()),
    ]
}

/// The figure as a count and as a percentage, as far as each is known.
fn published(claim: &Claim) -> (Cell, Cell) {
    match (claim.value, claim.of) {
        (Value::Count(count), Some(of)) => (Cell::count(count), percent(share(count, of))),
        (Value::Count(count), None) => (Cell::count(count), Cell::Empty),
        (Value::Percent(percent), _) => (Cell::Empty, Cell::count(percent)),
    }
}

/// A share in percent with one decimal; nothing of nothing.
fn percent(share: Option<f64>) -> Cell {
    share.map_or(Cell::Empty, |s| Cell::Number(format!("{:.1}", s * 100.0)))
}

fn category(claim: &Claim) -> &str {
    match claim.target {
        Target::Category(position) => claim.framework.categories.get(position).map_or("", |c| c.short.as_str()),
        Target::All => "all",
        Target::Assessed => "assessed",
    }
}

fn grades(claim: &Claim) -> String {
    let framework: &Framework = &claim.framework;
    let words = claim.grades.iter().filter_map(|g| framework.scale.step(*g)).map(|s| s.word.as_str());
    words.collect::<Vec<_>>().join(" or ")
}

#[derive(Serialize)]
struct StatsJson<'a> {
    title: &'a str,
    publisher: &'a str,
    framework: Option<&'a str>,
    figures: Vec<FigureJson<'a>>,
    sources: Vec<SourceJson<'a>>,
}

#[derive(Serialize)]
struct FigureJson<'a> {
    round: &'a str,
    category: &'a str,
    grades: Vec<u8>,
    unit: &'static str,
    published: f64,
    of: Option<u32>,
    standing: &'static str,
    counted: u32,
    known: u32,
    possible: Option<(u32, u32)>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
}

impl<'a> FigureJson<'a> {
    fn of(line: &Line<'a>) -> Self {
        let Line { claim, reckoning } = line;
        let (unit, published) = match claim.value {
            Value::Count(count) => ("count", f64::from(count)),
            Value::Percent(percent) => ("percent", percent),
        };
        Self {
            round: &claim.round,
            category: match claim.target {
                Target::Category(position) => claim.framework.categories.get(position).map_or("", |c| c.id.as_str()),
                Target::All => "all",
                Target::Assessed => "assessed",
            },
            grades: claim.grades.iter().map(|g| g.0).collect(),
            unit,
            published,
            of: claim.of,
            standing: claim.standing.name(),
            counted: reckoning.matching,
            known: reckoning.known,
            possible: reckoning.possible,
            verdict: reckoning.verdict.name(),
            note: claim.note.as_deref(),
            evidence: claim.evidence.iter().map(EvidenceJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct RegionsJson<'a> {
    title: &'a str,
    framework: Option<&'a str>,
    regions: Vec<RegionJson<'a>>,
}

#[derive(Serialize)]
struct RegionJson<'a> {
    region: &'a str,
    good_or_better: Vec<ShareJson<'a>>,
}

#[derive(Serialize)]
struct ShareJson<'a> {
    category: &'a str,
    numerator: u32,
    denominator: u32,
}

impl<'a> ShareJson<'a> {
    fn of((category, tally): (&'a crate::dataset::Category, &Tally)) -> Self {
        Self { category: &category.id, numerator: tally.matching, denominator: tally.known }
    }
}
