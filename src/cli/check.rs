//! `scrutineer check`: reports what files contain, and what is wrong with them.

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use super::input::{self, Fetched, Files};
use super::output::print;
use crate::dataset::{Assessment, Dataset, Date};
use crate::load::{Difference, Loaded, Unusable};
use crate::query::changes::{Change, Kind, changes};
use crate::text::plural;
use crate::wording;

/// Prints the contents and all problems of each file; returns 1 if one cannot be used, otherwise 0.
///
/// # Errors
/// If a file cannot be read, or standard output cannot be written to.
pub fn check(files: &Files) -> anyhow::Result<u8> {
    let mut status = 0;
    let mut said = Said::default();
    let max = files.max_megabytes;
    files.fetched.problems.iter().for_each(|problem| super::warn(problem));
    let paths: Vec<PathBuf> = files.paths.iter().cloned().chain(files.fetched.paths()).collect();
    let has_standard_input = paths.iter().any(|path| path.as_os_str() == "-");
    let is_several = paths.len() > 1 || (paths.len() == 1 && files.has_record);
    // Standard input can be read only once.
    let is_joined = is_several && !has_standard_input;
    let named_by = |path: &PathBuf| files.named_by.clone().filter(|_| files.paths.contains(path));
    let alone = paths.iter().map(|path| Files { named_by: named_by(path), ..Files::alone(path, max) });
    for file in alone.chain(paths.is_empty().then(|| of_record(max))) {
        match input::open(&file) {
            Ok(opened) => {
                print(|out, _| write_contents(out, &opened.name, &opened.loaded))?;
                said.add(&opened.loaded);
                // What a single file adds to the record comes before how it was read.
                if paths.len() == 1 && is_joined {
                    check_joined(files, &said)?;
                }
                print(|out, _| write_readings(out, &opened.loaded))?;
            }
            Err(error) => match error.downcast::<Unusable>() {
                Ok(refusal) => {
                    status = 1;
                    print(|out, _| writeln!(out, "{refusal}"))?;
                }
                Err(error) => return Err(error),
            },
        }
    }
    if status == 0 && is_joined && paths.len() > 1 {
        check_joined(files, &said)?;
    }
    Ok(status)
}

/// Returns the record without any file.
fn of_record(max_megabytes: u64) -> Files {
    Files { paths: Vec::new(), fetched: Fetched::default(), has_record: true, max_megabytes, named_by: None }
}

/// What was said of single files, which is not said again of all of them.
#[derive(Default)]
struct Said {
    remarks: Vec<String>,
    differences: Vec<Difference>,
}

impl Said {
    fn add(&mut self, loaded: &Loaded) {
        self.remarks.extend(loaded.remarks.iter().cloned());
        self.differences.extend(loaded.differences.iter().chain(&loaded.date_differences).cloned());
    }
}

/// Joins the files, with the record unless it is left out, and prints the result.
fn check_joined(files: &Files, said: &Said) -> anyhow::Result<()> {
    let mut joined = input::open(files)?.loaded;
    joined.remarks.retain(|remark| !said.remarks.contains(remark));
    joined.differences.retain(|difference| !said.differences.contains(difference));
    joined.date_differences.retain(|difference| !said.differences.contains(difference));
    let before = if files.has_record { Some(input::open(&of_record(files.max_megabytes))?) } else { None };
    print(|out, _| {
        if let Some(before) = &before {
            write_additions(out, &before.loaded.dataset, &joined.dataset)?;
        }
        write_matches(out, &joined, files.has_record)
    })?;
    Ok(())
}

/// The maximum number of places that are named of what occurs often.
const MAX_PLACES: usize = 3;

/// Writes which inspections the files add to the record, and how many of its grades they correct.
fn write_additions(out: &mut dyn Write, record: &Dataset, joined: &Dataset) -> io::Result<()> {
    let changes = changes(record, joined);
    let name = |change: &&Change<'_>| {
        let day = change.assessment.and_then(Assessment::order_day).map(|day| format!(", {day}"));
        format!("{}{}", change.authority.name, day.unwrap_or_default())
    };
    // An inspection has a change for each category.
    let mut inspections: Vec<&Change<'_>> = changes.iter().filter(|change| change.kind == Kind::Inspection).collect();
    let is_same = |one: &Assessment, other: &Assessment| std::ptr::eq(one, other);
    inspections.dedup_by(|one, other| one.assessment.zip(other.assessment).is_some_and(|(a, b)| is_same(a, b)));
    let added: Vec<String> = inspections.iter().map(name).collect();
    let words = plural(added.len(), "inspection", "inspections");
    let names = if added.is_empty() { String::new() } else { format!(": {}", first_of(&added, "; ")) };
    writeln!(out, "joined with the record: adds {words}{names}")?;
    let corrections = changes.iter().filter(|change| change.kind == Kind::Correction);
    let corrected: Vec<String> = corrections.map(|change| name(&change)).collect();
    if !corrected.is_empty() {
        let grades = plural(corrected.len(), "judgement", "judgements");
        writeln!(out, "joined with the record: changes {grades} of it: {}", first_of(&corrected, "; "))?;
    }
    Ok(())
}

/// Names the first of some things, and how many more there are.
fn first_of(things: &[String], between: &str) -> String {
    let named = things.iter().take(MAX_PLACES).cloned().collect::<Vec<_>>().join(between);
    match things.len().saturating_sub(MAX_PLACES) {
        0 => named,
        more => format!("{named}{between}and {more} more"),
    }
}

/// Writes messages of one kind together: the first of each kind, then how many more there are like them.
fn write_grouped<T: fmt::Display>(out: &mut dyn Write, all: &[T], kind: impl Fn(&T) -> &str) -> io::Result<()> {
    let mut kinds: Vec<&str> = Vec::new();
    for one in all {
        if !kinds.contains(&kind(one)) {
            kinds.push(kind(one));
        }
    }
    for this in kinds {
        let of_kind: Vec<&T> = all.iter().filter(|one| kind(one) == this).collect();
        of_kind.iter().take(MAX_PLACES).try_for_each(|one| writeln!(out, "  {one}"))?;
        let more = of_kind.len().saturating_sub(MAX_PLACES);
        if more > 0 {
            writeln!(out, "  and {more} more: {this}")?;
        }
    }
    Ok(())
}

/// Writes a line for each framework: how many inspections under it, from when to when.
fn write_frameworks(out: &mut dyn Write, dataset: &Dataset) -> io::Result<()> {
    for framework in &dataset.frameworks {
        writeln!(out, "  {}: {}", framework.short, wording::held(dataset, framework))?;
    }
    Ok(())
}

/// Writes what joining the files, with the record if it was part of that, showed: authorities matched although their
/// names differ, grades on which two sources differ, and how many judgements one source filled in for another.
fn write_matches(out: &mut dyn Write, loaded: &Loaded, has_record: bool) -> io::Result<()> {
    let what = if has_record { "joined with the record" } else { "joined" };
    if let Some(matched) = loaded.matched_summary() {
        writeln!(out, "{what}: {matched}")?;
    }
    loaded.matches.iter().chain(&loaded.remarks).try_for_each(|sentence| writeln!(out, "  {sentence}"))?;
    write_differences(out, what, loaded, has_record)?;
    if loaded.filled > 0 {
        let count = plural(loaded.filled, "judgement", "judgements");
        writeln!(
            out,
            "{what}: {count} that one source lacks filled in from another; of inspections with grades in both:"
        )?;
        if loaded.filled_in.is_empty() {
            writeln!(out, "  none")?;
        }
        loaded.filled_in.iter().try_for_each(|filled| writeln!(out, "  {filled}"))?;
    }
    loaded.unlisted_summary().map_or(Ok(()), |others| writeln!(out, "  {others}"))
}

/// Writes the grades and the dates on which two records of an inspection differ.
fn write_differences(out: &mut dyn Write, what: &str, loaded: &Loaded, is_always_written: bool) -> io::Result<()> {
    let mut write = |count: String, differences: &[Difference]| {
        writeln!(out, "{what}: {count}; the better source is shown")?;
        differences.iter().try_for_each(|difference| writeln!(out, "  {difference}"))
    };
    if is_always_written || loaded.difference_count() > 0 {
        write(plural(loaded.difference_count(), "grade differs", "grades differ"), &loaded.differences)?;
    }
    if loaded.date_difference_count() > 0 {
        write(plural(loaded.date_difference_count(), "date differs", "dates differ"), &loaded.date_differences)?;
    }
    Ok(())
}

/// Writes what a file is, and what is in it.
fn write_contents(out: &mut dyn Write, name: &str, loaded: &Loaded) -> io::Result<()> {
    let dataset = &loaded.dataset;
    writeln!(out, "{name}: {}, {}", dataset.title, dataset.publishers())?;
    loaded.layout.iter().try_for_each(|layout| writeln!(out, "  {layout}"))?;
    let assessments: usize = dataset.authorities.iter().map(|a| a.assessments.len()).sum();
    let judgements = dataset.authorities.iter().flat_map(|a| &a.assessments).flat_map(|a| a.judgements.iter());
    let (graded, all) =
        judgements.fold((0, 0), |(graded, all), j| (graded + usize::from(j.grade().is_some()), all + 1));
    let authorities = plural(dataset.authorities.len(), "council", "councils");
    let assessments = plural(assessments, "assessment", "assessments");
    writeln!(out, "  {authorities}, {assessments}, {graded} of {all} judgements are grades")?;
    let frameworks = plural(dataset.frameworks.len(), "framework", "frameworks");
    let sources = plural(dataset.sources.len(), "source", "sources");
    let claims = plural(dataset.claims.len(), "published figure", "published figures");
    writeln!(out, "  {frameworks}, {sources}, {claims}")?;
    write_frameworks(out, dataset)
}

/// Writes what was read other than literally, and what was left out.
fn write_readings(out: &mut dyn Write, loaded: &Loaded) -> io::Result<()> {
    loaded.remarks.iter().try_for_each(|remark| writeln!(out, "  {remark}"))?;
    let today = Date::today();
    if let Some(date) = loaded.dataset.date.filter(|date| today.is_some_and(|today| date.first_day() > today)) {
        writeln!(out, "  the newest report is of {date}, which is still to come: check its date")?;
    }
    write_differences(out, "  in this file", loaded, false)?;
    if loaded.problems.is_empty() && loaded.repairs.is_empty() && loaded.difference_count() == 0 {
        return if loaded.remarks.is_empty() { writeln!(out, "  no problem") } else { Ok(()) };
    }
    if let Some(repaired) = loaded.repaired_summary() {
        writeln!(out, "  {repaired}")?;
    }
    write_grouped(out, &loaded.repairs, |repair| &repair.read_as)?;
    if !loaded.problems.is_empty() {
        writeln!(out, "  {} left out: {}", loaded.left_out_count(), first_of(&loaded.left_out, ", "))?;
    }
    write_grouped(out, &loaded.problems, |problem| &problem.expected)?;
    loaded.unlisted_summary().map_or(Ok(()), |others| writeln!(out, "  {others}"))
}
