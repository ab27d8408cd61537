//! Rules that were once broken on purpose without any test failing: each has one here.

use std::io::Write as _;
use std::process::Command;
use std::sync::Arc;

use scrutineer::dataset::{Assessment, Authority, Council, Date, Evidence, Outcome, Rank, Source, Trend};
use scrutineer::load::{Loaded, Part, bundled, from_reader, join, record};
use scrutineer::query::changes::{Kind, before, changes};
use scrutineer::query::{AuthorityId, Listing, ListingOptions};
use scrutineer::statistics::{Count, national_summary, years};
use scrutineer::wording::redefined_movement;
use serde_json::json;

const HEADERS: &str = "urn,local_authority,inspection_link,publication_date,inspection_start_date,\
    overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade\n";

/// Returns a row with one grade in every column.
fn row(urn: u32, name: &str, published: &str, began: &str, grade: &str) -> String {
    format!("{urn},{name},,{published},{began},{grade},{grade},{grade},{grade},{grade}\n")
}

fn read(rows: &str) -> Loaded {
    from_reader((HEADERS.to_owned() + rows).as_bytes(), "test.csv").unwrap()
}

/// Runs a command on rows, in the order of its arguments, and returns what it prints.
fn out(rows: &str, arguments: &[&str]) -> String {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    write!(file, "{HEADERS}{rows}").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
    command.args(arguments).arg("--only-files").env("XDG_CONFIG_HOME", "/nonexistent");
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
    let mut dataset: serde_json::Value = serde_json::from_str(include_str!("../../assets/apa-2006.json")).unwrap();
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
fn files_that_differ_on_an_inspection_are_one_inspection_and_say_so() {
    let part = |grade: &str, name: &str| Part::new(read(&row(80481, "Leeds", "2022-03-04", "2022-02-21", grade)), name);
    let joined = join(vec![part("good", "a.csv"), part("inadequate", "b.csv")]).unwrap();
    assert_eq!(joined.dataset.authorities.len(), 1);
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
    assert!(joined.difference_count() >= 3, "{:?}", joined.differences);
    let joined = join(vec![part("good", "a.csv"), part("good", "b.csv")]).unwrap();
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
    assert_eq!(joined.difference_count(), 0, "{:?}", joined.differences);
}

#[test]
fn judgements_that_are_not_understood_are_cleaned_where_they_are_quoted() {
    let loaded = read(&row(80481, "Leeds", "2022-03-04", "2022-02-21", "go\u{1b}[31mod\u{202e}"));
    assert!(!loaded.repairs.is_empty());
    for repair in &loaded.repairs {
        let text = repair.to_string();
        assert!(text.contains("go[31mod"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn a_link_with_a_space_or_a_control_character_is_no_link() {
    let rows =
        |link: &str| row(80481, "Leeds", "2022-03-04", "2022-02-21", "good").replacen(",,", &format!(",{link},"), 1);
    let link = |link: &str| {
        let loaded = read(&rows(link));
        loaded.dataset.authorities[0].assessments[0].report_link().map(String::from)
    };
    assert_eq!(link("https://a.b/c").as_deref(), Some("https://a.b/c"));
    for wrong in
        ["https://a.b/c d", "https://a.b/\u{1b}c", "https://a.b/\u{7f}", "https://a.b/é", "javascript:x", "ftp://a.b"]
    {
        assert_eq!(link(wrong), None, "{wrong:?}");
    }
    for wrong in ["https://a.b/c d", "https://a.b/\nc", "javascript:x"] {
        let mut dataset: serde_json::Value = serde_json::from_str(include_str!("../../assets/apa-2006.json")).unwrap();
        dataset["sources"][0]["link"] = json!(wrong);
        let refused = from_reader(dataset.to_string().as_bytes(), "test").unwrap_err().to_string();
        assert!(refused.contains("a link that begins with https://"), "{refused}");
    }
}

#[test]
fn text_in_windows_1252_is_read() {
    let mut bytes = HEADERS.as_bytes().to_vec();
    bytes.extend(b"1001,Caf\xe9 \x80 \x93x\x94,,2022-03-04,2022-02-21,good,good,good,good,good\n");
    let loaded = from_reader(bytes.as_slice(), "test.csv").unwrap();
    assert_eq!(loaded.dataset.authorities[0].name, "Café € “x”");
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

/// Returns an authority with the inspections of some rows under [`HEADERS`].
fn inspected(rows: &str) -> Authority {
    let loaded = from_reader((HEADERS.to_owned() + rows).as_bytes(), "test.csv").unwrap();
    assert_eq!(loaded.dataset.authorities.len(), 1);
    loaded.dataset.authorities[0].clone()
}

#[test]
fn inspections_are_the_same_by_their_first_day_their_publication_or_their_report() {
    let one = |link: &str, published: &str, began: &str| {
        let row = format!("1001,Name,{link},{published},{began},good,good,good,good,good\n");
        inspected(&row).assessments[0].clone()
    };
    let page = "https://reports.ofsted.gov.uk/provider/44/80441";
    let first = one("https://a.b/1", "2022-03-04", "2022-02-21");
    for (link, published, began, is_same) in [
        // First days at most a hundred days apart, whenever it was published.
        ("https://a.b/2", "2022-09-04", "2022-02-21", true),
        ("https://a.b/2", "2022-09-04", "2022-06-01", true),
        ("https://a.b/2", "2022-09-04", "2022-06-02", false),
        // Published at most a hundred days apart, or with day and month swapped.
        ("https://a.b/2", "2022-06-12", "", true),
        ("https://a.b/2", "2022-06-13", "", false),
        ("https://a.b/2", "2022-04-03", "", true),
        // One report is enough, but a page of all inspections is not.
        ("https://a.b/1", "2023-03-05", "2023-02-22", true),
        ("https://a.b/2", "2023-03-05", "2023-02-22", false),
    ] {
        assert_eq!(first.is_same_inspection(&one(link, published, began)), is_same, "{link} {published} {began}");
    }
    for page in [page, "https://reports.ofsted.gov.uk/local-authorities/barnet", "https://www.barnet.gov.uk/ofsted"] {
        assert!(!one(page, "2022-03-04", "2022-02-21").is_same_inspection(&one(page, "2024-03-04", "2024-02-21")));
    }
    // Of two rounds, neither is known by the day.
    let mut other = first.clone();
    (other.round, other.visit, other.origin) = ("another round".into(), None, None);
    assert!(
        !Assessment { date: None, visit: None, ..first.clone() }
            .is_same_inspection(&Assessment { date: None, ..other.clone() })
    );
}

#[test]
fn the_last_grade_before_a_category_ended_is_the_newest_that_is_one() {
    let authority = inspected(
        "1001,Name,,2026-07-01,2026-06-01,,good,good,good,good\n\
         1001,Name,,2022-03-04,2022-02-21,,good,good,good,\n\
         1001,Name,,2019-03-04,2019-02-21,inadequate,good,good,good,\n",
    );
    let newest = authority.assessments.iter().max_by_key(|assessment| assessment.date).unwrap();
    let (last, judgement) = authority.last_before_end(newest, 0).unwrap();
    assert_eq!((last.date.unwrap().iso().as_str(), judgement.grade().unwrap().0), ("2019-03-04", 1));
    assert!(authority.last_before_end(last, 0).is_none());
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
fn a_category_that_was_not_redefined_has_no_note_about_it() {
    let data = record().unwrap().dataset;
    let ilacs = data.frameworks.iter().find(|framework| framework.id == "ilacs").unwrap();
    for category in &ilacs.categories {
        let note = redefined_movement(category, 3);
        assert_eq!(note.is_some(), category.id == "children-in-care", "{}", category.id);
        assert_eq!(redefined_movement(category, 0), None);
    }
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

/// Returns rows as read from a source of a rank, which is also the id of the source.
fn ranked(rows: &str, rank: Rank) -> Loaded {
    let mut loaded = read(rows);
    let dataset = Arc::make_mut(&mut loaded.dataset);
    let source = Arc::new(Source { id: format!("{rank:?}").into(), rank, ..dataset.sources[0].as_ref().clone() });
    dataset.sources = vec![Arc::clone(&source)];
    for assessment in dataset.authorities.iter_mut().flat_map(|authority| &mut authority.assessments) {
        let origin = assessment.origin.as_mut().unwrap();
        Arc::make_mut(&mut origin.table).source = Arc::clone(&source);
    }
    loaded
}

/// Returns the only assessment of two files joined, as the rank of the source that it is read from and its grades.
fn merged(first: Loaded, second: Loaded) -> (String, Vec<Option<u8>>) {
    let joined = join(vec![Part::new(first, "first"), Part::new(second, "second")]).unwrap().dataset;
    let [assessment] = joined.authorities[0].assessments.as_slice() else { panic!("{:?}", joined.authorities[0]) };
    let source = assessment.origin.as_ref().unwrap().table.source.id.to_string();
    (source, assessment.judgements.iter().map(|judgement| judgement.grade().map(|grade| grade.0)).collect())
}

#[test]
fn an_inspection_in_two_files_is_that_of_the_better_source() {
    let of = |grade: &str, rank: Rank| ranked(&row(80481, "Leeds", "2024-03-04", "2024-02-21", grade), rank);
    let good = ("Official".to_owned(), vec![Some(3); 5]);
    assert_eq!(merged(of("inadequate", Rank::Collected), of("good", Rank::Official)), good);
    assert_eq!(merged(of("good", Rank::Official), of("inadequate", Rank::Collected)), good);
    // A row without any grade says less than one with grades, whoever wrote it.
    let collected = ("Collected".to_owned(), vec![Some(3); 5]);
    assert_eq!(merged(of("", Rank::Official), of("good", Rank::Collected)), collected);
    assert_eq!(merged(of("good", Rank::Collected), of("", Rank::Official)), collected);
}

#[test]
fn judgements_that_only_one_of_two_files_has_are_counted() {
    let leeds = |last: &str| format!("80481,Leeds,,2024-03-04,2024-02-21,good,good,good,{last},{last}\n");
    let part = |last: &str, name: &str| Part::new(read(&leeds(last)), name);
    let joined = join(vec![part("", "a.csv"), part("good", "b.csv")]).unwrap();
    assert_eq!((joined.filled, joined.filled_in.len()), (2, 2), "{:?}", joined.filled_in);
}

#[test]
fn what_both_of_two_files_say_has_the_evidence_of_both() {
    let mut other = bundled().unwrap();
    let dataset = Arc::make_mut(&mut other.dataset);
    let more = Evidence { note: Some("Said elsewhere too.".into()), ..dataset.authorities[0].evidence[0].clone() };
    let authority = &mut dataset.authorities[0];
    authority.evidence = authority.evidence.iter().cloned().chain([more.clone()]).collect();
    Arc::make_mut(&mut authority.assessments[0].judgements)[0].evidence.push(more.clone());
    let joined = join(vec![Part::new(bundled().unwrap(), "a"), Part::new(other, "b")]).unwrap().dataset;
    let joined = &joined.authorities[0];
    let [assessment] = joined.assessments.as_slice() else { panic!("{joined:?}") };
    assert!(joined.evidence.len() > 1 && joined.evidence.contains(&more));
    let evidence = &assessment.judgements[0].evidence;
    assert!(evidence.len() > 1 && evidence.contains(&more), "{evidence:?}");
}

#[test]
fn an_inspection_of_the_day_of_the_latest_one_held_is_new() {
    // Data with only the latest inspection do not hold earlier ones, so that finding those elsewhere is no news.
    let held = row(80481, "Leeds", "2022-03-04", "2022-02-21", "good");
    let old = read(&(held.clone() + &row(80436, "Bradford", "2021-03-04", "2021-02-21", "good")));
    let is_news = |published: &str| {
        let new = read(&(held.clone() + &row(80481, "Leeds", published, "2017-12-01", "good")));
        let found = changes(&old.dataset, &new.dataset);
        found.iter().any(|change| change.kind == Kind::Inspection && change.authority.name == "Leeds")
    };
    assert_eq!(["2022-03-03", "2022-03-04", "2022-03-05"].map(is_news), [false, true, true]);
}

#[test]
fn the_authorities_behind_a_count_are_as_many_as_it_says() {
    let dataset = record().unwrap().dataset;
    for framework in dataset.frameworks.iter().cloned() {
        let options = ListingOptions { framework: Some(framework.clone()), ..ListingOptions::default() };
        let listing = Listing::new(Arc::clone(&dataset), options);
        let (view, summary) = (listing.view(), national_summary(&listing));
        let behind = |count: Count| {
            let all = (0..dataset.authorities.len()).map(AuthorityId).filter(|id| view.is_listed(*id));
            u32::try_from(all.filter(|id| count.includes(view, *id)).count()).unwrap()
        };
        for (category, counts) in summary.categories.iter().enumerate() {
            let about = format!("{}, {}", framework.id, framework.categories[category].id);
            assert_eq!(behind(Count::Good(category)), counts.good.matching, "{about}");
            assert_eq!(behind(Count::Absent(category)), counts.absent, "{about}");
            for (step, number) in counts.steps.iter().enumerate() {
                assert_eq!(behind(Count::Step(category, step)), *number, "{about}");
            }
            for (trend, number) in [(Trend::Up, counts.up), (Trend::Same, counts.same), (Trend::Down, counts.down)] {
                assert_eq!(behind(Count::Moved(category, trend)), number, "{about}");
            }
            for scrutineer::statistics::RegionCounts { name: region, good: tallies, .. } in &summary.regions {
                let Some(region) = region else { continue };
                let position = view.regions().iter().position(|name| name == region).unwrap();
                assert_eq!(
                    behind(Count::InRegion(category, position)),
                    tallies[category].matching,
                    "{about}, {region}"
                );
            }
        }
    }
}

#[test]
fn the_years_of_a_category_begin_with_its_first_grade() {
    let dataset = record().unwrap().dataset;
    let listing = Listing::new(Arc::clone(&dataset), ListingOptions::default());
    let mut begun = std::collections::HashSet::new();
    for year in years(&listing, None) {
        let is_first = begun.insert((year.framework.id.clone(), year.category));
        assert!(!is_first || year.good.known > 0, "{} {} {}", year.framework.id, year.category, year.year);
    }
    let care_leavers = years(&listing, None).into_iter().find(|year| {
        year.framework.categories.get(year.category).is_some_and(|category| category.id == "care-leavers")
    });
    assert!(care_leavers.is_some_and(|first| first.year >= 2013), "no grade of care leavers is older");
}

#[test]
fn a_file_with_a_byte_order_mark_and_quoted_headers_is_read() {
    let headers: Vec<String> = HEADERS.trim().split(',').map(|header| format!("\"{}\"", header.trim())).collect();
    // The first header has a second line, so that its quotation marks decide where the row ends.
    let headers = headers.join(",").replacen("\"urn\"", "\"urn\n\"", 1);
    let text = format!("\u{feff}{headers}\n{}", row(80481, "Leeds", "2024-03-04", "2024-02-21", "good"));
    let loaded = from_reader(text.as_bytes(), "test.csv").unwrap();
    assert_eq!((loaded.dataset.authorities[0].name.as_str(), loaded.repairs.len()), ("Leeds", 0));
}

#[test]
fn a_cell_of_several_lines_may_end_the_file() {
    let text = format!("{HEADERS}80481,Leeds,,2022-03-04,2022-02-21,good,good,good,good,\"good\n\"");
    let loaded = from_reader(text.as_bytes(), "test.csv").unwrap();
    let [assessment] = loaded.dataset.authorities[0].assessments.as_slice() else { panic!("{:?}", loaded.left_out) };
    assert_eq!(assessment.judgements[3].grade().unwrap().0, 3);
    assert_eq!((loaded.problems.len(), loaded.left_out.len()), (0, 0));
}

#[test]
fn the_row_most_like_headers_says_what_is_missing() {
    let nearly = HEADERS.replace("urn,local_authority,", "");
    let text = format!("Outcomes of inspections\n{nearly},2024-03-04,2024-02-21,good,good,good,good,good\n");
    let refused = from_reader(text.as_bytes(), "test.csv").unwrap_err().to_string();
    assert!(refused.contains("expected also local_authority:"), "{refused}");
}

#[test]
fn a_full_name_of_a_council_is_kept_whichever_file_has_it() {
    let with = |name: &str| {
        let mut loaded = bundled().unwrap();
        let bristol = Arc::make_mut(&mut loaded.dataset).authorities.iter_mut().find(|a| a.name == "Bristol").unwrap();
        bristol.current_council = Some(Box::new(Council { name: name.into(), kind: None, since: None }));
        Part::new(loaded, name)
    };
    for (first, second, kept) in [
        ("Bristol", "Bristol City Council", "Bristol City Council"),
        ("Bristol City Council", "Bristol", "Bristol City Council"),
        ("Bristol City Council", "City of Bristol", "Bristol City Council"),
    ] {
        let joined = join(vec![with(first), with(second)]).unwrap().dataset;
        let bristol = joined.authorities.iter().find(|authority| authority.name == "Bristol").unwrap();
        assert_eq!(bristol.current_council.as_ref().unwrap().name, kept, "{first}, {second}");
    }
}

#[test]
fn the_sources_of_names_and_codes_say_their_licence() {
    let loaded = read(&row(80481, "Leeds", "2024-03-04", "2024-02-21", "good"));
    let evidence = &loaded.dataset.authorities[0].evidence;
    assert!(!evidence.is_empty());
    assert!(evidence.iter().all(|e| e.source.note.as_deref() == Some("Open Government Licence v3.0")), "{evidence:?}");
}
