//! What ends the program before the messages queued ahead of it have been handled.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

/// What ends the program, a signal or Ctrl-C, known before the messages queued ahead of it have been handled.
#[derive(Debug, Clone, Default)]
pub struct Ending(Arc<AtomicI32>);

/// Ctrl-C, beside the numbers of signals.
const QUIT: i32 = -1;

impl Ending {
    /// Returns the signal that ends the program, if one has come.
    pub fn caught(&self) -> Option<i32> {
        Some(self.0.load(Ordering::SeqCst)).filter(|signal| *signal > 0)
    }

    /// Notes a signal that ends the program.
    #[cfg_attr(not(unix), allow(dead_code, reason = "only Unix has such signals"))]
    pub fn end(&self, signal: i32) {
        self.0.store(signal, Ordering::SeqCst);
    }

    /// Notes that Ctrl-C was pressed.
    pub fn quit(&self) {
        let _ = self.0.compare_exchange(0, QUIT, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// Whether Ctrl-C was pressed.
    pub fn is_quit(&self) -> bool {
        self.0.load(Ordering::SeqCst) == QUIT
    }
}
