//! Separate types for the two numbers that identify an authority, so that they cannot be confused, and the sort key of a row.

/// The position of an authority in the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorityId(pub usize);

/// The position of an authority in the order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameOrder(pub u32);

/// The sort key of a row of a list: rows of equal order are ordered by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// The order, lowest first.
    pub order: u32,
    /// The authority.
    pub name: NameOrder,
}
