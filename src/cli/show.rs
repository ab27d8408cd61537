//! `scrutineer show`: prints everything about one authority.

use anyhow::bail;

use super::arguments::Form;
use super::input::{self, Files};
use super::output::answer;
use crate::dataset::{Authority, Dataset};
use crate::query::{Index, MatchQuality, Query, Ranking, match_quality, nearest, resolve, search};
use crate::report::Show;
use crate::text::clean;
use crate::wording;

/// The maximum number of authorities suggested for an unknown or ambiguous name.
const OFFERED: usize = 5;

/// Prints one authority.
///
/// # Errors
/// If the data cannot be used, the name is unknown or ambiguous, or standard output cannot be written to.
pub fn show(words: &[String], files: &Files, form: &Form) -> anyhow::Result<()> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = &opened.loaded.dataset;
    let authority = named(dataset, &words.join(" "))?;
    answer(form, |out, format, terminal| Show { dataset, authority }.write(out, format, terminal))
}

/// Returns the authority that a name means: the only one with exactly this name, otherwise the only one that matches
/// it. Fuzzy matches are only a guess, so they are ignored.
fn named<'d>(dataset: &'d Dataset, name: &str) -> anyhow::Result<&'d Authority> {
    let index = Index::new(dataset);
    let mut rows = Query::among(name, &index).map(|query| search(&index, &query)).unwrap_or_default();
    rows.retain(|row| match_quality(*row) < MatchQuality::Region);
    let mut found = Ranking::new(rows);
    found.prepare(OFFERED);
    let is_whole = |position| found.get(position).is_some_and(|row| match_quality(row) == MatchQuality::Whole);
    let authority = |position| dataset.authorities.get(index.authority(found.get(position)?.name_order())?.0);
    let shown = clean(name);
    match authority(0) {
        Some(first) if found.len() == 1 || (is_whole(0) && !is_whole(1)) => Ok(first),
        Some(_) => {
            let names: Vec<&str> = (0..OFFERED).filter_map(authority).map(|a| a.name.as_str()).collect();
            let more = if found.len() > names.len() { " and others" } else { "" };
            let region = resolve::region(dataset, name).ok();
            let region = region.map(|region| format!("; of the region: `scrutineer list --region {region:?}`"));
            bail!(
                "{shown:?} can mean {} authorities: {}{more}; say more of the name{}",
                found.len(),
                names.join(", "),
                region.unwrap_or_default()
            )
        }
        None => bail!(wording::not_found(dataset, name, &nearest(&index, name))),
    }
}
