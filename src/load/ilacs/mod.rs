//! Loads public files of Ofsted's inspection outcomes for children's services (ILACS). Each row is an inspection,
//! and columns are found by their headers. The history is a CSV file; the overview is an XLSX file, with statistical
//! neighbours.

mod builder;
mod columns;
mod csv;
mod csv_rows;
mod dates;
mod documents;
mod frameworks;
mod grid;
mod headers;
mod judgements;
mod known_headers;
mod ods;
mod register;
mod row;
mod sources;
mod table;
mod unread;
mod workbook;
mod xlsx;

pub use csv::{from_csv, wide};
pub use ods::from_ods;
pub use register::contradiction_of;
pub use xlsx::from_xlsx;
