//! Any bytes as a file, opened in the browser at a size that they give, and a few keys pressed.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use ratatui::layout::Size;
use scrutineer::app::{Action, App};
use scrutineer::load::from_reader;

fuzz_target!(|input: (u16, u16, Vec<u8>, Vec<u8>)| {
    let (width, height, keys, bytes) = input;
    let Ok(loaded) = from_reader(bytes.as_slice(), "fuzzed") else { return };
    let mut app = App::new(Arc::new(loaded), Size { width: width % 200, height: height % 80 });
    for key in keys.iter().take(64) {
        let (_, action) = Action::NAMED[usize::from(*key) % Action::NAMED.len()];
        app.act(action);
    }
});
