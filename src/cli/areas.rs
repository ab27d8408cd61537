//! `scrutineer areas`: prints what inspectors asked councils to improve.

use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};

use super::input::Files;
use super::named::named;
use super::options::Data;
use super::output::{answer, listing};
use super::values::AreasBy;
use crate::dataset::CodeKind;
use crate::query::resolve;
use crate::report::Areas;

/// Prints how often subjects or practices were asked for, who was asked for one of them, or what one council was asked for.
///
/// # Errors
/// If the data cannot be used or hold nothing of it, an option names something that they do not contain, or standard output
/// cannot be written to.
pub fn areas(
    data: &Data,
    files: &Files,
    words: &[String],
    by: Option<AreasBy>,
    council: Option<&str>,
) -> anyhow::Result<()> {
    let listing = listing(data, files, "", None)?;
    let dataset = Arc::clone(listing.dataset());
    let framework = listing.view().framework().context("the data have no framework")?;
    if !dataset.has_recommendations(framework) {
        bail!("the data do not say what inspectors asked to improve under {}", framework.title);
    }
    let areas = Areas(&listing);
    if let Some(name) = council {
        let id = named(&dataset, name).map_err(|words| anyhow!(words))?;
        let authority = dataset.authorities.get(id.0).context("the council is not in the data")?;
        return answer(&data.of.form, |out, format, terminal| areas.write_of_council(authority, out, format, terminal));
    }
    if !words.is_empty() {
        let code = resolve::code(&dataset, &words.join(" "))?;
        return answer(&data.of.form, |out, format, terminal| areas.write_asked(Some(&code), out, format, terminal));
    }
    let kind = if by == Some(AreasBy::Practice) { CodeKind::Practice } else { CodeKind::Subject };
    answer(&data.of.form, |out, format, terminal| match by {
        Some(AreasBy::Area) => areas.write_asked(None, out, format, terminal),
        _ => areas.write_codes(kind, out, format, terminal),
    })
}
