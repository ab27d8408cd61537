//! Counts with nouns in the singular or plural.

use std::borrow::Borrow;

/// Returns a count with its noun: "1 problem", "2 problems".
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Joins items: "a", "a and b", "a, b and c"; empty for none.
pub fn list<T: Borrow<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.borrow().to_owned(),
        [first @ .., last] => format!("{} and {}", first.join(", "), last.borrow()),
    }
}

/// Writes a number as its place in an order: "1st", "12th", "23rd".
pub fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_all_else_plural() {
        let authorities = |count| plural(count, "authority", "authorities");
        assert_eq!([authorities(0), authorities(1), authorities(2)], ["0 authorities", "1 authority", "2 authorities"]);
    }
}
