//! Takes single values out of their fields, each with its rule.

use super::Checker;
use crate::dataset::format::{Field, FromJson, List, UnknownField, shown};
use crate::dataset::path::Path;
use crate::dataset::{Certainty, Date};

/// The most names that one message lists.
const LISTED: usize = 12;

impl Checker {
    pub(super) fn unknown_fields(&mut self, unknown_fields: &[UnknownField], at: &Path) {
        for unknown in unknown_fields {
            match unknown {
                UnknownField::Unknown(key, known) => {
                    self.problem(&at.key(key), "an unknown field", one_of(known.iter().copied()));
                }
                UnknownField::Repeated(key) => self.problem(&at.key(key), "the field a second time", "it once"),
            }
        }
    }

    /// A value that may be missing.
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

    /// A value that must be there.
    pub(super) fn required<T: FromJson>(&mut self, field: Field<T>, at: &Path) -> Option<T> {
        if field.is_absent() {
            self.problem(at, "nothing", T::EXPECTED);
        }
        self.optional(field, at)
    }

    /// A text that must be there and say something.
    pub(super) fn text(&mut self, field: Field<String>, at: &Path) -> Option<String> {
        let text = self.required(field, at)?;
        self.said(text, at)
    }

    /// A text that may be missing, but not empty.
    pub(super) fn optional_text(&mut self, field: Field<String>, at: &Path) -> Option<String> {
        let text = self.optional(field, at)?;
        self.said(text, at)
    }

    fn said(&mut self, text: String, at: &Path) -> Option<String> {
        if text.trim().is_empty() {
            self.problem(at, "an empty text", "a text that says something");
            return None;
        }
        Some(text)
    }

    pub(super) fn date(&mut self, field: Field<String>, at: &Path) -> Option<Date> {
        let text = self.optional(field, at)?;
        let date = text.parse().ok();
        if date.is_none() {
            self.problem(at, shown(&text), "a date: YYYY, YYYY-MM or YYYY-MM-DD");
        }
        date
    }

    /// The standing of a figure; "stated" is never assumed.
    pub(super) fn certainty(&mut self, field: Field<String>, at: &Path) -> Option<Certainty> {
        let name = self.text(field, at)?;
        let certainty = Certainty::from_name(&name);
        if certainty.is_none() {
            self.problem(at, shown(&name), "stated, inferred or second-hand");
        }
        certainty
    }

    /// What the items of a list come to, one by one; an empty list if there is none. The result
    /// has no more room than it needs: there may be a hundred thousand of them.
    pub(super) fn each<T: FromJson, U>(
        &mut self,
        field: Field<List<T>>,
        at: &Path,
        check: impl FnMut(&mut Self, T, &Path) -> Option<U>,
    ) -> Vec<U> {
        self.each_into(Vec::with_capacity, field, at, check)
    }

    /// What the items come to, in a collection that is made for their number.
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

    pub(super) fn texts(&mut self, field: Field<List<String>>, at: &Path) -> Vec<String> {
        self.each(field, at, |checker, text, at| checker.said(text, at))
    }
}

/// "one of a, b, c", cut where there are many.
pub(super) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return "none here: the file defines none".to_owned();
    }
    let listed = names.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(LISTED) {
        0 => format!("one of {listed}"),
        more => format!("one of {listed} and {more} more"),
    }
}
