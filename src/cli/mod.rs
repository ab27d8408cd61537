//! The command line: arguments become a run of the browser, or text on standard output.

mod answer;
mod arguments;
mod check;
mod config;
mod export;
mod input;
mod list;
mod manual;
mod preferences;
mod show;
mod stats;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::app::{App, Mouse};
use crate::load::{Loaded, schema};
use crate::query::{Index, Sort, View, naming, sort};
use crate::report::{Format, List, write_schema};
use crate::terminal;
use crate::text::clean;
use crate::ui::Theme;
use arguments::{Arguments, Command};
use preferences::Preferences;

/// Runs the program with these arguments, the first being its name; gives the exit status: 0 done,
/// 1 could not, 2 wrong usage, 128 and its number for a signal.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments).and_then(Arguments::checked) {
        Ok(arguments) => arguments,
        Err(refusal) => {
            let _ = refusal.print();
            return if refusal.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match answer(&arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Answers a command, or opens the browser without one.
fn answer(arguments: &Arguments) -> anyhow::Result<u8> {
    let shared = &arguments.shared;
    let preferences = Preferences::find(shared)?;
    preferences.complain();
    let files = |named: &[PathBuf]| preferences.files(named, shared);
    match &arguments.command {
        None => return open(arguments, &preferences),
        Some(Command::List { query, data, sort }) => {
            list::list(query, data, &files(&data.source.data), sort.as_deref())?
        }
        Some(Command::Show { name, source, format }) => show::show(name, &files(&source.data), *format)?,
        Some(Command::Stats { data, by }) => stats::stats(data, &files(&data.source.data), *by)?,
        Some(Command::Check { files: named }) => return check::check(&files(named)),
        Some(Command::Export { source, format }) => export::export(&files(&source.data), *format)?,
        Some(Command::Schema { answer }) => answer::print(|out, _| match answer {
            Some(answer) => write_schema(out, *answer),
            None => out.write_all(schema().as_bytes()),
        })?,
        Some(Command::Completions { shell }) => manual::completions(*shell)?,
        Some(Command::Man { command }) => manual::man(command.as_deref())?,
        Some(Command::Config) => return config::config(&preferences, shared),
    }
    Ok(0)
}

/// Opens the browser; where there is no screen for it, prints the list.
fn open(arguments: &Arguments, preferences: &Preferences) -> anyhow::Result<u8> {
    let opened = input::open(&preferences.files(&arguments.files, &arguments.shared))?;
    let sort = start_order(preferences, &opened.loaded);
    let has_screen = io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    if !has_screen {
        opened.complain();
        print_list(&opened.loaded, sort)?;
        return Ok(0);
    }
    let mouse = if preferences.mouse(&arguments.shared).value { Mouse::On } else { Mouse::Off };
    let keys = preferences.settings.keys.clone();
    let loaded = Arc::new(opened.loaded);
    let theme = Theme::named(preferences.theme(&arguments.shared).value);
    let app = |size| {
        let mut app = App::new(loaded, size).with_mouse(mouse).with_keys(keys).with_sort(sort);
        if let Some(notice) = preferences.notice() {
            app.say(notice);
        }
        app
    };
    Ok(terminal::run(app, &theme)?.exit_status())
}

/// The order that the settings ask for; the usual one, with a word on standard error, where these data
/// have no such column.
fn start_order(preferences: &Preferences, loaded: &Loaded) -> Sort {
    let Some(wanted) = &preferences.settings.sort else { return Sort::default() };
    let framework = loaded.dataset.leading_framework().map(|f| f.as_ref());
    naming::sort(framework, &wanted.value).unwrap_or_else(|unknown| {
        complain(&format!("line {} of the settings: {unknown}", wanted.line));
        Sort::default()
    })
}

fn print_list(loaded: &Loaded, order: Sort) -> io::Result<()> {
    let dataset = &loaded.dataset;
    let index = Index::new(dataset);
    let view = View::new(dataset, dataset.leading_framework().cloned(), None);
    let mut rows = sort(&index, &view, order);
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
