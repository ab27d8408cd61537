//! Properties that hold for any dataset, any keys and any window size.

use std::sync::Arc;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use ratatui::layout::Size;
use scrutineer::app::App;
use scrutineer::load::{from_json, from_reader};
use scrutineer::ui::ThemeName;
use serde_json::{Value, json};

/// Text as it might occur in a hostile file.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z' -]{1,20}",
        "\\PC{1,12}",
        "[\u{0}-\u{2f}\u{7f}-\u{a0}]{0,6}x[\u{200b}-\u{202e}]{0,4}",
        "(東京|é|o\u{301}{0,40}|👩‍👩‍👧|x){1,20}",
        Just("long ".repeat(400)),
    ]
}

fn judgement() -> impl Strategy<Value = Value> {
    let evidence = json!([{"source": "s", "note": "n", "step": "t"}]);
    prop_oneof![
        (1u8..=4, prop::sample::select(vec!["stated", "inferred", "second-hand"]))
            .prop_map(move |(grade, certainty)| json!({"grade": grade, "certainty": certainty, "evidence": evidence})),
        prop::sample::select(vec!["not-reported", "before-category", "category-ended", "unreadable", "blank"])
            .prop_map(|absence| json!({"absence": absence})),
    ]
}

fn authority() -> impl Strategy<Value = Value> {
    (text(), prop::collection::vec(judgement(), 3), prop::option::of(text()), prop::collection::vec(text(), 0..3)).prop_map(
        |(name, judgements, quote, aliases)| {
            let quotes: Vec<Value> = quote
                .iter()
                .map(|q| json!({"speaker": q, "categories": ["b"], "source": "s", "passages": [{"text": q, "spoken": []}]}))
                .collect();
            json!({"name": name, "aliases": aliases, "region": name, "assessments": [{
                "framework": "f", "round": "r", "date": "2006-11-01", "quotes": quotes,
                "judgements": {"a": judgements[0], "b": judgements[1], "c": judgements[2]},
            }]})
        },
    )
}

/// A dataset that may have problems: the faulty authorities are left out, and the rest must be valid.
fn dataset() -> impl Strategy<Value = Value> {
    (prop::collection::vec(authority(), 0..25), text(), 0u32..40).prop_map(|(authorities, label, figure)| {
        let evidence = json!([{"source": "s", "note": "n"}]);
        let scale: Vec<Value> =
            (1..=4).map(|g| json!({"grade": g, "word": format!("word {g}"), "meaning": "m"})).collect();
        let categories: Vec<Value> =
            ["a", "b", "c"].iter().map(|id| json!({"id": id, "label": format!("label {label}")})).collect();
        let claim = |category: &str, grades: Vec<u8>| {
            json!({"framework": "f", "round": "r", "category": category,
            "grades": grades, "value": figure, "unit": "count", "of": 40, "certainty": "stated", "evidence": evidence})
        };
        json!({"format": 2, "title": "t", "publisher": "p",
            "frameworks": [{"id": "f", "title": "f", "good_from": 3, "scale": scale, "categories": categories,
                "caveats": [{"text": "caveat", "evidence": evidence}]}],
            "sources": [{"id": "s", "publisher": "p", "title": "t", "link": "https://example.org/x"}],
            "authorities": authorities,
            "claims": [claim("a", vec![4, 3]), claim("a", vec![2, 1]), claim("b", vec![4]), claim("all", vec![4]),
                claim("assessed", vec![])]})
    })
}

fn event() -> impl Strategy<Value = Event> {
    let key = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    let codes = vec![
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(5),
    ];
    let mouse = prop::sample::select(vec![
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollUp,
    ]);
    prop_oneof![
        4 => prop::sample::select(codes).prop_map(key),
        4 => prop::sample::select("/?123sSepmgGjkhlqao ".chars().collect::<Vec<_>>()).prop_map(move |c| key(KeyCode::Char(c))),
        1 => any::<char>().prop_map(move |c| key(KeyCode::Char(c))),
        1 => prop::sample::select("udlzaewh".chars().collect::<Vec<_>>())
            .prop_map(|c| Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))),
        1 => (0u16..=200, 0u16..=100).prop_map(|(width, height)| Event::Resize(width, height)),
        1 => (mouse, 0u16..200, 0u16..100).prop_map(|(kind, column, row)| {
            Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
        }),
        1 => text().prop_map(Event::Paste),
    ]
}

/// Draws a frame, and checks properties of every screen.
fn check(app: &mut App) -> Result<(), TestCaseError> {
    let buffer = crate::common::frame(app, ThemeName::Default);
    for cell in &buffer.content {
        let is_hostile = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
        let is_clean = !cell.symbol().chars().any(is_hostile);
        prop_assert!(is_clean, "{:?}", cell.symbol());
    }
    // A council that the filter hides stays the current one, also where nothing is listed.
    prop_assert!(app.selected().is_some() || app.listed_names().is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_browser_still_draws_after_any_events(
        dataset in dataset(),
        width in 0u16..=200,
        height in 0u16..=100,
        events in prop::collection::vec(event(), 0..40),
    ) {
        let loaded = from_json(dataset.to_string().as_bytes(), "any").unwrap();
        let mut app = App::new(Arc::new(loaded), Size { width, height });
        check(&mut app)?;
        for event in events {
            app.handle(&event);
            check(&mut app)?;
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_with_a_location(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(refusal) = from_json(&bytes, "any") {
            prop_assert!(!refusal.problems.is_empty());
        }
    }

    #[test]
    fn a_broken_dataset_is_read_or_refused_with_a_location(cut in 0usize..57_000, with in "[\\PC\"{}\\[\\]:,0-9]{0,3}", length in 0usize..40) {
        let mut text = include_str!("../../assets/apa-2006.json").to_owned();
        let start = text.char_indices().map(|(i, _)| i).nth(cut).unwrap_or(0);
        let end = text[start..].char_indices().map(|(i, _)| start + i).nth(length).unwrap_or(text.len());
        text.replace_range(start..end, &with);
        match from_json(text.as_bytes(), "broken") {
            Ok(loaded) => prop_assert_eq!(loaded.left_out.is_empty(), loaded.problems.is_empty()),
            Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
        }
    }

    #[test]
    fn a_broken_history_is_read_or_refused_with_a_location(
        cut in 0usize..1400,
        with in prop::collection::vec(any::<u8>(), 0..12),
        length in 0usize..60,
    ) {
        let bytes = spliced(include_bytes!("../files/history-later.csv"), cut, length, &with);
        match from_reader(bytes.as_slice(), "broken.csv") {
            Ok(loaded) => {
                prop_assert_eq!(loaded.left_out.is_empty(), loaded.problems.is_empty());
                let mut app = App::new(Arc::new(loaded), Size { width: 120, height: 36 });
                check(&mut app)?;
            }
            Err(refusal) => prop_assert!(!refusal.problems.is_empty()),
        }
    }

    #[test]
    fn a_broken_overview_is_read_or_refused_with_a_location(
        cut in 0usize..6000,
        with in prop::collection::vec(any::<u8>(), 0..12),
        length in 0usize..60,
    ) {
        let bytes = spliced(include_bytes!("../files/overview.xlsx"), cut, length, &with);
        match from_reader(bytes.as_slice(), "broken.xlsx") {
            Ok(loaded) => prop_assert!(!loaded.dataset.authorities.is_empty()),
            Err(refusal) => prop_assert!(!refusal.problems.is_empty()),
        }
    }

    #[test]
    fn the_browser_on_inspections_still_draws_after_any_events(
        width in 0u16..=200,
        height in 0u16..=100,
        events in prop::collection::vec(event(), 0..60),
    ) {
        let loaded = from_reader(include_bytes!("../files/overview.xlsx").as_slice(), "overview.xlsx").unwrap();
        let mut app = App::new(Arc::new(loaded), Size { width, height });
        check(&mut app)?;
        for event in events {
            app.handle(&event);
            check(&mut app)?;
        }
    }
}

/// Returns bytes with a part of them replaced.
fn spliced(whole: &[u8], start: usize, length: usize, with: &[u8]) -> Vec<u8> {
    let start = start.min(whole.len());
    let end = (start + length).min(whole.len());
    [&whole[..start], with, &whole[end..]].concat()
}
