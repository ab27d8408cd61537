//! The browser without a terminal: its state, what an event does to it, and what is on the screen.
//!
//! [`App::handle`] is the only way to change the state. Drawing reads the [`ScreenModel`].

mod action;
mod header;
mod input_line;
mod keys;
mod layers;
mod list;
mod mouse;
mod page;
mod pages;
pub mod screen;
mod search;
mod settle;
mod state;
mod update;

use std::sync::Arc;

use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Size;

pub use action::{Action, Effect, Motion};
pub use keys::{Context, Group, InvalidKey, Key, KeyTable, Refused, Row};
pub use layers::{Copied, Exported, Extension, LayerKind, Overwrite};
pub use screen::Figure;
use screen::ScreenModel;
pub use state::Mouse;
use state::State;

use crate::dataset::{Authority, Date};
use crate::layout::{Pane, WindowClass};
use crate::load::Loaded;
use crate::query::{Listing, Sort};

/// The browser.
pub struct App {
    state: State,
    screen: ScreenModel,
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
    /// The browser on some data, in a window of a size.
    pub fn new(loaded: Arc<Loaded>, size: Size) -> Self {
        let mut app = Self { state: State::new(loaded, size), screen: ScreenModel::default() };
        app.settle();
        app
    }

    /// The browser with the mouse on or off.
    #[must_use]
    pub fn with_mouse(mut self, mouse: Mouse) -> Self {
        self.state.mouse = mouse;
        self
    }

    /// The browser with other keys.
    #[must_use]
    pub fn with_keys(mut self, keys: KeyTable) -> Self {
        self.state.keys = keys;
        self.settle();
        self
    }

    /// The browser with its list in another order.
    #[must_use]
    pub fn with_sort(mut self, sort: Sort) -> Self {
        self.state.listing.set_sort(sort);
        self.settle();
        self
    }

    /// The browser on a day, from which the days since an inspection are counted.
    #[must_use]
    pub fn with_today(mut self, today: Option<Date>) -> Self {
        self.state.today = today;
        self.settle();
        self
    }

    /// The browser with the names of the files it shows, for the command line that shows the same.
    #[must_use]
    pub fn with_files(mut self, files: Vec<String>, has_bundled: bool) -> Self {
        (self.state.files, self.state.has_bundled) = (files, has_bundled);
        self
    }

    /// Takes an event of the terminal.
    pub fn handle(&mut self, event: &Event) -> Response {
        match event {
            Event::Key(key) => self.key_action(key).map(|action| self.act(action)).unwrap_or_default(),
            Event::Mouse(mouse) => {
                let action = mouse::action(&self.state, &self.screen, mouse);
                action.map(|action| self.act(action)).unwrap_or_default()
            }
            Event::Paste(text) => {
                self.state.paste(text);
                self.settle();
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
        let effect = self.state.update(action, &self.screen);
        self.settle();
        Response { effect, is_changed: true }
    }

    /// Takes a new size of the window.
    pub fn resize(&mut self, size: Size) {
        self.state.size = size;
        self.settle();
    }

    /// Takes what came of an export.
    pub fn exported(&mut self, outcome: Exported) {
        self.state.exported(outcome);
        self.settle();
    }

    /// Says something in the footer until the next action.
    pub fn say(&mut self, words: impl Into<String>) {
        self.state.say(words);
        self.settle();
    }

    /// What is on the screen.
    pub fn screen(&self) -> &ScreenModel {
        &self.screen
    }

    /// The size of the window it is laid out for.
    pub fn size(&self) -> Size {
        self.state.size
    }

    /// Whether the mouse is used.
    pub fn mouse(&self) -> Mouse {
        self.state.mouse
    }

    /// The authorities listed.
    pub fn listing(&self) -> &Listing {
        &self.state.listing
    }

    /// The authority that is selected; `None` if none is listed.
    pub fn selected(&self) -> Option<&Authority> {
        self.state.selected()
    }

    /// The pane with the focus.
    pub fn focus(&self) -> Pane {
        self.state.focus
    }

    /// The figure with the focus, in the pane that has it.
    pub fn figure(&self) -> Option<Figure> {
        self.state.figure()
    }

    /// The names of the authorities listed, in the order of the list.
    pub fn listed_names(&mut self) -> Vec<&str> {
        self.state.listing.prepare(usize::MAX);
        self.state.listing.authorities().map(|authority| authority.name.as_str()).collect()
    }

    /// A press always counts, a repeat if holding the key down makes sense, a release never.
    fn key_action(&self, event: &KeyEvent) -> Option<Action> {
        let key = Key::from_event(event.code, event.modifiers)?;
        let context = self.state.context();
        let action = self.state.keys.action(context, key).or_else(|| update::typed(context, event))?;
        // In a window too small for anything, only the ways out work.
        let is_way_out = matches!(action, Action::Quit | Action::Suspend | Action::Redraw);
        if self.screen.class == WindowClass::TooSmall && !is_way_out {
            return None;
        }
        match event.kind {
            KeyEventKind::Press => Some(action),
            KeyEventKind::Repeat => action.repeats().then_some(action),
            KeyEventKind::Release => None,
        }
    }

    fn settle(&mut self) {
        self.screen = self.state.settle();
    }
}
