//! How far the reading of files has come, for whoever waits.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes read of bytes expected, shared between who reads and who waits.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    read: AtomicU64,
    expected: AtomicU64,
}

impl Progress {
    /// More bytes are to be read.
    pub fn expect(&self, bytes: u64) {
        self.0.expected.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The bytes read so far.
    pub fn read(&self) -> u64 {
        self.0.read.load(Ordering::Relaxed)
    }

    /// The part read, from 0 to 1; `None` if nobody knows of how much.
    pub fn share(&self) -> Option<f64> {
        let expected = self.0.expected.load(Ordering::Relaxed);
        (expected > 0).then(|| (self.read() as f64 / expected as f64).clamp(0.0, 1.0))
    }

    /// A reader whose bytes are counted here.
    pub fn counting<R: Read>(&self, reader: R) -> impl Read {
        Counting { reader, progress: self.clone() }
    }
}

struct Counting<R> {
    reader: R,
    progress: Progress,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.progress.0.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_read_of_what_is_expected() {
        let progress = Progress::default();
        assert_eq!(progress.share(), None);
        progress.expect(8);
        let mut text = String::new();
        progress.counting(&b"half"[..]).read_to_string(&mut text).unwrap();
        assert_eq!((progress.read(), progress.share()), (4, Some(0.5)));
    }
}
