//! A day that figures are as at, and what has to have happened by then.

use super::Date;

/// A day, and which day of an assessment decides whether it counts as at that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AsAt {
    /// The day; what happened on it counts.
    pub day: Date,
    /// Which day of an assessment decides.
    pub basis: Basis,
}

impl From<Date> for AsAt {
    /// What had been published by the end of a day.
    fn from(day: Date) -> Self {
        Self { day, basis: Basis::default() }
    }
}

/// Which day decides whether an assessment counts as at a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The day the report was published.
    #[default]
    Published,
    /// The day the inspection began, as Ofsted counts "as at 31 March".
    Inspected,
}

impl Basis {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Published, Self::Inspected];

    /// Returns its name, in the JSON format and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Inspected => "inspected",
        }
    }

    /// Returns the basis with a given name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.name() == name)
    }
}
