//! Measures whole processes in a pseudo-terminal, alternating between scrutineer and the baseline `floor`:
//! `cargo build --release --examples && cargo bench --bench process`.
//!
//! Prints a Markdown table of medians, with the median of the ratios of each pair. Runs on Linux only, because it
//! reads processor times in nanoseconds from `/proc/PID/task/*/schedstat`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a benchmark may fail")]

mod common;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{MasterPty, PtySize, native_pty_system};

const RUNS: usize = 21;
const KEYS: usize = 100;
const DEADLINE: Duration = Duration::from_secs(60);

/// A program in a terminal of 120 columns and 36 rows.
struct Subject {
    child: Child,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    frame_end: &'static [u8],
    /// The time from its start to the end of its first frame, in milliseconds.
    first: f64,
    _master: Box<dyn MasterPty + Send>,
}

impl Subject {
    /// Starts a program and waits for its first frame, which ends with the bytes `frame_end`.
    fn start(program: &Path, arguments: &[&Path], frame_end: &'static [u8]) -> Self {
        let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        // Spawned directly: the work of a library between fork and exec would count as the program's time.
        let tty = std::fs::File::options().read(true).write(true).open(pair.master.tty_name().unwrap()).unwrap();
        let end = || tty.try_clone().unwrap();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("TERM", "xterm-256color")
            .env("XDG_DATA_HOME", "/nonexistent")
            .stdin(end())
            .stdout(end())
            .stderr(end());
        let begun = Instant::now();
        let child = command.spawn().unwrap();
        let (to, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || to.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let mut subject = Self { child, writer, output, frame_end, first: 0.0, _master: pair.master };
        subject.until_frame();
        subject.first = begun.elapsed().as_secs_f64() * 1000.0;
        subject.rest();
        subject
    }

    /// Waits for the end of a frame; returns the number of bytes received.
    fn frame(&mut self) -> usize {
        self.until_frame() + self.rest()
    }

    fn until_frame(&mut self) -> usize {
        let mut bytes = Vec::new();
        while !bytes.windows(self.frame_end.len()).any(|w| w == self.frame_end) {
            bytes.extend(self.output.recv_timeout(DEADLINE).unwrap());
        }
        bytes.len()
    }

    /// Receives the rest of a frame, until nothing arrives for 3 ms; returns the number of bytes.
    fn rest(&mut self) -> usize {
        let mut bytes = 0;
        while let Ok(more) = self.output.recv_timeout(Duration::from_millis(3)) {
            bytes += more.len();
        }
        bytes
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Returns the processor time of all threads so far, in microseconds.
    fn cpu(&self) -> f64 {
        let mut nanoseconds = 0;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap() {
            let text = std::fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap_or_default();
            nanoseconds += text.split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
        }
        nanoseconds as f64 / 1000.0
    }

    /// Returns the processor time until a letter has been searched for in all authorities, in microseconds.
    fn searched(mut self) -> f64 {
        self.send("/y");
        self.frame();
        self.cpu()
    }

    /// Returns the peak memory, in megabytes.
    fn peak(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Returns the microseconds and bytes for one movement key, averaged over alternating `j` and `k`.
    fn key(&mut self) -> (f64, f64) {
        let before = self.cpu();
        let mut bytes = 0;
        for number in 0..KEYS {
            self.send(if number % 2 == 0 { "j" } else { "k" });
            bytes += self.frame();
        }
        ((self.cpu() - before) / KEYS as f64, bytes as f64 / KEYS as f64)
    }

    /// Returns the microseconds for 200 movement keys sent in one write.
    fn queue(&mut self) -> f64 {
        let before = self.cpu();
        self.send(&"j".repeat(200));
        self.frame();
        self.cpu() - before
    }

    /// Whether the program does nothing at all for a second.
    fn rests(&mut self) -> bool {
        let before = self.cpu();
        let is_silent = matches!(self.output.recv_timeout(Duration::from_secs(1)), Err(RecvTimeoutError::Timeout));
        is_silent && self.cpu() == before
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Measures both in turn; prints the medians and the median of the ratios.
fn compare(name: &str, mut ours: impl FnMut() -> f64, mut floor: impl FnMut() -> f64) {
    let pairs: Vec<(f64, f64)> = (0..RUNS).map(|_| (ours(), floor())).collect();
    let of = |pick: fn(&(f64, f64)) -> f64| median(pairs.iter().map(pick).collect());
    println!("| {name} | {:.2} | {:.2} | {:.2} |", of(|p| p.0), of(|p| p.1), of(|p| p.0 / p.1));
}

fn main() {
    let floor = example("floor");
    let scrutineer = PathBuf::from(env!("CARGO_BIN_EXE_scrutineer"));
    let large = std::env::temp_dir().join("scrutineer-bench-100000.json");
    std::fs::write(&large, common::large(100_000)).unwrap();
    let start = || Subject::start(&scrutineer, &[], b"\x1b[?2026l");
    let start_floor = || Subject::start(&floor, &[], b"\xe2\x94\x98");
    println!("| | scrutineer | floor | ratio |\n| --- | --- | --- | --- |");
    compare("start: to the first frame, ms", || start().first, || start_floor().first);
    compare("start: processor time, µs", || start().cpu(), || start_floor().cpu());
    compare("start and a search: processor time, µs", || start().searched(), || start_floor().cpu());
    compare("start: peak memory, MB", || start().peak(), || start_floor().peak());
    let mut floor = start_floor();
    floor.frame_end = b"\x1b[0m";
    let mut ours = start();
    ours.send("GG");
    ours.frame();
    ours.send("k");
    ours.frame();
    compare("movement key, detail alike: µs", || ours.key().0, || floor.key().0);
    compare("movement key, detail alike: bytes", || ours.key().1, || floor.key().1);
    let mut changing = start();
    compare("movement key, detail changes: µs", || changing.key().0, || floor.key().0);
    compare("movement key, detail changes: bytes", || changing.key().1, || floor.key().1);
    // Until the list appears, the frames show progress, so the first one is recognised by its text.
    let mut many = Subject::start(&scrutineer, &[&large], b"Authorities");
    many.frame_end = b"\x1b[?2026l";
    compare("movement key, 100,000 authorities: µs", || many.key().0, || floor.key().0);
    compare("200 queued keys against one: µs", || many.queue(), || many_key(&scrutineer));
    inspections(&scrutineer, || start_floor().first);
    compare(
        "scrutineer list against a program that prints one line: ms",
        || printed(&scrutineer, &["list"]),
        || printed(&example("one_line"), &[]),
    );
    println!("\nat rest for a second, nothing happens: {}", start().rests());
    let _ = std::fs::remove_file(large);
}

/// Measures the first frame of the public history file, if present, and the peak memory of generated files.
fn inspections(scrutineer: &Path, mut floor: impl FnMut() -> f64) {
    let real = Path::new("../shared/data/ilacs/ofsted_csc_ilacs_history.csv");
    let small = if real.exists() { real } else { Path::new("tests/files/history.csv") };
    let start = |file: &Path| Subject::start(scrutineer, &[file], b"Authorities");
    let name = format!("opening {}: to the first frame, ms", small.file_name().unwrap().display());
    compare(&name, || start(small).first, &mut floor);
    for count in [100_000, 1_000_000] {
        let text = common::history(count);
        let file = std::env::temp_dir().join(format!("scrutineer-bench-{count}.csv"));
        std::fs::write(&file, &text).unwrap();
        let size = text.len() as f64 / 1e6;
        drop(text);
        compare(
            &format!("{count} rows: peak memory against the size of the file, MB"),
            || start(&file).peak(),
            || size,
        );
        let _ = std::fs::remove_file(file);
    }
}

/// Returns the time that a command takes, in milliseconds.
fn printed(program: &Path, arguments: &[&str]) -> f64 {
    let begun = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).env("XDG_DATA_HOME", "/nonexistent").stdout(std::process::Stdio::null());
    assert!(command.status().unwrap().success());
    begun.elapsed().as_secs_f64() * 1000.0
}

/// Returns the microseconds for one movement key on the bundled data.
fn many_key(scrutineer: &Path) -> f64 {
    Subject::start(scrutineer, &[], b"\x1b[?2026l").key().0
}

/// Returns the path of a program in `examples`.
fn example(name: &str) -> PathBuf {
    let bench = std::env::current_exe().unwrap();
    let program = bench.parent().and_then(Path::parent).unwrap().join("examples").join(name);
    assert!(program.exists(), "build {name} first: cargo build --release --examples");
    program
}
