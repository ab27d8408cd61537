//! The list as plain text: a row an authority, columns aligned, nothing that steers a terminal.

use std::io::{self, Write};

use crate::dataset::{Authority, Dataset, Outcome};
use crate::query::{Index, Ranking, View};
use crate::text::width;

/// The widest the column of names gets; a longer name is written whole and moves its row.
const NAMES: usize = 40;

/// Writes the authorities of a ranking, the latest judgement of each in every category, and beneath
/// them what the signs mean.
///
/// # Errors
/// Where nothing more can be written.
pub fn table(out: &mut impl Write, dataset: &Dataset, index: &Index, view: &View, mut rows: Ranking) -> io::Result<()> {
    rows.prepare(usize::MAX);
    let authorities = || (0..rows.len()).filter_map(|i| dataset.authorities.get(index.authority(rows.get(i)?.rank())?));
    let names = authorities().map(|a| width(&a.name)).max().unwrap_or(0).clamp(9, NAMES);
    write!(out, "authority{}", pad(9, names))?;
    for category in view.categories() {
        write!(out, "  {}", category.short)?;
    }
    writeln!(out)?;
    for authority in authorities() {
        write_row(out, view, authority, names)?;
    }
    write_legend(out, dataset, view, rows.len())
}

fn write_row(out: &mut impl Write, view: &View, authority: &Authority, names: usize) -> io::Result<()> {
    let mut line = format!("{}{}", authority.name, pad(width(&authority.name), names));
    for (column, category) in view.categories().iter().enumerate() {
        let cell = view.judgement(column, authority).map(|judgement| match judgement.outcome {
            Outcome::Grade(grade) => {
                let sign = view.framework().and_then(|f| f.scale.step(grade)).map(|s| s.sign()).unwrap_or_default();
                sign + judgement.standing.mark()
            }
            Outcome::Absent(absence) => absence.sign().to_owned(),
        });
        let cell = cell.unwrap_or_default();
        line.push_str(&format!("  {cell}{}", pad(width(&cell), width(&category.short))));
    }
    writeln!(out, "{}", line.trim_end())
}

fn write_legend(out: &mut impl Write, dataset: &Dataset, view: &View, count: usize) -> io::Result<()> {
    writeln!(out)?;
    let date = dataset.date.map(|d| format!(", {d}")).unwrap_or_default();
    writeln!(out, "{count} authorities. {}, {}{date}.", dataset.title, dataset.publisher)?;
    if let Some(framework) = view.framework() {
        let steps: Vec<String> = framework.scale.steps.iter().map(|s| format!("{} {}", s.sign(), s.word)).collect();
        writeln!(out, "Grades, best first: {}.", steps.join(", "))?;
    }
    writeln!(out, "* inferred or second-hand  · not reported  – category not graded then  ? unreadable  □ blank")
}

fn pad(used: usize, room: usize) -> String {
    " ".repeat(room.saturating_sub(used))
}
