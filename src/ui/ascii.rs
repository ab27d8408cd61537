//! Replaces signs by ASCII, for terminals and fonts without box drawing and blocks.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Each sign and its replacement in ASCII; both are one column wide.
const SIGNS: [(&str, &str); 43] = [
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    ("│", "|"),
    ("─", "-"),
    ("┃", "#"),
    ("└", "+"),
    ("┘", "+"),
    ("■", "#"),
    ("□", "."),
    ("█", "#"),
    ("▓", "="),
    ("▒", "-"),
    ("░", "."),
    ("▏", " "),
    ("▎", " "),
    ("▍", "-"),
    ("▌", ">"),
    ("▋", "="),
    ("▊", "="),
    ("▉", "#"),
    ("▲", "^"),
    ("△", "/"),
    ("▼", "v"),
    ("▽", "\\"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
    ("‹", "<"),
    ("›", ">"),
    ("▸", ">"),
    ("·", "."),
    ("–", "-"),
    ("…", "~"),
    ("•", "*"),
    ("✕", "x"),
    ("×", "x"),
    ("‘", "'"),
    ("’", "'"),
    ("“", "\""),
    ("”", "\""),
];

/// Replaces every sign in a buffer that is not ASCII; one without a replacement becomes `?`.
pub fn replace(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let known = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol()).map(|(_, ascii)| *ascii);
        let unknown = if UnicodeWidthStr::width(cell.symbol()) > 1 { "??" } else { "?" };
        cell.set_symbol(known.unwrap_or(unknown));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_movement_across_a_redefinition_stays_apart_from_the_others() {
        let ascii = |sign: &str| SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, ascii)| *ascii);
        assert_eq!(["▲", "△", "▼", "▽"].map(ascii), [Some("^"), Some("/"), Some("v"), Some("\\")]);
    }
}
