//! Terminal events, and the data once loaded, reported to the main loop as messages.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event};

use crate::app::App;

/// How long to keep collecting queued events before drawing. It must be above zero, or crossterm does not check for new
/// input.
const COALESCE_WINDOW: Duration = Duration::from_micros(20);

/// The maximum number of events in one message.
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

/// Reads events on a thread until the terminal can no longer be read.
///
/// # Errors
/// If the system refuses to start a thread.
pub fn read_events(to: &Sender<Message>) -> io::Result<()> {
    spawn("input", to, |to| {
        loop {
            let message = match batch() {
                Ok(events) => Message::Events(events),
                Err(error) => Message::Unreadable(error),
            };
            let is_last = matches!(message, Message::Unreadable(_));
            if to.send(message).is_err() || is_last {
                return;
            }
        }
    })
}

/// Waits for an event, and returns it with those already queued, so that they are drawn together.
fn batch() -> io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    while events.len() < BATCH && event::poll(COALESCE_WINDOW)? {
        events.push(event::read()?);
    }
    Ok(events)
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
