//! The options that several commands share. Their doc comments are the text of `--help`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::Args;

use super::values::{Wanted, basis, date, event_kind};
use crate::dataset::{AsAt, Basis, Date, EventKind};
use crate::report::Format;
use crate::ui::ThemeName;

/// The size above which a file is refused, in megabytes: some four million inspections.
const MAX_SIZE: u64 = 1000;

/// Options that every command accepts.
#[derive(Debug, Args)]
pub struct Shared {
    /// The settings; default: scrutineer/config.toml in the folder for settings.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// The colours.
    #[arg(long, value_enum, value_name = "NAME", global = true)]
    pub theme: Option<ThemeName>,
    /// No colours, whatever the settings say.
    #[arg(long, global = true, conflicts_with = "theme")]
    pub no_color: bool,
    /// Draws everything in ASCII (also if the locale is set and is not UTF-8).
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Leave the mouse to the terminal.
    #[arg(long, global = true)]
    pub no_mouse: bool,
    /// Only the files given, without the record that comes with the program and without what was fetched.
    #[arg(long, global = true)]
    pub only_files: bool,
    /// Only the record that comes with the program, without what was fetched and without the files of the settings.
    #[arg(long, global = true, conflicts_with = "only_files")]
    pub only_record: bool,
    /// Refuse a file or standard input of more megabytes than this.
    #[arg(long, value_name = "MB", global = true, default_value_t = MAX_SIZE)]
    pub max_size: u64,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            config: None,
            theme: None,
            no_color: false,
            ascii: false,
            no_mouse: false,
            only_files: false,
            only_record: false,
            max_size: MAX_SIZE,
        }
    }
}

/// The files of a command.
#[derive(Debug, Args)]
pub struct DataFiles {
    /// A table of inspections (CSV, XLSX, ODS) or a dataset (JSON), joined with the record; - reads standard input; may
    /// be given again.
    #[arg(short, long, value_name = "FILE")]
    pub data: Vec<PathBuf>,
}

/// The name of a data package, which Frictionless Data fixes.
pub const PACKAGE: &str = "datapackage.json";

/// The form of an answer, and where it goes.
#[derive(Debug, Args)]
pub struct Form {
    /// The form of the answer; default: what the ending of the output file says, else a table.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to this file, completely or not at all, instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// On a terminal: all notes and sources below a table, which files and pipes have anyway.
    #[arg(long)]
    pub notes: bool,
    /// With -o FILE.csv: also write datapackage.json beside it, which says what the columns and the whole answer are.
    #[arg(long, requires = "output")]
    pub package: bool,
}

impl Form {
    /// Whether the data package has no file to stand beside, or would take the place of the answer.
    pub(super) fn has_package_in_the_way(&self) -> bool {
        let name = self.output.as_deref().and_then(Path::file_name);
        self.package && name.is_none_or(|name| name == "-" || name.eq_ignore_ascii_case(PACKAGE))
    }

    /// Whether the output file has an ending that says nothing about the format, and no format is given.
    pub(super) fn is_unclear(&self) -> bool {
        let ending = self.output.as_deref().and_then(Path::extension);
        let is_known = |ending: &OsStr| ending.to_str().and_then(Format::from_ending).is_some();
        self.format.is_none() && ending.is_some_and(|ending| !is_known(ending))
    }

    /// Returns the format asked for, else that of the ending of the output file, else a table.
    pub fn format(&self) -> Format {
        let ending = self.output.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
        self.format.or_else(|| ending.and_then(Format::from_ending)).unwrap_or_default()
    }
}

/// Options that choose the data, the framework and the day, and the format of the output.
#[derive(Debug, Args)]
pub struct Shown {
    #[command(flatten)]
    pub source: DataFiles,
    #[command(flatten)]
    pub form: Form,
    /// The framework, by id or title; default: that of most councils' newest inspections, which is ILACS; 2006 is the assessment of that year.
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// Only what was published (or inspected: --basis) by this date, as in 2026-03-01 or "1 March 2026".
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_at: Option<Date>,
    /// What has to have happened by the date of --as-at: the report was published, or the inspection had begun, as
    /// Ofsted counts "as at 31 March".
    #[arg(long, value_name = "BASIS", requires = "as_at", value_parser = basis(), default_value = "published")]
    pub basis: Basis,
}

impl Shown {
    /// Returns the day that the answer is as at, with its basis; `None` for all that the data hold.
    pub fn as_at(&self) -> Option<AsAt> {
        self.as_at.map(|day| AsAt { day, basis: self.basis })
    }
}

/// Options that choose which councils an answer is about.
#[derive(Debug, Args)]
pub struct Data {
    #[command(flatten)]
    pub of: Shown,
    /// Only councils whose latest assessment was published on this day or later, as in 2026-03-01 or "1 March 2026".
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,
    /// Only councils in this region; may be given again for another.
    #[arg(long, value_name = "NAME")]
    pub region: Vec<String>,
    /// Only councils with this grade, as in services=1 or leavers=R,I; may be given again: grades of one category are
    /// alternatives, categories combine.
    #[arg(long, value_name = "CATEGORY=GRADE")]
    pub grade: Vec<Wanted>,
    /// Only councils whose newest report asks to improve something of this subject or practice, as in neglect or
    /// supervision; may be given again for another.
    #[arg(long, value_name = "SUBJECT")]
    pub asked: Vec<String>,
    /// Only councils of which an official is known to have said something about their grades.
    #[arg(long)]
    pub said: bool,
    /// Only councils with a known intervention, visit or joint inspection of this kind; may be given again for another.
    #[arg(long, value_name = "KIND", value_parser = event_kind())]
    pub happened: Vec<EventKind>,
}

impl Data {
    /// Whether only some councils are asked for.
    pub(super) fn has_filter(&self) -> bool {
        !self.region.is_empty()
            || !self.grade.is_empty()
            || self.since.is_some()
            || !self.asked.is_empty()
            || self.said
            || !self.happened.is_empty()
    }
}
