//! Why a file was not taken, and what to do about it.

use std::path::PathBuf;

use crate::dataset::Date;
use crate::text::plural;

/// The reason why a file was not taken. Displayed as a cause and a cure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A build without network code was asked for a file on the web.
    #[error(
        "this build of scrutineer cannot open connections. `scrutineer fetch --print` prints the commands that get the \
         files, and `scrutineer fetch --from FOLDER` takes them from a folder."
    )]
    NoNetwork,
    /// The name of the host is unknown.
    #[error("no computer called {0} was found. Check the connection and the address.")]
    NoSuchHost(String),
    /// Nothing accepts connections there.
    #[error("{0} refused the connection. Try again later; behind a proxy, set HTTPS_PROXY to its address.")]
    Refused(String),
    /// The certificate is not trusted, why, and what to do about that.
    #[error("the certificate of {host} is not trusted: {why}. {cure}")]
    NotTrusted {
        /// Whose certificate it is.
        host: String,
        /// Why it is not trusted.
        why: String,
        /// What to do about it.
        cure: &'static str,
    },
    /// The file that `SSL_CERT_FILE` names has no certificates that can be read.
    #[error(
        "SSL_CERT_FILE names {0}: {1}. Name a file with certificates in PEM, or unset it to trust those of this computer."
    )]
    NoCertificates(PathBuf, String),
    /// The connection could not be encrypted for another reason.
    #[error("no secure connection to {0} could be made ({1}). Try again later, or {BY_HAND}.")]
    Insecure(String, String),
    /// The proxy wants a user name and a password, or another way to log in.
    #[error(
        "the proxy wants to know who you are (407). Put a user name and a password into HTTPS_PROXY, as in \
         http://NAME:PASSWORD@HOST:PORT; if it speaks only NTLM or Kerberos, {BY_HAND}."
    )]
    ProxyLogin,
    /// The proxy does not let this through, in its words.
    #[error("the proxy did not connect ({0}). Ask who runs it, or {BY_HAND}.")]
    Proxy(String),
    /// `HTTPS_PROXY` or `HTTP_PROXY` is no address.
    #[error("{0} is not set to the address of an HTTP proxy, as in http://HOST:PORT. Correct it, or {BY_HAND}.")]
    ProxyAddress(&'static str),
    /// There is no such file.
    #[error(
        "there is no such file (404). If it has moved, name its new address with --from, or under [fetch] in the settings."
    )]
    NotFound,
    /// Any other answer than the file.
    #[error("the answer was status {0} instead of the file. Try again later.")]
    Status(u16),
    /// One redirect after another.
    #[error("the address redirects again and again. Name the right address with --from, or {BY_HAND}.")]
    TooManyRedirects,
    /// A redirect to something other than an https address.
    #[error("the address redirects to {0}, and only https is followed. Name the right address with --from.")]
    Redirect(String),
    /// Nothing came within so many seconds.
    #[error("no answer came within {}. Try again later; behind a proxy, set HTTPS_PROXY to its address.",
        plural(usize::try_from(*.0).unwrap_or(usize::MAX), "second", "seconds"))]
    TimedOut(u64),
    /// The whole file did not come within so many seconds.
    #[error("the file did not come within {0} seconds. Try again later.")]
    TooSlow(u64),
    /// The connection ended too early.
    #[error("the file was cut short. Try again.")]
    CutShort,
    /// The file is larger than any such file should be.
    #[error("it is larger than {} MB. Check the address.", super::folder::MAX_SIZE >> 20)]
    TooLarge,
    /// The file is not what it should be, with the first problem.
    #[error("it is not the expected file: {0}. Check the address; a proxy may have sent a page of its own.")]
    NotExpected(String),
    /// The first file has much less than the record.
    #[error(
        "it has {found} of the inspections or councils of which the record has {current}: it may have been cut short. Try again; \
         `scrutineer fetch --accept` takes it as it is."
    )]
    FewerThanRecord {
        /// How many it has.
        found: usize,
        /// How many the record has.
        current: usize,
    },
    /// Few of its inspections are in the file held or, of a first file, in the record.
    #[error(
        "of its {of} inspections up to the newest one held, only {found} are known: names, dates or rows may be shifted. \
         `scrutineer check FILE` says how they are read; `scrutineer fetch --accept` takes it as it is."
    )]
    OtherInspections {
        /// How many are known.
        found: usize,
        /// How many are of the time of the file held or of the record.
        of: usize,
    },
    /// Many grades are other ones.
    #[error(
        "{found} of its {of} grades are other than before or in the record, or missing. `scrutineer check FILE` says which; \
         `scrutineer fetch --accept` takes it as it is."
    )]
    OtherGrades {
        /// How many are other ones.
        found: usize,
        /// How many grades it has.
        of: usize,
    },
    /// Too many inspections are missing.
    #[error(
        "it has {found} of the {current} inspections held before, which is too few. Try again later; if it is right, remove \
         the file held and fetch again."
    )]
    Fewer {
        /// How many it has.
        found: usize,
        /// How many the file before has.
        current: usize,
    },
    /// More of it is unreadable than before.
    #[error(
        "it has {}, and the file held has {current}; the first: {first}. Try again later; if it is right, remove the file held and \
         fetch again.", plural(*found, "problem", "problems")
    )]
    MoreProblems {
        /// How many problems it has.
        found: usize,
        /// How many the file before has.
        current: usize,
        /// The first problem.
        first: String,
    },
    /// It is an earlier version.
    #[error(
        "its newest report is of {found}, and that of the file held is of {current}. Try again later; if it is \
         right, remove the file held and fetch again."
    )]
    Older {
        /// When its newest report was published.
        found: Date,
        /// When that of the file before was.
        current: Date,
    },
    /// A file to copy cannot be read.
    #[error("{path} cannot be read ({1}). Check its name and its permissions.", path = .0.display())]
    Unreadable(PathBuf, String),
    /// The data folder cannot be written to.
    #[error(
        "the folder {path} cannot be written to ({1}). Check its permissions, and that the disk is not full.",
        path = .0.display()
    )]
    Folder(PathBuf, String),
    /// Anything else.
    #[error("{0}. Try again later, or {BY_HAND}.")]
    Other(String),
}

/// How to fetch without our network code.
const BY_HAND: &str = "get the files with the commands that `scrutineer fetch --print` prints";
