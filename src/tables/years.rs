//! How many were good or better at the end of each year.

use super::regions::share_of;
use super::{Cell, Column, Table};
use crate::dataset::{Date, Framework};
use crate::statistics::{Tally, Year};
use crate::text::capitalized;
use crate::wording;

/// Returns a row for each year of each category and framework.
pub fn by_category(years: &[Year]) -> Table<'_> {
    let is_named = !years.is_empty() && years.iter().all(|year| year.framework.is_named_only);
    let mut good: Vec<String> = years.iter().map(|year| year.framework.scale.good_words()).collect();
    good.dedup();
    let good = good.join(" / ");
    let columns = vec![
        Column::text("framework"),
        Column::text("category"),
        Column::number("year"),
        Column::text("until"),
        Column::share(&good),
        Column::number(if is_named { "named" } else { "inspected" }),
        Column::number("of listed"),
        Column::remark(),
    ];
    let row = |at: usize| {
        let Some(year) = years.get(at) else { return Vec::new() };
        let category = year.framework.categories.get(year.category).map(|category| category.label.as_str());
        vec![
            Cell::Text(year.framework.short.to_string()),
            Cell::maybe(category),
            Cell::count(year.year),
            Cell::date(year.until),
            Cell::Share { tally: year.good, has_percent: year.framework.has_percentages() },
            Cell::count(year.assessed),
            Cell::count(year.listed),
            Cell::maybe(wording::year_remark(year).as_deref()),
        ]
    };
    Table::new("Good or better at the end of each year", columns, years.len(), row)
}

/// Returns the last day of each year of a framework, newest first, with a row for each: a share for each category.
pub fn by_year<'a>(framework: &'a Framework, years: &'a [Year]) -> (Vec<Date>, Table<'a>) {
    let of_framework = move || years.iter().filter(move |year| year.framework.is(framework));
    let mut numbers: Vec<i16> = of_framework().map(|year| year.year).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    let until = move |number: i16| of_framework().find(|year| year.year == number).and_then(|year| year.until);
    let days = numbers.iter().filter_map(|number| until(*number).or_else(|| Date::of_day(*number, 12, 31))).collect();
    let mut columns = vec![Column::text("year")];
    columns.extend(framework.categories.iter().map(|category| share_of(framework, category)));
    columns.push(Column::remark());
    let count = numbers.len();
    let row = move |position: usize| {
        let Some(number) = numbers.get(position).copied() else { return Vec::new() };
        let of_year: Vec<&Year> = of_framework().filter(|year| year.year == number).collect();
        let tally = |category| {
            of_year.iter().find(|year| year.category == category).map_or_else(Tally::default, |year| year.good)
        };
        let label = until(number).map_or(number.to_string(), |day| format!("to {day}"));
        let has_percent = framework.has_percentages();
        let shares = (0..framework.categories.len()).map(|at| Cell::Share { tally: tally(at), has_percent });
        let remark = Cell::maybe(remark(&of_year).as_deref());
        std::iter::once(Cell::Text(label)).chain(shares).chain([remark]).collect()
    };
    let title = format!("{} at the end of each year", capitalized(&framework.scale.good_words()));
    (days, Table::new(title, columns, count, row))
}

/// Returns what a reader must know of the categories in a year: "Leavers: few graded in it yet: 54 of 153". What is so of
/// several is said once.
fn remark(categories: &[&Year]) -> Option<String> {
    let remarks: Vec<(&str, String)> = categories
        .iter()
        .filter_map(|year| {
            let category = year.framework.categories.get(year.category)?;
            Some((category.short.as_str(), wording::year_remark(year)?))
        })
        .collect();
    let (_, first) = remarks.first()?;
    if remarks.len() > 1 && remarks.iter().all(|(_, remark)| remark == first) {
        return Some(first.clone());
    }
    Some(remarks.iter().map(|(category, remark)| format!("{category}: {remark}")).collect::<Vec<_>>().join("; "))
}
