//! The pages of the detail and statistics panes, one module for each.

mod area;
mod context;
mod counts;
pub mod detail;
pub mod history;
mod improve;
mod published;
mod series;
pub mod statistics;
