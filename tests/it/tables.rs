//! Tables in every width: no digit is lost, and nothing is cut beside empty space.

use proptest::prelude::*;
use scrutineer::dataset::Date;
use scrutineer::load::record;
use scrutineer::query::{Listing, ListingOptions};
use scrutineer::statistics::{Tally, national_summary, years};
use scrutineer::tables::{Cell, Column, Fit, Kind, Naming, Table, by_category, by_year, fit, regions};
use scrutineer::text::display_width;

/// Checks how a table is laid out in a width.
fn check(table: &Table<'_>, width: usize) -> Result<Fit, TestCaseError> {
    let fitted = fit(table, width, None);
    let total: usize = fitted.columns.iter().map(|column| column.gap + column.width).sum();
    let mut is_cut = false;
    for row in table.rows() {
        for column in &fitted.columns {
            let cell = &row[column.position];
            let shown = cell.form(fitted.form);
            if column.is_number || matches!(cell, Cell::Date(_)) {
                prop_assert!(display_width(&shown) <= column.width, "{width}: {shown:?} in {column:?}");
            }
            if let Cell::Share { tally: Tally { matching, known }, .. } = cell {
                let numbers: Vec<String> = shown.split(|c: char| !c.is_ascii_digit()).map(String::from).collect();
                let has = |number: &u32| numbers.contains(&number.to_string());
                prop_assert!(*known == 0 || (has(matching) && has(known)), "{width}: {shown:?}");
            }
            is_cut |= display_width(&shown) > column.width;
        }
    }
    if fitted.left_out == 0 || total <= width {
        prop_assert!(
            total <= width || fitted.columns.iter().all(|c| !c.may_shrink || c.width <= 6),
            "{width}: {fitted:?}"
        );
        prop_assert!(!is_cut || total >= width, "{width}: cut beside {} empty cells: {fitted:?}", width - total);
    }
    Ok(fitted)
}

fn table() -> impl Strategy<Value = (Vec<Column>, Vec<Vec<Cell>>)> {
    let kind = prop::sample::select(vec![Kind::Text, Kind::Number, Kind::Share]);
    let column = (kind, "[A-Za-z ]{1,30}", 0u8..3).prop_map(|(kind, name, left_out)| {
        let short = name.chars().take(6).collect::<String>();
        let letters = name.chars().take(2).collect::<String>();
        Column { kind, left_out, ..Column::text(name).or([short, letters]) }
    });
    (prop::collection::vec(column, 1..8), 0usize..6).prop_flat_map(|(columns, count)| {
        let cells: Vec<BoxedStrategy<Cell>> = columns
            .iter()
            .map(|column| match column.kind {
                Kind::Number => (0u32..100_000).prop_map(Cell::count).boxed(),
                Kind::Share => (0u32..400, 0u32..400, any::<bool>())
                    .prop_map(|(a, b, has_percent)| Cell::Share {
                        tally: Tally { matching: a.min(b), known: b },
                        has_percent,
                    })
                    .boxed(),
                _ if column.name().len() % 3 == 0 => (1980i16..2030, 1i8..=12)
                    .prop_map(|(year, month)| Cell::date(Date::of_day(year, month, 28)))
                    .boxed(),
                _ => "[A-Za-z東 ]{0,70}".prop_map(Cell::Text).boxed(),
            })
            .collect();
        (Just(columns), prop::collection::vec(cells, count))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn no_digit_is_lost_and_nothing_is_cut_beside_empty_space((columns, rows) in table(), width in 20usize..=220) {
        let count = rows.len();
        let table = Table::new("", columns, count, |at| rows[at].clone());
        check(&table, width)?;
    }
}

fn on_ilacs() -> Listing {
    let dataset = record().unwrap().dataset;
    let framework = dataset.frameworks.iter().find(|framework| framework.id == "ilacs").cloned();
    Listing::new(dataset, ListingOptions { framework, ..ListingOptions::default() })
}

#[test]
fn the_tables_of_the_record_fit_every_width() {
    let listing = on_ilacs();
    let framework = listing.view().framework().unwrap();
    let (summary, years) = (national_summary(&listing), years(&listing, Some(framework)));
    let (_, of_years) = by_year(framework, &years);
    for table in [regions(framework, &summary), of_years, by_category(&years)] {
        for width in 20..=220 {
            check(&table, width).unwrap();
        }
    }
}

#[test]
fn a_wide_window_has_words_and_a_narrow_one_letters_of_the_same_shares() {
    let listing = on_ilacs();
    let summary = national_summary(&listing);
    let table = regions(listing.view().framework().unwrap(), &summary);
    let shown = |width: usize| {
        let fitted = fit(&table, width, None);
        let headers: Vec<String> = fitted.columns.iter().map(|column| column.header.clone()).collect();
        (headers[1..4].join(" "), table.rows().next().unwrap()[1].form(fitted.form), fitted.remark_below.is_some())
    };
    assert_eq!(shown(80), ("Overall Leaders Help".to_owned(), "6/8".to_owned(), true));
    assert_eq!(shown(120), ("Overall Leaders Help".to_owned(), "6 of 8     ".to_owned(), true));
    assert_eq!(shown(40).0, "Ov Le He");
    assert!(!shown(200).2, "the remark fits beside the row");
}

#[test]
fn a_flat_table_names_each_column_of_a_share_once_for_programs() {
    let listing = on_ilacs();
    let summary = national_summary(&listing);
    let framework = listing.view().framework().unwrap();
    let names = |naming: Naming| {
        let table = regions(framework, &summary).flat(naming);
        let row = (table.row)(0);
        assert_eq!(row.len(), table.columns.len());
        assert_eq!(
            row[1..4],
            [Cell::count(6), Cell::count(8), Cell::Empty],
            "the part, the whole, no percentage of eight"
        );
        table.columns.iter().map(|column| column.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(Naming::Unique)[..4], ["region", "Overall good or better", "Overall of known", "Overall percent"]);
    let mut unique = names(Naming::Unique);
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), names(Naming::Short).len());
}

#[test]
fn shares_are_ordered_by_size_and_the_unknown_come_last() {
    let shares = [(1, 4), (0, 0), (3, 4), (2, 4)];
    let row = |at: usize| {
        let (matching, known) = shares[at];
        vec![Cell::count(at), Cell::Share { tally: Tally { matching, known }, has_percent: true }]
    };
    let table = Table::new("", vec![Column::text("name"), Column::share("share")], 4, row);
    assert_eq!(table.ordered(1, false), [2, 3, 0, 1]);
    assert_eq!(table.ordered(1, true), [0, 3, 2, 1]);
    assert_eq!((table.ordered(0, false), table.ordered(0, true)), (vec![0, 1, 2, 3], vec![3, 2, 1, 0]));
}

#[test]
fn the_widest_text_gives_way_first() {
    let columns = || vec![Column::text("name"), Column::text("words"), Column::number("count")];
    let row = |_| vec![Cell::Text("Leeds City".to_owned()), Cell::Text("x".repeat(40)), Cell::count(7)];
    let table = Table::new("t", columns(), 3, row);
    let widths = |width: usize| {
        let fitted = fit(&table, width, None);
        fitted.columns.iter().map(|column| column.width).collect::<Vec<_>>()
    };
    let [whole, narrow] = [widths(80), widths(38)];
    assert!(whole[1] >= 40, "{whole:?}");
    assert_eq!(narrow[0], 10, "the name is whole: {narrow:?}");
    assert!(narrow[1] < 40 && narrow[1] > narrow[0], "{narrow:?}");
}
