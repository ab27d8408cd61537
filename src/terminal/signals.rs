//! Signals, and the closing of the terminal, reported to the main loop as messages.

use std::io;
#[cfg(unix)]
use std::os::fd::OwnedFd;
use std::sync::mpsc::Sender;

#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, poll};
#[cfg(unix)]
use signal_hook::consts::{SIGCONT, SIGHUP, SIGTSTP, SIGWINCH};

use super::ending::Ending;
use super::events::{Message, read_events};
#[cfg(unix)]
use super::events::{spawn, terminal};
use super::session::Session;

/// The signals that have been caught and not yet reported.
#[cfg(unix)]
pub type Signals = signal_hook::iterator::backend::SignalDelivery<
    std::os::unix::net::UnixStream,
    signal_hook::iterator::exfiltrator::SignalOnly,
>;

/// Nothing: this system has no such signals.
#[cfg(not(unix))]
pub struct Signals;

/// Catches, from now on, the signals that end, stop or continue the program, or change the window size.
///
/// # Errors
/// If the system refuses to register a signal.
#[cfg(unix)]
pub fn catch() -> io::Result<Signals> {
    let (read, write) = std::os::unix::net::UnixStream::pair()?;
    let signals = ending().into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]);
    Signals::with_pipe(read, write, signal_hook::iterator::exfiltrator::SignalOnly, signals)
}

/// Returns the signals that would end the program and can be caught, other than those that report a mistake in it.
#[cfg(unix)]
pub fn ending() -> Vec<i32> {
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    };
    let common =
        [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGIO];
    #[cfg(target_os = "linux")]
    let power = Some(rustix::process::Signal::POWER.as_raw());
    #[cfg(not(target_os = "linux"))]
    let power: Option<i32> = None;
    common.into_iter().chain(power).collect()
}

/// Reports the signals that were caught and those to come, SIGHUP when the terminal is closed, and what comes from the
/// terminal. Between them the thread blocks, so it uses no processor time.
///
/// # Errors
/// If the system refuses to start a thread.
#[cfg(unix)]
pub fn report(mut signals: Signals, to: &Sender<Message>, ending: &Ending) -> io::Result<()> {
    let ending = ending.clone();
    let mut watch = Watch { terminal: terminal().ok(), is_read: false, ending: ending.clone() };
    spawn("signals", to, move |to| {
        loop {
            let is_closed = match watch.wait(&signals, to) {
                Ok(is_closed) => is_closed,
                Err(error) => {
                    let _ = to.send(Message::Unreadable(error));
                    return;
                }
            };
            let caught: Vec<i32> = is_closed.then_some(SIGHUP).into_iter().chain(signals.pending()).collect();
            for signal in &caught {
                let message = match *signal {
                    // It was continued before it could stop.
                    SIGTSTP if caught.contains(&SIGCONT) => continue,
                    SIGTSTP => Message::Stop,
                    SIGCONT => Message::Continued,
                    SIGWINCH => Message::Resized,
                    signal => Message::Signal(signal),
                };
                let ends = matches!(message, Message::Signal(_));
                if ends {
                    ending.end(*signal);
                }
                if to.send(message).is_err() {
                    return;
                }
                if ends {
                    end_at_last(*signal);
                }
            }
        }
    })
}

/// The terminal that is watched.
#[cfg(unix)]
struct Watch {
    /// `None` once it was closed, and on systems that cannot watch a terminal like this.
    terminal: Option<OwnedFd>,
    /// Whether a thread reads it, which waits for the rest of a paste or of an escape sequence while signals are reported. It is
    /// not needed before the first key, and a start takes 3 % less processor time without it.
    is_read: bool,
    ending: Ending,
}

#[cfg(unix)]
impl Watch {
    /// Waits until a signal is caught or the terminal is closed. Starts the thread that reads the terminal when there is
    /// something to read, or when that cannot be told. Returns whether it was closed.
    ///
    /// # Errors
    /// If the system cannot watch, or refuses to start a thread.
    fn wait(&mut self, signals: &Signals, to: &Sender<Message>) -> io::Result<bool> {
        loop {
            let reported = self.poll(signals)?;
            let is_closed = reported.intersects(PollFlags::HUP | PollFlags::ERR);
            if !(reported - PollFlags::IN).is_empty() {
                self.terminal = None;
            }
            if is_closed || self.is_read {
                return Ok(is_closed);
            }
            if self.terminal.is_some() && reported.is_empty() {
                return Ok(false);
            }
            self.is_read = true;
            read_events(to, &self.ending).map_err(|error| {
                io::Error::new(error.kind(), format!("cannot start a thread that reads keys: {error}"))
            })?;
        }
    }

    /// Waits until a signal is caught or there is something to say of the terminal, and returns that.
    fn poll(&self, signals: &Signals) -> io::Result<PollFlags> {
        let signals = PollFd::new(signals.get_read(), PollFlags::IN);
        let reported = match &self.terminal {
            Some(terminal) => {
                let wanted = if self.is_read { PollFlags::empty() } else { PollFlags::IN };
                let mut watched = [signals, PollFd::new(terminal, wanted)];
                poll(&mut watched, None).map(|_| {
                    let [_, terminal] = &watched;
                    terminal.revents()
                })
            }
            None if !self.is_read => return Ok(PollFlags::empty()),
            None => poll(&mut [signals], None).map(|_| PollFlags::empty()),
        };
        match reported {
            // The signal that interrupted the wait is among those caught.
            Err(rustix::io::Errno::INTR) => Ok(PollFlags::empty()),
            reported => Ok(reported?),
        }
    }
}

/// How long the main loop has to end after a signal: it may be waiting for a terminal that takes no output.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(700);

/// Ends the program after a signal that the main loop has not ended it for. The line settings are restored; what the
/// terminal did not take stays unwritten.
#[cfg(unix)]
fn end_at_last(signal: i32) {
    std::thread::sleep(PATIENCE);
    let _ = crossterm::terminal::disable_raw_mode();
    signal_hook::low_level::exit(128 + signal);
}

/// Restores the terminal and stops the program until the shell continues it. Returns whether there is a shell; does nothing
/// without one. A shell starts each program in a new process group. A program that a terminal or a container starts directly is
/// in the group of the session leader, where nothing would continue it.
///
/// # Errors
/// If the system does not stop it.
#[cfg(unix)]
pub fn suspend(session: &Session) -> io::Result<bool> {
    let has_shell = rustix::process::getsid(None).is_ok_and(|leader| leader != rustix::process::getpgrp());
    if has_shell {
        session.leave();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
    }
    Ok(has_shell)
}

/// Does nothing: this system has no such signals.
#[cfg(not(unix))]
pub fn catch() -> io::Result<Signals> {
    Ok(Signals)
}

/// Reads the terminal: this system has no such signals.
///
/// # Errors
/// If the system refuses to start a thread.
#[cfg(not(unix))]
pub fn report(_: Signals, to: &Sender<Message>, ending: &Ending) -> io::Result<()> {
    read_events(to, ending)
}

/// Returns `false`: this system has no job control.
#[cfg(not(unix))]
pub fn suspend(_: &Session) -> io::Result<bool> {
    Ok(false)
}
