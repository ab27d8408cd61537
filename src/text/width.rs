//! How many cells of the screen a text takes, and how it is cut to fewer.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The cells that a text takes on the screen, counted grapheme by grapheme as they are drawn.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text in at most `room` cells: whole where it fits, else cut between graphemes and ended
/// with `…`. Nothing is left of it at a room of 0.
pub fn fit(text: &str, room: usize) -> Cow<'_, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    if room == 0 {
        return Cow::Borrowed("");
    }
    let mut cut = String::new();
    let mut left = room - 1;
    for grapheme in text.graphemes(true) {
        let wide = UnicodeWidthStr::width(grapheme);
        if wide > left {
            break;
        }
        left -= wide;
        cut.push_str(grapheme);
    }
    cut.push('…');
    Cow::Owned(cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fits_between_graphemes() {
        assert_eq!(fit("Bristol", 7), "Bristol");
        assert_eq!(fit("Bristol", 5), "Bris…");
        assert_eq!(fit("東京都", 4), "東…");
        assert_eq!(fit("Bristol", 1), "…");
        assert_eq!(fit("Bristol", 0), "");
    }

    proptest! {
        #[test]
        fn fitted_text_is_never_wider_than_its_room(text in "\\PC{0,40}", room in 0usize..50) {
            prop_assert!(width(&fit(&text, room)) <= room);
        }
    }
}
