//! `scrutineer compare` and `scrutineer neighbours` on the record, and the layer that compares.

use crate::common::{press, program, screen};
use crate::stories::on_record;
use assert_cmd::Command;
use serde_json::Value;

fn answered(arguments: &[&str]) -> String {
    let mut command = Command::from_std(program());
    command.arg("--only-record").args(arguments);
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

/// Returns the first word of each line up to the first empty one, without the header.
fn rows(answer: &str) -> Vec<&str> {
    answer.lines().skip(1).take_while(|line| !line.is_empty()).collect()
}

#[test]
fn councils_stand_side_by_side_in_the_order_named_with_what_differs_first() {
    let shown = answered(&["compare", "bury", "bristol"]);
    let header = shown.lines().next().unwrap();
    assert!(header.find("Bury").unwrap() < header.find("Bristol").unwrap(), "{shown}");
    let rows = rows(&shown);
    let place = |name: &str| rows.iter().position(|row| row.starts_with(name)).unwrap();
    assert_eq!((place("report"), place("grades are")), (0, 1));
    let known = rows[1];
    assert!(known.find("collected by others").unwrap() < known.find("from the report").unwrap(), "{known}");
    assert_eq!(
        ["Leaders", "In care", "Leavers", "Help", "Overall"].map(place),
        [2, 3, 4, 5, 6],
        "those that differ, then those that do not: {shown}"
    );
    let leaders = rows[2];
    assert!(leaders.find("Good ↑").unwrap() < leaders.find("Requires improvement").unwrap(), "Bury first: {leaders}");
    assert!(shown.contains("They differ in Leaders, In care and Leavers; the same in Help and Overall."), "{shown}");

    let csv = answered(&["compare", "bury", "bristol", "--format", "csv"]);
    let names: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(names, ["Bury", "Bristol"]);
}

#[test]
fn the_same_council_twice_is_refused() {
    let mut command = Command::from_std(program());
    command.args(["--only-record", "compare", "bristol", "E06000023"]);
    let done = command.assert().code(1);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("named twice"));
}

#[test]
fn neighbours_are_counted_without_the_council_and_the_region_with_it() {
    let shown = answered(&["neighbours", "bristol"]);
    let names = rows(&shown);
    assert!(
        names[0].starts_with("Bristol") && names[1].starts_with("Brighton and Hove") && names.len() == 11,
        "{shown}"
    );
    assert!(
        shown.contains(
            "Help and protection: requires improvement to be good; good or better 9 of 10 neighbours, 8 of 15"
        )
    );
    assert!(shown.contains("children's services model of 2025"), "{shown}");

    let json: Value = serde_json::from_str(&answered(&["neighbours", "bristol", "--format", "json"])).unwrap();
    assert_eq!(json["council"]["name"], "Bristol");
    let neighbours = json["neighbours"].as_array().unwrap();
    assert_eq!((neighbours.len(), &neighbours[0]["name"]), (10, &Value::from("Brighton and Hove")));
    let good = |list: &[Value]| {
        let is_good = |one: &&Value| one["judgements"]["leaders"]["grade"].as_u64() >= Some(3);
        list.iter().filter(is_good).count() as u64
    };
    let share = |field: &str, of: &str| {
        let all = json[field].as_array().unwrap();
        all.iter().find(|share| share["category"] == of).unwrap().clone()
    };
    let counted = share("neighbours_good_or_better", "leaders");
    assert_eq!(counted["numerator"].as_u64(), Some(good(neighbours)));
    assert_eq!(
        share("neighbours_good_or_better", "overall-effectiveness")["denominator"],
        9,
        "Portsmouth has no grade"
    );
    assert_eq!(share("region_good_or_better", "leaders")["denominator"], 15);
}

#[test]
fn side_by_side_on_the_screen_moves_among_the_councils() {
    let mut app = on_record(80, 24);
    press(&mut app, " <down><down> c");
    assert!(screen(&app).contains("They differ in Leaders, In care and Leavers; the same in Help and Overall."));
    press(&mut app, "<down><enter>");
    assert_eq!(app.selected().unwrap().name, "Bury");
}

#[test]
fn the_sources_of_a_row_begin_with_the_model_of_its_neighbours() {
    let mut app = on_record(80, 24);
    press(&mut app, "n<down>e");
    let shown = screen(&app);
    assert!(shown.contains("Brighton and Hove: 10 councils most like it"), "{shown}");
    assert!(shown.contains("Open Government"), "{shown}");
}

#[test]
fn the_answer_on_neighbours_matches_its_schema() {
    let schema: Value = serde_json::from_str(&answered(&["schema", "neighbours"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut answer: Value = serde_json::from_str(&answered(&["neighbours", "bristol", "--format", "json"])).unwrap();
    assert!(validator.is_valid(&answer));
    answer["neighbours"][0].as_object_mut().unwrap().remove("closeness");
    assert!(!validator.is_valid(&answer));
}
