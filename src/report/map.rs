//! The answer of `scrutineer map`: the authorities of today with one grade each, by region, or as a map of tiles.

use std::io::{self, Write};

use maud::html;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::json::SourceJson;
use super::{Format, Screen, html as page, json, list, svg, text};
use crate::dataset::{AsAt, Authority, Basis, Judgement, Source};
use crate::query::Listing;
use crate::statistics::{MapView, OnMap, Shown, TILE_GRID, Tile, degree, tiles};
use crate::tables::{self, Cell, Column, Table, distinct};
use crate::wording;

/// A map to be written in any format.
pub struct MapAnswer<'a> {
    /// The listing: its filter decides which authorities are listed.
    pub listing: &'a Listing,
    /// What is shown.
    pub view: &'a MapView,
}

/// The columns of a tile on a terminal: with the letter beside the short name, and with the letter below it.
const WIDE_TILE: usize = 6;
const NARROW_TILE: usize = 4;

/// A row of the legend: the sign, the word, how many, and how far the grade is from the best; `None` without a grade.
pub type LegendRow = (String, String, usize, Option<u8>);

impl<'a> MapAnswer<'a> {
    /// Writes the authorities by region, or a map of tiles.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Json => self.write_json(out),
            Format::Svg => svg::map(self).write(out),
            Format::Html => {
                let body = html! {
                    figure { (svg::map(self).image()) }
                    (page::table_page(&self.table().in_words()))
                };
                page::write_page(out, &self.title(), &body)
            }
            Format::Table if terminal.is_some_and(|screen| screen.columns >= TILE_GRID.0 * NARROW_TILE) => {
                let columns = terminal.map_or(0, |screen| screen.columns);
                self.write_tiles(out, columns)?;
                text::write_notes(out, &self.table(), terminal)
            }
            _ => format.write_table(out, terminal, || self.table(), || self.table()),
        }
    }

    /// Writes the tiles in their places: a short name and the letter of the grade beside it or, where that does not fit, below it.
    fn write_tiles(&self, out: &mut dyn Write, width: usize) -> io::Result<()> {
        let (columns, rows) = TILE_GRID;
        let is_wide = columns * WIDE_TILE <= width;
        let mut names = vec![vec![String::new(); columns]; rows];
        let mut letters = names.clone();
        for (tile, authority, shown) in self.tiles() {
            let place = |grid: &mut Vec<Vec<String>>, text: String| {
                if let Some(cell) = grid.get_mut(tile.row).and_then(|row| row.get_mut(tile.column)) {
                    *cell = text;
                }
            };
            let letter = match self.is_listed(authority, &shown) {
                true => shown.letter(),
                false => String::new(),
            };
            place(&mut names, if is_wide { format!("{:3} {letter}", tile.short) } else { tile.short.clone() });
            place(&mut letters, letter);
        }
        let tile = if is_wide { WIDE_TILE } else { NARROW_TILE };
        let line = |row: &[String]| row.iter().map(|cell| format!("{cell:tile$}")).collect::<String>();
        for (names, letters) in names.iter().zip(&letters) {
            writeln!(out, "{}", line(names).trim_end())?;
            if !is_wide {
                writeln!(out, "{}", line(letters).trim_end())?;
            }
        }
        Ok(())
    }

    /// Returns the tiles with the authorities of today and what the map shows of each, in the order of the tiles.
    pub fn tiles(&self) -> Vec<(Tile, &'a Authority, OnMap<'a>)> {
        let dataset = self.listing.dataset();
        let of_tile = |tile: Tile| {
            let is_it = |authority: &&Authority| {
                authority.until.is_none() && authority.codes.gss.as_deref() == Some(tile.gss.as_str())
            };
            let authority = dataset.authorities.iter().find(is_it)?;
            Some((tile, authority, self.view.of(dataset, authority)))
        };
        tiles().into_iter().filter_map(of_tile).collect()
    }

    /// Whether the filter of the listing keeps an authority, by what the map shows of it.
    pub fn is_listed(&self, authority: &Authority, shown: &OnMap<'_>) -> bool {
        self.view.keeps(self.listing.filter(), authority, shown)
    }

    /// Returns what is graded: "care leavers (Inspecting local authority children's services)".
    fn graded(&self) -> String {
        match self.view.shown {
            Shown::Overall => "overall effectiveness as Ofsted counts it (SIF or ILACS)".to_owned(),
            Shown::Category(position) => {
                let framework = self.view.framework.as_ref();
                let category = framework.and_then(|framework| framework.categories.get(position));
                let label = category.map(|category| category.label.to_lowercase()).unwrap_or_default();
                let title = framework.map(|framework| framework.title.as_str()).unwrap_or_default();
                format!("{label} ({title})")
            }
        }
    }

    fn about(&self) -> About<'a> {
        let framework = match self.view.shown {
            Shown::Overall => None,
            Shown::Category(_) => self.view.framework.as_deref(),
        };
        About::under(self.listing, framework)
    }

    /// Returns the title: what is shown, and as at which day.
    pub fn title(&self) -> String {
        let what = self.graded();
        let day = self.view.as_at.map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
        format!("England's councils: {what}{day}")
    }

    /// Returns how many have each grade, in words.
    pub fn description(&self) -> String {
        let counts = self.counts();
        let counts = counts.iter().map(|(_, word, count, _)| format!("{}: {count}", word.to_lowercase()));
        let counts = counts.collect::<Vec<_>>().join(", ");
        format!("A map of England with a tile for each council of today. {counts}.")
    }

    /// Returns the rows of the legend: of the authorities that existed on the day and are listed, how many have each grade
    /// and how many none. Each is counted once, whatever tiles of today stand for it.
    pub fn counts(&self) -> Vec<LegendRow> {
        let Some(framework) = &self.view.framework else { return Vec::new() };
        let counted = self.view.counted(self.listing.dataset());
        let shown: Vec<OnMap<'_>> = counted.filter(|shown| self.is_listed(shown.authority, shown)).collect();
        let steps = framework.scale.steps.iter().map(|step| {
            let count = shown.iter().filter(|one| one.grade() == Some(step.grade)).count();
            let sign = if step.has_short_sign() { step.sign() } else { framework.scale.squares(step.grade) };
            (sign, step.word.to_string(), count, Some(degree(&framework.scale, step.grade)))
        });
        let without = shown.iter().filter(|one| one.grade().is_none()).count();
        steps.chain([("–".to_owned(), "No grade".to_owned(), without, None)]).collect()
    }

    /// Names the predecessors of an authority that did not exist yet, the one that is shown first: "Bournemouth
    /// (predecessor); also Poole: good".
    pub fn predecessors(&self, authority: &Authority) -> String {
        let mut all = self.view.predecessors(self.listing.dataset(), authority);
        let Some(first) = all.next() else { return String::new() };
        let also: Vec<String> = all.map(|other| format!("{}: {}", other.name, self.grade_of(other))).collect();
        let also = if also.is_empty() { String::new() } else { format!("; also {}", also.join(", ")) };
        format!("{} (predecessor){also}", first.name)
    }

    fn grade_of(&self, authority: &Authority) -> String {
        let shown = self.view.of(self.listing.dataset(), authority);
        let judged = shown.assessment.zip(shown.judgement());
        let grade = judged.map(|((_, framework, _), judgement)| wording::outcome(framework, judgement.outcome));
        grade.unwrap_or_else(|| wording::without_assessment_by_then(self.view))
    }

    /// Returns the notes: the day, the data, the filter, and what the signs mean.
    pub fn notes(&self) -> Vec<String> {
        let day = match self.view.as_at {
            Some(AsAt { day, basis: Basis::Published }) => format!("What had been published by {day}."),
            Some(AsAt { day, basis: Basis::Inspected }) => format!("What had been inspected by {day}."),
            None => "The latest of each council.".to_owned(),
        };
        let mut notes = vec![format!("{day} {}.", self.about().data())];
        let filter = wording::filter(self.listing.filter(), self.listing.view());
        if !filter.is_empty() {
            notes.push(format!("Counted are only: {}.", filter.join(" · ")));
        }
        if self.tiles().iter().any(|(.., shown)| shown.is_predecessor) {
            notes.push(
                "A tile whose council did not exist yet shows the grade of a predecessor; all that existed are counted."
                    .to_owned(),
            );
        }
        notes.push(
            "The layout is ours, made from the centroids published by the Office for National Statistics.".to_owned(),
        );
        notes
    }

    /// Returns the table of the authorities listed, by region; its first note counts the grades.
    pub fn table(&self) -> Table<'a> {
        let mut listed: Vec<_> =
            self.tiles().into_iter().filter(|(_, authority, shown)| self.is_listed(authority, shown)).collect();
        listed.sort_by_key(|(_, authority, _)| (authority.region.as_deref(), authority.name.as_str()));
        let sources = sources(listed.iter().map(|(.., shown)| shown));
        let counts = self.counts().into_iter().map(|(sign, word, count, _)| format!("{sign} {word} {count}"));
        let mut notes = vec![format!("{}: {}.", self.title(), counts.collect::<Vec<_>>().join(", "))];
        notes.extend(self.notes());
        let judged = |(_, authority, shown): &(Tile, &Authority, OnMap<'_>)| {
            shown.is_predecessor.then(|| self.predecessors(authority))
        };
        let judged = listed.iter().map(judged).collect();
        let listed = listed.into_iter().map(|(_, authority, shown)| (authority, shown)).collect();
        let table = tables::map_list(listed, judged, self.view.framework.as_deref());
        let mut about = self.about().columns();
        about.insert(0, (Column::text("graded"), Cell::Text(self.graded())));
        Table { title: self.title(), notes, sources, about, ..table }
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let grades = self.counts().into_iter().map(|(_, word, count, _)| CountJson { word, count }).collect();
        let tiles = self.tiles();
        let listed = tiles.iter().filter(|(_, authority, shown)| self.is_listed(authority, shown));
        let sources = sources(listed.clone().map(|(.., shown)| shown));
        let dataset = self.listing.dataset();
        let tile = |(tile, authority, shown): &(Tile, &'a Authority, OnMap<'a>)| {
            let before = self.view.predecessors(dataset, authority).filter(|_| shown.is_predecessor);
            TileJson::new(tile, authority, shown, before.map(|other| other.name.as_str()).collect())
        };
        let tiles = listed.map(tile).collect();
        let as_at = self.view.as_at;
        let answer = MapJson {
            about: self.about().json(),
            shown: self.title(),
            as_at: as_at.map(|as_at| as_at.day.iso()),
            basis: as_at.map(|as_at| as_at.basis.name()),
            counts: grades,
            tiles,
            sources: json::sources(&sources),
        };
        json::write(out, &answer)
    }
}

/// Returns the sources of what is shown.
fn sources<'s, 'd: 's>(shown: impl Iterator<Item = &'s OnMap<'d>>) -> Vec<Source> {
    distinct(shown.filter_map(|shown| shown.assessment).flat_map(|(assessment, ..)| list::cited(assessment)))
}

/// Returns the JSON Schema of the answer.
pub(super) fn map_schema() -> Schema {
    json::schema::<MapJson<'static>>()
}

/// The answer of `scrutineer map --format json`.
#[derive(Serialize, JsonSchema)]
struct MapJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// What the tiles show, in words.
    shown: String,
    /// The day that the map is as at; null for the newest data.
    as_at: Option<String>,
    /// What has to have happened by that day: published or inspected.
    basis: Option<&'static str>,
    /// How many of the authorities listed have each grade, and how many none.
    counts: Vec<CountJson>,
    /// A tile each.
    tiles: Vec<TileJson<'a>>,
    /// The sources of the grades.
    sources: Vec<SourceJson<'a>>,
}

/// How many have a grade.
#[derive(Serialize, JsonSchema)]
struct CountJson {
    /// The grade in words; "No grade" for none.
    word: String,
    /// How many.
    count: usize,
}

/// An authority of today.
#[derive(Serialize, JsonSchema)]
struct TileJson<'a> {
    /// Its name.
    authority: &'a str,
    /// Its code from the Office for National Statistics.
    gss: String,
    /// The region of England; null if it is not known.
    region: Option<&'a str>,
    /// The column of its tile, from 0 in the west.
    column: usize,
    /// The row of its tile, from 0 in the north.
    row: usize,
    /// The predecessor whose grade is shown; null if it is its own.
    predecessor: Option<&'a str>,
    /// All predecessors that existed on the day, if the authority did not; that of `predecessor` first.
    predecessors: Vec<&'a str>,
    /// The grade; null if there is none.
    grade: Option<u8>,
    /// The grade in words, or why there is none; null if there was no assessment by the day.
    word: Option<String>,
    /// stated, inferred or second-hand; null if there is no grade.
    certainty: Option<&'static str>,
    /// The id of the framework; null if there was no assessment by the day.
    framework: Option<&'a str>,
    /// When the assessment was published; null if that is not known.
    date: Option<String>,
}

impl<'a> TileJson<'a> {
    fn new(tile: &Tile, authority: &'a Authority, shown: &OnMap<'a>, predecessors: Vec<&'a str>) -> Self {
        let assessment = shown.assessment;
        Self {
            authority: &authority.name,
            gss: tile.gss.clone(),
            region: authority.region.as_deref(),
            column: tile.column,
            row: tile.row,
            predecessor: shown.is_predecessor.then_some(shown.authority.name.as_str()),
            predecessors,
            grade: shown.grade().map(|grade| grade.0),
            word: assessment
                .zip(shown.judgement())
                .map(|((_, f, _), judgement)| wording::outcome(f, judgement.outcome)),
            certainty: shown.judgement().and_then(Judgement::certainty_name),
            framework: assessment.map(|(_, framework, _)| framework.id.as_str()),
            date: assessment.and_then(|(assessment, ..)| assessment.date).map(|date| date.iso()),
        }
    }
}
