//! Writes docs/keys.md: every key of the browser, from the table of keys.
//!
//! `cargo run --example describe_keys > docs/keys.md`

use std::error::Error;
use std::sync::Arc;

use ratatui::layout::Size;
use scrutineer::app::App;
use scrutineer::load::bundled;

fn main() -> Result<(), Box<dyn Error>> {
    let app = App::new(Arc::new(bundled()?), Size { width: 80, height: 24 });
    println!("# Keys\n");
    println!(
        "Made from the table of keys by `cargo run --example describe_keys > docs/keys.md`. The settings can change each"
    );
    println!("([settings.md](settings.md)); `?` in the program lists those in force.");
    let mut section = "";
    for (group, keys, help) in app.described_keys() {
        if group != section {
            println!("\n## {group}\n\n| keys | what they do |\n| --- | --- |");
            section = group;
        }
        println!("| {} | {} |", keys.replace('|', "\\|"), help.replace('|', "\\|"));
    }
    println!(
        "\nThe mouse works too: a click on a row, a header, a tab or a key in the footer, and the wheel. While it is on,"
    );
    println!("Shift-drag selects text.");
    Ok(())
}
