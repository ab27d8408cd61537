//! The parts of the map that do not depend on its tiles: what is counted, chips of grades, letters.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::app::action::Motion;
use crate::app::model::Model;
use crate::app::page::{Line, Lines, Role, degree, outcome_role, spaces};
use crate::dataset::{Absence, Assessment, Authority, Category, Framework, Grade, Judgement, Step};
use crate::query::{AuthorityId, short_region};
use crate::statistics::{MapView, OnMap, Tile};
use crate::text::{display_width, truncate};

/// Returns the councils that existed on the day of the map and that the search and the filter keep.
pub fn counted<'s>(state: &'s Model, view: &'s MapView) -> Vec<OnMap<'s>> {
    let found = found(state);
    let ids = state.listing.dataset().authorities.iter().enumerate();
    let ids: HashMap<*const Authority, AuthorityId> =
        ids.map(|(position, authority)| (std::ptr::from_ref(authority), AuthorityId(position))).collect();
    let counts_it = |shown: &OnMap<'_>| {
        let id = ids.get(&std::ptr::from_ref(shown.authority));
        id.is_some_and(|id| is_listed(state, view, found.as_ref(), *id, shown))
    };
    view.counted(state.dataset()).filter(counts_it).collect()
}

/// Returns the letter of a step on its colour, and a space.
pub fn chip(framework: &Framework, step: &Step) -> Line {
    let role = Role::Tile(degree(&framework.scale, step.grade));
    let letter: String = step.sign().chars().take(1).collect();
    Line::new().with(format!(" {letter} "), role).with(" ", Role::Plain)
}

/// Returns how many councils have each grade, in one line.
pub fn counts_in_line(state: &Model, view: &MapView) -> Line {
    let Some(framework) = state.framework() else { return Line::new() };
    let shown = counted(state, view);
    let mut line = Line::new();
    for step in &framework.scale.steps {
        let count = shown.iter().filter(|tile| tile.grade() == Some(step.grade)).count();
        line.spans.extend(chip(framework, step).with(format!("{count}  "), Role::Plain).spans);
    }
    line
}

/// The width of a count in the table of regions.
const COUNT: usize = 6;

/// Returns how many councils of each region have each grade: a line of grades, then a line a region, by its short name where the
/// width asks for it. Empty without regions.
pub fn by_region(state: &Model, view: &MapView, width: usize) -> Lines {
    let Some(framework) = state.framework() else { return Lines::new() };
    let shown = counted(state, view);
    let region = |tile: &OnMap<'_>| tile.authority.region.as_ref().map(|region| region.to_string());
    let regions: BTreeSet<String> = shown.iter().filter_map(region).collect();
    let counts = COUNT * (framework.scale.steps.len() + 1);
    let longest = regions.iter().map(|region| display_width(region)).max().unwrap_or(0) + 2;
    let is_short = longest + counts > width;
    let name = if is_short { width.saturating_sub(counts).clamp(SHORT_REGION, longest) } else { longest };
    let mut head = Line::new().with("By region", Role::Faint).padded(name);
    for step in &framework.scale.steps {
        let start = head.width();
        head = head.with(spaces(COUNT - CHIP - 1), Role::Plain);
        // With the space after it.
        head.spans.extend(chip(framework, step).spans);
        head = head.padded(start + COUNT);
    }
    let grades: Vec<Option<Grade>> = framework.scale.steps.iter().map(|step| Some(step.grade)).chain([None]).collect();
    let row = |region_name: &String| {
        let count = |grade: &Option<Grade>| {
            let is_it = |tile: &&OnMap<'_>| region(tile).as_ref() == Some(region_name) && tile.grade() == *grade;
            (grade.is_some(), shown.iter().filter(is_it).count())
        };
        let counts = grades.iter().map(count).filter(|(is_grade, count)| *is_grade || *count > 0);
        let shown = if is_short { short_region(region_name).to_owned() } else { region_name.clone() };
        let line = Line::new().with(shown, Role::Plain).padded(name);
        counts.fold(line, |line, (is_grade, count)| match is_grade {
            true => line.with(format!("{count:>0$}  ", COUNT - 2), Role::Plain),
            false => line.with(format!("{count:>0$} {1}", COUNT - 2, Absence::SIGN), Role::Faint),
        })
    };
    if regions.is_empty() { Lines::new() } else { std::iter::once(head).chain(regions.iter().map(row)).collect() }
}

/// The width of a short name of a region, with the space after it.
const SHORT_REGION: usize = 9;

/// The width of a chip, without the space after it.
const CHIP: usize = 3;

/// The space after each grade.
pub const GRADE_GAP: usize = 2;

/// Returns the letters of each category with its grade; those of the category that the tiles show are strong.
pub fn grade_parts(assessment: &Assessment, framework: &Framework, shown: usize) -> Vec<Line> {
    let judged = framework.shown_order().into_iter().filter_map(|position| {
        Some((position, (framework.categories.get(position)?, assessment.judgements.get(position)?)))
    });
    let part = |(position, (category, judgement)): (usize, (&Category, &Judgement))| {
        let role = if position == shown { Role::Strong } else { Role::Faint };
        let grade = outcome_role(&framework.scale, judgement.outcome);
        let line =
            Line::new().with(format!("{} ", category.letters()), role).with(framework.bare_sign(judgement), grade);
        line.with(spaces(GRADE_GAP), Role::Plain)
    };
    judged.map(part).collect()
}

/// Returns the authorities that a search finds; `None` without one.
pub fn found(state: &Model) -> Option<HashSet<AuthorityId>> {
    (!state.listing.query().is_empty()).then(|| state.listing.ids().collect())
}

/// Whether the search and the filter keep an authority, the filter by what the map shows of it.
pub fn is_listed(
    state: &Model,
    view: &MapView,
    found: Option<&HashSet<AuthorityId>>,
    id: AuthorityId,
    shown: &OnMap<'_>,
) -> bool {
    let is_kept = |authority| view.keeps(state.listing.filter(), authority, shown);
    found.is_none_or(|found| found.contains(&id)) && state.listing.authority(id).is_some_and(is_kept)
}

/// Returns how far the grade on a tile is from the best; `None` without a grade.
pub fn degree_of(shown: &OnMap<'_>) -> Option<u8> {
    let (_, framework, _) = shown.assessment?;
    Some(degree(&framework.scale, shown.grade()?))
}

/// Returns the tile nearest to the selected one in a direction: along the same row or column if possible; the selected one if
/// there is none.
pub fn nearest(tiles: &[(AuthorityId, Tile)], selected: usize, motion: Motion) -> usize {
    let Some((_, Tile { column, row, .. })) = tiles.get(selected) else { return selected };
    let candidates = tiles.iter().enumerate().filter_map(|(number, (_, other))| {
        let (ahead, aside) = match motion {
            Motion::Right => (other.column.checked_sub(*column)?, other.row.abs_diff(*row)),
            Motion::Left => (column.checked_sub(other.column)?, other.row.abs_diff(*row)),
            Motion::Down => (other.row.checked_sub(*row)?, other.column.abs_diff(*column)),
            Motion::Up => (row.checked_sub(other.row)?, other.column.abs_diff(*column)),
            _ => return None,
        };
        (ahead > 0).then_some((ahead + 3 * aside, number))
    });
    candidates.min().map_or(selected, |(_, number)| number)
}

/// Returns a line of the choices beside the map: the number of its key, and what it shows.
pub fn choice(number: usize, name: &str, is_shown: bool, width: usize) -> Line {
    let role = if is_shown { Role::Strong } else { Role::Faint };
    let mark = if is_shown { "▌" } else { " " };
    let name = truncate(name, width.saturating_sub(4)).into_owned();
    Line::new().with(mark, Role::Key).with(number.to_string(), Role::Key).with(" ", Role::Plain).with(name, role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::tiles;

    #[test]
    fn every_tile_is_reached_by_arrows_from_every_other() {
        let tiles: Vec<_> = tiles().into_iter().map(|tile| (AuthorityId(0), tile)).collect();
        let arrows = [Motion::Up, Motion::Down, Motion::Left, Motion::Right];
        for start in 0..tiles.len() {
            let mut seen = vec![false; tiles.len()];
            let mut open = vec![start];
            while let Some(tile) = open.pop() {
                if !std::mem::replace(&mut seen[tile], true) {
                    open.extend(arrows.map(|arrow| nearest(&tiles, tile, arrow)));
                }
            }
            assert!(seen.iter().all(|seen| *seen), "from {:?}", tiles[start]);
        }
    }
}
