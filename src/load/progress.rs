//! Progress of reading files, shared between the thread that reads and the one that displays it.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of bytes read and expected, shared between clones.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    read: AtomicU64,
    expected: AtomicU64,
}

impl Progress {
    /// Adds to the number of bytes expected.
    pub fn expect(&self, bytes: u64) {
        self.0.expected.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Returns the number of bytes read so far.
    pub fn read(&self) -> u64 {
        self.0.read.load(Ordering::Relaxed)
    }

    /// Returns the fraction read, less than 1; `None` if the total is unknown, or all is read and being put together.
    pub fn share(&self) -> Option<f64> {
        let expected = self.0.expected.load(Ordering::Relaxed);
        let read = self.read();
        (read < expected).then(|| read as f64 / expected as f64)
    }

    /// Wraps a reader so that the bytes read from it are counted here.
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

    #[test]
    fn what_is_all_read_has_no_share() {
        let progress = Progress::default();
        progress.expect(2);
        let mut text = String::new();
        progress.counting(&b"longer"[..]).read_to_string(&mut text).unwrap();
        assert_eq!((progress.read(), progress.share()), (6, None));
    }
}
