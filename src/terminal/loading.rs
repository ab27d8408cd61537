//! Waits for the data to load; shows progress if that takes longer than 30 ms.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::events::Message;
use super::screen::{Screen, window};
use super::session::Session;
use super::signals;
use crate::app::{App, Mouse};
use crate::load::Progress;
use crate::ui::{Theme, draw_progress};

/// How long loading may take before progress is shown; people do not notice a shorter delay.
const AT_ONCE: Duration = Duration::from_millis(30);

/// How often the progress is drawn.
const STEP: Duration = Duration::from_millis(100);

/// The maximum number of keys kept until the data are loaded.
const KEPT: usize = 1024;

/// How a wait for the data ended.
pub enum Waited {
    /// The data are loaded.
    App(Box<App>),
    /// Loading takes longer, so progress must be shown.
    Longer,
    /// A signal ended the program.
    Signal(i32),
    /// The person cancelled.
    Cancelled,
    /// The loading thread panicked; its message has already been written.
    Panic,
}

/// Waits for the data for at most a short time.
///
/// # Errors
/// If the data cannot be used.
pub fn at_once(messages: &Receiver<Message>) -> anyhow::Result<Waited> {
    match messages.recv_timeout(AT_ONCE) {
        Ok(Message::Loaded(app)) => Ok(Waited::App(app?)),
        Ok(Message::ThreadEnded) => Ok(Waited::Panic),
        // Nothing else is reported before the terminal is set up.
        _ => Ok(Waited::Longer),
    }
}

/// Shows progress until the data are loaded, and keeps the keys typed meanwhile; Esc, `q` and Ctrl-C cancel.
///
/// # Errors
/// If the data cannot be used, or the terminal cannot be read or written.
pub fn wait(
    messages: &Receiver<Message>,
    screen: &mut Screen,
    (session, mouse): (&Session, Mouse),
    theme: &Theme,
    progress: &Progress,
    kept: &mut Vec<Event>,
) -> anyhow::Result<Waited> {
    let mut size = window();
    loop {
        // After a stop, the screen belongs to the shell until `Message::Continued`.
        if session.is_taken() {
            screen.draw_frame(size, |buffer| {
                draw_progress(buffer, theme, progress.share(), progress.read());
                None
            })?;
            screen.send()?;
        }
        let first = match messages.recv_timeout(STEP) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the terminal can no longer be read"),
        };
        for message in std::iter::once(first).chain(messages.try_iter()) {
            match message {
                Message::Loaded(app) => return Ok(Waited::App(app?)),
                Message::Signal(number) => return Ok(Waited::Signal(number)),
                Message::ThreadEnded => return Ok(Waited::Panic),
                Message::Unreadable(error) => return Err(error.into()),
                Message::Resized => size = window(),
                Message::Events(events) => {
                    if events.iter().any(is_cancelling) {
                        return Ok(Waited::Cancelled);
                    }
                    if events.iter().any(is_stopping) {
                        signals::suspend(session)?;
                    }
                    let left = KEPT.saturating_sub(kept.len());
                    let is_kept = |event: &Event| matches!(event, Event::Key(_)) && !is_stopping(event);
                    kept.extend(events.into_iter().filter(is_kept).take(left));
                }
                Message::Stop => _ = signals::suspend(session)?,
                Message::Continued => {
                    session.resume(mouse)?;
                    size = window();
                    screen.forget(size);
                }
            }
        }
    }
}

fn is_cancelling(event: &Event) -> bool {
    let Event::Key(KeyEvent { code, modifiers, kind: KeyEventKind::Press, .. }) = event else { return false };
    matches!((code, *modifiers), (KeyCode::Esc, _) | (KeyCode::Char('q'), KeyModifiers::NONE))
        || (*code == KeyCode::Char('c') && *modifiers == KeyModifiers::CONTROL)
}

/// Whether a key asks to stop the program until the shell continues it.
fn is_stopping(event: &Event) -> bool {
    let Event::Key(KeyEvent { code, modifiers, kind: KeyEventKind::Press, .. }) = event else { return false };
    *code == KeyCode::Char('z') && *modifiers == KeyModifiers::CONTROL
}
