//! Servers on this computer for the tests of `scrutineer fetch`: one that behaves, one that is told every byte to send,
//! one that encrypts, and a proxy.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::spawn;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tiny_http::{Header, Request, Response, Server};

/// Starts a server that answers with a file under any path. If the request names the version of it, the answer is that
/// nothing changed. Returns its port.
pub fn file_server(file: &'static [u8], version: &'static str) -> u16 {
    web_server(move |request| {
        let named = request.headers().iter().find(|h| h.field.equiv("If-None-Match")).map(|h| h.value.to_string());
        let etag = Header::from_bytes("ETag", version).unwrap();
        let date = Header::from_bytes("Last-Modified", "Thu, 20 Aug 2026 08:00:00 GMT").unwrap();
        let is_known = named.as_deref() == Some(version);
        match is_known && request.headers().iter().any(|h| h.field.equiv("If-Modified-Since")) {
            true => request.respond(Response::empty(304)).unwrap(),
            false => request.respond(Response::from_data(file).with_header(etag).with_header(date)).unwrap(),
        }
    })
}

/// Starts a server that answers every request in the same way. Returns its port.
pub fn web_server(answer: impl Fn(Request) + Send + 'static) -> u16 {
    let server = Server::http("127.0.0.1:0").unwrap();
    let port = server.server_addr().to_ip().unwrap().port();
    spawn(move || server.incoming_requests().for_each(answer));
    port
}

/// Starts a server that redirects. Returns its port.
pub fn redirecting_server(to: String) -> u16 {
    web_server(move |request| {
        let location = Header::from_bytes("Location", to.as_bytes()).unwrap();
        request.respond(Response::empty(301).with_header(location)).unwrap();
    })
}

/// Starts a server that reads a request and then does what it is told with the connection. Returns its port.
pub fn raw_server(answer: impl Fn(String, TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let head = head(&mut stream);
            answer(head, stream);
        }
    });
    port
}

/// Starts a server that does not wait for a request before it answers. Returns its port.
pub fn talking_server(words: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn(move || listener.incoming().for_each(|stream| stream.unwrap().write_all(words).unwrap()));
    port
}

/// Returns a port to which nothing listens.
pub fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Reads the head of a request; what there is of it if the connection ends first.
fn head(stream: &mut impl Read) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
        head.extend(byte);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Who signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut about = CertificateParams::new(Vec::new()).unwrap();
        about.distinguished_name.push(DnType::CommonName, name);
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(about, KeyPair::generate().unwrap()).unwrap())
    }

    /// Returns its own certificate as text.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// Starts a server that encrypts, with a certificate for a name, and sends these bytes for every request. Returns its
    /// port.
    pub fn server(&self, name: &str, answer: Vec<u8>) -> u16 {
        self.serve(CertificateParams::new([name.to_owned()]).unwrap(), answer)
    }

    /// Starts such a server whose certificate expired long ago. Returns its port.
    pub fn expired_server(&self, name: &str, answer: Vec<u8>) -> u16 {
        let mut about = CertificateParams::new([name.to_owned()]).unwrap();
        (about.not_before, about.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2020, 2, 1));
        self.serve(about, answer)
    }

    fn serve(&self, about: CertificateParams, answer: Vec<u8>) -> u16 {
        let key = KeyPair::generate().unwrap();
        let certificate = about.signed_by(&key, &self.0).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        spawn(move || {
            for stream in listener.incoming().map(Result::unwrap) {
                let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
                head(&mut stream);
                // Whoever does not trust the certificate does not read the answer.
                let _ = stream.write_all(&answer);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        });
        port
    }
}

/// Returns an answer with a file.
pub fn answer(file: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", file.len()).as_bytes(), file].concat()
}

/// Starts a proxy that connects to a port of this computer, whatever it is asked for, if it is given these words as user
/// name and password, encoded. Returns its port.
pub fn proxy(to: u16, login: &'static str) -> u16 {
    raw_server(move |head, mut client| {
        let wanted = format!("authorization: basic {login}").to_ascii_lowercase();
        if !head.starts_with("CONNECT ") || !head.to_ascii_lowercase().contains(&wanted) {
            client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").unwrap();
            return;
        }
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", to)).unwrap();
        let (mut from, mut into) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        spawn(move || {
            let _ = std::io::copy(&mut from, &mut into);
        });
        spawn(move || {
            let _ = std::io::copy(&mut server, &mut client);
            let _ = client.shutdown(std::net::Shutdown::Both);
        });
    })
}
