//! Signals, and the closing of the terminal, reported to the main loop as messages.

use std::io;
use std::sync::mpsc::Sender;

use super::events::Message;
#[cfg(unix)]
use super::events::spawn;

/// The signals that have been caught and not yet reported.
#[cfg(unix)]
pub type Signals = signal_hook::iterator::Signals;

/// Nothing: this system has no such signals.
#[cfg(not(unix))]
pub type Signals = ();

/// Catches, from now on, the signals that end, stop or continue the program, or change the window size.
///
/// # Errors
/// If the system refuses to register a signal.
#[cfg(unix)]
pub fn catch() -> io::Result<Signals> {
    use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
    Signals::new(ending().into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))
}

/// Returns the signals that would end the program and can be caught, other than those that report a mistake in it.
#[cfg(unix)]
pub fn ending() -> Vec<i32> {
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    };
    let common =
        [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGIO];
    let power = cfg!(target_os = "linux").then(|| rustix::process::Signal::POWER.as_raw());
    common.into_iter().chain(power).collect()
}

/// Reports the signals that were caught, and those to come.
///
/// # Errors
/// If the system refuses to start a thread.
#[cfg(unix)]
pub fn report(mut signals: Signals, to: &Sender<Message>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
    spawn("signals", to, move |to| {
        loop {
            let caught: Vec<i32> = signals.wait().collect();
            for signal in &caught {
                let message = match *signal {
                    // It was continued before it could stop.
                    SIGTSTP if caught.contains(&SIGCONT) => continue,
                    SIGTSTP => Message::Stop,
                    SIGCONT => Message::Continued,
                    // crossterm reports this too, but only once it has started to read.
                    SIGWINCH => Message::Resized,
                    signal => Message::Signal(signal),
                };
                let ends = matches!(message, Message::Signal(_));
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

/// Reports SIGHUP when the terminal is closed. The thread blocks until then, so it uses no processor time.
///
/// # Errors
/// If the system refuses to start a thread.
#[cfg(unix)]
pub fn watch_terminal(to: &Sender<Message>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    use signal_hook::consts::SIGHUP;
    let Ok(tty) = std::fs::File::open("/dev/tty") else { return Ok(()) };
    spawn("terminal", to, move |to| {
        loop {
            let mut watched = [PollFd::new(&tty, PollFlags::empty())];
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return,
                Ok(_) => {}
            }
            let [tty] = &watched;
            if tty.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
                let _ = to.send(Message::Signal(SIGHUP));
            }
            // Some systems cannot poll a terminal like this; there, only the real signal reports the closing.
            return;
        }
    })
}

/// Stops the program until the shell continues it.
///
/// # Errors
/// If the system does not stop it.
#[cfg(unix)]
pub fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// Does nothing: this system has no such signals.
#[cfg(not(unix))]
pub fn catch() -> io::Result<Signals> {
    Ok(())
}

/// Does nothing: this system has no such signals.
#[cfg(not(unix))]
pub fn report(_: Signals, _: &Sender<Message>) -> io::Result<()> {
    Ok(())
}

/// Does nothing: this system has no controlling terminal.
#[cfg(not(unix))]
pub fn watch_terminal(_: &Sender<Message>) -> io::Result<()> {
    Ok(())
}

/// Does nothing: this system has no job control.
#[cfg(not(unix))]
pub fn stop() -> io::Result<()> {
    Ok(())
}
