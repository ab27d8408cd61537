//! The embedded record: what Ofsted published comes out of it.

use scrutineer::dataset::{Basis, Date, Grade};
use scrutineer::load::record;
use scrutineer::statistics::overall;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_record_is_whole() {
    let loaded = record().unwrap();
    assert_eq!((&loaded.problems[..], &loaded.left_out[..]), (&[][..], &[][..]));
    let count = |id: &str| {
        let all = loaded.dataset.authorities.iter().flat_map(|a| &a.assessments);
        all.filter(|assessment| assessment.framework.id == id).count()
    };
    assert_eq!(["apa-2006", "sif", "ilacs", "not-recorded"].map(count), [18, 173, 324, 0]);
    let today = day("2026-08-31");
    assert_eq!(loaded.dataset.authorities.iter().filter(|authority| authority.exists_on(today)).count(), 153);
}

/// The figures were counted apart from the program: the latest inspection of each authority, whichever of the two
/// frameworks it was made under.
#[test]
fn overall_effectiveness_comes_out_as_published() {
    use Basis::{Inspected, Published};
    let dataset = record().unwrap().dataset;
    for (date, basis, good, known, existing) in [
        ("2015-06-30", Published, 14, 59, 152),
        ("2017-12-08", Published, 55, 151, 152),
        ("2018-08-31", Published, 64, 152, 152),
        ("2018-08-31", Inspected, 64, 152, 152),
        ("2019-08-31", Published, 74, 149, 151),
        ("2019-08-31", Inspected, 73, 149, 151),
        ("2022-03-31", Published, 81, 150, 152),
        ("2022-03-31", Inspected, 81, 150, 152),
        ("2024-03-31", Published, 91, 151, 153),
        ("2024-03-31", Inspected, 91, 151, 153),
        ("2025-03-31", Published, 100, 153, 153),
        ("2025-03-31", Inspected, 103, 153, 153),
    ] {
        let counted = overall(&dataset, day(date), basis);
        let found = (counted.good.matching, counted.good.known, counted.existing);
        assert_eq!(found, (good, known, existing), "{date} {basis:?} {:?}", counted.steps);
    }
    let steps = |date, basis| overall(&dataset, day(date), basis).steps;
    assert_eq!(steps("2015-06-30", Published), [0, 14, 31, 14]);
    let [outstanding, _, _, inadequate] = steps("2017-12-08", Published);
    assert_eq!((outstanding, inadequate), (3, 29));
    let [_, _, requires, inadequate] = steps("2018-08-31", Published);
    assert_eq!((requires, inadequate), (68, 20));
    assert_eq!(steps("2024-03-31", Inspected)[0], 30);
    assert_eq!(steps("2021-03-31", Inspected)[0], 18);
}

#[test]
fn the_newest_inspections_come_out_with_the_corrections() {
    let dataset = record().unwrap().dataset;
    let ilacs = dataset.frameworks.iter().find(|framework| framework.id == "ilacs").unwrap();
    let counted = |id: &str| {
        let position = ilacs.category_position(id).unwrap();
        let existing = dataset.authorities.iter().filter(|authority| authority.exists_on(day("2026-08-31")));
        let latest = existing.filter_map(|authority| authority.latest(ilacs, None)?.judgements.get(position)?.grade());
        let grades: Vec<Grade> = latest.collect();
        (grades.iter().filter(|grade| ilacs.scale.is_good(**grade)).count(), grades.len())
    };
    assert_eq!(
        ["leaders", "help-and-protection", "children-in-care", "care-leavers", "overall-effectiveness"].map(counted),
        [(118, 153), (104, 153), (122, 153), (110, 151), (107, 142)]
    );
}
