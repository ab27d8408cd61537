//! What the panes of text show, a file for each.

mod counts;
pub mod detail;
mod history;
pub mod statistics;
