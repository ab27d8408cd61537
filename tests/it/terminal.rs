//! Runs the real binary in a pseudo-terminal: it draws, reacts to keys and signals, and restores the terminal.

#![cfg(unix)]
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{bundled_json, example, press, program, screen, squeezed};
use crate::pty::{Pty, SCRUTINEER, private, scrutineer, shell};
use crate::stories::{EVERY_LAYER, started_in};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::json;

#[test]
fn starts_without_querying_the_terminal() {
    let mut pty = Pty::browser(&[], 120, 36);
    pty.wait_for("all panes", |s| s.contains("England") && s.contains("Jos Clark"));
    for question in ["\u{1b}[6n", "\u{1b}[c", "\u{1b}[>c", "\u{1b}[?u", "\u{1b}[18t", "\u{1b}]11;?"] {
        assert!(!String::from_utf8_lossy(&pty.raw).contains(question), "asks {question:?}");
    }
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

/// The exit status after Ctrl-C, for which the terminal sends a signal.
const INTERRUPTED: u32 = 128 + 2;

#[test]
fn keys_that_quit_leave_the_terminal_as_it_was() {
    for (key, status) in [("q", 0), ("?qq", 0), ("\u{3}", INTERRUPTED), ("/x\u{3}", INTERRUPTED)] {
        let mut pty = Pty::browser(&[], 100, 30);
        assert!(pty.terminal().alternate_screen() && pty.terminal().bracketed_paste());
        assert_ne!(pty.settings_now(), pty.settings);
        pty.send(key);
        assert_eq!(pty.end(), status, "{key:?}");
        pty.assert_given_back();
    }
}

#[test]
fn signals_that_terminate_leave_the_terminal_as_it_was() {
    let mut signals = vec![("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3)];
    if cfg!(target_os = "linux") {
        signals.extend([("USR1", 10), ("USR2", 12), ("ALRM", 14), ("XCPU", 24), ("XFSZ", 25), ("VTALRM", 26)]);
        signals.extend([("PROF", 27), ("IO", 29), ("PWR", 30)]);
    }
    for (name, number) in signals {
        let mut pty = Pty::browser(&[], 100, 30);
        pty.signal(name);
        assert_eq!(pty.end(), 128 + number, "{name}");
        pty.assert_given_back();
    }
}

/// Starts the browser as people do, in a shell that can stop it.
fn in_a_shell(arguments: &[&str]) -> Pty {
    let mut shell = private("sh");
    shell.args(["-i"]);
    shell.env("PS1", "shell> ");
    let mut pty = Pty::start(shell, 100, 30);
    pty.wait_for("the shell", |screen| screen.contains("shell>"));
    let arguments = crate::common::without_record(arguments).join("' '");
    pty.send(&format!("'{}' '{arguments}'\n", SCRUTINEER));
    pty
}

/// Waits until the shell asks for a line on the normal screen.
fn wait_for_prompt(pty: &mut Pty) {
    pty.wait_until("the shell", |pty| {
        let screen = pty.screen();
        !pty.terminal().alternate_screen() && screen.lines().next_back().is_some_and(|line| line.trim() == "shell>")
    });
}

/// Sends the program that a shell runs a signal.
fn signal_in(pty: &Pty, name: &str) {
    let done = Command::new("pkill").args([&format!("-{name}"), "-P", &pty.pid().to_string()]).status().unwrap();
    assert!(done.success(), "there is a program in the shell");
}

#[test]
fn suspending_gives_the_terminal_back_to_the_shell_until_it_continues() {
    for stop in ["key", "signal"] {
        let mut pty = in_a_shell(&[]);
        pty.wait_for("the first frame", |screen| screen.contains("Councils"));
        match stop {
            "key" => pty.send("\u{1a}"),
            _ => signal_in(&pty, "TSTP"),
        }
        wait_for_prompt(&mut pty);
        pty.send("echo between $((40 + 2))\n");
        pty.wait_for("the shell", |screen| screen.contains("between 42\n"));
        wait_for_prompt(&mut pty);
        pty.send("fg\n");
        pty.wait_for("the browser again", |s| s.contains("Councils") && s.contains("? help"));
        assert!(pty.terminal().alternate_screen() && pty.terminal().bracketed_paste());
        pty.send("j");
        pty.wait_for("the next row", |s| s.contains("▌Cambridgeshire"));
        pty.send("q");
        wait_for_prompt(&mut pty);
        pty.send("exit\n");
        pty.end();
        pty.assert_given_back();
    }
}

#[test]
fn without_a_shell_nothing_is_suspended_for_good() {
    let mut pty = Pty::browser(&[], 100, 30);
    pty.send("\u{1a}");
    pty.wait_for("why not", |screen| screen.contains("there is no shell to return to"));
    pty.send("j");
    pty.wait_for("the next row", |screen| screen.contains("▌Cambridgeshire"));
    pty.signal("TSTP");
    pty.wait_for("why not", |screen| screen.contains("there is no shell to return to"));
    assert_ne!(pty.state(), 'T');
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn is_redrawn_after_sigstop_and_sigcont() {
    let mut pty = Pty::browser(&[], 100, 30);
    pty.signal("STOP");
    pty.wait_until("the stop", |pty| pty.state() == 'T');
    let before = pty.raw.len();
    pty.signal("CONT");
    pty.wait_until("a whole frame", |pty| String::from_utf8_lossy(&pty.raw[before..]).contains("Worcestershire"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn raw_mode_is_set_again_after_a_shell_has_had_the_terminal() {
    let mut pty = Pty::browser(&[], 100, 30);
    let raw = pty.settings_now();
    pty.signal("STOP");
    pty.wait_until("the stop", |pty| pty.state() == 'T');
    pty.set_as_a_shell_does();
    assert_ne!(pty.settings_now(), raw);
    pty.signal("CONT");
    pty.wait_until("raw mode", |pty| pty.settings_now() == raw);
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn it_ends_by_a_signal_or_its_key_though_the_terminal_takes_no_output() {
    for (is_key, status) in [(false, 128 + 15), (true, INTERRUPTED)] {
        let mut pty = Pty::browser(&[], 100, 30);
        pty.stop_output();
        pty.send("j");
        if is_key {
            pty.send("\u{3}");
        } else {
            pty.signal("TERM");
        }
        assert_eq!(pty.end_without_reading(), status);
        assert_eq!(pty.settings_now(), pty.settings, "line settings");
    }
}

#[test]
fn a_signal_is_not_kept_waiting_by_the_keys_before_it() {
    let mut pty = Pty::browser(&[], 100, 30);
    for _ in 0..60 {
        pty.send(&"j".repeat(1000));
    }
    pty.signal("TERM");
    assert_eq!(pty.end(), 143);
    pty.assert_given_back();
}

#[test]
fn what_was_copied_is_sent_though_the_program_quits_at_once() {
    let mut pty = Pty::browser(&[], 100, 30);
    pty.send("ysq");
    assert_eq!(pty.end(), 0);
    assert!(pty.raw.windows(5).any(|bytes| bytes == b"\x1b]52;"), "{}", String::from_utf8_lossy(&pty.raw));
}

#[test]
fn a_window_without_a_size_is_drawn_like_one_that_reports_none() {
    let mut pty = Pty::browser(&[], 100, 30);
    pty.send("j");
    pty.wait_for("the next row", |s| s.contains("▌Cambridgeshire"));
    let before = pty.raw.len();
    pty.resize_window(0, 0);
    pty.wait_until("a frame of 24 rows", |pty| pty.raw[before..].windows(7).any(|bytes| bytes == b"\x1b[24;2H"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn it_ends_by_a_signal_though_the_terminal_never_took_output() {
    let mut pty = Pty::start(shell(&format!("read start; exec {SCRUTINEER}")), 100, 30);
    pty.stop_output();
    pty.send("\n");
    let settings = pty.settings.clone();
    pty.wait_until("raw mode", |pty| pty.settings_now() != settings);
    pty.signal("TERM");
    assert_eq!(pty.end_without_reading(), 128 + 15);
    assert_eq!(pty.settings_now(), settings, "line settings");
}

#[test]
fn a_window_of_any_size_is_drawn_or_left() {
    for (columns, rows) in [(65535, 65535), (1, 65535), (65535, 1)] {
        let mut pty = Pty::browser(&[], 100, 30);
        pty.resize_window(columns, rows);
        // Its footer in the last row tells that the browser was drawn for this size.
        pty.resize(100, 34);
        pty.wait_for("the browser", |s| s.lines().nth(33).is_some_and(|footer| footer.contains("? help")));
        pty.send("j");
        pty.wait_for("the next row", |s| s.contains("▌Cambridgeshire"));
        assert!(pty.memory_is_below(400_000_000));
        pty.send("q");
        assert_eq!(pty.end(), 0);
    }
}

#[test]
fn every_kind_of_terminal_and_locale_shows_the_browser_and_gets_its_terminal_back() {
    let terms = [
        "xterm",
        "xterm-256color",
        "xterm-kitty",
        "screen",
        "screen-256color",
        "tmux-256color",
        "linux",
        "vt100",
        "vt220",
        "rxvt-unicode-256color",
        "st-256color",
        "alacritty",
        "foot",
        "ansi",
        "unknown",
        "",
    ];
    let locales = [
        ("LC_ALL", "C"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("LANG", "en_GB.UTF-8"),
        ("LC_CTYPE", "nonsense"),
        ("LANG", ""),
    ];
    let of_term = terms.map(|term| ("TERM", term));
    for (name, value) in of_term.into_iter().chain(locales) {
        let mut command = scrutineer(&[]);
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().for_each(|name| command.env_remove(name));
        command.env(name, value);
        let mut pty = Pty::start(command, 100, 30);
        pty.wait_for("the browser", |screen| screen.contains("Councils") && screen.contains("? help"));
        pty.send("j");
        pty.wait_until("the next row", |pty| {
            let bars = ["▌Cambridgeshire", ">Cambridgeshire", "|Cambridgeshire"];
            pty.screen().lines().any(|line| bars.iter().any(|row| line.starts_with(row)))
        });
        // A locale that is set and is not UTF-8 has ASCII.
        let is_ascii = pty.screen().is_ascii();
        let wanted = matches!((name, value), ("LC_ALL", _) | ("LC_CTYPE", _));
        assert_eq!(is_ascii, wanted, "{name}={value}");
        pty.send("q");
        assert_eq!(pty.end(), 0, "{name}={value}");
        pty.assert_given_back();
    }
    let mut command = scrutineer(&[]);
    command.env_remove("TERM");
    let mut pty = Pty::start(command, 100, 30);
    pty.wait_for("the browser", |screen| screen.contains("Councils"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_panic_in_any_thread_restores_the_terminal_before_its_message() {
    for thread in ["main", "thread"] {
        let mut command = portable_pty::CommandBuilder::new(example("panic"));
        command.arg(thread);
        let mut pty = Pty::start(command, 80, 24);
        assert_eq!(pty.end(), 101, "{thread}");
        pty.assert_given_back();
        assert!(pty.screen().contains("the floor gave way"), "{}", pty.screen());
        let raw = String::from_utf8_lossy(&pty.raw).into_owned();
        assert!(raw.find("\u{1b}[?1049l").unwrap() < raw.find("the floor gave way").unwrap());
    }
}

/// Checks that a browser exits when its window is closed, that is, when the other end of its terminal is.
fn ends_with_its_window(line: &str) {
    let pair = native_pty_system().openpty(PtySize { rows: 30, cols: 100, ..PtySize::default() }).unwrap();
    let mut command = shell(line);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("TERM", "xterm");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("help") {
        let count = reader.read(&mut buffer).unwrap();
        seen.extend(&buffer[..count]);
    }
    drop(reader);
    drop(pair.master);
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(30), "the process stays: {line}");
        std::thread::yield_now();
    }
}

#[test]
fn a_closed_window_leaves_no_process() {
    ends_with_its_window(&format!("exec {SCRUTINEER}"));
    // The shell leads the session and ignores SIGHUP, so that scrutineer does not receive it.
    ends_with_its_window(&format!("trap '' HUP; {SCRUTINEER}; true"));
}

/// A terminal that does not control the program sends it no signal, and can be closed too.
#[cfg(target_os = "linux")]
#[test]
fn a_closed_window_that_does_not_control_it_leaves_no_process() {
    ends_with_its_window(&format!("trap '' HUP; exec setsid --wait {SCRUTINEER}"));
}

#[test]
fn without_a_terminal_the_list_is_printed_as_text() {
    let out = program().env("TERM", "xterm").stdin(Stdio::null()).output().unwrap();
    assert!(out.status.success());
    assert!(out.stderr.is_empty());
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.starts_with("council") && text.contains("\nBristol  ") && text.contains("Leavers"));
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    let mut dumb = scrutineer(&[]);
    dumb.env("TERM", "dumb");
    let mut pty = Pty::start(dumb, 120, 40);
    pty.wait_for("the prompt of plain mode", |s| s.contains("> "));
    pty.send("worcester\r");
    pty.wait_for("the answer", |s| s.contains("Worcestershire, West Midlands."));
    pty.send("q\r");
    assert_eq!(pty.end(), 0);
    assert!(!pty.raw.contains(&0x1b));
}

#[test]
fn a_pipe_that_is_closed_early_causes_no_message() {
    let mut dataset = bundled_json();
    let first = dataset["authorities"][0].clone();
    for number in 0..5000 {
        let mut copy = first.clone();
        copy["name"] = json!(format!("Council {number}"));
        dataset["authorities"].as_array_mut().unwrap().push(copy);
    }
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "{dataset}").unwrap();
    let mut child = program().arg(file.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first_bytes = [0; 10];
    child.stdout.as_mut().unwrap().read_exact(&mut first_bytes).unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_terminal_to_read_keys_from_it_says_so() {
    let mut pty = Pty::start(shell(&format!("setsid -w {SCRUTINEER} </dev/null; echo status $?")), 100, 30);
    assert_eq!(pty.end(), 0);
    assert!(pty.screen().contains("no terminal to read keys from"), "{}", pty.screen());
    assert!(pty.screen().contains("status 1"), "{}", pty.screen());
    assert!(!pty.raw.contains(&0x1b));
}

#[test]
fn with_a_dataset_on_standard_input_keys_are_read_from_the_terminal() {
    let mut pty = Pty::start(shell(&format!("cat assets/apa-2006.json | {SCRUTINEER} -")), 100, 30);
    pty.wait_for("the first frame", |s| s.contains("Councils"));
    pty.send("/brist");
    pty.wait_for("what was found", |s| s.contains("/ brist") && s.contains("▌Bristol"));
    pty.send("\rq");
    assert_eq!(pty.end(), 0);
    pty.assert_given_back();
}

const HOSTILE: [&str; 6] = [
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31mRed",
    "C1 \u{9b}31m\u{9d}0;x\u{9c}",
    "tab\tand\nnewline\r\u{2028}end",
    "right \u{202e}to left\u{200b}\u{feff}\u{2066}",
    "東京都の区 wide o\u{301}\u{301}\u{301} e\u{300}",
    "\u{301}\u{302} begins with marks 👩‍👩‍👧",
];

fn hostile_file() -> tempfile::NamedTempFile {
    let mut dataset = bundled_json();
    let long = "Long name ".repeat(1000);
    for (place, text) in HOSTILE.into_iter().chain([long.as_str()]).enumerate() {
        let authority = &mut dataset["authorities"][place];
        authority["name"] = json!(text);
        authority["region"] = json!(text);
        authority["assessments"][0]["quotes"] = json!([{"speaker": text, "role": text, "categories": ["services"],
            "source": "seed", "passages": [{"text": text, "spoken": []}]}]);
    }
    dataset["title"] = json!(HOSTILE.concat());
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "{dataset}").unwrap();
    file
}

fn assert_harmless(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    for hostile in
        ["\u{1b}]", "\u{7}", "\u{9b}", "\u{9d}", "\u{202e}", "\u{200b}", "\u{2066}", "\u{feff}", "\u{1b}[31m"]
    {
        assert!(!text.contains(hostile), "{hostile:?} reaches the terminal");
    }
}

#[test]
fn hostile_text_neither_controls_the_terminal_nor_breaks_the_layout() {
    let file = hostile_file();
    let path = file.path().to_str().unwrap();
    for (columns, rows) in [(120, 36), (80, 24), (20, 5)] {
        let mut pty = Pty::start(scrutineer(&[path, "--theme", "mono"]), columns, rows);
        pty.wait_for("the first frame", |s| s.contains("Counci"));
        for step in 0..18u16 {
            pty.send("j");
            let selected = 2 + (step + 1).min(17);
            let is_selected = |pty: &Pty| pty.terminal().cell(selected, 0).is_some_and(|cell| cell.contents() == "▌");
            pty.wait_until("the next row", |pty| columns == 20 || is_selected(pty));
            let cells = pty.terminal();
            let is_rule = |column: &u16| cells.cell(1, *column).is_some_and(|cell| cell.contents() == "│");
            let rule = (0..columns).find(is_rule);
            assert!(columns == 20 || rule.is_some(), "{}", pty.screen());
            for (row, column) in rule.into_iter().flat_map(|column| (1..rows - 1).map(move |row| (row, column))) {
                assert_eq!(cells.cell(row, column).unwrap().contents(), "│", "row {row}\n{}", pty.screen());
            }
        }
        pty.send("q");
        assert_eq!(pty.end(), 0);
        assert_harmless(&pty.raw);
    }
    let out = program().arg(path).output().unwrap();
    assert_harmless(&out.stdout);
    assert!(!String::from_utf8(out.stdout).unwrap().chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn a_resized_window_is_redrawn() {
    let mut pty = Pty::browser(&[], 120, 36);
    pty.resize(60, 15);
    pty.wait_for("one pane", |s| s.contains("1 Councils") && s.contains("? help"));
    pty.resize(10, 3);
    pty.wait_for("a word about it", |s| s.contains("window too"));
    pty.resize(120, 36);
    pty.wait_for("three panes", |s| s.contains("England") && s.contains("? help"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn pasted_text_goes_into_the_search_line() {
    let mut pty = Pty::browser(&[], 100, 30);
    pty.send("\u{1b}[200~stoq\u{1b}[201~");
    pty.wait_for("the search line", |s| s.contains("/ stoq"));
    pty.send("\u{1b}");
    pty.wait_for("all of the list", |s| s.contains("▌Bristol") && !s.contains("/ stoq"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_paste_of_a_megabyte_into_any_line_ends_with_the_next_key() {
    let text = "a ".repeat(500_000);
    for (opener, shown) in [("/", "/ "), ("?/", "Help"), (":", "What to do"), ("f", "type to find"), ("x", "Export")] {
        for paste in [format!("\u{1b}[200~{text}\u{1b}[201~"), text.clone()] {
            let mut pty = Pty::browser(&[], 100, 30);
            pty.send(opener);
            pty.wait_for("the line", |s| s.contains(shown));
            pty.send(&paste);
            pty.send("\u{3}");
            assert_eq!(pty.end(), INTERRUPTED, "{opener}");
            pty.assert_given_back();
        }
    }
}

#[test]
fn signals_end_it_during_a_long_paste() {
    let mut pty = Pty::browser(&[], 100, 30);
    pty.send("/");
    pty.send(&format!("\u{1b}[200~{}", "a".repeat(1_000_000)));
    pty.signal("TERM");
    assert_eq!(pty.end(), 143);
    pty.assert_given_back();
}

#[test]
fn all_queued_keys_are_handled() {
    let mut pty = Pty::browser(&[], 120, 36);
    pty.send(&"j".repeat(200));
    pty.wait_for("the last row", |s| s.contains("▌Worcestershire"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_movement_key_writes_few_bytes() {
    let mut pty = Pty::browser(&[], 120, 36);
    pty.wait_for("a whole frame", |s| s.contains("? help"));
    for position in 2..=18u16 {
        let before = pty.raw.len();
        pty.send("j");
        let row = 1 + position;
        pty.wait_until("the next row", |pty| {
            pty.terminal().cell(row, 0).is_some_and(|cell| cell.contents() == "▌")
                && pty.raw[before..].windows(8).any(|w| w == b"\x1b[?2026l")
        });
        let sent = pty.raw.len() - before;
        assert!(sent <= 4000, "{sent} bytes for row {position}");
    }
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

/// Returns processor time and the number of voluntary context switches of all threads so far.
#[cfg(target_os = "linux")]
fn activity(pid: u32) -> (u64, u64) {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let time = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    let mut switches = 0;
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).unwrap() {
        let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
        let line = status.lines().find(|l| l.starts_with("voluntary_ctxt_switches")).unwrap();
        switches += line.split_whitespace().next_back().unwrap().parse::<u64>().unwrap();
    }
    (time, switches)
}

#[test]
#[cfg(target_os = "linux")]
fn it_does_nothing_while_idle() {
    let mut pty = Pty::browser(&[], 120, 36);
    pty.wait_for("a whole frame", |s| s.contains("? help"));
    let rest = Duration::from_secs(1);
    while !pty.is_silent_for(rest) {}
    let before = activity(pty.pid());
    assert!(pty.is_silent_for(rest));
    assert_eq!(activity(pty.pid()), before);
}

#[test]
fn the_mouse_selects_and_scrolls_until_a_key_releases_it() {
    let mut pty = Pty::browser(&[], 120, 36);
    assert_ne!(pty.terminal().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    pty.send("\u{1b}[<0;6;7M\u{1b}[<0;6;7m");
    pty.wait_for("the clicked row", |s| s.contains("▌Ealing"));
    pty.send("\u{1b}[<65;6;7M");
    pty.wait_for("three rows on", |s| s.contains("▌Kent"));
    pty.send("M");
    pty.wait_until("the mouse off", |pty| pty.terminal().mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn a_user_finds_what_the_councillor_said_and_its_source() {
    let mut pty = Pty::browser(&[], 80, 24);
    pty.send("/brist\r");
    pty.wait_for("Bristol", |s| s.contains("Jos Clark"));
    pty.send("\te");
    pty.wait_for("the source", |s| s.contains("Nursery World"));
    pty.send("\u{1b}");
    pty.wait_for("Bristol again", |s| s.contains("England"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn wrong_usage_exits_with_two_and_failure_with_one() {
    let run = |arguments: &[&str]| program().args(arguments).stdin(Stdio::null()).output().unwrap();
    let wrong = run(&["--no-such-option"]);
    assert_eq!((wrong.status.code(), wrong.stdout.len()), (Some(2), 0));
    let missing = run(&["no-such-file.json"]);
    assert_eq!((missing.status.code(), missing.stdout.len()), (Some(1), 0));
    let words = String::from_utf8(missing.stderr).unwrap();
    assert!(words.contains("cannot read no-such-file.json"), "{words}");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "{{\"format\": 2, \"titel\": 3}}").unwrap();
    let faulty = run(&[file.path().to_str().unwrap()]);
    assert_eq!((faulty.status.code(), faulty.stdout.len()), (Some(1), 0));
    let words = String::from_utf8(faulty.stderr).unwrap();
    assert!(words.contains("titel: found an unknown field"), "{words}");
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
}

#[test]
fn an_export_is_complete_and_overwrites_only_after_confirmation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    let mut pty = Pty::browser(&[], 120, 36);
    pty.send("/wor\rx\u{15}");
    pty.wait_for("the question", |s| s.contains("councils listed to this file"));
    pty.send(&format!("{}\r", path.display()));
    pty.wait_for("the answer", |s| s.contains("wrote"));
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with("authority,region") && written.contains("Worcestershire,West Midlands"), "{written}");
    std::fs::write(&path, "mine").unwrap();
    pty.send("x\r");
    pty.wait_for("the doubt", |s| s.contains("exists already. Overwrite it?"));
    pty.send("n");
    pty.wait_for("the path again", |s| s.contains("listed to this file"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    pty.send("\r");
    pty.wait_for("the doubt again", |s| s.contains("Overwrite it?"));
    pty.send("y");
    pty.wait_for("the answer", |s| s.contains("wrote"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
    pty.send("x\u{15}/no/such/folder/a.json\r");
    pty.wait_for("the reason", |s| s.contains("cannot write /no/such/folder/a.json"));
    pty.send("\u{15}a.doc\r");
    pty.wait_for("the forms", |s| s.contains("must end in .html"));
    pty.send("\u{3}");
    assert_eq!(pty.end(), INTERRUPTED);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn copied_text_is_sent_to_the_terminal() {
    let mut pty = Pty::browser(&[], 120, 36);
    pty.send("yr");
    pty.wait_for("the answer", |s| s.contains("sent to the terminal's clipboard"));
    // The clipboard text in base64: "Bristol", a tab, and its three signs; then the framework and the day.
    assert!(String::from_utf8_lossy(&pty.raw).contains("\u{1b}]52;c;QnJpc3RvbAkxCeKAkwnig"));
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn links_are_clickable_if_the_terminal_supports_them() {
    for (forced, is_there) in [("1", true), ("0", false)] {
        let mut command = scrutineer(&[]);
        command.env("FORCE_HYPERLINK", forced);
        let mut pty = Pty::start(command, 120, 36);
        pty.wait_for("the first frame", |screen| screen.contains("Councils"));
        pty.send("e");
        pty.wait_for("the sources", |screen| screen.contains("Nursery World") && screen.contains("https://"));
        pty.wait_until("the end of the frame", |pty| pty.raw.ends_with(b"\x1b[?2026l"));
        let raw = String::from_utf8_lossy(&pty.raw).into_owned();
        assert_eq!(raw.contains("\u{1b}]8;id=0;https://"), is_there);
        assert_eq!(raw.matches("]8;id=").count() >= 1, raw.contains("\u{1b}]8;;\u{1b}\\"));
        pty.send("qq");
        assert_eq!(pty.end(), 0);

        let mut command = scrutineer(&["show", "bristol"]);
        command.env("FORCE_HYPERLINK", forced);
        let mut pty = Pty::start(command, 60, 60);
        assert_eq!(pty.end(), 0);
        assert_eq!(String::from_utf8_lossy(&pty.raw).contains("\u{1b}]8;;https://"), is_there);
    }
}

#[test]
fn the_settings_apply_and_a_mistake_in_them_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "sort = \"-services\"\nmose = false\n[keys]\nquit = \"Z\"\n").unwrap();
    let mut pty = Pty::browser(&["--config", file.to_str().unwrap()], 120, 36);
    pty.wait_for("the mistake", |s| s.contains("1 mistake in the settings; p shows more"));
    pty.wait_for("the order", |s| {
        s.find("Bristol").zip(s.find("Stoke-on-Trent")).is_some_and(|(one, next)| one < next)
    });
    pty.send("p");
    pty.wait_for("its line and its cure", |s| s.contains("line 2, column 1") && s.contains("did you mean \"mouse\"?"));
    pty.send("q");
    pty.send("j");
    pty.wait_for("that q does not quit", |s| s.contains("▌Stoke-on-Trent"));
    pty.send("jZ");
    assert_eq!(pty.end(), 0);
    pty.assert_given_back();
}

/// Creates a named pipe that nothing is written to yet.
fn named_pipe(folder: &tempfile::TempDir) -> std::path::PathBuf {
    let path = folder.path().join("slow.csv");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

fn start_on(path: &std::path::Path) -> Pty {
    let mut pty = Pty::start(scrutineer(&[path.to_str().unwrap()]), 120, 36);
    pty.wait_for("a sign of progress", |screen| screen.contains("Opening the data") && screen.contains("Esc cancels"));
    pty
}

#[test]
fn slow_loading_can_be_cancelled() {
    for (key, status) in [("\u{1b}", 0), ("q", 0), ("\u{3}", INTERRUPTED)] {
        let folder = tempfile::tempdir().unwrap();
        let mut pty = start_on(&named_pipe(&folder));
        pty.send(key);
        assert_eq!(pty.end(), status, "{key:?}");
        pty.assert_given_back();
    }
    let folder = tempfile::tempdir().unwrap();
    let mut pty = start_on(&named_pipe(&folder));
    pty.signal("TERM");
    assert_eq!(pty.end(), 143);
    pty.assert_given_back();
}

#[test]
fn slow_loading_can_be_suspended() {
    let folder = tempfile::tempdir().unwrap();
    let path = named_pipe(&folder);
    let mut pty = in_a_shell(&[path.to_str().unwrap()]);
    for stop in ["signal", "key"] {
        pty.wait_for("the progress", |screen| screen.contains("Opening the data"));
        match stop {
            "signal" => signal_in(&pty, "TSTP"),
            _ => pty.send("\u{1a}"),
        }
        wait_for_prompt(&mut pty);
        pty.send("fg\n");
        pty.wait_until("the progress again", |pty| pty.terminal().alternate_screen());
    }
    pty.send("q");
    wait_for_prompt(&mut pty);
    pty.send("exit\n");
    pty.end();
    pty.assert_given_back();
    // Without a shell, loading goes on.
    let mut pty = start_on(&path);
    pty.send("\u{1a}");
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

#[test]
fn keys_typed_while_loading_are_handled_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = named_pipe(&folder);
    let mut pty = start_on(&path);
    pty.send("/ken");
    std::fs::write(&path, include_bytes!("../files/history.csv")).unwrap();
    pty.wait_for("what was searched", |screen| screen.contains("/ ken") && screen.contains("Kent"));
    assert!(!pty.screen().contains("Leeds"), "{}", pty.screen());
    pty.send("\u{3}");
    assert_eq!(pty.end(), INTERRUPTED);
    pty.assert_given_back();
}

#[test]
fn an_unusable_file_is_reported_after_the_terminal_is_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = named_pipe(&folder);
    let mut pty = start_on(&path);
    std::fs::write(&path, "a,b\n1,2\n").unwrap();
    assert_eq!(pty.end(), 1);
    pty.assert_given_back();
    assert!(pty.screen().contains("cannot be used as a dataset"), "{}", pty.screen());
}

#[test]
fn plain_mode_answers_in_a_terminal_without_moving_the_cursor() {
    let mut pty = Pty::start(scrutineer(&["--plain"]), 80, 24);
    pty.wait_for("the prompt", |s| s.contains("> "));
    pty.send("bristol\r");
    pty.wait_for("the answer", |s| s.contains("young people: inadequate"));
    assert!(!pty.raw.contains(&0x1b), "no escape sequence");
    pty.send("q\r");
    assert_eq!(pty.end(), 0);
}

/// Returns the bytes that a terminal sends for a key as the stories write it.
fn bytes_of(key: &str) -> String {
    match key {
        "<down>" => "\x1b[B".to_owned(),
        "<right>" => "\x1b[C".to_owned(),
        "<left>" => "\x1b[D".to_owned(),
        "<enter>" => "\r".to_owned(),
        "<esc>" => "\x1b".to_owned(),
        key => key.to_owned(),
    }
}

#[test]
fn the_cursor_of_the_terminal_is_on_the_selected_thing_after_every_key() {
    let folder = std::env::current_dir().unwrap();
    let mut app = started_in(Some(folder.display().to_string()), 80, 24);
    let mut command = CommandBuilder::new(SCRUTINEER);
    command.cwd(folder);
    let mut pty = Pty::start(command, 80, 24);
    for key in EVERY_LAYER {
        press(&mut app, key);
        pty.send(&bytes_of(key));
        let expected = squeezed(&screen(&app));
        let at = app.screen().cursor.unwrap();
        let what = format!("the cursor at {at:?} after {key} on\n{}", screen(&app));
        pty.wait_until(&what, |pty| {
            let shown = pty.terminal();
            shown.cursor_position() == (at.y, at.x) && !shown.hide_cursor() && squeezed(&pty.screen()) == expected
        });
    }
}

#[test]
fn the_map_is_drawn_on_a_terminal_and_listed_elsewhere() {
    for (columns, tile) in [(100, "Brs R"), (80, "Brs")] {
        let mut command = private(SCRUTINEER);
        command.args(["map", "--category", "help"]);
        let mut pty = Pty::start(command, columns, 60);
        assert_eq!(pty.end(), 0);
        let drawn = pty.screen();
        assert!(drawn.contains(tile) && drawn.contains("G Good"), "{drawn}");
        let row = drawn.lines().position(|line| line.contains(tile)).unwrap();
        let below = |line: &str, at: usize| line.chars().nth(at);
        let at = drawn.lines().nth(row).unwrap().find("Brs").unwrap();
        let letter = if columns == 100 { None } else { drawn.lines().nth(row + 1).and_then(|line| below(line, at)) };
        assert!(columns == 100 || letter == Some('R'), "{drawn}");
    }
    let listed = program().args(["map", "--category", "help"]).output().unwrap();
    assert!(String::from_utf8(listed.stdout).unwrap().starts_with("council"));
}

/// Not every terminal has a second screen that is empty.
#[test]
fn the_first_frame_clears_what_was_there() {
    let mut pty = Pty::start(scrutineer(&[]), 120, 36);
    pty.wait_for("the first frame", |s| s.contains("Councils"));
    let raw = String::from_utf8_lossy(&pty.raw).into_owned();
    let cleared = raw.find("\x1b[2J").expect("the screen is not cleared");
    assert!(cleared < raw.find("Councils").unwrap());
    pty.send("q");
    assert_eq!(pty.end(), 0);
}

/// Terminals send such answers by themselves, as when the colours of the desktop change.
#[test]
fn answers_that_nobody_asked_for_neither_type_nor_swallow_keys() {
    let mut pty = Pty::start(scrutineer(&[]), 80, 24);
    pty.wait_for("the first frame", |s| s.contains("Councils"));
    pty.send(
        "\u{1b}[?997;1n\u{1b}[?2026;2$y\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{7}\u{1b}P1$r0m\u{1b}\\\u{1b}_Gi=1;OK\u{1b}\\n",
    );
    pty.wait_for("the neighbours", |s| s.contains("Neighbours of Bristol") && !s.contains("What to do"));
    pty.send("\u{1b}");
    pty.wait_for("the list", |s| !s.contains("Neighbours"));
    pty.send("\u{1b}[200~leeds");
    pty.send("\u{3}");
    assert_eq!(pty.end(), INTERRUPTED, "a paste without an end does not keep Ctrl-C");
}

#[test]
fn a_sequence_that_comes_in_parts_is_one_key() {
    let mut pty = Pty::start(scrutineer(&[]), 80, 24);
    pty.wait_for("the first frame", |s| s.contains("Councils"));
    pty.send("n");
    pty.wait_for("the neighbours", |s| s.contains("Neighbours of Bristol"));
    for part in ["\u{1b}", "[", "6", "~"] {
        pty.send(part);
    }
    pty.wait_for("the next page", |s| s.contains("Neighbours of Bristol") && s.contains("In South West"));
    pty.send("\u{3}");
    assert_eq!(pty.end(), INTERRUPTED);
}
