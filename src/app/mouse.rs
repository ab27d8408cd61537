//! Mouse events: which action a click or the wheel asks for, and what it does.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::action::{Action, Motion};
use super::browser::Browser;
use super::model::Mouse;
use super::screen::{Footer, FooterKey, Header, ListModel, ScreenModel, TabModel, Title};
use crate::layout::{Pane, WindowClass, content};
use crate::query::{Column, Direction, Sort};
use crate::text::display_width;

/// How many lines the wheel scrolls at a time.
const WHEEL: usize = 3;

/// Returns the action of a mouse event; `None` if the mouse is off or the event has no meaning.
pub fn action(state: &Browser, screen: &ScreenModel, event: &MouseEvent) -> Option<Action> {
    if state.mouse == Mouse::Off || screen.class == WindowClass::TooSmall {
        return None;
    }
    let position = Position { x: event.column, y: event.row };
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => {
            Some(footer_action(screen, position).unwrap_or(Action::Click(position)))
        }
        MouseEventKind::ScrollUp => Some(Action::Wheel(position, Motion::Up)),
        MouseEventKind::ScrollDown => Some(Action::Wheel(position, Motion::Down)),
        _ => None,
    }
}

/// Returns what the key in the footer at a position does.
fn footer_action(screen: &ScreenModel, position: Position) -> Option<Action> {
    let Footer::Keys(keys) = &screen.footer else { return None };
    let is_there = |key: &&FooterKey| (key.column..key.end()).contains(&position.x);
    let is_footer = screen.areas.footer.contains(position);
    keys.iter().filter(|_| is_footer).find(is_there).map(|key| key.action)
}

impl Browser {
    /// Focuses what was clicked. Clicks on a layer do nothing.
    pub fn click(&mut self, position: Position, screen: &ScreenModel) {
        if screen.layer.is_some() {
            return;
        }
        if matches!(screen.header, Header::Tabs(..)) && screen.areas.header.contains(position) {
            return self.click_tab(position);
        }
        if let Header::Title(title) = &screen.header
            && screen.areas.header.contains(position)
        {
            return self.click_round(position.x, title);
        }
        match screen.areas.pane_at(position) {
            Some(Pane::List) => self.click_list(position, screen),
            Some(pane) => self.click_text(pane, position, screen),
            None => {}
        }
    }

    /// Focuses the pane whose tab was clicked; each tab is a third of the line.
    fn click_tab(&mut self, position: Position) {
        let part = (self.size.width / 3).max(1);
        let tab = usize::from(position.x / part).min(Pane::ALL.len() - 1);
        if let Some(pane) = Pane::ALL.get(tab) {
            self.focus = *pane;
        }
    }

    fn click_list(&mut self, position: Position, screen: &ScreenModel) {
        self.focus = Pane::List;
        if let Some(list) = screen.list.as_ref().filter(|list| list.areas.header.contains(position)) {
            return self.click_header(position.x.saturating_sub(list.areas.header.x), list);
        }
        let Some(list) = screen.list.as_ref().filter(|list| list.areas.rows.contains(position)) else { return };
        let row = list.offset + usize::from(position.y - list.areas.rows.y);
        if row < list.count {
            self.away = None;
            self.list.select(row, list.count);
        }
    }

    /// Shows the round whose tab was clicked.
    fn click_round(&mut self, x: u16, title: &Title) {
        let line = title.line(usize::from(self.size.width));
        let is_there = |tab: &&TabModel| (tab.column..tab.column + display_width(&tab.text)).contains(&usize::from(x));
        let clicked = line.tabs.iter().find(is_there).and_then(|tab| self.rounds().into_iter().nth(tab.position));
        if clicked.is_some() && self.rounds().len() > 1 {
            self.look_at(clicked.map(|round| round.framework), None);
        }
    }

    /// Sorts by the column at a distance from the left, or reverses the order if the list is sorted by it.
    fn click_header(&mut self, x: u16, list: &ListModel) {
        let mut end = 1;
        let column = list.columns.iter().find(|column| {
            end += column.width;
            usize::from(x) < end
        });
        let sortable = Column::shown(self.view());
        let Some(column) = column.map(|column| column.column).filter(|column| sortable.contains(column)) else {
            return;
        };
        let sort = self.listing.column_order();
        let direction = if sort.column == column { sort.direction.flipped() } else { Direction::Usual };
        self.sort_by(Sort { column, direction });
    }

    fn click_text(&mut self, pane: Pane, position: Position, screen: &ScreenModel) {
        self.focus = pane;
        let Some(model) = screen.pane(pane) else { return };
        let inside = content(model.area);
        if !inside.contains(position) {
            return;
        }
        let line = model.page.lines.get(model.scroll + usize::from(position.y - inside.y));
        if let Some(figure) = line.and_then(|line| line.figure_at(usize::from(position.x - inside.x))) {
            self.text_pane(pane).figure = Some(figure);
        }
    }

    /// Scrolls the layer, or else the pane under the pointer.
    pub fn wheel(&mut self, position: Position, motion: Motion, screen: &ScreenModel) {
        let pane = screen.areas.pane_at(position);
        for _ in 0..WHEEL {
            match (&screen.layer, pane) {
                (Some(layer), _) => self.move_layer(motion, layer),
                (None, Some(Pane::List)) => self.move_selection(motion, screen),
                (None, Some(pane)) => self.scroll_text(pane, motion, screen),
                (None, None) => {}
            }
        }
    }
}
