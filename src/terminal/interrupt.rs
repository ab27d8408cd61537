//! A signal that ends the program while a file is being written: no half of a file is left behind.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Notices the signals that would end the program, which do not end it by themselves from then on.
#[derive(Debug, Default)]
pub struct Interrupt {
    /// The number of the latest signal; 0 if none has come.
    signal: Arc<AtomicUsize>,
    #[cfg(unix)]
    registered: Vec<signal_hook::SigId>,
}

/// The reason why a file was not written: a signal, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interrupted by signal {0}")]
pub struct Interrupted(pub u8);

impl Interrupt {
    /// Notices signals from now on, other than those that whoever started the program has it ignore, as `nohup` does. Does
    /// nothing on systems that have none.
    ///
    /// # Errors
    /// If the system refuses to register a signal.
    pub fn listen() -> io::Result<Self> {
        #[allow(unused_mut, reason = "only Unix has signals to register")]
        let mut interrupt = Self::default();
        #[cfg(unix)]
        let ignored = ignored();
        #[cfg(unix)]
        for signal in super::signals::ending().into_iter().filter(|signal| !is_in(ignored, *signal)) {
            let number = usize::try_from(signal).unwrap_or_default();
            let id = signal_hook::flag::register_usize(signal, Arc::clone(&interrupt.signal), number)?;
            interrupt.registered.push(id);
        }
        Ok(interrupt)
    }

    /// Returns an error that contains [`Interrupted`] if a signal has come.
    ///
    /// # Errors
    /// If a signal has come.
    pub fn check(&self) -> io::Result<()> {
        match u8::try_from(self.signal.load(Ordering::SeqCst)).unwrap_or_default() {
            0 => Ok(()),
            signal => Err(io::Error::other(Interrupted(signal))),
        }
    }
}

/// Returns the signals that are ignored, a bit each; 0 on systems that do not tell.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Whether a signal is one of those of a mask.
#[cfg(unix)]
fn is_in(mask: u64, signal: i32) -> bool {
    let bit = u32::try_from(signal - 1).ok().and_then(|bit| 1_u64.checked_shl(bit));
    bit.is_some_and(|bit| mask & bit != 0)
}

#[cfg(unix)]
impl Drop for Interrupt {
    fn drop(&mut self) {
        for id in self.registered.drain(..) {
            signal_hook::low_level::unregister(id);
        }
    }
}

/// Writes until a signal comes.
pub struct Interruptible<'i, W> {
    pub out: W,
    pub interrupt: &'i Interrupt,
}

impl<W: Write> Write for Interruptible<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.interrupt.check()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_after_a_signal() {
        let interrupt = Interrupt::default();
        let mut out = Interruptible { out: Vec::new(), interrupt: &interrupt };
        out.write_all(b"before").unwrap();
        interrupt.signal.store(15, Ordering::SeqCst);
        let refused = out.write_all(b"after").unwrap_err();
        assert_eq!(refused.to_string(), "interrupted by signal 15");
        assert_eq!(out.out, b"before");
    }
}
