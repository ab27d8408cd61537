//! The command line: arguments become a run of the browser, or text on standard output.

mod arguments;
mod input;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::app::{App, Mouse};
use crate::load::Loaded;
use crate::query::{Index, Sort, View, sort};
use crate::report::table;
use crate::terminal;
use crate::text::clean;
use crate::ui::{Theme, ThemeName};
use arguments::Arguments;

/// Runs the program with these arguments, the first being its name; gives the exit status: 0 done,
/// 1 could not, 2 wrong usage, 128 and its number for a signal.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(refusal) => {
            let _ = refusal.print();
            return if refusal.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match open(&arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Opens the browser; where there is no screen for it, prints the list.
fn open(arguments: &Arguments) -> anyhow::Result<u8> {
    let opened = input::open(arguments.file.as_deref())?;
    let has_screen = io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    if !has_screen {
        if let Some(summary) = opened.loaded.summary(&opened.name) {
            complain(&summary);
        }
        print_list(&opened.loaded)?;
        return Ok(0);
    }
    let mouse = if arguments.no_mouse { Mouse::Off } else { Mouse::On };
    let loaded = Arc::new(opened.loaded);
    let theme = Theme::named(theme_name(arguments.theme));
    let ending = terminal::run(|size| App::new(loaded, size).with_mouse(mouse), &theme)?;
    Ok(ending.exit_status())
}

/// The theme asked for; without one, no colours where `NO_COLOR` is set and not empty.
fn theme_name(asked: Option<ThemeName>) -> ThemeName {
    let is_mono = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    asked.unwrap_or(if is_mono { ThemeName::Mono } else { ThemeName::Default })
}

fn print_list(loaded: &Loaded) -> io::Result<()> {
    let dataset = &loaded.dataset;
    let index = Index::new(dataset);
    let view = View::new(dataset, dataset.leading_framework().cloned());
    let rows = sort(&index, &view, Sort::default());
    let mut out = BufWriter::new(io::stdout().lock());
    table(&mut out, dataset, &index, &view, rows)?;
    out.flush()
}

/// Says on standard error what went wrong, each line clean of what could steer a terminal.
fn complain(message: &str) {
    let mut err = io::stderr().lock();
    let mut prefix = "scrutineer: ";
    for line in message.lines() {
        let _ = writeln!(err, "{prefix}{}", clean(line));
        prefix = "";
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
