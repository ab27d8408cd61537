//! The answer of `scrutineer stats`: published figures beside our own counts, with verdicts, and counts by region.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::counts::Counts;
use super::figures::FigureJson;
use super::json::{self, SourceJson};
use super::series::Series;
use super::years::Years;
use super::{Format, Screen, list};
use crate::dataset::{Claim, Dataset, Framework, Source};
use crate::query::{Listing, View};
use crate::statistics::{RegionCounts, Summary, Tally, Verdict, Year, recount, summary, years};
use crate::tables::{self, RecountedClaim, Table, distinct};
use crate::wording;

/// The statistics of a listing, to be written in any format.
pub struct Stats<'a>(pub &'a Listing);

/// Says what a published figure is, and whether our count agrees: "Published of 2024: 7 of 28 (25%) typically positive; agrees".
fn claim_note(line: &RecountedClaim<'_>) -> String {
    let what = wording::claim(line.claim).to_lowercase();
    let figure = wording::figure(line.claim);
    format!(
        "Published, inspections {}: {what} {figure}; our count {}.",
        line.claim.round,
        wording::verdict(line.recount.verdict)
    )
}

impl<'a> Stats<'a> {
    /// Writes published figures beside our counts or, if there are none, only our counts.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match self.view().framework() {
            // Published figures are of the whole round, so an answer about a part of it has our own counts.
            Some(framework) if self.is_part() || self.lines().is_empty() || !framework.is_of_council() => {
                return self.counts(framework, &summary(self.0)).write(out, format, terminal);
            }
            _ => {}
        }
        match format {
            Format::Json => self.write_json(out),
            _ => format.write_table(out, terminal, || self.table(), || self.table()),
        }
    }

    /// Writes counts of "good or better" by region and category.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write_by_region(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let summary = summary(self.0);
        let Some(framework) = self.view().framework() else { return Ok(()) };
        let table = || self.region_table(framework, &summary);
        match format {
            Format::Json => self.write_regions_json(out, &summary.regions),
            _ => format.write_table(out, terminal, table, table),
        }
    }

    /// Writes counts of "good or better" at the end of each year: under one framework if it is given, else under all of
    /// which not only some ratings are named.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write_by_year(
        &self,
        only: Option<&Framework>,
        out: &mut dyn Write,
        format: Format,
        terminal: Option<Screen>,
    ) -> io::Result<()> {
        self.years(only, &years(self.0, only)).write(out, format, terminal)
    }

    /// Writes overall effectiveness as Ofsted counts it, beside what Ofsted published.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write_series(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        self.series().write(out, format, terminal)
    }

    /// Returns our own counts, with the published figures beside them.
    pub(super) fn counts<'s>(&self, framework: &'s Framework, summary: &'s Summary) -> Counts<'s>
    where
        'a: 's,
    {
        let (mut notes, mut sources) = (self.count_notes(summary), self.region_sources());
        let published = if self.is_part() { Vec::new() } else { self.lines() };
        notes.extend(published.iter().map(claim_note));
        let cited = distinct(published.iter().flat_map(|line| &line.claim.evidence).map(|one| one.source.as_ref()));
        let is_new = |new: &Source| !sources.iter().any(|known| known.id == new.id);
        let cited: Vec<Source> = cited.into_iter().filter(is_new).collect();
        sources.extend(cited);
        let figures = published.iter().map(FigureJson::new).collect();
        Counts { listing: self.0, framework, summary, figures, notes, sources }
    }

    /// Returns the counts at the end of each year.
    pub(super) fn years<'s>(&self, only: Option<&'s Framework>, years: &'s [Year]) -> Years<'s>
    where
        'a: 's,
    {
        Years { listing: self.0, only, years }
    }

    /// Returns overall effectiveness as Ofsted counts it.
    pub(super) fn series(&self) -> Series<'a> {
        Series { listing: self.0 }
    }

    fn dataset(&self) -> &'a Dataset {
        self.0.dataset()
    }

    fn view(&self) -> &'a View {
        self.0.view()
    }

    /// Whether the answer is about some of the authorities, or as at a day.
    fn is_part(&self) -> bool {
        !self.0.filter().is_empty() || !self.0.query().is_empty() || self.view().as_at().is_some()
    }

    fn lines(&self) -> Vec<RecountedClaim<'a>> {
        let Some(framework) = self.view().framework() else { return Vec::new() };
        let of_framework = |claim: &&Claim| claim.framework.id == framework.id;
        let claims = self.dataset().claims.iter().filter(of_framework);
        claims.map(|claim| RecountedClaim { claim, recount: recount(claim, self.dataset()) }).collect()
    }

    fn table(&self) -> Table<'a> {
        let lines = self.lines();
        let mut notes = self.notes();
        notes.extend(lines.iter().filter_map(|l| l.claim.note.as_deref().map(String::from)));
        let caveats = self.view().framework().into_iter().flat_map(|f| &f.caveats).flat_map(|c| &c.evidence);
        let cited = lines.iter().flat_map(|l| &l.claim.evidence).chain(caveats);
        let sources = distinct(cited.map(|e| e.source.as_ref()));
        let table = tables::published(lines);
        let title = format!("{}: {}", table.title, About::shown(self.0).title());
        Table { title, notes, sources, about: About::shown(self.0).columns(), ..table }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = About::shown(self.0).notes();
        notes.push(
            "Published: what a source says. Counted: matching judgements among those we know. Possible: the lowest and \
             highest the true count can be."
                .to_owned(),
        );
        notes
            .push(format!("{}.", Verdict::ALL.map(|v| format!("{}: {}", wording::verdict(v), v.meaning())).join("; ")));
        notes.extend(self.view().framework().iter().flat_map(|f| &f.caveats).map(|c| c.text.to_string()));
        notes
    }

    pub(super) fn region_table(&self, framework: &'a Framework, summary: &'a Summary) -> Table<'a> {
        let table = tables::regions(framework, summary);
        let title = format!("{}: {}", table.title, About::shown(self.0).title());
        let notes = self.count_notes(summary);
        Table { title, notes, sources: self.region_sources(), about: About::shown(self.0).columns(), ..table }
    }

    /// Returns notes on what is counted, and its sources.
    fn region_notes(&self) -> Vec<String> {
        let mut notes = About::shown(self.0).notes();
        notes.push("Of known: councils whose grade is known; those without a grade are not counted.".to_owned());
        notes.extend(self.view().framework().and_then(|framework| wording::named_only(framework, self.dataset())));
        notes
    }

    /// Returns the same notes, and how many of the authorities counted have grades that are not stated.
    fn count_notes(&self, summary: &Summary) -> Vec<String> {
        let mut notes = self.region_notes();
        notes.extend(wording::with_mark(summary).map(|words| words + "."));
        notes
    }

    fn region_sources(&self) -> Vec<Source> {
        let authorities = self.0.counted().filter_map(|id| self.0.authority(id));
        let shown = authorities.filter_map(|a| self.view().assessment(a));
        distinct(shown.flat_map(list::cited))
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.lines();
        let answer = StatsJson {
            about: About::shown(self.0).json(),
            figures: lines.iter().map(FigureJson::new).collect(),
            sources: self.dataset().sources.iter().map(|s| SourceJson::new(s)).collect(),
        };
        json::write(out, &answer)
    }

    fn write_regions_json(&self, out: &mut dyn Write, regions: &[RegionCounts]) -> io::Result<()> {
        let categories = self.view().categories();
        let regions: Vec<RegionJson<'_>> = regions
            .iter()
            .map(|region| RegionJson {
                region: wording::region(region),
                good_or_better: categories.iter().zip(&region.good).map(ShareJson::new).collect(),
                remark: wording::region_remark(categories, region),
            })
            .collect();
        let sources = self.region_sources();
        let about = About::shown(self.0).json();
        json::write(out, &RegionsJson { about, regions, sources: json::sources(&sources) })
    }
}

/// Returns the JSON Schema of the answer.
pub(super) fn stats_schema() -> Schema {
    json::schema::<StatsJson<'static>>()
}

/// Returns the JSON Schema of the answer by region.
pub(super) fn regions_schema() -> Schema {
    json::schema::<RegionsJson<'static>>()
}

/// The answer of `scrutineer stats --format json`.
#[derive(Serialize, JsonSchema)]
struct StatsJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// The published figures.
    figures: Vec<FigureJson<'a>>,
    /// Every source of the dataset.
    sources: Vec<SourceJson<'a>>,
}

/// The answer of `scrutineer stats --by region --format json`.
#[derive(Serialize, JsonSchema)]
struct RegionsJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// A region each.
    regions: Vec<RegionJson<'a>>,
    /// The sources of what is counted.
    sources: Vec<SourceJson<'a>>,
}

/// The authorities of a region.
#[derive(Serialize, JsonSchema)]
struct RegionJson<'a> {
    /// Its name, or `region not known`.
    region: &'a str,
    /// A share for each category.
    good_or_better: Vec<ShareJson<'a>>,
    /// How many are no longer graded in some categories; null if all are.
    remark: Option<String>,
}

/// A share with both of its numbers.
#[derive(Serialize, JsonSchema)]
pub(super) struct ShareJson<'a> {
    /// The id of the category.
    category: &'a str,
    /// Those graded good or better.
    numerator: u32,
    /// Those whose grade is known.
    denominator: u32,
}

impl<'a> ShareJson<'a> {
    pub(super) fn new((category, tally): (&'a crate::dataset::Category, &Tally)) -> Self {
        Self { category: &category.id, numerator: tally.matching, denominator: tally.known }
    }
}
