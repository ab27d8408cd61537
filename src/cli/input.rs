//! Opens what the browser and the commands read.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::load::{Loaded, Part, bundled, from_json, join};

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

/// Reads a dataset: from files, one of which can be standard input as `-`, joined where there are
/// several; the bundled one without any.
///
/// # Errors
/// Where a file cannot be read, or holds no dataset that can be used.
pub fn open(files: &[PathBuf]) -> anyhow::Result<Opened> {
    let mut parts = files.iter().map(|file| read(file)).collect::<anyhow::Result<Vec<Part>>>()?;
    if parts.is_empty() {
        parts.push(Part { loaded: bundled()?, name: "the bundled dataset".to_owned() });
    }
    let name = parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>().join(" and ");
    Ok(Opened { loaded: join(parts)?, name })
}

fn read(path: &Path) -> anyhow::Result<Part> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_stdin { read_stdin() } else { std::fs::read(path) };
    let bytes = bytes.with_context(|| format!("cannot read {name}"))?;
    Ok(Part { loaded: from_json(&bytes, &name)?, name })
}

fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
