//! Terminal events, and the data once loaded, reported to the main loop as messages.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::Event;

use super::ending::Ending;
#[cfg(unix)]
use super::framing::{Framing, Waiting};
use crate::app::App;

/// How long the rest of a sequence may take: over a slow line it comes in parts. The Escape key is known after that.
#[cfg(unix)]
const SEQUENCE: Duration = Duration::from_millis(75);

/// How long a paste may be silent before it ends.
#[cfg(unix)]
const PASTE: Duration = Duration::from_secs(1);

/// How long to keep collecting queued events before drawing. It must be above zero, or crossterm does not check for new
/// input.
#[cfg(not(unix))]
const COALESCE_WINDOW: Duration = Duration::from_micros(20);

/// The maximum number of bytes or events read at once.
const BATCH: usize = 1024;

/// A message to the main loop.
#[cfg_attr(not(unix), allow(dead_code, reason = "some come only from signals"))]
pub enum Message {
    /// Terminal events, in order.
    Events(Vec<Event>),
    /// A signal that ends the program.
    Signal(i32),
    /// The window size has changed.
    Resized,
    /// The signal to stop the program until it is continued.
    Stop,
    /// The program was continued.
    Continued,
    /// The terminal can no longer be read.
    Unreadable(io::Error),
    /// The data have been loaded, or cannot be used.
    Loaded(anyhow::Result<Box<App>>),
    /// A thread panicked; the terminal has already been restored.
    ThreadEnded,
}

/// Reads events on a thread until the terminal can no longer be read. Ctrl-C overtakes the events before it.
///
/// # Errors
/// If the system refuses to start a thread.
pub fn read_events(to: &Sender<Message>, ending: &Ending) -> io::Result<()> {
    let mut input = Input::open()?;
    let ending = ending.clone();
    spawn("input", to, move |to| {
        loop {
            let message = match input.batch() {
                Ok(events) if events.is_empty() => continue,
                Ok(events) => {
                    if events.iter().any(is_ctrl_c) {
                        ending.quit();
                    }
                    Message::Events(events)
                }
                Err(error) => Message::Unreadable(error),
            };
            let is_last = matches!(message, Message::Unreadable(_));
            if to.send(message).is_err() || is_last {
                return;
            }
        }
    })
}

/// Returns the terminal from which keys are read: standard input or, if that is something else, the controlling terminal.
///
/// # Errors
/// If there is none.
#[cfg(unix)]
pub fn terminal() -> io::Result<std::os::fd::OwnedFd> {
    use std::io::IsTerminal as _;
    use std::os::fd::AsFd as _;
    let input = io::stdin();
    if input.is_terminal() {
        return input.as_fd().try_clone_to_owned();
    }
    std::fs::File::open("/dev/tty").map(Into::into)
}

/// The terminal, with the bytes that are not yet part of an event.
#[cfg(unix)]
struct Input {
    terminal: std::os::fd::OwnedFd,
    framing: Framing,
}

#[cfg(unix)]
impl Input {
    fn open() -> io::Result<Self> {
        Ok(Self { terminal: terminal()?, framing: Framing::default() })
    }

    /// Waits for bytes, and returns the events that they complete; perhaps none.
    fn batch(&mut self) -> io::Result<Vec<Event>> {
        let mut events = Vec::new();
        if !self.wait()? {
            self.framing.give_up(&mut events);
            return Ok(events);
        }
        let mut bytes = [0; BATCH];
        match rustix::io::read(&self.terminal, &mut bytes) {
            Ok(0) => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal was closed")),
            Ok(count) => self.framing.feed(bytes.get(..count).unwrap_or_default(), &mut events),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(events)
    }

    /// Waits for bytes: without an end or, if the rest of something is awaited, as long as that may take. Returns whether there
    /// are some.
    fn wait(&self) -> io::Result<bool> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let longest = match self.framing.waiting() {
            Waiting::Nothing => None,
            Waiting::Sequence => Some(SEQUENCE),
            Waiting::Paste => Some(PASTE),
        };
        let longest = longest.map(|longest| Timespec {
            tv_sec: i64::try_from(longest.as_secs()).unwrap_or(1),
            tv_nsec: i64::from(longest.subsec_nanos()),
        });
        loop {
            match poll(&mut [PollFd::new(&self.terminal, PollFlags::IN)], longest.as_ref()) {
                Ok(count) => return Ok(count > 0),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn is_ctrl_c(event: &Event) -> bool {
    use crossterm::event::{KeyCode, KeyModifiers};
    matches!(event, Event::Key(key) if key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL)
}

/// The console, which crossterm reads.
#[cfg(not(unix))]
struct Input;

#[cfg(not(unix))]
impl Input {
    fn open() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for an event, and returns it with those already queued, so that they are drawn together.
    fn batch(&mut self) -> io::Result<Vec<Event>> {
        use crossterm::event::{poll, read};
        let mut events = vec![read()?];
        while events.len() < BATCH && poll(COALESCE_WINDOW)? {
            events.push(read()?);
        }
        Ok(events)
    }
}

/// Starts a thread that sends messages to the main loop, and reports to it if the thread panics.
///
/// # Errors
/// If the system refuses to start a thread.
pub fn spawn(name: &str, to: &Sender<Message>, work: impl FnOnce(&Sender<Message>) + Send + 'static) -> io::Result<()> {
    let end = TellsItsEnd(to.clone());
    thread::Builder::new().name(name.to_owned()).stack_size(128 * 1024).spawn(move || work(&end.0))?;
    Ok(())
}

/// Starts a thread that loads the data and sends the browser to the main loop.
///
/// # Errors
/// If the system refuses to start a thread.
pub fn load(to: &Sender<Message>, load: impl FnOnce() -> anyhow::Result<App> + Send + 'static) -> io::Result<()> {
    let end = TellsItsEnd(to.clone());
    let work = move || {
        let loaded = load().map(Box::new);
        let _ = end.0.send(Message::Loaded(loaded));
    };
    thread::Builder::new().name("load".to_owned()).spawn(work)?;
    Ok(())
}

struct TellsItsEnd(Sender<Message>);

impl Drop for TellsItsEnd {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Message::ThreadEnded);
        }
    }
}
