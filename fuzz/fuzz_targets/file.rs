//! Any bytes as a file: read, or refused with a problem that is named.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scrutineer::load::from_reader;

fuzz_target!(|bytes: &[u8]| {
    if let Err(refusal) = from_reader(bytes, "fuzzed") {
        assert!(!refusal.problems.is_empty());
    }
});
