//! The browser of authorities and their grades: its state, how events change it, and what the screen shows. It does no
//! terminal input or output.
//!
//! [`App::handle`] applies terminal events; drawing only reads the [`ScreenModel`].

mod action;
mod browser;
mod counting;
#[cfg(test)]
mod every_key;
mod focused;
mod header;
mod input_line;
mod keys;
mod layers;
mod list;
mod model;
mod mouse;
mod page;
mod pages;
pub mod screen;
mod search;
mod settle;
mod theme_name;
mod update;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::layout::Size;
use tui_input::InputRequest;

pub use action::{Action, Copied, Effect, ExportOf, Exported, LayerKind, Motion, Overwrite};
use browser::Browser;
pub use keys::{Context, Group, InvalidKey, Key, KeyTable, Refused, Row};
use layers::Layer;
pub use layers::ending;
use model::Model;
pub use model::Mouse;
pub use screen::Figure;
use screen::ScreenModel;
pub use theme_name::ThemeName;

use crate::dataset::{Authority, Date, Framework};
pub use crate::layout::bounded;
use crate::layout::{Pane, WindowClass};
use crate::load::Loaded;
use crate::query::changes::New;
use crate::query::{AuthorityId, Listing, Sort};
use crate::text::clean;

/// The browser: its state, and what the screen shows of it.
pub struct App {
    browser: Browser,
    screen: ScreenModel,
    /// Whether characters were typed since the screen was laid out.
    is_behind: bool,
}

/// What a browser starts with, besides its data.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The framework to show; `None` for the one the data open on.
    pub framework: Option<Arc<Framework>>,
    /// The authority to open on, also in a framework that does not list the one shown before; `None` for Bristol.
    pub council: Option<AuthorityId>,
    /// Whether the mouse is used.
    pub mouse: Mouse,
    /// The theme.
    pub theme: ThemeName,
    /// The path of the settings file, existing or not; `None` if the system has no folder for settings.
    pub settings: Option<PathBuf>,
    /// The folder in which the program was started; `None` if it is not known.
    pub folder: Option<String>,
    /// The round that the settings open on, by the id of its framework.
    pub opens_on: Option<String>,
    /// The council that the settings open with, by its name.
    pub opening_council: Option<String>,
    /// The key bindings.
    pub keys: KeyTable,
    /// What is wrong with the settings, one sentence each.
    pub mistakes: Vec<String>,
    /// The order of the list; `None` for that of the names.
    pub sort: Option<Sort>,
    /// Today's date, from which the time since an inspection is counted; `None` if unknown.
    pub today: Option<Date>,
    /// The names of the opened files, for the copied command line.
    pub files: Vec<String>,
    /// The paths of all files that the data come from, fetched ones too: an export asks before it overwrites one.
    pub read: Vec<String>,
    /// Whether the files are shown without the record.
    pub only_files: bool,
    /// Whether fetched files and those of the settings are left out.
    pub only_record: bool,
    /// The day on which the fetched files among the data were fetched; `None` if there are none.
    pub fetched: Option<Date>,
    /// What the fetched files have and those before them do not; `None` if there are none before them.
    pub new: Option<New>,
    /// A message for the footer, shown until the first action.
    pub notice: Option<String>,
}

/// The result of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// What the terminal must do next, if anything.
    pub effect: Option<Effect>,
    /// Whether the screen must be drawn again.
    pub is_changed: bool,
}

impl App {
    /// Creates a browser with the default options for loaded data and a window size.
    pub fn new(loaded: Arc<Loaded>, size: Size) -> Self {
        Self::with_options(loaded, size, Options::default())
    }

    /// Creates a browser for loaded data and a window size.
    pub fn with_options(loaded: Arc<Loaded>, size: Size, options: Options) -> Self {
        let mut app = Self {
            browser: Browser {
                model: Model::new(loaded, bounded(size), options),
                layers: Vec::new(),
                behind: Vec::new(),
            },
            screen: ScreenModel::default(),
            is_behind: false,
        };
        app.settle();
        app
    }

    /// Applies a terminal event, and lays out the screen.
    pub fn handle(&mut self, event: &Event) -> Response {
        let response = self.apply(event);
        self.lay_out();
        response
    }

    /// Applies a terminal event. After typed characters, the screen is laid out only by [`App::lay_out`]: a terminal can
    /// send a pasted text of any length as single keys.
    pub fn apply(&mut self, event: &Event) -> Response {
        match event {
            Event::Key(key) => match self.key_action(key) {
                Some(action @ Action::Edit(InputRequest::InsertChar(_))) => {
                    self.is_behind = true;
                    Response { effect: self.browser.update(action, &self.screen), is_changed: true }
                }
                Some(action) => self.act(action),
                None => self.unknown_key(key),
            },
            Event::Mouse(mouse) => {
                self.lay_out();
                let action = mouse::action(&self.browser, &self.screen, mouse);
                action.map(|action| self.act(action)).unwrap_or_default()
            }
            Event::Paste(text) => {
                self.browser.paste(text);
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

    /// Lays out the screen if characters were typed since it was.
    pub fn lay_out(&mut self) {
        if self.is_behind {
            self.settle();
        }
    }

    /// Applies an action.
    pub fn act(&mut self, action: Action) -> Response {
        self.lay_out();
        let effect = self.browser.update(action, &self.screen);
        self.settle();
        Response { effect, is_changed: true }
    }

    /// Changes the window size.
    pub fn resize(&mut self, size: Size) {
        self.browser.size = bounded(size);
        self.settle();
    }

    /// Shows the result of an export.
    pub fn exported(&mut self, outcome: Exported) {
        self.browser.exported(outcome);
        self.settle();
    }

    /// Shows a message in the footer until the next action.
    pub fn say(&mut self, words: impl Into<String>) {
        self.browser.say(words);
        self.settle();
    }

    /// Returns what the screen shows.
    pub fn screen(&self) -> &ScreenModel {
        &self.screen
    }

    /// Returns the window size that the screen is laid out for.
    pub fn size(&self) -> Size {
        self.browser.size
    }

    /// Returns the theme.
    pub fn theme(&self) -> ThemeName {
        self.browser.theme
    }

    /// Returns every key: the section of the help, the keys, and what they do.
    pub fn described_keys(&self) -> Vec<(&'static str, String, &'static str)> {
        self.browser.keys.described()
    }

    /// Returns the path of the settings file.
    pub fn settings(&self) -> Option<&Path> {
        self.browser.settings.as_deref()
    }

    /// Returns whether the mouse is used.
    pub fn mouse(&self) -> Mouse {
        self.browser.mouse
    }

    /// Returns the listing.
    pub fn listing(&self) -> &Listing {
        &self.browser.listing
    }

    /// Returns the paths of all files that the data come from.
    pub fn read(&self) -> &[String] {
        &self.browser.read
    }

    /// Returns what is being exported.
    pub fn export_of(&self) -> ExportOf {
        let export = self.browser.layers.iter().find_map(|open| match &open.layer {
            Layer::Export(export) => Some(export.of.clone()),
            _ => None,
        });
        export.unwrap_or(ExportOf::List)
    }

    /// Returns the selected authority; `None` if none is listed.
    pub fn selected(&self) -> Option<&Authority> {
        self.browser.selected()
    }

    /// Returns the focused pane.
    pub fn focus(&self) -> Pane {
        self.browser.focus
    }

    /// Returns the focused figure of the focused pane; `None` for the list.
    pub fn figure(&self) -> Option<Figure> {
        self.browser.figure()
    }

    /// Returns the names of the listed authorities, in the order of the list.
    pub fn listed_names(&self) -> Vec<&str> {
        self.browser.listing.authorities().map(|authority| authority.name.as_str()).collect()
    }

    /// Returns the action of a key event: always for a press, for a repeat only if the action
    /// [repeats](Action::repeats), never for a release.
    fn key_action(&self, event: &KeyEvent) -> Option<Action> {
        let key = Key::from_event(event.code, event.modifiers)?;
        let context = self.browser.context();
        let action = self.browser.keys.action(context, key).or_else(|| update::typed(context, event))?;
        // In a window that is too small, only quitting, suspending and redrawing work.
        let is_too_small = self.screen.class == WindowClass::TooSmall;
        // Nobody sees the page that it would close.
        let action = if is_too_small && action == Action::Quit { Action::End } else { action };
        let is_way_out = matches!(action, Action::Quit | Action::End | Action::Suspend | Action::Redraw);
        if is_too_small && !is_way_out {
            return None;
        }
        match event.kind {
            KeyEventKind::Press => Some(action),
            KeyEventKind::Repeat => action.repeats().then_some(action),
            KeyEventKind::Release => None,
        }
    }

    /// Says that a key has no meaning here. Keys with a modifier may belong to the terminal, so nothing is said of them.
    fn unknown_key(&mut self, event: &KeyEvent) -> Response {
        let is_press = event.kind == KeyEventKind::Press && self.screen.class != WindowClass::TooSmall;
        let key = Key::from_event(event.code, event.modifiers).filter(|key| is_press && key.is_plain());
        let Some(key) = key else { return Response::default() };
        let help = self.browser.key(Action::Show(LayerKind::Help));
        let key = clean(&key.to_string()).into_owned();
        self.say(match key == help {
            true => "this is the help".to_owned(),
            false if self.browser.context().is_typing() => format!("{key} does nothing here"),
            false => format!("{key} does nothing here; {help} shows all keys"),
        });
        Response { effect: None, is_changed: true }
    }

    fn settle(&mut self) {
        self.screen = self.browser.settle();
        self.is_behind = false;
    }
}
