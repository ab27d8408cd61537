//! Problems in files: all are reported at once, each with its location, what was found and what is allowed.

use scrutineer::load::from_json;
use serde_json::{Value, json};

use crate::common::bundled_json;

/// Returns the problems of a dataset, each as "location: found; expected".
fn problems(dataset: &Value) -> Vec<String> {
    problems_of(&dataset.to_string())
}

fn problems_of(text: &str) -> Vec<String> {
    let problems = match from_json(text.as_bytes(), "file.json") {
        Ok(loaded) => loaded.problems,
        Err(refusal) => refusal.problems,
    };
    problems.iter().map(ToString::to_string).collect()
}

fn has(problems: &[String], place: &str, words: &str) {
    assert!(problems.iter().any(|p| p.starts_with(place) && p.contains(words)), "{place} {words}: {problems:#?}");
}

#[test]
fn every_problem_is_found_in_one_pass() {
    let mut dataset = bundled_json();
    let authorities = &mut dataset["authorities"];
    authorities[3]["assessments"][0]["judgements"]["capacity"] =
        json!({"grade": 7, "certainty": "stated", "evidence": []});
    authorities[4]["assessments"][0]["date"] = json!("2006-02-30");
    authorities[5]["name"] = json!("");
    authorities[6]["name"] = json!("Bristol");
    authorities[7]["until"] = json!("soon");
    authorities[8]["assessments"][0]["framework"] = json!("apa-2007");
    authorities[9]["assessments"][0]["judgements"]["services"]["evidence"][0]["source"] = json!("nobody");
    authorities[10]["region"] = json!(" ");
    authorities[11]["assessments"][0]["judgements"].as_object_mut().unwrap().remove("services");
    authorities[12]["assessments"][0]["judgements"]["services"]["absence"] = json!("blank");
    let problems = problems(&dataset);
    has(
        &problems,
        "authorities[3].assessments[0].judgements.capacity.grade:",
        "found the number 7; expected a grade of the scale: one of 4 (Outstanding)",
    );
    has(&problems, "authorities[3].assessments[0].judgements.capacity.evidence:", "no evidence");
    has(&problems, "authorities[4].assessments[0].date:", "found \"2006-02-30\"");
    has(&problems, "authorities[5].name:", "an empty text");
    has(&problems, "authorities[6].name:", "Bristol twice");
    has(&problems, "authorities[7].until:", "found \"soon\"; expected a date");
    has(
        &problems,
        "authorities[8].assessments[0].framework:",
        "found \"apa-2007\"; expected the id of a framework: one of apa-2006",
    );
    has(&problems, "authorities[9].assessments[0].judgements.services.evidence[0].source:", "found \"nobody\"");
    has(&problems, "authorities[10].region:", "found an empty text; expected a text");
    has(&problems, "authorities[11].assessments[0].judgements.services:", "found nothing");
    has(&problems, "authorities[12].assessments[0].judgements.services:", "both grade and absence");
}

#[test]
fn valid_authorities_are_kept_if_others_are_invalid() {
    let mut dataset = bundled_json();
    dataset["authorities"][3]["region"] = json!("");
    let loaded = from_json(dataset.to_string().as_bytes(), "file.json").unwrap();
    assert_eq!(loaded.dataset.authorities.len(), 17);
    assert_eq!(loaded.left_out, ["Cornwall"]);
    assert_eq!(loaded.summary("file.json").unwrap(), "file.json: Cornwall left out because of 1 problem");
}

#[test]
fn a_repeated_field_is_reported() {
    let text =
        bundled_json().to_string().replacen("\"name\":\"Bristol\"", "\"name\":\"Bristol\",\"name\":\"Leeds\"", 1);
    has(&problems_of(&text), "authorities[0].name:", "twice");
    let judgement = "\"social-care\":{\"absence\":\"not-reported\"}";
    let text = bundled_json().to_string().replacen(judgement, &format!("{judgement},{judgement}"), 1);
    has(&problems_of(&text), "authorities[0].assessments[0].judgements.social-care:", "twice");
}

#[test]
fn a_wrong_version_is_refused() {
    let mut dataset = bundled_json();
    dataset["format"] = json!(1);
    has(&problems(&dataset), "format:", "found version 1; expected 2");
    assert!(from_json(dataset.to_string().as_bytes(), "x").is_err());
}

#[test]
fn text_that_is_not_json_is_refused_with_line_and_column() {
    has(&problems_of("{\n  \"format\": 2,,\n}"), "line 2, column 15:", "not valid JSON");
    has(&problems_of("{\"format\": 2"), "line 1, column 12:", "not valid JSON");
    has(&problems_of(""), "the file:", "empty");
    has(&problems_of("[]"), "the file:", "found a list");
    has(&problems_of("\u{feff}3"), "the file:", "found the number 3");
}

#[test]
fn claims_are_checked() {
    let mut dataset = bundled_json();
    dataset["claims"][0]["value"] = json!(200);
    dataset["claims"][1]["unit"] = json!("share");
    dataset["claims"][2]["grades"] = json!([9]);
    dataset["claims"][3]["category"] = json!("health");
    dataset["claims"][4]["certainty"] = json!("rumoured");
    let problems = problems(&dataset);
    has(&problems, "claims[0].value:", "200 of 150");
    has(&problems, "claims[1].unit:", "count or percent");
    has(&problems, "claims[2].grades[0]:", "the number 9");
    has(&problems, "claims[3].category:", "found \"health\"; expected a category of apa-2006: one of services");
    has(&problems, "claims[4].certainty:", "stated, inferred or second-hand");
}

#[test]
fn spoken_words_must_be_within_their_passage() {
    let mut dataset = bundled_json();
    dataset["authorities"][0]["assessments"][0]["quotes"][0]["passages"][0]["spoken"] = json!([[5, 4], [0, 9999], [1]]);
    let problems = problems(&dataset);
    for pair in 0..3 {
        has(&problems, &format!("authorities[0].assessments[0].quotes[0].passages[0].spoken[{pair}]:"), "[start, end]");
    }
}

#[test]
fn an_inference_needs_its_step() {
    let mut dataset = bundled_json();
    dataset["authorities"][0]["assessments"][0]["judgements"]["services"]["certainty"] = json!("inferred");
    has(&problems(&dataset), "authorities[0].assessments[0].judgements.services.evidence:", "without its step");
}

#[test]
fn hostile_text_is_cleaned_on_loading() {
    let mut dataset = bundled_json();
    dataset["authorities"][0]["name"] = json!("Bri\u{1b}[31mstol\u{202e}\n\u{9b}x");
    let loaded = from_json(dataset.to_string().as_bytes(), "x").unwrap();
    assert_eq!(loaded.dataset.authorities[0].name, "Bri[31mstol x");
}

#[test]
fn a_value_of_another_type_is_reported_with_its_path() {
    type Spoil = fn(&mut Value);
    let cases: [(Spoil, &str, &str); 13] = [
        (|d| d["authorities"][1]["region"] = json!(5), "authorities[1].region:", "found the number 5; expected a text"),
        (|d| d["authorities"][1]["region"] = json!([{}]), "authorities[1].region:", "found a list; expected a text"),
        (|d| d["authorities"][1]["region"] = json!({}), "authorities[1].region:", "found an object; expected a text"),
        (|d| d["authorities"][1]["codes"] = json!(true), "authorities[1].codes:", "found true; expected an object"),
        (|d| d["authorities"][1]["name"] = json!(null), "authorities[1].name:", "found null; expected a text"),
        (
            |d| d["authorities"][1]["nam"] = json!(1),
            "authorities[1].nam:",
            "an unknown field; expected one of name, al",
        ),
        (|d| d["authorities"][2] = json!({}), "authorities[2].name:", "found nothing; expected a value"),
        (|d| d["authorities"] = json!("x".repeat(99)), "authorities:", "x…; expected a list"),
        (|d| d["claims"][3]["of"] = json!(2.5), "claims[3].of:", "found the number 2.5; expected a whole number"),
        (|d| d["claims"][3]["value"] = json!("7"), "claims[3].value:", "found \"7\"; expected a number"),
        (|d| d["claims"][3]["grades"] = json!([400]), "claims[3].grades[0]:", "expected a whole number from 0 to 255"),
        (|d| d["a\u{1b}b"] = json!(1), "ab:", "an unknown field; expected one of format, title"),
        (|d| _ = d.as_object_mut().unwrap().remove("title"), "title:", "found nothing"),
    ];
    for (spoil, place, words) in cases {
        let mut dataset = bundled_json();
        spoil(&mut dataset);
        let problems = problems(&dataset);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        has(&problems, place, words);
    }
}

#[test]
fn a_file_of_another_version_is_named_as_that_whatever_it_has() {
    let mut dataset = bundled_json();
    dataset["format"] = json!(3);
    dataset["authorities"] = json!({"Bristol": {}});
    let problems = problems(&dataset);
    has(&problems, "format:", "found version 3; expected 2");
    has(&problems, "authorities:", "found an object; expected a list");
}

#[test]
fn an_assessment_refers_to_a_table_or_says_itself_what_it_was_read_from() {
    let mut dataset = bundled_json();
    let row = |origin: Value| {
        let mut assessment = json!({"framework": "apa-2006", "round": "2006", "origin": origin});
        let grade = json!({"grade": 3});
        assessment["judgements"] = json!({"services": grade, "social-care": grade, "capacity": grade});
        json!([assessment])
    };
    dataset["tables"] = json!([
        {"id": "page", "source": "seed", "place": "page 1"},
        {"id": "rows", "source": "seed", "headers": ["a", "", "c"]},
    ]);
    let origins = [
        json!({"table": "rows", "row": 4}),
        json!({"source": "seed", "row": 4, "headers": ["a", "", "c"]}),
        json!({"table": "page"}),
        json!({"source": "seed", "place": "page 1"}),
    ];
    for (position, origin) in origins.into_iter().enumerate() {
        dataset["authorities"][position]["assessments"] = row(origin);
    }
    let loaded = from_json(dataset.to_string().as_bytes(), "x").unwrap();
    assert_eq!(loaded.problems, []);
    let place = |position: usize, category| {
        let assessment = &loaded.dataset.authorities[position].assessments[0];
        assessment.evidence(category)[0].place.clone().unwrap()
    };
    assert_eq!([0, 1, 2, 3].map(|n| place(n, 2)), ["row 4, column c", "row 4, column c", "page 1", "page 1"]);
    assert_eq!(place(0, 1), "row 4");
    let mut written = Vec::new();
    scrutineer::report::export_json(&mut written, &loaded.dataset).unwrap();
    let written: Value = serde_json::from_slice(&written).unwrap();
    let origins = [0, 1, 2, 3].map(|n| written["authorities"][n]["assessments"][0]["origin"].clone());
    let (rows, page) = (json!({"table": "seed", "row": 4}), json!({"table": "seed-2"}));
    assert_eq!(origins, [rows.clone(), rows, page.clone(), page]);
    assert_eq!(written["tables"].as_array().unwrap().len(), 2);

    let wrong = [
        json!({"table": "row"}),
        json!({"table": "rows", "source": "seed"}),
        json!({"table": "rows", "headers": ["b"]}),
        json!({"row": 4}),
    ];
    for (position, origin) in wrong.into_iter().enumerate() {
        dataset["authorities"][position]["assessments"] = row(origin);
    }
    dataset["tables"].as_array_mut().unwrap().push(json!({"id": "page", "source": "seed"}));
    let found = problems(&dataset);
    has(&found, "tables[2].id:", "\"page\" twice");
    has(
        &found,
        "authorities[0].assessments[0].origin.table:",
        "found \"row\"; expected the id of a table: one of page, rows",
    );
    for (position, words) in [(1, "a table and"), (2, "a table and"), (3, "neither table nor source")] {
        has(&found, &format!("authorities[{position}].assessments[0].origin:"), words);
    }
}

#[test]
fn what_is_written_is_what_was_read() {
    let facts = std::fs::read_dir("assets/facts").unwrap().map(|file| file.unwrap().path());
    let others = ["apa-2006.json", "ilacs.json", "record.json"].map(|name| std::path::Path::new("assets").join(name));
    for path in facts.chain(others) {
        let dataset = from_json(&std::fs::read(&path).unwrap(), "file.json").unwrap().dataset;
        for export in [scrutineer::report::export_json, scrutineer::report::export_compact] {
            let mut written = Vec::new();
            export(&mut written, &dataset).unwrap();
            let again = from_json(&written, "export.json").unwrap();
            assert!(again.problems.is_empty() && again.dataset == dataset, "{}", path.display());
        }
    }
}

#[test]
fn what_is_not_said_about_its_support_is_stated() {
    let mut dataset = bundled_json();
    let judgement = |dataset: &mut Value, certainty: Option<&str>| {
        let judgement = &mut dataset["authorities"][0]["assessments"][0]["judgements"]["services"];
        match certainty {
            Some(word) => judgement["certainty"] = json!(word),
            None => _ = judgement.as_object_mut().unwrap().remove("certainty"),
        }
    };
    let read = |dataset: &Value| from_json(dataset.to_string().as_bytes(), "x").unwrap().dataset;
    judgement(&mut dataset, Some("stated"));
    let stated = read(&dataset);
    judgement(&mut dataset, None);
    assert!(read(&dataset) == stated);
    judgement(&mut dataset, Some("second-hand"));
    assert!(read(&dataset) != stated);
}

#[test]
fn a_quote_says_what_it_is_about_and_what_was_said() {
    let dataset = bundled_json();
    let with_quote = |authority: &&mut Value| authority["assessments"][0].get("quotes").is_some();
    let quotes = |dataset: &Value, change: &dyn Fn(&mut Value)| {
        let mut dataset = dataset.clone();
        let authorities = dataset["authorities"].as_array_mut().unwrap();
        let authority = authorities.iter_mut().find(with_quote).unwrap();
        change(&mut authority["assessments"][0]["quotes"][0]);
        problems(&dataset)
    };
    for (field, words) in [("categories", "no category"), ("passages", "no passage")] {
        let empty = quotes(&dataset, &|quote| quote[field] = json!([]));
        assert!(empty.iter().any(|problem| problem.contains(words)), "{field}: {empty:#?}");
        let missing = quotes(&dataset, &|quote| _ = quote.as_object_mut().unwrap().remove(field).unwrap());
        let is_named = |problem: &String| problem.contains(words) || problem.contains("categories: found nothing");
        assert!(missing.iter().any(is_named), "{field}: {missing:#?}");
    }
    assert_eq!(quotes(&dataset, &|_| ()), [""; 0]);
}
