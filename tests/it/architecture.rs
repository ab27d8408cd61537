//! Checks imports: against the table in ARCHITECTURE.md, and that no file needs another one that needs it; and that there is
//! only one version of crossterm.

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

/// Returns the paths from the root of the crate that some code uses: `x::y` for `crate::x::y`, also inside
/// `crate::{x::y, z}`.
fn used(code: &str) -> Vec<String> {
    let Named { used, passed_on } = named(code, None);
    used.iter().chain(&passed_on).map(|path| path.join("::")).collect()
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
        let used = used(&code);
        for path in allowed {
            assert!(used.iter().any(|used| is_within(used, path)), "{module} does not use {path}");
        }
    }
}

/// The names that lead from the root of the crate to a module or an item.
type Names = Vec<String>;

/// What a file names.
#[derive(Debug, Default)]
struct Named {
    /// What it uses.
    used: Vec<Names>,
    /// What it only passes on: `pub use`.
    passed_on: Vec<Names>,
}

/// Splits code into names, `::`, and single other characters.
fn tokens(code: &str) -> Vec<&str> {
    let mut rest = code;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let length = if length > 0 { length } else { first.len_utf8() };
        let (token, after) = if rest.starts_with("::") { rest.split_at(2) } else { rest.split_at(length) };
        if !first.is_whitespace() {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

/// Adds the paths of a tree `a::{b, c::d}` to those found; returns the number of its tokens.
fn tree(tokens: &[&str], mut path: Names, found: &mut Vec<Names>) -> usize {
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                while tokens.get(at).is_some_and(|token| *token != "}") {
                    at += 1;
                    at += tree(&tokens[at..], path.clone(), found);
                }
                return at + 1;
            }
            Some(&"self") => {}
            Some(&"super") => _ = path.pop(),
            Some(name) if name.starts_with(|c: char| c.is_alphabetic()) => path.push((*name).to_owned()),
            _ => return at,
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            found.push(path);
            return at;
        }
        at += 1;
    }
}

/// Returns what some code names from the root of the crate and, if its module is given, from there.
fn named(code: &str, module: Option<&Names>) -> Named {
    let tokens = tokens(code);
    let children: BTreeSet<&str> = tokens.windows(3).filter(|w| w[0] == "mod" && w[2] == ";").map(|w| w[1]).collect();
    let mut named = Named::default();
    let mut is_public = false;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "pub" => is_public = true,
            ";" | "fn" | "struct" | "enum" => is_public = false,
            _ => {}
        }
        let is_start =
            tokens.get(at + 1) == Some(&"::") && at.checked_sub(1).is_none_or(|before| tokens[before] != "::");
        let path = match (*token, module) {
            ("crate", _) => Names::new(),
            ("super" | "self", Some(module)) => module.clone(),
            (name, Some(module)) if children.contains(name) => module.clone(),
            _ => continue,
        };
        if is_start {
            let is_passed_on = is_public && tokens[..at].ends_with(&["use"]);
            let found = if is_passed_on { &mut named.passed_on } else { &mut named.used };
            let skipped = if *token == "crate" { 2 } else { 0 };
            tree(&tokens[at + skipped..], path, found);
        }
    }
    named
}

/// Returns the module of the file that has what a path leads to.
fn home(files: &BTreeMap<Names, Named>, path: &Names) -> Option<Names> {
    let length = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let (module, item) = path.split_at(length);
    let passed_on = files[module].passed_on.iter().find(|passed| !item.is_empty() && passed.last() == item.first());
    match passed_on {
        Some(passed) => home(files, passed),
        None => Some(module.to_vec()),
    }
}

fn module(file: &Path) -> Names {
    let file = file.strip_prefix("src").unwrap().with_extension("");
    let mut names: Names = file.iter().map(|name| name.to_str().unwrap().to_owned()).collect();
    names.pop_if(|name| name == "mod");
    names
}

/// Returns, for each module, those that it needs. What a file takes from the module around it does not count.
fn needs() -> BTreeMap<Names, BTreeSet<Names>> {
    let files = sources(Path::new("src")).into_iter().map(|file| {
        let module = module(&file);
        let named = named(&code(&file), Some(&module));
        (module, named)
    });
    let files: BTreeMap<Names, Named> = files.collect();
    let needed = |module: &Names, named: &Named| -> BTreeSet<Names> {
        let homes = named.used.iter().filter_map(|path| home(&files, path));
        homes.filter(|home| !module.starts_with(home)).collect()
    };
    files.iter().map(|(module, named)| (module.clone(), needed(module, named))).collect()
}

fn reachable<'n>(needs: &'n BTreeMap<Names, BTreeSet<Names>>, from: &'n Names) -> BTreeSet<&'n Names> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        open.extend(needs[next].iter().filter(|needed| found.insert(*needed)));
    }
    found
}

#[test]
fn no_files_need_each_other() {
    let needs = needs();
    let circular = needs.keys().filter(|module| reachable(&needs, module).contains(module));
    let tie = |module: &Names| {
        let back = needs[module].iter().filter(|needed| reachable(&needs, needed).contains(module));
        let back: Vec<String> = back.map(|needed| needed.join("::")).collect();
        format!("{} needs {}", module.join("::"), back.join(", "))
    };
    let circular: Vec<String> = circular.map(tie).collect();
    assert!(circular.is_empty(), "these need each other: {circular:#?}");
}

#[test]
fn what_a_file_names_is_found_in_the_file_that_has_it() {
    let needs = needs();
    let needed = |module: &[&str]| -> Vec<String> {
        let module: Names = module.iter().map(|name| (*name).to_owned()).collect();
        needs[&module].iter().map(|names| names.join("::")).collect()
    };
    assert!(needed(&["load", "ilacs", "table"]).contains(&"load::ilacs::headers".to_owned()));
    assert!(needed(&["cli", "input"]).contains(&"load::join".to_owned()), "through what a module passes on");
    assert!(needed(&["load", "ilacs", "csv"]).contains(&"load::ilacs::csv_rows".to_owned()));
    assert!(needed(&["fetch"]).contains(&"fetch::check".to_owned()), "a child of a module");
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
