//! Sending many articles together, until each is written.
//!
//! A batch is sent again as long as the cluster says that it has too much to do, or nobody answers: an article is
//! written under its id, so that writing it twice writes it once. Of what came back in part, that part is sent again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::cluster::Cluster;
use super::question::{Hedge, Question};
use super::refusal::{LONGEST_REASON, refusal};
use crate::archive::{FileKey, Share};
use crate::article::ArticleId;
use crate::error::Error;
use crate::net::Method;
use crate::text::Clean;

/// So many batches are on their way at once.
const IN_FLIGHT: usize = 4;
/// So long a batch may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long it is waited before it is sent again: at first, and at most.
const WAITS: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));
/// More of what is refused is not told word by word.
const MOST_TOLD: usize = 50;

/// What was sent, as it can be told while it goes on.
#[derive(Debug, Default)]
pub struct Told {
    /// How many articles are written.
    pub written: AtomicU64,
    /// How many bytes were sent for them.
    pub bytes: AtomicU64,
    /// How many articles had to be sent again.
    pub again: AtomicU64,
    /// How many articles were removed.
    pub removed: AtomicU64,
    /// How many articles the cluster does not take.
    pub refused: AtomicU64,
    /// What it says of them.
    pub reasons: Mutex<Vec<Clean>>,
}

impl Told {
    fn refuse(&self, path: &str, reason: &str) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        let mut reasons = locked(&self.reasons);
        if reasons.len() < MOST_TOLD {
            reasons.push(Clean::new(&format!("{path}: the cluster does not take it: {reason}")));
        }
    }
}

/// An article ready to be sent.
#[derive(Debug)]
pub(crate) struct Packed {
    pub id: ArticleId,
    pub file: FileKey,
    pub path: String,
    pub document: Vec<u8>,
}

/// Sends batches, several at once. Copying it is cheap.
#[derive(Clone)]
pub(crate) struct Sender(Arc<Shared>);

struct Shared {
    cluster: Cluster,
    told: Arc<Told>,
    /// How long the cluster may take nothing before that is given up.
    patience: Duration,
    flights: Mutex<Flights>,
    landed: Condvar,
}

#[derive(Default)]
struct Flights {
    open: usize,
    failed: Option<String>,
    /// The files of which an article was refused.
    refused: Vec<FileKey>,
}

impl Sender {
    pub(crate) fn new(cluster: Cluster, told: Arc<Told>, patience: Duration) -> Sender {
        Sender(Arc::new(Shared { cluster, told, patience, flights: Mutex::default(), landed: Condvar::new() }))
    }

    /// Sends a batch as soon as one of those before it has landed. `share` is given back when it has landed itself.
    ///
    /// # Errors
    ///
    /// When one of those before could not be written.
    pub(crate) fn send(&self, batch: Vec<Packed>, share: Vec<Share>) -> Result<(), Error> {
        if batch.is_empty() {
            return Ok(());
        }
        {
            let flights = locked(&self.0.flights);
            let full = |flights: &mut Flights| flights.open >= IN_FLIGHT && flights.failed.is_none();
            let mut flights = self.0.landed.wait_while(flights, full).unwrap_or_else(PoisonError::into_inner);
            if let Some(reason) = &flights.failed {
                return Err(self.0.cluster.error(reason.clone()));
            }
            flights.open += 1;
        }
        let sender = self.clone();
        thread::spawn(move || {
            let landed = crate::error::caught(|| sender.deliver(batch));
            drop(share);
            let mut flights = locked(&sender.0.flights);
            flights.open -= 1;
            if let Some(reason) = landed.unwrap_or_else(Err).err() {
                flights.failed.get_or_insert(reason);
            }
            sender.0.landed.notify_all();
        });
        Ok(())
    }

    /// Waits until all batches have landed, and tells the files of which an article was refused since the last time.
    ///
    /// # Errors
    ///
    /// When one could not be written.
    pub(crate) fn land(&self) -> Result<Vec<FileKey>, Error> {
        let flights = locked(&self.0.flights);
        let mut flights =
            self.0.landed.wait_while(flights, |flights| flights.open > 0).unwrap_or_else(PoisonError::into_inner);
        match &flights.failed {
            Some(reason) => Err(self.0.cluster.error(reason.clone())),
            None => Ok(std::mem::take(&mut flights.refused)),
        }
    }

    /// Sends a batch until all of it is written or refused.
    fn deliver(&self, mut batch: Vec<Packed>) -> Result<(), String> {
        let Shared { cluster, told, patience, .. } = &*self.0;
        let mut begun = Instant::now();
        let mut wait = WAITS.0;
        loop {
            let sent = Instant::now();
            let body: Arc<[u8]> = body(&batch).into();
            told.bytes.fetch_add(body.len() as u64, Ordering::Relaxed);
            let question = Question {
                method: Method::Post,
                path: format!(
                    "/{}/_bulk?filter_path=errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason",
                    cluster.index()
                ),
                body: Some(body),
                kind: "application/x-ndjson",
                patience: PATIENCE,
                most: 64 << 20,
                hedge: Hedge::Wait,
            };
            let before = batch.len();
            let reason = match cluster.try_ask(&question, &|| false) {
                Ok(Some(reply)) => match reply.status {
                    200 => {
                        let said: Value = reply.json().map_err(|failure| failure.to_string())?;
                        let reason;
                        (batch, reason) = self.sort(batch, &said)?;
                        reason
                    }
                    // Too much at once: half of it may be less.
                    413 if batch.len() > 1 => {
                        let rest = batch.split_off(batch.len() / 2);
                        self.deliver(batch)?;
                        batch = rest;
                        continue;
                    }
                    413 => {
                        let packed = &batch[0];
                        told.refuse(&packed.path, "it is too large");
                        locked(&self.0.flights).refused.push(packed.file);
                        return Ok(());
                    }
                    429 | 502..=504 => refusal(&reply, cluster.index()),
                    _ => return Err(refusal(&reply, cluster.index())),
                },
                Ok(None) => return Err("given up".to_owned()),
                Err(failure) if failure.is_of_server() => failure.to_string(),
                Err(failure) => return Err(failure.to_string()),
            };
            if batch.is_empty() {
                return Ok(());
            }
            told.again.fetch_add(batch.len() as u64, Ordering::Relaxed);
            if batch.len() < before {
                (wait, begun) = (WAITS.0, Instant::now());
            }
            if begun.elapsed() > *patience {
                return Err(format!("{reason}; {} articles were not written, and are the next time", batch.len()));
            }
            tracing::warn!("{}: {reason}; {} articles are sent again", cluster.address(), batch.len());
            // Where an answer took long already there is no need to wait as long again.
            thread::sleep(wait.saturating_sub(sent.elapsed() / 4));
            wait = (wait * 2).min(WAITS.1);
        }
    }

    /// Those of a batch that are to be sent again, and why.
    fn sort(&self, batch: Vec<Packed>, said: &Value) -> Result<(Vec<Packed>, String), String> {
        let Shared { told, flights, .. } = &*self.0;
        let items = said["items"].as_array().filter(|items| items.len() == batch.len());
        let Some(items) = items else { return Err("the server does not tell what it has written".to_owned()) };
        let (mut again, mut why) = (Vec::new(), "the cluster has more to do than it can".to_owned());
        for (packed, item) in batch.into_iter().zip(items) {
            let item = &item["index"];
            match item["status"].as_u64() {
                Some(200 | 201) => _ = told.written.fetch_add(1, Ordering::Relaxed),
                // It is told which block: the one of a full disk has its own.
                _ if item["error"]["type"] == "cluster_block_exception" => {
                    let reason = item["error"]["reason"].as_str().unwrap_or("it does not say why");
                    let reason: String = Clean::new(reason).chars().take(LONGEST_REASON).collect();
                    why = format!("the cluster takes no articles (is its disk full?): {reason}");
                    again.push(packed);
                }
                Some(429 | 500 | 502..=504) => again.push(packed),
                _ => {
                    let reason = item["error"]["reason"].as_str().unwrap_or("it does not say why");
                    told.refuse(&packed.path, &reason.chars().take(200).collect::<String>());
                    locked(flights).refused.push(packed.file);
                }
            }
        }
        Ok((again, why))
    }
}

/// A batch as the server takes it: a line that names each article, and its document.
fn body(batch: &[Packed]) -> Vec<u8> {
    let mut body = Vec::with_capacity(batch.iter().map(|packed| packed.document.len() + 64).sum());
    for packed in batch {
        body.extend(json!({ "index": { "_id": packed.id } }).to_string().into_bytes());
        body.push(b'\n');
        body.extend(&packed.document);
        body.push(b'\n');
    }
    body
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
