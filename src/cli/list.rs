//! `scrutineer list`: prints a row for each authority.

use std::path::Path;

use anyhow::bail;

use super::input::Files;
use super::options::Data;
use super::output::{answer, listing, refuse_empty};
use crate::dataset::Grade;
use crate::query::resolve;
use crate::report::{List, ListBeside};
use crate::text::fold;

/// Prints the authorities that match the search and the options.
///
/// # Errors
/// If the data cannot be used, an option names something that they do not contain, or standard output cannot be written
/// to.
pub fn list(
    words: &[String],
    data: &Data,
    files: &Files,
    sort: Option<&str>,
    beside: Option<(&str, &[String])>,
) -> anyhow::Result<()> {
    if let Some(file) = words.iter().find(|word| word.contains('.') && Path::new(word).is_file()) {
        let others: Vec<&str> = words.iter().filter(|word| *word != file).map(String::as_str).collect();
        bail!("{file} is a file; did you mean `scrutineer list {} -d {file}`?", others.join(" "));
    }
    if !words.is_empty() && fold(&words.join(" ")).is_empty() {
        bail!("there is nothing to search for in {:?}; give a name, or none to list all", words.join(" "));
    }
    let listing = listing(data, files, &words.join(" "), sort)?;
    refuse_empty(&listing)?;
    if let Some((id, grades)) = beside {
        let other = resolve::framework(listing.dataset(), id)?;
        let grades: Vec<Grade> = grades.iter().map(|word| resolve::grade(&other, word)).collect::<Result<_, _>>()?;
        let as_at = listing.view().as_at();
        let listing = listing.retaining(|authority| {
            let newest = authority.latest(&other, as_at).map(|newest| newest.judgements.iter());
            let mut found = newest.into_iter().flatten().filter_map(|judgement| judgement.grade());
            grades.is_empty() || found.any(|grade| grades.contains(&grade))
        });
        return answer(&data.of.form, |out, format, terminal| {
            ListBeside { listing: &listing, other: &other, grades: &grades }.write(out, format, terminal)
        });
    }
    answer(&data.of.form, |out, format, terminal| List(&listing).write(out, format, terminal))
}
