//! Golden answers: every command in text, CSV, JSON and as a workbook, and every pane and layer of the browser, over two
//! editions of a small dataset in `tests/golden`, in which counts that could be taken for each other differ.
//!
//! Each answer follows its command line, as it is given in `tests/golden`.

use std::io::Write as _;
use std::process::{Output, Stdio};

use calamine::Reader as _;
use scrutineer::ui::ThemeName;
use serde_json::Value;

use crate::common::{app_on, frame, press, program, text_of};

/// The dataset.
const DATASET: &str = include_str!("../golden/dataset.json");

/// What every command is given: the dataset alone.
const DATA: &str = "-d dataset.json --only-files";

/// The maximum length of a line of JSON that holds a whole object or list; in brief.
const WIDTHS: (usize, usize) = (180, 480);

/// The options that choose what is listed. Every two of them are combined.
const CHOICES: [&str; 6] = [
    "--framework sif",
    "--as-at 2024-03-31 --basis inspected",
    "--since 2017-12",
    "--region london --region 'south west'",
    "--grade overall-effectiveness=R,I",
    "--sort -care-leavers",
];

/// How an answer is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Text,
    Csv,
    Json,
    /// JSON without evidence, sources and what repeats the rest.
    BriefJson,
    /// The first sheet of a workbook.
    Xlsx,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Json | Self::BriefJson => "json",
            Self::Xlsx => "xlsx",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Csv => " --format csv",
            Self::Json | Self::BriefJson => " --format json",
            Self::Xlsx => " --format xlsx",
        }
    }
}

/// Divides a command line into its arguments; single quotes keep spaces.
fn arguments(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let arguments = parts.flat_map(|(number, part)| match number % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    arguments.collect()
}

/// Runs a command line in `tests/golden`.
fn run(line: &str, input: &str) -> Output {
    let mut command = program();
    command.current_dir("tests/golden").args(arguments(line));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Returns what a command line answers: standard output, standard error, and the exit status unless it is 0.
fn answer(line: &str, form: Form, input: &str) -> String {
    let line = format!("{line}{}", form.option());
    let done = run(&line, input);
    let output = match form {
        _ if !done.status.success() => String::from_utf8(done.stdout).unwrap(),
        Form::Text | Form::Csv => String::from_utf8(done.stdout).unwrap(),
        Form::Json => shown(&serde_json::from_slice(&done.stdout).unwrap(), 0, WIDTHS.0),
        Form::BriefJson => shown(&brief(serde_json::from_slice(&done.stdout).unwrap()), 0, WIDTHS.1),
        Form::Xlsx => data_sheet(done.stdout).iter().map(|row| row.join(" | ") + "\n").collect(),
    };
    let mut text = format!("$ scrutineer {line}\n{}\n", output.replace('\r', "").trim_end());
    let talk = String::from_utf8(done.stderr).unwrap();
    talk.lines().for_each(|line| text += &format!("stderr: {line}\n"));
    if !done.status.success() {
        text += &format!("exit status: {}\n", done.status.code().unwrap());
    }
    text
}

/// Returns JSON with every short object and list on a line of its own.
fn shown(value: &Value, indent: usize, width: usize) -> String {
    let compact = value.to_string();
    if compact.len() + indent <= width {
        return compact;
    }
    let pad = " ".repeat(indent + 1);
    let (open, close, items): (char, char, Vec<String>) = match value {
        Value::Object(fields) => {
            let field =
                |(key, value): (&String, &Value)| format!("{pad}\"{key}\": {}", shown(value, indent + 1, width));
            ('{', '}', fields.iter().map(field).collect())
        }
        Value::Array(items) => {
            ('[', ']', items.iter().map(|item| format!("{pad}{}", shown(item, indent + 1, width))).collect())
        }
        _ => return compact,
    };
    format!("{open}\n{}\n{}{close}", items.join(",\n"), " ".repeat(indent))
}

/// Returns an answer without its evidence and sources, words that repeat a grade, and what is null.
fn brief(value: Value) -> Value {
    const LEFT_OUT: [&str; 6] = ["evidence", "sources", "codes", "quotes", "word", "reason"];
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(key, value)| !LEFT_OUT.contains(&key.as_str()) && !value.is_null());
            let brief = |(key, value)| {
                let value = if key == "judgements" { in_a_word(value) } else { brief(value) };
                (key, value)
            };
            kept.map(brief).collect()
        }
        Value::Array(items) => items.into_iter().map(brief).collect(),
        value => value,
    }
}

/// Returns judgements, each as one text: "stated 3 up".
fn in_a_word(judgements: Value) -> Value {
    let Value::Object(judgements) = judgements else { return judgements };
    let told = judgements.into_iter().map(|(category, judgement)| {
        let Value::Object(fields) = brief(judgement) else { panic!("{category}") };
        let words = fields.values().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        (category, Value::from(words.collect::<Vec<_>>().join(" ")))
    });
    told.collect()
}

/// Returns the rows of the sheet of a workbook that has columns for programs: its second, if the first is to be read by people;
/// dates are written as in CSV.
fn data_sheet(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut workbook = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let at = workbook.sheet_names().iter().position(|name| name == "Data").unwrap_or(0);
    let sheet = workbook.worksheet_range_at(at).unwrap().unwrap();
    let cell = |cell: &calamine::Data| match cell {
        calamine::Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        cell => cell.to_string(),
    };
    sheet.rows().map(|cells| cells.iter().map(cell).collect()).collect()
}

/// Asserts that the sheet for programs holds what CSV does.
fn assert_sheet_is_csv(line: &str) {
    let bytes = |format: &str| run(&format!("{line} --format {format}"), "").stdout;
    let (sheet, csv) = (data_sheet(bytes("xlsx")), bytes("csv"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(sheet.len(), rows.len(), "{line}");
    for (number, (cells, row)) in sheet.iter().zip(&rows).enumerate() {
        let numbers = |(one, other): (&str, &str)| Some((one.parse::<f64>().ok()?, other.parse::<f64>().ok()?));
        let is_equal = |(cell, field): (&str, &str)| {
            cell == field || numbers((cell, field)).is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
        };
        let pairs = cells.iter().map(String::as_str).zip(row.iter());
        assert!(pairs.clone().all(is_equal), "{line}, row {number}: {:?}", pairs.collect::<Vec<_>>());
    }
    assert_eq!(sheet[0].len(), rows[0].len(), "{line}");
}

/// Compares a text with its file in `tests/golden`.
fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares the answers of command lines, each as text, CSV and brief JSON, with a file for each form. A workbook holds the
/// same as CSV.
fn answers(name: &str, lines: &[String]) {
    for form in [Form::Text, Form::Csv, Form::BriefJson] {
        answers_as(form, name, lines);
    }
    lines.iter().filter(|line| run(line, "").status.success()).for_each(|line| assert_sheet_is_csv(line));
}

/// Compares the answers of command lines in one form with a file.
fn answers_as(form: Form, name: &str, lines: &[String]) {
    let answers: Vec<String> = lines.iter().map(|line| answer(line, form, "")).collect();
    golden(&format!("{name}-{}", form.name()), &answers.join("\n"));
}

/// Returns command lines of a command on the dataset, one for each of some options.
fn lines(command: &str, options: &[&str]) -> Vec<String> {
    options.iter().map(|options| format!("{command} {DATA} {options}").trim_end().to_owned()).collect()
}

/// Returns an answer without the notes and sources below what is counted and chosen.
fn without_notes(answer: &str) -> String {
    let is_note = |line: &&str| line.starts_with("Grades, best first") || line.starts_with("Source: ");
    let kept: Vec<&str> = answer.lines().take_while(|line| !is_note(line)).collect();
    kept.join("\n") + "\n"
}

/// Like [`answers`], for lists, whose notes are the same again and again.
fn lists(name: &str, lines: &[String]) {
    let told: Vec<String> = lines.iter().map(|line| without_notes(&answer(line, Form::Text, ""))).collect();
    golden(&format!("{name}-text"), &told.join("\n"));
    answers_as(Form::Csv, name, lines);
    answers_as(Form::BriefJson, name, lines);
    lines.iter().filter(|line| run(line, "").status.success()).for_each(|line| assert_sheet_is_csv(line));
}

#[test]
fn list() {
    let frameworks = lines("list", &["", "--framework sif", "--framework apa-2006"]);
    for form in [Form::Text, Form::Csv, Form::Xlsx] {
        answers_as(form, "list", &frameworks);
    }
    answers_as(Form::Json, "list", &lines("list", &["penhallow", "--framework apa-2006 --grade capacity=3"]));
}

#[test]
fn list_by_each_option() {
    let options = [
        "al vale",
        "9304",
        "E07000999",
        "nowhere",
        "--region london --region 'north west'",
        "--grade leaders=O --grade leaders=I",
        "--grade leaders=G --grade in-care=R,I",
        "--as-at 2024-03-31 --grade overall=G",
        "--as-at 2024-03-30 --grade overall=G",
        "--as-at 2024-02-18 --basis inspected --grade overall=G",
        "--as-at 2024-02-19 --basis inspected --grade overall=G",
        "--as-at 2019-03-31 --region 'south west'",
        "--as-at 2019-04-01 --region 'south west'",
        "--since 2026-05-11",
        "--since 2026-05-12",
        "--sort leaders --region london",
        "--sort -help-and-protection --region london",
        "--sort date --region london",
        "--sort -date --region london",
        "--sort -authority --region london",
    ];
    let mut lines = lines("list", &options);
    lines.push("list -d dataset.json -d older.json --only-files --region london".to_owned());
    lines.push("list -d older.json -d dataset.json --only-files --region london".to_owned());
    lines.push("list -d older.json --only-files --region 'north west'".to_owned());
    lists("list-options", &lines);
}

#[test]
fn list_by_every_two_options() {
    let mut pairs = Vec::new();
    for (number, one) in CHOICES.iter().enumerate() {
        pairs.extend(CHOICES.iter().skip(number + 1).map(|other| format!("{one} {other}")));
    }
    let pairs: Vec<&str> = pairs.iter().map(String::as_str).collect();
    lists("list-pairs", &lines("list", &pairs));
}

#[test]
fn show() {
    let names = ["hadfield", "E06000028", "garstone", "lowther", "northcombe", "nowhere"];
    answers_as(Form::Text, "show", &lines("show", &names));
    answers_as(Form::BriefJson, "show", &lines("show", &["saltram", "hadfield"]));
    answers_as(Form::Json, "show-whole", &lines("show", &["tidewater"]));
    answers_as(Form::Csv, "show", &lines("show", &["tidewater"]));
}

#[test]
fn statistics() {
    let options = [
        "",
        "--framework sif",
        "--framework apa-2006",
        "--region london --region 'south west'",
        "--grade leaders=G --grade leaders=O",
        "--as-at 2024-03-31",
        "--as-at 2024-02-19 --basis inspected --region 'north west'",
        "--framework sif --since 2016-06-27 --grade overall=R,I",
    ];
    let mut lines = lines("stats", &options);
    lines.push("stats -d dataset.json -d older.json --only-files".to_owned());
    answers("stats", &lines);
    answers_as(Form::Xlsx, "stats", &lines[..3]);
}

#[test]
fn statistics_by_region() {
    let options = [
        "--by region",
        "--by region --framework sif",
        "--by region --region london --region 'south west'",
        "--by region --as-at 2024-03-31 --grade help=R,I",
        "--by region --as-at 2024-02-19 --basis inspected --since 2020-01-01",
    ];
    answers("regions", &lines("stats", &options));
}

#[test]
fn statistics_by_year() {
    answers("years", &lines("stats", &["--by year"]));
    let options = [
        "--by year --framework apa-2006 --region london --as-at 2014-12-31",
        "--by year --as-at 2019-06-30 --basis inspected --region london --region 'north west' --grade leaders=R,I",
    ];
    answers_as(Form::Csv, "years-few", &lines("stats", &options));
}

#[test]
fn statistics_by_series() {
    answers("series", &lines("stats", &["--by series", "--by series --region london"]));
}

#[test]
fn map() {
    let options = [
        "",
        "--as-at 2019-03-31",
        "--framework ilacs --category leavers --region london --region 'north west'",
        "--framework sif --category adoption --grade adoption=R --grade adoption=O",
        "--as-at 2025-03-31 --basis inspected --since 2024-01-01",
    ];
    answers("map", &lines("map", &options));
}

#[test]
fn changes() {
    let options = [
        "older.json dataset.json",
        "older.json dataset.json --only moved",
        "dataset.json older.json --only moved",
        "--since 2026-05-11 dataset.json",
        "--since 2026-05-12 dataset.json --only moved",
    ];
    answers("changes", &options.map(|options| format!("changes {options} --only-files")));
}

#[test]
fn export() {
    answers_as(Form::Csv, "export", &lines("export", &["", "--since 2026-05-11", "--since 2026-05-12"]));
    let joined = ["-d older.json -d dataset.json", "-d dataset.json -d older.json"];
    let joined = joined.map(|files| format!("export {files} --only-files --since 2021-01-01"));
    answers_as(Form::Csv, "export-joined", &joined);
    let all = lines("export", &["", "--since 2026-05-11"]);
    all.iter().chain(&joined).for_each(|line| assert_sheet_is_csv(line));
}

#[test]
fn an_export_of_all_is_the_dataset_again() {
    for format in ["json", "compact-json"] {
        let export = run(&format!("export {DATA} --format {format}"), "").stdout;
        let read = |bytes: &[u8]| scrutineer::load::from_json(bytes, "dataset").unwrap().dataset;
        assert!(read(&export) == read(DATASET.as_bytes()), "export is not the dataset in {format}");
    }
    let since = run(&format!("export {DATA} --since 2026-05-12"), "").stdout;
    let since: Value = serde_json::from_slice(&since).unwrap();
    let held = |authority: &Value| authority["assessments"].as_array().map_or(0, Vec::len);
    let counts: Vec<usize> = since["authorities"].as_array().unwrap().iter().map(held).collect();
    assert_eq!(counts.iter().sum::<usize>(), 2);
}

#[test]
fn check() {
    let broken = DATASET.replacen("\"leaders\": {\"grade\": 3", "\"leaders\": {\"grade\": 5", 1);
    let broken = broken.replacen("\"absence\": \"category-ended\"", "\"absence\": \"ended\"", 1);
    let mut text = ["dataset.json", "older.json", "dataset.json older.json", "absent.json"]
        .map(|files| answer(&format!("check {files} --only-files"), Form::Text, ""))
        .join("\n");
    text += &format!("\n{}", answer("check - --only-files", Form::Text, &broken));
    golden("check", &text);
}

#[test]
fn refusals() {
    let options = [
        "list --region nowhere",
        "list --grade nothing=G",
        "list --grade leaders=Z",
        "list --framework nothing",
        "list --as-at yesterday",
        "list --basis inspected",
        "list --sort nothing",
        "stats --by nothing",
        "map --category nothing",
        "export --format nothing",
    ];
    let lines = options.map(|line| answer(&format!("{line} {DATA}"), Form::Text, ""));
    golden("refusals", &lines.join("\n"));
}

#[test]
fn plain() {
    let sessions = [
        ("", "albury\nneighbours\nal\n2\n9\nnowhere\nchanges 2026-05-11\nchanges 2026-05-12\nchanges soon\nq\n"),
        (
            "",
            "stats\nmap\nframework sif\nkirkbeck\nstats\nframework 2006\nmap\nstats\nframework ilacs\nsources\nhelp\nq\n",
        ),
        (" --framework sif", "saltram\nclerkwell\nneighbours\nchanges 20 July 2018\nq\n"),
    ];
    let told = sessions.map(|(options, typed)| {
        let typed_lines: String = typed.lines().map(|line| format!("< {line}\n")).collect();
        let line = format!("--plain dataset.json --only-files{options}");
        format!("{typed_lines}{}", answer(&line, Form::Text, typed))
    });
    golden("plain", &told.join("\n"));
}

/// The keys that open each pane and layer.
const SCREENS: [&str; 38] = [
    "",
    "2",
    "/hadfield<enter>2z",
    "/hadfield<enter>2z<end>",
    "/lowther<enter>2z",
    "3",
    "3z",
    "3z<end>",
    "t",
    "t/saltram<enter>2z",
    "t",
    "t3z",
    "sssS",
    "/al",
    "/al<enter>",
    "/nowhere",
    "f",
    "flondon<enter><ctrl-u>south<enter><esc>",
    "fleaders g<enter><esc>3z",
    "<lt><lt><lt><lt><gt>",
    ":had",
    "?",
    "?<end>",
    "?/map",
    "n",
    " j jj c",
    "d",
    "d3",
    "m",
    "m2<lt><lt>",
    "R",
    "tRs",
    "Y",
    "tY",
    "2e",
    "3<down>e",
    "y",
    "x",
];

#[test]
fn screens() {
    for (width, height) in [(80, 24), (120, 36)] {
        let shown = SCREENS.map(|keys| {
            let mut app = app_on(DATASET, width, height);
            press(&mut app, keys);
            // Without colours, a sign tells what has the focus.
            format!("keys: {keys:?}\n{}", text_of(&frame(&app, ThemeName::Mono)).trim_end())
        });
        golden(&format!("screens-{width}x{height}"), &shown.join("\n\n"));
    }
}
