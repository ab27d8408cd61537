//! Applies actions to the state.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::InputRequest;

use super::action::{Action, Effect, Exported, LayerKind, Motion};
use super::browser::{Behind, Browser, Newest};
use super::keys::Context;
use super::layers::{Copying, Handled, Layer, OpenLayer, OverwriteQuestion};
use super::model::{Model, Mouse, Search, TextPane};
use super::page::{Figure, Line, lines_of, scroll_to, step_column, step_line};
use super::screen::{PaneModel, ScreenModel};
use crate::dataset::{AsAt, Assessment};
use crate::layout::{Pane, content};
use crate::query::{AuthorityId, Column, Direction, Sort};
use crate::wording;

/// How many opened pages remember where they came from.
const MOST_BEHIND: usize = 100;

impl Browser {
    /// Applies an action, and returns what the terminal must do. `screen` is what the person saw when asking for it.
    pub fn update(&mut self, action: Action, screen: &ScreenModel) -> Option<Effect> {
        self.notice = None;
        let as_at = self.view().as_at();
        if let Some(mut top) = self.layers.pop() {
            match top.layer.handle(action, top.figure, &mut self.model) {
                Handled::Close(effect) => return effect,
                Handled::Do(action) => return self.update(action, screen),
                Handled::Open(layer) => {
                    self.open(*layer);
                    return None;
                }
                Handled::GoTo(id) => {
                    self.layers.push(top);
                    self.go_to(id, as_at);
                    return None;
                }
                Handled::Yes(effect) => {
                    self.layers.push(top);
                    return effect;
                }
                Handled::No => self.layers.push(top),
            }
        }
        match action {
            Action::Move(motion) => self.move_within(motion, screen),
            Action::NextPane => self.turn_pane(1),
            Action::PreviousPane => self.turn_pane(Pane::ALL.len() - 1),
            Action::GoToPane(pane) => {
                self.behind.clear();
                self.go_to_pane(pane);
            }
            Action::Open => self.open_focused(),
            Action::Zoom => self.is_zoomed = !self.is_zoomed && !screen.class.is_one_pane(),
            Action::Back => self.back(),
            Action::OpenSearch => self.open_search(),
            Action::Edit(request) => self.edit_search(request),
            Action::KeepSearch => self.keep_search(),
            Action::DropSearch => self.drop_search(),
            Action::NextSort => self.next_sort(),
            Action::ReverseSort => self.reverse_sort(),
            Action::Mark => self.mark(),
            Action::NextRound => self.turn_round(1),
            Action::PreviousRound => self.turn_round(-1),
            Action::Earlier => self.earlier(),
            Action::Later => self.later(),
            Action::OpenLink => return self.open_link(),
            Action::Show(kind) => self.show(kind),
            Action::ToggleMouse => return Some(self.toggle_mouse()),
            Action::Click(position) => self.click(position, screen),
            Action::Wheel(position, motion) => self.wheel(position, motion, screen),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Quit if self.is_page_open() => {
                self.leave_page();
                self.forget_choices();
            }
            Action::Quit | Action::End => return Some(Effect::Quit),
            // Only layers handle these.
            Action::Toggle | Action::Clear | Action::Copy(_) | Action::Export(_) | Action::Number(_) => {}
            Action::EarlierYear | Action::LaterYear => {}
        }
        None
    }

    fn move_within(&mut self, motion: Motion, screen: &ScreenModel) {
        match (&screen.layer, self.focus) {
            (Some(layer), _) => self.move_layer(motion, layer),
            (None, Pane::List) => self.move_selection(motion, screen),
            (None, pane) => self.move_text(pane, motion, screen),
        }
    }

    /// Moves the selection in the list, or scrolls its columns.
    pub fn move_selection(&mut self, motion: Motion, screen: &ScreenModel) {
        let has_more = screen.list.as_ref().is_some_and(|list| list.has_more);
        match motion {
            Motion::Left => self.list.first_column = self.list.first_column.saturating_sub(1),
            Motion::Right => self.list.first_column += usize::from(has_more),
            _ => {}
        }
        let count = self.row_count();
        if !matches!(motion, Motion::Left | Motion::Right) && self.away.take().is_some() {
            // No row was selected: the first in view is.
            let (first, count) = (self.list.offset, self.row_count());
            return self.list.select(first, count);
        }
        let target = moved(self.list.selected, motion, screen.list_rows().max(1), count.saturating_sub(1));
        self.list.select(target, count);
    }

    /// Moves to the next figure in the direction of a motion; if there is none, scrolls.
    fn move_text(&mut self, pane: Pane, motion: Motion, screen: &ScreenModel) {
        let Some(model) = screen.pane(pane) else { return };
        let lines = &model.page.lines;
        let height = usize::from(content(model.area).height);
        let state = self.text_pane(pane);
        let target = match motion {
            Motion::Up | Motion::Down => step_line(lines, state.figure, motion == Motion::Down),
            Motion::Left | Motion::Right => {
                state.figure.and_then(|figure| step_column(lines, figure, motion == Motion::Right))
            }
            _ => None,
        };
        match target {
            Some(figure) => state.focus_on(figure, lines, height),
            None => state.scroll_to(motion, lines, height),
        }
    }

    /// Scrolls a pane of text without moving its focus.
    pub fn scroll_text(&mut self, pane: Pane, motion: Motion, screen: &ScreenModel) {
        let Some(model) = screen.pane(pane) else { return };
        let height = usize::from(content(model.area).height);
        let state = self.text_pane(pane);
        state.scroll = scrolled(state.scroll, motion, height, model.page.lines.len());
    }

    /// Moves the focus between the choices of the top layer, or scrolls it if there is no choice to move to.
    pub fn move_layer(&mut self, motion: Motion, model: &PaneModel) {
        let lines = &model.page.lines;
        let height = usize::from(content(model.area).height);
        let Some(top) = self.layers.last_mut() else { return };
        let mut state = TextPane { scroll: top.scroll, figure: top.figure, is_sought: false };
        match (state.figure, choice(lines, state.figure, motion)) {
            (Some(_), Some(next)) => {
                // What is before the first choice or after the last is shown, as far as the choice stays in sight.
                match motion {
                    Motion::First => state.scroll = 0,
                    Motion::Last => state.scroll = lines.len().saturating_sub(height),
                    _ => {}
                }
                state.focus_on(next, lines, height);
            }
            _ => state.scroll_to(motion, lines, height),
        }
        (top.scroll, top.figure) = (state.scroll, state.figure);
    }

    fn turn_pane(&mut self, by: usize) {
        let here = Pane::ALL.iter().position(|pane| *pane == self.focus).unwrap_or(0);
        if let Some(pane) = Pane::ALL.get((here + by) % Pane::ALL.len()) {
            self.go_to_pane(*pane);
        }
    }

    /// Opens the selected authority, in the whole window if that is small; in a pane of text, the sources of the figure.
    fn open_focused(&mut self) {
        if !self.layers.is_empty() {
            self.open_row();
        } else if self.focus != Pane::List {
            self.show(LayerKind::Sources);
        } else if let Some(id) = self.offered() {
            self.go_to(id, self.view().as_at());
        } else if self.selected_id().is_some() {
            self.open_page();
        }
    }

    /// Opens the authority of the focused row of the top layer, if that is a table of authorities.
    fn open_row(&mut self) {
        if let Some(id) = self.row_id() {
            self.go_to(id, self.view().as_at());
        }
    }

    /// Makes a council the current one, also one that the search or the filter hides, and opens its page.
    /// Leaving it goes back to the day that the list was as at.
    pub fn go_to(&mut self, id: AuthorityId, as_at: Option<AsAt>) {
        let page = self.selected_id().filter(|_| self.is_opened).map(|id| (id, self.opened_at));
        if self.listing.position(id).is_none() {
            self.search = Search::default();
            self.note_search(false);
            self.relist(None, |listing| listing.set_query(""));
        }
        let layers = std::mem::take(&mut self.layers);
        let layers: Vec<OpenLayer> = layers.into_iter().filter(|open| open.layer.is_place()).collect();
        if !layers.is_empty() && self.behind.len() < MOST_BEHIND {
            self.behind.push(Behind { layers, page, as_at });
        }
        self.relist(Some(id), |_| {});
        self.open_page();
        self.forget_choices();
    }

    /// Takes off the newest part of the path.
    fn back(&mut self) {
        match self.newest() {
            Newest::Scope => self.take_off(),
            Newest::Layer => drop(self.layers.pop()),
            Newest::Page => self.leave_page(),
            Newest::Search => self.drop_search(),
            Newest::Nothing => {}
        }
        self.forget_choices();
    }

    /// Notes, for all that is open, that only the choices there are now came before it.
    fn forget_choices(&mut self) {
        let chosen = self.scopes().len();
        self.opened_at = self.opened_at.min(chosen);
        let behind = self.behind.iter_mut().map(|behind| (&mut behind.layers, &mut behind.page));
        for (layers, page) in behind {
            layers.iter_mut().for_each(|open| open.opened_at = open.opened_at.min(chosen));
            if let Some((_, opened_at)) = page {
                *opened_at = (*opened_at).min(chosen);
            }
        }
        self.layers.iter_mut().for_each(|open| open.opened_at = open.opened_at.min(chosen));
    }

    /// Leaves a page for what it was opened from.
    fn leave_page(&mut self) {
        self.focus = if self.returns() { Pane::List } else { self.focus };
        self.is_zoomed = false;
        // The page is left at its beginning, as it was found.
        self.detail = TextPane::default();
        if !std::mem::take(&mut self.is_opened) {
            return;
        }
        let Some(Behind { layers, page, as_at }) = self.behind.pop() else { return };
        if self.view().as_at() != as_at {
            let framework = self.view().framework().cloned();
            self.look_at(framework, as_at);
        }
        self.layers = layers;
        if let Some((id, opened_at)) = page {
            self.relist(Some(id), |_| {});
            self.open_page();
            self.opened_at = opened_at;
        }
    }

    /// Sorts by the next column; after the last, by name again.
    fn next_sort(&mut self) {
        if !self.layers.is_empty() {
            return self.sort_table(|order, columns| match order {
                None => columns.first().map(|column| Sort { column: *column, direction: Direction::Usual }),
                Some(order) => order.next(columns),
            });
        }
        let next = self.listing.column_order().next(&Column::shown(self.view()));
        self.sort_by(next.unwrap_or_default());
    }

    fn reverse_sort(&mut self) {
        if !self.layers.is_empty() {
            return self.sort_table(|order, _| order.map(Sort::reversed));
        }
        let order = self.listing.column_order().reversed();
        self.sort_by(order);
    }

    /// Changes the order of the table on top; `None` is the order in which the table opens.
    fn sort_table(&mut self, change: impl FnOnce(Option<Sort>, &[Column]) -> Option<Sort>) {
        let columns = self.layers.last().map(|top| top.layer.columns(self.view())).unwrap_or_default();
        match self.layers.last_mut().and_then(|top| top.layer.order()) {
            Some(order) => *order = change(*order, &columns),
            None => self.say("there is nothing to sort here"),
        }
    }

    /// Marks an authority for a comparison, or removes its mark: that of the focused row of a table, or else the
    /// selected one, after which the next one is selected.
    fn mark(&mut self) {
        let is_list = self.layers.is_empty();
        let Some(id) = (if is_list { self.selected_id() } else { self.row_id() }) else { return };
        let name = self.listing.authority(id).map_or(String::new(), |authority| authority.name.to_string());
        match self.marks.iter().position(|held| *held == id) {
            Some(position) => {
                self.marks.remove(position);
                self.say(format!("{name} is no longer marked"));
            }
            None => {
                self.marks.push(id);
                self.say(format!("{name} is marked"));
            }
        }
        if is_list {
            self.notice = None;
            let (next, count) = (self.list.selected.saturating_add(1), self.listing.len());
            self.list.select(next, count);
        }
    }

    fn open_link(&mut self) -> Option<Effect> {
        let focused = self.focused();
        let link = Copying { model: &self.model, focused: &focused }.focused_link().map(String::from);
        if link.is_none() {
            self.say("there is no link for this");
        }
        link.map(Effect::Open)
    }

    fn toggle_mouse(&mut self) -> Effect {
        self.mouse = match self.mouse {
            Mouse::On => Mouse::Off,
            Mouse::Off => Mouse::On,
        };
        Effect::SwitchMouse
    }

    /// Shows the result of an export.
    pub fn exported(&mut self, outcome: Exported) {
        match outcome {
            Exported::Written(words) => {
                self.layers.clear();
                self.say(words);
            }
            Exported::IsThere { is_open } => {
                let path = self.exported.as_ref().map(|(path, _)| path.clone()).unwrap_or_default();
                self.open(Layer::OverwriteQuestion(OverwriteQuestion { path, is_open }));
            }
            Exported::Failed(words) => {
                self.layers.retain(|open| !matches!(open.layer, Layer::OverwriteQuestion(_)));
                self.say(words);
            }
        }
    }
}

impl Model {
    /// Goes to the end of the previous quarter, starting from the date of the data.
    fn earlier(&mut self) {
        if self.view().holds_only_latest() {
            return self.say(wording::only_latest("earlier days"));
        }
        let from = self.view().day();
        let assessments = self.dataset().authorities.iter().flat_map(|authority| &authority.assessments);
        let is_shown = |assessment: &&Assessment| self.framework().is_some_and(|f| f.is(&assessment.framework));
        let earliest = assessments.filter(is_shown).filter_map(|assessment| assessment.date).min();
        match from.and_then(|date| date.quarter_before()).filter(|date| Some(*date) >= earliest) {
            Some(day) => {
                let as_at = self.view().as_at().map_or(AsAt::from(day), |as_at| AsAt { day, ..as_at });
                self.look_at(self.view().framework().cloned(), Some(as_at));
            }
            None => self.say("nothing was published before that"),
        }
    }

    /// Goes to the end of the next quarter; past the date of the data, shows all of it.
    fn later(&mut self) {
        let Some(as_at) = self.view().as_at() else { return self.say("these are the newest data") };
        let next = as_at.day.quarter_after().filter(|next| Some(*next) < self.view().newest());
        self.look_at(self.view().framework().cloned(), next.map(|day| AsAt { day, ..as_at }));
    }
}

impl TextPane {
    /// Focuses a figure, and scrolls as little as possible to make it visible.
    pub fn focus_on(&mut self, figure: Figure, lines: &[Line], height: usize) {
        self.figure = Some(figure);
        if let Some(range) = lines_of(lines, figure) {
            self.scroll = scroll_to(range, self.scroll, height);
        }
    }

    /// Scrolls, and moves the focus with the text, so that it stays in sight.
    fn scroll_to(&mut self, motion: Motion, lines: &[Line], height: usize) {
        self.scroll = scrolled(self.scroll, motion, height, lines.len());
        let in_sight = || lines.iter().skip(self.scroll).take(height).flat_map(Line::figures);
        let is_end = matches!(motion, Motion::First | Motion::Last);
        if self.figure.is_none() || (!is_end && in_sight().any(|figure| Some(figure) == self.figure)) {
            return;
        }
        let is_down = matches!(motion, Motion::Down | Motion::HalfDown | Motion::PageDown | Motion::First);
        let next = if is_down { in_sight().next() } else { in_sight().last() };
        self.figure = next.or(self.figure);
    }
}

/// Returns the choice that a motion leads to, if the layer has choices.
fn choice(lines: &[Line], from: Option<Figure>, motion: Motion) -> Option<Figure> {
    let mut choices = lines.iter().flat_map(Line::figures);
    match motion {
        Motion::Up | Motion::Down => step_line(lines, from, motion == Motion::Down),
        // After the last choice of a line comes the first of the next.
        Motion::Left | Motion::Right => step_column(lines, from?, motion == Motion::Right).or_else(|| {
            let all: Vec<Figure> = choices.collect();
            let here = all.iter().position(|choice| Some(*choice) == from)?;
            let next = if motion == Motion::Right { here.checked_add(1) } else { here.checked_sub(1) };
            next.and_then(|next| all.get(next)).copied()
        }),
        Motion::First => choices.next(),
        Motion::Last => choices.last(),
        _ => None,
    }
}

/// Returns the edit that inserts a character, if a line is being typed.
pub fn typed(context: Context, event: &KeyEvent) -> Option<Action> {
    let KeyCode::Char(c) = event.code else { return None };
    let is_text = (event.modifiers - KeyModifiers::SHIFT).is_empty() && !c.is_control();
    (context.is_typing() && is_text).then_some(Action::Edit(InputRequest::InsertChar(c)))
}

/// Returns the position after a motion, at most `last`.
fn moved(position: usize, motion: Motion, page: usize, last: usize) -> usize {
    let half = (page / 2).max(1);
    let target = match motion {
        Motion::Up => position.saturating_sub(1),
        Motion::Down => position.saturating_add(1),
        Motion::HalfUp => position.saturating_sub(half),
        Motion::HalfDown => position.saturating_add(half),
        Motion::PageUp => position.saturating_sub(page),
        Motion::PageDown => position.saturating_add(page),
        Motion::First => 0,
        Motion::Last => last,
        Motion::Left | Motion::Right => position,
    };
    target.min(last)
}

/// Returns the scroll offset after a motion, limited so that the last page is full.
fn scrolled(offset: usize, motion: Motion, height: usize, length: usize) -> usize {
    moved(offset, motion, height.max(1), length.saturating_sub(height))
}
