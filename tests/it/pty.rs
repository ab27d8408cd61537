//! Runs a program in a pseudo-terminal: sends it keys, and keeps and draws its output.

#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::common::PRIVATE;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The maximum time to wait for a condition, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The program under test.
pub const SCRUTINEER: &str = env!("CARGO_BIN_EXE_scrutineer");

/// A program running in its own terminal.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// All bytes it has written.
    pub raw: Vec<u8>,
    /// The terminal settings before it started.
    pub settings: String,
}

/// Returns a command without the settings and the fetched files of whoever runs the tests, in a usual terminal.
pub fn private(program: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    PRIVATE.iter().for_each(|folder| command.env(folder, "/nonexistent"));
    command
}

/// Returns a command that runs a line in a shell.
pub fn shell(line: &str) -> CommandBuilder {
    let mut command = private("sh");
    command.args(["-c", line]);
    command
}

/// Returns a command that runs the program with arguments.
pub fn scrutineer(arguments: &[&str]) -> CommandBuilder {
    let mut command = private(SCRUTINEER);
    command.args(super::common::without_record(arguments));
    command
}

fn nonzero(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Pty {
    /// Starts a command in a terminal of a given size.
    pub fn start(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let settings = settings_of(pair.master.as_ref());
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let (to, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || to.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
        Self { master: pair.master, writer, child, output, parser, raw: Vec::new(), settings }
    }

    /// Starts the browser and waits for its first frame.
    pub fn browser(arguments: &[&str], columns: u16, rows: u16) -> Self {
        let mut pty = Self::start(scrutineer(arguments), columns, rows);
        pty.wait_for("the first frame", |screen| screen.contains("Councils"));
        pty
    }

    /// Returns the screen as text.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Returns the terminal's modes and cells.
    pub fn terminal(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Returns the current terminal settings.
    pub fn settings_now(&self) -> String {
        settings_of(self.master.as_ref())
    }

    /// Returns the id of the process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends keys.
    pub fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(nonzero(rows), nonzero(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Tells the program a window size that the screen of the test does not have.
    pub fn resize_window(&mut self, columns: u16, rows: u16) {
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Whether the program has had this much memory at most; always true where the system does not tell.
    pub fn memory_is_below(&self, bytes: u64) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        kilobytes.is_none_or(|kilobytes| kilobytes * 1024 < bytes)
    }

    /// Sets the terminal as a shell sets it for its own line.
    pub fn set_as_a_shell_does(&self) {
        let terminal = std::fs::File::open(self.master.tty_name().unwrap()).unwrap();
        let set = std::process::Command::new("stty").arg("sane").stdin(terminal).status();
        assert!(set.unwrap().success());
    }

    /// Stops the output of the terminal, as Ctrl-S does: whoever writes to it waits.
    pub fn stop_output(&self) {
        let terminal = std::fs::File::open(self.master.tty_name().unwrap()).unwrap();
        rustix::termios::tcflow(terminal, rustix::termios::Action::OOff).unwrap();
    }

    /// Waits for the program to exit without reading its output, and returns its exit status.
    pub fn end_without_reading(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < DEADLINE, "it does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let done = std::process::Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).status();
        assert!(done.unwrap().success());
    }

    /// Receives output for at most `within`; returns `false` if there will be no more.
    fn take(&mut self, within: Duration) -> bool {
        match self.output.recv_timeout(within) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.raw.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Timeout) => true,
            Err(RecvTimeoutError::Disconnected) => false,
        }
    }

    /// Waits until the screen meets a condition.
    pub fn wait_for(&mut self, what: &str, condition: impl Fn(&str) -> bool) {
        self.wait_until(what, |pty| condition(&pty.screen()));
    }

    /// Waits until a condition holds.
    pub fn wait_until(&mut self, what: &str, condition: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !condition(self) {
            assert!(start.elapsed() < DEADLINE, "{what} did not come; the screen:\n{}", self.screen());
            self.take(Duration::from_millis(20));
        }
    }

    /// Waits for the program to exit, receives all its output, and returns its exit status.
    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < DEADLINE, "it does not end; the screen:\n{}", self.screen());
            self.take(Duration::from_millis(20));
        };
        while self.take(Duration::from_secs(5)) {
            assert!(start.elapsed() < DEADLINE, "its output does not end");
        }
        status.exit_code()
    }

    /// Whether nothing is written for some time.
    pub fn is_silent_for(&mut self, time: Duration) -> bool {
        matches!(self.output.recv_timeout(time), Err(RecvTimeoutError::Timeout))
    }

    /// Asserts that the terminal is in the same state as before the program started.
    pub fn assert_given_back(&self) {
        let screen = self.terminal();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(self.settings_now(), self.settings, "line settings");
    }

    /// Returns the state letter of the process: `T` if it is stopped.
    pub fn state(&self) -> char {
        let listed = std::process::Command::new("ps").args(["-o", "state=", "-p", &self.pid().to_string()]).output();
        String::from_utf8_lossy(&listed.unwrap().stdout).trim_start().chars().next().unwrap_or('X')
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings_of(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios())
}
