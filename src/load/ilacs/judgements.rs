//! Parses the judgements in rows. A file has many rows but few distinct combinations of judgements, so rows with
//! equal judgements share one allocation.

use std::collections::HashMap;
use std::sync::Arc;

use super::columns::{Column, Columns};
use super::frameworks::Frameworks;
use super::row::{Disagreeing, Row};
use crate::dataset::{
    Absence, Category, Certainty, Date, Framework, Judgement, OriginTable, Outcome, Rank, Source, Text, Written,
    written_grade, written_outcome,
};
use crate::text::{clean, without_markers};

/// Parses judgements, and caches those of all rows so far.
pub struct Judgements {
    layouts: Vec<Layout>,
    /// The cache, keyed by the framework's number, whether the day is known, the absences on that day, and the texts of
    /// the cells.
    known: HashMap<Box<[u8]>, Judged>,
    key: Vec<u8>,
}

/// The columns in the file of a framework's categories.
struct Layout {
    framework: Arc<Framework>,
    table: Arc<OriginTable>,
    positions: Vec<Vec<usize>>,
    /// The columns that say how firmly each grade is supported, in our own tables.
    certainties: Vec<Vec<usize>>,
    is_used: bool,
}

/// The judgements in a row.
#[derive(Clone)]
pub struct Judged {
    /// A judgement for each category, in the framework's order.
    pub judgements: Arc<[Judgement]>,
    /// The cells that were not read literally.
    pub repairs: Vec<Repaired>,
    /// How many cells have markers of notes.
    pub markers: usize,
}

/// A cell that was not read literally.
#[derive(Clone)]
pub struct Repaired {
    /// The header of its column.
    pub column: String,
    /// The text as found.
    pub found: String,
    /// What it was read as instead.
    pub read_as: String,
    /// Whether it was changed because of the day of the inspection.
    is_by_day: bool,
}

impl Judgements {
    /// Creates a parser for a table with these columns; `sheet` is the one it is in, if that is to be named.
    pub fn new(frameworks: &Frameworks, columns: &Columns, source: &Arc<Source>, sheet: Option<&str>) -> Self {
        let layout = |framework: &Arc<Framework>| {
            let positions = |category: &Category| match columns.are_own() {
                true => columns.own(&category.id, ""),
                false => Column::of_category(&category.id).map(|c| columns.positions(c).to_vec()).unwrap_or_default(),
            };
            let positions: Vec<Vec<usize>> = framework.categories.iter().map(positions).collect();
            let header = |positions: &Vec<usize>| positions.first().map_or("", |at| columns.header_at(*at)).to_owned();
            Layout {
                framework: Arc::clone(framework),
                table: Arc::new(OriginTable {
                    source: Arc::clone(source),
                    headers: positions.iter().map(header).collect(),
                    place: sheet.map(Text::from),
                }),
                certainties: framework
                    .categories
                    .iter()
                    .map(|category| columns.own(&category.id, "certainty"))
                    .collect(),
                positions,
                is_used: false,
            }
        };
        Self { layouts: frameworks.all().map(layout).collect(), known: HashMap::default(), key: Vec::new() }
    }

    /// Returns the file and the headers of a framework's categories, for the origin of an assessment.
    pub fn table(&self, framework: &Framework) -> Option<Arc<OriginTable>> {
        self.layouts.iter().find(|layout| layout.framework.is(framework)).map(|layout| Arc::clone(&layout.table))
    }

    /// Parses the judgements in a row; returns none if the framework is not one of the file's. The first day of
    /// the inspection, else the day of publication decides what was graded: see [`Category::absence_on`].
    pub fn judged(
        &mut self,
        row: Row<'_>,
        framework: &Arc<Framework>,
        began: Option<Date>,
        published: Option<Date>,
    ) -> Judged {
        let day = began.or(published);
        let mut known = self.layouts.iter_mut().zip(0u8..);
        let known = known.find(|(layout, _)| Arc::ptr_eq(&layout.framework, framework));
        let Some((layout, number)) = known else {
            return Judged { judgements: Arc::default(), repairs: Vec::new(), markers: 0 };
        };
        layout.is_used = true;
        self.key.clear();
        self.key.push(number);
        self.key.push(u8::from(day.is_some()));
        for absence in layout.out_of_force(day) {
            self.key.push(absence.map_or(0, |absence| absence as u8 + 1));
        }
        for text in layout.texts(row).chain(layout.certainties.iter().map(|positions| row.at(positions))) {
            // Prefixing the length makes the key unambiguous.
            self.key.extend_from_slice(&text.map_or(usize::MAX, str::len).to_le_bytes());
            self.key.extend_from_slice(text.unwrap_or_default().as_bytes());
        }
        let mut judged = match self.known.get(self.key.as_slice()) {
            Some(judged) => judged.clone(),
            None => {
                let judged = layout.read(row, day);
                self.known.insert(self.key.as_slice().into(), judged.clone());
                judged
            }
        };
        // The cache is shared by rows with different days, so the day is added here.
        for repaired in judged.repairs.iter_mut().filter(|repaired| repaired.is_by_day) {
            let began = began.map(|day| format!(": the inspection began on {day}"));
            repaired.read_as.extend(began.or(published.map(|day| format!(": the report was published on {day}"))));
        }
        judged
    }

    /// Returns the frameworks that any row was parsed under.
    pub fn frameworks(&self) -> impl Iterator<Item = &Arc<Framework>> {
        self.layouts.iter().filter(|layout| layout.is_used).map(|layout| &layout.framework)
    }

    /// Whether a row has a readable grade in one of the ILACS practice judgements (all but overall effectiveness).
    pub fn has_practice(&self, row: Row<'_>) -> bool {
        self.layouts.first().is_some_and(|ilacs| ilacs.grades(row).skip(1).any(|is_grade| is_grade))
    }

    /// Whether a text is a grade under any framework.
    pub fn is_grade(&self, text: &str) -> bool {
        let reads = |layout: &Layout| written_grade(text, &layout.framework.scale) != Written::Unknown;
        self.layouts.iter().any(reads)
    }

    /// Whether a row has a readable grade under any framework.
    pub fn has_grade(&self, row: Row<'_>) -> bool {
        self.layouts.iter().any(|layout| layout.grades(row).any(|is_grade| is_grade))
    }

    /// Returns the texts of a row in the columns of any category.
    pub fn texts<'r>(&'r self, row: Row<'r>) -> impl Iterator<Item = &'r str> {
        let texts = self.layouts.iter().flat_map(move |layout| layout.positions.iter());
        texts.filter_map(move |positions| row.text(positions))
    }
}

impl Layout {
    fn texts<'r>(&'r self, row: Row<'r>) -> impl Iterator<Item = Result<&'r str, Disagreeing>> {
        self.positions.iter().map(move |positions| row.at(positions))
    }

    /// Returns, for each category, whether a row has a readable grade.
    fn grades<'r>(&'r self, row: Row<'r>) -> impl Iterator<Item = bool> {
        self.texts(row).map(|text| {
            let read = text.map(|text| written_outcome(text, &self.framework.scale));
            matches!(read, Ok(Written::Plain(Outcome::Grade(_)) | Written::Repaired(Outcome::Grade(_))))
        })
    }

    /// Returns, for each category, why it was not graded on a day; `None` if it was, or if there is no day.
    fn out_of_force(&self, day: Option<Date>) -> impl Iterator<Item = Option<Absence>> {
        self.framework.categories.iter().map(move |category| category.absence_on(day?))
    }

    fn read(&self, row: Row<'_>, day: Option<Date>) -> Judged {
        let (mut repairs, mut markers) = (Vec::new(), 0);
        let mut judgement = |((category, header), text): ((&Category, &Text), Result<&str, Disagreeing>)| {
            let Read { outcome, read_as, is_by_day } = self.outcome(category, text, day);
            let text = text.unwrap_or_default();
            repairs.extend(read_as.map(|read_as| Repaired {
                column: header.to_string(),
                found: text.to_owned(),
                read_as,
                is_by_day,
            }));
            markers += usize::from(without_markers(text) != text);
            let raw = (!text.is_empty()).then(|| clean(text).into());
            Judgement { outcome, certainty: self.certainty(outcome), evidence: Vec::new(), raw }
        };
        let named = self.framework.categories.iter().zip(&self.table.headers);
        let has_column = self.positions.iter().map(|positions| !positions.is_empty());
        let judgements = named.zip(self.texts(row)).map(&mut judgement).zip(has_column).zip(&self.framework.categories);
        let judgements = judgements.map(|((judgement, has_column), category)| {
            let absence = day.and_then(|day| category.absence_on(day)).unwrap_or(Absence::NotReported);
            if has_column { judgement } else { absent(absence) }
        });
        let mut judgements: Vec<Judgement> = judgements.collect();
        for (judgement, positions) in judgements.iter_mut().zip(&self.certainties) {
            let word = row.text(positions);
            let given = Certainty::ALL.into_iter().find(|certainty| Some(certainty.name()) == word);
            judgement.certainty = given.unwrap_or(judgement.certainty);
        }
        Judged { judgements: judgements.into(), repairs, markers }
    }

    /// Returns how firmly the file supports a judgement: what others collected from Ofsted's reports is second-hand.
    fn certainty(&self, outcome: Outcome) -> Certainty {
        match (outcome, self.table.source.rank) {
            (Outcome::Grade(_), Rank::Collected) => Certainty::SecondHand,
            _ => Certainty::Stated,
        }
    }

    /// Parses a cell. Whether the category was graded at all depends on its own dates, not on the text of the cell.
    fn outcome(&self, category: &Category, text: Result<&str, Disagreeing>, day: Option<Date>) -> Read {
        // The disagreement itself is reported with the row.
        let Ok(text) = text else { return Read::plain(Outcome::Absent(Absence::Unreadable)) };
        let (outcome, is_repaired) = match written_outcome(text, &self.framework.scale) {
            Written::Plain(outcome) => (outcome, false),
            Written::Repaired(outcome) => (outcome, true),
            Written::Unknown => (Outcome::Absent(Absence::Unreadable), true),
        };
        let absence = day.and_then(|day| category.absence_on(day));
        let is_dated = category.from.is_some() || category.until.is_some();
        match (absence, outcome) {
            (Some(absence), Outcome::Grade(_)) => {
                Read::by_day(Outcome::Absent(absence), format!("no grade, {}", absence.words()))
            }
            (Some(absence), Outcome::Absent(_)) => Read::plain(Outcome::Absent(absence)),
            (None, Outcome::Absent(Absence::BeforeCategory | Absence::CategoryEnded)) if is_dated && day.is_some() => {
                let read_as = "not reported, though the category was graded";
                Read::by_day(Outcome::Absent(Absence::NotReported), read_as.to_owned())
            }
            _ => Read { read_as: is_repaired.then(|| words(outcome, &self.framework)), ..Read::plain(outcome) },
        }
    }
}

/// Returns the judgement of a category without a column in the file.
fn absent(absence: Absence) -> Judgement {
    Judgement { outcome: Outcome::Absent(absence), certainty: Certainty::Stated, evidence: Vec::new(), raw: None }
}

/// A parsed cell.
struct Read {
    outcome: Outcome,
    /// What it was read as, in words, if not literally.
    read_as: Option<String>,
    /// Whether it was changed because of the day of the inspection.
    is_by_day: bool,
}

impl Read {
    fn plain(outcome: Outcome) -> Self {
        Self { outcome, read_as: None, is_by_day: false }
    }

    fn by_day(outcome: Outcome, read_as: String) -> Self {
        Self { outcome, read_as: Some(read_as), is_by_day: true }
    }
}

fn words(outcome: Outcome, framework: &Framework) -> String {
    match outcome {
        Outcome::Grade(grade) => {
            framework.scale.step(grade).map(|s| s.word.as_str().to_lowercase()).unwrap_or_default()
        }
        Outcome::Absent(Absence::Unreadable) => "unreadable".to_owned(),
        Outcome::Absent(absence) => absence.words().to_owned(),
    }
}
