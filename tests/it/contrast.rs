//! Whether the colours of grades are told apart by people who do not see all colours, and read by all.

use ratatui::style::Color;
use scrutineer::ui::{Theme, ThemeName};

type Linear = [f64; 3];

/// The colours that xterm shows for the names, as it is delivered, and those of its cube of 216.
fn of_xterm(colour: Color) -> [u8; 3] {
    match colour {
        Color::Black => [0, 0, 0],
        Color::White => [255, 255, 255],
        Color::Indexed(number @ 16..=231) => {
            let part = |of: u8| [0, 95, 135, 175, 215, 255][usize::from((number - 16) / of % 6)];
            [part(36), part(6), part(1)]
        }
        Color::Red => [205, 0, 0],
        Color::Green => [0, 205, 0],
        Color::Yellow => [205, 205, 0],
        Color::Blue => [0, 0, 238],
        Color::Magenta => [205, 0, 205],
        Color::Cyan => [0, 205, 205],
        other => panic!("{other} is not one of the first colours of a terminal"),
    }
}

/// The three common kinds of colour blindness in full, for linear light: Machado, Oliveira and Fernandes, "A
/// physiologically-based model for simulation of color vision deficiency" (2009), severity 1.0.
const KINDS: [(&str, [Linear; 3]); 3] = [
    ("protanopia", [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    ("deuteranopia", [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    ("tritanopia", [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
];

fn linear(colour: [u8; 3]) -> Linear {
    colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(rows: [Linear; 3], light: Linear) -> Linear {
    rows.map(|row| row.iter().zip(light).map(|(factor, part)| factor * part).sum::<f64>())
}

/// Returns a colour in CIELAB, for the white of sRGB.
fn lab(light: Linear) -> Linear {
    let [x, y, z] = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], light);
    let [x, y, z] = [x / 0.9505, y, z / 1.0888].map(|t| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(one: Linear, other: Linear) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// Returns the least distance between two of some colours as somebody sees them; 2.3 is just noticed side by side.
fn least(colours: &[[u8; 3]], kind: [Linear; 3]) -> f64 {
    let seen: Vec<Linear> =
        colours.iter().map(|colour| lab(times(kind, linear(*colour)).map(|part| part.clamp(0.0, 1.0)))).collect();
    let pairs = seen.iter().enumerate().flat_map(|(at, one)| seen.iter().skip(at + 1).map(|other| (*one, *other)));
    pairs.map(|(one, other)| distance(one, other)).fold(f64::INFINITY, f64::min)
}

fn grades(name: ThemeName) -> Vec<[u8; 3]> {
    let theme = Theme::named(name);
    (0..4).map(|degree| of_xterm(theme.grade(degree).fg.unwrap())).collect()
}

/// Returns the contrast of two colours, from 1 to 21: WCAG 2.2, "contrast ratio".
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance =
        |colour| linear(colour).iter().zip([0.2126, 0.7152, 0.0722]).map(|(part, by)| part * by).sum::<f64>();
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_themes_for_dark_and_for_light_terminals_are_read_and_told_apart_by_all() {
    const DARK: [[u8; 3]; 3] = [[0, 0, 0], [0x1e, 0x1e, 0x1e], [0x28, 0x2a, 0x36]];
    const LIGHT: [[u8; 3]; 2] = [[255, 255, 255], [0xfd, 0xf6, 0xe3]];
    for (name, grounds) in [(ThemeName::Dark, DARK.as_slice()), (ThemeName::Light, LIGHT.as_slice())] {
        let accent = of_xterm(Theme::named(name).accent().fg.unwrap());
        for (colour, ground) in
            grades(name).into_iter().chain([accent]).flat_map(|c| grounds.iter().map(move |g| (c, *g)))
        {
            assert!(contrast(colour, ground) >= 4.5, "{name:?}: {colour:?} on {ground:?}");
        }
        let all = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        for (kind, seen) in KINDS.into_iter().chain([("all colours", all)]) {
            let distance = least(&grades(name), seen);
            assert!(distance > 30.0, "{name:?}: {kind}: {distance}");
        }
    }
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01, "black on white");
}

#[test]
fn the_letter_on_a_tile_is_read_in_every_theme() {
    for name in ThemeName::ALL.into_iter().filter(|name| *name != ThemeName::Mono) {
        for degree in 0..4 {
            let tile = Theme::named(name).tile(degree);
            let (letter, ground) = (of_xterm(tile.fg.unwrap()), of_xterm(tile.bg.unwrap()));
            assert!(contrast(letter, ground) >= 4.5, "{name:?}: {degree}");
        }
    }
}

#[test]
fn the_theme_for_the_colour_blind_tells_all_grades_apart() {
    for (kind, seen) in KINDS {
        let distance = least(&grades(ThemeName::ColourBlind), seen);
        assert!(distance > 30.0, "{kind}: {distance}");
    }
    // The theme is needed: green and yellow of the default one are alike for some.
    let (_, protanopia) = KINDS[0];
    assert!(least(&grades(ThemeName::Default), protanopia) < 10.0);
}

#[test]
fn the_simulation_is_of_what_people_see() {
    // Who sees all colours tells red from green; who lacks the long waves sees both alike.
    let pair = [[160, 90, 0], [100, 110, 0]];
    let all = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    assert!(least(&pair, KINDS[0].1) * 3.0 < least(&pair, all));
    assert!(distance(lab([1.0; 3]), [100.0, 0.0, 0.0]) < 0.1, "white");
}
