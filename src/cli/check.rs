//! `scrutineer check`: reports what files contain, and what is wrong with them.

use std::io::{self, Write};
use std::path::PathBuf;

use super::input::{self, Files};
use super::output::print;
use crate::load::{Loaded, Unusable};
use crate::text::plural;

/// Prints the contents and all problems of each file; returns 1 if one cannot be used, otherwise 0.
///
/// # Errors
/// If a file cannot be read, or standard output cannot be written to.
pub fn check(files: &Files) -> anyhow::Result<u8> {
    let mut status = 0;
    let bundled = Files { paths: Vec::new(), has_bundled: true };
    let of = |path: &PathBuf| Files { paths: vec![path.clone()], has_bundled: false };
    for file in files.paths.iter().map(of).chain(files.has_bundled.then_some(bundled)) {
        match input::open(&file) {
            Ok(opened) => print(|out, _| write_usable(out, &opened.name, &opened.loaded))?,
            Err(error) => match error.downcast::<Unusable>() {
                Ok(refusal) => {
                    status = 1;
                    print(|out, _| writeln!(out, "{refusal}"))?;
                }
                Err(error) => return Err(error),
            },
        }
    }
    if status == 0 && files.paths.len() > 1 {
        let joined = input::open(files)?;
        print(|out, _| write_matches(out, &joined.loaded))?;
    }
    Ok(status)
}

/// Writes which authorities of different files were matched although their names differ.
fn write_matches(out: &mut dyn Write, loaded: &Loaded) -> io::Result<()> {
    if let Some(matched) = loaded.matched_summary() {
        writeln!(out, "joined: {matched}")?;
    }
    loaded.matches.iter().try_for_each(|sentence| writeln!(out, "  {sentence}"))
}

fn write_usable(out: &mut dyn Write, name: &str, loaded: &Loaded) -> io::Result<()> {
    let dataset = &loaded.dataset;
    writeln!(out, "{name}: {}, {}", dataset.title, dataset.publisher)?;
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
    if loaded.problems.is_empty() && loaded.repairs.is_empty() {
        return writeln!(out, "  no problem");
    }
    if !loaded.problems.is_empty() {
        writeln!(out, "  {} left out: {}", loaded.left_out.len(), loaded.left_out.join(", "))?;
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
    Ok(())
}
