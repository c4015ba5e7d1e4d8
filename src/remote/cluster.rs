//! The nodes of a cluster, asked in turn.
//!
//! A node that is gone refuses at once, and the next one is asked. A node that *hangs* is worse: whoever asks it, or
//! another that asks it in turn, waits until the server's own patience ends. So a question that takes longer than
//! answers usually do is asked again, of those nodes alone that are awake (`preference=_only_nodes:`); the first
//! answer counts, the other question is given up, and what hangs is avoided for a while.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::place::{Access, RemotePlace};
use super::usual::Usual;
use crate::error::{Error, Result};
use crate::net::{Client, Failure, Method, Reply, Request, Way};
use crate::text::Clean;

/// So often it is asked whether anybody still waits.
const SLICE: Duration = Duration::from_millis(15);
/// So long a node may take to say that it is awake.
const WAKING: Duration = Duration::from_millis(300);
/// After so long the next node is asked what every node knows.
const PLAIN: Duration = Duration::from_millis(700);
/// So long a node that hangs or is gone is not asked first.
const AVOIDED: Duration = Duration::from_secs(20);
/// What is said of itself is short.
const SHORT: u64 = 4 << 20;
/// Longer explanations of a server are cut.
const LONGEST_REASON: usize = 300;

/// A question to a cluster.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub method: Method,
    pub path: String,
    pub body: Option<Arc<[u8]>>,
    pub kind: &'static str,
    pub patience: Duration,
    pub most: u64,
    /// What is done when the answer takes unusually long.
    pub hedge: Hedge,
}

/// What is done when an answer takes unusually long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hedge {
    /// It is waited for.
    Wait,
    /// It is asked again of those nodes alone that are awake, where others are not.
    Again,
    /// It is given up as late where a node is not awake: of a snapshot, no nodes can be chosen.
    GiveUp,
}

/// The kind of text that nearly everything is.
pub(crate) const JSON: &str = "application/json";

impl Question {
    /// A question that changes nothing.
    pub(crate) fn reading(path: String, body: &Value) -> Question {
        let body = serde_json::to_vec(body).unwrap_or_default();
        Question {
            method: Method::Post,
            path,
            body: Some(body.into()),
            kind: JSON,
            patience: Duration::from_secs(30),
            most: 256 << 20,
            hedge: Hedge::Again,
        }
    }

    /// The same, which names a snapshot.
    pub(crate) fn of_snapshot(path: String, body: &Value) -> Question {
        Question { hedge: Hedge::GiveUp, ..Question::reading(path, body) }
    }

    /// One that is only named.
    pub(crate) fn plain(method: Method, path: String) -> Question {
        Question {
            method,
            path,
            body: None,
            kind: JSON,
            patience: Duration::from_secs(30),
            most: SHORT,
            hedge: Hedge::Wait,
        }
    }

    fn request(&self, only: Option<&str>) -> Request {
        let path = match only {
            None => self.path.clone(),
            Some(names) => {
                let mark = if self.path.contains('?') { '&' } else { '?' };
                format!("{}{mark}preference=_only_nodes:{names}", self.path)
            }
        };
        let Question { method, body, kind, patience, most, .. } = self;
        Request { method: *method, path, body: body.clone(), kind, patience: *patience, most: *most }
    }
}

/// The nodes of a cluster. Copying it is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Cluster(Arc<Nodes>);

#[derive(Debug)]
struct Nodes {
    nodes: Vec<Node>,
    index: String,
    /// The one that is asked first.
    first: AtomicUsize,
    usual: Mutex<Usual>,
    /// The nodes that are asked alone, until then.
    only: Mutex<Option<(String, Instant)>>,
}

#[derive(Debug)]
struct Node {
    client: Client,
    avoided: Mutex<Option<Instant>>,
}

/// What comes back from one node.
type Answered = (usize, std::result::Result<Reply, Failure>);

impl Cluster {
    /// The cluster at a place.
    ///
    /// # Errors
    ///
    /// When it may not be spoken to without encryption.
    pub(crate) fn new(place: &RemotePlace, access: &Access) -> Result<Cluster> {
        place.allowed(access)?;
        let client =
            |origin: &crate::net::Origin| Client::new(origin.clone(), access.secret.clone(), access.trust.clone());
        let node = |origin| Node { client: client(origin), avoided: Mutex::default() };
        Ok(Cluster(Arc::new(Nodes {
            nodes: place.origins.iter().map(node).collect(),
            index: place.index.clone(),
            first: AtomicUsize::new(0),
            usual: Mutex::default(),
            only: Mutex::default(),
        })))
    }

    /// The name of the index.
    pub(crate) fn index(&self) -> &str {
        &self.0.index
    }

    /// Where it is, for people.
    pub(crate) fn address(&self) -> String {
        let first = self.0.nodes.get(self.0.first.load(Ordering::Relaxed)).or(self.0.nodes.first());
        first.map_or_else(String::new, |node| node.client.origin().to_string())
    }

    /// An error of this cluster.
    pub(crate) fn error(&self, reason: impl Into<String>) -> Error {
        Error::Server { address: format!("{}/{}", self.address(), self.index()), reason: reason.into() }
    }

    /// Asks until somebody answers; `None` once `cancelled` says so.
    ///
    /// # Errors
    ///
    /// When nobody answers, or all say no.
    pub(crate) fn ask(&self, question: &Question, cancelled: &dyn Fn() -> bool) -> Result<Option<Reply>> {
        match self.try_ask(question, cancelled) {
            Ok(Some(reply)) if reply.status >= 400 => Err(self.error(refusal(&reply, self.index()))),
            Ok(reply) => Ok(reply),
            Err(failure) => Err(self.failed(&failure)),
        }
    }

    /// The error that a failure is.
    pub(crate) fn failed(&self, failure: &Failure) -> Error {
        let out = match failure {
            Failure::Refused | Failure::NoHost => " (is the address right, and is the cluster running?)",
            Failure::Unsafe(_) => " (is it `https://` there, and does --ca name the authority of its certificate?)",
            Failure::Odd(_) | Failure::Elsewhere => " (is it the address of an OpenSearch cluster itself?)",
            _ => "",
        };
        self.error(format!("{failure}{out}"))
    }

    /// Asks until somebody answers, whatever the answer is.
    pub(crate) fn try_ask(
        &self,
        question: &Question,
        cancelled: &dyn Fn() -> bool,
    ) -> std::result::Result<Option<Reply>, Failure> {
        Asking::begin(self, question).wait(cancelled)
    }

    /// The nodes in the order in which they are asked.
    fn turn(&self) -> Vec<usize> {
        let nodes = &self.0.nodes;
        let first = self.0.first.load(Ordering::Relaxed);
        let mut turn: Vec<usize> = (0..nodes.len()).map(|at| (first + at) % nodes.len()).collect();
        let now = Instant::now();
        turn.sort_by_key(|at| locked(&nodes[*at].avoided).is_some_and(|until| until > now));
        turn
    }

    fn avoid(&self, node: usize) {
        *locked(&self.0.nodes[node].avoided) = Some(Instant::now() + AVOIDED);
    }

    /// The names of the nodes that are asked alone for now.
    fn only(&self) -> Option<String> {
        let mut only = locked(&self.0.only);
        if only.as_ref().is_some_and(|(_, until)| *until <= Instant::now()) {
            *only = None;
        }
        only.as_ref().map(|(names, _)| names.clone())
    }

    /// Whether some node is not awake, so that questions to all of them had better not be asked.
    pub(crate) fn hangs(&self) -> bool {
        self.only().is_some()
    }

    /// Asks all nodes whether they are awake. What hangs is avoided; where something does, the names of all nodes of
    /// the cluster but those.
    fn look_around(&self) -> Option<String> {
        let (sender, receiver) = channel::<(usize, Option<String>)>();
        let way = Way::default();
        for at in 0..self.0.nodes.len() {
            let (cluster, sender, way) = (self.clone(), sender.clone(), way.clone());
            thread::spawn(move || {
                let request =
                    Question { patience: WAKING, ..Question::plain(Method::Get, "/".to_owned()) }.request(None);
                let reply = cluster.0.nodes[at].client.ask(&request, &Way::default());
                drop(way);
                let name = reply.and_then(|reply| reply.json::<Value>()).ok();
                let name = name.and_then(|said| said["name"].as_str().map(str::to_owned));
                let _ = sender.send((at, name));
            });
        }
        drop(sender);
        let mut names: Vec<Option<String>> = vec![None; self.0.nodes.len()];
        let until = Instant::now() + WAKING + SLICE;
        while let Ok((at, name)) = receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
            names[at] = name;
        }
        let awake: Vec<usize> = (0..names.len()).filter(|at| names[*at].is_some()).collect();
        for (at, _) in names.iter().enumerate().filter(|(_, name)| name.is_none()) {
            self.avoid(at);
        }
        let first = *awake.first()?;
        if awake.len() == names.len() {
            return None;
        }
        // A cluster may have more nodes than we were told addresses of; one knows of all without asking them.
        let path = "/_cluster/state/nodes?local=true&filter_path=nodes.*.name,nodes.*.ephemeral_id,nodes.*.attributes";
        let request = Question { patience: WAKING, ..Question::plain(Method::Get, path.to_owned()) }.request(None);
        let known = self.0.nodes[first].client.ask(&request, &Way::default());
        let known = known.ok().filter(|reply| reply.status == 200).and_then(|reply| reply.json::<Value>().ok());
        let mut wanted: BTreeSet<String> = names.iter().flatten().cloned().collect();
        if let Some(nodes) = known.as_ref().and_then(|known| known["nodes"].as_object()) {
            let all =
                nodes.values().filter_map(|node| node["name"].as_str().map(str::to_owned)).collect::<BTreeSet<_>>();
            // Which of the others hangs is not known, so none of them is left out unless there is no other choice.
            if all.len() > names.len() {
                wanted = all;
            }
        }
        let plain =
            |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        wanted.retain(|name| plain(name));
        if wanted.is_empty() {
            return None;
        }
        let only = wanted.into_iter().collect::<Vec<_>>().join(",");
        *locked(&self.0.only) = Some((only.clone(), Instant::now() + AVOIDED));
        Some(only)
    }
}

/// A question on its way to several nodes.
struct Asking<'a> {
    cluster: &'a Cluster,
    question: &'a Question,
    turn: std::vec::IntoIter<usize>,
    sender: Sender<Answered>,
    receiver: Receiver<Answered>,
    flights: Vec<(usize, Way)>,
    begun: Instant,
    only: Option<String>,
    looked_around: bool,
    last: Failure,
}

impl<'a> Asking<'a> {
    fn begin(cluster: &'a Cluster, question: &'a Question) -> Asking<'a> {
        let (sender, receiver) = channel();
        let only = if question.hedge == Hedge::Again { cluster.only() } else { None };
        let looked_around = only.is_some();
        let mut asking = Asking {
            cluster,
            question,
            turn: cluster.turn().into_iter(),
            sender,
            receiver,
            flights: Vec::new(),
            begun: Instant::now(),
            only,
            looked_around,
            last: Failure::Refused,
        };
        asking.launch();
        asking
    }

    /// Asks the next node; false when there is none left.
    fn launch(&mut self) -> bool {
        let Some(at) = self.turn.next() else { return false };
        let request = self.question.request(self.only.as_deref());
        let (way, sender, cluster) = (Way::default(), self.sender.clone(), self.cluster.clone());
        self.flights.push((at, way.clone()));
        thread::spawn(move || {
            let reply = cluster.0.nodes[at].client.ask(&request, &way);
            let _ = sender.send((at, reply));
        });
        true
    }

    fn wait(mut self, cancelled: &dyn Fn() -> bool) -> std::result::Result<Option<Reply>, Failure> {
        loop {
            match self.receiver.recv_timeout(SLICE) {
                Ok((at, Ok(reply))) => {
                    self.flights.retain(|(node, _)| *node != at);
                    // Nodes that are asked alone may lack a part of the index.
                    let lacks = reply.status >= 500 || self.only.is_some() && reply.status == 400;
                    if lacks
                        && self.question.hedge == Hedge::Again
                        && (!self.flights.is_empty() || self.launch_anywhere())
                    {
                        continue;
                    }
                    self.cluster.0.first.store(at, Ordering::Relaxed);
                    locked(&self.cluster.0.usual).note(self.begun.elapsed());
                    return Ok(Some(reply));
                }
                Ok((at, Err(failure))) => {
                    self.flights.retain(|(node, _)| *node != at);
                    if failure.is_of_server() {
                        self.cluster.avoid(at);
                    }
                    let next = failure.is_of_server() && self.may_be_repeated(&failure) && self.launch();
                    self.last = failure;
                    if !next && self.flights.is_empty() {
                        return Err(self.last.clone());
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if cancelled() {
                        return Ok(None);
                    }
                    let waited = self.begun.elapsed();
                    let reads = matches!(self.question.method, Method::Get | Method::Head);
                    if self.question.hedge == Hedge::Wait && reads && waited > PLAIN * self.flights.len() as u32 {
                        // Every node knows it.
                        self.launch();
                    }
                    let hedged = self.question.hedge != Hedge::Wait && !self.looked_around;
                    if hedged && waited > locked(&self.cluster.0.usual).bound() {
                        self.looked_around = true;
                        if let Some(only) = self.cluster.look_around() {
                            if self.question.hedge == Hedge::GiveUp {
                                return Err(Failure::Late);
                            }
                            self.only = Some(only);
                            self.turn = self.cluster.turn().into_iter();
                            self.launch();
                        }
                    }
                    if waited > self.question.patience + WAKING {
                        return Err(Failure::Late);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.last.clone()),
            }
        }
    }

    /// What changes something is only asked again when it cannot have been heard.
    fn may_be_repeated(&self, failure: &Failure) -> bool {
        let heard = matches!(failure, Failure::Closed | Failure::Late);
        !heard || self.question.hedge != Hedge::Wait || matches!(self.question.method, Method::Get | Method::Head)
    }

    /// Asks once more, of all nodes.
    fn launch_anywhere(&mut self) -> bool {
        if self.only.take().is_some() {
            *locked(&self.cluster.0.only) = None;
            self.turn = self.cluster.turn().into_iter();
        }
        self.launch()
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.flights.iter().for_each(|(_, way)| way.give_up());
    }
}

/// Why a server says no, with the way out.
pub(crate) fn refusal(reply: &Reply, index: &str) -> String {
    let said = reply.json::<Value>().ok();
    let error = said.as_ref().map(|said| &said["error"]);
    let cause = error.map(|error| if error["root_cause"][0].is_object() { &error["root_cause"][0] } else { error });
    let kind = cause.and_then(|cause| cause["type"].as_str()).unwrap_or_default();
    let reason = cause.and_then(|cause| cause["reason"].as_str().or(cause.as_str())).unwrap_or_default();
    let reason: String = Clean::new(reason).chars().take(LONGEST_REASON).collect();
    match (reply.status, kind) {
        (401, _) => "the server does not let us in (is the password or token right?)".to_owned(),
        (403, _) if reason.is_empty() => "the server lets us in, and allows us nothing of this".to_owned(),
        (403, _) => format!("not allowed: {reason}"),
        (404, "index_not_found_exception") => {
            format!("there is no index `{index}` (`newsstand index PATHS --to … --create` makes one)")
        }
        (429, _) => "the cluster has more to do than it can; try again later".to_owned(),
        (503, _) if kind.contains("block") || reason.contains("blocked") => {
            format!("the cluster is not well: {reason}")
        }
        (503, _) => format!(
            "the cluster is not well: {}",
            if reason.is_empty() { "no part of the index answers" } else { &reason }
        ),
        (status, _) if reason.is_empty() => {
            format!("the server answers {status}, and not why (is it an OpenSearch cluster?)")
        }
        (status, _) => format!("the server answers {status}: {reason}"),
    }
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, expected: &str) {
        let told = refusal(&Reply { status, body: body.as_bytes().to_vec() }, "news");
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn a_refusal_is_told_with_the_way_out() {
        check(401, "Unauthorized", "is the password or token right?");
        check(
            403,
            r#"{"error":{"root_cause":[{"type":"security_exception","reason":"no permissions for [x]"}]}}"#,
            "no permissions for [x]",
        );
        check(
            404,
            r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [news]"}]},"status":404}"#,
            "--create",
        );
        check(404, "<html>", "is it an OpenSearch cluster?");
        check(
            503,
            r#"{"error":{"root_cause":[],"type":"search_phase_execution_exception","reason":"all shards failed"}}"#,
            "all shards failed",
        );
        check(500, r#"{"error":{"reason":"a\u001b[31mred"}}"#, "answers 500: ared");
    }
}
