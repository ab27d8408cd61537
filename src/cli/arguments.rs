//! What can stand on the command line.

use std::path::PathBuf;

use clap::Parser;

use crate::ui::ThemeName;

/// Council inspection grades in the terminal.
///
/// Opens the browser on the bundled annual performance assessment of 2006, or on a dataset of yours.
/// Without a terminal on standard output, the list is printed as text.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Arguments {
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
