//! A writer that buffers a whole frame, so that the terminal receives it in one piece.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Buffers everything that is written to any of its clones, until [`FrameBuffer::send`].
#[derive(Debug, Clone, Default)]
pub struct FrameBuffer {
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl FrameBuffer {
    /// Sends the buffered bytes to another writer, and clears the buffer.
    ///
    /// # Errors
    /// If the other writer cannot be written to.
    pub fn send(&self, to: &mut impl Write) -> io::Result<()> {
        let mut bytes = self.bytes.borrow_mut();
        let sent = to.write_all(&bytes).and_then(|()| to.flush());
        bytes.clear();
        sent
    }
}

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: a frame is complete only when [`FrameBuffer::send`] is called.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
