//! The command line: parses the arguments, then opens the browser or prints text to standard output.

mod areas;
mod arguments;
mod beside;
mod changes;
mod check;
mod config;
mod events;
mod export;
mod fetch;
mod input;
mod list;
mod manual;
mod map;
mod named;
mod options;
mod output;
mod preferences;
mod show;
mod site;
mod stats;
mod values;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::app::{App, Mouse, Options};
use crate::dataset::{Date, Framework};
use crate::load::{Loaded, Progress};
use crate::plain;
use crate::query::{AuthorityId, Listing, ListingOptions, Sort, resolve};
use crate::report::{Format, List, write_schema};
use crate::terminal::{self, Interrupted, Reading, is_same};
use crate::text::clean;
use crate::ui::{Theme, ThemeName};
use crate::wording;
use arguments::{Arguments, Command};
use changes::Compared;
use input::Files;
use named::named;
use preferences::Preferences;

/// Runs the program; the first argument is its name. Returns the exit status: 0 for success, 1 for failure, 2 for wrong
/// usage, 128 plus the number of a signal.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::parsed(arguments) {
        Ok(arguments) => arguments,
        Err(refusal) => {
            let printed = tell(&refusal);
            return match (refusal.use_stderr(), printed) {
                (true, _) => ExitCode::from(2),
                (false, Err(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
                    warn(&format!("cannot write the help: {error}"));
                    ExitCode::FAILURE
                }
                (false, _) => ExitCode::SUCCESS,
            };
        }
    };
    match answer(&arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            warn(&format!("{error:#}"));
            if error.is::<WrongUse>() {
                return ExitCode::from(2);
            }
            interrupted(&error)
                .map_or(ExitCode::FAILURE, |Interrupted(signal)| ExitCode::from(128_u8.saturating_add(signal)))
        }
    }
}

/// Prints what clap says of a command line: cleaned and cut where an argument that it repeats has control characters, or is long.
fn tell(refusal: &clap::Error) -> io::Result<()> {
    const LONGEST: usize = 1000;
    let words = refusal.to_string();
    let lines = words.lines().map(|line| crate::text::truncate(&clean(line), LONGEST).into_owned());
    let shown = lines.collect::<Vec<_>>().join("\n");
    if !refusal.use_stderr() || shown == words.trim_end_matches('\n') {
        return refusal.print();
    }
    writeln!(io::stderr(), "{shown}")
}

/// A command line that asks for what must not be done, although each of its words is right.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUse(pub String);

/// Runs a command; without one, opens the browser. Returns the exit status.
fn answer(arguments: &Arguments) -> anyhow::Result<u8> {
    let shared = &arguments.shared;
    let mut preferences = Preferences::find(shared)?;
    preferences.check(arguments.named_files(), shared);
    preferences.warn();
    let files = |named: &[PathBuf]| preferences.files(named, shared);
    if let Some(output) = arguments.output() {
        let usual = files(arguments.named_files());
        // Fetched files are never to be overwritten, even by an answer that leaves them out.
        let read = usual.paths.iter().cloned().chain(input::Fetched::find().paths());
        if read.chain(arguments.named_files().to_vec()).any(|file| is_same(&file, output)) {
            let words = format!("{} is one of the files to be read; name another for the answer", output.display());
            return Err(WrongUse(words).into());
        }
    }
    let Some(command) = &arguments.command else { return open(arguments, preferences) };
    match command {
        Command::List { query, data, sort, with, with_grade } => {
            let beside = with.as_deref().map(|id| (id, with_grade.as_slice()));
            list::list(query, data, &files(&data.of.source.data), sort.as_deref(), beside)?;
        }
        Command::Show { name, source, form } => show::show(name, &files(&source.data), form)?,
        Command::Stats { data, by } => stats::stats(data, &files(&data.of.source.data), *by)?,
        Command::Check { files: named } => return check::check(&files(named)),
        Command::Export { source, format, since, output } => {
            export::export(&files(&source.data), *format, *since, output.as_deref())?;
        }
        Command::Areas { code, by, council, data } => {
            areas::areas(data, &files(&data.of.source.data), code, *by, council.as_deref())?;
        }
        Command::Compare { names, of } => beside::compare(names, of, &files(&of.source.data))?,
        Command::Neighbours { name, of } => beside::neighbours(name, of, &files(&of.source.data))?,
        Command::Events { council, kind, since, region, source, form } => {
            let wanted = events::Wanted { council: council.as_deref(), kinds: kind, since: *since, regions: region };
            events::events(&files(&source.data), &wanted, form)?;
        }
        Command::Map { data, category } => map::map(data, &files(&data.of.source.data), category.as_deref())?,
        Command::Changes { files: named, source, since, fetched, only, form } => {
            let usual = files(if named.is_empty() { &source.data } else { named });
            let compared = match since {
                Some(since) => Compared::Since(*since, &usual),
                None if *fetched => Compared::Fetched,
                None => Compared::Files(named, usual.max_megabytes),
            };
            changes::print_changes(&compared, *only, form)?;
        }
        Command::Site { folder, source } => site::site(folder, &files(&source.data))?,
        Command::Schema { answer } => output::print(|out, _| write_schema(out, *answer))?,
        Command::Completions { shell } => manual::completions(*shell)?,
        Command::Man { command } => manual::man(command.as_deref())?,
        Command::Fetch { from, dry_run, print, list, accept } => {
            let request = fetch::Request::new(*dry_run, *print, *list);
            return fetch::fetch(from.as_deref(), request, *accept, &preferences.settings);
        }
        Command::Config => return config::config(&preferences, shared),
    }
    Ok(0)
}

/// Opens the browser; without a terminal to show it on, prints the list.
fn open(arguments: &Arguments, preferences: Preferences) -> anyhow::Result<u8> {
    let files = preferences.files(&arguments.files, &arguments.shared);
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let is_accessible = std::env::var_os("ACCESSIBLE").is_some_and(|value| value == "1");
    let is_wanted = arguments.plain || (is_accessible && io::stdout().is_terminal());
    if is_wanted || (is_dumb && io::stdout().is_terminal() && io::stdin().is_terminal()) {
        return open_plain(arguments, &preferences, &files);
    }
    let has_screen = io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    if !has_screen {
        let opened = input::open(&files)?;
        opened.warn();
        let start = Start::find(arguments.framework.as_deref(), &preferences, &opened.loaded)?;
        print_list(&opened.loaded, start.framework, start.sort)?;
        return Ok(0);
    }
    let mouse = if preferences.mouse(&arguments.shared).value { Mouse::On } else { Mouse::Off };
    let is_ascii = arguments.shared.ascii || is_locale_ascii();
    let name = preferences.theme(&arguments.shared).value;
    let theme = Theme::named(name).in_ascii(is_ascii).in_few_colours(has_few_colours());
    let progress = Progress::default();
    let counted = progress.clone();
    let reading = if files.is_record_alone() { Reading::Here } else { Reading::OnAThread };
    let wanted = (arguments.framework.clone(), arguments.shared.only_record);
    let app = move |size| browser(&files, preferences, (mouse, name), size, &counted, wanted);
    Ok(terminal::run(app, &theme, mouse, (reading, &progress))?.exit_status())
}

/// Whether the terminal says that it has sixteen colours or fewer.
fn has_few_colours() -> bool {
    let has_more = std::env::var_os("COLORTERM").is_some_and(|value| !value.is_empty());
    let term = std::env::var("TERM").unwrap_or_default();
    !has_more && (matches!(term.as_str(), "linux" | "ansi" | "vt100" | "vt220") || term.contains("16color"))
}

/// Whether the locale says that the terminal does not understand UTF-8. Without any locale, nothing is known.
fn is_locale_ascii() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    set.is_some_and(|locale| {
        let locale = locale.to_string_lossy().to_ascii_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}

/// Answers in sentences at a prompt.
fn open_plain(arguments: &Arguments, preferences: &Preferences, files: &Files) -> anyhow::Result<u8> {
    let opened = input::open(files)?;
    opened.warn();
    let start = Start::find(arguments.framework.as_deref(), preferences, &opened.loaded)?;
    let width = if io::stdout().is_terminal() { usize::from(terminal::window().width) } else { usize::MAX };
    let dataset = Arc::clone(&opened.loaded.dataset);
    let today = Date::today();
    plain::run(dataset, start.framework, today, width, &mut io::stdin().lock(), &mut io::stdout().lock())?;
    Ok(0)
}

/// Loads the data and creates the browser.
fn browser(
    files: &Files,
    preferences: Preferences,
    (mouse, theme): (Mouse, ThemeName),
    size: Size,
    progress: &Progress,
    (framework, only_record): (Option<String>, bool),
) -> anyhow::Result<App> {
    let opened = input::open_telling(files, progress)?;
    let loaded = Arc::new(opened.loaded);
    let start = Start::find(framework.as_deref(), &preferences, &loaded)?;
    // The record alone is shown without today's date, because getting the date means reading a time zone file, which
    // would delay the start.
    let today = if files.is_record_alone() { None } else { Date::today() };
    let fetched = files.fetched.day();
    let warning = fetched.zip(today).and_then(|(day, today)| wording::old_files(day, today));
    let problems = opened.problems.into_iter().chain(preferences.notice()).chain(warning);
    let notice = Some(problems.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty());
    let own = files.paths.iter().cloned();
    let read = own.chain(files.fetched.paths()).map(|path| path.display().to_string()).collect();
    let named = files.paths.iter().filter(|_| fetched.is_none());
    let options = Options {
        framework: start.framework,
        council: start.council,
        mouse,
        theme,
        settings: preferences.path,
        folder: std::env::current_dir().ok().map(|folder| folder.display().to_string()),
        opens_on: preferences.settings.framework.map(|set| set.value),
        opening_council: preferences.settings.council.map(|set| set.value),
        keys: preferences.settings.keys,
        mistakes: preferences.problems,
        sort: Some(start.sort),
        today,
        fetched,
        // Of files that cannot be compared, the browser has nothing to say; `changes --fetched` does.
        new: fetched.and_then(|_| changes::new_in_fetched(&loaded.dataset).ok()),
        // A command line that names files leaves out what was fetched.
        files: named.map(|path| path.display().to_string()).collect(),
        read,
        only_files: !files.has_record,
        only_record,
        notice,
    };
    Ok(App::with_options(loaded, size, options))
}

/// What the list starts with.
struct Start {
    /// The framework asked for; `None` for the one the data open on.
    framework: Option<Arc<Framework>>,
    /// The authority of the settings.
    council: Option<AuthorityId>,
    sort: Sort,
}

impl Start {
    /// Applies the framework of the command line, else that of the settings, and the order of the settings.
    ///
    /// # Errors
    /// If the data do not have the framework of the command line. One of the settings that they do not have is ignored.
    fn find(framework: Option<&str>, preferences: &Preferences, loaded: &Loaded) -> anyhow::Result<Self> {
        let (dataset, settings) = (&loaded.dataset, &preferences.settings);
        let council = settings.council.as_ref().and_then(|set| named(dataset, &set.value).ok());
        let mut start = Self { framework: None, council, sort: Sort::default() };
        if let Some(word) = framework {
            start.framework = Some(resolve::framework(dataset, word)?);
        } else if let Some(set) = &settings.framework {
            start.framework = resolve::framework(dataset, &set.value).ok();
        }
        if let Some(set) = &settings.sort {
            let shown = start.framework.as_ref().or_else(|| dataset.leading_framework());
            start.sort = resolve::sort(shown.map(AsRef::as_ref), &set.value).unwrap_or_default();
        }
        Ok(start)
    }
}

fn print_list(loaded: &Loaded, framework: Option<Arc<Framework>>, order: Sort) -> io::Result<()> {
    let options = ListingOptions { framework, sort: Some(order), ..ListingOptions::default() };
    let listing = Listing::new(Arc::clone(&loaded.dataset), options);
    output::print(|out, terminal| List(&listing).write(out, Format::Table, terminal))
}

/// Prints an error to standard error, with each line cleaned of characters that could control a terminal.
fn warn(message: &str) {
    let mut err = io::stderr().lock();
    let mut prefix = "scrutineer: ";
    for line in message.lines() {
        let _ = writeln!(err, "{prefix}{}", clean(line));
        prefix = "";
    }
}

/// Returns the signal that an answer was interrupted by.
fn interrupted(error: &anyhow::Error) -> Option<Interrupted> {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.filter_map(io::Error::get_ref).find_map(|cause| cause.downcast_ref::<Interrupted>().copied())
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
