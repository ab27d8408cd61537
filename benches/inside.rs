//! Measures drawing, updating, searching and loading, in process: `cargo bench --bench inside`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a benchmark may fail")]

mod common;

use std::hint::black_box;
use std::io::BufWriter;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use scrutineer::app::App;
use scrutineer::dataset::format;
use scrutineer::load::{Loaded, bundled, from_json, from_reader};
use scrutineer::query::{Index, Listing, ListingOptions, Query, search};
use scrutineer::report::{Format, List};
use scrutineer::ui::{Theme, ThemeName, draw};

const SIZE: Size = Size { width: 120, height: 36 };

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Draws a frame on the buffer of an earlier one, as the screen does.
fn show(buffer: &mut Buffer, app: &App, theme: &Theme) {
    buffer.reset();
    draw(buffer, app.screen(), theme, false);
}

fn frames(c: &mut Criterion, name: &str, loaded: &Arc<Loaded>) {
    let mut app = App::new(Arc::clone(loaded), SIZE);
    let mut buffer = Buffer::empty(Rect::from(SIZE));
    let theme = Theme::named(ThemeName::Default);
    c.bench_function(&format!("draw, {name}"), |b| {
        b.iter(|| show(&mut buffer, &app, &theme));
    });
    let mut is_down = false;
    c.bench_function(&format!("move and draw, {name}"), |b| {
        b.iter(|| {
            is_down = !is_down;
            app.handle(&key(if is_down { KeyCode::Down } else { KeyCode::Up }));
            show(&mut buffer, &app, &theme);
        });
    });
    for typed in ["a", "e", "ne", "ham", "wor", "brs", "brstl", "north st", "zz"] {
        c.bench_function(&format!("last letter of {typed:?} and draw, {name}"), |b| {
            app.handle(&key(KeyCode::Char('/')));
            for letter in typed.chars() {
                app.handle(&key(KeyCode::Char(letter)));
            }
            let last = typed.chars().last().unwrap();
            // Only the last letter is timed, not the Backspace that removes it.
            b.iter_custom(|times| {
                let mut spent = Duration::ZERO;
                for _ in 0..times {
                    app.handle(&key(KeyCode::Backspace));
                    let begun = Instant::now();
                    app.handle(&key(KeyCode::Char(last)));
                    show(&mut buffer, &app, &theme);
                    spent += begun.elapsed();
                }
                spent
            });
            app.handle(&key(KeyCode::Esc));
        });
    }
}

fn searches(c: &mut Criterion, name: &str, loaded: &Loaded) {
    let index = Index::new(&loaded.dataset);
    for typed in ["a", "e", "ne", "ham", "wor", "brs", "brstl", "north st", "zz"] {
        let query = Query::new(typed).unwrap();
        c.bench_function(&format!("search {typed:?}, {name}"), |b| {
            b.iter(|| black_box(search(&index, &query).len()));
        });
    }
    c.bench_function(&format!("index, {name}"), |b| b.iter(|| Index::new(&loaded.dataset).len()));
}

fn browsing(c: &mut Criterion) {
    let small = Arc::new(bundled().unwrap());
    let large = Arc::new(from_json(common::large(100_000).as_bytes(), "large").unwrap());
    assert_eq!(large.dataset.authorities.len(), 100_000, "{:?}", large.problems.first());
    for (name, loaded) in [("18", &small), ("100,000", &large)] {
        frames(c, name, loaded);
        searches(c, name, loaded);
    }
}

fn loading(c: &mut Criterion) {
    let text = common::large(100_000);
    let mut group = c.benchmark_group("loading 100,000");
    group.sample_size(10);
    group.bench_function("serde_json into the typed structs", |b| {
        b.iter_with_large_drop(|| serde_json::from_slice::<format::Dataset>(text.as_bytes()).unwrap());
    });
    group.bench_function("load, checked", |b| b.iter_with_large_drop(|| from_json(text.as_bytes(), "large").unwrap()));
    group.finish();
}

/// Measures what `scrutineer list --format json` does, against only parsing and writing the same file. Both write
/// through a buffer.
fn listing(c: &mut Criterion) {
    let text = common::large(100_000);
    let mut group = c.benchmark_group("listing 100,000 as JSON");
    group.sample_size(10);
    group.bench_function("serde_json parses and writes", |b| {
        b.iter(|| {
            let file: serde_json::Value = serde_json::from_slice(text.as_bytes()).unwrap();
            let mut out = BufWriter::with_capacity(1 << 16, std::io::sink());
            serde_json::to_writer_pretty(&mut out, &file).unwrap();
        });
    });
    group.bench_function("list", |b| {
        b.iter(|| {
            let loaded = from_json(text.as_bytes(), "large").unwrap();
            let listing = Listing::new(loaded.dataset, ListingOptions::default());
            let list = List(&listing);
            list.write(&mut std::io::sink(), Format::Json, None).unwrap();
        });
    });
    group.finish();
}

/// Measures opening a history of inspections, against one pass of the csv crate over the same text.
fn opening(c: &mut Criterion) {
    for count in [100_000, 1_000_000] {
        let text = common::history(count);
        let mut group = c.benchmark_group(format!("opening {count} rows of {} bytes", text.len()));
        group.sample_size(10);
        group.bench_function("one pass of the csv crate", |b| {
            b.iter(|| {
                let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
                let mut origin = csv::ByteRecord::new();
                let mut count = 0;
                while rows.read_byte_record(&mut origin).unwrap() {
                    count += 1;
                }
                count
            });
        });
        group.bench_function("load", |b| {
            b.iter_with_large_drop(|| from_reader(text.as_bytes(), "history.csv").unwrap())
        });
        group.finish();
    }
}

criterion_group!(benches, browsing, loading, listing, opening);
criterion_main!(benches);
