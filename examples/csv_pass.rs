//! A measure of speed: one pass of the csv crate over a file, nothing kept.

use std::fs::File;
use std::io;

fn main() -> io::Result<()> {
    let path = std::env::args_os().nth(1).unwrap_or_default();
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(File::open(path)?);
    let mut record = csv::ByteRecord::new();
    let mut count = 0_u64;
    while rows.read_byte_record(&mut record)? {
        count += 1;
    }
    println!("{count} rows");
    Ok(())
}
