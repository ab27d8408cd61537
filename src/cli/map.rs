//! `scrutineer map`: England's authorities with one grade each.

use anyhow::bail;

use super::input::Files;
use super::options::Data;
use super::output::{answer, listing, refuse_empty};
use crate::report::MapAnswer;
use crate::statistics::{MapView, Shown};

/// Writes the map of a category. Without one, that of overall effectiveness as Ofsted counts it, unless a framework is asked
/// for: then that of its first category.
///
/// # Errors
/// If the data cannot be used, an option names something that they do not contain, or the answer cannot be written.
pub fn map(data: &Data, files: &Files, category: Option<&str>) -> anyhow::Result<()> {
    let listing = listing(data, files, "", None)?;
    let framework = listing.view().framework().cloned();
    if category.is_some() && framework.is_none() {
        bail!("the dataset has no framework, so no categories");
    }
    let shown = match (category, framework.as_deref()) {
        (Some(word), Some(framework)) => Shown::Category(super::output::category(listing.dataset(), framework, word)?),
        (None, Some(framework)) if framework.is_in_series() && data.of.framework.is_none() => Shown::Overall,
        _ => Shown::Category(0),
    };
    if matches!(shown, Shown::Category(_)) {
        refuse_empty(&listing)?;
    }
    let view = MapView::new(&listing, shown, data.of.as_at());
    answer(&data.of.form, |out, format, terminal| {
        MapAnswer { listing: &listing, view: &view }.write(out, format, terminal)
    })
}
