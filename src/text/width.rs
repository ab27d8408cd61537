//! Measures the width of text on the screen, and truncates text to a width.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Whether every character of a text is a grapheme of its own, one column wide: printable ASCII, accented Latin letters,
/// dashes, quotation marks, signs such as `·`, arrows, lines, blocks and shapes. Looking for graphemes takes a tenth of the
/// processor time of the first screen, and almost all text is simple.
pub fn is_simple(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{2010}'..='\u{2027}')
            || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25fc}')
    })
}

/// Returns the width of a text in terminal columns, measured by grapheme, as text is drawn.
pub fn display_width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    if is_simple(text) {
        return text.chars().count();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Truncates a text to `width` columns: between graphemes, and with `…` at the end. Returns a text that fits unchanged,
/// and an empty one if `width` is 0.
pub fn truncate(text: &str, width: usize) -> Cow<'_, str> {
    if display_width(text) <= width {
        return Cow::Borrowed(text);
    }
    if width == 0 {
        return Cow::Borrowed("");
    }
    let mut cut = String::new();
    let mut left = width - 1;
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

/// The visible part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The visible bytes; the bounds are between graphemes.
    pub shown: Range<usize>,
    /// Whether `…` is shown before them, because the start of the text is cut off.
    pub is_cut_before: bool,
    /// Whether `…` is shown after them, because the end of the text is cut off.
    pub is_cut_after: bool,
}

/// Truncates a text to `width` columns such that the bytes in `keep` are visible. Cuts only the end, as [`truncate`]
/// does, unless that would hide them. If they are wider than `width`, their start is shown.
pub fn truncate_around(text: &str, width: usize, keep: &Range<usize>) -> Window {
    let whole = Window { shown: 0..text.len(), is_cut_before: false, is_cut_after: false };
    if display_width(text) <= width {
        return whole;
    }
    let at_end = Window { shown: 0..forward(text, 0, width.saturating_sub(1)), is_cut_after: width > 0, ..whole };
    if keep.end <= at_end.shown.end || width < 2 {
        return at_end;
    }
    let ellipsis_after = usize::from(keep.end < text.len());
    let start = backward(text, keep.end, width.saturating_sub(1 + ellipsis_after)).min(keep.start);
    let to_end = forward(text, start, width - 1);
    let end = if to_end == text.len() { to_end } else { forward(text, start, width - 2) };
    Window { shown: start..end, is_cut_before: start > 0, is_cut_after: end < text.len() }
}

/// Returns the end of the longest run of graphemes from a byte offset that fits the width.
fn forward(text: &str, start: usize, width: usize) -> usize {
    let mut left = width;
    let rest = text.get(start..).unwrap_or_default();
    let fitting = rest.graphemes(true).take_while(|grapheme| take(&mut left, grapheme));
    start + fitting.map(str::len).sum::<usize>()
}

/// Returns the start of the longest run of graphemes up to a byte offset that fits the width.
fn backward(text: &str, end: usize, width: usize) -> usize {
    let mut left = width;
    let rest = text.get(..end).unwrap_or_default();
    let fitting = rest.graphemes(true).rev().take_while(|grapheme| take(&mut left, grapheme));
    end - fitting.map(str::len).sum::<usize>()
}

fn take(left: &mut usize, grapheme: &str) -> bool {
    let rest = left.checked_sub(UnicodeWidthStr::width(grapheme));
    *left = rest.unwrap_or(0);
    rest.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fits_between_graphemes() {
        assert_eq!(truncate("Bristol", 7), "Bristol");
        assert_eq!(truncate("Bristol", 5), "Bris…");
        assert_eq!(truncate("東京都", 4), "東…");
        assert_eq!(truncate("Bristol", 1), "…");
        assert_eq!(truncate("Bristol", 0), "");
    }

    #[test]
    fn simple_text_is_measured_as_by_its_graphemes() {
        let simple: Vec<char> = ('\0'..=char::MAX).filter(|c| is_simple(&c.to_string())).collect();
        let text: String = simple.iter().collect();
        assert_eq!(text.graphemes(true).count(), simple.len());
        assert!(text.graphemes(true).all(|grapheme| UnicodeWidthStr::width(grapheme) == 1));
        assert!(is_simple("“Barnsley – 3 ● Good…”") && is_simple(""));
        for other in ["e\u{301}", "東", "\u{ad}", "\t", "1\u{fe0f}", "\u{202e}"] {
            assert!(!is_simple(other), "{other:?}");
        }
    }

    fn around(text: &str, width: usize, keep: &str) -> String {
        let start = text.find(keep).unwrap();
        drawn(text, &truncate_around(text, width, &(start..start + keep.len())))
    }

    fn drawn(text: &str, window: &Window) -> String {
        let (before, after) = (if window.is_cut_before { "…" } else { "" }, if window.is_cut_after { "…" } else { "" });
        format!("{before}{}{after}", text.get(window.shown.clone()).unwrap())
    }

    #[test]
    fn keeps_a_part_in_view() {
        let bath = "Bath and North East Somerset";
        assert_eq!(around(bath, 28, "Somerset"), bath);
        assert_eq!(around(bath, 16, "Bath"), "Bath and North …");
        assert_eq!(around(bath, 16, "Somerset"), "…h East Somerset");
        assert_eq!(around(bath, 9, "North"), "…d North…");
        assert_eq!(around(bath, 6, "Somerset"), "…Some…");
        assert_eq!(around(bath, 1, "Somerset"), "…");
        assert_eq!(around(bath, 0, "Somerset"), "");
    }

    proptest! {
        #[test]
        fn a_window_is_the_text_and_keeps_its_part(text in "\\PC{1,40}", width in 0usize..50, start in 0usize..40, length in 1usize..8) {
            let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let (start, end) = (start % (bounds.len() - 1), (start % (bounds.len() - 1) + length).min(bounds.len() - 1));
            let keep = bounds[start]..bounds[end];
            let window = truncate_around(&text, width, &keep);
            prop_assert!(display_width(&drawn(&text, &window)) <= width);
            prop_assert_eq!(window.is_cut_after, width > 0 && window.shown.end < text.len());
            prop_assert_eq!(window.is_cut_before, window.shown.start > 0);
            if display_width(text.get(keep.clone()).unwrap()) + 2 <= width {
                prop_assert!(window.shown.start <= keep.start && keep.end <= window.shown.end, "{:?}", window);
            }
        }

        #[test]
        fn fitted_text_is_never_wider_than_its_room(text in "\\PC{0,40}", width in 0usize..50) {
            prop_assert!(display_width(&truncate(&text, width)) <= width);
        }
    }
}
