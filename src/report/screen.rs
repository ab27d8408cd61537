//! The terminal that output goes to, if any, and clickable links for it.

use std::ops::Range;

/// Properties of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Its width in columns; more than 0.
    pub columns: usize,
    /// Whether it supports clickable links.
    pub has_links: bool,
    /// Whether all notes and sources are wanted, and not only what the answer is of.
    pub has_notes: bool,
}

/// Returns the byte ranges of the links in a text: each starts with `http://` or `https://` and ends before a space.
pub fn links(text: &str) -> Vec<Range<usize>> {
    let mut links: Vec<Range<usize>> = Vec::new();
    let starts = text.match_indices("https://").chain(text.match_indices("http://"));
    for (start, _) in starts {
        let length = text.get(start..).and_then(|rest| rest.find(' ')).unwrap_or(text.len() - start);
        links.push(start..start + length);
    }
    links
}

/// Returns a part of a text with links made clickable (with the escape sequence OSC 8). A link that is cut by the
/// part still leads to its full address.
pub fn linked(text: &str, part: Range<usize>) -> String {
    let mut line = String::new();
    let mut at = part.start;
    for link in links(text) {
        let (start, end) = (link.start.clamp(at, part.end), link.end.clamp(at, part.end));
        let address = text.get(link).unwrap_or_default();
        if start == end || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
            continue;
        }
        line.push_str(text.get(at..start).unwrap_or_default());
        let shown = text.get(start..end).unwrap_or_default();
        line.push_str(&format!("\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\"));
        at = end;
    }
    line + text.get(at..part.end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_is_cut_leads_to_the_whole_address() {
        let text = "see https://a.b/c now";
        let (first, second) = (linked(text, 0..14), linked(text, 14..21));
        assert_eq!(first, "see \x1b]8;;https://a.b/c\x1b\\https://a.\x1b]8;;\x1b\\");
        assert_eq!(second, "\x1b]8;;https://a.b/c\x1b\\b/c\x1b]8;;\x1b\\ now");
    }

    #[test]
    fn other_text_stays_as_it_is() {
        assert_eq!(linked("no link http here", 3..12), "link http");
        assert_eq!(linked("https://a/\u{e9}", 0..12), "https://a/\u{e9}");
    }
}
