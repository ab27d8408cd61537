//! What an event does to the state: the only place where state changes.

use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Size;
use tui_input::InputRequest;

use super::action::{Action, Effect, Motion};
use super::copy::Copied;
use super::export::{Extension, Overwrite};
use super::help::Find;
use super::page::{lines_of, scroll_to, step_column, step_line};
use super::{App, Context, Figure, Key, Layer, LayerKind, Line, Mouse, Question, TextPane};
use crate::layout::{Pane, WindowClass, content, layer, list_areas};
use crate::query::{Column, Direction, Sort};

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// The file is written; the words say which.
    Written(String),
    /// A file of that name is there, and nobody said that it may be written over.
    IsThere,
    /// It could not be written; the words say why.
    Failed(String),
}

/// What came of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// What the terminal is to do.
    pub effect: Option<Effect>,
    /// Whether the screen may look different now.
    pub is_changed: bool,
}

impl App {
    /// Takes an event of the terminal.
    pub fn handle(&mut self, event: &Event) -> Response {
        match event {
            Event::Key(key) => self.key_action(key).map(|action| self.act(action)).unwrap_or_default(),
            Event::Mouse(mouse) => self.mouse_action(mouse).map(|action| self.act(action)).unwrap_or_default(),
            Event::Paste(text) => {
                match self.context() {
                    Context::Export => self.paste_path(text),
                    Context::Find => self.help.paste(text),
                    _ => self.paste(text),
                }
                Response { effect: None, is_changed: true }
            }
            Event::Resize(width, height) => {
                self.resize(Size { width: *width, height: *height });
                Response { effect: None, is_changed: true }
            }
            Event::FocusGained | Event::FocusLost => Response::default(),
        }
    }

    /// Does what a person asked for.
    pub fn act(&mut self, action: Action) -> Response {
        self.notice = None;
        let effect = self.update(action);
        self.settle();
        Response { effect, is_changed: true }
    }

    /// Takes a new size of the window.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.settle();
    }

    /// A press counts always, a repeat where holding the key down makes sense, a release never.
    fn key_action(&self, event: &KeyEvent) -> Option<Action> {
        let key = Key::from_event(event.code, event.modifiers)?;
        let context = self.context();
        let action = self.keys.action(context, key).or_else(|| typed(context, event))?;
        let action = if self.window_class() == WindowClass::TooSmall { only_leaving(action)? } else { action };
        match event.kind {
            KeyEventKind::Press => Some(action),
            KeyEventKind::Repeat => action.repeats().then_some(action),
            KeyEventKind::Release => None,
        }
    }

    fn update(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Move(motion) => self.move_within(motion),
            Action::NextPane => self.turn_pane(1),
            Action::PreviousPane => self.turn_pane(Pane::ALL.len() - 1),
            Action::GoToPane(pane) => self.go_to(pane),
            Action::Zoom => self.zoom(),
            Action::Back => self.back(),
            Action::OpenSearch if self.context() == Context::Help => self.help.open(),
            Action::OpenSearch => self.open_search(),
            Action::Edit(request) => self.edit(request),
            Action::KeepSearch if self.context() == Context::Find => self.help.keep(),
            Action::KeepSearch => self.keep_search(),
            Action::DropSearch if self.context() == Context::Find => self.help.drop(),
            Action::DropSearch => self.drop_search(),
            Action::NextSort => self.next_sort(),
            Action::ReverseSort => self.sort_by(Sort { direction: self.sort.direction.flipped(), ..self.sort }),
            Action::ShowSources => self.show_sources(),
            Action::ShowProblems => self.show(LayerKind::Problems),
            Action::ShowHelp => {
                self.help = Find::default();
                self.show(LayerKind::Help);
            }
            Action::ShowFilters => self.show(LayerKind::Filters),
            Action::Toggle => self.toggle(),
            Action::ClearFilters => self.clear_filters(),
            Action::ShowNeighbours => self.show(LayerKind::Neighbours),
            Action::Mark => self.mark(),
            Action::Compare => self.show(LayerKind::Compare),
            Action::Earlier => self.earlier(),
            Action::Later => self.later(),
            Action::ShowCopyMenu => self.show(LayerKind::CopyMenu),
            Action::Copy(what) => return self.copy(what),
            Action::OpenLink => return self.open_link(),
            Action::ShowExport => self.show(LayerKind::Export),
            Action::Export(over) => return self.export_to(over),
            Action::ToggleMouse => return Some(self.toggle_mouse()),
            Action::Click(position) => self.click(position),
            Action::Wheel(position, motion) => self.wheel(position, motion),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Redraw => return Some(Effect::Redraw),
            Action::Quit => return Some(Effect::Quit),
        }
        None
    }

    /// Changes the line that is being typed.
    fn edit(&mut self, request: InputRequest) {
        match self.context() {
            Context::Export => self.edit_path(request),
            Context::Find => {
                self.help.edit(request);
                self.scroll_layer(Motion::First);
            }
            _ => self.edit_search(request),
        }
    }

    fn move_within(&mut self, motion: Motion) {
        if self.layers.is_empty() {
            match self.focus {
                Pane::List => self.move_selection(motion),
                Pane::Detail | Pane::Statistics => self.move_text(motion),
            }
        } else {
            self.scroll_layer(motion);
        }
    }

    pub(super) fn move_selection(&mut self, motion: Motion) {
        let page = usize::from(self.list_rows().max(1));
        let last = self.list.ranking.len().saturating_sub(1);
        let target = moved(self.list.selected, motion, page, last);
        self.select(target);
    }

    /// Selects the row at a position of the list.
    pub(super) fn select(&mut self, position: usize) {
        self.list.select(position);
    }

    /// How many rows of the list are in view.
    fn list_rows(&self) -> u16 {
        list_areas(self.areas().list, self.search.is_shown()).rows.height
    }

    /// In a pane of text, lines are walked by figure as long as there is one, then by line.
    fn move_text(&mut self, motion: Motion) {
        let pane = self.focus;
        let area = self.areas().pane(pane);
        let height = usize::from(content(area).height);
        let mut state = *self.text_pane(pane);
        let page = self.page(pane, area);
        match motion {
            Motion::Up | Motion::Down => match step_line(&page, state.figure, motion == Motion::Down) {
                Some(figure) => state.focus_on(figure, &page, height),
                None => state.scroll = scrolled(state.scroll, motion, height, page.len()),
            },
            Motion::Left | Motion::Right => {
                let next = state.figure.and_then(|f| step_column(&page, f, motion == Motion::Right));
                if let Some(figure) = next {
                    state.focus_on(figure, &page, height);
                }
            }
            _ => state.scroll = scrolled(state.scroll, motion, height, page.len()),
        }
        *self.text_pane_mut(pane) = state;
    }

    pub(super) fn scroll_layer(&mut self, motion: Motion) {
        let area = layer(self.size);
        let Some(Layer { kind, scroll, figure }) = self.layers.last().copied() else { return };
        let height = usize::from(content(area).height);
        let page = self.layer_page(kind, area);
        let mut state = TextPane { scroll, figure };
        match (figure, stepped(&page, figure, motion)) {
            (Some(_), Some(next)) => state.focus_on(next, &page, height),
            _ => state.scroll = scrolled(scroll, motion, height, page.len()),
        }
        if let Some(top) = self.layers.last_mut() {
            *top = Layer { kind, scroll: state.scroll, figure: state.figure };
        }
    }

    fn turn_pane(&mut self, by: usize) {
        let here = Pane::ALL.iter().position(|p| *p == self.focus).unwrap_or(0);
        if let Some(pane) = Pane::ALL.get((here + by) % Pane::ALL.len()) {
            self.go_to(*pane);
        }
    }

    pub(super) fn go_to(&mut self, pane: Pane) {
        self.focus = pane;
        if pane != Pane::List && self.text_pane(pane).figure.is_none() {
            let figure = self.first_figure(pane);
            self.text_pane_mut(pane).figure = figure;
        }
    }

    /// The figure that gets the focus when a pane does: the first rating, the first published count.
    fn first_figure(&self, pane: Pane) -> Option<Figure> {
        let page = self.page(pane, self.areas().pane(pane));
        let figures: Vec<Figure> = page.iter().flat_map(Line::figures).collect();
        let is_first = |f: &&Figure| matches!(f, Figure::Claim(_) | Figure::Judgement { .. });
        figures.iter().find(is_first).or(figures.first()).copied()
    }

    /// With three panes, zooms the one in focus; where there is one at a time, goes from the list to
    /// the authority.
    fn zoom(&mut self) {
        match self.window_class() {
            WindowClass::ThreePanes => self.is_zoomed = !self.is_zoomed,
            WindowClass::OnePane if self.focus == Pane::List => self.go_to(Pane::Detail),
            WindowClass::OnePane | WindowClass::TooSmall => self.focus = Pane::List,
        }
    }

    fn back(&mut self) {
        if self.context() == Context::Help && self.help.is_narrowed() {
            self.help.drop();
            return;
        }
        if self.layers.pop().is_some() {
            return;
        }
        if self.is_zoomed {
            self.is_zoomed = false;
        } else if self.focus != Pane::List && self.window_class() == WindowClass::OnePane {
            self.focus = Pane::List;
        } else if self.search.is_shown() {
            self.drop_search();
        }
    }

    /// From the name through the categories and round again.
    fn next_sort(&mut self) {
        let count = self.view.categories().len();
        let column = match self.sort.column {
            Column::Name if count > 0 => Column::Category(0),
            Column::Category(position) if position + 1 < count => Column::Category(position + 1),
            Column::Category(_) if self.view.has_dates() => Column::Date,
            Column::Name | Column::Category(_) | Column::Date => Column::Name,
        };
        self.sort_by(Sort { column, direction: Direction::Usual });
    }

    fn sort_by(&mut self, sort: Sort) {
        let selected = self.list.selected_rank();
        self.sort = sort;
        self.search.is_sorted = true;
        self.relist(selected);
    }

    fn show_sources(&mut self) {
        let question = match self.figure() {
            Some(figure) => Question::Figure(figure),
            None if self.selected().is_some() => Question::Authority,
            None => return,
        };
        self.show(LayerKind::Sources(question));
    }

    fn show(&mut self, kind: LayerKind) {
        let page = self.layer_page(kind, layer(self.size));
        let figure = page.iter().find_map(|line| line.figures().first().copied());
        self.layers.push(Layer { kind, scroll: 0, figure });
    }

    /// Whether the text arrives, no terminal tells; so nothing more is claimed.
    fn copy(&mut self, what: Copied) -> Option<Effect> {
        let text = self.text_of(what);
        self.layers.pop();
        self.say(if text.is_some() { "sent to the terminal's clipboard" } else { "nothing to copy here" });
        text.map(Effect::Copy)
    }

    /// Asks for the file to be written, once its ending says the form.
    fn export_to(&mut self, over: Overwrite) -> Option<Effect> {
        let path = self.export.0.value().trim().to_owned();
        if Extension::from_path(&path).is_none() {
            self.say("the name of the file must end in .csv, .json, .md or .txt");
            return None;
        }
        self.list.ranking.prepare(usize::MAX);
        Some(Effect::Export(path, over))
    }

    /// Takes what came of an export.
    pub fn exported(&mut self, outcome: Exported) {
        match outcome {
            Exported::Written(words) => {
                self.layers.clear();
                self.say(words);
            }
            Exported::IsThere => self.show(LayerKind::Overwrite),
            Exported::Failed(words) => {
                self.layers.retain(|layer| layer.kind != LayerKind::Overwrite);
                self.say(words);
            }
        }
    }

    fn open_link(&mut self) -> Option<Effect> {
        let link = self.focused_link().map(String::from);
        if link.is_none() {
            self.say("no link is held for this");
        }
        link.map(Effect::Open)
    }

    /// Says something in the footer until the next action.
    pub fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(words.into());
    }

    fn toggle_mouse(&mut self) -> Effect {
        self.mouse = match self.mouse {
            Mouse::On => Mouse::Off,
            Mouse::Off => Mouse::On,
        };
        Effect::SwitchMouse
    }

    /// Brings selection, offset and scroll within what there is now.
    pub(super) fn settle(&mut self) {
        let before = self.detail_of;
        self.list.settle(usize::from(self.list_rows()));
        self.detail_of = self.list.selected_rank();
        if self.detail_of != before {
            self.detail = TextPane::default();
            if self.focus == Pane::Detail {
                self.go_to(Pane::Detail);
            }
        }
        self.settle_text(Pane::Detail);
        self.settle_text(Pane::Statistics);
        self.settle_layer();
    }

    fn settle_text(&mut self, pane: Pane) {
        let area = self.areas().pane(pane);
        if self.text_pane(pane).scroll == 0 || area.is_empty() {
            return;
        }
        let length = self.page(pane, area).len();
        let last = length.saturating_sub(usize::from(content(area).height));
        let state = self.text_pane_mut(pane);
        state.scroll = state.scroll.min(last);
    }

    fn settle_layer(&mut self) {
        let Some(Layer { kind, scroll, .. }) = self.layers.last().copied() else { return };
        if scroll == 0 {
            return;
        }
        let area = layer(self.size);
        let last = self.layer_page(kind, area).len().saturating_sub(usize::from(content(area).height));
        if let Some(top) = self.layers.last_mut() {
            top.scroll = scroll.min(last);
        }
    }

    fn text_pane(&self, pane: Pane) -> &TextPane {
        if pane == Pane::Statistics { &self.statistics } else { &self.detail }
    }

    pub(super) fn text_pane_mut(&mut self, pane: Pane) -> &mut TextPane {
        if pane == Pane::Statistics { &mut self.statistics } else { &mut self.detail }
    }

    /// Scrolls a pane of text without touching the focus.
    pub(super) fn scroll_text(&mut self, pane: Pane, motion: Motion) {
        let area = self.areas().pane(pane);
        let length = self.page(pane, area).len();
        let state = self.text_pane_mut(pane);
        state.scroll = scrolled(state.scroll, motion, usize::from(content(area).height), length);
    }
}

impl TextPane {
    /// Puts the focus on a figure and scrolls as far as it takes to see it.
    pub(super) fn focus_on(&mut self, figure: Figure, page: &[Line<'_>], height: usize) {
        self.figure = Some(figure);
        if let Some(lines) = lines_of(page, figure) {
            self.scroll = scroll_to(lines, self.scroll, height);
        }
    }
}

/// The choice that a motion leads to, in a layer that has choices.
fn stepped(page: &[Line<'_>], from: Option<Figure>, motion: Motion) -> Option<Figure> {
    let mut choices = page.iter().flat_map(Line::figures);
    match motion {
        Motion::Up | Motion::Down => step_line(page, from, motion == Motion::Down),
        Motion::First => choices.next(),
        Motion::Last => choices.last(),
        _ => None,
    }
}

/// A character that is typed into a line.
fn typed(context: Context, event: &KeyEvent) -> Option<Action> {
    use crossterm::event::{KeyCode, KeyModifiers};
    let KeyCode::Char(c) = event.code else { return None };
    let is_text = (event.modifiers - KeyModifiers::SHIFT).is_empty() && !c.is_control();
    (context.is_typing() && is_text).then_some(Action::Edit(InputRequest::InsertChar(c)))
}

/// In a window too small for anything, only the ways out work.
fn only_leaving(action: Action) -> Option<Action> {
    matches!(action, Action::Quit | Action::Suspend | Action::Redraw).then_some(action)
}

/// A position after a motion, within 0 to `last`.
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

/// A scroll offset after a motion, such that the last page stays full.
fn scrolled(offset: usize, motion: Motion, height: usize, length: usize) -> usize {
    moved(offset, motion, height.max(1), length.saturating_sub(height))
}
