//! `scrutineer site`: writes the record as pages that link to each other.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::input::{self, Files};
use crate::query::{Listing, ListingOptions, regions};
use crate::report::Site;
use crate::terminal::{at_home, write_folder};
use crate::text::{clean, plural};

/// The maximum number of councils and of regions: England has had some 200, and each page looks at all.
const MOST: (usize, usize) = (2_000, 100);

/// Writes the site into a new folder, and says on standard error how many pages it has.
///
/// # Errors
/// If the data cannot be used or have too many councils, there is something in the folder already, or it cannot be written.
pub fn site(folder: &Path, files: &Files) -> anyhow::Result<()> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = Arc::clone(&opened.loaded.dataset);
    let (councils, regions) = (dataset.authorities.len(), regions(&dataset).len());
    if councils > MOST.0 || regions > MOST.1 {
        bail!(
            "the data have {councils} councils in {regions} regions; a site has at most {} in {}, each with a page",
            MOST.0,
            MOST.1
        );
    }
    let framework = dataset.leading_framework().cloned();
    let listing = Listing::new(dataset, ListingOptions { framework, ..ListingOptions::default() });
    let folder = at_home(folder);
    let shown = clean(&folder.display().to_string()).into_owned();
    let mut pages = 0;
    let written = write_folder(&folder, |put| {
        Site::new(&listing).write(&mut |path, text| {
            pages += usize::from(path.ends_with(".html"));
            put(path, text)
        })
    });
    written.with_context(|| format!("cannot write the site into {shown}"))?;
    super::warn(&format!("wrote {} to {shown}; begin with index.html", plural(pages, "page", "pages")));
    Ok(())
}
