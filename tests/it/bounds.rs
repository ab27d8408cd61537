//! Files that are larger, longer or stranger than any real one: read within limits, or refused in a sentence.

use std::collections::BTreeSet;

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use ratatui::layout::Size;
use scrutineer::app::App;
use scrutineer::load::{Loaded, Part, from_reader, join};
use scrutineer::query::changes::{Kind, changes};
use serde_json::json;
use std::sync::Arc;

use crate::common::{bundled_json, press, screen};

const HEADERS: &str = "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,\
    impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade\n";

fn read(text: &str) -> Loaded {
    from_reader(text.as_bytes(), "test.csv").unwrap()
}

fn refusal(text: &str) -> String {
    from_reader(text.as_bytes(), "test").unwrap_err().to_string()
}

/// Returns a table of inspections of one authority, with a grade for everything. They have no dates: on near days, they
/// would be one inspection.
pub fn inspections(count: u32, grade: &str) -> String {
    let row = |_| format!("80441,Bristol,,,{grade},{grade},{grade},{grade},{grade}\n");
    HEADERS.to_owned() + &(0..count).map(row).collect::<String>()
}

/// Runs the program with arguments on standard input.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The program stops reading at its limit.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[test]
fn more_than_the_maximum_size_is_refused() {
    let table = inspections(30_000, "good");
    assert!(table.len() > 1_000_000);
    let mut json = bundled_json();
    json["title"] = json!("x".repeat(1_100_000));
    for text in [table.clone(), json.to_string()] {
        let done = run(&["list", "--only-files", "-d", "-", "--max-size", "1"], text.as_bytes());
        assert_eq!((done.status.code(), done.stdout.len()), (Some(1), 0));
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(words.contains("more than 1 MB") && words.contains("--max-size"), "{words}");
    }
    let done = run(&["list", "--only-files", "-d", "-", "--max-size", "3"], table.as_bytes());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
#[cfg(target_os = "linux")]
fn files_without_end_are_refused() {
    for file in ["/dev/zero", "/dev/urandom"] {
        let done = run(&["list", "-d", file, "--max-size", "5"], b"");
        assert_eq!(done.status.code(), Some(1), "{file}");
        assert!(String::from_utf8(done.stderr).unwrap().contains("cannot be used as a dataset"));
    }
}

#[test]
fn a_table_of_too_many_columns_is_refused() {
    let refused = refusal(&(HEADERS.trim().to_owned() + &",x".repeat(2000) + "\n"));
    assert!(refused.contains("found more than 1024 columns"), "{refused}");
}

#[test]
fn a_note_of_many_lines_is_one_cell() {
    let note: String = (0..1000).map(|line| format!("line {line}\n")).collect();
    let rows = format!("80441,Bristol,,2019-03-01,2019-01-10,good,good,good,good,good,\"{note}\"\n");
    let text = format!(
        "{},notes\n{rows}80481,Leeds,,2019-03-01,2019-01-10,good,good,good,good,good,\n",
        crate::common::HEADERS.trim()
    );
    let loaded = read(&text);
    let names: Vec<&str> = loaded.dataset.authorities.iter().map(|authority| authority.name.as_str()).collect();
    assert!(names == ["Bristol", "Leeds"] && loaded.problems.is_empty(), "{names:?} {:?}", loaded.problems);
}

#[test]
fn messages_are_bounded_in_number_and_length_and_the_others_are_counted() {
    let long = "x".repeat(5000);
    let loaded = read(&inspections(1000, &long));
    // Care leavers were not graded before 2023, whatever a cell says.
    let count = loaded.repair_count();
    assert!((4000..=5000).contains(&count), "{count}");
    assert!(loaded.repairs.len() < count);
    assert!(loaded.repairs.iter().all(|repair| repair.found.chars().count() < 600));
    let words = loaded.unlisted_summary().unwrap();
    assert!(words.contains(&format!("{} more repaired", count - loaded.repairs.len())), "{words}");
    assert!(loaded.summary("a").unwrap().contains(&format!("{count} cells or rows repaired")));

    let rows: String = (0..5000).map(|_| ",,2020-01-01,2020-01-01,good,good,good,good,good\n").collect();
    let loaded = read(&(inspections(1, "good") + &rows));
    assert_eq!(loaded.left_out_count(), 5000);
    assert!(loaded.problems.len() < 5000 && loaded.unlisted_summary().unwrap().contains("more left out"));

    let rows: String = (0..5000).map(|_| "\"80441,Bristol\n".to_owned()).collect();
    let loaded =
        read(&(inspections(1, "good") + &rows + "80441,Bristol,2030-01-01,2030-01-01,good,good,good,good,good\n"));
    assert!(loaded.problems.len() <= 2001);
}

#[test]
fn problems_of_a_dataset_are_bounded_and_every_authority_with_one_is_counted() {
    let mut dataset = bundled_json();
    let mut authority = dataset["authorities"][0].clone();
    authority["region"] = json!("");
    dataset["authorities"] = (0..5000)
        .map(|n| {
            authority["name"] = json!(format!("Place {n}"));
            authority.clone()
        })
        .chain([json!({"name": "Here", "assessments": bundled_json()["authorities"][0]["assessments"]})])
        .collect();
    let loaded = read(&dataset.to_string());
    assert_eq!(loaded.left_out_count(), 5000);
    assert!(loaded.problems.len() < 5000);
    assert_eq!(loaded.problems.len() + loaded.unlisted.problems, 5000);
    let names: Vec<&str> = loaded.dataset.authorities.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Here"]);
}

#[test]
fn differences_between_files_are_bounded_and_counted() {
    let part = |text: &str, name: &str| Part::new(read(text), name.to_owned());
    let joined =
        join(vec![part(&inspections(1000, "good"), "a"), part(&inspections(1000, "inadequate"), "b")]).unwrap();
    let all = joined.difference_count() + joined.repair_count();
    assert!(all >= 1000, "{all}");
    assert!(joined.differences.len() < 2001 && joined.repairs.len() < 2001);
}

#[test]
fn many_inspections_of_one_authority_are_paired_with_those_of_the_same_day() {
    let (old, new) = (read(&inspections(3000, "good")), read(&inspections(3001, "inadequate")));
    let found = changes(&old.dataset, &new.dataset);
    let count = |kind: Kind| found.iter().filter(|change| change.kind == kind).count();
    // Overall effectiveness and care leavers are not graded on all days.
    let corrected = count(Kind::Correction);
    assert!(corrected > 3 * 3000 && corrected <= 5 * 3000, "{corrected}");
    assert_eq!((count(Kind::Withdrawn), count(Kind::Inspection) > 0), (0, true));
    for change in &found {
        let pair = change.old.zip(change.new);
        assert!(change.kind != Kind::Correction || pair.is_some_and(|(old, new)| old.outcome != new.outcome));
    }
}

#[test]
fn sources_of_one_id_are_kept_apart_whatever_ids_are_taken() {
    let dataset = |title: &str, ids: &[&str]| {
        let mut dataset = bundled_json();
        let source = dataset["sources"][0].clone();
        for id in ids {
            let mut other = source.clone();
            other["id"] = json!(id);
            other["title"] = json!(format!("{title} {id}"));
            dataset["sources"].as_array_mut().unwrap().push(other);
        }
        dataset["sources"][0]["title"] = json!(title);
        read(&dataset.to_string())
    };
    let (one, two) = (dataset("One", &["more"]), dataset("Two", &["more", "seed-2", "seed-3"]));
    let joined = join(vec![Part::new(one, "a"), Part::new(two, "b")]).unwrap();
    let mut ids: Vec<&str> = joined.dataset.sources.iter().map(|source| source.id.as_str()).collect();
    let titles = joined.dataset.sources.iter().map(|source| source.title.as_str());
    for title in ["One", "Two", "Two seed-2", "Two seed-3", "One more", "Two more"] {
        assert_eq!(titles.clone().filter(|held| *held == title).count(), 1, "{title}");
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "no id twice");
}

#[test]
fn the_ranges_of_a_passage_are_characters_of_any_width() {
    let mut dataset = bundled_json();
    let text = "é東x".repeat(3);
    dataset["authorities"][0]["assessments"][0]["quotes"] = json!([{"speaker": "a", "role": "b",
        "categories": ["services"], "source": "seed",
        "passages": [{"text": text, "spoken": [[0, 1], [1, 3], [8, 9]]}]}]);
    let loaded = read(&dataset.to_string());
    let quote = &loaded.dataset.authorities[0].assessments[0].quotes[0];
    let spoken: Vec<&str> = quote.passages[0].spoken.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(spoken, ["é", "東x", "x"]);
    dataset["authorities"][0]["assessments"][0]["quotes"][0]["passages"][0]["spoken"] = json!([[8, 10]]);
    let problem = read(&dataset.to_string()).problems[0].to_string();
    assert!(problem.contains("[8, 10]") && problem.contains("characters of the text of 9"), "{problem}");
}

#[test]
fn names_without_a_letter_are_numbered_apart() {
    let rows: String = (0..300)
        .map(|n| format!("{0},{0},2020-01-01,2020-01-01,good,good,good,good,good\n", "-".repeat(n + 4)))
        .collect();
    let loaded = read(&(HEADERS.to_owned() + &rows));
    let mut names: Vec<String> = loaded.dataset.authorities.iter().map(|a| scrutineer::text::fold(&a.name)).collect();
    let count = names.len();
    assert_eq!(count, 300);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "no name twice");
}

#[test]
fn a_known_name_with_another_number_is_reported() {
    let row = "99999,Trafford,2020-01-01,2020-01-01,good,good,good,good,good\n";
    let loaded = read(&(HEADERS.to_owned() + row));
    assert_eq!(loaded.dataset.authorities[0].name, "Trafford", "no council has the number");
    let words = loaded.repairs.iter().map(ToString::to_string).collect::<String>();
    assert!(words.contains("\"Trafford\" with the number 99999, which no council has"), "{words}");
    // With both numbers in the file, the two are apart, and one of them is not counted.
    let own = "80573,Trafford,2020-01-01,2020-01-01,good,good,good,good,good\n";
    for rows in [[row, own], [own, row]] {
        let loaded = read(&(HEADERS.to_owned() + &rows.concat()));
        let names = loaded.dataset.authorities.iter().map(|a| (a.name.as_str(), a.is_unknown));
        let names: BTreeSet<_> = names.collect();
        assert_eq!(names, BTreeSet::from([("Trafford (99999)", true), ("Trafford", false)]));
        let words = loaded.repairs.iter().map(ToString::to_string).collect::<String>();
        assert!(words.contains("\"Trafford\" with another number"), "{words}");
    }

    let part = |urn: &str| {
        let mut dataset = bundled_json();
        dataset["authorities"] = json!([bundled_json()["authorities"][0]]);
        dataset["authorities"][0]["codes"] = json!({ "urn": urn });
        Part::new(read(&dataset.to_string()), urn)
    };
    let joined = join(vec![part("80441"), part("99999")]).unwrap();
    assert_eq!(joined.dataset.authorities.len(), 2);
    assert!(joined.repairs.iter().any(|repair| repair.found.contains("with another number")), "{:?}", joined.repairs);
}

#[test]
fn authorities_are_bounded_in_number() {
    let mut dataset = bundled_json();
    dataset["authorities"] = json!([]);
    let many: Vec<String> = (0..100_010).map(|n| format!("{{\"name\":\"P{n}\"}}")).collect();
    let text = dataset.to_string().replacen("\"authorities\":[]", &format!("\"authorities\":[{}]", many.join(",")), 1);
    let row = |n: u32| format!("{},P{n},2020-01-01,2020-01-01,good,good,good,good,\n", 4_000_000 + n);
    let table = HEADERS.to_owned() + &(0..100_010).map(row).collect::<String>();
    for text in [text, table] {
        let loaded = read(&text);
        assert_eq!((loaded.dataset.authorities.len(), loaded.left_out_count()), (100_000, 10));
        assert!(loaded.problems[0].to_string().contains("found one council more; expected at most 100000"));
    }
}

#[test]
fn published_figures_are_bounded_in_number() {
    let mut dataset = bundled_json();
    let claim = dataset["claims"][0].clone();
    dataset["claims"] = json!(vec![claim; 10_001]);
    let words = refusal(&dataset.to_string());
    assert!(words.contains("claims: found 10001; expected at most 10000"), "{words}");
}

#[test]
fn authorities_matched_under_another_name_are_listed_as_far_as_people_read() {
    let named = |name: &str, alias: &str| {
        let mut dataset = bundled_json();
        let item = |n: u32| json!({"name": format!("{name}{n}"), "aliases": [format!("{alias}{n}")]});
        dataset["authorities"] = (0..2_010).map(item).collect();
        read(&dataset.to_string())
    };
    let joined = join(vec![Part::new(named("P", "Q"), "a"), Part::new(named("Q", "P"), "b")]).unwrap();
    assert_eq!((joined.matches.len(), joined.match_count()), (2_000, 2_010));
    assert!(joined.unlisted_summary().unwrap().contains("10 more matched despite different names"));
}

#[test]
fn undated_inspections_of_one_authority_are_paired_without_comparing_all_with_all() {
    let table = |grade: &str| {
        let row = |n: usize| {
            format!("80441,Bristol,,,{},good,good,good,good\n", if n.is_multiple_of(2) { grade } else { "good" })
        };
        read(&(HEADERS.to_owned() + &(0..20_000).map(row).collect::<String>()))
    };
    let (old, new) = (table("inadequate"), table("inadequate"));
    assert_eq!(changes(&old.dataset, &new.dataset), []);
    assert!(changes(&old.dataset, &table("outstanding").dataset).len() >= old.dataset.authorities.len());
}

#[test]
fn problems_that_are_not_listed_are_counted() {
    let mut dataset = bundled_json();
    let mut claim = dataset["claims"][0].clone();
    claim["framework"] = json!("none");
    dataset["claims"] = json!(vec![claim; 3_000]);
    let words = refusal(&dataset.to_string());
    assert!(words.contains("3000 problems") && words.ends_with("and 1000 more, which are not listed"), "{words}");
}

#[test]
fn the_sources_of_very_many_assessments_are_listed_in_part() {
    let loaded = read(&inspections(1_000, "good"));
    let mut app = App::new(Arc::new(loaded), Size { width: 100, height: 30 });
    press(&mut app, "e");
    let lines = app.screen().layer.as_ref().unwrap().page.lines.len();
    assert!(lines < 20_000, "{lines}");
    press(&mut app, "<end>");
    assert!(screen(&app).contains("and 800 earlier assessments"), "{}", screen(&app));
}

/// A few bytes stand for any number of spaces, which the library would write out.
#[test]
fn spaces_of_a_spreadsheet_are_counted_before_they_are_written_out() {
    let content = |spaces: &str| {
        let cell =
            format!("<table:table-cell office:value-type=\"string\"><text:p>a{spaces}b</text:p></table:table-cell>");
        format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
             <table:table table:name=\"a\"><table:table-row>{cell}</table:table-row></table:table>\
             </office:spreadsheet></office:body></office:document-content>"
        )
    };
    let refused = |spaces: &str| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, text) in [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
            ("META-INF/manifest.xml", "<manifest/>".to_owned()),
            ("content.xml", content(spaces)),
        ] {
            archive.start_file(name, options).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        from_reader(bytes.as_slice(), "spaces.ods").unwrap_err().to_string()
    };
    for spaces in ["<text:s text:c=\"1000000000\"/>", "<text:s text:c=\"40000000\"/><text:s text:c=\"40000000\"/>"] {
        assert!(refused(spaces).contains("too much text"), "{}", refused(spaces));
    }
    assert!(!refused("<text:s text:c=\"3\"/><text:tab/>").contains("too much text"));
}

#[test]
fn inspections_beyond_what_a_council_can_have_had_are_counted_and_not_kept() {
    let loaded = read(&inspections(5_003, "good"));
    assert_eq!(loaded.dataset.authorities[0].assessments.len(), 5_000);
    let told = loaded.remarks.join(" ");
    assert!(told.contains("3 inspections beyond 5,000 of one council, left out"), "{told}");
    assert!(told.contains("row 5002"), "the first of them: {told}");
}
