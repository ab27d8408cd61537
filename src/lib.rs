//! Grades of English councils' services for children: read from a file, listed, counted and traced to their sources.
//!
//! [`load`] turns a file into a checked [`dataset::Dataset`], or says what is wrong with it and where. A
//! [`query::Listing`] is the dataset under one framework, as at a day, filtered and in order; [`statistics`] counts what
//! it lists, and [`report`] writes it as a table, Markdown, CSV or JSON.
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
//!
//! Everything else is the program: hidden here, public only so that its tests and benchmarks can reach it, and free to
//! change. `examples/` has whole programs; ARCHITECTURE.md says which module may use which.

pub mod dataset;
pub mod load;
pub mod query;
pub mod report;
pub mod statistics;

#[doc(hidden)]
pub mod app;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod layout;
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
