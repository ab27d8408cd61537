//! Protects spreadsheets from texts that they would take for formulas.

/// The characters that make a spreadsheet take a cell for a formula: also full-width ones, which some turn into these.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// Prefixes a text that begins like a formula, perhaps after spaces, with an apostrophe, as one would when typing it.
pub fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_marked_as_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1", " =1", "\u{a0}-1"]
        {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("Leeds = fine"), "Leeds = fine");
        assert_eq!(harmless(""), "");
    }
}
