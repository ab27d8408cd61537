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

/// Replaces every sign in a buffer that is not ASCII; each column of one without a replacement becomes `?`.
pub fn replace(buffer: &mut Buffer) {
    let mut covered = 0;
    for cell in &mut buffer.content {
        if covered > 0 {
            covered -= 1;
            cell.set_symbol("?");
            continue;
        }
        if cell.symbol().is_ascii() {
            continue;
        }
        let known = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol()).map(|(_, ascii)| *ascii);
        if known.is_none() {
            covered = UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
        }
        cell.set_symbol(known.unwrap_or("?"));
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_wide_sign_becomes_one_sign_for_each_of_its_columns() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "東a–", Style::new());
        replace(&mut buffer);
        let cells: Vec<&str> = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(cells, ["?", "?", "a", "-", " ", " "]);
    }

    #[test]
    fn a_movement_across_a_redefinition_stays_apart_from_the_others() {
        let ascii = |sign: &str| SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, ascii)| *ascii);
        assert_eq!(["▲", "△", "▼", "▽"].map(ascii), [Some("^"), Some("/"), Some("v"), Some("\\")]);
    }
}
