//! scrutineer: council inspection grades in the terminal.
//!
//! Pure inside, terminal at the rim. A figure goes one way, from `load` to a [`dataset::Dataset`],
//! through [`query`] to rows, to `ui` or `report`; a key press goes one way, from `terminal` to an
//! action, to [`app`], to one draw. ARCHITECTURE.md says who may use whom.

pub mod app;
pub mod cli;
pub mod dataset;
pub mod layout;
pub mod load;
pub mod query;
pub mod report;
pub mod settings;
pub mod statistics;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod wording;
