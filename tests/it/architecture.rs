//! Checks imports against the table in ARCHITECTURE.md, and that there is only one version of crossterm.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the table in ARCHITECTURE.md: for each module, the paths (from the root of the crate) it may use.
fn rules() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let rules: BTreeMap<_, _> = text.lines().filter_map(rule).collect();
    assert!(rules.len() > 10, "the table of ARCHITECTURE.md was not found");
    rules
}

/// Parses a row of the table: "| `src/query` | what it is | dataset, text |".
fn rule(line: &str) -> Option<(String, Vec<String>)> {
    let cells: Vec<&str> = line.trim().strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let [folder, _, allowed] = cells[..] else { return None };
    let module = folder.strip_prefix("`src/")?.strip_suffix('`')?;
    let allowed = allowed.split(',').map(|path| path.trim().trim_matches('`').to_owned());
    Some((module.to_owned(), allowed.filter(|path| path != "nothing").collect()))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

/// Returns the code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Returns the paths within the crate that some code uses: `x::y` for `crate::x::y`, also inside `crate::{x::y, z}`.
fn used(code: &str) -> Vec<String> {
    let path = |text: &str| -> String {
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(text.len());
        text[..end].trim_end_matches(':').to_owned()
    };
    let mut paths = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => paths.extend(group.split('}').next().unwrap().split(',').map(|part| path(part.trim()))),
            None => paths.push(path(after)),
        }
    }
    paths
}

/// Whether a path is an allowed one, or inside it.
fn is_within(path: &str, allowed: &str) -> bool {
    path.strip_prefix(allowed).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn every_module_uses_only_what_the_table_allows() {
    for (module, allowed) in rules() {
        for file in sources(&Path::new("src").join(&module)) {
            for path in used(&code(&file)) {
                let is_allowed = is_within(&path, &module) || allowed.iter().any(|a| is_within(&path, a));
                assert!(is_allowed, "{} uses {path}", file.display());
            }
        }
    }
}

#[test]
fn the_table_lists_every_module_and_nothing_else() {
    let folders = fs::read_dir("src").unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir());
    let folders: BTreeSet<String> = folders.map(|p| p.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let rules = rules();
    assert_eq!(rules.keys().cloned().collect::<BTreeSet<_>>(), folders);
    for (module, allowed) in &rules {
        let code: String = sources(&Path::new("src").join(module)).iter().map(|file| code(file)).collect();
        for path in allowed {
            assert!(used(&code).iter().any(|used| is_within(used, path)), "{module} does not use {path}");
        }
    }
}

#[test]
fn files_threads_connections_and_colours_are_used_only_by_their_modules() {
    let owned: [(&str, &[&str]); 11] = [
        ("ratatui::widgets", &["ui"]),
        ("ratatui::style", &["ui", "terminal"]),
        ("std::thread", &["terminal"]),
        ("std::fs", &["cli", "fetch", "terminal"]),
        ("std::net", &["fetch"]),
        // The pair of sockets through which caught signals arrive connects nothing.
        ("os::unix::net", &["fetch", "terminal"]),
        ("UnixStream::connect", &["fetch"]),
        ("UnixListener", &["fetch"]),
        ("rustix::net", &["fetch"]),
        ("rustls", &["fetch"]),
        ("ureq", &["fetch"]),
    ];
    for path in sources(Path::new("src")) {
        let module = path.iter().nth(1).unwrap().to_str().unwrap().to_owned();
        for (name, owners) in owned {
            assert!(
                !code(&path).contains(name) || owners.contains(&module.as_str()),
                "{} names {name}",
                path.display()
            );
        }
    }
}

#[test]
fn there_is_only_one_version_of_crossterm() {
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    assert_eq!(lock.lines().filter(|l| *l == "name = \"crossterm\"").count(), 1);
}

#[test]
fn the_seed_is_unchanged() {
    let seed = fs::read("seeds/000_b43f0f32f50007cc.txt").unwrap();
    assert_eq!(seed.len(), 2635);
    assert!(!seed.ends_with(b"\n"));
}
