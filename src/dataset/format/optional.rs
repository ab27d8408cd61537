//! Fields that are left out where they say nothing: no value, no items, the usual word.

use super::{Codes, Raw, Word};

/// A value that is not written if it says nothing.
pub trait Optional {
    /// Whether it says nothing.
    fn is_left_out(&self) -> bool;
}

impl<T> Optional for Option<T> {
    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl Optional for bool {
    fn is_left_out(&self) -> bool {
        !self
    }
}

impl<T> Optional for Vec<T> {
    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Word> Optional for Raw<T>
where
    T::Model: Default,
{
    fn is_left_out(&self) -> bool {
        self.0 == Self::default().0
    }
}

impl Optional for Codes {
    fn is_left_out(&self) -> bool {
        let Self { gss, former_gss, urn, la } = self;
        gss.is_none() && former_gss.is_empty() && urn.is_none() && la.is_none()
    }
}
