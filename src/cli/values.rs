//! The values of arguments, and how they are parsed.

use std::path::Path;
use std::str::FromStr;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::dataset::{Basis, Date, EventKind, NotTyped};
use crate::report::Format;

/// A category and the grade wanted in it, both as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub category: String,
    pub grade: String,
}

impl FromStr for Wanted {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (category, grade) = text.split_once('=').ok_or("expected CATEGORY=GRADE, as in services=1")?;
        if category.ends_with(['<', '>', '!']) || grade.starts_with(['=', '<', '>']) {
            return Err("grades are not compared; name each one wanted, as in leavers=R,I");
        }
        Ok(Self { category: category.to_owned(), grade: grade.to_owned() })
    }
}

/// Parses a date as people type it.
pub fn date(text: &str) -> Result<Date, NotTyped> {
    Date::as_typed(text, Date::today())
}

/// Parses a format of `show`, which has no comma-separated form.
pub fn formats_of_show() -> impl TypedValueParser<Value = Format> {
    let all = Format::value_variants().iter().filter(|format| **format != Format::Csv);
    let names = PossibleValuesParser::new(all.filter_map(ValueEnum::to_possible_value));
    names.try_map(|name| Format::from_str(&name, false))
}

/// Parses a basis by its name.
pub fn basis() -> impl TypedValueParser<Value = Basis> {
    let names = PossibleValuesParser::new(Basis::ALL.map(Basis::name));
    names.map(|name| Basis::from_name(&name).unwrap_or_default())
}

/// Parses a kind of event by its name.
pub fn event_kind() -> impl TypedValueParser<Value = EventKind> {
    let names = PossibleValuesParser::new(EventKind::ALL.map(EventKind::name));
    names.map(|name| EventKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or_default())
}

/// What figures can be grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The regions of England.
    Region,
    /// The end of each year.
    Year,
    /// Overall effectiveness as Ofsted counts it since November 2013, beside what Ofsted published.
    Series,
}

/// How what inspectors asked for is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AreasBy {
    /// Which children, or which part of the services.
    Subject,
    /// What is to get better there.
    Practice,
    /// Not at all: a row for each area.
    Area,
}

/// Which changes to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Grades that moved up or down.
    Moved,
}

/// The formats of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The dataset in its own format.
    #[default]
    Json,
    /// The same with one line for each authority, as small as it gets.
    CompactJson,
    /// One row for each assessment.
    Csv,
    /// The same as a workbook, with a sheet for the sources.
    Xlsx,
    /// A description of the fields of the csv, for programs (a Frictionless data package).
    Datapackage,
}

impl ExportFormat {
    /// Returns the format given for, else that of the ending of the output file, else JSON. `None` if the ending says no
    /// format.
    pub fn find(given: Option<Self>, output: Option<&Path>) -> Option<Self> {
        let ending = output.and_then(Path::extension);
        let (None, Some(ending)) = (given, ending) else { return Some(given.unwrap_or_default()) };
        match Format::from_ending(ending.to_str()?)? {
            Format::Json => Some(Self::Json),
            Format::Csv => Some(Self::Csv),
            Format::Xlsx => Some(Self::Xlsx),
            _ => None,
        }
    }
}
