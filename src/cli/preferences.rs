//! The settings file, combined with command line options and environment variables.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::input::{self, Fetched, Files};
use super::options::Shared;
use crate::app::{Action, Key, LayerKind};
use crate::dataset::Dataset;
use crate::load::record;
use crate::query::{AuthorityId, resolve};
use crate::settings::{InForce, Reading, Set, SetBy, Settings, read};
use crate::terminal::at_home;
use crate::text::{clean, plural};
use crate::ui::ThemeName;
use crate::wording;

/// The settings, with the path of their file.
pub struct Preferences {
    /// What the file sets.
    pub settings: Settings,
    /// The path of the file, existing or not; `None` if the system has no folder for settings.
    pub path: Option<PathBuf>,
    /// Whether the file was read.
    pub found: Found,
    /// What is wrong with the file, one sentence each.
    pub problems: Vec<String>,
}

/// Whether the settings file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It was.
    Read,
    /// There is none.
    Missing,
    /// There is one that cannot be read: why, as a sentence.
    Unreadable(String),
}

impl Preferences {
    /// Reads the file named by `--config`, otherwise the one at the usual path, if it exists. One at the usual path that
    /// cannot be read is a problem that stops nothing.
    ///
    /// # Errors
    /// If the file named by `--config` cannot be read.
    pub fn find(shared: &Shared) -> anyhow::Result<Self> {
        let path = shared.config.as_ref().map(at_home).or_else(usual_place);
        let (text, found) = match &path {
            Some(path) if shared.config.is_some() => (text_of(path)?, Found::Read),
            Some(path) if is_there(path) => match text_of(path) {
                Ok(text) => (text, Found::Read),
                Err(error) => (String::new(), Found::Unreadable(format!("{error:#}"))),
            },
            _ => (String::new(), Found::Missing),
        };
        let Reading { settings, problems } = read(&text);
        let name = path.as_deref().map(|p| p.display().to_string()).unwrap_or_default();
        let mut problems: Vec<String> = problems.iter().map(|problem| format!("{name}: {problem}")).collect();
        problems.extend(match &found {
            Found::Unreadable(why) => Some(why.clone()),
            _ => None,
        });
        Ok(Self { settings, path, found, problems })
    }

    /// Prints to standard error what is wrong with the file.
    pub fn warn(&self) {
        for problem in &self.problems {
            super::warn(problem);
        }
    }

    /// Adds what the file names and neither the record nor the other data have.
    pub fn check(&mut self, named: &[PathBuf], shared: &Shared) {
        let settings = &self.settings;
        let missing = |dataset: &Dataset| {
            let framework = settings.framework.as_ref().and_then(|set| {
                let unknown = resolve::framework(dataset, &set.value).err()?;
                Some(format!("line {}: {unknown}", set.line))
            });
            let sort = settings.sort.as_ref().and_then(|set| {
                let sort = |framework| resolve::sort(framework, &set.value);
                let is_known = dataset.frameworks.iter().any(|framework| sort(Some(framework)).is_ok());
                let unknown = sort(dataset.leading_framework().map(AsRef::as_ref)).err().filter(|_| !is_known)?;
                Some(format!("line {}: {unknown}", set.line))
            });
            let council = settings.council.as_ref().and_then(|set| {
                let found = super::named::named(dataset, &set.value);
                let ended = |id: AuthorityId| wording::ended(dataset.authorities.get(id.0)?);
                let problem = found.map_or_else(Some, |id| Some(format!("{}; {}", set.value, ended(id)?)))?;
                Some(format!("line {}: council: {problem}; name one of today, as in council = \"Leeds\"", set.line))
            });
            framework.into_iter().chain(sort).chain(council).collect::<Vec<_>>()
        };
        if settings.framework.is_none() && settings.sort.is_none() && settings.council.is_none() {
            return;
        }
        let mut problems = record().map(|record| missing(&record.dataset)).unwrap_or_default();
        // Standard input can be read only once.
        if !problems.is_empty() && !named.iter().any(|path| path.as_os_str() == "-") {
            let opened = input::open(&self.files(named, shared));
            problems = opened.map_or(problems, |opened| missing(&opened.loaded.dataset));
        }
        // What was rejected is not in force.
        let is_rejected = |line: usize| problems.iter().any(|problem| problem.starts_with(&format!("line {line}: ")));
        self.settings.framework = self.settings.framework.take().filter(|set| !is_rejected(set.line));
        self.settings.council = self.settings.council.take().filter(|set| !is_rejected(set.line));
        self.settings.sort = self.settings.sort.take().filter(|set| !is_rejected(set.line));
        let name = self.path.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
        self.problems.extend(problems.into_iter().map(|problem| format!("{name}: {problem}")));
    }

    /// Returns a message for the browser if something is wrong with the file; otherwise `None`.
    pub fn notice(&self) -> Option<String> {
        let count = plural(self.problems.len(), "mistake", "mistakes");
        let key = self.settings.keys.keys_of(Action::Show(LayerKind::Problems)).first().map(Key::to_string);
        let cure =
            key.map_or_else(|| "run `scrutineer config` to see more".to_owned(), |key| format!("{key} shows more"));
        (!self.problems.is_empty()).then(|| format!("{count} in the settings; {cure}"))
    }

    /// Returns the theme: from an option, otherwise from the file, otherwise without colours if `NO_COLOR` is set and
    /// not empty.
    pub fn theme(&self, shared: &Shared) -> InForce<ThemeName> {
        let has_no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match (shared.theme, &self.settings.theme) {
            (Some(theme), _) => InForce { value: theme, set_by: SetBy::Outside("--theme") },
            _ if shared.no_color => InForce { value: ThemeName::Mono, set_by: SetBy::Outside("--no-color") },
            (None, Some(Set { value, line })) => InForce { value: *value, set_by: SetBy::Line(*line) },
            _ if has_no_color => InForce { value: ThemeName::Mono, set_by: SetBy::Outside("NO_COLOR") },
            _ => InForce { value: ThemeName::Default, set_by: SetBy::Default },
        }
    }

    /// Returns whether the mouse is used: from an option, otherwise from the file.
    pub fn mouse(&self, shared: &Shared) -> InForce<bool> {
        match &self.settings.mouse {
            _ if shared.no_mouse => InForce { value: false, set_by: SetBy::Outside("--no-mouse") },
            Some(Set { value, line }) => InForce { value: *value, set_by: SetBy::Line(*line) },
            None => InForce { value: true, set_by: SetBy::Default },
        }
    }

    /// Returns the files to open: those named, otherwise those of the settings and those fetched. The record is added
    /// unless `--only-files` says otherwise; `--only-record` leaves out all else.
    pub fn files(&self, named: &[PathBuf], shared: &Shared) -> Files {
        let folder = self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let is_default = named.is_empty() && !shared.only_record;
        let data = self.settings.data.iter().filter(|_| is_default).flat_map(|data| &data.value);
        let paths: Vec<PathBuf> = named.iter().cloned().chain(data.map(|file| folder.join(at_home(file)))).collect();
        let named_by = self.path.clone().filter(|_| named.is_empty() && !paths.is_empty());
        let fetched = if is_default && !shared.only_files { Fetched::find() } else { Fetched::default() };
        Files { has_record: !shared.only_files, fetched, paths, max_megabytes: shared.max_size, named_by }
    }
}

/// Returns `scrutineer/config.toml` in the configuration folder of the XDG base directory specification, which is used
/// on every system.
fn usual_place() -> Option<PathBuf> {
    // The specification says to ignore relative paths.
    let named = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = named.or_else(|| Some(std::env::home_dir()?.join(".config")))?;
    Some(folder.join("scrutineer").join("config.toml"))
}

/// Whether there is anything at a path, even a link that leads nowhere or a file in a folder that may not be read.
fn is_there(path: &Path) -> bool {
    let missing = [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory];
    std::fs::symlink_metadata(path).map_or_else(|error| !missing.contains(&error.kind()), |_| true)
}

/// The maximum size of a settings file, in bytes.
const MOST: u64 = 1024 * 1024;

fn text_of(path: &Path) -> anyhow::Result<String> {
    let problem = || format!("cannot read the settings in {}", clean(&path.display().to_string()));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).with_context(problem)?;
    file.take(MOST + 1).read_to_end(&mut bytes).with_context(problem)?;
    if bytes.len() as u64 > MOST {
        bail!("{}: it is larger than a megabyte, so it is not a settings file", problem());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
