//! What the commands have in common: the data they are about, and where the answer goes.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::{Context as _, bail};

use super::arguments::Data;
use super::input::{self, Files};
use crate::query::{Filter, Listing, ListingOptions, resolve};
use crate::report::Screen;
use crate::wording;

/// The listing that a command is about.
///
/// # Errors
/// If the files cannot be used, an option names what is not in them, or the data cannot answer for the day asked for.
pub fn listing(data: &Data, files: &Files, query: &str, sort: Option<&str>) -> anyhow::Result<Listing> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = opened.loaded.dataset;
    let framework = match &data.framework {
        Some(word) => Some(resolve::framework(&dataset, word)?),
        None => dataset.leading_framework().cloned(),
    };
    let regions = data.region.iter().map(|word| resolve::region(&dataset, word)).collect::<Result<_, _>>()?;
    let mut filter = Filter { regions, grades: Vec::new(), since: data.since };
    for wanted in &data.grade {
        let framework = framework.as_deref().context("the dataset has no framework, so no grades")?;
        let (category, grade) = (&wanted.category, &wanted.grade);
        filter.grades.push((resolve::category(framework, category)?, resolve::grade(framework, grade)?));
    }
    let sort = sort.map(|word| resolve::sort(framework.as_deref(), word)).transpose()?;
    let options = ListingOptions { framework, as_at: data.as_at, filter, query: query.to_owned(), sort };
    let mut listing = Listing::new(dataset, options);
    if listing.view().is_beyond_data() {
        bail!(wording::no_earlier_day(data.as_at));
    }
    listing.prepare(usize::MAX);
    Ok(listing)
}

/// Writes an answer to standard output, and tells it of the terminal if that is one.
///
/// # Errors
/// If nothing more can be written.
pub fn print(write: impl FnOnce(&mut dyn Write, Option<Screen>) -> io::Result<()>) -> io::Result<()> {
    let stdout = io::stdout();
    // Elsewhere the size is not selection for: crossterm would start a program to find it out.
    let size = stdout.is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
    let columns = size.map(|(columns, _)| usize::from(columns)).filter(|c| *c > 0);
    let has_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let screen = columns.map(|columns| Screen { columns, has_links });
    let mut out = BufWriter::with_capacity(1 << 16, stdout.lock());
    write(&mut out, screen)?;
    out.flush()
}
