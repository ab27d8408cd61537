//! Text from files and the names of files: nothing runs, in a terminal, a shell, a spreadsheet or a page.

#![cfg(unix)]
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use ratatui::layout::Size;
use scrutineer::app::{App, Effect, Options};
use scrutineer::load::from_json;
use serde_json::{Value, json};

use crate::common::{APA, press};
use crate::pty::SCRUTINEER;

fn run(folder: &Path, arguments: &[&OsStr]) -> Output {
    let mut command = Command::new(SCRUTINEER);
    command.arg(arguments[0]).arg("--only-files").args(&arguments[1..]);
    command.current_dir(folder).env("XDG_CONFIG_HOME", "/nonexistent").output().unwrap()
}

/// Asserts that a text has nothing that could control a terminal, and returns it.
fn harmless(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let hostile =
        text.chars().find(|c| (c.is_control() && *c != '\n' && *c != '\r') || matches!(c, '\u{202e}' | '\u{200b}'));
    assert_eq!(hostile, None, "{text:?}");
    text
}

/// Returns the assessment of 2006 with another name for its first authority.
fn renamed(name: &str) -> Value {
    let mut dataset: Value = serde_json::from_str(include_str!("../../assets/apa-2006.json")).unwrap();
    dataset["authorities"][0]["name"] = json!(name);
    dataset
}

/// Returns what is copied by some keys in a browser on a dataset.
fn copied(dataset: &Value, files: &[&str], keys: &str) -> String {
    let loaded = from_json(dataset.to_string().as_bytes(), "test").unwrap();
    let options = Options { files: files.iter().map(|file| (*file).to_owned()).collect(), ..Options::default() };
    let mut app = App::with_options(Arc::new(loaded), Size { width: 120, height: 36 }, options);
    let (first, last) = keys.split_at(keys.len() - 1);
    press(&mut app, first);
    let event = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(last.chars().next().unwrap()));
    match app.handle(&crossterm::event::Event::Key(event)).effect {
        Some(Effect::Copy(text)) => text,
        other => panic!("{keys} copies nothing: {other:?}"),
    }
}

#[test]
fn names_of_files_are_cleaned_in_every_answer_and_message() {
    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes("a\u{1b}]0;owned\u{7}\u{202e}\u{9b}\n.json".as_bytes());
    fs::copy(APA, folder.path().join(name)).unwrap();
    let word = OsStr::new;
    for arguments in [
        &[word("check"), name][..],
        &[word("changes"), name, name],
        &[word("changes"), word("--since"), word("2006-01-01"), word("-d"), name],
        &[word("list"), word("-d"), name],
        &[word("list"), word("-d"), name, word("--format"), word("markdown")],
    ] {
        let done = run(folder.path(), arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        harmless(&done.stdout);
        harmless(&done.stderr);
    }
    fs::write(folder.path().join(name), "{").unwrap();
    let missing = OsStr::from_bytes("no\u{1b}[31m.json".as_bytes());
    let odd = OsStr::from_bytes("no\u{1b}[31m/list.csv".as_bytes());
    for arguments in [
        &[word("check"), name][..],
        &[word("list"), word("-d"), name],
        &[word("list"), word("-d"), missing],
        &[word("list"), word("-d"), word(APA), word("-o"), odd],
        &[word("list"), word("-d"), word(APA), word("--config"), missing],
    ] {
        let done = run(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(1));
        let words = harmless(&done.stdout) + &harmless(&done.stderr);
        assert!(words.contains(".json") || words.contains("list.csv"), "{words}");
    }
}

#[test]
fn a_copied_command_line_opens_a_file_of_any_name() {
    let dataset = renamed("Bristol");
    for name in ["-x.json", "it's.json", "a b.json", "~", "$(touch owned)", "a;b.json", "-", "-d"] {
        let path = if name == "-" { "./-" } else { name };
        let line = copied(&dataset, &[path], "yc");
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), dataset.to_string()).unwrap();
        let line = line.replacen("scrutineer", &format!("{SCRUTINEER} --only-files"), 1);
        let line = line.replace("--only-files list", "list --only-files");
        let done = Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
        assert!(String::from_utf8(done.stdout).unwrap().contains("Bristol"), "{line}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{line}");
    }
    assert_eq!(copied(&dataset, &["a\u{1b}[31m\u{202e}.json"], "yc"), "scrutineer list -d 'a[31m.json'");
}

#[test]
fn a_copied_row_is_no_formula_in_a_spreadsheet() {
    for name in ["=cmd", "+cmd", "-cmd", "@cmd", "＝cmd"] {
        let row = copied(&renamed(name), &[], "/cmd<enter>yr");
        assert!(row.starts_with(&format!("'{name}\t")), "{row}");
    }
}

#[test]
fn csv_guards_names() {
    let folder = tempfile::tempdir().unwrap();
    for sign in ["=", "+", "-", "@", "＝"] {
        let dataset = renamed(&format!("{sign}name"));
        fs::write(folder.path().join("x.json"), dataset.to_string()).unwrap();
        let word = OsStr::new;
        let done = run(folder.path(), &[word("list"), word("-d"), word("x.json"), word("--format"), word("csv")]);
        let text = String::from_utf8(done.stdout).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells: Vec<String> = std::iter::once(reader.headers().unwrap().clone())
            .chain(reader.records().map(Result::unwrap))
            .flat_map(|record| record.iter().map(String::from).collect::<Vec<_>>())
            .collect();
        assert!(cells.iter().any(|cell| *cell == format!("'{sign}name")), "{text}");
        assert!(!cells.iter().any(|cell| cell.starts_with(sign)), "{text}");
    }
}

#[test]
fn markdown_shows_hostile_text_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = renamed("<img src=x onerror=alert(1)> [a](javascript:b) `c`");
    dataset["sources"][0]["link"] = json!("https://a.b/<script>](javascript:c)|`d`");
    fs::write(folder.path().join("x.json"), dataset.to_string()).unwrap();
    let word = OsStr::new;
    for command in ["list", "show", "stats"] {
        let mut arguments = vec![word(command)];
        arguments.extend((command == "show").then_some(word("img src")));
        arguments.extend([word("-d"), word("x.json"), word("--format"), word("markdown")]);
        let done = run(folder.path(), &arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let text = harmless(&done.stdout);
        for hostile in ["<img", "<script", "](javascript", "`"] {
            let bare = text.match_indices(hostile).filter(|(at, _)| !text[..*at].ends_with('\\')).count();
            assert_eq!(bare, 0, "{hostile} in {text}");
        }
    }
}
