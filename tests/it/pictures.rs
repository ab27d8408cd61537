//! Snapshots of every pane and layer as text, and checks of styles that carry meaning.

use crate::common::{app, frame, press, screen};
use ratatui::style::{Color, Modifier};
use scrutineer::ui::ThemeName;

const SIZES: [(u16, u16); 3] = [(120, 34), (80, 24), (60, 15)];

fn pictures(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut app = app(width, height);
        press(&mut app, keys);
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), screen(&app));
    }
}

/// Takes snapshots of the browser on a small overview of inspections.
fn inspections(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let bytes = include_bytes!("../files/overview.xlsx");
        let loaded = scrutineer::load::from_reader(bytes.as_slice(), "overview.xlsx").unwrap();
        let size = ratatui::layout::Size { width, height };
        let mut app = scrutineer::app::App::new(std::sync::Arc::new(loaded), size);
        press(&mut app, keys);
        insta::assert_snapshot!(format!("ilacs-{name}-{width}x{height}"), screen(&app));
    }
}

#[test]
fn inspections_listed() {
    inspections("list", "");
}

#[test]
fn inspections_counted() {
    inspections("statistics", "3z");
}

#[test]
fn inspections_filtered() {
    inspections("filters", "fnorth ");
}

#[test]
fn neighbours() {
    inspections("neighbours", "jn");
}

#[test]
fn list() {
    pictures("list", "");
}

#[test]
fn list_sorted() {
    pictures("sorted", "ssS");
}

#[test]
fn search() {
    pictures("search", "/wor");
}

#[test]
fn search_without_a_match() {
    pictures("not-found", "/leeds");
}

#[test]
fn detail() {
    pictures("detail", "2");
}

#[test]
fn detail_zoomed() {
    pictures("detail-zoomed", "G2z");
}

#[test]
fn statistics() {
    pictures("statistics", "3");
}

#[test]
fn statistics_zoomed() {
    pictures("statistics-zoomed", "3z<down><down>");
}

#[test]
fn sources_of_a_grade() {
    pictures("sources-grade", "/stoke<enter>2e");
}

#[test]
fn sources_of_an_inferred_grade() {
    pictures("sources-inferred", "/torbay<enter>2e");
}

#[test]
fn sources_of_an_authority() {
    pictures("sources-authority", "e");
}

#[test]
fn sources_of_a_national_figure() {
    pictures("sources-claim", "3<right><right><right><right>e");
}

#[test]
fn sources_of_the_meaning_of_a_grade() {
    pictures("sources-step", "3<up>e");
}

#[test]
fn help() {
    pictures("help", "?");
}

#[test]
fn help_scrolled_to_the_signs() {
    pictures("help-end", "?<end>");
}

#[test]
fn problems() {
    pictures("problems", "p");
}

#[test]
fn a_window_below_twenty_by_five_says_so() {
    let mut app = app(19, 5);
    assert_eq!(screen(&app).trim(), "window too small");
    press(&mut app, "/q");
    assert_eq!(screen(&app).trim(), "window too small");
}

#[test]
fn the_smallest_window_shows_an_authority() {
    insta::assert_snapshot!(screen(&app(20, 5)));
}

#[test]
fn the_selected_row_is_reversed_and_has_a_bar() {
    let buffer = frame(&app(120, 34), ThemeName::Mono);
    let row = 2;
    assert_eq!(buffer[(0, row)].symbol(), "▌");
    assert!((1..38).all(|x| buffer[(x, row)].modifier.contains(Modifier::REVERSED)));
    assert!(!buffer[(1, row + 1)].modifier.contains(Modifier::REVERSED));
}

#[test]
fn matched_letters_are_highlighted() {
    let mut app = app(120, 34);
    press(&mut app, "/th");
    let buffer = frame(&app, ThemeName::Mono);
    let row = 3;
    let marked: String = (1..30)
        .map(|x| &buffer[(x, row)])
        .filter(|cell| cell.modifier.contains(Modifier::UNDERLINED))
        .map(|cell| cell.symbol())
        .collect();
    assert_eq!(marked, "TH");
}

#[test]
fn spoken_words_are_distinguished_from_reported_speech() {
    let buffer = frame(&app(120, 34), ThemeName::Mono);
    let text = crate::common::text_of(&buffer);
    let (y, line) = text.lines().enumerate().find(|(_, l)| l.contains("'before")).unwrap();
    let column = |needle: &str| line.split(needle).next().unwrap().chars().count() as u16;
    let is_bright = |x: u16| buffer[(x, y as u16)].modifier.contains(Modifier::BOLD);
    assert!(is_bright(column("before")));
    assert!(!is_bright(column("'before")));
}

#[test]
fn mono_uses_no_colour_at_all() {
    let mut app = app(120, 34);
    for keys in ["", "/b", "<esc>2", "3", "e", "<esc>?"] {
        press(&mut app, keys);
        let buffer = frame(&app, ThemeName::Mono);
        assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset), "{keys}");
    }
}

#[test]
fn no_theme_paints_a_background() {
    for theme in ThemeName::ALL {
        let buffer = frame(&app(120, 34), theme);
        assert!(buffer.content.iter().all(|cell| cell.bg == Color::Reset));
    }
}

#[test]
fn everything_can_be_drawn_in_ascii() {
    let loaded = std::sync::Arc::new(scrutineer::load::record().unwrap());
    let mut app = scrutineer::app::App::new(loaded, ratatui::layout::Size { width: 120, height: 36 });
    for keys in ["", "tt", "3", "m", "<esc>?", "<esc>1e", "<esc>f", "<esc>n", "<esc>/東京"] {
        press(&mut app, keys);
        let theme = scrutineer::ui::Theme::named(ThemeName::Default).in_ascii(true);
        let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::from(app.size()));
        scrutineer::ui::draw(&mut buffer, app.screen(), &theme, false);
        let text = crate::common::text_of(&buffer);
        assert!(text.is_ascii(), "{keys}: {:?}", text.chars().find(|c| !c.is_ascii()));
    }
}

#[test]
fn without_colours_a_sign_tells_which_pane_has_the_focus() {
    let mut app = app(120, 34);
    let text = |app: &scrutineer::app::App| crate::common::text_of(&frame(app, ThemeName::Mono));
    assert!(text(&app).contains("▸ Councils"));
    press(&mut app, "3");
    assert!(text(&app).contains("▸ England:") && !text(&app).contains("▸ Councils"));
}
