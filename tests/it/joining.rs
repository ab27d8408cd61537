//! Files joined with each other and with the record: one inspection stays one inspection, whatever its dates look like.

use std::collections::BTreeMap;
use std::sync::Arc;

use scrutineer::dataset::{Assessment, Council, Dataset, Date, Evidence, Rank, Source};
use scrutineer::load::{Loaded, Part, bundled, from_reader, join, record};
use scrutineer::query::changes::{Kind, changes, redated};
use scrutineer::query::{Listing, ListingOptions};
use scrutineer::report::export_json;
use scrutineer::statistics::summary;

use crate::common::{read_rows, row};

/// The inspections of ILACS in the record, as a table with days changed by `change`, which is called with the position of
/// an inspection and its days of publication and beginning.
fn table(dataset: &Dataset, change: impl Fn(usize, Date, Date) -> (Date, Date)) -> String {
    let mut text = String::from(
        "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,impact_of_leaders_grade,\
         help_and_protection_grade,in_care_grade,care_leavers_grade\n",
    );
    let mut position = 0;
    for authority in &dataset.authorities {
        for assessment in authority.assessments.iter().filter(|a| a.framework.id == "ilacs") {
            let published = assessment.date.unwrap();
            let began = assessment.first_day().unwrap_or(published);
            let (published, began) = change(position, published, began);
            let words = assessment.judgements.iter().map(|judgement| {
                let step = judgement.grade().and_then(|grade| assessment.framework.scale.step(grade));
                step.map(|step| step.word.to_lowercase().to_string()).unwrap_or_default()
            });
            let cells: Vec<String> = words.collect();
            let (urn, name) = (authority.codes.urn.as_deref().unwrap_or_default(), &authority.name);
            text += &format!("{urn},\"{name}\",{},{},{}\n", published.iso(), began.iso(), cells.join(","));
            position += 1;
        }
    }
    assert_eq!(position, 324);
    text
}

fn joined(text: &str) -> Loaded {
    let file = from_reader(text.as_bytes(), "file.csv").unwrap();
    join(vec![Part::record(record().unwrap()), Part::new(file, "file.csv")]).unwrap()
}

/// Returns how many inspections of ILACS each authority has.
fn counts(dataset: &Dataset) -> BTreeMap<String, usize> {
    let of_ilacs = |authority: &scrutineer::dataset::Authority| {
        authority.assessments.iter().filter(|a| a.framework.id == "ilacs").count()
    };
    dataset.authorities.iter().map(|a| (a.name.to_string(), of_ilacs(a))).collect()
}

/// Returns the grades, movements and shares of ILACS as they are counted.
fn figures(loaded: &Loaded) -> String {
    let framework = loaded.dataset.frameworks.iter().find(|f| f.id == "ilacs").cloned();
    let options = ListingOptions { framework, ..ListingOptions::default() };
    let listing = Listing::new(std::sync::Arc::clone(&loaded.dataset), options);
    let categories = summary(&listing).categories;
    let counted = categories.iter().map(|c| format!("{:?} {} {} {}\n", c.steps, c.up, c.same, c.down));
    counted.collect()
}

/// Checks that a table joined with the record adds no inspection and changes no figure; returns how many dates differ.
fn adds_nothing(text: &str) -> usize {
    let record = record().unwrap();
    let joined = joined(text);
    assert_eq!(counts(&joined.dataset), counts(&record.dataset));
    assert_eq!(figures(&joined), figures(&record));
    assert_eq!(joined.difference_count(), 0, "{:?}", joined.differences);
    let found = changes(&record.dataset, &joined.dataset);
    let inspections = found.iter().filter(|change| matches!(change.kind, Kind::Inspection | Kind::Withdrawn));
    assert_eq!(inspections.count(), 0);
    joined.date_difference_count()
}

fn swapped(date: Date) -> Option<Date> {
    let iso = date.iso();
    format!("{}-{}-{}", &iso[..4], &iso[8..], &iso[5..7]).parse().ok()
}

#[test]
fn the_record_joined_with_its_own_inspections_is_the_record() {
    let record = record().unwrap().dataset;
    assert_eq!(adds_nothing(&table(&record, |_, published, began| (published, began))), 0);
}

#[test]
fn inspections_dated_a_day_early_are_the_same_inspections() {
    let record = record().unwrap().dataset;
    let early = |date: Date| date.days_before(1).unwrap();
    assert!(adds_nothing(&table(&record, |_, published, began| (early(published), early(began)))) > 324);
    assert!(adds_nothing(&table(&record, |_, published, began| (early(published), began))) >= 324);
}

#[test]
fn inspections_with_day_and_month_swapped_in_one_date_are_the_same_inspections() {
    let record = record().unwrap().dataset;
    let text = table(&record, |position, published, began| match position % 2 {
        0 => (swapped(published).unwrap_or(published), began),
        _ => (published, swapped(began).unwrap_or(began)),
    });
    assert!(adds_nothing(&text) > 50);
}

#[test]
fn two_editions_that_date_reports_differently_have_no_new_inspection() {
    let record = record().unwrap().dataset;
    let early = |date: Date| date.days_before(1).unwrap();
    let file = |text: &str| from_reader(text.as_bytes(), "file.csv").unwrap().dataset;
    let old = file(&table(&record, |_, published, began| (published, began)));
    let new = file(&table(&record, |_, published, began| (early(published), early(began))));
    assert_eq!(changes(&old, &new), []);
}

#[test]
fn two_years_of_one_authority_stay_two_inspections() {
    let rows = "80441,Bristol,2019-03-01,2019-01-10,good,good,good,good,\n80441,Bristol,2019-06-10,2019-04-22,good,good,good,good,\n";
    let headers = table(&record().unwrap().dataset, |_, a, b| (a, b));
    let text = format!("{}\n{rows}", headers.lines().next().unwrap());
    let inspections =
        |text: &str| from_reader(text.as_bytes(), "file.csv").unwrap().dataset.authorities[0].assessments.len();
    assert_eq!(inspections(&text), 2, "101 and 102 days apart");
    assert_eq!(inspections(&text.replace("2019-06-10", "2019-06-09")), 1, "published 100 days apart");
    assert_eq!(inspections(&text.replace("2019-04-22", "2019-04-20")), 1, "begun 100 days apart");
}

#[test]
fn inspections_without_days_are_known_by_their_reports() {
    let record = record().unwrap().dataset;
    let mut text = String::from(
        "urn,local_authority,inspection_link,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,\
         help_and_protection_grade,in_care_grade,care_leavers_grade\n",
    );
    let mut rows = 0;
    for authority in &record.authorities {
        for assessment in authority.assessments.iter().filter(|a| a.framework.id == "ilacs") {
            let Some(link) = assessment.report_link().filter(|link| !link.contains("/provider/")) else { continue };
            let urn = authority.codes.urn.as_deref().unwrap_or_default();
            text += &format!("{urn},\"{}\",{link},,good,good,good,good,good\n", authority.name);
            rows += 1;
        }
    }
    assert!(rows > 300, "{rows}");
    assert_eq!(counts(&joined(&text).dataset), counts(&record));
}

#[test]
fn changes_tell_the_days_that_differ() {
    let record = record().unwrap().dataset;
    let early = |date: Date| date.days_before(1).unwrap();
    let file = |text: &str| from_reader(text.as_bytes(), "file.csv").unwrap().dataset;
    let old = file(&table(&record, |_, published, began| (published, began)));
    let new = file(&table(
        &record,
        |at, published, began| if at == 3 { (early(published), began) } else { (published, began) },
    ));
    let found = redated(&old, &new);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].old.first_day(), found[0].old.date.map(early)), (found[0].new.first_day(), found[0].new.date));
}

#[test]
fn files_that_differ_on_an_inspection_are_one_inspection_and_say_so() {
    let part =
        |grade: &str, name: &str| Part::new(read_rows(&row(80481, "Leeds", "2022-03-04", "2022-02-21", grade)), name);
    let joined = join(vec![part("good", "a.csv"), part("inadequate", "b.csv")]).unwrap();
    assert_eq!(joined.dataset.authorities.len(), 1);
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
    assert!(joined.difference_count() >= 3, "{:?}", joined.differences);
    let joined = join(vec![part("good", "a.csv"), part("good", "b.csv")]).unwrap();
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
    assert_eq!(joined.difference_count(), 0, "{:?}", joined.differences);
}

#[test]
fn inspections_are_the_same_by_their_first_day_their_publication_or_their_report() {
    let one = |link: &str, published: &str, began: &str| {
        let row = format!("1001,Name,{link},{published},{began},good,good,good,good,good\n");
        read_rows(&row).dataset.authorities[0].assessments[0].clone()
    };
    let page = "https://reports.ofsted.gov.uk/provider/44/80441";
    let first = one("https://a.b/file/1", "2022-03-04", "2022-02-21");
    for (link, published, began, is_same) in [
        // First days at most a hundred days apart, whenever it was published.
        ("https://a.b/file/2", "2022-09-04", "2022-02-21", true),
        ("https://a.b/file/2", "2022-09-04", "2022-06-01", true),
        ("https://a.b/file/2", "2022-09-04", "2022-06-02", false),
        // Published at most a hundred days apart, or with day and month swapped.
        ("https://a.b/file/2", "2022-06-12", "", true),
        ("https://a.b/file/2", "2022-06-13", "", false),
        ("https://a.b/file/2", "2022-04-03", "", true),
        // One report is enough, but a page of all inspections is not.
        ("https://a.b/file/1", "2023-03-05", "2023-02-22", true),
        ("https://a.b/file/2", "2023-03-05", "2023-02-22", false),
    ] {
        assert_eq!(first.is_same_inspection(&one(link, published, began)), is_same, "{link} {published} {began}");
    }
    for page in [
        page,
        "https://reports.ofsted.gov.uk/local-authorities/barnet",
        "https://www.barnet.gov.uk/ofsted-2022",
        "https://www.barnet.gov.uk/search?q=2022",
    ] {
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

/// Reads inspections of one authority by their days of publication, and by a grade.
fn read_days(rows: &[(&str, &str)]) -> Loaded {
    read_rows(&rows.iter().map(|(day, grade)| row(1001, "Name", day, "", grade)).collect::<String>())
}

fn days(dataset: &Dataset) -> Vec<String> {
    let [authority] = dataset.authorities.as_slice() else { panic!("{:?}", dataset.authorities) };
    authority.assessments.iter().map(|a| a.date.unwrap().iso()).collect()
}

#[test]
fn each_inspection_held_is_that_of_one_row_of_a_file() {
    let rows = [("2022-07-20", "good"), ("2022-02-10", "good")];
    for rows in [rows, [rows[1], rows[0]]] {
        let (held, file) = (read_days(&[("2022-05-09", "good")]), read_days(&rows));
        let joined = join(vec![Part::new(held, "a.csv"), Part::new(file, "b.csv")]).unwrap().dataset;
        // The row of July is nearer to the inspection of May than that of February.
        let found = days(&joined);
        assert!(found.len() == 2 && found.contains(&"2022-02-10".to_owned()), "{found:?}");
        let (old, new) = (read_days(&[("2020-01-01", "good"), ("2022-05-09", "good")]), read_days(&rows));
        let found = changes(&old.dataset, &new.dataset);
        let new = found.iter().filter(|change| change.kind == Kind::Inspection);
        assert!(
            new.clone().count() > 0
                && new.into_iter().all(|change| { change.assessment.unwrap().date.unwrap().iso() == "2022-02-10" })
        );
    }
}

#[test]
fn one_inspection_is_one_whatever_the_order_of_its_rows() {
    // The first and the last are not near each other, but both are near the one between.
    let rows = [("2024-01-01", "good"), ("2024-03-20", "good"), ("2024-06-10", "good")];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let rows = order.map(|position| rows[position]);
        let read = read_days(&rows).dataset;
        assert_eq!(days(&read), [rows[2].0], "the last row decides");
        let mut written = Vec::new();
        export_json(&mut written, &read).unwrap();
        assert_eq!(days(&from_reader(written.as_slice(), "written.json").unwrap().dataset), [rows[2].0]);
    }
    // Records of a dataset in JSON are no different, and it is said.
    let two = read_days(&[rows[0], ("2025-01-01", "good")]).dataset;
    let mut written = Vec::new();
    export_json(&mut written, &two).unwrap();
    let text = String::from_utf8(written).unwrap().replace("2025-01-01", "2024-01-02");
    let loaded = from_reader(text.as_bytes(), "written.json").unwrap();
    assert_eq!((days(&loaded.dataset), loaded.repair_count()), (vec!["2024-01-02".to_owned()], 1));
}

#[test]
fn day_and_month_are_taken_for_swapped_only_where_the_grades_are_the_same() {
    let count = |grade| days(&read_days(&[("2022-02-11", "good"), ("2022-11-02", grade)]).dataset).len();
    assert_eq!((count("good"), count("inadequate")), (1, 2));
}

/// Returns rows as read from a source of a rank, which is also the id of the source.
fn ranked(rows: &str, rank: Rank) -> Loaded {
    let mut loaded = read_rows(rows);
    let dataset = Arc::make_mut(&mut loaded.dataset);
    let source = Arc::new(Source { id: format!("{rank:?}"), rank, ..dataset.sources[0].as_ref().clone() });
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
    let part = |last: &str, name: &str| Part::new(read_rows(&leeds(last)), name);
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
