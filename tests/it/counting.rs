//! Counts: as many as the authorities behind them, for each year from the first grade on.

use std::sync::Arc;

use scrutineer::dataset::Trend;
use scrutineer::load::record;
use scrutineer::query::{AuthorityId, Listing, ListingOptions};
use scrutineer::statistics::{Count, national_summary, years};
use scrutineer::wording::redefined_movement;

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
