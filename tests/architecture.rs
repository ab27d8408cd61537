//! Holds the direction of imports that ARCHITECTURE.md draws, and the one version of crossterm.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those of ours that it may use.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("text", &[]),
    ("layout", &[]),
    ("dataset", &["text"]),
    ("load", &["dataset", "text"]),
    ("query", &["dataset", "text"]),
    ("statistics", &["dataset", "query"]),
    ("wording", &["dataset", "query", "statistics"]),
    ("app", &["wording", "dataset", "query", "statistics", "layout", "text", "load"]),
    ("ui", &["app", "dataset", "query", "statistics", "layout", "text", "load"]),
    ("report", &["wording", "dataset", "query", "statistics", "text"]),
    ("settings", &["app", "dataset", "query", "text", "ui"]),
    ("terminal", &["app", "ui", "layout", "load", "query", "report", "dataset", "text"]),
    (
        "cli",
        &[
            "app",
            "dataset",
            "layout",
            "load",
            "query",
            "report",
            "settings",
            "statistics",
            "terminal",
            "text",
            "ui",
            "wording",
        ],
    ),
];

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

/// The code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules of ours that a code names: `crate::x`, also within `crate::{x, y}`.
fn used(code: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => names.extend(group.split('}').next().unwrap().split(',').map(|part| name(part.trim()))),
            None => names.push(name(after)),
        }
    }
    names
}

#[test]
fn every_module_uses_only_those_it_may() {
    for (module, allowed) in MAY_USE {
        for path in sources(&Path::new("src").join(module)) {
            for name in used(&code(&path)) {
                assert!(name == module || allowed.contains(&name.as_str()), "{} uses {name}", path.display());
            }
        }
    }
}

#[test]
fn every_module_has_its_rule() {
    let modules = fs::read_dir("src").unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir());
    for path in modules {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(MAY_USE.iter().any(|(module, _)| *module == name), "{name} has no rule");
    }
}

#[test]
fn only_the_rim_names_what_is_the_rims() {
    let rims: [(&str, &[&str]); 4] = [
        ("ratatui::widgets", &["ui"]),
        ("ratatui::style", &["ui", "terminal"]),
        ("std::thread", &["terminal"]),
        ("std::fs", &["cli", "terminal"]),
    ];
    for path in sources(Path::new("src")) {
        let module = path.iter().nth(1).unwrap().to_str().unwrap().to_owned();
        for (name, owners) in rims {
            assert!(
                !code(&path).contains(name) || owners.contains(&module.as_str()),
                "{} names {name}",
                path.display()
            );
        }
    }
}

#[test]
fn there_is_one_crossterm() {
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    assert_eq!(lock.lines().filter(|l| *l == "name = \"crossterm\"").count(), 1);
}

#[test]
fn the_seed_is_unchanged() {
    let seed = fs::read("seeds/000_b43f0f32f50007cc.txt").unwrap();
    assert_eq!(seed.len(), 2635);
    assert!(!seed.ends_with(b"\n"));
}
