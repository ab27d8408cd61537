//! `scrutineer fetch`: brings public files into the data folder, and says what it does.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::input::{NO_FOLDER, damaged, replaced};
use super::output::print;
use crate::dataset::Date;
use crate::fetch::{
    DEFAULT_ADDRESSES, DEFAULT_TIMEOUT_SECONDS, DataFolder, Failure, FetchedFile, Fetcher, Place, Wanted, wanted,
    wanted_from,
};
use crate::settings::Settings;
use crate::text::{clean, plural};
use crate::wording;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// To bring the files.
    Files,
    /// What would be brought.
    DryRun,
    /// The commands that get the files without us.
    Commands,
    /// What is held.
    List,
}

impl Request {
    /// Returns what the options ask for; at most one of them is given.
    pub fn new(is_dry_run: bool, is_print: bool, is_list: bool) -> Self {
        match (is_dry_run, is_print, is_list) {
            (true, _, _) => Self::DryRun,
            (_, true, _) => Self::Commands,
            (_, _, true) => Self::List,
            _ => Self::Files,
        }
    }
}

/// Brings the files, or says what is asked for about them; `accepts` takes them also with many other grades. Returns 1 if a file was not taken, otherwise 0.
///
/// # Errors
/// If the system has no data folder, the place to fetch from cannot be used, or standard output cannot be written to.
pub fn fetch(from: Option<&str>, request: Request, accepts: bool, settings: &Settings) -> anyhow::Result<u8> {
    let folder = DataFolder::find().context(NO_FOLDER)?;
    let files = files(from, settings).map_err(|problem| anyhow!(problem))?;
    match request {
        Request::Files => return Ok(bring(&files, &folder, accepts, settings)),
        Request::DryRun => print(|out, _| write_places(out, &files))?,
        Request::Commands => print(|out, _| write_commands(out, &files))?,
        Request::List => {
            let kept = folder.list().with_context(|| damaged(&folder))?;
            print(|out, _| write_files(out, &folder, &kept))?;
        }
    }
    Ok(0)
}

fn files(from: Option<&str>, settings: &Settings) -> Result<Vec<Wanted>, String> {
    let addresses = settings.addresses.as_ref().map(|set| set.value.clone());
    let usual = wanted(&addresses.unwrap_or_else(|| DEFAULT_ADDRESSES.map(str::to_owned).into()))?;
    match from {
        Some(place) => wanted_from(place, &usual),
        None if usual.is_empty() => Err("there is nothing to fetch: the settings name no addresses".to_owned()),
        None => Ok(usual),
    }
}

fn bring(files: &[Wanted], folder: &DataFolder, accepts: bool, settings: &Settings) -> u8 {
    let mut say = |words: &str| super::warn(words);
    let is_web = files.iter().flat_map(|file| &file.places).any(|place| matches!(place, Place::Address(_)));
    if is_web && !cfg!(feature = "fetch") {
        say(&Failure::NoNetwork.to_string());
        return 1;
    }
    let seconds = settings.timeout_seconds.as_ref().map_or(DEFAULT_TIMEOUT_SECONDS, |set| set.value);
    let mut fetcher = Fetcher::new(folder, Duration::from_secs(seconds.into()), accepts, &mut say);
    // Every file is tried, whatever became of those before it.
    let taken: Vec<bool> = files.iter().map(|file| fetcher.fetch(file)).collect();
    strays(folder).iter().for_each(|message| super::warn(message));
    u8::from(taken.contains(&false))
}

fn write_places(out: &mut dyn Write, files: &[Wanted]) -> io::Result<()> {
    for file in files {
        for (position, place) in file.places.iter().enumerate() {
            let when = if position == 0 { "would get" } else { "  if that fails:" };
            let from = match place {
                Place::Address(address) => format!("{} ({address})", address.host()),
                Place::File(path) => path.display().to_string(),
            };
            writeln!(out, "{when} {} from {}", file.name, clean(&from))?;
        }
    }
    Ok(())
}

/// Writes a command for each file, then the one that takes them from the current folder.
fn write_commands(out: &mut dyn Write, files: &[Wanted]) -> io::Result<()> {
    const CURL: &str = "curl --fail --location --proto-redir =https --proxy-anyauth --proxy-user :";
    let mut names = Vec::new();
    for file in files {
        let command = |place: &Place| match place {
            Place::Address(address) => format!("{CURL} -o {} {}", quoted(&file.name), quoted(&address.to_string())),
            Place::File(path) => format!("cp {} {}", quoted(&path.display().to_string()), quoted(&file.name)),
        };
        let commands: Vec<String> = file.places.iter().map(command).collect();
        writeln!(out, "{}", commands.join(" ||\n  "))?;
        names.push(&file.name);
    }
    names.iter().try_for_each(|name| writeln!(out, "scrutineer fetch --from ./{name}"))
}

/// Quotes a word for a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", clean(word).replace('\'', r"'\''"))
}

/// Returns a message about each file in the folder that was not fetched.
fn strays(folder: &DataFolder) -> Vec<String> {
    let message = |name: &String| {
        let path = folder.path_of(name).display().to_string();
        format!("{} is in the data folder, but was not brought by `scrutineer fetch`: it is not read", clean(&path))
    };
    folder.strays().iter().map(message).collect()
}

fn write_files(out: &mut dyn Write, folder: &DataFolder, files: &[FetchedFile]) -> io::Result<()> {
    strays(folder).iter().try_for_each(|message| writeln!(out, "{message}"))?;
    replaced(folder).iter().try_for_each(|message| writeln!(out, "{message}"))?;
    if files.is_empty() {
        return writeln!(out, "nothing has been fetched; `scrutineer fetch` brings today's files");
    }
    for file in files {
        let age = file.day().and_then(|day| wording::ago(day, Date::today()?));
        let size = plural(usize::try_from(file.size).unwrap_or(usize::MAX), "byte", "bytes");
        writeln!(out, "{}: {}, {size}", file.name, age.unwrap_or_else(|| "at an unknown time".to_owned()))?;
        let now = std::fs::metadata(folder.path_of(&file.name)).map(|about| about.len()).ok();
        if let Some(now) = now.filter(|now| *now != file.size) {
            let now = plural(usize::try_from(now).unwrap_or(usize::MAX), "byte", "bytes");
            writeln!(
                out,
                "  changed since then by something else: it has {now} now; `scrutineer fetch` brings it again"
            )?;
        }
        writeln!(out, "  from {}", clean(&file.address))?;
        writeln!(out, "  in {}", clean(&folder.path_of(&file.name).display().to_string()))?;
        if folder.path_before(&file.name).is_file() {
            writeln!(out, "  the file before is beside it; `scrutineer changes --fetched` compares the two")?;
        }
    }
    Ok(())
}
