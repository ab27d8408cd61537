//! The layer of settings: what a person can change inside the program, which is written to the settings file.

use toml::Value;

use super::{Content, Handled};
use crate::app::action::{Action, Effect};
use crate::app::focused::Focused;
use crate::app::keys::Context;
use crate::app::model::{Model, Mouse};
use crate::app::page::{Figure, Line, Lines, Page, Role, fitted, paragraph};
use crate::app::theme_name::ThemeName;
use crate::text::clean;

/// The settings; `Enter` chooses one.
#[derive(Debug, Clone, Copy)]
pub struct Settings;

/// A choice: the setting, its value, and the words for it.
struct Choice {
    name: &'static str,
    value: Value,
    words: String,
    is_chosen: bool,
}

impl Content for Settings {
    fn open(_: &Model, _: &Focused) -> Option<Self> {
        Some(Self)
    }

    fn title(&self) -> &'static str {
        "Settings"
    }

    fn context(&self) -> Context {
        Context::Settings
    }

    fn page(&self, state: &Model, width: usize) -> Page {
        let mut lines = Lines::new();
        let mut heading = "";
        for (number, choice) in choices(state).into_iter().enumerate() {
            if choice.name != heading {
                heading = choice.name;
                lines.extend((!lines.is_empty()).then(Line::new));
                lines.push(fitted(title(heading), width, Role::Heading));
            }
            let mark = if choice.is_chosen { "• " } else { "  " };
            let line = Line::new().with(mark, Role::Key).with(choice.words, Role::Plain);
            lines.push(line.for_figure(Figure::Choice(number)));
        }
        lines.push(Line::new());
        let place = state.settings.as_ref().map(|path| clean(&path.display().to_string()).into_owned());
        let words = match place {
            Some(place) => {
                format!("Enter chooses, and writes it to {place}. Keys, files and addresses are set there too.")
            }
            None => "Enter chooses until the program ends: this system has no folder for settings.".to_owned(),
        };
        lines.extend(paragraph(&words, width, 0, Role::Faint));
        lines.into()
    }

    fn handle(&mut self, action: Action, focus: Option<Figure>, state: &mut Model) -> Handled {
        let (Action::Open, Some(Figure::Choice(number))) = (action, focus) else { return Handled::No };
        let Some(choice) = choices(state).into_iter().nth(number) else { return Handled::No };
        match (choice.name, &choice.value) {
            ("theme", Value::String(name)) => {
                let theme = ThemeName::ALL.into_iter().find(|theme| theme.name() == name);
                state.theme = theme.unwrap_or(state.theme);
            }
            ("mouse", Value::Boolean(is_on)) => state.mouse = if *is_on { Mouse::On } else { Mouse::Off },
            ("framework", Value::String(id)) => state.opens_on = Some(id.clone()),
            ("council", Value::String(name)) => state.opening_council = Some(name.clone()),
            _ => {}
        }
        Handled::Yes(Some(Effect::Set { name: choice.name, value: choice.value.to_string() }))
    }
}

fn title(name: &str) -> &'static str {
    match name {
        "theme" => "Colours",
        "mouse" => "Mouse",
        "framework" => "Opens on",
        _ => "Opens with",
    }
}

fn choices(state: &Model) -> Vec<Choice> {
    let choice = |name, value, words: String, is_chosen| Choice { name, value, words, is_chosen };
    let mut all: Vec<Choice> = ThemeName::ALL
        .into_iter()
        .map(|theme| choice("theme", Value::from(theme.name()), theme.words().to_owned(), state.theme == theme))
        .collect();
    for (is_on, words) in [(true, "clicks select and the wheel scrolls"), (false, "left to the terminal")] {
        let is_chosen = (state.mouse == Mouse::On) == is_on;
        all.push(choice("mouse", Value::from(is_on), words.to_owned(), is_chosen));
    }
    let rounds = state.rounds();
    let first = rounds.first().map(|round| round.framework.id.to_string());
    let opens_on = state.opens_on.clone().or(first);
    for round in rounds {
        let id = round.framework.id.to_string();
        let is_chosen = opens_on.as_ref() == Some(&id);
        all.push(choice("framework", Value::from(id), round.tab, is_chosen));
    }
    let exists = |name: &String| state.dataset().authorities.iter().any(|authority| authority.name == *name);
    let opening = state.opening_council.clone().or_else(|| Some("Bristol".to_owned()).filter(exists));
    let selected = state.selected().filter(|authority| authority.until.is_none());
    let selected = selected.map(|authority| authority.name.to_string());
    for name in opening.iter().cloned().chain(selected.filter(|name| opening.as_ref() != Some(name))) {
        let is_chosen = opening.as_ref() == Some(&name);
        all.push(choice("council", Value::from(name.clone()), name, is_chosen));
    }
    all
}
