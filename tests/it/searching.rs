//! The order of search results, and the letters that are highlighted.

use std::sync::Arc;

use proptest::prelude::*;
use ratatui::layout::Size;
use scrutineer::app::App;
use scrutineer::dataset::Dataset;
use scrutineer::load::gazetteer::Gazetteer;
use scrutineer::load::{Loaded, record};
use scrutineer::query::{AuthorityId, Listing, ListingOptions, Query, resolve};
use scrutineer::text::fold;
use serde_json::json;

fn dataset(names: &[&str]) -> Arc<Dataset> {
    let authorities: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
    with(json!(authorities))
}

fn with(authorities: serde_json::Value) -> Arc<Dataset> {
    crate::common::loaded(&json!({"format": 2, "title": "t", "publisher": "p", "authorities": authorities}).to_string())
        .dataset
}

fn listing(dataset: &Arc<Dataset>, typed: &str) -> Listing {
    let options = ListingOptions { query: typed.to_owned(), ..ListingOptions::default() };
    Listing::new(Arc::clone(dataset), options)
}

fn found(dataset: &Arc<Dataset>, typed: &str) -> Vec<String> {
    if Query::new(typed).is_none() {
        return Vec::new();
    }
    listing(dataset, typed).authorities().map(|authority| authority.name.to_string()).collect()
}

/// Returns the highlighted letters, and the alias if it is shown.
fn marked(dataset: &Arc<Dataset>, typed: &str) -> (String, Option<String>) {
    let listing = listing(dataset, typed);
    let found = listing.found(AuthorityId(0)).unwrap();
    let shown = found.alias.unwrap_or(&dataset.authorities[0].name);
    (found.letters.iter().map(|r| &shown[r.clone()]).collect(), found.alias.map(String::from))
}

#[test]
fn matches_are_ordered_by_quality() {
    let names = ["Axnxd", "Strand", "Sand End", "A N D", "Andover", "And"];
    assert_eq!(found(&dataset(&names), "and"), ["And", "Andover", "A N D"], "And is meant");
    let names = ["Axnxd", "Strand", "Sand End", "Andover"];
    assert_eq!(found(&dataset(&names), "and"), ["Andover", "Sand End", "Strand", "Axnxd"]);
    let names = ["North Andby", "Band"];
    assert_eq!(found(&dataset(&names), "and"), ["North Andby", "Band"]);
}

#[test]
fn matches_of_equal_quality_are_ordered_by_position_then_name() {
    let names = ["West Ham", "East Ham", "Great West Ham"];
    assert_eq!(found(&dataset(&names), "ham"), ["East Ham", "West Ham", "Great West Ham"]);
}

#[test]
fn initials_may_omit_small_words() {
    let dataset = dataset(&["Bournemouth, Christchurch and Poole", "Tower Hamlets", "Thurrock"]);
    assert_eq!(found(&dataset, "bcp"), ["Bournemouth, Christchurch and Poole"]);
    assert_eq!(found(&dataset, "th")[..2], ["Thurrock", "Tower Hamlets"]);
}

#[test]
fn several_words_must_all_match_in_any_order() {
    let dataset = dataset(&["Bath and North East Somerset", "North Somerset", "North Lincolnshire"]);
    assert_eq!(found(&dataset, "somerset north"), ["North Somerset", "Bath and North East Somerset"]);
    assert!(found(&dataset, "somerset lincoln").is_empty());
}

#[test]
fn case_accents_hyphens_apostrophes_ands_and_saints_do_not_matter() {
    let dataset = dataset(&["St. Helens", "King's Lynn & Stoke-on-Trent", "Ynys Môn"]);
    for typed in ["SAINT HELENS", "st helens", "st. h"] {
        assert_eq!(found(&dataset, typed), ["St. Helens"], "{typed}");
    }
    assert_eq!(found(&dataset, "kings lynn and stoke on"), ["King's Lynn & Stoke-on-Trent"]);
    assert_eq!(found(&dataset, "ynys mon"), ["Ynys Môn"]);
}

#[test]
fn other_names_and_codes_match_and_are_shown() {
    let dataset =
        with(json!([{"name": "Shropshire", "aliases": ["Salop"], "codes": {"gss": "E06000051", "la": "893"}}]));
    assert_eq!(marked(&dataset, "salop"), ("Salop".to_owned(), Some("Salop".to_owned())));
    assert_eq!(marked(&dataset, "e0600"), ("E0600".to_owned(), Some("E06000051".to_owned())));
    assert_eq!(marked(&dataset, "893").1.as_deref(), Some("893"));
    assert_eq!(marked(&dataset, "shrop"), ("Shrop".to_owned(), None));
}

#[test]
fn letters_are_highlighted_across_hyphens_initials_and_gaps() {
    assert_eq!(marked(&dataset(&["Stoke-on-Trent"]), "on tr").0, "onTr");
    assert_eq!(marked(&dataset(&["Tower Hamlets"]), "th").0, "TH");
    assert_eq!(marked(&dataset(&["Bristol"]), "brstl").0, "Brstl");
    assert_eq!(marked(&dataset(&["Ynys Môn"]), "mon").0, "Môn");
    assert_eq!(marked(&dataset(&["North Somerset"]), "som nor").0, "NorSom");
}

#[test]
fn nothing_typed_finds_nothing() {
    assert!(Query::new("  - ").is_none());
    assert!(Query::new("").is_none());
}

/// Returns what a list of a given width shows for the only authority found.
fn drawn(dataset: Arc<Dataset>, typed: &str, width: u16) -> Option<String> {
    let mut app = App::new(Arc::new(Loaded { dataset, ..Loaded::default() }), Size { width, height: 12 });
    crate::common::press(&mut app, "/");
    for c in typed.chars() {
        crate::common::press(&mut app, &c.to_string());
    }
    if app.listed_names().len() != 1 {
        return None;
    }
    let screen = crate::common::screen(&app);
    let row = screen.lines().find(|line| line.contains('▌')).unwrap();
    let row = row.split('▌').nth(1).unwrap();
    Some(row.split(['│', '┃']).next().unwrap().trim_end().to_owned())
}

#[test]
fn a_name_too_long_for_its_column_keeps_its_match_in_view() {
    let name = "Bournemouth, Christchurch and Poole and all the villages around these three towns by the sea";
    for (typed, part) in [("bourn", "Bourn"), ("poole", "Poole"), ("villages", "villages"), ("sea", "sea")] {
        let row = drawn(dataset(&[name]), typed, 60).unwrap();
        assert!(row.contains(part) && row.contains('…'), "{typed}: {row:?}");
    }
    let row = drawn(dataset(&["West Northamptonshire"]), "north northam", 80).unwrap();
    assert_eq!(row, "West Northamptonshire", "marks that overlap change nothing");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_name_is_shown_unchanged_or_truncated(
        words in prop::collection::vec("[A-Z][a-zéô']{2,12}", 1..9),
        from in 0usize..60,
        length in 1usize..14,
        word_order in any::<bool>(),
        width in 24u16..120,
    ) {
        let name = words.join(" ");
        let letters: Vec<char> = name.chars().collect();
        let start = from % letters.len();
        let end = (start + length).min(letters.len());
        let mut typed: String = letters[start..end].iter().collect();
        if word_order && words.len() > 1 {
            typed = format!("{} {}", &words[1], &words[0].chars().take(3).collect::<String>());
        }
        let Some(row) = drawn(dataset(&[&name]), &typed, width) else { return Ok(()) };
        let shown = row.trim_matches('…').trim();
        prop_assert!(!shown.is_empty() && name.contains(shown), "{:?} of {:?} for {:?}", row, name, typed);
        if !row.contains('…') {
            prop_assert_eq!(shown, name.as_str());
        }
        // If the name contains the text only once and fits the column, the match must be shown.
        let typed = typed.trim_matches([' ', '\'']);
        let (folded, wanted): (Vec<char>, Vec<char>) = (fold(&name).chars().collect(), fold(typed).chars().collect());
        // Matches may overlap: "eee" is twice in "eeee".
        let is_once = !wanted.is_empty() && folded.windows(wanted.len()).filter(|part| **part == wanted).count() == 1;
        if !word_order && is_once && typed.chars().count() + 2 <= shown.chars().count() {
            prop_assert!(shown.contains(typed), "{:?} is not in {:?} of {:?}", typed, row, name);
        }
    }
}

#[test]
fn a_code_is_found_by_its_digits_and_never_by_its_letters_alone() {
    let dataset = with(json!([{"name": "Bristol", "codes": {"gss": "E06000023"}}]));
    assert_eq!(found(&dataset, "e06"), ["Bristol"]);
    assert_eq!(found(&dataset, "e"), [""; 0]);
}

#[test]
fn a_longer_form_of_the_name_is_not_preferred_to_the_name() {
    let dataset = with(json!([{"name": "Barnet", "aliases": ["Barnet and Hadley"]}]));
    assert_eq!(marked(&dataset, "a"), ("a".to_owned(), None), "although a word of the longer form begins with it");
    assert_eq!(marked(&dataset, "had"), ("Had".to_owned(), Some("Barnet and Hadley".to_owned())));
}

#[test]
fn another_name_that_matches_better_than_the_listed_one_decides() {
    let dataset = with(json!([{"name": "Kingston upon Hull", "aliases": ["Hull"]}, {"name": "Hullbridge"}]));
    assert_eq!(found(&dataset, "hull"), ["Kingston upon Hull", "Hullbridge"]);
    assert_eq!(marked(&dataset, "hull").1.as_deref(), Some("Hull"));
}

#[test]
fn an_authority_found_by_its_region_says_so() {
    let dataset = with(json!([{"name": "Barnet", "region": "London"}]));
    assert_eq!(marked(&dataset, "london").1.as_deref(), Some("London"));
    assert_eq!(found(&dataset, "lond"), [""; 0], "four letters are not enough for a region");
}

/// Returns the names that a search of the record lists under the framework of today.
fn of_record(typed: &str) -> Vec<String> {
    let dataset = record().unwrap().dataset;
    let framework = resolve::framework(&dataset, "ilacs").ok();
    let listing =
        Listing::new(dataset, ListingOptions { framework, query: typed.to_owned(), ..ListingOptions::default() });
    listing.authorities().map(|authority| authority.name.to_string()).collect()
}

/// Returns the ways in which a council of a kind may write its name.
fn styles(name: &str, kind: &str) -> Vec<String> {
    let styles: &[&str] = match kind {
        "county" => &["{} County Council", "{} County", "{} CC", "County Council of {}"],
        "metropolitan borough" => &[
            "{} Metropolitan Borough Council",
            "{} City Council",
            "Metropolitan Borough of {}",
            "City of {} Metropolitan District Council",
            "{} MBC",
            "{} Borough Council (the)",
        ],
        "London borough" => &[
            "London Borough of {}",
            "The London Borough of {}",
            "Royal Borough of {}",
            "{} London Borough Council",
            "LB of {}",
            "{} (London Borough)",
        ],
        "unitary" => &[
            "{} Council",
            "{} City Council",
            "City of {} Council",
            "{} UA",
            "{} Unitary Council",
            "Royal Borough of {}",
            "Borough of {}",
            "{} County Council",
            "Council of the {}",
        ],
        _ => &["{} Corporation", "{}"],
    };
    styles.iter().map(|style| style.replace("{}", name)).collect()
}

#[test]
fn every_council_is_found_by_its_official_style() {
    let gazetteer = Gazetteer::bundled().unwrap();
    let councils: Vec<_> = gazetteer.entries().iter().filter(|entry| !entry.has_ended()).collect();
    assert_eq!(councils.len(), 153);
    let dataset = record().unwrap().dataset;
    for council in councils {
        for style in styles(&council.name, &council.kind) {
            // The county council that ended has this name.
            if style == "Dorset County Council" {
                continue;
            }
            for typed in [style.clone(), style.replace(" and ", " & ").to_uppercase()] {
                let names = found(&dataset, &typed);
                assert_eq!(names.first().map(String::as_str), Some(council.name.as_str()), "{typed}: {names:?}");
            }
        }
    }
    for (typed, name) in [
        ("Bristol, City of", "Bristol"),
        ("City and County of Bristol", "Bristol"),
        ("Hull City Council", "Kingston upon Hull"),
        ("Newcastle City Council", "Newcastle upon Tyne"),
        ("Dorset County Council", "Dorset (county)"),
        ("City of London Corporation", "City of London"),
        ("County Durham", "Durham"),
        ("the royal borough of kingston upon thames", "Kingston upon Thames"),
        ("liverpool city cou", "Liverpool"),
    ] {
        assert_eq!(found(&dataset, typed).first().map(String::as_str), Some(name), "{typed}");
    }
}

#[test]
fn an_exact_region_alias_code_or_name_silences_what_is_only_alike() {
    let north_west = of_record("north west");
    assert_eq!(north_west.len(), 24, "{north_west:?}");
    assert!(!north_west.contains(&"West Northamptonshire".to_owned()));
    assert_eq!(of_record("NW"), north_west);
    assert_eq!(of_record("notts"), ["Nottinghamshire"]);
    assert_eq!(of_record("BCP"), ["Bournemouth, Christchurch and Poole"]);
    assert_eq!(of_record("H&F"), ["Hammersmith and Fulham"]);
    assert_eq!(of_record("330"), ["Birmingham"]);
    assert_eq!(of_record("kent"), ["Kent"]);
    assert_eq!(of_record("derby"), ["Derby", "Derbyshire"], "a name that goes on is not only alike");
}

#[test]
fn ten_misspelt_names_are_among_what_is_found_or_offered() {
    let dataset = record().unwrap().dataset;
    for (typed, name) in [
        ("liverpol city council", "Liverpool"),
        ("Leister", "Leicester"),
        ("Birmingam", "Birmingham"),
        ("Glocestershire County Council", "Gloucestershire"),
        ("Middlesborough", "Middlesbrough"),
        ("Nothumberland", "Northumberland"),
        ("Wolverhamptom", "Wolverhampton"),
        ("Sheffeild City Council", "Sheffield"),
        ("London Borough of Harringay", "Haringey"),
        ("Buckinhamshire", "Buckinghamshire"),
    ] {
        let listing = listing(&dataset, typed);
        let offered = listing.offer().authorities.iter().map(|id| listing.authority(*id).unwrap());
        let names: Vec<&str> = listing.authorities().chain(offered).map(|a| a.name.as_str()).collect();
        assert!(names.contains(&name) && names.len() <= 3, "{typed}: {names:?}");
    }
}

#[test]
fn a_list_without_a_hit_offers_the_nearest_names_as_rows_to_people_and_none_to_programs() {
    let list = |arguments: &[&str]| {
        let output = crate::common::program().arg("list").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let text = list(&["brimingham"]);
    assert!(text.lines().nth(1).unwrap().starts_with("Birmingham "), "{text}");
    assert!(text.contains("No council is called \"brimingham\""), "{text}");
    assert_eq!(list(&["brimingham", "--format", "csv"]).lines().count(), 1, "only the header");
    let hidden = list(&["liverpool", "--region", "London"]);
    assert!(hidden.contains("\nLiverpool ") && hidden.contains("Liverpool is not in London"), "{hidden}");
}
