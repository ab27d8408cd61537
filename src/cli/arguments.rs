//! The command line arguments. The doc comments of commands and options are the text of `--help`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::options::{Data, DataFiles, Form, Shared, Shown};
use super::values::{AreasBy, By, ExportFormat, Only, date, event_kind, formats_of_show};
use crate::dataset::{Date, EventKind};
use crate::report::{Answer, Format};
use crate::text::nearest;

/// Council inspection grades in the terminal.
///
/// Opens the browser on the record of every inspection since November 2013 and what is named of the years before, joined with
/// your own files if you give any. If standard output is not a terminal, the list is printed as text.
#[derive(Debug, Default, Parser)]
#[command(name = "scrutineer", version, max_term_width = 100, subcommand_precedence_over_arg = true)]
#[command(after_help = "Examples:\n  scrutineer\n  scrutineer --theme colour-blind\n\n\
                        A file whose name is that of a command is given as ./list.")]
pub struct Arguments {
    /// What to do instead of opening the browser.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Tables of inspections (CSV, XLSX, ODS) or datasets in scrutineer's JSON format; - reads standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The framework to open on, by id or title: ilacs, sif, apa-2006.
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// Answers in sentences at a prompt, without a full screen (also with ACCESSIBLE=1 or TERM=dumb).
    #[arg(long)]
    pub plain: bool,
    #[command(flatten)]
    pub shared: Shared,
}

impl Arguments {
    /// Parses the arguments of the program; the first is its name.
    ///
    /// # Errors
    /// If an argument is unknown or does not fit, if a file to open is given with a command, if there are too many or too few files, or if the format is not
    /// available for the command.
    pub fn parsed(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        if arguments.len() <= 1 {
            // There is nothing to parse, and to describe every option to clap would delay the start.
            return Ok(Self::default());
        }
        let parsed = Self::from_arg_matches(&Self::described().try_get_matches_from(arguments)?)?;
        match parsed.conflict() {
            None => Ok(parsed),
            Some(words) => Err(Self::command().error(ErrorKind::ArgumentConflict, words)),
        }
    }

    /// Describes the program to clap; the help of a command is without what is for the browser alone, which it accepts all the same.
    pub fn described() -> clap::Command {
        const BROWSER: [&str; 4] = ["theme", "no_color", "ascii", "no_mouse"];
        let mut program = Self::command();
        // Options of all commands are known to each only then.
        program.build();
        program.mut_subcommands(|command| match command.get_name() {
            "config" => command,
            _ => command.mut_args(|arg| if BROWSER.contains(&arg.get_id().as_str()) { arg.hide(true) } else { arg }),
        })
    }

    /// Returns the file that the answer is written to; `None` for standard output.
    pub fn output(&self) -> Option<&Path> {
        match self.command.as_ref()? {
            Command::Export { output, .. } => output.as_deref(),
            command => command.form()?.output.as_deref(),
        }
        .filter(|output| output.as_os_str() != "-")
    }

    /// Returns the files named with or without a command.
    pub fn named_files(&self) -> &[PathBuf] {
        match &self.command {
            Some(Command::Changes { files, .. }) if !files.is_empty() => files,
            Some(Command::Check { files }) => files,
            Some(command) => command.source().map_or(&self.files, |source| &source.data),
            None => &self.files,
        }
    }

    fn conflict(&self) -> Option<&'static str> {
        if self.named_files().iter().filter(|file| file.as_os_str() == "-").count() > 1 {
            return Some("standard input (-) can be read only once");
        }
        if self.shared.only_record && !self.named_files().is_empty() {
            return Some("--only-record leaves out every file; name none, or leave it out");
        }
        match self.command.as_ref()? {
            command if command.form().is_some_and(Form::is_unclear) => Some(
                "the ending of the output file says no format; use .csv, .xlsx, .html, .svg, .json, .md or .txt, or add \
                 --format",
            ),
            command if command.form().is_some_and(|form| form.package && form.format() != Format::Csv) => {
                Some("--package describes comma-separated values: name a file that ends in .csv, or add --format csv")
            }
            command if command.form().is_some_and(Form::has_package_in_the_way) => Some(
                "--package writes datapackage.json beside the file of -o: name another file, and not standard output",
            ),
            _ if self.plain => Some("a command answers in plain text anyway; --plain is for the browser"),
            _ if self.framework.is_some() => Some("a command takes --framework after its name"),
            _ if !self.files.is_empty() => Some(
                "a command takes its data with -d FILE, after its name; a file whose name is that of a command is given \
                 as ./list",
            ),
            Command::Export { format, output, .. } if ExportFormat::find(*format, output.as_deref()).is_none() => Some(
                "the ending of the output file says no format of an export; use .json, .csv or .xlsx, or add --format",
            ),
            Command::Show { form, .. } if form.format() == Format::Csv => {
                Some("show has no comma-separated form; use --format xlsx, or `scrutineer export --format csv`")
            }
            Command::Stats { data, by: Some(By::Series) } if data.has_filter() || data.of.framework.is_some() => Some(
                "--by series counts all councils under SIF and ILACS, as Ofsted does: leave out --framework, --region, --grade and --since",
            ),
            Command::Changes { fetched: true, source, .. } if source.data.is_empty() => None,
            Command::Changes { fetched: true, .. } => Some("changes --fetched takes no files"),
            Command::Changes { files, source, .. } if !files.is_empty() && !source.data.is_empty() => {
                Some("changes takes files by their names or with -d, not both")
            }
            Command::Changes { files, source, since: None, .. } if files.len() != 2 || !source.data.is_empty() => {
                Some(TWO_FILES)
            }
            Command::Changes { files, since: Some(_), .. } if files.len() > 1 => {
                Some("changes --since DATE takes one file, or none for the usual data")
            }
            _ => None,
        }
    }
}

/// The message for a wrong number of files in `changes`.
pub const TWO_FILES: &str = "changes takes two files, the old one first; or --since DATE and one file; or --fetched";

/// The commands, which do not open the browser.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// One row for each council: its latest judgements.
    #[command(
        after_help = "Who in London requires improvement or worse for care leavers:\n  scrutineer list --region London --grade leavers=R,I\nEvery council, as a spreadsheet or for a program:\n  scrutineer list --format csv"
    )]
    List {
        /// Search as in the browser; the best match comes first.
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        #[command(flatten)]
        data: Data,
        /// Order by this column: council, a category, or date; a - before it reverses the order.
        #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
        sort: Option<String>,
        /// Another framework whose newest judgements stand beside, by id or title, as in send.
        #[arg(long, value_name = "ID")]
        with: Option<String>,
        /// Only councils with this grade under the other framework, as in failings.
        #[arg(long, value_name = "GRADE", requires = "with")]
        with_grade: Vec<String>,
    },
    /// One council: every assessment, quote and source.
    #[command(
        after_help = "What is known of Bristol, with every source:\n  scrutineer show bristol\nA page for the committee:\n  scrutineer show barnet --format html",
        mut_arg("format", |format| format.value_parser(formats_of_show())),
        mut_arg("package", |package| package.hide(true))
    )]
    Show {
        /// Its name, another name for it, or a code.
        #[arg(value_name = "NAME", required = true)]
        name: Vec<String>,
        #[command(flatten)]
        source: DataFiles,
        #[command(flatten)]
        form: Form,
    },
    /// Published and counted figures, with the verdict on both.
    #[command(
        after_help = "Are the published figures right:\n  scrutineer stats --by series\nHow many are good or better in each region:\n  scrutineer stats --by region"
    )]
    Stats {
        #[command(flatten)]
        data: Data,
        /// Count "good or better" by region or by year instead.
        #[arg(long, value_enum, value_name = "WHAT")]
        by: Option<By>,
    },
    /// England's councils with one grade each, by region, or as a map of tiles (svg, html).
    #[command(
        after_help = "England with one grade each, as Ofsted counts it:\n  scrutineer map\nCare leavers, as a picture:\n  scrutineer map --framework ilacs --category leavers --format svg"
    )]
    Map {
        #[command(flatten)]
        data: Data,
        /// The category, by id or title; default: overall effectiveness as Ofsted counts it or, under a framework that is
        /// no part of that, the first category.
        #[arg(long, value_name = "CATEGORY")]
        category: Option<String>,
    },
    /// What inspectors asked councils to improve, by subject or practice, of one of these, or of one council.
    #[command(
        after_help = "What inspectors ask for most:\n  scrutineer areas\nWho was asked to improve supervision, and who is good now:\n  scrutineer areas supervision\nWhat Stoke-on-Trent was asked, and what of it again:\n  scrutineer areas --council stoke"
    )]
    Areas {
        /// A subject or a practice: who was asked for it, and when.
        #[arg(value_name = "SUBJECT", conflicts_with_all = ["by", "council"])]
        code: Vec<String>,
        /// Count by practice instead of by subject.
        #[arg(long, value_enum, value_name = "WHAT")]
        by: Option<AreasBy>,
        /// All that was asked of this council, and which of its statistical neighbours were asked for the same.
        #[arg(long, value_name = "NAME", conflicts_with_all = ["by", "region", "grade", "asked", "since", "said", "happened"])]
        council: Option<String>,
        #[command(flatten)]
        data: Data,
    },
    /// Councils side by side: the judgements that differ first.
    #[command(
        after_help = "Examples:\n  scrutineer compare leeds bradford\n  scrutineer compare bristol \"brighton and hove\" -o compared.xlsx"
    )]
    Compare {
        /// Two councils or more, each by its name, another name for it, or a code; a name of several words in quotation marks.
        #[arg(value_name = "NAME", required = true, num_args = 2..)]
        names: Vec<String>,
        #[command(flatten)]
        of: Shown,
    },
    /// One council beside its statistical neighbours and its region.
    #[command(
        after_help = "Examples:\n  scrutineer neighbours liverpool\n  scrutineer neighbours bristol --format csv"
    )]
    Neighbours {
        /// Its name, another name for it, or a code.
        #[arg(value_name = "NAME", required = true)]
        name: Vec<String>,
        #[command(flatten)]
        of: Shown,
    },
    /// What else was done: interventions of ministers as far as they are known, visits and joint inspections.
    #[command(
        after_help = "Which councils are known to have had a direction:\n  scrutineer events --kind direction\nWhat happened in Stoke-on-Trent since 2019:\n  scrutineer events --council stoke --since 2019-01-01"
    )]
    Events {
        /// Only of this council.
        #[arg(long, value_name = "NAME")]
        council: Option<String>,
        /// Only of this kind; may be given again for another.
        #[arg(long, value_name = "KIND", value_parser = event_kind())]
        kind: Vec<EventKind>,
        /// Only published on this day or later (dated so, where that is not known), as in 2026-03-01 or "1 March 2026".
        #[arg(long, value_name = "DATE", value_parser = date)]
        since: Option<Date>,
        /// Only in this region; may be given again for another.
        #[arg(long, value_name = "NAME")]
        region: Vec<String>,
        #[command(flatten)]
        source: DataFiles,
        #[command(flatten)]
        form: Form,
    },
    /// What is right and wrong with a file; exit status 1 if it cannot be used.
    #[command(after_help = "Examples:\n  scrutineer check\n  scrutineer export | scrutineer check -")]
    Check {
        /// The files; - reads standard input; default: what was fetched and the record.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// One row for each assessment (csv), or the whole dataset (json).
    #[command(after_help = "Examples:\n  scrutineer export\n  scrutineer export --format csv")]
    Export {
        #[command(flatten)]
        source: DataFiles,
        /// The form of the export; default: what the ending of the output file says, else json.
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<ExportFormat>,
        /// Only what was published on this day or later, as in 2026-03-01 or "1 March 2026".
        #[arg(long, value_name = "DATE", value_parser = date)]
        since: Option<Date>,
        /// Write to this file, completely or not at all, instead of standard output.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// The whole record as pages for a web browser that link to each other, in a new folder.
    #[command(after_help = "Examples:\n  scrutineer site pages\n  scrutineer site pages -d my-inspections.csv")]
    Site {
        /// The folder, which must be new or empty.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        #[command(flatten)]
        source: DataFiles,
    },
    /// What differs between two files: inspections, corrections, councils added or removed.
    #[command(after_help = "Examples:\n  scrutineer changes assets/apa-2006.json assets/apa-2006.json\n  \
                            scrutineer changes --since 2006-10-31")]
    Changes {
        /// The old file and the new one; with --since one file, or none for the usual data.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// With --since: the data to look in, instead of FILE.
        #[command(flatten)]
        source: DataFiles,
        /// Only what was published on this day or later, within one file, as in 2026-03-01 or "1 March 2026".
        #[arg(long, value_name = "DATE", value_parser = date)]
        since: Option<Date>,
        /// What the last `scrutineer fetch` that brought a newer file changed.
        #[arg(long, conflicts_with_all = ["files", "since"])]
        fetched: bool,
        /// Only grades that moved up or down.
        #[arg(long, value_enum, value_name = "WHICH")]
        only: Option<Only>,
        #[command(flatten)]
        form: Form,
    },
    /// The JSON Schema of the dataset format, or of an answer.
    #[command(after_help = "Examples:\n  scrutineer schema\n  scrutineer schema list")]
    Schema {
        /// Which command's answer; default: the dataset format.
        #[arg(value_enum, value_name = "ANSWER")]
        answer: Option<Answer>,
    },
    /// Completions for a shell.
    #[command(after_help = "Examples:\n  scrutineer completions bash\n  scrutineer completions fish")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page, of all or of one command.
    #[command(after_help = "Examples:\n  scrutineer man\n  scrutineer man list")]
    Man {
        /// The command; default: the whole program.
        #[arg(value_name = "COMMAND", value_parser = command_name)]
        command: Option<String>,
    },
    /// Brings today's public files into the data folder, to be joined with the record from then on.
    ///
    /// Says what it gets from whom; no other command ever opens a connection.
    #[command(after_help = "Examples:\n  scrutineer fetch --dry-run\n  scrutineer fetch --print")]
    Fetch {
        /// The address of a file or of a folder, or a folder (or file) on this computer, instead of the usual addresses.
        #[arg(long, value_name = "URL|FOLDER")]
        from: Option<String>,
        /// Only say what would be brought from where.
        #[arg(long)]
        dry_run: bool,
        /// Only print the commands that get the files with curl, for proxies that speak nothing but NTLM or Kerberos.
        #[arg(long, conflicts_with = "dry_run")]
        print: bool,
        /// Take a file also if it has fewer inspections than the record, if most of its inspections are not known, or if many of
        /// its grades are other ones or missing.
        #[arg(long)]
        accept: bool,
        /// Only list what is held, from where, and how old it is.
        #[arg(long, conflicts_with_all = ["from", "dry_run", "print"])]
        list: bool,
    },
    /// The settings in force, where they come from, and all that can be set.
    #[command(after_help = "Examples:\n  scrutineer config\n  scrutineer config --no-mouse")]
    Config,
}

impl Command {
    /// Returns the files of a command that takes them with -d.
    fn source(&self) -> Option<&DataFiles> {
        match self {
            Self::List { data, .. } | Self::Stats { data, .. } | Self::Map { data, .. } | Self::Areas { data, .. } => {
                Some(&data.of.source)
            }
            Self::Compare { of, .. } | Self::Neighbours { of, .. } => Some(&of.source),
            Self::Show { source, .. }
            | Self::Export { source, .. }
            | Self::Events { source, .. }
            | Self::Site { source, .. }
            | Self::Changes { source, .. } => Some(source),
            _ => None,
        }
    }

    /// Returns the form of the answer, if it can be chosen among all formats.
    fn form(&self) -> Option<&Form> {
        match self {
            Self::List { data, .. } | Self::Stats { data, .. } | Self::Map { data, .. } | Self::Areas { data, .. } => {
                Some(&data.of.form)
            }
            Self::Compare { of, .. } | Self::Neighbours { of, .. } => Some(&of.form),
            Self::Show { form, .. } | Self::Changes { form, .. } | Self::Events { form, .. } => Some(form),
            _ => None,
        }
    }
}

/// Returns the name of the command that a word is most likely a slip for; `None` if it is like none.
pub fn command_like(word: &str) -> Option<String> {
    /// How many letters may be wrong, missing, too many or in the wrong order.
    const SLIPS: usize = 2;
    let program = Arguments::command();
    let names =
        program.get_subcommands().map(|command| (strsim::damerau_levenshtein(command.get_name(), word), command));
    let (slips, command) = names.min_by_key(|(slips, _)| *slips)?;
    (slips <= SLIPS && slips * 2 < word.len()).then(|| command.get_name().to_owned())
}

/// Parses the name of a command; an unknown name is an error with the nearest one.
fn command_name(text: &str) -> Result<String, String> {
    let program = Arguments::command();
    let names = || program.get_subcommands().map(clap::Command::get_name);
    if names().any(|name| name == text) {
        return Ok(text.to_owned());
    }
    let hint = nearest(text, names()).first().map(|n| format!("did you mean {n:?}? "));
    Err(format!("{}known: {}", hint.unwrap_or_default(), names().collect::<Vec<_>>().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_of_an_empty_command_line_are_the_defaults() {
        let parsed = Arguments::try_parse_from(["scrutineer"]).unwrap();
        assert_eq!(format!("{parsed:?}"), format!("{:?}", Arguments::default()));
    }
}
