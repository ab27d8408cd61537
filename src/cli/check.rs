//! `scrutineer check`: reports what files contain, and what is wrong with them.

use std::io::{self, Write};
use std::path::PathBuf;

use super::input::{self, Fetched, Files};
use super::output::print;
use crate::dataset::Dataset;
use crate::load::{Difference, Loaded, Unusable};
use crate::text::plural;

/// Prints the contents and all problems of each file; returns 1 if one cannot be used, otherwise 0.
///
/// # Errors
/// If a file cannot be read, or standard output cannot be written to.
pub fn check(files: &Files) -> anyhow::Result<u8> {
    let mut status = 0;
    let (mut remarks, mut within) = (Vec::new(), Vec::new());
    let max = files.max_megabytes;
    let record = Files { paths: Vec::new(), fetched: Fetched::default(), has_record: true, max_megabytes: max };
    let paths: Vec<PathBuf> = files.paths.iter().cloned().chain(files.fetched.paths()).collect();
    let alone = paths.iter().map(|path| Files::alone(path, max));
    for file in alone.chain(paths.is_empty().then_some(record)) {
        match input::open(&file) {
            Ok(opened) => {
                print(|out, _| write_usable(out, &opened.name, &opened.loaded))?;
                remarks.extend(opened.loaded.remarks);
                within.extend(opened.loaded.differences);
                within.extend(opened.loaded.date_differences);
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
    let has_standard_input = paths.iter().any(|path| path.as_os_str() == "-");
    let is_several = paths.len() > 1 || (paths.len() == 1 && files.has_record);
    // Standard input can be read only once.
    let is_joined = is_several && !has_standard_input;
    if status == 0 && is_joined {
        let mut joined = input::open(files)?;
        joined.loaded.remarks.retain(|remark| !remarks.contains(remark));
        // What single files differ on within themselves is named above.
        joined.loaded.differences.retain(|difference| !within.contains(difference));
        joined.loaded.date_differences.retain(|difference| !within.contains(difference));
        print(|out, _| write_matches(out, &joined.loaded, files.has_record))?;
    }
    Ok(status)
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

/// Says how many inspections were published before they began, with the first as an example; `None` if none were.
fn published_first(dataset: &Dataset) -> Option<String> {
    let (mut count, mut example) = (0_usize, None);
    for authority in &dataset.authorities {
        for assessment in &authority.assessments {
            let days = assessment.first_day().zip(assessment.date);
            if let Some((began, date)) = days.filter(|(began, date)| began.first_day() > date.last_day()) {
                count += 1;
                example.get_or_insert((&authority.name, began, date));
            }
        }
    }
    let (name, began, date) = example?;
    let inspections = plural(count, "inspection", "inspections");
    Some(format!(
        "{inspections} published before the first day, e.g. {name}, which begins on {began} and is published on {date}: \
         check whether the dates are swapped"
    ))
}

fn write_usable(out: &mut dyn Write, name: &str, loaded: &Loaded) -> io::Result<()> {
    let dataset = &loaded.dataset;
    writeln!(out, "{name}: {}, {}", dataset.title, dataset.publishers())?;
    let assessments: usize = dataset.authorities.iter().map(|a| a.assessments.len()).sum();
    let judgements = dataset.authorities.iter().flat_map(|a| &a.assessments).flat_map(|a| a.judgements.iter());
    let (graded, all) =
        judgements.fold((0, 0), |(graded, all), j| (graded + usize::from(j.grade().is_some()), all + 1));
    let authorities = plural(dataset.authorities.len(), "authority", "authorities");
    let assessments = plural(assessments, "assessment", "assessments");
    writeln!(out, "  {authorities}, {assessments}, {graded} of {all} judgements are grades")?;
    let frameworks = plural(dataset.frameworks.len(), "framework", "frameworks");
    let sources = plural(dataset.sources.len(), "source", "sources");
    let claims = plural(dataset.claims.len(), "published figure", "published figures");
    writeln!(out, "  {frameworks}, {sources}, {claims}")?;
    for remark in &loaded.remarks {
        writeln!(out, "  {remark}")?;
    }
    let today = crate::fetch::today();
    if let Some(date) = dataset.date.filter(|date| today.is_some_and(|today| date.first_day() > today)) {
        writeln!(out, "  the newest report is of {date}, which is still to come: check its date")?;
    }
    if let Some(words) = published_first(dataset) {
        writeln!(out, "  {words}")?;
    }
    write_differences(out, "  in this file", loaded, false)?;
    if loaded.problems.is_empty() && loaded.repairs.is_empty() && loaded.difference_count() == 0 {
        return writeln!(out, "  no problem");
    }
    if !loaded.problems.is_empty() {
        writeln!(out, "  {} left out: {}", loaded.left_out_count(), loaded.left_out.join(", "))?;
    }
    for problem in &loaded.problems {
        writeln!(out, "  {problem}")?;
    }
    if let Some(repaired) = loaded.repaired_summary() {
        writeln!(out, "  {repaired}")?;
    }
    for repair in &loaded.repairs {
        writeln!(out, "  {repair}")?;
    }
    loaded.unlisted_summary().map_or(Ok(()), |others| writeln!(out, "  {others}"))
}
