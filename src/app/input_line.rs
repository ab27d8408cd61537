//! A line of text that a person types: a search, a search in the help, or the path of an export.

use tui_input::{Input, InputRequest};

use crate::text::clean;

/// The maximum length of a line, in characters.
const MAX_CHARACTERS: usize = 1000;

/// A line of text with a cursor and a maximum length.
#[derive(Debug, Clone, Default)]
pub struct InputLine(Input);

impl From<&str> for InputLine {
    fn from(text: &str) -> Self {
        Self(Input::new(text.to_owned()))
    }
}

impl InputLine {
    /// Returns the text.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Edits the line; a character beyond the maximum length is ignored. Returns whether the text changed.
    pub fn edit(&mut self, request: InputRequest) -> bool {
        if matches!(request, InputRequest::InsertChar(_)) && self.left() == 0 {
            return false;
        }
        self.0.handle(request).is_some_and(|change| change.value)
    }

    /// Inserts pasted text at the cursor, cleaned, trimmed and limited to the maximum length.
    pub fn paste(&mut self, text: &str) {
        // Only look at as much as can be inserted: a paste can be of any size.
        let start: String = text.trim_start().chars().take(MAX_CHARACTERS).collect();
        let inserted: String = clean(start.trim_end()).chars().take(self.left()).collect();
        let (before, after) = self.split();
        let cursor = before.chars().count() + inserted.chars().count();
        self.0 = Input::new(format!("{before}{inserted}{after}")).with_cursor(cursor);
    }

    /// Returns the text from the first visible character in a line of `width` columns, and the column of the cursor in
    /// it.
    pub fn visible(&self, width: usize) -> (&str, usize) {
        let scroll = self.0.visual_scroll(width);
        (skip_cells(self.text(), scroll), self.0.visual_cursor().saturating_sub(scroll))
    }

    fn left(&self) -> usize {
        MAX_CHARACTERS.saturating_sub(self.text().chars().count())
    }

    fn split(&self) -> (&str, &str) {
        let at = self.text().char_indices().nth(self.0.cursor()).map_or(self.text().len(), |(at, _)| at);
        self.text().split_at_checked(at).unwrap_or((self.text(), ""))
    }
}

/// Skips the first `cells` columns of a text.
fn skip_cells(text: &str, cells: usize) -> &str {
    let mut passed = 0;
    let start = text.char_indices().find(|(_, c)| {
        let is_there = passed >= cells;
        passed += crate::text::display_width(c.encode_utf8(&mut [0; 4]));
        is_there
    });
    start.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_text_goes_in_at_the_cursor_up_to_the_bound() {
        let mut line = InputLine::from("ac");
        line.edit(InputRequest::GoToPrevChar);
        line.paste(" b\n\u{1b}[31m ");
        assert_eq!(line.text(), "ab [31mc");
        line.paste(&"x".repeat(5_000_000));
        assert_eq!(line.text().chars().count(), MAX_CHARACTERS);
        assert!(!line.edit(InputRequest::InsertChar('y')));
        assert!(line.edit(InputRequest::DeletePrevChar));
    }

    #[test]
    fn the_cursor_stays_in_view() {
        let line = InputLine::from("Bournemouth");
        assert_eq!(line.visible(20), ("Bournemouth", 11));
        let (shown, cursor) = line.visible(5);
        assert!(cursor <= 5 && "Bournemouth".ends_with(shown), "{shown:?} {cursor}");
        assert_eq!(InputLine::default().visible(0), ("", 0));
    }
}
