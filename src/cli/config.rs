//! `scrutineer config`: prints the settings in force and where they were set.

use super::arguments::Shared;
use super::output::print;
use super::preferences::Preferences;
use crate::settings::write;
use crate::text::clean;

/// Prints the settings as a valid settings file; returns 1 if the file that was read has problems, otherwise 0.
///
/// # Errors
/// If standard output cannot be written to.
pub fn config(preferences: &Preferences, shared: &Shared) -> anyhow::Result<u8> {
    let place = match (&preferences.path, preferences.is_there) {
        (Some(path), true) => format!("Read from {}.", clean(&path.display().to_string())),
        (Some(path), false) => format!("No settings file: {} does not exist.", clean(&path.display().to_string())),
        (None, _) => "No settings file: this system has no folder for settings; use --config.".to_owned(),
    };
    let (theme, mouse) = (preferences.theme(shared), preferences.mouse(shared));
    print(|out, _| write(out, &crate::text::clean(&place), &preferences.settings, theme, mouse))?;
    Ok(u8::from(!preferences.problems.is_empty()))
}
