//! A writer that holds a whole frame back, so that it reaches the terminal in one piece.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Holds what is written until one of its clones sends it.
#[derive(Debug, Clone, Default)]
pub struct FrameBuffer {
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl FrameBuffer {
    /// Sends what is held.
    ///
    /// # Errors
    /// If the other writer takes nothing more.
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
