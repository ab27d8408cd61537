//! Makes `assets/record.bin`, which is compiled into the program, from `assets/record.json`.

use std::fs;

use scrutineer::dataset::pack;
use scrutineer::load::from_json;

fn main() -> anyhow::Result<()> {
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");
    let loaded = from_json(&fs::read(format!("{assets}/record.json"))?, "assets/record.json")?;
    anyhow::ensure!(loaded.problems.is_empty(), "assets/record.json has problems: {:?}", loaded.problems);
    fs::write(format!("{assets}/record.bin"), pack(&loaded.dataset))?;
    Ok(())
}
