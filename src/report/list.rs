//! The answer of `scrutineer list`: a row for each authority with its latest judgements.

use std::collections::HashSet;
use std::io::{self, Write};

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::about::{About, AboutJson};
use super::json::{self, CodesJson, JudgementsJson, SourceJson};
use super::{Format, Screen, xlsx};
use crate::dataset::{Absence, AsAt, Assessment, Authority, Framework, Grade, Outcome, Source, Step, Text};
use crate::query::{AuthorityId, Column, Listing, View};
use crate::statistics::degree;
use crate::tables::{self, Cell, Table, distinct};
use crate::text::capitalized;
use crate::wording;

/// The position of the date in the table for spreadsheets.
const DATE: usize = 4;

/// A listing to be written in any format.
pub struct List<'a>(pub &'a Listing);

/// The maximum number of authorities of which a note says where they were assessed.
const ELSEWHERE: usize = 3;

impl<'a> List<'a> {
    /// Writes the list in a format; `terminal` is `None` if the output is not a terminal.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        match format {
            Format::Json => self.write_json(out),
            Format::Xlsx => xlsx::write_with(out, ("Councils", &self.readable()), &self.data_table()),
            _ => format.write_table(out, terminal, || self.table(), || self.data_table()),
        }
    }

    /// Returns the table that a person reads in a spreadsheet: grades in words, how they moved and are known, and what the
    /// report asks about.
    fn readable(&self) -> Table<'_> {
        let order = self.view().framework().map(|framework| framework.shown_order()).unwrap_or_default();
        let categories = order.iter().filter_map(|at| self.view().categories().get(*at));
        let names = ["council", "region", "inspection start", "published"].map(tables::Column::text).into_iter();
        let names = names.chain(categories.map(|category| tables::Column::text(category.label.as_str())));
        let columns = names.chain(["moved", "grades are", "asked to improve"].map(tables::Column::text)).collect();
        let row = move |position| {
            let Some((id, authority)) = self.authority(position) else { return Vec::new() };
            let assessment = self.view().assessment(authority);
            let grade = |at: &usize| match assessment.and_then(|one| Some((&one.framework, one.judgements.get(*at)?))) {
                None => Cell::Empty,
                Some((framework, judgement)) => match judgement.outcome {
                    Outcome::Absent(why) => Cell::Text(capitalized(wording::absence(why))),
                    Outcome::Grade(grade) => Cell::Grade {
                        word: framework.scale.step(grade).map(|step| step.word.to_string()).unwrap_or_default(),
                        degree: degree(&framework.scale, grade),
                        is_stated: judgement.mark().is_empty(),
                    },
                },
            };
            let mut subjects: Vec<&str> = Vec::new();
            for one in assessment.map(Assessment::recommended).unwrap_or_default() {
                let own = one.subjects.iter().map(|subject| subject.label.as_str());
                subjects.extend(own.filter(|label| !subjects.contains(label)).collect::<Vec<_>>());
            }
            let mut cells = vec![
                Cell::Text(authority.name.to_string()),
                Cell::maybe(authority.region.as_deref()),
                Cell::date(assessment.and_then(|assessment| assessment.visit.as_ref()?.from)),
                Cell::date(assessment.and_then(|assessment| assessment.date)),
            ];
            cells.extend(order.iter().map(grade));
            cells.push(Cell::new(Column::Trend.cell(self.view(), id, authority).text, false));
            cells.push(Cell::maybe(assessment.and_then(wording::known_by).as_deref()));
            cells.push(Cell::new(subjects.join(", "), false));
            cells
        };
        Table::new(self.title(), columns, self.0.len(), row)
    }

    fn title(&self) -> String {
        format!("Grades of services for children: {}", About::shown(self.0).title())
    }

    fn view(&self) -> &'a View {
        self.0.view()
    }

    fn authority(&self, position: usize) -> Option<(AuthorityId, &'a Authority)> {
        let id = self.0.id(position).or_else(|| self.offered().get(position).copied())?;
        Some((id, self.0.authority(id)?))
    }

    /// Returns what is offered to people, in place of rows, if nothing is listed: what a filter hides, or the nearest names.
    fn offered(&self) -> &'a [AuthorityId] {
        if self.0.is_empty() { &self.0.offer().authorities } else { &[] }
    }

    /// Returns the table for people: the sign and mark of every judgement.
    pub(super) fn table(&self) -> Table<'_> {
        // A terminal of 80 columns has no space for the regions.
        let columns = Column::shown(self.view()).into_iter().filter(|column| *column != Column::Region);
        let mut columns: Vec<Column> = columns.collect();
        if self.view().has_dates() && !self.view().holds_only_latest() {
            let categories = columns.iter().filter(|column| matches!(column, Column::Category(_))).count();
            columns.insert(categories + 1, Column::Trend);
        }
        let headers = columns.iter().map(|column| tables::Column::text(column.header(self.view()))).collect();
        let row = move |position| {
            let Some((id, authority)) = self.authority(position) else { return Vec::new() };
            let cell = |column: &Column| {
                let cell = column.cell(self.view(), id, authority);
                match column {
                    Column::Date => {
                        Cell::date(self.view().assessment(authority).and_then(|assessment| assessment.date))
                    }
                    _ => Cell::Text(cell.text),
                }
            };
            columns.iter().map(cell).collect()
        };
        let link = move |position| {
            let (_, authority) = self.authority(position)?;
            self.view().assessment(authority)?.link().map(String::from)
        };
        let table = Table::new(self.title(), headers, self.0.len() + self.offered().len(), row);
        self.described(Table { link: Box::new(link), ..table })
    }

    /// Returns the notes below a table; `has_letters` says whether that has letters to be explained.
    fn notes(&self, has_letters: bool) -> Vec<String> {
        let mut notes = About::shown(self.0).notes();
        if self.0.is_empty() && !self.0.query().is_empty() {
            notes.insert(0, wording::nothing_listed(self.0));
        }
        let Some(framework) = self.view().framework() else { return notes };
        notes.extend(self.elsewhere());
        notes.extend(self.without_grades(framework));
        let steps: Vec<String> = framework.scale.steps.iter().map(Step::named).collect();
        if has_letters {
            notes.push(format!("Grades, best first: {}.", steps.join(", ")));
            notes.push(signs(self.0.authorities().filter_map(|authority| self.view().assessment(authority))));
        }
        if self.view().has_dates() {
            notes.push(movement_note(self.view()));
        }
        let has_ended = |authority: &&Authority| self.view().day().is_some_and(|day| !authority.exists_on(day));
        let ended = self.0.authorities().filter(has_ended);
        notes.extend(ended.filter_map(|a| Some(format!("{}: not counted. {}", a.name, wording::ended(a)?))));
        notes.extend(framework.caveats.iter().map(|c| c.text.to_string()));
        notes
    }

    /// Says how many authorities have an empty row.
    fn without_grades(&self, framework: &Framework) -> Option<String> {
        let count = self.0.ids().filter(|id| !self.view().is_assessed(*id)).count();
        let by = self.view().as_at().map(|as_at| format!(", {}", wording::as_at(as_at))).unwrap_or_default();
        let what = wording::without_assessment(Some(framework));
        (count > 0).then(|| format!("{count} without grades: {what} under {}{by}.", framework.short))
    }

    /// Says under which framework the authorities that a search found were assessed last, if not under the one shown.
    fn elsewhere(&self) -> Vec<String> {
        let Some(shown) = self.view().framework().filter(|_| !self.0.query().is_empty()) else { return Vec::new() };
        let without = self.0.authorities().filter(|authority| self.view().assessment(authority).is_none());
        let newest = |authority: &Authority| {
            let newest = &authority.assessments.get(*authority.newest_first().first()?)?.framework;
            let (name, what) = (&authority.name, wording::without_assessment(Some(shown)));
            let words = format!("{name}: {what} here; add --framework {} for its newest assessment.", newest.id);
            Some(words).filter(|_| !newest.is(shown))
        };
        without.take(ELSEWHERE).filter_map(newest).collect()
    }

    fn sources(&self) -> Vec<Source> {
        let shown = self.0.authorities().filter_map(|a| self.view().assessment(a)).flat_map(cited);
        let caveats = self.view().framework().into_iter().flat_map(|framework| &framework.caveats);
        distinct(shown.chain(caveats.flat_map(|caveat| &caveat.evidence).map(|e| e.source.as_ref())))
    }

    /// Returns a table with grades in words with the notes, the sources and the context of the answer.
    pub(super) fn described_in_words<'t>(&self, table: Table<'t>) -> Table<'t> {
        Table { notes: self.notes(false), ..self.described(table) }
    }

    /// Returns the table with the notes, the sources and the context of the answer.
    pub(super) fn described<'t>(&self, table: Table<'t>) -> Table<'t> {
        Table { notes: self.notes(true), sources: self.sources(), about: About::shown(self.0).columns(), ..table }
    }

    /// Returns the table for spreadsheets: grade, word and certainty in separate columns, with numbers as numbers.
    pub(super) fn data_table(&self) -> Table<'_> {
        let columns: Vec<Column> = Column::all(self.view())
            .into_iter()
            .filter(|column| !matches!(column, Column::Date | Column::Region))
            .collect();
        let mut headers: Vec<tables::Column> =
            ["authority", "region", "gss", "framework", "date", "link"].map(tables::Column::text).into();
        let fields = columns.iter().skip(1).flat_map(|column| column.fields(self.view()));
        headers.extend(fields.map(|field| match field.is_number {
            true => tables::Column::number(field.header),
            false => tables::Column::text(field.header),
        }));
        headers.extend(["inspection_start_date", "inspection_end_date"].map(tables::Column::text));
        let are_numbers: Vec<bool> = headers.iter().map(|header| header.is_number()).collect();
        let row = move |position| {
            let Some((id, authority)) = self.authority(position) else { return Vec::new() };
            let assessment = self.view().assessment(authority);
            let mut texts = vec![
                authority.name.to_string(),
                authority.region.as_deref().unwrap_or_default().to_owned(),
                authority.codes.gss.as_deref().unwrap_or_default().to_owned(),
                assessment.map(|a| a.framework.id.to_string()).unwrap_or_default(),
                Column::Date.cell(self.view(), id, authority).text,
                assessment.and_then(Assessment::link).unwrap_or_default().to_owned(),
            ];
            texts.extend(columns.iter().skip(1).flat_map(|column| column.values(self.view(), id, authority)));
            let cells = texts.into_iter().zip(&are_numbers).map(|(text, is_number)| Cell::new(text, *is_number));
            let date = Cell::date(assessment.and_then(|assessment| assessment.date));
            let visit = assessment.and_then(|assessment| assessment.visit.as_ref());
            let visited = [visit.and_then(|visit| visit.from), visit.and_then(|visit| visit.until)].map(Cell::date);
            let cells = cells.enumerate().map(|(at, cell)| if at == DATE { date.clone() } else { cell });
            cells.chain(visited).collect()
        };
        self.described(Table::new(self.title(), headers, self.0.len(), row))
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let sources: Vec<SourceJson<'_>> = self.0.dataset().sources.iter().map(|s| SourceJson::new(s)).collect();
        let answer = ListJson {
            about: About::shown(self.0).json(),
            count: self.0.len(),
            authorities: json::Rows::new(|| self.0.authorities().map(|a| self.authority_json(a))),
            sources,
        };
        json::write(out, &answer)
    }

    pub(super) fn authority_json(&self, authority: &'a Authority) -> AuthorityJson<'a> {
        let assessment = self.view().assessment(authority);
        AuthorityJson {
            name: &authority.name,
            region: authority.region.as_deref(),
            codes: CodesJson::new(&authority.codes),
            until: authority.until.map(|date| date.iso()),
            replaced_by: authority.replaced_by.iter().map(Text::as_str).collect(),
            date: assessment.and_then(|a| a.date).map(|d| d.iso()),
            round: assessment.map(|a| a.round.as_ref()),
            judgements: JudgementsJson {
                authority,
                of: assessment,
                before: assessment.and_then(|one| authority.before_as_at(one, self.view().as_at())),
            },
            beside: None,
        }
    }
}

/// A listing with the newest judgements under another framework beside those that it shows.
pub struct ListBeside<'a> {
    /// The listing.
    pub listing: &'a Listing,
    /// The other framework.
    pub other: &'a Framework,
    /// Only councils with one of these grades under it; all if there is none.
    pub grades: &'a [Grade],
}

impl ListBeside<'_> {
    /// Writes the list with further columns.
    ///
    /// # Errors
    /// Returns an error if writing fails.
    pub fn write(&self, out: &mut dyn Write, format: Format, terminal: Option<Screen>) -> io::Result<()> {
        let list = List(self.listing);
        match format {
            Format::Json => self.write_json(out),
            _ => format.write_table(
                out,
                terminal,
                || self.with_columns(list.table(), false),
                || self.with_columns(list.data_table(), true),
            ),
        }
    }

    /// Adds the judgements under the other framework: in words, and for programs with number and certainty.
    fn with_columns<'t>(&'t self, table: Table<'t>, is_data: bool) -> Table<'t> {
        let mut columns = table.columns;
        for category in &self.other.categories {
            let name = if self.other.categories.len() > 1 { &category.label } else { &self.other.short };
            let name = match is_data {
                true => format!("{} {}", self.other.id, category.id),
                false => name.to_string(),
            };
            columns.push(tables::Column::text(name.as_str()));
            if is_data {
                columns.push(tables::Column::number(format!("{name} {}", self.other.scale.number_header())));
                columns.push(tables::Column::text(format!("{name} certainty")));
            }
        }
        columns.push(tables::Column::text(format!("{} published", self.other.short)));
        let (row, mut notes) = (table.row, table.notes);
        notes.push(format!("Beside it, never mixed with it: {}.", self.other.title));
        let words: Vec<&str> = self
            .other
            .scale
            .steps
            .iter()
            .filter(|step| self.grades.contains(&step.grade))
            .map(|step| step.word.as_str())
            .collect();
        if !words.is_empty() {
            notes.push(format!("Only: {} {}.", self.other.short, words.join(" or ")));
        }
        let more = move |position: usize| {
            let authority = self.listing.id(position).and_then(|id| self.listing.authority(id));
            let assessment = authority.and_then(|authority| self.of(authority));
            let mut cells = row(position);
            for position in 0..self.other.categories.len() {
                let judgement = assessment.and_then(|assessment| assessment.judgements.get(position));
                let [word, number, certainty] = json::judgement_cells(Some(self.other), judgement);
                let mark = judgement.map_or("", |judgement| judgement.mark());
                match (is_data, word) {
                    (true, word) => cells.extend([word, number, certainty]),
                    (false, Cell::Text(word)) => cells.push(Cell::Text(word + mark)),
                    (false, other) => cells.push(other),
                }
            }
            cells.push(Cell::date(assessment.and_then(|assessment| assessment.date)));
            cells
        };
        Table { columns, row: Box::new(more), notes, ..table }
    }

    /// Returns the newest assessment of an authority under the other framework, as at the day of the view.
    fn of<'d>(&self, authority: &'d Authority) -> Option<&'d Assessment> {
        authority.latest(self.other, self.listing.view().as_at())
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let list = List(self.listing);
        let sources: Vec<SourceJson<'_>> = self.listing.dataset().sources.iter().map(|s| SourceJson::new(s)).collect();
        let answer = ListJson {
            about: About::shown(self.listing).json(),
            count: self.listing.len(),
            authorities: json::Rows::new(|| {
                self.listing.authorities().map(|authority| {
                    let mut row = list.authority_json(authority);
                    row.beside =
                        Some(BesideJson::new(self.other, authority, self.of(authority), self.listing.view().as_at()));
                    row
                })
            }),
            sources,
        };
        json::write(out, &answer)
    }
}

/// Explains the arrows, or why there are none.
pub(super) fn movement_note(view: &View) -> String {
    if view.holds_only_latest() {
        return wording::only_latest("changes");
    }
    wording::movement_legend(view.framework().map(AsRef::as_ref))
}

/// Returns the sources of the judgements of an assessment.
pub(super) fn cited(assessment: &Assessment) -> impl Iterator<Item = &Source> {
    let own = assessment.judgements.iter().flat_map(|j| &j.evidence).map(|e| e.source.as_ref());
    own.chain(assessment.origin.iter().map(|origin| origin.table.source.as_ref()))
}

/// Explains the sign for no grade, with the reasons that occur in some assessments.
pub(super) fn signs<'s>(assessments: impl Iterator<Item = &'s Assessment>) -> String {
    let outcomes: HashSet<Outcome> =
        assessments.flat_map(|a| a.judgements.iter()).map(|judgement| judgement.outcome).collect();
    let is_shown = |a: &&Absence| outcomes.contains(&Outcome::Absent(**a));
    let absences: Vec<&str> = Absence::ALL.iter().filter(is_shown).map(|absence| absence.words()).collect();
    let why = if absences.is_empty() { String::new() } else { format!(": {}", absences.join(", ")) };
    format!("{} no grade{why}.", Absence::SIGN)
}

/// Returns the JSON Schema of the answer.
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
pub(super) struct AuthorityJson<'a> {
    /// Its name.
    name: &'a str,
    /// The region of England; null if it is not known.
    region: Option<&'a str>,
    /// Its codes by register.
    codes: CodesJson<'a>,
    /// Its last day; null if it still exists.
    until: Option<String>,
    /// The authorities that replaced it.
    replaced_by: Vec<&'a str>,
    /// When the assessment was published; null if that is not known, or there is none.
    date: Option<String>,
    /// The round it belongs to; null if it was not assessed.
    round: Option<&'a str>,
    /// By the id of the category; empty if it was not assessed.
    judgements: JudgementsJson<'a>,
    /// Its newest assessment under another framework, if that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<BesideJson<'a>>,
}

/// The newest assessment under another framework.
#[derive(Serialize, JsonSchema)]
struct BesideJson<'a> {
    /// The id of the framework.
    framework: &'a str,
    /// When the assessment was published; null if that is not known, or there is none.
    date: Option<String>,
    /// By the id of the category; empty if it was not assessed.
    judgements: JudgementsJson<'a>,
}

impl<'a> BesideJson<'a> {
    fn new(
        framework: &'a Framework,
        authority: &'a Authority,
        of: Option<&'a Assessment>,
        as_at: Option<AsAt>,
    ) -> Self {
        let before = of.and_then(|one| authority.before_as_at(one, as_at));
        let date = of.and_then(|one| one.date).map(|date| date.iso());
        Self { framework: &framework.id, date, judgements: JudgementsJson { authority, of, before } }
    }
}
