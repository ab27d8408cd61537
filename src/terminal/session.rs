//! Puts the terminal into the modes that the browser needs, and restores it afterwards.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{Command, cursor, execute, queue, terminal};

use crate::app::Mouse;

/// The terminal in the browser's modes. It is restored on [`Session::leave`], on drop, or when any thread panics,
/// whichever comes first.
pub struct Session {
    modes: Arc<Modes>,
}

/// The modes that the terminal has been put into.
#[derive(Debug, Default)]
struct Modes {
    /// Whether each key is read by itself.
    is_raw: AtomicBool,
    /// Whether the terminal is on the alternate screen, or will be once what is written arrives.
    is_taken: AtomicBool,
}

impl Session {
    /// Enters raw mode, so that each key is read by itself, but for the terminal's own signal keys. Nothing is written.
    ///
    /// # Errors
    /// If the terminal cannot be put into raw mode.
    pub fn enter() -> io::Result<Self> {
        let session = Self { modes: Arc::default() };
        session.give_back_on_panic();
        session.enter_raw_mode()?;
        Ok(session)
    }

    /// Enters all modes again, after [`Session::leave`] or after another program used the terminal.
    ///
    /// # Errors
    /// If the terminal cannot be put into raw mode or written to.
    pub fn resume(&self, mouse: Mouse) -> io::Result<()> {
        if self.is_taken() {
            // After SIGSTOP the shell has set the lines as it likes them, which crossterm does not know.
            terminal::disable_raw_mode()?;
        }
        self.enter_raw_mode()?;
        self.take();
        let mut out = io::stdout();
        enter_modes(&mut out, mouse)?;
        out.flush()
    }

    fn enter_raw_mode(&self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        self.modes.is_raw.store(true, Ordering::SeqCst);
        keep_signal_keys()
    }

    /// Notes that what [`enter_modes`] wrote is about to be sent.
    pub fn take(&self) {
        self.modes.is_taken.store(true, Ordering::SeqCst);
    }

    /// Restores the terminal, unless that has been done already.
    pub fn leave(&self) {
        give_back(&self.modes);
    }

    /// Whether the terminal is in the browser's modes.
    pub fn is_taken(&self) -> bool {
        self.modes.is_taken.load(Ordering::SeqCst)
    }

    /// Restores the terminal before a panic message is written, whichever thread panics.
    fn give_back_on_panic(&self) {
        let modes = Arc::clone(&self.modes);
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back(&modes);
            report(panic);
        }));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Leaves Ctrl-C, Ctrl-Z and Ctrl-\\ to the terminal, which sends signals for them: they work whatever the program waits for.
#[cfg(unix)]
fn keep_signal_keys() -> io::Result<()> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let terminal = super::events::terminal()?;
    let mut settings = tcgetattr(&terminal)?;
    settings.local_modes |= LocalModes::ISIG;
    Ok(tcsetattr(&terminal, OptionalActions::Now, &settings)?)
}

/// Does nothing: this system has no such signals.
#[cfg(not(unix))]
fn keep_signal_keys() -> io::Result<()> {
    Ok(())
}

/// Leaves the modes that were entered. Errors are ignored: nothing can be done about a terminal that cannot be written to.
fn give_back(modes: &Modes) {
    if modes.is_taken.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(
            out,
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            cursor::Show,
            LeaveAlternateScreen
        );
    }
    if modes.is_raw.swap(false, Ordering::SeqCst) {
        let _ = terminal::disable_raw_mode();
    }
}

/// Enters the alternate screen and bracketed paste, and turns on the mouse if wanted, once `out` is sent.
///
/// # Errors
/// If the terminal cannot be written to.
pub fn enter_modes(out: &mut impl Write, mouse: Mouse) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    switch_mouse(out, mouse)
}

/// Turns reports of clicks and of the wheel on or off. Mouse movements are never reported.
///
/// # Errors
/// If the terminal cannot be written to.
pub fn switch_mouse(out: &mut impl Write, mouse: Mouse) -> io::Result<()> {
    match mouse {
        Mouse::On => queue!(out, ReportClicks),
        Mouse::Off => queue!(out, DisableMouseCapture),
    }
}

/// Turns on mouse reports in the SGR encoding, which has no limit on columns.
struct ReportClicks;

impl Command for ReportClicks {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }
}

/// Checks that there is a terminal to read keys from.
///
/// # Errors
/// If standard input is not a terminal and there is no controlling terminal either.
pub fn open_terminal() -> anyhow::Result<()> {
    if io::stdin().is_terminal() {
        return Ok(());
    }
    #[cfg(unix)]
    if let Err(error) = std::fs::File::open("/dev/tty") {
        anyhow::bail!(
            "there is no terminal to read keys from: standard input is not a terminal, and there is no controlling terminal \
             ({error}). Run scrutineer in a terminal, or send its output to a file or a pipe to get the list as text."
        );
    }
    Ok(())
}
