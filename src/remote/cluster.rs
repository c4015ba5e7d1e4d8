//! The nodes of a cluster, asked in turn.
//!
//! A node that is gone refuses at once, and the next one is asked. A node that *hangs* is worse: whoever asks it, or
//! another that asks it in turn, waits until the server's own patience ends. So while a question takes longer than
//! answers usually do, it is looked who is awake; where somebody is not, it is asked again of the others alone
//! (`preference=_only_nodes:`); the first answer counts, the other question is given up, and what hangs is avoided for
//! a while.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::awake::{Around, look_around};
use super::place::{Access, RemotePlace};
use super::question::{Hedge, Question};
use super::refusal::refusal;
use super::usual::Usual;
use crate::error::{Error, Result};
use crate::net::{Client, Failure, Reply, Way};

/// So often it is asked whether anybody still waits.
const SLICE: Duration = Duration::from_millis(15);
/// After so long the next node is asked what every node knows.
const PLAIN: Duration = Duration::from_millis(700);
/// So long a node that hangs or is gone is not asked first.
const AVOIDED: Duration = Duration::from_secs(20);
/// So long before that ends it is looked whether it still does, so that nobody has to wait for it.
const RENEWED: Duration = Duration::from_secs(10);
/// After so long it is looked around again, at least, while an answer still does not come.
const LOOKED: Duration = Duration::from_millis(400);
/// So much longer than the server may take to answer it is waited for that.
const GRACE: Duration = Duration::from_millis(300);

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
    /// Whether it is being looked whether others are awake again.
    renewing: AtomicBool,
}

#[derive(Debug)]
struct Node {
    client: Arc<Client>,
    avoided: Mutex<Option<Instant>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub reply: Reply,
    /// The nodes that were asked alone for it.
    pub only: Option<String>,
}

impl Cluster {
    /// The cluster at a place.
    ///
    /// # Errors
    ///
    /// When it may not be spoken to without encryption.
    pub(crate) fn new(place: &RemotePlace, access: &Access) -> Result<Cluster> {
        place.allowed(access)?;
        let node = |origin: &crate::net::Origin| Node {
            client: Arc::new(Client::new(origin.clone(), access.secret.clone(), access.trust.clone())),
            avoided: Mutex::default(),
        };
        Ok(Cluster(Arc::new(Nodes {
            nodes: place.origins.iter().map(node).collect(),
            index: place.index.clone(),
            first: AtomicUsize::new(0),
            usual: Mutex::default(),
            only: Mutex::default(),
            renewing: AtomicBool::new(false),
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
        Ok(self.hear(question, cancelled)?.map(|heard| heard.reply))
    }

    /// The same, which tells who was asked.
    ///
    /// # Errors
    ///
    /// When nobody answers, or all say no.
    pub(crate) fn hear(&self, question: &Question, cancelled: &dyn Fn() -> bool) -> Result<Option<Heard>> {
        match Asking::begin(self, question).wait(cancelled) {
            Ok(Some(heard)) if heard.reply.status >= 400 => Err(self.error(refusal(&heard.reply, self.index()))),
            Ok(heard) => Ok(heard),
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
        Ok(Asking::begin(self, question).wait(cancelled)?.map(|heard| heard.reply))
    }

    /// Whether the nodes that were asked alone, and lack something, are still all there are.
    pub(crate) fn are_all(&self, only: &str) -> bool {
        self.look_around().only.as_deref() == Some(only)
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

    /// The nodes that are asked alone for now.
    fn only(&self) -> Option<String> {
        let mut only = locked(&self.0.only);
        let now = Instant::now();
        if only.as_ref().is_some_and(|(_, until)| *until <= now) {
            *only = None;
        }
        let (names, until) = only.clone()?;
        if until.saturating_duration_since(now) < RENEWED && !self.0.renewing.swap(true, Ordering::Relaxed) {
            let cluster = self.clone();
            thread::spawn(move || {
                cluster.look_around();
                cluster.0.renewing.store(false, Ordering::Relaxed);
            });
        }
        Some(names)
    }

    /// Asks all nodes whether they are awake. What is not is avoided, what is again is not.
    fn look_around(&self) -> Around {
        let clients: Vec<Arc<Client>> = self.0.nodes.iter().map(|node| node.client.clone()).collect();
        let around = look_around(&clients);
        for (at, node) in self.0.nodes.iter().enumerate() {
            match around.silent.contains(&at) {
                true => self.avoid(at),
                false => *locked(&node.avoided) = None,
            }
        }
        *locked(&self.0.only) = around.only.clone().map(|only| (only, Instant::now() + AVOIDED));
        if let Some(only) = &around.only {
            tracing::warn!("{}: a node hangs; asked are {only}", self.address());
        }
        around
    }
}

/// What comes back.
enum Message {
    /// From the node that was asked as this one.
    Answer(usize, std::result::Result<Reply, Failure>),
    Around(Around),
}

/// A question on its way to one node.
struct Flight {
    number: usize,
    at: usize,
    only: Option<String>,
    way: Way,
    begun: Instant,
}

/// A question on its way to several nodes.
struct Asking<'a> {
    cluster: &'a Cluster,
    question: &'a Question,
    turn: std::vec::IntoIter<usize>,
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    flights: Vec<Flight>,
    launched: usize,
    begun: Instant,
    /// The nodes that are asked alone from now on.
    only: Option<String>,
    /// How long it has taken when it is looked around the next time; `None` while that goes on.
    look: Option<Duration>,
    /// An answer that is taken if there is no better one.
    poor: Option<Heard>,
}

impl<'a> Asking<'a> {
    fn begin(cluster: &'a Cluster, question: &'a Question) -> Asking<'a> {
        let (sender, receiver) = channel();
        let mut asking = Asking {
            cluster,
            question,
            turn: cluster.turn().into_iter(),
            sender,
            receiver,
            flights: Vec::new(),
            launched: 0,
            begun: Instant::now(),
            only: if question.hedge == Hedge::Again { cluster.only() } else { None },
            look: Some(locked(&cluster.0.usual).bound()),
            poor: None,
        };
        asking.launch();
        asking
    }

    /// Asks the next node; false when there is none left.
    fn launch(&mut self) -> bool {
        let Some(at) = self.turn.next() else { return false };
        let request = self.question.request(self.only.as_deref());
        let (number, way) = (self.launched, Way::default());
        self.launched += 1;
        let flight = Flight { number, at, only: self.only.clone(), way: way.clone(), begun: Instant::now() };
        self.flights.push(flight);
        let (sender, client) = (self.sender.clone(), self.cluster.0.nodes[at].client.clone());
        thread::spawn(move || {
            let reply = client.ask(&request, &way);
            let _ = sender.send(Message::Answer(number, reply));
        });
        true
    }

    /// Asks again, of those nodes alone, or of all.
    fn launch_again(&mut self, only: Option<String>) -> bool {
        self.only = only;
        self.turn = self.cluster.turn().into_iter();
        self.launch()
    }

    fn wait(mut self, cancelled: &dyn Fn() -> bool) -> std::result::Result<Option<Heard>, Failure> {
        loop {
            match self.receiver.recv_timeout(SLICE) {
                Ok(Message::Answer(number, reply)) => {
                    let Some(at) = self.flights.iter().position(|flight| flight.number == number) else { continue };
                    let flight = self.flights.remove(at);
                    match reply {
                        Ok(reply) => {
                            if let Some(heard) = self.judge(reply, &flight) {
                                return Ok(Some(heard));
                            }
                        }
                        Err(failure) => {
                            if failure.is_of_server() {
                                self.cluster.avoid(flight.at);
                            }
                            let next = failure.is_of_server() && self.may_be_repeated(&failure) && self.launch();
                            if !next && self.flights.is_empty() {
                                return self.poor.take().map(Some).ok_or(failure);
                            }
                        }
                    }
                }
                Ok(Message::Around(around)) => self.react(&around)?,
                Err(RecvTimeoutError::Timeout) => {
                    if cancelled() {
                        return Ok(None);
                    }
                    let waited = self.begun.elapsed();
                    if waited > self.question.patience + GRACE {
                        return self.poor.take().map(Some).ok_or(Failure::Late);
                    }
                    self.hurry(waited);
                }
                Err(RecvTimeoutError::Disconnected) => return Err(Failure::Late),
            }
        }
    }

    /// The answer, unless there may be a better one.
    fn judge(&mut self, reply: Reply, flight: &Flight) -> Option<Heard> {
        let status = reply.status;
        let heard = Heard { reply, only: flight.only.clone() };
        if self.question.hedge == Hedge::Again {
            // Those that were asked alone are not there any more.
            let outdated = status == 400 && heard.only.is_some() && heard.only == self.only;
            if outdated {
                *locked(&self.cluster.0.only) = None;
            }
            let next = outdated && self.launch_again(None) || status >= 500 && self.launch();
            // Those that are still on their way without being chosen may hang.
            if next || status >= 500 && heard.only.is_none() && !self.flights.is_empty() {
                self.poor = Some(heard);
                return None;
            }
        }
        self.cluster.0.first.store(flight.at, Ordering::Relaxed);
        locked(&self.cluster.0.usual).note(flight.begun.elapsed());
        Some(heard)
    }

    /// Does something about an answer that does not come.
    fn hurry(&mut self, waited: Duration) {
        if self.question.hedge == Hedge::Wait {
            if self.question.reads() && waited > PLAIN * self.flights.len() as u32 {
                // Every node knows it.
                self.launch();
            }
        } else if self.look.is_some_and(|look| waited > look) {
            self.look = None;
            let (sender, cluster) = (self.sender.clone(), self.cluster.clone());
            thread::spawn(move || sender.send(Message::Around(cluster.look_around())));
        }
    }

    /// Asks others, where some are not awake.
    fn react(&mut self, around: &Around) -> std::result::Result<(), Failure> {
        let waited = self.begun.elapsed();
        self.look = Some(waited + LOOKED.max(waited / 2));
        match &self.question.hedge {
            Hedge::GiveUp(only) if around.only.is_some() && around.only != *only => return Err(Failure::Late),
            Hedge::Again if around.only.is_some() && around.only != self.only => {
                self.launch_again(around.only.clone());
                return Ok(());
            }
            _ => {}
        }
        if self.flights.iter().all(|flight| around.silent.contains(&flight.at)) {
            self.launch_again(self.only.clone());
        }
        Ok(())
    }

    /// What changes something is only asked again when it cannot have been heard.
    fn may_be_repeated(&self, failure: &Failure) -> bool {
        let heard = matches!(failure, Failure::Closed | Failure::Late);
        !heard || self.question.reads()
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.flights.iter().for_each(|flight| flight.way.give_up());
    }
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
