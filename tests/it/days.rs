//! Days: which assessments count, in which order they come, and what is news, as at a day or since one.

use std::io::Write as _;
use std::sync::Arc;

use scrutineer::dataset::{Date, Outcome};
use scrutineer::load::{Part, from_reader, join, record};
use scrutineer::query::changes::{Kind, before, changes};
use scrutineer::query::{Listing, ListingOptions};

use crate::common::{HEADERS, bundled_json, program, read_rows, row};

/// Runs a command on rows, in the order of its arguments, and returns what it prints.
fn out(rows: &str, arguments: &[&str]) -> String {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    write!(file, "{HEADERS}{rows}").unwrap();
    let mut command = program();
    command.args(arguments).arg("--only-files");
    if arguments[0] == "changes" {
        command.arg(file.path())
    } else {
        command.arg("-d").arg(file.path())
    };
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Returns the first cell of each row of CSV, without the headers.
fn first_cells(csv: &str) -> Vec<&str> {
    csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect()
}

#[test]
fn authorities_without_a_date_come_last_in_both_directions() {
    let rows = row(1001, "Beta", "", "", "good")
        + &row(1002, "Gamma", "2020-01-10", "", "good")
        + &row(1003, "Alpha", "", "", "good")
        + &row(1004, "Delta", "2022-01-10", "", "good");
    let list = |sort: &str| {
        let text = out(&rows, &["list", "--format", "csv", "--sort", sort]);
        first_cells(&text).into_iter().map(String::from).collect::<Vec<_>>()
    };
    assert_eq!(list("date"), ["Delta", "Gamma", "Alpha", "Beta"]);
    assert_eq!(list("-date"), ["Gamma", "Delta", "Alpha", "Beta"]);
}

#[test]
fn since_a_day_includes_that_day() {
    let rows = row(1001, "Before", "2022-03-03", "2022-02-01", "good")
        + &row(1002, "On", "2022-03-04", "2022-02-01", "good")
        + &row(1003, "After", "2022-03-05", "2022-02-01", "good")
        + &row(1004, "Undated", "", "", "good");
    for arguments in [
        &["list", "--format", "csv", "--since", "2022-03-04"][..],
        &["export", "--format", "csv", "--since", "2022-03-04"],
    ] {
        let text = out(&rows, arguments);
        let mut names = first_cells(&text);
        names.sort_unstable();
        assert_eq!(names, ["After", "On"], "{arguments:?}");
    }
    let text = out(&rows, &["changes", "--format", "csv", "--since", "2022-03-04"]);
    assert!(text.contains(",On,") && text.contains(",After,") && !text.contains(",Before,"), "{text}");
    assert!(!text.contains(",Undated,"), "{text}");
}

#[test]
fn an_undated_assessment_does_not_count_as_at_a_day() {
    let mut dataset: serde_json::Value = bundled_json();
    dataset["authorities"][0]["assessments"][0].as_object_mut().unwrap().remove("date").unwrap();
    let loaded = from_reader(dataset.to_string().as_bytes(), "test").unwrap();
    let grades = |as_at: Option<&str>| {
        let as_at = as_at.map(|day| day.parse::<Date>().unwrap().into());
        let listing = Listing::new(Arc::clone(&loaded.dataset), ListingOptions { as_at, ..ListingOptions::default() });
        let authorities = loaded.dataset.authorities.iter().take(2);
        authorities.map(|authority| listing.view().assessment(authority).is_some()).collect::<Vec<_>>()
    };
    assert_eq!(grades(None), [true, true]);
    assert_eq!(grades(Some("2006-10-31")), [false, false]);
    assert_eq!(grades(Some("2006-11-01")), [false, true], "without a date, nobody knows whether it was published");
    assert_eq!(grades(Some("2030-01-01")), [false, true]);
}

#[test]
fn undated_assessments_are_counted_in_answers_as_at_a_day() {
    let rows = row(1001, "Dated", "2022-03-04", "2022-02-01", "good") + &row(1002, "Undated", "", "", "inadequate");
    let answer = |more: &[&str]| -> serde_json::Value {
        let text = out(&rows, &[&["list", "--format", "json"], more].concat());
        serde_json::from_str(&text).unwrap()
    };
    let undated = |framework: &str| {
        answer(&["--as-at", "2025-01-01", "--framework", framework])["about"]["undated"].as_u64().unwrap()
    };
    assert_eq!((undated("ilacs"), undated("not-recorded")), (0, 1));
    assert_eq!(answer(&[])["about"]["undated"], 0);
}

#[test]
fn the_council_of_the_time_is_named_until_the_new_one_begins() {
    let record = record().unwrap();
    let cornwall = record.dataset.authorities.iter().find(|authority| authority.name == "Cornwall").unwrap();
    let council = |year: i16| {
        let assessment = cornwall.assessments.iter().find(|a| a.date.is_some_and(|date| date.year() == year)).unwrap();
        cornwall.council_at(assessment).map(|council| council.name.as_str())
    };
    assert_eq!(council(2006), Some("Cornwall County Council"));
    let later = cornwall.assessments.iter().filter(|a| a.date.is_some_and(|date| date.year() > 2010));
    assert!(later.clone().count() > 1);
    assert!(later.into_iter().all(|assessment| cornwall.council_at(assessment).is_none()));
}

#[test]
fn the_last_grade_before_a_category_ended_is_the_newest_that_is_one() {
    let loaded = read_rows(
        "1001,Name,,2026-07-01,2026-06-01,,good,good,good,good\n\
         1001,Name,,2022-03-04,2022-02-21,,good,good,good,\n\
         1001,Name,,2019-03-04,2019-02-21,inadequate,good,good,good,\n",
    );
    let authority = &loaded.dataset.authorities[0];
    let newest = authority.assessments.iter().max_by_key(|assessment| assessment.date).unwrap();
    let (last, judgement) = authority.last_before_end(newest, 0).unwrap();
    assert_eq!((last.date.unwrap().iso().as_str(), judgement.grade().unwrap().0), ("2019-03-04", 1));
    assert!(authority.last_before_end(last, 0).is_none());
}

#[test]
fn an_inspection_of_the_day_of_the_latest_one_held_is_new() {
    // Data with only the latest inspection do not hold earlier ones, so that finding those elsewhere is no news.
    let held = row(80481, "Leeds", "2022-03-04", "2022-02-21", "good");
    let old = read_rows(&(held.clone() + &row(80436, "Bradford", "2021-03-04", "2021-02-21", "good")));
    let is_news = |published: &str| {
        let new = read_rows(&(held.clone() + &row(80481, "Leeds", published, "2017-12-01", "good")));
        let found = changes(&old.dataset, &new.dataset);
        found.iter().any(|change| change.kind == Kind::Inspection && change.authority.name == "Leeds")
    };
    assert_eq!(["2022-03-03", "2022-03-04", "2022-03-05"].map(is_news), [false, true, true]);
}

#[test]
fn a_new_inspection_is_compared_with_the_one_before_it() {
    let new = record().unwrap().dataset;
    let old = before(&new, "2022-01-01".parse::<Date>().unwrap());
    let found = changes(&old, &new);
    let mut compared = 0;
    for change in found.iter().filter(|change| change.kind == Kind::Inspection) {
        let (assessment, category) = (change.assessment.unwrap(), change.category.unwrap());
        let expected = change.authority.before(assessment).and_then(|before| before.judgements.get(category));
        assert_eq!(change.old, expected, "{}", change.authority.name);
        compared += usize::from(expected.is_some_and(|judgement| matches!(judgement.outcome, Outcome::Grade(_))));
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn days_a_hundred_apart_each_from_the_last_do_not_become_one_inspection() {
    let row = |published: &str, grade: &str| crate::common::row(80481, "Leeds", published, "", grade);
    // Every ninety days, from 10 January 2023 on.
    let days = [
        "10/01/2023",
        "10/04/2023",
        "09/07/2023",
        "07/10/2023",
        "05/01/2024",
        "04/04/2024",
        "03/07/2024",
        "01/10/2024",
    ];
    let rows: Vec<String> =
        days.iter().zip(["good", "inadequate"].into_iter().cycle()).map(|(day, grade)| row(day, grade)).collect();
    let count = |rows: &[String]| read_rows(&rows.concat()).dataset.authorities[0].assessments.len();
    let forwards = count(&rows);
    assert_eq!(forwards, 3, "each of at most two hundred days");
    let backwards: Vec<String> = rows.iter().rev().cloned().collect();
    assert_eq!(count(&backwards), forwards);
    // Day and month mixed up beside a day that is near one of the two.
    let mixed = [row("05/01/2023", "good"), row("01/05/2023", "good"), row("02/05/2023", "good")];
    assert_eq!(count(&mixed), 1);
    assert_eq!(count(&rows[..2]), 1);
}

#[test]
fn the_number_of_inspections_does_not_depend_on_the_order_of_the_rows() {
    let row = |published: &str, grade: &str| crate::common::row(80481, "Leeds", published, "", grade);
    // The first two have day and month mixed up; the third is near the second, and of other grades.
    let rows = [row("2024-02-11", "good"), row("2024-11-02", "good"), row("2024-10-20", "inadequate")];
    let count = |order: [usize; 3]| {
        let text: String = order.iter().map(|at| rows[*at].as_str()).collect();
        read_rows(&text).dataset.authorities[0].assessments.len()
    };
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let counts = orders.map(count);
    assert!(counts.iter().all(|found| *found == 2), "{counts:?}");
}

#[test]
fn days_and_months_mixed_up_between_two_files_need_the_same_grades() {
    let of = |published: &str, grade: &str| read_rows(&crate::common::row(80481, "Leeds", published, "", grade));
    let count = |grade: &str| {
        let parts = vec![Part::new(of("2024-02-11", "good"), "one"), Part::new(of("2024-11-02", grade), "two")];
        join(parts).unwrap().dataset.authorities[0].assessments.len()
    };
    assert_eq!((count("good"), count("inadequate")), (1, 2));
}

#[test]
fn rows_with_days_of_different_kinds_are_as_many_inspections_in_any_order() {
    let row = |published: &str, began: &str, grade: &str| crate::common::row(80481, "Leeds", published, began, grade);
    let rows = [
        row("", "22/11/2022", "inadequate"),
        row("", "22/03/2023", "good"),
        row("06/04/2023", "", "inadequate"),
        row("20/07/2023", "", "good"),
        row("28/09/2023", "", "good"),
    ];
    let count = |order: &[usize]| {
        let text: String = order.iter().map(|at| rows[*at].as_str()).collect();
        read_rows(&text).dataset.authorities[0].assessments.len()
    };
    let first = count(&[0, 1, 2, 3, 4]);
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 3, 0, 2, 4], [3, 4, 1, 0, 2], [0, 2, 1, 4, 3]] {
        assert_eq!(count(&order), first, "{order:?}");
    }
}
