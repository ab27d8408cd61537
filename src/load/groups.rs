//! Joins things into groups, by their positions.

/// Rows of one group each, which are joined: a forest whose roots are the first rows of the groups.
pub struct Groups {
    of: Vec<usize>,
}

impl Groups {
    /// Creates a group of its own for each of some rows.
    pub fn new(count: usize) -> Self {
        Self { of: (0..count).collect() }
    }

    /// Returns the first row of the group of a row.
    pub fn first_of(&mut self, row: usize) -> usize {
        let mut first = row;
        while let Some(next) = self.of.get(first).copied().filter(|next| *next != first) {
            // Each look makes the way shorter.
            let further = self.of.get(next).copied().unwrap_or(next);
            if let Some(above) = self.of.get_mut(first) {
                *above = further;
            }
            first = next;
        }
        first
    }

    /// Joins the groups of two rows.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first_of(one), self.first_of(other));
        if let Some(above) = self.of.get_mut(one.max(other)) {
            *above = one.min(other);
        }
    }
}
