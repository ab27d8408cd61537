//! How well a query fits one text, best first.

use memchr::memmem::Finder;

/// How a query matches a name. The best comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchQuality {
    /// The whole name.
    Whole,
    /// Its beginning.
    Prefix,
    /// The first letters of its words.
    Initials,
    /// The beginning of a later word.
    WordStart,
    /// Anywhere inside.
    Inside,
    /// Letters in the same order, with others between.
    Fuzzy,
}

impl MatchQuality {
    /// Every tier, the best first.
    pub const ALL: [Self; 6] = [Self::Whole, Self::Prefix, Self::Initials, Self::WordStart, Self::Inside, Self::Fuzzy];
}

/// Where and how well a query matched; the smaller is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// How.
    pub match_quality: MatchQuality,
    /// Within the tier: the place of the match in the folded text, or the less the closer for
    /// [`MatchQuality::Fuzzy`].
    pub place: u32,
}

/// A part of a query, ready to be looked for in many texts.
#[derive(Debug, Clone)]
pub struct Needle {
    text: String,
    finder: Finder<'static>,
    /// Finds the text at the beginning of a word that is not the first.
    word_finder: Finder<'static>,
    /// The letters it needs, see [`letters`].
    pub letters: u64,
}

impl Needle {
    /// A needle of a folded text.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            finder: Finder::new(text.as_bytes()).into_owned(),
            word_finder: Finder::new(format!(" {text}").as_bytes()).into_owned(),
            letters: letters(text),
        }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it stands within a folded text; `None` if it does not.
    pub fn truncate(&self, text: &str) -> Option<Fit> {
        if text.starts_with(&self.text) {
            let match_quality = if text.len() == self.text.len() { MatchQuality::Whole } else { MatchQuality::Prefix };
            return Some(Fit { match_quality, place: 0 });
        }
        let inside = self.finder.find(text.as_bytes())?;
        match self.word_finder.find(text.as_bytes()) {
            Some(space) => Some(Fit { match_quality: MatchQuality::WordStart, place: place(space + 1) }),
            None => Some(Fit { match_quality: MatchQuality::Inside, place: place(inside) }),
        }
    }

    /// Whether its letters stand in a folded text in order, close to one another, the first of them
    /// at the beginning of a word. Letters strewn over a long name are no sign of what was meant.
    pub fn is_scattered_in(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let Some((first, rest)) = self.text.as_bytes().split_first() else { return false };
        let span = 2 * self.text.len() + 1;
        memchr::memchr_iter(*first, text).any(|at| {
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

    /// Whether it has a digit in it, as a code has.
    pub fn has_digit(&self) -> bool {
        self.text.bytes().any(|b| b.is_ascii_digit())
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The set of characters of a folded text: a bit each for the letters and digits, and the rest
/// spread over the bits that remain. A text can hold a needle only if its set holds the needle's.
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
