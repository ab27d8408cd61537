//! Answers as workbooks, pages and pictures: read again, and compared with the answer in JSON.

use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use scrutineer::dataset::Absence;
use serde_json::Value;

use crate::common::{PRIVATE, run};

fn json(arguments: &[&str]) -> Value {
    let (text, words, status) = run(&[arguments, &["--format", "json"]].concat());
    assert_eq!((words.as_str(), status), ("", 0));
    serde_json::from_str(&text).unwrap()
}

/// Writes an answer to a file of a folder, and returns its path.
fn written(folder: &tempfile::TempDir, name: &str, arguments: &[&str]) -> std::path::PathBuf {
    let path = folder.path().join(name);
    let (text, words, status) = run(&[arguments, &["-o", path.to_str().unwrap()]].concat());
    assert_eq!((text.as_str(), words.as_str(), status), ("", "", 0));
    path
}

fn rows(path: &Path, sheet: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let names = workbook.sheet_names();
    let (first, rest) = names.split_at(names.len() - 2);
    let expected: [&[&str]; 3] = [&["Answer"], &["Answer", "Data"], &["Councils", "Data"]];
    assert!(expected.iter().any(|expected| first == *expected), "{names:?}");
    assert_eq!(rest, ["Sources", "Notes"]);
    workbook.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// Returns the words of the grades of an authority in an answer in JSON or, where there is none, of the absence.
fn words<const N: usize>(authority: &Value, categories: [&str; N]) -> [String; N] {
    categories.map(|category| {
        let judgement = &authority["judgements"][category];
        let absence = || Absence::ALL.into_iter().find(|absence| judgement["absence"] == absence.name());
        let word = judgement["word"].as_str().or_else(|| absence().map(Absence::words));
        word.unwrap_or_else(|| panic!("{category}: {judgement}")).to_owned()
    })
}

const ILACS: [&str; 5] =
    ["overall-effectiveness", "leaders", "help-and-protection", "children-in-care", "care-leavers"];

#[test]
fn a_workbook_of_the_list_equals_the_answer_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["list", "--framework", "ilacs", "--region", "South West"];
    let path = written(&folder, "southwest.xlsx", &arguments);
    let answer = json(&arguments);
    let table = rows(&path, "Data");
    let column = |name: &str| table[0].iter().position(|cell| *cell == Data::String(name.to_owned())).unwrap();
    let authorities = answer["authorities"].as_array().unwrap();
    assert_eq!(table.len() - 1, authorities.len());
    for (row, authority) in table[1..].iter().zip(authorities) {
        assert_eq!(row[0].to_string(), authority["name"].as_str().unwrap());
        let Data::DateTime(date) = &row[column("date")] else { panic!("{:?} is no date", row[column("date")]) };
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        assert_eq!(format!("{year}-{month:02}-{day:02}"), authority["date"].as_str().unwrap());
        for category in ILACS {
            let number = &row[column(&format!("{category} grade_number_4_is_best"))];
            match authority["judgements"][category]["grade"].as_f64() {
                Some(grade) => assert_eq!(*number, Data::Float(grade), "a real number"),
                None => assert_eq!(*number, Data::Empty),
            }
        }
        assert_eq!(ILACS.map(|category| row[column(category)].to_string()), words(authority, ILACS));
    }
    let notes = rows(&path, "Notes").concat().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(notes.contains("Only: South West.") && notes.contains("no grade:"), "{notes}");
    assert!(rows(&path, "Sources").len() > 1);
}

#[test]
fn the_first_sheet_of_the_list_is_read_by_people() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["list", "--only-record"];
    let path = written(&folder, "today.xlsx", &arguments);
    let table = rows(&path, "Councils");
    let names = ["council", "region", "inspection start", "published", "Impact of leaders", "Help and protection"];
    let column = |name: &str| table[0].iter().position(|cell| *cell == Data::String(name.to_owned())).unwrap();
    assert_eq!(names.map(column), [0, 1, 2, 3, 4, 5]);
    let row = |name: &str| table.iter().find(|row| row[0] == Data::String(name.to_owned())).unwrap();
    assert_eq!(row("Liverpool")[column("Overall effectiveness")].to_string(), "No longer graded");
    assert_eq!(row("Liverpool")[column("Impact of leaders")].to_string(), "Good");
    assert_eq!(row("Liverpool")[column("grades are")].to_string(), "collected by others");
    assert_eq!(row("Bristol")[column("moved")].to_string(), "↓1");
    assert!(row("Bristol")[column("asked to improve")].to_string().contains("Private fostering"));
}

#[test]
fn our_own_reader_opens_a_workbook_of_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder, "all.xlsx", &["list", "--framework", "ilacs"]);
    let before = json(&["list", "--framework", "ilacs"]);
    let after = json(&["list", "--only-files", "-d", path.to_str().unwrap()]);
    let graded = |answer: &Value| {
        let authorities = answer["authorities"].as_array().unwrap().iter();
        let certainty = |one: &Value| ILACS.map(|category| one["judgements"][category]["certainty"].clone());
        authorities
            .map(|one| (one["name"].clone(), one["date"].clone(), words(one, ILACS), certainty(one)))
            .collect::<Vec<_>>()
    };
    assert_eq!(graded(&before).len(), 153);
    assert_eq!(graded(&before), graded(&after));
}

#[test]
fn every_answer_has_a_workbook_a_page_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let answers: [&[&str]; 9] = [
        &["list"],
        &["list", "--framework", "ilacs", "--as-at", "2020-12-31"],
        &["show", "bristol"],
        &["stats"],
        &["stats", "--framework", "ilacs", "--by", "year"],
        &["stats", "--framework", "ilacs", "--by", "region"],
        &["stats", "--by", "series"],
        &["changes", "--since", "2026-07-01"],
        &["map", "--framework", "ilacs"],
    ];
    for (number, answer) in answers.iter().enumerate() {
        let workbook = written(&folder, &format!("{number}.xlsx"), answer);
        let (people, programs) = match answer[0] {
            "list" => ("Councils", "Data"),
            "show" => ("Answer", "Answer"),
            _ => ("Answer", "Data"),
        };
        let (people, programs) = (rows(&workbook, people), rows(&workbook, programs));
        assert!(programs.len() > 1 && people.len() > 1, "{answer:?}");
        let has = |table: &[Vec<Data>], words: &str| table[0].iter().any(|cell| cell.to_string().contains(words));
        assert!(answer[0] != "map" || (has(&people, "council") && has(&programs, "authority")), "{:?}", people[0]);
        let page = std::fs::read_to_string(written(&folder, &format!("{number}.html"), answer)).unwrap();
        for part in [
            "<html lang=\"en-GB\">",
            "<h1>",
            "<caption>",
            "<th scope=\"col\"",
            "<th scope=\"row\"",
            "href=\"#content\"",
        ] {
            assert!(page.contains(part), "{answer:?}: {part}");
        }
        assert!(!page.contains("<script") && !page.contains("@import"), "asks for nothing");
        assert_eq!(page.matches("src=").count(), page.matches("src=\"data:image/").count(), "asks for nothing");
        let picture = std::fs::read_to_string(written(&folder, &format!("{number}.svg"), answer)).unwrap();
        assert_is_a_picture(&picture);
    }
}

/// Asserts that a picture is well-formed XML with a title, a description and a line about its data.
fn assert_is_a_picture(picture: &str) {
    let mut reader = quick_xml::Reader::from_str(picture);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(start) => {
                names.push(start.name().as_ref().to_owned());
            }
            _ => {}
        }
    }
    assert_eq!(names.first().map(String::as_str), Some("svg"));
    for name in ["title", "desc", "text"] {
        assert!(names.iter().any(|held| held == name), "{name}");
    }
    assert!(picture.contains("Grades of councils"), "{picture}");
    assert!(!picture.contains("href="), "asks for nothing");
}

#[test]
fn pages_and_pictures_escape_what_a_file_contains() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.csv");
    let headers = "local_authority,publication_date,inspection_link,overall_effectiveness_grade,impact_of_leaders_grade,\
                   help_and_protection_grade,in_care_grade";
    let row = "<script>alert(1)</script> & \"Co\",05/09/24,javascript:alert(1),good,good,good,good";
    std::fs::write(&file, format!("{headers}\n{}\n", row.replace("\"Co\"", "Co"))).unwrap();
    let data = ["--only-files", "-d", file.to_str().unwrap()];
    for format in ["html", "svg"] {
        for command in [&["list"][..], &["show", "script"]] {
            let (text, _, status) = run(&[command, &data, &["--format", format]].concat());
            assert_eq!(status, 0);
            assert!(text.contains("&lt;script&gt;") && !text.contains("<script>"), "{text}");
            assert!(!text.contains("href=\"javascript"), "{text}");
        }
    }
}

#[test]
fn a_file_without_ending_is_a_table_and_an_output_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(written(&folder, "list", &["list"])).unwrap();
    assert!(text.starts_with("council"), "{text}");
    let missing = folder.path().join("no/such/list.csv");
    let (_, words, status) = run(&["list", "-o", missing.to_str().unwrap()]);
    assert!(
        status == 1 && words.contains("cannot write") && words.contains("list.csv") && !words.contains("at path"),
        "{words}"
    );
}

#[test]
fn an_answer_that_fails_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, "old").unwrap();
    let (.., status) = run(&["list", "--region", "atlantis", "-o", path.to_str().unwrap()]);
    assert_eq!((status, std::fs::read_to_string(&path).unwrap().as_str()), (1, "old"));
}

#[test]
fn the_map_counts_what_the_series_counts() {
    let map = json(&["map", "--framework", "ilacs", "--as-at", "2025-03-31", "--basis", "inspected"]);
    let count = |word: &str| {
        let counts = map["counts"].as_array().unwrap();
        counts.iter().find(|count| count["word"] == word).unwrap()["count"].as_u64().unwrap()
    };
    let series = json(&["stats", "--by", "series", "--as-at", "2025-03-31", "--basis", "inspected"]);
    let rows = series["series"].as_array().unwrap();
    let row = rows.iter().rfind(|row| row["as_at"] == "2025-03-31" && row["basis"] == "inspected").unwrap();
    let good = &row["good_or_better"];
    assert_eq!(count("Outstanding") + count("Good"), good["numerator"].as_u64().unwrap());
    let graded = ["Outstanding", "Good", "Requires improvement to be good", "Inadequate"].map(count);
    assert_eq!(graded.iter().sum::<u64>(), good["denominator"].as_u64().unwrap());
}

fn manual(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap()
}

/// Returns the first block of a language in docs/data.md.
fn block(language: &str) -> String {
    let text = manual("data.md");
    let (_, after) = text.split_once(&format!("```{language}\n")).unwrap();
    after.split_once("```").unwrap().0.to_owned()
}

/// Runs a program with the path of the program under test in front, and returns what it prints.
fn interpret(program: &str, arguments: &[&str], folder: &Path) -> String {
    let built = Path::new(env!("CARGO_BIN_EXE_scrutineer")).parent().unwrap();
    let path = format!("{}:{}", built.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("PATH", path);
    command.envs(PRIVATE.map(|folder| (folder, "/nonexistent")));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs python3; .ci/extended installs it and runs this"]
fn the_example_in_python_counts_what_we_count() {
    let folder = tempfile::tempdir().unwrap();
    let told = interpret("python3", &["-c", &block("python")], folder.path());
    let counts = json(&["stats", "--framework", "ilacs"]);
    let leaders = counts["categories"].as_array().unwrap().iter().find(|one| one["category"] == "leaders").unwrap();
    assert!(told.trim_end().ends_with(&format!("of {}", leaders["good_or_better"]["denominator"])), "{told}");
    for grade in leaders["grades"].as_array().unwrap() {
        assert!(told.contains(&format!("('{}', {})", grade["word"].as_str().unwrap(), grade["count"])), "{told}");
    }
}

#[test]
#[ignore = "needs Rscript; .ci/extended installs it and runs this"]
fn the_example_in_r_runs() {
    let folder = tempfile::tempdir().unwrap();
    let told = interpret("Rscript", &["-e", &block("r")], folder.path());
    assert!(told.contains("South West"), "{told}");
}

#[test]
#[ignore = "needs duckdb; .ci/extended installs it and runs this"]
fn the_example_in_sql_runs() {
    let folder = tempfile::tempdir().unwrap();
    written(&folder, "list.csv", &["list", "--framework", "ilacs"]);
    let told = interpret("duckdb", &["-c", &block("sql")], folder.path());
    assert!(told.contains("South West"), "{told}");
}

#[test]
fn the_description_of_the_answers_is_up_to_date() {
    let made = Command::new(crate::common::example("describe_answers")).output().unwrap();
    assert_eq!(String::from_utf8(made.stdout).unwrap(), manual("answers.md"), "see tests/programs/describe_answers.rs");
}

#[test]
fn the_manual_of_the_keys_is_up_to_date() {
    let made = Command::new(crate::common::example("describe_keys")).output().unwrap();
    assert_eq!(String::from_utf8(made.stdout).unwrap(), manual("keys.md"), "see tests/programs/describe_keys.rs");
}

/// README.md gives a command and one line of its answer for each.
#[test]
fn the_errands_of_the_readme_are_answered_as_it_says() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let (_, errands) = readme.split_once("## What it answers").unwrap();
    let errands = errands.split("\n## ").next().unwrap();
    let rows = errands.lines().filter(|line| line.starts_with("| ") && line.contains("`scrutineer "));
    let rows: Vec<Vec<&str>> = rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect();
    assert_eq!(rows.len(), 5, "{errands}");
    for row in rows {
        let [question, command, answer] = row.as_slice() else { panic!("{row:?}") };
        let (_, command) = command.trim_matches('`').split_once(' ').unwrap();
        let arguments: Vec<String> = words_of(command);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (shown, told, status) = run(&arguments);
        assert_eq!((told.as_str(), status), ("", 0), "{question}");
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let answers = answer.split('“').skip(1).map(|part| part.split_once('”').unwrap().0);
        for part in answers {
            assert!(squeezed(&shown).contains(&squeezed(part)), "{question}: {part}\n{shown}");
        }
    }
}

/// Splits a command line at its spaces, but for those between quotation marks.
fn words_of(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(String::from).collect::<Vec<_>>(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn a_clerk_gets_todays_files_a_page_and_a_spreadsheet_in_three_commands() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    std::fs::copy("tests/files/history.csv", files.join("ofsted_csc_ilacs_history.csv")).unwrap();
    let commands = manual("commands.md");
    let (_, after) = commands.split_once("A clerk's errand").unwrap();
    let commands = after.split_once("```sh\n").unwrap().1.split_once("```").unwrap().0;
    assert_eq!(commands.lines().count(), 3);
    for line in commands.lines() {
        // As in the manual, but from a folder instead of the web.
        let line = line.replace("scrutineer fetch", &format!("scrutineer fetch --accept --from {}", files.display()));
        let mut shell = Command::new("sh");
        let built = Path::new(env!("CARGO_BIN_EXE_scrutineer")).parent().unwrap();
        shell.args(["-c", &line]).current_dir(folder.path()).envs(PRIVATE.map(|name| (name, folder.path())));
        shell.env("PATH", format!("{}:{}", built.display(), std::env::var("PATH").unwrap()));
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let page = std::fs::read_to_string(folder.path().join("bristol.html")).unwrap();
    assert!(page.contains("<h1>Bristol</h1>") && page.contains("league table"), "{page}");
    let table = rows(&folder.path().join("southwest.xlsx"), "Data");
    let names: Vec<String> = table[1..].iter().map(|row| row[0].to_string()).collect();
    assert!(names.contains(&"Bristol".to_owned()) && names.len() == 15, "{names:?}");
    assert!(table[1..].iter().any(|row| row.contains(&Data::String("ilacs".to_owned()))), "on the latest framework");
}

#[cfg(unix)]
#[test]
fn names_of_files_are_cleaned_wherever_they_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("a\u{1b}[31mred\u{202e}.csv");
    std::fs::copy("tests/files/history.csv", &name).unwrap();
    let name = name.to_str().unwrap();
    for arguments in [
        &["check", name][..],
        &["changes", name, name],
        &["list", "-d", name],
        &["list", "--only-files", "-d", name, "--format", "csv"],
        &["list", "--config", name],
        &["config", "--config", name],
        &["list", "-d", &format!("{name}.missing")],
        &["list", "-o", &format!("{name}/x.csv")],
    ] {
        let (text, words, _) = run(arguments);
        assert!(!(text + &words).contains(['\u{1b}', '\u{202e}']), "{arguments:?}");
    }
}

#[test]
fn links_in_markdown_cannot_be_ended_by_what_a_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.csv");
    let headers = "local_authority,publication_date,inspection_link,overall_effectiveness_grade,impact_of_leaders_grade,\
                   help_and_protection_grade,in_care_grade";
    let row = "leeds,05/09/24,https://a.b/x)[c](javascript:`d`)<e>|f,good,good,good,good";
    std::fs::write(&file, format!("{headers}\n{row}\n")).unwrap();
    let (text, ..) = run(&["show", "leeds", "--only-files", "-d", file.to_str().unwrap(), "--format", "markdown"]);
    assert!(text.contains("<https://a.b/x%29%5Bc%5D%28javascript:%60d%60%29%3Ce%3E%7Cf>"), "{text}");
}

#[test]
fn an_authority_that_ended_has_no_rank_among_those_of_today() {
    for name in ["Northamptonshire", "Cumbria"] {
        let (page, ..) = run(&["show", name, "--format", "html"]);
        assert!(page.contains("Good or better in "), "{page}");
        assert!(!page.contains("best grade first") && !page.contains("th of "), "{page}");
    }
    assert!(run(&["show", "Leeds", "--format", "html"]).0.contains(" of 15"));
}

#[test]
fn a_filter_of_the_map_is_about_what_the_map_shows() {
    let day = ["map", "--as-at", "2018-12-31"];
    let count = |more: &[&str], word: &str| {
        let map = json(&[&day, more].concat());
        let counts = map["counts"].as_array().unwrap();
        counts.iter().find(|count| count["word"] == word).unwrap()["count"].as_u64().unwrap()
    };
    let all = count(&[], "Good");
    assert!(all > 40, "inspections under SIF are on the map: {all}");
    assert_eq!(count(&["--grade", "overall=G"], "Good"), all);
    assert_eq!(count(&["--grade", "overall=G"], "Inadequate"), 0);
    let since = count(&["--since", "2017-01-01"], "Good");
    assert!(since > 26 && since < all, "{since}");
    let bare = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    let empty = serde_json::json!({"format": 2, "title": "t", "publisher": "p", "date": "2020-01-01", "sources": [],
        "frameworks": [], "claims": [], "authorities": []});
    std::fs::write(bare.path(), empty.to_string()).unwrap();
    let file = bare.path().to_str().unwrap();
    let (_, words, status) = run(&["map", "--only-files", "-d", file, "--category", "foo"]);
    assert!(status == 1 && words.contains("no framework, so no categories"), "{words}");
}

#[test]
fn every_row_of_a_history_cites_the_sources_of_its_grades() {
    let (page, ..) = run(&["show", "Birmingham", "--format", "html"]);
    let history = page.split_once("<h3>Every inspection</h3>").unwrap().1.split("<h3>").next().unwrap();
    let rows: Vec<&str> = history.split("<tr>").filter(|row| row.starts_with("<th scope=\"row\">")).collect();
    let graded = rows.iter().filter(|row| row.contains("class=\"grade g"));
    assert!(graded.clone().count() > 3, "{history}");
    for row in graded {
        assert!(row.contains("#source-"), "{row}");
    }
}

#[test]
fn neighbours_that_are_not_in_the_data_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("overview.xlsx");
    std::fs::copy("tests/files/overview.xlsx", &path).unwrap();
    let path = path.to_str().unwrap();
    let (page, ..) = run(&["show", "Leeds", "--only-files", "-d", path, "--format", "html"]);
    assert!(page.contains("Not in these data: number "), "{page}");
}

#[test]
fn a_page_of_the_list_leads_to_the_report_of_each_authority() {
    let (page, ..) = run(&["list", "--framework", "ilacs", "--region", "South West", "--format", "html"]);
    let list = json(&["list", "--framework", "ilacs", "--region", "South West"]);
    let names = list["authorities"].as_array().unwrap().iter().map(|authority| authority["name"].as_str().unwrap());
    for name in names {
        let row = page.split("<tr>").find(|row| row.contains(&format!(">{name}<"))).unwrap();
        assert!(row.starts_with("<th scope=\"row\"><a href=\"https://"), "{row}");
    }
}

#[test]
fn comma_separated_values_have_a_name_for_each_column_and_a_package_beside_them() {
    let answers: [&[&str]; 9] = [
        &["list"],
        &["stats"],
        &["stats", "--by", "region"],
        &["stats", "--by", "series"],
        &["areas"],
        &["areas", "--by", "area"],
        &["events"],
        &["neighbours", "bristol"],
        &["changes", "--since", "2026-07-01"],
    ];
    for answer in answers {
        let folder = tempfile::tempdir().unwrap();
        let path = written(&folder, "answer of today.csv", &[answer, &["--only-record", "--package"]].concat());
        let mut rows = csv::Reader::from_path(&path).unwrap();
        let headers: Vec<String> = rows.headers().unwrap().iter().map(String::from).collect();
        let distinct: std::collections::HashSet<&String> = headers.iter().collect();
        assert_eq!(distinct.len(), headers.len(), "{answer:?}: {headers:?}");
        assert!(!headers.contains(&"data".to_owned()) && rows.records().count() > 1, "{answer:?}");
        let package = std::fs::read_to_string(folder.path().join("datapackage.json")).unwrap();
        let package: Value = serde_json::from_str(&package).unwrap();
        let resource = &package["resources"][0];
        assert_eq!(resource["path"], "answer of today.csv");
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>(), headers);
        assert!(!package["sources"].as_array().unwrap().is_empty(), "{answer:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    written(&folder, "list.csv", &["list", "--region", "London", "--as-at", "2025-12-31", "--package"]);
    let package = std::fs::read_to_string(folder.path().join("datapackage.json")).unwrap();
    let about = &serde_json::from_str::<Value>(&package).unwrap()["about"];
    assert_eq!((&about["as_at"], &about["filter"]), (&"2025-12-31".into(), &"London".into()));
    let (text, words, status) = run(&["list", "--package", "-o", "list.json"]);
    assert!((text.as_str(), status) == ("", 2) && words.contains("--package"), "{words}");
}

#[test]
fn a_dash_is_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, ..) = run(&["list", "--format", "csv"]);
    let mut command = crate::common::program();
    let out = command.args(["list", "--format", "csv", "-o", "-"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), plain);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no file of that name");
}

/// The rows of an answer in Markdown, under its headers.
fn markdown(arguments: &[&str]) -> (Vec<String>, Vec<Vec<String>>) {
    let (answer, words, status) = run(&[arguments, &["--format", "markdown"]].concat());
    assert_eq!(status, 0, "{words}");
    let cells = |line: &str| {
        let line = line.replace("\\|", "/").replace('\\', "");
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    let table = answer.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let mut rows = table.map(cells);
    let headers = rows.next().unwrap();
    (headers, rows.skip(1).collect())
}

#[test]
fn every_column_for_people_holds_what_its_header_says() {
    let dataset = scrutineer::load::record().unwrap().dataset;
    let names: Vec<&str> = dataset.authorities.iter().map(|one| one.name.as_str()).collect();
    let regions: Vec<&str> = dataset.authorities.iter().filter_map(|one| one.region.as_deref()).collect();
    let shorts: Vec<&str> =
        dataset.frameworks.iter().flat_map(|one| &one.categories).map(|category| category.short.as_str()).collect();
    let frameworks: Vec<&str> = dataset.frameworks.iter().map(|one| one.short.as_str()).collect();
    let is_date = |text: &str| text.len() >= 4 && text.split('-').all(|part| part.parse::<u16>().is_ok());
    let is_grade = |text: &str| matches!(text.trim_end_matches('*'), "O" | "G" | "R" | "I" | "–");
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    let in_list = |list: &[&str], text: &str| list.contains(&text);
    let answers: [&[&str]; 14] = [
        &["list", "--region", "London"],
        &["events", "--kind", "direction"],
        &["areas"],
        &["areas", "neglect"],
        &["areas", "--council", "stoke"],
        &["stats"],
        &["stats", "--by", "region"],
        &["stats", "--by", "year"],
        &["stats", "--by", "series"],
        &["stats", "--framework", "apa-2006"],
        &["map"],
        &["changes", "--since", "2026-07-01"],
        &["neighbours", "bristol"],
        &["compare", "leeds", "bradford"],
    ];
    let mut checked = 0;
    for arguments in answers {
        let (headers, rows) = markdown(arguments);
        assert!(!rows.is_empty(), "{arguments:?}");
        for (at, header) in headers.iter().enumerate() {
            let fits: Box<dyn Fn(&str) -> bool> = match header.as_str() {
                "council" => Box::new(|text| in_list(&names, text)),
                "region" => Box::new(|text| in_list(&regions, text)),
                "report" | "until" | "as at" => Box::new(is_date),
                "published" if !arguments.contains(&"stats") => Box::new(is_date),
                "when" => Box::new(|text| text.contains("20") || text.contains("not known")),
                "newest" => Box::new(|text| matches!(text, "newest" | "earlier")),
                "again" => Box::new(|text| text == "again"),
                "bears on" => Box::new(|text| in_list(&shorts, text)),
                "grade" if arguments.contains(&"--council") => Box::new(is_grade),
                "grades since" => Box::new(|text| text.split(" → ").all(is_grade)),
                "Leaders" | "Help" | "In care" | "Leavers" | "Overall" => Box::new(is_grade),
                "framework" => Box::new(|text| in_list(&frameworks, text)),
                "verdict" => Box::new(|text| matches!(text, "agrees" | "fits" | "contradicts" | "cannot tell")),
                "basis" => Box::new(|text| matches!(text, "published" | "inspected")),
                "of known" | "percent" | "of listed" | "inspected" | "up" | "down" | "same" => Box::new(is_number),
                "certainty" => Box::new(|text| matches!(text, "stated" | "worked out" | "collected by others")),
                "what" => Box::new(|text| text.starts_with(char::is_alphabetic) && !text.contains("20")),
                "moved" => Box::new(|text| text.starts_with(['↑', '↓'])),
                _ => continue,
            };
            checked += 1;
            for cell in rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()) {
                assert!(fits(cell), "{arguments:?}: {header}: {cell:?}");
            }
        }
    }
    assert!(checked > 60, "{checked}");
}
