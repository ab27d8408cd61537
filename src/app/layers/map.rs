//! The map layer: England as tiles, one for each authority of today, with the grade of each.

mod parts;

use self::parts::{
    GRADE_GAP, by_region, chip, choice, counted, counts_in_line, degree_of, found, grade_parts, is_listed, nearest,
};
use super::{Content, Handled, typed_line};
use crate::app::action::{Action, Motion};
use crate::app::focused::Focused;
use crate::app::input_line::InputLine;
use crate::app::keys::Context;
use crate::app::model::Model;
use crate::app::page::{Figure, Line, Lines, Page, Role, Span, paragraph, spaces};
use crate::dataset::{Absence, AsAt, Authority, Date, Framework};
use crate::layout::{content, layer};
use crate::query::AuthorityId;
use crate::statistics::{FIRST_YEAR, MapView, OnMap, Shown, TILE_GRID, Tile, tiles};
use crate::text::{capitalized, display_width};
use crate::wording;

/// The narrowest and the widest tile: the letter of the grade and three letters of the name, with a space after it; in a window
/// too narrow for that, the letter of the grade.
const TILE: (usize, usize) = (2, 7);

/// The width of the names on the tiles.
const SHORT: usize = 3;

/// The minimum width and height for text beside the map; in a smaller window it is a caption above the map.
const BESIDE: (usize, usize) = (29, 19);

/// How many tiles a page is.
const STRIDE: usize = 5;

/// How many rows a tile has at most.
const MOST_ROWS: usize = 2;

/// A map with a selected tile.
#[derive(Debug, Clone)]
pub struct Map {
    /// The councils of today with their tiles.
    tiles: Vec<(AuthorityId, Tile)>,
    selected: usize,
    shown: Shown,
    as_at: Option<AsAt>,
    /// What was shown before the map went to a day before the framework began.
    shown_since: Option<Shown>,
    /// The name that is being typed, to jump to its tile, and the tile that was selected before.
    find: Option<(InputLine, usize)>,
}

impl Content for Map {
    fn open(state: &Model, _: &Focused) -> Option<Self> {
        let authorities = &state.dataset().authorities;
        let place = |tile: &Tile| {
            let is_of_tile = |authority: &Authority| {
                authority.until.is_none() && authority.codes.gss.as_deref() == Some(tile.gss.as_str())
            };
            Some((AuthorityId(authorities.iter().position(is_of_tile)?), tile.clone()))
        };
        let tiles: Vec<_> = tiles().iter().filter_map(place).collect();
        let selected = tiles.iter().position(|(id, ..)| Some(*id) == state.selected_id()).unwrap_or(0);
        let mut map =
            Self { tiles, selected, shown: Shown::Overall, as_at: state.view().as_at(), shown_since: None, find: None };
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
        if self.find.is_some() { Context::Find } else { Context::Map }
    }

    fn is_wide(&self) -> bool {
        true
    }

    fn focus(&self) -> Option<Figure> {
        Some(Figure::Choice(self.selected))
    }

    fn authorities(&self, _: &Model) -> Vec<AuthorityId> {
        self.tiles.iter().map(|(id, ..)| *id).collect()
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        if self.tiles.is_empty() {
            let words = "None of the councils in these data has a place on the map: they have no codes of today.";
            return paragraph(words, width, 0, Role::Plain).into();
        }
        let view = self.view(state);
        let (columns, rows) = TILE_GRID;
        let height = usize::from(content(layer(state.size)).height);
        let beside = width.saturating_sub(BESIDE.0 + 1) / columns;
        let is_beside = beside > SHORT + 1 && height >= BESIDE.1;
        let tile = (if is_beside { beside } else { width / columns }).clamp(TILE.0, TILE.1);
        let tile_rows = if is_beside { (height / rows).clamp(1, MOST_ROWS) } else { 1 };
        let mut map = self.rows(state, &view, (tile, tile_rows));
        let map_width = tile * columns;
        if !is_beside {
            let mut page = Page::from(self.caption(state, &view, width));
            if let Some((line, column)) = self.typed(width) {
                page.lines.truncate(1);
                page.lines.push(line);
                page.cursor = Some((column, 1));
            }
            let left = height.saturating_sub(page.lines.len());
            page.lines.extend(self.around_selected(map, left, width));
            return page;
        }
        let mut page = Page::default();
        let mut beside = self.beside(state, &view, width - map_width - 1);
        // Below the map, or else beside it.
        let is_below = map.len() + by_region(state, &view, map_width).len() < height;
        let (column, space) = if is_below { (&mut map, map_width) } else { (&mut beside, width - map_width - 1) };
        let regions = by_region(state, &view, space);
        if column.len() + regions.len() < height {
            column.extend(std::iter::once(Line::new()).chain(regions));
        }
        if let Some((line, column)) = self.typed(width - map_width - 1) {
            beside.insert(0, line);
            page.cursor = Some((map_width + 1 + column, 0));
        }
        let height = map.len().max(beside.len());
        let (mut map, mut beside) = (map.into_iter(), beside.into_iter());
        let row = |_| {
            let mut line = map.next().unwrap_or_default().padded(map_width + 1);
            line.spans.extend(beside.next().unwrap_or_default().spans);
            line
        };
        page.lines = (0..height).map(row).collect();
        page
    }

    fn handle(&mut self, action: Action, _: Option<Figure>, state: &mut Model) -> Handled {
        match action {
            Action::Move(motion) => self.step(motion),
            Action::Number(number) => self.choose(number, state),
            Action::Earlier => self.turn_date(state, false, 1),
            Action::Later => self.turn_date(state, true, 1),
            Action::EarlierYear => self.turn_date(state, false, 4),
            Action::LaterYear => self.turn_date(state, true, 4),
            Action::Open => {
                let Some((id, _)) = self.tiles.get(self.selected) else { return Handled::No };
                // The page is as at the day of the map.
                if self.as_at != state.view().as_at() {
                    state.look_at(state.view().framework().cloned(), self.as_at);
                }
                return Handled::GoTo(*id);
            }
            Action::OpenSearch => self.find = Some((InputLine::default(), self.selected)),
            Action::Edit(request) => {
                if let Some((input, _)) = &mut self.find {
                    input.edit(request);
                }
                self.jump(state);
            }
            Action::KeepSearch => self.find = None,
            Action::DropSearch => self.selected = self.find.take().map_or(self.selected, |(_, before)| before),
            Action::NextRound | Action::PreviousRound => {
                state.turn_round(if action == Action::NextRound { 1 } else { -1 });
                self.show_first(state);
                self.as_at = None;
            }
            _ => return Handled::No,
        }
        Handled::Yes(None)
    }

    fn paste(&mut self, text: &str, state: &Model) {
        if let Some((input, _)) = &mut self.find {
            input.paste(text);
        }
        self.jump(state);
    }
}

impl Map {
    /// Selects the tile of the council that the typed name finds.
    fn jump(&mut self, state: &Model) {
        let Some((input, before)) = &self.find else { return };
        let found = state.listing.matching(input.text(), self.tiles.len()).into_iter();
        let tile = found.filter_map(|id| self.tiles.iter().position(|(of_tile, _)| *of_tile == id)).next();
        self.selected = tile.unwrap_or(*before);
    }

    /// Returns the line in which a name is typed, with the column of the cursor.
    fn typed(&self, width: usize) -> Option<(Line, usize)> {
        self.find.as_ref().map(|(input, _)| typed_line(input, "/ ", width))
    }

    /// Shows the category of a filter by grade; without one, the first that people read.
    fn show_first(&mut self, state: &Model) {
        let filtered = state.listing.filter().grades.first().map(|(category, _)| *category);
        let first = state.framework().and_then(|framework| framework.shown_order().first().copied());
        self.shown = Shown::Category(filtered.or(first).unwrap_or(0));
    }

    /// Returns what it shows.
    pub fn view(&self, state: &Model) -> MapView {
        MapView::new(&state.listing, self.shown, self.as_at)
    }

    fn on_map<'s>(&self, view: &'s MapView, state: &'s Model, number: usize) -> Option<OnMap<'s>> {
        let (id, ..) = self.tiles.get(number)?;
        Some(view.of(state.dataset(), state.listing.authority(*id)?))
    }

    fn step(&mut self, motion: Motion) {
        self.selected = match motion {
            Motion::First => 0,
            Motion::Last => self.tiles.len().saturating_sub(1),
            Motion::PageUp | Motion::HalfUp => self.stride(Motion::Up),
            Motion::PageDown | Motion::HalfDown => self.stride(Motion::Down),
            _ => nearest(&self.tiles, self.selected, motion),
        };
    }

    /// Returns the tile some steps further on.
    fn stride(&self, motion: Motion) -> usize {
        (0..STRIDE).fold(self.selected, |tile, _| nearest(&self.tiles, tile, motion))
    }

    /// Chooses a category by the number of its key; 0 is overall effectiveness as Ofsted counts it.
    fn choose(&mut self, number: usize, state: &mut Model) {
        let has_series = state.framework().is_some_and(Framework::is_in_series);
        match number.checked_sub(1) {
            None if has_series => (self.shown, self.shown_since) = (Shown::Overall, None),
            Some(_) if self.is_before(state) => {
                state.say("before 2018 the map shows Overall of both kinds of inspections, as Ofsted counts it");
            }
            Some(position) if position < state.view().categories().len() => self.shown = Shown::Category(position),
            _ => {
                let categories = state.view().categories().iter().enumerate();
                let names: Vec<String> =
                    categories.map(|(at, category)| format!("{} {}", at + 1, category.short)).collect();
                state.say(format!("there is no such judgement; choose {}", wording::list(&names)));
            }
        }
    }

    /// Whether the day of the map is before the framework began, so that only the series has grades.
    fn is_before(&self, state: &Model) -> bool {
        let began = state.framework().filter(|framework| framework.is_in_series()).and_then(|framework| framework.from);
        self.as_at.zip(began).is_some_and(|(as_at, began)| as_at.day.year() < began.year())
    }

    /// Goes some quarters back or on; past the newest data, shows all of them. Before the framework began, shows overall
    /// effectiveness as Ofsted counts it, over both series of inspections.
    fn turn_date(&mut self, state: &mut Model, is_later: bool, quarters: usize) {
        if state.view().holds_only_latest() {
            return state.say(wording::only_latest("earlier days"));
        }
        let newest = state.dataset().date.or(state.view().newest());
        let from = self.as_at.map(|as_at| as_at.day);
        let turned = |day: Date| {
            (0..quarters).try_fold(day, |day, _| if is_later { day.quarter_after() } else { day.quarter_before() })
        };
        let day = match is_later {
            true => from.and_then(turned).filter(|day| Some(*day) < newest),
            false => from.or(newest).and_then(turned),
        };
        let began = state.framework().and_then(|framework| Some(framework.from?.year()));
        let has_series = state.framework().is_some_and(Framework::is_in_series);
        let first = if has_series { Some(FIRST_YEAR) } else { began };
        if !is_later && day.is_none_or(|day| first.is_some_and(|first| day.year() < first)) {
            return state.say("nothing was published before that");
        }
        if is_later && from.is_none() {
            return state.say("these are the newest data");
        }
        let is_before = day.zip(began).is_some_and(|(day, began)| day.year() < began);
        if has_series && is_before && self.shown != Shown::Overall {
            self.shown_since = Some(std::mem::replace(&mut self.shown, Shown::Overall));
            state.say("before 2018: Overall of both kinds of inspections, as Ofsted counts it");
        } else if !is_before {
            self.shown = self.shown_since.take().unwrap_or(self.shown);
        }
        let basis = self.as_at.or(state.view().as_at()).map(|as_at| as_at.basis).unwrap_or_default();
        self.as_at = day.map(|day: Date| AsAt { day, basis });
    }

    /// Returns as many rows of the map as fit, around the selected tile; where others are above or below, dots at the right say so.
    fn around_selected(&self, rows: Lines, height: usize, width: usize) -> Lines {
        let selected = self.tiles.get(self.selected).map_or(0, |(_, tile)| tile.row);
        let last = rows.len().saturating_sub(height);
        let first = selected.saturating_sub(height / 2).min(last);
        let mut shown: Lines = rows.into_iter().skip(first).take(height).collect();
        let mark = |line: Option<&mut Line>| {
            if let Some(line) = line.filter(|line| line.width() + 2 <= width) {
                *line = std::mem::take(line).padded(width - 1).with("…", Role::Faint);
            }
        };
        if first > 0 {
            mark(shown.first_mut());
        }
        if first < last {
            mark(shown.last_mut());
        }
        shown
    }

    /// Returns the lines of the tiles, each of this width and number of lines.
    fn rows(&self, state: &Model, view: &MapView, (width, lines): (usize, usize)) -> Lines {
        let found = found(state);
        let is_listed = |id: AuthorityId, shown: &OnMap<'_>| is_listed(state, view, found.as_ref(), id, shown);
        let (_, rows) = TILE_GRID;
        let all = (0..rows).flat_map(|row| (0..lines).map(move |line| (row, line)));
        all.map(|(row, line_of_tile)| {
            let tiles = self.tiles.iter().enumerate().filter(|(_, (_, tile))| tile.row == row);
            let mut in_row: Vec<(usize, usize)> = tiles.map(|(number, (_, tile))| (tile.column, number)).collect();
            in_row.sort_unstable();
            let mut line = Line::new();
            for (column, number) in in_row {
                let start = column * width;
                if number == self.selected && start > 0 {
                    // In place of the space after the tile before, if there is one.
                    if line.width() == start {
                        line.spans.pop();
                    }
                    line = line.padded(start - 1).with("▌", Role::Key);
                }
                line = line.padded(start);
                line.spans.extend(self.tile(state, view, number, (width, line_of_tile), &is_listed).spans);
            }
            line
        })
        .collect()
    }

    /// Returns a line of a tile, filled with the colour of the grade: its letter, which colours hide, and the short name of the
    /// council. A tile that is not listed is not filled.
    fn tile(
        &self,
        state: &Model,
        view: &MapView,
        number: usize,
        (width, line): (usize, usize),
        is_listed: &impl Fn(AuthorityId, &OnMap<'_>) -> bool,
    ) -> Line {
        let (Some((id, tile)), Some(shown)) = (self.tiles.get(number), self.on_map(view, state, number)) else {
            return Line::new();
        };
        let filled = width.saturating_sub(1);
        let letter = shown.letter();
        let (name, letters) = match (width > SHORT + 1, line) {
            (true, 0) if filled > SHORT + 1 => (format!(" {}", tile.short), letter),
            (true, 0) => (format!("{:>1$}", tile.short, filled.saturating_sub(1).min(SHORT)), letter),
            (true, _) => (String::new(), " ".to_owned()),
            (false, _) => (String::new(), letter),
        };
        let text = format!("{name:<0$}", filled.saturating_sub(1));
        let tile = match degree_of(&shown).filter(|_| is_listed(*id, &shown)) {
            Some(degree) => Line::new().with(letters, Role::TileLetter(degree)).with(text, Role::Tile(degree)),
            None => Line::new().with(letters, Role::Faint).with(text, Role::Faint),
        };
        tile.for_figure(Figure::Choice(number)).with(" ", Role::Plain)
    }

    /// Returns the text beside the map: what it shows, the selected authority, and what the signs mean.
    fn beside(&self, state: &Model, view: &MapView, width: usize) -> Lines {
        let mut page = Lines::new();
        let day = self
            .as_at
            .map_or("Newest inspection of each council".to_owned(), |as_at| capitalized(&wording::as_at(as_at)));
        page.extend(paragraph(&day, width, 0, Role::Faint));
        page.push(Line::new());
        page.extend(self.selection(state, view, width));
        page.push(Line::new());
        page.extend(self.legend(state, view, width));
        page.push(Line::new());
        if state.framework().is_some_and(Framework::is_in_series) {
            page.push(choice(0, "Overall, both kinds of inspections", self.shown == Shown::Overall, width));
        }
        for (position, category) in state.view().categories().iter().enumerate() {
            let is_shown = self.shown == Shown::Category(position);
            page.push(choice(position + 1, &category.short, is_shown, width));
        }
        page
    }

    /// Returns two lines for a window without space beside the map: the selected authority, and what the tiles show. Where
    /// not all grades fit, only the one that the tile shows is there.
    fn caption(&self, state: &Model, view: &MapView, width: usize) -> Lines {
        let mut words = self.selection(state, view, usize::MAX).into_iter();
        let name = words.next().unwrap_or_default();
        let grades = words.next_back().unwrap_or_default();
        let shown = self.on_map(view, state, self.selected).and_then(|shown| shown.assessment);
        let grades = match shown {
            Some((assessment, framework, category)) if grades.width() > width => {
                let at = framework.shown_order().into_iter().position(|position| position == category);
                grade_parts(assessment, framework, category).into_iter().nth(at.unwrap_or(0)).unwrap_or_default()
            }
            _ => grades,
        };
        let one_line = name.width() + 2 + grades.width() <= width;
        let mut page = match one_line {
            true => vec![Line { spans: [name.spans, vec![Span::plain(spaces(2))], grades.spans].concat() }],
            false => vec![name, grades],
        };
        let (what, short) = match self.shown {
            Shown::Overall => ("Overall, both kinds of inspections", "Overall"),
            Shown::Category(position) => {
                let name = state.view().categories().get(position).map_or("", |category| category.short.as_str());
                (name, name)
            }
        };
        let day = self.as_at.map_or("newest".to_owned(), wording::as_at);
        let counts = counts_in_line(state, view);
        // The counts are what the map is for; a number that is cut would be another number.
        let headings = [format!("{what}, {day}  "), format!("{what}  "), format!("{short}  "), String::new()];
        let fits = |heading: &String| display_width(heading) + counts.width() <= width + GRADE_GAP;
        let mut line = Line::new().with(headings.into_iter().find(fits).unwrap_or_default(), Role::Faint);
        line.spans.extend(counts.spans);
        page.push(line);
        page
    }

    fn selection(&self, state: &Model, view: &MapView, width: usize) -> Lines {
        let Some((id, ..)) = self.tiles.get(self.selected) else { return Lines::new() };
        let Some(authority) = state.listing.authority(*id) else { return Lines::new() };
        let mut page = paragraph(&authority.name, width, 0, Role::Strong);
        page.extend(authority.region.iter().flat_map(|region| paragraph(region, width, 0, Role::Faint)));
        let Some(shown) = self.on_map(view, state, self.selected) else { return page };
        if shown.is_predecessor {
            let others = view.predecessors(state.dataset(), authority).skip(1);
            let others: Vec<String> = others.map(|other| other.name.to_string()).collect();
            let also = if others.is_empty() { String::new() } else { format!("; also {}", wording::list(&others)) };
            let words = format!("did not exist yet; shown is {}{also}", shown.authority.name);
            page.extend(paragraph(&words, width, 0, Role::Plain));
        }
        let Some((assessment, framework, category)) = shown.assessment else {
            let words = wording::without_assessment_by_then(view);
            page.extend(paragraph(&words, width, 0, Role::Faint));
            return page;
        };
        let date = assessment.date.map(|date| format!(" · {date}")).unwrap_or_default();
        page.extend(paragraph(&format!("{}{date}", wording::years_of(framework)), width, 0, Role::Faint));
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

    /// Returns the tiles that the search and the filter keep.
    fn listed_tiles<'s>(&self, state: &'s Model, view: &'s MapView) -> Vec<OnMap<'s>> {
        let found = found(state);
        let all = self.tiles.iter().enumerate();
        let all = all.filter_map(|(number, (id, ..))| Some((*id, self.on_map(view, state, number)?)));
        let listed = all.filter(|(id, shown)| is_listed(state, view, found.as_ref(), *id, shown));
        listed.map(|(_, shown)| shown).collect()
    }

    /// Returns how many authorities have each grade, and what the other signs mean.
    fn legend(&self, state: &Model, view: &MapView, width: usize) -> Lines {
        let Some(framework) = state.framework() else { return Lines::new() };
        let (tiles, shown) = (self.listed_tiles(state, view), counted(state, view));
        let count = tiles.len();
        let before = tiles.iter().filter(|tile| tile.is_predecessor).count();
        let mut page = Lines::new();
        let longest = framework.scale.steps.iter().map(|step| display_width(step.short_word())).max().unwrap_or(0);
        for step in &framework.scale.steps {
            let count = shown.iter().filter(|tile| tile.grade() == Some(step.grade)).count();
            page.push(chip(framework, step).with(format!("{:<longest$} {count:>4}", step.short_word()), Role::Plain));
        }
        let without = shown.iter().filter(|tile| tile.grade().is_none()).count();
        if without > 0 {
            page.push(
                Line::new().with(format!("{}   {:<longest$} {without:>4}", Absence::SIGN, "no grade"), Role::Faint),
            );
        }
        if state.is_narrowed() {
            let words = format!("{count} of {} listed, the others not filled", self.tiles.len());
            page.extend(paragraph(&words, width, 0, Role::Plain));
        }
        let marked = shown.iter().filter(|tile| tile.has_mark()).count();
        if marked > 0 {
            page.extend(paragraph(&format!("{marked} not from the report itself"), width, 0, Role::Faint));
        }
        if before > 0 {
            page.extend(paragraph(&format!("{before} tiles of a council before them"), width, 0, Role::Faint));
        }
        page
    }
}
