//! What can stand on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::dataset::Date;
use crate::report::Format;
use crate::ui::ThemeName;

/// Council inspection grades in the terminal.
///
/// Opens the browser on the bundled annual performance assessment of 2006, or on a dataset of yours.
/// Without a terminal on standard output, the list is printed as text.
#[derive(Debug, Parser)]
#[command(name = "scrutineer", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
#[command(after_help = "A file whose name is that of a command is given as ./list.")]
pub struct Arguments {
    /// What to do instead of opening the browser.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// A dataset in scrutineer's JSON format; - reads it from standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The colours.
    #[arg(long, value_enum, value_name = "NAME")]
    pub theme: Option<ThemeName>,
    /// Leave the mouse to the terminal.
    #[arg(long)]
    pub no_mouse: bool,
}

/// What can be done without a screen.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A row an authority: the latest judgements.
    #[command(after_help = "Examples:\n  scrutineer list wor\n  scrutineer list --region London --format csv")]
    List {
        /// Search as in the browser; the best match comes first.
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
        #[command(flatten)]
        data: Data,
        /// Order by this column: authority, or a category; a - before it turns the order round.
        #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
        sort: Option<String>,
    },
    /// One authority: every assessment, quote and source.
    #[command(after_help = "Examples:\n  scrutineer show bristol\n  scrutineer show E10000034 --format markdown")]
    Show {
        /// Its name, another name for it, or a code.
        #[arg(value_name = "NAME", required = true)]
        name: Vec<String>,
        /// The dataset; - reads it from standard input.
        #[arg(short, long, value_name = "FILE")]
        data: Option<PathBuf>,
        /// The form of the answer; a story has no comma-separated form.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: Format,
    },
    /// Published and counted figures, with the verdict on both.
    #[command(after_help = "Examples:\n  scrutineer stats\n  scrutineer stats --by region --format json")]
    Stats {
        #[command(flatten)]
        data: Data,
        /// Count good or better by this instead.
        #[arg(long, value_enum, value_name = "WHAT")]
        by: Option<By>,
    },
    /// What is right and wrong with a file; exit status 1 where it cannot be used.
    #[command(after_help = "Examples:\n  scrutineer check\n  scrutineer export | scrutineer check -")]
    Check {
        /// The files; - reads standard input; the bundled dataset without any.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// A row an assessment (csv), or the whole dataset (json).
    #[command(after_help = "Examples:\n  scrutineer export\n  scrutineer export --format csv")]
    Export {
        /// The dataset; - reads it from standard input.
        #[arg(short, long, value_name = "FILE")]
        data: Option<PathBuf>,
        /// The form of the export.
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: ExportFormat,
    },
    /// The JSON Schema of the dataset format.
    #[command(after_help = "Examples:\n  scrutineer schema\n  scrutineer schema > dataset.schema.json")]
    Schema,
    /// Completions for a shell.
    #[command(after_help = "Examples:\n  scrutineer completions bash\n  scrutineer completions fish")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page.
    #[command(after_help = "Examples:\n  scrutineer man\n  scrutineer man > scrutineer.1")]
    Man,
}

/// Which data, in which form.
#[derive(Debug, Args)]
pub struct Data {
    /// The dataset; - reads it from standard input; the bundled one without.
    #[arg(short, long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// The framework, by id or title; that of the latest assessment without.
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// Only what was published by this date: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub as_at: Option<Date>,
    /// Only authorities in this region; may be given again for another.
    #[arg(long, value_name = "NAME")]
    pub region: Vec<String>,
    /// Only authorities with this grade, as in services=1; may be given again, all must hold.
    #[arg(long, value_name = "CATEGORY=GRADE")]
    pub grade: Vec<String>,
}

/// What figures can be divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The regions of England.
    Region,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The dataset in its own format.
    #[default]
    Json,
    /// A row an assessment.
    Csv,
}
