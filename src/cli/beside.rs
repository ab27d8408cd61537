//! `scrutineer compare` and `scrutineer neighbours`: councils beside each other.

use anyhow::{Context as _, anyhow, bail};

use super::input::Files;
use super::named::named;
use super::options::Shown;
use super::output::{answer, shown};
use crate::query::{AuthorityId, Filter};
use crate::report::{Compare, Neighbours};

/// Prints some councils side by side.
///
/// # Errors
/// If the data cannot be used, a name is unknown or ambiguous, or the answer cannot be written.
pub fn compare(names: &[String], of: &Shown, files: &Files) -> anyhow::Result<()> {
    let all = shown(of, files)?;
    let mut ids: Vec<AuthorityId> = Vec::new();
    for name in names {
        let id = named(all.dataset(), name).map_err(|words| anyhow!(words))?;
        if ids.contains(&id) {
            bail!("{name} is named twice; compare needs different councils");
        }
        ids.push(id);
    }
    let listing = all.of(&ids, Filter::default());
    answer(&of.form, |out, format, terminal| Compare { listing: &listing }.write(out, format, terminal))
}

/// Prints a council and its statistical neighbours.
///
/// # Errors
/// If the data cannot be used or name no neighbours of it, the name is unknown or ambiguous, or the answer cannot be written.
pub fn neighbours(words: &[String], of: &Shown, files: &Files) -> anyhow::Result<()> {
    let all = shown(of, files)?;
    let id = named(all.dataset(), &words.join(" ")).map_err(|words| anyhow!(words))?;
    let name = all.authority(id).map(|authority| authority.name.to_string()).unwrap_or_default();
    let neighbours = Neighbours::of(&all, id);
    let neighbours = neighbours.with_context(|| format!("the data name no statistical neighbours of {name}"))?;
    answer(&of.form, |out, format, terminal| neighbours.write(out, format, terminal))
}
