//! Everything that touches the real terminal: its modes, its events, signals, drawing, and the main loop that connects
//! them to the app.
//!
//! The terminal is restored on exit, on an error and on a panic.

mod ending;
mod events;
mod export;
#[cfg(unix)]
mod framing;
mod interrupt;
mod loading;
mod run;
mod screen;
mod session;
mod signals;

pub use export::{at_home, is_same, write_file, write_folder};
pub use interrupt::Interrupted;
pub use run::{Exit, Reading, run};
pub use screen::window;
pub use session::{Session, open_terminal};
