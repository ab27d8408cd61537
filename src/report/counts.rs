//! The answer of `scrutineer stats` for a framework without published figures: our own counts by category.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::figures::FigureJson;
use super::json::SourceJson;
use super::{Format, Screen, json};
use crate::dataset::{Framework, Source};
use crate::query::Listing;
use crate::statistics::{CategoryCounts, Summary, Tally};
use crate::tables::{self, Table};
use crate::wording;

/// Counts to be written in any format.
pub(super) struct Counts<'a> {
    /// The authorities counted.
    pub listing: &'a Listing,
    /// The framework.
    pub framework: &'a Framework,
    /// The counts.
    pub summary: &'a Summary,
    /// The published figures of the framework, beside our count.
    pub figures: Vec<FigureJson<'a>>,
    /// Notes to print below the table.
    pub notes: Vec<String>,
    /// The sources of the judgements counted.
    pub sources: Vec<Source>,
}

impl Counts<'_> {
    /// Writes grades and movement by category.
    ///
    /// Returns an error if writing fails.
    /// If nothing more can be written.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let json = || CountsJson {
            about: About::shown(self.listing).json(),
            listed: self.summary.listed,
            assessed: self.summary.assessed,
            inferred_or_second_hand: self.summary.with_mark,
            categories: self
                .framework
                .categories
                .iter()
                .zip(&self.summary.categories)
                .map(|(c, counts)| CategoryJson::new(&c.id, self.framework, counts, self.has_movement()))
                .collect(),
            route: self.summary.route.map(Share::new),
            figures: &self.figures,
            sources: json::sources(&self.sources),
        };
        format.write(out, terminal, || self.table(), json)
    }

    /// Returns the counts as a table.
    pub fn table(&self) -> Table<'_> {
        let mut notes = self.notes.clone();
        let Summary { listed, assessed, .. } = self.summary;
        notes.push(format!("{assessed} assessed of {listed} listed."));
        for (category, counts) in self.framework.categories.iter().zip(&self.summary.categories) {
            notes.extend(wording::absences(&category.label, counts).map(|words| words + "."));
        }
        if self.has_movement() {
            notes
                .push("Up, same, down: compared with the previous inspection, for councils graded in both.".to_owned());
            let all = self.framework.categories.iter().zip(&self.summary.categories);
            notes.extend(all.filter_map(|(category, counts)| wording::redefined_movement(category, counts.redefined)));
        } else {
            notes.push(match self.framework.is_named_only {
                true => wording::movement_legend(Some(self.framework)),
                false => wording::only_latest("changes"),
            });
        }
        notes.extend(self.summary.route.map(|tally| {
            format!(
                "{}: good or better for leaders and for at least two of the three practice judgements: {} of {}.",
                wording::ROUTE,
                tally.matching,
                tally.known
            )
        }));
        let table = tables::counts(self.framework, self.summary, self.has_movement());
        let title = format!("{}: {}", table.title, About::shown(self.listing).title());
        Table { title, notes, sources: self.sources.clone(), about: About::shown(self.listing).columns(), ..table }
    }

    /// Whether the data can show movement.
    fn has_movement(&self) -> bool {
        !self.listing.view().holds_only_latest() && !self.framework.is_named_only
    }
}

/// Returns the JSON Schema of the answer.
pub(super) fn counts_schema() -> Schema {
    json::schema::<CountsJson<'static>>()
}

/// The answer of `scrutineer stats --format json` for a framework without published figures.
#[derive(Serialize, JsonSchema)]
struct CountsJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// How many authorities are listed.
    listed: u32,
    /// How many of them were assessed under the framework.
    assessed: u32,
    /// How many of those assessed have a grade that is inferred or second-hand.
    inferred_or_second_hand: u32,
    /// A category each.
    categories: Vec<CategoryJson<'a>>,
    /// Those that meet Ofsted's route rule of 2026; null before April 2026, and where the framework does not have its
    /// categories.
    route: Option<Share>,
    /// The published figures of the framework.
    #[serde(skip_serializing_if = "<[FigureJson<'_>]>::is_empty")]
    figures: &'a [FigureJson<'a>],
    /// The sources of what is counted.
    sources: Vec<SourceJson<'a>>,
}

/// The counts of a category.
#[derive(Serialize, JsonSchema)]
struct CategoryJson<'a> {
    /// Its id.
    category: &'a str,
    /// How many have each grade, the best first.
    grades: Vec<GradeJson<'a>>,
    /// How many were assessed and have none.
    absent: u32,
    /// The reasons for that, each with how many have it.
    absences: Vec<AbsenceJson>,
    /// Good or better, of those with a grade.
    good_or_better: Share,
    /// Moved to a better grade since the assessment before; null if the data hold only the latest of each.
    up: Option<u32>,
    /// Kept the grade; null likewise.
    same: Option<u32>,
    /// Moved to a lower grade; null likewise.
    down: Option<u32>,
    /// How many of these three compare across a change of what the category covers.
    redefined: Option<u32>,
}

impl<'a> CategoryJson<'a> {
    fn new(id: &'a str, framework: &'a Framework, counts: &CategoryCounts, has_movement: bool) -> Self {
        let grades = framework.scale.steps.iter().zip(&counts.steps);
        Self {
            category: id,
            grades: grades
                .map(|(step, count)| GradeJson { grade: step.grade.0, word: &step.word, count: *count })
                .collect(),
            absent: counts.absent,
            absences: counts
                .absences
                .iter()
                .map(|(absence, count)| AbsenceJson { reason: absence.name(), count: *count })
                .collect(),
            good_or_better: Share::new(counts.good),
            up: has_movement.then_some(counts.up),
            same: has_movement.then_some(counts.same),
            down: has_movement.then_some(counts.down),
            redefined: has_movement.then_some(counts.redefined),
        }
    }
}

/// How many have no grade for a reason.
#[derive(Serialize, JsonSchema)]
struct AbsenceJson {
    /// The reason, in a word.
    reason: &'static str,
    /// How many.
    count: u32,
}

/// How many have a grade.
#[derive(Serialize, JsonSchema)]
struct GradeJson<'a> {
    /// The step of the scale.
    grade: u8,
    /// Its word.
    word: &'a str,
    /// How many.
    count: u32,
}

/// A share with both of its numbers.
#[derive(Serialize, JsonSchema)]
pub(super) struct Share {
    /// Those that match.
    numerator: u32,
    /// Those of which it is known.
    denominator: u32,
}

impl Share {
    /// Converts a tally.
    pub(super) fn new(tally: Tally) -> Self {
        Self { numerator: tally.matching, denominator: tally.known }
    }
}
