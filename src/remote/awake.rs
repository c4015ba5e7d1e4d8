//! Which nodes of a cluster are awake.
//!
//! All addresses are asked at once, and each node that answers asks all others in turn, of which it waits only so
//! long: so a node that hangs is known by name, also where we were not told its address.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::question::JSON;
use crate::net::{Client, Method, Request, Way};

/// What is asked: all nodes by what they are known by, where they answer the one that is asked within a third of a
/// second.
const NODES: &str = "/_nodes?timeout=350ms&filter_path=_nodes.failed,nodes.*.name";
/// So long a node may take to tell that: what it waits for the others, and as long again.
const PATIENCE: Duration = Duration::from_millis(800);
/// So much later than the first the others may answer.
const BEHIND: Duration = Duration::from_millis(150);
/// What is said of itself is short.
const SHORT: u64 = 4 << 20;

/// Who is awake, and who is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    /// The numbers of the addresses where nobody answers.
    pub silent: Vec<usize>,
    /// What the nodes that are awake are known by, with commas between them; `None` where no node is known to hang.
    pub only: Option<String>,
}

/// What is said at one address.
#[derive(Debug)]
enum Said {
    /// The nodes that have answered that one, and how many have not.
    Nodes(BTreeSet<String>, u64),
    /// Its own name, by one that does not tell of the others.
    Name(String),
    /// Nothing that would be understood.
    Something,
}

/// Asks all nodes whether they are awake.
pub(crate) fn look_around(clients: &[Arc<Client>]) -> Around {
    let (sender, receiver) = channel();
    for (at, client) in clients.iter().enumerate() {
        let (client, sender) = (client.clone(), sender.clone());
        thread::spawn(move || {
            let _ = sender.send((at, said(&client)));
        });
    }
    drop(sender);
    let mut all: Vec<Option<Said>> = clients.iter().map(|_| None).collect();
    let mut until = Instant::now() + PATIENCE;
    while let Ok((at, said)) = receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if matches!(said, Some(Said::Nodes(..))) {
            until = until.min(Instant::now() + BEHIND);
        }
        all[at] = said;
    }
    judged(&all)
}

fn said(client: &Client) -> Option<Said> {
    let ask = |path: &str| {
        let path = path.to_owned();
        let request = Request { method: Method::Get, path, body: None, kind: JSON, patience: PATIENCE, most: SHORT };
        client.ask(&request, &Way::default()).ok()
    };
    let nodes = ask(NODES)?;
    if nodes.status == 200
        && let Ok(told) = nodes.json::<Value>()
        && let Some(awake) = told["nodes"].as_object()
    {
        return Some(Said::Nodes(awake.keys().cloned().collect(), told["_nodes"]["failed"].as_u64().unwrap_or(0)));
    }
    // Whoever may only read may not be told of the nodes.
    let own = ask("/")?.json::<Value>().ok();
    let name = own.and_then(|own| own["name"].as_str().map(str::to_owned));
    Some(name.map_or(Said::Something, Said::Name))
}

/// What follows from what was said at each address.
fn judged(all: &[Option<Said>]) -> Around {
    let silent: Vec<usize> = (0..all.len()).filter(|at| all[*at].is_none()).collect();
    let told = all.iter().flatten().find_map(|said| match said {
        Said::Nodes(awake, failed) => Some((awake.clone(), *failed > 0)),
        _ => None,
    });
    let named = || {
        let names = all.iter().flatten().filter_map(|said| match said {
            Said::Name(name) => Some(name.clone()),
            _ => None,
        });
        (names.collect::<BTreeSet<String>>(), !silent.is_empty())
    };
    let (mut awake, hangs) = told.unwrap_or_else(named);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    awake.retain(|name| !name.is_empty() && name.chars().all(plain));
    let only = awake.into_iter().collect::<Vec<_>>().join(",");
    Around { silent, only: Some(only).filter(|only| hangs && !only.is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(awake: &str, failed: u64) -> Option<Said> {
        Some(Said::Nodes(awake.split(' ').map(str::to_owned).collect(), failed))
    }

    fn name(name: &str) -> Option<Said> {
        Some(Said::Name(name.to_owned()))
    }

    #[test]
    fn who_is_awake_follows_from_what_is_said() {
        let check = |all: &[Option<Said>], silent: &[usize], only: Option<&str>| {
            assert_eq!(judged(all), Around { silent: silent.to_vec(), only: only.map(str::to_owned) }, "{all:?}");
        };
        check(&[nodes("a b c", 0), nodes("a b c", 0)], &[], None);
        check(&[None, nodes("b c", 1)], &[0], Some("b,c"));
        // One that hangs has an address we do not know.
        check(&[nodes("a b", 1)], &[], Some("a,b"));
        // One that is gone is no node any more.
        check(&[nodes("a b", 0), None], &[1], None);
        // They do not tell of each other.
        check(&[name("a"), name("b"), None], &[2], Some("a,b"));
        check(&[name("a"), name("b")], &[], None);
        // Nobody, and somebody odd.
        check(&[None, None], &[0, 1], None);
        check(&[Some(Said::Something), None], &[1], None);
        check(&[nodes("a&x=y b", 1)], &[], Some("b"));
    }
}
