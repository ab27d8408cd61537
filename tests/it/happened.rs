//! What inspectors asked councils to improve and what was done, in the record that comes with the program: the figures of
//! `assets/facts/areas.json` and `events.json` recounted, and the pages and answers that tell them.

use scrutineer::dataset::{Assessment, Authority, CodeKind, Dataset, EventKind, ReportCoverage};
use scrutineer::load::record;
use scrutineer::query::{Filter, Listing, ListingOptions};
use scrutineer::statistics::{CodeCount, asked, asked_by_year, asked_of, recommended};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use crate::common::{self, press, record_app, screen};

fn ilacs(dataset: &Dataset) -> std::sync::Arc<scrutineer::dataset::Framework> {
    dataset.frameworks.iter().find(|framework| framework.id == "ilacs").unwrap().clone()
}

fn listing() -> Listing {
    Listing::new(record().unwrap().dataset, ListingOptions::default())
}

fn of<'c>(counts: &'c [CodeCount], id: &str) -> &'c CodeCount {
    counts.iter().find(|count| count.code.id == id).unwrap()
}

fn named<'d>(dataset: &'d Dataset, name: &str) -> &'d Authority {
    dataset.authorities.iter().find(|authority| authority.name == name).unwrap()
}

/// Returns what a command prints.
fn run(arguments: &[&str]) -> String {
    let (out, err, status) = common::run(arguments);
    assert_eq!(status, 0, "{arguments:?}: {err}");
    out
}

/// Returns the error of a command that fails.
fn refusal(arguments: &[&str]) -> String {
    let (_, err, status) = common::run(arguments);
    assert_eq!(status, 1, "{arguments:?}: {err}");
    err
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&run(&[arguments, &["--format", "json"]].concat())).unwrap()
}

#[test]
fn every_inspection_under_ilacs_says_what_is_known_of_what_was_asked() {
    let dataset = record().unwrap().dataset;
    let framework = ilacs(&dataset);
    let inspections: Vec<(&Authority, &Assessment)> = dataset
        .authorities
        .iter()
        .flat_map(|authority| authority.assessments.iter().map(move |one| (authority, one)))
        .filter(|(_, one)| one.framework.is(&framework))
        .collect();
    let mut counts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (authority, one) in &inspections {
        let all = one.recommendations.as_ref().unwrap_or_else(|| panic!("{} {:?}", authority.name, one.date));
        assert_eq!(all.coverage == ReportCoverage::Listed, !all.all.is_empty(), "{}", authority.name);
        assert!(all.coverage == ReportCoverage::NotHeld || all.link.is_some(), "{}: no link", authority.name);
        counts.entry(all.coverage.name()).or_default().push(authority.name.clone());
    }
    assert_eq!(counts["listed"].len(), 319);
    assert_eq!(counts["none-listed"], ["North Lincolnshire", "Thurrock"]);
    assert_eq!(counts["report-not-held"], ["Bournemouth", "Cumbria", "Northamptonshire"]);
    let areas: usize = inspections.iter().map(|(_, one)| one.recommended().len()).sum();
    assert_eq!(areas, 1452);
    let listing = listing();
    assert_eq!(asked(&listing, None).iter().filter(|one| one.is_newest).count(), 567);
}

#[test]
fn each_number_of_the_table_of_subjects_stands_under_its_own_header() {
    let answer = json(&["areas"]);
    let table = run(&["areas", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let headers = rows.headers().unwrap().clone();
    let all: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let codes = answer["codes"].as_array().unwrap();
    assert_eq!(all.len(), codes.len());
    let columns = [
        ("councils asked", "asked"),
        ("councils asked of known", "of"),
        ("five years earlier", "earlier"),
        ("five years earlier of known", "earlier_of"),
        ("asked before too", "again"),
        ("asked before too of known", "again_of"),
    ];
    for (row, code) in all.iter().zip(codes) {
        assert_eq!(&row[0], code["label"].as_str().unwrap());
        for (header, field) in columns {
            let at = headers.iter().position(|name| name == header).unwrap();
            assert_eq!(row[at], code[field].to_string(), "{header} of {}", &row[0]);
        }
        for (grade, header) in ["Inadequate", "Requires improvement", "Good", "Outstanding"].into_iter().enumerate() {
            let at = headers.iter().position(|name| name == header).unwrap();
            assert_eq!(row[at], code["by_grade"][(grade + 1).to_string()].to_string(), "{header} of {}", &row[0]);
        }
    }
}

#[test]
fn the_picture_of_the_years_counts_reports_and_not_areas() {
    let listing = listing();
    let (years, themes) = asked_by_year(&listing, CodeKind::Subject);
    assert_eq!(years, (2018..=2026).collect::<Vec<i16>>());
    // Counted apart: from the answer with a row for each area.
    let areas = json(&["areas", "--by", "area"]);
    let mut asking: BTreeMap<(String, i16), BTreeSet<(String, String)>> = BTreeMap::new();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for area in areas["areas"].as_array().unwrap() {
        let published = text(&area["published"]);
        let year = published[..4].parse().unwrap();
        for subject in area["subjects"].as_array().unwrap() {
            let report = (text(&area["authority"]), published.clone());
            asking.entry((text(subject), year)).or_default().insert(report);
        }
    }
    for theme in &themes {
        for (year, tally) in years.iter().zip(&theme.years) {
            let wanted = asking.get(&(theme.code.id.clone(), *year)).map_or(0, BTreeSet::len);
            assert_eq!(usize::try_from(tally.matching).unwrap(), wanted, "{} in {year}", theme.code.id);
        }
    }
    assert_eq!(themes.len(), 33);
    // Every report of a council of today that lists something is in the whole of one year.
    let reports: BTreeSet<&(String, String)> = asking.values().flatten().collect();
    let known: u32 = themes[0].years.iter().map(|tally| tally.known).sum();
    assert_eq!(usize::try_from(known).unwrap(), reports.len());
    let picture = run(&["areas", "--format", "svg", "--region", "London"]);
    assert!(picture.contains("services, London</text>") && picture.contains("Neglect: 2018: "), "{picture}");
    assert!(!picture.contains("the latest of each council"), "it is of all reports");
}

#[test]
fn words_are_short_and_codes_are_known() {
    let dataset = record().unwrap().dataset;
    let mut used = BTreeSet::new();
    for one in dataset.authorities.iter().flat_map(|a| &a.assessments).flat_map(Assessment::recommended) {
        assert!(one.words.chars().count() <= 90, "{}", one.words);
        assert!(!one.words.ends_with('.') && !one.subjects.is_empty() && !one.practices.is_empty(), "{}", one.words);
        assert!(one.subjects.len() <= 3 && one.practices.len() <= 3, "{}", one.words);
        used.extend(one.subjects.iter().chain(&one.practices).map(|code| code.id.as_str()));
    }
    let known: BTreeSet<&str> = dataset.codes.iter().map(|code| code.id.as_str()).collect();
    assert_eq!(used, known, "each code is used, and each used one is known");
    let of_kind = |kind| dataset.codes.iter().filter(|code| code.kind == kind).count();
    assert_eq!((of_kind(CodeKind::Subject), of_kind(CodeKind::Practice)), (33, 22));
}

#[test]
fn councils_asked_by_subject_and_practice_are_those_counted_apart() {
    let listing = listing();
    let subjects = recommended(&listing, CodeKind::Subject);
    let wanted = [
        ("care-leavers", 69),
        ("child-protection", 51),
        ("homeless-young-people", 34),
        ("homes", 31),
        ("front-door", 30),
        ("children-in-care", 30),
        ("permanence", 26),
        ("before-court", 25),
        ("entitlements", 25),
        ("neglect", 24),
        ("missing", 21),
        ("private-fostering", 20),
    ];
    for (id, count) in wanted {
        let asked = of(&subjects, id).asked;
        assert_eq!((asked.matching, asked.known), (count, 152), "{id}: Thurrock's newest report lists nothing");
    }
    let practices = recommended(&listing, CodeKind::Practice);
    let wanted = [
        ("response", 83),
        ("timeliness", 76),
        ("planning", 75),
        ("oversight", 72),
        ("support", 72),
        ("supervision", 34),
        ("workforce", 19),
    ];
    for (id, count) in wanted {
        assert_eq!(of(&practices, id).asked.matching, count, "{id}");
    }
    let counted: Vec<u32> = practices.iter().map(|count| count.asked.matching).collect();
    assert!(counted.is_sorted_by(|a, b| a >= b), "{counted:?}");
}

#[test]
fn of_149_councils_with_two_reports_102_were_asked_again() {
    let dataset = record().unwrap().dataset;
    let framework = ilacs(&dataset);
    let (mut both, mut again, mut by_subject) = (0, 0, 0);
    for authority in dataset.authorities.iter().filter(|authority| authority.until.is_none()) {
        let Some(newest) = authority.latest(&framework, None) else { continue };
        let Some(before) = authority.before(newest) else { continue };
        if !newest.lists_recommendations() || !before.lists_recommendations() {
            continue;
        }
        both += 1;
        again += u32::from(newest.recommended().iter().any(|one| newest.is_again(one, Some(before))));
        let subjects = |a: &Assessment| -> BTreeSet<String> {
            let codes = a.recommended().iter().flat_map(|one| &one.subjects).map(|code| code.id.clone());
            codes.filter(|id| id != "all-children").collect()
        };
        by_subject += u32::from(!subjects(newest).is_disjoint(&subjects(before)));
    }
    assert_eq!((both, again, by_subject), (149, 102, 89));
    let again_of = |name: &str| -> Vec<(i16, usize, usize)> {
        let authority = named(&dataset, name);
        let mut years: BTreeMap<i16, (usize, usize)> = BTreeMap::new();
        for one in asked_of(authority, &framework, None) {
            let year = years.entry(one.assessment.date.unwrap().year()).or_default();
            *year = (year.0 + 1, year.1 + usize::from(one.is_again));
        }
        years.into_iter().map(|(year, (all, again))| (year, all, again)).collect()
    };
    assert_eq!(again_of("Stoke-on-Trent"), [(2019, 15, 0), (2022, 6, 5), (2025, 6, 3)]);
    assert_eq!(again_of("Liverpool").last(), Some(&(2026, 4, 2)));
    assert_eq!(again_of("Bristol").last(), Some(&(2023, 6, 1)));
    let stoke = asked_of(named(&dataset, "Stoke-on-Trent"), &framework, None);
    let supervised = |one: &&scrutineer::statistics::Asked<'_>| one.recommendation.has_code("supervision");
    let years: Vec<(i16, bool)> =
        stoke.iter().filter(supervised).map(|one| (one.assessment.date.unwrap().year(), one.is_again)).collect();
    assert_eq!(years, [(2025, true), (2022, true), (2019, false)]);
}

#[test]
fn events_are_those_of_the_facts() {
    let dataset = record().unwrap().dataset;
    let count = |kind| dataset.authorities.iter().flat_map(|a| &a.events).filter(|event| event.kind == kind).count();
    assert_eq!(
        [EventKind::FocusedVisit, EventKind::MonitoringVisit, EventKind::JointInspection].map(count),
        [73, 52, 70]
    );
    let all = || dataset.authorities.iter().flat_map(|authority| &authority.events);
    assert_eq!(all().filter(|event| event.priority_action == Some(true)).count(), 8);
    assert_eq!(all().filter(|event| event.kind.is_intervention()).count(), 122);
    let with = dataset.authorities.iter().filter(|a| a.events.iter().any(|event| event.kind.is_intervention()));
    assert_eq!(with.count(), 63);
    assert!(all().all(|event| !event.evidence.is_empty() && !event.dated.is_empty()));
    for event in all().filter(|event| event.kind.is_intervention()) {
        let copy = event.evidence[0].note.as_deref().unwrap_or_default();
        let host = copy.split("read in a copy on ").nth(1).map(|host| host.trim_end_matches('.'));
        let link = event.evidence[0].link.as_deref().unwrap_or_default();
        assert!(host.is_none_or(|host| !link.contains(host)), "a copy is never linked: {link}");
    }
}

/// The two councils at grade 1 in the article that this record began with.
#[test]
fn stoke_on_trent_and_bristol_read_as_a_story() {
    let (stoke, bristol) = (run(&["show", "Stoke-on-Trent"]), run(&["show", "Bristol"]));
    let in_order = |page: &str, parts: &[&str]| {
        let mut rest = page;
        for part in parts {
            let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is not in its place in\n{page}"));
            rest = &rest[at + part.len()..];
        }
    };
    in_order(
        &stoke,
        &[
            "· 15 July 2025",
            "Overall effectiveness  R",
            "supervision and oversight that move children's plans forward consistently and well (again)",
            "· 25 November 2022",
            "supervision and oversight",
            "(again)",
            "· 18 March 2019",
            "supervision of cases",
            "· 1 November 2006",
            "1 Inadequate",
            "Interventions, visits",
            "commissioner's report of September 2019, revised",
            "revoked 10 February 2025",
            "16 May 2019",
            "commissioner Eleanor Brazil",
            "issued 2007: direction",
            "those known",
        ],
    );
    in_order(
        &bristol,
        &[
            "· 10 March 2023",
            "asked to improve",
            "(again)",
            "· 1 November 2006",
            "1 Inadequate",
            "Interventions, visits",
            "financial year 2006-07: engagement without notice",
            "those known",
        ],
    );
    let shown = json(&["show", "Stoke-on-Trent"]);
    let areas: Vec<usize> =
        shown["assessments"].as_array().unwrap().iter().filter_map(|a| Some(a["areas"].as_array()?.len())).collect();
    assert_eq!(areas, [6, 6, 15]);
    assert!(shown["events"].as_array().unwrap().iter().any(|event| event["person"] == "Eleanor Brazil"));
}

#[test]
fn the_page_of_a_council_shows_what_was_asked_and_what_happened() {
    let mut app = record_app(120, 120);
    press(&mut app, "/stoke<enter>");
    let page = screen(&app);
    let after = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words:?} is not on\n{page}"));
    assert!(after("Asked to improve") < after("What happened") && after("What happened") < after("History"));
    assert!(page.contains(" again"), "{page}");
    let in_order = |part: &str, days: &[&str]| {
        let places: Vec<Option<usize>> = days.iter().map(|day| part.find(day)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{page}");
    };
    in_order(&page[after("What happened")..after("History")], &["Oct 2024", "May 2019"]);
    in_order(&page[after("History")..], &["Jul 2025", "Nov 2022", "Mar 2019", "Nov 2006"]);
    assert!(page.contains("those known to us"), "{page}");
    // Its source: report, page and link, and that the words are ours.
    press(&mut app, "<tab>");
    for _ in 0..40 {
        press(&mut app, "<down>e");
        if screen(&app).contains("It is about the judgement") {
            break;
        }
        press(&mut app, "<esc>");
    }
    let source = screen(&app);
    assert!(source.contains("in our words") && source.contains("our coding"), "{source}");
    assert!(source.contains("page 2 of the report of 15 July 2025"), "{source}");
    assert!(source.contains("https://files.ofsted.gov.uk/v1/file/"), "{source}");
}

#[test]
fn a_council_is_found_by_what_it_was_asked() {
    let dataset = record().unwrap().dataset;
    let filter = Filter { asked: vec!["supervision".to_owned()], ..Filter::default() };
    let listing = Listing::new(dataset, ListingOptions { filter, ..ListingOptions::default() });
    assert_eq!(listing.counted().count(), 34);
    let list = json(&["list", "--asked", "supervision"]);
    assert_eq!(
        (list["authorities"].as_array().unwrap().len(), &list["about"]["asked"][0]),
        (34, &"supervision".into())
    );
    let mut app = record_app(100, 40);
    press(&mut app, "fsuperv<enter><esc>");
    assert!(
        screen(&app).contains("34 of 153") && screen(&app).contains("asked to improve supervision"),
        "{}",
        screen(&app)
    );
}

#[test]
fn areas_are_answered_in_every_form() {
    let counts = json(&["areas"]);
    let leavers = counts["codes"].as_array().unwrap().iter().find(|code| code["code"] == "care-leavers").unwrap();
    assert_eq!((&leavers["asked"], &leavers["of"], &leavers["again"]), (&69.into(), &152.into(), &22.into()));
    assert_eq!(leavers["by_grade"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum::<u64>(), 72);
    // Of those asked whose report before lists what needs to improve.
    assert!(leavers["again_of"].as_u64().unwrap() < 69 && leavers["again_of"].as_u64().unwrap() >= 22);
    let practices = json(&["areas", "--by", "practice"]);
    let supervised = practices["codes"].as_array().unwrap().iter().find(|code| code["code"] == "supervision").unwrap();
    assert_eq!(
        (&supervised["asked"], &supervised["again"]),
        (&34.into(), &18.into()),
        "what was asked with that practice too"
    );
    let supervision = json(&["areas", "superv"]);
    let rows = supervision["areas"].as_array().unwrap();
    let newest: BTreeSet<&str> =
        rows.iter().filter(|row| row["is_newest"] == true).map(|row| row["authority"].as_str().unwrap()).collect();
    assert_eq!((supervision["code"].as_str(), newest.len()), (Some("supervision"), 34));
    assert!(rows.iter().all(|row| row["link"].as_str().unwrap().starts_with("https://files.ofsted.gov.uk/")));
    let council = json(&["areas", "--council", "liverpool"]);
    let rows = council["areas"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["is_newest"] == true).count(), 4);
    assert_eq!(rows.iter().filter(|row| row["is_newest"] == true && row["is_again"] == true).count(), 2);
    // A row for each area.
    let csv = run(&["areas", "--by", "area", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 1 + 1452);
    for format in ["table", "markdown", "html", "svg", "csv"] {
        assert!(run(&["areas", "neglect", "--format", format]).contains("neglect"), "{format}");
    }
    // Earlier, fewer had been inspected.
    let earlier = json(&["areas", "--as-at", "2021-08-20"]);
    let of = |answer: &Value, key: &str| -> Vec<Value> {
        let codes = answer["codes"].as_array().unwrap().iter();
        let mut found: Vec<(String, Value)> =
            codes.map(|code| (code["code"].as_str().unwrap().to_owned(), code[key].clone())).collect();
        found.retain(|(code, _)| ["neglect", "homes", "education"].contains(&code.as_str()));
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.into_iter().map(|(_, value)| value).collect()
    };
    assert_eq!(of(&earlier, "asked"), of(&counts, "earlier"), "five years before the newest report");
    let west = json(&["areas", "--region", "North West"]);
    assert!(west["codes"].as_array().unwrap().iter().all(|code| code["of"].as_u64().unwrap() <= 24));
}

#[test]
fn a_subject_that_is_none_or_can_be_several_is_refused_with_what_there_is() {
    for (word, offered) in [("care", "\"Carers\" or \"Care leavers\""), ("neglekt", "\"Neglect\"")] {
        let words = refusal(&["areas", word]);
        assert!(words.contains(offered), "{word}: {words}");
    }
    assert!(refusal(&["areas", "--framework", "2006"]).contains("do not say what inspectors asked"));
}

#[test]
fn events_are_answered_in_every_form_and_interventions_never_counted() {
    let stoke = json(&["events", "--council", "stoke", "--kind", "direction"]);
    let events = stoke["events"].as_array().unwrap();
    let days: Vec<&str> = events.iter().map(|event| event["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2019", "2019-05-16", "2007"]);
    assert_eq!((&events[0]["until"], &events[0]["ended"]), (&"2025-02-10".into(), &"revoked".into()));
    let all = run(&["events"]);
    for words in ["73 focused visits", "52 monitoring visits", "70 joint inspections", "those known to us"] {
        assert!(all.contains(words), "{words}");
    }
    assert!(!all.contains("60 directions") && !all.contains("122"), "{all}");
    let recent = run(&["events", "--since", "2025-01-01", "--kind", "focused-visit", "--region", "London"]);
    assert!(recent.contains("Barking and Dagenham") && !recent.contains("Barnsley"), "{recent}");
    assert!(recent.contains("Lambeth"), "visited in December 2024, told in January 2025: {recent}");
    let none = run(&["events", "--council", "barnet", "--kind", "direction"]);
    assert!(none.contains("those known to us"), "that none is known is not that there was none: {none}");
    let csv = run(&["events", "--kind", "joint-inspection", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 71);
    let changes = run(&["changes", "--since", "2026-04-01"]);
    assert!(changes.contains("without grades:") && changes.contains("joint inspection"), "{changes}");
    let mut app = record_app(120, 80);
    press(&mut app, "d");
    assert!(screen(&app).contains("since then, without grades") || !screen(&app).contains("visit"), "{}", screen(&app));
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn our_words_share_no_run_of_five_words_with_the_reports() {
    let source = std::fs::read_to_string("../shared/data/record/areas-source.csv").unwrap();
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    let words = |text: &str| -> Vec<String> {
        let is_word = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
        text.to_lowercase().split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(String::from).collect()
    };
    let mut texts: BTreeMap<(String, String), Vec<Vec<String>>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        texts.entry((row[0].to_owned(), row[1].to_owned())).or_default().push(words(&row[5]));
    }
    let dataset = record().unwrap().dataset;
    let mut compared = 0;
    for authority in &dataset.authorities {
        for assessment in authority.assessments.iter().filter(|a| a.lists_recommendations()) {
            let key = (authority.codes.urn.clone().unwrap(), assessment.date.unwrap().iso());
            let texts = &texts[&key];
            assert_eq!(texts.len(), assessment.recommended().len(), "{key:?}");
            for (one, text) in assessment.recommended().iter().zip(texts) {
                let own = words(&one.words);
                let shared = own.windows(5).find(|run| text.windows(5).any(|other| other == *run));
                assert_eq!(shared, None, "{key:?}: {}", one.words);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 1452);
}

// What was found about the area partnerships for children with special educational needs.

fn of_framework<'d>(dataset: &'d Dataset, id: &str) -> Vec<(&'d Authority, &'d Assessment)> {
    let all = dataset.authorities.iter().flat_map(|a| a.assessments.iter().map(move |one| (a, one)));
    all.filter(|(_, one)| one.framework.id == id).collect()
}

#[test]
fn area_inspections_since_2023_are_those_of_the_releases() {
    let dataset = record().unwrap().dataset;
    let all = of_framework(&dataset, "area-send");
    let count = |inspections: &[&Assessment]| {
        let of = |grade: u8| inspections.iter().filter(|one| one.judgements[0].grade().unwrap().0 == grade).count();
        [3, 2, 1].map(of)
    };
    let in_year = |year: i16| -> Vec<&Assessment> {
        let day = |one: &Assessment| one.first_day().map(|day| day.year());
        all.iter().map(|(_, one)| *one).filter(|one| day(one) == Some(year)).collect()
    };
    assert_eq!((in_year(2023).len(), count(&in_year(2023))), (26, [7, 11, 8]));
    assert_eq!((in_year(2024).len(), count(&in_year(2024))), (28, [7, 15, 6]));
    let every: Vec<&Assessment> = all.iter().map(|(_, one)| *one).collect();
    assert_eq!((every.len(), count(&every)), (97, [19, 53, 25]));
    let framework = dataset.frameworks.iter().find(|framework| framework.id == "area-send").unwrap();
    let newest: Vec<&Assessment> = dataset.authorities.iter().filter_map(|a| a.latest(framework, None)).collect();
    assert_eq!((newest.len(), count(&newest)), (96, [19, 52, 25]), "Cornwall was inspected twice");
    assert_eq!(framework.body.as_deref(), Some("area partnership"));
    let second_hand = every.iter().filter(|one| !one.judgements[0].mark().is_empty()).count();
    assert_eq!(second_hand, 42, "39 collected, and three that others confirmed");
    let claims = dataset.claims.iter().filter(|claim| claim.framework.id.starts_with("area-send"));
    let verdicts: Vec<&str> =
        claims.map(|claim| scrutineer::statistics::recount(claim, &dataset).verdict.name()).collect();
    assert_eq!(verdicts, ["agrees"; 7]);
}

#[test]
fn area_inspections_until_2022_required_a_statement_of_59_of_116_by_march_2021() {
    let dataset = record().unwrap().dataset;
    let all = of_framework(&dataset, "area-send-2016");
    assert_eq!(all.len(), 151);
    let by: Vec<&Assessment> = all
        .iter()
        .filter(|(authority, one)| {
            one.first_day().unwrap() <= "2021-03-31".parse().unwrap() && authority.name != "Dorset (county)"
        })
        .map(|(_, one)| *one)
        .collect();
    let statements = by.iter().filter(|one| one.judgements[0].grade().unwrap().0 == 1).count();
    assert_eq!((by.len(), statements), (116, 59));
    let revisits =
        dataset.authorities.iter().flat_map(|a| &a.events).filter(|event| event.kind == EventKind::SendRevisit);
    let revisits: Vec<_> = revisits.collect();
    let of = |words: &str| revisits.iter().filter(|event| event.theme.as_ref().unwrap().contains(words)).count();
    assert_eq!((revisits.len(), of("in some"), of("in all"), of("in none")), (47, 25, 20, 2));
}

#[test]
fn area_partnerships_are_never_the_first_thing_told_of_a_council() {
    let dataset = record().unwrap().dataset;
    assert_eq!(dataset.leading_framework().unwrap().id, "ilacs");
    let leeds = named(&dataset, "Leeds");
    let order: Vec<bool> =
        leeds.newest_first().iter().map(|at| leeds.assessments[*at].framework.is_of_council()).collect();
    assert!(order[0] && !order[order.len() - 1] && order.is_sorted_by(|a, b| a >= b), "{order:?}");
    let page = run(&["show", "Leeds"]);
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is not in {page}"));
    assert!(at("Inspection of local authority") < at("Area SEND: inspections of area partnerships since 2023"));
    assert!(
        page.contains("Widespread or systemic failings*") && page.contains("monitoring inspection within 18 months")
    );
    let mut app = record_app(120, 70);
    press(&mut app, "/leeds<enter>");
    let shown = screen(&app);
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} is not in {shown}"));
    assert!(at("Special educational needs: the area partnership") < at("History"), "{shown}");
    let history = &shown[at("History")..at("England:")];
    assert!(!history.contains("SEND"), "{history}");
}

#[test]
fn area_outcomes_are_words_in_their_own_shares() {
    let mut app = record_app(120, 40);
    press(&mut app, "t");
    let shown = screen(&app);
    assert!(shown.contains("Inconsistent") && shown.contains("Failings"), "{shown}");
    assert!(shown.contains("typically positive") && shown.contains("19 of 96"), "{shown}");
    assert!(!shown.contains("Good or better"), "{shown}");
    for (command, words) in [
        (
            &["stats", "--framework", "send"][..],
            "Published, inspections 2024: inconsistent 15 of 28 (54%); our count agrees",
        ),
        (&["stats", "--framework", "send", "--by", "region"], "area partnerships"),
        (&["list", "--framework", "send"], "best first: Typically positive, Inconsistent"),
        (&["map", "--framework", "send"], "area partnerships"),
    ] {
        let answer = run(command);
        assert!(answer.to_lowercase().contains(&words.to_lowercase()), "{command:?}: {answer}");
        assert!(!answer.to_lowercase().contains("good or better"), "{command:?}: {answer}");
    }
    let stats = json(&["stats", "--framework", "send"]);
    let verdicts: Vec<&str> =
        stats["figures"].as_array().unwrap().iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["agrees"; 6]);
    let failing = json(&["list", "--framework", "send", "--grade", "send=failings"]);
    assert_eq!(failing["count"], 25);
    // Outstanding under ILACS, failing in SEND.
    let both = json(&["list", "--grade", "overall=O", "--with", "send", "--with-grade", "failings"]);
    let names: Vec<&str> =
        both["authorities"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Bexley", "Bracknell Forest", "Hertfordshire", "Leeds", "Redbridge"]);
    assert!(
        both["authorities"].as_array().unwrap().iter().all(|one| one["beside"]["judgements"]["send"]["grade"] == 1)
    );
    press(&mut app, "m");
    let map = screen(&app);
    assert!(map.contains("PMid") && map.contains("ICum") && map.contains("25") && map.contains("Widespread"), "{map}");
}

#[test]
fn the_list_of_area_outcomes_as_a_file_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("send.csv");
    std::fs::write(&path, run(&["list", "--framework", "send", "--format", "csv"])).unwrap();
    let said = run(&["check", path.to_str().unwrap()]);
    assert!(said.contains("96 of 96 judgements are grades") && said.contains("adds 0 inspections"), "{said}");
    assert!(said.contains("0 grades differ") && !said.contains("kind"), "{said}");
}

#[test]
fn neighbours_and_grades_of_what_was_asked_follow_the_rules_of_the_council_itself() {
    // Manchester's report of 2022 is of before care leavers were graded apart: what it asked for them bears on the grade of both.
    let leavers = run(&["areas", "care leavers"]);
    assert!(leavers.contains("Until January 2023 one grade covered children in care and care leavers."), "{leavers}");
    let rows = json(&["areas", "care leavers"]);
    let before: Vec<&Value> =
        rows["areas"].as_array().unwrap().iter().filter(|row| row["published"].as_str().unwrap() < "2022-12").collect();
    assert!(!before.is_empty());
    for row in before {
        assert_ne!(row["judgement"], "care-leavers", "{row}");
    }
    // What nobody had asked for by a day is not told as at that day.
    let early = run(&["areas", "--council", "liverpool", "--as-at", "2020-01-01"]);
    assert!(!early.contains("2023-") && early.contains("as at 1 January 2020"), "{early}");
    for option in [["--region", "London"], ["--asked", "neglect"]] {
        let (_, err, status) = common::run(&[&["areas", "--council", "leeds"][..], &option].concat());
        assert_eq!(status, 2, "wrong use: {err}");
    }
}

#[test]
fn a_list_beside_another_framework_says_which_grades_and_which_search_it_is_of() {
    let found = run(&["list", "north", "--with", "send", "--with-grade", "failings"]);
    assert!(found.contains("Only: SEND") && found.contains("matching \"north\""), "{found}");
    let csv = run(&["list", "--with", "ilacs", "--format", "csv"]);
    let header = csv.lines().next().unwrap().split(',').collect::<Vec<_>>();
    assert_eq!(header.iter().collect::<BTreeSet<_>>().len(), header.len(), "{header:?}");
}

#[test]
fn when_something_happened_reads_as_a_date_with_what_it_is() {
    let dataset = record().unwrap().dataset;
    let all = dataset.authorities.iter().flat_map(|one| &one.events);
    for event in all {
        let when = scrutineer::wording::event_when(event);
        let is_plain =
            !when.contains(", ") || when.contains('(') || event.dated.contains("year") || event.date.is_none();
        assert!(is_plain, "{when}");
        assert!(!when.contains("not in the copy") && !when.contains("January March"), "{when}");
    }
    let page = run(&["show", "slough"]);
    assert!(page.contains("May 2020 (issued, the fifth)"), "{page}");
}

#[test]
fn interventions_are_said_to_be_those_known_wherever_they_are_counted() {
    for arguments in [&["events", "--council", "stoke"][..], &["list", "--happened", "direction"]] {
        let answer = run(arguments);
        assert!(answer.contains("Interventions are those known to us"), "{arguments:?}: {answer}");
    }
}

#[test]
fn what_is_said_after_a_list_is_not_part_of_its_last_item() {
    let page = run(&["show", "bristol", "--format", "markdown"]);
    let lines: Vec<&str> = page.lines().collect();
    let items = lines.iter().enumerate().filter(|(_, line)| line.starts_with("- "));
    for (at, item) in items {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        assert!(next.is_empty() || next.starts_with("- ") || next.starts_with("  "), "{item} / {next}");
    }
}

#[test]
fn assessments_are_counted_of_the_councils_that_are_named() {
    let dataset = record().unwrap().dataset;
    let framework = dataset.frameworks.iter().find(|framework| framework.id == "ilacs").unwrap();
    let of = |is_of_today: bool| {
        let councils = dataset.authorities.iter().filter(|one| one.until.is_none() == is_of_today);
        councils.flat_map(|one| &one.assessments).filter(|one| one.framework.is(framework)).count()
    };
    let held = scrutineer::wording::held(&dataset, framework);
    let expected =
        format!("{} assessments, of 153 of the 153 councils of today, and {} of others", of(true), of(false));
    assert!(held.starts_with(&expected) && of(false) > 0, "{held}");
}

#[test]
fn who_collected_the_reports_of_area_partnerships_is_not_who_collected_those_of_councils() {
    let of = |framework: &str| run(&["list", "--framework", framework]);
    assert!(of("ilacs").contains("collected by the ofsted-ilacs-scrape-tool"), "{}", of("ilacs"));
    assert!(
        !of("send").contains("ofsted-ilacs-scrape-tool") && of("send").contains("collected by others"),
        "{}",
        of("send")
    );
}

#[test]
fn a_grade_is_not_compared_with_one_that_covered_something_else() {
    let csv = run(&["list", "--framework", "ilacs", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader.headers().unwrap().iter().position(|header| header == "children-in-care movement").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let count = |word: &str| rows.iter().filter(|row| &row[at] == word).count();
    let stats: serde_json::Value =
        serde_json::from_str(&run(&["stats", "--framework", "ilacs", "--format", "json"])).unwrap();
    let counts =
        stats["categories"].as_array().unwrap().iter().find(|one| one["category"] == "children-in-care").unwrap();
    for word in ["up", "same", "down", "redefined"] {
        assert_eq!(Some(count(word) as u64), counts[word].as_u64(), "{word}");
    }
    assert!(count("redefined") > 100);
    let page = run(&["show", "bristol"]);
    assert!(!page.contains("(up since the previous inspection, which"), "{page}");
}

#[test]
fn new_events_are_in_the_order_in_which_they_became_known() {
    let new = record().unwrap().dataset;
    let mut old = Dataset::clone(&new);
    old.authorities.iter_mut().for_each(|one| one.events.clear());
    let found = scrutineer::query::changes::new_events(&old, &new);
    let known: Vec<_> = found.iter().map(|(_, event)| event.order_day()).collect();
    assert!(known.is_sorted_by(|newer, older| newer >= older), "{known:?}");
    let happened: Vec<_> = found.iter().map(|(_, event)| event.date).collect();
    assert!(!happened.is_sorted_by(|newer, older| newer >= older), "days of which the order is another one");
}

#[test]
fn five_years_before_a_month_are_five_years_before_its_end() {
    let table = "Local authority,Publication date,Inspection type,Overall effectiveness,Impact of leaders,\
                 Help and protection,Children in care\nLeeds,March 2024,ILACS,Good,Good,Good,Good\n";
    let loaded = scrutineer::load::from_reader(table.as_bytes(), "month.csv").unwrap();
    let listing = Listing::new(loaded.dataset, ListingOptions::default());
    assert_eq!(listing.view().newest().unwrap().to_string(), "March 2024");
    assert_eq!(scrutineer::statistics::earlier_day(&listing).unwrap().to_string(), "31 March 2019");
}

#[test]
fn the_package_of_an_answer_says_of_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, key, value) in [
        (&["areas", "neglect"][..], "subject", "Neglect"),
        (&["areas", "--council", "stoke-on-trent"], "council", "Stoke-on-Trent"),
        (&["events", "--kind", "direction"], "filter", "direction"),
    ] {
        let path = folder.path().join(format!("{}.csv", arguments[0]));
        run(&[arguments, &["-o", path.to_str().unwrap(), "--package"]].concat());
        let text = std::fs::read_to_string(folder.path().join("datapackage.json")).unwrap();
        let package: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(package["about"][key], value, "{arguments:?}: {}", package["about"]);
        assert!(package["about"]["data"].as_str().unwrap().contains("Ofsted"), "{}", package["about"]);
        std::fs::remove_file(folder.path().join("datapackage.json")).unwrap();
    }
}
