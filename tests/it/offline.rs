//! The build without network code: `cargo test --no-default-features`.

use crate::common::program;
use tempfile::TempDir;

fn run(folder: &TempDir, arguments: &[&str]) -> (String, String, i32) {
    let done = program().args(arguments).env("XDG_DATA_HOME", folder.path()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(done.stdout), text(done.stderr), done.status.code().unwrap())
}

#[test]
fn fetch_says_how_to_fetch_by_hand() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["fetch"][..], &["fetch", "--from", "https://example.org/history.csv"]] {
        let (out, talk, status) = run(&folder, arguments);
        assert_eq!((out.as_str(), status, talk.lines().count()), ("", 1, 1), "{talk}");
        for words in ["cannot open connections", "`scrutineer fetch --print`", "`scrutineer fetch --from FOLDER`"] {
            assert!(talk.contains(words), "{talk}");
        }
    }
}

#[test]
fn files_are_fetched_from_a_folder_and_joined() {
    let folder = TempDir::new().unwrap();
    assert!(run(&folder, &["fetch", "--print"]).0.contains("curl "));
    let (_, talk, status) = run(&folder, &["fetch", "--accept", "--from", "tests/files/history-later.csv"]);
    assert!(status == 0 && talk.contains("new, with 5 inspections"), "{talk}");
    assert!(run(&folder, &["fetch", "--list"]).0.contains("history-later.csv: "));
    assert!(run(&folder, &["list", "leeds"]).0.contains("2026-07-01"));
}
