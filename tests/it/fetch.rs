//! `scrutineer fetch` against real servers on this computer, and what the program does with what it brought.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use crate::common::program;
#[cfg(unix)]
use crate::pty::{Pty, SCRUTINEER, private};
use crate::servers::{
    Authority, answer, closed_port, file_server, proxy, raw_server, redirecting_server, talking_server, web_server,
};
use tempfile::TempDir;
use tiny_http::Response;

const HISTORY: &[u8] = include_bytes!("../files/history.csv");
const LATER: &[u8] = include_bytes!("../files/history-later.csv");

/// A person's folders, with nothing in them.
struct Home {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

/// What a command wrote, and its exit status.
struct Done {
    out: String,
    talk: String,
    status: i32,
}

impl Home {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self { folder, variables: Vec::new() }
    }

    /// Returns the folders of somebody who waits no longer than a second.
    fn impatient() -> Self {
        Self::new().with_settings("[fetch]\ntimeout_seconds = 1\n")
    }

    fn with_settings(self, settings: &str) -> Self {
        let config = self.folder.path().join("config/scrutineer");
        fs::create_dir_all(&config).unwrap();
        fs::write(config.join("config.toml"), settings).unwrap();
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// Makes an authority the only one that is trusted.
    fn trusting(self, authority: &Authority) -> Self {
        let file = self.folder.path().join("authority.pem");
        fs::write(&file, authority.pem()).unwrap();
        self.with("SSL_CERT_FILE", file.to_str().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> Done {
        let mut command = program();
        for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
            command.env_remove(name).env_remove(name.to_lowercase());
        }
        command.env("XDG_DATA_HOME", self.folder.path().join("data"));
        command.env("XDG_CONFIG_HOME", self.folder.path().join("config"));
        let done = command.args(arguments).envs(self.variables.clone()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Done { out: text(done.stdout), talk: text(done.stderr), status: done.status.code().unwrap() }
    }

    fn fetch(&self, from: &str) -> Done {
        // The files of these tests are small.
        self.run(&["fetch", "--accept", "--from", from])
    }

    /// Brings a file that has to be taken.
    fn bring(&self, file: &[u8]) {
        let path = self.folder.path().join("history.csv");
        fs::write(&path, file).unwrap();
        let done = self.fetch(path.to_str().unwrap());
        assert_eq!(done.status, 0, "{}", done.talk);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("data/scrutineer").join(name)
    }

    fn held(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.path(name)).ok()
    }

    /// Checks that fetching fails with a cause and a cure, and that the file held is kept, with nothing beside it.
    fn assert_fails(&self, from: &str, words: &[&str]) {
        self.bring(HISTORY);
        let before = fs::read_dir(self.path("")).unwrap().count();
        let done = self.fetch(from);
        assert_eq!(done.status, 1, "{}", done.talk);
        for words in words.iter().chain(&["was not taken", "The file held before stays."]) {
            assert!(done.talk.contains(words), "no {words:?} in: {}", done.talk);
        }
        assert_eq!(self.held("history.csv").as_deref(), Some(HISTORY));
        assert_eq!(fs::read_dir(self.path("")).unwrap().count(), before, "something is left in the folder");
    }
}

fn http(port: u16) -> String {
    format!("http://127.0.0.1:{port}/history.csv")
}

fn https(port: u16) -> String {
    format!("https://localhost:{port}/history.csv")
}

#[test]
fn a_new_file_is_kept_and_joined_with_the_record() {
    let home = Home::new();
    let before = home.run(&["list", "leeds"]);
    assert!(before.out.contains("Leavers"), "{}", before.out);
    let address = http(file_server(LATER, "\"1\""));
    let done = home.fetch(&address);
    assert_eq!(done.status, 0, "{}", done.talk);
    let (first, second) = done.talk.split_once('\n').unwrap();
    assert_eq!(first, format!("scrutineer: getting history.csv from 127.0.0.1: {address}"));
    assert_eq!(
        second,
        "scrutineer: history.csv: 1 date differs from the record; `scrutineer check` says which\n\
         scrutineer: history.csv: new, with 5 inspections, the newest of 1 July 2026; 2 grades differ from the record\n"
    );
    assert_eq!(home.held("history.csv").as_deref(), Some(LATER));
    let list = home.run(&["list", "leeds"]);
    assert!(list.out.contains("Leaders") && list.out.contains("2026-07-01"), "{}", list.out);
    assert!(list.out.contains("Grades of councils' services for children since 2005 + ILACS outcomes"), "{}", list.out);
    assert_eq!(home.run(&["list", "leeds", "--only-record"]).out, before.out);
    let named = ["list", "leeds", "-d", "tests/files/history.csv", "--only-files"];
    assert!(!home.run(&named).out.contains("2026-07-01"));
    let listed = home.run(&["fetch", "--list"]).out;
    assert!(listed.contains(&format!("history.csv: today, {} bytes\n  from {address}\n", LATER.len())), "{listed}");
}

#[test]
fn a_file_that_did_not_change_is_not_sent_again() {
    let home = Home::new();
    let address = http(file_server(HISTORY, "\"1\""));
    assert_eq!(home.fetch(&address).status, 0);
    let index = || fs::read_to_string(home.path("fetched.json")).unwrap();
    assert!(index().contains(r#""etag": "\"1\"""#) && index().contains("20 Aug 2026"), "{}", index());
    fs::write(home.path("fetched.json"), index().replace("\"fetched\": \"2", "\"fetched\": \"1")).unwrap();
    let again = home.fetch(&address);
    assert!(again.talk.ends_with("history.csv: unchanged\n") && again.status == 0, "{}", again.talk);
    assert!(home.run(&["fetch", "--list"]).out.contains("history.csv: today"), "found unchanged today");
    assert_eq!(home.held("history.csv.before"), None);
    // If the file was changed or removed since, it is asked for as if there were none.
    fs::write(home.path("history.csv"), "garbage").unwrap();
    assert!(home.fetch(&address).talk.contains("new, with 4 inspections"));
    fs::remove_file(home.path("history.csv")).unwrap();
    assert!(home.fetch(&address).talk.contains("new, with 4 inspections"));
    // A server that knows no versions sends the same file again.
    let other = http(web_server(|request| request.respond(Response::from_data(HISTORY)).unwrap()));
    assert!(home.fetch(&other).talk.ends_with("history.csv: unchanged\n"));
    assert_eq!(home.held("history.csv.before"), None);
}

#[test]
fn the_file_before_is_kept_and_compared() {
    let home = Home::new();
    home.bring(HISTORY);
    let early = home.run(&["changes", "--fetched"]);
    assert!(early.talk.contains("no file before to compare with") && early.status == 1, "{}", early.talk);
    let done = home.fetch(&http(file_server(LATER, "\"2\"")));
    assert_eq!(done.status, 0, "{}", done.talk);
    assert_eq!(home.held("history.csv.before").as_deref(), Some(HISTORY));
    let changes = home.run(&["changes", "--fetched"]);
    assert!(changes.out.contains("2 new inspections, 1 correction"), "{}", changes.out);
    assert!(changes.out.contains("Leeds") && changes.out.contains("Surrey"), "{}", changes.out);
}

#[test]
fn what_an_interrupted_fetch_left_behind_is_removed() {
    let home = Home::new();
    home.bring(HISTORY);
    let [old, new] = [".fetching-old", ".fetching-new"].map(|name| home.path(name));
    let hours = |count: u64| std::time::SystemTime::now() - std::time::Duration::from_secs(count * 3600);
    for (path, time) in [(&old, hours(2)), (&new, hours(0))] {
        fs::File::create(path).unwrap().set_modified(time).unwrap();
    }
    home.bring(LATER);
    assert!(!old.exists());
    assert!(new.exists(), "another fetch may be writing it");
}

#[test]
fn a_file_that_is_worse_than_the_one_held_is_not_taken() {
    let refused = |file: String, words: &str| {
        let home = Home::new();
        home.bring(LATER);
        let path = home.folder.path().join("history.csv");
        fs::write(&path, file).unwrap();
        let done = home.fetch(path.to_str().unwrap());
        assert!(done.status == 1 && done.talk.contains(words), "{}", done.talk);
        assert_eq!(home.held("history.csv").as_deref(), Some(LATER));
    };
    let text = String::from_utf8(LATER.to_vec()).unwrap();
    refused(String::from_utf8(HISTORY.to_vec()).unwrap(), "it has 4 of the 5 inspections held before");
    refused(
        text.replace("01/07/26", "01/06/26"),
        "newest report is of 1 June 2026, and that of the file held is of 1 July",
    );
    refused(text.clone() + "80476,kent,\"never closed\n", "it has 1 problem, and the file held has 0; the first: ");
    refused(text.lines().next().unwrap().to_owned() + "\n", "it is not the expected file");
}

#[test]
fn every_failure_has_a_cause_and_a_cure_and_the_file_held_stays() {
    let respond = |status: u16| http(web_server(move |r| r.respond(Response::empty(status)).unwrap()));
    let page = http(web_server(|r| r.respond(Response::from_string("<!DOCTYPE html><p>Please log in")).unwrap()));
    let large = http(web_server(|r| r.respond(Response::from_data(vec![b'x'; (10 << 20) + 1])).unwrap()));
    // Without a length, only what comes tells that it is too much.
    let endless = http(raw_server(|_, mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 1 << 16]).is_ok() {}
    }));
    let cut = http(raw_server(|_, mut stream| stream.write_all(&answer(LATER)[..300]).unwrap()));
    let silent = http(raw_server(|_, stream| std::mem::forget(stream)));
    let stalled = http(raw_server(|_, mut stream| {
        stream.write_all(&answer(LATER)[..300]).unwrap();
        std::mem::forget(stream);
    }));
    let closed = http(raw_server(|_, stream| drop(stream)));
    let cases: [(String, &[&str]); 9] = [
        (respond(404), &["no such file (404)", "--from"]),
        (respond(503), &["status 503", "Try again later"]),
        (respond(407), &["(407)", "HTTPS_PROXY", "--print"]),
        (page, &["it is not the expected file", "Check the address"]),
        (large, &["larger than 10 MB"]),
        (endless, &["larger than 10 MB"]),
        (cut, &["cut short", "Try again"]),
        (closed, &["closed the connection without an answer"]),
        (http(closed_port()), &["127.0.0.1 refused the connection", "HTTPS_PROXY"]),
    ];
    for (address, words) in cases {
        Home::new().assert_fails(&address, words);
    }
    Home::impatient().assert_fails(&silent, &["no answer came within 1 second.", "Try again later"]);
    Home::impatient().assert_fails(&stalled, &["no answer came within 1 second."]);
    Home::new()
        .assert_fails("https://scrutineer.invalid/history.csv", &["no computer called scrutineer.invalid was found"]);
}

#[test]
fn only_https_is_followed() {
    let ours = Authority::new("Test council");
    let secure = https(ours.server("localhost", answer(LATER)));
    let home = Home::new().trusting(&ours);
    let done = home.fetch(&http(redirecting_server(secure.clone())));
    assert_eq!((done.status, home.held("history.csv").as_deref()), (0, Some(LATER)), "{}", done.talk);
    assert!(done.talk.contains(&format!("redirected to localhost: {secure}\n")), "{}", done.talk);
    let plain = http(file_server(LATER, "\"1\""));
    Home::new().assert_fails(&http(redirecting_server(plain.clone())), &["redirects to http://127", "only https"]);
    let to = |location: &str| {
        format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n").into_bytes()
    };
    let home = || Home::new().trusting(&ours);
    home().assert_fails(&https(ours.server("localhost", to(&plain))), &["redirects to http://127", "only https"]);
    let around = ours.server("localhost", to("/history.csv"));
    home().assert_fails(&https(around), &["redirects again and again"]);
    let followed = home();
    assert_eq!(followed.fetch(&https(ours.server("localhost", to(&secure)))).status, 0);
    let refused = Home::new().fetch("http://example.org/history.csv");
    assert!(refused.status == 1 && refused.talk.contains("expected an https address"), "{}", refused.talk);
}

#[test]
fn a_certificate_that_is_not_trusted_is_told_apart_from_an_expired_one_and_one_for_another_name() {
    let (ours, other) = (Authority::new("Test council"), Authority::new("Inspecting proxy of Northshire"));
    let port = other.server("localhost", answer(LATER));
    let words = ["certificate of localhost is not trusted", "does not know who issued it", "SSL_CERT_FILE"];
    Home::new().trusting(&ours).assert_fails(&https(port), &words);
    // Without any authority of the system, those that come with the program are used, and that is said.
    let home = || Home::new().with("SSL_CERT_DIR", "/nonexistent");
    home().assert_fails(&https(port), &["those that come with scrutineer are used", "does not know who issued it"]);
    let home = Home::new().trusting(&other);
    let done = home.fetch(&https(port));
    assert_eq!((done.status, home.held("history.csv").as_deref()), (0, Some(LATER)), "{}", done.talk);
    assert!(!done.talk.contains("come with scrutineer"), "{}", done.talk);
    let expired = ours.expired_server("localhost", answer(LATER));
    Home::new().trusting(&ours).assert_fails(&https(expired), &["it has expired", "date of this computer"]);
    let elsewhere = ours.server("example.org", answer(LATER));
    Home::new().trusting(&ours).assert_fails(&https(elsewhere), &["it is for another name", "Check the address"]);
    // A file of certificates that is none is told, and no other is trusted in its place.
    let folder = TempDir::new().unwrap();
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "").unwrap();
    for (file, why) in [
        ("/nonexistent", "SSL_CERT_FILE names /nonexistent"),
        (empty.to_str().unwrap(), "no certificate"),
        ("/", "no file"),
    ] {
        Home::new().with("SSL_CERT_FILE", file).assert_fails(&https(port), &[why, "unset it"]);
    }
    let plain = talking_server(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    Home::new().trusting(&ours).assert_fails(&https(plain), &["no secure connection to localhost"]);
}

/// The folder of the system's certificates, in which a file's name is a number.
#[cfg(target_os = "linux")]
#[test]
fn the_certificates_of_the_system_are_trusted() {
    let ours = Authority::new("Test council");
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("0a1b2c3d.0"), ours.pem()).unwrap();
    let home = || Home::new().with("SSL_CERT_DIR", folder.path().to_str().unwrap());
    let trusting = home();
    let done = trusting.fetch(&https(ours.server("localhost", answer(LATER))));
    assert_eq!((done.status, trusting.held("history.csv").as_deref()), (0, Some(LATER)), "{}", done.talk);
    let others = Authority::new("Another").server("localhost", answer(LATER));
    home().assert_fails(&https(others), &["does not know who issued it"]);
}

#[test]
fn proxies_are_used_as_the_environment_says() {
    let ours = Authority::new("Test council");
    let server = ours.server("files.example.org", answer(LATER));
    // "me:secret", encoded.
    let port = proxy(server, "bWU6c2VjcmV0");
    let address = "https://files.example.org/history.csv";
    let home = || Home::new().trusting(&ours);
    let without = home().with("HTTPS_PROXY", format!("http://127.0.0.1:{port}"));
    without.assert_fails(
        address,
        &["the proxy wants to know who you are (407)", "--print", "through the proxy 127.0.0.1"],
    );
    let with = home().with("https_proxy", format!("http://me:secret@127.0.0.1:{port}"));
    let done = with.fetch(address);
    assert_eq!((done.status, with.held("history.csv").as_deref()), (0, Some(LATER)), "{}", done.talk);
    let said = format!("from files.example.org through the proxy 127.0.0.1:{port}: {address}");
    assert!(done.talk.contains(&said) && !done.talk.contains("secret"), "{}", done.talk);
    let nobody = || home().with("HTTPS_PROXY", format!("http://127.0.0.1:{}", closed_port()));
    nobody().assert_fails(address, &["127.0.0.1:", "refused the connection"]);
    let local = https(ours.server("localhost", answer(LATER)));
    assert_eq!(nobody().with("NO_PROXY", "example.org, localhost").fetch(&local).status, 0);
    home()
        .with("HTTPS_PROXY", "ftp://x")
        .assert_fails(address, &["HTTPS_PROXY is not set to the address of an HTTP proxy"]);
    let shut = raw_server(|_, mut stream| stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").unwrap());
    let shut = home().with("HTTPS_PROXY", format!("http://127.0.0.1:{shut}"));
    shut.assert_fails(address, &["the proxy did not connect", "403"]);
}

#[test]
fn the_second_address_of_a_file_is_tried_if_the_first_fails() {
    let (none, some) = (http(closed_port()), http(file_server(LATER, "\"1\"")));
    let home = Home::new().with_settings(&format!("[fetch]\naddresses = [{none:?}, {some:?}]\n"));
    let dry = home.run(&["fetch", "--dry-run"]);
    let said = format!(
        "would get history.csv from 127.0.0.1 ({none})\n  if that fails: history.csv from 127.0.0.1 ({some})\n"
    );
    assert_eq!((dry.out, dry.status), (said, 0));
    assert!(!home.path("").exists(), "a dry run creates nothing");
    let done = home.run(&["fetch", "--accept"]);
    assert_eq!((done.status, home.held("history.csv").as_deref()), (0, Some(LATER)), "{}", done.talk);
    assert!(done.talk.contains("refused the connection"), "{}", done.talk);
}

#[test]
fn a_folder_may_have_only_some_of_the_files() {
    let home = Home::new();
    let folder = TempDir::new().unwrap();
    let from = folder.path().to_str().unwrap();
    let empty = home.fetch(from);
    assert!(empty.status == 1 && empty.talk.contains("has no ofsted_csc_ilacs_history.csv or"), "{}", empty.talk);
    fs::write(folder.path().join("ofsted_csc_ilacs_history.csv"), HISTORY).unwrap();
    assert_eq!(home.fetch(from).status, 0);
    assert_eq!(home.held("ofsted_csc_ilacs_history.csv").as_deref(), Some(HISTORY));
    fs::copy("tests/files/overview.xlsx", folder.path().join("ofsted_csc_ilacs_overview.xlsx")).unwrap();
    let both = home.fetch(from);
    assert!(both.talk.contains("history.csv: unchanged") && both.talk.contains("overview.xlsx: new"), "{}", both.talk);
    let lost = home.fetch("/nonexistent/folder");
    assert!(lost.status == 1 && lost.talk.contains("no such folder"), "{}", lost.talk);
}

#[test]
fn a_damaged_file_is_reported_and_left_out() {
    let home = Home::new();
    home.bring(LATER);
    let sound = home.run(&["list", "leeds", "--only-record"]).out;
    for (name, words) in
        [("history.csv", "the fetched file history.csv is left out"), ("fetched.json", "cannot be read")]
    {
        for damage in [&b"garbage"[..], b"", b"\xff\xfe\x00", b"PK\x03\x04", b"[{\"name\": \"../x\"}]"] {
            fs::write(home.path(name), damage).unwrap();
            for command in [&["list", "leeds"][..], &["show", "leeds"], &["stats"], &["export"], &[]] {
                let done = home.run(command);
                assert_eq!(done.status, 0, "{command:?}: {}", done.talk);
                assert!(done.talk.contains(words) && done.talk.contains("`scrutineer fetch`"), "{}", done.talk);
            }
            assert_eq!(home.run(&["list", "leeds"]).out, sound);
        }
        fs::remove_file(home.path(name)).unwrap();
        home.bring(LATER);
        let done = home.run(&["list", "leeds"]);
        assert!(done.out.contains("2026-07-01") && !done.talk.contains("left out"), "{}", done.talk);
    }
    assert_eq!(home.run(&["check"]).status, 0);
    fs::remove_file(home.path("history.csv")).unwrap();
    let removed = home.run(&["list", "leeds"]);
    assert_eq!((removed.out, removed.talk), (sound, String::new()), "who removes a file does not want it");
}

#[cfg(unix)]
#[test]
fn the_printed_commands_bring_the_files_without_us() {
    let home = Home::new();
    let printed = home.run(&["fetch", "--print"]).out;
    let folder = TempDir::new().unwrap();
    let tool = |name: &str, script: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        assert!(std::process::Command::new("chmod").arg("+x").arg(path).status().unwrap().success());
    };
    tool(
        "curl",
        r#"while [ $# -gt 1 ]; do [ "$1" = -o ] && name=$2; shift; done; echo "$name $1" >> got; [ "$1" != "${1#https://data}" ]"#,
    );
    tool("scrutineer", r#"echo "$@" >> run"#);
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut shell = std::process::Command::new("sh");
    let status = shell.args(["-c", &printed]).current_dir(folder.path()).env("PATH", path).status().unwrap();
    assert!(status.success(), "{printed}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let addresses = scrutineer::fetch::DEFAULT_ADDRESSES;
    let wanted = addresses.map(|address| format!("{} {address}\n", address.rsplit('/').next().unwrap())).concat();
    assert_eq!(read("got"), wanted);
    let names = ["ofsted_csc_ilacs_history.csv", "ofsted_csc_ilacs_overview.xlsx"];
    assert_eq!(read("run"), names.map(|name| format!("fetch --from ./{name}\n")).concat());
    let odd = home.run(&["fetch", "--print", "--from", "https://example.org/a'$(x);b/h.csv"]).out;
    assert!(odd.contains(r"'https://example.org/a'\''$(x);b/h.csv'"), "{odd}");
}

#[cfg(unix)]
#[test]
fn the_browser_shows_what_is_new_since_the_file_before() {
    let home = Home::new();
    home.bring(HISTORY);
    let open = || {
        let mut command = private(SCRUTINEER);
        command.env("XDG_DATA_HOME", home.folder.path().join("data"));
        let mut pty = Pty::start(command, 120, 36);
        pty.wait_for("the first frame", |screen| screen.contains("? help"));
        pty.send("d");
        pty.wait_for("the layer", |screen| screen.contains("What is new"));
        pty
    };
    let mut pty = open();
    assert!(!pty.screen().contains("the file before"));
    pty.send("4");
    pty.wait_for("the reason", |screen| screen.contains("there is no file before"));
    home.bring(LATER);
    let mut pty = open();
    assert!(pty.screen().contains("4 shows what is new since the file before."));
    pty.send("4");
    let is_there = |screen: &str| screen.contains("with an inspection or a correction") && screen.contains("Surrey  ");
    pty.wait_for("what is new", is_there);
    let screen = pty.screen();
    let start = screen.find("councils of 153 with an inspection or a correction").unwrap();
    assert!(screen[..start].ends_with("3 "), "{screen}");
    for name in ["Leeds", "Kent", "Surrey"] {
        assert!(screen[start..].contains(&format!("{name}  ")), "{name}: {screen}");
    }
    pty.send("<");
    pty.wait_for("a day again", |screen| screen.contains("What is new"));
}

/// Opens the browser, as somebody who fetched a file so many days ago.
#[cfg(unix)]
fn browser_after(home: &Home, days: i64, columns: u16) -> Pty {
    home.bring(LATER);
    let index = fs::read_to_string(home.path("fetched.json")).unwrap();
    let day = (jiff::ZonedDateTime::now() - jiff::Span::new().days(days)).timestamp();
    let start = index.find("\"fetched\": \"").unwrap() + 12;
    let end = start + index[start..].find('"').unwrap();
    fs::write(home.path("fetched.json"), format!("{}{day}{}", &index[..start], &index[end..])).unwrap();
    let mut command = private(SCRUTINEER);
    command.env("XDG_DATA_HOME", home.folder.path().join("data"));
    let mut pty = Pty::start(command, columns, 36);
    pty.wait_for("the first frame", |screen| screen.contains("Councils"));
    pty
}

#[cfg(unix)]
#[test]
fn the_header_says_how_old_the_fetched_files_are_and_warns() {
    for (days, columns, header) in [
        (0, 160, "153 councils · fetched today"),
        (3, 160, "153 councils · fetched 3 days ago"),
        (3, 80, "Today   SEND"),
        (59, 160, "fetched 59 days ago"),
        (75, 200, "fetched 75 days ago: `scrutineer fetch` brings today's"),
        (75, 100, "see p"),
    ] {
        let home = Home::new();
        let mut pty = browser_after(&home, days, columns);
        let footer = if days < 60 { "help" } else { "`scrutineer fetch` brings today's" };
        pty.wait_for("the footer", |screen| screen.lines().last().is_some_and(|line| line.contains(footer)));
        let screen = pty.screen();
        let first = screen.lines().next().unwrap();
        assert!(first.contains(header), "{days} days, {columns} columns: {first}");
        pty.send("q");
        assert_eq!(pty.end(), 0);
    }
}

/// No command but `fetch`, and nothing in the browser, opens a connection: not even to look up a name.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace; .ci/run installs it and runs this"]
fn nothing_else_opens_a_connection() {
    let home = Home::new();
    home.bring(LATER);
    let trace = home.folder.path().join("trace");
    let traced = |arguments: &[&str], (first, keys): (&str, &str)| {
        let mut command = private("strace");
        command.args(["-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", trace.to_str().unwrap(), SCRUTINEER]);
        command.args(arguments);
        command.env("XDG_DATA_HOME", home.folder.path().join("data"));
        // No web browser is started, which may connect to anything.
        for name in ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY"] {
            command.env_remove(name);
        }
        let mut pty = Pty::start(command, 160, 50);
        pty.wait_for(first, |screen| screen.contains(first));
        pty.send(keys);
        pty.end();
        let calls = fs::read_to_string(&trace).unwrap();
        let is_network = |line: &&str| line.contains("AF_INET") || line.contains("AF_NETLINK");
        (calls.lines().filter(is_network).count(), calls)
    };
    let address = http(closed_port());
    assert_ne!(traced(&["fetch", "--from", &address], ("", "")).0, 0, "the test sees connections");
    let commands: [&[&str]; 20] = [
        &["list", "leeds"],
        &["list", "--only-record"],
        &["show", "leeds", "--format", "markdown"],
        &["stats"],
        &["stats", "--by", "series"],
        &["check"],
        &["check", "https://example.org/history.csv"],
        &["list", "-d", "https://example.org/history.csv"],
        &["export"],
        &["changes", "--since", "2026-01-01"],
        &["changes", "--fetched"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["config"],
        &["--help"],
        &["fetch", "--list"],
        &["fetch", "--dry-run"],
        &["fetch", "--print"],
        &["fetch", "--from", "tests/files/history.csv"],
    ];
    for command in commands {
        let (count, calls) = traced(command, ("", ""));
        assert_eq!(count, 0, "{command:?}: {calls}");
    }
    // Everything there is a key for: links, copies, the map, changes, neighbours, exports. Ctrl-C would overtake them.
    let export = home.folder.path().join("list.csv").display().to_string();
    let keys = format!("mqd12qnq?qttTsS<>oeq:leeds\r/bristol\rx\u{15}{export}\rqqqq");
    for (arguments, first, keys) in [
        (&[][..], "Councils", keys.as_str()),
        (&["--only-record"], "Councils", "q"),
        (&["--plain"], "> ", "leeds\r1\rstats\rsources\rq\r"),
    ] {
        let (count, calls) = traced(arguments, (first, keys));
        assert_eq!(count, 0, "{arguments:?}: {calls}");
    }
    assert!(fs::exists(export).unwrap(), "the keys did what they should");
}

/// Returns the last two digits of next year, the last one that a date can have.
fn next_year() -> i16 {
    scrutineer::dataset::Date::today().unwrap().year() + 1 - 2000
}

#[test]
fn a_report_of_a_day_to_come_does_not_keep_out_the_files_after_it() {
    let home = Home::new();
    let wrong = String::from_utf8(HISTORY.to_vec()).unwrap().replacen("/22,", &format!("/{},", next_year()), 1);
    assert_ne!(wrong.as_bytes(), HISTORY);
    home.bring(wrong.as_bytes());
    home.bring(LATER);
    let path = home.folder.path().join("wrong.csv");
    fs::write(&path, wrong).unwrap();
    let checked = home.run(&["check", path.to_str().unwrap()]);
    assert!(checked.out.contains("which is still to come: check its date"), "{}", checked.out);
}

/// Returns the inspections of the record under ILACS as a table of the kind that is fetched, but for the last of the rows.
fn of_the_record(without_last: usize) -> String {
    let listed = program().args(["--only-record", "export", "--format", "csv"]).output().unwrap();
    let text = String::from_utf8(listed.stdout).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let mut kept = csv::Writer::from_writer(Vec::new());
    kept.write_record(&headers).unwrap();
    let at = headers.iter().position(|header| header == "framework").unwrap();
    let all: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).filter(|row| &row[at] == "ilacs").collect();
    for row in &all[..all.len() - without_last] {
        kept.write_record(row).unwrap();
    }
    String::from_utf8(kept.into_inner().unwrap()).unwrap()
}

#[test]
fn the_first_file_is_measured_against_the_record() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("history.csv");
    let from = file.to_str().unwrap();
    fs::write(&file, of_the_record(60)).unwrap();
    let home = Home::new();
    let cut = home.run(&["fetch", "--from", from]);
    assert!(cut.status == 1 && cut.talk.contains("264") && cut.talk.contains("324"), "{}", cut.talk);
    assert!(cut.talk.contains("--accept"), "{}", cut.talk);
    // As far as three in a hundred may be missing; a file cut at the end of a row has no other fault.
    for (missing, is_taken) in [(9, true), (10, false), (30, false)] {
        fs::write(&file, of_the_record(missing)).unwrap();
        let done = Home::new().run(&["fetch", "--from", from]);
        assert_eq!(done.status == 0, is_taken, "{missing}: {}", done.talk);
    }
    fs::write(&file, of_the_record(60)).unwrap();
    assert!(home.run(&["fetch", "--list"]).out.contains("nothing has been fetched"));
    let accepted = home.run(&["fetch", "--accept", "--from", from]);
    assert!(accepted.status == 0 && accepted.talk.contains("new, with 264 inspections"), "{}", accepted.talk);
    let home = Home::new();
    fs::write(&file, of_the_record(0)).unwrap();
    let whole = home.run(&["fetch", "--from", from]);
    assert!(whole.status == 0 && whole.talk.contains("new, with 324 inspections"), "{}", whole.talk);
    assert!(whole.talk.contains("0 grades differ from the record"), "{}", whole.talk);
    fs::write(&file, of_the_record(2)).unwrap();
    let fewer = home.run(&["fetch", "--from", from]);
    assert!(fewer.status == 0 && fewer.talk.contains("2 inspections fewer than the file before"), "{}", fewer.talk);
    let stray = home.path("history.csv").with_file_name("mine.csv");
    fs::write(&stray, "mine").unwrap();
    let done = home.run(&["fetch", "--from", from]);
    assert!(done.talk.contains("mine.csv is in the data folder, but was not brought"), "{}", done.talk);
}

#[test]
fn a_first_file_whose_names_or_days_are_shifted_is_not_taken() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("history.csv");
    let from = file.to_str().unwrap();
    let whole = of_the_record(0);
    let mut rows = csv::Reader::from_reader(whole.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let all: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap_or_else(|| panic!("{name}"));
    // The columns that say whom, when, and how.
    let wanted = [
        "authority",
        "date",
        "overall-effectiveness",
        "leaders",
        "help-and-protection",
        "children-in-care",
        "care-leavers",
    ];
    let written = |cell: &dyn Fn(usize, &str) -> String| {
        let mut text = "local_authority,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,\
             help_and_protection_grade,in_care_grade,care_leavers_grade\n"
            .to_owned();
        for row in 0..all.len() {
            text += &(wanted.map(|name| cell(row, name)).join(",") + "\n");
        }
        text
    };
    let usual = |row: usize, name: &str| all[row][at(name)].replace(',', " ");
    let shifted = |row: usize, name: &str| usual(if name == "authority" { (row + 1) % all.len() } else { row }, name);
    let swapped = |row: usize, name: &str| match name {
        "date" => {
            let date = usual(row, name);
            let parts: Vec<&str> = date.split('-').collect();
            if parts[2] <= "12" { format!("{}-{}-{}", parts[0], parts[2], parts[1]) } else { date }
        }
        _ => usual(row, name),
    };
    let without_grades =
        |row: usize, name: &str| if matches!(name, "authority" | "date") { usual(row, name) } else { String::new() };
    let fetched = |text: String| {
        fs::write(&file, text).unwrap();
        Home::new().run(&["fetch", "--from", from])
    };
    let done = fetched(written(&usual));
    assert!(done.status == 0 && done.talk.contains("new, with 324 inspections"), "{}", done.talk);
    for text in [written(&shifted), written(&swapped)] {
        let done = fetched(text);
        assert!(done.status == 1 && done.talk.contains("up to the newest one held"), "{}", done.talk);
        assert!(done.talk.contains("--accept"), "{}", done.talk);
    }
    let done = fetched(written(&without_grades));
    assert!(done.status == 1 && done.talk.contains("not the expected file"), "{}", done.talk);
}

#[test]
fn a_file_with_many_other_grades_is_taken_only_if_that_is_accepted() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("history.csv");
    let from = file.to_str().unwrap();
    let home = Home::new();
    fs::write(&file, of_the_record(0)).unwrap();
    assert_eq!(home.run(&["fetch", "--from", from]).status, 0);
    // Nearly a third of the grades.
    let text = of_the_record(0).replace("Outstanding,4,", "Inadequate,1,");
    fs::write(&file, text).unwrap();
    let done = home.run(&["fetch", "--from", from]);
    assert!(done.status == 1 && done.talk.contains("grades are other"), "{}", done.talk);
    assert!(done.talk.contains("The file held before stays."), "{}", done.talk);
    let done = home.run(&["fetch", "--accept", "--from", from]);
    assert!(done.status == 0 && done.talk.contains("than in the file before"), "{}", done.talk);
}

#[test]
fn a_folder_in_the_place_of_a_held_file_and_a_broken_index_are_told_everywhere() {
    let home = Home::new();
    home.bring(HISTORY);
    let path = home.path("history.csv");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    for command in [&["list", "leeds"][..], &["check"]] {
        let done = home.run(command);
        assert!(
            done.status == 0 && done.talk.contains("history.csv is no file any more"),
            "{command:?}: {}",
            done.talk
        );
    }
    fs::write(home.path("fetched.json"), "[").unwrap();
    for command in [&["list", "leeds"][..], &["check"]] {
        let done = home.run(command);
        assert!(done.status == 0 && done.talk.contains("list of fetched files"), "{command:?}: {}", done.talk);
    }
}

#[test]
fn a_held_file_that_something_else_changed_is_listed_as_such() {
    let home = Home::new();
    home.bring(HISTORY);
    assert!(!home.run(&["fetch", "--list"]).out.contains("changed since"));
    fs::write(home.path("history.csv"), &HISTORY[..HISTORY.len() / 2]).unwrap();
    let listed = home.run(&["fetch", "--list"]).out;
    assert!(
        listed.contains("changed since") && listed.contains(&format!("{} bytes now", HISTORY.len() / 2)),
        "{listed}"
    );
}

#[test]
fn what_is_no_file_of_inspections_of_councils_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("history.csv");
    let header = String::from_utf8(HISTORY.to_vec()).unwrap().lines().next().unwrap().to_owned();
    let row = |number: u32| {
        format!("80481,leeds,https://files.ofsted.gov.uk/v1/file/{number},a.pdf,,short,,,,good,good,good,good,good,1\n")
    };
    let rows: String = (0..10_001).map(row).collect();
    fs::write(&file, format!("{header}\n{rows}")).unwrap();
    let done = Home::new().fetch(file.to_str().unwrap());
    assert!(done.status == 1 && done.talk.contains("not the expected file"), "{}", done.talk);
    // The number is Bristol's.
    let rows = "80441,leeds,,,01/02/2025,,,,,good,good,good,good,good,1\n".repeat(3);
    fs::write(&file, format!("{header}\n{}{rows}", row(1))).unwrap();
    let done = Home::new().fetch(file.to_str().unwrap());
    assert!(done.status == 1 && done.talk.contains("not the expected file"), "{}", done.talk);
}

/// Four fetches at once, of a file each.
#[test]
fn fetches_at_the_same_time_lose_no_entry() {
    let folder = TempDir::new().unwrap();
    let home = Home::new();
    let names = ["one.csv", "two.csv", "three.csv", "four.csv"];
    for name in names {
        fs::write(folder.path().join(name), HISTORY).unwrap();
    }
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (home_of, path_of) = (&home, &path);
    std::thread::scope(|scope| {
        for name in names {
            scope.spawn(move || assert_eq!(home_of.fetch(&path_of(name)).status, 0));
        }
    });
    fs::write(home.folder.path().join("data/scrutineer/stray.csv"), HISTORY).unwrap();
    let listed = home.run(&["fetch", "--list"]).out;
    for name in names {
        assert!(listed.contains(&format!("{name}: ")), "{listed}");
    }
    assert!(listed.contains("stray.csv is in the data folder, but was not brought"), "{listed}");
}

/// To read a pipe would be to wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_held_file_is_not_read() {
    let home = Home::new();
    home.bring(HISTORY);
    let held = home.folder.path().join("data/scrutineer/history.csv");
    fs::remove_file(&held).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&held).status().unwrap().success());
    let list = home.run(&["list", "leeds"]);
    assert!(list.status == 0 && list.out.contains("Leeds"), "{}", list.talk);
    assert!(home.run(&["fetch", "--list"]).out.contains("history.csv is no file any more"));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_the_index_or_the_lock_is_not_waited_for() {
    for (name, status) in [("fetched.json", 0), (".lock", 1)] {
        let home = Home::new();
        home.bring(HISTORY);
        let place = home.folder.path().join("data/scrutineer").join(name);
        fs::remove_file(&place).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&place).status().unwrap().success());
        let list = home.run(&["list", "leeds"]);
        assert!(list.status == 0 && list.out.contains("Leeds"), "{}", list.talk);
        let fetched = home.run(&["fetch", "--accept", "--from", "tests/files/history-later.csv"]);
        assert_eq!(fetched.status, status, "{}", fetched.talk);
        assert_eq!(fetched.talk.contains(".lock is not a file; remove it"), status == 1, "{}", fetched.talk);
    }
}

#[test]
fn dates_that_are_other_than_in_the_record_are_told() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("history.csv");
    let text = of_the_record(0);
    let leeds = "Leeds,Yorkshire and the Humber,E08000035,ilacs,2018,2018-12-";
    assert!(text.contains(&format!("{leeds}18")));
    fs::write(&file, text.replace(&format!("{leeds}18"), &format!("{leeds}08"))).unwrap();
    let done = Home::new().run(&["fetch", "--from", file.to_str().unwrap()]);
    assert!(done.status == 0 && done.talk.contains("1 date differs from the record"), "{}", done.talk);
}
