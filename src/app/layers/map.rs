//! The map layer: England as tiles, one for each authority of today, with the grade of each.

use std::collections::{HashMap, HashSet};

use super::{Content, Handled};
use crate::app::action::{Action, Motion};
use crate::app::keys::Context;
use crate::app::page::{Figure, Line, Lines, Page, Role, Span, degree, outcome_role, paragraph, spaces};
use crate::app::state::State;
use crate::dataset::{AsAt, Assessment, Authority, Category, Date, Framework, Judgement};
use crate::layout::{content, layer};
use crate::query::AuthorityId;
use crate::statistics::{FIRST_YEAR, MapView, OnMap, Shown, TILE_GRID, Tile, tiles};
use crate::text::{display_width, truncate};
use crate::wording;

/// The narrowest and the widest tile: a space, the sign and a mark; with room, the first letters of the name.
const TILE: (usize, usize) = (3, 10);

/// The minimum width and height for text beside the map; in a smaller window it is a caption above the map.
const BESIDE: (usize, usize) = (29, 17);

/// The mark of a grade that a predecessor was given.
const PREDECESSOR: &str = "^";

/// A map with a selected tile.
#[derive(Debug, Clone)]
pub struct Map {
    /// The authorities of today with the column and row of their tiles.
    tiles: Vec<(AuthorityId, usize, usize)>,
    selected: usize,
    shown: Shown,
    as_at: Option<AsAt>,
}

impl Content for Map {
    fn open(state: &State) -> Option<Self> {
        let authorities = &state.dataset().authorities;
        let place = |tile: &Tile| {
            let is_of_tile = |authority: &Authority| {
                authority.until.is_none() && authority.codes.gss.as_deref() == Some(tile.gss.as_str())
            };
            Some((AuthorityId(authorities.iter().position(is_of_tile)?), tile.column, tile.row))
        };
        let tiles: Vec<_> = tiles().iter().filter_map(place).collect();
        let selected = tiles.iter().position(|(id, ..)| Some(*id) == state.selected_id()).unwrap_or(0);
        let mut map = Self { tiles, selected, shown: Shown::Overall, as_at: state.view().as_at() };
        map.show_first(state);
        Some(map)
    }

    fn title(&self) -> &'static str {
        "Map"
    }

    fn heading(&self) -> String {
        self.as_at.map_or("Map".to_owned(), |as_at| format!("Map, {}", wording::as_at(as_at)))
    }

    fn context(&self) -> Context {
        Context::Map
    }

    fn is_wide(&self) -> bool {
        true
    }

    fn focus(&self) -> Option<Figure> {
        Some(Figure::Choice(self.selected))
    }

    fn authorities(&self, _: &State) -> Vec<AuthorityId> {
        self.tiles.iter().map(|(id, ..)| *id).collect()
    }

    fn page(&self, state: &State, width: usize) -> Page {
        if self.tiles.is_empty() {
            let words = "None of the authorities in these data has a place on the map: they have no codes of today.";
            return paragraph(words, width, 0, Role::Plain).into();
        }
        let view = self.view(state);
        let tile = (width.saturating_sub(BESIDE.0 + 1) / TILE_GRID.0).clamp(TILE.0, TILE.1);
        let map = self.rows(state, &view, tile);
        let map_width = tile * TILE_GRID.0;
        let height = usize::from(content(layer(state.size)).height);
        if width < map_width + BESIDE.0 || height < BESIDE.1 {
            let mut page = self.caption(state, &view, width);
            let left = height.saturating_sub(page.len());
            page.extend(self.around_selected(map, left));
            return page.into();
        }
        let beside = self.beside(state, &view, width - map_width - 1);
        let height = map.len().max(beside.len());
        let (mut map, mut beside) = (map.into_iter(), beside.into_iter());
        let row = |_| {
            let mut line = map.next().unwrap_or_default().padded(map_width + 1);
            line.spans.extend(beside.next().unwrap_or_default().spans);
            line
        };
        (0..height).map(row).collect::<Lines>().into()
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut State) -> Handled {
        match action {
            Action::Move(motion) => self.step(motion),
            Action::Number(number) => self.choose(number, state),
            Action::Earlier => self.turn_date(state, false),
            Action::Later => self.turn_date(state, true),
            Action::NextRound | Action::PreviousRound => {
                state.turn_round(if action == Action::NextRound { 1 } else { -1 });
                self.show_first(state);
                self.as_at = None;
            }
            _ => return Handled::No,
        }
        Handled::Yes(None)
    }
}

impl Map {
    /// Shows the category of a filter by grade; without one, overall effectiveness as Ofsted counts it under the framework in
    /// force, else the first category.
    fn show_first(&mut self, state: &State) {
        let is_in_force =
            state.framework().is_some_and(|framework| framework.is_in_series() && framework.until.is_none());
        let of_series = if is_in_force { Shown::Overall } else { Shown::Category(0) };
        let filtered = state.listing.filter().grades.first().map(|(category, _)| Shown::Category(*category));
        self.shown = filtered.unwrap_or(of_series);
    }

    /// Returns what it shows.
    pub fn view(&self, state: &State) -> MapView {
        MapView::new(&state.listing, self.shown, self.as_at)
    }

    fn on_map<'s>(&self, view: &'s MapView, state: &'s State, number: usize) -> Option<OnMap<'s>> {
        let (id, ..) = self.tiles.get(number)?;
        Some(view.of(state.dataset(), state.listing.authority(*id)?))
    }

    /// Moves to the nearest tile in a direction: along the same row or column if possible.
    fn step(&mut self, motion: Motion) {
        let Some((_, column, row)) = self.tiles.get(self.selected).copied() else { return };
        let candidates = self.tiles.iter().enumerate().filter_map(|(number, (_, other_column, other_row))| {
            let (ahead, aside) = match motion {
                Motion::Right => (other_column.checked_sub(column)?, other_row.abs_diff(row)),
                Motion::Left => (column.checked_sub(*other_column)?, other_row.abs_diff(row)),
                Motion::Down => (other_row.checked_sub(row)?, other_column.abs_diff(column)),
                Motion::Up => (row.checked_sub(*other_row)?, other_column.abs_diff(column)),
                _ => return None,
            };
            (ahead > 0).then_some((ahead + 3 * aside, number))
        });
        match motion {
            Motion::First => self.selected = 0,
            Motion::Last => self.selected = self.tiles.len().saturating_sub(1),
            _ => self.selected = candidates.min().map_or(self.selected, |(_, number)| number),
        }
    }

    /// Chooses a category by the number of its key; 0 is overall effectiveness as Ofsted counts it.
    fn choose(&mut self, number: usize, state: &mut State) {
        let has_series = state.framework().is_some_and(Framework::is_in_series);
        match number.checked_sub(1) {
            None if has_series => self.shown = Shown::Overall,
            Some(position) if position < state.view().categories().len() => self.shown = Shown::Category(position),
            _ => state.say("there is no such category; the numbers are beside the map"),
        }
    }

    /// Goes to the end of the previous or next quarter; past the newest data, shows all of them.
    fn turn_date(&mut self, state: &mut State, is_later: bool) {
        if state.view().holds_only_latest() {
            return state.say(wording::only_latest("earlier days"));
        }
        let newest = state.dataset().date.or(state.view().newest());
        let from = self.as_at.map(|as_at| as_at.day);
        let day = match is_later {
            true => from.and_then(|day| day.quarter_after()).filter(|day| Some(*day) < newest),
            false => from.or(newest).and_then(|day| day.quarter_before()),
        };
        let first = match self.shown {
            Shown::Overall => Some(FIRST_YEAR),
            Shown::Category(_) => state.framework().and_then(|f| Some(f.from?.year())),
        };
        if !is_later && day.is_none_or(|day| first.is_some_and(|first| day.year() < first)) {
            return state.say("nothing was published before that");
        }
        if is_later && from.is_none() {
            return state.say("these are the newest data");
        }
        let basis = self.as_at.or(state.view().as_at()).map(|as_at| as_at.basis).unwrap_or_default();
        self.as_at = day.map(|day: Date| AsAt { day, basis });
    }

    /// Returns as many rows of the map as fit, around the selected tile.
    fn around_selected(&self, rows: Lines, height: usize) -> Lines {
        let selected = self.tiles.get(self.selected).map_or(0, |(.., row)| *row);
        let last = rows.len().saturating_sub(height);
        let first = selected.saturating_sub(height / 2).min(last);
        rows.into_iter().skip(first).take(height).collect()
    }

    fn rows(&self, state: &State, view: &MapView, width: usize) -> Lines {
        let found = found(state);
        let is_listed = |id: AuthorityId, shown: &OnMap<'_>| is_listed(state, view, found.as_ref(), id, shown);
        (0..TILE_GRID.1).map(|row| self.row(state, view, row, width, &is_listed)).collect()
    }

    fn row(
        &self,
        state: &State,
        view: &MapView,
        row: usize,
        width: usize,
        is_listed: &impl Fn(AuthorityId, &OnMap<'_>) -> bool,
    ) -> Line {
        let tiles = self.tiles.iter().enumerate().filter(|(_, (.., of_tile))| *of_tile == row);
        let mut in_row: Vec<(usize, usize)> = tiles.map(|(number, (_, column, _))| (*column, number)).collect();
        in_row.sort_unstable();
        let mut line = Line::new();
        for (column, number) in in_row {
            line = line.padded(column * width);
            line.spans.extend(self.tile(state, view, number, width, is_listed).spans);
        }
        line
    }

    fn tile(
        &self,
        state: &State,
        view: &MapView,
        number: usize,
        width: usize,
        is_listed: &impl Fn(AuthorityId, &OnMap<'_>) -> bool,
    ) -> Line {
        let Some((id, ..)) = self.tiles.get(number) else { return Line::new() };
        let Some(shown) = self.on_map(view, state, number) else { return Line::new() };
        let is_listed = is_listed(*id, &shown);
        let (sign, role) = sign(&shown);
        let role = if is_listed { role } else { Role::Faint };
        // Squares leave no space for a mark.
        let signs = display_width(&sign);
        let space = if signs > 1 { 0 } else { width.saturating_sub(2).max(1) };
        let mark: String = marks(&shown).take(space).collect();
        let name = state.listing.authority(*id).map_or("", |authority| authority.name.as_str());
        // One or two letters of a name say nothing.
        let letters = width.checked_sub(3 + signs).filter(|letters| *letters > 2).unwrap_or(0);
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).take(letters).collect();
        let text = if is_listed { sign } else { sign.to_lowercase() };
        let tile = Line::new()
            .with(text, role)
            .with(format!("{mark:0$}", usize::from(signs == 1)), Role::Plain)
            .with(letters, Role::Faint);
        let mut line = tile.for_figure(Figure::Choice(number));
        line.spans.insert(0, Span::plain(spaces(1)));
        line
    }

    /// Returns the text beside the map: what it shows, the selected authority, and what the signs mean.
    fn beside(&self, state: &State, view: &MapView, width: usize) -> Lines {
        let mut page = Lines::new();
        let day = self.as_at.map_or("Newest data".to_owned(), |as_at| format!("As {}", wording::as_at(as_at)));
        page.extend(paragraph(&day, width, 0, Role::Heading));
        if state.framework().is_some_and(Framework::is_in_series) {
            page.push(self.choice(0, "Overall of SIF or ILACS", self.shown == Shown::Overall, width));
        }
        for (position, category) in state.view().categories().iter().enumerate() {
            let is_shown = self.shown == Shown::Category(position);
            page.push(self.choice(position + 1, &category.short, is_shown, width));
        }
        page.push(Line::new());
        page.extend(self.selection(state, view, width));
        page.push(Line::new());
        page.extend(self.legend(state, view, width));
        page
    }

    /// Returns two lines for a window without space beside the map: the selected authority, and what the tiles show. Where
    /// not all grades fit, only the one that the tile shows is there.
    fn caption(&self, state: &State, view: &MapView, width: usize) -> Lines {
        let mut words = self.selection(state, view, usize::MAX).into_iter();
        let name = words.next().unwrap_or_default();
        let grades = words.next_back().unwrap_or_default();
        let shown = self.on_map(view, state, self.selected).and_then(|shown| shown.assessment);
        let grades = match shown {
            Some((assessment, framework, category)) if grades.width() > width => {
                grade_parts(assessment, framework, category).into_iter().nth(category).unwrap_or_default()
            }
            _ => grades,
        };
        let one_line = name.width() + 2 + grades.width() <= width;
        let mut page = match one_line {
            true => vec![Line { spans: [name.spans, vec![Span::plain(spaces(2))], grades.spans].concat() }],
            false => vec![name, grades],
        };
        let (what, short) = match self.shown {
            Shown::Overall => ("Overall of SIF or ILACS", "Overall"),
            Shown::Category(position) => {
                let name = state.view().categories().get(position).map_or("", |category| category.short.as_str());
                (name, name)
            }
        };
        let day = self.as_at.map_or("newest".to_owned(), wording::as_at);
        let counts = self.legend(state, view, width).into_iter().find(|line| !line.spans.is_empty());
        let counts = counts.unwrap_or_default();
        // The counts are what the map is for; a number that is cut would be another number.
        let headings = [format!("{what}, {day}  "), format!("{what}  "), format!("{short}  "), String::new()];
        let fits = |heading: &String| display_width(heading) + counts.width() <= width + GRADE_GAP;
        let mut line = Line::new().with(headings.into_iter().find(fits).unwrap_or_default(), Role::Faint);
        line.spans.extend(counts.spans);
        page.push(line);
        page
    }

    fn choice(&self, number: usize, name: &str, is_shown: bool, width: usize) -> Line {
        let role = if is_shown { Role::Strong } else { Role::Faint };
        let mark = if is_shown { "▸" } else { " " };
        let name = truncate(name, width.saturating_sub(4)).into_owned();
        Line::new().with(mark, Role::Key).with(number.to_string(), Role::Key).with(" ", Role::Plain).with(name, role)
    }

    fn selection(&self, state: &State, view: &MapView, width: usize) -> Lines {
        let Some((id, ..)) = self.tiles.get(self.selected) else { return Lines::new() };
        let Some(authority) = state.listing.authority(*id) else { return Lines::new() };
        let mut page = paragraph(&authority.name, width, 0, Role::Strong);
        page.extend(authority.region.iter().flat_map(|region| paragraph(region, width, 0, Role::Faint)));
        let Some(shown) = self.on_map(view, state, self.selected) else { return page };
        if shown.is_predecessor {
            let others = view.predecessors(state.dataset(), authority).skip(1);
            let others: Vec<String> = others.map(|other| other.name.to_string()).collect();
            let also = if others.is_empty() { String::new() } else { format!("; also {}", wording::list(&others)) };
            let words = format!("{PREDECESSOR} did not exist yet; shown is {}{also}", shown.authority.name);
            page.extend(paragraph(&words, width, 0, Role::Plain));
        }
        let Some((assessment, framework, category)) = shown.assessment else {
            let words = wording::without_assessment_by_then(view.framework.as_deref());
            page.extend(paragraph(&words, width, 0, Role::Faint));
            return page;
        };
        let date = assessment.date.map(|date| format!(" · {date}")).unwrap_or_default();
        page.extend(paragraph(&format!("{}{date}", framework.short), width, 0, Role::Faint));
        let mut line = Line::new();
        for part in grade_parts(assessment, framework, category) {
            if line.width() + part.width() > width.saturating_add(GRADE_GAP) {
                page.push(std::mem::take(&mut line));
            }
            line.spans.extend(part.spans);
        }
        page.push(line);
        page
    }

    /// Returns how many authorities have each grade, and what the other signs mean.
    fn legend(&self, state: &State, view: &MapView, width: usize) -> Lines {
        let Some(framework) = state.framework() else { return Lines::new() };
        let found = found(state);
        let all = self.tiles.iter().enumerate();
        let all = all.filter_map(|(number, (id, ..))| Some((*id, self.on_map(view, state, number)?)));
        let listed = all.filter(|(id, shown)| is_listed(state, view, found.as_ref(), *id, shown));
        let tiles: Vec<OnMap<'_>> = listed.map(|(_, shown)| shown).collect();
        let count = tiles.len();
        let before = tiles.iter().filter(|tile| tile.is_predecessor).count();
        let ids = state.listing.dataset().authorities.iter().enumerate();
        let ids: HashMap<*const Authority, AuthorityId> =
            ids.map(|(position, authority)| (std::ptr::from_ref(authority), AuthorityId(position))).collect();
        let counts_it = |shown: &OnMap<'_>| {
            let id = ids.get(&std::ptr::from_ref(shown.authority));
            id.is_some_and(|id| is_listed(state, view, found.as_ref(), *id, shown))
        };
        let shown: Vec<OnMap<'_>> = view.counted(state.dataset()).filter(counts_it).collect();
        let mut page = vec![Line::new()];
        for step in &framework.scale.steps {
            let count = shown.iter().filter(|tile| tile.grade() == Some(step.grade)).count();
            let role = Role::Grade(degree(&framework.scale, step.grade));
            let part = Line::new().with(step.sign(), role).with(format!(" {count}  "), Role::Plain);
            let used = page.last().map_or(0, Line::width);
            if used > 0 && used + part.width().saturating_sub(2) > width {
                page.push(Line::new());
            }
            page.last_mut().into_iter().for_each(|line| line.spans.extend(part.spans.clone()));
        }
        if state.is_narrowed() {
            let words = format!("{count} of {} listed, the others faint in small letters", self.tiles.len());
            page.extend(paragraph(&words, width, 0, Role::Plain));
        }
        let without = shown.iter().filter(|tile| tile.grade().is_none()).count();
        page.push(Line::new().with(format!("{without} without a grade"), Role::Faint));
        let marked = shown.iter().filter(|tile| marks(tile).next() == Some('*')).count();
        if marked > 0 {
            page.push(Line::new().with(format!("* {marked} inferred or second-hand"), Role::Faint));
        }
        if before > 0 {
            page.push(Line::new().with(format!("{PREDECESSOR} {before} tiles of a predecessor"), Role::Faint));
        }
        page
    }
}

/// The space after each grade.
const GRADE_GAP: usize = 2;

/// Returns the letters of each category with its grade; those of the category that the tiles show are strong.
fn grade_parts(assessment: &Assessment, framework: &Framework, shown: usize) -> Vec<Line> {
    let judged = framework.categories.iter().zip(assessment.judgements.iter()).enumerate();
    let part = |(position, (category, judgement)): (usize, (&Category, &Judgement))| {
        let role = if position == shown { Role::Strong } else { Role::Faint };
        let grade = outcome_role(&framework.scale, judgement.outcome);
        let line = Line::new().with(format!("{} ", category.letters()), role).with(framework.sign(judgement), grade);
        line.with(spaces(GRADE_GAP), Role::Plain)
    };
    judged.map(part).collect()
}

/// Returns the authorities that a search finds; `None` without one.
fn found(state: &State) -> Option<HashSet<AuthorityId>> {
    (!state.listing.query().is_empty()).then(|| state.listing.ids().collect())
}

/// Whether the search and the filter keep an authority, the filter by what the map shows of it.
fn is_listed(
    state: &State,
    view: &MapView,
    found: Option<&HashSet<AuthorityId>>,
    id: AuthorityId,
    shown: &OnMap<'_>,
) -> bool {
    let is_kept = |authority| view.keeps(state.listing.filter(), authority, shown);
    found.is_none_or(|found| found.contains(&id)) && state.listing.authority(id).is_some_and(is_kept)
}

/// Returns what follows the sign of a tile: the mark of a predecessor, and that of the grade. The narrowest tiles have space
/// for the first only.
fn marks(shown: &OnMap<'_>) -> impl Iterator<Item = char> {
    let predecessor = if shown.is_predecessor { PREDECESSOR } else { "" };
    predecessor.chars().chain(shown.judgement().map_or("", Judgement::mark).chars())
}

fn sign(shown: &OnMap<'_>) -> (String, Role) {
    let Some((assessment, framework, category)) = shown.assessment else { return ("·".to_owned(), Role::Faint) };
    let Some(judgement) = assessment.judgements.get(category) else { return ("·".to_owned(), Role::Faint) };
    (framework.tile_sign(judgement), outcome_role(&framework.scale, judgement.outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tile_is_reached_by_arrows_from_every_other() {
        let tiles: Vec<_> = tiles().iter().map(|tile| (AuthorityId(0), tile.column, tile.row)).collect();
        let map = Map { tiles, selected: 0, shown: Shown::Overall, as_at: None };
        let next = |from: usize, motion| {
            let mut map = Map { selected: from, ..map.clone() };
            map.step(motion);
            map.selected
        };
        let arrows = [Motion::Up, Motion::Down, Motion::Left, Motion::Right];
        for start in 0..map.tiles.len() {
            let mut seen = vec![false; map.tiles.len()];
            let mut open = vec![start];
            while let Some(tile) = open.pop() {
                if !std::mem::replace(&mut seen[tile], true) {
                    open.extend(arrows.map(|arrow| next(tile, arrow)));
                }
            }
            assert!(seen.iter().all(|seen| *seen), "from {:?}", map.tiles[start]);
        }
    }
}
