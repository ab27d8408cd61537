//! Prints the share of authorities graded good or better by region: `cargo run --example count_grades FILE`.

use std::fs::File;

use scrutineer::load::from_reader;
use scrutineer::query::{Filter, Listing, ListingOptions};
use scrutineer::statistics::summary;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "tests/files/history.csv".to_owned());
    let mut listing = Listing::new(from_reader(File::open(&path)?, &path)?.dataset, ListingOptions::default());
    for region in listing.view().regions().to_vec() {
        listing.set_filter(Filter { regions: vec![region.clone()], ..Filter::default() });
        for (category, counts) in listing.view().categories().iter().zip(summary(&listing).categories) {
            println!("{region}, {}: {} of {} known", category.label, counts.good.matching, counts.good.known);
        }
    }
    Ok(())
}
