//! Removes invisible characters from text, and those that could control a terminal.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// The maximum number of combining marks kept on a character: more than any living script uses, but few enough that a
/// screen cell takes only a few bytes.
const MARKS_KEPT: usize = 8;

/// Returns a text in one line, without control characters, invisible characters, and those that change the writing
/// direction.
///
/// Tabs, newlines and other line or paragraph separators become spaces. Combining marks after the eighth on a character
/// are dropped. Printable ASCII is borrowed unchanged.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut marks = 0;
    let kept = text.chars().filter_map(|c| {
        let c = visible(c)?;
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        (marks <= MARKS_KEPT).then_some(c)
    });
    Cow::Owned(kept.collect())
}

/// Does the same as [`clean`], without copying printable ASCII.
pub fn clean_owned(text: String) -> String {
    if is_plain(&text) { text } else { clean(&text).into_owned() }
}

/// Returns a text like [`clean`], with single spaces between its words.
pub fn tidy(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, 0x20..=0x7e))
}

fn visible(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() || is_invisible(c) || is_noncharacter(c) => None,
        c => Some(c),
    }
}

/// Whether a code point is none of a character, now or ever; XML permits some of them nowhere.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether a character has no width of its own or changes the writing direction: Unicode's
/// `Default_Ignorable_Code_Point`, and the interlinear and shorthand format controls.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_plain_text_as_it_is() {
        assert!(matches!(clean("Stoke-on-Trent"), Cow::Borrowed(_)));
        assert_eq!(clean("Ynys Môn, Łódź, 東京"), "Ynys Môn, Łódź, 東京");
    }

    #[test]
    fn takes_out_what_steers_a_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{9b}0mc\u{7}"), "a[31mb0mc");
        assert_eq!(clean("\u{202e}abc\u{2066}\u{200f}"), "abc");
        assert_eq!(clean("zero\u{200b}width\u{feff}"), "zerowidth");
        assert_eq!(clean("a\u{fffe}b\u{ffff}c\u{1fffe}d\u{fdd0}e"), "abcde");
    }

    #[test]
    fn turns_line_ends_and_tabs_into_spaces() {
        assert_eq!(clean("a\tb\nc\r\nd\u{2028}e"), "a b c  d e");
    }

    #[test]
    fn bounds_the_marks_on_one_character() {
        let heap = format!("o{}k", "\u{301}".repeat(1000));
        assert_eq!(clean(&heap).chars().count(), 2 + MARKS_KEPT);
    }
}
