//! Answers without a screen: one file for each format, written to any `Write`.

mod table;

pub use table::table;
