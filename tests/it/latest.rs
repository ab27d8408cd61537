//! The newest inspection of an authority is shown everywhere, and nothing more is claimed about earlier days than
//! the data say.

use std::path::Path;
use std::sync::Arc;

use crate::common::{press, real, screen, squeezed};
use proptest::prelude::*;
use ratatui::layout::Size;
use scrutineer::app::App;
use scrutineer::dataset::{Absence, Assessment, Dataset, Date, Judgement, Outcome};
use scrutineer::load::{Loaded, Part, from_reader, join};
use scrutineer::query::changes::{Kind, before, changes};
use scrutineer::query::{AuthorityId, Filter, Listing, ListingOptions, View};
use scrutineer::report::{Format, List};
use scrutineer::statistics::{Summary, summary};
use serde_json::Value;

const HEADERS: &str = "urn,local_authority,inspection_link,publication_date,inspection_framework,inspector_name,\
    inspection_start_date,inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,\
    help_and_protection_grade,in_care_grade,care_leavers_grade";

/// Reference numbers and names of three authorities.
const AUTHORITIES: [(&str, &str); 3] = [("80441", "Bristol"), ("80481", "Leeds"), ("80476", "Kent")];

const WORDS: [&str; 7] =
    ["outstanding", "good", "requires improvement", "inadequate", "", "nan", "not_reported_post_reform"];

fn read(rows: &str) -> Loaded {
    from_reader(format!("{HEADERS}\n{rows}").as_bytes(), "test.csv").unwrap()
}

/// One inspection: the position of the authority, its first day if known, the day of its report, and five cells.
#[derive(Debug, Clone)]
struct Inspection {
    authority: usize,
    began: Option<Date>,
    published: Date,
    cells: [usize; 5],
}

impl Inspection {
    fn row(&self) -> String {
        let (urn, name) = AUTHORITIES[self.authority];
        let day = |date: Date| {
            let iso = date.iso();
            format!("{}/{}/{}", &iso[8..], &iso[5..7], &iso[..4])
        };
        let began = self.began.map(day).unwrap_or_default();
        let cells = self.cells.map(|cell| WORDS[cell]).join(",");
        format!("{urn},{name},,{},standard,,{began},,{cells}\n", day(self.published))
    }
}

/// Inspections of three authorities, no two of one authority on near days, which would be the same inspection.
fn distinct_inspections() -> impl Strategy<Value = Vec<Inspection>> {
    /// The publication dates are so many months apart.
    const MONTHS: i16 = 5;
    let published = (1i16..=20, 13i8..=27).prop_map(|(slot, day)| {
        let months = slot * MONTHS;
        (slot, Date::of_day(2018 + months / 12, i8::try_from(months % 12 + 1).unwrap(), day).unwrap())
    });
    let cells = prop::array::uniform5(0usize..WORDS.len());
    let one = (0usize..3, prop::option::weighted(0.9, 0i64..=35), published, cells).prop_map(
        |(authority, days, (slot, published), cells)| {
            let began = days.and_then(|days| published.days_before(days));
            (slot, Inspection { authority, began, published, cells })
        },
    );
    prop::collection::vec(one, 1..12).prop_map(|all| {
        let mut slots = std::collections::HashSet::new();
        all.into_iter().filter(|(slot, row)| slots.insert((*slot, row.authority))).map(|(_, row)| row).collect()
    })
}

/// Returns the newest ILACS inspection of an authority, determined independently of the program.
fn newest(rows: &[Inspection], authority: usize) -> Option<&Inspection> {
    let is_ilacs = |row: &&Inspection| {
        let has_practice = row.cells[1..].iter().any(|cell| *cell < 4);
        row.authority == authority && (row.began.is_some() || has_practice)
    };
    rows.iter().filter(is_ilacs).max_by_key(|row| row.published)
}

/// Returns the expected grade for a cell, given the days on which its category was graded.
fn grade(row: &Inspection, category: usize) -> Option<u8> {
    let day = row.began.unwrap_or(row.published);
    let is_graded = match category {
        0 => day <= Date::of_day(2026, 3, 31).unwrap(),
        4 => day >= Date::of_day(2023, 1, 1).unwrap(),
        _ => true,
    };
    [4, 3, 2, 1].get(row.cells[category]).copied().filter(|_| is_graded)
}

struct Table {
    listing: Listing,
}

impl Table {
    fn new(dataset: Arc<Dataset>, framework: &str, as_at: Option<&str>) -> Self {
        let framework = dataset.frameworks.iter().find(|f| f.id == framework).cloned();
        let as_at = as_at.map(|day| day.parse::<scrutineer::dataset::Date>().unwrap().into());
        Self { listing: Listing::new(dataset, ListingOptions { framework, as_at, ..ListingOptions::default() }) }
    }

    fn since(mut self, day: &str) -> Vec<String> {
        self.listing.set_filter(Filter { since: Some(day.parse().unwrap()), ..Filter::default() });
        self.listing.authorities().map(|authority| authority.name.to_string()).collect()
    }

    fn dataset(&self) -> &Dataset {
        self.listing.dataset()
    }

    fn view(&self) -> &View {
        self.listing.view()
    }

    fn summary(&self) -> Summary {
        summary(&self.listing)
    }

    fn json(&mut self) -> Value {
        let mut out = Vec::new();
        List(&self.listing).write(&mut out, Format::Json, None).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    /// Returns the assessment shown for an authority.
    fn shown(&self, name: &str) -> Option<&Assessment> {
        self.view().assessment(self.dataset().authorities.iter().find(|a| a.name == name).unwrap())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_newest_inspection_is_shown_everywhere(rows in distinct_inspections()) {
        let loaded = read(&rows.iter().map(Inspection::row).collect::<String>());
        let mut table = Table::new(loaded.dataset.clone(), "ilacs", None);
        prop_assume!(table.view().framework().is_some_and(|framework| framework.id == "ilacs"));
        let json = table.json();
        let mut counted = [[0u32; 4]; 5];
        for (position, (_, name)) in AUTHORITIES.iter().enumerate() {
            let Some(held) = table.dataset().authorities.iter().position(|a| a.name == *name) else { continue };
            let expected = newest(&rows, position);
            let shown = table.shown(name);
            prop_assert_eq!(shown.and_then(|a| a.date), expected.map(|row| row.published));
            let listed = json["authorities"].as_array().unwrap().iter().find(|a| a["name"] == *name).unwrap();
            prop_assert_eq!(listed["date"].as_str().map(String::from), expected.map(|row| row.published.iso()));
            for (category, counts) in counted.iter_mut().enumerate() {
                let grade = expected.and_then(|row| grade(row, category));
                prop_assert_eq!(table.view().grade(category, AuthorityId(held)).map(|g| g.0), grade);
                let id = table.view().categories()[category].id.as_str();
                prop_assert_eq!(listed["judgements"][id]["grade"].as_u64(), grade.map(u64::from));
                if let Some(grade) = grade {
                    counts[4 - usize::from(grade)] += 1;
                }
            }
        }
        for (counts, expected) in table.summary().categories.iter().zip(counted) {
            prop_assert_eq!(&counts.steps, &expected);
        }
        screens_agree(loaded, &rows)?;
    }
}

/// Checks that detail pane, comparison and neighbours show the same inspection.
fn screens_agree(loaded: Loaded, rows: &[Inspection]) -> Result<(), TestCaseError> {
    if loaded.dataset.leading_framework().is_none_or(|framework| framework.id != "ilacs") {
        return Ok(());
    }
    let mut app = App::new(Arc::new(loaded), Size { width: 160, height: 60 });
    let leading = app.listed_names().len();
    for _ in 0..leading {
        press(&mut app, " ");
    }
    press(&mut app, "g");
    for _ in 0..leading {
        let name = app.selected().unwrap().name.clone();
        let position = AUTHORITIES.iter().position(|(_, known)| *known == name).unwrap();
        let Some(row) = newest(rows, position) else {
            press(&mut app, "j");
            continue;
        };
        let shown = screen(&app);
        let is_newest_of_all = rows.iter().filter(|r| r.authority == position).all(|r| r.published <= row.published);
        if is_newest_of_all {
            prop_assert!(squeezed(&shown).contains(&format!("report {}", row.published)), "{name}: {shown}");
        }
        press(&mut app, "c");
        let table = screen(&app);
        // A single marked council stands above its column.
        let line = table.lines().find(|line| line.contains(" report ")).unwrap().to_owned();
        prop_assert!(line.contains(&row.published.month_and_whole_year()), "{line}");
        press(&mut app, "<esc>n");
        let neighbours = screen(&app);
        let line = neighbours.lines().find(|line| line.contains(&format!("{name} •"))).unwrap().to_owned();
        prop_assert!(line.contains(&row.published.month_and_whole_year()), "{line}");
        press(&mut app, "<esc>j");
    }
    Ok(())
}

/// Returns the judgements of a single inspection with these cells.
fn one(began: &str, published: &str, cells: &str) -> Vec<Judgement> {
    let loaded = read(&format!("80441,bristol,,{published},standard,,{began},,{cells}\n"));
    loaded.dataset.authorities[0].assessments[0].judgements.to_vec()
}

#[test]
fn the_days_of_a_category_decide_what_was_graded_not_the_text_of_the_cell() {
    let good = "good,good,good,good";
    for text in ["not_reported_post_reform", "nan", "", "None", "good", "no idea"] {
        let judgements = one("01/04/2026", "01/06/26", &format!("{text},{good}"));
        assert_eq!(judgements[0].outcome, Outcome::Absent(Absence::CategoryEnded), "{text:?}");
        let leavers = &one("05/12/2022", "01/02/23", &format!("{good},{text}"))[4];
        assert_eq!(leavers.outcome, Outcome::Absent(Absence::BeforeCategory), "{text:?}");
    }
    let inspected_before = one("30/03/2026", "01/06/26", &format!("{good},good"));
    assert!(inspected_before.iter().all(|judgement| judgement.grade().is_some()), "the day it began decides");
    assert!(one("", "05/09/22", &format!("{good},inadequate"))[4].grade().is_none(), "else the day of publication");
    assert!(one("02/01/2023", "05/03/23", &format!("{good},inadequate"))[4].grade().is_some());
}

#[test]
fn a_grade_from_outside_the_days_of_its_category_is_reported() {
    let loaded = read("80441,bristol,,05/09/22,standard,,,,good,good,good,good,inadequate\n");
    let repairs: Vec<String> = loaded.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(
        repairs,
        ["row 2, column care_leavers_grade: found \"inadequate\"; read as no grade, before the category existed: \
          the report was published on 5 September 2022"]
    );
    assert_eq!(loaded.dataset.authorities[0].assessments[0].judgements[4].raw.as_deref(), Some("inadequate"));
}

#[test]
fn movement_continues_across_april_2026_and_is_marked_if_a_category_changed() {
    let loaded = read(
        "80441,bristol,,01/06/26,standard,,01/05/2026,,,good,good,good,good\n\
         80441,bristol,,01/06/22,standard,,01/05/2022,,good,inadequate,good,inadequate,\n",
    );
    let table = Table::new(loaded.dataset, "ilacs", None);
    let bristol = &table.dataset().authorities[0];
    let signs: Vec<_> =
        (0..5).map(|c| table.view().movement(c, AuthorityId(0)).map(|m| (m.sign(), m.is_redefined))).collect();
    assert_eq!(signs, [None, Some(("↑", false)), Some(("", false)), Some(("", true)), None]);
    let counts = &table.summary().categories[3];
    assert_eq!((counts.up, counts.redefined), (0, 1), "the two do not mean the same");
    let (last, judgement) = bristol.last_before_end(table.view().assessment(bristol).unwrap(), 0).unwrap();
    assert_eq!((last.date.unwrap().iso().as_str(), judgement.grade().unwrap().0), ("2022-06-01", 3));
}

#[test]
fn a_month_counts_as_its_last_day() {
    let json = include_str!("../../assets/apa-2006.json").replace("\"date\": \"2006-11-01\"", "\"date\": \"2006-11\"");
    let dataset = crate::common::loaded(&json).dataset;
    let count = |as_at: &str| {
        let table = Table::new(dataset.clone(), "apa-2006", Some(as_at));
        table.summary().assessed
    };
    assert_eq!((count("2006-11-29"), count("2006-11-30"), count("2006-11"), count("2006")), (0, 18, 18, 18));
}

#[test]
fn since_means_on_or_after_in_a_list_and_in_changes() {
    let loaded = read(
        "80441,bristol,,01/07/26,standard,,01/06/2026,,,good,good,good,good\n\
         80481,leeds,,30/06/26,standard,,01/06/2026,,,good,good,good,good\n\
         80476,kent,,,standard,,01/06/2024,,good,good,good,good,good\n",
    );
    let table = Table::new(loaded.dataset, "ilacs", None);
    for (day, names) in
        [("2026-07-01", vec!["Bristol"]), ("2026-06-30", vec!["Bristol", "Leeds"]), ("2026-07-02", vec![])]
    {
        let earlier = before(table.dataset(), day.parse().unwrap());
        let listed = Table::new(Arc::clone(table.listing.dataset()), "ilacs", None).since(day);
        let mut new: Vec<&str> = changes(&earlier, table.dataset())
            .iter()
            .filter(|change| change.kind == Kind::Inspection && change.category == Some(0))
            .map(|change| change.authority.name.as_str())
            .collect();
        new.sort_unstable();
        assert_eq!((listed.iter().map(String::as_str).collect::<Vec<_>>(), &new), (names.clone(), &names), "{day}");
    }
}

// Matching authorities.

fn overview_2024() -> Arc<Dataset> {
    from_reader(include_bytes!("../files/overview-2024.xlsx").as_slice(), "overview-2024.xlsx").unwrap().dataset
}

#[test]
fn two_authorities_that_share_a_former_code_stay_separate() {
    let dataset = overview_2024();
    let codes: Vec<_> =
        dataset.authorities.iter().map(|a| (a.name.as_str(), a.codes.gss.as_deref().unwrap())).collect();
    assert_eq!(
        codes,
        [("Cumberland", "E06000063"), ("Westmorland and Furness", "E06000064"), ("Leeds", "E08000035")],
        "today's code is shown"
    );
    let history = read(
        "2733690,cumberland,,17/04/24,standard,,12/02/2024,,requires improvement,requires improvement,requires improvement,good,requires improvement\n",
    );
    for (first, second) in [(0, 1), (1, 0)] {
        let parts = || [(history.clone(), "h"), (Loaded { dataset: overview_2024(), ..Loaded::default() }, "o")];
        let part = |at: usize| {
            let (loaded, name) = parts()[at].clone();
            Part::new(loaded, name.to_owned())
        };
        let joined = join(vec![part(first), part(second)]).unwrap().dataset;
        let mut names: Vec<_> = joined.authorities.iter().map(|a| (a.name.as_str(), a.assessments.len())).collect();
        names.sort_unstable();
        assert_eq!(names, [("Cumberland", 1), ("Leeds", 1), ("Westmorland and Furness", 1)]);
    }
}

#[test]
fn inspections_of_different_authorities_are_not_compared() {
    let new = overview_2024();
    let mut old = Dataset::clone(&new);
    old.authorities.retain(|a| a.name == "Westmorland and Furness");
    let changes = changes(&old, &new);
    assert!(changes.iter().all(|c| c.movement.is_none() && c.old.is_none()));
    let come: Vec<_> = changes.iter().filter(|c| c.kind == Kind::Added).map(|c| c.authority.name.as_str()).collect();
    assert_eq!(come, ["Cumberland", "Leeds"]);
}

#[test]
fn a_former_code_is_searchable_but_not_shown() {
    let dataset = overview_2024();
    let options = ListingOptions { query: "E10000006".to_owned(), ..ListingOptions::default() };
    assert_eq!(Listing::new(dataset, options).len(), 2, "the two that the file gave this code");
}

#[test]
fn a_number_of_three_digits_is_one_from_the_department() {
    let loaded = read("383,leeds,,04/03/22,short,,21/02/2022,,good,good,good,good,\n");
    let codes = &loaded.dataset.authorities[0].codes;
    assert_eq!((codes.la.as_deref(), codes.urn.as_deref()), (Some("383"), Some("80481")));
    assert!(
        loaded.repairs[0].to_string().contains("column urn: found 1 number of three digits"),
        "{:?}",
        loaded.repairs
    );
}

#[test]
fn a_match_by_another_name_is_reported_and_two_in_one_file_stay_separate() {
    let json = |name: &str, alias: &str| {
        crate::common::loaded(
            &serde_json::json!({"format": 2, "title": name, "publisher": "p", "authorities": [
            {"name": name, "aliases": [alias]}, {"name": format!("{name} too"), "aliases": [alias]}]})
            .to_string(),
        )
    };
    let part = |loaded: Loaded, name: &str| Part::new(loaded, name.to_owned());
    let joined = join(vec![part(json("A", "Shared"), "a"), part(json("B", "Shared"), "b")]).unwrap();
    assert_eq!(joined.dataset.authorities.len(), 4, "a name that fits two matches nobody");
    let one = crate::common::loaded(
        r#"{"format": 2, "title": "t", "publisher": "p", "authorities": [{"name": "Hull", "aliases": ["Kingston"]}]}"#,
    );
    let other = crate::common::loaded(
        r#"{"format": 2, "title": "t", "publisher": "p", "authorities": [{"name": "Kingston"}]}"#,
    );
    let joined = join(vec![part(one, "one"), part(other, "other")]).unwrap();
    assert_eq!(joined.dataset.authorities.len(), 1);
    assert_eq!(joined.matches, ["other: Kingston was matched with Hull by the name \"kingston\"; please check"]);
    assert!(joined.summary("both").unwrap().contains("1 council matched despite different names"));
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_order_of_the_files_makes_no_difference() {
    let history = || from_reader(include_bytes!("../files/history.csv").as_slice(), "history.csv").unwrap();
    let later = || from_reader(include_bytes!("../files/history-later.csv").as_slice(), "later.csv").unwrap();
    let bundled = || scrutineer::load::bundled().unwrap();
    let part = |loaded: Loaded, name: &str| Part::new(loaded, name.to_owned());
    let one = join(vec![part(history(), "h"), part(later(), "l"), part(bundled(), "b")]).unwrap();
    let other = join(vec![part(bundled(), "b"), part(later(), "l"), part(history(), "h")]).unwrap();
    assert_eq!(one, other);
    let table = Table::new(one.dataset, "ilacs", None);
    let help = table.view().categories().iter().position(|c| c.id == "help-and-protection").unwrap();
    assert_eq!(table.shown("Kent").unwrap().judgements[help].grade().unwrap().0, 3, "the newer file's row is shown");
}

// A file with only the latest inspection of each authority.

#[test]
fn a_file_with_only_latest_inspections_does_not_answer_for_earlier_days() {
    let table = Table::new(overview_2024(), "ilacs", Some("2023-12-31"));
    assert!(table.view().holds_only_latest() && table.view().is_beyond_data());
    let history = from_reader(include_bytes!("../files/history.csv").as_slice(), "history.csv").unwrap();
    assert!(!Table::new(history.dataset, "ilacs", None).view().holds_only_latest());
    let bundled = scrutineer::load::bundled().unwrap().dataset;
    assert!(!Table::new(bundled, "apa-2006", Some("2006-10-31")).view().is_beyond_data(), "one round is whole");
    let loaded = Loaded { dataset: overview_2024(), ..Loaded::default() };
    let mut app = App::new(Arc::new(loaded), Size { width: 120, height: 60 });
    press(&mut app, "<");
    let shown = screen(&app);
    assert!(shown.contains("These data hold only the latest inspection") && !shown.contains("as at"), "{shown}");
    press(&mut app, "3z");
    let shown = screen(&app);
    assert!(shown.contains("a history (CSV) has changes and earlier years") && !shown.contains("▲   0"), "{shown}");
}

// The public files of August 2026.

fn open(path: &Path) -> Arc<Dataset> {
    from_reader(std::fs::File::open(path).unwrap(), path.to_str().unwrap()).unwrap().dataset
}

/// Returns, for each category, the numbers of authorities with a grade of good or better and with a known grade.
fn shares(table: &Table) -> Vec<(u32, u32)> {
    table.summary().categories.iter().map(|counts| (counts.good.matching, counts.good.known)).collect()
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn history_and_overview_yield_the_same_shares() {
    let (history, overview) = (real("ofsted_csc_ilacs_history.csv"), real("ofsted_csc_ilacs_overview.xlsx"));
    for path in [history, overview] {
        let table = Table::new(open(&path), "ilacs", None);
        assert_eq!(shares(&table), [(107, 142), (118, 153), (105, 153), (121, 153), (110, 151)], "{path:?}");
        let summary = table.summary();
        assert_eq!(summary.categories[0].absences, [(Absence::CategoryEnded, 11)]);
        assert_eq!(summary.categories[4].absences, [(Absence::BeforeCategory, 2)]);
        assert_eq!(summary.route.map(|tally| (tally.matching, tally.known)), Some((115, 153)));
    }
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_history_has_the_expected_movement_and_dates() {
    let path = real("ofsted_csc_ilacs_history.csv");
    let table = Table::new(open(&path), "ilacs", None);
    let leaders = &table.summary().categories[1];
    assert_eq!((leaders.up, leaders.same, leaders.down), (64, 58, 29));
    for authority in &table.dataset().authorities {
        let newest = authority.assessments.iter().filter_map(|a| a.date).max();
        assert_eq!(table.view().assessment(authority).and_then(|a| a.date), newest, "{}", authority.name);
    }
    for (day, count) in [("2026-05-18", 18), ("2026-07-01", 9), ("2026-08-01", 4)] {
        assert_eq!(Table::new(Arc::clone(table.listing.dataset()), "ilacs", None).since(day).len(), count, "{day}");
    }
    let trafford = table.shown("Trafford").unwrap();
    let signs: Vec<String> = trafford.judgements.iter().map(|j| trafford.framework.bare_sign(j)).collect();
    assert_eq!(signs, ["–", "I", "I", "G", "R"]);
    let mut old: Dataset = table.dataset().clone();
    let held = old.authorities.iter_mut().find(|a| a.name == "Trafford").unwrap();
    held.assessments.retain(|a| a.date != trafford.date);
    let changes = changes(&old, table.dataset());
    let leaders = changes.iter().find(|c| c.category == Some(1)).unwrap();
    let grades = (leaders.old.unwrap().grade().unwrap().0, leaders.new.unwrap().grade().unwrap().0);
    assert_eq!((grades, leaders.movement.unwrap().name()), ((2, 1), "down"));
}

#[test]
fn the_route_is_counted_only_from_april_2026() {
    let rows = "80441,bristol,,01/06/26,standard,,01/05/2026,,,good,good,good,good\n\
                80441,bristol,,01/06/22,standard,,01/05/2022,,good,good,good,good,\n\
                80481,leeds,,30/06/25,standard,,01/06/2025,,good,good,good,good,good\n";
    let route = |as_at| Table::new(read(rows).dataset, "ilacs", as_at).summary().route.map(|t| (t.matching, t.known));
    assert_eq!(route(None), Some((2, 2)));
    assert_eq!((route(Some("2026-04-01")), route(Some("2026-03-31"))), (Some((2, 2)), None));
}

// Inspections that are recorded more than once.

const INSPECTIONS: &str = "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,\
                           impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade\n";

fn inspections(rows: &str) -> Loaded {
    from_reader(format!("{INSPECTIONS}{rows}").as_bytes(), "rows.csv").unwrap()
}

#[test]
fn a_repeated_row_is_one_inspection_and_a_differing_one_is_reported() {
    let row = "80476,Kent,05/09/24,01/08/24,good,good,good,good,good\n";
    let other = "80476,Kent,05/09/24,01/08/24,inadequate,good,good,good,good\n";
    let loaded = inspections(&format!("{row}{row}{other}"));
    let kent = &loaded.dataset.authorities[0];
    assert_eq!(kent.assessments.len(), 1);
    let overall = &kent.assessments[0].judgements[0];
    assert_eq!(overall.grade().map(|grade| grade.0), Some(1), "the later row is shown");
    let difference = loaded.differences[0].to_string();
    assert!(difference.starts_with("Kent, 5 September 2024, Overall effectiveness: "), "{difference}");
    assert!(difference.contains("says \"Inadequate\"; ") && difference.contains("says \"Good\""), "{difference}");
    let repairs: Vec<String> = loaded.repairs.iter().map(ToString::to_string).collect();
    assert_eq!(repairs.len(), 2, "{repairs:?}");
    assert!(repairs[0].starts_with("rows 2 and 3: found the inspection of Kent of 1 August 2024 twice"));
    assert!(repairs[1].contains("with other judgements") && repairs[1].contains("the later one in the file is shown"));
}

#[test]
fn a_different_report_date_in_another_file_is_the_same_inspection() {
    let row = "80476,Kent,05/09/24,01/08/24,good,good,good,good,good\n";
    let parts = [row.to_owned(), row.replace("05/09/24", "06/09/24")];
    let parts = parts.iter().enumerate().map(|(n, row)| Part::new(inspections(row), n.to_string()));
    let joined = scrutineer::load::join(parts.collect()).unwrap();
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
    let date = joined.date_differences[0].to_string();
    assert!(date.starts_with("Kent, 6 September 2024, day of publication: "), "{date}");
    assert!(date.contains("6 September 2024 is shown; ") && date.contains("says 5 September 2024"), "{date}");
}

#[test]
fn files_that_disagree_on_an_inspection_are_reported() {
    let row = "80476,Kent,05/09/24,01/08/24,good,good,good,good,good\n";
    let parts = [row.to_owned(), row.replace("good,good\n", "good,inadequate\n")];
    let parts = parts.iter().enumerate().map(|(n, row)| Part::new(inspections(row), n.to_string()));
    let joined = scrutineer::load::join(parts.collect()).unwrap();
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
    let differences: Vec<&str> = joined.differences.iter().map(|difference| difference.what.as_str()).collect();
    assert_eq!(differences, ["Kent, 5 September 2024, Care leavers"]);
}

#[test]
fn a_newer_inspection_without_a_publication_date_is_still_the_newest() {
    let loaded = inspections(
        "80476,Kent,05/09/22,01/08/22,inadequate,good,good,good,good\n80476,Kent,,01/08/24,good,good,good,good,good\n",
    );
    let table = Table::new(loaded.dataset, "ilacs", None);
    assert_eq!(table.shown("Kent").unwrap().judgements[0].grade().unwrap().0, 3);
    let across = inspections(
        "80476,Kent,05/09/15,01/08/15,good,good,good,good,good\n80476,Kent,,01/08/24,good,good,good,good,good\n",
    );
    assert_eq!(across.dataset.leading_framework().unwrap().id, "ilacs", "the newest decides which framework leads");
}

#[test]
fn a_dataset_does_not_differ_from_itself() {
    let rows = "80476,Kent,05/09/24,,good,good,good,good,good\n80476,Kent,05/09/24,,inadequate,good,good,good,good\n\
                80481,Leeds,,,good,good,good,good,good\n80481,Leeds,,,inadequate,good,good,good,good\n";
    let dataset = inspections(rows).dataset;
    assert_eq!(dataset.authorities[1].assessments.len(), 2, "without a day nothing says that they are one");
    assert_eq!(changes(&dataset, &dataset), []);
    let history = from_reader(include_bytes!("../files/history.csv").as_slice(), "history.csv").unwrap().dataset;
    assert_eq!(changes(&history, &history), []);
}

#[test]
fn a_repair_names_the_day_of_its_own_row() {
    let loaded =
        inspections("1,A,05/10/22,05/09/22,good,good,good,good,good\n2,B,05/11/22,22/09/22,good,good,good,good,good\n");
    let repairs: Vec<String> = loaded.repairs.iter().map(ToString::to_string).collect();
    assert!(repairs[0].contains("5 September 2022") && repairs[1].contains("22 September 2022"), "{repairs:?}");
}

#[test]
fn changes_say_what_the_previous_judgement_covered() {
    let dataset = inspections(
        "80476,Kent,05/09/22,01/08/22,good,good,good,requires improvement,\n\
         80476,Kent,05/09/24,01/08/24,good,good,good,good,good\n",
    )
    .dataset;
    let earlier = before(&dataset, "2023-01-01".parse().unwrap());
    let found = changes(&earlier, &dataset);
    let report = scrutineer::report::Changes {
        what: "test".to_owned(),
        data: "test".to_owned(),
        has_before: true,
        changes: &found,
        only_moved: false,
        redated: &[],
        events: &[],
    };
    let mut out = Vec::new();
    report.write(&mut out, Format::Csv, None).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("redefined,Children in care and care leavers"), "{text}");
}

#[test]
fn earlier_inspections_in_a_history_are_not_new_compared_with_an_overview() {
    let rows = "80476,Kent,05/09/15,01/08/15,good,good,good,good,\n80476,Kent,05/09/24,01/08/24,good,good,good,good,good\n\
                80481,Leeds,05/10/23,01/09/23,good,good,good,good,good\n";
    let history = inspections(rows).dataset;
    let overview = inspections(rows.split_once('\n').unwrap().1).dataset;
    assert_eq!(changes(&overview, &history), []);
    let within = inspections(&rows.replace("/15", "/22")).dataset;
    assert_eq!(changes(&overview, &within), []);
    let parts = || [(&overview, "a"), (&overview, "b")].map(|(dataset, name)| (dataset.clone(), name.to_owned()));
    let parts = parts().map(|(dataset, name)| Part::new(Loaded { dataset, ..Loaded::default() }, name));
    let two = join(parts.into()).unwrap().dataset;
    assert!(Table::new(two, "ilacs", None).view().holds_only_latest(), "two such files are no history");
}

#[test]
fn the_assessments_with_the_one_before_each_are_those_asked_for_one_by_one() {
    let record = scrutineer::load::record().unwrap().dataset;
    let table = inspections(
        "80481,Leeds,05/09/22,01/08/22,good,good,good,good,\n80481,Leeds,05/09/22,02/08/22,good,good,good,inadequate,\n\
         80481,Leeds,,,good,good,good,good,good\n80481,Leeds,05/10/24,02/09/24,good,good,good,good,good\n",
    );
    let days = [None, Some("2016-12-31"), Some("2023-06-30")];
    for dataset in [record.as_ref(), table.dataset.as_ref()] {
        for (authority, day) in dataset.authorities.iter().flat_map(|a| days.map(|day| (a, day))) {
            let as_at =
                day.map(|day| scrutineer::dataset::AsAt::from(day.parse::<scrutineer::dataset::Date>().unwrap()));
            let order: Vec<usize> = authority.with_previous(as_at).iter().map(|(position, _)| *position).collect();
            assert_eq!(order, authority.newest_first());
            for (position, before) in authority.with_previous(as_at) {
                let expected = authority.before_as_at(&authority.assessments[position], as_at);
                assert!(
                    before.map(std::ptr::from_ref) == expected.map(std::ptr::from_ref),
                    "{} {day:?}",
                    authority.name
                );
            }
        }
    }
}
