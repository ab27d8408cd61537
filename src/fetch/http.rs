//! One request for a file.

use std::io::{self, Read};
use std::path::PathBuf;
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::typestate::WithoutBody;
use ureq::{Agent, Body, Error, RequestBuilder, Timeout};

use super::address::Address;
use super::answer::Answer;
use super::failure::Failure;
use super::folder::{FetchedFile, MAX_SIZE, now};
use super::proxy::Setting;
use crate::text::clean;

/// How often a redirect is followed.
const MAX_REDIRECTS: usize = 5;

/// How much longer than the wait for an answer a whole file may take.
const WHOLE: u32 = 15;

/// What is said when the system has no certificates.
const BUNDLED: &str = "this system has no certificates of authorities, so those that come with scrutineer are used";

/// The maximum length of a header that is kept, in bytes.
const MAX_HEADER: usize = 1000;

/// Makes requests.
pub struct Client {
    timeout: Duration,
    /// The certificates to trust; an error if those that are named cannot be read, which matters only to a connection.
    trusted: Result<RootCerts, Failure>,
}

impl Client {
    /// Returns a client; `timeout` limits the wait for a connection, and for the first byte of an answer.
    pub fn new(timeout: Duration) -> Self {
        Self { timeout, trusted: trusted() }
    }

    /// Returns the proxy through which an address is reached, in words; `None` without one.
    pub fn proxy_of(&self, address: &Address) -> Option<String> {
        Setting::find(address).map(|setting| clean(setting.shown()).into_owned())
    }

    /// Gets a file, unless it is still the one that is known. Says if other certificates than the
    /// system's are used.
    ///
    /// # Errors
    /// Returns an error if there is no connection, no such file or not all of it, or if it is too large.
    pub fn get(
        &mut self,
        address: &Address,
        known: Option<&FetchedFile>,
        into: &mut Vec<u8>,
        say: &mut dyn FnMut(&str),
    ) -> Result<Answer, Failure> {
        let mut address = address.clone();
        for _ in 0..=MAX_REDIRECTS {
            let response = self.request(&address, known, say)?;
            match response.status() {
                StatusCode::OK => return self.body(response, into),
                StatusCode::NOT_MODIFIED => return Ok(Answer::Unchanged),
                StatusCode::NOT_FOUND => return Err(Failure::NotFound),
                StatusCode::PROXY_AUTHENTICATION_REQUIRED => return Err(Failure::ProxyLogin),
                status if status.is_redirection() => address = next(&address, &response)?,
                status => return Err(Failure::Status(status.as_u16())),
            }
            say(&format!("redirected to {}: {address}", address.host()));
        }
        Err(Failure::TooManyRedirects)
    }

    fn request(
        &mut self,
        address: &Address,
        known: Option<&FetchedFile>,
        say: &mut dyn FnMut(&str),
    ) -> Result<Response<Body>, Failure> {
        match self.request_of(address, known)?.call() {
            // The system has no certificates.
            Err(Error::Rustls(_)) if matches!(self.trusted, Ok(RootCerts::PlatformVerifier)) => {
                say(BUNDLED);
                self.trusted = Ok(RootCerts::WebPki);
                self.request_of(address, known)?.call()
            }
            response => response,
        }
        .map_err(|error| self.failure(error, address))
    }

    fn request_of(
        &self,
        address: &Address,
        known: Option<&FetchedFile>,
    ) -> Result<RequestBuilder<WithoutBody>, Failure> {
        let mut request = self.agent(address)?.get(address.to_string());
        let headers = known
            .map(|known| [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)]);
        for (name, value) in headers.into_iter().flatten() {
            // The index may have been damaged since.
            if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        Ok(request)
    }

    fn agent(&self, address: &Address) -> Result<Agent, Failure> {
        let proxy = Setting::find(address).map(|setting| setting.proxy()).transpose()?;
        let trusted = if address.is_https() { self.trusted.clone()? } else { RootCerts::WebPki };
        let config = Agent::config_builder()
            .proxy(proxy)
            .tls_config(TlsConfig::builder().root_certs(trusted).build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A server may close a connection that is kept for another request.
            .max_idle_connections(0)
            .timeout_resolve(Some(self.timeout))
            .timeout_connect(Some(self.timeout))
            .timeout_per_read(Some(self.timeout))
            .timeout_recv_response(Some(self.timeout))
            .timeout_global(Some(self.timeout.saturating_mul(WHOLE)))
            .user_agent(concat!("scrutineer/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(config.new_agent())
    }

    fn body(&self, mut response: Response<Body>, into: &mut Vec<u8>) -> Result<Answer, Failure> {
        let (etag, last_modified) =
            (text(response.headers(), header::ETAG), text(response.headers(), header::LAST_MODIFIED));
        let announced = text(response.headers(), header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > MAX_SIZE) {
            return Err(Failure::TooLarge);
        }
        let mut body = response.body_mut().as_reader().take(MAX_SIZE + 1);
        body.read_to_end(into).map_err(|error| match Error::from(error) {
            Error::Timeout(which) => self.late(which),
            _ => Failure::CutShort,
        })?;
        if into.len() as u64 > MAX_SIZE {
            Err(Failure::TooLarge)
        } else {
            Ok(Answer::Body { etag, last_modified, time: now() })
        }
    }

    fn late(&self, which: Timeout) -> Failure {
        match which {
            Timeout::Global => Failure::TooSlow(self.timeout.saturating_mul(WHOLE).as_secs()),
            _ => Failure::TimedOut(self.timeout.as_secs()),
        }
    }

    /// Returns the reason for a request without an answer.
    fn failure(&self, error: Error, address: &Address) -> Failure {
        let host = self.proxy_of(address).unwrap_or_else(|| address.host().to_owned());
        match error {
            Error::HostNotFound => Failure::NoSuchHost(host),
            Error::Timeout(which) => self.late(which),
            // ureq passes on the status only as text.
            Error::ConnectProxyFailed(words) if words.contains("407") => Failure::ProxyLogin,
            Error::ConnectProxyFailed(words) => Failure::Proxy(clean(&words).into_owned()),
            Error::Io(error) => self.broken(&error, host, address),
            other => Failure::Other(clean(&other.to_string()).into_owned()),
        }
    }

    /// Returns the reason for an error of the connection.
    fn broken(&self, error: &io::Error, host: String, address: &Address) -> Failure {
        let name = address.host().to_owned();
        match error.kind() {
            // What is wrong with the encryption is told only in words.
            io::ErrorKind::InvalidData if address.is_https() => insecure(name, &clean(&error.to_string())),
            io::ErrorKind::ConnectionRefused => Failure::Refused(host),
            io::ErrorKind::TimedOut => Failure::TimedOut(self.timeout.as_secs()),
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                Failure::Other(format!("{host} closed the connection without an answer"))
            }
            _ if is_about_a_name(error) => Failure::NoSuchHost(host),
            _ => Failure::Other(format!("{host} cannot be reached ({error})")),
        }
    }
}

/// Whether an error is that of looking a name up, for which the system has no kind.
fn is_about_a_name(error: &io::Error) -> bool {
    let is_of_windows = cfg!(windows) && matches!(error.raw_os_error(), Some(11001..=11004));
    is_of_windows || error.to_string().starts_with("failed to lookup address information")
}

/// Returns the reason for a connection that cannot be encrypted, from what the library says.
fn insecure(host: String, words: &str) -> Failure {
    let Some(problem) = words.strip_prefix("invalid peer certificate: ") else {
        return Failure::Insecure(host, words.to_owned());
    };
    let known = CAUSES.iter().find(|(starts, ..)| starts.iter().any(|start| problem.starts_with(start)));
    let (why, cure) = match known {
        Some((_, why, cure)) => ((*why).to_owned(), *cure),
        None => (format!("the check says: {problem}"), "Try again later."),
    };
    Failure::NotTrusted { host, why, cure }
}

/// How the library names what is wrong with a certificate, that in our words, and what to do about it.
const CAUSES: [(&[&str], &str, &str); 5] = [
    (
        &["UnknownIssuer"],
        "this computer does not know who issued it",
        "If your organisation's proxy reads what is encrypted, set SSL_CERT_FILE to the file with its certificate.",
    ),
    (
        &["Expired", "certificate expired"],
        "it has expired",
        "Check the date of this computer; if that is right, only who runs the server can mend it.",
    ),
    (
        &["CaUsedAsEndEntity"],
        "it is signed by itself, like that of an authority",
        "Who runs the server can use one that an authority issued; a copy of the file can be fetched with --from FILE.",
    ),
    (&["NotValidYet", "certificate not valid yet"], "it is not valid yet", "Check the date of this computer."),
    (
        &["NotValidForName", "certificate not valid for name"],
        "it is for another name",
        "Check the address; on a guest network, a page that wants to be agreed to may stand before it.",
    ),
];

/// The maximum size of a file of certificates, in bytes.
const MAX_CERTIFICATES: u64 = 16 << 20;

/// Returns the certificates of the authorities to trust: those in the file that `SSL_CERT_FILE` names, or else those of the
/// system.
///
/// # Errors
/// Returns an error if the file cannot be read or has none.
fn trusted() -> Result<RootCerts, Failure> {
    let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()).map(PathBuf::from) else {
        return Ok(RootCerts::PlatformVerifier);
    };
    let unusable = |why: &str| Failure::NoCertificates(path.clone(), why.to_owned());
    // Reading a pipe would wait for ever.
    let about = std::fs::metadata(&path).map_err(|error| unusable(&error.to_string()))?;
    if !about.is_file() || about.len() > MAX_CERTIFICATES {
        return Err(unusable("it is no file, or larger than one of certificates"));
    }
    let named = std::fs::read(&path).map_err(|error| unusable(&error.to_string()))?;
    let certificate = |item| if let Ok(PemItem::Certificate(certificate)) = item { Some(certificate) } else { None };
    let named: Vec<_> = parse_pem(&named).filter_map(certificate).collect();
    if named.is_empty() { Err(unusable("it has no certificate")) } else { Ok(RootCerts::new_with_certs(&named)) }
}

/// Returns the address that an answer redirects to.
fn next(from: &Address, answer: &Response<Body>) -> Result<Address, Failure> {
    let to = text(answer.headers(), header::LOCATION).unwrap_or_default();
    let address = if to.starts_with('/') { from.on_same_host(&to) } else { to.parse().ok() };
    address.filter(Address::is_https).ok_or(Failure::Redirect(to))
}

/// Returns a header as cleaned text; `None` if it is absent, too long or not text.
fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= MAX_HEADER).then(|| clean(value).into_owned())
}
