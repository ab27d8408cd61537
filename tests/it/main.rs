//! All integration tests, built as one program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail"
)]

mod architecture;
mod beside;
mod bounds;
mod bundled;
mod calm;
mod colours;
mod commands;
mod common;
mod contrast;
mod counting;
mod days;
#[cfg(feature = "fetch")]
mod fetch;
mod files;
mod golden;
mod happened;
mod harmless;
mod ilacs;
mod joining;
mod latest;
mod official;
#[cfg(not(feature = "fetch"))]
mod offline;
mod outputs;
mod pictures;
mod plain;
mod properties;
mod pty;
mod reading;
mod record;
mod searching;
#[cfg(feature = "fetch")]
mod servers;
mod site;
mod stories;
mod tables;
mod terminal;
mod writing;
