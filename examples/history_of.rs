//! Prints how an authority was judged over the years: `cargo run --example history_of FILE NAME`.

use std::fs::File;

use scrutineer::load::from_reader;
use scrutineer::query::{Listing, ListingOptions};

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "tests/files/history.csv".to_owned());
    let name = arguments.next().unwrap_or_else(|| "leeds".to_owned());
    let dataset = from_reader(File::open(&path)?, &path)?.dataset;
    let listing = Listing::new(dataset, ListingOptions { query: name, ..ListingOptions::default() });
    let Some(authority) = listing.id(0).and_then(|id| listing.authority(id)) else {
        anyhow::bail!("no authority matches");
    };
    println!("{}", authority.name);
    for position in authority.newest_first() {
        let Some(assessment) = authority.assessments.get(position) else { continue };
        let day = assessment.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        println!("{day}, {}", assessment.framework.short);
        for (category, judgement) in assessment.framework.categories.iter().zip(assessment.judgements.iter()) {
            let step = judgement.grade().and_then(|grade| assessment.framework.scale.step(grade));
            println!("  {}: {}", category.label, step.map_or("no grade", |step| &step.word));
        }
    }
    Ok(())
}
