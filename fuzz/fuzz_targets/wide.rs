//! Any text as the rows of a wide table, which has several inspections of an authority in a row: each row is read, left
//! out with a problem, or named as a line of text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrutineer::load::from_reader;

const COLUMNS: [&str; 7] = [
    "publication date",
    "inspection type",
    "overall effectiveness",
    "impact of leaders",
    "experiences and progress of children who need help and protection",
    "experiences and progress of children in care",
    "experiences and progress of care leavers",
];

fuzz_target!(|rows: &[u8]| {
    let mut table = "Web link,Local authority name,LA region".to_owned();
    for ordinal in ["First", "Second", "Third"] {
        COLUMNS.iter().for_each(|column| table.push_str(&format!(",{ordinal} ILACS {column}")));
    }
    table.push('\n');
    let bytes = [table.as_bytes(), rows].concat();
    match from_reader(bytes.as_slice(), "fuzzed") {
        Err(refusal) => assert!(!refusal.problems.is_empty()),
        Ok(loaded) => {
            let inspections = loaded.dataset.authorities.iter().flat_map(|authority| &authority.assessments);
            inspections
                .for_each(|inspection| assert_eq!(inspection.judgements.len(), inspection.framework.categories.len()));
        }
    }
});
