//! The regions of a dataset, with their usual short forms.

use std::collections::BTreeSet;

use crate::dataset::Dataset;

/// Returns the names of a region: its own, then its short forms.
pub(super) fn region_names(region: &str) -> impl Iterator<Item = &str> {
    let short = SHORT_REGIONS.iter().filter(move |(long, _)| *long == region).flat_map(|(_, short)| *short);
    std::iter::once(region).chain(short.copied())
}

/// Returns the usual short form of a region: "NW" for "North West"; the region itself if it has none.
pub fn short_region(region: &str) -> &str {
    let known = SHORT_REGIONS.iter().find(|(long, _)| *long == region);
    known.and_then(|(_, short)| short.first()).copied().unwrap_or(region)
}

/// The usual short forms of the regions, the most usual first.
const SHORT_REGIONS: [(&str, &[&str]); 8] = [
    ("East Midlands", &["EM"]),
    ("East of England", &["East", "EoE", "EE"]),
    ("North East", &["NE"]),
    ("North West", &["NW"]),
    ("South East", &["SE"]),
    ("South West", &["SW"]),
    ("West Midlands", &["WM"]),
    ("Yorkshire and the Humber", &["Yorks", "Yorkshire", "YH", "Y&H", "Yorks and Humber"]),
];

/// Returns the regions of a dataset, sorted and without duplicates.
pub fn regions(dataset: &Dataset) -> Vec<String> {
    let regions: BTreeSet<&str> = dataset.authorities.iter().filter_map(|a| a.region.as_deref()).collect();
    regions.into_iter().map(String::from).collect()
}
