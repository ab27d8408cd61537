//! Builds a dataset from rows: an authority for each reference number, an assessment for each row.

mod checks;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::cell;
use super::columns::{Column, Columns};
use super::documents::{self, Documents};
use super::frameworks::Frameworks;
use super::judgements::{Judged, Judgements, Repaired};
use super::register::Register;
use super::row::{Cells, Row};
use super::sources::{COLLECTOR, TITLE, collected, headers_problem, official, repeated_column};
use crate::dataset::{
    Assessment, Dataset, Date, Evidence, Framework, Location, MAX_AUTHORITIES, Neighbours, Note, Origin, Problem,
    Source, Text, Visit,
};
use crate::load::merge::Merged;
use crate::load::merge::two_records;
use crate::load::reports::{Reports, shorten};
use crate::load::{Loaded, Repair, Unusable};
use crate::text::clean;

/// Kinds of inspection that clearly mean one of the two usual ones, with that usual kind.
const KINDS: [(&str, &str); 1] = [("inspection duration longer than standard framework", "standard")];

/// The kinds of inspection in Ofsted's official statistics, with their usual names.
const OFFICIAL_KINDS: [(&str, &str); 2] =
    [("ILACS Standard Inspection", "standard"), ("ILACS Short Inspection", "short")];

/// What official statistics have in place of the judgements of an authority without an inspection.
const NOT_INSPECTED: &str = "Not yet inspected";

/// The maximum number of lines of text in a table that are remarked on one by one.
const MAX_LINES_OF_TEXT: usize = 50;

/// The columns of one inspection in a row, and the parser of its judgements. A wide table has several sets, any other
/// table one.
struct Set {
    columns: Columns,
    judgements: Judgements,
}

/// A dataset being built.
pub struct Builder {
    name: String,
    frameworks: Frameworks,
    /// Documents that are no inspections, whatever the row says.
    documents: Documents,
    register: Register,
    /// The columns that say which authority a row is about.
    columns: Columns,
    sets: Vec<Set>,
    /// The frameworks that any row was parsed under, by id.
    used: Vec<Arc<Framework>>,
    /// For each column that occurs more than once, its positions.
    repeated: Vec<Vec<usize>>,
    is_official: bool,
    source: Arc<Source>,
    /// How many rows were about a visit, which has no judgements.
    visits: usize,
    /// The authorities that a row says were not yet inspected.
    not_inspected: Vec<String>,
    remarks: Vec<String>,
    neighbours: Vec<(usize, Vec<String>)>,
    words: HashSet<Arc<str>>,
    rounds: HashMap<Option<i16>, Arc<str>>,
    reports: Reports,
    /// How many rows were a line of text.
    lines_of_text: usize,
    latest: Option<Date>,
}

impl Builder {
    /// Starts a dataset for a table; `name` is the name of the file, and `title` the line above the headers, if any.
    ///
    /// # Errors
    /// Returns an error if the bundled frameworks or gazetteer are not valid, which the tests rule out.
    pub fn new(name: &str, title: Option<&str>, sets: Vec<Columns>) -> Result<Self, Unusable> {
        let columns = sets.first().cloned().unwrap_or_default();
        let is_official = columns.are_official();
        let source = Arc::new(if is_official { official(name, title) } else { collected(name) });
        let repeated = columns.repeated();
        let mut reports = Reports::default();
        for positions in &repeated {
            reports.repair(|| repeated_column(&columns, positions));
        }
        let mut builder = Self {
            repeated,
            is_official,
            source,
            name: name.to_owned(),
            register: Register::new()?,
            frameworks: Frameworks::read()?,
            documents: documents::read()?,
            columns: Columns::default(),
            sets: Vec::new(),
            used: Vec::new(),
            visits: 0,
            not_inspected: Vec::new(),
            remarks: Vec::new(),
            neighbours: Vec::new(),
            words: HashSet::default(),
            rounds: HashMap::default(),
            reports,
            lines_of_text: 0,
            latest: None,
        };
        builder.set_columns(sets);
        Ok(builder)
    }

    /// Reads the rows that follow under these columns.
    fn set_columns(&mut self, sets: Vec<Columns>) {
        self.note_frameworks();
        self.columns = sets.first().cloned().unwrap_or_default();
        let set = |columns| {
            let judgements = Judgements::new(&self.frameworks, &columns, &self.source);
            Set { columns, judgements }
        };
        self.sets = sets.into_iter().map(set).collect();
    }

    /// Remembers the frameworks of the rows so far.
    fn note_frameworks(&mut self) {
        for framework in self.sets.iter().flat_map(|set| set.judgements.frameworks()) {
            if !self.used.iter().any(|used| used.is(framework)) {
                self.used.push(Arc::clone(framework));
            }
        }
    }

    /// Adds a row. Row numbers count from 1, and the headers are row 1. Empty rows are skipped.
    pub fn row(&mut self, number: u32, cells: &dyn Cells) {
        let row = Row { number, cells };
        if row.is_empty() {
            return;
        }
        if self.columns.is_repeated_in(&row) {
            return self.begin_another_table(&row);
        }
        if self.sets.is_empty() {
            let found = "a row under headers that cannot be read";
            return self.leave_out_row(number, found, "the headers of a table of inspections above it");
        }
        if let Err(problem) = self.check_length(&row) {
            return self.leave_out(format!("row {number}"), problem);
        }
        if self.is_official && self.is_visit(&row) {
            self.visits += 1;
            return;
        }
        if self.is_official && row.text_count() == 1 {
            self.lines_of_text += 1;
            if self.lines_of_text <= MAX_LINES_OF_TEXT {
                let mut text = clean(row.first_text()).into_owned();
                shorten(&mut text);
                self.remarks.push(format!("{}, row {number}: a line of text: {text:?}", self.source.id));
            }
            return;
        }
        self.check_cells(&row);
        if let Some(found) = self.register.contradiction(&row, &self.columns) {
            let expected = "the number and the name of one authority; correct whichever is wrong";
            return self.leave_out_row(number, &found, expected);
        }
        let Some(position) = self.register.position(&row, &self.columns) else {
            if self.register.is_full() {
                let expected = format!("at most {MAX_AUTHORITIES}");
                return self.leave_out_row(number, "one authority more", &expected);
            }
            let expected = "one of urn and local_authority, to know whose inspection it is";
            return self.leave_out_row(number, "neither a reference number nor a name", expected);
        };
        if let Some((given, own)) = self.register.take_renamed() {
            self.reports.repair(|| Repair {
                location: Location::Path(format!("row {number}")),
                found: format!("{:?} with another number than the authority of that name", clean(&own)),
                read_as: format!("another authority, {:?}; if it is the same, correct its number", clean(&given)),
            });
        }
        self.inspections(&row, position);
        self.region(&row, position);
        self.neighbours_of(&row, position);
    }

    /// Adds the inspections in a row to an authority.
    fn inspections(&mut self, row: &Row<'_>, position: usize) {
        if self.is_official && self.is_not_inspected(row) {
            self.not_inspected.extend(self.register.get(position).map(|authority| authority.name.to_string()));
            return;
        }
        let mut sets = std::mem::take(&mut self.sets);
        let is_wide = sets.len() > 1;
        for set in &mut sets {
            if is_wide && set.columns.judgements(row).next().is_none() {
                continue;
            }
            let assessment = self.assessment(row, set);
            self.latest = self.latest.max(assessment.order_day());
            let note = self.note(&assessment);
            if let Some(authority) = self.register.get_mut(position) {
                authority.assessments.push(assessment);
                authority.notes.extend(note);
            }
        }
        self.sets = sets;
    }

    /// Returns a note that says what the document of a row is, if it is known not to be an inspection.
    fn note(&self, assessment: &Assessment) -> Option<Note> {
        let origin = assessment.origin.as_ref()?;
        let what = self.documents.get(origin.link.as_deref()?)?;
        let date = assessment.date.map(|date| format!(" of {date}")).unwrap_or_default();
        let evidence = Evidence {
            source: Arc::clone(&origin.table.source),
            passage: None,
            note: Some("The document that the row links to.".into()),
            step: None,
            place: Some(format!("row {}", origin.row)),
            link: origin.link.clone(),
        };
        Some(Note { text: format!("The document{date} in {} is {what}.", self.source.id), evidence: vec![evidence] })
    }

    /// Reads a second table below the first, whose headers this row has. If they cannot be read, its rows are left out.
    fn begin_another_table(&mut self, row: &Row<'_>) {
        let headers: Vec<String> = (0..row.cells.count()).map(|at| clean(row.cell(at)).into_owned()).collect();
        match Columns::find_all(headers.iter().map(String::as_str)) {
            Ok(sets) => self.set_columns(sets),
            Err(missing) => {
                // Without its headers, the rows of this table cannot be told apart.
                self.sets.clear();
                self.leave_out(format!("row {}", row.number), headers_problem(&headers, &missing.0));
            }
        }
    }

    /// Whether a row is about a focused or monitoring visit, which Ofsted makes without judging.
    fn is_visit(&self, row: &Row<'_>) -> bool {
        let kind = row.text(self.columns.positions(Column::Kind));
        kind.is_some_and(|kind| kind.to_lowercase().contains("visit")) && self.columns.judgements(row).next().is_none()
    }

    /// Whether a row says that its authority was not yet inspected.
    fn is_not_inspected(&self, row: &Row<'_>) -> bool {
        let says_so = |text: &str| text.eq_ignore_ascii_case(NOT_INSPECTED);
        let days = [Column::From, Column::Published].map(|column| row.text(self.columns.positions(column)));
        let mut texts = days.into_iter().flatten().chain(self.columns.judgements(row)).peekable();
        texts.peek().is_some() && texts.all(says_so)
    }

    fn leave_out_row(&mut self, number: u32, found: &str, expected: &str) {
        let place = format!("row {number}");
        let location = Location::Path(place.clone());
        self.leave_out(place, Problem { location, found: found.to_owned(), expected: expected.to_owned() });
    }

    /// Records something that is left out of the dataset, and why.
    pub fn leave_out(&mut self, what: String, problem: Problem) {
        self.reports.leave_out(what, problem);
    }

    /// Counts things that are left out and not listed.
    pub fn leave_out_unlisted(&mut self, count: usize) {
        let unlisted = &mut self.reports.unlisted.left_out;
        *unlisted = unlisted.saturating_add(count);
    }

    /// Whether a row has headers again, as above a second table.
    pub fn has_headers(&self, cells: &dyn Cells) -> bool {
        self.columns.is_repeated_in(&Row { number: 0, cells })
    }

    /// Returns the columns of the file.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Returns the dataset with all rows added so far.
    ///
    /// # Errors
    /// Returns an error if no row could be used.
    pub fn end(mut self) -> Result<Loaded, Unusable> {
        if self.register.is_empty() {
            let mut problems = self.reports.problems;
            problems.push(Problem {
                location: Location::Path(String::new()),
                found: "headers, and no row that can be used".to_owned(),
                expected: "a row for each inspection".to_owned(),
            });
            return Err(Unusable::new(self.name, problems));
        }
        self.note_frameworks();
        self.add_remarks();
        self.report_las_as_urns();
        let merged = self.join_records_of_one_inspection();
        let mut sources = vec![Arc::clone(&self.source)];
        self.add_neighbours(&mut sources);
        sources.extend(self.register.gazetteer().sources().iter().cloned());
        sources.extend(self.frameworks.sources.iter().cloned());
        let dataset = Dataset {
            title: TITLE.into(),
            publisher: "Ofsted".into(),
            collector: (!self.is_official).then(|| COLLECTOR.into()),
            date: self.latest,
            frameworks: self.used,
            sources,
            authorities: self.register.into_authorities(),
            claims: Vec::new(),
            published: Vec::new(),
        };
        let mut loaded = Loaded {
            dataset: Arc::new(dataset),
            problems: self.reports.problems,
            left_out: self.reports.left_out,
            repairs: self.reports.repairs,
            unlisted: self.reports.unlisted,
            remarks: self.remarks,
            ..Loaded::default()
        };
        loaded.add_differences(merged.differences, merged.date_differences);
        Ok(loaded)
    }

    /// Merges rows that record the same inspection. If they differ, the later one is shown, and the difference is reported.
    fn join_records_of_one_inspection(&mut self) -> Merged {
        let mut merged = Merged::default();
        for authority in self.register.authorities_mut() {
            let name = &authority.name;
            let reports = &mut self.reports;
            merged.unify(name, &mut authority.assessments, |first, second| {
                let row = |a: &Assessment| a.origin.as_ref().map_or(0, |origin| origin.row);
                let at = || format!("rows {} and {}", row(first), row(second));
                reports.repair(|| two_records(at(), name, first, second));
            });
        }
        merged
    }

    fn assessment(&mut self, row: &Row<'_>, set: &mut Set) -> Assessment {
        let Set { columns, judgements } = set;
        let began = self.date(row, columns, Column::From);
        let date = self.date(row, columns, Column::Published);
        let ended = self.date(row, columns, Column::Until);
        let has_practice = began.is_none() && judgements.has_practice(row);
        let link = row.text(columns.positions(Column::Link)).and_then(link);
        let is_other = link.as_deref().is_some_and(|link| self.documents.contains_key(link));
        let framework =
            if is_other { &self.frameworks.not_recorded } else { self.frameworks.find(began, date, has_practice) };
        let framework = Arc::clone(framework);
        let table = judgements.table(&framework);
        let Judged { judgements, repairs } = judgements.judged(row, &framework, began, date);
        for Repaired { column, found, read_as, .. } in repairs {
            self.repair_in(row, &column, &found, &read_as);
        }
        let kind = self.kind(row, columns);
        let lead = row.text(columns.positions(Column::Lead));
        let parser_version = row.text(columns.positions(Column::ParserVersion)).and_then(|text| text.parse().ok());
        let parser_version = parser_version.unwrap_or(0);
        let visit = Visit { kind, from: began, until: ended, lead: lead.map(|lead| self.word(lead)) };
        Assessment {
            framework,
            round: self.round(date.or(began)),
            date,
            judgements,
            quotes: Vec::new(),
            origin: table.map(|table| Origin { table, row: row.number, parser_version, link }),
            visit: (visit != Visit::default()).then_some(visit),
        }
    }

    /// Returns the round: the year of publication.
    fn round(&mut self, date: Option<Date>) -> Arc<str> {
        let year = date.map(|d| d.year());
        let make = || year.map_or("undated".to_owned(), |year| year.to_string()).into();
        Arc::clone(self.rounds.entry(year).or_insert_with(make))
    }

    /// Parses a date; reports an invalid one and leaves it out.
    fn date(&mut self, row: &Row<'_>, columns: &Columns, of: Column) -> Option<Date> {
        let text = row.text(columns.positions(of))?;
        let date = cell::date(text);
        if date.is_none() {
            self.repair_in(row, columns.header(of), text, "no date, because it is not a valid date (day/month/year)");
        }
        date
    }

    fn kind(&mut self, row: &Row<'_>, columns: &Columns) -> Option<Arc<str>> {
        let text = row.text(columns.positions(Column::Kind))?;
        if let Some((_, kind)) = KINDS.iter().find(|(long, _)| *long == text) {
            self.repair_in(row, columns.header(Column::Kind), text, kind);
            return Some(self.word(kind));
        }
        let official = OFFICIAL_KINDS.iter().find(|(long, _)| *long == text);
        Some(self.word(official.map_or(text, |(_, kind)| kind)))
    }

    /// Reports that the region was taken from the gazetteer, if the file has a column for regions but the cell is
    /// blank.
    fn region(&mut self, row: &Row<'_>, position: usize) {
        let positions = self.columns.positions(Column::Region);
        if positions.is_empty() {
            return;
        }
        let Ok(text) = row.at(positions) else { return };
        let region = self.register.get(position).and_then(|a| a.region.clone());
        if let Some(region) = region.filter(|_| cell::is_blank(text)) {
            let header = self.columns.header(Column::Region).to_owned();
            self.repair_in(row, &header, text, &format!("{region}, from the gazetteer"));
        }
    }

    fn neighbours_of(&mut self, row: &Row<'_>, position: usize) {
        let Some(text) = row.text(self.columns.positions(Column::Neighbours)) else { return };
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 3);
        let la_codes: Vec<String> = numbers.map(String::from).collect();
        if !la_codes.is_empty() {
            self.neighbours.push((position, la_codes));
        }
    }

    /// Adds the neighbours. The file does not say how old their model is, so the date of the latest inspection is
    /// used.
    fn add_neighbours(&mut self, sources: &mut Vec<Arc<Source>>) {
        if self.neighbours.is_empty() {
            return;
        }
        let model = Arc::new(Source {
            id: format!("{}-neighbours", self.source.id),
            title: format!("statistical neighbours in {}", self.source.id),
            date: self.latest,
            note: Some("the date is that of the latest inspection in the file".into()),
            ..self.source.as_ref().clone()
        });
        sources.push(Arc::clone(&model));
        for (position, la_codes) in std::mem::take(&mut self.neighbours) {
            if let Some(authority) = self.register.get_mut(position) {
                authority.neighbours = Some(Box::new(Neighbours {
                    source: Arc::clone(&model),
                    la_codes: la_codes.into_iter().collect(),
                    closeness: Arc::default(),
                }));
            }
        }
    }

    fn repair_in(&mut self, row: &Row<'_>, column: &str, found: &str, read_as: &str) {
        self.reports.repair(|| Repair {
            location: Location::Path(format!("row {}, column {column}", row.number)),
            found: format!("{:?}", clean(found)),
            read_as: read_as.to_owned(),
        });
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

/// Returns a link if a browser can open it.
fn link(text: &str) -> Option<Text> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    (is_web && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| text.into())
}
