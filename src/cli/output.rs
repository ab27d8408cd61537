//! Shared by the commands: opens the listing that they are about, and writes to standard output.

use std::io::{self, BufWriter, IsTerminal, Read as _, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};

use super::input::{self, Files};
use super::options::{Data, Form, PACKAGE, Shown};
use crate::app::Overwrite;

use crate::dataset::{Dataset, Framework};
use crate::query::{Filter, Listing, ListingOptions, resolve};
use crate::report::{Format, Screen};
use crate::terminal::write_file;
use crate::text::{clean, plural};
use crate::wording;

/// Opens the data and applies the options of a command.
///
/// # Errors
/// If the files cannot be used, an option names something that they do not contain, or the data do not go back to the
/// date of `--as-at`.
pub fn listing(data: &Data, files: &Files, query: &str, sort: Option<&str>) -> anyhow::Result<Listing> {
    let (dataset, framework) = opened(&data.of, files)?;
    let regions = data.region.iter().map(|word| resolve::region(&dataset, word)).collect::<Result<_, _>>()?;
    let asked = data.asked.iter().map(|word| resolve::code(&dataset, word).map(|code| code.id.clone()));
    let asked = asked.collect::<Result<_, _>>()?;
    let mut filter = Filter {
        regions,
        grades: Vec::new(),
        since: data.since,
        asked,
        is_quoted: data.said,
        happened: data.happened.clone(),
    };
    for wanted in &data.grade {
        let framework = framework.as_deref().context("the dataset has no framework, so no grades")?;
        let category = category(&dataset, framework, &wanted.category)?;
        for grade in wanted.grade.split(',') {
            filter.grades.push((category, resolve::grade(framework, grade.trim())?));
        }
    }
    let sort = sort.map(|word| resolve::sort(framework.as_deref(), word)).transpose()?;
    let options = ListingOptions { framework, as_at: data.of.as_at(), filter, query: query.to_owned(), sort };
    listed(dataset, options)
}

/// Opens the data and lists all councils under the framework and as at the day of a command.
///
/// # Errors
/// As [`listing`].
pub fn shown(of: &Shown, files: &Files) -> anyhow::Result<Listing> {
    let (dataset, framework) = opened(of, files)?;
    listed(dataset, ListingOptions { framework, as_at: of.as_at(), ..ListingOptions::default() })
}

/// Opens the data, and finds the framework asked for or else the leading one.
fn opened(of: &Shown, files: &Files) -> anyhow::Result<(Arc<Dataset>, Option<Arc<Framework>>)> {
    let opened = input::open(files)?;
    opened.warn();
    let dataset = opened.loaded.dataset;
    let framework = match &of.framework {
        Some(word) => Some(resolve::framework(&dataset, word)?),
        None => dataset.leading_framework().cloned(),
    };
    Ok((dataset, framework))
}

fn listed(dataset: Arc<Dataset>, options: ListingOptions) -> anyhow::Result<Listing> {
    let listing = Listing::new(dataset, options);
    if listing.view().is_beyond_data() {
        bail!(wording::only_latest("earlier days"));
    }
    Ok(listing)
}

/// Refuses an answer about one framework that would be empty although there is one under another framework.
///
/// # Errors
/// If so; the message names the framework to ask for.
pub fn refuse_empty(listing: &Listing) -> anyhow::Result<()> {
    other_framework(listing).map_or(Ok(()), |words| bail!(words))
}

/// Says under which framework there is an answer if there is none under the one asked for; `None` if there is one, or if
/// no other framework has one either.
fn other_framework(listing: &Listing) -> Option<String> {
    let (view, filter) = (listing.view(), listing.filter());
    let shown = view.framework()?;
    // Rows without an assessment are an answer to a search.
    let is_answered =
        listing.ids().any(|id| view.is_assessed(id)) || (!listing.is_empty() && !listing.query().is_empty());
    // Under a day, assessments without a date are left out, whatever their framework.
    let assessments = listing.dataset().authorities.iter().flat_map(|authority| &authority.assessments);
    let has_undated = assessments.filter(|a| a.framework.is(shown)).any(|a| a.order_day().is_none());
    if is_answered || !filter.grades.is_empty() || (view.as_at().is_some() && has_undated) {
        return None;
    }
    let count = |framework: &Arc<Framework>| {
        let options = ListingOptions {
            framework: Some(Arc::clone(framework)),
            as_at: view.as_at(),
            filter: filter.clone(),
            query: listing.query().to_owned(),
            sort: None,
        };
        let other = Listing::new(Arc::clone(listing.dataset()), options);
        other.ids().filter(|id| other.view().is_assessed(*id)).count()
    };
    let others = listing.dataset().frameworks.iter().filter(|other| !other.is(shown));
    let most =
        others.map(|other| (count(other), other)).filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count);
    let (count, other) = most?;
    let authorities = plural(count, "council", "councils");
    Some(format!(
        "nothing was assessed under {} that this asks for; under {} it is {authorities}: add --framework {}",
        shown.title, other.title, other.id
    ))
}

/// Returns the position of the category of a framework that a word means.
///
/// # Errors
/// If the framework has no such category; the message names another framework that has.
pub fn category(dataset: &Dataset, framework: &Framework, word: &str) -> anyhow::Result<usize> {
    resolve::category(framework, word).map_err(|unknown| {
        let others = dataset.frameworks.iter().filter(|other| resolve::category(other, word).is_ok());
        match others.max_by_key(|other| other.from) {
            Some(other) => anyhow!("{unknown}; {} has it: add --framework {}", other.short, other.id),
            None => unknown.into(),
        }
    })
}

/// Writes an answer in the form asked for, to standard output or to a file: completely or not at all.
///
/// # Errors
/// If a workbook would go to a terminal, or if the answer cannot be written.
pub fn answer(
    form: &Form,
    write: impl Fn(&mut dyn Write, Format, Option<Screen>) -> io::Result<()>,
) -> anyhow::Result<()> {
    let format = form.format();
    if let Some(file) = form.output.as_deref().filter(|_| form.package) {
        refuse_other_package(file)?;
    }
    to(form.output.as_deref(), format == Format::Xlsx, |out, terminal| {
        let terminal = terminal.map(|screen| Screen { has_notes: form.notes, ..screen });
        write(out, format, terminal)
    })?;
    match form.output.as_deref().filter(|_| form.package) {
        Some(file) => package(file, |out| write(out, Format::Package, None)),
        None => Ok(()),
    }
}

/// The maximum size of a data package of our own, in bytes.
const MAX_PACKAGE: u64 = 1 << 20;

/// Refuses to write over a data package that is about other files.
fn refuse_other_package(file: &Path) -> anyhow::Result<()> {
    let beside = file.with_file_name(PACKAGE);
    if std::fs::symlink_metadata(&beside).is_err() {
        return Ok(());
    }
    let mut there = Vec::new();
    // Opening a pipe would wait for ever.
    if beside.is_file() {
        std::fs::File::open(&beside)?.take(MAX_PACKAGE).read_to_end(&mut there)?;
    }
    let there: serde_json::Value = serde_json::from_slice(&there).unwrap_or_default();
    let path = there.pointer("/resources/0/path").and_then(serde_json::Value::as_str);
    let is_one = there.pointer("/resources").and_then(serde_json::Value::as_array).is_some_and(|all| all.len() == 1);
    if is_one && path.is_some_and(|path| file.file_name().is_some_and(|name| name == path)) {
        return Ok(());
    }
    let shown = clean(&beside.display().to_string()).into_owned();
    bail!("{shown} describes other files; write the answer into another folder, or move that file away")
}

/// Writes the data package of an answer beside the file of its rows.
fn package(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut described = Vec::new();
    write(&mut described)?;
    let mut package: serde_json::Value = serde_json::from_slice(&described)?;
    if let (Some(path), Some(name)) = (package.pointer_mut("/resources/0/path"), file.file_name()) {
        *path = serde_json::Value::from(name.to_string_lossy());
    }
    let beside = file.with_file_name(PACKAGE);
    to(Some(&beside), false, |out, _| writeln!(out, "{package:#}"))
}

/// Writes to a file, completely or not at all, or to standard output if there is none, or if it is `-`.
///
/// # Errors
/// If bytes that are no text would go to a terminal, or if it cannot be written.
pub fn to(
    file: Option<&Path>,
    is_binary: bool,
    write: impl FnOnce(&mut dyn Write, Option<Screen>) -> io::Result<()>,
) -> anyhow::Result<()> {
    let Some(path) = file.filter(|path| path.as_os_str() != "-") else {
        if is_binary && io::stdout().is_terminal() {
            bail!("a workbook is no text; name a file for it: -o FILE.xlsx");
        }
        return Ok(print(write)?);
    };
    let written = write_file(path, Overwrite::Confirmed, |out| write(out, None));
    written.with_context(|| format!("cannot write {}", clean(&path.display().to_string())))
}

/// Writes to standard output; `write` is passed the properties of the terminal, if it is one.
///
/// # Errors
/// If standard output cannot be written to.
pub fn print(write: impl FnOnce(&mut dyn Write, Option<Screen>) -> io::Result<()>) -> io::Result<()> {
    let stdout = io::stdout();
    // Otherwise, do not ask for the size: crossterm would start another program to find it.
    let size = stdout.is_terminal().then(crossterm::terminal::size).and_then(Result::ok);
    let columns = size.map(|(columns, _)| usize::from(columns)).filter(|c| *c > 0);
    let has_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let screen = columns.map(|columns| Screen { columns, has_links, has_notes: false });
    let mut out = BufWriter::with_capacity(1 << 16, stdout.lock());
    write(&mut out, screen)?;
    out.flush()
}
