//! How well a query fits one text, best first.

use memchr::memmem::Finder;

/// How a query matches a name. The best comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
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

/// Where and how well a query matched; the smaller is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// How.
    pub tier: Tier,
    /// Within the tier: the place of the match in the folded text, or the less the closer for
    /// [`Tier::Fuzzy`].
    pub place: u32,
}

/// A part of a query, ready to be looked for in many texts.
#[derive(Debug, Clone)]
pub struct Needle {
    text: String,
    finder: Finder<'static>,
    /// The letters it needs, see [`letters`].
    pub letters: u64,
}

impl Needle {
    /// A needle of a folded text.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), finder: Finder::new(text.as_bytes()).into_owned(), letters: letters(text) }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How it stands within a folded text; `None` where it does not.
    pub fn fit(&self, text: &str) -> Option<Fit> {
        let mut places = self.finder.find_iter(text.as_bytes());
        let first = places.next()?;
        let tier = match first {
            0 if text.len() == self.text.len() => Tier::Whole,
            0 => Tier::Prefix,
            _ => Tier::Inside,
        };
        if tier == Tier::Inside {
            let at_word = |at: &usize| text.as_bytes().get(at.wrapping_sub(1)) == Some(&b' ');
            if let Some(at) = std::iter::once(first).chain(places).find(at_word) {
                return Some(Fit { tier: Tier::WordStart, place: place(at) });
            }
        }
        Some(Fit { tier, place: place(first) })
    }

    /// Whether its letters stand in a folded text in order.
    pub fn is_scattered_in(&self, text: &str) -> bool {
        let mut letters = text.bytes();
        self.text.bytes().all(|wanted| letters.any(|b| b == wanted))
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
