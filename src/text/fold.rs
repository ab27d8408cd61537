//! Normalises names and queries for search: ignores case, accents, hyphens and apostrophes, and treats "&" as "and" and
//! "Saint" as "St".

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text, with a mapping back to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: lower-case words, separated by single spaces.
    pub text: String,
    /// For each byte of `text`, the offset in the original of the character that it comes from.
    pub origin: Vec<usize>,
}

/// Returns the folded form of a text; empty if it contains no letters or digits.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

/// Appends the folded form of a text to a string.
pub fn fold_onto(folded: &mut String, text: &str) {
    let start = folded.len();
    Folding { folded, origin: None, start, word: start }.take(text);
}

/// Returns the folded form with the mapping, which is needed to highlight matched letters in a name.
pub fn fold_mapped(text: &str) -> Folded {
    let (mut folded, mut origin) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    Folding { folded: &mut folded, origin: Some(&mut origin), start: 0, word: 0 }.take(text);
    Folded { text: folded, origin }
}

/// The state while folding a text.
struct Folding<'f> {
    folded: &'f mut String,
    /// Where each byte comes from, if that is wanted; then `folded` is empty at the start.
    origin: Option<&'f mut Vec<usize>>,
    start: usize,
    /// Where the current word starts in `folded`; its end, between words.
    word: usize,
}

impl Folding<'_> {
    fn take(&mut self, text: &str) {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if let Some(letters) = rest.get(..run).filter(|letters| !letters.is_empty()) {
                self.letters(letters, at);
                at += run;
            } else if let Some(c) = rest.chars().next() {
                self.other(c, at);
                at += c.len_utf8();
            }
        }
        self.end_word();
    }

    fn other(&mut self, c: char, at: usize) {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`' => {}
            '&' => {
                self.end_word();
                "and".chars().for_each(|c| self.letter(c, at));
                self.end_word();
            }
            c if c.is_ascii() => self.end_word(),
            c => self.beyond_ascii(c, at),
        }
    }

    fn beyond_ascii(&mut self, c: char, at: usize) {
        for part in c.nfkd().filter(|p| !is_combining_mark(*p)).flat_map(char::to_lowercase) {
            if part.is_alphanumeric() {
                self.letter(part, at);
            } else {
                self.end_word();
            }
        }
    }

    /// Appends a run of ASCII letters and digits.
    fn letters(&mut self, letters: &str, at: usize) {
        self.begin_word(at);
        let start = self.folded.len();
        self.folded.push_str(letters);
        if let Some(letters) = self.folded.get_mut(start..) {
            letters.make_ascii_lowercase();
        }
        if let Some(origin) = &mut self.origin {
            origin.extend(at..at + letters.len());
        }
    }

    fn letter(&mut self, c: char, at: usize) {
        self.begin_word(at);
        self.push(c, at);
    }

    /// Appends a space if this is the start of a word after another.
    fn begin_word(&mut self, at: usize) {
        if self.word == self.folded.len() && self.word > self.start {
            self.push(' ', at);
            self.word = self.folded.len();
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.folded.push(c);
        if let Some(origin) = &mut self.origin {
            origin.resize(self.folded.len(), at);
        }
    }

    /// Ends the current word, and shortens "saint" to "st".
    fn end_word(&mut self) {
        if self.folded.get(self.word..) == Some("saint") {
            let cut = self.word + 1..self.word + 4;
            self.folded.drain(cut.clone());
            if let Some(origin) = &mut self.origin {
                origin.drain(cut);
            }
        }
        self.word = self.folded.len();
    }
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
