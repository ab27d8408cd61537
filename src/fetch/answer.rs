//! What came of a request for a file.

/// What came of a request for a file.
pub enum Answer {
    /// The file is the one held.
    #[cfg_attr(not(feature = "fetch"), expect(dead_code, reason = "only an answer from the web says so"))]
    Unchanged,
    /// A file, read to where it was wanted.
    Body {
        /// The `ETag` header.
        etag: Option<String>,
        /// The `Last-Modified` header.
        last_modified: Option<String>,
        /// When this was the file, as in [`FetchedFile::fetched`](super::FetchedFile::fetched).
        time: String,
    },
}
