//! Opens what the browser and the commands read.

use std::io::{self, Read};
use std::path::Path;

use anyhow::Context as _;

use crate::load::{Loaded, bundled, from_json};

/// A dataset with the name of where it came from.
pub struct Opened {
    /// The dataset.
    pub loaded: Loaded,
    /// What messages call it.
    pub name: String,
}

impl Opened {
    /// Says on standard error what was left out, if anything was.
    pub fn complain(&self) {
        if let Some(summary) = self.loaded.summary(&self.name) {
            super::complain(&summary);
        }
    }
}

/// Reads a dataset: from a file, from standard input for `-`, the bundled one without either.
///
/// # Errors
/// Where the file cannot be read, or holds no dataset that can be used.
pub fn open(file: Option<&Path>) -> anyhow::Result<Opened> {
    let Some(path) = file else {
        return Ok(Opened { loaded: bundled()?, name: "the bundled dataset".to_owned() });
    };
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_stdin { read_stdin() } else { std::fs::read(path) };
    let bytes = bytes.with_context(|| format!("cannot read {name}"))?;
    Ok(Opened { loaded: from_json(&bytes, &name)?, name })
}

fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
