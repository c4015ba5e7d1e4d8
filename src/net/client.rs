//! Asking a server.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::de::DeserializeOwned;
use ureq::http;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body};

use super::address::Origin;
use super::failure::Failure;
use super::secret::Secret;

/// So long a server may take to accept a connection.
const CONNECTING: Duration = Duration::from_secs(4);
/// So many connections are kept when nobody uses them.
const KEPT: usize = 8;
/// What we say we are.
const NAME: &str = concat!("newsstand/", env!("CARGO_PKG_VERSION"));

/// Whose word is taken for it that a server is the one it says it is.
#[derive(Clone, Debug, Default)]
pub struct Trust(Option<RootCerts>);

impl Trust {
    /// That of the authorities in a file of certificates (PEM), and of nobody else.
    ///
    /// # Errors
    ///
    /// In words, when there is none in it.
    pub fn only(pem: &[u8]) -> Result<Trust, String> {
        let mut certificates: Vec<Certificate<'static>> = Vec::new();
        for item in parse_pem(pem) {
            if let PemItem::Certificate(certificate) = item.map_err(|error| error.to_string())? {
                certificates.push(certificate);
            }
        }
        if certificates.is_empty() {
            return Err("there is no certificate in it".to_owned());
        }
        Ok(Trust(Some(RootCerts::new_with_certs(&certificates))))
    }
}

/// What is done with what is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// It is read.
    Get,
    /// It is asked, with a body.
    Post,
    /// It is written.
    Put,
    /// It is removed.
    Delete,
    /// It is asked whether it is there.
    Head,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is done.
    pub method: Method,
    /// With what: a path, and a query after a `?`.
    pub path: String,
    /// What is told, if anything.
    pub body: Option<Arc<[u8]>>,
    /// What kind of text that is.
    pub kind: &'static str,
    /// How long it may take in all.
    pub patience: Duration,
    /// More bytes of an answer are not taken.
    pub most: u64,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Its status: 200 and the like.
    pub status: u16,
    /// What it says.
    pub body: Vec<u8>,
}

impl Reply {
    /// What it says, as JSON.
    ///
    /// # Errors
    ///
    /// [`Failure::Odd`] when it is none, or not that.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| Failure::Odd(error.to_string()))
    }
}

/// A question on its way, which can be given up. Copying it is cheap.
#[derive(Clone, Debug, Default)]
pub struct Way(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    given_up: bool,
    agent: Option<Agent>,
}

impl Way {
    /// Gives the question up: its connection is closed.
    pub fn give_up(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.given_up = true;
        if let Some(agent) = state.agent.take() {
            agent.shutdown();
        }
    }

    /// False when it was given up already.
    fn begin(&self, agent: &Agent) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.agent = Some(agent.clone());
        !state.given_up
    }

    /// Whether it was given up.
    fn end(&self) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.agent = None;
        state.given_up
    }
}

/// Speaks to one server. It may be used from several threads at once.
#[derive(Debug)]
pub struct Client {
    origin: Origin,
    secret: Option<Secret>,
    trust: Trust,
    /// Each has a connection of its own, which is closed with it.
    idle: Mutex<Vec<Agent>>,
}

impl Client {
    /// A client of the server there.
    pub fn new(origin: Origin, secret: Option<Secret>, trust: Trust) -> Client {
        Client { origin, secret, trust, idle: Mutex::default() }
    }

    /// Where the server is.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Asks, and waits for the answer. `way` is how it can be given up meanwhile.
    ///
    /// # Errors
    ///
    /// Why there is no answer. An answer that says no is one.
    pub fn ask(&self, request: &Request, way: &Way) -> Result<Reply, Failure> {
        let (agent, kept) = match self.idle().pop() {
            Some(agent) => (agent, true),
            None => (self.agent(), false),
        };
        if !way.begin(&agent) {
            return Err(Failure::GivenUp);
        }
        let answer = self.ask_by(&agent, request);
        if way.end() {
            return Err(Failure::GivenUp);
        }
        match answer {
            // A connection that was kept may have been closed meanwhile: that says nothing about the server.
            Err(Failure::Closed) if kept => {
                self.idle().clear();
                self.ask(request, way)
            }
            Ok(reply) => {
                let mut idle = self.idle();
                if idle.len() < KEPT {
                    idle.push(agent);
                }
                Ok(reply)
            }
            failed => failed,
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Agent>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn agent(&self) -> Agent {
        let roots = self.trust.0.clone().unwrap_or(RootCerts::PlatformVerifier);
        let config = Agent::config_builder()
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .https_only(self.origin.is_encrypted())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(1)
            .max_idle_connections_per_host(1)
            .max_idle_age(Duration::from_secs(30))
            .timeout_connect(Some(CONNECTING))
            // What stands between is not asked: a password goes to its server alone.
            .proxy(None)
            .user_agent(NAME);
        config.build().into()
    }

    fn ask_by(&self, agent: &Agent, request: &Request) -> Result<Reply, Failure> {
        let method = match request.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Delete => http::Method::DELETE,
            Method::Head => http::Method::HEAD,
        };
        let mut builder = http::Request::builder().method(method).uri(format!("{}{}", self.origin, request.path));
        if let Some(secret) = &self.secret {
            builder = builder.header(http::header::AUTHORIZATION, secret.header());
        }
        let odd = |error: http::Error| Failure::Odd(error.to_string());
        // Where something is told, it is told how much, also where that is nothing.
        let tells = matches!(request.method, Method::Post | Method::Put);
        let answered = match request.body.as_deref().or(tells.then_some(&[][..])) {
            Some(body) => {
                let told = builder.header(http::header::CONTENT_TYPE, request.kind).body(body).map_err(odd)?;
                agent.run(agent.configure_request(told).timeout_global(Some(request.patience)).build())
            }
            None => {
                let told = builder.body(()).map_err(odd)?;
                agent.run(agent.configure_request(told).timeout_global(Some(request.patience)).build())
            }
        };
        let response = answered.map_err(Failure::of)?;
        if response.status().is_redirection() {
            return Err(Failure::Elsewhere);
        }
        let status = response.status().as_u16();
        Ok(Reply { status, body: read(response.into_body(), request.most)? })
    }
}

/// All of a body, unless it is larger than `most` once it is unpacked.
fn read(body: Body, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut reader = body.into_with_config().limit(u64::MAX).reader().take(most + 1);
    reader.read_to_end(&mut bytes).map_err(|error| Failure::of(ureq::Error::from(error)))?;
    if bytes.len() as u64 > most {
        return Err(Failure::TooLarge(most));
    }
    Ok(bytes)
}
