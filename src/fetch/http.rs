//! One request for a file.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use rustls::{CertificateError, ClientConfig};
use ureq::config::Config;
use ureq::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector as _, NextTimeout, TcpConnector};
use ureq::{Agent, Body, Error, Timeout};

use super::address::Address;
use super::answer::Answer;
use super::failure::Failure;
use super::held::{Held, MAX_SIZE, now};
use super::proxy::Setting;
use super::tls::{self, Encrypt, NotTrusted};
use crate::text::clean;

/// How often a redirect is followed.
const MAX_REDIRECTS: usize = 5;

/// How much longer than the wait for an answer a whole file may take.
const WHOLE: u32 = 15;

/// The maximum length of a header that is kept, in bytes.
const MAX_HEADER: usize = 1000;

/// Makes requests.
pub struct Client {
    timeout: Duration,
    tls: Option<Arc<ClientConfig>>,
}

impl Client {
    /// Returns a client; `timeout` limits the wait for a connection, and for the first byte of an answer.
    pub fn new(timeout: Duration) -> Self {
        Self { timeout, tls: None }
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
        known: Option<&Held>,
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
        known: Option<&Held>,
        say: &mut dyn FnMut(&str),
    ) -> Result<Response<Body>, Failure> {
        let agent = self.agent(address, say)?;
        let mut request = agent.get(address.to_string());
        let headers = known
            .map(|known| [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.last_modified)]);
        for (name, value) in headers.into_iter().flatten() {
            // The index may have been damaged since.
            if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_str(value).ok()) {
                request = request.header(name, value);
            }
        }
        request.call().map_err(|error| self.failure(error, address))
    }

    fn agent(&mut self, address: &Address, say: &mut dyn FnMut(&str)) -> Result<Agent, Failure> {
        let tls = match &self.tls {
            Some(tls) => Arc::clone(tls),
            None => {
                let (config, note) = tls::config().map_err(|error| Failure::Other(error.to_string()))?;
                note.into_iter().for_each(say);
                Arc::clone(self.tls.insert(Arc::new(config)))
            }
        };
        let proxy = Setting::find(address).map(|setting| setting.proxy()).transpose()?;
        let config = Agent::config_builder()
            .proxy(proxy)
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
        let connector = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default()).chain(Encrypt(tls));
        Ok(Agent::with_parts(config, connector, Names::default()))
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
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(CertificateError::Other(other))) => {
                match other.0.downcast_ref::<NotTrusted>().cloned() {
                    Some(NotTrusted { issuer, why }) => Failure::NotTrusted { host: name, issuer, why },
                    None => Failure::Insecure(name, other.to_string()),
                }
            }
            Some(other) => Failure::Insecure(name, clean(&other.to_string()).into_owned()),
            None => match error.kind() {
                io::ErrorKind::ConnectionRefused => Failure::Refused(host),
                io::ErrorKind::TimedOut => Failure::TimedOut(self.timeout.as_secs()),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                    Failure::Other(format!("{host} closed the connection without an answer"))
                }
                _ => Failure::Other(format!("{host} cannot be reached ({error})")),
            },
        }
    }
}

/// The usual resolver of names, whose errors say that they are about a name. The system's own have no kind that would.
#[derive(Debug, Default)]
struct Names(DefaultResolver);

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(|error| match error {
            Error::Io(error) if error.kind() != io::ErrorKind::TimedOut => Error::HostNotFound,
            other => other,
        })
    }
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
