//! `scrutineer show`: prints everything about one authority.

use anyhow::{Context as _, anyhow};

use super::input::{self, Files};
use super::named::named;
use super::options::Form;
use super::output::answer;
use crate::report::Show;

/// Prints one authority.
///
/// # Errors
/// If the data cannot be used, the name is unknown or ambiguous, or standard output cannot be written to.
pub fn show(words: &[String], files: &Files, form: &Form) -> anyhow::Result<()> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = &opened.loaded.dataset;
    let id = named(dataset, &words.join(" ")).map_err(|words| anyhow!(words))?;
    let authority = dataset.authorities.get(id.0).context("the council is not in the data")?;
    answer(form, |out, format, terminal| Show { dataset, authority }.write(out, format, terminal))
}
