//! Checks the bundled dataset against the seed document and the published figures.

use std::sync::Arc;

use scrutineer::dataset::{Claim, Dataset, Target, Value};
use scrutineer::load::bundled;
use scrutineer::query::{Listing, ListingOptions};
use scrutineer::statistics::{Verdict, recount, tallies};

const SEED: &str = include_str!("../../seeds/000_b43f0f32f50007cc.txt");

fn dataset() -> Arc<Dataset> {
    let loaded = bundled().unwrap();
    assert_eq!(loaded.problems, []);
    loaded.dataset
}

fn claim<'d>(dataset: &'d Dataset, category: &str, grades: &[u8]) -> &'d Claim {
    let framework = dataset.leading_framework().unwrap();
    let target = match category {
        "all" => Target::All,
        "assessed" => Target::Assessed,
        id => Target::Category(framework.category_position(id).unwrap()),
    };
    let is_wanted = |c: &&Claim| c.target == target && c.grades.iter().map(|g| g.0).eq(grades.iter().copied());
    dataset.claims.iter().find(is_wanted).unwrap()
}

fn count(dataset: &Dataset, category: &str, grades: &[u8]) -> u32 {
    match claim(dataset, category, grades).value {
        Value::Count(count) => count,
        Value::Percent(_) => panic!("not a count"),
    }
}

#[test]
fn every_passage_quoted_from_the_seed_is_in_it() {
    let dataset = dataset();
    let framework = dataset.leading_framework().unwrap();
    let of_authorities = dataset.authorities.iter().flat_map(|a| {
        let judgements = a.assessments.iter().flat_map(|x| x.judgements.iter()).flat_map(|j| &j.evidence);
        judgements.chain(a.evidence.iter()).chain(a.notes.iter().flat_map(|n| &n.evidence))
    });
    let of_framework = framework.scale.steps.iter().flat_map(|s| &s.evidence);
    let of_categories = framework.categories.iter().flat_map(|c| &c.evidence);
    let of_notes = framework.notes.iter().chain(&framework.caveats).flat_map(|n| &n.evidence);
    let of_claims = dataset.claims.iter().flat_map(|c| &c.evidence);
    let mut passages = 0;
    for evidence in of_authorities.chain(of_framework).chain(of_categories).chain(of_notes).chain(of_claims) {
        if let Some(passage) = &evidence.passage {
            assert_eq!(evidence.source.id, "seed");
            assert!(SEED.contains(passage.as_str()), "{passage}");
            passages += 1;
        }
    }
    assert!(passages > 20);
}

#[test]
fn every_quote_is_in_the_seed_with_its_spoken_words_in_quotation_marks() {
    let dataset = dataset();
    let quotes: Vec<_> = dataset.authorities.iter().flat_map(|a| &a.assessments).flat_map(|a| &a.quotes).collect();
    assert_eq!(quotes.len(), 3);
    let mut spoken = 0;
    for passage in quotes.iter().flat_map(|q| &q.passages) {
        assert!(SEED.contains(passage.text.as_str()), "{}", passage.text);
        for range in &passage.spoken {
            assert_eq!(&passage.text[range.start - 1..range.start], "'");
            assert_eq!(&passage.text[range.end..=range.end], "'");
            spoken += 1;
        }
    }
    assert_eq!(spoken, 5);
}

#[test]
fn every_grade_has_evidence() {
    for authority in &dataset().authorities {
        for judgement in authority.assessments.iter().flat_map(|a| a.judgements.iter()) {
            assert!(judgement.grade().is_none() || !judgement.evidence.is_empty(), "{}", authority.name);
        }
    }
}

#[test]
fn national_figures_add_up() {
    let dataset = dataset();
    let services = [4, 3, 2, 1].map(|g| count(&dataset, "services", &[g]));
    let social = [4, 3, 2, 1].map(|g| count(&dataset, "social-care", &[g]));
    let assessed = count(&dataset, "assessed", &[]);
    assert_eq!(services.iter().sum::<u32>(), assessed);
    assert_eq!(services[0] + services[1], count(&dataset, "services", &[4, 3]));
    assert_eq!(social.iter().sum::<u32>(), assessed);
    assert_eq!(social[0] + social[1], count(&dataset, "social-care", &[4, 3]));
    let capacity = count(&dataset, "capacity", &[4, 3]);
    assert_eq!(count(&dataset, "capacity", &[4]) + count(&dataset, "capacity", &[3]), capacity);
    assert_eq!(capacity + count(&dataset, "capacity", &[2, 1]), assessed);
    assert_eq!((assessed, claim(&dataset, "assessed", &[]).of), (102, Some(150)));
}

#[test]
fn published_figures_are_consistent_with_what_is_known() {
    let dataset = dataset();
    let verdicts = [
        ("services", &[4, 3][..], 86, (15, 100)),
        ("social-care", &[4, 3], 75, (13, 101)),
        ("capacity", &[4, 3], 91, (14, 102)),
        ("all", &[4], 7, (7, 91)),
    ];
    for (category, grades, figure, possible) in verdicts {
        let claim = claim(&dataset, category, grades);
        let recount = recount(claim, &dataset);
        assert_eq!(claim.value, Value::Count(figure), "{category}");
        assert_eq!((recount.possible, recount.verdict), (Some(possible), Verdict::Consistent), "{category}");
    }
}

#[test]
fn counts_among_the_listed_have_the_known_as_their_total() {
    let dataset = dataset();
    let listing = Listing::new(dataset, ListingOptions::default());
    let (categories, all) = tallies(listing.view(), listing.ids());
    let pairs: Vec<_> = categories.iter().map(|t| (t.matching, t.known)).collect();
    assert_eq!(pairs, [(15, 17), (13, 14), (14, 14)]);
    assert_eq!((all.matching, all.known), (7, 18));
}

#[test]
fn a_search_finds_the_intended_authority() {
    let dataset = dataset();
    let wanted = [
        ("stoke", "Stoke-on-Trent"),
        ("stoc", "Stockton-on-Tees"),
        ("wor", "Worcestershire"),
        ("th", "Tower Hamlets"),
        ("brstl", "Bristol"),
        ("E06000023", "Bristol"),
        ("bristol city council", "Bristol"),
        ("council bristol", "Bristol"),
    ];
    for (typed, name) in wanted {
        let options = ListingOptions { query: typed.to_owned(), ..ListingOptions::default() };
        let listing = Listing::new(Arc::clone(&dataset), options);
        assert_eq!(listing.authorities().next().unwrap().name, name, "{typed}");
    }
    let options = ListingOptions { query: "leeds".to_owned(), ..ListingOptions::default() };
    assert!(Listing::new(dataset, options).is_empty());
}
