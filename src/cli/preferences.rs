//! What a person prefers: the settings file, and what options and environment say over it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::arguments::Shared;
use super::input::Files;
use crate::settings::{InForce, Reading, Set, SetBy, Settings, read};
use crate::text::plural;
use crate::ui::ThemeName;

/// The settings with where they were read.
pub struct Preferences {
    /// What the file sets.
    pub settings: Settings,
    /// Where the file is, or would be; `None` if the system has no place for it.
    pub path: Option<PathBuf>,
    /// Whether it is there.
    pub is_there: bool,
    /// What is wrong with it, a sentence each.
    pub problems: Vec<String>,
}

impl Preferences {
    /// Reads the file that `--config` names, else the one in its usual place, if there is one.
    ///
    /// # Errors
    /// If the file named cannot be read, or the usual one is there and cannot be read.
    pub fn find(shared: &Shared) -> anyhow::Result<Self> {
        let path = shared.config.clone().or_else(usual_place);
        let text = match (&path, &shared.config) {
            (Some(path), None) if !path.exists() => None,
            (Some(path), _) => Some(text_of(path)?),
            (None, _) => None,
        };
        let Reading { settings, problems } = text.as_deref().map(read).unwrap_or_default();
        let name = path.as_deref().map(|p| p.display().to_string()).unwrap_or_default();
        let problems = problems.iter().map(|problem| format!("{name}: {problem}")).collect();
        Ok(Self { settings, path, is_there: text.is_some(), problems })
    }

    /// Says on standard error what is wrong with the file, if anything is.
    pub fn warn(&self) {
        for problem in &self.problems {
            super::warn(problem);
        }
    }

    /// What is wrong, in a line for the browser; `None` if nothing is.
    pub fn notice(&self) -> Option<String> {
        let count = plural(self.problems.len(), "mistake", "mistakes");
        (!self.problems.is_empty()).then(|| format!("settings: {count}; scrutineer config names them"))
    }

    /// The theme: an option, else the file, else no colours where `NO_COLOR` is set and not empty.
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

    /// Whether the mouse is listened to: an option, else the file.
    pub fn mouse(&self, shared: &Shared) -> InForce<bool> {
        match &self.settings.mouse {
            _ if shared.no_mouse => InForce { value: false, set_by: SetBy::Outside("--no-mouse") },
            Some(Set { value, line }) => InForce { value: *value, set_by: SetBy::Line(*line) },
            None => InForce { value: true, set_by: SetBy::Default },
        }
    }

    /// What to open: the files named, else those of the settings; and the bundled dataset where it is
    /// selection for.
    pub fn files(&self, named: &[PathBuf], shared: &Shared) -> Files {
        let folder = self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let data = self.settings.data.iter().filter(|_| named.is_empty()).flat_map(|data| &data.value);
        let paths: Vec<PathBuf> = named.iter().cloned().chain(data.map(|file| folder.join(file))).collect();
        Files { has_bundled: shared.with_2006 || paths.is_empty(), paths }
    }
}

/// `scrutineer/config.toml` in the folder of the XDG base directory specification, on every system.
fn usual_place() -> Option<PathBuf> {
    // The specification has a relative path ignored.
    let named = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = named.or_else(|| Some(std::env::home_dir()?.join(".config")))?;
    Some(folder.join("scrutineer").join("config.toml"))
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read the settings in {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
