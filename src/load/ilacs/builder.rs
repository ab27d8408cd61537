//! Turns rows into a dataset: an authority for each reference number, an assessment for each row.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use thin_vec::ThinVec;

use super::cell::{self, Read};
use super::columns::{Column, Columns, Missing};
use super::frameworks::Frameworks;
use crate::dataset::{
    Absence, Assessment, Authority, Codes, Council, Dataset, Date, Framework, Judgement, Neighbours, Outcome, Place,
    Problem, Record, Scale, Source, Standing, Visit,
};
use crate::load::gazetteer::{Entry, Gazetteer};
use crate::load::{Loaded, Repair, Unusable};
use crate::text::{clean, fold};

/// A kind of visit that is plainly another word for one of the two there are.
const KINDS: [(&str, &str); 1] = [("inspection duration longer than standard framework", "standard")];

/// A text of judgements, held once, with what it says.
type Judged = (Arc<Box<str>>, Read<Outcome>);

/// A dataset under way.
pub struct Builder {
    name: String,
    frameworks: Frameworks,
    gazetteer: Gazetteer,
    columns: Columns,
    /// For each framework the place of the column of each of its categories.
    layouts: Vec<(Arc<Framework>, Vec<Option<usize>>)>,
    source: Arc<Source>,
    authorities: Vec<Authority>,
    neighbours: Vec<(usize, Vec<String>)>,
    by_key: HashMap<Box<str>, usize, RandomState>,
    words: HashSet<Arc<str>, RandomState>,
    judged: HashMap<Box<str>, Judged, RandomState>,
    rounds: HashMap<Option<i16>, Arc<str>, RandomState>,
    repairs: Vec<Repair>,
    problems: Vec<Problem>,
    left_out: Vec<String>,
    latest: Option<Date>,
}

/// The cells of a row, however a format holds them.
pub trait Cells {
    /// The text of a cell; `None` beyond the last.
    fn cell(&self, place: usize) -> Option<&str>;

    /// How many there are.
    fn count(&self) -> usize;
}

impl Cells for csv::StringRecord {
    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

impl Cells for Vec<Cow<'_, str>> {
    fn cell(&self, place: usize) -> Option<&str> {
        self.get(place).map(AsRef::as_ref)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// A row at hand.
struct Row<'r> {
    number: u32,
    cells: &'r dyn Cells,
}

impl Row<'_> {
    fn at(&self, place: Option<usize>) -> &str {
        place.and_then(|place| self.cells.cell(place)).map_or("", cell::trimmed)
    }

    fn is_empty(&self) -> bool {
        !(0..self.cells.count()).any(|place| !self.at(Some(place)).is_empty())
    }
}

impl Builder {
    /// A dataset from a file with these heads; `name` is what the file is called.
    ///
    /// # Errors
    /// Where a column that is needed is missing.
    pub fn new<'h>(name: &str, heads: impl Iterator<Item = &'h str> + Clone) -> Result<Self, Unusable> {
        let frameworks = Frameworks::read()?;
        let columns = Columns::find(heads.clone(), &frameworks.columns())
            .map_err(|missing| Unusable { name: name.to_owned(), problems: vec![heads_problem(heads, missing)] })?;
        let layout = |framework: &Arc<Framework>| {
            let place = |column: Option<&str>| column.and_then(|head| columns.place_of(head));
            let places = framework.categories.iter().map(|category| place(category.column.as_deref())).collect();
            (Arc::clone(framework), places)
        };
        Ok(Self {
            layouts: frameworks.all().map(layout).into(),
            source: Arc::new(source(name)),
            name: name.to_owned(),
            gazetteer: Gazetteer::bundled()?,
            frameworks,
            columns,
            authorities: Vec::new(),
            neighbours: Vec::new(),
            by_key: HashMap::default(),
            words: HashSet::default(),
            judged: HashMap::default(),
            rounds: HashMap::default(),
            repairs: Vec::new(),
            problems: Vec::new(),
            left_out: Vec::new(),
            latest: None,
        })
    }

    /// Takes a row; the number counts from 1, the heads being row 1. An empty one is passed over.
    pub fn row(&mut self, number: u32, cells: &dyn Cells) {
        let row = Row { number, cells };
        if row.is_empty() {
            return;
        }
        self.check_length(&row);
        let Some(position) = self.authority(&row) else {
            self.left_out.push(format!("row {number}"));
            self.problems.push(Problem {
                place: Place::Path(format!("row {number}")),
                found: "neither a reference number nor a name".to_owned(),
                allowed: "one of urn and local_authority, to know whose inspection it is".to_owned(),
            });
            return;
        };
        let assessment = self.assessment(&row);
        self.latest = self.latest.max(assessment.date);
        if let Some(authority) = self.authorities.get_mut(position) {
            authority.assessments.push(assessment);
        }
        self.region(&row, position);
        self.neighbours_of(&row, position);
    }

    /// How many columns the heads name.
    pub fn width(&self) -> usize {
        self.columns.count()
    }

    /// The dataset of all rows.
    ///
    /// # Errors
    /// Where there was no row that could be used.
    pub fn end(mut self) -> Result<Loaded, Unusable> {
        if self.authorities.is_empty() {
            let mut problems = self.problems;
            problems.push(Problem {
                place: Place::Path(String::new()),
                found: "heads, and no row that can be used".to_owned(),
                allowed: "a row for each inspection".to_owned(),
            });
            return Err(Unusable { name: self.name, problems });
        }
        let mut sources = vec![Arc::clone(&self.source)];
        self.add_neighbours(&mut sources);
        sources.extend(self.gazetteer.sources().iter().cloned());
        sources.extend(self.frameworks.sources.iter().cloned());
        let used: HashSet<String> =
            self.authorities.iter().flat_map(|a| &a.assessments).map(|a| a.framework.id.clone()).collect();
        let frameworks = self.frameworks.all().into_iter().filter(|f| used.contains(&f.id)).cloned().collect();
        let dataset = Dataset {
            title: "ILACS outcomes".to_owned(),
            publisher: "Ofsted".to_owned(),
            date: self.latest,
            frameworks,
            sources,
            authorities: self.authorities,
            claims: Vec::new(),
        };
        Ok(Loaded { dataset, problems: self.problems, left_out: self.left_out, repairs: self.repairs })
    }

    fn check_length(&mut self, row: &Row<'_>) {
        let (found, wanted) = (row.cells.count(), self.columns.count());
        if found != wanted {
            let read_as =
                if found < wanted { "a row whose last cells are blank" } else { "a row without those beyond" };
            self.repairs.push(Repair {
                place: Place::Path(format!("row {}", row.number)),
                found: format!("{found} cells under {wanted} heads"),
                read_as: read_as.to_owned(),
            });
        }
    }

    /// The place of the authority that a row is about.
    fn authority(&mut self, row: &Row<'_>) -> Option<usize> {
        let urn = row.at(self.columns.place(Column::Urn));
        let name = row.at(self.columns.place(Column::Authority));
        let key: Cow<'_, str> = if urn.is_empty() { Cow::Owned(fold(name)) } else { Cow::Borrowed(urn) };
        if key.is_empty() {
            return None;
        }
        if let Some(position) = self.by_key.get(key.as_ref()) {
            return Some(*position);
        }
        let la = row.at(self.columns.place(Column::La));
        let gss = row.at(self.columns.place(Column::Gss));
        let authority = self.new_authority(urn, name, la, gss);
        let position = self.authorities.len();
        self.by_key.insert(key.into(), position);
        self.by_key.entry(fold(&authority.name).into()).or_insert(position);
        self.authorities.push(authority);
        Some(position)
    }

    /// An authority with what the gazetteer knows of it, else with what the row says.
    fn new_authority(&self, urn: &str, name: &str, la: &str, gss: &str) -> Authority {
        let some = |text: &str| (!cell::is_blank(text)).then(|| clean(text).into_owned());
        let known = [urn, la, gss].into_iter().find_map(|code| self.gazetteer.by_code(code));
        let is_free = |entry: &&Entry| urn.is_empty() || entry.urn.is_none();
        let known = known.or_else(|| self.gazetteer.by_name(name).filter(is_free));
        let codes = Codes { gss: some(gss), urn: some(urn), la: some(la) };
        let mut authority = match known {
            Some(entry) => Authority {
                name: entry.name.clone(),
                aliases: entry.aliases.clone(),
                codes: Codes {
                    gss: codes.gss.or_else(|| Some(entry.gss.clone())),
                    urn: codes.urn.or_else(|| entry.urn.clone()),
                    la: codes.la.or_else(|| Some(entry.la.clone())),
                },
                now: Some(Council { name: entry.name.clone(), kind: Some(entry.kind.clone()), since: entry.since() }),
                region: Some(entry.region.clone()),
                evidence: self.gazetteer.evidence(),
                ..Authority::default()
            },
            None => Authority { name: clean(name).into_owned(), codes, ..Authority::default() },
        };
        if authority.name.is_empty() || self.by_key.contains_key(fold(&authority.name).as_str()) {
            authority.name = format!("{} ({})", authority.name, clean(urn)).trim_start().to_owned();
        }
        authority
    }

    fn assessment(&mut self, row: &Row<'_>) -> Assessment {
        let began = self.date(row, Column::From);
        let date = self.date(row, Column::Published);
        let ended = self.date(row, Column::Until);
        let has_practice = began.is_none() && self.has_practice(row);
        let framework = Arc::clone(self.frameworks.of(began, date, has_practice));
        let judgements = self.judgements(row, &framework);
        let kind = self.kind(row);
        let lead = row.at(self.columns.place(Column::Lead));
        let visit = Visit { kind, from: began, until: ended, lead: self.word_or_none(lead) };
        Assessment {
            framework,
            round: self.round(date),
            date,
            judgements,
            quotes: ThinVec::new(),
            record: Some(Record {
                source: Arc::clone(&self.source),
                row: row.number,
                link: link(row.at(self.columns.place(Column::Link))),
            }),
            visit: (visit != Visit::default()).then(|| Box::new(visit)),
        }
    }

    /// Whether one of the practice judgements of ILACS can be read.
    fn has_practice(&self, row: &Row<'_>) -> bool {
        let places = self.layouts.first().map(|(_, places)| places.as_slice()).unwrap_or_default();
        places.iter().skip(1).any(|place| {
            let read = cell::outcome(row.at(*place), &self.frameworks.ilacs.scale);
            matches!(read, Read::Plain(Outcome::Grade(_)) | Read::Repaired(Outcome::Grade(_)))
        })
    }

    /// The year of publication, as a round.
    fn round(&mut self, date: Option<Date>) -> Arc<str> {
        let year = date.map(|d| d.year());
        let make = || year.map_or("undated".to_owned(), |year| year.to_string()).into();
        Arc::clone(self.rounds.entry(year).or_insert_with(make))
    }

    fn judgements(&mut self, row: &Row<'_>, framework: &Arc<Framework>) -> Box<[Judgement]> {
        let is_it = |(held, _): &(Arc<Framework>, Vec<Option<usize>>)| Arc::ptr_eq(held, framework);
        let layout = self.layouts.iter().position(is_it);
        let judgement = |position: usize| {
            let places = layout.and_then(|layout| self.layouts.get(layout)).map(|(_, places)| places);
            let text = row.at(places.and_then(|places| places.get(position).copied().flatten()));
            let (raw, read) = self.read(text, &framework.scale);
            let outcome = match read {
                Read::Plain(outcome) => outcome,
                Read::Repaired(outcome) => {
                    self.repair(row, column(framework, position), text, &words(outcome, framework));
                    outcome
                }
                Read::Unknown => {
                    self.repair(row, column(framework, position), text, "unreadable");
                    Outcome::Absent(Absence::Unreadable)
                }
            };
            let raw = (!text.is_empty()).then_some(raw);
            Judgement { outcome, standing: Standing::Stated, evidence: ThinVec::new(), raw }
        };
        (0..framework.categories.len()).map(judgement).collect()
    }

    /// A date; one that is none is reported and not recorded.
    fn date(&mut self, row: &Row<'_>, of: Column) -> Option<Date> {
        let text = row.at(self.columns.place(of));
        if cell::is_blank(text) {
            return None;
        }
        let date = cell::date(text);
        if date.is_none() {
            self.repair(row, of.head(), text, "not recorded: no day of the calendar, written day/month/year");
        }
        date
    }

    fn kind(&mut self, row: &Row<'_>) -> Option<Arc<str>> {
        let text = row.at(self.columns.place(Column::Kind));
        if cell::is_blank(text) {
            return None;
        }
        match KINDS.iter().find(|(long, _)| *long == text) {
            Some((_, kind)) => {
                self.repair(row, Column::Kind.head(), text, kind);
                Some(self.word(kind))
            }
            None => Some(self.word(text)),
        }
    }

    /// Says where the gazetteer spoke for a file that has a column for regions and nothing in it.
    fn region(&mut self, row: &Row<'_>, position: usize) {
        let Some(place) = self.columns.place(Column::Region) else { return };
        let text = row.at(Some(place));
        let region = self.authorities.get(position).and_then(|a| a.region.clone());
        if let Some(region) = region.filter(|_| cell::is_blank(text)) {
            self.repair(row, Column::Region.head(), text, &format!("{region}, from the gazetteer"));
        }
    }

    fn neighbours_of(&mut self, row: &Row<'_>, position: usize) {
        let text = row.at(self.columns.place(Column::Neighbours));
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 3);
        let las: Vec<String> = numbers.map(String::from).collect();
        if !las.is_empty() {
            self.neighbours.push((position, las));
        }
    }

    /// The model has no date of its own in the file; the latest inspection in it says how old it is.
    fn add_neighbours(&mut self, sources: &mut Vec<Arc<Source>>) {
        if self.neighbours.is_empty() {
            return;
        }
        let model = Arc::new(Source {
            id: format!("{}-neighbours", self.source.id),
            title: format!("statistical neighbours in {}", self.source.id),
            date: self.latest,
            note: Some("the date is that of the latest inspection in the file".to_owned()),
            ..self.source.as_ref().clone()
        });
        sources.push(Arc::clone(&model));
        for (position, las) in std::mem::take(&mut self.neighbours) {
            if let Some(authority) = self.authorities.get_mut(position) {
                authority.neighbours = Some(Neighbours { source: Arc::clone(&model), las });
            }
        }
    }

    fn repair(&mut self, row: &Row<'_>, column: &str, found: &str, read_as: &str) {
        self.repairs.push(Repair {
            place: Place::Path(format!("row {}, column {column}", row.number)),
            found: format!("{:?}", clean(found)),
            read_as: read_as.to_owned(),
        });
    }

    /// What the cell of a judgement says, looked at once for each text: the scales of all frameworks here
    /// have the same words.
    fn read(&mut self, text: &str, scale: &Scale) -> Judged {
        if let Some((raw, read)) = self.judged.get(text) {
            return (Arc::clone(raw), *read);
        }
        let (raw, read) = (Arc::new(clean(text).into()), cell::outcome(text, scale));
        self.judged.insert(text.into(), (Arc::clone(&raw), read));
        (raw, read)
    }

    /// A text that stands in many rows, held once.
    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(word) = self.words.get(text) {
            return Arc::clone(word);
        }
        let word: Arc<str> = clean(text).into();
        self.words.insert(Arc::clone(&word));
        word
    }

    fn word_or_none(&mut self, text: &str) -> Option<Arc<str>> {
        (!cell::is_blank(text)).then(|| self.word(text))
    }
}

/// The file as a source, without the folders it lies in.
fn source(path: &str) -> Source {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    Source {
        id: name.to_owned(),
        publisher: "Ofsted".to_owned(),
        title: format!("ILACS outcomes, as collected in {name}"),
        date: None,
        link: None,
        file: None,
        note: Some("the grades are Ofsted's, Open Government Licence v3.0; the report itself decides".to_owned()),
    }
}

fn column(framework: &Framework, position: usize) -> &str {
    framework.categories.get(position).and_then(|c| c.column.as_deref()).unwrap_or_default()
}

fn words(outcome: Outcome, framework: &Framework) -> String {
    match outcome {
        Outcome::Grade(grade) => framework.scale.step(grade).map(|s| s.word.to_lowercase()).unwrap_or_default(),
        Outcome::Absent(absence) => absence.words().to_owned(),
    }
}

/// A link that a browser can open.
fn link(text: &str) -> Option<Box<str>> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    (is_web && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| text.into())
}

fn heads_problem<'h>(heads: impl Iterator<Item = &'h str>, missing: Missing) -> Problem {
    const SHOWN: usize = 30;
    let mut found: Vec<String> = heads.map(|head| clean(head.trim()).into_owned()).collect();
    let more = found.len().saturating_sub(SHOWN);
    found.truncate(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Problem {
        place: Place::Path("the heads of the columns".to_owned()),
        found: format!("{}{more}", found.join(", ")),
        allowed: format!("also {}: an ILACS file has them", missing.0.join(", ")),
    }
}
