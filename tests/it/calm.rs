//! The calm screen: what is in sight first, and that nobody gets lost.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use scrutineer::app::screen::{Footer, FooterKey, Header};
use scrutineer::app::{Action, App, Effect, Motion};
use scrutineer::dataset::{Assessment, EventKind};
use scrutineer::layout::Pane;
use scrutineer::load::record;

use scrutineer::ui::ThemeName;

use crate::common::{frame, press, record_app, screen, squeezed};

/// The signs that are gone from lists, maps and statistics.
const GONE: [char; 13] = ['*', '△', '▽', '▲', '▼', '·', '?', '×', '~', '^', '└', '┘', '╭'];

/// Presses a key, and returns what the terminal must do.
fn effect(app: &mut App, key: char) -> Option<Effect> {
    app.handle(&Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE))).effect
}

fn body(app: &App) -> String {
    let text = screen(app);
    let lines: Vec<&str> = text.lines().collect();
    lines[1..lines.len() - 1].join("\n")
}

#[test]
fn the_list_the_map_and_england_have_no_other_signs() {
    for (width, height) in [(80, 24), (120, 36), (160, 50)] {
        let mut app = record_app(width, height);
        for key in ["", "t", "t", "t"] {
            press(&mut app, key);
            let list = app.screen().list.as_ref().unwrap();
            let cells = list.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
            let heads = list.columns.iter().map(|column| column.label.as_str());
            for text in cells.chain(heads) {
                assert!(!text.contains(GONE), "{text:?} at {width}x{height}");
            }
            press(&mut app, "m");
            assert!(!body(&app).replace(" · ", " ").contains(GONE), "{}", screen(&app));
            press(&mut app, "<esc>");
        }
    }
}

#[test]
fn names_at_80_by_24_have_room() {
    let app = record_app(80, 24);
    let name = app.screen().list.as_ref().unwrap().columns[0].width;
    assert!(name > 21, "{name} columns with the space after them");
}

#[test]
fn the_first_sight_is_bristol_with_its_grades_and_the_words_of_its_councillor() {
    let app = record_app(80, 24);
    let shown = screen(&app);
    for words in
        ["Councils", "▌Bristol", "Leaders  Requires improvement  ↓", "England", "Said of grade 1 in 2006", "Jos Clark"]
    {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let right = |line: &str| line.rsplit('│').next().unwrap_or_default().trim().to_owned();
    let lines: Vec<String> = shown.lines().map(right).collect();
    let quote = lines.iter().position(|line| line.starts_with("‘before we completed")).unwrap();
    assert_eq!(lines[quote + 1], "restructuring of the Children and", "three lines of it: {shown}");
    let asked = lines.iter().position(|line| line.starts_with("Asked to improve")).unwrap();
    assert!(lines[asked + 1].starts_with("again: prompt, consistent"), "{shown}");
    assert!(lines[asked + 2].ends_with(" …") && lines[asked + 3] == "and 5 more", "two lines of it: {shown}");
    assert_eq!(shown.matches(" of 153 ").count() + shown.matches(" of 151 ").count(), 4, "a line a judgement: {shown}");
}

#[test]
fn a_quote_that_goes_on_below_its_pane_ends_with_a_sign_there() {
    let last_of_pane = |app: &App| {
        let screen = screen(app);
        let lines: Vec<&str> = screen.lines().collect();
        let rule = lines.iter().position(|line| line.contains("── England")).unwrap();
        lines[rule - 1].rsplit('│').next().unwrap().trim().to_owned()
    };
    let cut = last_of_pane(&record_app(80, 24));
    assert!(cut.starts_with("Young People's Services") && cut.ends_with(" …"), "{cut}");
    let england = screen(&record_app(80, 24));
    let line = england.lines().find(|line| line.contains("110 of 151")).unwrap();
    assert!(line.trim_end().ends_with("73%"), "a row of a table is not a sentence: {line}");
}

#[test]
fn overall_is_last_in_every_table_and_its_numbers_stand_below_it() {
    for keys in ["R", "Y"] {
        let mut app = record_app(120, 36);
        press(&mut app, keys);
        let shown = screen(&app);
        let head = shown.lines().find(|line| line.contains("Leaders ") && line.contains("Overall")).unwrap();
        let at = |word: &str| head.find(word).unwrap_or_else(|| panic!("{keys}: {word}: {head}"));
        assert!(at("Leaders") < at("Help") && at("Help") < at("In care") && at("In care") < at("Leavers"), "{head}");
        assert!(at("Leavers") < at("Overall"), "{head}");
        if keys == "R" {
            let england: Vec<&str> = shown.lines().find(|line| line.contains("England")).unwrap().split("  ").collect();
            let shares: Vec<&str> = england.into_iter().map(str::trim).filter(|cell| cell.contains(" of ")).collect();
            assert!(shares[0] == "118 of 153" && shares[4] == "107 of 142", "{shares:?}");
        }
    }
}

#[test]
fn words_stand_over_the_grades_where_the_list_has_months_strip_and_regions() {
    let heads = |width, height| screen(&record_app(width, height)).lines().nth(1).unwrap().to_owned();
    for word in ["Leaders", "Help", "In care", "Leavers", "Overall", "report", "since 2013", "region"] {
        assert!(heads(160, 50).contains(word), "{word}: {}", heads(160, 50));
    }
    assert!(heads(100, 28).contains("Le He Ca Cl Ov"));
}

#[test]
fn an_opened_page_has_grades_what_to_improve_and_what_was_said_in_sight() {
    for name in ["bristol", "liverpool", "stoke", "birmingham", "devon"] {
        let mut app = record_app(80, 24);
        press(&mut app, &format!("/{name}<enter><enter>"));
        let shown = squeezed(&screen(&app));
        let detail = app.screen().detail.as_ref().unwrap();
        assert_eq!(detail.scroll, 0);
        assert!(shown.contains("Leaders") && shown.contains("Asked to improve"), "{shown}");
        assert!(shown.contains("Said of") || shown.contains("What happened") || shown.contains("History"), "{shown}");
        let asked = detail.page.lines.iter().take(21).flat_map(|line| line.figures());
        let asked: std::collections::HashSet<_> =
            asked.filter(|figure| matches!(figure, scrutineer::app::Figure::Recommendation { .. })).collect();
        assert!(asked.len() >= 3, "{name}: {}", screen(&app));
    }
}

#[test]
fn england_stays_england_while_searching() {
    let mut app = record_app(120, 36);
    let england = |app: &App| app.screen().statistics.as_ref().unwrap().page.lines.clone();
    let before = england(&app);
    press(&mut app, "/leeds");
    assert_eq!(england(&app), before);
}

#[test]
fn the_palette_knows_the_words_of_people() {
    for word in [
        "today",
        "2006",
        "clear",
        "print",
        "quote",
        "said",
        "improve",
        "send",
        "theme",
        "settings",
        "fetch",
        "export",
        "page",
        "leavers r",
        "london",
        "leeds",
    ] {
        let mut app = record_app(80, 24);
        press(&mut app, &format!(":{word}"));
        assert!(!screen(&app).contains("Nothing has these words"), "{word}");
    }
}

/// Keys that lead into each view.
const VIEWS: [&str; 19] = [
    "",
    "<enter>",
    "3",
    "n",
    "a",
    "<enter>a",
    "d",
    "m",
    "R",
    "Y",
    " <down> c",
    "e",
    "p",
    "?",
    ":l",
    "y",
    "flon<enter>l",
    ",",
    "/l",
];

#[test]
fn the_footer_promises_nothing_that_does_not_happen() {
    for keys in VIEWS {
        let open = || {
            let mut app = record_app(120, 36);
            press(&mut app, keys);
            app
        };
        let Footer::Keys(entries) = open().screen().footer.clone() else { panic!("{keys}: a message") };
        for FooterKey { word, action, .. } in entries {
            let does = |action: Action| {
                let mut app = open();
                let before = frame(&app, ThemeName::Default);
                let response = app.act(action);
                response.effect.is_some() || frame(&app, ThemeName::Default) != before
            };
            let is_done = match action {
                Action::Move(Motion::Up) => does(action) || does(Action::Move(Motion::Down)),
                Action::GoToPane(Pane::List) => true,
                action => does(action),
            };
            assert!(is_done, "{word:?} does nothing after {keys:?}\n{}", screen(&open()));
        }
    }
}

fn key() -> impl Strategy<Value = KeyCode> {
    let letters = "/nadmtTRYfecpsSzy<>123 gGjklhv[]".chars().map(KeyCode::Char).collect::<Vec<_>>();
    let others = [KeyCode::Enter, KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Tab];
    prop::sample::select([letters, others.to_vec()].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn enough_escapes_lead_to_the_base_with_the_same_council(keys in prop::collection::vec(key(), 1..25)) {
        let mut app = record_app(80, 24);
        for key in keys {
            app.handle(&crossterm::event::Event::Key(KeyEvent::new(key, KeyModifiers::NONE)));
        }
        // A search that is being typed is dropped, with what it had selected.
        press(&mut app, "<esc>");
        // Pages opened from one another lead back to the first of the path in the header.
        let dataset = app.listing().dataset();
        let is_council = |part: &&String| dataset.authorities.iter().any(|one| one.name == part.as_str());
        let opened = match &app.screen().header {
            Header::Title(title) => title.path.iter().find(is_council).cloned(),
            Header::Tabs(..) => None,
        };
        let council = opened.or_else(|| app.selected().map(|authority| authority.name.to_string()));
        for _ in 0..12 {
            press(&mut app, "<esc>");
        }
        prop_assert!(app.screen().layer.is_none());
        prop_assert_eq!(app.focus(), Pane::List);
        prop_assert!(app.listing().filter().is_empty() && app.listing().view().as_at().is_none());
        prop_assert!(app.listing().query().is_empty());
        if council.is_some() {
            prop_assert_eq!(app.selected().map(|authority| authority.name.to_string()), council);
        }
    }
}

#[test]
fn a_page_opened_in_a_view_leads_back_to_the_view() {
    let mut app = record_app(80, 24);
    press(&mut app, "/liverpool<enter><enter>n<down><down><enter>");
    let neighbour = app.selected().unwrap().name.clone();
    assert_ne!(neighbour, "Liverpool");
    assert!(app.screen().layer.is_none());
    press(&mut app, "<esc>");
    assert!(screen(&app).contains("Neighbours of Liverpool"), "{}", screen(&app));
    for _ in 0..4 {
        press(&mut app, "<esc>");
    }
    assert_eq!(app.focus(), Pane::List);
    assert_eq!(app.selected().unwrap().name, "Liverpool", "whose page and neighbours were left last");
}

#[test]
fn a_page_opened_on_the_map_is_as_at_the_day_of_the_map() {
    let mut app = record_app(80, 24);
    press(&mut app, "m[[[[[[[[[[[<enter>");
    let shown = screen(&app);
    assert!(shown.contains("published by 30 September 2015") || shown.contains("30 September 2015"), "{shown}");
    assert!(!shown.contains("10 March 2023"), "{shown}");
}

#[test]
fn those_who_said_something_and_those_with_a_known_direction_are_listed() {
    let mut app = record_app(80, 24);
    press(&mut app, "fsaid<enter><esc>");
    let said = app.listed_names().len();
    assert!(said > 10 && said < 153 && app.listed_names().contains(&"Bristol"), "{said}");
    let mut app = record_app(80, 24);
    press(&mut app, "fdirection<enter><esc>");
    assert!(app.listed_names().contains(&"Stoke-on-Trent"), "{}", screen(&app));
    assert!(screen(&app).contains("known: direction"), "{}", screen(&app));
}

#[test]
fn choices_are_taken_off_one_at_a_time_the_newest_first() {
    let mut app = record_app(120, 36);
    press(&mut app, "flondon<enter><esc>");
    app.act(Action::Earlier);
    press(&mut app, "fleavers r<enter><esc>");
    let header = |app: &App| screen(app).lines().next().unwrap().to_owned();
    assert!(header(&app).contains("London › published by 30 June 2026 › Leavers R"), "{}", header(&app));
    press(&mut app, "<esc>");
    assert!(header(&app).contains("London › published by 30 June 2026   Esc clears"), "{}", header(&app));
    press(&mut app, "<esc>");
    assert!(header(&app).contains("London   Esc clears"), "{}", header(&app));
    press(&mut app, "<esc>");
    assert_eq!(app.listing().len(), 153);
}

#[test]
fn going_back_takes_off_what_came_last_also_a_date_above_a_page_or_a_view() {
    let mut app = record_app(80, 24);
    press(&mut app, "<enter><");
    assert!(screen(&app).lines().next().unwrap().contains("Bristol › published by"), "{}", screen(&app));
    press(&mut app, "<esc>");
    assert!(app.listing().view().as_at().is_none() && squeezed(&screen(&app)).contains("Today › Bristol Esc back"));
    press(&mut app, "<esc>n<");
    press(&mut app, "<esc>");
    assert!(app.listing().view().as_at().is_none() && screen(&app).contains("Neighbours of Bristol"));
}

#[test]
fn a_page_opened_among_the_neighbours_of_a_page_leads_back_to_both() {
    let mut app = record_app(80, 24);
    press(&mut app, ":liverpool<enter>n<down><down><enter>");
    let other = app.selected().unwrap().name.to_string();
    assert_ne!(other, "Liverpool");
    press(&mut app, "<esc>");
    assert!(screen(&app).contains("Neighbours of Liverpool"), "{}", screen(&app));
    press(&mut app, "<esc>");
    assert_eq!(app.selected().unwrap().name, "Liverpool");
    assert!(screen(&app).contains("metropolitan borough · North West"), "the page of Liverpool: {}", screen(&app));
}

#[test]
fn a_search_begun_on_a_page_leads_back_to_the_page() {
    let mut app = record_app(80, 24);
    press(&mut app, "<enter>/bar<esc>");
    assert_eq!(app.selected().unwrap().name, "Bristol");
    assert!(squeezed(&screen(&app)).contains("Today › Bristol Esc back"), "{}", screen(&app));
    press(&mut app, "<esc>");
    assert!(app.screen().list.is_some());
}

#[test]
fn directions_and_statements_are_lists_with_their_words() {
    let dataset = record().unwrap().dataset;
    let directions = || {
        let all = dataset.authorities.iter().flat_map(|one| one.events.iter().map(move |event| (one, event)));
        all.filter(|(_, event)| event.kind == EventKind::Direction)
    };
    let no_end = directions().filter(|(_, event)| event.until.is_none() && event.ended.is_none()).count();
    let mut councils: Vec<&str> = directions().map(|(one, _)| one.name.as_str()).collect();
    councils.dedup();
    let mut without: Vec<&str> = directions()
        .filter(|(_, event)| event.until.is_none() && event.ended.is_none())
        .map(|(one, _)| one.name.as_str())
        .collect();
    without.sort_unstable();
    let mut app = record_app(80, 24);
    press(&mut app, ":direct<enter>");
    let answer = squeezed(&screen(&app));
    assert!(answer.contains(&format!("{} times in {} councils", directions().count(), councils.len())), "{answer}");
    assert!(answer.contains(&format!("no end is known of {no_end}, which come first.")), "{answer}");
    assert!(answer.contains("end not known"), "{answer}");
    press(&mut app, "<down><enter>");
    assert_eq!(app.selected().unwrap().name, without[1], "the second without an end");
    press(&mut app, "<esc>");
    let ended = directions().filter(|(_, event)| event.until.is_some() || event.ended.is_some());
    let ended = ended.map(|(one, _)| one.name.as_str());
    // The selection is still on the second.
    for _ in 1..no_end {
        press(&mut app, "<down>");
    }
    press(&mut app, "<enter>");
    assert_eq!(app.selected().unwrap().name, ended.min().unwrap(), "then those that ended, by name");
    press(&mut app, "<esc>");
    press(&mut app, "g");
    assert!(squeezed(&screen(&app)).contains("no end is known"));

    let quotes: usize = dataset.authorities.iter().flat_map(|one| &one.assessments).map(|one| one.quotes.len()).sum();
    let mut app = record_app(80, 24);
    press(&mut app, ":said<enter>");
    let said = screen(&app);
    assert!(said.contains(&format!("{quotes} statements")), "{said}");
    let bristol = dataset.authorities.iter().find(|one| one.name == "Bristol").unwrap();
    assert!(bristol.assessments.iter().any(|one| !one.quotes.is_empty()));
    press(&mut app, "<end>");
    assert!(screen(&app).contains("Said of"), "{}", screen(&app));
    press(&mut app, "<esc>flondon<enter><esc>:said<enter>");
    assert!(!screen(&app).contains(&format!("{quotes} statements")), "only of London");
}

#[test]
fn a_page_found_by_a_search_leads_back_to_the_search_and_not_to_an_older_view() {
    let mut app = record_app(80, 24);
    press(&mut app, "n<down><enter>/hull<enter><enter>");
    assert_eq!(app.selected().unwrap().name, "Kingston upon Hull");
    press(&mut app, "<esc>");
    assert!(app.screen().layer.is_none(), "{}", screen(&app));
    assert!(screen(&app).contains("“hull”"), "{}", screen(&app));
}

#[test]
fn lists_of_what_was_said_and_done_keep_to_the_search_and_the_filter_also_when_exported() {
    let mut app = record_app(80, 24);
    press(&mut app, "/bristol<enter>:said<enter>");
    let shown = screen(&app);
    assert!(shown.contains("of 1 council") && !shown.contains("Barnet"), "{shown}");
    let mut app = record_app(80, 24);
    press(&mut app, "flondon<enter><esc>:direct<enter>");
    assert!(!screen(&app).contains("Birmingham"), "{}", screen(&app));
    press(&mut app, "x");
    assert!(screen(&app).contains("scrutineer-ilacs-direction-london.csv"), "{}", screen(&app));
    let dataset = record().unwrap().dataset;
    let scrutineer::app::ExportOf::Events(_, _, councils) = app.export_of() else { panic!("nothing is exported") };
    assert!(!councils.is_empty());
    for id in councils {
        assert_eq!(dataset.authorities[id.0].region.as_deref(), Some("London"));
    }
}

#[test]
fn the_arrows_of_an_export_change_the_ending_and_nothing_else_of_the_path() {
    for (typed, path) in
        [("../out", "../out.html"), ("foo.d/bar", "foo.d/bar.html"), ("abc.2026", "abc.2026.html"), ("a.md", "a.json")]
    {
        let mut app = record_app(80, 24);
        press(&mut app, &format!("x<ctrl-u>{typed}<down>"));
        assert!(screen(&app).lines().any(|line| line.trim() == path), "{typed}: {}", screen(&app));
    }
}

#[test]
fn a_neighbour_is_bold_where_it_is_better_and_faint_where_it_is_worse() {
    use ratatui::style::Modifier;
    let mut app = record_app(80, 24);
    press(&mut app, "n");
    let buffer = frame(&app, ThemeName::Default);
    let shown = screen(&app);
    let (y, line) = shown.lines().enumerate().find(|(_, line)| line.trim_start().starts_with("Kirklees")).unwrap();
    let start = shown.lines().find(|line| line.contains("Le He Ca Cl Ov")).unwrap().find("Le He").unwrap();
    // Bristol is R R G G R, Kirklees G G G R G.
    let weights: Vec<(String, bool, bool)> = (0..5)
        .map(|column| {
            let cell = &buffer[(u16::try_from(start + column * 3).unwrap(), u16::try_from(y).unwrap())];
            let has = |modifier| cell.modifier.contains(modifier);
            (cell.symbol().to_owned(), has(Modifier::BOLD), has(Modifier::DIM))
        })
        .collect();
    let letter = |letter: &str, is_bold, is_faint| (letter.to_owned(), is_bold, is_faint);
    let (better, same, worse) = (letter("G", true, false), letter("G", false, false), letter("R", false, true));
    assert_eq!(weights, [better.clone(), better.clone(), same, worse, better], "{line}");
}

#[test]
fn the_history_has_each_judgement_below_itself_and_others_in_words() {
    let mut app = record_app(120, 36);
    press(&mut app, "<enter>");
    let shown = screen(&app);
    let rows: Vec<&str> = shown.lines().filter(|line| line.contains(" Le ") && line.contains(" Ov ")).collect();
    assert_eq!(rows.len(), 3, "{shown}");
    for letters in ["Le ", "He ", "Ca ", "Cl ", "Ov "] {
        let columns: Vec<usize> = rows.iter().map(|row| row.split(letters).next().unwrap().chars().count()).collect();
        assert!(columns.iter().all(|column| *column == columns[0]), "{letters}: {columns:?}");
    }
    assert!(shown.contains("Adoption G") && shown.contains("Services 1"), "{shown}");
    assert!(!shown.contains(" Ad ") && !shown.contains(" Sv "));
}

#[test]
fn a_part_of_the_map_says_that_there_is_more_and_the_tile_that_is_selected_keeps_its_colour() {
    let mut app = record_app(60, 15);
    press(&mut app, "m");
    let dots = |app: &App| screen(app).lines().filter(|line| line.trim_end().ends_with('…')).count();
    assert_eq!(dots(&app), 2, "above and below");
    let mut app = record_app(120, 36);
    press(&mut app, "m");
    assert_eq!(dots(&app), 0, "all of it is there");
    let shown = screen(&app);
    let (y, line) = shown.lines().enumerate().find(|(_, line)| line.contains("▌RBrs")).unwrap();
    let x = line.split("RBrs").next().unwrap().chars().count();
    let buffer = frame(&app, ThemeName::Dark);
    let cell = &buffer[(u16::try_from(x).unwrap(), u16::try_from(y).unwrap())];
    assert!(cell.modifier.contains(ratatui::style::Modifier::REVERSED));
    let amber = scrutineer::ui::Theme::named(ThemeName::Dark).grade(2).fg.unwrap();
    assert_eq!(cell.bg, amber, "in reverse, its letter has the colour of the grade");
}

#[test]
fn what_is_asked_for_most_is_what_the_answer_names_first() {
    let most = |arguments: &[&str]| {
        let (answer, ..) = crate::common::run(&[&["areas", "--format", "json"], arguments].concat());
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        let codes = answer["codes"].as_array().unwrap();
        let most = codes.iter().max_by_key(|code| code["asked"].as_u64()).unwrap();
        let least = codes.iter().min_by_key(|code| code["asked"].as_u64()).unwrap();
        assert!(most["asked"].as_u64() > least["asked"].as_u64());
        format!("{}, {} of {}", most["label"].as_str().unwrap().to_lowercase(), most["asked"], most["of"])
    };
    let mut app = record_app(160, 50);
    press(&mut app, "a");
    let shown = squeezed(&screen(&app));
    assert!(shown.contains(&format!("were asked about the subject {};", most(&[]))), "{shown}");
    assert!(shown.contains(&format!("about the practice {}.", most(&["--by", "practice"]))), "{shown}");
}

#[test]
fn a_page_opened_on_a_dated_map_leads_back_to_the_map_and_the_list_of_today() {
    let mut app = record_app(100, 30);
    press(&mut app, "m[[<enter>");
    assert!(app.listing().view().as_at().is_some(), "the page is as at the day of the map");
    press(&mut app, "<esc>");
    assert!(app.listing().view().as_at().is_none(), "the list is not");
    let header = screen(&app).lines().next().unwrap().to_owned();
    assert_eq!(header.matches("published by").count(), 1, "{header}");
    assert!(header.contains("Esc back"), "{header}");
    press(&mut app, "<esc>");
    assert!(app.screen().layer.is_none());
    // A day chosen before stays.
    press(&mut app, "<lt>m[[<enter><esc><esc>");
    assert!(app.listing().view().as_at().is_some());
}

#[test]
fn a_page_opened_in_a_view_shows_its_path_in_a_narrow_window_too() {
    for (width, height) in [(60, 18), (40, 12)] {
        let mut app = record_app(width, height);
        press(&mut app, "n<down><down><enter>");
        let header = screen(&app).lines().next().unwrap().to_owned();
        assert!(header.contains("Leeds") && header.contains("Esc"), "{width}x{height}: {header}");
    }
}

#[test]
fn another_tab_on_the_map_is_as_at_its_newest_day_and_another_framework_forgets_the_order_by_a_grade() {
    let mut app = record_app(100, 30);
    press(&mut app, "m[[");
    assert!(screen(&app).contains("Map, published by"));
    press(&mut app, "ttt");
    assert!(!screen(&app).contains("Map, published by"), "{}", screen(&app));
    let mut app = record_app(100, 30);
    press(&mut app, "ss");
    let leaders = app.listing().column_order();
    assert_ne!(leaders, scrutineer::query::Sort::default());
    press(&mut app, "ttt");
    assert_eq!(app.listing().column_order(), scrutineer::query::Sort::default());
}

#[test]
fn q_closes_what_is_open_before_it_quits() {
    for (keys, open) in [("<enter>", "Esc back"), ("z", "Esc back"), ("m", "Esc back")] {
        let mut app = record_app(80, 24);
        press(&mut app, keys);
        assert!(screen(&app).contains(open), "{keys}: {}", screen(&app));
        assert_eq!(effect(&mut app, 'q'), None, "{keys}");
        assert!(!screen(&app).contains(open), "{keys}: {}", screen(&app));
        assert_eq!(effect(&mut app, 'q'), Some(Effect::Quit), "{keys}");
    }
}

#[test]
fn what_does_not_fit_beside_a_judgement_goes_on_below_it() {
    let mut app = record_app(80, 24);
    press(&mut app, "/dudley<enter>");
    let shown = screen(&app);
    let right: Vec<&str> = shown.lines().map(|line| line.rsplit('│').next().unwrap().trim()).collect();
    let at = right.iter().position(|line| line.starts_with("Leavers  – before")).unwrap();
    assert_eq!(format!("{} {}", right[at], right[at + 1]), "Leavers  – before the category existed", "{shown}");
    // Whatever is wider than its pane ends with a sign for that.
    let mut app = record_app(40, 12);
    press(&mut app, ",");
    assert!(screen(&app).contains('…') && !screen(&app).contains("whatever colour\n"), "{}", screen(&app));
}

#[test]
fn the_palette_takes_a_whole_word_before_the_beginning_of_one() {
    for (typed, title) in [("theme", "Settings"), ("themes", "Asked to improve"), ("quote", "Copy"), ("fetch", "Help")]
    {
        let mut app = record_app(80, 24);
        press(&mut app, &format!(":{typed}<enter>"));
        assert!(screen(&app).contains(title), "{typed}: {}", screen(&app));
    }
    let mut app = record_app(80, 24);
    press(&mut app, "?/quotes");
    assert!(squeezed(&screen(&app)).contains("quotes of officials"), "{}", screen(&app));
}

#[test]
fn a_published_figure_stands_beside_our_count_of_the_same_total() {
    let mut app = record_app(200, 60);
    press(&mut app, ":2006<enter>");
    let shown = squeezed(&screen(&app));
    assert!(shown.contains("they said we count verdict"), "{shown}");
    let row = |words: &str| {
        let screen = screen(&app);
        let lines: Vec<String> = screen.lines().map(|line| squeezed(line.rsplit('│').next().unwrap())).collect();
        let at = lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {screen}"));
        lines[at..at + 2].join(" ")
    };
    // Of 102 assessed, our sources name 17 grades: 15 match, and the 85 others may.
    assert!(row("Services: good or better").contains("15 to 100 of 102"), "{}", row("Services: good or better"));
    assert!(row("assessed 102").contains("18 to 150 of 150"), "{}", row("assessed 102"));
}

#[test]
fn the_map_comes_back_to_the_judgement_it_had_before_2018() {
    let mut app = record_app(120, 36);
    press(&mut app, "m2");
    let at_first = squeezed(&screen(&app));
    press(&mut app, "[[[[[[[[[");
    assert!(squeezed(&screen(&app)).contains("Overall of both kinds"), "{}", screen(&app));
    press(&mut app, "]");
    let in_2018 = squeezed(&screen(&app));
    assert!(in_2018.contains("no assessment by then, of the inspections"), "{}", screen(&app));
    press(&mut app, "]]]]]]]]");
    assert_eq!(squeezed(&screen(&app)), at_first);
}

#[test]
fn what_is_new_has_the_inspections_of_special_educational_needs() {
    let mut app = record_app(80, 24);
    press(&mut app, "d3");
    let mut seen = String::new();
    for _ in 0..60 {
        seen += &squeezed(&screen(&app));
        press(&mut app, "<pgdn>");
    }
    let dataset = record().unwrap().dataset;
    let newest = |one: &&Assessment| one.framework.is_of_council();
    let newest =
        dataset.authorities.iter().flat_map(|one| &one.assessments).filter(newest).filter_map(|one| one.date).max();
    let since = newest.unwrap().days_before(365).unwrap();
    let of_areas = dataset.authorities.iter().flat_map(|one| &one.assessments);
    let count = of_areas.filter(|one| !one.framework.is_of_council() && one.is_published_since(since)).count();
    assert!(
        count > 10 && seen.contains(&format!("{count} inspections of special educational needs since then")),
        "{count}"
    );
}

#[test]
fn the_footer_does_not_offer_what_does_nothing() {
    let footer = |keys: &str, size: (u16, u16)| {
        let mut app = record_app(size.0, size.1);
        press(&mut app, keys);
        screen(&app).lines().last().unwrap().to_owned()
    };
    assert!(footer("d", (160, 50)).contains("1–3 days"), "no file before: {}", footer("d", (160, 50)));
    assert!(!footer("m", (160, 50)).contains("compare"), "nothing is marked");
    assert!(footer(" m", (160, 50)).contains("compare"), "one is marked");
    assert!(!footer(":send<enter>", (160, 50)).contains("asked") && footer("", (160, 50)).contains("asked"));
    // A line that is typed takes the key of the help as text.
    assert!(!footer("f<end>", (80, 24)).contains("shows all keys"), "{}", footer("f<end>", (80, 24)));
}

#[test]
fn the_header_keeps_the_order_of_a_view_and_of_a_day_chosen_after_a_search_was_dropped() {
    let mut app = record_app(160, 50);
    press(&mut app, "/leeds<enter>n<down><enter>");
    assert!(app.listing().query().is_empty(), "a neighbour is no Leeds");
    press(&mut app, "<lt>");
    let header = screen(&app).lines().next().unwrap().to_owned();
    let at = |words: &str| header.find(words).unwrap_or_else(|| panic!("{words}: {header}"));
    assert!(at("Neighbours of Leeds") < at("published by"), "{header}");
}

#[test]
fn the_published_figures_are_a_few_keys_away_with_the_verdicts_in_sight() {
    let mut app = record_app(80, 24);
    press(&mut app, ":right<enter>");
    let shown = squeezed(&screen(&app));
    assert!(
        shown.contains("they said we count verdict") && shown.contains("60% good or better 91 to 93 of 153 fits"),
        "{shown}"
    );
    press(&mut app, "<esc>:2006<enter>:published<enter>");
    assert!(squeezed(&screen(&app)).contains("assessed 102 of 150 (68%) 18 to 150 of 150 fits"), "{}", screen(&app));
}

#[test]
fn regions_and_years_begin_with_an_answer() {
    let mut app = record_app(80, 24);
    press(&mut app, "R");
    let shown = squeezed(&screen(&app));
    assert!(
        shown.contains("Leaders, good or better: the largest share in ") && shown.contains("the smallest in "),
        "{shown}"
    );
    press(&mut app, "<esc>Y");
    let shown = squeezed(&screen(&app));
    assert!(shown.contains("Leaders, good or better: 118 of 153 (77%) by 20 August 2026, "), "{shown}");
    assert!(shown.contains(" at the end of 2021."), "{shown}");
}

#[test]
fn a_page_fills_a_large_window_and_a_small_one_names_its_tab() {
    let mut app = record_app(200, 60);
    press(&mut app, "<enter>");
    let shown = squeezed(&screen(&app));
    assert!(shown.contains("Special educational needs") && shown.contains("History"), "{shown}");
    assert!(!shown.contains("Barking and Dagenham R"), "the list is behind it: {shown}");
    let mut app = record_app(60, 15);
    assert!(screen(&app).lines().next().unwrap().contains("1 Today"), "{}", screen(&app));
    press(&mut app, "tt");
    assert!(screen(&app).lines().next().unwrap().contains("1 2013–18"), "{}", screen(&app));
}

#[test]
fn the_copied_command_prints_what_is_on_the_screen() {
    for (keys, expected) in [
        ("R", "scrutineer stats --by region"),
        ("Y", "scrutineer stats --by year"),
        ("n", "scrutineer neighbours Bristol"),
        ("d1", "scrutineer changes --since 2026-07-21"),
        (" /leeds<enter> c", "scrutineer compare Bristol Leeds"),
        (":said<enter>", "scrutineer list --said"),
        (":direct<enter>", "scrutineer events --kind direction"),
        ("a", "scrutineer areas"),
        ("m", "scrutineer map --category leaders"),
        ("<enter>", "scrutineer show Bristol"),
    ] {
        let mut app = record_app(120, 36);
        press(&mut app, keys);
        press(&mut app, "y");
        let Some(Effect::Copy(command)) = effect(&mut app, 'c') else { panic!("{keys}: nothing") };
        assert_eq!(command, expected, "{keys}");
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let done = crate::common::program().args(words).output().unwrap();
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let mut app = record_app(120, 36);
    press(&mut app, "<lt>Ry");
    let Some(Effect::Copy(command)) = effect(&mut app, 'c') else { panic!("nothing") };
    assert!(command.starts_with("scrutineer stats --by region --as-at 2026-"), "{command}");
    for keys in ["R", "Y"] {
        let mut app = record_app(120, 36);
        press(&mut app, &format!("{keys}y"));
        let Some(Effect::Copy(sentence)) = effect(&mut app, 's') else { panic!("{keys}: nothing") };
        assert!(
            sentence.contains("Leaders, good or better: ") && sentence.contains("judgements by Ofsted"),
            "{sentence}"
        );
    }
}

#[test]
fn what_does_not_fit_in_the_first_column_of_a_page_goes_below_the_second() {
    let mut app = record_app(120, 36);
    press(&mut app, "<enter>");
    let shown = screen(&app);
    let line = shown.lines().find(|line| line.contains("Said of the inspection in 2014")).unwrap();
    assert!(line.split('│').nth(1).unwrap().contains("Said of the inspection in 2014"), "{shown}");
    assert!(squeezed(&shown).contains("in our words: said that the report held nothing"), "{shown}");
}

#[test]
fn a_theme_is_a_few_keys_away() {
    let mut app = record_app(80, 24);
    press(&mut app, ":dark");
    let done = app.handle(&Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
    assert_eq!(done.effect, Some(Effect::Set { name: "theme", value: "\"dark\"".to_owned() }));
    assert_eq!(app.theme(), ThemeName::Dark);
    assert!(!screen(&app).contains("What to do"), "the palette is closed");
}
