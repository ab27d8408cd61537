//! What the terminal says becomes messages to the loop.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event};

use crate::app::App;

/// How long to look for further events that came in the same breath. Anything above zero makes
/// crossterm look; this is no wait, only a bound.
const COALESCE_WINDOW: Duration = Duration::from_micros(20);

/// The most events taken together.
const BATCH: usize = 1024;

/// What the loop can be told.
pub enum Message {
    /// Events of the terminal, in order.
    Events(Vec<Event>),
    /// A signal that ends the program.
    Signal(i32),
    /// The window has another size.
    Resized,
    /// The signal to stop until continued.
    Stop,
    /// The program was continued.
    Continued,
    /// The terminal can no longer be read.
    Unreadable(io::Error),
    /// The data are read, or cannot be used.
    Loaded(anyhow::Result<Box<App>>),
    /// A thread is gone; if it panicked, the terminal is given back already.
    ThreadEnded,
}

/// Reads events until the terminal can no longer be read.
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

/// Waits for an event, and takes those with it that are there already: what is queued is drawn once.
fn batch() -> io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    while events.len() < BATCH && event::poll(COALESCE_WINDOW)? {
        events.push(event::read()?);
    }
    Ok(events)
}

/// Starts a thread that talks to the loop, and tells the loop when it ends, be it by a panic.
///
/// # Errors
/// If the system refuses to start a thread.
pub fn spawn(name: &str, to: &Sender<Message>, work: impl FnOnce(&Sender<Message>) + Send + 'static) -> io::Result<()> {
    let end = TellsItsEnd(to.clone());
    thread::Builder::new().name(name.to_owned()).stack_size(128 * 1024).spawn(move || work(&end.0))?;
    Ok(())
}

/// Starts a thread that reads the data and hands them to the loop.
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
