//! Keys, letters and sizes in any order, on the data of one file or another; a frame is drawn after each.
#![no_main]

use std::sync::{Arc, OnceLock};

use libfuzzer_sys::fuzz_target;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Rect, Size};
use scrutineer::app::{Action, App};
use scrutineer::load::{Loaded, bundled, from_reader};
use scrutineer::ui::{Theme, ThemeName, draw};

const FILES: [&[u8]; 2] =
    [include_bytes!("../../tests/files/history.csv"), include_bytes!("../../tests/files/overview.xlsx")];

/// The bundled dataset and two files of inspections, read once.
fn datasets() -> &'static [Arc<Loaded>] {
    static DATASETS: OnceLock<Vec<Arc<Loaded>>> = OnceLock::new();
    DATASETS.get_or_init(|| {
        let files = FILES.iter().filter_map(|bytes| from_reader(*bytes, "file").ok());
        bundled().into_iter().chain(files).map(Arc::new).collect()
    })
}

fuzz_target!(|input: (u8, u8, u8, Vec<(u8, u8, char)>)| {
    let (which, width, height, steps) = input;
    let datasets = datasets();
    let loaded = Arc::clone(&datasets[usize::from(which) % datasets.len()]);
    let mut size = Size { width: u16::from(width), height: u16::from(height) % 80 };
    let mut app = App::new(loaded, size);
    for (kind, number, letter) in steps.into_iter().take(64) {
        match kind % 4 {
            0 | 1 => {
                let actions: Vec<Action> = Action::named().map(|(_, action)| action).collect();
                let action = actions[usize::from(number) % actions.len()];
                app.act(action);
            }
            2 => {
                app.handle(&Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
            }
            _ => {
                size = Size { width: u16::from(kind), height: u16::from(number) % 80 };
                app.handle(&Event::Resize(size.width, size.height));
            }
        }
        let mut buffer = Buffer::empty(Rect::from(size));
        draw(&mut buffer, app.screen(), &Theme::named(ThemeName::Default), false);
    }
});
