//! Builds a dataset from rows: an authority for each council, an assessment for each row.

mod assessment;
mod checks;
mod set;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use self::set::Set;
use super::columns::{Column, Columns};
use super::dates::{DATES, Dates};
use super::documents::{self, Documents};
use super::frameworks::Frameworks;
use super::grid::{Grid, GridRow};
use super::headers::Headed;
use super::judgements::Judgements;
use super::register::{Register, Subject};
use super::row::{MAX_SHOWN, Row, WITHOUT_VALUE};
use super::sources::{COLLECTOR, TITLE, collected, headers_problem, official, repeated_column};
use crate::dataset::{
    Assessment, Dataset, Date, Evidence, Framework, Location, MAX_AUTHORITIES, Neighbours, Note, OriginTable, Problem,
    Source, Text, is_nothing,
};
use crate::load::merge::{Merged, two_records};
use crate::load::noted::{self, Noted};
use crate::load::reports::Reports;
use crate::load::{Loaded, Repair, Unusable};
use crate::text::{clean, fold, truncate};

/// The minimum number of headers of a table.
const MIN_HEADERS: usize = 6;

/// The maximum number of inspections of one council in a file: more than in many hundred years, and each takes memory.
const MOST_OF_ONE: usize = 5_000;

/// What is expected of the cells that say which council a row is about.
const OF_ONE: &str = "the number and the name of one council; correct whichever is wrong";

/// The maximum number of tables below the first: all rows that follow are looked at for each.
const MAX_TABLES: usize = 100;

/// A dataset being built.
pub struct Builder {
    name: String,
    frameworks: Frameworks,
    /// Documents that are no inspections, whatever the row says.
    documents: Documents,
    register: Register,
    /// The columns that say which authority a row is about.
    columns: Columns,
    /// How many tables, each with headers of its own, were begun below the first.
    tables: usize,
    sets: Vec<Set>,
    dates: Dates,
    /// The first sheet that is read, which decides; `None` if there is only one.
    first_sheet: Option<Arc<str>>,
    /// The frameworks that any row was parsed under, by id.
    used: Vec<Arc<Framework>>,
    /// For each column that occurs more than once, its positions.
    repeated: Vec<Vec<usize>>,
    /// For each column that says which authority a row is about, and occurs more than once in all sets, its positions.
    identities: Vec<(Column, Vec<usize>)>,
    /// Whether the tables are sheets, which leave out blank cells.
    is_workbook: bool,
    is_collected: bool,
    source: Arc<Source>,
    /// The names that no authority has, as far as noted.
    unknown: HashSet<Text>,
    noted: Noted,
    remarks: Vec<String>,
    neighbours: Vec<(usize, Vec<String>)>,
    words: HashSet<Arc<str>>,
    rounds: HashMap<Option<i16>, Arc<str>>,
    reports: Reports,
    latest: Option<Date>,
}

impl Builder {
    /// Starts a dataset for the tables of a file; `name` is the name of the file.
    ///
    /// # Errors
    /// Returns an error if the bundled frameworks or gazetteer are not valid, which the tests rule out.
    pub fn new<'h>(name: &str, tables: impl Iterator<Item = &'h Headed>) -> Result<Self, Unusable> {
        let tables: Vec<(&Headed, &Columns)> =
            tables.filter_map(|headed| Some((headed, headed.sets.first()?))).collect();
        let of_ofsted = tables.iter().find(|(_, columns)| columns.are_official());
        let is_collected = tables.iter().any(|(_, columns)| columns.are_collected());
        let source = match of_ofsted {
            Some((headed, _)) => official(name, headed.title.as_deref()),
            None => collected(name, is_collected),
        };
        let is_own = tables.iter().any(|(_, columns)| columns.are_own());
        Ok(Self {
            name: name.to_owned(),
            is_collected,
            is_workbook: false,
            unknown: HashSet::new(),
            source: Arc::new(source),
            register: Register::new()?,
            frameworks: Frameworks::read(is_own)?,
            documents: documents::read()?,
            columns: Columns::default(),
            tables: 0,
            sets: Vec::new(),
            dates: Dates::default(),
            first_sheet: None,
            used: Vec::new(),
            repeated: Vec::new(),
            identities: Vec::new(),
            noted: Noted::default(),
            remarks: Vec::new(),
            neighbours: Vec::new(),
            words: HashSet::default(),
            rounds: HashMap::default(),
            reports: Reports::default(),
            latest: None,
        })
    }

    /// Adds sentences about the file.
    pub fn remarks(&mut self, remarks: Vec<String>) {
        self.remarks.extend(remarks);
    }

    /// Adds the rows of a table.
    pub fn table(&mut self, grid: &Grid, headed: Headed) {
        self.is_workbook = grid.sheet.is_some();
        self.dates.set_first_day(grid.is_1904);
        let rows = grid.rows.get(headed.first..).unwrap_or_default();
        self.first_sheet = self.first_sheet.take().or_else(|| rows.first()?.sheet.clone());
        self.set_columns(headed.sets, rows);
        for (position, row) in rows.iter().enumerate() {
            let is_repeated = self.columns.is_repeated_in(Row(row));
            if !is_repeated && !self.has_other_headers(Row(row), position == 0) {
                self.row(Row(row));
            } else if !self.columns.are_those_of(row) {
                self.begin_another_table(row, rows.get(position + 1..).unwrap_or_default());
            }
        }
    }

    /// Whether a row has headers of another table: texts in many of its cells, and neither an authority, nor a date, nor a grade. One
    /// of them is a header that is known, or no two are the same: a row that says "to follow" twice is one of data. Below the
    /// headers, the first row may say how the columns are written.
    fn has_other_headers(&self, row: Row<'_>, is_first: bool) -> bool {
        let is_text = |text: &&str| {
            text.chars().any(char::is_alphabetic) && !is_nothing(text) && !text.starts_with(WITHOUT_VALUE)
        };
        let texts: Vec<&str> = row.0.cells.iter().filter(is_text).collect();
        let is_of_different = texts.iter().collect::<HashSet<_>>().len() == texts.len();
        let wanted = if row.0.cells.len() > MIN_HEADERS { MIN_HEADERS } else { MIN_HEADERS - 2 };
        let is_known = || self.register.is_known(row, &self.columns) || self.has_date_or_grade(row);
        if texts.len() < wanted || self.register.is_total(row, &self.columns) || is_known() {
            return false;
        }
        match Columns::find_all(row.0.texts().iter().map(String::as_str)) {
            Ok(_) => true,
            Err(missing) => !is_first && (missing.has_some() || is_of_different),
        }
    }

    /// Reads the rows that follow under these columns.
    fn set_columns(&mut self, sets: Vec<Columns>, rows: &[GridRow]) {
        self.note_frameworks();
        self.dates.set_columns(&sets, rows, &mut self.noted);
        self.columns = sets.first().cloned().unwrap_or_default();
        self.repeated = self.columns.repeated();
        let identities = [Column::Urn, Column::La, Column::Gss, Column::Authority].map(|column| {
            let positions: BTreeSet<usize> =
                sets.iter().flat_map(|set| set.positions(column).iter().copied()).collect();
            (column, positions.into_iter().collect::<Vec<_>>())
        });
        self.identities = identities.into_iter().filter(|(_, positions)| positions.len() > 1).collect();
        for at in self.columns.marked() {
            self.noted.add(noted::MARKED_HEADERS, || self.columns.names(&[at]));
        }
        let read: HashSet<usize> = sets.iter().flat_map(Columns::all_positions).collect();
        for at in self.columns.unread().into_iter().filter(|at| !read.contains(at)) {
            self.noted.add(noted::UNREAD_COLUMNS, || self.columns.names(&[at]));
        }
        for positions in &self.repeated {
            self.reports.repair(|| repeated_column(&self.columns, positions));
        }
        let sheet = rows.first().and_then(|row| row.sheet.as_deref());
        let set = |columns: Columns| {
            let judgements = Judgements::new(&self.frameworks, &columns, &self.source, sheet);
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

    /// Reads a second table below the first, whose headers this row has. If they cannot be read, its rows are left out.
    fn begin_another_table(&mut self, row: &GridRow, below: &[GridRow]) {
        let headers = row.texts();
        self.tables = self.tables.saturating_add(1);
        if self.tables > MAX_TABLES {
            self.sets.clear();
            let expected =
                format!("at most {MAX_TABLES} tables below each other; open the others as files of their own");
            return self.leave_out_row(Row(row), "the headers of one table more", &expected);
        }
        match Columns::find_all(headers.iter().map(String::as_str)) {
            Ok(sets) => self.set_columns(sets, below),
            Err(missing) => {
                self.note_frameworks();
                // Without its headers, the rows of this table cannot be told apart.
                self.sets.clear();
                self.leave_out(Row(row).location(), headers_problem(&headers, &missing.headers));
            }
        }
    }

    fn row(&mut self, row: Row<'_>) {
        if self.sets.is_empty() {
            let found = "a row under headers that cannot be read";
            return self.leave_out_row(row, found, "the headers of a table of inspections above it");
        }
        if let Some(fault) = &row.0.fault {
            return self.leave_out(row.location(), fault.as_ref().clone());
        }
        if let Err(problem) = self.check_length(row) {
            return self.leave_out(row.location(), problem);
        }
        if let Some(name) =
            row.text(self.columns.positions(Column::Authority)).filter(|name| name.starts_with(WITHOUT_VALUE))
        {
            return self.leave_out_row(
                row,
                name,
                "the name of a council; open the workbook in a spreadsheet and save it",
            );
        }
        let is_known = self.register.is_known(row, &self.columns);
        if !self.is_authority_level(row) || (!is_known && !self.has_date_or_grade(row)) {
            let is_total = !self.is_authority_level(row) || self.register.is_total(row, &self.columns);
            return self.noted.add(if is_total { noted::TOTALS } else { noted::LINES_OF_TEXT }, || row.shown());
        }
        let mut contents = self.sets.iter().filter(|set| set.has_contents(row)).peekable();
        let has_contents = contents.peek().is_some();
        if has_contents && contents.all(|set| set.other_kind(row, &self.frameworks).is_some()) {
            let kind = self.sets.iter().find_map(|set| set.other_kind(row, &self.frameworks)).unwrap_or(noted::VISITS);
            return self.noted.add(kind, || row.shown());
        }
        if let Some(problem) = self.shifted(row) {
            return self.leave_out(row.location(), problem);
        }
        if let Some(found) = self.register.contradiction_within(row, &self.identities) {
            return self.leave_out_row(row, &found, OF_ONE);
        }
        self.check_cells(row, has_contents);
        match self.register.subject(row, &self.columns) {
            Subject::Authority(position) => {
                self.check_name(row, position);
                self.inspections(row, position);
                self.region(row, position);
                self.neighbours_of(row, position);
            }
            Subject::Total(name) => self.noted.add(noted::TOTALS, || format!("{name} ({})", row.location())),
            Subject::Contradiction(found) => self.leave_out_row(row, &found, OF_ONE),
            Subject::UnknownCode(code) => {
                let found = format!("the code {:?}, which no council has", truncate(&code, MAX_SHOWN));
                self.leave_out_row(row, &found, "a code, a number or a name of an English council");
            }
            Subject::Nobody => {
                let expected = "one of urn and local_authority, to know whose inspection it is";
                self.leave_out_row(row, "neither a reference number nor a name", expected);
            }
            Subject::Full => {
                self.leave_out_row(row, "one council more", &format!("at most {MAX_AUTHORITIES}"));
            }
        }
    }

    /// Whether any cell of a row can be read as a date or a grade in its column.
    fn has_date_or_grade(&self, row: Row<'_>) -> bool {
        self.sets.iter().any(|set| {
            let is_day =
                |at: &[usize]| row.text(at).is_some_and(|text| self.dates.read(text, at, true).first.is_some());
            set.judgements.has_grade(row) || DATES.iter().any(|column| is_day(set.columns.positions(*column)))
        })
    }

    /// Whether a row is about an authority, and not about England or a region, as far as it says.
    fn is_authority_level(&self, row: Row<'_>) -> bool {
        let level = row.text(self.columns.positions(Column::Level));
        level.is_none_or(|level| matches!(fold(level).as_str(), "local authority" | "la" | "lad" | "utla" | "council"))
    }

    /// Adds the inspections in a row to an authority.
    fn inspections(&mut self, row: Row<'_>, position: usize) {
        let mut sets = std::mem::take(&mut self.sets);
        for set in sets.iter_mut().filter(|set| set.has_contents(row)) {
            if let Some(kind) = set.other_kind(row, &self.frameworks) {
                self.noted.add(kind, || row.shown());
                continue;
            }
            if set.has_unknown_kind(row) {
                self.noted.add(noted::UNKNOWN_KINDS, || row.shown());
            }
            let held = self.register.get_mut(position).map_or(0, |authority| authority.assessments.len());
            if held >= MOST_OF_ONE {
                self.noted.add(noted::TOO_MANY, || row.shown());
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

    fn leave_out_row(&mut self, row: Row<'_>, found: &str, expected: &str) {
        let location = Location::Path(row.location());
        self.leave_out(row.location(), Problem { location, found: found.to_owned(), expected: expected.to_owned() });
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

    /// Returns the dataset with all rows added so far.
    ///
    /// # Errors
    /// Returns an error if no row could be used.
    pub fn end(mut self) -> Result<Loaded, Unusable> {
        self.note_frameworks();
        self.report_las_as_urns();
        for (found, read_as) in self.register.settle_renamed() {
            let location = Location::Path("the numbers of councils".to_owned());
            self.reports.repair(|| Repair { location, found, read_as });
        }
        for authority in self.register.authorities().filter(|authority| authority.assessments.is_empty()) {
            self.noted.add(noted::NOT_INSPECTED, || authority.name.clone());
        }
        self.remarks.extend(self.noted.sentences(&self.source.id));
        let assessments = || self.register.authorities().flat_map(|authority| &authority.assessments);
        if assessments().next().is_some() && assessments().all(|assessment| assessment.date.is_none()) {
            self.remarks.push(format!("{}: no inspection has a date of publication", self.source.id));
        }
        if self.register.is_empty() {
            let mut problems = self.reports.problems;
            problems.push(Problem {
                location: Location::Path(String::new()),
                found: "headers, and no row that can be used".to_owned(),
                expected: "a row for each inspection".to_owned(),
            });
            return Err(Unusable::new(self.name, problems));
        }
        let merged = self.join_records_of_one_inspection();
        let mut sources = vec![Arc::clone(&self.source)];
        self.add_neighbours(&mut sources);
        sources.extend(self.register.gazetteer().sources().iter().cloned());
        sources.extend(self.frameworks.sources.iter().cloned());
        let dataset = Dataset {
            title: TITLE.into(),
            publisher: "Ofsted".into(),
            collector: self.is_collected.then(|| COLLECTOR.into()),
            date: self.latest,
            frameworks: self.used,
            sources,
            authorities: self.register.into_authorities(),
            claims: Vec::new(),
            published: Vec::new(),
            codes: Vec::new(),
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

    /// Merges rows that record the same inspection. If they differ, the later one is shown, or that of the first table, and the
    /// difference is reported.
    fn join_records_of_one_inspection(&mut self) -> Merged {
        let mut merged = Merged::default();
        let sheet = |a: &Assessment| a.origin.as_ref().and_then(|origin| origin.table.place.clone());
        let first = self.first_sheet.as_deref();
        for authority in self.register.authorities_mut() {
            let (name, reports) = (&authority.name, &mut self.reports);
            let is_first = |a: &Assessment| sheet(a).as_deref() == first;
            authority.assessments.sort_by_key(is_first);
            merged.unify(name, &mut authority.assessments, |one, other| {
                // The sheets of a workbook have the same inspections, as in a history and a list of the latest.
                if sheet(one) == sheet(other) {
                    let row = |a: &Assessment| a.origin.as_ref().map_or(0, |origin| origin.row);
                    let at = || format!("rows {} and {}", row(one), row(other));
                    reports.repair(|| two_records(at(), name, one, other));
                }
            });
            // Days without judgements only complete what another sheet has.
            authority.assessments.retain(|a| a.origin.as_ref().is_none_or(|origin| has_judgements(&origin.table)));
            if first.is_some() {
                authority.assessments.sort_by_key(|a| (!is_first(a), a.origin.as_ref().map(|origin| origin.row)));
            }
        }
        merged
    }

    /// Reports that the region was taken from the gazetteer, if the file has a column for regions but the cell is
    /// blank.
    fn region(&mut self, row: Row<'_>, position: usize) {
        let positions = self.columns.positions(Column::Region);
        if positions.is_empty() {
            return;
        }
        let Ok(text) = row.at(positions) else { return };
        let region = self.register.get(position).and_then(|a| a.region.clone());
        if let Some(region) = region.filter(|_| is_nothing(text)) {
            let header = self.columns.header(Column::Region).to_owned();
            self.repair_in(row, &header, text, &format!("{region}, from the gazetteer"));
        }
    }

    fn neighbours_of(&mut self, row: Row<'_>, position: usize) {
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

    fn repair_in(&mut self, row: Row<'_>, column: &str, found: &str, read_as: &str) {
        self.reports.repair(|| Repair {
            location: Location::Path(format!("{}, column {column}", row.location())),
            found: format!("{:?}", clean(found)),
            read_as: read_as.to_owned(),
        });
    }
}

/// Whether a table has a column for any judgement.
fn has_judgements(table: &OriginTable) -> bool {
    table.headers.iter().any(|header| !header.is_empty())
}
