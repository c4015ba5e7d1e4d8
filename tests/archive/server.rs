//! A small server of the tests' own on this machine, which answers as it is told to, with TLS or without.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// The authority of the server's certificate.
pub const AUTHORITY: &[u8] = include_bytes!("certificates/authority.pem");

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Method and path.
    pub line: String,
    /// All headers, in lower case.
    pub headers: String,
    pub body: String,
}

/// What the server answers: all bytes of it.
pub type Answering = Arc<dyn Fn(&Request) -> Vec<u8> + Send + Sync>;

/// A server that runs as long as the test.
pub struct Server {
    pub port: u16,
    /// What was asked.
    pub asked: Arc<Mutex<Vec<Request>>>,
    /// How many connections there were.
    pub connections: Arc<AtomicUsize>,
    /// How many of them the other side has closed.
    pub closed: Arc<AtomicUsize>,
}

impl Server {
    pub fn plain(answering: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Server {
        Server::start(None, Arc::new(answering))
    }

    pub fn encrypted(answering: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Server {
        let chain = CertificateDer::pem_slice_iter(include_bytes!("certificates/server.pem"));
        let chain: Vec<_> = chain.collect::<Result<_, _>>().expect("certificates");
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("certificates/server.key")).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.expect("versions").with_no_client_auth().with_single_cert(chain, key).expect("they fit");
        Server::start(Some(Arc::new(config)), Arc::new(answering))
    }

    fn start(tls: Option<Arc<rustls::ServerConfig>>, answering: Answering) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Server { port, asked: Arc::default(), connections: Arc::default(), closed: Arc::default() };
        let (asked, connections, closed) = (server.asked.clone(), server.connections.clone(), server.closed.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (tls, answering, asked, closed) = (tls.clone(), answering.clone(), asked.clone(), closed.clone());
                thread::spawn(move || {
                    match tls {
                        None => serve(stream, &answering, &asked),
                        Some(config) => {
                            let session = rustls::ServerConnection::new(config).expect("a session");
                            serve(rustls::StreamOwned::new(session, stream), &answering, &asked);
                        }
                    }
                    closed.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    pub fn address(&self, scheme: &str) -> String {
        let host = if scheme == "https" { "localhost" } else { "127.0.0.1" };
        format!("{scheme}://{host}:{}/news", self.port)
    }

    /// The requests whose line holds something.
    pub fn asked_for(&self, part: &str) -> Vec<Request> {
        let asked = self.asked.lock().expect("whole");
        asked.iter().filter(|request| request.line.contains(part)).cloned().collect()
    }
}

/// Answers what comes over a connection, until it is closed.
fn serve(mut stream: impl Read + Write, answering: &Answering, asked: &Mutex<Vec<Request>>) {
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let head = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            let mut more = [0; 4096];
            match stream.read(&mut more) {
                Ok(read) if read > 0 => bytes.extend(&more[..read]),
                _ => return,
            }
        };
        let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
        let (line, headers) = text.split_once("\r\n").unwrap_or((&text, ""));
        let headers = headers.to_lowercase();
        let length =
            headers.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok()).unwrap_or(0);
        while bytes.len() < head + length {
            let mut more = [0; 4096];
            match stream.read(&mut more) {
                Ok(read) if read > 0 => bytes.extend(&more[..read]),
                _ => return,
            }
        }
        let body = String::from_utf8_lossy(&bytes[head..head + length]).into_owned();
        bytes.drain(..head + length);
        let request = Request { line: line.to_owned(), headers: headers.clone(), body };
        asked.lock().expect("whole").push(request.clone());
        if stream.write_all(&answering(&request)).and_then(|()| stream.flush()).is_err() {
            return;
        }
    }
}

/// An answer with a status and a text.
pub fn answer(status: u16, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Told\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

/// What a cluster says of itself.
pub const CLUSTER: &str = r#"{"name":"one","version":{"number":"2.19.6","distribution":"opensearch"}}"#;
