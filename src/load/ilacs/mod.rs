//! Ofsted's inspection outcomes of children's services, as the public files hold them: a row an inspection,
//! columns found by their headers. The history is a CSV file, the overview an XLSX file with neighbours.

mod builder;
mod cell;
mod columns;
mod csv;
mod csv_rows;
mod frameworks;
mod judgements;
mod register;
mod row;
mod workbook;
mod xlsx;

pub use csv::from_csv;
pub use xlsx::from_xlsx;
