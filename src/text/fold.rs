//! Brings names and queries to one form, in which case, accents, hyphens, apostrophes, "&" and
//! "and", "St" and "Saint" do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text with the way back to the text it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: lower case words, one space between two, none at the ends.
    pub text: String,
    /// For every byte of `text`, the byte in the original at which its character begins.
    pub origin: Vec<usize>,
}

/// The folded form of a text; empty where it holds no letter and no digit.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_folded(text, |c, _| folded.push(c));
    folded
}

/// The folded form with the way back, for marking matched letters in the name as shown.
pub fn fold_mapped(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), origin: Vec::new() };
    each_folded(text, |c, at| {
        folded.text.push(c);
        folded.origin.resize(folded.text.len(), at);
    });
    folded
}

fn each_folded(text: &str, mut emit: impl FnMut(char, usize)) {
    let mut word: Vec<(char, usize)> = Vec::new();
    let mut is_first = true;
    let mut flush = |word: &mut Vec<(char, usize)>| {
        let Some(&(_, start)) = word.first() else { return };
        if !is_first {
            emit(' ', start);
        }
        is_first = false;
        for &(c, at) in shortened(word) {
            emit(c, at);
        }
        word.clear();
    };
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | '0'..='9' => word.push((c, at)),
            'A'..='Z' => word.push((c.to_ascii_lowercase(), at)),
            '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' => {}
            '&' => {
                flush(&mut word);
                word.extend("and".chars().map(|c| (c, at)));
                flush(&mut word);
            }
            c if c.is_ascii() => flush(&mut word),
            c => {
                for part in c.nfkd().filter(|p| !is_combining_mark(*p)).flat_map(char::to_lowercase) {
                    if part.is_alphanumeric() {
                        word.push((part, at));
                    } else {
                        flush(&mut word);
                    }
                }
            }
        }
    }
    flush(&mut word);
}

/// "saint" as "st"; every other word as it is.
fn shortened(word: &mut Vec<(char, usize)>) -> &[(char, usize)] {
    if word.iter().map(|(c, _)| *c).eq("saint".chars()) {
        word.drain(1..4);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_does_not_matter() {
        assert_eq!(fold("Stoke-on-Trent"), "stoke on trent");
        assert_eq!(fold("King's Lynn"), "kings lynn");
        assert_eq!(fold("Bournemouth, Christchurch & Poole"), "bournemouth christchurch and poole");
        assert_eq!(fold("Saint Helens"), fold("St. Helens"));
        assert_eq!(fold("Ynys Môn"), "ynys mon");
        assert_eq!(fold("  -- "), "");
    }

    #[test]
    fn leads_every_byte_back_to_its_letter() {
        let folded = fold_mapped("Môn & Co");
        assert_eq!(folded.text, "mon and co");
        assert_eq!(folded.origin, vec![0, 1, 3, 5, 5, 5, 5, 7, 7, 8]);
        assert_eq!(folded.origin.len(), folded.text.len());
    }
}
