//! The commands as seen by scripts: standard output, standard error, exit status.

use crate::common::{APA, PRIVATE, app, press, program, run, without_record};
use assert_cmd::Command;
use serde_json::Value;

/// A small history of inspections, and a later version of it.
const HISTORY: &str = "tests/files/history.csv";
const LATER: &str = "tests/files/history-later.csv";

fn scrutineer(arguments: &[&str]) -> Command {
    let mut command = Command::from_std(program());
    command.args(without_record(arguments));
    command
}

fn out(arguments: &[&str]) -> String {
    let done = scrutineer(arguments).assert().success();
    let talk = String::from_utf8_lossy(&done.get_output().stderr).into_owned();
    assert!(talk.is_empty() || talk.ends_with("1 cell or row repaired\n"), "{arguments:?}: {talk}");
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(arguments)).unwrap()
}

fn error_of(arguments: &[&str], status: i32) -> String {
    let done = scrutineer(arguments).assert().code(status);
    assert!(done.get_output().stdout.is_empty(), "{arguments:?}");
    String::from_utf8(done.get_output().stderr.clone()).unwrap()
}

fn names(list: &Value) -> Vec<String> {
    list["authorities"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn list_and_the_browser_agree_for_any_query_and_sort() {
    let sorts = [("", ""), ("services", "s"), ("-services", "sS"), ("capacity", "sss"), ("-authority", "S")];
    for query in ["", "wor", "th", "shire", "e06000023", "bristol city", "leeds"] {
        for (column, keys) in sorts {
            let mut arguments = vec!["list", "--format", "json"];
            arguments.extend(query.split(' ').filter(|w| !w.is_empty()));
            if !column.is_empty() {
                arguments.extend(["--sort", column]);
            }
            let mut browser = app(120, 36);
            press(&mut browser, &format!("/{query}<enter>{keys}"));
            assert_eq!(names(&json(&arguments)), browser.listed_names(), "{query:?} by {column:?}");
        }
    }
}

#[test]
fn list_shows_grades_with_word_certainty_and_sources() {
    let list = json(&["list", "kent", "--format", "json"]);
    let judgement = &list["authorities"][0]["judgements"]["capacity"];
    assert_eq!((judgement["grade"].as_u64(), judgement["word"].as_str()), (Some(4), Some("Outstanding")));
    assert_eq!(judgement["certainty"], "inferred");
    assert_eq!(judgement["evidence"][0]["source"], "kcc");
    assert!(judgement["evidence"][0]["step"].is_string());
    let list = json(&["list", "bristol", "--format", "json"]);
    let absent = &list["authorities"][0]["judgements"]["capacity"];
    assert_eq!((absent["grade"].as_u64(), absent["absence"].as_str()), (None, Some("not-reported")));
}

#[test]
fn filters_combine() {
    assert_eq!(
        names(&json(&["list", "--format", "json", "--region", "london", "--grade", "capacity=outstanding"])).len(),
        4
    );
    assert_eq!(names(&json(&["list", "--format", "json", "--grade", "services=1"])), ["Bristol", "Stoke-on-Trent"]);
    assert_eq!(
        names(&json(&["list", "--format", "json", "--grade", "services=1", "--region", "South West"])),
        ["Bristol"]
    );
}

#[test]
fn as_at_an_earlier_day_there_are_no_grades() {
    let list = json(&["list", "bristol", "--format", "json", "--as-at", "2006-10-31"]);
    assert_eq!(list["authorities"][0]["judgements"], serde_json::json!({}));
    let list = json(&["list", "bristol", "--format", "json", "--as-at", "2006-11-01"]);
    assert_eq!(list["authorities"][0]["judgements"]["services"]["grade"], 1);
}

#[test]
fn csv_keeps_numbers_and_leaves_absent_grades_empty() {
    let text = out(&["list", "bristol", "--format", "csv"]);
    let mut lines = text.split("\r\n");
    let headers =
        "authority,region,gss,framework,date,link,services,services grade_number_4_is_best,services certainty,";
    assert!(lines.next().unwrap().starts_with(headers));
    assert_eq!(
        lines.next().unwrap(),
        "Bristol,South West,E06000023,apa-2006,2006-11-01,\
         https://nurseryworld.co.uk/content/news/council-childrens-services-face-overhaul-by-advisors,\
         Inadequate,1,stated,not reported,,,not reported,,,,"
    );
}

#[test]
fn text_that_looks_like_a_formula_is_escaped() {
    let dataset = std::fs::read_to_string("assets/apa-2006.json").unwrap();
    let dataset = dataset.replacen("\"name\": \"Bristol\"", "\"name\": \"=cmd, \\\"quoted\\\"\"", 1);
    let done = scrutineer(&["list", "quoted", "-d", "-", "--format", "csv"]).write_stdin(dataset).assert().success();
    let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(text.contains("\"'=cmd, \"\"quoted\"\"\",South West"), "{text}");
}

#[test]
fn an_export_yields_the_same_list_and_the_same_export() {
    let export = out(&["export"]);
    let piped = scrutineer(&["list", "-d", "-"]).write_stdin(export.clone()).assert().success();
    assert_eq!(String::from_utf8_lossy(&piped.get_output().stdout), out(&["list"]));
    let again = scrutineer(&["export", "-d", "-"]).write_stdin(export.clone()).assert().success();
    assert_eq!(String::from_utf8_lossy(&again.get_output().stdout), export);
}

#[test]
fn an_export_loses_nothing() {
    let export = out(&["export"]);
    let read = |text: &str| scrutineer::load::from_json(text.as_bytes(), "x").unwrap().dataset;
    assert_eq!(read(&export), read(include_str!("../../assets/apa-2006.json")));
}

#[test]
fn export_as_csv_has_a_row_for_each_assessment() {
    assert_eq!(out(&["export", "--format", "csv"]).lines().count(), 19);
}

#[test]
fn stats_show_every_share_with_its_total() {
    let stats = json(&["stats", "--format", "json"]);
    let figures = stats["figures"].as_array().unwrap();
    let good =
        figures.iter().find(|f| f["category"] == "services" && f["grades"] == serde_json::json!([4, 3])).unwrap();
    assert_eq!((good["published"].as_f64(), good["of"].as_u64()), (Some(86.0), Some(102)));
    assert_eq!((good["counted"].as_u64(), good["known"].as_u64()), (Some(15), Some(17)));
    assert_eq!(
        (&good["possible"], &good["verdict"]),
        (&serde_json::json!([15, 100]), &serde_json::json!("consistent"))
    );
    let regions = json(&["stats", "--by", "region", "--format", "json"]);
    let west = regions["regions"].as_array().unwrap().iter().find(|r| r["region"] == "South West").unwrap();
    let share = &west["good_or_better"][0];
    assert_eq!((share["numerator"].as_u64(), share["denominator"].as_u64()), (Some(2), Some(3)));
}

#[test]
fn show_prints_everything_with_numbered_sources() {
    let text = out(&["show", "stoke"]);
    for words in
        ["Stoke-on-Trent City Council, unitary", "1 Inadequate", "Mark Meredith, elected mayor", "[1] Nursery World"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let brief = out(&["show", "torbay", "--format", "markdown"]);
    assert!(brief.contains("3\\* Good (worked out)"), "{brief}");
    assert!(brief.contains("[^1]: BBC News") && brief.contains("step: "), "{brief}");
}

#[test]
fn every_source_cited_by_show_is_listed_at_its_end() {
    for name in ["bristol", "camden", "kent", "cornwall", "stoke"] {
        let brief = out(&["show", name, "--format", "markdown"]);
        let cited = brief.matches("[^").count() - brief.matches("\n[^").count();
        let listed = brief.matches("]: ").count();
        assert!(cited >= listed && listed > 0, "{name}");
        for number in 1..=listed {
            assert!(brief.contains(&format!("[^{number}]: ")), "{name} {number}");
        }
    }
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest_one() {
    let words = error_of(&["show", "shopshire"], 1);
    assert!(words.contains("Shropshire"), "{words}");
    let words = error_of(&["show", "shire"], 1);
    assert!(words.contains("can mean"), "{words}");
    assert_eq!(json(&["show", "E10000034", "--format", "json"])["name"], "Worcestershire");
}

#[test]
fn misspelt_words_are_answered_with_the_nearest_one() {
    for (arguments, nearest) in [
        (["list", "--region", "Lundon"], "London"),
        (["list", "--sort", "servises"], "services"),
        (["list", "--framework", "apa-206"], "apa-2006"),
        (["list", "--grade", "servces=1"], "services"),
        (["list", "--grade", "services=adequat"], "Adequate"),
    ] {
        let words = error_of(&arguments, 1);
        assert!(words.contains(&format!("did you mean {nearest:?}?")), "{words}");
    }
}

#[test]
fn check_counts_inspections_published_before_they_began() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("swapped.csv");
    let row = |began: &str| crate::common::row(80481, "Leeds", "2024-03-04", began, "good");
    let check = |rows: String| {
        std::fs::write(&path, crate::common::HEADERS.to_owned() + &rows).unwrap();
        out(&["check", path.to_str().unwrap()])
    };
    let words = check(row("2024-03-05"));
    assert!(words.contains("1 inspection published before the first day: check the dates: Leeds"), "{words}");
    assert!(!words.contains("no problem"), "{words}");
    for began in ["2024-03-04", "2024-02-21", ""] {
        assert!(!check(row(began)).contains("before the first day"), "{began}");
    }
}

#[test]
fn the_number_of_a_grade_is_compared_as_typed() {
    assert!(!names(&json(&["list", "--grade", "services=1", "--format", "json"])).is_empty());
    for wrong in ["services=-1", "services=01", "services=1.0"] {
        assert!(error_of(&["list", "--grade", wrong], 1).contains("no grade"), "{wrong}");
    }
}

#[test]
fn check_lists_every_problem_and_fails_if_nothing_can_be_used() {
    assert!(out(&["check"]).contains("no problem"));
    assert!(
        out(&["check", "assets/apa-2006.json"]).contains("18 councils, 18 assessments, 45 of 54 judgements are grades")
    );
    let done = scrutineer(&["check", "-"]).write_stdin("{\"format\": 1}").assert().code(1);
    let text = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    for words in ["format: found version 1", "title: found nothing"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let dataset = std::fs::read_to_string("assets/apa-2006.json").unwrap().replacen("\"unitary\"", "\" \"", 1);
    let done = scrutineer(&["check", "-"]).write_stdin(dataset).assert().success();
    let text = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    assert!(
        text.contains("1 left out: Bristol")
            && text.contains("authorities[0].council_at_assessment.kind: found an empty text"),
        "{text}"
    );
}

#[test]
fn markdown_escapes_markup() {
    let dataset = std::fs::read_to_string("assets/apa-2006.json").unwrap();
    let dataset = dataset.replacen("\"name\": \"Bristol\"", "\"name\": \"Bri|s*tol\"", 1);
    let done = scrutineer(&["list", "stol", "-d", "-", "--format", "markdown"]).write_stdin(dataset).assert().success();
    let text = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    assert!(text.contains("| Bri\\|s\\*tol | 1 | – | – |"), "{text}");
}

#[test]
fn wrong_usage_exits_with_two() {
    for arguments in
        [&["list", "--format", "xml"][..], &["show"], &["completions", "tcsh"], &["stats", "--by", "month"]]
    {
        error_of(arguments, 2);
    }
    assert!(error_of(&["show", "bristol", "-o", "bristol.csv"], 2).contains("no comma-separated form"));
    for place in ["-", "datapackage.json", "/nowhere/DataPackage.json"] {
        let told = error_of(&["list", "-o", place, "--package", "--format", "csv"], 2);
        assert!(told.contains("name another file"), "{told}");
    }
}

#[test]
fn the_examples_in_every_help_text_run() {
    for command in
        ["list", "show", "stats", "check", "export", "schema", "completions", "man", "config", "changes", "fetch"]
    {
        let help = out(&[command, "--help"]);
        let examples: Vec<&str> = help.lines().filter_map(|l| l.trim().strip_prefix("scrutineer ")).collect();
        assert_eq!(examples.len(), 2, "{help}");
        for example in examples {
            let line =
                format!("scrutineer {example}").replace("scrutineer ", concat!(env!("CARGO_BIN_EXE_scrutineer"), " "));
            let mut shell = Command::new("sh");
            shell.envs(PRIVATE.map(|folder| (folder, "/nonexistent"))).current_dir(env!("CARGO_MANIFEST_DIR"));
            shell.args(["-c", &line]).assert().success();
        }
    }
}

#[test]
fn completions_are_generated_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(out(&["completions", shell]).contains("scrutineer"));
    }
    assert!(out(&["man"]).contains(".TH scrutineer 1"));
    let page = out(&["man", "list"]);
    assert!(page.contains(".TH scrutineer-list 1") && page.contains("as\\-at"), "{page}");
    assert!(error_of(&["man", "lst"], 2).contains("did you mean \"list\"?"));
}

#[test]
fn the_schema_accepts_valid_data_and_rejects_invalid_data() {
    let schema = jsonschema::validator_for(&json(&["schema"])).unwrap();
    let bundled: Value = serde_json::from_str(include_str!("../../assets/apa-2006.json")).unwrap();
    assert!(schema.is_valid(&bundled));
    assert!(schema.is_valid(&json(&["export"])));
    let wrong: [fn(&mut Value); 6] = [
        |d| d["format"] = 1.into(),
        |d| d["authorities"][0]["nam"] = "x".into(),
        |d| d["authorities"][0]["assessments"][0]["judgements"]["services"]["absence"] = "blank".into(),
        |d| d["authorities"][0]["assessments"][0]["judgements"]["services"]["grade"] = "1".into(),
        |d| d["claims"][0]["certainty"] = "rumoured".into(),
        |d| d["sources"][0]["link"] = "javascript:alert(1)".into(),
    ];
    for (number, spoil) in wrong.iter().enumerate() {
        let mut dataset = bundled.clone();
        spoil(&mut dataset);
        assert!(!schema.is_valid(&dataset), "{number}");
        let read = scrutineer::load::from_json(dataset.to_string().as_bytes(), "x");
        assert!(read.is_err() || read.is_ok_and(|l| !l.problems.is_empty()), "{number}");
    }
}

#[test]
fn every_json_answer_matches_its_schema() {
    let answers: [(&str, &[&[&str]]); 7] = [
        (
            "list",
            &[
                &["list"],
                &["list", "bristol"],
                &["list", "-d", HISTORY],
                &["list", "nobody"],
                &["list", "--as-at", "2001"],
            ],
        ),
        (
            "show",
            &[&["show", "bristol"], &["show", "torbay"], &["show", "cornwall"], &["show", "leeds", "-d", HISTORY]],
        ),
        ("stats", &[&["stats"]]),
        ("regions", &[&["stats", "--by", "region"]]),
        ("years", &[&["stats", "--by", "year"], &["stats", "--by", "year", "-d", HISTORY]]),
        (
            "counts",
            &[
                &["stats", "--region", "London"],
                &["stats", "-d", HISTORY],
                &["stats", "-d", HISTORY, "--framework", "sif"],
            ],
        ),
        ("changes", &[&["changes", HISTORY, LATER], &["changes", "--since", "2019-12-31", HISTORY]]),
    ];
    for (name, commands) in answers {
        let schema = json(&["schema", name]);
        let validator = jsonschema::validator_for(&schema).unwrap();
        for command in commands {
            let answer = json(&[*command, &["--format", "json"]].concat());
            assert!(validator.is_valid(&answer), "{command:?}");
            let mut spoilt = answer.clone();
            let key = ["assessments", "changes", "about"].into_iter().find(|key| answer.get(*key).is_some()).unwrap();
            spoilt.as_object_mut().unwrap().remove(key);
            assert!(!validator.is_valid(&spoilt), "{command:?}");
        }
    }
}

#[test]
fn files_are_joined() {
    let two = out(&["list", "-d", "assets/apa-2006.json", "-d", "assets/apa-2006.json"]);
    assert_eq!(two, out(&["list"]));
    assert_eq!(out(&["export", "-d", "assets/apa-2006.json", "-d", "assets/apa-2006.json"]), out(&["export"]));
}

#[test]
fn a_file_together_with_a_command_is_wrong_usage() {
    assert!(error_of(&["assets/apa-2006.json", "list"], 2).contains("-d FILE"));
}

#[test]
fn markdown_and_tables_carry_caveats_and_sources() {
    for format in ["markdown", "table"] {
        for command in [&["list", "bristol"][..], &["stats"], &["stats", "--by", "region"]] {
            let text = out(&[command, &["--format", format]].concat());
            assert!(text.contains("Source: Nursery World"), "{text}");
        }
    }
}

/// Returns a folder with a settings file in its usual location.
fn settings(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("scrutineer")).unwrap();
    std::fs::write(folder.path().join("scrutineer/config.toml"), text).unwrap();
    folder
}

/// Runs the program with these settings, and without the record.
fn with_settings(folder: &tempfile::TempDir, arguments: &[&str]) -> (String, String, i32) {
    let has_data =
        std::fs::read_to_string(folder.path().join("scrutineer/config.toml")).is_ok_and(|t| t.contains("data ="));
    let mut command = if has_data {
        let mut command = Command::from_std(program());
        command.args(arguments).arg("--only-files");
        command
    } else {
        scrutineer(arguments)
    };
    let done = command.env("XDG_CONFIG_HOME", folder.path()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(done.stdout), text(done.stderr), done.status.code().unwrap())
}

#[test]
fn config_prints_the_settings_in_force_and_their_origin() {
    let folder = settings("theme = \"colour-blind\"\n[keys]\nsearch = [\"f\"]\n");
    let (text, talk, status) = with_settings(&folder, &["config"]);
    assert_eq!((talk.as_str(), status), ("", 0));
    let place = folder.path().join("scrutineer/config.toml").display().to_string();
    let unwrapped = text.replace("\n# ", " ");
    assert!(unwrapped.contains(&format!("Read from {place}.")), "{text}");
    for line in ["theme = \"colour-blind\" # line 1", "#mouse = true", "search = [\"f\"] # line 3", "#quit = [\"q\"]"] {
        assert!(text.lines().any(|l| l == line), "{line}: {text}");
    }
    let (text, ..) = with_settings(&folder, &["config", "--theme", "mono", "--no-mouse"]);
    assert!(text.contains("theme = \"mono\" # from --theme") && text.contains("mouse = false # from --no-mouse"));
    let (text, ..) = with_settings(&folder, &["config", "--no-color"]);
    assert!(text.contains("theme = \"mono\" # from --no-color"));
    assert!(out(&["config"]).contains("#theme = \"default\""));
}

#[test]
fn a_mistake_in_the_settings_is_reported_and_affects_nothing_else() {
    let folder = settings("theem = \"mono\"\nmouse = false\n");
    let (text, talk, status) = with_settings(&folder, &["config"]);
    assert_eq!(status, 1);
    assert!(
        talk.contains("config.toml: line 1, column 1: found \"theem\"") && talk.contains("did you mean \"theme\"?")
    );
    assert!(text.contains("mouse = false # line 2"), "{text}");
    let (text, talk, status) = with_settings(&folder, &["list"]);
    assert_eq!((text, status), (out(&["list"]), 0));
    assert!(talk.contains("theem"));
}

#[test]
fn the_settings_can_name_the_framework_to_open_on() {
    let run = |text: &str, arguments: &[&str]| {
        let folder = settings(text);
        let mut command = Command::from_std(program());
        let output = command.args(arguments).env("XDG_CONFIG_HOME", folder.path()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let (listed, _) = run("framework = \"ilacs\"\nsort = \"-leaders\"\n", &[]);
    assert!(listed.starts_with("council") && listed.contains("Leavers"), "{listed}");
    let (listed, words) = run("framework = \"ilaks\"\n", &[]);
    assert!(listed.contains("Leavers") && words.contains("config.toml: line 1: there is no framework \"ilaks\""));
    let (listed, words) = run("framework = \"ilaks\"\n", &["--framework", "sif"]);
    assert!(listed.contains("Adoption") && words.contains("no framework \"ilaks\""), "{words}");
}

#[test]
fn every_mistake_in_the_settings_is_reported_by_every_command_with_line_and_cure() {
    let folder = settings(
        "framework = \"ilaks\"\nsort = \"leavrs\"\nmouse = \"off\"\n[keys]\nhelp = \"f1\"\nsearch = \"f1\"\nquit = []\n",
    );
    let wanted = [
        "line 3, column 9: found the text \"off\"; expected true or false",
        "line 6, column 10: found f1, which is bound to help already; expected a key that is free there",
        "line 1: there is no framework \"ilaks\"; did you mean \"ilacs\"?",
        "line 2: there is no column \"leavrs\"",
    ];
    let commands: [&[&str]; 8] =
        [&["config"], &["list", "kent"], &["show", "kent"], &["stats"], &["map"], &["check"], &["schema"], &[]];
    for arguments in commands {
        let mut command = Command::from_std(program());
        let output = command.args(arguments).env("XDG_CONFIG_HOME", folder.path()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        for words in wanted {
            assert!(said.matches(words).count() == 1, "{arguments:?}, {words}: {said}");
        }
        assert_eq!(output.status.success(), arguments != ["config"], "{arguments:?}");
    }
}

#[test]
fn the_settings_can_name_files_to_open() {
    let folder = settings("data = [\"mine.json\"]\n");
    let bundled = std::fs::read_to_string("assets/apa-2006.json").unwrap();
    let mine = bundled.replacen("\"name\": \"Bristol\"", "\"name\": \"Bristle\"", 1);
    std::fs::write(folder.path().join("scrutineer/mine.json"), mine).unwrap();
    let (text, ..) = with_settings(&folder, &["list"]);
    assert!(text.contains("Bristle"), "{text}");
    let (text, ..) = with_settings(&folder, &["list", "-d", "assets/apa-2006.json"]);
    assert!(!text.contains("Bristle"));
}

#[test]
fn standard_input_can_be_named_only_once() {
    for arguments in [&["check", "-", "-"][..], &["list", "-d", "-", "-d", "-"], &["-", "-"]] {
        assert!(error_of(arguments, 2).contains("can be read only once"), "{arguments:?}");
    }
}

#[test]
fn a_missing_settings_file_named_by_the_user_is_an_error() {
    assert!(error_of(&["list", "--config", "/nonexistent/c.toml"], 1).contains("cannot read the settings in"));
}

/// Returns the words of the row of a table that begins with `start`.
fn row(text: &str, start: &str) -> Vec<String> {
    let line = text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start}: {text}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(String::from).collect()
}

#[test]
fn a_history_is_listed_with_arrows_and_dates() {
    let text = out(&["list", "-d", HISTORY]);
    assert_eq!(row(&text, "Leeds"), ["Leeds", "O", "G", "O", "–", "O", "↑1↓1", "2022-03-04"]);
    assert_eq!(row(&text, "Kent"), ["Kent", "R", "R", "–", "–", "R", "2019-05-01"]);
    let names = names(&json(&["list", "-d", HISTORY, "--sort", "date", "--format", "json"]));
    assert_eq!(names, ["Leeds", "Kent", "Devon"]);
    assert_eq!(names_since("2020-01-01"), ["Leeds"]);
    let csv = out(&["list", "leeds", "-d", HISTORY, "--format", "csv"]);
    assert!(csv.contains("help-and-protection movement") && csv.contains("Good,3,second-hand,down"), "{csv}");
}

fn names_since(day: &str) -> Vec<String> {
    names(&json(&["list", "-d", HISTORY, "--since", day, "--format", "json"]))
}

#[test]
fn a_date_shows_what_was_published_by_then() {
    let text = out(&["list", "-d", HISTORY, "--as-at", "2021-12-31"]);
    assert_eq!(row(&text, "Leeds")[1..], ["O", "O", "O", "–", "G", "2018-12-18"]);
    let stats = json(&["stats", "-d", HISTORY, "--as-at", "2021-12-31", "--format", "json"]);
    let overall = &stats["categories"][0];
    assert_eq!(
        (overall["good_or_better"]["numerator"].as_u64(), overall["good_or_better"]["denominator"].as_u64()),
        (Some(1), Some(2))
    );
    assert_eq!((stats["listed"].as_u64(), stats["assessed"].as_u64()), (Some(3), Some(2)));
}

#[test]
fn movement_continues_across_april_2026_and_the_alias_means_all_of_ilacs() {
    for framework in ["ilacs", "ilacs-2026", "ILACS"] {
        let text = out(&["list", "-d", LATER, "--framework", framework]);
        assert_eq!(row(&text, "Leeds"), ["Leeds", "G", "G", "O", "G", "–", "↓1", "2026-07-01"], "{text}");
        assert_eq!(row(&text, "Surrey")[6], "2022-03-09");
    }
}

#[test]
fn the_last_grade_of_a_category_that_ended_is_shown_with_its_date() {
    let words =
        "the category was no longer graded [1]; last graded outstanding (collected by others) on 4 March 2022 [1]";
    let story = out(&["show", "leeds", "-d", LATER]);
    assert!(story.contains(words), "{story}");
    let json = json(&["show", "leeds", "-d", LATER, "--format", "json"]);
    let overall = &json["assessments"][0]["judgements"]["overall-effectiveness"];
    assert_eq!((&overall["grade"], &overall["absence"]), (&Value::Null, &"category-ended".into()));
    assert_eq!(
        overall["last"],
        serde_json::json!({"grade": 4, "word": "Outstanding", "certainty": "second-hand", "date": "2022-03-04"})
    );
    let list = self::json(&["list", "leeds", "-d", LATER, "--format", "json"]);
    assert_eq!(list["authorities"][0]["judgements"]["overall-effectiveness"]["last"], overall["last"]);
}

#[test]
fn changes_lists_new_inspections_and_corrections() {
    let text = out(&["changes", HISTORY, LATER]);
    assert_eq!(row(&text, "new inspection     Leeds")[2..5], ["2026-07-01", "ILACS", "Ov O*→–"]);
    assert_eq!(row(&text, "correction")[1..], ["Kent", "2019-05-01", "ILACS", "He R*→G*"]);
    let data = out(&["changes", HISTORY, LATER, "--format", "csv"]);
    let correction = data.lines().find(|line| line.starts_with("correction")).unwrap();
    let expected = "correction,Kent,ILACS,2019-05-01,Help and protection,Requires improvement to be good,second-hand,Good,\
         second-hand,,";
    assert!(correction.starts_with(expected), "{correction}");
    let moved = out(&["changes", HISTORY, LATER, "--only", "moved"]);
    assert!(!moved.contains("Kent") && !moved.contains("Ov O*→–"), "a correction is no movement: {moved}");
    assert_eq!(row(&text, "authority added")[1], "Surrey");
    assert_eq!(row(&text, "authority removed")[1], "Devon");
    let none = out(&["changes", HISTORY, HISTORY]);
    assert!(none.contains("0 new inspections, 0 corrections"), "{none}");
    let since = json(&["changes", "--since", "2021-12-31", HISTORY, "--format", "json"]);
    let moved: Vec<_> = since["changes"].as_array().unwrap().iter().filter(|c| c["movement"] == "down").collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(
        (&moved[0]["category"], &moved[0]["old_grade"], &moved[0]["new_grade"]),
        (&"help-and-protection".into(), &4.into(), &3.into())
    );
    assert!(error_of(&["changes", HISTORY], 2).contains("takes two files"));
    assert!(error_of(&["list", "--grade", "overall"], 2).contains("CATEGORY=GRADE"));
    assert!(error_of(&["changes", "--since", "2020-01-01", HISTORY, LATER], 2).contains("takes one file"));
    let named = out(&["changes", "--since", "2021-12-31", HISTORY]);
    assert_eq!(out(&["changes", "--since", "2021-12-31", "-d", HISTORY]), named);
    assert!(error_of(&["changes", HISTORY, "-d", LATER, "--since", "2020-01-01"], 2).contains("not both"));
}

#[test]
fn a_new_reading_of_an_old_report_is_told_from_a_correction() {
    let table = |grade: &str, version: u32| {
        let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
        let headers = "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,\
                       impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade,parser_version";
        let row = format!("80476,kent,01/05/19,01/04/2019,good,good,{grade},good,,{version}");
        std::fs::write(file.path(), format!("{headers}\n{row}\n")).unwrap();
        file
    };
    let compare = |old: &tempfile::NamedTempFile, new: &tempfile::NamedTempFile| {
        out(&["changes", old.path().to_str().unwrap(), new.path().to_str().unwrap()])
    };
    let (first, again, corrected) = (table("good", 1), table("inadequate", 2), table("inadequate", 1));
    let text = compare(&first, &again);
    assert!(
        text.contains("0 corrections, 1 judgement read again") && text.contains("the report itself did not"),
        "{text}"
    );
    assert!(compare(&first, &corrected).contains("1 correction, 0 judgements read again"));
}

#[test]
fn an_undated_inspection_is_not_new_since_a_day() {
    let text = std::fs::read_to_string(HISTORY).unwrap().replace(",04/03/22,", ",,");
    let since = scrutineer(&["changes", "--since", "2019-12-31", "-"]).write_stdin(text).assert().success();
    let text = String::from_utf8_lossy(&since.get_output().stdout).into_owned();
    assert!(!text.contains("new inspection     Leeds"), "{text}");
}

#[test]
fn an_export_of_inspections_loses_nothing() {
    let export = out(&["export", "-d", HISTORY, "-d", APA]);
    let again = scrutineer(&["export", "-d", "-"]).write_stdin(export.clone()).assert().success();
    assert_eq!(String::from_utf8_lossy(&again.get_output().stdout), export);
    let schema = jsonschema::validator_for(&json(&["schema"])).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&serde_json::from_str(&export).unwrap()).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(export.contains("\"apa-2006\"") && export.contains("\"row\": 2"));
}

#[test]
fn check_lists_repairs() {
    let text = out(&["check", HISTORY]);
    assert!(text.contains("row 4, column in_care_grade: found \"not legible\"; read as unreadable"), "{text}");
}

#[test]
fn a_folder_or_a_missing_file_is_named_in_the_error() {
    assert!(error_of(&["list", "-d", "tests"], 1).contains("cannot read tests: it is a folder"));
    assert!(error_of(&["list", "-d", "tests/none.csv"], 1).contains("cannot read tests/none.csv"));
    let words = error_of(&["list", "-d", "CHANGELOG.md"], 1);
    assert!(words.contains("the headers of the columns: found # Changelog"), "{words}");
}

#[test]
fn every_answer_states_its_date_filter_and_data() {
    let scope = ["--as-at", "2021-12-31", "--region", "London", "--region", "South East", "-d", HISTORY];
    let data = "collected by the ofsted-ilacs-scrape-tool; newest report 4 March 2022";
    for command in [&["list"][..], &["stats"], &["stats", "--by", "region"], &["stats", "--by", "year"]] {
        for format in ["table", "markdown", "json"] {
            let mut arguments = [command, &scope, &["--format", format]].concat();
            if command == ["list"] {
                arguments.extend(["--grade", "leaders=R"]);
            }
            // No authority in this file is in London.
            arguments.retain(|word| *word != "London");
            let at = arguments.iter().position(|word| *word == "--region").unwrap();
            arguments.remove(at);
            let answer = out(&arguments).replace("\\-", "-");
            if format == "json" {
                let about = &serde_json::from_str::<Value>(&answer).unwrap()["about"];
                assert_eq!(about["as_at"], "2021-12-31", "{arguments:?}");
                assert_eq!(about["regions"][0], "South East");
                assert_eq!(about["collector"], "ofsted-ilacs-scrape-tool");
            } else {
                for words in ["as at 31 December 2021", "South East", data] {
                    assert!(answer.contains(words), "{words}: {arguments:?}: {answer}");
                }
            }
        }
    }
    let since = out(&["list", "--since", "2019-01-01", "-d", HISTORY]);
    assert!(since.contains("Only: published on or after 1 January 2019."), "{since}");
    assert!(out(&["list", "wor"]).contains("Only: matching \"wor\"."));
    assert_eq!(json(&["list", "--since", "2006-01-01", "--format", "json"])["about"]["since"], "2006-01-01");
}

#[test]
fn data_with_only_latest_inspections_say_what_they_cannot_answer() {
    const OVERVIEW: &str = "tests/files/overview-2024.xlsx";
    for arguments in [
        &["stats", "--as-at", "2023-12-31", "-d", OVERVIEW][..],
        &["list", "--as-at", "2023-12-31", "-d", OVERVIEW],
        &["stats", "--by", "year", "-d", OVERVIEW],
    ] {
        let words = error_of(arguments, 1);
        assert!(words.contains("These data hold only the latest inspections"), "{words}");
    }
    let stats = out(&["stats", "-d", OVERVIEW, "--format", "csv"]);
    assert!(stats.lines().nth(1).unwrap().ends_with(",,,,"), "no movement, not 0: {stats}");
    let stats = json(&["stats", "-d", OVERVIEW, "--format", "json"]);
    assert_eq!((&stats["categories"][0]["up"], &stats["about"]["holds_only_latest"]), (&Value::Null, &true.into()));
    assert!(out(&["list", "-d", OVERVIEW]).contains("a history (CSV) has changes"));
    assert!(out(&["changes", "--since", "2024-01-01", OVERVIEW]).contains("a history (CSV) has changes"));
}

#[test]
fn shares_of_ten_or_more_have_a_percentage() {
    let text = out(&["stats", "-d", HISTORY, "--format", "csv"]);
    assert!(text.lines().nth(1).unwrap().starts_with("Overall effectiveness,1,0,1,0,0,1,2,,"), "{text}");
    assert!(!out(&["stats", "-d", HISTORY]).contains("good of known"));
    assert!(out(&["stats", "--format", "csv"]).contains("86,102,84.3"));
}

#[test]
fn years_in_which_most_were_not_inspected_are_marked() {
    let years = out(&["stats", "--by", "year", "-d", HISTORY]);
    assert!(row(&years, "ILACS  ")[1..].contains(&"only 1 of 3 had been inspected".to_owned()), "{years}");
}

#[test]
fn show_starts_with_the_current_council_and_says_who_judged_in_2006() {
    for files in [&[][..], &["-d", HISTORY, "-d", APA]] {
        let page = out(&[&["show", "cornwall"], files].concat());
        let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
        assert!(page.lines().nth(1).unwrap().starts_with("Cornwall Council, unitary, since 1 April 2009"), "{page}");
        assert!(
            at("Annual performance assessment 2006 · 1 November 2006")
                < at("at the time: Cornwall County Council, county")
        );
        assert!(page.contains("carried out jointly by Ofsted and the Commission for Social Care Inspection"), "{page}");
        assert!(page.contains("Social care was judged on the financial year 2005-06"), "{page}");
    }
    let kent = out(&["show", "kent"]);
    assert!(kent.contains("All three grades of Kent of 2006 are worked out"), "{kent}");
    let capacity = kent.lines().find(|line| line.starts_with("Capacity")).unwrap();
    assert!(!capacity.contains("a service that"), "a meaning of services is not put to capacity: {capacity}");
    assert!(kent.lines().any(|line| line.starts_with("Services") && line.contains("a service that")));
}

#[test]
fn several_grades_of_a_category_are_given_with_commas() {
    let list = |grades: &[&str]| {
        let all = ["list", "--framework", "ilacs", "--region", "London", "--format", "csv"];
        let out = Command::from_std(program()).args(all).args(grades).output().unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    let together = list(&["--grade", "leavers=R,I"]);
    assert_eq!(together, list(&["--grade", "leavers=R", "--grade", "leavers=I"]));
    assert_eq!(together.lines().count(), 4);
}

#[test]
fn a_name_where_a_file_belongs_and_a_file_where_a_name_belongs_are_told() {
    let said = |arguments: &[&str]| {
        let out = Command::from_std(program()).args(arguments).output().unwrap();
        assert_eq!(out.status.code(), Some(1));
        String::from_utf8(out.stderr).unwrap()
    };
    assert!(said(&["brent"]).contains("did you mean `scrutineer show brent`?"));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/history.csv");
    assert!(said(&["list", "kent", file]).contains(&format!("did you mean `scrutineer list kent -d {file}`?")));
}

#[test]
fn changes_says_what_was_left_out_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.csv");
    let text = std::fs::read_to_string(HISTORY).unwrap();
    std::fs::write(&path, text.trim_end().to_owned() + "\n,,,,,,,,,,,,,,,,good\n").unwrap();
    let path = path.to_str().unwrap();
    for arguments in [&["changes", HISTORY, path][..], &["changes", "--since", "2020-01-01", path]] {
        let done = crate::common::program().args(arguments).output().unwrap();
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(words.contains("left out because of"), "{words}");
    }
}

#[test]
fn grades_are_not_compared_but_named() {
    for wanted in ["care leavers<=R", "leavers>=R", "leavers!=R", "leavers==R"] {
        let (_, words, status) = run(&["list", "--framework", "ilacs", "--grade", wanted]);
        assert!(status == 2 && words.contains("name each one wanted, as in leavers=R,I"), "{wanted}: {words}");
    }
}

#[test]
fn a_category_of_another_framework_is_named_with_it() {
    for arguments in [&["list", "--grade", "leavers=R,I"][..], &["map", "--category", "leavers"]] {
        let (_, words, status) = run(&[arguments, &["--framework", "2006"]].concat());
        assert!(status == 1 && words.contains("ILACS has it: add --framework ilacs"), "{words}");
    }
}

#[test]
fn dates_are_taken_as_people_type_them() {
    let answer = |day: &str| run(&["changes", "--since", day, "--format", "json"]);
    let expected = answer("2026-03-01");
    assert_eq!(expected.2, 0);
    for day in ["1 March 2026", "1 mar 2026", "01/03/2026", "1/3/2026"] {
        assert_eq!(answer(day), expected, "{day}");
    }
    for day in ["31 February 2026", "March", "13/13/2026", "soon"] {
        let (_, words, status) = answer(day);
        assert!(status == 2 && words.contains("expected a day of the calendar, as in 2026-03-01"), "{words}");
    }
}

#[test]
fn an_output_file_with_an_ending_that_says_no_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (_, words, status) = run(&["list", "-o", &at("list.pdf")]);
    assert!(status == 2 && words.contains("says no format; use .csv"), "{words}");
    assert_eq!(run(&["list", "--format", "csv", "-o", &at("list.data")]).2, 0);
    assert_eq!(run(&["list", "-o", &at("list")]).2, 0);
    assert!(std::fs::read_to_string(at("list")).unwrap().starts_with("council  "));
}

#[test]
fn a_slip_in_the_name_of_a_command_or_of_an_authority_is_told() {
    let (_, words, status) = run(&["shwo", "bristol"]);
    assert!(status == 1 && words.contains("there is no such file; did you mean `scrutineer show`?"), "{words}");
    let (_, words, _) = run(&["brent"]);
    assert!(words.contains("did you mean `scrutineer show brent`?"), "{words}");
    let (_, words, _) = run(&["nofile.csv"]);
    assert_eq!(words, "scrutineer: cannot read nofile.csv: there is no such file\n");
    let (text, words, status) = run(&["list", "bristle"]);
    assert_eq!((words.as_str(), status), ("", 0));
    assert!(
        text.contains("No council is called \"bristle\".") && text.contains("The nearest names are Bristol, "),
        "{text}"
    );
}

#[test]
fn a_name_that_is_also_a_region_says_how_to_list_it() {
    let (_, words, status) = run(&["show", "london"]);
    assert!(status == 1 && words.contains("of the region: `scrutineer list --region \"London\"`"), "{words}");
}

#[test]
fn the_ending_of_an_exported_file_decides_its_format() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let begins = |name: &str, more: &[&str]| {
        let (_, words, status) = run(&[&["export", "-o", &at(name)], more].concat());
        assert_eq!(status, 0, "{words}");
        std::fs::read(at(name)).unwrap()
    };
    assert!(begins("all.csv", &[]).starts_with(b"authority,"));
    assert!(begins("all.XLSX", &[]).starts_with(b"PK"));
    assert!(begins("all.json", &[]).starts_with(b"{"));
    assert!(begins("all", &[]).starts_with(b"{"));
    assert!(begins("all.txt", &["--format", "csv"]).starts_with(b"authority,"));
    let (_, words, status) = run(&["export", "-o", &at("all.html")]);
    assert!(status == 2 && words.contains("use .json, .csv or .xlsx"), "{words}");
    assert!(!folder.path().join("all.html").exists());
}

#[test]
fn an_answer_about_several_frameworks_names_none_as_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.csv");
    let first = |arguments: &[&str], name: &str| {
        let (_, told, status) = run(&[arguments, &["-o", path.to_str().unwrap(), "--package"]].concat());
        assert_eq!(status, 0, "{told}");
        let package = std::fs::read_to_string(folder.path().join("datapackage.json")).unwrap();
        let package: Value = serde_json::from_str(&package).unwrap();
        package["about"][name].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(first(&["stats", "--by", "year", "--format", "csv"], "answer_framework"), "");
    assert_eq!(first(&["stats", "--by", "series", "--format", "csv"], "answer_framework"), "");
    assert_eq!(first(&["map", "--format", "csv"], "answer_framework"), "");
    assert_eq!(first(&["map", "--framework", "sif", "--format", "csv"], "answer_framework"), "sif");
    let leavers = ["map", "--framework", "ilacs", "--category", "leavers", "--format", "csv"];
    assert_eq!(first(&leavers, "answer_framework"), "ilacs");
    assert!(
        first(&leavers, "graded").starts_with("experiences of care leavers")
            || first(&leavers, "graded").contains("care leavers")
    );
    let (text, ..) = run(&["map", "--framework", "ilacs", "--category", "leavers"]);
    assert!(text.contains("England's councils: care leavers"), "{text}");
    let (text, ..) = run(&["stats", "--by", "year", "--format", "html"]);
    assert!(text.contains("Good or better at the end of each year<"), "{}", &text[..400]);
}

#[test]
fn an_authority_that_no_source_names_is_not_said_to_have_no_assessment() {
    let (text, ..) = run(&["map", "--framework", "2006"]);
    assert!(text.contains("not named in our sources") && !text.contains("no assessment"), "{text}");
}

#[test]
fn a_list_says_where_an_authority_without_grades_was_assessed() {
    let (text, ..) = run(&["list", "liverpool", "--framework", "2006"]);
    let words = "Liverpool: not named in our sources here; add --framework ilacs for its newest assessment.";
    assert!(text.contains(words), "{text}");
    let (text, ..) = run(&["list", "cumberland", "--framework", "sif"]);
    assert!(text.contains("Cumberland: no assessment here; add --framework ilacs"), "{text}");
    for arguments in [&["list", "liverpool", "--framework", "ilacs"][..], &["list", "bristol"], &["list"]] {
        assert!(!run(arguments).0.contains("add --framework"), "{arguments:?}");
    }
    let (text, ..) = run(&["list", "liverpool", "--framework", "ilacs", "--as-at", "2018-01-01"]);
    assert!(!text.contains("add --framework ilacs"), "{text}");
}

#[test]
fn the_map_as_a_table_goes_by_region_and_name() {
    let (text, ..) = run(&["map", "--framework", "ilacs", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let places: Vec<(String, String)> =
        rows.records().map(|row| row.unwrap()).map(|row| (row[1].to_owned(), row[0].to_owned())).collect();
    assert_eq!(places.len(), 153);
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_name_that_nobody_has_gets_the_same_answer_from_list_and_show() {
    let words = "No council is called \"birmongam city council\". Searched: the names, other names, codes and regions";
    let nearest = "The nearest names are Birmingham, Wokingham and Nottingham.";
    for arguments in [&["list", "birmongam", "city", "council"][..], &["show", "birmongam", "city", "council"]] {
        let output = program().args(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words) && said.contains(nearest), "{said}");
    }
    let hidden = program().args(["list", "liverpool", "--region", "London"]).output().unwrap();
    let hidden = String::from_utf8(hidden.stdout).unwrap();
    assert!(hidden.contains("Liverpool is not in London.") && !hidden.contains("No council"), "{hidden}");
    let shown = program().args(["show", "Liverpool", "City", "Council"]).output().unwrap();
    assert!(String::from_utf8(shown.stdout).unwrap().contains("Liverpool"));
}

#[test]
fn a_grade_of_what_can_be_two_categories_is_refused_with_both() {
    let output = program().args(["list", "--framework", "ilacs", "--grade", "lea=I"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("did you mean \"leaders\" or \"Leavers\"?"), "{said}");
}

#[test]
fn a_typed_year_of_two_digits_is_of_this_century_and_one_out_of_range_is_refused() {
    let framework = ["--framework", "ilacs", "--format", "csv"];
    let of = |day: &str| program().args(["stats", "--as-at", day]).args(framework).output().unwrap();
    assert_eq!(of("31/03/24").stdout, of("2024-03-31").stdout);
    for (command, option) in [("list", "--as-at"), ("stats", "--since"), ("export", "--since"), ("changes", "--since")]
    {
        for day in ["0024-03-31", "1989-12-31", "2999"] {
            let output = program().args([command, option, day]).output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                output.status.code() == Some(2) && said.contains("is not between 1990 and"),
                "{command} {day}: {said}"
            );
        }
    }
}

#[test]
fn an_exact_other_name_decides_before_names_that_begin_with_it() {
    let done = Command::from_std(program()).args(["show", "Kingston"]).assert().success();
    let shown = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    assert!(shown.starts_with("Kingston upon Thames\n"), "{shown}");
}

#[test]
fn a_missing_file_of_the_settings_names_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("config.toml");
    std::fs::write(&settings, "data = [\"missing.csv\"]\n").unwrap();
    let (_, words, _) = run(&["check", "--config", settings.to_str().unwrap()]);
    assert!(words.contains("missing.csv") && words.contains("config.toml"), "check: {words}");
    let (out, words, status) = run(&["list", "--config", settings.to_str().unwrap()]);
    assert!((out.as_str(), status) == ("", 1), "{words}");
    assert!(words.contains("config.toml") && words.contains("missing.csv"), "{words}");
    let (_, words, _) = run(&["list", "-d", "missing.csv"]);
    assert!(words.contains("missing.csv") && !words.contains("settings"), "{words}");
}

#[test]
fn the_help_of_a_command_is_without_what_is_for_the_browser_which_it_accepts() {
    for command in ["show", "list", "map"] {
        let (help, _, status) = run(&[command, "-h"]);
        assert_eq!(status, 0);
        for option in ["--theme", "--no-mouse", "--ascii", "--no-color"] {
            assert!(!help.contains(option), "{command} {option}");
        }
        assert!(help.contains("--only-files"), "{command}");
    }
    assert!(run(&["-h"]).0.contains("--theme") && run(&["config", "-h"]).0.contains("--theme"));
    assert_eq!(run(&["show", "bristol", "--theme", "mono", "--no-mouse"]).2, 0);
    assert!(!run(&["show", "-h"]).0.contains("--package"), "it has no CSV");
}

#[test]
fn a_search_for_nothing_is_refused_and_not_answered_with_everything() {
    for query in ["\"", "  ", "!?"] {
        let (answer, words, status) = run(&["list", query]);
        assert_eq!((answer.as_str(), status), ("", 1), "{query:?}");
        assert!(words.contains("nothing to search for"), "{words}");
    }
    assert_eq!(run(&["list", "leeds"]).2, 0);
}

#[test]
fn a_data_package_of_other_files_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (file, package) = (folder.path().join("list.csv"), folder.path().join("datapackage.json"));
    let list = || run(&["list", "leeds", "-o", file.to_str().unwrap(), "--package"]);
    for foreign in ["{\"name\":\"mine\",\"resources\":[{\"path\":\"mine.csv\"}]}", "no JSON"] {
        std::fs::write(&package, foreign).unwrap();
        let (_, words, status) = list();
        assert!(status == 1 && words.contains("describes other files"), "{words}");
        assert_eq!(std::fs::read_to_string(&package).unwrap(), foreign);
        assert!(!file.exists(), "nor is the answer written");
    }
    std::fs::remove_file(&package).unwrap();
    assert_eq!(list().2, 0);
    assert_eq!(list().2, 0, "its own is written again");
}

#[test]
fn what_is_said_of_a_command_line_has_no_control_characters_and_is_no_longer_than_needed() {
    for hostile in ["\u{9b}31m", "a\rb", "\u{202e}x", "\u{85}"] {
        let (_, words, status) = run(&["list", "--format", hostile]);
        assert_eq!(status, 2, "{words:?}");
        assert!(!words.contains(hostile) && words.contains("--format"), "{words:?}");
        assert!(!words.chars().any(|c| c.is_control() && c != '\n'), "{words:?}");
    }
    let (_, words, status) = run(&["list", "--format", &"x".repeat(100_000)]);
    assert!(status == 2 && words.len() < 3000, "{} bytes", words.len());
}
