//! `scrutineer config`: prints the settings in force and where they were set.

use super::options::Shared;
use super::output::print;
use super::preferences::{Found, Preferences};
use crate::settings::write;
use crate::text::clean;

/// Prints the settings as a valid settings file; returns 1 if the file that was read has problems, otherwise 0.
///
/// # Errors
/// If standard output cannot be written to.
pub fn config(preferences: &Preferences, shared: &Shared) -> anyhow::Result<u8> {
    let place = match (&preferences.path, &preferences.found) {
        (Some(_), Found::Unreadable(why)) => format!("Not read: {why}."),
        (Some(path), Found::Read) => format!("Read from {}.", path.display()),
        (Some(path), Found::Missing) => format!("No settings file: {} does not exist.", path.display()),
        (None, _) => "No settings file: this system has no folder for settings; use --config.".to_owned(),
    };
    let (theme, mouse) = (preferences.theme(shared), preferences.mouse(shared));
    print(|out, _| write(out, &clean(&place), &preferences.settings, theme, mouse))?;
    Ok(u8::from(!preferences.problems.is_empty()))
}
