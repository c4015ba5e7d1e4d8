//! What is asked of a cluster, and what is done when the answer takes unusually long.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::net::{Method, Request};

/// What is said of itself is short.
const SHORT: u64 = 4 << 20;

/// The kind of text that nearly everything is.
pub(crate) const JSON: &str = "application/json";

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hedge {
    /// It is waited for.
    Wait,
    /// It is asked again of those nodes alone that are awake, where others are not.
    Again,
    /// It is given up as late where a node is not awake: of a snapshot, no nodes can be chosen. Named are the nodes
    /// that were when it was made, where those alone were asked for it.
    GiveUp(Option<String>),
}

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

    /// The same, which names a snapshot of some nodes.
    pub(crate) fn of_snapshot(path: String, body: &Value, only: Option<String>) -> Question {
        Question { hedge: Hedge::GiveUp(only), ..Question::reading(path, body) }
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

    /// It as it is sent: to all nodes, or to some of them alone.
    pub(crate) fn request(&self, only: Option<&str>) -> Request {
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

    /// Whether it changes nothing, so that it may be asked twice.
    pub(crate) fn reads(&self) -> bool {
        self.hedge != Hedge::Wait || matches!(self.method, Method::Get | Method::Head)
    }
}
