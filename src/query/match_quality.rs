//! How well a query matches a single text.

/// Words left out of initials: Tower Hamlets is `th`, Bournemouth, Christchurch and Poole `bcp`.
pub(super) const SMALL_WORDS: [&str; 7] = ["and", "of", "on", "the", "upon", "in", "with"];

/// How a query matches a name; the best is the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchQuality {
    /// The query is the whole name.
    Whole,
    /// The name begins with the query.
    Prefix,
    /// The query is the first letters of the words of the name.
    Initials,
    /// A word other than the first begins with the query.
    WordStart,
    /// The query occurs elsewhere in the name.
    Inside,
    /// The name of the region begins with the query.
    Region,
    /// The letters of the query occur in the same order, with others between.
    Fuzzy,
}

impl MatchQuality {
    /// All qualities, best first.
    pub const ALL: [Self; 7] =
        [Self::Whole, Self::Prefix, Self::Initials, Self::WordStart, Self::Inside, Self::Region, Self::Fuzzy];
}

/// How and where a query matches a text; the best is the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// How it matches.
    pub match_quality: MatchQuality,
    /// The position of the match in the folded text in bytes; for [`MatchQuality::Fuzzy`], a number that is smaller
    /// the closer the match.
    pub place: u32,
}

/// A query, or a word of one, prepared for searching many texts.
#[derive(Debug, Clone)]
pub struct Needle {
    text: String,
    /// The letters of a text such as "h and f", which can only mean initials.
    initials: Option<String>,
    /// The text at the beginning of any word but the first.
    word: String,
    /// The set of its letters, see [`letters`].
    pub letters: u64,
}

impl Needle {
    /// Prepares a folded text.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            initials: spaced_initials(text),
            word: format!(" {text}"),
            letters: letters(text),
        }
    }

    /// Returns the folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns it as initials: "h and f" as "hf".
    pub fn initials(&self) -> &str {
        self.initials.as_deref().unwrap_or(&self.text)
    }

    /// Whether it is the initials of a name, with or without those of its small words.
    pub fn is_initials(&self, initials: &str) -> bool {
        initials == self.text || self.initials.as_deref() == Some(initials)
    }

    /// Returns how a folded text contains it; `None` if it does not. Ignores initials and fuzzy matches.
    pub fn matches(&self, text: &str) -> Option<Fit> {
        if text.starts_with(&self.text) {
            let match_quality = if text.len() == self.text.len() { MatchQuality::Whole } else { MatchQuality::Prefix };
            return Some(Fit { match_quality, place: 0 });
        }
        let inside = text.find(&self.text)?;
        match text.find(&self.word) {
            Some(space) => Some(Fit { match_quality: MatchQuality::WordStart, place: place(space + 1) }),
            None => Some(Fit { match_quality: MatchQuality::Inside, place: place(inside) }),
        }
    }

    /// Whether its letters occur in a folded text in order, within about twice its length, starting at the beginning
    /// of a word. Letters scattered over a long name would be a coincidence.
    pub fn is_scattered_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let Some((first, rest)) = self.text.as_bytes().split_first() else { return false };
        let span = 2 * self.text.len() + 1;
        text.iter().enumerate().filter(|(_, letter)| *letter == first).any(|(at, _)| {
            let is_start = at == 0 || text.get(at - 1) == Some(&b' ');
            let end = text.len().min(at + span);
            let mut letters = text.get(at + 1..end).unwrap_or_default().iter();
            is_start && rest.iter().all(|wanted| letters.any(|b| b == wanted))
        })
    }

    /// Whether it is a single word.
    pub fn is_one_word(&self) -> bool {
        !self.text.contains(' ')
    }

    /// Whether it contains a digit, like a code.
    pub fn has_digit(&self) -> bool {
        self.text.bytes().any(|b| b.is_ascii_digit())
    }
}

/// Returns the letters of a folded text that consists of single letters, two at least, with small words between them.
fn spaced_initials(text: &str) -> Option<String> {
    let letters: Vec<&str> = text.split(' ').filter(|word| !SMALL_WORDS.contains(word)).collect();
    (letters.len() > 1 && letters.iter().all(|word| word.chars().count() == 1)).then(|| letters.concat())
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Returns the set of characters in a folded text: a bit for each letter and digit, and the other characters spread
/// over the remaining bits. A text can contain a needle only if its set contains the needle's.
pub fn letters(text: &str) -> u64 {
    text.chars().filter(|c| *c != ' ').fold(0, |set, c| set | 1 << bit(c))
}

fn bit(c: char) -> u32 {
    let c = u32::from(c);
    match c {
        0x61..=0x7a => c - 0x61,
        0x30..=0x39 => c - 0x30 + 26,
        _ => 36 + c % 28,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scattered_letters_lie_within_twice_the_length_and_one() {
        let needle = Needle::new("abcd");
        assert!(needle.is_scattered_in("abxxxxxcd"), "nine characters");
        assert!(!needle.is_scattered_in("abxxxxxxcd"), "ten characters");
        assert!(needle.is_scattered_in("x abcd") && !needle.is_scattered_in("xabcd"), "from the start of a word");
        assert!(!Needle::new("aab").is_scattered_in("abx"), "each letter is used once");
    }

    #[test]
    fn each_letter_and_digit_has_a_bit_of_its_own() {
        let alone: Vec<u64> = ('a'..='z').chain('0'..='9').map(|c| letters(&c.to_string())).collect();
        assert_eq!(alone.iter().fold(0, |set, bit| set | bit).count_ones(), 36);
        assert_eq!(letters("ab a"), letters("a") | letters("b"));
        assert!(alone.iter().all(|bit| bit & letters("éßж東") == 0), "the others share the rest");
    }
}
