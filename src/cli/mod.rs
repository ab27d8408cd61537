//! The command line: arguments become a run of the browser, or text on standard output.

mod answer;
mod arguments;
mod check;
mod export;
mod input;
mod list;
mod manual;
mod show;
mod stats;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::app::{App, Mouse};
use crate::load::{Loaded, schema};
use crate::query::{Index, Sort, View, sort};
use crate::report::{Format, List};
use crate::terminal;
use crate::text::clean;
use crate::ui::{Theme, ThemeName};
use arguments::{Arguments, Command};

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
    let outcome = match &arguments.command {
        Some(command) => answer(command),
        None => open(&arguments),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Answers a command.
fn answer(command: &Command) -> anyhow::Result<u8> {
    match command {
        Command::List { query, data, sort } => list::list(query, data, sort.as_deref())?,
        Command::Show { name, data, format } => show::show(name, data.as_deref(), *format)?,
        Command::Stats { data, by } => stats::stats(data, *by)?,
        Command::Check { files } => return check::check(files),
        Command::Export { data, format } => export::export(data.as_deref(), *format)?,
        Command::Schema => answer::print(|out, _| out.write_all(schema().as_bytes()))?,
        Command::Completions { shell } => manual::completions(*shell)?,
        Command::Man => manual::man()?,
    }
    Ok(0)
}

/// Opens the browser; where there is no screen for it, prints the list.
fn open(arguments: &Arguments) -> anyhow::Result<u8> {
    let opened = input::open(arguments.file.as_deref())?;
    let has_screen = io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    if !has_screen {
        opened.complain();
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
    let view = View::new(dataset, dataset.leading_framework().cloned(), None);
    let mut rows = sort(&index, &view, Sort::default());
    rows.prepare(usize::MAX);
    let list = List { dataset, index: &index, view: &view, rows: &rows };
    answer::print(|out, terminal| list.write(out, Format::Table, terminal))
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
