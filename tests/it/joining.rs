//! Files joined with the record: one inspection stays one inspection, whatever its dates look like.

use std::collections::BTreeMap;

use scrutineer::dataset::{Dataset, Date};
use scrutineer::load::{Loaded, Part, from_reader, join, record};
use scrutineer::query::changes::{Kind, changes, redated};
use scrutineer::query::{Listing, ListingOptions};
use scrutineer::statistics::summary;

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
