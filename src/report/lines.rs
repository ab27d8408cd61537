//! Writes JSON for people who read it or compare two versions of it.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// How many levels of objects and lists are written over several lines: the file, a list of it, one of its items.
const LEVELS: usize = 3;

/// The level up to which an object in a list has a line of its own: those in the lists of an assessment.
const LISTED: usize = 6;

/// Writes JSON with a line for each field of the file and of the objects in its lists. Whatever is in these is one line,
/// except that a list of objects has a line for each: an assessment is a line, and so is each thing that it lists.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut buffer = BufWriter::with_capacity(1 << 16, out);
    value.serialize(&mut Serializer::with_formatter(&mut buffer, Lines::default()))?;
    writeln!(buffer)?;
    buffer.flush()
}

#[derive(Default)]
struct Lines {
    level: usize,
    /// What comes before the next item of a list, which begins a line if it is an object.
    before_item: Option<&'static [u8]>,
    /// Whether the last thing written was an object in a list with a line for each.
    is_after_line: bool,
}

impl Lines {
    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.level).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        match self.before_item.take() {
            Some(_) if self.level <= LISTED => self.line(out)?,
            space => out.write_all(space.unwrap_or_default())?,
        }
        self.level += 1;
        out.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        let is_wide = self.level > LEVELS;
        out.write_all(if is_first {
            b""
        } else if is_wide {
            b", "
        } else {
            b","
        })?;
        if is_wide { Ok(()) } else { self.line(out) }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let is_wide = self.level > LEVELS;
        self.level -= 1;
        if !is_wide {
            self.line(out)?;
        }
        self.is_after_line = true;
        out.write_all(b"}")
    }

    fn begin_string<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(self.before_item.take().unwrap_or_default())?;
        out.write_all(b"\"")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(self.before_item.take().unwrap_or_default())?;
        self.level += 1;
        self.is_after_line = false;
        out.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.before_item = Some(if is_first { b"" } else { b" " });
        self.is_after_line = false;
        out.write_all(if is_first { b"" } else { b"," })
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.level -= 1;
        self.before_item = None;
        if std::mem::take(&mut self.is_after_line) && self.level < LISTED {
            self.line(out)?;
        }
        out.write_all(b"]")
    }
}
