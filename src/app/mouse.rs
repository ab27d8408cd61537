//! What a click and the wheel mean, by the place on the screen.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::action::{Action, Motion};
use super::{App, Mouse};
use crate::layout::{Pane, WindowClass, content, list_areas};

/// How many lines the wheel scrolls at a time.
const WHEEL: usize = 3;

impl App {
    pub(super) fn mouse_action(&self, event: &MouseEvent) -> Option<Action> {
        if self.mouse == Mouse::Off || self.window_class() == WindowClass::TooSmall {
            return None;
        }
        let position = Position { x: event.column, y: event.row };
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Action::Click(position)),
            MouseEventKind::ScrollUp => Some(Action::Wheel(position, Motion::Up)),
            MouseEventKind::ScrollDown => Some(Action::Wheel(position, Motion::Down)),
            _ => None,
        }
    }

    pub(super) fn click(&mut self, position: Position) {
        if !self.layers.is_empty() {
            return;
        }
        let areas = self.areas();
        if self.window_class() == WindowClass::OnePane && areas.header.contains(position) {
            return self.click_tab(position);
        }
        match areas.pane_at(position) {
            Some(Pane::List) => self.click_list(position),
            Some(pane) => self.click_text(pane, position),
            None => {}
        }
    }

    /// The bar of panes divides the line into equal parts.
    fn click_tab(&mut self, position: Position) {
        let part = (self.size.width / 3).max(1);
        let tab = usize::from(position.x / part).min(Pane::ALL.len() - 1);
        if let Some(pane) = Pane::ALL.get(tab) {
            self.go_to(*pane);
        }
    }

    fn click_list(&mut self, position: Position) {
        self.go_to(Pane::List);
        let rows = list_areas(self.areas().list, self.search.is_shown()).rows;
        if rows.contains(position) {
            let row = self.list.offset + usize::from(position.y - rows.y);
            if row < self.list.ranking.len() {
                self.select(row);
            }
        }
    }

    fn click_text(&mut self, pane: Pane, position: Position) {
        let area = self.areas().pane(pane);
        let inside = content(area);
        let scroll = if pane == Pane::Detail { self.detail.scroll } else { self.statistics.scroll };
        let figure = inside.contains(position).then(|| {
            let page = self.page(pane, area);
            let line = page.get(scroll + usize::from(position.y - inside.y))?;
            line.figure_at(usize::from(position.x - inside.x))
        });
        self.go_to(pane);
        if let Some(Some(figure)) = figure {
            self.text_pane_mut(pane).figure = Some(figure);
        }
    }

    pub(super) fn wheel(&mut self, position: Position, motion: Motion) {
        let pane = self.areas().pane_at(position);
        for _ in 0..WHEEL {
            match pane {
                _ if !self.layers.is_empty() => self.scroll_layer(motion),
                Some(Pane::List) => self.move_selection(motion),
                Some(pane) => self.scroll_text(pane, motion),
                None => {}
            }
        }
    }
}
