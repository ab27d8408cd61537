//! Encrypted connections, whose errors name the issuer of a certificate that is not trusted.

use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, OtherError, RootCertStore,
    SignatureScheme, StreamOwned,
};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};
use x509_cert::der::Decode;

use crate::text::clean;

/// What is said when the system has no certificates.
const BUNDLED: &str = "this system has no certificates of authorities (or SSL_CERT_FILE names none), so those that come \
                       with scrutineer are used";

/// A certificate that is not trusted.
#[derive(Debug, Clone, thiserror::Error)]
#[error("issued by {issuer}: {why}")]
pub struct NotTrusted {
    /// Who issued it.
    pub issuer: String,
    /// Why it is not trusted.
    pub why: String,
}

/// Returns the configuration for connections, with a note if the system's own certificates are not used.
///
/// # Errors
/// Returns an error if no configuration can be made.
pub fn config() -> Result<(ClientConfig, Option<&'static str>), rustls::Error> {
    let mut roots = RootCertStore::empty();
    // Proxies that inspect traffic have a certificate that only the system knows. This reads SSL_CERT_FILE, too.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let note = roots.is_empty().then_some(BUNDLED);
    if note.is_some() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build();
    let verifier = verifier.map_err(|error| rustls::Error::General(error.to_string()))?;
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    // What is called dangerous is to bring a verifier; this one only adds words to the errors of the usual one.
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(Verifier(verifier)));
    Ok((builder.with_no_client_auth(), note))
}

/// The usual verifier, with the issuer added to its errors.
#[derive(Debug)]
struct Verifier(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        status: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.0.verify_server_cert(certificate, others, name, status, now).map_err(|error| match error {
            rustls::Error::InvalidCertificate(error) => {
                let refused = NotTrusted { issuer: issuer(certificate), why: why(&error) };
                rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(refused))))
            }
            other => other,
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// Returns the name of the issuer of a certificate.
fn issuer(certificate: &CertificateDer<'_>) -> String {
    match x509_cert::Certificate::from_der(certificate) {
        Ok(read) => clean(&read.tbs_certificate().issuer().to_string()).into_owned(),
        Err(_) => "someone whose name cannot be read".to_owned(),
    }
}

fn why(error: &CertificateError) -> String {
    match error {
        CertificateError::UnknownIssuer => "this computer does not know that authority".to_owned(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it is for another name".to_owned()
        }
        other => format!("the check says: {other}"),
    }
}

/// Encrypts connections to https addresses.
#[derive(Debug)]
pub struct Encrypt(pub Arc<ClientConfig>);

impl<In: Transport> Connector<In> for Encrypt {
    type Out = Either<In, Encrypted>;

    fn connect(&self, details: &ConnectionDetails, plain: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(plain) = plain else { return Ok(None) };
        if !details.needs_tls() {
            return Ok(Some(Either::A(plain)));
        }
        let host = details.uri.host().unwrap_or_default();
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
        let name = name.map_err(|_| ureq::Error::BadUri(host.to_owned()))?;
        let mut connection = ClientConnection::new(Arc::clone(&self.0), name).map_err(std::io::Error::other)?;
        let mut plain = TransportAdapter::new(plain.boxed(), Arc::clone(&details.current_time));
        plain.set_timeout(details.timeout);
        connection.complete_io(&mut plain)?;
        let buffers = LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Either::B(Encrypted { stream: StreamOwned::new(connection, plain), buffers })))
    }
}

/// An encrypted connection.
pub struct Encrypted {
    stream: StreamOwned<ClientConnection, TransportAdapter>,
    buffers: LazyBuffers,
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encrypted").finish_non_exhaustive()
    }
}

impl Transport for Encrypted {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        Ok(self.stream.write_all(output)?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.get_mut().get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}
