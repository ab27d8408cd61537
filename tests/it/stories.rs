//! User stories: key scripts, and what the user then sees.

use crate::common::{app, app_on, press, record_app, screen, squeezed};
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use scrutineer::app::{App, Effect, ExportOf, Figure};
use scrutineer::layout::Pane;

fn selected(app: &App) -> &str {
    app.selected().map_or("", |a| a.name.as_str())
}

fn sees(app: &App, words: &str) {
    let screen = screen(app);
    assert!(squeezed(&screen).contains(words), "{words:?} is not on\n{screen}");
}

#[test]
fn look_up_bristol_read_why_the_councillor_objects_see_the_source() {
    let mut app = app(120, 36);
    press(&mut app, "/bris<enter>");
    assert_eq!(selected(&app), "Bristol");
    sees(&app, "Jos Clark");
    sees(&app, "significant progress we have made");
    press(&mut app, "<tab>e");
    sees(&app, "Bristol City Council also received the lowest rating - grade 1 - for its children's services.");
    sees(&app, "Nursery World");
    press(&mut app, "<esc>");
    assert_eq!(app.focus(), Pane::Detail);
}

#[test]
fn a_clerk_finds_grades_reply_and_notes_of_stoke() {
    let mut app = app(120, 60);
    press(&mut app, "/stoke<enter>2z");
    sees(&app, "■□□□ 1 Inadequate");
    sees(&app, "Mark Meredith");
    sees(&app, "elected mayor");
    sees(&app, "Notes");
    press(&mut app, "e");
    sees(&app, "The Government is to send in a specialist team of advisors to Stoke-on-Trent council");
    sees(&app, "What 1 Inadequate means");
}

#[test]
fn an_analyst_narrows_the_counts_with_the_list() {
    let mut app = app(120, 36);
    sees(&app, "86 of 102 84%");
    press(&mut app, "/shire");
    sees(&app, "86 of 102 84%");
    press(&mut app, "<esc>3z");
    sees(&app, "good or better 86 of 102 (84%)");
}

#[test]
fn a_journalist_looks_up_the_source_of_a_national_figure() {
    let mut app = app(120, 36);
    press(&mut app, "3<right><right><right><right>e");
    sees(&app, "Good or better: 86 of 102 (84%)");
    sees(&app, "15 of the 17 known. The true count is between 15 and 100.");
    sees(&app, "86 local authorities were found to provide good or better services");
}

#[test]
fn the_unknown_split_is_one_figure() {
    let mut app = app(120, 36);
    press(&mut app, "3z");
    sees(&app, "adequate or inadequate 11 of 102 (11%)");
    let split =
        app.screen().statistics.as_ref().unwrap().page.figures().filter(|figure| matches!(figure, Figure::Claim(_)));
    let split = split.collect::<std::collections::HashSet<_>>();
    assert!(split.len() > 6, "each published figure is one");
}

#[test]
fn a_search_for_a_missing_authority_says_why_it_is_missing() {
    let mut app = app(120, 36);
    press(&mut app, "<down><down>/leeds");
    for words in ["codes and regions of the 18 councils", "48 were not"] {
        sees(&app, words);
    }
    sees(&app, "Esc goes back to where you were.");
    press(&mut app, "<esc>");
    assert_eq!(selected(&app), "Camden");
}

#[test]
fn escape_clears_a_confirmed_search() {
    let mut app = app(120, 36);
    press(&mut app, "G/stoc<enter>");
    assert_eq!(app.listed_names(), ["Stockton-on-Tees"]);
    press(&mut app, "<esc>");
    assert_eq!(selected(&app), "Stockton-on-Tees", "what was found and kept stays the current council");
    assert_eq!(app.listed_names().len(), 18);
}

#[test]
fn arrow_keys_move_while_a_search_is_typed() {
    let mut app = app(120, 36);
    press(&mut app, "/shire<down>");
    let second = app.listed_names()[1].to_owned();
    assert_eq!(selected(&app), second);
    press(&mut app, "<ctrl-u>");
    assert_eq!(app.listed_names().len(), 18);
}

#[test]
fn absent_grades_come_last_in_both_directions() {
    let mut app = app(120, 36);
    press(&mut app, "sss");
    let names: Vec<String> = app.listed_names().into_iter().map(String::from).collect();
    assert_eq!(names[..2], ["Camden", "Ealing"]);
    assert_eq!(names[14..], ["Bristol", "Cornwall", "Stoke-on-Trent", "Torbay"]);
    press(&mut app, "S");
    let names: Vec<String> = app.listed_names().into_iter().map(String::from).collect();
    assert_eq!(names[..2], ["Cambridgeshire", "Hertfordshire"]);
    assert_eq!(names[14..], ["Bristol", "Cornwall", "Stoke-on-Trent", "Torbay"]);
}

#[test]
fn sorting_keeps_the_selected_authority() {
    let mut app = app(120, 36);
    press(&mut app, "/ealing<enter><esc>");
    press(&mut app, "<down><down><down><down>");
    let before = selected(&app).to_owned();
    press(&mut app, "s");
    assert_eq!(selected(&app), before);
}

#[test]
fn the_list_is_ordered_by_match_quality_until_s_is_pressed() {
    let mut app = app(120, 36);
    press(&mut app, "/n");
    let ranked: Vec<String> = app.listed_names().into_iter().map(String::from).collect();
    assert_ne!(ranked[0], "Bristol");
    press(&mut app, "<enter>S");
    assert_eq!(app.listed_names()[0], "Worcestershire");
    assert_eq!(app.listed_names().len(), ranked.len());
}

#[test]
fn pasted_text_goes_only_into_the_search_line() {
    let mut app = app(120, 36);
    let response = app.handle(&Event::Paste("stoke\nq\u{1b}[31m".to_owned()));
    assert_eq!(response.effect, None);
    sees(&app, "/ stoke q[31m");
    press(&mut app, "<esc>?");
    app.handle(&Event::Paste("q".to_owned()));
    sees(&app, "Ten keys");
}

#[test]
fn escape_never_quits_and_q_in_a_search_is_a_letter() {
    let mut app = app(120, 36);
    press(&mut app, "<esc><esc>/q");
    sees(&app, "/ q");
    assert_eq!(app.act(scrutineer::app::Action::Quit).effect, Some(Effect::Quit));
}

#[test]
fn arrow_keys_move_between_figures_by_row_and_cell() {
    let mut app = app(120, 36);
    press(&mut app, "3");
    let first = app.figure();
    press(&mut app, "<down><right><left><up>");
    assert_eq!(app.figure(), first);
    press(&mut app, "<up>");
    assert_eq!(app.figure(), first, "above the first figure there is none");
}

fn click(app: &mut App, column: u16, row: u16) {
    let kind = MouseEventKind::Down(MouseButton::Left);
    app.handle(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

#[test]
fn a_click_selects_what_is_under_it() {
    let mut app = app(120, 36);
    click(&mut app, 5, 5);
    assert_eq!(selected(&app), "Cornwall", "the fourth row, below the top line and the title");
    let text = screen(&app);
    let (row, line) =
        text.lines().enumerate().find(|(_, l)| l.contains("Capacity") && l.contains("91 of 102")).unwrap();
    let column = line.split("91 of").next().unwrap().chars().count();
    click(&mut app, column as u16, row as u16);
    press(&mut app, "e");
    sees(&app, "Good or better: 91 of 102");
}

#[test]
fn a_small_window_shows_one_pane_under_a_bar_of_three() {
    let mut app = app(60, 15);
    sees(&app, "1 Councils 2 Council 3 England");
    press(&mut app, "<enter>");
    assert_eq!(app.focus(), Pane::Detail);
    press(&mut app, "<esc>");
    assert_eq!(app.focus(), Pane::List);
}

#[test]
fn a_faulty_authority_is_left_out_and_reported() {
    let text = std::fs::read_to_string("assets/apa-2006.json").unwrap();
    let text = text.replacen("\"name\": \"Camden\"", "\"name\": \"Camden\", \"from\": \"soon\"", 1);
    let mut app = app_on(&text, 120, 36);
    assert_eq!(app.listed_names().len(), 17);
    sees(&app, "1 left out, see p");
    press(&mut app, "p");
    sees(&app, "authorities[2].from");
    sees(&app, "found \"soon\"");
}

#[test]
fn an_empty_dataset_opens() {
    let mut app = app_on(r#"{"format": 2, "title": "T", "publisher": "P", "authorities": []}"#, 120, 36);
    sees(&app, "There are no councils in this dataset.");
    press(&mut app, "<down>e/x<esc>2e3e?<esc>Gs");
    assert_eq!(app.listed_names().len(), 0);
}

/// Returns what a key asks the terminal to do.
fn effect(app: &mut App, key: char) -> Option<Effect> {
    let key = crossterm::event::KeyEvent::new(crossterm::event::KeyCode::Char(key), KeyModifiers::NONE);
    app.handle(&Event::Key(key)).effect
}

#[test]
fn copied_text_includes_its_source() {
    let mut app = app(120, 36);
    press(&mut app, "2y");
    sees(&app, "sentence");
    let Some(Effect::Copy(sentence)) = effect(&mut app, 's') else { panic!("nothing is copied") };
    assert_eq!(
        sentence,
        "The services for children of Bristol were judged 'inadequate' for services for children and young people \
         (Annual performance assessment 2006, published on 1 November 2006; stated: Nursery World, \
         https://nurseryworld.co.uk/content/news/council-childrens-services-face-overhaul-by-advisors)."
    );
    sees(&app, "sent to the terminal's clipboard");
    press(&mut app, "1y");
    let row = "Bristol\t1\t–\t–\tfrom the report\t2006-11-01\t\
               https://nurseryworld.co.uk/content/news/council-childrens-services-face-overhaul-by-advisors";
    assert_eq!(effect(&mut app, 'r'), Some(Effect::Copy(row.to_owned())));
}

#[test]
fn the_copied_command_line_prints_the_same_list() {
    let mut app = app(120, 36);
    press(&mut app, "/shire<enter>sSy");
    assert_eq!(effect(&mut app, 'c'), Some(Effect::Copy("scrutineer list shire --sort -services".to_owned())));
    press(&mut app, "<esc>/tower h<enter>y");
    assert_eq!(effect(&mut app, 'c'), Some(Effect::Copy("scrutineer list 'tower h'".to_owned())));
    press(&mut app, "<esc>/-ham<enter>y");
    assert_eq!(effect(&mut app, 'c'), Some(Effect::Copy("scrutineer list -- '-ham'".to_owned())));
}

#[test]
fn the_link_of_the_focused_figure_is_opened() {
    let mut app = app(120, 36);
    press(&mut app, "/torbay<enter>2e");
    let link = "http://news.bbc.co.uk/2/hi/uk_news/england/devon/6105476.stm";
    assert_eq!(effect(&mut app, 'o'), Some(Effect::Open(link.to_owned())));
    press(&mut app, "<esc><right>");
    press(&mut app, "<down>");
    assert_eq!(effect(&mut app, 'o'), None);
    sees(&app, "there is no link for this");
}

#[test]
fn a_contradicted_figure_is_marked_without_moving_the_layout() {
    let mut dataset: serde_json::Value = serde_json::from_str(include_str!("../../assets/apa-2006.json")).unwrap();
    for claim in dataset["claims"].as_array_mut().unwrap() {
        claim["of"] = 5.into();
        claim["value"] = 2.into();
    }
    let mut app = app_on(&dataset.to_string(), 160, 36);
    press(&mut app, "3z");
    let text = screen(&app);
    let row = text.lines().find(|l| l.contains("2 of 5") && l.contains("Services: ")).unwrap();
    assert!(row.contains("contradicts"), "{row}");
    let column = |line: &str| line.split("contradicts").next().unwrap().chars().count();
    let all = text.lines().find(|l| l.contains("outstanding in all three") && l.contains("contradicts")).unwrap();
    assert_eq!(column(row), column(all), "{text}");
}

#[test]
fn the_help_can_be_searched() {
    let mut app = app(120, 36);
    press(&mut app, "?/expo");
    let narrowed = screen(&app);
    assert!(narrowed.contains("/ expo"), "{narrowed}");
    assert!(narrowed.contains("export the list, or the page, table or map on top, to a file"), "{narrowed}");
    assert!(!narrowed.contains("mouse on or off"), "{narrowed}");
    press(&mut app, "<enter>");
    press(&mut app, "<esc>");
    assert!(screen(&app).contains("Ten keys"), "the first Esc drops what was looked for");
    press(&mut app, "<esc>");
    assert!(screen(&app).contains("England"), "the second closes the help");
}

#[test]
fn a_help_search_without_results_says_so() {
    let mut app = app(80, 24);
    press(&mut app, "?/zebra");
    assert!(screen(&app).contains("The help has nothing about that."));
}

#[test]
fn help_and_footer_show_the_keys_in_force() {
    let mut keys = scrutineer::app::KeyTable::default();
    keys.bind(scrutineer::app::Action::OpenSearch, &["f".parse().unwrap()]).unwrap();
    keys.bind(scrutineer::app::Action::Show(scrutineer::app::LayerKind::Sources), &["ctrl-s".parse().unwrap()])
        .unwrap();
    let loaded = std::sync::Arc::new(scrutineer::load::bundled().unwrap());
    let options = scrutineer::app::Options { keys, ..Default::default() };
    let mut app = App::with_options(loaded, ratatui::layout::Size { width: 120, height: 36 }, options);
    assert!(screen(&app).contains("f search"));
    press(&mut app, "fkent<enter>");
    assert_eq!(app.listed_names(), ["Kent"]);
    press(&mut app, "?fcomes from<enter>");
    assert!(screen(&app).contains("Ctrl-S"), "{}", screen(&app));
}

/// Returns a browser on a small history of inspections.
fn on_history(width: u16, height: u16) -> App {
    let bytes = include_bytes!("../files/history-later.csv");
    let loaded = scrutineer::load::from_reader(bytes.as_slice(), "history-later.csv").unwrap();
    App::new(std::sync::Arc::new(loaded), ratatui::layout::Size { width, height })
}

#[test]
fn filters_combine_and_are_cleared_with_one_key() {
    let mut app = on_history(120, 40);
    assert_eq!(app.listed_names(), ["Kent", "Leeds", "Surrey"]);
    press(&mut app, "f");
    assert!(screen(&app).contains("(•) ILACS"));
    press(&mut app, "south e<enter>");
    assert_eq!(app.listed_names(), ["Kent", "Surrey"]);
    press(&mut app, "<esc>");
    assert!(screen(&app).contains("South East"), "the header names the filter");
    press(&mut app, "/kent<enter>");
    assert_eq!(app.listed_names(), ["Kent"]);
    press(&mut app, "<esc>f<ctrl-x><esc>");
    assert_eq!(app.listed_names(), ["Kent", "Leeds", "Surrey"]);
}

#[test]
fn another_framework_can_be_chosen_in_the_filters() {
    let bytes = include_bytes!("../files/history.csv");
    let loaded = scrutineer::load::from_reader(bytes.as_slice(), "history.csv").unwrap();
    let mut app = App::new(std::sync::Arc::new(loaded), ratatui::layout::Size { width: 120, height: 40 });
    press(&mut app, "fsif<enter><esc>/devon<enter>");
    let shown = squeezed(&screen(&app));
    assert!(shown.contains("SIF"), "{shown}");
    press(&mut app, "y");
    let menu = squeezed(&screen(&app));
    assert!(menu.contains("scrutineer list devon --framework sif"), "{menu}");
}

#[test]
fn the_date_moves_back_and_forward_by_quarters() {
    let mut app = on_history(120, 40);
    press(&mut app, "/leeds<enter>");
    assert!(screen(&app).contains("Mar 2022"));
    press(&mut app, "<");
    assert!(screen(&app).contains("published by 30 June 2026"), "{}", screen(&app));
    for _ in 0..20 {
        app.act(scrutineer::app::Action::Earlier);
    }
    let shown = screen(&app);
    assert!(shown.contains("18 December 2018") && shown.contains("published by"), "{shown}");
    for _ in 0..40 {
        app.act(scrutineer::app::Action::Later);
    }
    assert!(!screen(&app).contains("published by"), "past the latest, what is held today is shown");
    for _ in 0..80 {
        app.act(scrutineer::app::Action::Earlier);
    }
    assert!(screen(&app).contains("nothing was published before that"));
}

#[test]
fn the_history_is_below_the_latest_inspection_with_a_rule_at_each_framework() {
    let mut app = on_history(120, 50);
    press(&mut app, "/leeds<enter>");
    let shown = screen(&app);
    let lines: Vec<&str> = shown.lines().filter(|l| l.contains("Jul 2026") || l.contains("Mar 2022")).collect();
    let new = lines.iter().find(|l| l.contains("Jul 2026  since 2018")).unwrap();
    assert!(new.contains("G↓"), "movement runs across April 2026: {new}");
    let old = lines.iter().find(|l| l.contains("Mar 2022  since 2018")).unwrap();
    assert!(old.contains("O↑") && old.contains("G↓"), "{old}");
    press(&mut app, "e");
    let words = squeezed(&screen(&app));
    assert!(words.contains("led by Cas"), "who led it is among the sources: {words}");
    assert!(words.contains("https://files.ofsted.gov.uk/v1/file/5"), "{words}");
}

#[test]
fn a_judgement_in_the_history_names_its_cell() {
    let mut app = on_history(120, 50);
    press(&mut app, "/leeds<enter>2<down><down><down><down>e");
    let sources = squeezed(&screen(&app));
    assert!(sources.contains("row 2, column overall_effectiveness_grade"), "{sources}");
    assert!(sources.contains("the file says: not_reported_post_reform"), "{sources}");
    assert!(sources.contains("https://files.ofsted.gov.uk/v1/file/5"), "{sources}");
}

#[test]
fn marked_authorities_are_shown_side_by_side() {
    let mut app = on_history(120, 40);
    press(&mut app, "c");
    assert!(screen(&app).contains("No councils are marked. Press Space in the list to mark one."));
    press(&mut app, "<esc>  c");
    let shown = screen(&app);
    assert_eq!(shown.matches(": history").count(), 2, "{shown}");
    assert!(shown.contains("They differ in Leaders; the same in Help."), "{shown}");
    let differs = shown.lines().position(|line| line.starts_with(" Leaders")).unwrap();
    assert!(shown.lines().position(|line| line.starts_with(" Help")).unwrap() > differs, "what differs is first");
    press(&mut app, "<esc><home> c");
    assert!(!screen(&app).contains("Kent"), "marked again, the mark is taken away");
}

#[test]
fn data_without_neighbours_say_so() {
    let mut app = on_history(120, 40);
    press(&mut app, "n");
    let shown = squeezed(&screen(&app));
    assert!(shown.contains("These data name no statistical neighbours"), "{shown}");
    assert!(shown.contains("0 of 2 of the region"), "{shown}");
}

#[test]
fn repairs_are_counted_in_the_header_and_listed() {
    let mut app = on_history(120, 40);
    assert!(screen(&app).contains("1 repaired, see p"));
    press(&mut app, "p");
    assert!(squeezed(&screen(&app)).contains("row 5, column in_care_grade found \"not legible\" read as unreadable"));
}

#[test]
fn the_date_shown_is_stated_at_every_size() {
    for (width, height) in [(120, 36), (80, 24), (60, 15)] {
        let mut app = on_history(width, height);
        press(&mut app, "<");
        let shown = screen(&app);
        assert!(shown.contains("published by 30 June 2026"), "{width}: {shown}");
    }
}

#[test]
fn no_count_is_truncated_in_a_narrow_pane() {
    let app = on_history(80, 24);
    let shown = screen(&app);
    assert!(shown.contains("3 councils") && shown.contains("■■□□ Requires improvement"), "{shown}");
}

/// Returns a browser on the whole record.
pub fn on_record(width: u16, height: u16) -> App {
    started_in(None, width, height)
}

/// Returns the browser on the record, started in a folder.
pub fn started_in(folder: Option<String>, width: u16, height: u16) -> App {
    let loaded = std::sync::Arc::new(scrutineer::load::record().unwrap());
    let options = scrutineer::app::Options { folder, ..Default::default() };
    App::with_options(loaded, ratatui::layout::Size { width, height }, options)
}

#[test]
fn enter_opens_the_authority_with_the_whole_answer_at_80_by_24() {
    let mut app = on_record(80, 24);
    sees(&app, "before we completed");
    press(&mut app, "T<enter>");
    for words in ["■□□□ 1 Inadequate", "not reported", "before we completed", "league table", "Nursery World"] {
        sees(&app, words);
    }
    press(&mut app, "<esc>");
    assert_eq!(app.focus(), Pane::List);
}

#[test]
fn a_click_on_a_tab_a_header_or_a_footer_key_acts() {
    let mut app = on_record(120, 36);
    let top = screen(&app).lines().next().unwrap().to_owned();
    let column = top.split("2006").next().unwrap().chars().count() as u16;
    click(&mut app, column + 1, 0);
    sees(&app, "18 of 102 named");
    click(&mut app, top.split("Today").next().unwrap().chars().count() as u16, 0);
    sees(&app, "153 councils");
    let row = screen(&app).lines().nth(1).unwrap().to_owned();
    click(&mut app, row.split("Le").next().unwrap().chars().count() as u16, 1);
    let ordered = app.screen().list.as_ref().unwrap().columns.iter().find(|column| column.is_order).unwrap();
    assert_eq!(ordered.label, "Le");
    let last = screen(&app).lines().last().unwrap().to_owned();
    click(&mut app, last.split("m map").next().unwrap().chars().count() as u16, 35);
    sees(&app, "Overall, both kinds");
    press(&mut app, "?");
    sees(&app, "On this screen");
    press(&mut app, "<esc>");
    sees(&app, "Overall, both kinds");
}

#[test]
fn q_closes_a_layer_and_quits_from_the_panes() {
    let mut app = on_record(80, 24);
    for opens in ["?", "m", "d", "n", "c", "y", "e", "p"] {
        press(&mut app, opens);
        assert!(app.screen().layer.is_some(), "{opens}");
        press(&mut app, "q");
        assert!(app.screen().layer.is_none(), "{opens}");
    }
    assert_eq!(effect(&mut app, 'q'), Some(Effect::Quit));
}

#[test]
fn the_map_shows_england_and_goes_back_to_2014() {
    let mut app = on_record(80, 24);
    press(&mut app, "m");
    sees(&app, "Leaders, newest");
    let tiles = screen(&app).lines().filter(|line| line.contains(" O") || line.contains(" G")).count();
    assert!(tiles >= 15, "{}", screen(&app));
    press(&mut app, "q");
    // In 2010, before its successors existed, Cumbria stands for both.
    press(&mut app, "ttm");
    for _ in 0..40 {
        app.act(scrutineer::app::Action::Earlier);
    }
    sees(&app, "Leaders, published by");
    press(&mut app, "<enter>");
    assert!(app.screen().layer.is_none());
}

#[test]
fn what_changed_since_july_is_one_key_away() {
    let mut app = on_record(80, 24);
    press(&mut app, "d");
    sees(&app, "9 councils of 153 with a report since 1 July 2026");
    press(&mut app, "<enter>");
    assert_eq!(selected(&app), "Lancashire");
    assert_eq!(app.focus(), Pane::Detail);
}

#[test]
fn the_palette_finds_commands_authorities_and_regions() {
    let mut app = on_record(80, 24);
    press(&mut app, ":leeds<enter>");
    assert_eq!(selected(&app), "Leeds");
    press(&mut app, ":map<enter>");
    sees(&app, "Leaders, newest");
    press(&mut app, "q:london<enter>");
    assert!(app.screen().layer.is_none());
}

#[test]
fn a_region_is_found_after_the_names() {
    let mut app = on_record(120, 36);
    press(&mut app, "/london");
    assert_eq!(app.listed_names().len(), 33);
    assert_eq!(app.listed_names()[0], "City of London");
    sees(&app, "London, 33 councils: Enter lists them");
    press(&mut app, "<enter>");
    assert!(app.listing().query().is_empty() && app.listing().filter().regions == ["London"]);
    assert_eq!(app.listed_names().len(), 33);
    press(&mut app, "<esc>/derb<enter>");
    assert!(app.listing().filter().regions.is_empty(), "no region");
    press(&mut app, "<esc>/north<enter>");
    assert!(app.listing().filter().regions.is_empty(), "two regions");
}

#[test]
fn a_national_count_can_be_focused_sourced_and_copied() {
    let mut app = on_record(120, 36);
    press(&mut app, "3");
    assert!(matches!(app.figure(), Some(Figure::Count(_))), "{:?}", app.figure());
    press(&mut app, "e");
    sees(&app, "Counted by us over the latest inspection of each council");
    press(&mut app, "<enter>");
    assert_eq!(selected(&app), "Barnet");
    press(&mut app, "3y");
    let Some(Effect::Copy(text)) = effect(&mut app, 's') else { panic!("nothing was copied") };
    assert!(
        text.contains("Impact of leaders, good or better: 118 of 153 (77%) by our count, in Inspection of"),
        "{text}"
    );
}

#[test]
fn the_national_picture_stays_national_while_searching() {
    let mut app = on_record(160, 50);
    press(&mut app, "/bristol");
    sees(&app, "118 of 153");
    sees(&app, "1 found");
    press(&mut app, "<esc>flondon<enter><esc>");
    sees(&app, "118 of 153");
    sees(&app, "30 of 33");
}

#[test]
fn an_unknown_key_says_so() {
    let mut app = on_record(80, 24);
    press(&mut app, "w");
    sees(&app, "w does nothing here; ? shows all keys");
}

#[test]
fn paging_keeps_the_focus_in_sight() {
    let mut app = on_record(80, 24);
    press(&mut app, "2z<pgdn><pgdn>");
    let pane = app.screen().detail.as_ref().unwrap();
    let height = usize::from(pane.area.height) - 2;
    let in_sight = pane.page.lines.iter().skip(pane.scroll).take(height);
    let has_figures = in_sight.clone().any(|line| !line.figures().is_empty());
    assert!(!has_figures || in_sight.clone().any(|line| line.figures().contains(&pane.focus.unwrap())));
}

#[test]
fn hidden_columns_are_marked_and_scroll_into_view() {
    let mut app = on_record(80, 24);
    let heads = |app: &App| screen(app).lines().nth(1).unwrap().split('│').next().unwrap().trim_end().to_owned();
    assert!(heads(&app).ends_with('›') && heads(&app).contains("Le He Ca Cl Ov"), "{}", screen(&app));
    press(&mut app, "<right><right><right><right>");
    assert!(heads(&app).contains("report"), "{}", screen(&app));
    press(&mut app, "<left><left><left><left>");
    assert!(heads(&app).contains("Le He Ca Cl Ov") && !heads(&app).contains("report"));
    press(&mut app, "ssssss");
    assert!(heads(&app).contains("report"), "sorting by a hidden column shows it: {}", screen(&app));
}

#[test]
fn no_name_is_truncated_beside_empty_space() {
    for keys in ["", "tt", "t"] {
        let mut app = on_record(60, 15);
        press(&mut app, keys);
        for (width, height) in (60..=220).step_by(8).flat_map(|w| (15..=70).step_by(11).map(move |h| (w, h))) {
            app.resize(ratatui::layout::Size { width, height });
            let Some(list) = app.screen().list.as_ref() else { continue };
            let name = list.columns[0].width;
            for row in &list.rows {
                let missing = scrutineer::text::display_width(&row.name).saturating_sub(name);
                let cells = list.columns.iter().skip(1).zip(&row.cells);
                let used = |at: usize, label: &str| {
                    let texts = list.rows.iter().map(|row| row.cells[at].text.chars().count());
                    texts.chain([label.chars().count()]).max().unwrap_or(0)
                };
                let blank = cells.enumerate().map(|(at, (column, _))| column.width - used(at, &column.label));
                let widest = blank.max().unwrap_or(0);
                assert!(missing == 0 || widest <= 3, "{width}x{height}: {:?}", row);
                // The detail beside it has columns to give, too.
                let is_wide = width < 100 || list.area.width >= width * 45 / 100;
                assert!(missing == 0 || is_wide, "{width}x{height}: {:?}", row);
            }
        }
    }
}

#[test]
fn london_with_care_leavers_r_or_i_takes_at_most_twelve_keys() {
    let mut app = on_record(80, 24);

    let keys = ["f", "l", "o", "<enter>", "c", "l", "<right>", "<right>", "<enter>", "<right>", "<enter>"];
    assert!(keys.len() <= 12);
    keys.iter().for_each(|key| press(&mut app, key));
    assert_eq!(app.listed_names(), ["Hackney", "Harrow", "Havering"]);
    sees(&app, "London › Leavers R or I");
    assert!(app.screen().list.is_some(), "the list is in sight beside the filters");
}

#[test]
fn a_table_is_copied_with_its_headers_dates_and_links() {
    let mut app = on_record(80, 24);
    press(&mut app, "dy");
    let Some(Effect::Copy(text)) = effect(&mut app, 'r') else { panic!("nothing was copied") };
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("council\tLeaders\tHelp\tIn care\tLeavers\tOverall\tgrades are\tpublished\tlink"));
    let first = lines.next().unwrap();
    assert!(first.starts_with("Lancashire\tO\tG\tG\tO\t–\t") && first.contains("\t2026-08-20\thttps://"), "{first}");
    assert_eq!(lines.count(), 8);
}

/// Keys that go through every pane and every layer.
pub const EVERY_LAYER: [&str; 57] = [
    "t", "t", "<down>", "<enter>", "<down>", "<esc>", "3", "<down>", "e", "<down>", "<esc>", "1", "m", "<down>",
    "<right>", "<esc>", "d", "<down>", "s", "<esc>", "n", "<down>", "<esc>", " ", "c", "<down>", "<esc>", "f",
    "<down>", "l", "<esc>", "<esc>", ":", "m", "<down>", "<esc>", "/", "k", "<esc>", "y", "<esc>", "x", "<left>",
    "<esc>", "p", "<esc>", "?", "<down>", "<esc>", "R", "<down>", "s", "<esc>", "Y", "<down>", "s", "<esc>",
];

#[test]
fn the_cursor_is_on_the_selected_thing_after_every_key() {
    for (width, height) in [(80, 24), (120, 36), (60, 15)] {
        let mut app = on_record(width, height);
        for key in EVERY_LAYER {
            press(&mut app, key);
            let at = app.screen().cursor;
            let Some(at) = at else { panic!("no cursor at {width}x{height} after {key}\n{}", screen(&app)) };
            assert!(at.x < width && at.y < height, "{at:?}");
            let Some(layer) = app.screen().layer.as_ref().filter(|layer| layer.page.cursor.is_none()) else { continue };
            let Some(focus) = layer.focus else { continue };
            let in_view = layer.page.lines.iter().skip(layer.scroll).take(usize::from(layer.area.height) - 1);
            // A long explanation may come before the first row of a table.
            if in_view.clone().any(|line| line.figures().contains(&focus)) {
                let line = in_view.clone().nth(usize::from(at.y - layer.area.y - 1)).unwrap();
                let under = line.figure_at(usize::from(at.x - layer.area.x - 1));
                assert_eq!(under, Some(focus), "{key}\n{}", screen(&app));
            }
        }
    }
}

#[test]
fn what_is_copied_from_the_map_is_about_the_tile() {
    let mut app = on_record(80, 24);
    press(&mut app, "/leeds<enter><esc>m<down>");
    press(&mut app, "y");
    let Some(Effect::Copy(text)) = effect(&mut app, 's') else { panic!("nothing was copied") };
    assert!(text.starts_with("Ofsted judged the services for children of ") && !text.contains("Barking"), "{text}");
    assert!(text.contains("for impact of leaders (") && !text.contains("care leavers"), "{text}");
    press(&mut app, "5y");
    let Some(Effect::Copy(text)) = effect(&mut app, 's') else { panic!("nothing was copied") };
    assert!(text.contains(" for care leavers ("), "{text}");
    press(&mut app, "<");
    press(&mut app, "y");
    let Some(Effect::Copy(text)) = effect(&mut app, 'c') else { panic!("nothing was copied") };
    assert_eq!(text, "scrutineer map --category care-leavers --as-at 2026-06-30");
    press(&mut app, "<esc>");
    press(&mut app, "d<down>y");
    let Some(Effect::Copy(text)) = effect(&mut app, 's') else { panic!("nothing was copied") };
    assert!(text.contains("Portsmouth"), "{text}");
}

#[test]
fn a_region_search_finds_no_authority_that_ended() {
    let mut app = on_record(80, 24);
    press(&mut app, "/south west");
    assert!(!app.listed_names().contains(&"Avon") && app.listed_names().contains(&"Bristol"));
    assert_eq!(app.listed_names().len(), 15);
}

#[test]
fn a_predecessor_on_two_tiles_is_counted_once() {
    let mut app = on_record(120, 36);
    press(&mut app, "m");
    for _ in 0..32 {
        app.act(scrutineer::app::Action::Earlier);
    }
    let shown = screen(&app);
    assert!(shown.contains("of a council before them"), "{shown}");
    let count = |word: &str| -> u32 {
        let line = shown.lines().find_map(|line| line.split_once(word)).map(|(_, rest)| rest.trim());
        line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    let words = ["Outstanding", "Good ", "Requires improvement", "Inadequate", "no grade"];
    let counted: u32 = words.into_iter().map(count).sum();
    assert!((140..153).contains(&counted), "{counted}: {shown}");
}

#[test]
fn a_movement_in_the_list_is_in_the_detail_too_at_every_size() {
    for (width, height) in [(80, 24), (100, 30), (120, 36), (160, 50), (200, 60)] {
        let mut app = on_record(width, height);
        press(&mut app, "/bristol<enter>");
        let detail = app.screen().detail.as_ref().unwrap();
        let is_leaders = |line: &&scrutineer::app::screen::Line| line.spans.iter().any(|span| span.text == "Leaders");
        let line = detail.page.lines.iter().find(is_leaders).unwrap();
        let text: String = line.spans.iter().map(|span| span.text.as_ref()).collect();
        assert!(text.contains('↓'), "{width}x{height}: {text}");
    }
}

#[test]
fn the_palette_finds_the_authorities_of_a_region_as_the_search_does() {
    let mut app = on_record(80, 24);
    press(&mut app, ":london");
    sees(&app, "City of London");
    sees(&app, "Barking and Dagenham");
}

/// Returns the names in the rows of a table, which stand before a month and a year, or a day.
fn names_in_table(app: &App) -> Vec<String> {
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let name = |line: &str| {
        let words: Vec<&str> = line.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect();
        let is_year = |word: &str| word.len() == 4 && word.starts_with("20");
        let month = words.windows(2).position(|two| MONTHS.contains(two[0]) && is_year(two[1]))?;
        let has_day = month > 1 && words[month - 1].parse::<u8>().is_ok();
        (month > 0).then(|| words[..month - usize::from(has_day)].join(" "))
    };
    screen(app).lines().filter_map(name).collect()
}

#[test]
fn tables_are_sorted_by_any_column_and_opened_by_the_row_shown() {
    let mut app = on_record(100, 40);
    press(&mut app, "tt/liverpool<enter>n");
    let closest = names_in_table(&app);
    assert_eq!(closest[0], "Liverpool");
    press(&mut app, "s");
    sees(&app, "↑council");
    let mut by_name = closest[1..].to_vec();
    by_name.sort();
    assert_eq!(names_in_table(&app)[1..], by_name, "the council itself stays first");
    press(&mut app, "S");
    by_name.reverse();
    assert_eq!(names_in_table(&app)[1..], by_name);
    press(&mut app, "<down><enter>");
    assert_eq!(selected(&app), by_name[0]);
}

#[test]
fn a_table_is_exported_as_it_is_shown() {
    let mut app = on_record(100, 40);
    press(&mut app, "tt/liverpool<enter>nsx");
    sees(&app, "Write the 11 councils of the table to this file:");
    sees(&app, "statistical-neighbours");
    press(&mut app, "<enter>");
    let ExportOf::Table(authorities, filter) = app.export_of() else { panic!("the table is exported") };
    let table = app.listing().of(&authorities, filter);
    let names: Vec<&str> = table.authorities().map(|authority| authority.name.as_str()).collect();
    assert_eq!(names[0], "Liverpool");
    assert!(names[1..].is_sorted(), "{names:?}");
}

#[test]
fn suggested_export_names_carry_framework_and_filter() {
    let mut app = on_record(100, 40);
    press(&mut app, "ttflondon<enter><esc>x");
    sees(&app, "scrutineer-sif-london.csv");
}

#[test]
fn rows_of_tables_are_marked_and_all_marks_removed() {
    let mut app = on_record(100, 40);
    press(&mut app, "d <down> ");
    sees(&app, "is marked");
    press(&mut app, "c");
    assert_eq!(screen(&app).matches(": history").count(), 2);
    press(&mut app, "<ctrl-x>");
    sees(&app, "No councils are marked");
}

#[test]
fn tables_show_whole_names_at_80_columns() {
    let mut app = on_record(80, 24);
    press(&mut app, "/bournemouth, c<enter>n");
    let shown = screen(&app);
    let table = shown.lines().skip(2).take(14).collect::<String>();
    assert!(!table.contains('…'), "{shown}");
    sees(&app, "Bournemouth, Christchurch and Poole");
}

#[test]
fn a_wide_list_shows_the_grades_over_time() {
    let mut app = on_record(130, 40);
    press(&mut app, "/bristol<enter>z");
    sees(&app, "since 2013");
    let row = screen(&app).lines().find(|line| line.contains("Bristol")).map(String::from).unwrap();
    assert!(row.contains("R│R R"), "{row}");
}

#[test]
fn a_map_in_a_small_window_shows_the_selection_and_the_counts() {
    let mut app = on_record(60, 15);
    press(&mut app, "m");
    sees(&app, "Bristol Le R He R Ca G Cl G Ov R");
    sees(&app, "Leaders, newest O 60 G 58 R 27 I 8");
}

#[test]
fn a_filter_narrows_the_counts_of_the_map_and_chooses_its_category() {
    let mut app = on_record(80, 24);
    press(&mut app, "flo<enter>cl<right><right><enter><esc>m");
    sees(&app, "Leavers, newest");
    sees(&app, "2 of 153 councils");
    sees(&app, "O 0 G 0 R 2 I 0");
}

/// Returns the lines of a pane or layer in which a text is truncated although at least as many columns as it shows
/// less are blank to its right.
fn truncated_beside_space(app: &App) -> Vec<String> {
    let model = app.screen();
    let panes = [&model.detail, &model.statistics, &model.layer].into_iter().flatten();
    let mut found = Vec::new();
    for pane in panes {
        let width = usize::from(pane.area.width).saturating_sub(4);
        // Where a pane ends within a sentence, its last line says so.
        let last = pane.scroll + usize::from(scrutineer::layout::content(pane.area).height);
        for (_, line) in pane.page.lines.iter().enumerate().filter(|(at, _)| at + 1 != last) {
            let text: String = line.spans.iter().map(|span| span.text.as_ref()).collect();
            for (at, _) in text.match_indices('…') {
                let after = &text[at + '…'.len_utf8()..];
                let blank = match after.find(|c: char| c != ' ') {
                    Some(next) => next,
                    None => width.saturating_sub(scrutineer::text::display_width(&text[..at]) + 1),
                };
                if blank > 3 {
                    found.push(text.clone());
                }
            }
        }
    }
    found
}

#[test]
fn nothing_in_panes_and_layers_is_truncated_beside_empty_space() {
    for keys in ["", "t", "tt", "ttn", "ttd", "ttm", "tt:", "ttf", "tt3e"] {
        let mut app = on_record(60, 15);
        press(&mut app, keys);
        for (width, height) in (60..=220).step_by(16).flat_map(|w| (15..=70).step_by(11).map(move |h| (w, h))) {
            app.resize(ratatui::layout::Size { width, height });
            let found = truncated_beside_space(&app);
            assert!(found.is_empty(), "{width}x{height} after {keys:?}: {found:#?}");
        }
    }
}

#[test]
fn the_row_of_a_focused_count_is_the_count() {
    let mut app = on_record(120, 36);
    press(&mut app, "3y");
    let Some(Effect::Copy(text)) = effect(&mut app, 'r') else { panic!("nothing was copied") };
    let (headers, row) = text.split_once('\n').unwrap();
    assert_eq!(headers, "figure\tnumber\tof\tframework\tas at\tsource");
    assert!(row.starts_with("Impact of leaders, good or better\t118\t153\tILACS\t2026-08-20\t"), "{row}");
}

#[test]
fn a_file_that_is_called_like_an_option_gives_a_command_line_that_works() {
    let loaded = std::sync::Arc::new(scrutineer::load::record().unwrap());
    let options = scrutineer::app::Options { files: vec!["-x.csv".to_owned()], ..Default::default() };
    let size = ratatui::layout::Size { width: 80, height: 24 };
    let mut app = App::with_options(loaded, size, options);
    press(&mut app, "y");
    let Some(Effect::Copy(line)) = effect(&mut app, 'c') else { panic!("nothing was copied") };
    assert!(line.contains(" -d ./-x.csv"), "{line}");
}

/// Returns the labels of the rows of shares, in their order, without the row of all.
fn labels(app: &App) -> Vec<String> {
    let layer = app.screen().layer.as_ref().unwrap();
    let rows = layer.page.lines.iter().filter(|line| !line.figures().is_empty());
    rows.map(|line| line.spans[0].text.to_string()).collect()
}

#[test]
fn regions_are_a_table_that_is_sorted_copied_and_opened() {
    let mut app = on_record(120, 36);
    press(&mut app, "R");
    sees(&app, "England");
    sees(&app, "118 of 153 77%");
    assert_eq!(labels(&app)[0], "East Midlands");
    press(&mut app, "ssssss");
    sees(&app, "↓Overall");
    assert_eq!(labels(&app)[0], "Yorkshire and the Humber");
    press(&mut app, "S");
    assert_eq!(labels(&app)[0], "North West");
    press(&mut app, "y");
    let Some(Effect::Copy(text)) = effect(&mut app, 'r') else { panic!("nothing was copied") };
    assert!(text.starts_with("region\tOverall good or better\tOverall of known\tOverall percent\t"), "{text}");
    assert!(text.lines().nth(1).unwrap().starts_with("England\t107\t142\t75.4\t118\t153\t77.1\t"), "{text}");
    assert!(text.lines().nth(2).unwrap().starts_with("North West\t11\t20\t55.0\t15\t24\t62.5\t"), "{text}");
    press(&mut app, "y");
    let Some(Effect::Copy(sentence)) = effect(&mut app, 's') else { panic!("nothing was copied") };
    assert!(sentence.contains("the smallest in South West, 8 of 15 (53%)"), "{sentence}");
    press(&mut app, "<enter>");
    assert!(app.screen().layer.is_none());
    assert_eq!(app.listed_names().len(), 24, "the North West is listed");
    press(&mut app, "R");
    sees(&app, "118 of 153 77%");
}

#[test]
fn years_are_a_table_of_every_category_that_leads_to_their_days() {
    let mut app = on_record(120, 36);
    press(&mut app, "Y");
    assert_eq!(labels(&app)[..2], ["to 20 August 2026", "2025"]);
    sees(&app, "only 27 of 152 had been inspected");
    sees(&app, "Overall: 11 of 153 no longer graded since 1 April 2026");
    // In 2023, 33 authorities had a grade for care leavers; before, the category did not exist.
    sees(&app, "22 of 33 67%");
    press(&mut app, "s");
    sees(&app, "↓year");
    press(&mut app, "S");
    assert_eq!(labels(&app)[0], "2018");
    press(&mut app, "<down><enter>");
    assert!(app.screen().layer.is_none());
    assert_eq!(app.listing().view().as_at().unwrap().day.iso(), "2019-12-31");
}

#[test]
fn the_national_picture_has_one_series_since_2013_and_says_what_the_end_of_a_category_does_to_it() {
    let mut app = on_record(120, 60);
    press(&mut app, "3z");
    let text = squeezed(&screen(&app));
    assert!(text.contains("Overall effectiveness at the end of each year"), "{text}");
    for year in ["2014", "2018", "to 20 August 2026"] {
        assert!(text.contains(year), "{year}: {text}");
    }
    assert!(text.contains("9 of 37") && text.contains("68 of 152") && text.contains("107 of 142"), "{text}");
    assert!(text.contains("only 37 of 152 had been inspected"), "{text}");
    assert!(text.contains("11 of 153 councils have no grade for it now and are not counted"), "{text}");
    assert!(!text.contains("44 of 83"), "a share of ILACS alone would look like one of the series: {text}");
}

#[test]
fn filters_are_found_by_the_words_of_grades_and_say_if_nothing_is() {
    let mut app = on_record(120, 40);
    press(&mut app, "f");
    sees(&app, "I is Inadequate");
    let mut app = on_record(80, 24);
    press(&mut app, "f");
    press(&mut app, "leavers inadequate<enter>");
    let grades = app.listing().filter().grades.clone();
    assert_eq!(grades.len(), 1);
    assert_eq!((grades[0].0, grades[0].1.0), (4, 1));
    press(&mut app, "zzz<enter>");
    sees(&app, "Nothing here has these words.");
    sees(&app, "zzz");
    assert_eq!(app.listing().filter().grades, grades);
}

#[test]
fn a_table_shows_what_is_marked_and_its_beginning_after_home() {
    let mut app = on_record(80, 24);
    press(&mut app, "/leeds<enter>n");
    sees(&app, "of the region");
    press(&mut app, "<down><down> ");
    let marked = app
        .screen()
        .layer
        .as_ref()
        .unwrap()
        .page
        .lines
        .iter()
        .filter(|line| line.spans.iter().any(|span| span.text == " •"))
        .count();
    assert_eq!(marked, 1);
    press(&mut app, "<end>");
    press(&mut app, "<home>");
    sees(&app, "council");
    sees(&app, "Leeds");
}

#[test]
fn the_help_explains_the_letters_of_the_columns() {
    let mut app = on_record(80, 24);
    press(&mut app, "?");
    for letters in ["Ov", "Le", "He", "Ca", "Cl"] {
        sees(&app, letters);
    }
    sees(&app, "Care leavers");
}

#[test]
fn no_column_of_the_shares_is_lost_in_any_window() {
    for (width, height) in [(60, 15), (60, 16), (70, 20), (80, 24), (100, 30), (160, 50)] {
        for framework in ["t", "tt", "ttt"] {
            for key in ["R", "Y"] {
                let mut app = on_record(width, height);
                press(&mut app, framework);
                press(&mut app, key);
                press(&mut app, "ss");
                let layer = app.screen().layer.as_ref().unwrap();
                let inside = usize::from(layer.area.width) - 2;
                let widest = layer.page.lines.iter().map(|line| line.width()).max().unwrap();
                assert!(widest <= inside, "{width}x{height} {framework}{key}: {widest} in {inside}\n{}", screen(&app));
            }
        }
    }
}

#[test]
fn the_sign_of_a_grade_typed_among_the_filters_means_that_grade() {
    let loaded = std::sync::Arc::new(scrutineer::load::record().unwrap());
    let mut app = App::new(loaded, ratatui::layout::Size { width: 120, height: 36 });

    let chosen = |app: &App| {
        let grades = &app.listing().filter().grades;
        grades.iter().map(|(category, grade)| (*category, grade.0)).collect::<Vec<_>>()
    };
    press(&mut app, "fleaders i<enter>");
    assert_eq!(chosen(&app), [(1, 1)], "leaders, inadequate");
    press(&mut app, "<esc>fleavers r<enter>leavers i<enter>");
    assert_eq!(chosen(&app), [(1, 1), (4, 2), (4, 1)]);
}

#[test]
fn what_was_published_lately_follows_the_framework() {
    let mut app = on_record(120, 36);
    press(&mut app, "Td");
    sees(&app, "since 1 October 2006");
    press(&mut app, "t");
    sees(&app, "9 councils of 153 with a report since 1 July 2026");
    press(&mut app, "<esc>flondon<enter><esc>d");
    sees(&app, "of 33 with a report since 1 July 2026");
    // A day that was chosen is kept.
    press(&mut app, "<esc>Td<");
    let chosen =
        squeezed(&screen(&app)).split("report since ").nth(1).unwrap().split(" 1: 30").next().unwrap().to_owned();
    press(&mut app, "t");
    sees(&app, &format!("report since {chosen}"));
}

#[test]
fn another_framework_is_shown_from_its_top() {
    let mut app = on_record(80, 24);
    press(&mut app, "<enter><pgdn><pgdn>");
    press(&mut app, "t");
    let page = app.screen().detail.as_ref().unwrap();
    assert_eq!(page.scroll, 0);
    // Another day of the same framework keeps the place.
    press(&mut app, "t<pgdn>");
    let scroll = app.screen().detail.as_ref().unwrap().scroll;
    assert!(scroll > 0);
    press(&mut app, "<");
    assert_eq!(app.screen().detail.as_ref().unwrap().scroll, scroll);
}

#[test]
fn what_is_exported_next_has_a_name_of_its_own() {
    let mut app = on_record(120, 36);
    press(&mut app, "x");
    sees(&app, "scrutineer-ilacs.csv");
    press(&mut app, "<backspace><backspace><backspace>json<enter>");
    app.exported(scrutineer::app::Exported::Written("wrote it".to_owned()));
    press(&mut app, "x");
    sees(&app, "scrutineer-ilacs.json");
    press(&mut app, "<esc>mx");
    sees(&app, "scrutineer-ilacs-map.csv");
}

#[test]
fn a_small_map_names_the_grade_that_it_shows() {
    let mut app = on_record(30, 8);
    press(&mut app, "m4");
    let screen = squeezed(&screen(&app));
    assert!(screen.contains("Bristol Ca G"), "{screen}");
    press(&mut app, "5");
    assert!(squeezed(&crate::common::screen(&app)).contains("Bristol Cl G"));
    app.resize(ratatui::layout::Size { width: 40, height: 10 });
    press(&mut app, "1");
    let screen = squeezed(&crate::common::screen(&app));
    assert!(screen.contains("O 46 G 61 R 24 I 11"), "{screen}");
}

#[test]
fn the_smallest_footer_names_the_way_out_of_a_layer() {
    let mut app = on_record(20, 5);
    for keys in ["e", "y", "?", "m", "d", "tn", "R"] {
        press(&mut app, keys);
        assert!(app.screen().layer.is_some(), "{keys}");
        let screen = screen(&app);
        assert!(screen.lines().last().unwrap().contains("Esc"), "{keys}: {screen}");
        press(&mut app, "<esc>");
    }
}

#[test]
fn what_a_filter_hides_is_offered_and_the_nearest_names_can_be_opened() {
    let mut app = record_app(100, 30);
    press(&mut app, "flondon<enter><esc>/liverpool city council");
    assert_eq!(app.listing().len(), 0);
    let text = squeezed(&screen(&app));
    assert!(text.contains("Liverpool is not in London.") && text.contains("Enter shows it"), "{text}");
    assert!(text.contains("Enter open") && !text.contains("Enter keep"), "{text}");
    press(&mut app, "<enter>");
    assert_eq!(app.selected().unwrap().name, "Liverpool");
    assert!(!app.listing().filter().is_empty(), "the filter stays; no row of the list is selected");
    press(&mut app, "<esc>");
    assert!(!app.screen().list.as_ref().unwrap().rows.iter().any(|row| row.is_selected));
    press(&mut app, "<esc>/birmongam<down>");
    sees(&app, "No council is called \"birmongam\".");
    let offered = app.listing().offer().authorities.clone();
    assert_eq!(offered.len(), 3);
    press(&mut app, "<enter>");
    assert_eq!(app.selected().map(|a| a.name.clone()), app.listing().authority(offered[1]).map(|a| a.name.clone()));
}

#[test]
fn escape_on_the_base_clears_filter_and_date_and_the_footer_says_so() {
    let mut app = record_app(100, 30);
    let is_promised = |app: &App| screen(app).lines().last().unwrap().contains("Esc clear");
    assert!(!is_promised(&app));
    for keys in ["R<down><down><enter>", "flondon<enter><esc>", "Y<down><enter>", "<"] {
        press(&mut app, keys);
        press(&mut app, "<up>");
        assert!(is_promised(&app), "{keys}\n{}", screen(&app));
        press(&mut app, "<esc>");
        assert!(app.listing().filter().is_empty() && app.listing().view().as_at().is_none(), "{keys}");
        assert!(app.listing().len() == 153, "{keys}\n{}", screen(&app));
    }
    press(&mut app, "flondon<enter><esc><esc>");
    press(&mut app, "flondon<enter><esc><enter><esc>");
    assert_eq!(app.listing().len(), 33, "from an opened council it first leads back");
    press(&mut app, "/cam<enter><esc>");
    assert_eq!(app.listing().len(), 33, "then it drops a search");
    press(&mut app, "<esc>");
    assert_eq!(app.listing().len(), 153);
}

#[test]
fn what_can_mean_several_filters_is_offered_and_not_chosen() {
    let mut app = record_app(120, 36);
    press(&mut app, "f");
    sees(&app, "type to find: london, leavers i");
    press(&mut app, "lea i");
    sees(&app, "2 choices: arrows choose");
    press(&mut app, "<enter>");
    assert!(app.listing().filter().is_empty());
    sees(&app, "lea i can mean Leaders I or Leavers I: arrows choose");
    press(&mut app, "<down><enter>");
    let leavers = app.listing().filter().clone();
    assert_eq!(leavers.grades.len(), 1);
    press(&mut app, "<esc><esc>fleavers i<enter>");
    assert_eq!(*app.listing().filter(), leavers, "one meaning is chosen at once");
    press(&mut app, "<esc><esc>:lea");
    for words in ["Sort by Leaders", "Sort by Leavers"] {
        let text = screen(&app).to_lowercase();
        assert!(text.contains(&words.to_lowercase()), "{text}");
    }
}

#[test]
fn what_is_copied_and_exported_is_what_is_open() {
    let mut app = record_app(120, 36);
    press(&mut app, "/stoke<enter>");
    assert_eq!(copied_command(&mut app), "scrutineer list stoke");
    press(&mut app, "<enter>");
    assert_eq!(copied_command(&mut app), "scrutineer show Stoke-on-Trent");
    press(&mut app, "x");
    sees(&app, "Write the page of Stoke-on-Trent to this file:");
    sees(&app, "scrutineer-stoke-on-trent.html");
    assert!(matches!(app.export_of(), ExportOf::Council(_, name) if name == "Stoke-on-Trent"));
    press(&mut app, "<ctrl-u>a.csv<enter>");
    sees(&app, "The file name must end in .html, .xlsx");
    press(&mut app, "<esc>1x");
    sees(&app, "scrutineer-ilacs-stoke.csv");
    press(&mut app, "<esc>/<ctrl-u>tower hamlets<enter><enter>");
    assert_eq!(copied_command(&mut app), "scrutineer show 'Tower Hamlets'");
}

/// Returns the command line that the copy menu copies.
fn copied_command(app: &mut App) -> String {
    press(app, "y");
    let key = crossterm::event::KeyEvent::new(crossterm::event::KeyCode::Char('c'), KeyModifiers::NONE);
    match app.handle(&Event::Key(key)).effect {
        Some(Effect::Copy(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_palette_offers_the_tab_and_every_grade_that_is_meant() {
    for (typed, entries) in [
        (":2006", &["2006: Annual performance assessment 2006"][..]),
        (":today", &["Today: Inspection of local authority"]),
        (":2013", &["2013–18: Single inspection framework"]),
        (":lea i", &["Only Impact of leaders: Inadequate", "Only Care leavers: Inadequate"]),
        (":leavers r", &["Only Care leavers: Requires improvement"]),
    ] {
        let mut app = on_record(80, 24);
        press(&mut app, typed);
        entries.iter().for_each(|entry| sees(&app, entry));
    }
    let mut app = on_record(80, 24);
    press(&mut app, ":2006<enter>");
    sees(&app, "18 of 102 named");
    let mut app = on_record(80, 24);
    press(&mut app, ":leavers i<enter>");
    assert_eq!(app.listed_names().len(), 6);
}

#[test]
fn what_was_asked_what_happened_and_what_was_said_are_sentences_to_paste() {
    let copied = |words: &str| {
        let mut app = record_app(120, 80);
        press(&mut app, "<enter>");
        for _ in 0..60 {
            press(&mut app, "y");
            let Some(Effect::Copy(sentence)) = effect(&mut app, 's') else { panic!("nothing was copied") };
            if sentence.contains(words) {
                assert_eq!(sentence.matches("https://").count(), 1, "its link, once: {sentence}");
                assert!(sentence.contains("Bristol") && sentence.ends_with(")."), "{sentence}");
                return sentence;
            }
            press(&mut app, "<down>");
        }
        panic!("{words}")
    };
    let asked = copied("in our words, to improve");
    assert!(asked.contains("The report of 10 March 2023 on Bristol") && asked.contains("page "), "{asked}");
    let said = copied("said of grade 1 in 2006");
    assert!(said.contains(": ‘before we completed our recent restructuring"), "spoken words alone: {said}");
    assert!(!said.contains("argued that"), "not the reporter's: {said}");
    let mut app = record_app(120, 80);
    press(&mut app, ":stoke<enter>");
    for _ in 0..60 {
        press(&mut app, "y");
        let Some(Effect::Copy(sentence)) = effect(&mut app, 's') else { panic!("nothing was copied") };
        if sentence.starts_with("Stoke-on-Trent was given a direction (children's social care; ") {
            assert!(sentence.contains("commissioner Eleanor Brazil"), "{sentence}");
            assert_eq!(sentence.matches("https://").count(), 1, "{sentence}");
            return;
        }
        press(&mut app, "<down>");
    }
    panic!("no event has the focus");
}
