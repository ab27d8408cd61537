//! Markers of notes behind a text, as official tables have them: "Leeds [note 1]", "Good*", "Wigan (2)", "London¹".

/// The longest marker in brackets.
const MAX_MARKER: usize = 30;

/// The most digits of the number of a note; longer numbers are codes.
const MAX_DIGITS: usize = 2;

/// Returns a text without the markers of notes at its end; the text itself if it has none, or is nothing else.
pub fn without_markers(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some(shorter) = without_marker(rest).map(str::trim_end).filter(|shorter| !shorter.is_empty()) {
        rest = shorter;
    }
    rest
}

fn without_marker(text: &str) -> Option<&str> {
    const SIGNS: [char; 14] = ['*', '†', '‡', '§', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if let Some(rest) = text.strip_suffix(SIGNS) {
        return Some(rest);
    }
    let (open, inside) = match text.strip_suffix(']') {
        Some(inside) => ('[', inside),
        None => ('(', text.strip_suffix(')')?),
    };
    let (rest, marker) = inside.rsplit_once(open)?;
    (marker.len() <= MAX_MARKER && is_marker(marker, open == '[')).then_some(rest)
}

/// Whether a text in brackets is a marker: "1", "note 2", "notes 1 and 3", and in square brackets the letter of an official
/// statistic, as in `[r]` for revised.
fn is_marker(text: &str, is_square: bool) -> bool {
    let text = text.trim().to_lowercase();
    let is_letter = is_square && text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let numbers = text.strip_prefix("notes").or(text.strip_prefix("note")).unwrap_or(&text);
    let is_digits = |word: &str| word.len() <= MAX_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = |word: &str| word == "and" || is_digits(word);
    let mut words = numbers.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
    let is_note = is_square && matches!(text.as_str(), "note" | "notes");
    is_letter || is_note || (words.peek().is_some() && words.all(is_number))
}

#[cfg(test)]
mod tests {
    use super::without_markers;

    #[test]
    fn markers_are_left_out_and_other_words_are_not() {
        for (text, wanted) in [
            ("Leeds [note 1]", "Leeds"),
            ("Good[note 2]", "Good"),
            ("Good*", "Good"),
            ("Good (1)", "Good"),
            ("London¹²", "London"),
            ("Overall effectiveness [notes 3 and 4] [r]", "Overall effectiveness"),
            ("Camden (London Borough)", "Camden (London Borough)"),
            ("Requires improvement (RI)", "Requires improvement (RI)"),
            ("Trafford (99999)", "Trafford (99999)"),
            ("[c]", "[c]"),
            ("[note 1]", "[note 1]"),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(without_markers(text), wanted, "{text:?}");
        }
    }
}
