//! Files that the program writes, and its settings: what was there is kept, and nothing is left behind.

#![cfg(unix)]
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::pty::{Pty, SCRUTINEER, private, scrutineer};

/// Runs the program on the assessment of 2006 in a folder, which is also its home.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(SCRUTINEER);
    command.args(arguments).args(["--only-files", "-d", crate::common::APA]).current_dir(folder);
    command.env("HOME", folder).env_remove("XDG_CONFIG_HOME").env_remove("NO_COLOR").output().unwrap()
}

/// Returns what the program says when it refuses to write a file.
fn refusal(folder: &Path, file: &str) -> String {
    let done = run(folder, &["list", "--format", "csv", "-o", file]);
    assert_eq!(done.status.code(), Some(1), "{file}");
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(words.starts_with(&format!("scrutineer: cannot write {file}: ")), "{words}");
    assert!(!words.contains(".tmp"), "{words}");
    words
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_file_is_written_through_symbolic_links() {
    let folder = tempfile::tempdir().unwrap();
    let [far, near, link] = ["there/far.csv", "near.csv", "link.csv"].map(|name| folder.path().join(name));
    fs::create_dir(folder.path().join("there")).unwrap();
    symlink("there/far.csv", &near).unwrap();
    symlink(&near, &link).unwrap();
    for before in [None, Some("mine")] {
        before.into_iter().for_each(|text| fs::write(&far, text).unwrap());
        assert!(run(folder.path(), &["list", "-o", "link.csv"]).status.success());
        assert!(fs::read_to_string(&far).unwrap().starts_with("authority,"));
        assert!(link.is_symlink() && near.is_symlink());
    }
    symlink("round.csv", folder.path().join("round.csv")).unwrap();
    assert!(refusal(folder.path(), "round.csv").contains("in a circle"));
}

#[test]
fn what_is_no_file_to_write_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    assert!(refusal(here, "/dev/null").contains("it is a device or a pipe"));
    assert!(Command::new("mkfifo").arg(here.join("pipe.csv")).status().unwrap().success());
    assert!(refusal(here, "pipe.csv").contains("it is a device or a pipe"));
    fs::write(here.join("mine.csv"), "mine").unwrap();
    fs::set_permissions(here.join("mine.csv"), Permissions::from_mode(0o444)).unwrap();
    assert!(refusal(here, "mine.csv").contains("it is read-only"));
    assert_eq!(fs::read_to_string(here.join("mine.csv")).unwrap(), "mine");
    assert!(refusal(here, ".").contains("it is a folder"));
    assert!(refusal(here, "no/such/list.csv").contains("there is no folder no/such"));
    assert_eq!(entries(here).len(), 2);
}

#[test]
fn a_file_that_is_read_is_never_written() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    let history = fs::read("tests/files/history.csv").unwrap();
    fs::create_dir_all(at(".config/scrutineer")).unwrap();
    fs::write(at(".config/scrutineer/config.toml"), format!("data = [{:?}]\n", at("own.csv"))).unwrap();
    for name in ["own.csv", "named.csv", "source.csv"] {
        fs::write(at(name), &history).unwrap();
    }
    let program = |arguments: &[&str]| {
        let mut command = Command::new(SCRUTINEER);
        command.args(arguments).current_dir(home.path()).env("HOME", home.path());
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME").output().unwrap()
    };
    let mut read = vec![(at("own.csv"), vec!["list"]), (at("named.csv"), vec!["list", "-d", "named.csv"])];
    if cfg!(feature = "fetch") {
        assert!(program(&["fetch", "--accept", "--from", "source.csv"]).status.success());
        read.push((at(".local/share/scrutineer/source.csv"), vec!["list", "--only-record"]));
    }
    for (file, arguments) in read {
        let done = program(&[&arguments[..], &["-o", file.to_str().unwrap()]].concat());
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(words.contains("is one of the files to be read"), "{words}");
        assert_eq!(fs::read(&file).unwrap(), history);
    }
}

#[test]
fn an_overwritten_file_keeps_its_permissions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    for permissions in [0o600, 0o640, 0o666, 0o775] {
        fs::write(&path, "mine").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(permissions)).unwrap();
        assert!(run(folder.path(), &["list", "-o", "list.csv"]).status.success());
        assert!(fs::read_to_string(&path).unwrap().starts_with("authority,"));
        assert_eq!(mode(&path), permissions);
    }
    // A new file has the permissions of any new file.
    assert!(run(folder.path(), &["list", "-o", "new.csv"]).status.success());
    fs::write(folder.path().join("any"), "").unwrap();
    assert_eq!(mode(&folder.path().join("new.csv")), mode(&folder.path().join("any")));
}

#[test]
fn a_signal_while_a_file_is_written_leaves_no_draft() {
    use rustix::process::{Pid, Signal, kill_process};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.json");
    let data = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    fs::write(data.path(), crate::bounds::inspections(20_000, "good")).unwrap();
    let mut interrupted = 0;
    for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
        let mut child =
            Command::new(SCRUTINEER).args(["export", "-o"]).arg(&path).arg("-d").arg(data.path()).spawn().unwrap();
        while entries(folder.path()).is_empty() && child.try_wait().unwrap().is_none() {}
        kill_process(Pid::from_raw(child.id().try_into().unwrap()).unwrap(), signal).unwrap();
        let status = child.wait().unwrap();
        // It may have been complete before the signal came.
        let is_written = path.exists();
        assert!(is_written || status.code() == Some(128 + signal.as_raw()), "{status:?}");
        interrupted += usize::from(!is_written);
        let left: Vec<PathBuf> = entries(folder.path()).into_iter().filter(|entry| *entry != path).collect();
        assert!(left.is_empty(), "{left:?}");
        let _ = fs::remove_file(&path);
    }
    assert!(interrupted > 0);
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_a_failure() {
    for arguments in [&["--help"][..], &["list", "--help"], &["--version"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let done = Command::new(SCRUTINEER).args(arguments).stdout(full).output().unwrap();
        assert_eq!(done.status.code(), Some(1), "{arguments:?}");
        assert!(String::from_utf8(done.stderr).unwrap().contains("cannot write"));
    }
}

#[test]
fn a_tilde_is_the_home_folder_in_exports_and_settings() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path();
    let mut command = scrutineer(&[]);
    command.env("HOME", home);
    let mut pty = Pty::start(command, 120, 36);
    pty.wait_for("the first frame", |screen| screen.contains("Councils"));
    pty.send("x\u{15}~/list.csv\r");
    pty.wait_for("the answer", |s| s.contains("wrote 18 councils to ~/list.csv"));
    assert!(fs::read_to_string(home.join("list.csv")).unwrap().starts_with("authority,"));
    pty.send("q");
    assert_eq!(pty.end(), 0);

    fs::copy(crate::common::APA, home.join("mine.json")).unwrap();
    fs::write(home.join("settings.toml"), "data = [\"~/mine.json\"]\n").unwrap();
    let mut command = Command::new(SCRUTINEER);
    command.args(["list", "--only-files", "--config=~/settings.toml"]).env("HOME", home);
    let done = command.current_dir("/").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8(done.stdout).unwrap().contains("Worcestershire"));
}

#[test]
fn the_table_or_map_on_top_is_exported_like_the_answer_of_its_command() {
    let folder = tempfile::tempdir().unwrap();
    let mut browser = private(SCRUTINEER);
    browser.args(["--framework", "ilacs"]);
    let mut pty = Pty::start(browser, 120, 36);
    pty.wait_for("the first frame", |screen| screen.contains("Councils"));
    let commands: [(&str, &str, &[&str]); 3] = [
        ("R", "regions.csv", &["stats", "--by", "region", "--framework", "ilacs", "--format", "csv"]),
        ("Y", "years.csv", &["stats", "--by", "year", "--framework", "ilacs", "--format", "csv"]),
        ("m", "map.svg", &["map", "--category", "leaders", "--format", "svg"]),
    ];
    for (key, name, command) in commands {
        let path = folder.path().join(name);
        pty.send(&format!("{key}x\u{15}{}\r", path.display()));
        pty.wait_until("the file", |_| path.exists());
        let expected = crate::common::program().args(command).output().unwrap().stdout;
        assert_eq!(fs::read_to_string(&path).unwrap(), String::from_utf8(expected).unwrap(), "{name}");
    }
    // The map shows what the filter keeps, and so does its export.
    let path = folder.path().join("london.csv");
    pty.send("flondon\r");
    pty.wait_for("the filter", |screen| screen.contains("33 of 153"));
    pty.send("\u{1b}");
    pty.wait_for("the list", |screen| !screen.contains("What is listed"));
    pty.send(&format!("mx\u{15}{}\r", path.display()));
    pty.wait_until("the file", |_| path.exists());
    let command = ["map", "--category", "leaders", "--region", "London", "--format", "csv"];
    let expected = crate::common::program().args(command).output().unwrap().stdout;
    assert_eq!(fs::read_to_string(&path).unwrap(), String::from_utf8(expected).unwrap());
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn writing_over_the_open_file_asks_in_words_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.json");
    fs::copy(crate::common::APA, &path).unwrap();
    symlink("mine.json", folder.path().join("link.json")).unwrap();
    let mut pty = Pty::browser(&[path.to_str().unwrap()], 120, 36);
    pty.send(&format!("x\u{15}{}\r", folder.path().join("link.json").display()));
    pty.wait_for("the question", |s| s.contains("these data come from it"));
    pty.send("n");
    pty.wait_for("the path again", |s| !s.contains("these data come from it"));
    pty.send("\u{3}");
    assert_eq!(pty.end(), 128 + 2);
    assert_eq!(fs::read(&path).unwrap(), fs::read(crate::common::APA).unwrap());
}

#[test]
fn settings_that_cannot_be_read_are_reported_and_stop_nothing() {
    let expected = run(Path::new("/"), &["list"]).stdout;
    let makes: [fn(&Path); 3] = [
        |path| fs::create_dir(path).unwrap(),
        |path| symlink("config.toml", path).unwrap(),
        |path| symlink("/nowhere/at/all.toml", path).unwrap(),
    ];
    for make in makes {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".config/scrutineer")).unwrap();
        make(&folder.path().join(".config/scrutineer/config.toml"));
        let done = run(folder.path(), &["list"]);
        assert_eq!((done.status.code(), &done.stdout), (Some(0), &expected));
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(words.contains("cannot read the settings in") && words.contains("config.toml"), "{words}");
        let done =
            Command::new(SCRUTINEER).arg("config").env("HOME", folder.path()).env_remove("XDG_CONFIG_HOME").output();
        let done = done.unwrap();
        assert_eq!(done.status.code(), Some(1));
        assert!(String::from_utf8(done.stdout).unwrap().contains("Not read:"));
    }
    // Where the folder of settings cannot exist, there are none.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".config"), "a file").unwrap();
    assert!(run(folder.path(), &["list"]).stderr.is_empty());
}

#[test]
fn settings_without_end_are_refused() {
    let done = run(Path::new("/"), &["list", "--config", "/dev/zero"]);
    assert_eq!(done.status.code(), Some(1));
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(words.contains("/dev/zero") && words.contains("not a settings file"), "{words}");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace; .ci/run installs it and runs this"]
fn a_file_is_on_the_disk_before_it_takes_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let (path, trace) = (folder.path().join("list.csv"), folder.path().join("trace"));
    for _ in ["new", "overwritten"] {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-e", "trace=write,fsync,rename,renameat,renameat2,link,linkat", "-o"]).arg(&trace);
        let done = command.args([SCRUTINEER, "list", "-o"]).arg(&path).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let calls = fs::read_to_string(&trace).unwrap();
        let calls: Vec<&str> = calls.lines().collect();
        let at = |what: &str| calls.iter().rposition(|call| call.contains(what)).unwrap();
        let (written, synced, named) = (at("\"authority"), at("fsync("), at("list.csv\""));
        assert!(written < synced && synced < named, "{calls:#?}");
    }
}
