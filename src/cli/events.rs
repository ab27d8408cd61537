//! `scrutineer events`: prints what was done about councils' services, and inspections that grade nothing.

use anyhow::{anyhow, bail};

use super::input::{self, Files};
use super::named::named;
use super::options::Form;
use super::output::answer;
use crate::dataset::{Date, EventKind};
use crate::query::resolve;
use crate::report::Events;
use crate::wording;

/// Which events are asked for.
pub struct Wanted<'a> {
    /// Of this council.
    pub council: Option<&'a str>,
    /// Of one of these kinds.
    pub kinds: &'a [EventKind],
    /// Published on this day or later, or happened then if it was not published.
    pub since: Option<Date>,
    /// In one of these regions.
    pub regions: &'a [String],
}

/// Prints the events, the newest first.
///
/// # Errors
/// If the data cannot be used or hold no events, an option names something that they do not contain, or standard output cannot
/// be written to.
pub fn events(files: &Files, wanted: &Wanted<'_>, form: &Form) -> anyhow::Result<()> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = &opened.loaded.dataset;
    if dataset.authorities.iter().all(|authority| authority.events.is_empty()) {
        bail!("the data do not say what was done besides the inspections that they grade");
    }
    let regions: Vec<String> =
        wanted.regions.iter().map(|word| resolve::region(dataset, word)).collect::<Result<_, _>>()?;
    let council = wanted.council.map(|name| named(dataset, name).map_err(|words| anyhow!(words))).transpose()?;
    let council = council.and_then(|id| dataset.authorities.get(id.0));
    let mut only: Vec<String> = council.iter().map(|authority| authority.name.clone()).collect();
    only.extend(wanted.kinds.iter().map(|kind| wording::event_kind(*kind).to_owned()));
    only.extend(wanted.since.map(|day| format!("published, or where that is not known dated, since {day}")));
    only.extend(regions.iter().cloned());
    let events = Events::new(dataset, only, wanted.kinds, |authority, event| {
        council.is_none_or(|council| council.name == authority.name)
            && wanted.since.is_none_or(|since| event.is_published_since(since))
            && (regions.is_empty() || authority.region.as_ref().is_some_and(|region| regions.contains(region)))
    });
    answer(form, |out, format, terminal| events.write(out, format, terminal))
}
