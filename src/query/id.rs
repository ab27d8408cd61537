//! The two numbers by which an authority is known here, apart so that one is never taken for the other.

/// An authority by its position in the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorityId(pub usize);

/// An authority by its position in the order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameOrder(pub u32);
