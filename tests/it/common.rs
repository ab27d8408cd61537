//! Shared by the tests of the browser: apps of a given size, key scripts, and screens as text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use scrutineer::app::{App, Options};
use scrutineer::load::{Loaded, bundled, from_json, from_reader, record};
use scrutineer::query::resolve;
use scrutineer::ui::{Theme, ThemeName, draw};

/// The assessment of 2006 alone, with fewer authorities than the record.
pub const APA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/apa-2006.json");

/// Where the program looks for the settings and the fetched files of whoever runs it. No test may depend on those.
pub const PRIVATE: [&str; 2] = ["XDG_CONFIG_HOME", "XDG_DATA_HOME"];

/// Returns a command that runs the program without anybody's settings or fetched files.
pub fn program() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_scrutineer"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).envs(PRIVATE.map(|folder| (folder, "/nonexistent")));
    command.env_remove("NO_COLOR");
    command
}

/// Returns the path of an example of this package, as it is now: `cargo test` builds the examples, but not if it is told which
/// targets to test.
pub fn example(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let built = tests.parent().unwrap().parent().unwrap();
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--locked", "--offline"]);
    cargo.args(["--example", name, "--target-dir"]).arg(built.parent().unwrap());
    if built.ends_with("release") {
        cargo.arg("--release");
    }
    let done = cargo.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    built.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Returns the arguments of a command for given data alone, without the record: the files among the arguments, or the
/// assessment of 2006.
pub fn without_record(arguments: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    let has = |option: &str| arguments.contains(&option);
    let (at, data): (usize, &[&str]) = match arguments.first() {
        Some(&("list" | "show" | "stats" | "export")) if !has("-d") && !has("--help") => {
            (1, &["-d", APA, "--only-files"])
        }
        Some(&("list" | "show" | "stats" | "export")) => (1, &["--only-files"]),
        Some(&"changes") if has("--since") && arguments.len() < 4 => (1, &[APA, "--only-files"]),
        Some(&"check") if arguments.len() == 1 => (1, &[APA, "--only-files"]),
        Some(&("changes" | "check")) => (1, &["--only-files"]),
        Some(&("schema" | "completions" | "man" | "config" | "help")) => (0, &[]),
        _ if arguments
            .iter()
            .any(|argument| (argument.contains('.') && !argument.ends_with(".toml")) || *argument == "-") =>
        {
            (0, &["--only-files"])
        }
        _ => (0, &[APA, "--only-files"]),
    };
    all.splice(at..at, data.iter().map(|argument| (*argument).to_owned()));
    all
}

/// Returns a browser on the bundled dataset.
pub fn app(width: u16, height: u16) -> App {
    App::new(Arc::new(bundled().unwrap()), Size { width, height })
}

/// Returns a browser on the record, under the framework of today's inspections.
pub fn record_app(width: u16, height: u16) -> App {
    let loaded = record().unwrap();
    let framework = resolve::framework(&loaded.dataset, "ilacs").ok();
    App::with_options(Arc::new(loaded), Size { width, height }, Options { framework, ..Options::default() })
}

/// Returns a browser on a dataset given as JSON.
pub fn app_on(json: &str, width: u16, height: u16) -> App {
    App::new(Arc::new(from_json(json.as_bytes(), "test").unwrap()), Size { width, height })
}

/// Loads a dataset from JSON; panics if there are problems.
pub fn loaded(json: &str) -> Loaded {
    from_json(json.as_bytes(), "test").unwrap()
}

/// Presses keys: characters as they are, others as `<tab>`, `<ctrl-u>`.
pub fn press(app: &mut App, keys: &str) {
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let (key, after) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            Some((name, after)) => (named(name), after),
            None => (KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), &rest[c.len_utf8()..]),
        };
        app.handle(&Event::Key(key));
        rest = after;
    }
}

fn named(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    match name {
        "tab" => plain(KeyCode::Tab),
        "backtab" => KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
        "enter" => plain(KeyCode::Enter),
        "esc" => plain(KeyCode::Esc),
        "up" => plain(KeyCode::Up),
        "down" => plain(KeyCode::Down),
        "left" => plain(KeyCode::Left),
        "right" => plain(KeyCode::Right),
        "pgup" => plain(KeyCode::PageUp),
        "pgdn" => plain(KeyCode::PageDown),
        "home" => plain(KeyCode::Home),
        "end" => plain(KeyCode::End),
        "lt" => plain(KeyCode::Char('<')),
        "gt" => plain(KeyCode::Char('>')),
        "backspace" => plain(KeyCode::Backspace),
        name => match name.strip_prefix("ctrl-").and_then(|c| c.chars().next()) {
            Some(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
            None => panic!("no key is called {name}"),
        },
    }
}

/// Draws one frame in a theme.
pub fn frame(app: &App, theme: ThemeName) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from(app.size()));
    draw(&mut buffer, app.screen(), &Theme::named(theme), false);
    buffer
}

/// Returns one frame as text, with a line for each row.
pub fn screen(app: &App) -> String {
    text_of(&frame(app, ThemeName::Default))
}

/// Returns the symbols of a buffer, with a line for each row.
pub fn text_of(buffer: &Buffer) -> String {
    let row = |y| {
        let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    (0..buffer.area.height).map(row).collect()
}

/// Returns a screen without borders and line breaks, so that sentences can be found in it.
pub fn squeezed(screen: &str) -> String {
    let text = screen.replace(['│', '┃'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the path of a public file, which is kept beside the repository.
pub fn real(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ilacs").join(name);
    assert!(path.exists(), "{} is needed", path.display());
    path
}

/// The headers of a small table of inspections.
pub const HEADERS: &str = "urn,local_authority,inspection_link,publication_date,inspection_start_date,\
    overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade\n";

/// Returns a row of that table with one grade in every column.
pub fn row(urn: u32, name: &str, published: &str, began: &str, grade: &str) -> String {
    format!("{urn},{name},,{published},{began},{grade},{grade},{grade},{grade},{grade}\n")
}

/// Loads rows under [`HEADERS`].
pub fn read_rows(rows: &str) -> Loaded {
    from_reader((HEADERS.to_owned() + rows).as_bytes(), "test.csv").unwrap()
}

/// Returns the assessment of 2006 as JSON.
pub fn bundled_json() -> serde_json::Value {
    serde_json::from_str(include_str!("../../assets/apa-2006.json")).unwrap()
}

/// Runs the program on the record, and returns its standard output, standard error and exit status.
pub fn run(arguments: &[&str]) -> (String, String, i32) {
    let output = program().args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}
