//! Inspection grades of English councils' services for children: loaded from files, listed, counted and traced to their
//! sources.
//!
//! [`load`] parses a file into a validated [`dataset::Dataset`], or reports each problem with its location. A
//! [`query::Listing`] contains the authorities that pass the filters, in order, under one framework and as at a date;
//! [`statistics`] counts them, and [`report`] writes them as a table, Markdown, CSV or JSON.
//!
//! ```
//! use scrutineer::load::bundled;
//! use scrutineer::query::{Listing, ListingOptions};
//!
//! let loaded = bundled()?;
//! let listing = Listing::new(loaded.dataset, ListingOptions { query: "bristol".to_owned(), ..Default::default() });
//! assert_eq!(listing.len(), 1);
//! # Ok::<(), scrutineer::load::Unusable>(())
//! ```
//! All other modules belong to the program. They are public only for its tests and benchmarks, and may change at any
//! time. `examples/` contains whole programs; ARCHITECTURE.md says which module may use which.

pub mod dataset;
pub mod load;
pub mod query;
pub mod report;
pub mod statistics;
pub mod tables;

#[doc(hidden)]
pub mod app;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod fetch;
#[doc(hidden)]
pub mod layout;
#[doc(hidden)]
pub mod plain;
#[doc(hidden)]
pub mod settings;
#[doc(hidden)]
pub mod terminal;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod ui;
#[doc(hidden)]
pub mod wording;
