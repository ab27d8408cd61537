//! Wraps text into lines of a given width.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::display_width;

/// Returns the byte ranges of the lines of a text wrapped to `width` columns.
///
/// Lines break at spaces; a word longer than a line breaks between graphemes. The spaces at a break belong to no line.
/// Returns no lines if the text is empty or the width is 0.
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    filled(pieces(text, width), width)
}

/// Returns the lines of a text as [`wrap`] does, but a link longer than a line is not broken, so that it can be followed.
pub fn wrap_around_links(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    for (at, word) in words(text) {
        if word.contains("://") { pieces.push((at, word)) } else { cut_word(word, at, width, &mut pieces) }
    }
    filled(pieces, width)
}

/// Returns lines with as many pieces on each as fit.
fn filled(pieces: Vec<(usize, &str)>, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    if width == 0 {
        return lines;
    }
    let mut line: Option<Range<usize>> = None;
    let mut used = 0;
    for (start, piece) in pieces {
        let end = start + piece.len();
        let wide = display_width(piece);
        let gap = line.as_ref().map_or(0, |l| start - l.end);
        match &mut line {
            Some(current) if used + gap + wide <= width => {
                current.end = end;
                used += gap + wide;
            }
            _ => {
                lines.extend(line.replace(start..end));
                used = wide;
            }
        }
    }
    lines.extend(line);
    lines
}

/// Splits a text into words with their byte offsets; words longer than a line are split further.
fn pieces(text: &str, width: usize) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    for (at, word) in words(text) {
        cut_word(word, at, width, &mut pieces);
    }
    pieces
}

/// Returns the words of a text with their byte offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let words = text.split(' ').map(move |word| {
        let at = next;
        next += word.len() + 1;
        (at, word)
    });
    words.filter(|(_, word)| !word.is_empty())
}

fn cut_word<'t>(word: &'t str, at: usize, width: usize, pieces: &mut Vec<(usize, &'t str)>) {
    if display_width(word) <= width {
        pieces.push((at, word));
        return;
    }
    let mut start = 0;
    let mut used = 0;
    for (here, grapheme) in word.grapheme_indices(true) {
        let wide = display_width(grapheme);
        if used + wide > width && here > start {
            pieces.extend(word.get(start..here).map(|p| (at + start, p)));
            start = here;
            used = 0;
        }
        used += wide;
    }
    pieces.extend(word.get(start..).map(|p| (at + start, p)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).into_iter().filter_map(|r| text.get(r)).collect()
    }

    #[test]
    fn breaks_at_spaces_and_long_words_anywhere() {
        assert_eq!(lines("not helpful and can only", 11), ["not helpful", "and can", "only"]);
        assert_eq!(lines("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert!(lines("", 5).is_empty());
        assert!(lines("abc", 0).is_empty());
    }

    #[test]
    fn a_link_is_not_broken() {
        let text = "see https://example.org/reports/1 now";
        let lines = wrap_around_links(text, 10).into_iter().filter_map(|range| text.get(range));
        assert_eq!(lines.collect::<Vec<_>>(), ["see", "https://example.org/reports/1", "now"]);
    }

    proptest! {
        #[test]
        fn loses_no_word_and_keeps_to_the_room(text in "[a-zé東 ]{0,60}", width in 2usize..20) {
            let lines = lines(&text, width);
            prop_assert!(lines.iter().all(|l| display_width(l) <= width));
            let kept: String = lines.concat().split(' ').collect();
            prop_assert_eq!(kept, text.replace(' ', ""));
        }
    }
}
