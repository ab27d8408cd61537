//! The answers of `scrutineer areas`: what inspectors asked councils to improve.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::json::{self, SourceJson};
use super::{Format, Screen, svg};
use crate::dataset::{AsAt, Assessment, Authority, Code, CodeKind, Dataset, Framework, Judgement, Source};
use crate::query::Listing;
use crate::statistics::{Asked, CodeCount, asked, asked_by_year, asked_of, earlier_day, neighbours_asked, recommended};
use crate::tables::{self, Cell, Column, Table, distinct};
use crate::text::plural;
use crate::wording;

/// What inspectors asked the councils of a listing to improve, to be written in any format.
pub struct Areas<'a>(pub &'a Listing);

impl Areas<'_> {
    /// Writes how many councils were asked about each subject or practice.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write_codes(
        &self,
        kind: CodeKind,
        out: &mut dyn Write,
        format: Format,
        terminal: Option<Screen>,
    ) -> io::Result<()> {
        let Some(framework) = self.framework() else { return Ok(()) };
        if format == Format::Svg {
            return self.themes(kind).write(out);
        }
        let counts = recommended(self.0, kind);
        let cited = cited(self.0.dataset());
        let table = || self.code_table(framework, kind, &counts);
        let json = || CodesJson {
            about: About::shown(self.0).json(),
            kind: kind.name(),
            earlier: earlier_day(self.0).map(|day| day.iso()),
            codes: counts.iter().map(|count| CodeJson::new(count, framework)).collect(),
            sources: json::sources(&cited),
        };
        format.write(out, terminal, table, json)
    }

    /// Writes everything that was asked about a subject or practice or, if `None`, everything.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write_asked(
        &self,
        code: Option<&Code>,
        out: &mut dyn Write,
        format: Format,
        terminal: Option<Screen>,
    ) -> io::Result<()> {
        let rows = asked(self.0, code.map(|code| code.id.as_str()));
        let people = || self.asked_table(code, &rows);
        let data = || self.described(areas(&rows), self.asked_notes(code, &rows), about_code(code));
        match format {
            Format::Json => self.write_json(code, &rows, out),
            _ => format.write_table(out, terminal, people, data),
        }
    }

    /// Writes all that was asked of one council, and which of its statistical neighbours were asked about the same.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write_of_council(
        &self,
        authority: &Authority,
        out: &mut dyn Write,
        format: Format,
        terminal: Option<Screen>,
    ) -> io::Result<()> {
        let Some(framework) = self.framework() else { return Ok(()) };
        let rows = asked_of(authority, framework, self.0.view().as_at());
        let neighbours: Vec<String> = rows.iter().map(|row| self.neighbours_asked(authority, row)).collect();
        let notes = || self.council_notes(authority, &rows);
        let people = || {
            self.described(tables::asked_of_council(&rows, &neighbours), notes(), Some(("council", &authority.name)))
        };
        let data = || self.described(areas(&rows), notes(), Some(("council", &authority.name)));
        match format {
            Format::Json => self.write_json(None, &rows, out),
            _ => format.write_table(out, terminal, people, data),
        }
    }

    /// Returns the picture of how often each subject or practice was asked for over the years.
    pub(super) fn themes(&self, kind: CodeKind) -> svg::Picture {
        let (years, themes) = asked_by_year(self.0, kind);
        let what = "In each year: how many reports ask for it, of those that list what needs to improve; the bar is their share.";
        let sources = cited(self.0.dataset());
        let sources = sources.iter().map(|source| format!("Source: {}", wording::source(source)));
        let about = About::shown(self.0);
        let data = [format!("{}.", about.data()), what.to_owned()].into_iter();
        let notes = data.chain(self.coverage()).chain(sources);
        let title =
            format!("What inspectors asked to improve, by {} and year of the report: {}", kind.name(), about.title());
        svg::themes(title, &years, &themes, notes.collect())
    }

    /// Returns how many councils were asked about each subject or practice.
    pub(super) fn code_table<'t>(
        &self,
        framework: &'t Framework,
        kind: CodeKind,
        counts: &'t [CodeCount],
    ) -> Table<'t> {
        self.described(tables::codes(framework, kind, counts), self.code_notes(kind), None)
    }

    /// Returns what was asked about a subject or practice or, if `None`, everything.
    pub(super) fn asked_table<'t>(&self, code: Option<&Code>, rows: &'t [Asked<'t>]) -> Table<'t> {
        self.described(tables::asked(rows, self.0.view().as_at()), self.asked_notes(code, rows), about_code(code))
    }

    fn framework(&self) -> Option<&Framework> {
        self.0.view().framework().map(AsRef::as_ref)
    }

    /// Adds what a table is about, also the one subject or council that it is of.
    fn described<'t>(&self, table: Table<'t>, notes: Vec<String>, of: Option<(&'static str, &str)>) -> Table<'t> {
        let sources = cited(self.0.dataset());
        let mut about = About::shown(self.0).columns();
        about.extend(of.map(|(name, one)| (Column::text(name), Cell::Text(one.to_owned()))));
        Table { notes, sources, about, ..table }
    }

    fn code_notes(&self, kind: CodeKind) -> Vec<String> {
        let mut notes = About::shown(self.0).notes();
        let name = kind.name();
        notes.push(format!(
            "Asked: councils whose newest report asks for something of the {name}, of those whose report lists what needs to improve."
        ));
        notes.push("By grade: of the judgement that it bears on, at that inspection.".to_owned());
        notes.extend(earlier_day(self.0).map(|day| format!("Five years earlier: of the same councils, by {day}.")));
        notes.push("Asked before too: by the inspection before the newest, of those asked whose report then lists what needs to improve. Counts are of councils, never of areas.".to_owned());
        notes.extend(self.coverage());
        notes
    }

    fn asked_notes(&self, code: Option<&Code>, rows: &[Asked<'_>]) -> Vec<String> {
        let mut notes = About::shown(self.0).notes();
        if let Some(code) = code {
            let councils = |is_newest: bool| {
                let rows = rows.iter().filter(|row| !is_newest || row.is_newest);
                let mut names: Vec<&str> = rows.map(|row| row.authority.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                names.len()
            };
            let meaning = code.meaning.iter().map(|meaning| format!(" ({meaning})")).collect::<String>();
            notes.push(format!(
                "{}{meaning}: asked of {} at their newest inspection, of {} at any.",
                code.label,
                plural(councils(true), "council", "councils"),
                councils(false),
            ));
        }
        notes.push(
            "Grades since: of the judgement that it bears on, at that inspection and at those after it.".to_owned(),
        );
        notes.extend(self.mark_note());
        notes.extend(wording::wider_grades(rows));
        notes.extend(self.coverage());
        notes
    }

    fn council_notes(&self, authority: &Authority, rows: &[Asked<'_>]) -> Vec<String> {
        let newest = rows.iter().filter(|row| row.is_newest).count();
        let again = rows.iter().filter(|row| row.is_newest && row.is_again).count();
        let areas = plural(newest, "area", "areas");
        let mut notes = About::shown(self.0).notes();
        if newest > 0 {
            notes.push(format!(
                "{}: {areas} at the newest inspection, {again} of them asked for again.",
                authority.name
            ));
        }
        let as_at = self.0.view().as_at();
        let newest_first = authority.newest_first().into_iter().filter_map(|at| authority.assessments.get(at));
        let is_of_framework = |a: &Assessment| self.framework().is_some_and(|framework| a.framework.is(framework));
        for assessment in newest_first.filter(|a| is_of_framework(a) && a.counts_as_at(as_at)) {
            let day = assessment.date.map(|date| format!("{date}: ")).unwrap_or_default();
            notes.extend(wording::nothing_listed_in_report(assessment).map(|words| format!("{day}{words}")));
        }
        notes.extend(wording::wider_grades(rows));
        let model = authority.neighbours.as_ref().map(|model| wording::neighbour_model(model));
        notes.extend(model.map(|model| format!(
            "Neighbours asked the same: about one of the same subjects at their newest inspection (of what is asked for all children, about one of the same practices); statistical neighbours by {model}."
        )));
        notes.extend(self.mark_note());
        notes.extend(self.coverage());
        notes
    }

    /// Explains the mark of grades, if the data hold some that have it.
    fn mark_note(&self) -> Option<String> {
        let newest = self.0.authorities().filter_map(|authority| self.0.view().assessment(authority));
        newest.into_iter().any(Assessment::has_mark).then(|| format!("{}.", wording::MARK_LEGEND))
    }

    /// Says of how many inspections what they asked for is held, and that words and codes are ours.
    fn coverage(&self) -> Vec<String> {
        let as_at = self.0.view().as_at();
        let is_of_framework = |a: &Assessment| self.framework().is_some_and(|framework| a.framework.is(framework));
        let all = self.0.dataset().authorities.iter().flat_map(|authority| &authority.assessments);
        let of_framework = || all.clone().filter(|a| is_of_framework(a) && a.counts_as_at(as_at));
        let listed = of_framework().filter(|a| a.lists_recommendations()).count();
        let newest = of_framework().filter(|a| a.lists_recommendations()).filter_map(|a| a.date).max();
        let until = newest.map(|day| format!(", the newest of {day}")).unwrap_or_default();
        let count = of_framework().count();
        vec![format!("Held for {listed} of {count} inspections{until}."), format!("{}.", wording::OUR_WORDS)]
    }

    /// Names the statistical neighbours of a council that were asked for the same at their newest inspection, with its grade for the
    /// judgement that it bears on.
    fn neighbours_asked(&self, authority: &Authority, row: &Asked<'_>) -> String {
        let found = neighbours_asked(self.0, authority, row).into_iter();
        let named = found.map(|one| format!("{} {}", one.authority.name, row.assessment.framework.sign(one.judgement)));
        named.collect::<Vec<_>>().join(", ")
    }

    fn write_json(&self, code: Option<&Code>, rows: &[Asked<'_>], out: &mut dyn Write) -> io::Result<()> {
        let as_at = self.0.view().as_at();
        let cited = cited(self.0.dataset());
        let answer = AskedJson {
            about: About::shown(self.0).json(),
            code: code.map(|code| code.id.as_str()),
            areas: rows.iter().map(|row| AreaJson::new(row, as_at)).collect(),
            sources: json::sources(&cited),
        };
        json::write(out, &answer)
    }
}

/// Returns a row for each area, for programs.
pub(super) fn areas<'a>(rows: &'a [Asked<'a>]) -> Table<'a> {
    let names = [
        "authority",
        "gss",
        "framework",
        "published",
        "is_newest",
        "is_again",
        "words",
        "judgement",
        "subjects",
        "practices",
        "framework_reference",
    ];
    let mut columns: Vec<Column> = names.map(Column::text).into();
    columns.extend([Column::number("page"), Column::text("link")]);
    let row = |position: usize| rows.get(position).map(cells).unwrap_or_default();
    Table::new(wording::ASKED, columns, rows.len(), row)
}

fn cells(row: &Asked<'_>) -> Vec<tables::Cell> {
    use tables::Cell;
    let (one, framework) = (row.recommendation, &row.assessment.framework);
    let ids = |codes: &[Arc<Code>]| codes.iter().map(|code| code.id.as_str()).collect::<Vec<_>>().join(" ");
    let yes = |is_so: bool| Cell::Text(if is_so { "yes" } else { "no" }.to_owned());
    vec![
        Cell::Text(row.authority.name.clone()),
        Cell::maybe(row.authority.codes.gss.as_deref()),
        Cell::Text(framework.id.clone()),
        Cell::date(row.assessment.date),
        yes(row.is_newest),
        yes(row.is_again),
        Cell::Text(one.words.clone()),
        Cell::maybe(framework.categories.get(row.category()).map(|category| category.id.as_str())),
        Cell::Text(ids(&one.subjects)),
        Cell::Text(ids(&one.practices)),
        Cell::maybe(one.framework_reference.as_deref()),
        one.page.map_or(Cell::Empty, Cell::count),
        Cell::maybe(link(row)),
    ]
}

fn link<'d>(row: &Asked<'d>) -> Option<&'d str> {
    row.assessment.recommendations.as_ref()?.link.as_deref()
}

/// Returns the sources of what was asked.
fn cited(dataset: &Dataset) -> Vec<Source> {
    let all = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    distinct(all.filter_map(|assessment| Some(assessment.recommendations.as_ref()?.source.as_ref())))
}

/// Returns the JSON Schema of the counts.
pub(super) fn codes_schema() -> Schema {
    json::schema::<CodesJson<'static>>()
}

/// Returns the JSON Schema of what was asked.
pub(super) fn asked_schema() -> Schema {
    json::schema::<AskedJson<'static>>()
}

/// The answer of `scrutineer areas --format json`.
#[derive(Serialize, JsonSchema)]
struct CodesJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// subject or practice.
    kind: &'static str,
    /// The day of `earlier`.
    earlier: Option<String>,
    /// The subjects or practices, the most frequent first.
    codes: Vec<CodeJson<'a>>,
    /// The sources.
    sources: Vec<SourceJson<'a>>,
}

/// Returns what a table of one subject or practice is about.
fn about_code(code: Option<&Code>) -> Option<(&'static str, &str)> {
    code.map(|code| (code.kind.name(), code.label.as_str()))
}

/// How many councils were asked about a subject or a practice.
#[derive(Serialize, JsonSchema)]
struct CodeJson<'a> {
    /// Its id.
    code: &'a str,
    /// Its name.
    label: &'a str,
    /// What belongs to it, if the name does not say.
    meaning: Option<&'a str>,
    /// How many councils were asked at their newest inspection.
    asked: u32,
    /// Of how many whose newest report lists what needs to improve.
    of: u32,
    /// How many of those asked had which grade for the judgement that it bears on, by grade.
    by_grade: BTreeMap<u8, u32>,
    /// How many of the same councils were asked by the day five years earlier.
    earlier: u32,
    /// Of how many.
    earlier_of: u32,
    /// How many of those asked were asked for the same by the inspection before too.
    again: u32,
    /// Of how many whose report before lists what needs to improve.
    again_of: u32,
}

impl<'a> CodeJson<'a> {
    fn new(count: &'a CodeCount, framework: &Framework) -> Self {
        let grades = framework.scale.steps.iter().map(|step| step.grade.0);
        Self {
            code: &count.code.id,
            label: &count.code.label,
            meaning: count.code.meaning.as_deref(),
            asked: count.asked.matching,
            of: count.asked.known,
            by_grade: grades.zip(count.by_grade.iter().copied()).collect(),
            earlier: count.earlier.matching,
            earlier_of: count.earlier.known,
            again: count.again.matching,
            again_of: count.again.known,
        }
    }
}

/// The answer of `scrutineer areas CODE --format json` and of `scrutineer areas --council NAME --format json`.
#[derive(Serialize, JsonSchema)]
struct AskedJson<'a> {
    /// What the answer is about.
    about: AboutJson<'a>,
    /// The id of the subject or practice; null if the answer is about all.
    code: Option<&'a str>,
    /// What was asked: of newest inspections first.
    areas: Vec<AreaJson<'a>>,
    /// The sources.
    sources: Vec<SourceJson<'a>>,
}

/// Something that a report asks a council to improve.
#[derive(Serialize, JsonSchema)]
pub(super) struct AreaJson<'a> {
    /// The council.
    authority: &'a str,
    /// When the report was published.
    published: Option<String>,
    /// Whether it is from the newest inspection of the council.
    is_newest: bool,
    /// Whether the inspection before asked for the same.
    is_again: bool,
    /// What was asked, in our words.
    words: &'a str,
    /// The id of the category that it mainly bears on.
    judgement: Option<&'a str>,
    /// The grades of the judgement at that inspection and at those after it; null where there was none.
    grades_since: Vec<Option<u8>>,
    /// The ids of its subjects, by our coding.
    subjects: Vec<&'a str>,
    /// The ids of its practices, by our coding.
    practices: Vec<&'a str>,
    /// The part of the national framework that the report refers to.
    framework_reference: Option<&'a str>,
    /// The page of the report.
    page: Option<u32>,
    /// The address of the report.
    link: Option<&'a str>,
}

impl<'a> AreaJson<'a> {
    /// Converts something that was asked.
    pub(super) fn new(row: &Asked<'a>, as_at: Option<AsAt>) -> Self {
        let one = row.recommendation;
        let ids = |codes: &'a [Arc<Code>]| codes.iter().map(|code| code.id.as_str()).collect();
        let grade = |judgement: &Judgement| judgement.grade().map(|grade| grade.0);
        Self {
            authority: &row.authority.name,
            published: row.assessment.date.map(|date| date.iso()),
            is_newest: row.is_newest,
            is_again: row.is_again,
            words: &one.words,
            judgement: row.assessment.framework.categories.get(row.category()).map(|category| category.id.as_str()),
            grades_since: row.judgement().into_iter().chain(row.since(as_at)).map(grade).collect(),
            subjects: ids(&one.subjects),
            practices: ids(&one.practices),
            framework_reference: one.framework_reference.as_deref(),
            page: one.page,
            link: link(row),
        }
    }
}
