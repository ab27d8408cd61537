//! Takes single values out of parsed fields and reports those that break a rule.

use super::Checker;
use crate::dataset::format::{Field, FromJson, List, UnknownField, shown};
use crate::dataset::path::Path;
use crate::dataset::{Certainty, Date, Text};

/// The maximum number of names that one message lists.
const LISTED: usize = 12;

impl Checker {
    pub(super) fn unknown_fields(&mut self, unknown_fields: &[UnknownField], at: &Path) {
        for unknown in unknown_fields {
            match unknown {
                UnknownField::Unknown(key, known) => {
                    self.problem(&at.key(key), "an unknown field", one_of(known.iter().copied()));
                }
                UnknownField::Repeated(key) => self.problem(&at.key(key), "the field twice", "the field once"),
            }
        }
    }

    /// Returns a value that may be missing.
    pub(super) fn optional<T: FromJson>(&mut self, field: Field<T>, at: &Path) -> Option<T> {
        match field {
            Field::Is(value) => Some(value),
            Field::Absent => None,
            Field::Wrong(found) => {
                self.problem(at, found, T::EXPECTED);
                None
            }
        }
    }

    /// Returns a value that must be present.
    pub(super) fn required<T: FromJson>(&mut self, field: Field<T>, at: &Path) -> Option<T> {
        if field.is_absent() {
            self.problem(at, "nothing", T::EXPECTED);
        }
        self.optional(field, at)
    }

    /// Returns a text that must be present and not blank.
    pub(super) fn text(&mut self, field: Field<String>, at: &Path) -> Option<Text> {
        let text = self.required(field, at)?;
        self.said(text, at)
    }

    /// Returns a text that may be missing, but must not be blank.
    pub(super) fn optional_text(&mut self, field: Field<String>, at: &Path) -> Option<Text> {
        let text = self.optional(field, at)?;
        self.said(text, at)
    }

    fn said(&mut self, text: String, at: &Path) -> Option<Text> {
        if text.trim().is_empty() {
            self.problem(at, "an empty text", "a text that is not empty");
            return None;
        }
        Some(text.into())
    }

    pub(super) fn date(&mut self, field: Field<String>, at: &Path) -> Option<Date> {
        let text = self.optional(field, at)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.problem(at, shown(&text), "a date: YYYY, YYYY-MM or YYYY-MM-DD");
        }
        date
    }

    /// Parses the certainty of a figure; it must be present, because "stated" is never assumed.
    pub(super) fn certainty(&mut self, field: Field<String>, at: &Path) -> Option<Certainty> {
        let name = self.text(field, at)?;
        let certainty = Certainty::from_name(&name);
        if certainty.is_none() {
            self.problem(at, shown(&name), "stated, inferred or second-hand");
        }
        certainty
    }

    /// Checks the items of a list one by one and collects the results; empty if there is no list. The vector is
    /// allocated once at the right size, because a list may have a hundred thousand items.
    pub(super) fn each<T: FromJson, U>(
        &mut self,
        field: Field<List<T>>,
        at: &Path,
        check: impl FnMut(&mut Self, T, &Path) -> Option<U>,
    ) -> Vec<U> {
        self.each_into(Vec::with_capacity, field, at, check)
    }

    /// Like [`Self::each`], but collects into a collection created for the number of items.
    pub(super) fn each_into<T: FromJson, U, C: Extend<U>>(
        &mut self,
        with_capacity_for: impl FnOnce(usize) -> C,
        field: Field<List<T>>,
        at: &Path,
        mut check: impl FnMut(&mut Self, T, &Path) -> Option<U>,
    ) -> C {
        let items = self.optional(field, at).unwrap_or_default();
        let mut checked = with_capacity_for(items.len());
        for (position, item) in items.into_iter().enumerate() {
            let at = at.item(position);
            if let Some(item) = self.required(item, &at) {
                checked.extend(check(self, item, &at));
            }
        }
        checked
    }

    pub(super) fn texts(&mut self, field: Field<List<String>>, at: &Path) -> Vec<Text> {
        self.each(field, at, |checker, text, at| checker.said(text, at))
    }
}

/// Formats "one of a, b, c"; lists at most [`LISTED`] names.
pub(super) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return "nothing: the file defines none".to_owned();
    }
    let listed = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(LISTED) {
        0 => format!("one of {listed}"),
        more => format!("one of {listed} and {more} more"),
    }
}
