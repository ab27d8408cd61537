//! `scrutineer config`: the settings in force, where they come from, and all that can be set.

use super::arguments::Shared;
use super::output::print;
use super::preferences::Preferences;
use crate::settings::write;

/// Prints the settings as a file that can be used as one; returns 1 where the file read has a mistake.
///
/// # Errors
/// If nothing can be written.
pub fn config(preferences: &Preferences, shared: &Shared) -> anyhow::Result<u8> {
    let place = match (&preferences.path, preferences.is_there) {
        (Some(path), true) => format!("Read from {}.", path.display()),
        (Some(path), false) => format!("No file is read: {} is not there.", path.display()),
        (None, _) => "No file is read: this system names no folder for it; --config can.".to_owned(),
    };
    let (theme, mouse) = (preferences.theme(shared), preferences.mouse(shared));
    print(|out, _| write(out, &crate::text::clean(&place), &preferences.settings, theme, mouse))?;
    Ok(u8::from(!preferences.problems.is_empty()))
}
