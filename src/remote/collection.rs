//! A collection on a cluster, opened.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::answers::Page;
use super::archive::RemoteArchive;
use super::cluster::Cluster;
use super::mapping::{Shape, creation, field, misfit};
use super::place::{Access, RemotePlace};
use super::question::Question;
use super::refusal::refusal;
use super::texts::RemoteTexts;
use crate::archive::{Archive, Collection, Compounds, Intake, Marker, Shelf, Texts};
use crate::error::{Error, Result};
use crate::index::same::marker;
use crate::index::{Index, Location};
use crate::net::Method;
use crate::query::Query;

/// A collection on a cluster. Copying it is cheap.
#[derive(Clone)]
pub struct RemoteCollection {
    cluster: Cluster,
    /// The state seen last, and by what it is told from others.
    last: Arc<Mutex<Option<Seen>>>,
}

/// A state of a collection, by what it is told from others, and what is asked of it.
type Seen = (Value, Arc<RemoteArchive>);

impl RemoteCollection {
    /// Opens what is at a place.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when nobody answers there, we are not let in, or what is there is not an index of ours.
    pub fn open(place: &RemotePlace, access: &Access) -> Result<RemoteCollection> {
        let collection = RemoteCollection::reach(place, access)?;
        let cluster = &collection.cluster;
        let path = format!("/{}/_mapping", cluster.index());
        let reply = cluster.try_ask(&Question::plain(Method::Get, path), &|| false);
        let reply =
            reply.map_err(|failure| cluster.failed(&failure))?.ok_or_else(|| cluster.error("nobody answers"))?;
        match reply.status {
            200 => {
                let said: Value = reply.json().map_err(|failure| cluster.failed(&failure))?;
                let index = said.as_object().and_then(|indexes| indexes.values().next());
                let meta = index.map(|index| &index["mappings"]["_meta"]);
                match misfit(cluster.index(), meta) {
                    Some(reason) => Err(cluster.error(reason)),
                    None => Ok(collection),
                }
            }
            // Whoever may only read articles may not read how they are kept; then that is not looked at.
            403 => {
                tracing::warn!("{}: it cannot be looked at which version made the index", cluster.address());
                Ok(collection)
            }
            _ => Err(cluster.error(refusal(&reply, cluster.index()))),
        }
    }

    /// Reaches the cluster at a place, whether or not the index is there.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when nobody answers there, we are not let in, or it is no OpenSearch cluster.
    pub fn reach(place: &RemotePlace, access: &Access) -> Result<RemoteCollection> {
        let cluster = Cluster::new(place, access)?;
        let reply = cluster.try_ask(&Question::plain(Method::Get, "/".to_owned()), &|| false);
        let reply =
            reply.map_err(|failure| cluster.failed(&failure))?.ok_or_else(|| cluster.error("nobody answers"))?;
        match (reply.status, reply.json::<Value>()) {
            (200, Ok(said)) if said["version"]["distribution"] == "opensearch" => {}
            (200, Ok(said)) if said["version"]["number"].is_string() => {
                return Err(cluster.error("the server is another one than OpenSearch, which is not spoken to"));
            }
            (401, _) => return Err(cluster.error(refusal(&reply, cluster.index()))),
            // Some are let in to an index alone.
            (403, _) => {}
            _ => return Err(cluster.error("what answers there is no OpenSearch cluster (is the address right?)")),
        }
        Ok(RemoteCollection { cluster, last: Arc::default() })
    }

    /// The name of the index.
    pub fn name(&self) -> &str {
        self.cluster.index()
    }

    /// Whether the index is there.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when nobody answers.
    pub fn exists(&self) -> Result<bool> {
        let path = format!("/{}", self.cluster.index());
        let reply = self.cluster.try_ask(&Question::plain(Method::Head, path), &|| false);
        let reply = reply.map_err(|failure| self.cluster.failed(&failure))?;
        match reply.map(|reply| reply.status) {
            Some(404) => Ok(false),
            Some(200) => Ok(true),
            Some(status) => Err(self.cluster.error(format!("whether the index is there is not told: {status}"))),
            None => Ok(false),
        }
    }

    /// Makes the index.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when it is there already, or we may not.
    pub fn create(&self, shape: Shape) -> Result<()> {
        let body = serde_json::to_vec(&creation(shape)).unwrap_or_default();
        let plain = Question::plain(Method::Put, format!("/{}", self.cluster.index()));
        self.cluster.ask(&Question { body: Some(body.into()), ..plain }, &|| false)?;
        Ok(())
    }

    /// Removes the index with everything in it.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when it is not there, or we may not.
    pub fn remove(&self) -> Result<()> {
        self.cluster.ask(&Question::plain(Method::Delete, format!("/{}", self.cluster.index())), &|| false)?;
        Ok(())
    }

    /// A shelf with it on it.
    pub fn shelf(self) -> Shelf {
        Shelf::new(Arc::new(self), || Ok(Arc::new(Index::open(&Location::Memory)?)))
    }

    /// The cluster that it is on.
    pub(crate) fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// How many articles there are, and what tells this state from others.
    fn state(&self) -> Result<(usize, Value)> {
        let body = json!({
            "size": 0, "track_total_hits": true, "aggs": { "last": { "max": { "field": field::ADDED } } },
        });
        let path = format!("/{}/_search?request_cache=false", self.cluster.index());
        let reply = self.cluster.ask(&Question::reading(path, &body), &|| false)?;
        let reply = reply.ok_or_else(|| self.cluster.error("nobody answers"))?;
        let page = Page::read(&reply).map_err(|failure| self.cluster.failed(&failure))?;
        let partial = page.limits.partial.as_ref().map(|partial| partial.to_string());
        Ok((page.matched, json!([page.matched, page.counted["last"]["value"], partial])))
    }
}

impl Collection for RemoteCollection {
    fn archive(&self) -> Result<Arc<dyn Archive>> {
        let (len, state) = self.state()?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, archive)) = last.as_ref().filter(|(known, _)| *known == state) {
            return Ok(archive.clone());
        }
        let archive = Arc::new(RemoteArchive::new(self.cluster.clone(), len));
        *last = Some((state, archive.clone()));
        Ok(archive)
    }

    fn intake(&self) -> Option<&dyn Intake> {
        None
    }

    fn folder(&self) -> Option<&Path> {
        None
    }

    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker> {
        marker(query, forgiven, compounds)
    }

    fn texts(&self) -> Option<Box<dyn Texts>> {
        Some(Box::new(RemoteTexts(self.cluster.clone())))
    }

    fn check(&self) -> Result<Vec<PathBuf>> {
        let unhealthy = |reason: String| Error::Server { address: self.cluster.address(), reason };
        let path = format!("/_cluster/health/{}", self.cluster.index());
        let reply = self.cluster.ask(&Question::plain(Method::Get, path), &|| false)?;
        let said: Value = reply.and_then(|reply| reply.json().ok()).unwrap_or_default();
        match said["status"].as_str() {
            Some("green" | "yellow") => Ok(Vec::new()),
            Some("red") => Err(unhealthy("a part of the index is lost until its node is back".to_owned())),
            _ => Err(unhealthy("the cluster does not say how it is".to_owned())),
        }
    }
}
