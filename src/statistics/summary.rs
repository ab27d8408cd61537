//! Our own counts among the listed authorities: grades, movement and shares.

use super::Tally;
use crate::dataset::{Absence, Date, Framework, Grade, Movement, Trend};
use crate::query::{AuthorityId, Listing, View};

/// The practice judgements in Ofsted's route rule of 2026. The rule also requires [`LEADERS`].
const PRACTICE: [&str; 3] = ["help-and-protection", "children-in-care", "care-leavers"];
const LEADERS: &str = "leaders";

/// The day on which that rule came into force, as year, month and day.
const ROUTE_FROM: (i16, i8, i8) = (2026, 4, 1);

/// Our counts among the listed authorities under one framework.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// The number of authorities listed.
    pub listed: u32,
    /// The number of them assessed under the framework by the date of the view.
    pub assessed: u32,
    /// The number of these with a grade that is inferred or second-hand.
    pub with_mark: u32,
    /// The counts of each category, in the framework's order.
    pub categories: Vec<CategoryCounts>,
    /// The authorities that meet Ofsted's rule of 2026 for the route of the next inspection: good or better for
    /// leaders and for at least two of the three practice judgements. `None` before April 2026, or if the framework
    /// lacks one of these categories.
    pub route: Option<Tally>,
    /// The counts by region, of those in which any authority is listed.
    pub regions: Vec<RegionCounts>,
}

/// The counts of one region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegionCounts {
    /// Its name; `None` for the authorities whose region is unknown.
    pub name: Option<String>,
    /// Good or better in each category.
    pub good: Vec<Tally>,
    /// How many have no grade in each category because it had ended.
    pub ended: Vec<u32>,
}

impl RegionCounts {
    fn new(name: Option<String>, categories: usize) -> Self {
        Self { name, good: vec![Tally::default(); categories], ended: vec![0; categories] }
    }
}

/// The counts of one category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryCounts {
    /// The number of authorities with each grade, best first.
    pub steps: Vec<u32>,
    /// The number of authorities that were assessed but have no grade.
    pub absent: u32,
    /// The reasons for that with their numbers, in the order of [`Absence::ALL`]; reasons that do not occur are left
    /// out.
    pub absences: Vec<(Absence, u32)>,
    /// Good or better, among those with a grade.
    pub good: Tally,
    /// The number that moved to a better grade since the previous assessment.
    pub up: u32,
    /// The number with the same grade as in the previous assessment.
    pub same: u32,
    /// The number that moved to a lower grade.
    pub down: u32,
    /// The number of comparisons in `up`, `same` and `down` across a redefinition of the category.
    pub redefined: u32,
}

impl CategoryCounts {
    fn add_absence(&mut self, absence: Absence) {
        self.absent += 1;
        match self.absences.iter_mut().find(|(other, _)| *other == absence) {
            Some((_, count)) => *count += 1,
            None => {
                self.absences.push((absence, 1));
                self.absences.sort_by_key(|(other, _)| Absence::ALL.iter().position(|a| a == other));
            }
        }
    }
}

/// Returns our counts among the listed authorities.
pub fn summary(listing: &Listing) -> Summary {
    of(listing.view(), listing.counted())
}

/// Returns our counts among all authorities of a view, whatever is searched for or filtered.
pub fn national_summary(listing: &Listing) -> Summary {
    let view = listing.view();
    let all = (0..listing.dataset().authorities.len()).map(AuthorityId);
    of(view, all.filter(|id| view.is_listed(*id)))
}

fn of(view: &View, authorities: impl Iterator<Item = AuthorityId>) -> Summary {
    let width = view.categories().len();
    let Some(framework) = view.framework() else { return Summary::default() };
    let empty = CategoryCounts { steps: vec![0; framework.scale.steps.len()], ..CategoryCounts::default() };
    let mut summary = Summary { categories: vec![empty; width], ..Summary::default() };
    let is_in_force = view.day() >= Date::of_day(ROUTE_FROM.0, ROUTE_FROM.1, ROUTE_FROM.2);
    let has_route =
        is_in_force && PRACTICE.iter().chain([&LEADERS]).all(|id| framework.category_position(id).is_some());
    summary.route = has_route.then(Tally::default);
    let names = view.regions().iter().cloned().map(Some).chain([None]);
    summary.regions = names.map(|name| RegionCounts::new(name, width)).collect();
    let route_columns = [LEADERS, PRACTICE[0], PRACTICE[1], PRACTICE[2]].map(|id| framework.category_position(id));
    let mut is_listed = vec![false; summary.regions.len()];
    for authority in authorities {
        let region = view.region(authority).unwrap_or(view.regions().len());
        is_listed.iter_mut().skip(region).take(1).for_each(|listed| *listed = true);
        summary.add(authority, region, view, framework, route_columns);
    }
    let mut is_listed = is_listed.into_iter();
    summary.regions.retain(|_| is_listed.next().unwrap_or(false));
    summary
}

impl Summary {
    fn add(
        &mut self,
        authority: AuthorityId,
        region: usize,
        view: &View,
        framework: &Framework,
        route: [Option<usize>; 4],
    ) {
        self.listed += 1;
        if !view.is_assessed(authority) {
            return;
        }
        self.assessed += 1;
        self.with_mark += u32::from(view.has_mark(authority));
        for (column, counts) in self.categories.iter_mut().enumerate() {
            let grade = view.grade(column, authority);
            match grade.and_then(|g| framework.scale.steps.iter().position(|s| s.grade == g)) {
                Some(step) => {
                    if let Some(count) = counts.steps.get_mut(step) {
                        *count += 1;
                    }
                }
                None => counts.add_absence(view.absence(column, authority).unwrap_or(Absence::NotReported)),
            }
            let is_good = grade.map(|g| framework.scale.is_good(g));
            counts.good.add(is_good);
            if let Some(region) = self.regions.get_mut(region) {
                if let Some(tally) = region.good.get_mut(column) {
                    tally.add(is_good);
                }
                if let Some(ended) = region.ended.get_mut(column) {
                    *ended += u32::from(view.absence(column, authority) == Some(Absence::CategoryEnded));
                }
            }
            match view.movement(column, authority) {
                // The two grades do not mean the same.
                Some(movement) if movement.is_redefined => counts.redefined += 1,
                Some(Movement { trend: Trend::Up, .. }) => counts.up += 1,
                Some(Movement { trend: Trend::Same, .. }) => counts.same += 1,
                Some(Movement { trend: Trend::Down, .. }) => counts.down += 1,
                None => {}
            }
        }
        if let Some(tally) = &mut self.route {
            tally.add(meets_route(framework, route.map(|column| view.grade(column?, authority))));
        }
    }
}

/// Whether an authority meets Ofsted's rule of 2026 for the route of its next inspection: good or better for the
/// impact of leaders, and for at least two of the three practice judgements. `grades` has the grade for leaders
/// first. `None` if the known grades do not decide it. The source for the rule is second-hand: the notes on the
/// public history file.
fn meets_route(framework: &Framework, grades: [Option<Grade>; 4]) -> Option<bool> {
    let [leaders, practice @ ..] = grades.map(|grade| grade.map(|g| framework.scale.is_good(g)));
    let good = practice.iter().filter(|p| **p == Some(true)).count();
    let open = practice.iter().filter(|p| p.is_none()).count();
    match leaders {
        Some(false) => Some(false),
        _ if good + open < 2 => Some(false),
        Some(true) if good >= 2 => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_route_is_left_open_where_the_grades_known_do_not_decide_it() {
        let dataset = crate::load::bundled().unwrap().dataset;
        let framework = &dataset.frameworks[0];
        let of = |grades: [u8; 4]| meets_route(framework, grades.map(|g| (g > 0).then_some(Grade(g))));
        for (grades, meets) in [
            ([3, 3, 3, 1], Some(true)),
            ([4, 3, 4, 0], Some(true)),
            ([3, 3, 1, 0], None),
            ([0, 3, 3, 3], None),
            ([2, 4, 4, 4], Some(false)),
            ([3, 2, 2, 4], Some(false)),
            ([0, 2, 2, 0], Some(false)),
        ] {
            assert_eq!(of(grades), meets, "{grades:?}");
        }
    }
}
