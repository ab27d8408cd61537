//! The rim: the terminal's modes, its events, the signals, and the loop between them and the app.
//!
//! Whatever happens, the terminal is left as it was found.

mod events;
mod export;
mod frame_buffer;
mod loading;
mod run;
mod screen;
mod session;
mod signals;

pub use run::{Exit, Reading, run};
pub use session::{Session, open_terminal};
