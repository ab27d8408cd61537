//! Prints what changed from one file to another: `cargo run --example list_changes OLD NEW`.

use std::fs::File;

use scrutineer::load::from_reader;
use scrutineer::query::changes::changes;

fn main() -> anyhow::Result<()> {
    let mut paths = std::env::args().skip(1);
    let old = paths.next().unwrap_or_else(|| "tests/files/history.csv".to_owned());
    let new = paths.next().unwrap_or_else(|| "tests/files/history-later.csv".to_owned());
    let read = |path: &str| Ok::<_, anyhow::Error>(from_reader(File::open(path)?, path)?.dataset);
    let (old, new) = (read(&old)?, read(&new)?);
    for change in changes(&old, &new) {
        let assessment = change.assessment.zip(change.category);
        let category = assessment.and_then(|(assessment, category)| assessment.framework.categories.get(category));
        let label = category.map_or("", |category| &category.label);
        let movement = change.movement.map_or("", |movement| movement.name());
        println!("{}: {} {label} {movement}", change.authority.name, change.kind.name());
    }
    Ok(())
}
