//! Loads public files of Ofsted's inspection outcomes for children's services (ILACS). Each row is an inspection,
//! and columns are found by their headers. The history is a CSV file; the overview is an XLSX file, with statistical
//! neighbours.

mod builder;
mod cell;
mod columns;
mod csv;
mod csv_rows;
mod documents;
mod frameworks;
mod header_search;
mod judgements;
mod ods;
mod register;
mod row;
mod sheets;
mod sources;
mod workbook;
mod xlsx;

pub use csv::from_csv;
pub use ods::from_ods;
pub use xlsx::from_xlsx;
