//! Which authorities a count of the national picture is made of.

use crate::dataset::Trend;
use crate::query::{AuthorityId, View};

/// A count of the national picture, for a category given by its position in the framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// Those that are good or better.
    Good(usize),
    /// Those with one grade, given by its position in the scale, the best first.
    Step(usize, usize),
    /// Those that were assessed but have no grade.
    Absent(usize),
    /// Those whose grade moved this way since the previous assessment.
    Moved(usize, Trend),
    /// Those of a region that are good or better; the region is given by its position in the view.
    InRegion(usize, usize),
}

impl Count {
    /// Returns the position of the category.
    pub fn category(self) -> usize {
        match self {
            Self::Good(category)
            | Self::Step(category, _)
            | Self::Absent(category)
            | Self::Moved(category, _)
            | Self::InRegion(category, _) => category,
        }
    }

    /// Whether an authority is one of those counted.
    pub fn includes(self, view: &View, authority: AuthorityId) -> bool {
        let Some(scale) = view.framework().map(|framework| &framework.scale) else { return false };
        let grade = view.grade(self.category(), authority);
        let is_good = grade.is_some_and(|grade| scale.is_good(grade));
        match self {
            Self::Good(_) => is_good,
            Self::Step(_, step) => grade.is_some() && scale.steps.get(step).map(|step| step.grade) == grade,
            Self::Absent(_) => view.is_assessed(authority) && grade.is_none(),
            Self::Moved(category, trend) => view
                .movement(category, authority)
                .is_some_and(|movement| !movement.is_redefined && movement.trend == trend),
            Self::InRegion(_, region) => is_good && view.region(authority) == Some(region),
        }
    }
}
