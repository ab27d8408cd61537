//! Tests that each key does something in each context of the table of keys.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent};
use ratatui::layout::Size;

use super::App;
use super::keys::{Context, Key, ROWS};
use crate::app::Exported;
use crate::load::{Loaded, record};

/// Returns how a person gets into a context, as keys: a line end is Enter, an escape Esc.
fn way(context: Context) -> &'static str {
    match context {
        Context::List => "flondon\n\u{1b}jjjjjjjjjjjjjjjjjjjjjjjj",
        Context::Text => "2",
        Context::Search => "/lo",
        Context::Layer => "e",
        Context::Table => "   c",
        Context::Dated => "djj",
        Context::Shares => "Rjj",
        Context::Asked => "ajj",
        Context::Settings => ",jj",
        Context::Map => "m",
        Context::Palette => ":l",
        Context::Help => "?",
        Context::Find => "?/gr",
        Context::Copy => "y",
        Context::Export | Context::Overwrite => "x",
        Context::Filters => "flondon\nlea",
    }
}

fn opened(loaded: &Arc<Loaded>, context: Context) -> App {
    let mut app = App::new(Arc::clone(loaded), Size { width: 80, height: 16 });
    for letter in way(context).chars() {
        let code = match letter {
            '\n' => KeyCode::Enter,
            '\u{1b}' => KeyCode::Esc,
            letter => KeyCode::Char(letter),
        };
        app.apply(&Event::Key(KeyEvent::from(code)));
    }
    if context == Context::Overwrite {
        app.exported(Exported::IsThere { is_open: false });
    }
    assert_eq!(app.browser.context(), context, "{:?}", way(context));
    app
}

/// Returns all that a person sees.
fn seen(app: &mut App) -> String {
    app.lay_out();
    format!("{:?}", app.screen())
}

#[test]
fn every_key_of_the_table_does_something_in_every_context_it_is_for() {
    let loaded = Arc::new(record().unwrap());
    let mut dead: Vec<String> = Vec::new();
    for context in Context::ALL {
        for row in ROWS.iter().filter(|row| row.contexts.contains(&context)) {
            let has_effect = |(key, _): &(Key, super::Action)| {
                let mut app = opened(&loaded, context);
                let before = seen(&mut app);
                let response = app.apply(&Event::Key(key.event()));
                let after = seen(&mut app);
                assert!(!after.contains("does nothing here"), "{key} in {context:?}");
                response.effect.is_some() || before != after
            };
            let works: Vec<bool> = row.keys.iter().map(has_effect).collect();
            dead.extend((!works.contains(&true)).then(|| format!("{:?} in {context:?}", row.help)));
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}
