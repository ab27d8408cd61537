//! How similar two words or names are.

use super::fold::fold;

/// The least similarity of words that are alike (Jaro-Winkler, from 0 to 1).
const ALIKE: f64 = 0.75;

/// Returns how similar two folded texts are, from 0 to 1.
pub fn similarity(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

/// Returns the names similar to a word, most similar first.
pub fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = fold(word);
    let mut scored: Vec<(f64, &str)> = names.map(|n| (similarity(&wanted, &fold(n)), n)).collect();
    scored.retain(|(score, _)| *score >= ALIKE);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, name)| name).collect()
}
