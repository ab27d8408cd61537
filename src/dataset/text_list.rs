//! A list of short texts that is held as one text.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Text;

/// Texts without line breaks, held as one: the codes of ten neighbours take a tenth of the memory of a list, and those
/// compiled into the program none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextList(pub(super) Text);

impl TextList {
    /// What separates the texts.
    const BREAK: char = '\n';

    /// Returns the texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(Self::BREAK).filter(|text| !text.is_empty())
    }

    /// Returns the number of texts.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: fmt::Display> FromIterator<T> for TextList {
    /// Empty texts are left out.
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let texts: Vec<String> =
            texts.into_iter().map(|text| text.to_string()).filter(|text| !text.is_empty()).collect();
        Self(texts.join(&String::from(Self::BREAK)).into())
    }
}

impl Serialize for TextList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_texts_in_order_and_no_empty_ones() {
        let list: TextList = ["301", "", "302"].into_iter().collect();
        assert_eq!((list.iter().collect::<Vec<_>>(), list.len(), list.is_empty()), (vec!["301", "302"], 2, false));
        assert_eq!(serde_json::to_string(&list).unwrap(), r#"["301","302"]"#);
        let none: TextList = [""].into_iter().collect();
        assert_eq!((none.iter().count(), none.is_empty()), (0, true));
    }
}
