//! Separate types for the two numbers that identify an authority, so that they cannot be confused.

/// The position of an authority in the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorityId(pub usize);

/// The position of an authority in the order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameOrder(pub u32);
