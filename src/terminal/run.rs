//! The main loop: applies events and messages, carries out effects, then draws once.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, bail};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::Event;
use crossterm::queue;
use ratatui::layout::Size;

use super::ending::Ending;
use super::events::{Message, load};
use super::export::{export, write_file};
use super::loading::{Waited, at_once, wait};
use super::screen::{Screen, window};
use super::session::{Session, enter_modes, open_terminal, switch_mouse};
use super::signals;
use crate::app::{App, Effect, Mouse, Overwrite};
use crate::load::Progress;
use crate::settings::changed;
use crate::text::clean;
use crate::ui::Theme;

/// Why the browser ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The person quit, or cancelled loading.
    Quit,
    /// A signal, by its number.
    Signal(i32),
    /// A panic, whose message has already been written.
    Panic,
}

impl Exit {
    /// Returns the exit status: 0 after quitting, 128 plus the number of a signal, 101 after a panic.
    pub fn exit_status(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(1),
            Self::Panic => 101,
        }
    }
}

/// Which thread loads the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The calling thread, before anything is shown: for the bundled dataset, which needs no file.
    Here,
    /// A separate thread: reading a file can take a long time.
    OnAThread,
}

/// Runs the browser until the person quits. `app` loads the data and creates the browser for a window size; `progress`
/// reports how much it has read so far.
///
/// # Errors
/// If the data cannot be used, there is no terminal to read keys from, or the terminal can no longer be read or written
/// to.
pub fn run(
    app: impl FnOnce(Size) -> anyhow::Result<App> + Send + 'static,
    theme: &Theme,
    mouse: Mouse,
    (reading, progress): (Reading, &Progress),
) -> anyhow::Result<Exit> {
    open_terminal()?;
    let (to, messages) = channel();
    // A signal that comes before a thread reports them is not lost.
    let signals = signals::catch().context("cannot listen for signals")?;
    let size = window();
    let fast = match reading {
        Reading::Here => Waited::App(Box::new(app(size)?)),
        Reading::OnAThread => {
            load(&to, move || app(size)).context("cannot start to read")?;
            at_once(&messages)?
        }
    };
    let fast = match fast {
        Waited::App(app) => Some(app),
        Waited::Longer => None,
        ended => return Ok(ending(&ended)),
    };
    let session = Session::enter().context("cannot set up the terminal")?;
    let mut screen = Screen::new(size);
    enter_modes(screen.out(), mouse)?;
    if let Some(app) = &fast {
        screen.draw(app, theme)?;
    }
    // Before anything is sent: the terminal may take no output, and a signal must end the program even then.
    let ended_by = Ending::default();
    signals::report(signals, &to, &ended_by).context("cannot listen for keys and signals")?;
    session.take();
    screen.send()?;
    let mut kept = Vec::new();
    let mut app = match fast {
        Some(app) => app,
        None => match wait(&messages, &mut screen, (&session, mouse), theme, progress, &mut kept)? {
            Waited::App(app) => app,
            ended => return Ok(ending(&ended)),
        },
    };
    drop(to);
    let mut browser =
        Browser { ended_by: &ended_by, app: &mut app, theme: *theme, session: &session, screen: &mut screen };
    let ending = match browser.take_up(kept)? {
        Some(ending) => ending,
        None => browser.follow(&messages)?,
    };
    drop(session);
    // The program ends here, so freeing a large dataset piece by piece would only take time.
    std::mem::forget(app);
    Ok(ending)
}

/// Returns the exit for a wait that ended without data.
fn ending(waited: &Waited) -> Exit {
    match waited {
        Waited::Signal(number) => Exit::Signal(*number),
        Waited::Panic => Exit::Panic,
        Waited::App(_) | Waited::Longer | Waited::Cancelled => Exit::Quit,
    }
}

/// How long messages are handled before a frame is drawn, however many more are queued.
const LONGEST: Duration = Duration::from_millis(100);

struct Browser<'b> {
    ended_by: &'b Ending,
    app: &'b mut App,
    theme: Theme,
    session: &'b Session,
    screen: &'b mut Screen,
}

impl Browser<'_> {
    /// Applies the keys that were typed, and the change of the window size, while the data were loading.
    fn take_up(&mut self, kept: Vec<Event>) -> anyhow::Result<Option<Exit>> {
        let mut is_changed = !kept.is_empty();
        if !self.screen.has_browser(window()) {
            self.app.resize(window());
            is_changed = true;
        }
        let ending = self.take(Message::Events(kept), &mut is_changed)?;
        if is_changed && ending.is_none() {
            self.draw()?;
        }
        Ok(ending)
    }

    fn follow(&mut self, messages: &Receiver<Message>) -> anyhow::Result<Exit> {
        loop {
            let first = messages.recv().context("the terminal can no longer be read")?;
            let mut is_changed = false;
            let start = Instant::now();
            for message in std::iter::once(first).chain(messages.try_iter()) {
                if let Some(ending) = self.take(message, &mut is_changed)? {
                    return Ok(ending);
                }
                if start.elapsed() > LONGEST {
                    break;
                }
            }
            if is_changed {
                self.draw()?;
            }
        }
    }

    /// Draws and sends a frame, unless the screen belongs to the shell.
    fn draw(&mut self) -> anyhow::Result<()> {
        if !self.session.is_taken() {
            return Ok(());
        }
        self.app.lay_out();
        self.screen.draw(self.app, &self.theme)?;
        self.screen.send()
    }

    fn take(&mut self, message: Message, is_changed: &mut bool) -> anyhow::Result<Option<Exit>> {
        match message {
            Message::Events(events) => {
                for event in events {
                    if let Some(signal) = self.ended_by.caught() {
                        return Ok(Some(Exit::Signal(signal)));
                    }
                    if self.ended_by.is_quit() {
                        return Ok(Some(Exit::Quit));
                    }
                    if matches!(event, Event::Resize(..)) {
                        self.resize(is_changed);
                        continue;
                    }
                    let response = self.app.apply(&event);
                    *is_changed |= response.is_changed;
                    let Some(effect) = response.effect else { continue };
                    // It may have something to say.
                    *is_changed = true;
                    if let Some(ending) = self.carry_out(effect)? {
                        return Ok(Some(ending));
                    }
                }
            }
            Message::Resized => self.resize(is_changed),
            Message::Stop => {
                self.suspend()?;
                *is_changed = true;
            }
            Message::Continued => {
                self.resume()?;
                *is_changed = true;
            }
            Message::Signal(number) => return Ok(Some(Exit::Signal(number))),
            Message::Loaded(_) => {}
            Message::Unreadable(error) => return Err(anyhow!(error).context("the terminal can no longer be read")),
            Message::ThreadEnded => return Ok(Some(Exit::Panic)),
        }
        Ok(None)
    }

    /// Takes the size that the terminal has now: that of an event may be an older one, or none.
    fn resize(&mut self, is_changed: &mut bool) {
        self.app.resize(window());
        *is_changed = true;
    }

    fn carry_out(&mut self, effect: Effect) -> anyhow::Result<Option<Exit>> {
        match effect {
            Effect::Quit => return Ok(Some(Exit::Quit)),
            Effect::Suspend => self.suspend()?,
            Effect::Copy(text) => {
                queue!(self.screen.out(), CopyToClipboard::to_clipboard_from(text))?;
                // The program may end or stop before the next frame.
                self.screen.send()?;
            }
            Effect::Open(link) => self.open(&link),
            Effect::Export(path, over) => {
                let outcome = export(self.app, &path, over);
                self.app.exported(outcome);
            }
            Effect::Set { name, value } => self.set(name, &value)?,
            Effect::Redraw => self.screen.forget(window()),
            Effect::SwitchMouse => switch_mouse(self.screen.out(), self.app.mouse())?,
        }
        Ok(None)
    }

    /// Puts a setting in force, and writes it to the settings file.
    fn set(&mut self, name: &'static str, value: &str) -> anyhow::Result<()> {
        let Theme { is_ascii, has_few_colours, .. } = self.theme;
        self.theme = Theme::named(self.app.theme()).in_ascii(is_ascii).in_few_colours(has_few_colours);
        switch_mouse(self.screen.out(), self.app.mouse())?;
        if let Some(path) = self.app.settings().map(Path::to_owned) {
            let written = save(&path, name, value);
            self.app.say(match written {
                Ok(()) => format!("written to {}", clean(&path.display().to_string())),
                Err(error) => format!("in force until the program ends, but not written: {error:#}"),
            });
        }
        Ok(())
    }

    /// Sends a link to the web browser; if there is none, shows the link in the footer. Web browsers do not report
    /// whether they opened a link, so the message says only that it was sent.
    fn open(&mut self, link: &str) {
        let is_sent = has_browser() && open::that_detached(link).is_ok();
        self.app.say(if is_sent { format!("sent to the web browser: {link}") } else { link.to_owned() });
    }

    /// Restores the terminal and stops the program; [`Message::Continued`] arrives when the shell continues it. Without a shell,
    /// says so.
    fn suspend(&mut self) -> anyhow::Result<()> {
        if !signals::suspend(self.session).context("cannot suspend")? {
            self.app.say(if cfg!(unix) { "there is no shell to return to" } else { "this system stops no programs" });
        }
        Ok(())
    }

    fn resume(&mut self) -> anyhow::Result<()> {
        self.session.resume(self.app.mouse())?;
        self.app.resize(window());
        self.screen.forget(self.app.size());
        Ok(())
    }
}

/// Writes a setting to the settings file, which is created if there is none.
fn save(path: &Path, name: &str, value: &str) -> anyhow::Result<()> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error.into()),
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let Some(changed) = changed(&text, name, value) else {
        bail!("the file is written in a way that cannot be changed here; put `{name} = {value}` into it");
    };
    write_file(path, Overwrite::Confirmed, |out| out.write_all(changed.as_bytes()))?;
    Ok(())
}

/// Whether there is likely to be a web browser: a desktop, or an environment variable that names one.
fn has_browser() -> bool {
    let is_desktop_known = cfg!(any(windows, target_os = "macos"));
    is_desktop_known || ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
}
