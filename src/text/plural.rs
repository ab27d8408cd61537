//! Counts with nouns in the singular or plural.

/// Returns a count with its noun: "1 problem", "2 problems".
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
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
