//! The words in the name of a council that say what kind it is: "Leeds City Council", "London Borough of Barnet".

use super::fold::fold;

/// The words that say a kind, folded.
const KINDS: [&str; 20] = [
    "authority",
    "bc",
    "borough",
    "cc",
    "city",
    "co",
    "corporation",
    "council",
    "county",
    "district",
    "dc",
    "lb",
    "lbc",
    "mbc",
    "mdc",
    "met",
    "metropolitan",
    "royal",
    "ua",
    "unitary",
];

/// The words that say nothing between those that say a kind.
const SMALL: [&str; 3] = ["the", "of", "and"];

/// Returns the forms in which a name can be looked up, folded: as it is; without its article and "council"; without every
/// word at its ends that says a kind; the same without a kind in brackets at its end. Those that are empty or the same as one
/// before are left out. Other words in brackets may say that it is something else: "Dorset (excluding Poole)".
pub fn name_forms(name: &str) -> Vec<String> {
    let is_kind = |words: &str| {
        let words = fold(words);
        words.split(' ').all(|word| word == "london" || KINDS.contains(&word) || SMALL.contains(&word))
    };
    let before = with_brackets(name).filter(|(_, words)| is_kind(words)).map(|(before, _)| before);
    let mut forms = Vec::new();
    for whole in std::iter::once(name).chain(before).map(fold) {
        let words: Vec<&str> = whole.split(' ').collect();
        let plain = without(&words, |word| word == "council");
        let bare = without(&words, |word| KINDS.contains(&word));
        for form in [whole.clone(), plain, bare] {
            if !form.is_empty() && !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// Splits a name into what is before the brackets at its end, and what is in them; `None` if it has none.
pub fn with_brackets(name: &str) -> Option<(&str, &str)> {
    name.trim_end().strip_suffix(')')?.rsplit_once('(')
}

/// Returns a folded name without a last word that begins one for a kind, as while "council" is being typed; `None` if it
/// has none, or is nothing else.
pub fn without_begun_kind(folded: &str) -> Option<String> {
    let (before, last) = folded.rsplit_once(' ')?;
    let is_begun = KINDS.iter().chain(&SMALL).any(|kind| kind.starts_with(last));
    is_begun.then(|| name_forms(before).pop()).flatten()
}

/// Returns words without those at either end that say a kind, the small words beside them, and an article.
fn without(words: &[&str], is_kind: impl Fn(&str) -> bool) -> String {
    let is_dropped = |word: &str| is_kind(word) || SMALL.contains(&word);
    let mut rest = words;
    loop {
        rest = match rest {
            // London is a place unless a borough follows it.
            ["london", kind @ "borough", ..] if is_kind(kind) => rest.get(2..).unwrap_or_default(),
            [.., "london", kind @ "borough"] if is_kind(kind) => rest.get(..rest.len() - 2).unwrap_or_default(),
            [first, after @ ..] if is_dropped(first) => after,
            [before @ .., last] if is_dropped(last) => before,
            rest => return rest.join(" "),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_with_and_without_its_kind() {
        let forms = |name: &str| name_forms(name).join(" | ");
        assert_eq!(forms("Liverpool City Council"), "liverpool city council | liverpool city | liverpool");
        assert_eq!(forms("London Borough of Barnet"), "london borough of barnet | barnet");
        assert_eq!(forms("Camden (London Borough)"), "camden london borough | camden");
        assert_eq!(
            forms("Royal Borough of Windsor & Maidenhead"),
            "royal borough of windsor and maidenhead | windsor and maidenhead"
        );
        assert_eq!(forms("Dorset County Council"), "dorset county council | dorset county | dorset");
        assert_eq!(forms("Council of the Isles of Scilly"), "council of the isles of scilly | isles of scilly");
        assert_eq!(forms("Dorset (excluding Poole)"), "dorset excluding poole");
        assert_eq!(forms("Wirral (the)"), "wirral the | wirral");
        assert_eq!(forms("Bristol, City of"), "bristol city of | bristol city | bristol");
        assert_eq!(forms("City and County of Bristol UA"), "city and county of bristol ua | bristol");
        assert_eq!(forms("Isle of Wight"), "isle of wight");
    }

    #[test]
    fn a_kind_alone_is_itself() {
        for name in ["the", "London", "london borough", "council", "city"] {
            assert_eq!(name_forms(name), [fold(name)], "{name}");
        }
        assert_eq!(name_forms(" - "), [""; 0]);
    }

    #[test]
    fn a_kind_half_typed_is_left_out() {
        assert_eq!(without_begun_kind("liverpool city cou").as_deref(), Some("liverpool"));
        assert_eq!(without_begun_kind("bath c").as_deref(), Some("bath"));
        assert_eq!(without_begun_kind("bath north"), None);
        assert_eq!(without_begun_kind("c"), None);
    }
}
