//! The browser in plain words, driven by a script through a person's tasks.

use scrutineer::dataset::Date;
use scrutineer::load::record;
use scrutineer::plain::run;

use crate::common::squeezed;

/// Returns what the prompt answers to some lines, at a width.
fn answers(lines: &[&str], width: usize) -> String {
    let mut out = Vec::new();
    let input = lines.join("\n");
    let today = Date::of_day(2026, 9, 1);
    run(record().unwrap().dataset, None, today, width, &mut input.as_bytes(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn bristol_of_2006_with_what_was_answered_and_where_it_stands() {
    let said = squeezed(&answers(&["framework 2006", "bristol", "stats", "q"], 80));
    for words in [
        "Services for children and young people: inadequate.",
        "Social care: not reported.",
        "league table based on our historic performance'",
        "Source: Nursery World",
        "86 of 102 (84%), a published figure",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn an_ended_category_has_its_last_grade_and_every_grade_its_source() {
    let said = squeezed(&answers(&["framework ilacs", "blackpool", "cumbria", "more", "q"], 80));
    for words in [
        "Overall effectiveness: no longer graded; last graded requires improvement to be good on 1 February 2023.",
        "Impact of leaders: outstanding (collected by others), up from requires improvement to be good in 2023.",
        "Source: WillisPalmer",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn liverpool_is_compared_with_its_neighbours() {
    let said = squeezed(&answers(&["framework ilacs", "liverpool", "neighbours"], 80));
    assert!(said.contains("impact of leaders good (collected by others), up from inadequate in 2023"), "{said}");
    assert!(said.contains("Blackpool, 28 July 2026"), "{said}");
    assert!(said.contains("Good or better among its statistical neighbours: impact of leaders"), "{said}");
}

#[test]
fn what_changed_since_a_day_is_told_newest_first() {
    // Whatever framework is shown, all reports are told.
    for (framework, day) in [("ilacs", "1 July 2026"), ("sif", "2026-07-01"), ("2006", "1/7/26")] {
        let said = squeezed(&answers(&[&format!("framework {framework}"), &format!("changes {day}")], 80));
        let first = said.find("Lancashire, 20 August 2026").unwrap();
        assert!(said.contains("9 reports were published on or after 1 July 2026"), "{said}");
        assert!(first < said.find("Portsmouth, 18 August 2026").unwrap());
    }
    assert!(answers(&["changes soon"], 80).contains("changes needs a day"));
    assert!(squeezed(&answers(&["changes 1/7/0026"], 80)).contains("the year 26 is not between 1990 and 2027"));
}

#[test]
fn several_names_are_numbered_and_one_digit_opens_one() {
    let said = answers(&["north", "2", "9", "xyzzy"], 80);
    assert!(said.contains("1. North") && said.contains("2. North"), "{said}");
    assert!(squeezed(&said).contains("No council is called \"xyzzy\". Searched: the names"), "{said}");
    let said = answers(&["birmongam city council", "1"], 80);
    assert!(said.contains("1. Birmingham, West Midlands") && said.contains("3. "), "{said}");
    assert!(said.contains("> Birmingham, West Midlands."), "the number opens it: {said}");
    assert!(answers(&["7"], 80).contains("There is no number 7 to choose"));
}

/// Whether a line is nothing but a link, which is not broken.
fn is_link(line: &str) -> bool {
    line.starts_with("https://") && !line.contains(' ')
}

#[test]
fn links_can_be_followed_at_any_width() {
    let record = record().unwrap().dataset;
    let bristol = record.authorities.iter().find(|authority| authority.name.as_str() == "Bristol").unwrap();
    let links: Vec<_> = bristol.assessments.iter().filter_map(|one| one.origin.as_ref()?.link()).collect();
    assert!(links.len() > 3);
    let said = answers(&["bristol", "more", "sources"], 40);
    for link in links {
        assert!(said.split_whitespace().any(|word| word == link), "{link}: {said}");
    }
}

#[test]
fn the_newest_inspection_is_told_first_and_the_others_when_asked() {
    let said = squeezed(&answers(&["bristol"], 80));
    assert!(said.contains("10 March 2023") && !said.contains("22 October 2018:"), "{said}");
    assert!(said.contains("4 other inspections: say more."), "{said}");
    let more = squeezed(&answers(&["bristol", "say more"], 80));
    let days = ["10 March 2023:", "22 October 2018:", "5 December 2014:", "1 November 2006:"].map(|day| more.find(day));
    assert!(days.iter().all(Option::is_some) && days.is_sorted(), "{days:?}: {more}");
    // Under the framework of 2006, what came later is told of.
    let before = squeezed(&answers(&["framework 2006", "bristol"], 80));
    assert!(before.contains("4 other inspections, 4 of them later: say more."), "{before}");
}

#[test]
fn who_said_it_is_told_once() {
    let said = answers(&["framework 2006", "bristol"], 80);
    assert_eq!(said.matches("Said by Jos Clark").count(), 1, "{said}");
}

#[test]
fn two_councils_are_compared_what_differs_first() {
    let names = "compare Bournemouth, Christchurch and Poole, Leeds";
    for lines in [&[names][..], &["leeds", "compare hull"]] {
        let said = squeezed(&answers(lines, 80));
        let said = said.split_once("differ in").unwrap().1;
        let place = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
        let (differ, same) = (place("Overall effectiveness: "), place("Help and protection: "));
        assert!(differ < same && said.contains("Leeds outstanding"), "{said}");
    }
    let said = squeezed(&answers(&["compare leeds, hull"], 80));
    assert!(said.contains("differ in 2 of the 5 judgements that both have"), "{said}");
    let words =
        "Children in care: Leeds outstanding (collected by others); Kingston upon Hull good (collected by others).";
    assert!(said.contains(words), "not the other way round: {said}");
    assert!(answers(&["compare"], 80).contains("compare Leeds, Hull"));
    assert!(squeezed(&answers(&["compare north, leeds"], 80)).contains("\"north\" can mean 10 councils"));
    assert!(squeezed(&answers(&["leeds", "compare xyzzy"], 80)).contains("No council is called \"xyzzy\""));
}

#[test]
fn a_comparison_counts_no_absent_grade_and_lends_no_certainty() {
    // Overall is no longer graded in Blackpool; Bristol's is.
    let said = squeezed(&answers(&["compare bristol, blackpool"], 80));
    assert!(said.contains("differ in 4 of the 4 judgements that both have"), "{said}");
    assert!(
        said.contains("Overall effectiveness: Bristol requires improvement to be good; Blackpool no longer"),
        "{said}"
    );
    // Bournemouth's grade is from its report, the same of Leeds is not.
    let said = squeezed(&answers(&["compare Bournemouth, Christchurch and Poole, Leeds"], 80));
    assert!(
        said.contains("Help and protection: Bournemouth, Christchurch and Poole good; Leeds good (collected"),
        "{said}"
    );
    // Neither has a grade.
    let said = squeezed(&answers(&["compare blackpool, liverpool"], 80));
    assert!(
        said.contains("of the 4 judgements") && said.contains("Overall effectiveness: both no longer graded"),
        "{said}"
    );
}

#[test]
fn a_region_and_what_is_asked_are_told() {
    let london = squeezed(&answers(&["region london"], 80));
    assert!(london.contains("London, 33 councils") && london.contains("of 33"), "{london}");
    assert!(london.contains("Barnet, 23 July 2024") && !london.contains("Bristol, 10 March"), "{london}");
    assert!(answers(&["region"], 80).contains("as in region London"));
    assert!(squeezed(&answers(&["region nowhere"], 80)).contains("There is no region \"nowhere\""));
    let asked = squeezed(&answers(&["bristol", "to improve"], 80));
    assert!(asked.contains("Prompt first health assessments when children enter care."), "{asked}");
    assert!(asked.contains("asked for again"), "{asked}");
    assert!(answers(&["to improve"], 80).contains("Open a council first"));
    let turned = squeezed(&answers(&["framework 2006", "today"], 80));
    assert!(
        turned
            .trim_end_matches([' ', '>'])
            .ends_with("Inspection of local authority children's services, 153 councils."),
        "{turned}"
    );
}

#[test]
fn only_printable_characters_and_line_ends_in_forty_columns() {
    let escapes = "\u{1b}[31mbris\u{202e}tol\u{7}";
    let long = "x".repeat(100_000);
    let lines =
        ["bristol", "stats", "map", "changes 2026-07-01", "sources", "help", escapes, &long, "framework sif", "kent"];
    let said = answers(&lines, 40);
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said:?}");
    assert!(!said.contains('\u{202e}'));
    for line in said.lines() {
        assert!(line.chars().count() <= 42 || is_link(line), "{line}");
    }
}
